//! Which words of a text name an event: the lexicon's frames tried on every verb, noun and adjective.

use std::collections::HashSet;

use irenic_language::{Penn, Relation, Upos};
use irenic_model::Span;

use super::clause::{self, Arguments};
use super::lexicon::{Frame, Lexicon, Words};
use super::tree::Tree;

/// A word that may name an event, with the frame that it fits best.
pub(crate) struct Trigger {
    pub(crate) token: usize,
    pub(crate) frame: &'static Frame,
    pub(crate) arguments: Arguments,
    /// Whether it is a noun.
    pub(crate) nominal: bool,
}

/// What the matcher needs to know of the text.
pub(crate) struct Scene<'a> {
    pub(crate) tree: Tree<'a>,
    /// Tokens that a place's name covers.
    pub(crate) places: HashSet<usize>,
    /// Tokens that a person's name covers.
    pub(crate) persons: HashSet<usize>,
    pub(crate) lexicon: &'static Lexicon,
}

impl Scene<'_> {
    /// The trigger at a token, where there is one.
    pub(crate) fn trigger(&self, token: usize) -> Option<Trigger> {
        match self.tree.token(token).upos {
            Upos::Verb => self.verb(token).or_else(|| self.noun_tagged_verb(token)),
            Upos::Noun | Upos::Propn => self.noun(token),
            Upos::Adj => self.adjective(token),
            _ => None,
        }
    }

    fn verb(&self, token: usize) -> Option<Trigger> {
        let lemma = self.tree.lemma(token);
        let keys = self.lexicon.verb(lemma);
        if keys.is_empty() || self.is_attribute(token) {
            return None;
        }
        let arguments = clause::of_verb(&self.tree, token);
        let words = self.clause_words(token);
        let fitting = keys.iter().filter_map(|key| {
            let frame = &self.lexicon.frames[key.frame];
            let particle = match key.particle {
                None => 0,
                Some(particle) if self.is_followed_by(token, particle) => 1,
                Some(_) => return None,
            };
            self.fits(frame, token, &arguments, &words).then_some((frame, frame.particularity() + particle))
        });
        let frame = best(fitting)?;
        Some(Trigger { token, frame, arguments, nominal: false })
    }

    /// "rejected a US offer", read as a verb by the tagger.
    fn noun_tagged_verb(&self, token: usize) -> Option<Trigger> {
        let has_article = self.tree.children(token).any(|child| self.tree.relation(child) == Relation::Det);
        if has_article { self.noun(token) } else { None }
    }

    fn noun(&self, token: usize) -> Option<Trigger> {
        let lemma = self.tree.lemma(token).to_lowercase();
        let frames = self.lexicon.noun(&lemma);
        if frames.is_empty() || matches!(self.tree.relation(token), Relation::Compound | Relation::Flat) {
            return None;
        }
        let words = self.noun_words(token);
        let fitting = frames.iter().filter_map(|&at| {
            let frame = &self.lexicon.frames[at];
            let arguments = clause::of_noun(&self.tree, token, frame.of, self.lexicon);
            let counts = self.noun_counts(token, frame, &arguments);
            (counts && self.fits(frame, token, &arguments, &words)).then_some((frame, frame.particularity()))
        });
        let frame = best(fitting)?;
        let arguments = clause::of_noun(&self.tree, token, frame.of, self.lexicon);
        Some(Trigger { token, frame, arguments, nominal: true })
    }

    fn adjective(&self, token: usize) -> Option<Trigger> {
        let frames = self.lexicon.adjective(self.tree.lemma(token));
        let arguments = clause::of_verb(&self.tree, token);
        let fits = |frame: &Frame| self.fits(frame, token, &arguments, &Words::new());
        let frame = frames.iter().map(|&at| &self.lexicon.frames[at]).find(|frame| fits(frame))?;
        if arguments.subjects.is_empty() {
            return None;
        }
        Some(Trigger { token, frame, arguments, nominal: false })
    }

    /// "the planned deployment", "proposed changes": a participle before a noun tells no event of its own.
    fn is_attribute(&self, token: usize) -> bool {
        matches!(self.tree.relation(token), Relation::Amod | Relation::Compound | Relation::Case)
            && clause::predicate_of(&self.tree, token).is_none()
    }

    fn is_followed_by(&self, token: usize, particle: &str) -> bool {
        let end = self.tree.analysis.tokens.len().min(token + 4);
        // "called it Hope, on 9 May": the preposition of a date is no particle.
        let dates = |at: usize| at + 1 < end && clause::is_time_word(&self.tree, at + 1);
        let near = (token + 1..end).any(|at| self.tree.lemma(at) == particle && !dates(at));
        near || self.tree.children(token).any(|child| {
            self.tree.relation(child) == Relation::CompoundPrt && self.tree.lemma(child) == particle
        })
    }

    /// A noun names an event where a verb carries it; those of the chronicle also where they bring a date, a
    /// complement or a participant of their own.
    fn noun_counts(&self, token: usize, frame: &Frame, arguments: &Arguments) -> bool {
        if let Some(only) = &frame.light_only {
            return arguments.carrier.is_some_and(|verb| self.is_one_of(only, verb));
        }
        let heading = self.tree.head(token).is_none();
        let carried = arguments.carrier.is_some_and(|verb| {
            self.lexicon.is_light(self.tree.lemma(verb))
                || matches!(self.tree.relation(token), Relation::Nsubj | Relation::NsubjPass)
        });
        let own = !arguments.subjects.is_empty() || !arguments.objects.is_empty();
        carried || heading || (frame.chronicle && own)
    }

    fn is_one_of(&self, words: &Words, verb: usize) -> bool {
        let lemma = self.tree.lemma(verb);
        words.contains(lemma)
            || words.iter().any(|word| {
                word.split_once('_')
                    .is_some_and(|(first, next)| first == lemma && self.is_followed_by(verb, next))
            })
    }

    fn fits(&self, frame: &Frame, token: usize, arguments: &Arguments, words: &Words) -> bool {
        let all = |set: &Option<Words>, test: &dyn Fn(&Words) -> bool| set.as_ref().is_none_or(test);
        let named = |heads: &[usize], set: &Words| heads.iter().any(|&head| self.phrase_holds(head, set));
        if frame.except.iter().any(|word| words.contains(word)) {
            return false;
        }
        let objects = self.objects_of(token, arguments);
        all(&frame.object, &|set| named(&objects, set))
            && all(&frame.with, &|set| set.iter().any(|word| words.contains(word)))
            && all(&frame.subject, &|set| named(&self.subjects_of(token, arguments), set))
            && all(&frame.preposition, &|set| {
                // "called for sanctions against": the parser may hang the second from the verb or from the noun.
                let heads = objects.iter().copied().chain(arguments.obliques.iter().map(|(_, head)| *head));
                let mut within = heads.flat_map(|head| self.tree.children(head));
                arguments.obliques.iter().any(|(case, _)| set.contains(case.as_str()))
                    || within.any(|child| {
                        self.tree.relation(child) == Relation::Nmod
                            && self.tree.case(child).is_some_and(|case| set.contains(case))
                    })
            })
            && (!frame.transitive || self.tree.token(token).upos == Upos::Noun || !objects.is_empty())
            && (!frame.with_clause || self.has_clause(token))
            && (!frame.object_place || objects.iter().any(|&at| self.is_place(at)))
            && (!frame.subject_person || arguments.subjects.iter().any(|at| self.persons.contains(at)))
            && (!frame.subject_place || arguments.subjects.iter().any(|at| self.places.contains(at)))
    }

    /// A place's name, or a part of one: "half of Latvia".
    fn is_place(&self, noun: usize) -> bool {
        const PARTS: [&str; 8] =
            ["half", "part", "most", "rest", "third", "quarter", "outskirt", "remainder"];
        let part = PARTS.contains(&self.tree.lemma(noun));
        self.places.contains(&noun)
            || part && self.tree.phrase(noun).into_iter().any(|at| self.places.contains(&at))
    }

    /// The objects, or what stands where an object would, where the tree has none.
    fn objects_of(&self, token: usize, arguments: &Arguments) -> Vec<usize> {
        let mut objects = arguments.objects.clone();
        let nominal = |at: &usize| self.tree.token(*at).upos.is_nominal();
        if objects.is_empty() {
            let complement = |child: &usize| {
                matches!(self.tree.relation(*child), Relation::Xcomp | Relation::Ccomp | Relation::Dep)
            };
            objects.extend(self.tree.children(token).filter(complement).filter(nominal));
            // "called off the strike", read as a preposition by the parser
            let particle = |case: &str| matches!(case, "off" | "up" | "out" | "down");
            let phrasal = self.tree.child(token, Relation::CompoundPrt).is_some();
            let object = |case: &str| particle(case) || phrasal && case.is_empty();
            objects.extend(arguments.obliques.iter().filter(|(case, _)| object(case)).map(|&(_, at)| at));
        }
        objects
    }

    /// The subjects, or the noun before a participle that the tree takes for its description.
    fn subjects_of(&self, token: usize, arguments: &Arguments) -> Vec<usize> {
        let described = self.tree.relation(token) == Relation::Acl && arguments.subjects.is_empty();
        if described { arguments.objects.clone() } else { arguments.subjects.clone() }
    }

    /// The words of a trigger's arguments that its frame asks for: they name no event beside it.
    pub(crate) fn absorbed(&self, trigger: &Trigger) -> Vec<usize> {
        let mut found = Vec::new();
        let sides = [
            (&trigger.frame.object, self.objects_of(trigger.token, &trigger.arguments)),
            (&trigger.frame.subject, self.subjects_of(trigger.token, &trigger.arguments)),
        ];
        for (set, heads) in sides {
            let Some(set) = set else { continue };
            let words = heads.into_iter().flat_map(|head| self.tree.phrase(head));
            found.extend(words.filter(|&at| holds(set, self.tree.lemma(at))));
        }
        found
    }

    fn has_clause(&self, token: usize) -> bool {
        self.tree.children(token).any(|child| {
            matches!(self.tree.relation(child), Relation::Xcomp | Relation::Ccomp | Relation::Advcl)
        })
    }

    fn phrase_holds(&self, head: usize, set: &Words) -> bool {
        self.tree.phrase(head).into_iter().any(|at| holds(set, self.tree.lemma(at)))
    }

    fn clause_words(&self, token: usize) -> Words {
        let tree = &self.tree;
        let enter = |child: usize| {
            let relation = tree.relation(child);
            let other_clause = matches!(relation, Relation::AclRelcl | Relation::Parataxis | Relation::Acl);
            let fellow_verb = relation == Relation::Conj && tree.token(child).upos == Upos::Verb;
            let condition = relation == Relation::Advcl && tree.token(child).xpos != Penn::Vbg
                || relation == Relation::Ccomp && tree.head(child) != Some(token);
            !other_clause && !fellow_verb && !condition
        };
        self.words_of(tree.below(token, enter))
    }

    fn noun_words(&self, token: usize) -> Words {
        let mut tokens = self.tree.phrase(token);
        if let Some(verb) = clause::carrier_of(&self.tree, token, self.lexicon) {
            tokens.push(verb);
            let near = |child: &usize| !self.tree.token(*child).upos.is_verbal();
            tokens.extend(self.tree.children(verb).filter(near));
        }
        self.words_of(tokens)
    }

    fn words_of(&self, tokens: Vec<usize>) -> Words {
        tokens.into_iter().flat_map(|at| self.lexicon.known(self.tree.lemma(at))).collect()
    }

    /// The word or words that name the event.
    pub(crate) fn trigger_span(&self, token: usize) -> Span {
        let tree = &self.tree;
        let own = tree.token(token).span;
        let particle = tree.child(token, Relation::CompoundPrt).map(|at| tree.token(at).span);
        particle.filter(|particle| particle.start <= own.end + 1).map_or(own, |particle| own.cover(particle))
    }
}

/// Whether a set holds a lemma, or the singular that it would have.
pub(crate) fn holds(set: &Words, lemma: &str) -> bool {
    set.contains(lemma)
        || lemma.strip_suffix('s').is_some_and(|singular| set.contains(singular))
        || set.contains(lemma.to_lowercase().as_str())
}

fn best<'f>(fitting: impl Iterator<Item = (&'f Frame, usize)>) -> Option<&'f Frame> {
    let mut best: Option<(&Frame, usize)> = None;
    for (frame, weight) in fitting {
        if best.is_none_or(|(_, most)| weight > most) {
            best = Some((frame, weight));
        }
    }
    best.map(|(frame, _)| frame)
}
