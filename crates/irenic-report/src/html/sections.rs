//! The sections of the report, from the answer to the sources.

use std::collections::BTreeMap;

use irenic_model::{
    Account, AccountKind, AccountStatus, Bound, Content, Figure, Framing, Provenance, Span, StageInterval,
    Statement, StatementRef,
};
use maud::{Markup, html};

use super::balance::balance;
use super::context::{Context, name, shortened};
use super::wording::{day, number, ordinal, rule, when};

/// The answer first: the stage now, since when, why; with the balance of the sources.
pub(super) fn answer(found: &Context<'_>) -> Markup {
    html! {
        @match found.current_stage() {
            Some(now) => {
                p.answer {
                    strong { (capital(&now.stage)) }
                    @if let Some(from) = now.from { " since " (day(from)) }
                    ", on the " (ordinal(now.cycle)) " pass through the cycle."
                    @if let Some(rival) = &now.rival { " This is contested: other evidence says " em { (rival) } "." }
                }
                (reasons(found, now, 6))
            },
            None => p.answer { "The documents do not say enough to place the conflict in its cycle." },
        }
        @let contested = found.accounts.iter().filter(|account| account.status == AccountStatus::Contested).count();
        p { "Of " (found.accounts.len()) " accounts, " a href="#accounts" { (contested) @if contested == 1 { " is" } @else { " are" } " contested" } "." }
        h3 { "Who speaks" }
        (balance(found))
        @if !found.failures.is_empty() {
            div.warn {
                p { "Not read:" }
                ul { @for failure in &found.failures { li { (failure.message) } } }
            }
        }
        @if !found.withheld.is_empty() {
            div.warn {
                p { "Left out, for they are not known to have been published by then:" }
                ul {
                    @for source in &found.withheld {
                        li { (source.file) " (" @match source.published { Some(published) => (day(published)), None => "no date" } ")" }
                    }
                }
            }
        }
    }
}

/// The first rules that gave an interval, each with the words or rows it rests on.
pub(super) fn reasons(found: &Context<'_>, interval: &StageInterval, most: usize) -> Markup {
    html! {
        @for reason in interval.reasons.iter().take(most) {
            div.reason {
                p.why { (capital(rule(&reason.rule))) @if reason.evidence.len() > 2 { span.soft { " (" (reason.evidence.len()) " pieces of evidence)" } } }
                @for place in first_places(found, &reason.evidence) { (found.quote(place.0, place.1)) }
                @for row in reason.evidence.iter().filter(|it| matches!(it, Provenance::Row { .. })).take(2) {
                    p.soft { "Row " code { (row) } }
                }
            }
        }
    }
}

/// The first two places of evidence that stand in different sentences.
fn first_places(found: &Context<'_>, evidence: &[Provenance]) -> Vec<(usize, Span)> {
    let mut kept: Vec<(usize, Span)> = Vec::new();
    let mut sentences = Vec::new();
    for (document, span) in evidence.iter().filter_map(|it| found.words_of(it)) {
        let told = &found.readings[document].extraction.sentences;
        let sentence = (document, told.partition_point(|sentence| sentence.end <= span.start));
        if kept.len() < 2 && !sentences.contains(&sentence) {
            sentences.push(sentence);
            kept.push((document, span));
        }
    }
    kept
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

pub(super) fn issue(found: &Context<'_>) -> Markup {
    let issue = &found.issue;
    html! {
        @if let Some(kind) = issue.incompatibility { p { "Contested: " strong { (kind.name()) } "." } }
        @for place in &found.config.places { p.soft { (place.names.join(" / ")) } }
        @if !issue.claims.is_empty() {
            h3 { "Claims" }
            ul { @for claim in &issue.claims { li {
                strong { (claim.claimant) } ": " (claim.kind)
                @if let Some(since) = &claim.since { ", " (when(since)) }
                @for at in claim.evidence.iter().take(1) { (found.statement_quote(*at)) }
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
                @for at in third.evidence.iter().take(1) { (found.statement_quote(*at)) }
            } } }
        }
    }
}

fn status(account: &Account) -> Markup {
    let contested = account.status == AccountStatus::Contested;
    html! { span.tag.contested[contested] { (account.status.name()) } }
}

/// What the chronicle can be filtered by, for one of its lines.
struct Facets {
    class: &'static str,
    /// What kind of event of its class.
    mode: Option<String>,
    actors: Vec<String>,
    sources: Vec<String>,
}

fn facets(found: &Context<'_>, account: &Account) -> Facets {
    let mut facets = Facets { class: "OTHER", mode: None, actors: Vec::new(), sources: Vec::new() };
    for (document, statement) in account.statements().filter_map(|at| found.statement(at)) {
        let Content::Event(event) = &statement.content else { continue };
        facets.class = event.class.name();
        facets.mode = facets.mode.take().or_else(|| event.mode.clone());
        for actor in event.actors.iter().chain(&event.recipients) {
            let party = found
                .parties
                .iter()
                .find(|party| party.name == actor.text || party.aliases.contains(&actor.text));
            facets.actors.push(party.map_or_else(|| actor.text.clone(), |party| party.name.clone()));
        }
        facets.sources.push(name(document));
    }
    for list in [&mut facets.actors, &mut facets.sources] {
        list.sort();
        list.dedup();
    }
    facets
}

pub(super) fn chronicle(found: &Context<'_>) -> Markup {
    let lines: Vec<_> =
        found.chronicle().into_iter().map(|entry| (entry, facets(found, entry.account))).collect();
    if lines.is_empty() {
        return html! { p { "The documents date no event." } };
    }
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut actors, mut sources): (BTreeMap<&str, usize>, BTreeMap<&str, usize>) = Default::default();
    for (_, facets) in &lines {
        *classes.entry(facets.class).or_default() += 1;
        facets.actors.iter().for_each(|actor| *actors.entry(actor).or_default() += 1);
        facets.sources.iter().for_each(|source| *sources.entry(source).or_default() += 1);
    }
    html! {
        form.filters hidden aria-label="Filter the chronicle" {
            (choice("class", "Class", &classes)) (choice("actor", "Actor", &actors)) (choice("source", "Source", &sources))
            p.soft role="status" { span.count { (lines.len()) } " of " (lines.len()) " events" }
        }
        ol.chronicle {
            @for (entry, facets) in &lines {
                li data-class=(facets.class) data-actor=(facets.actors.join("|")) data-source=(facets.sources.join("|")) {
                    div.when { (when(&entry.when)) }
                    div {
                        @for at in one_a_document(entry.account) { (found.statement_quote(at)) }
                        p.facts { span.tag { (facets.class.to_lowercase()) @if let Some(mode) = &facets.mode { ": " (mode.replace('-', " ")) } } " " (status(entry.account)) " "
                            span.soft { (facets.actors.join(", ")) } }
                    }
                }
            }
        }
    }
}

/// The first statement of each document, at most two.
fn one_a_document(account: &Account) -> Vec<StatementRef> {
    let mut kept: Vec<StatementRef> = Vec::new();
    for at in account.statements() {
        if kept.len() < 2 && kept.iter().all(|other| other.document != at.document) {
            kept.push(at);
        }
    }
    kept
}

fn choice(name: &str, label: &str, options: &BTreeMap<&str, usize>) -> Markup {
    html! {
        label { (label) " "
            select name=(name) {
                option value="" { "all" }
                @for (option, count) in options { option value=(option) { (if name == "class" { option.to_lowercase() } else { (*option).to_owned() }) " (" (count) ")" } }
            }
        }
    }
}

pub(super) fn rivals(found: &Context<'_>) -> Markup {
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
                    @for at in version.statements.iter().take(2) { (found.statement_quote(*at)) }
                } }
            }
        }
    }
}

pub(super) fn framings(found: &Context<'_>) -> Markup {
    let mut all: Vec<(usize, &Framing)> = found
        .readings
        .iter()
        .enumerate()
        .flat_map(|(number, reading)| {
            reading.extraction.framings.iter().map(move |framing| (number, framing))
        })
        .collect();
    let published = |number: usize| found.readings[number].document.source.published;
    all.sort_by(|(a, one), (b, other)| {
        let key = |number: usize, framing: &Framing| {
            (framing.of.is_none(), framing.of.clone(), published(number), number)
        };
        key(*a, one).cmp(&key(*b, other)).then(one.span.cmp(&other.span))
    });
    html! {
        p.soft { "Each holder’s own term for what others call otherwise, by the thing and over time. None of them is this report’s." }
        @if all.is_empty() { p { "No term was found that takes a side." } } @else {
            div.wide tabindex="0" { table {
                caption.hidden { "Terms by thing, date and holder" }
                thead { tr { th scope="col" { "Used of" } th scope="col" { "Term" } th scope="col" { "Holder" } th scope="col" { "Mark" } th scope="col" { "Where" } } }
                tbody {
                    @for (number, framing) in &all { tr {
                        td { (framing.of.as_deref().unwrap_or("–")) }
                        td { "“" (framing.term.trim_matches(['"', '“', '”'])) "”" }
                        td { (framing.holder.as_ref().map_or("the author", |holder| holder.name())) }
                        td { (framing.mark.name()) }
                        td { (found.link(*number, framing.span.start, &name(&found.readings[*number].document))) }
                    } }
                }
            } }
        }
        (characterisations(found))
    }
}

fn characterisations(found: &Context<'_>) -> Markup {
    let some = each(found).any(|(_, statement)| matches!(statement.content, Content::Characterisation(_)));
    html! {
        @if some {
            h3 { "Who calls whom what" }
            ul { @for (number, statement) in each(found) {
                @if let Content::Characterisation(said) = &statement.content { li {
                    (statement.holder.as_ref().map_or("The author", |holder| holder.name())) " of " strong { (said.subject) } ": “" (said.term) "” "
                    span.source { (source_link(found, number, statement)) }
                } }
            } }
        }
    }
}

/// The statements of one kind, with their documents' numbers.
fn each<'c>(found: &'c Context<'_>) -> impl Iterator<Item = (usize, &'c Statement)> {
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
        Some(upper) => format!("{sign}{}–{}", number(figure.value), number(upper)),
        None => format!("{sign}{}", number(figure.value)),
    }
}

fn source_link(found: &Context<'_>, number: usize, statement: &Statement) -> Markup {
    found.link(number, statement.span.start, &name(&found.readings[number].document))
}

fn holder(statement: &Statement) -> Markup {
    html! {
        (statement.holder.as_ref().map_or("the author", |holder| holder.name()))
        @if statement.holder.is_some() { span.soft { " (" (statement.stance.name()) ")" } }
    }
}

pub(super) fn figures(found: &Context<'_>) -> Markup {
    html! {
        p.soft { "As stated; rival figures are never averaged or added." }
        div.wide tabindex="0" { table {
            thead { tr { th.n scope="col" { "Figure" } th scope="col" { "Unit" } th scope="col" { "Counts" } th scope="col" { "Group" } th scope="col" { "Period" } th scope="col" { "Holder" } th scope="col" { "Source" } } }
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

pub(super) fn commitments(found: &Context<'_>) -> Markup {
    let some = found.accounts.iter().any(|account| account.kind == AccountKind::Commitment);
    html! {
        @if !some { p { "The documents state no undertaking." } }
        div.wide tabindex="0" { table {
            thead { tr { th scope="col" { "Owed by" } th scope="col" { "To" } th scope="col" { "What" } th scope="col" { "Due" } th scope="col" { "Status" } th scope="col" { "Holder" } th scope="col" { "Source" } } }
            tbody {
                @for (number, statement) in each(found) {
                    @if let Content::Commitment(owed) = &statement.content { tr {
                        td { (owed.debtor.as_deref().unwrap_or_default()) }
                        td { (owed.creditor.as_deref().unwrap_or_default()) }
                        td { "“" (shortened(&owed.action)) "”" }
                        td { (owed.due.map(|due| day(due.until())).unwrap_or_default()) }
                        td { (owed.status.name()) }
                        td { (holder(statement)) }
                        td { (source_link(found, number, statement)) }
                    } }
                }
            }
        } }
    }
}

pub(super) fn sources(found: &Context<'_>) -> Markup {
    html! {
        div.wide tabindex="0" { table {
            thead { tr { th scope="col" { "Source" } th scope="col" { "Publisher" } th scope="col" { "Date" } th scope="col" { "Side" } th.n scope="col" { "Statements" } } }
            tbody {
                @for (number, reading) in found.readings.iter().enumerate() {
                    @let source = &reading.document.source;
                    tr {
                        th scope="row" { a href=(found.address_of_document(number)) { (source.title.as_deref().unwrap_or(&source.id)) }
                             @if let Some(address) = &source.address { br; span.soft { (address) } } }
                        td { (source.publisher.as_deref().unwrap_or_default()) }
                        td { (source.published.map(day).unwrap_or_default()) }
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
