//! Who speaks: documents and statements by side, publisher and year.

use std::collections::BTreeMap;

use irenic_model::Source;
use maud::{Markup, html};

use super::context::Context;

/// One side has most of the statements from this share on.
const DOMINANT_SHARE: f64 = 0.6;

/// Where nothing is known.
const NOT_STATED: &str = "not stated";

/// Documents and statements.
type Count = (usize, usize);

/// How the sources are spread, with a warning where one side does most of the talking.
pub(super) fn balance(found: &Context<'_>) -> Markup {
    let sides = counted(found, |source| source.side.clone());
    let all: usize = sides.values().map(|(_, statements)| statements).sum();
    let most =
        sides.iter().filter(|(side, _)| *side != NOT_STATED).max_by_key(|(_, (_, statements))| *statements);
    let dominant =
        most.filter(|(_, (_, statements))| *statements as f64 >= DOMINANT_SHARE * all.max(1) as f64);
    html! {
        (table("Side", &sides, all))
        @if let Some((side, _)) = dominant {
            p.warn { "Most of what is said here is said by one side (" (side) "). Read it as that side's account." }
        }
        details {
            summary { "By publisher and by year" }
            (table("Publisher", &counted(found, |source| source.publisher.clone().or_else(|| source.author.clone())), all))
            (table("Year", &counted(found, |source| source.published.map(|day| day.year().to_string())), all))
        }
    }
}

fn counted(found: &Context<'_>, key: impl Fn(&Source) -> Option<String>) -> BTreeMap<String, Count> {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for reading in &found.readings {
        let key = key(&reading.document.source).unwrap_or_else(|| NOT_STATED.to_owned());
        let entry = counts.entry(key).or_default();
        entry.0 += 1;
        entry.1 += reading.extraction.statements.len();
    }
    counts
}

fn table(what: &str, counts: &BTreeMap<String, Count>, all: usize) -> Markup {
    html! {
        table {
            thead { tr { th scope="col" { (what) } th.n scope="col" { "Documents" } th.n scope="col" { "Statements" } th scope="col" { } } }
            tbody {
                @for (name, (documents, statements)) in counts {
                    tr {
                        td { (name) } td.n { (documents) } td.n { (statements) }
                        td { span.bar style={ "width:" (statements * 100 / all.max(1)) "px" } {} }
                    }
                }
            }
        }
    }
}
