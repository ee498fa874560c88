//! What the pipeline makes of a text: tokens, sentences and the dependency trees over them.

use std::ops::Range;

use irenic_model::Span;

use crate::labels::{Penn, Relation, Upos};

/// A syntactic word with its place in the text and in its sentence's tree.
///
/// "don't" is two tokens, "do" and "n't"; the span of each quotes its own part of the surface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text.
    pub span: Span,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag: verb form, number.
    pub xpos: Penn,
    /// Base form, in lower case unless the word is a proper noun.
    pub lemma: Box<str>,
    /// Index of the head in [`Analysis::tokens`], or `None` for the root of a sentence.
    pub head: Option<u32>,
    /// Relation to the head.
    pub relation: Relation,
}

/// A sentence: its extent and its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From the first token's start to the last token's end.
    pub span: Span,
    /// Indices into [`Analysis::tokens`]; never empty.
    pub tokens: Range<usize>,
}

/// The tokens and sentences of a text, both in text order.
///
/// Every token belongs to exactly one sentence, every sentence has exactly one root, and following heads from any
/// token ends at that root.
///
/// ```
/// use irenic_language::{Analysis, Pipeline, segments_of};
/// let text = "The mayor resigned. Nobody was surprised.";
/// let analysis = Pipeline::new().analyse(text, &segments_of(text));
/// assert_eq!(analysis.sentences.len(), 2);
/// assert_eq!(analysis.tokens[1].span.of(text), "mayor");
/// assert_eq!(analysis.sentence_of(5), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysis {
    /// All tokens.
    pub tokens: Vec<Token>,
    /// All sentences.
    pub sentences: Vec<Sentence>,
}

impl Analysis {
    /// The head of a token, or `None` for a root.
    ///
    /// # Panics
    ///
    /// Here and below: if `token` is not an index into [`Analysis::tokens`].
    #[must_use]
    pub fn head_of(&self, token: usize) -> Option<usize> {
        self.tokens[token].head.map(|head| head as usize)
    }

    /// The index of the sentence that holds a token.
    #[must_use]
    pub fn sentence_of(&self, token: usize) -> usize {
        assert!(token < self.tokens.len(), "a token of this analysis");
        self.sentences.partition_point(|sentence| sentence.tokens.end <= token)
    }

    /// The tokens that hang directly from `token`, in text order.
    ///
    /// It looks through the sentence, so walking all children of all tokens is quadratic in a sentence's length,
    /// which the pipeline bounds.
    pub fn children(&self, token: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        let sentence = self.sentences[self.sentence_of(token)].tokens.clone();
        sentence.filter(move |&child| self.tokens[child].head == Some(token as u32))
    }

    /// The children of `token` with one of `relations`, subtypes told apart, in text order.
    pub fn children_by<'a>(
        &'a self,
        token: usize,
        relations: &'a [Relation],
    ) -> impl DoubleEndedIterator<Item = usize> + 'a {
        self.children(token).filter(move |&child| relations.contains(&self.tokens[child].relation))
    }

    /// The first child of `token` with this relation.
    #[must_use]
    pub fn child(&self, token: usize, relation: Relation) -> Option<usize> {
        self.children(token).find(|&child| self.tokens[child].relation == relation)
    }

    /// The subject of a verb, active or passive: its own, or the one that it shares with the verb before it in a list.
    ///
    /// ```
    /// use irenic_language::{Pipeline, segments_of};
    /// let text = "The rebels crossed the river and attacked the town.";
    /// let analysis = Pipeline::new().analyse(text, &segments_of(text));
    /// let attacked = analysis.token_at(text.find("attacked").expect("it is there")).expect("a token");
    /// assert_eq!(analysis.subject_of(attacked), Some(1));
    /// ```
    #[must_use]
    pub fn subject_of(&self, verb: usize) -> Option<usize> {
        let mut at = verb;
        loop {
            if let Some(own) = self.own_subject_of(at) {
                return Some(own);
            }
            at = self.head_of(at).filter(|_| self.tokens[at].relation == Relation::Conj)?;
        }
    }

    /// The subject that hangs from a verb itself, active or passive.
    #[must_use]
    pub fn own_subject_of(&self, verb: usize) -> Option<usize> {
        self.children(verb).find(|&child| self.tokens[child].relation.is_subject())
    }

    /// The tokens from which following heads leads to `token`, itself included, in text order.
    #[must_use]
    pub fn descendants(&self, token: usize) -> Vec<usize> {
        let sentence = self.sentences[self.sentence_of(token)].tokens.clone();
        let first = sentence.start;
        // Each token's fate is settled once: inside, outside, or not yet known.
        let mut inside: Vec<Option<bool>> = vec![None; sentence.len()];
        inside[token - first] = Some(true);
        let mut path = Vec::new();
        for start in sentence.clone() {
            let mut at = start;
            let fate = loop {
                if let Some(known) = inside[at - first] {
                    break known;
                }
                path.push(at);
                match self.head_of(at) {
                    Some(head) => at = head,
                    None => break false,
                }
            };
            for passed in path.drain(..) {
                inside[passed - first] = Some(fate);
            }
        }
        sentence.filter(|&at| inside[at - first] == Some(true)).collect()
    }

    /// The extent of a token and everything below it. Where the tree crosses, it holds words of others too.
    #[must_use]
    pub fn subtree(&self, token: usize) -> Span {
        let descendants = self.descendants(token);
        descendants.iter().fold(self.tokens[token].span, |span, &at| span.cover(self.tokens[at].span))
    }

    /// The token that holds the byte at `offset`, or `None` where it falls between tokens.
    #[must_use]
    pub fn token_at(&self, offset: usize) -> Option<usize> {
        let at = self.tokens.partition_point(|token| token.span.end <= offset);
        self.tokens.get(at).filter(|token| token.span.holds(offset)).map(|_| at)
    }

    /// The tokens that share at least one byte with `span`.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        start..end.max(start)
    }

    /// The token of a stretch whose head lies outside it: the word that the stretch hangs from.
    ///
    /// `None` only for an empty stretch; of several such tokens the first.
    #[must_use]
    pub fn head_in(&self, tokens: Range<usize>) -> Option<usize> {
        tokens.clone().find(|&at| self.head_of(at).is_none_or(|head| !tokens.contains(&head)))
    }

    /// The root of a sentence.
    #[must_use]
    pub fn root_of(&self, sentence: usize) -> Option<usize> {
        self.sentences[sentence].tokens.clone().find(|&at| self.tokens[at].head.is_none())
    }
}
