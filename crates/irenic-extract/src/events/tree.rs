//! Walks over the dependency trees that the search for events needs, with the children of every token at hand.

use std::borrow::Cow;

use irenic_language::{Analysis, Penn, Power, Relation, Token, Upos};
use irenic_model::Span;

use super::lexicon::{Lexicon, Site};
use crate::lexicon::{Words, holds};

/// An analysis with the children of its tokens, made once a document.
pub(crate) struct Tree<'a> {
    pub(crate) analysis: &'a Analysis,
    starts: Vec<u32>,
    children: Vec<u32>,
    lemmas: Vec<&'a str>,
    /// Adjectives that are forms of verbs of the lexicon, with the verb, in order of place.
    participles: Vec<(usize, &'static str)>,
    /// Words with hyphens that the tokens part, by their last token, in order of place.
    compounds: Vec<(usize, String)>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(text: &str, analysis: &'a Analysis, lexicon: &Lexicon) -> Self {
        let count = analysis.tokens.len();
        let mut starts = vec![0u32; count + 1];
        for head in analysis.tokens.iter().filter_map(|token| token.head) {
            starts[head as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut children = vec![0u32; starts[count] as usize];
        for (at, token) in analysis.tokens.iter().enumerate() {
            if let Some(head) = token.head {
                let slot = &mut next[head as usize];
                children[*slot as usize] = at as u32;
                *slot += 1;
            }
        }
        let participles = participles(text, analysis, lexicon);
        let lemmas = analysis.tokens.iter().map(|token| lemma(text, token, lexicon)).collect();
        let compounds = compounds(text, analysis);
        Self { analysis, starts, children, lemmas, participles, compounds }
    }

    /// With the lexicon's own base forms.
    pub(crate) fn english(text: &str, analysis: &'a Analysis) -> Self {
        Self::new(text, analysis, Lexicon::english())
    }

    pub(crate) fn token(&self, at: usize) -> &'a Token {
        &self.analysis.tokens[at]
    }

    pub(crate) fn lemma(&self, at: usize) -> &'a str {
        self.lemmas[at]
    }

    /// The verb that an adjective is a form of: "besieged".
    pub(crate) fn participle(&self, at: usize) -> Option<&'static str> {
        let found = self.participles.binary_search_by_key(&at, |(token, _)| *token).ok()?;
        Some(self.participles[found].1)
    }

    /// The word with hyphens that ends at a token, in lower case: "power-sharing", which the tokens part.
    pub(crate) fn compound(&self, at: usize) -> Option<&str> {
        let found = self.compounds.binary_search_by_key(&at, |(token, _)| *token).ok()?;
        Some(&self.compounds[found].1)
    }

    /// Whether a set holds the token's lemma, or the word with hyphens that ends at it.
    pub(crate) fn is_one_of(&self, set: &Words, at: usize) -> bool {
        holds(set, self.lemma(at)) || self.compound(at).is_some_and(|word| holds(set, word))
    }

    pub(crate) fn relation(&self, at: usize) -> Relation {
        self.token(at).relation
    }

    pub(crate) fn head(&self, at: usize) -> Option<usize> {
        self.analysis.head_of(at)
    }

    pub(crate) fn children(&self, at: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children[self.starts[at] as usize..self.starts[at + 1] as usize]
            .iter()
            .map(|&child| child as usize)
    }

    pub(crate) fn child(&self, at: usize, relation: Relation) -> Option<usize> {
        self.children(at).find(|&child| self.relation(child) == relation)
    }

    /// The subject that hangs from a verb itself, active or passive.
    pub(crate) fn own_subject(&self, verb: usize) -> Option<usize> {
        self.children(verb).find(|&child| self.relation(child).is_subject())
    }

    /// Whether a verb leaves its subject to the one before it in a list: "crossed the river and attacked".
    pub(crate) fn shares_subject(&self, verb: usize) -> bool {
        self.relation(verb) == Relation::Conj && self.own_subject(verb).is_none()
    }

    /// The preposition or particle that marks a token, in lower case.
    pub(crate) fn case(&self, at: usize) -> Option<&'a str> {
        self.child(at, Relation::Case).map(|case| self.lemma(case))
    }

    /// Everything under a token that `enter` lets in, the token itself first.
    pub(crate) fn below(&self, at: usize, enter: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut found = vec![at];
        let mut next = 0;
        while next < found.len() {
            let node = found[next];
            found.extend(self.children(node).filter(|&child| enter(child)));
            next += 1;
        }
        found
    }

    /// The tokens of a noun phrase without what is told of it in clauses and without its fellows in a list.
    pub(crate) fn phrase(&self, head: usize) -> Vec<usize> {
        let mut tokens = self.below(head, |child| is_inside_phrase(self.relation(child)));
        tokens.sort_unstable();
        tokens
    }

    /// The extent of a noun phrase, without article and preposition before it.
    pub(crate) fn phrase_span(&self, head: usize) -> Span {
        let tokens = self.phrase(head);
        let around = |at: &usize| self.token(*at).upos != Upos::Punct || *at == head;
        let open = |at: &&usize| {
            let relation = self.relation(**at);
            let loose = self.head(**at) == Some(head)
                && matches!(relation, Relation::Case | Relation::Det | Relation::Mark | Relation::Advmod);
            around(at) && !loose
        };
        let own = self.token(head).span;
        let first = tokens.iter().find(open).map_or(own, |&at| self.token(at).span);
        let last = tokens.iter().rfind(|&at| around(at)).map_or(own, |&at| self.token(at).span);
        if first.start <= last.end { own.cover(first).cover(last) } else { own }
    }

    /// A noun and its fellows in a list: "A, B and C".
    pub(crate) fn fellows(&self, head: usize) -> Vec<usize> {
        let mut fellows = vec![head];
        let joined = |at: usize| self.children(at).filter(|&child| self.relation(child) == Relation::Conj);
        fellows.extend(joined(head));
        // "the council, the front and the union": the parser may hang the third from the second.
        let nominal = |at: &usize| self.token(*at).upos.is_nominal();
        let nested: Vec<usize> =
            fellows[1..].iter().filter(|at| nominal(at)).flat_map(|&at| joined(at)).filter(nominal).collect();
        fellows.extend(nested);
        // "The government of Otto Brandt and the union", "the council of Norland and the front": the tree may join the second
        // to the man or the land.
        let one = self.token(head).xpos != Penn::Nns && self.token(head).upos.is_nominal();
        if one || matches!(Power::of(self.lemma(head)), Some(Power::Government | Power::Service)) {
            let named = self.children(head).filter(|&child| {
                self.relation(child) == Relation::Nmod
                    && self.case(child) == Some("of")
                    && self.token(child).upos == Upos::Propn
            });
            // A common noun is no fellow of a name: "the government of Norland and six armed movements".
            let with_article = |&at: &usize| {
                self.child(at, Relation::Det).is_some_and(|article| self.lemma(article) == "the")
                    || self.token(at).xpos == Penn::Nns
            };
            let of_man = named.filter(|&child| self.child(child, Relation::Det).is_none());
            fellows.extend(of_man.flat_map(joined).filter(with_article));
        }
        fellows
    }

    /// The nearest token from `at` upwards, itself included, that is a verb or a sentence's root.
    pub(crate) fn clause_of(&self, at: usize) -> usize {
        let mut node = at;
        while !self.token(node).upos.is_verbal() {
            match self.head(node) {
                Some(head) => node = head,
                None => break,
            }
        }
        node
    }

    /// Whether following heads from `at` leads to `above`, itself included.
    pub(crate) fn is_under(&self, at: usize, above: usize) -> bool {
        let mut node = Some(at);
        while let Some(here) = node {
            if here == above {
                return true;
            }
            node = self.head(here);
        }
        false
    }
}

/// The lemma of a token; for a verb of the lexicon from the lexicon's own forms, which know more verbs than a model
/// learns.
fn lemma<'a>(text: &str, token: &'a Token, lexicon: &Lexicon) -> &'a str {
    if token.upos != Upos::Verb {
        return &token.lemma;
    }
    let form = token.span.of(text);
    let lower: Cow<'_, str> =
        if form.bytes().any(|b| b.is_ascii_uppercase()) { form.to_lowercase().into() } else { form.into() };
    lexicon.base_form(&lower).unwrap_or(&token.lemma)
}

fn participles(text: &str, analysis: &Analysis, lexicon: &Lexicon) -> Vec<(usize, &'static str)> {
    let adjectives = analysis.tokens.iter().enumerate().filter(|(_, token)| token.upos == Upos::Adj);
    adjectives
        .filter_map(|(at, token)| {
            let form = token.span.of(text).to_lowercase();
            let verb = lexicon.base_form(&form)?;
            // "is committed to": an adjective that the lexicon knows as one.
            let adjective = !lexicon.of(&form, Upos::Adj).is_empty()
                || lexicon.operator(&form, Site::Adjective).is_some();
            (!adjective && verb != form && form.ends_with(['d', 'n', 't'])).then_some((at, verb))
        })
        .collect()
}

/// Longer chains of hyphens are no words, in tokens.
const PIECES_MAX: usize = 8;

/// Words with hyphens: letters, a hyphen and letters again without a space between.
fn compounds(text: &str, analysis: &Analysis) -> Vec<(usize, String)> {
    let word = |at: usize| analysis.tokens[at].span.of(text);
    let glued = |at: usize| analysis.tokens[at - 1].span.end == analysis.tokens[at].span.start;
    let joins = |at: usize| matches!(word(at), "-" | "\u{2010}" | "\u{2011}") && glued(at);
    let mut found = Vec::new();
    for at in 2..analysis.tokens.len() {
        let closed = at + 1 < analysis.tokens.len() && joins(at + 1);
        if closed {
            continue;
        }
        let mut first = at;
        while first >= 2 && at - first <= PIECES_MAX && glued(first) && joins(first - 1) {
            first -= 2;
        }
        if first < at && at - first <= PIECES_MAX {
            let pieces: Vec<String> =
                (first..=at).step_by(2).map(|piece| word(piece).to_lowercase()).collect();
            found.push((at, pieces.join("-")));
        }
    }
    found
}

fn is_inside_phrase(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::Amod
            | Relation::Compound
            | Relation::Nmod
            | Relation::NmodPoss
            | Relation::Nummod
            | Relation::Flat
            | Relation::Det
            | Relation::Case
            | Relation::Fixed
            | Relation::Goeswith
            | Relation::Appos
    )
}
