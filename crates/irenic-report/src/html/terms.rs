//! The battle over perceptions: by the thing, each holder's own term for it, over time.

use std::collections::BTreeMap;

use irenic_model::{Content, Framing};
use maud::{Markup, html};

use super::context::Context;
use super::parts::folded;
use super::wording::{capital, day};

/// So many things, and so many characterisations, are shown before the others are folded away.
const SHOWN: usize = 12;

/// One use of a term, and how often the same holder uses it in the same document.
struct Use<'a> {
    document: usize,
    framing: &'a Framing,
    times: usize,
}

pub(super) fn terms(found: &Context<'_>) -> Markup {
    let things = by_thing(found);
    html! {
        p.soft { "Each holder’s own term for what others may call otherwise, in quotation marks because none of them is this report’s." }
        @if things.is_empty() { p { "No term was found that takes a side." } }
        @else {
            @let (first, rest) = things.split_at(if things.len() > SHOWN + 2 { SHOWN } else { things.len() });
            (table(found, first, "Terms by thing, holder and date"))
            @if !rest.is_empty() {
                details.more { summary { (rest.len()) " more" span.hidden { " things" } } (table(found, rest, "Terms by thing, holder and date, continued")) }
            }
        }
        (characterisations(found))
    }
}

/// A thing, where the text tells it, with the terms for it.
type Thing<'a> = (Option<String>, Vec<Use<'a>>);

/// The things that have terms, those with most terms first, and last the terms of which the text does not tell what they are of.
fn by_thing<'a>(found: &'a Context<'_>) -> Vec<Thing<'a>> {
    let mut things: BTreeMap<Option<String>, Vec<Use<'a>>> = BTreeMap::new();
    for (document, reading) in found.readings.iter().enumerate() {
        for framing in &reading.extraction.framings {
            let uses = things.entry(framing.of.clone()).or_default();
            let same = |one: &&mut Use<'_>| {
                one.document == document
                    && one.framing.holder.as_ref().map(irenic_model::Holder::name)
                        == framing.holder.as_ref().map(irenic_model::Holder::name)
                    && bare(&one.framing.term).eq_ignore_ascii_case(bare(&framing.term))
            };
            match uses.iter_mut().find(same) {
                Some(known) => known.times += 1,
                None => uses.push(Use { document, framing, times: 1 }),
            }
        }
    }
    let published = |one: &Use<'_>| found.readings[one.document].document.source.published;
    let mut things: Vec<_> = things.into_iter().collect();
    things
        .iter_mut()
        .for_each(|(_, uses)| uses.sort_by_key(|one| (published(one), one.document, one.framing.span)));
    things.sort_by_key(|(thing, uses)| (thing.is_none(), std::cmp::Reverse(uses.len()), thing.clone()));
    things
}

/// A term without the quotation marks of the text around all of it, or left over at one end.
fn bare(term: &str) -> &str {
    term.trim_matches(['"', '“', '”', '«', '»'])
}

/// One table over some things: a thing is named once, beside its terms.
fn table(found: &Context<'_>, things: &[Thing<'_>], caption: &str) -> Markup {
    html! {
        table.stack.grouped {
            caption.hidden { (caption) }
            colgroup { @for width in [20, 26, 24, 12, 18] { col style={ "width:" (width) "%" }; } }
            thead { tr { @for head in ["Thing", "Term", "Holder", "How it shows", "Where"] { th scope="col" { (head) } } } }
            @for (thing, uses) in things {
                tbody { @for (at, one) in uses.iter().enumerate() { tr {
                    @if at == 0 { th scope="rowgroup" rowspan=(uses.len()) { (thing.as_deref().map_or_else(|| "Not told of what".to_owned(), capital)) } }
                    (cells(found, one))
                } } }
            }
        }
    }
}

fn cells(found: &Context<'_>, one: &Use<'_>) -> Markup {
    let published = found.readings[one.document].document.source.published;
    let holder = one
        .framing
        .holder
        .as_ref()
        .map_or_else(|| voice(found, one.document), |holder| capital(holder.name()));
    html! {
        td data-label="Term" { strong { "“" (bare(&one.framing.term)) "”" } @if one.times > 1 { span.soft { " ×" (one.times) } } }
        td data-label="Holder" { (holder) }
        td data-label="How it shows" { (one.framing.mark.name().replace('-', " ")) }
        td data-label="Where" { (found.link(one.document, one.framing.span.start, super::wording::undated(found.label(one.document))))
            @if let Some(published) = published { br; span.soft { (day(published)) } } }
    }
}

/// Whose voice a document is.
pub(super) fn voice(found: &Context<'_>, document: usize) -> String {
    let source = &found.readings[document].document.source;
    let who = source.author.as_deref().or(source.publisher.as_deref());
    who.map_or_else(|| "the author".to_owned(), |who| format!("{who} (the document’s own words)"))
}

fn characterisations(found: &Context<'_>) -> Markup {
    let mut items = Vec::new();
    for (document, reading) in found.readings.iter().enumerate() {
        for statement in &reading.extraction.statements {
            let Content::Characterisation(said) = &statement.content else { continue };
            let holder = statement
                .holder
                .as_ref()
                .map_or_else(|| voice(found, document), |holder| capital(holder.name()));
            items.push(html! { li {
                strong { (holder) } " of " strong { (said.subject) } ": “" (bare(&said.term)) "” "
                span.source { (found.link(document, statement.span.start, found.label(document))) }
            } });
        }
    }
    html! { @if !items.is_empty() { h3 { "Who calls whom what" } ul { (folded(items, SHOWN, "characterisations")) } } }
}
