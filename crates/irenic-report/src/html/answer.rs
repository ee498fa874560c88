//! The answer first: the stage now, since when, why, how it came to that, and what is contested.

use irenic_model::{Account, AccountKind, AccountStatus, Provenance, Span, StageInterval, Version};
use maud::{Markup, html};

use super::balance::balance;
use super::chart::palette;
use super::context::Context;
use super::wording::{capital, counted, day, ordinal, rule, span_of_years, when};

/// So many contested accounts are named in the answer.
const CONTESTED_MAX: usize = 4;
/// So many reasons are given in the answer.
const REASONS_MAX: usize = 4;

pub(super) fn answer(found: &Context<'_>) -> Markup {
    html! {
        div.answer-grid {
            div {
                (verdict(found))
                (path(found))
                @if let Some(now) = found.current_stage() { h3 { "Why" } (reasons(found, now, REASONS_MAX)) }
                h3 { "What is contested" }
                (contested(found))
            }
            aside aria-label="Balance of the sources" {
                h3 { "Who speaks" }
                (balance(found))
                (unread(found))
            }
        }
    }
}

fn verdict(found: &Context<'_>) -> Markup {
    let Some(now) = found.current_stage() else {
        return html! { p.answer { "The documents do not say enough to place the conflict in its cycle." } };
    };
    let relapses = now.cycle.saturating_sub(1);
    html! {
        p.answer {
            i.chip.(palette::class(&now.stage)) {} strong { (capital(&now.stage)) }
            @if let Some(from) = now.from { " since " (day(from)) }
            @if let Some(until) = now.until.filter(|until| *until < found.as_of) { ", last told of on " (day(until)) }
        }
        @if let Some(rival) = &now.rival {
            p.warn { "This is contested. Other evidence says " strong { (rival) } "." }
        }
        p {
            @match relapses {
                0 => "The first pass through the cycle: the documents tell of no return to fighting.",
                1 => "The second pass through the cycle: fighting came back once after it had stopped.",
                _ => { "The " (ordinal(now.cycle)) " pass through the cycle: fighting came back " (relapses) " times after it had stopped." }
            }
        }
    }
}

/// The stages in a line, with their years.
fn path(found: &Context<'_>) -> Markup {
    let stages: Vec<&StageInterval> = found.life_cycle().collect();
    html! {
        @if stages.len() > 1 {
            ol.path aria-label="The stages so far" {
                @for interval in stages { li {
                    i.chip.(palette::class(&interval.stage)) {} (interval.stage) " "
                    span.soft { (span_of_years(interval.from, interval.until)) }
                } }
            }
        }
    }
}

fn contested(found: &Context<'_>) -> Markup {
    let mut contested: Vec<&Account> =
        found.accounts.iter().filter(|account| account.status == AccountStatus::Contested).collect();
    let all = contested.len();
    contested.sort_by_key(|account| std::cmp::Reverse(weight(account)));
    html! {
        @if let Some(kind) = found.issue.incompatibility {
            p { "The parties contest " strong { (kind.name()) } ". " a href="#issue" { "Who claims what" } }
        }
        @if all == 0 {
            p { "No two holders contradict each other on the same thing." }
        } @else {
            p { "The sources contradict each other on " a href="#accounts" { (counted(all, "thing", "things")) }
                @if all > CONTESTED_MAX { ", among them:" } @else { ":" } }
            ul.rivals { @for account in contested.iter().take(CONTESTED_MAX) {
                li { (heading(account)) ": "
                    @for (at, version) in account.versions.iter().take(3).enumerate() {
                        @if at > 0 { " or " } strong { (said(account, version)) } span.soft { " (" (backers(version)) ")" }
                    }
                }
            } }
        }
    }
}

/// What to show first: figures, accounts of many sources, large figures.
pub(super) fn weight(account: &Account) -> (bool, usize, u64) {
    let sources = account.versions.iter().map(|version| version.sources).sum();
    let values = account.versions.iter().filter_map(|version| version.quantity.as_ref());
    let largest = values.map(|quantity| quantity.upper.unwrap_or(quantity.value)).fold(0.0, f64::max);
    (account.kind == AccountKind::Figure, sources, largest as u64)
}

/// What an account is about, in words.
pub(super) fn heading(account: &Account) -> String {
    if account.kind != AccountKind::Event {
        return capital(&account.heading);
    }
    // An event's heading lists its class, who and where; the quotations below it say that better.
    let kind = account.heading.split(';').next().unwrap_or_default().replace('-', " ");
    let kind = kind.strip_prefix("other, ").unwrap_or(&kind);
    match &account.when {
        Some(days) => format!("{}, {}", capital(kind), when(days)),
        None => capital(kind),
    }
}

/// What a version says, without what the heading already has.
pub(super) fn said(account: &Account, version: &Version) -> String {
    let said = version.summary.as_str();
    match account.kind {
        AccountKind::Figure => said.split_once(": ").map_or(said, |(_, figure)| figure).to_owned(),
        AccountKind::Event if said.starts_with("denied") => "It did not happen".to_owned(),
        AccountKind::Event if account.versions.iter().any(|other| other.summary.starts_with("denied")) => {
            "It happened".to_owned()
        }
        _ => capital(said),
    }
}

/// Those who hold a version, the first two by name.
pub(super) fn backers(version: &Version) -> String {
    let names: Vec<&str> = version.backers.iter().map(|backer| backer.name.as_str()).collect();
    match names.as_slice() {
        [one, other, rest @ ..] if !rest.is_empty() => format!("{one}, {other} and {} more", rest.len()),
        _ => names.join(", "),
    }
}

fn unread(found: &Context<'_>) -> Markup {
    html! {
        @if !found.failures.is_empty() {
            div.warn {
                p { (counted(found.failures.len(), "source", "sources")) " could not be read:" }
                ul { @for failure in &found.failures { li { (failure.message) } } }
            }
        }
        @if !found.withheld.is_empty() {
            div.warn {
                p { "Left out, for they are not known to have been published by then:" }
                ul {
                    @for source in &found.withheld {
                        li { (source.file) " (" (source.published.map_or_else(|| "no date".to_owned(), day)) ")" }
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
                p.why { (capital(&rule(&reason.rule))) @if reason.evidence.len() > 2 { span.soft { " · " (reason.evidence.len()) " pieces of evidence" } } }
                @for place in first_places(found, &reason.evidence) { (found.quote(place.0, place.1)) }
                @for row in reason.evidence.iter().filter(|it| matches!(it, Provenance::Row { .. })).take(2) {
                    p.soft { "Row " code { (row) } }
                }
            }
        }
    }
}

/// The first two places of evidence that say different words.
fn first_places(found: &Context<'_>, evidence: &[Provenance]) -> Vec<(usize, Span)> {
    let mut kept: Vec<(usize, Span)> = Vec::new();
    let mut sentences: Vec<String> = Vec::new();
    for (document, span) in evidence.iter().filter_map(|it| found.words_of(it)) {
        let text = &found.readings[document].document.text;
        let sentence =
            found.sentence(document, span).of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        if kept.len() < 2 && !sentences.contains(&sentence) {
            sentences.push(sentence);
            kept.push((document, span));
        }
    }
    kept
}
