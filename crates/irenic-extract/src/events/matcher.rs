//! Which words of a text name an event: the lexicon's frames tried on every verb, noun and adjective.

use std::collections::HashSet;

use irenic_language::{Penn, Relation, Upos};
use irenic_model::Span;

use super::clause::{self, Arguments};
use super::lexicon::{Frame, Lexicon, Site};
use super::repairs;
use super::tree::Tree;
use crate::lexicon::{Words, holds};

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
    /// Tokens that a name of anything but a weapon covers.
    pub(crate) names: HashSet<usize>,
    /// Tokens that any name covers.
    pub(crate) mentioned: HashSet<usize>,
    pub(crate) lexicon: &'static Lexicon,
}

impl Scene<'_> {
    /// The trigger at a token, where there is one.
    pub(crate) fn trigger(&self, token: usize) -> Option<Trigger> {
        match self.tree.token(token).upos {
            Upos::Verb => self.verb(token).or_else(|| self.noun_tagged_verb(token)),
            Upos::Noun | Upos::Propn => self.noun(token),
            Upos::Adj => self.adjective(token).or_else(|| self.verbal_adjective(token)),
            _ => None,
        }
    }

    fn verb(&self, token: usize) -> Option<Trigger> {
        self.verb_named(token, self.tree.lemma(token))
    }

    fn verb_named(&self, token: usize, lemma: &str) -> Option<Trigger> {
        let keys = self.lexicon.of(lemma, Upos::Verb);
        if keys.is_empty() || self.is_attribute(token) {
            return None;
        }
        let arguments = clause::of_verb(&self.tree, token);
        let words = self.clause_words(token);
        let fitting = keys.iter().filter_map(|key| {
            let frame = &self.lexicon.frames[key.frame];
            let particle = match key.next {
                None => 0,
                Some(particle) if self.is_followed_by(token, particle) => 1,
                Some(_) => return None,
            };
            self.fits(frame, token, &arguments, &words).then_some((frame, frame.particularity() + particle))
        });
        let frame = best(fitting)?;
        let trigger = Trigger { token, frame, arguments, nominal: false };
        (!self.is_everyday(&trigger)).then_some(trigger)
    }

    /// "rejected a US offer", read as a verb by the tagger.
    fn noun_tagged_verb(&self, token: usize) -> Option<Trigger> {
        let has_article = self.tree.children(token).any(|child| self.tree.relation(child) == Relation::Det);
        if has_article { self.noun(token) } else { None }
    }

    fn noun(&self, token: usize) -> Option<Trigger> {
        let lemma = self.tree.lemma(token).to_lowercase();
        let compound = self.tree.compound(token).map(|word| self.lexicon.of(word, Upos::Noun));
        let keys =
            compound.filter(|keys| !keys.is_empty()).unwrap_or_else(|| self.lexicon.of(&lemma, Upos::Noun));
        if keys.is_empty() || matches!(self.tree.relation(token), Relation::Compound | Relation::Flat) {
            return None;
        }
        let words = self.noun_words(token);
        let fitting = keys.iter().filter_map(|key| {
            let frame = &self.lexicon.frames[key.frame];
            let arguments = clause::of_noun(&self.tree, token, frame.of, self.lexicon);
            let counts = self.noun_counts(token, frame, &arguments);
            (counts && self.fits(frame, token, &arguments, &words)).then_some((frame, frame.particularity()))
        });
        let frame = best(fitting)?;
        let arguments = clause::of_noun(&self.tree, token, frame.of, self.lexicon);
        let trigger = Trigger { token, frame, arguments, nominal: true };
        (!self.is_everyday(&trigger)).then_some(trigger)
    }

    fn adjective(&self, token: usize) -> Option<Trigger> {
        let keys = self.lexicon.of(self.tree.lemma(token), Upos::Adj);
        let arguments = clause::of_verb(&self.tree, token);
        let fits = |frame: &Frame| self.fits(frame, token, &arguments, &Words::new());
        let frame = keys.iter().map(|key| &self.lexicon.frames[key.frame]).find(|frame| fits(frame))?;
        if arguments.subjects.is_empty() {
            return None;
        }
        Some(Trigger { token, frame, arguments, nominal: false })
    }

    /// "the town was besieged", "Norway severed relations", read as an adjective by the tagger.
    fn verbal_adjective(&self, token: usize) -> Option<Trigger> {
        let verb = self.tree.participle(token)?;
        let verbal = repairs::is_passive_adjective(&self.tree, token)
            || repairs::hidden_clause(&self.tree, token).is_some();
        if verbal { self.verb_named(token, verb) } else { None }
    }

    /// "the planned deployment", "proposed changes": a participle before a noun tells no event of its own.
    fn is_attribute(&self, token: usize) -> bool {
        matches!(self.tree.relation(token), Relation::Amod | Relation::Compound | Relation::Case)
            && clause::predicate_of(&self.tree, token).is_none()
            && repairs::hidden_clause(&self.tree, token).is_none()
            && repairs::clause_behind_its_subject(&self.tree, token).is_none()
            && repairs::accused_deed(&self.tree, token).is_none()
    }

    fn is_followed_by(&self, token: usize, particle: &str) -> bool {
        clause::is_followed_by(&self.tree, token, particle)
    }

    /// A noun names an event where a verb carries it; those of the chronicle also where they bring a date, a
    /// complement or a participant of their own.
    fn noun_counts(&self, token: usize, frame: &Frame, arguments: &Arguments) -> bool {
        if let Some(only) = &frame.light_only {
            return arguments.carrier.is_some_and(|verb| self.is_one_of(only, verb));
        }
        let heading = self.tree.head(token).is_none();
        let carried = arguments.carrier.is_some_and(|verb| {
            clause::is_light(&self.tree, verb, self.lexicon) || self.tree.relation(token).is_subject()
        });
        let own =
            !arguments.subjects.is_empty() || !arguments.objects.is_empty() || self.brings_its_own(token);
        let holds = self.tree.relation(token) == Relation::Nsubj
            && self.tree.head(token).is_some_and(|head| matches!(self.tree.lemma(head), "force" | "effect"));
        carried || heading || holds || (frame.chronicle && own)
    }

    /// Whether a noun has a participant, a place or a date of its own: "an ambush near Riga", "violence against villagers",
    /// "the 1992 massacre".
    pub(crate) fn brings_its_own(&self, noun: usize) -> bool {
        const BRINGS: [&str; 14] = [
            "against", "on", "upon", "near", "in", "at", "outside", "inside", "between", "among", "with",
            "by", "of", "from",
        ];
        let tree = &self.tree;
        let year = |at: usize| {
            tree.token(at).upos == Upos::Num && tree.token(at).span.len() == 4
                || clause::is_time_word(tree, at)
        };
        let brings = |child: usize| match tree.relation(child) {
            Relation::Nmod | Relation::Obl => {
                tree.case(child).is_some_and(|case| BRINGS.contains(&case))
                    && (self.can_act(child) || self.lexicon.is_in("base", tree.lemma(child)) || year(child))
            }
            Relation::Nummod | Relation::Compound | Relation::Amod => {
                tree.token(child).xpos == Penn::Cd && tree.token(child).span.len() == 4
            }
            _ => false,
        };
        tree.children(noun).any(brings) || self.has_dated_participle(noun)
    }

    /// "the raid carried out on 3 May", "invitations issued on 3 May": it was, whatever is done with the noun. A raid that was
    /// planned for 3 May need not have been.
    pub(crate) fn has_dated_participle(&self, noun: usize) -> bool {
        let tree = &self.tree;
        let dated = |verb: usize| tree.children(verb).any(|child| clause::is_time_word(tree, child));
        let real = |verb: &usize| self.lexicon.operator(tree.lemma(*verb), Site::Verb).is_none();
        let participle = |child: &usize| {
            matches!(tree.relation(*child), Relation::Acl | Relation::Advcl)
                && tree.token(*child).xpos == Penn::Vbn
        };
        // The parser may hang the participle from the verb above the noun.
        let behind = Some(noun + 1).filter(|&next| {
            next < tree.analysis.tokens.len()
                && tree.token(next).xpos == Penn::Vbn
                && tree.head(next) == tree.head(noun).filter(|&above| above < noun)
                && tree
                    .children(next)
                    .all(|child| !matches!(tree.relation(child), Relation::Aux | Relation::Mark))
        });
        tree.children(noun).filter(participle).chain(behind).filter(real).any(dated)
    }

    fn is_person(&self, noun: usize) -> bool {
        self.persons.contains(&noun) && self.tree.token(noun).upos != Upos::Pron
    }

    /// A name, or a noun of people and their bodies.
    fn can_act(&self, noun: usize) -> bool {
        // A name that nobody knows may be anybody's.
        let unknown = self.tree.token(noun).xpos == Penn::Nnp
            && !self.mentioned.contains(&noun)
            && !clause::is_time_word(&self.tree, noun);
        unknown || self.names.contains(&noun) || self.lexicon.is_people(&self.tree.lemma(noun).to_lowercase())
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
        let named = |heads: &[usize], set: &Words| {
            heads.iter().any(|&head| match frame.head_only {
                true => holds(set, self.tree.lemma(head)),
                false => self.phrase_holds(head, set),
            })
        };
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
            && all(&frame.complement, &|set| self.has_complement(frame, token, arguments, set))
            && (!frame.transitive || self.tree.token(token).upos == Upos::Noun || !objects.is_empty())
            && (!frame.with_clause || self.has_clause(token))
            && (!frame.object_place || objects.iter().any(|&at| self.is_place(at)))
            && (!frame.complement_place || self.leads_to_place(frame, arguments))
            && (!frame.object_acts
                || objects
                    .iter()
                    .any(|&at| self.can_act(at) || self.is_of_people(at) || self.counts_people(at)))
            && (!frame.subject_acts
                || arguments
                    .subjects
                    .iter()
                    .any(|&at| self.can_act(at) || self.stands_for_people(at) || self.counts_people(at)))
            && (!frame.subject_person || arguments.subjects.iter().any(|&at| self.is_person(at)))
            && (!frame.subject_place || arguments.subjects.iter().any(|at| self.places.contains(at)))
    }

    /// Whether a preposition of the frame brings in a place, by its name or its noun.
    fn leads_to_place(&self, frame: &Frame, arguments: &Arguments) -> bool {
        let fits = |case: &str| frame.preposition.as_ref().is_none_or(|cases| cases.contains(case));
        arguments.obliques.iter().any(|(case, at)| {
            fits(case) && (self.is_place(*at) || self.lexicon.is_in("base", self.tree.lemma(*at)))
        })
    }

    /// Whether a preposition of the frame brings one of the words in: "agreed to a truce", not "agreed to talk of a truce".
    fn has_complement(&self, frame: &Frame, token: usize, arguments: &Arguments, set: &Words) -> bool {
        let fits = |case: &str| frame.preposition.as_ref().is_none_or(|cases| cases.contains(case));
        let brought = arguments.obliques.iter().any(|(case, at)| fits(case) && self.phrase_holds(*at, set));
        // "went to Riga on strike": the parser may hang the phrase from a noun before it.
        brought
            || arguments.obliques.iter().map(|(_, at)| *at).chain(arguments.objects.iter().copied()).any(
                |noun| {
                    self.tree.children(noun).any(|child| {
                        noun > token
                            && self.tree.relation(child) == Relation::Nmod
                            && self.tree.case(child).is_some_and(fits)
                            && self.phrase_holds(child, set)
                    })
                },
            )
    }

    /// A place's name, or a part of one: "half of Latvia".
    fn is_place(&self, noun: usize) -> bool {
        const PARTS: [&str; 8] =
            ["half", "part", "most", "rest", "third", "quarter", "outskirt", "remainder"];
        let part = PARTS.contains(&self.tree.lemma(noun));
        // A name that nobody knows may be that of a place.
        let unknown = self.tree.token(noun).xpos == Penn::Nnp && !self.mentioned.contains(&noun);
        self.places.contains(&noun)
            || unknown
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
            let hands = matches!(self.tree.lemma(token), "hand" | "turn" | "take" | "give" | "sign");
            let particle =
                |case: &str| matches!(case, "off" | "up" | "out" | "down") || hands && case == "over";
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
            let relation = self.tree.relation(child);
            // "called him a liar", "calls them peaceful": what somebody is called is no clause.
            let named =
                !self.tree.token(child).upos.is_verbal() && self.tree.child(child, Relation::Cop).is_none();
            matches!(relation, Relation::Ccomp | Relation::Advcl) || relation == Relation::Xcomp && !named
        })
    }

    /// Where a list has persons, a person's name is one.
    fn phrase_holds(&self, head: usize, set: &Words) -> bool {
        set.contains("person") && (self.persons.contains(&head) || self.is_of_people(head))
            || self.tree.phrase(head).into_iter().any(|at| self.tree.is_one_of(set, at))
    }

    /// A pronoun for people, or a people's name: "beheaded one of them", "expelled hundreds of Norlanders".
    fn is_of_people(&self, head: usize) -> bool {
        let tree = &self.tree;
        let person = |at: usize| {
            self.stands_for_people(at) || tree.token(at).xpos == Penn::Nnps && !self.places.contains(&at)
        };
        // "another two hundred were released", "hanged more than a thousand"
        let more = matches!(tree.lemma(head), "more" | "fewer")
            && head + 1 < tree.analysis.tokens.len()
            && tree.lemma(head + 1) == "than";
        let number = tree.token(head).upos == Upos::Num || more;
        number || tree.phrase(head).into_iter().any(person)
    }

    /// "dozens of students", "one of the welders", "half of the garrison".
    fn counts_people(&self, head: usize) -> bool {
        let of = |child: &usize| {
            self.tree.relation(*child) == Relation::Nmod && self.tree.case(*child) == Some("of")
        };
        self.lexicon.is_in("quantity", self.tree.lemma(head).to_lowercase().trim_end_matches('s'))
            && self.tree.children(head).filter(of).any(|child| self.can_act(child))
    }

    /// A pronoun for people.
    fn stands_for_people(&self, at: usize) -> bool {
        const PRONOUNS: [&str; 8] = ["they", "he", "she", "we", "them", "him", "her", "us"];
        self.tree.token(at).xpos == Penn::Prp && PRONOUNS.contains(&self.tree.lemma(at))
    }

    fn clause_words(&self, token: usize) -> Words {
        let tree = &self.tree;
        let enter = |child: usize| {
            let relation = tree.relation(child);
            let other_clause = matches!(relation, Relation::AclRelcl | Relation::Parataxis | Relation::Acl);
            let fellow_verb = relation == Relation::Conj && tree.token(child).upos == Upos::Verb;
            let condition = relation == Relation::Advcl && tree.token(child).xpos != Penn::Vbg
                || relation == Relation::Ccomp && tree.head(child) != Some(token);
            // "was signed on 3 May, and a ceasefire on 5 May": a clause whose verb is left out hangs from the date.
            let of_date = || tree.head(child).is_some_and(|head| tree.token(head).upos == Upos::Num);
            let verbless = relation == Relation::Conj && tree.token(child).upos == Upos::Noun && of_date();
            !other_clause && !fellow_verb && !condition && !verbless
        };
        // "Norway severed relations", where the parser hangs the verb from its object.
        let top = repairs::hidden_clause(tree, token).map_or(token, |(_, object)| object);
        self.words_of(tree.below(top, enter))
    }

    fn noun_words(&self, token: usize) -> Words {
        let mut tokens = self.tree.phrase(token);
        // "the opening of a customs and border post": what is opened is the second of the two.
        let of = self.tree.children(token).filter(|&child| self.tree.case(child) == Some("of"));
        let fellows = of.flat_map(|child| self.tree.children(child));
        tokens.extend(fellows.filter(|&child| self.tree.relation(child) == Relation::Conj));
        if let Some(verb) = clause::carrier_of(&self.tree, token, self.lexicon) {
            tokens.push(verb);
            let near = |child: &usize| !self.tree.token(*child).upos.is_verbal();
            tokens.extend(self.tree.children(verb).filter(near));
        }
        self.words_of(tokens)
    }

    fn words_of(&self, tokens: Vec<usize>) -> Words {
        let lemmas = tokens.iter().map(|&at| self.tree.lemma(at));
        let compounds = tokens.iter().filter_map(|&at| self.tree.compound(at));
        lemmas.chain(compounds).flat_map(|word| self.lexicon.known(word)).collect()
    }

    /// The word or words that name the event.
    pub(crate) fn trigger_span(&self, token: usize) -> Span {
        let tree = &self.tree;
        let own = tree.token(token).span;
        let particle = tree.child(token, Relation::CompoundPrt).map(|at| tree.token(at).span);
        particle.filter(|particle| particle.start <= own.end + 1).map_or(own, |particle| own.cover(particle))
    }
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
