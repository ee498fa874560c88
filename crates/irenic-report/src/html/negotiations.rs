//! Negotiations: tracks, proposals, positions, what holders say stands in the way, mandates.

use irenic_model::{Mandate, Position, Proposal, StatementRef, Topic, Track};
use maud::{Markup, html};

use super::context::{Context, shortened};
use super::wording::{day, when};

/// Words of a text are cut after so many characters; the rest is in the text they link to.
const WORDS_CHARS_MAX: usize = 300;

/// At most so many quotations a line; the rest is counted.
const QUOTES_MAX: usize = 2;

/// Who talks with whom, and what each side asks for.
pub(super) fn section(found: &Context<'_>) -> Markup {
    let told = &found.negotiations;
    if told.is_empty() {
        return html! { p { "The documents tell of no negotiation." } };
    }
    html! {
        p.soft { "As holders tell it. That one demands, refuses or spoils is said by those named, not by this report." }
        @for (number, track) in told.tracks.iter().enumerate() { (one_track(found, number + 1, track)) }
        @if !told.proposals.is_empty() {
            h3 { "Proposals, and what became of them" }
            ul { @for proposal in &told.proposals { (one_proposal(found, proposal)) } }
        }
        @if !told.positions.is_empty() {
            h3 { "What each side demands and refuses" }
            @for position in &told.positions { (one_position(found, position)) }
        }
        (topics(found, "What holders name as obstacles", &told.obstacles))
        (topics(found, "What a settlement is said to need", &told.needs))
        (topics(found, "Who is said to spoil talks or agreements", &told.spoilers))
        @if !told.mandates.is_empty() {
            h3 { "Mandates and their terms" }
            ul { @for mandate in &told.mandates { (one_mandate(found, mandate)) } }
        }
    }
}

fn one_track(found: &Context<'_>, number: usize, track: &Track) -> Markup {
    html! {
        h3 { "Track " (number) ": " (track.parties.join(" – ")) }
        @if !track.mediators.is_empty() { p.soft { "Between them: " (track.mediators.join(", ")) } }
        div.wide tabindex="0" { table {
            caption.hidden { "Meetings and turns of the track, in order of time" }
            thead { tr { th scope="col" { "When" } th scope="col" { "What" } th scope="col" { "Where" } th scope="col" { "Mediation" } th scope="col" { "Also there" } th scope="col" { "Who says so" } th scope="col" { "Words" } } }
            tbody { @for round in &track.rounds { tr {
                th scope="row" { (round.when.as_ref().map_or_else(|| "not dated".to_owned(), when)) }
                td { (round.kind.name()) @if !round.named { br; span.soft { "parties not named there" } } }
                td { (round.places.join(", ")) }
                td { (round.mediators.join(", ")) }
                td { (round.others.join(", ")) }
                td { (round.holders.join(", ")) }
                td { (links(found, &round.statements)) }
            } } }
        } }
    }
}

/// Short links to the words, numbered.
fn links(found: &Context<'_>, statements: &[StatementRef]) -> Markup {
    html! {
        @for (number, at) in statements.iter().enumerate() {
            @if let Some((_, statement)) = found.statement(*at) { (found.link(at.document, statement.span.start, &format!("[{}]", number + 1))) " " }
        }
    }
}

fn quotes(found: &Context<'_>, statements: &[StatementRef]) -> Markup {
    html! {
        @for at in statements.iter().take(QUOTES_MAX) { (found.statement_quote(*at)) }
        @if statements.len() > QUOTES_MAX { p.soft { "and " (statements.len() - QUOTES_MAX) " more" } }
    }
}

fn one_proposal(found: &Context<'_>, proposal: &Proposal) -> Markup {
    html! {
        li {
            strong { @if proposal.by.is_empty() { "Not said who proposed" } @else { (proposal.by.join(", ")) } }
            ": “" (shortened(&proposal.what, WORDS_CHARS_MAX)) "”"
            @if let Some(date) = &proposal.when { ", " (when(date)) }
            (quotes(found, &proposal.statements))
            @if !proposal.answers.is_empty() {
                ul { @for answer in &proposal.answers { li {
                    strong { (answer.by) } @if answer.accepted { " took it up" } @else { " turned it down" }
                    ", according to " (answer.holder) (found.statement_quote(answer.statement))
                } } }
            } @else { p.soft { "The documents do not say what became of it." } }
        }
    }
}

fn one_position(found: &Context<'_>, position: &Position) -> Markup {
    html! {
        h4 { (position.party) }
        @for (label, topics) in [("Demands", &position.demands), ("Refuses", &position.refusals)] {
            @if !topics.is_empty() { p { (label) ":" } (list(found, topics)) }
        }
    }
}

fn topics(found: &Context<'_>, title: &str, topics: &[Topic]) -> Markup {
    html! { @if !topics.is_empty() { h3 { (title) } (list(found, topics)) } }
}

fn list(found: &Context<'_>, topics: &[Topic]) -> Markup {
    html! {
        ul { @for topic in topics { li {
            strong { (shortened(&topic.what, WORDS_CHARS_MAX)) } span.soft { " – according to " (topic.holders.join(", ")) }
            (quotes(found, &topic.statements))
        } } }
    }
}

fn one_mandate(found: &Context<'_>, mandate: &Mandate) -> Markup {
    html! {
        li {
            strong { (mandate.third_party) }
            @if !mandate.what.is_empty() { ": “" (shortened(&mandate.what, WORDS_CHARS_MAX)) "”" }
            @if let Some(date) = &mandate.when { ", " (when(date)) }
            @if let Some(until) = &mandate.until { ", until " (day(until.until())) }
            span.soft { " – according to " (mandate.holders.join(", ")) }
            (quotes(found, &mandate.statements))
        }
    }
}
