//! A text as the search for attributions sees it: trees with their extents, classes of words, quotations.

use std::ops::Range;

use irenic_language::{Analysis, Relation, Token, Upos};
use irenic_model::Span;

use super::lexicon::{ClassId, Lexicon, NO_CLASS};
use super::quotes::{Quote, quotes};
use crate::events::Tree;

/// A run of tokens: first, and one after the last.
pub(crate) type Run = Range<usize>;

/// A text with what the search asks about again and again, made once a document in linear time.
pub(crate) struct View<'a> {
    pub(crate) text: &'a str,
    pub(crate) analysis: &'a Analysis,
    pub(crate) tree: Tree<'a>,
    pub(crate) lexicon: &'static Lexicon,
    pub(crate) quotes: Vec<Quote>,
    /// For each token, the quotation that it stands in.
    quote_of: Vec<Option<u32>>,
    /// For each token, the sentence that it stands in.
    sentence_of: Vec<u32>,
    /// For each token, the first and the last token below it.
    extents: Vec<(u32, u32)>,
    classes: Vec<ClassId>,
    /// For each sentence, the number of its line.
    lines: Vec<u32>,
}

impl<'a> View<'a> {
    pub(crate) fn new(text: &'a str, analysis: &'a Analysis) -> Self {
        let tree = Tree::english(text, analysis);
        let quotes = quotes(text);
        let quote_of = quote_of(analysis, &quotes);
        let mut sentence_of = vec![0; analysis.tokens.len()];
        for (number, sentence) in analysis.sentences.iter().enumerate() {
            sentence_of[sentence.tokens.clone()].fill(number as u32);
        }
        let extents = extents(analysis, &tree);
        let lexicon = Lexicon::english();
        let classes = (0..analysis.tokens.len()).map(|at| class_of(lexicon, &tree, at)).collect();
        let lines = lines(text, analysis);
        Self { text, analysis, tree, lexicon, quotes, quote_of, sentence_of, extents, classes, lines }
    }

    pub(crate) fn token(&self, at: usize) -> &'a Token {
        &self.analysis.tokens[at]
    }

    pub(crate) fn form(&self, at: usize) -> &'a str {
        self.token(at).span.of(self.text)
    }

    pub(crate) fn upos(&self, at: usize) -> Upos {
        self.token(at).upos
    }

    pub(crate) fn relation(&self, at: usize) -> Relation {
        self.token(at).relation
    }

    pub(crate) fn class(&self, at: usize) -> ClassId {
        self.classes[at]
    }

    /// The number of the sentence that holds a token.
    pub(crate) fn sentence_of(&self, at: usize) -> usize {
        self.sentence_of[at] as usize
    }

    /// The tokens of the sentence that holds a token.
    pub(crate) fn sentence(&self, at: usize) -> Run {
        self.analysis.sentences[self.sentence_of(at)].tokens.clone()
    }

    /// The line, counted from the text's start, on which a sentence begins.
    pub(crate) fn line(&self, sentence: usize) -> u32 {
        self.lines[sentence]
    }

    /// A token and everything below it.
    pub(crate) fn extent(&self, at: usize) -> Run {
        let (first, last) = self.extents[at];
        first as usize..last as usize + 1
    }

    /// The quotation that a token stands in.
    pub(crate) fn quote_of(&self, at: usize) -> Option<usize> {
        self.quote_of[at].map(|quote| quote as usize)
    }

    /// The tokens of a quotation.
    pub(crate) fn quote_tokens(&self, quote: usize) -> Run {
        self.analysis.tokens_in(self.quotes[quote].span)
    }

    /// The bytes of a run of tokens.
    pub(crate) fn span(&self, run: &Run) -> Span {
        let first = self.token(run.start).span;
        first.cover(self.token(run.end - 1).span)
    }

    /// The group of function words that a token belongs to; 0 for none.
    pub(crate) fn opener(&self, at: usize) -> u8 {
        self.lexicon.opener(self.tree.lemma(at))
    }

    pub(crate) fn is_punctuation(&self, at: usize) -> bool {
        matches!(self.upos(at), Upos::Punct | Upos::Sym)
    }

    /// The run without the marks at its ends.
    pub(crate) fn trimmed(&self, mut run: Run) -> Run {
        while run.start < run.end && self.is_punctuation(run.start) {
            run.start += 1;
        }
        while run.end > run.start && self.is_punctuation(run.end - 1) {
            run.end -= 1;
        }
        run
    }
}

fn quote_of(analysis: &Analysis, quotes: &[Quote]) -> Vec<Option<u32>> {
    let mut of = vec![None; analysis.tokens.len()];
    for (number, quote) in quotes.iter().enumerate() {
        of[analysis.tokens_in(quote.span)].fill(Some(number as u32));
    }
    of
}

/// First and last token below each token. Breadth first from the roots, then back.
fn extents(analysis: &Analysis, tree: &Tree<'_>) -> Vec<(u32, u32)> {
    let count = analysis.tokens.len();
    let mut order: Vec<usize> = (0..count).filter(|&at| analysis.tokens[at].head.is_none()).collect();
    let mut next = 0;
    while next < order.len() {
        let at = order[next];
        order.extend(tree.children(at));
        next += 1;
    }
    let mut extents: Vec<(u32, u32)> = (0..count as u32).map(|at| (at, at)).collect();
    for &at in order.iter().rev() {
        if let Some(head) = analysis.head_of(at) {
            let (first, last) = extents[at];
            extents[head] = (extents[head].0.min(first), extents[head].1.max(last));
        }
    }
    extents
}

/// The class of a word, with the particle that goes with it where the lexicon knows the two together.
fn class_of(lexicon: &Lexicon, tree: &Tree<'_>, at: usize) -> ClassId {
    let (lemma, upos) = (tree.lemma(at), tree.token(at).upos);
    if upos.is_verbal() {
        let particle = tree
            .children(at)
            .find(|&child| tree.relation(child) == Relation::CompoundPrt)
            .or_else(|| (at + 1 < tree.analysis.tokens.len()).then_some(at + 1));
        if let Some(particle) = particle {
            let joined = lexicon.class_of(&format!("{lemma}_{}", tree.lemma(particle)), upos);
            if joined != NO_CLASS {
                return joined;
            }
        }
    }
    lexicon.class_of(lemma, upos)
}

fn lines(text: &str, analysis: &Analysis) -> Vec<u32> {
    let bytes = text.as_bytes();
    let (mut line, mut at) = (0, 0);
    let mut lines = Vec::with_capacity(analysis.sentences.len());
    for sentence in &analysis.sentences {
        let start = sentence.span.start.max(at);
        line += bytes[at..start].iter().filter(|&&byte| byte == b'\n').count() as u32;
        at = start;
        lines.push(line);
    }
    lines
}
