//! Sources: what was read, how much was taken from it, where nothing was, and what it cites.

use irenic_model::Citation;
use maud::{Markup, html};

use super::context::Context;
use super::parts::{Column, folded_table, table};
use super::texts::Yield;
use super::wording::{counted, day, number, when};

/// So many sources are shown before the others are folded away.
const SHOWN: usize = 25;

pub(super) fn sources(found: &Context<'_>) -> Markup {
    let columns = [
        Column::text("Source", 34),
        Column::text("Publisher", 18),
        Column::text("Date", 14),
        Column::text("Side", 13),
        Column::number("Statements", 10),
        Column::number("Per 1,000 words", 11),
    ];
    let rows = found.readings.iter().enumerate().map(|(number, reading)| {
        let source = &reading.document.source;
        let taken = Yield::of(reading);
        vec![
            html! { a href=(found.address_of_document(number)) { (source.title.as_deref().unwrap_or(&source.id)) }
                @if let Some(address) = &source.address { br; span.soft.address { (address) } } },
            html! { (source.publisher.as_deref().or(source.author.as_deref()).unwrap_or("not stated")) },
            html! { (source.published.map_or_else(|| "not stated".to_owned(), day)) },
            html! { (source.side.as_deref().unwrap_or("not stated")) },
            html! { (taken.statements) },
            html! { (format!("{:.0}", taken.per_thousand_words())) },
        ]
    });
    html! {
        (folded_table("Sources", &columns, rows.collect(), SHOWN))
        (tables(found))
        @for (number, reading) in found.readings.iter().enumerate() {
            @if !reading.extraction.citations.is_empty() {
                details {
                    summary { (counted(reading.extraction.citations.len(), "citation", "citations")) " in " (found.label(number)) }
                    ol.citations { @for cited in &reading.extraction.citations { li { (citation(found, number, cited)) } } }
                }
            }
        }
    }
}

fn citation(found: &Context<'_>, document: usize, cited: &Citation) -> Markup {
    html! {
        (found.link(document, cited.span.start, &cited.marker)) " "
        (cited.title.as_deref().unwrap_or("no title"))
        @if let Some(publisher) = &cited.publisher { ", " (publisher) }
        @if let Some(date) = &cited.date { ", " (when(date)) }
        @if let Some(url) = &cited.url { span.soft.address { " " (url) } }
    }
}

/// The data sets that were used beside the documents.
fn tables(found: &Context<'_>) -> Markup {
    let columns = [
        Column::text("Table", 20),
        Column::text("Data set", 25),
        Column::number("Rows", 10),
        Column::number("Refused", 10),
        Column::number("Evidence", 10),
        Column::text("Rows picked", 25),
    ];
    let rows = found.tables.iter().map(|used| {
        vec![
            html! { (used.file) },
            html! { (used.data_set) @if let Some(version) = &used.version { ", version " (version) } },
            html! { (number(used.rows_read as f64)) },
            html! { (number(used.rows_refused as f64)) },
            html! { (number(used.evidence as f64)) },
            html! { (used.picked_by) @if let Some(left_out) = &used.left_out { br; span.soft { "no evidence: " (left_out) } } },
        ]
    });
    html! { @if !found.tables.is_empty() { h3 { "Data sets beside the documents" } (table("Data sets", &columns, rows)) } }
}
