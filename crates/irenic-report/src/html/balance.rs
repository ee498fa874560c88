//! Who speaks: documents and statements by side, publisher, year and speaker.

use std::collections::BTreeMap;

use irenic::Reading;
use maud::{Markup, html};

use super::context::Context;
use super::parts::{Column, folded_table};

/// One side has most of the statements from this share on.
const DOMINANT_SHARE: f64 = 0.6;
/// So many lines of a list are shown.
const SHOWN: usize = 8;

/// Where nothing is known.
const NOT_STATED: &str = "not stated";

/// Documents and statements.
type Count = (usize, usize);
type Counts = BTreeMap<String, Count>;

/// How the sources are spread, with a warning where one side does most of the talking.
pub(super) fn balance(found: &Context<'_>) -> Markup {
    let sides = counted(found, |reading| reading.document.source.side.clone());
    let source = |reading: &Reading| {
        let source = &reading.document.source;
        source.publisher.clone().or_else(|| source.author.clone())
    };
    let publishers = counted(found, source);
    let years = counted(found, |reading| Some(reading.document.source.published?.year().to_string()));
    let sides_known = sides.keys().any(|side| side != NOT_STATED);
    html! {
        @if sides_known { (bars("Side", &sides)) } @else { (bars("Publisher", &publishers)) }
        (bars("Year", &years))
        @if let Some((side, share)) = dominant(&sides) {
            p.warn { "One side, " (side) ", makes " (share) "% of the statements. Read what follows as largely its account." }
        }
        @if let Some((publisher, share)) = dominant(&publishers).filter(|_| publishers.len() > 1) {
            p.warn { "One publisher, " (publisher) ", makes " (share) "% of the statements." }
        }
        @if !sides_known {
            p.soft { "No source’s side is known. Name it in " code { "conflict.toml" } " to see whether one side does most of the talking." }
        }
        details {
            summary { "By " @if sides_known { "publisher and " } "speaker" }
            @if sides_known { (bars("Publisher", &publishers)) }
            (speakers(found))
        }
    }
}

/// The one that makes most of the statements, with its share in percent.
fn dominant(counts: &Counts) -> Option<(&str, usize)> {
    let all: usize = counts.values().map(|(_, statements)| statements).sum();
    let known = counts.iter().filter(|(name, _)| *name != NOT_STATED);
    let (name, (_, statements)) = known.max_by_key(|(_, (_, statements))| *statements)?;
    let share = *statements as f64 / all.max(1) as f64;
    (share >= DOMINANT_SHARE).then_some((name, (100.0 * share).round() as usize))
}

fn counted(found: &Context<'_>, key: impl Fn(&Reading) -> Option<String>) -> Counts {
    let mut counts = Counts::new();
    for reading in &found.readings {
        let entry = counts.entry(key(reading).unwrap_or_else(|| NOT_STATED.to_owned())).or_default();
        entry.0 += 1;
        entry.1 += reading.extraction.statements.len();
    }
    counts
}

/// Lines with bars, in order of time where they are years, else the longest first.
fn bars(what: &'static str, counts: &Counts) -> Markup {
    let most = counts.values().map(|(_, statements)| *statements).max().unwrap_or(1).max(1);
    let mut lines: Vec<_> = counts.iter().collect();
    if what != "Year" {
        lines.sort_by_key(|(name, (_, statements))| (*name == NOT_STATED, std::cmp::Reverse(*statements)));
    }
    let columns = [Column::text(what, 52), Column::number("Docs", 16), Column::number("Statements", 32)];
    let rows = lines.into_iter().map(|(name, (documents, statements))| {
        vec![html! { (name) }, html! { (documents) }, bar(*statements, most)]
    });
    html! { div.balance { (folded_table(&format!("Documents and statements by {}", what.to_lowercase()), &columns, rows.collect(), SHOWN)) } }
}

fn bar(count: usize, most: usize) -> Markup {
    html! { span.bar style={ "width:" (count * 100 / most) "%" } {} span.over { (count) } }
}

/// Those whom the documents report as saying something, by the number of their statements.
fn speakers(found: &Context<'_>) -> Markup {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let statements = found.readings.iter().flat_map(|reading| &reading.extraction.statements);
    let (mut authors, mut most) = (0, 1);
    for statement in statements {
        match &statement.holder {
            Some(holder) => *counts.entry(holder.name()).or_default() += 1,
            None => authors += 1,
        }
    }
    let mut lines: Vec<(&str, usize)> = counts.into_iter().collect();
    lines.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    lines.insert(0, ("the documents’ own voice", authors));
    lines.iter().for_each(|(_, count)| most = most.max(*count));
    let rows = lines.iter().map(|(name, count)| vec![html! { (name) }, bar(*count, most)]).collect();
    let columns = [Column::text("Speaker", 68), Column::number("Statements", 32)];
    html! { div.balance { (folded_table("Statements by speaker", &columns, rows, SHOWN)) } }
}
