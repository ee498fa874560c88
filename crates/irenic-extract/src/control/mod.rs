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
    field oilfield refinery peninsula coast strip bank north south east west centre center quarter street position land \
    country municipality commune";

/// Nouns that a place's own name follows: "the town of Alba".
const NAMED_BY: &str = "town city village district province region valley port island capital state county canton \
    governorate enclave settlement camp suburb municipality area territory";

/// Nouns for shares of a territory.
const SHARES: &str = "third half quarter percent per cent % share part most much two-thirds three-quarters majority \
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
    let when = clock.days(&reader.scene.tree, found.token, None).intervals.first().map(|(when, _)| *when);
    for place in found.slot("place").iter().flat_map(|&head| places(reader, head)) {
        let apart = |who: &&Participant| !who.span.overlaps(place.span);
        if let Some(who) = by.iter().find(apart) {
            out.push(statement(reader, (trigger, stance), &place, who, change, when));
        }
        if let Some(who) = to.iter().find(apart) {
            out.push(statement(reader, (place.span, stance), &place, who, ControlChange::Gained, when));
        }
    }
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
        return vec![named];
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
    let Some((words, span)) = reader.topic(head, &[]) else { return Vec::new() };
    let country = named.first().and_then(|one| one.country.clone());
    vec![Participant { text: words, span, country, role: None }]
}
