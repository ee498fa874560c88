//! The noun phrases of a report that may fill a slot.

use irenic_language::{Relation, Upos};
use irenic_model::{Mention, MentionKind, Span};

use super::features::words_of;
use crate::Input;
use crate::events::Tree;

/// A report as the classifiers read it.
pub(super) struct Report<'a> {
    pub(super) text: &'a str,
    pub(super) tree: Tree<'a>,
    mentions: &'a [Mention],
    lemmas: Vec<Vec<&'a str>>,
}

/// A noun phrase.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
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
        Self { text, tree, mentions: input.mentions, lemmas }
    }

    pub(super) fn sentences(&self) -> usize {
        self.lemmas.len()
    }

    /// The lemmas of the content words of a sentence.
    pub(super) fn content_lemmas(&self, sentence: usize) -> &[&'a str] {
        &self.lemmas[sentence]
    }

    pub(super) fn sentence_words(&self, sentence: usize) -> Vec<String> {
        words_of(self.tree.analysis.sentences[sentence].span.of(self.text))
    }

    /// The kind of the name that covers a word.
    pub(super) fn kind_at(&self, span: Span) -> Option<MentionKind> {
        self.mention_at(span).map(|mention| mention.kind)
    }

    pub(super) fn mention_at(&self, span: Span) -> Option<&'a Mention> {
        let after = self.mentions.partition_point(|mention| mention.span.start <= span.start);
        self.mentions[..after].iter().rev().take(3).find(|mention| mention.span.contains(span))
    }

    /// Every noun phrase, in text order.
    pub(super) fn candidates(&self) -> Vec<Candidate> {
        let mut found = Vec::new();
        for (sentence, extent) in self.tree.analysis.sentences.iter().enumerate() {
            for head in extent.tokens.clone().filter(|&at| self.is_head(at)) {
                let span = self.span_of(head);
                let words = words_of(span.of(self.text));
                if !words.is_empty() && words.len() <= 12 {
                    found.push(Candidate { head, sentence, span, words });
                }
            }
        }
        found
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
