//! The noun phrases of a report that may fill a slot.

use std::collections::{BTreeSet, HashMap};

use irenic_language::{Relation, Upos};
use irenic_model::{Content, Event, Mention, MentionKind, Span};

use super::features::words_of;
use crate::Input;
use crate::events::Tree;

/// How far into a report its dateline may end.
const LINE_MAX: usize = 120;

/// A report as the classifiers read it.
pub(super) struct Report<'a> {
    pub(super) text: &'a str,
    pub(super) tree: Tree<'a>,
    /// Every noun phrase, in text order.
    pub(super) phrases: Vec<Phrase>,
    /// Where the text begins after "PORT ADAMS, 4 JAN 90 --".
    body: usize,
    mentions: &'a [Mention],
    /// The events told in each sentence.
    events: Vec<Vec<Event>>,
    lemmas: Vec<Vec<&'a str>>,
}

/// A noun phrase.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    pub(super) head: usize,
    pub(super) sentence: usize,
    pub(super) span: Span,
    /// Its words in upper case.
    pub(super) words: Vec<String>,
}

impl<'a> Report<'a> {
    pub(super) fn new(input: &Input<'a>) -> Self {
        let text = &input.document.text;
        let tree = Tree::english(text, input.analysis);
        let content = |at: usize| {
            let kept = matches!(
                input.analysis.tokens[at].upos,
                Upos::Noun | Upos::Verb | Upos::Adj | Upos::Propn | Upos::Adv | Upos::Num
            );
            kept.then(|| tree.lemma(at))
        };
        let lemmas = input.analysis.sentences.iter().map(|s| s.tokens.clone().filter_map(content).collect());
        let lemmas = lemmas.collect();
        let mut events = vec![Vec::new(); input.analysis.sentences.len()];
        for statement in crate::events::told_events(input) {
            let Content::Event(event) = statement.content else { continue };
            if let Some(token) = input.analysis.token_at(event.trigger.start) {
                events[input.analysis.sentence_of(token)].push(event);
            }
        }
        let body = text.find("--").filter(|&at| at < LINE_MAX).unwrap_or(0);
        let mut report =
            Self { text, tree, phrases: Vec::new(), body, mentions: input.mentions, events, lemmas };
        report.phrases = report.find_phrases();
        report
    }

    pub(super) fn sentences(&self) -> usize {
        self.lemmas.len()
    }

    /// Whether an empty line stands before a sentence.
    pub(super) fn begins_paragraph(&self, sentence: usize) -> bool {
        let sentences = &self.tree.analysis.sentences;
        let Some(before) = sentence.checked_sub(1) else { return false };
        let (end, start) = (sentences[before].span.end, sentences[sentence].span.start);
        self.text[end.min(start)..start].bytes().filter(|&byte| byte == b'\n').count() > 1
    }

    /// The lemmas of the content words of a sentence.
    pub(super) fn content_lemmas(&self, sentence: usize) -> &[&'a str] {
        &self.lemmas[sentence]
    }

    pub(super) fn sentence_words(&self, sentence: usize) -> Vec<String> {
        words_of(self.tree.analysis.sentences[sentence].span.of(self.text))
    }

    /// The words of a sentence without the report's dateline.
    pub(super) fn body_words(&self, sentence: usize) -> Vec<String> {
        let span = self.tree.analysis.sentences[sentence].span;
        let start = span.start.max(self.body).min(span.end);
        words_of(&self.text[start..span.end])
    }

    /// The words of the dateline.
    pub(super) fn opening_words(&self) -> Vec<String> {
        words_of(&self.text[..self.body])
    }

    /// Whether a phrase speaks of something known already.
    pub(super) fn is_definite(&self, phrase: &Phrase) -> bool {
        let determiner = self.tree.child(phrase.head, Relation::Det);
        determiner.is_some_and(|at| matches!(self.tree.lemma(at), "the" | "this" | "that"))
            || self.tree.child(phrase.head, Relation::NmodPoss).is_some()
    }

    /// The events that a sentence tells.
    pub(super) fn events_in(&self, sentence: usize) -> &[Event] {
        &self.events[sentence]
    }

    /// The names in a sentence.
    pub(super) fn names_in(&self, sentence: usize) -> impl Iterator<Item = &'a Mention> {
        let span = self.tree.analysis.sentences[sentence].span;
        let start = self.mentions.partition_point(|mention| mention.span.start < span.start);
        self.mentions[start..].iter().take_while(move |mention| mention.span.start < span.end)
    }

    /// The words of a stretch of text, on one line.
    pub(super) fn words_at(&self, span: Span) -> String {
        span.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The words of a phrase without the articles, numbers and quantifiers before them.
    pub(super) fn plain_words(&self, phrase: &Phrase) -> String {
        let loose = |&at: &usize| {
            let token = self.tree.token(at);
            let empty = matches!(
                token.upos,
                Upos::Det
                    | Upos::Num
                    | Upos::Punct
                    | Upos::Pron
                    | Upos::Adp
                    | Upos::Sconj
                    | Upos::Cconj
                    | Upos::Aux
            );
            let vague = matches!(
                self.tree.lemma(at),
                "other"
                    | "several"
                    | "many"
                    | "various"
                    | "least"
                    | "more"
                    | "some"
                    | "about"
                    | "where"
                    | "when"
            );
            empty || vague && at != phrase.head
        };
        let tokens = self.tree.analysis.tokens_in(phrase.span);
        let first = tokens.clone().find(|at| !loose(at)).unwrap_or(tokens.start);
        let start = self.tree.token(first).span.start.min(phrase.span.end);
        let words = self.words_at(Span::new(start.max(phrase.span.start), phrase.span.end));
        words.trim_end_matches("'S").trim_end_matches("'s").to_owned()
    }

    /// The phrase with a head.
    pub(super) fn phrase_of(&self, head: usize) -> Option<&Phrase> {
        let at = self.phrases.binary_search_by_key(&head, |phrase| phrase.head).ok()?;
        Some(&self.phrases[at])
    }

    /// The kind of the name that covers a word.
    pub(super) fn kind_at(&self, span: Span) -> Option<MentionKind> {
        self.mention_at(span).map(|mention| mention.kind)
    }

    pub(super) fn mention_at(&self, span: Span) -> Option<&'a Mention> {
        let after = self.mentions.partition_point(|mention| mention.span.start <= span.start);
        self.mentions[..after].iter().rev().take(3).find(|mention| mention.span.contains(span))
    }

    fn find_phrases(&self) -> Vec<Phrase> {
        let mut found = Vec::new();
        for (sentence, extent) in self.tree.analysis.sentences.iter().enumerate() {
            for head in extent.tokens.clone().filter(|&at| self.is_head(at)) {
                let span = self.span_of(head);
                let words = words_of(span.of(self.text));
                if !words.is_empty() && words.len() <= 12 {
                    found.push(Phrase { head, sentence, span, words });
                }
            }
        }
        found
    }

    /// The phrases of each thing: those with the same name, or the same head and no other words than each other.
    pub(super) fn things(&self) -> Vec<Vec<usize>> {
        let mut things: Vec<Vec<usize>> = Vec::new();
        let mut named: Vec<Vec<BTreeSet<String>>> = Vec::new();
        let mut by_head: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, phrase) in self.phrases.iter().enumerate() {
            let words = self.naming_words(phrase);
            let head = words.last().cloned().unwrap_or_default();
            let words: BTreeSet<String> = words.into_iter().collect();
            let alike = by_head.entry(head).or_default();
            let same = |thing: &&usize| {
                named[**thing].iter().any(|other| words.is_subset(other) || other.is_subset(&words))
            };
            if let Some(&thing) = alike.iter().find(same) {
                things[thing].push(at);
                named[thing].push(words);
            } else {
                alike.push(things.len());
                things.push(vec![at]);
                named.push(vec![words]);
            }
        }
        things
    }

    /// The words by which a phrase is known again: of a name its full form, else those of the phrase.
    fn naming_words(&self, phrase: &Phrase) -> Vec<String> {
        const LOOSE: [&str; 9] = ["THE", "A", "AN", "OF", "AND", "IN", "THIS", "THESE", "THOSE"];
        let head = self.tree.token(phrase.head);
        let name = self.mention_at(head.span).filter(|mention| {
            matches!(mention.kind, MentionKind::Person | MentionKind::Organisation)
                && mention.span.end >= phrase.span.end
        });
        let mut words = name.map_or_else(|| phrase.words.clone(), |mention| words_of(&mention.name));
        words.retain(|word| !LOOSE.contains(&word.as_str()) && word.parse::<u32>().is_err());
        if let (None, Some(last)) = (name, words.last_mut()) {
            *last = self.tree.lemma(phrase.head).to_uppercase();
        }
        words
    }

    fn is_head(&self, at: usize) -> bool {
        let inner =
            matches!(self.tree.relation(at), Relation::Compound | Relation::Flat | Relation::Goeswith);
        matches!(self.tree.token(at).upos, Upos::Noun | Upos::Propn) && !inner
    }

    /// The head with its own modifiers before it, and names and "of" phrases after it.
    fn span_of(&self, head: usize) -> Span {
        let tree = &self.tree;
        let keep = |child: usize| {
            let relation = tree.relation(child);
            let before = child < head
                && matches!(
                    relation,
                    Relation::Amod | Relation::Compound | Relation::Nummod | Relation::NmodPoss
                );
            let name =
                matches!(relation, Relation::Flat | Relation::Fixed | Relation::Compound | Relation::Case);
            before || name && tree.head(child) != Some(head) || matches!(relation, Relation::Flat)
        };
        let mut tokens = tree.below(head, keep);
        tokens.sort_unstable();
        let at = tokens.iter().position(|&token| token == head).unwrap_or(0);
        let (mut first, mut last) = (at, at);
        while first > 0 && tokens[first - 1] + 1 == tokens[first] {
            first -= 1;
        }
        while last + 1 < tokens.len() && tokens[last] + 1 == tokens[last + 1] {
            last += 1;
        }
        let own = tree.token(tokens[first]).span.cover(tree.token(tokens[last]).span);
        match self.mention_at(tree.token(head).span) {
            Some(mention)
                if mention.span.end <= tree.analysis.sentences[tree.analysis.sentence_of(head)].span.end =>
            {
                own.cover(mention.span)
            }
            _ => own,
        }
    }
}
