//! Control: who takes, loses, hands over or holds a place.
//!
//! The frames are data, in `rules/en/control.toml`. What is planned, demanded or promised is no control: it is a
//! commitment or a demand. A handover tells two things: one loses the place, the other gains it.

mod dates;
mod holders;
mod places;
#[cfg(test)]
mod tests;
mod words;

use std::sync::LazyLock;

use irenic_language::{Relation, Upos};
use irenic_model::{
    Content, Control, ControlChange, DateInterval, Participant, Span, Stance, Statement, StatementId,
};

use crate::Input;
use crate::events::Clock;
use crate::frames::{Found, Frames, Reader};
use crate::voice::voice_at;
use holders::{apart_from, holds_ground};
use places::{Located, is_of_places};

/// Frames and lists of words.
static ENGLISH: LazyLock<Frames> = LazyLock::new(|| {
    Frames::read(include_str!("../../../../rules/en/control.toml")).expect("a test reads the embedded rules")
});

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
    let located = Located::new(&reader);
    let scribe = Scribe { reader: &reader, clock: Clock::new(input), located };
    let frames = reader.find(&ENGLISH);
    let told: Vec<_> = frames.iter().filter_map(|frame| Some((frame, scribe.told(frame)?))).collect();
    // A name that the text's end tells to be a place's is one at its beginning too.
    for (frame, _) in &told {
        scribe.places_told(frame);
    }
    let mut found = Vec::new();
    for (frame, told) in told {
        scribe.state(frame, told, &mut found);
    }
    found.sort_by_key(|statement| statement.span);
    found.dedup_by(|one, other| one.span == other.span && one.id == other.id);
    found
}

/// Writes down what frames tell of control.
struct Scribe<'r, 'a, 's> {
    reader: &'r Reader<'a, 's>,
    clock: Clock<'a>,
    located: Located,
}

/// What a frame tells of its places: who holds, takes or loses them, who is driven out, who gets them, and when.
struct Told {
    by: Vec<Participant>,
    losers: Vec<Participant>,
    to: Vec<Participant>,
    /// At least one.
    changes: Vec<Dated>,
    stance: Stance,
}

/// A change of control with its date.
type Dated = (ControlChange, Option<DateInterval>);

impl Scribe<'_, '_, '_> {
    /// What a frame tells, whichever places it is of; nothing for what is no deed.
    fn told(&self, found: &Found<'_>) -> Option<Told> {
        let changes = [ControlChange::Gained, ControlChange::Lost, ControlChange::Held];
        let change = changes.into_iter().find(|change| change.name() == found.frame.name)?;
        let changes = self.dated(found, change);
        let stance = self.stance(found, changes[0].0)?;
        // Who is driven from a place has lost it; a place that nobody was driven from was not taken.
        let mut losers = self.holders(found, "loser");
        losers.retain(|loser| holds_ground(self.reader, loser));
        if found.frame.needs("loser") && losers.is_empty() {
            return None;
        }
        let (by, to) = (self.holders(found, "by"), self.holders(found, "to"));
        Some(Told { by, losers, to, changes, stance })
    }

    /// Writes down what a frame tells of each of its places.
    fn state(&self, found: &Found<'_>, mut told: Told, out: &mut Vec<Statement>) {
        let tree = &self.reader.scene.tree;
        // "Alba fell to the rebels. They held it": not Alba, but who was told to have taken it.
        let pointed = found.slot("by").iter().any(|&head| tree.token(head).upos == Upos::Pron);
        if pointed && told.by.iter().all(|one| self.located.has(&one.text)) {
            told.by = out.iter().rev().find_map(holder_told).into_iter().collect();
        }
        for place in self.places_told(found) {
            self.write(found, &told, &place, out);
        }
    }

    /// How a frame puts control forward; nothing for what is no deed: a change denied, planned or wanted.
    fn stance(&self, found: &Found<'_>, change: ControlChange) -> Option<Stance> {
        let tree = &self.reader.scene.tree;
        let (_, said) = voice_at(self.reader.input.attributions, tree.token(found.token).span);
        let stance = match (found.negated, change) {
            (true, ControlChange::Held) => Stance::Denied,
            (true, _) => return None,
            (false, _) => found.stance.unwrap_or(said),
        };
        // "was set up to govern the town", "requests to return the valley" tell of no deed.
        let purpose = matches!(tree.relation(found.token), Relation::Advcl | Relation::Acl)
            && tree.child(found.token, Relation::Mark).is_some_and(|mark| tree.lemma(mark) == "to");
        ((stance.is_factual() || stance == Stance::Denied) && !purpose).then_some(stance)
    }

    /// The places of a frame, each once. Their names are noted down as those of places.
    fn places_told(&self, found: &Found<'_>) -> Vec<Participant> {
        let tree = &self.reader.scene.tree;
        let text = &self.reader.input.document.text;
        let heads = found.slot("place");
        let slots = ["by", "to", "loser"].iter().flat_map(|slot| found.slot(slot));
        let others: Vec<usize> = slots.copied().chain([found.token]).collect();
        // "Alba, the last harbour" is one place, but "Alba, Berna and Corva" are three.
        let again = |head: usize| {
            heads.iter().any(|&other| {
                let behind = tree.phrase(head).into_iter().min() == Some(other + 2)
                    && tree.token(other + 1).span.of(text) == ","
                    && tree.token(head).upos == Upos::Noun;
                behind || tree.head(head) == Some(other) && tree.relation(head) == Relation::Appos
            })
        };
        // "but did not hold it" tells of no hold.
        let empty = |head: usize| found.negated && tree.token(head).upos == Upos::Pron;
        let own = heads.iter().filter(|&&head| !again(head) && !empty(head));
        let named = own.flat_map(|&head| self.places(head, &others, found.frame.any_name));
        // "left 91 Armenian": a number of people.
        let counted = |place: &Participant| {
            place.text.starts_with(|c: char| c.is_ascii_digit()) && !place.text.split(' ').any(is_of_places)
        };
        let named: Vec<Participant> = named.filter(|place| !counted(place)).collect();
        named.iter().for_each(|place| self.located.note(&place.text));
        named
    }

    /// Writes down what is told of one place.
    fn write(&self, found: &Found<'_>, told: &Told, place: &Participant, out: &mut Vec<Statement>) {
        let trigger = self.reader.scene.tree.token(found.token).span;
        let apart =
            |list: &[Participant]| list.iter().find_map(|who| apart_from(self.reader, who, place.span));
        // Nobody is named: whoever held it last has lost it.
        let by = if found.frame.has("by") { apart(&told.by) } else { last_holder(out, place) };
        if let Some(who) = by.filter(|who| who.text != place.text) {
            let own = told.changes.iter();
            out.extend(own.map(|change| self.statement((trigger, told.stance), place, &who, *change)));
        }
        let (_, when) = told.changes[0];
        if let Some(who) = apart(&told.losers) {
            out.push(self.statement((who.span, told.stance), place, &who, (ControlChange::Lost, when)));
        }
        if let Some(who) = apart(&told.to) {
            out.push(self.statement((place.span, told.stance), place, &who, (ControlChange::Gained, when)));
        }
    }

    fn statement(
        &self,
        (trigger, stance): (Span, Stance),
        place: &Participant,
        by: &Participant,
        (change, when): Dated,
    ) -> Statement {
        let span = trigger.cover(place.span).cover(by.span);
        let (holder, _) = voice_at(self.reader.input.attributions, span);
        let kind = if change == ControlChange::Lost { "control lost" } else { "control" };
        let content = Control { place: place.clone(), by: by.clone(), change, when };
        Statement {
            id: StatementId::new(self.reader.input.document.source.sha256, span, kind),
            span,
            holder,
            stance,
            content: Content::Control(content),
        }
    }
}

/// Who was last told to have a place.
fn last_holder(told: &[Statement], place: &Participant) -> Option<Participant> {
    let of_place = |one: &&Statement| matches!(&one.content, Content::Control(control) if control.place.text == place.text);
    told.iter().rev().filter(of_place).find_map(holder_told)
}

/// Who has a place by a statement.
fn holder_told(one: &Statement) -> Option<Participant> {
    let Content::Control(control) = &one.content else { return None };
    let has = control.change != ControlChange::Lost && one.stance != Stance::Denied;
    has.then(|| control.by.clone())
}
