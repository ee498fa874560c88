//! The issue and its parties: what is contested, who claims it since when, and who stands between or behind.

use irenic_model::{Claim, Party, ThirdParty};
use maud::{Markup, html};

use super::context::Context;
use super::parts::folded;
use super::wording::{capital, when};

/// So many claims, and so many third parties, are shown before the others are folded away.
const SHOWN: usize = 6;

pub(super) fn issue(found: &Context<'_>) -> Markup {
    let issue = &found.issue;
    html! {
        @if let Some(kind) = issue.incompatibility { p { "Contested: " strong { (kind.name()) } "." } }
        @else { p { "The texts do not tell what kind of thing is contested." } }
        @if !found.config.places.is_empty() {
            p { "Places with more than one name: "
                @for (at, place) in found.config.places.iter().enumerate() { @if at > 0 { "; " } (place.names.join(" / ")) } "." }
        }
        h3 { "Who claims what, and since when" }
        @if issue.claims.is_empty() { p { "No claim could be told from the texts." } } @else {
            ol.dated { (folded(issue.claims.iter().map(|claim| self::claim(found, claim)).collect(), SHOWN, "claims")) }
        }
        h3 { "Parties" }
        @if found.parties.is_empty() { p { "None could be told from the texts; name them in " code { "conflict.toml" } "." } }
        ul.parties { @for party in &found.parties { (self::party(party)) } }
        @if !found.parties.iter().all(|party| party.configured) {
            p.soft { "Worked out from who acts in the events; " code { "conflict.toml" } " can correct it." }
        }
        @if !found.third_parties.is_empty() {
            h3 { "Third parties" }
            ol.dated { (folded(found.third_parties.iter().map(|third| third_party(found, third)).collect(), SHOWN, "third parties")) }
        }
    }
}

fn claim(found: &Context<'_>, claim: &Claim) -> Markup {
    html! { li {
        div.when { (claim.since.as_ref().map_or_else(|| "undated".to_owned(), when)) }
        div {
            p.head { @if let Some(who) = &claim.claimant { strong { (capital(who)) } ": " } (claim.kind) }
            @for at in claim.evidence.iter().take(1) { (found.statement_quote(*at)) }
        }
    } }
}

fn party(party: &Party) -> Markup {
    html! { li {
        strong { (party.name) }
        @if party.side != party.name { " · side: " (party.side) }
        @if party.events > 0 { " · in " (super::wording::counted(party.events, "event", "events")) }
        @if !party.aliases.is_empty() { br; span.soft { "also " (party.aliases.join(", ")) } }
    } }
}

fn third_party(found: &Context<'_>, third: &ThirdParty) -> Markup {
    html! { li {
        div.when { (third.active.as_ref().map_or_else(|| "undated".to_owned(), when)) }
        div {
            p.head { strong { (third.name) } ", " (third.role.name()) }
            @if let Some(mandate) = &third.mandate { p.soft { "Mandate: “" (mandate) "”" } }
            @for at in third.evidence.iter().take(1) { (found.statement_quote(*at)) }
        }
    } }
}
