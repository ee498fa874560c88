//! Frames with places: a word, what must stand around it, and what its subject, object and complements are to it.
//!
//! The rules of control and of negotiations are such frames, written as data (`rules/en/control.toml`,
//! `rules/en/negotiations.toml`) with examples and counter-examples that run as tests.

#[cfg(test)]
pub(crate) mod examples;
mod lexicon;
mod places;

use std::collections::BTreeMap;
use std::ops::Range;

use irenic_language::{Relation, Upos};
use irenic_model::{Participant, Span, Stance};

pub(crate) use lexicon::{Frame, Frames};

use crate::Input;
use crate::events::{Names, Scene, antecedent, reading_of};

/// The longest topic, in characters.
const TOPIC_CHARS_MAX: usize = 240;

/// A frame that holds of a word.
pub(crate) struct Found<'f> {
    pub(crate) frame: &'f Frame,
    /// The token that names it.
    pub(crate) token: usize,
    /// The heads that fill each place, by the place's name.
    slots: BTreeMap<&'static str, Vec<usize>>,
    pub(crate) negated: bool,
    pub(crate) stance: Option<Stance>,
}

impl Found<'_> {
    /// The heads that fill a place; none where the place is empty.
    pub(crate) fn slot(&self, name: &str) -> &[usize] {
        self.slots.get(name).map_or(&[], Vec::as_slice)
    }
}

/// A document made ready for frames.
pub(crate) struct Reader<'a, 's> {
    pub(crate) input: &'s Input<'a>,
    pub(crate) scene: Scene<'a>,
    pub(crate) names: Names<'a>,
}

impl<'a, 's> Reader<'a, 's> {
    pub(crate) fn new(input: &'s Input<'a>) -> Self {
        Self { input, scene: crate::events::scene(input), names: Names::new(input) }
    }

    /// The frames that hold of the words of the document, in text order; of several at one word the one that asks for
    /// most.
    pub(crate) fn find<'f>(&self, frames: &'f Frames) -> Vec<Found<'f>> {
        (0..self.input.analysis.tokens.len()).filter_map(|token| self.at(frames, token)).collect()
    }

    fn at<'f>(&self, frames: &'f Frames, token: usize) -> Option<Found<'f>> {
        let tree = &self.scene.tree;
        let form = tree.token(token).span.of(&self.input.document.text);
        let fitting = frames.of(tree.lemma(token), form, tree.token(token).upos);
        let mut best: Option<(usize, Found<'f>)> = None;
        for (frame, particle) in fitting {
            if particle.is_some_and(|particle| !self.is_followed_by(token, particle)) {
                continue;
            }
            let weight = frame.particularity() + usize::from(particle.is_some());
            if best.as_ref().is_some_and(|(most, _)| *most >= weight) {
                continue;
            }
            if let Some(found) = self.filled(frame, token) {
                best = Some((weight, found));
            }
        }
        best.map(|(_, found)| found)
    }

    fn filled<'f>(&self, frame: &'f Frame, token: usize) -> Option<Found<'f>> {
        if !self.holds(frame, token) {
            return None;
        }
        let mut slots = BTreeMap::new();
        for (name, places) in &frame.slots {
            let heads = places.iter().map(|place| self.place(*place, token)).find(|heads| !heads.is_empty());
            match heads {
                Some(heads) => {
                    slots.insert(*name, heads);
                }
                None if frame.needs.contains(name) => return None,
                None => {}
            }
        }
        let (negated, stance) = reading_of(&self.scene, token);
        if frame.negated && !negated {
            return None;
        }
        let negated = negated && !frame.negated;
        Some(Found { frame, token, slots, negated, stance })
    }

    fn is_followed_by(&self, token: usize, particle: &str) -> bool {
        let tree = &self.scene.tree;
        let end = tree.analysis.tokens.len().min(token + 4);
        (token + 1..end).any(|at| tree.lemma(at) == particle)
            || tree.children(token).any(|child| tree.lemma(child) == particle)
    }

    /// The sentence's span.
    pub(crate) fn sentence(&self, token: usize) -> Span {
        let analysis = self.input.analysis;
        analysis.sentences[analysis.sentence_of(token)].span
    }

    /// The participants that heads name: a name by its canonical form, else the words. Pronouns are followed to what
    /// they stand for, where the sentence or the one before tells.
    pub(crate) fn participants(&self, heads: &[usize]) -> Vec<Participant> {
        let tree = &self.scene.tree;
        let mut found: Vec<Participant> = Vec::new();
        for &head in heads {
            let named = self.names.is_name(tree.token(head).span);
            let meant = if named { Some(head) } else { antecedent(tree, head) };
            let Some(head) = meant.filter(|&head| tree.token(head).upos != Upos::Pron || named) else {
                continue;
            };
            let word = tree.token(head).span.of(&self.input.document.text).to_lowercase();
            if ["they", "he", "she", "it", "we", "who", "which", "that", "them"].contains(&word.as_str()) {
                continue;
            }
            if let Some(two) = self.names.two_of_one_noun(tree, head) {
                let new = two.into_iter().filter(|one| found.iter().all(|other| other.span != one.span));
                found.extend(new.collect::<Vec<_>>());
                continue;
            }
            let nominal = matches!(tree.token(head).upos, Upos::Noun | Upos::Propn | Upos::Adj) || named;
            let mut participant = self.names.participant(tree, head);
            let bare =
                participant.text.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’']);
            participant.text.truncate(bare.len());
            if let Some(name) = self.name_behind(head) {
                participant.text = name;
            }
            if nominal && found.iter().all(|other| other.span != participant.span) {
                found.push(participant);
            }
        }
        found
    }

    /// The name right behind a common noun: "a second group, Free Hills,", "the coalition called Free Hills".
    fn name_behind(&self, head: usize) -> Option<String> {
        let tree = &self.scene.tree;
        let text = &self.input.document.text;
        if tree.token(head).upos != Upos::Noun {
            return None;
        }
        let word = |at: usize| (at < tree.analysis.tokens.len()).then(|| tree.token(at).span.of(text));
        let first = match (word(head + 1)?, word(head + 2)) {
            ("called" | "named", _) => head + 2,
            ("known", Some("as")) => head + 3,
            (",", _) => head + 2,
            _ => return None,
        };
        word(first)?;
        let start = tree.token(first).span.start;
        let mention = self.names.covering(tree.token(first).span).filter(|one| one.span.start == start)?;
        let comma = word(head + 1) == Some(",");
        let closed = text[mention.span.end..].starts_with(',');
        let body = mention.kind == irenic_model::MentionKind::Organisation;
        let named = mention.name.starts_with(char::is_uppercase);
        (body && named && (!comma || closed)).then(|| mention.name.clone())
    }

    /// The words that a head stands over, without the article or preposition before them.
    ///
    /// What hangs from a head in `without` is left out.
    pub(crate) fn topic(&self, head: usize, without: &[usize]) -> Option<(String, Span)> {
        let tree = &self.scene.tree;
        let of_noun = tree.token(head).upos != Upos::Verb;
        let enter = |child: usize| match tree.relation(child) {
            _ if without.contains(&child) => false,
            Relation::Parataxis | Relation::Punct | Relation::Discourse => false,
            Relation::Conj => !of_noun || tree.token(child).upos != Upos::Verb,
            Relation::Nsubj | Relation::NsubjPass | Relation::Cop | Relation::Advcl => {
                !of_noun || tree.head(child) != Some(head)
            }
            _ => true,
        };
        let mut tokens = tree.below(head, enter);
        tokens.sort_unstable();
        let at = tokens.binary_search(&head).ok()?;
        // Only words that stand together: what the parser hangs here from afar is left out.
        let gap = |a: usize, b: usize| b - a > 3;
        let mut first = at;
        while first > 0 && !gap(tokens[first - 1], tokens[first]) {
            first -= 1;
        }
        let mut last = at;
        while last + 1 < tokens.len() && !gap(tokens[last], tokens[last + 1]) {
            last += 1;
        }
        let opens = |token: usize| {
            matches!(
                tree.token(token).upos,
                Upos::Det | Upos::Adp | Upos::Sconj | Upos::Part | Upos::Punct | Upos::Cconj
            )
        };
        while first < at && opens(tokens[first]) {
            first += 1;
        }
        let end = self.purpose_after(head, tokens[last], without).unwrap_or(tokens[last]);
        let span = tree.token(tokens[first]).span.cover(tree.token(end).span);
        let words = self.words(span);
        let pronoun = first == last && tree.token(head).upos == Upos::Pron;
        (!pronoun && words.chars().count() <= TOPIC_CHARS_MAX).then_some((words, span))
    }

    /// The words of a span, parted by single spaces.
    pub(crate) fn words(&self, span: Span) -> String {
        span.of(&self.input.document.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The last of some tokens, without the loose end of words that something cut off hung from: "the city on" ends in "city".
    pub(crate) fn without_loose_end(&self, tokens: Range<usize>) -> Option<usize> {
        let loose = |at: usize| matches!(self.scene.tree.token(at).upos, Upos::Adp | Upos::Det | Upos::Punct);
        tokens.rev().find(|&at| !loose(at))
    }

    /// The last token of what stands right behind a noun and says what it is for or with, where the parser hangs it from
    /// the verb: "seeks independence for the valley".
    fn purpose_after(&self, noun: usize, last: usize, without: &[usize]) -> Option<usize> {
        let tree = &self.scene.tree;
        let verb = tree.head(noun).filter(|_| tree.token(noun).upos == Upos::Noun)?;
        let behind = tree.children(verb).find(|&child| {
            tree.relation(child) == Relation::Obl
                && tree.case(child).is_some_and(|case| matches!(case, "for" | "with"))
                && tree.token(child).upos == Upos::Noun
                && !without.contains(&child)
                && tree.phrase(child).first() == Some(&(last + 1))
        })?;
        tree.phrase(behind).last().copied()
    }
}
