//! The sections of the report, from the answer to the sources.

use std::collections::BTreeMap;

use irenic::Reconstruction;
use irenic_model::{
    Account, AccountKind, AccountStatus, Bound, Content, DateInterval, Document, Figure, Grain, Span,
    StageInterval, Statement, StatementRef,
};
use maud::{Markup, html};

use super::texts::anchor;

/// One side has most of the statements from this share on.
const DOMINANT_SHARE: f64 = 0.6;

/// The answer first: the stage now, since when, why; with the balance of the sources.
pub(super) fn answer(found: &Reconstruction) -> Markup {
    html! {
        @match found.current_stage() {
            Some(now) => {
                p.answer {
                    strong { (capital(&now.stage)) }
                    @if let Some(from) = now.from { " since " (from) }
                    ", pass " (now.cycle) " through the cycle."
                    @if let Some(rival) = &now.rival { " Contested: other evidence says " (rival) "." }
                }
                (reasons(found, now, 6))
            },
            None => p.answer { "The documents do not say enough to place the conflict in its cycle." },
        }
        @let contested = found.accounts.iter().filter(|account| account.status == AccountStatus::Contested).count();
        p { "Of " (found.accounts.len()) " accounts, " a href="#accounts" { (contested) " are contested" } "." }
        h3 { "Who speaks" }
        (balance(found))
        @if !found.failures.is_empty() {
            div.warn {
                p { "Not read:" }
                ul { @for failure in &found.failures { li { (failure.message) } } }
            }
        }
    }
}

fn balance(found: &Reconstruction) -> Markup {
    let mut sides: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for reading in &found.readings {
        let side = reading.document.source.side.as_deref().unwrap_or("not stated");
        let entry = sides.entry(side).or_default();
        entry.0 += 1;
        entry.1 += reading.extraction.statements.len();
    }
    let all: usize = sides.values().map(|(_, statements)| statements).sum();
    let most = sides.iter().max_by_key(|(_, (_, statements))| *statements);
    let dominant = most
        .filter(|(side, (_, n))| **side != "not stated" && *n as f64 >= DOMINANT_SHARE * all.max(1) as f64);
    html! {
        table {
            thead { tr { th { "Side" } th.n { "Documents" } th.n { "Statements" } th { } } }
            tbody {
                @for (side, (documents, statements)) in &sides {
                    tr {
                        td { (side) } td.n { (documents) } td.n { (statements) }
                        td { span.bar style={ "width:" (statements * 100 / all.max(1)) "px" } {} }
                    }
                }
            }
        }
        @if let Some((side, _)) = dominant {
            p.warn { "Most of what is said here is said by one side (" (side) "). Read it as that side's account." }
        }
    }
}

/// The first rules that gave an interval, each with the words it rests on.
pub(super) fn reasons(found: &Reconstruction, interval: &StageInterval, most: usize) -> Markup {
    html! {
        @for reason in interval.reasons.iter().take(most) {
            div {
                span.tag { (reason.rule) }
                @for place in reason.evidence.iter().filter_map(|it| found.words_of(it)).take(2) {
                    (quote(found, place.0, place.1))
                }
            }
        }
    }
}

/// The words of a document in quotation, with a link to where they stand.
fn quote(found: &Reconstruction, document: usize, span: Span) -> Markup {
    let Some(reading) = found.readings.get(document) else { return html! {} };
    html! {
        blockquote {
            "“" (shortened(span.of(&reading.document.text))) "” "
            a href={ "#" (anchor(document, span.start)) } { (name(&reading.document)) }
        }
    }
}

fn shortened(words: &str) -> String {
    const CHARS_MAX: usize = 240;
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match flat.char_indices().nth(CHARS_MAX) {
        Some((cut, _)) => format!("{} …", &flat[..cut]),
        None => flat,
    }
}

fn name(document: &Document) -> String {
    let source = &document.source;
    let who = source.publisher.as_deref().or(source.author.as_deref()).unwrap_or(&source.id);
    match source.published {
        Some(day) => format!("{who}, {day}"),
        None => who.to_owned(),
    }
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A date as it is known: a day as a day, a year as a year.
fn when(days: &DateInterval) -> String {
    match days.grain() {
        Grain::Day if days.days() == 1 => days.from().to_string(),
        Grain::Month => format!("{}-{:02}", days.from().year(), days.from().month()),
        Grain::Year => days.from().year().to_string(),
        _ => format!("{} to {}", days.from(), days.until()),
    }
}

pub(super) fn issue(found: &Reconstruction) -> Markup {
    let issue = &found.issue;
    html! {
        @if let Some(kind) = issue.incompatibility { p { "Contested: " strong { (kind.name()) } "." } }
        @for place in &found.config.places { p.soft { (place.names.join(" / ")) } }
        @if !issue.claims.is_empty() {
            h3 { "Claims" }
            ul { @for claim in &issue.claims { li {
                strong { (claim.claimant) } ": " (claim.kind)
                @if let Some(since) = &claim.since { ", " (when(since)) }
                @for at in claim.evidence.iter().take(1) { (statement_quote(found, *at)) }
            } } }
        }
        h3 { "Parties" }
        @if found.parties.is_empty() { p { "None could be told from the texts; name them in conflict.toml." } }
        ul { @for party in &found.parties { li {
            strong { (party.name) }
            @if party.side != party.name { " (side: " (party.side) ")" }
            @if !party.aliases.is_empty() { span.soft { " also: " (party.aliases.join(", ")) } }
            @if !party.configured { " " span.tag { "worked out from the texts" } }
        } } }
        @if !found.third_parties.is_empty() {
            h3 { "Third parties" }
            ul { @for third in &found.third_parties { li {
                strong { (third.name) } ", " (third.role.name())
                @if let Some(active) = &third.active { ", " (when(active)) }
                @for at in third.evidence.iter().take(1) { (statement_quote(found, *at)) }
            } } }
        }
    }
}

fn statement_quote(found: &Reconstruction, at: StatementRef) -> Markup {
    match found.statement(at) {
        Some((_, statement)) => quote(found, at.document, statement.span),
        None => html! {},
    }
}

fn status(account: &Account) -> Markup {
    let contested = account.status == AccountStatus::Contested;
    html! { span.tag.contested[contested] { (account.status.name()) } }
}

pub(super) fn chronicle(found: &Reconstruction) -> Markup {
    html! {
        ol.chronicle {
            @for entry in found.chronicle() { li {
                span.when { (when(&entry.when)) }
                div {
                    (entry.account.heading) " " (status(entry.account))
                    @for at in entry.account.statements().take(2) { (statement_quote(found, at)) }
                }
            } }
        }
    }
}

pub(super) fn rivals(found: &Reconstruction) -> Markup {
    let contested: Vec<_> =
        found.accounts.iter().filter(|account| account.status == AccountStatus::Contested).collect();
    html! {
        @if contested.is_empty() { p { "No two holders contradict each other on the same thing." } }
        @for account in contested {
            h3 { (account.heading) " " span.tag { (account.kind.name()) } }
            @if let Some(dispute) = &account.dispute { p.soft { (dispute) } }
            div.versions {
                @for version in &account.versions { div {
                    strong { (version.summary) }
                    p.soft { @for backer in &version.backers { (backer.name) @if let Some(side) = &backer.side { " (" (side) ")" } "; " } }
                    @for at in version.statements.iter().take(2) { (statement_quote(found, *at)) }
                } }
            }
        }
    }
}

pub(super) fn framings(found: &Reconstruction) -> Markup {
    html! {
        p.soft { "A holder’s own term for what others call otherwise. None of them is this report’s." }
        div.wide { table {
            thead { tr { th { "Term" } th { "Used of" } th { "Mark" } th { "Holder" } th { "Source" } } }
            tbody {
                @for (number, reading) in found.readings.iter().enumerate() {
                    @for framing in &reading.extraction.framings { tr {
                        td { "“" (framing.term) "”" }
                        td { (framing.of.as_deref().unwrap_or_default()) }
                        td { (framing.mark.name()) }
                        td { (framing.holder.as_ref().map_or("the author", |holder| holder.name())) }
                        td { a href={ "#d" (number) } { (name(&reading.document)) } }
                    } }
                }
            }
        } }
    }
}

/// The statements of one kind, with their documents' numbers.
fn each(found: &Reconstruction) -> impl Iterator<Item = (usize, &Statement)> {
    found.readings.iter().enumerate().flat_map(|(number, reading)| {
        reading.extraction.statements.iter().map(move |statement| (number, statement))
    })
}

fn quantity(figure: &Figure) -> String {
    let sign = match figure.bound {
        Bound::Exact => "",
        Bound::About => "about ",
        Bound::AtLeast => "at least ",
        Bound::AtMost => "at most ",
    };
    match figure.upper {
        Some(upper) => format!("{sign}{}–{upper}", figure.value),
        None => format!("{sign}{}", figure.value),
    }
}

fn source_link(found: &Reconstruction, number: usize, statement: &Statement) -> Markup {
    html! { a href={ "#" (anchor(number, statement.span.start)) } { (name(&found.readings[number].document)) } }
}

fn holder(statement: &Statement) -> Markup {
    html! {
        (statement.holder.as_ref().map_or("the author", |holder| holder.name()))
        @if statement.holder.is_some() { span.soft { " (" (statement.stance.name()) ")" } }
    }
}

pub(super) fn figures(found: &Reconstruction) -> Markup {
    html! {
        p.soft { "As stated; rival figures are never averaged or added." }
        div.wide { table {
            thead { tr { th.n { "Figure" } th { "Unit" } th { "Counts" } th { "Group" } th { "Period" } th { "Holder" } th { "Source" } } }
            tbody {
                @for (number, statement) in each(found) {
                    @if let Content::Figure(figure) = &statement.content { tr {
                        td.n { (quantity(figure)) }
                        td { (figure.unit) }
                        td { (figure.counts.as_deref().unwrap_or_default()) }
                        td { (figure.group.as_deref().unwrap_or_default()) @if figure.part_of.is_some() { span.soft { " (part)" } } }
                        td { (figure.period.as_ref().map(when).unwrap_or_default()) }
                        td { (holder(statement)) }
                        td { (source_link(found, number, statement)) }
                    } }
                }
            }
        } }
    }
}

pub(super) fn commitments(found: &Reconstruction) -> Markup {
    let some = found.accounts.iter().any(|account| account.kind == AccountKind::Commitment);
    html! {
        @if !some { p { "The documents state no undertaking." } }
        div.wide { table {
            thead { tr { th { "Owed by" } th { "To" } th { "What" } th { "Due" } th { "Status" } th { "Holder" } th { "Source" } } }
            tbody {
                @for (number, statement) in each(found) {
                    @if let Content::Commitment(owed) = &statement.content { tr {
                        td { (owed.debtor.as_deref().unwrap_or_default()) }
                        td { (owed.creditor.as_deref().unwrap_or_default()) }
                        td { "“" (shortened(&owed.action)) "”" }
                        td { (owed.due.map(|due| due.until().to_string()).unwrap_or_default()) }
                        td { (owed.status.name()) }
                        td { (holder(statement)) }
                        td { (source_link(found, number, statement)) }
                    } }
                }
            }
        } }
    }
}

pub(super) fn sources(found: &Reconstruction) -> Markup {
    html! {
        div.wide { table {
            thead { tr { th { "Source" } th { "Publisher" } th { "Date" } th { "Side" } th.n { "Statements" } } }
            tbody {
                @for (number, reading) in found.readings.iter().enumerate() {
                    @let source = &reading.document.source;
                    tr {
                        td { a href={ "#d" (number) } { (source.title.as_deref().unwrap_or(&source.id)) }
                             @if let Some(address) = &source.address { br; span.soft { (address) } } }
                        td { (source.publisher.as_deref().unwrap_or_default()) }
                        td { (source.published.map(|day| day.to_string()).unwrap_or_default()) }
                        td { (source.side.as_deref().unwrap_or_default()) }
                        td.n { (reading.extraction.statements.len()) }
                    }
                }
            }
        } }
        @for reading in &found.readings {
            @if !reading.extraction.citations.is_empty() {
                h3 { "Cited by " (name(&reading.document)) }
                ul { @for citation in &reading.extraction.citations { li {
                    (citation.marker) " " (citation.title.as_deref().unwrap_or_default())
                    @if let Some(publisher) = &citation.publisher { ", " (publisher) }
                    @if let Some(date) = &citation.date { ", " (when(date)) }
                    @if let Some(url) = &citation.url { span.soft { " " (url) } }
                } } }
            }
        }
    }
}
