//! What stands around a word: whether a frame's conditions hold, and which heads fill its places.

use irenic_language::{Penn, Relation, Upos};
use irenic_model::{Mention, MentionKind};

use super::Reader;
use super::lexicon::{Frame, Place};
use crate::events::of_verb;
use crate::lexicon::Words;

impl Reader<'_, '_> {
    /// Whether what a frame asks for stands around the word.
    pub(super) fn holds(&self, frame: &Frame, token: usize) -> bool {
        let named = |set: &Option<Words>, place: Place| {
            set.as_ref()
                .is_none_or(|set| self.place(place, token).iter().any(|&head| self.phrase_has(head, set)))
        };
        let near = |set: &Words| self.near(token, set);
        let case = |set: &Words| self.scene.tree.case(token).is_some_and(|case| set.contains(case));
        let verb =
            |set: &Words| self.carrier(token).is_some_and(|verb| set.contains(self.scene.tree.lemma(verb)));
        named(&frame.object, Place::Object)
            && named(&frame.subject, Place::Subject)
            && named(&frame.head, Place::Head)
            && named(&frame.of, Place::Preposition("of"))
            && frame.with.as_ref().is_none_or(near)
            && frame.case.as_ref().is_none_or(case)
            && frame.under.as_ref().is_none_or(verb)
            && !near(&frame.except)
    }

    fn phrase_has(&self, head: usize, set: &Words) -> bool {
        let tree = &self.scene.tree;
        // "drove them from the valley": people, whoever they are.
        let them = tree.token(head).span.of(&self.input.document.text) == "them";
        if them && set.contains("rebel") || tree.phrase(head).into_iter().any(|at| tree.is_one_of(set, at)) {
            return true;
        }
        let meant = self.names.covering(tree.token(head).span);
        // "the Ethiopians entered": a people in arms.
        let people =
            |one: &Mention| one.kind == MentionKind::Nationality && tree.token(head).xpos.is_plural();
        if set.contains("rebel") && meant.is_some_and(people) {
            return true;
        }
        // "KLA" is the Kosovo Liberation Army, and a front that has a name is no line of fighting.
        const ARMED: [&str; 6] = ["front", "liberation", "army", "forces", "guard", "militia"];
        let armed = |word: &str| set.contains("rebel") && ARMED.contains(&word);
        meant.is_some_and(|one| {
            one.name.split(' ').any(|word| {
                let word = word.to_lowercase();
                set.contains(word.as_str()) || armed(&word)
            })
        })
    }

    /// Whether the sentence has one of the words, the frame's own left out.
    fn near(&self, token: usize, set: &Words) -> bool {
        let tree = &self.scene.tree;
        let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(token)];
        sentence.tokens.clone().any(|at| at != token && tree.is_one_of(set, at))
    }

    /// The verb that carries a noun.
    fn carrier(&self, token: usize) -> Option<usize> {
        let tree = &self.scene.tree;
        let head = tree.head(token)?;
        let carried = matches!(
            tree.relation(token),
            Relation::Obj | Relation::Obl | Relation::Nsubj | Relation::NsubjPass | Relation::Xcomp
        );
        (carried && tree.token(head).upos.is_verbal()).then_some(head)
    }

    /// The heads that fill a place of the word.
    pub(super) fn place(&self, place: Place, token: usize) -> Vec<usize> {
        let tree = &self.scene.tree;
        let verbal = tree.token(token).upos == Upos::Verb;
        match place {
            Place::Subject if verbal => of_verb(tree, token).subjects,
            Place::Subject => self.subject_of_noun(token),
            Place::Object if verbal => self.objects(token),
            Place::Object => Vec::new(),
            Place::Clause => self.clause(token),
            Place::Copula => self.copula(token),
            Place::Possessor => self.possessor(token),
            Place::Head => self.described(token),
            Place::Hyphen => self.hyphened(token),
            Place::Apposition => self.beside(token),
            Place::Accused => self.accused(token),
            Place::Carrier => self.carrier(token).into_iter().collect(),
            Place::Preposition(word) => self.after(word, token, verbal),
        }
    }

    fn objects(&self, token: usize) -> Vec<usize> {
        let tree = &self.scene.tree;
        let mut objects = of_verb(tree, token).objects;
        if objects.is_empty() {
            // "handed over the district", read as a preposition by the parser.
            let particle = |child: &usize| {
                tree.relation(*child) == Relation::Obl
                    && tree.case(*child).is_none_or(|case| {
                        matches!(case, "over" | "up" | "off" | "out" | "down" | "about" | "around")
                    })
                    && !crate::events::is_time_word(tree, *child)
            };
            objects.extend(tree.children(token).filter(particle));
        }
        // "The rebels control Alba", where the parser takes the verb for a noun.
        if objects.is_empty() {
            let next = |child: &usize| {
                tree.relation(*child) == Relation::Appos
                    && *child == token + 1
                    && tree.relation(token) == Relation::Root
            };
            objects.extend(tree.children(token).filter(next));
        }
        // "Alba fell in May and was recaptured in June": the subject of the verb before.
        if objects.is_empty()
            && tree.relation(token) == Relation::Conj
            && tree.child(token, Relation::AuxPass).is_some()
        {
            objects.extend(tree.head(token).and_then(|verb| tree.child(verb, Relation::Nsubj)));
        }
        // "Captured by the rebels in May, the town": of whom the clause tells.
        if objects.is_empty() && tree.token(token).xpos == Penn::Vbn {
            let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(token)].tokens;
            let subject = |&at: &usize| at > token && tree.relation(at).is_subject();
            let above = match tree.relation(token) {
                Relation::Advcl => tree.head(token).and_then(|above| tree.children(above).find(subject)),
                _ if sentence.start == token => sentence.clone().find(subject),
                _ => None,
            };
            objects.extend(above);
        }
        // "Alba, until then administered by Norland": what the clause stands behind.
        if objects.is_empty()
            && tree.relation(token) == Relation::Advcl
            && tree.token(token).xpos == Penn::Vbn
        {
            let first = tree.phrase(token).first().copied().unwrap_or(token);
            let comma = |at: &usize| tree.token(*at).span.of(&self.input.document.text) == ",";
            let noun = first.checked_sub(1).filter(comma).and_then(|at| at.checked_sub(1));
            objects.extend(noun.filter(|&at| tree.token(at).upos.is_nominal()));
        }
        // "talks brokered by the envoy"
        if objects.is_empty() && tree.relation(token) == Relation::Acl && tree.token(token).xpos == Penn::Vbn
        {
            objects.extend(tree.head(token));
        }
        objects
    }

    /// The subject of a noun's copula, of the verb that carries it, or the noun that it describes.
    fn subject_of_noun(&self, token: usize) -> Vec<usize> {
        let tree = &self.scene.tree;
        let subject = |child: &usize| tree.relation(*child).is_subject() && !self.is_date(*child);
        if let Some(own) = tree.children(token).find(subject) {
            // "the troops who had been in possession of Alba"
            let relative = tree.relation(token) == Relation::AclRelcl && tree.token(own).upos == Upos::Pron;
            return if relative { tree.head(token).into_iter().collect() } else { tree.fellows(own) };
        }
        if let Some(verb) = self.carrier(token) {
            let arguments = of_verb(tree, verb);
            let heads =
                if arguments.passive || matches!(tree.lemma(verb), "put" | "place" | "leave" | "bring") {
                    arguments.objects
                } else {
                    arguments.subjects
                };
            return heads.into_iter().filter(|&head| head != token).collect();
        }
        match tree.relation(token) {
            Relation::Nmod => tree.head(token).into_iter().collect(),
            // "was back under its control": the subject of what carries it, be it no verb.
            Relation::Obl => tree
                .head(token)
                .and_then(|above| tree.children(above).find(subject))
                .map_or_else(Vec::new, |own| tree.fellows(own)),
            _ => Vec::new(),
        }
    }

    /// What a verb's clause or infinitive is, by its verb.
    fn clause(&self, token: usize) -> Vec<usize> {
        let tree = &self.scene.tree;
        let clause = |child: &usize| {
            matches!(
                tree.relation(*child),
                Relation::Ccomp | Relation::Xcomp | Relation::Acl | Relation::Advcl
            ) && *child > token
                && (tree.relation(*child) != Relation::Advcl
                    || tree.child(*child, Relation::Mark).is_some_and(|mark| tree.lemma(mark) == "to"))
        };
        tree.children(token).filter(clause).take(1).collect()
    }

    /// What a noun is said to be: "the main obstacle is the border", "the border is the main obstacle".
    fn copula(&self, token: usize) -> Vec<usize> {
        let tree = &self.scene.tree;
        if tree.child(token, Relation::Cop).is_some() {
            return tree
                .child(token, Relation::Nsubj)
                .or_else(|| tree.child(token, Relation::Csubj))
                .map_or_else(Vec::new, |own| tree.fellows(own));
        }
        let Some(head) = tree.head(token) else { return Vec::new() };
        if tree.relation(token) == Relation::Nsubj {
            let nominal = tree.child(head, Relation::Cop).is_some();
            if nominal {
                return tree.fellows(head);
            }
            if matches!(tree.lemma(head), "be" | "remain" | "concern" | "become" | "include" | "involve") {
                let complement = |child: &usize| {
                    matches!(tree.relation(*child), Relation::Xcomp | Relation::Ccomp | Relation::Obj)
                };
                return tree.children(head).filter(complement).flat_map(|own| tree.fellows(own)).collect();
            }
        }
        // "the border remains an obstacle"
        if matches!(tree.relation(token), Relation::Xcomp | Relation::Obj)
            && matches!(tree.lemma(head), "remain" | "become" | "constitute" | "represent" | "be" | "prove")
        {
            return of_verb(tree, head).subjects;
        }
        // "called the border an obstacle", "describes the border as the main obstacle"
        Vec::new()
    }

    /// "the front's hands", "Norland control".
    fn possessor(&self, token: usize) -> Vec<usize> {
        let tree = &self.scene.tree;
        let poss = tree.child(token, Relation::NmodPoss);
        let named = |child: &usize| {
            matches!(tree.relation(*child), Relation::Compound | Relation::Amod | Relation::Nmod)
                && *child < token
                && (self.names.is_name(tree.token(*child).span)
                    || self.scene.lexicon.is_in("people", tree.lemma(*child))
                    || matches!(
                        tree.lemma(*child),
                        "federal" | "loyalist" | "secessionist" | "allied" | "enemy"
                    ))
        };
        poss.or_else(|| tree.children(token).find(named)).map_or_else(Vec::new, |own| tree.fellows(own))
    }

    /// The noun that a participle or an adjective stands before.
    fn described(&self, token: usize) -> Vec<usize> {
        let tree = &self.scene.tree;
        if !self.hyphened(token).is_empty() {
            // "rebel-held Alba", "Alba is a rebel-held town": what follows, whatever the parser makes of it, or what that is.
            let end = tree.analysis.tokens.len().min(token + 4);
            let noun = (token + 1..end).find(|&at| tree.token(at).upos.is_nominal());
            let noun = noun.map(|noun| match tree.relation(noun) {
                Relation::Compound => tree.head(noun).unwrap_or(noun),
                _ => noun,
            });
            let what = noun.map(|noun| match tree.child(noun, Relation::Cop) {
                Some(_) => tree.child(noun, Relation::Nsubj).unwrap_or(noun),
                None => noun,
            });
            return what.into_iter().collect();
        }
        match tree.relation(token) {
            Relation::Amod | Relation::Acl | Relation::AclRelcl | Relation::Nmod | Relation::Compound => {
                tree.head(token).into_iter().collect()
            }
            // "met with Norland as mediator", where the parser hangs it from the verb.
            Relation::Obl => tree
                .child(token, Relation::Case)
                .and_then(|case| case.checked_sub(1))
                .filter(|&before| tree.case(before) == Some("with"))
                .into_iter()
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The object of "accused" or "blamed" over a verb: who is said to do it.
    fn accused(&self, token: usize) -> Vec<usize> {
        let tree = &self.scene.tree;
        let mut above = std::iter::successors(tree.head(token), |&node| tree.head(node)).take(2);
        let verb = above.find(|&verb| matches!(tree.lemma(verb), "accuse" | "blame" | "suspect"));
        verb.map_or_else(Vec::new, |verb| self.objects(verb))
    }

    /// What a noun stands in apposition to, or what stands in apposition to it.
    fn beside(&self, token: usize) -> Vec<usize> {
        let tree = &self.scene.tree;
        let above = tree.head(token).filter(|_| tree.relation(token) == Relation::Appos);
        above.or_else(|| tree.child(token, Relation::Appos)).into_iter().collect()
    }

    /// "rebel-held": the word before the hyphen.
    fn hyphened(&self, token: usize) -> Vec<usize> {
        let tree = &self.scene.tree;
        let text = &self.input.document.text;
        let dash = |at: usize| matches!(tree.token(at).span.of(text), "-" | "–" | "‑");
        if token < 2 || !dash(token - 1) {
            return Vec::new();
        }
        let glued = tree.token(token - 2).span.end == tree.token(token - 1).span.start;
        if glued { vec![token - 2] } else { Vec::new() }
    }

    /// The complements that a preposition brings in: of the word, of its object, of the verb that carries it.
    fn after(&self, preposition: &str, token: usize, verbal: bool) -> Vec<usize> {
        let tree = &self.scene.tree;
        let with_case = |node: usize| {
            tree.children(node)
                .filter(|&child| {
                    matches!(tree.relation(child), Relation::Obl | Relation::Nmod | Relation::OblAgent)
                        && tree.case(child) == Some(preposition)
                        && !self.is_date(child)
                })
                .flat_map(|child| tree.fellows(child))
                .collect::<Vec<_>>()
        };
        let own = with_case(token);
        if !own.is_empty() {
            return own;
        }
        if !verbal {
            // "the withdrawal of the rebels from Berna": the parser may hang the second complement from the first.
            let chain = std::iter::successors(Some(token), |&node| {
                tree.children(node).find(|&child| tree.relation(child) == Relation::Nmod && child > node)
            });
            let nested = chain.skip(1).take(3).map(with_case).find(|heads| !heads.is_empty());
            return nested.unwrap_or_else(|| self.carrier(token).map_or_else(Vec::new, with_case));
        }
        let mut around = self.objects(token);
        around.extend(of_verb(tree, token).subjects);
        // "a round of talks between the parties"
        let inner: Vec<usize> = around
            .iter()
            .flat_map(|&noun| tree.children(noun).filter(|&child| tree.relation(child) == Relation::Nmod))
            .collect();
        around.extend(inner);
        // "retaken from the rebels by the army"
        let from = |&child: &usize| preposition == "by" && tree.relation(child) == Relation::Obl;
        around.extend(tree.children(token).filter(from));
        around.into_iter().map(with_case).find(|heads| !heads.is_empty()).unwrap_or_default()
    }

    fn is_date(&self, head: usize) -> bool {
        let span = self.scene.tree.token(head).span;
        let after = self.input.times.partition_point(|time| time.span.end <= span.start);
        self.input.times.get(after).is_some_and(|time| time.span.overlaps(span))
    }
}
