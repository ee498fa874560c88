//! A text as the search for attributions sees it: trees with their extents, classes of words, quotations.

use std::ops::Range;

use irenic_language::{Analysis, Relation, Token, Upos};
use irenic_model::Span;

use super::lexicon::{ClassId, Lexicon, NO_CLASS, Shade};
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
    shades: Vec<Shade>,
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
        let (classes, shades) = (0..analysis.tokens.len()).map(|at| class_of(lexicon, &tree, at)).unzip();
        let lines = lines(text, analysis);
        Self { text, analysis, tree, lexicon, quotes, quote_of, sentence_of, extents, classes, shades, lines }
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

    /// The class of a word as a number, with how surely the word marks a saying.
    pub(crate) fn shade(&self, at: usize) -> u64 {
        Shade::COUNT * u64::from(self.classes[at]) + self.shades[at] as u64
    }

    /// How surely a word of a class marks a saying.
    pub(crate) fn surety(&self, at: usize) -> Shade {
        self.shades[at]
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

    /// The head of the largest phrase that begins at a token.
    pub(crate) fn phrase_from(&self, token: usize) -> usize {
        let mut at = token;
        while let Some(head) =
            self.tree.head(at).filter(|&head| self.trimmed(self.extent(head)).start == token)
        {
            at = head;
        }
        at
    }

    /// Whether a phrase goes on with what stands before it: an item of a list, a verb that shares its subject.
    pub(crate) fn goes_on(&self, at: usize) -> bool {
        self.tree.shares_subject(at) && self.tree.child(at, Relation::Expl).is_none()
    }

    /// Whether a word is tagged as a noun and has the subject and the clause or object of a verb.
    pub(crate) fn is_taken_for_noun(&self, at: usize) -> bool {
        is_taken_for_noun(&self.tree, at)
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

/// Prepositions by which a verb and a word of its clause may be one cue: "put its losses at 40".
const PARTED_BY: [&str; 4] = ["at", "for", "to", "into"];

/// The class of a word, with the particle or preposition that goes with it where the lexicon knows the two together.
fn class_of(lexicon: &Lexicon, tree: &Tree<'_>, at: usize) -> (ClassId, Shade) {
    let lemma = tree.lemma(at);
    let upos = if is_taken_for_noun(tree, at) { Upos::Verb } else { tree.token(at).upos };
    if upos.is_verbal() {
        let known = |word: &str| {
            let entry = lexicon.entry(&format!("{lemma}_{word}"), upos);
            (entry.0 != NO_CLASS).then_some(entry)
        };
        let particle = tree
            .children(at)
            .find(|&child| tree.relation(child) == Relation::CompoundPrt)
            .or_else(|| (at + 1 < tree.analysis.tokens.len()).then_some(at + 1));
        let parted = || {
            let behind =
                tree.children(at).filter(|&child| child > at && tree.relation(child) == Relation::Obl);
            let mut cases = behind.filter_map(|child| tree.case(child));
            cases.find_map(|case| known(case).filter(|_| PARTED_BY.contains(&case)))
        };
        if let Some(joined) = particle.and_then(|particle| known(tree.lemma(particle))).or_else(parted) {
            return joined;
        }
    }
    let own = lexicon.entry(lemma, upos);
    if own.0 != NO_CLASS || upos != Upos::Verb {
        return own;
    }
    // Base forms of regular verbs are guessed: "touted" is of "tout", "outlined" of "outline".
    let other = lemma.strip_suffix('e').map_or_else(|| format!("{lemma}e"), str::to_owned);
    lexicon.entry(&other, upos)
}

/// "The survey shows that ...", where "shows" is taken for more than one show.
fn is_taken_for_noun(tree: &Tree<'_>, at: usize) -> bool {
    let has = |relation: Relation| tree.child(at, relation).is_some();
    tree.token(at).upos == Upos::Noun
        && has(Relation::Nsubj)
        && !has(Relation::Cop)
        && (has(Relation::Obj) || has(Relation::Ccomp))
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
