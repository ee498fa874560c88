//! Commitments as a ledger: agreements, and each undertaking with what holders say became of it.

use irenic_model::{Agreement, Stance, Undertaking};
use maud::{Markup, html};

use super::context::{Context, shortened};
use super::wording::{day, when};

/// Words of a text are cut after so many characters; the rest is in the text they link to.
const WORDS_CHARS_MAX: usize = 300;

/// The agreements, then what was undertaken, demanded and refused.
pub(super) fn section(found: &Context<'_>) -> Markup {
    let ledger = &found.ledger;
    let kind = |wanted: fn(Stance) -> bool| -> Vec<&Undertaking> {
        ledger.undertakings.iter().filter(|owed| wanted(owed.stance)).collect()
    };
    let undertaken = kind(|stance| !matches!(stance, Stance::Demanded | Stance::Denied));
    let (demanded, refused) =
        (kind(|stance| stance == Stance::Demanded), kind(|stance| stance == Stance::Denied));
    html! {
        @if ledger.undertakings.is_empty() && ledger.agreements.is_empty() { p { "The documents state no undertaking." } }
        @if !ledger.agreements.is_empty() {
            h3 { "Agreements" }
            ol { @for agreement in &ledger.agreements { (one_agreement(found, agreement)) } }
        }
        @if !undertaken.is_empty() {
            h3 { "Undertaken" }
            p.soft { "Fulfilment on the scale of the Peace Accords Matrix: 0 not initiated, 1 minimum, 2 intermediate, 3 full, as holders say; where they differ there is no score." }
            (table(found, &undertaken))
        }
        @if !demanded.is_empty() { h3 { "Demanded" } (table(found, &demanded)) }
        @if !refused.is_empty() { h3 { "Refused" } (table(found, &refused)) }
    }
}

fn one_agreement(found: &Context<'_>, agreement: &Agreement) -> Markup {
    html! {
        li {
            strong { (agreement.when.as_ref().map_or_else(|| "not dated".to_owned(), when)) }
            ": " (agreement.kind.replace('-', " "))
            @if !agreement.parties.is_empty() { " of " (agreement.parties.join(", ")) }
            @if !agreement.places.is_empty() { ", " (agreement.places.join(", ")) }
            span.soft { " – according to " (agreement.holders.join(", ")) }
            @for at in agreement.statements.iter().take(1) { (found.statement_quote(*at)) }
        }
    }
}

fn table(found: &Context<'_>, owed: &[&Undertaking]) -> Markup {
    html! {
        div.wide tabindex="0" { table {
            thead { tr { th scope="col" { "Owed by" } th scope="col" { "To" } th scope="col" { "What" } th scope="col" { "Due" } th scope="col" { "Agreement" } th scope="col" { "Fulfilment" } th scope="col" { "Who says so" } } }
            tbody { @for owed in owed { tr {
                td { (owed.debtor.as_deref().unwrap_or("not named")) }
                td { (owed.creditor.as_deref().unwrap_or_default()) }
                td {
                    "“" (shortened(&owed.action, WORDS_CHARS_MAX)) "”"
                    @if let Some(condition) = &owed.condition { br; span.soft { "condition: " (condition) } }
                }
                td { (owed.due.map(|due| day(due.until())).unwrap_or_default()) }
                td { @if let Some(number) = owed.agreement { (number + 1) } }
                td { (fulfilment(found, owed)) }
                td {
                    (owed.holders.join(", ")) " "
                    @for (count, at) in owed.statements.iter().enumerate() {
                        @if let Some((_, statement)) = found.statement(*at) { (found.link(at.document, statement.span.start, &format!("[{}]", count + 1))) " " }
                    }
                }
            } } }
        } }
    }
}

fn fulfilment(found: &Context<'_>, owed: &Undertaking) -> Markup {
    html! {
        @if let Some(score) = owed.score { strong { (score.score()) } " " (score.name()) }
        @if owed.contested { span.tag.contested { "contested" } }
        @if owed.reports.is_empty() { span.soft { "nothing said" } }
        @for report in &owed.reports {
            div.soft {
                (report.holder) ": " (report.status.name())
                @if let Some(date) = &report.when { ", " (when(date)) }
                " "
                @if let Some((_, statement)) = found.statement(report.statement) { (found.link(report.statement.document, statement.span.start, "words")) }
            }
        }
    }
}
