//! Names of mentions: one canonical form, one country and one title for all mentions of one thing in a document.

use irenic_model::{Mention, MentionKind, Span};
use rustc_hash::FxHashMap;

use super::abbreviations::Abbreviations;
use super::aliases::Alias;
use super::gazetteer::fold::folded;
use super::labeller::Labelled;
use super::lexicon::WordClass;
use super::people::{PersonName, name_in};
use super::reference::{self, Scene};
use super::view::{Hit, Shape, View};

/// A thing that the document mentions.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    pub(super) kind: MentionKind,
    pub(super) name: String,
    pub(super) country: Option<String>,
    pub(super) note: Option<String>,
    /// An armed group, as the gazetteer or the name's own words say.
    pub(super) armed: bool,
    /// A town, as the gazetteer or the name's own words say.
    pub(super) town: bool,
    /// It has a name, not a description only.
    pub(super) named: bool,
    person: Option<PersonName>,
}

/// A mention on its way to its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft<'a> {
    pub(super) span: Labelled,
    /// The caller's word on it.
    pub(super) alias: Option<&'a Alias>,
}

/// The things of a document, and the ways to find one by a name.
#[derive(Debug, Default)]
struct Register {
    things: Vec<Thing>,
    by_key: FxHashMap<(MentionKind, String), usize>,
    /// Persons by each part of their name, latest last.
    by_part: FxHashMap<String, Vec<usize>>,
}

/// Names the mentions of a document; `drafts` are sorted, the longer before the shorter inside it.
pub(super) fn named(
    text: &str,
    view: &View<'_>,
    drafts: &[Draft<'_>],
    abbreviations: &Abbreviations,
) -> Vec<Mention> {
    let mut register = Register::default();
    let mut thing_of: Vec<Option<usize>> = vec![None; drafts.len()];
    // Full names first, so that a surname in a headline finds the full name below it.
    for (at, draft) in drafts.iter().enumerate() {
        thing_of[at] = match draft.alias {
            Some(alias) => Some(register.alias(alias)),
            None if draft.span.kind == MentionKind::Person => register.full_person(text, view, draft.span),
            None => register.named_thing(text, view, draft.span, abbreviations),
        };
    }
    for (at, draft) in drafts.iter().enumerate() {
        if thing_of[at].is_none() && draft.span.kind == MentionKind::Person {
            thing_of[at] = register.short_person(text, view, draft.span);
        }
    }
    reference::titles_beside_names(text, view, drafts, &mut thing_of, &mut register.things);
    let mut scene = Scene::default();
    for (at, draft) in drafts.iter().enumerate() {
        if thing_of[at].is_none() {
            thing_of[at] = scene.resolve(view, draft.span, &register.things);
        }
        if let Some(thing) = thing_of[at] {
            scene.see(view, draft.span, thing, &register.things[thing]);
        }
    }
    let finished = drafts.iter().zip(&thing_of);
    finished
        .map(|(draft, thing)| mention(text, view, draft.span, thing.map(|thing| &register.things[thing])))
        .collect()
}

impl Register {
    fn add(&mut self, key: String, thing: Thing) -> usize {
        let number = self.things.len();
        self.by_key.insert((thing.kind, key), number);
        self.things.push(thing);
        number
    }

    fn alias(&mut self, alias: &Alias) -> usize {
        let key = format!("={}", folded(&alias.name));
        if let Some(&known) = self.by_key.get(&(alias.kind, key.clone())) {
            return known;
        }
        let person = (alias.kind == MentionKind::Person).then(|| PersonName::new(&alias.name));
        let thing = Thing {
            kind: alias.kind,
            name: alias.name.clone(),
            country: alias.country.clone(),
            note: None,
            armed: false,
            town: false,
            named: true,
            person,
        };
        let number = self.add(key, thing);
        self.register_parts(number);
        number
    }

    fn register_parts(&mut self, number: usize) {
        let Some(person) = &self.things[number].person else { return };
        for part in person.parts().to_vec() {
            let holders = self.by_part.entry(part).or_default();
            if holders.last() != Some(&number) {
                holders.push(number);
            }
        }
    }

    fn full_person(&mut self, text: &str, view: &View<'_>, span: Labelled) -> Option<usize> {
        let name = words(text, view, name_in(view, span.start..span.end));
        let person = PersonName::new(&name);
        if person.is_short() {
            return None;
        }
        let known = self.person_like(&person, 0);
        let number = known.unwrap_or_else(|| {
            self.add(folded(&name), Thing::new(MentionKind::Person, name.clone()).with_person(person.clone()))
        });
        let thing = &mut self.things[number];
        if thing.person.as_ref().is_some_and(|known| known.may_be(&person) && *known != person)
            && !thing.name.contains(' ')
        {
            (thing.name, thing.person) = (name, Some(person));
        }
        self.register_parts(number);
        self.describe(text, view, span, number);
        Some(number)
    }

    fn short_person(&mut self, text: &str, view: &View<'_>, span: Labelled) -> Option<usize> {
        let tokens = name_in(view, span.start..span.end);
        let name = words(text, view, tokens.clone());
        let person = PersonName::new(&name);
        if person.parts().is_empty() {
            return None;
        }
        let key = (MentionKind::Person, folded(&name));
        let known = self.by_key.get(&key).copied().or_else(|| self.person_like(&person, 0));
        let number = known
            .unwrap_or_else(|| self.add(key.1, Thing::new(MentionKind::Person, name).with_person(person)));
        self.describe(text, view, span, number);
        Some(number)
    }

    /// The latest person from `first` on whose name this may be a form of, or the other way round.
    fn person_like(&self, person: &PersonName, first: usize) -> Option<usize> {
        let holders = self.by_part.get(person.last())?;
        let like = |number: &&usize| {
            let known = self.things[**number].person.as_ref();
            **number >= first && known.is_some_and(|known| person.may_be(known) || known.may_be(person))
        };
        // Names of one surname are few in a document; a text that is all one surname is not worth more.
        holders.iter().rev().take(16).find(like).copied()
    }

    /// Notes a person's title, and the country that it or the words before it name.
    fn describe(&mut self, text: &str, view: &View<'_>, span: Labelled, number: usize) {
        let name = name_in(view, span.start..span.end);
        let first = (span.start..name.start).find(|&at| view.tokens[at].upos != crate::Upos::Adv);
        let title = words(text, view, first.unwrap_or(name.start)..name.start);
        let thing = &mut self.things[number];
        if thing.country.is_none() {
            thing.country =
                country_in(view, span.start..name.start).or_else(|| country_before(view, span.start));
        }
        if thing.note.is_none() && title.chars().any(char::is_alphabetic) {
            thing.note = Some(title);
        }
    }

    fn named_thing(
        &mut self,
        text: &str,
        view: &View<'_>,
        span: Labelled,
        abbreviations: &Abbreviations,
    ) -> Option<usize> {
        let mut core = without_determiner(view, span.start..span.end);
        if core.is_empty() || is_pronoun(view, span) {
            return None;
        }
        if let Some((abbreviation, length)) = abbreviations.at(view, core.start)
            && length == core.len()
        {
            core = abbreviation.long.clone();
        }
        let core = own_name(view, span.kind, without_determiner(view, core));
        let hit = view.hit_of(core.start).filter(|hit| fits(hit, &core, span.kind));
        let name = words(text, view, core.clone());
        let named = view.tokens[core.clone()]
            .iter()
            .any(|token| token.shape != Shape::Lower && token.shape < Shape::Number);
        if hit.is_none() && !named {
            return None;
        }
        let key = hit.map_or_else(|| folded(&name), |hit| format!("#{}", hit.sense.id));
        if let Some(&known) = self.by_key.get(&(span.kind, key.clone())) {
            self.note_other_name(known, hit, &name);
            return Some(known);
        }
        let classes = |class| view.tokens[core.clone()].iter().any(|token| token.classes.has(class));
        let mut thing = Thing::new(span.kind, canonical(hit, &name));
        thing.country = hit
            .and_then(|hit| hit.sense.country.map(str::to_owned))
            .or_else(|| country_in(view, core.clone()));
        thing.armed =
            hit.map_or_else(|| classes(WordClass::Armed), |hit| hit.sense.kind == super::EntryKind::Armed);
        thing.town = hit
            .is_some_and(|hit| matches!(hit.sense.kind, super::EntryKind::City | super::EntryKind::Capital));
        let number = self.add(key, thing);
        self.note_other_name(number, hit, &name);
        Some(number)
    }

    /// A place that goes by another name in the gazetteer, or here, keeps it as its note.
    fn note_other_name(&mut self, number: usize, hit: Option<&Hit>, name: &str) {
        let Some(hit) =
            hit.filter(|hit| hit.sense.kind.is_place() && hit.sense.kind != super::EntryKind::Country)
        else {
            return;
        };
        let thing = &mut self.things[number];
        let differs = |other: &str| folded(other) != folded(&thing.name);
        let other = [name, hit.sense.name].into_iter().find(|other| differs(other));
        if let (None, Some(other)) = (&thing.note, other) {
            thing.note = Some(other.to_owned());
        }
    }
}

impl Thing {
    fn new(kind: MentionKind, name: String) -> Self {
        Self { kind, name, country: None, note: None, armed: false, town: false, named: true, person: None }
    }

    fn with_person(mut self, person: PersonName) -> Self {
        self.person = Some(person);
        self
    }
}

/// Whether a name of the gazetteer is just these tokens, and of the mention's kind.
fn fits(hit: &Hit, core: &std::ops::Range<usize>, kind: MentionKind) -> bool {
    let of_kind = match kind {
        MentionKind::Location => hit.sense.kind.is_place(),
        MentionKind::Nationality => hit.sense.kind.is_people(),
        // "Turkey said": a state is an actor too.
        MentionKind::Organisation => {
            !hit.sense.kind.is_place() || hit.sense.kind == super::EntryKind::Country
        }
        _ => false,
    };
    of_kind && hit.end == core.end && hit.start <= core.start && hit.start + 1 >= core.start
}

/// A country and a body go by the gazetteer's name, a place by the first name that the document gives it.
fn canonical(hit: Option<&Hit>, name: &str) -> String {
    match hit {
        Some(hit) if !hit.sense.kind.is_place() || hit.sense.kind == super::EntryKind::Country => {
            hit.sense.name.to_owned()
        }
        Some(hit) if folded(hit.sense.name) == folded(name) => hit.sense.name.to_owned(),
        _ => name.to_owned(),
    }
}

/// The country of the first people, state or place among the tokens; a people or state before a town.
pub(super) fn country_in(view: &View<'_>, tokens: std::ops::Range<usize>) -> Option<String> {
    // A town may be called Mission or Centre, but a body of that name is not of the town.
    let is_head =
        |hit: &Hit| hit.end - hit.start == 1 && view.tokens[hit.start].classes.has(WordClass::Organisation);
    let hits = || tokens.clone().filter_map(|at| view.hit_of(at).filter(|hit| !is_head(hit)));
    let senses = || hits().map(|hit| hit.sense);
    let states = senses().find(|sense| sense.kind <= super::EntryKind::People && sense.country.is_some());
    let country = states.or_else(|| senses().find(|sense| sense.country.is_some()))?.country;
    country.map(str::to_owned)
}

/// "Bolivian leader" before a name: the country of a people at most four words before, with only nouns between.
fn country_before(view: &View<'_>, at: usize) -> Option<String> {
    for before in (at.saturating_sub(4)..at).rev() {
        let token = &view.tokens[before];
        if let Some(hit) = view.hit_of(before).filter(|hit| hit.sense.kind <= super::EntryKind::People) {
            return hit.sense.country.map(str::to_owned);
        }
        if token.classes.nominal() == 0
            && !matches!(token.upos, crate::Upos::Noun | crate::Upos::Propn | crate::Upos::Adj)
        {
            return None;
        }
    }
    None
}

pub(super) fn without_determiner(view: &View<'_>, tokens: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let mut tokens = tokens;
    let small = |at: usize| {
        matches!(
            &*view.tokens[at].lower,
            "the"
                | "a"
                | "an"
                | "this"
                | "that"
                | "these"
                | "those"
                | "its"
                | "their"
                | "our"
                | "his"
                | "her"
                | "my"
        )
    };
    while tokens.len() > 1 && small(tokens.start) {
        tokens.start += 1;
    }
    tokens
}

/// "city of Marsh" is Marsh; other tokens are as they were.
fn own_name(view: &View<'_>, kind: MentionKind, tokens: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let town = |at: usize| {
        matches!(
            &*view.tokens[at].lower,
            "city" | "town" | "village" | "suburb" | "settlement" | "district" | "port"
        )
    };
    let of = tokens.start + 1;
    let named = kind == MentionKind::Location
        && tokens.len() > 2
        && town(tokens.start)
        && view.tokens[of].lower == "of"
        && view.tokens[of + 1..tokens.end].iter().all(|token| token.shape != Shape::Lower);
    if named { of + 1..tokens.end } else { tokens }
}

pub(super) fn is_pronoun(view: &View<'_>, span: Labelled) -> bool {
    span.end - span.start == 1 && view.tokens[span.start].upos == crate::Upos::Pron
}

/// The words of a stretch of tokens, white space made one space.
pub(super) fn words(text: &str, view: &View<'_>, tokens: std::ops::Range<usize>) -> String {
    let Some(first) = view.tokens.get(tokens.start).filter(|_| !tokens.is_empty()) else {
        return String::new();
    };
    let span = Span::new(first.span.start, view.tokens[tokens.end - 1].span.end);
    let quoted = span.of(text);
    if quoted.contains(['\n', '\r', '\t', '\u{a0}']) || quoted.contains("  ") {
        return quoted.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    quoted.to_owned()
}

fn mention(text: &str, view: &View<'_>, span: Labelled, thing: Option<&Thing>) -> Mention {
    let bytes = Span::new(view.tokens[span.start].span.start, view.tokens[span.end - 1].span.end);
    let (name, country, note) = match thing {
        Some(thing) => (thing.name.clone(), thing.country.clone(), thing.note.clone()),
        None => {
            let core = without_determiner(view, span.start..span.end);
            // A town may be called as a pronoun is; a pronoun lies nowhere.
            let country = if is_pronoun(view, span) { None } else { country_in(view, core.clone()) };
            (words(text, view, core), country, None)
        }
    };
    Mention { span: bytes, kind: span.kind, name, country, note }
}
