//! Whether a clause looks back or forward: what "on Friday" or "in May" means hangs on it.

use irenic_model::Span;

use super::lexicon::Lexicon;
use super::numbers::Words;
use super::pattern::Pattern;
use super::rules::stands_before;
use super::tokens::{Kind, Tokens};
use crate::{Analysis, Penn, Relation, Upos};

/// The direction of a clause in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// It looks back.
    Past,
    /// It looks forward.
    Future,
    /// It tells of a plan that fell through, whose day may have come or not: the nearest is meant.
    Either,
    /// It does not say.
    Unknown,
}

impl Tense {
    /// The name in lists.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Future => "future",
            Self::Either => "either",
            Self::Unknown => "unknown",
        }
    }
}

/// The tense of a clause, and how surely it is that of the expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    pub(super) tense: Tense,
    /// Whether the expression hangs on the verb itself, not on a noun below it.
    pub(super) direct: bool,
}

impl Clause {
    const fn new(tense: Tense, direct: bool) -> Self {
        Self { tense, direct }
    }
}

/// How many words to each side are looked at where there is no tree.
const REACH: usize = 25;

/// How many steps up the tree the verb of an expression may lie.
const STEPS: usize = 8;

/// The word lists and patterns that tell which way a clause looks.
#[derive(Clone, Debug)]
pub(super) struct Cues {
    /// Words that look forward and back, for text without a tree.
    pub(super) future: u16,
    pub(super) past: u16,
    /// Verbs whose time lies ahead of them: "scheduled for Friday".
    pub(super) planned: u16,
    /// Verbs whose infinitive lies ahead of them: "agreed to meet on Friday".
    pub(super) intended: u16,
    /// Parts of a day: "Thursday morning" is as "Thursday".
    pub(super) part: u16,
    /// Verbs in the present tense that tell of what was said.
    pub(super) saying: u16,
    /// Verbs that end a plan: "the meeting planned for Saturday was cancelled".
    pub(super) ending: u16,
    /// What stands right before an expression that looks back, or forward, whatever the verb.
    pub(super) past_lead: Pattern,
    pub(super) future_lead: Pattern,
    /// What before an expression looks forward where no verb says otherwise: "by August".
    pub(super) future_hint: Pattern,
}

impl Cues {
    /// What the words right before an expression say.
    pub(super) fn lead(&self, tokens: &Tokens, start: usize, words: &Words<'_>) -> Option<Tense> {
        let leads = |pattern: &Pattern| stands_before(pattern, tokens, start, words).is_some();
        if leads(&self.past_lead) {
            return Some(Tense::Past);
        }
        leads(&self.future_lead).then_some(Tense::Future)
    }

    /// Whether the words right before an expression look forward where no verb says otherwise.
    pub(super) fn hints(&self, tokens: &Tokens, start: usize, words: &Words<'_>) -> bool {
        stands_before(&self.future_hint, tokens, start, words).is_some()
    }
}

/// A tree, and what its verbs are judged by.
pub(super) struct Tree<'a> {
    pub(super) text: &'a str,
    pub(super) analysis: &'a Analysis,
    pub(super) lexicon: &'a Lexicon,
    pub(super) cues: &'a Cues,
}

/// What one verb says of the time of its clause.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Is(Tense),
    /// "to meet": it hangs on the verb above.
    Infinitive,
}

impl Tree<'_> {
    /// The tense of the clause that an expression of time stands in.
    ///
    /// An expression before a noun ("the June agreement", "Friday's attack") says nothing of its own, unless the noun
    /// is the subject of what is to come; with `through` it is as the noun's.
    pub(super) fn clause(&self, span: Span, through: bool) -> Clause {
        let Some(mut at) = self.analysis.head_in(self.analysis.tokens_in(span)) else {
            return Clause::new(Tense::Unknown, false);
        };
        if self.told_before(span) {
            return Clause::new(Tense::Past, true);
        }
        if !through && self.owns(span) {
            return Clause::new(Tense::Unknown, false);
        }
        let mut direct = true;
        if let Some(noun) = self.noun_after(at, span) {
            if through || self.is(&self.analysis.tokens[noun].lemma, self.cues.part) {
                at = noun;
            } else {
                return Clause::new(self.of_subject(noun), false);
            }
        }
        let (mut reported, mut infinitive) = (false, false);
        for _ in 0..STEPS {
            let token = &self.analysis.tokens[at];
            if token.upos.is_verbal() || token.relation == Relation::Root {
                match self.verb(at, direct) {
                    // "was to expire", "agreed to meet" look forward, "had been scheduled to expire" does not.
                    verb if infinitive => {
                        let told = verb == Verb::Is(Tense::Past);
                        let over = self.is(&token.lemma, self.cues.planned) && told;
                        let ahead = !told || self.is(&token.lemma, self.cues.intended) && !over;
                        return Clause::new(if ahead { Tense::Future } else { Tense::Past }, false);
                    }
                    Verb::Infinitive => infinitive = true,
                    Verb::Is(Tense::Unknown) => {}
                    Verb::Is(Tense::Future) if self.fell_through(at) => {
                        return Clause::new(Tense::Either, direct);
                    }
                    Verb::Is(found) => return Clause::new(found, direct),
                }
                direct = false;
                reported |= token.upos == Upos::Verb;
            }
            // "a plan to meet on Friday", whatever became of the plan
            if self.is_plan(at) {
                return Clause::new(Tense::Future, false);
            }
            let Some(head) = self.analysis.head_of(at) else { break };
            direct &= self.analysis.tokens[head].upos.is_verbal();
            at = head;
        }
        let tense = match (infinitive, reported) {
            (true, _) => Tense::Future,
            (_, true) => Tense::Past,
            _ => Tense::Unknown,
        };
        Clause::new(tense, false)
    }

    /// Whether a verb that tells of the past stands right before an expression: "a message, he predicted Wednesday".
    fn told_before(&self, span: Span) -> bool {
        let first = self.analysis.tokens_in(span).start;
        let Some(verb) = first.checked_sub(1) else { return false };
        let token = &self.analysis.tokens[verb];
        token.upos == Upos::Verb
            && matches!(token.xpos, Penn::Vbd | Penn::Vbn)
            && self.verb(verb, false) == Verb::Is(Tense::Past)
    }

    /// Whether an expression owns a thing ("Wednesday's ruling") that the tree has lost: where it hangs says nothing then.
    fn owns(&self, span: Span) -> bool {
        let tokens = self.analysis.tokens_in(span);
        let marked = self.analysis.tokens.get(tokens.end).is_some_and(|token| token.xpos == Penn::Pos);
        let head = self.analysis.head_in(tokens).and_then(|at| self.analysis.head_of(at));
        marked && head.is_some_and(|head| self.analysis.tokens[head].upos.is_verbal())
    }

    /// Whether a token is a noun with an infinitive that lies ahead of it: "the decision to leave".
    fn is_plan(&self, at: usize) -> bool {
        let token = &self.analysis.tokens[at];
        let infinitive = |child: usize| {
            let relation = self.analysis.tokens[child].relation;
            matches!(relation, Relation::Acl | Relation::Advcl | Relation::Xcomp)
                && self.verb(child, false) == Verb::Infinitive
        };
        token.upos == Upos::Noun
            && self.is(&token.lemma, self.cues.intended)
            && self.analysis.children(at).any(infinitive)
    }

    /// Whether a plan that a participle tells of is one that was ended: "the meeting planned for Saturday was cancelled".
    fn fell_through(&self, participle: usize) -> bool {
        let token = &self.analysis.tokens[participle];
        let subject = |noun: &usize| {
            matches!(self.analysis.tokens[*noun].relation, Relation::Nsubj | Relation::NsubjPass)
        };
        let plan = token.head.map(|head| head as usize).filter(|_| token.xpos == Penn::Vbn).filter(subject);
        let Some(verb) = plan.and_then(|noun| self.analysis.head_of(noun)) else { return false };
        self.is(&self.analysis.tokens[verb].lemma, self.cues.ending)
            && self.verb(verb, false) == Verb::Is(Tense::Past)
    }

    /// Whether the clause of an expression tells what had been: "Until Thursday, they had not called".
    pub(super) fn had_been(&self, span: Span) -> bool {
        let Some(mut at) = self.analysis.head_in(self.analysis.tokens_in(span)) else { return false };
        for _ in 0..STEPS {
            if self.analysis.tokens[at].upos.is_verbal() {
                return self.analysis.children(at).any(|child| {
                    let child = &self.analysis.tokens[child];
                    child.relation == Relation::Aux && child.xpos == Penn::Vbd && &*child.lemma == "have"
                });
            }
            let Some(head) = self.analysis.head_of(at) else { break };
            at = head;
        }
        false
    }

    /// Whether a noun is the subject of what is to come.
    fn of_subject(&self, noun: usize) -> Tense {
        let token = &self.analysis.tokens[noun];
        let subject = token.relation.is_subject();
        match token.head.filter(|_| subject).map(|head| self.verb(head as usize, false)) {
            Some(Verb::Is(Tense::Future)) => Tense::Future,
            _ => Tense::Unknown,
        }
    }

    /// The noun after an expression that it stands before and belongs to.
    fn noun_after(&self, at: usize, span: Span) -> Option<usize> {
        let token = &self.analysis.tokens[at];
        let preposition = |child: usize| child < at && self.analysis.tokens[child].relation == Relation::Case;
        if self.analysis.children(at).any(preposition) {
            return None;
        }
        let before = matches!(
            token.relation,
            Relation::Compound | Relation::NmodPoss | Relation::Nmod | Relation::Amod | Relation::Nummod
        );
        let head = self.analysis.head_of(at).filter(|_| before)?;
        (self.analysis.tokens[head].span.start >= span.end).then_some(head)
    }

    /// The tense of a verb with its auxiliaries: "will meet", "is to meet", "has met", "met", "to meet".
    fn verb(&self, verb: usize, direct: bool) -> Verb {
        let token = &self.analysis.tokens[verb];
        let planned = self.is(&token.lemma, self.cues.planned);
        let mut past = token.xpos == Penn::Vbd;
        let (mut perfect, mut modal, mut infinitive) = (false, false, false);
        let (mut auxiliary, mut copula) = (false, false);
        for child in self.analysis.children(verb) {
            let child = &self.analysis.tokens[child];
            let word = child.span.of(self.text);
            let is = |words: &[&str]| words.iter().any(|known| word.eq_ignore_ascii_case(known));
            match child.relation {
                Relation::Aux | Relation::AuxPass | Relation::Cop | Relation::Mark => {}
                _ => continue,
            }
            if is(&["will", "wo", "'ll", "’ll", "shall"]) {
                return Verb::Is(Tense::Future);
            }
            copula |= child.relation == Relation::Cop;
            auxiliary |= child.relation != Relation::Mark;
            modal |= is(&["would", "may", "might", "can"]);
            // "had been scheduled" is over, "has scheduled" is not.
            perfect |= &*child.lemma == "have";
            past |= child.xpos == Penn::Vbd && (!planned || &*child.lemma == "have");
            infinitive |= is(&["to"]);
        }
        let present = matches!(token.xpos, Penn::Vbz | Penn::Vbp) && token.upos == Upos::Verb && !copula;
        Verb::Is(match () {
            () if planned && !(perfect && past) => Tense::Future,
            () if perfect || past => Tense::Past,
            () if modal => Tense::Future,
            () if infinitive => return Verb::Infinitive,
            // "The decision, announced Wednesday, …"
            () if token.xpos == Penn::Vbn && !auxiliary => Tense::Past,
            // "The offer expires Friday."
            () if direct && present && !self.is(&token.lemma, self.cues.saying) => Tense::Future,
            () => Tense::Unknown,
        })
    }

    fn is(&self, lemma: &str, list: u16) -> bool {
        self.lexicon.holds(list, lemma)
    }
}

/// The tense of the words around, where there is no tree: the nearest cue before in the sentence, else after.
///
/// The lists `future-cue` and `past-cue` name the cues; a word on "-ed" looks back as well.
pub(super) fn in_words(tokens: &Tokens, lexicon: &Lexicon, cues: &Cues, start: usize, end: usize) -> Clause {
    // "Wednesday's ruling": what it owns has its own time.
    let owns = matches!(tokens.word(end), "'s" | "’s")
        || matches!(tokens.word(end), "'" | "’") && tokens.word(end + 1) == "s";
    if owns {
        return Clause::new(Tense::Unknown, false);
    }
    let cue = |at: usize| {
        if lexicon.at(tokens, at, cues.future).next().is_some() {
            return Some(Tense::Future);
        }
        let word = tokens.word(at);
        let letters = tokens.get(at).is_some_and(|token| token.kind == Kind::Letters);
        let past = lexicon.at(tokens, at, cues.past).next().is_some()
            || letters && word.len() > 4 && word.ends_with("ed");
        past.then_some(Tense::Past)
    };
    let stops = |at: usize| matches!(tokens.word(at), "." | ";" | "!" | "?") && !tokens.glued(at + 1);
    let before = (start.saturating_sub(REACH)..start).rev().take_while(|&at| !stops(at)).find_map(cue);
    let tense = before
        .or_else(|| (end..tokens.len().min(end + REACH)).take_while(|&at| !stops(at)).find_map(cue))
        .unwrap_or(Tense::Unknown);
    Clause::new(tense, false)
}
