//! Figures side by side: those that one speaker revised, those kept apart with the reason, and those of humanitarian tables.

use irenic_model::{Content, Figure, StatementRef};
use maud::{Markup, html};

use super::context::{Context, name};
use super::wording::{number, when};

/// At most so many pairs are listed as kept apart.
const APART_MAX: usize = 12;

/// What stands below the figures of texts.
pub(super) fn section(found: &Context<'_>) -> Markup {
    html! { (revised(found)) (apart(found)) (tables(found)) }
}

/// A figure in a few words, linked to where it stands.
fn short(found: &Context<'_>, at: StatementRef) -> Markup {
    let Some((document, statement)) = found.statement(at) else { return html! {} };
    let Content::Figure(figure) = &statement.content else { return html! {} };
    let label = format!("{} {}", quantity(figure), figure.counts.as_deref().unwrap_or(&figure.unit));
    html! {
        (found.link(at.document, statement.span.start, &label))
        span.soft { " (" @if let Some(period) = &figure.period { (when(period)) ", " } (name(document)) ")" }
    }
}

fn revised(found: &Context<'_>) -> Markup {
    html! { @if !found.revisions.is_empty() {
        h3 { "Revised by the same speaker" }
        ul { @for series in &found.revisions { li {
            strong { (series.holder) } ": "
            @for (at, statement) in series.statements.iter().enumerate() { @if at > 0 { ", then " } (short(found, *statement)) }
        } } }
    } }
}

fn apart(found: &Context<'_>) -> Markup {
    html! { @if !found.kept_apart.is_empty() {
        h3 { "Not held against each other" }
        ul { @for pair in found.kept_apart.iter().take(APART_MAX) { li {
            (short(found, pair.larger)) " and " (short(found, pair.other)) ": " (pair.reason.words()) "."
        } } }
        @if found.kept_apart.len() > APART_MAX { p.soft { "And " (found.kept_apart.len() - APART_MAX) " more pairs." } }
    } }
}

fn quantity(figure: &Figure) -> String {
    let sign = figure.bound.before_number();
    match figure.upper {
        Some(upper) => format!("{sign}{}–{}", number(figure.value), number(upper)),
        None => format!("{sign}{}", number(figure.value)),
    }
}

/// The numbers of humanitarian tables, with the pairs that look like one thing told by two.
fn tables(found: &Context<'_>) -> Markup {
    html! { @if !found.table_figures.is_empty() {
        h3 { "Figures of humanitarian tables" }
        div.wide tabindex="0" { table {
            thead { tr { th.n scope="col" { "Figure" } th scope="col" { "Unit" } th scope="col" { "Counts" } th scope="col" { "Group" } th scope="col" { "Where" } th scope="col" { "When" } th scope="col" { "Reporter" } th scope="col" { "Row" } } }
            tbody { @for told in &found.table_figures { @let figure = &told.figure; tr {
                td.n { (number(figure.value)) }
                td { (figure.unit) }
                td { (figure.counts) }
                td { (figure.group.as_deref().unwrap_or_default()) }
                td { (figure.place.as_deref().or(figure.country.as_deref()).unwrap_or_default()) }
                td { (figure.from.map(|day| day.to_string()).unwrap_or_default()) @if figure.until != figure.from { @if let Some(until) = figure.until { " to " (until) } } }
                td { (figure.reporter.as_deref().unwrap_or_default()) @if let Some(receiver) = &figure.receiver { " to " (receiver) } }
                td {
                    code { (told.file) ":" (figure.line) }
                    @if let Some(other) = told.told_also_by.and_then(|other| found.table_figures.get(other)) {
                        " " span.tag.contested { "counted twice?" } " " span.soft { "the same stands in " (other.file) ":" (other.figure.line) }
                    }
                }
            } } }
        } }
    } }
}
