//! What may be said where the source stands aside: after a colon, beside an adverb of hearsay, around a phrase of source.

#![allow(clippy::single_range_in_vec_init, reason = "a content is a list of stretches, often of one")]

use irenic_language::{Penn, Relation, Upos};

use super::super::lexicon::NO_CLASS;
use super::super::view::View;
use super::{CONTINUED_SENTENCES_MAX, Candidate, Kind, Maker};

/// A longer stretch between commas is more than a description.
const DESCRIPTION_TOKENS_MAX: usize = 20;

/// The number of words of the phrase of source that begins here.
pub(crate) fn phrase_of_source(view: &View<'_>, at: usize) -> Option<usize> {
    let sentence = view.sentence(at);
    let fits = |phrase: &&Vec<&str>| {
        at + phrase.len() < sentence.end
            && phrase
                .iter()
                .enumerate()
                .all(|(offset, word)| view.form(at + offset).eq_ignore_ascii_case(word))
    };
    let length = view.lexicon.sourced().iter().find(fits).map(Vec::len)?;
    (!view.lexicon.is_no_source(view.form(at + length))).then_some(length)
}

impl Maker<'_, '_, '_> {
    pub(super) fn after_colon(&mut self) {
        let (view, cue) = (self.view, self.cue);
        let sentence = view.sentence(cue);
        let clause_end = sentence.end;
        if let Some(colon) = (cue + 1..clause_end).take(12).find(|&at| view.form(at) == ":") {
            if colon + 1 < clause_end {
                self.push(Kind::Colon, None, &[colon + 1..clause_end]);
            } else {
                self.next_sentence();
            }
        }
    }

    /// What the next sentence, or the quotation that it opens, says.
    fn next_sentence(&mut self) {
        let view = self.view;
        let next = view.sentence_of(self.cue) + 1;
        let Some(sentence) = view.analysis.sentences.get(next) else { return };
        let tokens = sentence.tokens.clone();
        let mut content = vec![view.trimmed(tokens.clone())];
        if view.quote_of(tokens.start).is_some() {
            for after in view.analysis.sentences[next + 1..].iter().take(CONTINUED_SENTENCES_MAX) {
                let quoted =
                    after.tokens.clone().all(|at| view.quote_of(at).is_some() || view.is_punctuation(at));
                if !quoted {
                    break;
                }
                content.push(view.trimmed(after.tokens.clone()));
            }
        }
        content.retain(|run| !run.is_empty());
        if !content.is_empty() {
            self.found.push(Candidate {
                cue: self.cue,
                kind: Kind::Colon,
                complement: None,
                content,
                continued: true,
            });
        }
    }

    /// "Minister: no deal" in a heading, and a speaker's name before the words in a transcript.
    pub(super) fn colon(&mut self) {
        let (view, cue) = (self.view, self.cue);
        let sentence = view.sentence(cue);
        let before = cue - sentence.start;
        // "The minister said: ...": the verb is the cue.
        let said = (sentence.start..cue).any(|at| view.upos(at) == Upos::Verb && view.class(at) != NO_CLASS);
        if before == 0 || before > 12 || said {
            return;
        }
        if cue + 1 < sentence.end {
            self.push(Kind::Colon, None, &[cue + 1..sentence.end]);
        }
        self.next_sentence();
    }

    pub(super) fn hearsay(&mut self) {
        let (view, cue) = (self.view, self.cue);
        let Some(head) = view.tree.head(cue) else { return };
        let extent = view.extent(head);
        self.push(Kind::Host, Some(head), &[extent.start..cue, cue + 1..extent.end]);
        self.push(Kind::Rest, Some(head), &[cue + 1..extent.end]);
    }

    pub(super) fn phrase(&mut self, length: usize) {
        let (view, cue) = (self.view, self.cue);
        let sentence = view.sentence(cue);
        let object = object_of_phrase(view, cue, length);
        let end = object.map_or(cue + length, |at| view.extent(at).end).max(cue + length);
        // The phrase stands at the start, at the end or in the middle, between commas.
        let mut stop = end.min(sentence.end);
        if cue == sentence.start {
            let comma = (cue..sentence.end).find(|&at| view.form(at) == "," && at > cue + length);
            stop = comma.map_or(stop, |comma| description_end(view, comma).unwrap_or(comma));
        }
        self.push(Kind::Rest, object, &[sentence.start..cue, stop..sentence.end]);
        if cue > sentence.start {
            self.push(Kind::Front, object, &[sentence.start..cue]);
        }
        let mut head = view.tree.head(object.unwrap_or(cue));
        while let Some(at) = head.filter(|&at| (cue..stop).contains(&at)) {
            head = view.tree.head(at);
        }
        if let Some(head) = head {
            let extent = view.extent(head);
            let (from, to) = (extent.start.min(cue), extent.end.max(stop));
            self.push(Kind::Host, object, &[from..cue, stop..to]);
        }
    }
}

/// The comma that closes a description which opens at a comma: "According to the mayor, an old soldier, ...".
///
/// The subject of the sentence must come after it; in a list ("soldiers, monks and ...") the stretch is a part of that.
fn description_end(view: &View<'_>, open: usize) -> Option<usize> {
    let sentence = view.sentence(open);
    let first = open + 1;
    let close =
        (first..sentence.end).take(DESCRIPTION_TOKENS_MAX).find(|&at| view.form(at) == "," && at > first)?;
    let inside = first..close;
    let relative = matches!(view.token(first).xpos, Penn::Wp | Penn::Wdt);
    let noun = matches!(view.upos(first), Upos::Det | Upos::Propn | Upos::Noun | Upos::Adj)
        && inside.clone().all(|at| !view.upos(at).is_verbal() && view.quote_of(at).is_none());
    let root = view.analysis.root_of(view.sentence_of(open)).filter(|&root| root > close)?;
    let subject = view.tree.children(root).find(|&child| {
        matches!(view.relation(child), Relation::Nsubj | Relation::NsubjPass | Relation::Expl)
    })?;
    // The tree may take the description for the first of a list, but no list lacks its "and".
    let list = (close..root).any(|at| view.upos(at) == Upos::Cconj);
    ((relative || noun) && (close < view.extent(subject).start || !list)).then_some(close)
}

/// The noun after a phrase of source.
pub(crate) fn object_of_phrase(view: &View<'_>, at: usize, length: usize) -> Option<usize> {
    let sentence = view.sentence(at);
    let phrase = at..at + length;
    let inside = |token: &usize| view.tree.head(*token);
    let head = phrase
        .clone()
        .filter_map(|token| inside(&token))
        .find(|head| *head >= at + length && *head < sentence.end);
    head.or_else(|| (at + length..sentence.end).take(12).find(|&token| view.upos(token).is_nominal()))
}
