//! What violence is done with, to whom and to what, and with what effect; and who a participant is.
//!
//! The words are data, `rules/en/events/roles.toml`; the examples in that file run as tests.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use irenic_language::mentions::Gazetteer;
use irenic_language::{Relation, Upos};
use irenic_model::{ActorRole, Effect, EventClass, Harm, Participant};
use serde::Deserialize;

use super::clause::{self, Arguments};
use super::matcher::{Scene, Trigger};
use super::participants::Names;
use super::tree::Tree;
use crate::lexicon::{Words, holds};

pub(super) const RULES: &str = include_str!("../../../../rules/en/events/roles.toml");

static ENGLISH: LazyLock<Lists> =
    LazyLock::new(|| Lists::read(RULES).expect("a test reads the file that is built in"));

/// The lists of the file.
struct Lists {
    roles: Vec<(ActorRole, Words)>,
    names: Vec<(ActorRole, Vec<&'static str>)>,
    instruments: Words,
    used_by: Words,
    property: Words,
    effects: Vec<(Effect, Words)>,
    harm: Words,
}

#[derive(Deserialize)]
struct File {
    roles: BTreeMap<String, String>,
    names: BTreeMap<String, String>,
    instruments: BTreeMap<String, String>,
    property: BTreeMap<String, String>,
    effects: BTreeMap<String, String>,
}

impl Lists {
    fn read(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let words = |list: &BTreeMap<String, String>, name: &str| -> Words {
            crate::lexicon::words(list.get(name).map_or("", String::as_str)).collect()
        };
        let roles = ActorRole::ALL.into_iter().map(|role| (role, words(&file.roles, role.name()))).collect();
        let names = ActorRole::ALL.into_iter().filter_map(|role| {
            let list = file.names.get(role.name())?.clone();
            let parts: &'static str = Box::leak(list.into_boxed_str());
            Some((role, parts.split('|').map(str::trim).filter(|part| !part.is_empty()).collect()))
        });
        let effects = [Effect::Killed, Effect::Wounded, Effect::Damaged];
        Ok(Self {
            names: names.collect(),
            roles,
            instruments: words(&file.instruments, "words"),
            used_by: words(&file.instruments, "used_by"),
            property: words(&file.property, "words"),
            effects: effects.map(|effect| (effect, words(&file.effects, effect.name()))).into(),
            harm: words(&file.effects, "harm"),
        })
    }
}

/// Who a participant is, by its words: `None` where they do not tell.
pub(super) fn role(tree: &Tree<'_>, head: usize, participant: &Participant) -> Option<ActorRole> {
    let lists = &*ENGLISH;
    let named =
        lists.names.iter().find(|(_, parts)| parts.iter().any(|part| participant.text.contains(part)));
    if let Some((role, _)) = named {
        return Some(*role);
    }
    let has = |words: &Words, at: usize| holds(words, tree.lemma(at));
    let phrase: Vec<usize> = tree
        .phrase(head)
        .into_iter()
        .filter(|&at| {
            at == head || matches!(tree.relation(at), Relation::Amod | Relation::Compound | Relation::Flat)
        })
        .collect();
    // "rebel forces", "peacekeeping troops": the word before tells whose.
    let marked = lists.roles[..2].iter().find(|(_, words)| phrase.iter().any(|&at| has(words, at)));
    let by_head = || lists.roles.iter().find(|(_, words)| has(words, head));
    let by_rest = || lists.roles.iter().find(|(_, words)| phrase.iter().any(|&at| has(words, at)));
    if let Some((role, _)) = marked.or_else(by_head).or_else(by_rest) {
        return Some(*role);
    }
    let country = Gazetteer::embedded().country_of(&participant.text).is_some();
    country.then_some(ActorRole::Government)
}

/// What violence is done with, to whom and to what, and with what effect.
pub(super) fn harm(scene: &Scene<'_>, names: &Names<'_>, trigger: &Trigger) -> Harm {
    let violent = matches!(trigger.frame.class, EventClass::Assault)
        || trigger.frame.class == EventClass::Coerce && trigger.frame.mode == Some("destroy");
    if !violent {
        return Harm::default();
    }
    let tree = &scene.tree;
    let carrier = trigger.arguments.carrier;
    let whole = carrier.map(|verb| clause::of_verb(tree, verb));
    let mut hit: Vec<usize> = Vec::new();
    for arguments in [Some(&trigger.arguments), whole.as_ref()].into_iter().flatten() {
        hit.extend(targets(arguments, trigger));
    }
    hit.retain(|&at| at != trigger.token);
    hit.sort_unstable();
    hit.dedup();
    let lists = &*ENGLISH;
    let thing = |at: usize| lists.property.contains(tree.lemma(at)) || scene.places.contains(&at);
    let person = |at: usize| {
        !thing(at)
            && (scene.persons.contains(&at)
                || scene.lexicon.is_in("people", tree.lemma(at))
                || lists.roles.iter().any(|(_, words)| holds(words, tree.lemma(at))))
    };
    let told = |heads: Vec<usize>| -> Vec<Participant> {
        heads.into_iter().map(|head| names.participant(tree, head)).collect()
    };
    let instruments = instruments(scene, trigger);
    let effects = effects(scene, trigger);
    let weapon = |at: usize| holds(&lists.instruments, tree.lemma(at));
    let people = hit.iter().copied().filter(|&at| person(at) && !weapon(at)).collect();
    let property = hit.iter().copied().filter(|&at| thing(at)).collect();
    Harm { instruments: told(instruments), people: told(people), property: told(property), effects }
}

fn targets(arguments: &Arguments, trigger: &Trigger) -> Vec<usize> {
    let aimed = |case: &str| matches!(case, "on" | "at" | "against" | "upon");
    let mut heads = arguments.objects.clone();
    if trigger.frame.undergoes {
        heads.extend(&arguments.subjects);
    }
    heads.extend(arguments.obliques.iter().filter(|(case, _)| aimed(case)).map(|(_, at)| *at));
    heads
}

/// "with mortars", "a mortar attack", "rockets hit", "fired rockets".
fn instruments(scene: &Scene<'_>, trigger: &Trigger) -> Vec<usize> {
    let tree = &scene.tree;
    let lists = &*ENGLISH;
    let weapon = |at: &usize| holds(&lists.instruments, tree.lemma(*at));
    let arguments = &trigger.arguments;
    let mut found: Vec<usize> = arguments.subjects.iter().copied().filter(weapon).collect();
    let with = |case: &str| matches!(case, "with" | "by" | "from" | "in" | "using");
    for (_, at) in arguments.obliques.iter().filter(|(case, _)| with(case)) {
        found.extend(tree.phrase(*at).into_iter().filter(weapon));
    }
    if lists.used_by.contains(tree.lemma(trigger.token)) {
        found.extend(arguments.objects.iter().copied().filter(weapon));
    }
    if trigger.nominal {
        let before = |child: &usize| {
            matches!(tree.relation(*child), Relation::Compound | Relation::Amod | Relation::Nmod)
        };
        found.extend(tree.children(trigger.token).filter(before).filter(weapon));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What the event's own words, the verb that carries it and the clauses right under it say of its effect.
fn effects(scene: &Scene<'_>, trigger: &Trigger) -> Vec<Effect> {
    let tree = &scene.tree;
    let mut tellers = vec![trigger.token];
    tellers.extend(trigger.arguments.carrier);
    for at in tellers.clone() {
        let result = |child: &usize| {
            matches!(tree.relation(*child), Relation::Advcl | Relation::Conj | Relation::Xcomp)
                && matches!(tree.token(*child).upos, Upos::Verb | Upos::Adj)
        };
        tellers.extend(tree.children(at).filter(result));
    }
    let lists = &*ENGLISH;
    let says = |words: &Words, at: usize| {
        let lemma = tree.lemma(at);
        words.contains(lemma)
            || words.iter().any(|word| {
                word.split_once('_')
                    .is_some_and(|(verb, next)| verb == lemma && clause::is_followed_by(tree, at, next))
            })
    };
    let told = lists.effects.iter().filter(|(_, words)| tellers.iter().any(|&at| says(words, at)));
    let mut effects: Vec<Effect> = told.map(|(effect, _)| *effect).collect();
    if effects.is_empty() && denies_harm(tree, trigger.token) {
        effects.push(Effect::Unharmed);
    }
    effects
}

/// "no casualties were reported", "without casualties".
fn denies_harm(tree: &Tree<'_>, token: usize) -> bool {
    let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(token)];
    let denied = |at: usize| {
        tree.children(at).any(|child| match tree.relation(child) {
            Relation::Det | Relation::Advmod => tree.lemma(child).eq_ignore_ascii_case("no"),
            Relation::Case => tree.lemma(child).eq_ignore_ascii_case("without"),
            _ => false,
        })
    };
    sentence.tokens.clone().any(|at| holds(&ENGLISH.harm, tree.lemma(at)) && denied(at))
}
