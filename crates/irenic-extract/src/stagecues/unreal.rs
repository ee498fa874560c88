//! What has not happened: what stands at or over a cue urges, plans or denies it.

use irenic_language::{Analysis, Penn, Relation};

use super::Finder;
use super::when::Dated;

impl Finder<'_, '_> {
    /// Whether the first verb among the tokens is a bare form: "sign a treaty" is a wish, an order or a plan, "signed" is not.
    pub(super) fn is_bare(&self, tokens: &std::ops::Range<usize>) -> bool {
        let analysis = self.input.analysis;
        let verb = tokens.clone().find(|&at| analysis.tokens[at].upos.is_verbal());
        verb.is_some_and(|at| {
            let token = &analysis.tokens[at];
            token.span.of(&self.input.document.text).eq_ignore_ascii_case(&token.lemma)
        })
    }

    /// Whether a verb among the tokens stands in the perfect: "had been killed", "have died".
    pub(super) fn is_perfect(&self, tokens: &std::ops::Range<usize>) -> bool {
        let analysis = self.input.analysis;
        tokens.clone().any(|at| {
            analysis.tokens[at].upos.is_verbal()
                && analysis.children(at).any(|child| {
                    analysis.tokens[child].relation == Relation::Aux
                        && &*analysis.tokens[child].lemma == "have"
                })
        })
    }

    /// Whether what stands at or over the cue says that it has not happened.
    ///
    /// What "was to be signed" is no deal yet; that fighting "was to last for years" is told by hindsight.
    pub(super) fn is_unreal(
        &self,
        tokens: &std::ops::Range<usize>,
        head: usize,
        dates: &[Dated],
        is_deal: bool,
    ) -> bool {
        let analysis = self.input.analysis;
        if tokens.clone().any(|at| analysis.tokens[at].upos.is_verbal() && self.is_denied(at))
            || self.is_denied(head)
            // "An accord was to be signed in May": so it was planned.
            || is_deal && tokens.clone().chain([head]).any(|at| self.is_planned(at) || self.is_done_by_none(at))
        {
            return true;
        }
        // "tried to explain the raid carried out on 3 May": it was, whatever is made of it.
        let has_date = |participle: usize| {
            dates.iter().filter_map(|dated| analysis.head_in(analysis.tokens_in(dated.span))).any(|date| {
                std::iter::successors(Some(date), |&at| analysis.head_of(at)).any(|at| at == participle)
            })
        };
        let participle = |&at: &usize| {
            let token = &analysis.tokens[at];
            let of_it = token.relation == Relation::Acl && analysis.head_of(at) == Some(head)
                // The parser may hang it from the verb above the noun.
                || at == head + 1 && analysis.head_of(at) == analysis.head_of(head);
            of_it && token.xpos == Penn::Vbn && !self.lexicon.governors.iter().any(|it| **it == *token.lemma)
        };
        let behind = Some(head + 1).filter(|&next| next < analysis.tokens.len());
        let carried_out = analysis.children(head).chain(behind).filter(participle).any(has_date);
        if carried_out && !analysis.tokens[head].upos.is_verbal() {
            return false;
        }
        let mut node = head;
        while let Some(above) = analysis.head_of(node) {
            let governs = is_content(analysis, node);
            // "The day when they meet and sign a treaty" is no nearer for the second verb.
            let shares = analysis.tokens[node].relation == Relation::Conj
                && analysis.own_subject_of(node).is_none()
                && analysis.child(node, Relation::Aux).is_none();
            if shares && self.is_denied(above) {
                return true;
            }
            if !governs {
                return false;
            }
            let lemma = &analysis.tokens[above].lemma;
            // What they call the war is not called for.
            let names = &**lemma == "call" && !analysis.children(above).any(|it| self.is_for(it));
            if !tokens.contains(&above)
                && (!names && self.lexicon.governors.iter().any(|it| **it == **lemma)
                    || self.is_denied(above))
            {
                return true;
            }
            node = above;
        }
        false
    }

    /// "No fighter had been disarmed."
    fn is_done_by_none(&self, verb: usize) -> bool {
        let analysis = self.input.analysis;
        let determiner =
            analysis.own_subject_of(verb).and_then(|subject| analysis.child(subject, Relation::Det));
        determiner.is_some_and(|det| matches!(&*analysis.tokens[det].lemma, "no" | "neither"))
    }

    /// Whether a verb is what is to come: "was to be signed", "was meant to sign".
    fn is_planned(&self, verb: usize) -> bool {
        let analysis = self.input.analysis;
        let is_be = |at: usize| &*analysis.tokens[at].lemma == "be";
        let to = analysis.children(verb).find(|&at| {
            matches!(analysis.tokens[at].relation, Relation::Mark | Relation::Aux)
                && &*analysis.tokens[at].lemma == "to"
        });
        to.is_some_and(|to| to.checked_sub(1).is_some_and(is_be))
    }

    /// Whether it is, or is led by, "for" or "on".
    fn is_for(&self, token: usize) -> bool {
        let analysis = self.input.analysis;
        let is = |at: usize| matches!(&*analysis.tokens[at].lemma, "for" | "on" | "upon");
        is(token) || analysis.children(token).any(is)
    }

    fn is_denied(&self, token: usize) -> bool {
        let analysis = self.input.analysis;
        analysis.children(token).any(|child| {
            let lemma = &*analysis.tokens[child].lemma;
            let has = |list: &[String]| list.iter().any(|it| it == lemma);
            let unreal = analysis.tokens[child].relation == Relation::Aux && has(&self.lexicon.auxiliaries);
            // "a deal to end the war": what is meant to come of it.
            let purpose = analysis.tokens[child].relation == Relation::Mark
                && lemma == "to"
                && matches!(analysis.tokens[token].relation, Relation::Acl | Relation::Advcl);
            let negates = matches!(analysis.tokens[child].relation, Relation::Advmod | Relation::Det)
                && has(&self.lexicon.negations);
            unreal || purpose || negates
        })
    }
}

/// Whether a token is part of what its head says, not a clause of its own beside it.
fn is_content(analysis: &Analysis, token: usize) -> bool {
    matches!(
        analysis.tokens[token].relation,
        Relation::Xcomp
            | Relation::Ccomp
            | Relation::Obj
            | Relation::Obl
            | Relation::Nmod
            | Relation::Acl
            | Relation::Csubj
            | Relation::NsubjPass
            | Relation::Compound
    )
}
