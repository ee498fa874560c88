//! Commitments: who owes what to whom by when, and what was said of it.

use irenic_model::{Commitment, Content, Statement};
use maud::{Markup, html};

use super::context::{Context, shortened};
use super::parts::{Column, folded_table};
use super::terms::voice;
use super::wording::{capital, day};

/// So many commitments are shown before the others are folded away.
const SHOWN: usize = 20;
const ACTION_CHARS: usize = 240;

pub(super) fn commitments(found: &Context<'_>) -> Markup {
    let mut owed: Vec<(usize, &Statement, &Commitment)> = Vec::new();
    for (document, reading) in found.readings.iter().enumerate() {
        for statement in &reading.extraction.statements {
            if let Content::Commitment(commitment) = &statement.content {
                owed.push((document, statement, commitment));
            }
        }
    }
    if owed.is_empty() {
        return html! { p { "The documents state no undertaking." } };
    }
    owed.sort_by_key(|(document, statement, owed)| {
        let due = owed.due.map(|due| due.until());
        (due.is_none(), due, owed.made.map(|made| made.from()), *document, statement.span)
    });
    let columns = [
        Column::text("Due", 13),
        Column::text("Owed by", 16),
        Column::text("What", 30),
        Column::text("To", 13),
        Column::text("What is said of it", 12),
        Column::text("Source", 16),
    ];
    let rows =
        owed.iter().map(|(document, statement, owed)| row(found, *document, statement, owed)).collect();
    folded_table("Commitments", &columns, rows, SHOWN)
}

fn row(found: &Context<'_>, document: usize, statement: &Statement, owed: &Commitment) -> Vec<Markup> {
    let holder =
        statement.holder.as_ref().map_or_else(|| voice(found, document), |holder| holder.name().to_owned());
    vec![
        html! { (owed.due.map_or_else(|| "no date".to_owned(), |due| day(due.until()))) },
        html! { (owed.debtor.as_deref().map(capital).unwrap_or_default()) },
        html! { "“" (shortened(&owed.action, ACTION_CHARS)) "”" },
        html! { (owed.creditor.as_deref().map(capital).unwrap_or_default()) },
        html! { (capital(owed.status.name())) },
        html! { span.source { (found.link(document, statement.span.start, &shortened(found.label(document), 60))) br; span.soft { (holder) ", " (statement.stance.name()) } } },
    ]
}
