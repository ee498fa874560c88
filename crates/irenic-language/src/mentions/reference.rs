//! Mentions without a name of their own: titles beside names, descriptions, pronouns.
//!
//! A description gets a name only where one thing alone can be meant; otherwise it keeps its words.

use irenic_model::MentionKind;

use super::labeller::Labelled;
use super::lexicon::WordClass;
use super::naming::{Draft, Thing, country_in, is_pronoun, words};
use super::people::name_in;
use super::view::View;
use crate::labels::Upos;
use crate::powers::Power;

/// Most words of an apposition that is kept as a note.
const APPOSITION_MAX: usize = 14;
/// "The organisation" was named at most so many sentences before.
const SENTENCES_BACK: usize = 3;
/// How many things of a kind are remembered as possible referents.
const REMEMBERED: usize = 24;

/// What has been mentioned so far.
#[derive(Debug, Default)]
pub(super) struct Scene {
    /// Things with the last token at which each was mentioned, latest last.
    persons: Vec<(usize, usize)>,
    bodies: Vec<(usize, usize)>,
    places: Vec<(usize, usize)>,
    /// Where the sentence before the present one begins, and the present one.
    sentence: usize,
}

/// "Ana Marsh, assistant to the president": the words after the comma are the person's note; "the minister, Ana
/// Marsh": the description is of that person.
pub(super) fn titles_beside_names(
    text: &str,
    view: &View<'_>,
    drafts: &[Draft<'_>],
    thing_of: &mut [Option<usize>],
    things: &mut [Thing],
) {
    let mut sentence = 0;
    for at in 0..drafts.len() {
        let span = drafts[at].span;
        if span.kind != MentionKind::Person {
            continue;
        }
        while view.sentences[sentence].0.end <= span.start {
            sentence += 1;
        }
        let end = view.sentences[sentence].0.end;
        let untitled = thing_of[at].filter(|&person| things[person].note.is_none());
        if let (Some(person), Some(office)) = (untitled, apposition(view, span.end, end)) {
            let thing = &mut things[person];
            thing.country = thing.country.take().or_else(|| country_in(view, office.clone()));
            thing.note = Some(words(text, view, office));
        }
        let next = drafts[at + 1..].iter().take(4).position(|next| {
            let gap = next.span.start.saturating_sub(span.end);
            next.span.kind == MentionKind::Person && gap <= 1 && next.span.start >= span.end
        });
        let Some(next) = next.map(|next| at + 1 + next) else { continue };
        let between = &view.tokens[span.end..drafts[next].span.start];
        let beside = between.iter().all(|token| token.text == ",");
        if let (None, Some(person), true) = (thing_of[at], thing_of[next], beside && !is_pronoun(view, span))
        {
            thing_of[at] = Some(person);
            things[person].note.get_or_insert_with(|| words(text, view, span.start..span.end));
        }
    }
}

/// The words between the comma at `at` and the next, if they begin with an office.
fn apposition(view: &View<'_>, at: usize, end: usize) -> Option<std::ops::Range<usize>> {
    if view.tokens.get(at).is_none_or(|token| token.text != ",") || at + 1 >= end {
        return None;
    }
    let limit = end.min(at + 1 + APPOSITION_MAX);
    let stop = (at + 1..limit).find(|&at| {
        matches!(view.tokens[at].text, "," | ";" | "." | ")" | "(" | "\"" | "”" | "-" | "–" | "—")
    })?;
    let inside = at + 1..stop;
    let office = inside.clone().take(6).find(|&at| {
        let classes = view.tokens[at].classes;
        classes.has(WordClass::Role) || classes.has(WordClass::Title)
    })?;
    let verbs = view.tokens[inside.start..office]
        .iter()
        .any(|token| token.upos.is_verbal() || token.upos == Upos::Pron);
    (!verbs).then_some(inside)
}

impl Scene {
    /// Remembers a mention of a thing.
    pub(super) fn see(&mut self, view: &View<'_>, span: Labelled, number: usize, thing: &Thing) {
        self.advance(view, span.start);
        if !thing.named {
            return;
        }
        let list = match thing.kind {
            MentionKind::Person => &mut self.persons,
            MentionKind::Organisation => &mut self.bodies,
            MentionKind::Location => &mut self.places,
            _ => return,
        };
        list.retain(|(known, _)| *known != number);
        if list.len() == REMEMBERED {
            list.remove(0);
        }
        list.push((number, span.start));
    }

    fn advance(&mut self, view: &View<'_>, at: usize) {
        while view.sentences.get(self.sentence).is_some_and(|(range, _)| range.end <= at) {
            self.sentence += 1;
        }
    }

    /// The thing that a description or a pronoun stands for, where only one can be meant.
    pub(super) fn resolve(&mut self, view: &View<'_>, span: Labelled, things: &[Thing]) -> Option<usize> {
        self.advance(view, span.start);
        let near = view.sentences[self.sentence.saturating_sub(1)].0.start;
        let last = &view.tokens[span.end - 1];
        match span.kind {
            MentionKind::Person if is_pronoun(view, span) => {
                let third =
                    matches!(&*last.lower, "he" | "him" | "his" | "she" | "her" | "himself" | "herself");
                // "the envoy, whom she blames": the clause about somebody has another subject.
                let whom = span.start.checked_sub(1).filter(|&at| &*view.tokens[at].lower == "whom");
                let described = whom.and_then(|_| self.persons.last()).map(|(number, _)| *number);
                let fits =
                    |(number, at): &&(usize, usize)| third && *at >= near && described != Some(*number);
                only(self.persons.iter().filter(fits))
            }
            MentionKind::Person => {
                let office = office_of(view, span)?;
                let holds =
                    |number: usize| things[number].note.as_deref().is_some_and(|note| has_word(note, office));
                is_definite(view, span)
                    .then(|| only(self.persons.iter().filter(|(number, _)| holds(*number))))?
            }
            MentionKind::Organisation if is_definite(view, span) => self.body(view, span, things),
            MentionKind::Location if is_definite(view, span) => {
                let town = matches!(&*last.lower, "city" | "town" | "village" | "capital");
                let towns = || self.places.iter().filter(|(number, _)| town && things[*number].town);
                only(towns().filter(|(_, at)| *at >= near)).or_else(|| only(towns()))
            }
            _ => None,
        }
    }

    /// "the government" for the one government named so far; "the rebels" for the one armed group; "the organisation"
    /// for the one body without arms named in the last sentences.
    fn body(&self, view: &View<'_>, span: Labelled, things: &[Thing]) -> Option<usize> {
        let head = head_of(view, span);
        let word = &*view.tokens[head].lower;
        // "The army" is not the band of rebels that was named before it.
        let regular = Power::of(word).is_some_and(Power::is_regular);
        let band = view.tokens[head].classes.has(WordClass::Armed) && !regular
            || matches!(word, "group" | "movement");
        let civil = matches!(word, "organization" | "organisation" | "agency" | "body");
        let recent = view.sentences[self.sentence.saturating_sub(SENTENCES_BACK)].0.start;
        // "The local population" is not the one that was named before.
        if span.end - span.start > 2 {
            return None;
        }
        let of_head = |(number, _): &&(usize, usize)| has_word(&things[*number].name, word);
        let armed = |(number, _): &&(usize, usize)| band && things[*number].armed;
        let unarmed = |(number, at): &&(usize, usize)| civil && *at >= recent && !things[*number].armed;
        only(self.bodies.iter().filter(of_head))
            .or_else(|| only(self.bodies.iter().filter(armed)))
            .or_else(|| only(self.bodies.iter().filter(unarmed)))
    }
}

/// The one thing of the list, if it is one.
fn only<'a>(mut list: impl Iterator<Item = &'a (usize, usize)>) -> Option<usize> {
    let (first, _) = list.next()?;
    list.next().is_none().then_some(*first)
}

fn is_definite(view: &View<'_>, span: Labelled) -> bool {
    matches!(&*view.tokens[span.start].lower, "the" | "this" | "that" | "these" | "those")
}

/// The head noun: the last word, or the one before "of".
fn head_of(view: &View<'_>, span: Labelled) -> usize {
    let of = (span.start + 1..span.end).find(|&at| view.tokens[at].lower == "of");
    of.unwrap_or(span.end) - 1
}

fn office_of<'v>(view: &'v View<'_>, span: Labelled) -> Option<&'v str> {
    let head = &view.tokens[head_of(view, span)];
    let office = head.classes.has(WordClass::Role) || head.classes.has(WordClass::Title);
    (office && name_in(view, span.start..span.end).is_empty()).then_some(&*head.lower)
}

fn has_word(name: &str, word: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric()).any(|part| part.to_lowercase() == word)
}
