//! Whether a clause looks back or forward: what "on Friday" or "in May" means hangs on it.

use irenic_model::Span;

use super::lexicon::Lexicon;
use super::tokens::{Kind, Tokens};
use crate::{Analysis, Penn, Relation, Upos};

/// The direction of a clause in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unknown,
}

/// How many words to each side are looked at where there is no tree.
const REACH: usize = 25;

/// How many steps up the tree the verb of an expression may lie.
const STEPS: usize = 8;

/// The tense of the clause that an expression of time stands in, read from the tree.
pub(super) fn in_tree(text: &str, analysis: &Analysis, span: Span) -> Tense {
    let Some(mut at) = analysis.head_in(analysis.tokens_in(span)) else { return Tense::Unknown };
    let mut reported = false;
    for _ in 0..STEPS {
        let token = &analysis.tokens[at];
        if token.upos.is_verbal() || token.relation == Relation::Root {
            match of_verb(text, analysis, at) {
                Tense::Unknown => {}
                found => return found,
            }
            reported |= token.upos == Upos::Verb;
        }
        match analysis.head_of(at) {
            Some(head) => at = head,
            None => break,
        }
    }
    if reported { Tense::Past } else { Tense::Unknown }
}

/// The tense of a verb with its auxiliaries: "will meet", "is to meet", "has met", "met", "to meet".
fn of_verb(text: &str, analysis: &Analysis, verb: usize) -> Tense {
    let mut past = matches!(analysis.tokens[verb].xpos, Penn::Vbd);
    let mut infinitive = false;
    for child in analysis.children(verb) {
        let token = &analysis.tokens[child];
        if !matches!(token.relation, Relation::Aux | Relation::AuxPass | Relation::Cop | Relation::Mark) {
            continue;
        }
        let word = token.span.of(text);
        if ["will", "wo", "'ll", "’ll", "shall"].iter().any(|modal| word.eq_ignore_ascii_case(modal)) {
            return Tense::Future;
        }
        past |= token.xpos == Penn::Vbd;
        // "has met": the perfect looks back; "is meeting" does not.
        past |= &*token.lemma == "have";
        infinitive |= word.eq_ignore_ascii_case("to");
    }
    if past {
        Tense::Past
    } else if infinitive {
        Tense::Future
    } else {
        Tense::Unknown
    }
}

/// The tense of the words around, where there is no tree: the nearest cue before in the sentence, else after.
///
/// The lists `future-cue` and `past-cue` name the cues; a word on "-ed" looks back as well.
pub(super) fn in_words(
    tokens: &Tokens,
    lexicon: &Lexicon,
    cues: (u16, u16),
    start: usize,
    end: usize,
) -> Tense {
    let cue = |at: usize| {
        if lexicon.at(tokens, at, cues.0).next().is_some() {
            return Some(Tense::Future);
        }
        let word = tokens.word(at);
        let letters = tokens.get(at).is_some_and(|token| token.kind == Kind::Letters);
        let past = lexicon.at(tokens, at, cues.1).next().is_some()
            || letters && word.len() > 4 && word.ends_with("ed");
        past.then_some(Tense::Past)
    };
    let stops = |at: usize| matches!(tokens.word(at), "." | ";" | "!" | "?") && !tokens.glued(at + 1);
    let before = (start.saturating_sub(REACH)..start).rev().take_while(|&at| !stops(at)).find_map(cue);
    before
        .or_else(|| (end..tokens.len().min(end + REACH)).take_while(|&at| !stops(at)).find_map(cue))
        .unwrap_or(Tense::Unknown)
}
