//! Control: who takes, loses, hands over or holds a place.
//!
//! The frames are data, in `rules/en/control.toml`. What is planned, demanded or promised is no control: it is a
//! commitment or a demand. A handover tells two things: one loses the place, the other gains it.

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use irenic_language::{Relation, Upos};
use irenic_model::{
    Content, Control, ControlChange, DateInterval, MentionKind, Participant, Span, Stance, Statement,
    StatementId,
};

use crate::Input;
use crate::events::Clock;
use crate::frames::{Found, Frames, Reader};
use crate::voice::voice_at;

static ENGLISH: LazyLock<Frames> = LazyLock::new(|| {
    Frames::read(include_str!("../../../../rules/en/control.toml")).expect("a test reads the embedded rules")
});

/// Nouns for places, where the place has no name or is told with its noun.
const PLACE_NOUNS: &str = "town city village district province region valley airport airfield port harbour harbor road highway \
    corridor bridge hill height heights mountain pass base border crossing territory area zone enclave exclave island islet \
    camp settlement capital neighbourhood neighborhood suburb county state governorate canton hamlet outpost checkpoint dam \
    field mine oilfield refinery peninsula coast strip bank north south east west centre center quarter street position land \
    country municipality commune";

/// Nouns that a place's own name follows: "the town of Alba".
const NAMED_BY: &str = "town city village district province region valley port island capital state county canton \
    governorate enclave settlement camp suburb municipality area territory";

/// Nouns for shares of a territory.
const SHARES: &str = "all whole rest remainder bulk third half quarter percent per cent % share part most much two-thirds three-quarters majority \
    kilometre kilometer mile km hectare";

/// What a document tells of control, in text order: each a statement whose content is [`Control`].
///
/// ```
/// use irenic_extract::{Input, control::control};
/// use irenic_language::{Pipeline, segments_of};
/// use irenic_model::{Content, ControlChange, Document, Source};
/// let text = "The rebels captured the airport.".to_owned();
/// let analysis = Pipeline::new().analyse(&text, &segments_of(&text));
/// let source = Source::new("a.txt", text.as_bytes());
/// let document = Document { source, text, blocks: vec![], links: vec![], diagnostics: vec![] };
/// let input = Input { document: &document, analysis: &analysis, mentions: &[], times: &[], attributions: &[] };
/// let Content::Control(held) = &control(&input)[0].content else { panic!("control") };
/// assert_eq!((held.change, held.place.text.as_str()), (ControlChange::Gained, "airport"));
/// ```
#[must_use]
pub fn control(input: &Input<'_>) -> Vec<Statement> {
    let reader = Reader::new(input);
    let clock = Clock::new(input);
    let mut found = Vec::new();
    for frame in reader.find(&ENGLISH) {
        state(&reader, &clock, &frame, &mut found);
    }
    found.sort_by_key(|statement| statement.span);
    found.dedup_by_key(|statement| statement.span);
    found
}

fn state(reader: &Reader<'_, '_>, clock: &Clock<'_>, found: &Found<'_>, out: &mut Vec<Statement>) {
    let Some(change) = [ControlChange::Gained, ControlChange::Lost, ControlChange::Held]
        .into_iter()
        .find(|change| change.name() == found.frame.name)
    else {
        return;
    };
    let trigger = reader.scene.tree.token(found.token).span;
    let (_, said) = voice_at(reader.input.attributions, trigger);
    let stance = found.stance.unwrap_or(said);
    let (change, when) = dated(reader, clock, found, change);
    let stance = match (found.negated, change) {
        (true, ControlChange::Held) => Stance::Denied,
        (true, _) => return,
        (false, _) => stance,
    };
    if !stance.is_factual() && stance != Stance::Denied {
        return;
    }
    let holders = |slot: &str| {
        let heads = found.slot(slot).iter().copied();
        let acting: Vec<usize> = heads.filter(|&head| can_hold(reader, head)).collect();
        reader.participants(&acting)
    };
    let (by, to) = (holders("by"), holders("to"));
    // Who is driven from a place has lost it.
    let losers = holders("loser");
    // "but did not hold it" tells of no hold.
    let told = |head: &&usize| !found.negated || reader.scene.tree.token(**head).upos != Upos::Pron;
    let heads = found.slot("place").iter().filter(told);
    for place in heads.flat_map(|&head| places(reader, head)) {
        let apart = |who: &&Participant| !who.span.overlaps(place.span);
        if let Some(who) = by.iter().find(apart) {
            out.push(statement(reader, (trigger, stance), &place, who, change, when));
        }
        if let Some(who) = losers.iter().find(apart) {
            out.push(statement(reader, (who.span, stance), &place, who, ControlChange::Lost, when));
        }
        if let Some(who) = to.iter().find(apart) {
            out.push(statement(reader, (place.span, stance), &place, who, ControlChange::Gained, when));
        }
    }
}

/// The change with its date. Who holds a place "since May" had it in May, and who holds it "until May" has lost it then.
fn dated(
    reader: &Reader<'_, '_>,
    clock: &Clock<'_>,
    found: &Found<'_>,
    change: ControlChange,
) -> (ControlChange, Option<DateInterval>) {
    let days = clock.days(&reader.scene.tree, found.token, None).intervals;
    let Some(&(when, time)) = days.first() else { return (change, None) };
    let text = &reader.input.document.text;
    let before = time.and_then(|time| text[..time.start].split_whitespace().next_back());
    let change = match before.map(str::to_lowercase).as_deref() {
        Some("since") if change == ControlChange::Held => ControlChange::Gained,
        Some("until" | "till") if change == ControlChange::Held && !found.negated => ControlChange::Lost,
        _ => change,
    };
    (change, Some(when))
}

fn statement(
    reader: &Reader<'_, '_>,
    (trigger, stance): (Span, Stance),
    place: &Participant,
    by: &Participant,
    change: ControlChange,
    when: Option<DateInterval>,
) -> Statement {
    let span = trigger.cover(place.span).cover(by.span);
    let (holder, _) = voice_at(reader.input.attributions, span);
    let content = Control { place: place.clone(), by: by.clone(), change, when };
    Statement {
        id: StatementId::new(reader.input.document.source.sha256, span, "control"),
        span,
        holder,
        stance,
        content: Content::Control(content),
    }
}

/// Nouns for a place that was named before: "left the town".
const TOLD_BEFORE: &str = "town city village settlement port";

/// Sentences back in which a place that is only referred to was named.
const SENTENCES_BACK: usize = 2;

/// The place that "it" or "the town" stands for: the one that the sentence before is about, else the last one named.
fn named_before(reader: &Reader<'_, '_>, head: usize) -> Option<Participant> {
    let tree = &reader.scene.tree;
    let analysis = tree.analysis;
    let here = analysis.sentence_of(head);
    let first = here.saturating_sub(SENTENCES_BACK);
    let own = tree.token(head).span;
    let places = |sentence: usize| {
        let span = analysis.sentences[sentence].span;
        let named = move |one: &&irenic_model::Mention| {
            one.kind == MentionKind::Location
                && one.span.end <= own.start
                && one.name.starts_with(char::is_uppercase)
        };
        reader.names.within(span).filter(named)
    };
    let about = |mention: &irenic_model::Mention| {
        let inside = analysis.head_in(analysis.tokens_in(mention.span));
        let mut above = std::iter::successors(inside, |&node| tree.head(node)).take(3);
        above.any(|node| tree.relation(node).is_subject())
    };
    (first..=here).rev().find_map(|sentence| {
        let subject = places(sentence).find(|one| sentence < here && about(one));
        let taken = |one: &&irenic_model::Mention| {
            let at = analysis.head_in(analysis.tokens_in(one.span));
            at.is_some_and(|at| tree.relation(at) == Relation::Obj || tree.relation(at) == Relation::Nmod)
        };
        subject
            .or_else(|| places(sentence).filter(taken).last())
            .or_else(|| places(sentence).last())
            .map(|mention| reader.names.named(mention))
    })
}

/// A single name that nobody knows, where a place stands: "handed Alba over".
fn unknown_name(reader: &Reader<'_, '_>, head: usize) -> Option<Participant> {
    const CAMPS: [&str; 6] = ["camp", "fort", "base", "hill", "port", "point"];
    let tree = &reader.scene.tree;
    let token = tree.token(head);
    if token.xpos != irenic_language::Penn::Nnp {
        return None;
    }
    let words = token.span.of(&reader.input.document.text);
    let mention = reader.names.covering(token.span);
    let camp = tree
        .children(head)
        .any(|child| CAMPS.contains(&tree.lemma(child).to_lowercase().as_str()) && child < head);
    let abbreviation = words.chars().nth(1).is_some_and(char::is_uppercase);
    let free = mention.is_none_or(|one| one.kind == MentionKind::Organisation && one.span == token.span);
    let plain = free
        && !abbreviation
        && tree.phrase(head).iter().all(|&at| at == head || tree.relation(at) == Relation::Case);
    if !camp && !plain {
        return None;
    }
    let span = if camp { tree.phrase_span(head) } else { token.span };
    let whole = span.of(&reader.input.document.text);
    let name = whole.split(',').next().unwrap_or(whole).split_whitespace().collect::<Vec<_>>().join(" ");
    let span = Span::new(span.start, span.start + whole.split(',').next().unwrap_or(whole).trim_end().len());
    Some(Participant { text: name, span, country: None, role: None })
}

/// Whether the noun is somebody who can hold a place.
fn can_hold(reader: &Reader<'_, '_>, head: usize) -> bool {
    let tree = &reader.scene.tree;
    let named = reader.names.covering(tree.token(head).span);
    let name = tree.token(head).upos == Upos::Propn
        && named.is_none_or(|mention| mention.kind != MentionKind::Location);
    name || tree.token(head).upos == Upos::Pron
        || reader.names.can_act(tree, reader.scene.lexicon, head)
        || reader.scene.lexicon.is_in("troops", tree.lemma(head))
}

fn is_one_of(list: &str, lemma: &str) -> bool {
    let lower = lemma.to_lowercase();
    list.split_whitespace().any(|word| word == lower)
}

/// The places that a noun phrase names: by a name, by a noun for a place, as a share of a territory, or as a list after
/// such a noun ("five towns: Alba, Berna and Corva").
fn places(reader: &Reader<'_, '_>, head: usize) -> Vec<Participant> {
    let tree = &reader.scene.tree;
    let located = |at: usize| {
        let span = tree.token(at).span;
        reader
            .names
            .covering(span)
            .filter(|mention| mention.kind == MentionKind::Location)
            .map(|mention| reader.names.named(mention))
    };
    if let Some(named) = located(head) {
        // "the town lies on the border": the one named before.
        let bare = named.text.split_whitespace().count() == 1 && is_one_of(TOLD_BEFORE, &named.text);
        return vec![if bare { named_before(reader, head).unwrap_or(named) } else { named }];
    }
    if tree.lemma(head) == "it" && tree.token(head).upos == Upos::Pron {
        return named_before(reader, head).into_iter().collect();
    }
    if let Some(unknown) = unknown_name(reader, head) {
        return vec![unknown];
    }
    let lemma = tree.lemma(head);
    let share = is_one_of(SHARES, lemma)
        && tree.children(head).any(|child| {
            tree.relation(child) == Relation::Nmod
                && tree.case(child) == Some("of")
                && (located(child).is_some() || is_one_of(PLACE_NOUNS, tree.lemma(child)))
        });
    if !share && !is_one_of(PLACE_NOUNS, lemma) {
        return Vec::new();
    }
    let below: Vec<usize> = tree
        .children(head)
        .filter(|&child| {
            matches!(
                tree.relation(child),
                Relation::Appos | Relation::Flat | Relation::Compound | Relation::Parataxis | Relation::Dep
            ) || is_one_of(NAMED_BY, lemma)
                && tree.relation(child) == Relation::Nmod
                && tree.case(child) == Some("of")
        })
        .collect();
    let named: Vec<Participant> =
        below.into_iter().flat_map(|child| tree.fellows(child)).filter_map(located).collect();
    let compound_only = named.len() == 1 && named[0].span.start < tree.token(head).span.start;
    if !share && !named.is_empty() && !compound_only {
        return named;
    }
    // "took the town": the one named before, where the text names one.
    if is_one_of(TOLD_BEFORE, lemma)
        && !share
        && tree.phrase(head).len() <= 2
        && let Some(named) = named_before(reader, head)
    {
        return vec![named];
    }
    let Some((words, span)) = reader.topic(head, &[]) else { return Vec::new() };
    let country = named.first().and_then(|one| one.country.clone());
    // "seized the mine at Alba", where the parser hangs the place from the verb.
    let behind = tree.analysis.tokens_in(span).end;
    let at = (behind + 1 < tree.analysis.tokens.len() && matches!(tree.lemma(behind), "at" | "near"))
        .then(|| located(behind + 1))
        .flatten();
    let (words, span) = match at {
        Some(place) => (format!("{words} {} {}", tree.lemma(behind), place.text), span.cover(place.span)),
        None => (words, span),
    };
    vec![Participant { text: words, span, country, role: None }]
}
