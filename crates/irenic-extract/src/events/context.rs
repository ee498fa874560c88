//! What stands above an event's word: negation, modality, conditions, and the words of speech that govern it.

use irenic_language::{Penn, Relation, Upos};
use irenic_model::{DEALS, Stance};

use super::clause;
use super::lexicon::{Effect, Site};
use super::matcher::{Scene, Trigger};

/// How a text puts an event forward, as far as its syntax tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    /// What governs the event, where something other than plain assertion does.
    pub(super) stance: Option<Stance>,
    /// Whether it is said not to have happened.
    pub(super) negated: bool,
    /// The event's word of speech that it is the content of.
    pub(super) content_of: Option<usize>,
    /// Whether "will" or a like word stands at the event's own verb.
    pub(super) future: bool,
    /// Whether it stands in a clause about circumstances.
    pub(super) background: bool,
    /// Whether it is a condition: "if the rebels attack".
    pub(super) conditional: bool,
    /// Whether it is what something else is done for: "came to ask for help".
    pub(super) purpose: bool,
    /// Whether it is arranged: "is to leave by May".
    pub(super) arranged: bool,
}

/// Words of speech by token: the stance of what they govern.
pub(super) type Speech = std::collections::HashMap<usize, Stance>;

impl Scene<'_> {
    /// The reading of the event at `token`; `speech` holds the words of speech of the text.
    pub(super) fn reading(&self, token: usize, carrier: Option<usize>, speech: &Speech) -> Reading {
        let mut reading = Reading::default();
        self.read_own(token, &mut reading);
        let mut node = token;
        if let Some(verb) = carrier.filter(|&verb| self.tree.is_under(token, verb)) {
            if let Some(&stance) = speech.get(&verb).filter(|_| !self.is_subject_of(token, verb)) {
                reading.stance = Some(stance);
                reading.content_of = Some(verb);
                return reading;
            }
            self.read_own(verb, &mut reading);
            // "the blast claimed forty lives": the subject is not what a verb makes doubtful.
            let doubts =
                matches!(self.lexicon.operator(self.tree.lemma(verb), Site::Verb), Some(Effect::Stance(_)));
            if !doubts || !self.is_subject_of(token, verb) {
                self.govern(verb, Site::Verb, &mut reading);
            }
            node = verb;
        }
        self.climb(node, speech, &mut reading);
        reading
    }

    fn is_subject_of(&self, token: usize, verb: usize) -> bool {
        self.tree.head(token) == Some(verb) && self.tree.relation(token) == Relation::Nsubj
    }

    fn climb(&self, start: usize, speech: &Speech, reading: &mut Reading) {
        let tree = &self.tree;
        let mut node = start;
        // "no treaties (signed in 1997)": the participle stands by itself, except for who speaks of it.
        let mut apart = false;
        let mut over_an_aside = false;
        while let Some(above) = tree.head(node) {
            // Once at most, so that no two asides lead back to each other.
            let aside = self.noun_before_an_aside(node).filter(|_| !over_an_aside);
            over_an_aside |= aside.is_some();
            let above = self.clause_that_goes_on(node).unwrap_or(above);
            let (head, relation) = aside.map_or((above, tree.relation(node)), |noun| (noun, Relation::Nmod));
            if self.stops((start, node), relation, speech, reading) {
                return;
            }
            // "defied the curfew to demand": not what they defied.
            let apart_from_it = relation == Relation::Advcl
                && reading.purpose
                && tree.child(head, Relation::Obj).is_some_and(|object| object < node);
            if relation != Relation::Conj
                && !apart_from_it
                && let Some(&stance) = speech.get(&head).filter(|_| self.is_content(relation))
            {
                if reading.stance.is_none() || stance != Stance::Alleged {
                    reading.stance = Some(stance);
                }
                reading.content_of = Some(head);
                return;
            }
            match relation {
                Relation::Conj if tree.shares_subject(node) && tree.token(head).upos.is_verbal() => {
                    self.read_modals(head, reading);
                }
                Relation::Conj => {}
                _ if self.is_content(relation) => {
                    apart |= relation == Relation::Acl && tree.token(node).xpos == Penn::Vbn;
                    if !apart {
                        self.govern_by(head, reading);
                    }
                }
                _ => {}
            }
            node = head;
        }
        if self.asks(node) {
            reading.stance = Some(Stance::Hypothetical);
            reading.future = false;
        }
    }

    /// The verb that a finite verb goes on from, where the parser joins it to what that verb governs: "denied having bombed the
    /// clinic but admitted".
    fn clause_that_goes_on(&self, node: usize) -> Option<usize> {
        let tree = &self.tree;
        let finite = |at: usize| matches!(tree.token(at).xpos, Penn::Vbd | Penn::Vbz);
        let fellow = tree.head(node).filter(|_| tree.relation(node) == Relation::Conj && finite(node))?;
        let bare = matches!(tree.token(fellow).xpos, Penn::Vb | Penn::Vbg)
            || tree
                .children(fellow)
                .any(|child| tree.relation(child) == Relation::Aux && tree.token(child).xpos == Penn::Vbg);
        let finite_aux = tree.children(fellow).any(|child| {
            matches!(tree.relation(child), Relation::Aux | Relation::Cop)
                && matches!(tree.token(child).xpos, Penn::Md | Penn::Vbd | Penn::Vbz | Penn::Vbp)
        });
        let governed = matches!(tree.relation(fellow), Relation::Ccomp | Relation::Xcomp | Relation::Advcl);
        let verb = tree.head(fellow).filter(|&verb| finite(verb) && bare && !finite_aux && governed)?;
        Some(verb)
    }

    /// The noun that a phrase goes on from behind what stands between dashes: "saw no reports – neither here nor there – of
    /// violence", where the parser hangs the phrase from a word of the aside.
    fn noun_before_an_aside(&self, node: usize) -> Option<usize> {
        let tree = &self.tree;
        let case = tree.child(node, Relation::Case).filter(|&case| tree.lemma(case) == "of")?;
        let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(node)].tokens;
        let dash = |at: usize| matches!(tree.lemma(at), "–" | "—" | "--");
        let closes = case.checked_sub(1).filter(|&at| sentence.contains(&at) && dash(at))?;
        let opens = (sentence.start..closes).rev().find(|&at| dash(at))?;
        let noun = opens.checked_sub(1).filter(|at| sentence.contains(at))?;
        (tree.token(noun).upos == Upos::Noun && !tree.is_under(noun, node)).then_some(noun)
    }

    /// Whether a sentence asks whether something is so: "Will the front lay down its arms?"
    fn asks(&self, root: usize) -> bool {
        let tree = &self.tree;
        let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(root)].tokens;
        let asked = sentence.clone().rev().take(2).any(|at| tree.lemma(at) == "?");
        let opens = sentence.clone().find(|&at| tree.token(at).upos != Upos::Punct);
        asked && opens.is_some_and(|at| tree.token(at).upos == Upos::Aux)
    }

    /// Relative clauses and circumstances stand by themselves; conditions and purposes do not tell what happened.
    fn stops(
        &self,
        (start, node): (usize, usize),
        relation: Relation,
        speech: &Speech,
        reading: &mut Reading,
    ) -> bool {
        let tree = &self.tree;
        let marker = tree.child(node, Relation::Mark).map(|mark| tree.lemma(mark));
        // "persuaded the militia to leave": not what it was persuaded for.
        let governed = clause::controller(tree, node).is_some_and(|(verb, _)| {
            speech.contains_key(&verb) || self.lexicon.operator(tree.lemma(verb), Site::Verb).is_some()
        });
        match relation {
            // "the guns it promised to withdraw": a clause with a subject of its own.
            Relation::Acl if marker.is_none() && tree.child(node, Relation::Nsubj).is_some() => {
                reading.background = true;
                true
            }
            Relation::Acl | Relation::Advcl if marker == Some("to") && governed => false,
            Relation::AclRelcl | Relation::Parataxis | Relation::Appos => {
                reading.background |= relation == Relation::AclRelcl;
                true
            }
            Relation::Advcl => {
                reading.background = true;
                match marker {
                    Some("if" | "unless" | "whether" | "lest") => {
                        reading.stance.get_or_insert(Stance::Hypothetical);
                        reading.conditional = true;
                        true
                    }
                    // "held a ceremony to mark the signing": what is marked or mourned has happened.
                    Some("to") if node != start && reading.stance.is_none() && self.presupposes(node) => true,
                    Some("to") => {
                        reading.stance.get_or_insert(Stance::Planned);
                        reading.purpose = true;
                        false
                    }
                    _ => true,
                }
            }
            // "the first state to recognise the republic" has done it.
            Relation::Acl if marker == Some("to") && self.is_first_of_its_kind(node) => {
                reading.background = true;
                true
            }
            // "despite the talks", "after the attack": it happened, whatever the clause about it says.
            Relation::Obl | Relation::Nmod
                if !tree.token(node).upos.is_verbal() && self.is_circumstance(node) =>
            {
                reading.background = true;
                true
            }
            Relation::Acl if marker == Some("to") => {
                // "the decision to strip the province of its rights" tells what the noun says of it.
                reading.purpose |= self.is_told_by_noun(node);
                if !reading.purpose {
                    reading.stance.get_or_insert(Stance::Planned);
                }
                reading.background = true;
                false
            }
            Relation::Ccomp if marker == Some("whether") || marker == Some("if") => {
                reading.stance.get_or_insert(Stance::Hypothetical);
                false
            }
            _ => false,
        }
    }

    fn presupposes(&self, infinitive: usize) -> bool {
        const WORDS: [&str; 8] =
            ["mark", "celebrate", "commemorate", "mourn", "protest", "condemn", "denounce", "avenge"];
        WORDS.contains(&self.tree.lemma(infinitive))
    }

    /// Whether a preposition only sets the scene by a noun: "after the attack", but not in "will leave after the signing".
    fn is_circumstance(&self, noun: usize) -> bool {
        let tree = &self.tree;
        let (Some(case), Some(head)) = (tree.case(noun), tree.head(noun)) else { return false };
        let verb = tree.clause_of(head);
        let to_come = tree.children(verb).any(|child| match tree.relation(child) {
            Relation::Aux => self.lexicon.operator(tree.lemma(child), Site::Auxiliary).is_some(),
            Relation::Mark => tree.lemma(child) == "to",
            _ => false,
        });
        match case {
            "despite" | "since" | "amid" | "notwithstanding" => true,
            "after" | "during" | "following" => !to_come,
            _ => false,
        }
    }

    /// A noun from which time is measured: "since the last ceasefire", "until the signing", "following the latest truce"; and
    /// a deal of which how long it kept is told: "the ceasefire had lasted five months".
    pub(super) fn is_reference(&self, trigger: &Trigger) -> bool {
        let tree = &self.tree;
        let told_before = || {
            tree.children(trigger.token).any(|child| {
                tree.relation(child) == Relation::Amod
                    && matches!(
                        tree.lemma(child),
                        "last" | "latest" | "late" | "previous" | "earlier" | "recent"
                    )
            })
        };
        let measures = match tree.case(trigger.token) {
            Some("since" | "before" | "until" | "till") => true,
            Some("after" | "following" | "follow") => told_before(),
            _ => false,
        };
        let kept = tree.relation(trigger.token) == Relation::Nsubj
            && trigger.frame.mode.is_some_and(|mode| DEALS.contains(&mode))
            && tree.head(trigger.token).is_some_and(|verb| {
                matches!(tree.lemma(verb), "last" | "hold" | "survive" | "endure" | "expire")
            });
        let around = matches!(tree.relation(trigger.token), Relation::Obl | Relation::Nmod);
        trigger.nominal && (around && measures || kept)
    }

    /// "the planned deployment", "a meeting scheduled for May": not said to have happened, but where a verb says so ("the
    /// meeting planned for May was held in June").
    pub(super) fn is_only_planned(&self, trigger: &Trigger) -> bool {
        let tree = &self.tree;
        let planned = |child: usize| {
            matches!(tree.relation(child), Relation::Amod | Relation::Acl | Relation::AclRelcl)
                && tree.token(child).xpos == Penn::Vbn
                && self.lexicon.operator(tree.lemma(child), Site::Verb)
                    == Some(Effect::Stance(Stance::Planned))
        };
        let held = trigger.arguments.carrier.is_some_and(|verb| clause::is_light(tree, verb, self.lexicon));
        trigger.nominal && !held && tree.children(trigger.token).any(planned)
    }

    /// "the decision to", "an attempt to": a noun says how an infinitive is put forward.
    fn is_told_by_noun(&self, infinitive: usize) -> bool {
        let noun = self.tree.head(infinitive).filter(|&noun| self.tree.token(noun).upos == Upos::Noun);
        noun.is_some_and(|noun| self.lexicon.operator(self.tree.lemma(noun), Site::Noun).is_some())
    }

    fn is_first_of_its_kind(&self, infinitive: usize) -> bool {
        let tree = &self.tree;
        let Some(noun) = tree.head(infinitive) else { return false };
        tree.children(noun)
            .any(|child| matches!(tree.lemma(child), "first" | "second" | "third" | "last" | "only"))
    }

    fn is_content(&self, relation: Relation) -> bool {
        matches!(
            relation,
            Relation::Xcomp
                | Relation::Ccomp
                | Relation::Obj
                | Relation::Iobj
                | Relation::Obl
                | Relation::Nmod
                | Relation::Acl
                | Relation::Advcl
                | Relation::Csubj
                | Relation::NsubjPass
                | Relation::Compound
                | Relation::Dep
        )
    }

    fn govern_by(&self, head: usize, reading: &mut Reading) {
        let site = match self.tree.token(head).upos {
            Upos::Verb | Upos::Aux => Site::Verb,
            Upos::Noun => Site::Noun,
            Upos::Adj => Site::Adjective,
            _ => return,
        };
        self.govern(head, site, reading);
        if site == Site::Verb {
            self.read_own(head, reading);
        }
        if site == Site::Noun && self.is_report_of_none(head) {
            reading.negated = !reading.negated;
        }
    }

    /// "no reports of clashes", "no sign of a withdrawal": what there is no word of is said not to have happened.
    fn is_report_of_none(&self, noun: usize) -> bool {
        const WORDS: [&str; 9] =
            ["report", "sign", "evidence", "record", "indication", "case", "instance", "trace", "recurrence"];
        let tree = &self.tree;
        let none = |child: usize| {
            tree.relation(child) == Relation::Det && tree.lemma(child).eq_ignore_ascii_case("no")
        };
        WORDS.contains(&tree.lemma(noun).to_lowercase().as_str()) && tree.children(noun).any(none)
    }

    fn govern(&self, head: usize, site: Site, reading: &mut Reading) {
        match self.lexicon.operator(self.tree.lemma(head), site) {
            Some(Effect::Stance(stance)) => {
                reading.stance.get_or_insert(stance);
            }
            Some(Effect::Not) => reading.negated = !reading.negated,
            Some(Effect::Fact) | None => {}
        }
    }

    /// The negation and the modal words that stand at a word itself.
    fn read_own(&self, token: usize, reading: &mut Reading) {
        let tree = &self.tree;
        let negates = |child: usize| {
            matches!(
                tree.lemma(child).to_lowercase().as_str(),
                "not" | "n't" | "never" | "no" | "neither" | "nor"
            )
                && matches!(tree.relation(child), Relation::Advmod | Relation::Det | Relation::Cc | Relation::Nsubj)
                // "ended without violence"
                || tree.relation(child) == Relation::Case && tree.lemma(child) == "without"
        };
        // "Neither the government nor the rebels have let them in."
        let neither = |child: usize| {
            tree.relation(child).is_subject()
                && tree.children(child).any(|word| {
                    matches!(tree.relation(word), Relation::Cc | Relation::Det)
                        && tree.lemma(word).eq_ignore_ascii_case("neither")
                })
        };
        if tree.children(token).any(|child| negates(child) || neither(child)) {
            reading.negated = !reading.negated;
        }
        self.read_modals(token, reading);
        let infinitive = tree.child(token, Relation::Mark).is_some_and(|mark| tree.lemma(mark) == "to");
        // "has yet to reply"
        if infinitive && tree.children(token).any(|child| tree.lemma(child) == "yet" && child < token) {
            reading.negated = !reading.negated;
        }
        // "is due to travel", where the parser takes "due to" for a preposition.
        let due = |child: usize| {
            matches!(tree.relation(child), Relation::Mark | Relation::Case | Relation::Advmod)
                && matches!(tree.lemma(child), "due" | "set")
        };
        if tree.children(token).any(due) && tree.child(token, Relation::Cop).is_some() {
            reading.stance.get_or_insert(Stance::Planned);
            reading.arranged = true;
        }
        let is = tree.children(token).any(|child| {
            matches!(tree.relation(child), Relation::Aux | Relation::Cop) && tree.lemma(child) == "be"
        });
        // "his answer was to close the port": he did.
        let answer = || {
            const ANSWERS: [&str; 5] = ["answer", "response", "reaction", "reply", "retort"];
            let subject = tree.child(token, Relation::Nsubj);
            subject.is_some_and(|subject| ANSWERS.contains(&tree.lemma(subject)))
        };
        if infinitive
            && is
            && reading.stance.is_none()
            && tree.relation(token) != Relation::Xcomp
            && !answer()
        {
            reading.stance = Some(Stance::Planned);
            reading.arranged = true;
        }
    }

    fn read_modals(&self, token: usize, reading: &mut Reading) {
        for child in self.tree.children(token) {
            if self.tree.relation(child) != Relation::Aux {
                continue;
            }
            match self.lexicon.operator(self.tree.lemma(child), Site::Auxiliary) {
                // "would have attacked": nobody did.
                Some(Effect::Stance(_)) if self.is_counterfactual(token, child) => {
                    reading.stance.get_or_insert(Stance::Hypothetical);
                }
                Some(Effect::Stance(stance)) => {
                    reading.future |= stance == Stance::Planned;
                    reading.stance.get_or_insert(stance);
                }
                Some(Effect::Not) => reading.negated = !reading.negated,
                _ => {}
            }
        }
    }

    fn is_counterfactual(&self, verb: usize, modal: usize) -> bool {
        let tree = &self.tree;
        let have = |child: usize| tree.relation(child) == Relation::Aux && tree.lemma(child) == "have";
        matches!(tree.lemma(modal), "would" | "could" | "should" | "might") && tree.children(verb).any(have)
    }

    /// The duty that a clause puts on its subject, and who puts it: "the envoy said that both armies must stop".
    pub(super) fn duty(&self, verb: usize) -> Option<Duty> {
        let tree = &self.tree;
        let bound = tree.children(verb).any(|child| {
            tree.relation(child) == Relation::Aux
                && self.lexicon.operator(tree.lemma(child), Site::Auxiliary)
                    == Some(Effect::Stance(Stance::Demanded))
        });
        if !bound || tree.relation(verb) != Relation::Ccomp && tree.relation(verb) != Relation::Root {
            return None;
        }
        let said = match tree.relation(verb) {
            Relation::Ccomp => tree.head(verb),
            _ => tree.child(verb, Relation::Parataxis),
        }?;
        if tree.relation(said) == Relation::Advcl {
            return None;
        }
        let speaker = clause::of_verb(tree, said).subjects;
        let debtor = clause::of_verb(tree, verb);
        let debtor = if debtor.passive { debtor.objects } else { debtor.subjects };
        (!speaker.is_empty() && !debtor.is_empty()).then_some(Duty { speaker, debtor })
    }
}

/// Who puts a duty on whom.
pub(super) struct Duty {
    pub(super) speaker: Vec<usize>,
    pub(super) debtor: Vec<usize>,
}
