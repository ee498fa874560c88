//! Which places a noun phrase names: by a name, by a noun for a place, or as a share of a territory.

use std::cell::RefCell;
use std::collections::HashSet;

use irenic_language::mentions::fold::folded;
use irenic_language::mentions::{EntryKind, Gazetteer};
use irenic_language::{Penn, Relation, Upos};
use irenic_model::{Mention, MentionKind, Participant, Span};

use super::Scribe;
use super::dates::date_behind;
use super::words::is_in;
use crate::events::is_time_word;
use crate::frames::Reader;

/// Sentences back in which a place that is only referred to was named.
const SENTENCES_BACK: usize = 2;

/// The names that the text puts where places stand ("in Alba", "near Alba"), or that were found to be of places.
pub(super) struct Located(RefCell<HashSet<String>>);

impl Located {
    pub(super) fn new(reader: &Reader<'_, '_>) -> Self {
        let tree = &reader.scene.tree;
        let proper = |&at: &usize| {
            tree.token(at).upos == Upos::Propn
                && tree.case(at).is_some_and(is_where)
                && !is_time_word(tree, at)
        };
        let heads = (0..tree.analysis.tokens.len()).filter(proper);
        Self(RefCell::new(heads.map(|at| own_words(reader, at).0).collect()))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.borrow().contains(name)
    }

    /// A name was found to be of a place.
    pub(super) fn note(&self, name: &str) {
        self.0.borrow_mut().insert(name.to_owned());
    }
}

fn is_where(case: &str) -> bool {
    is_in("where", case)
}

/// Whether a word is a noun for places or for shares of them, in the singular or the plural.
pub(super) fn is_of_places(word: &str) -> bool {
    let one = word.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let one = one.as_deref().or(word.strip_suffix('s')).unwrap_or(word);
    [word, one].iter().any(|word| is_in("place_nouns", word) || is_in("shares", word))
}

/// What makes a name that nobody knows that of a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// The text puts it elsewhere where places stand.
    Evidence,
    /// What is said of it is said of places alone.
    Any,
    /// It stands after a noun for a place: "the districts of Alba and Berna".
    Called,
}

impl Scribe<'_, '_, '_> {
    /// The places that a noun phrase names, or those of a list after a noun for places ("five towns: Alba, Berna and Corva").
    ///
    /// A name that nobody knows is a place where the text puts it elsewhere where places stand, or where `any` name will do. What hangs
    /// from a head in `others` is left out.
    pub(super) fn places(&self, head: usize, others: &[usize], any: bool) -> Vec<Participant> {
        let trust = if any { Trust::Any } else { Trust::Evidence };
        let tree = &self.reader.scene.tree;
        let lemma = tree.lemma(head);
        if let Some(meant) = meant(self.reader, head) {
            return self.places(meant, others, any);
        }
        // "cleared the valley of rebels", read as one name.
        let whole = |place: &Participant| !others.iter().any(|&at| place.span.contains(tree.token(at).span));
        let common = |place: &Participant| {
            is_in("place_nouns", lemma)
                && !place.text.contains(char::is_uppercase)
                && !is_in("told_before", &place.text)
        };
        if let Some(named) = known(self.reader, head).filter(|place| whole(place) && !common(place)) {
            // "the town lies on the border": the one named before.
            let bare = named.text.split_whitespace().count() == 1 && is_in("told_before", &named.text);
            return vec![if bare { self.named_before(head, trust).unwrap_or(named) } else { named }];
        }
        if lemma == "it" && tree.token(head).upos == Upos::Pron {
            return self.named_before(head, trust).into_iter().collect();
        }
        if let Some(unknown) = self.unknown_name(head, trust) {
            return vec![unknown];
        }
        let share = is_in("shares", lemma)
            && tree.children(head).any(|child| {
                tree.relation(child) == Relation::Nmod
                    && tree.case(child) == Some("of")
                    && (known(self.reader, child).is_some() || is_in("place_nouns", tree.lemma(child)))
            });
        if !share && !is_in("place_nouns", lemma) {
            return Vec::new();
        }
        let below = tree.children(head).filter(|&child| {
            matches!(
                tree.relation(child),
                Relation::Appos | Relation::Flat | Relation::Compound | Relation::Parataxis | Relation::Dep
            ) || is_in("named_by", lemma)
                && tree.relation(child) == Relation::Nmod
                && tree.case(child) == Some("of")
        });
        let named: Vec<Participant> = below
            .flat_map(|child| tree.fellows(child))
            .filter_map(|child| {
                let called =
                    matches!(tree.relation(child), Relation::Nmod | Relation::Conj | Relation::Appos)
                        && is_in("named_by", lemma);
                let called = if called { Trust::Called } else { Trust::Evidence };
                let own = self.named(child, called)?;
                // "the towns of Norland" are not Norland.
                (!is_country(&own.text)).then_some(own)
            })
            .collect();
        let compound_only = named.len() == 1 && named[0].span.start < tree.token(head).span.start;
        if !share && !named.is_empty() && !compound_only {
            return named;
        }
        // "its positions in Alba", where the parser may hang the place from the verb.
        let beside = tree.head(head).map(|verb| tree.children(verb));
        if is_in("posts", lemma)
            && let Some(named) = tree.children(head).chain(beside.into_iter().flatten()).find_map(|child| {
                let within = matches!(tree.relation(child), Relation::Nmod | Relation::Obl)
                    && tree.case(child).is_some_and(is_where)
                    && child > head
                    && tree.token(child).upos == Upos::Propn
                    && !is_time_word(tree, child);
                within.then(|| self.named(child, Trust::Called))?
            })
        {
            return vec![named];
        }
        // "took the town", "this hilly district": the one named before, where the text names one.
        let own = |at: &usize| !others.contains(at) && tree.token(*at).upos != Upos::Punct;
        let joined = |at: &usize| !others.iter().any(|&other| other != head && tree.is_under(*at, other));
        let bare = tree.phrase(head).iter().filter(|at| own(at) && joined(at)).count();
        let pointed =
            tree.child(head, Relation::Det).is_some_and(|at| matches!(tree.lemma(at), "this" | "that"));
        if is_in("told_before", lemma)
            && !share
            && bare <= 2 + usize::from(pointed)
            && let Some(named) = self.named_before(head, trust)
        {
            return vec![named];
        }
        // "the occupation of a foreign country" tells of none.
        let any_such = tree.child(head, Relation::Det).is_some_and(|at| matches!(tree.lemma(at), "a" | "an"));
        if any_such && named.is_empty() && is_in("vague", lemma) {
            return Vec::new();
        }
        self.described(head, others, &named).into_iter().collect()
    }

    /// A place by the words for it: "the mine at Alba", "two thirds of the north".
    fn described(&self, head: usize, others: &[usize], named: &[Participant]) -> Option<Participant> {
        let tree = &self.reader.scene.tree;
        let (words, span) = self.reader.topic(head, others)?;
        // "its dam" is somebody else's to tell of.
        if tree.child(head, Relation::NmodPoss).is_some_and(|at| tree.token(at).upos == Upos::Pron) {
            return None;
        }
        let (words, span) = without_date(self.reader, head, words, span);
        let country = named.first().and_then(|one| one.country.clone());
        // "seized the mine at Alba", where the parser hangs the place from the verb.
        let behind = tree.analysis.tokens_in(span).end;
        let at = (behind + 1 < tree.analysis.tokens.len() && matches!(tree.lemma(behind), "at" | "near"))
            .then(|| self.named(behind + 1, Trust::Called))
            .flatten();
        let (text, span) = match at {
            Some(place) => (format!("{words} {} {}", tree.lemma(behind), place.text), span.cover(place.span)),
            None => (words, span),
        };
        Some(Participant { text, span, country, role: None })
    }

    /// The place that a word names: one that is known, or a name that nobody knows.
    fn named(&self, at: usize, trust: Trust) -> Option<Participant> {
        known(self.reader, at).or_else(|| self.unknown_name(at, trust))
    }

    /// A name that nobody knows, where a place stands: "handed Alba over".
    fn unknown_name(&self, head: usize, trust: Trust) -> Option<Participant> {
        let tree = &self.reader.scene.tree;
        let token = tree.token(head);
        let text = &self.reader.input.document.text;
        let first = tree.analysis.sentences[tree.analysis.sentence_of(head)].tokens.start == head;
        let capital = token.span.of(text).starts_with(char::is_uppercase);
        let people = self.reader.scene.lexicon.is_people(&token.lemma.to_lowercase());
        let proper = token.xpos == Penn::Nnp || token.xpos == Penn::Nn && !first;
        if is_time_word(tree, head) || people || !capital || !proper {
            return None;
        }
        let abbreviation = token.span.of(text).chars().nth(1).is_some_and(char::is_uppercase);
        let (name, span) = own_words(self.reader, head);
        let kind = name.rsplit(' ').next().filter(|last| last.len() < name.len());
        let camp = kind.is_some_and(|last| is_in("place_nouns", last))
            || is_in("first_words", name.split(' ').next().unwrap_or_default());
        let any = trust != Trust::Evidence;
        let free = trust == Trust::Called
            || self.located.has(&name)
            || match self.reader.names.covering(token.span) {
                None => any,
                Some(mention) => match mention.kind {
                    MentionKind::Location => true,
                    MentionKind::Organisation => {
                        let whole = mention.span.of(text).trim_start_matches("the ") == name;
                        any && whole && !name.contains(' ')
                    }
                    // A name that nothing else is known of may be read as a person's.
                    MentionKind::Person => any && !is_somebody(self.reader, mention, head),
                    _ => false,
                },
            };
        (camp || free && !abbreviation).then_some(Participant { text: name, span, country: None, role: None })
    }

    /// The place that "it" or "the town" stands for: the one that the sentence before is about, else the last one named. No
    /// country: it is neither a town nor taken.
    fn named_before(&self, head: usize, trust: Trust) -> Option<Participant> {
        let tree = &self.reader.scene.tree;
        let analysis = tree.analysis;
        let here = analysis.sentence_of(head);
        let first = here.saturating_sub(SENTENCES_BACK);
        let places = |sentence: usize| -> Vec<(usize, Participant)> {
            let tokens = analysis.sentences[sentence].tokens.clone().filter(|&at| at < head);
            let named = tokens.filter_map(|at| {
                let mention = self.reader.names.covering(tree.token(at).span);
                let inner = mention.and_then(|one| analysis.head_in(analysis.tokens_in(one.span)));
                let place = match mention {
                    Some(one) if one.kind == MentionKind::Location => {
                        let name = |at: usize| tree.token(at).upos == Upos::Propn;
                        let proper = name(at)
                            || is_in("place_nouns", tree.lemma(at)) && analysis.tokens_in(one.span).any(name);
                        let town = proper && inner == Some(at) && !is_country(&one.name);
                        let named = town.then(|| known(self.reader, at)).flatten();
                        named.filter(|place| place.text.starts_with(char::is_uppercase))
                    }
                    // Of a name that nobody knows its sentence must tell.
                    _ => {
                        let alone = mention.is_none_or(|one| one.span == tree.token(at).span);
                        let subject =
                            trust == Trust::Any && alone && sentence < here && tree.relation(at).is_subject();
                        self.unknown_name(at, if subject { trust } else { Trust::Evidence })
                    }
                };
                place.map(|place| (at, place))
            });
            named.collect()
        };
        // "Alba, on the road to Berna, had fallen; it was retaken": subject follows subject.
        let leads = tree.relation(head).is_subject();
        let about = |at: usize| {
            let mut above = std::iter::successors(Some(at), |&node| tree.head(node)).take(3);
            above.any(|node| tree.relation(node).is_subject())
        };
        let taken = |at: usize| matches!(tree.relation(at), Relation::Obj | Relation::Nmod);
        (first..=here).rev().find_map(|sentence| {
            let mut all = places(sentence);
            let subject = all.iter().position(|&(at, _)| {
                sentence < here && about(at)
                    || leads && tree.relation(at).is_subject() && tree.head(at) != tree.head(head)
            });
            let best = subject
                .or_else(|| all.iter().rposition(|&(at, _)| taken(at)))
                .or(all.len().checked_sub(1))?;
            Some(all.swap_remove(best).1)
        })
    }
}

/// The name that a noun for a place stands for in its sentence: "Alba, a settlement that …", "Alba was the only town that …",
/// "the airport, from which …".
fn meant(reader: &Reader<'_, '_>, head: usize) -> Option<usize> {
    let tree = &reader.scene.tree;
    let name = |&at: &usize| tree.token(at).upos == Upos::Propn;
    if matches!(tree.lemma(head), "which" | "where") {
        let mut above = std::iter::successors(Some(head), |&node| tree.head(node)).take(5);
        return above
            .find(|&node| tree.relation(node) == Relation::AclRelcl)
            .and_then(|node| tree.head(node));
    }
    if !is_in("place_nouns", tree.lemma(head)) {
        return None;
    }
    // "the Biafran capital, Enugu": the name, whatever else the words may name.
    if let Some(apposed) = tree.child(head, Relation::Appos).filter(name) {
        return Some(apposed);
    }
    if tree.child(head, Relation::Cop).is_some() {
        return tree.child(head, Relation::Nsubj).filter(name);
    }
    let first = tree.phrase(head).first().copied()?;
    let comma = first.checked_sub(1).filter(|&at| tree.token(at).span.of(&reader.input.document.text) == ",");
    let before = comma.and_then(|at| at.checked_sub(1)).filter(name);
    let article =
        tree.child(head, Relation::Det).is_some_and(|at| matches!(tree.lemma(at), "a" | "an" | "the"));
    match tree.relation(head) {
        Relation::Appos => tree.head(head).filter(name),
        _ if article => before,
        _ => None,
    }
}

/// A place without the date that the parser hangs from the words for it: "the city on 15 December".
fn without_date(reader: &Reader<'_, '_>, head: usize, words: String, span: Span) -> (String, Span) {
    let tree = &reader.scene.tree;
    let Some(date) = date_behind(reader, head, span.end) else { return (words, span) };
    let own = tree.analysis.tokens_in(Span::new(span.start, date.start));
    let last = reader.without_loose_end(own).unwrap_or(head);
    let span = Span::new(span.start, tree.token(last).span.end);
    (reader.words(span), span)
}

/// The place whose name a word is part of.
fn known(reader: &Reader<'_, '_>, at: usize) -> Option<Participant> {
    let mention = reader.names.covering(reader.scene.tree.token(at).span)?;
    (mention.kind == MentionKind::Location).then(|| own_name(reader, spelled(reader, mention)))
}

/// A place as the text spells it: "Agdam" stays Agdam, but "Rangoon" is Yangon.
fn spelled(reader: &Reader<'_, '_>, mention: &Mention) -> Participant {
    let mut place = reader.names.named(mention);
    let own = mention.span.of(&reader.input.document.text);
    if folded(own) == folded(&place.text) {
        own.clone_into(&mut place.text);
    }
    place
}

/// The name alone where a place is found with the words around it: "the rebel-held town of Alba", "Alba of rebels".
fn own_name(reader: &Reader<'_, '_>, place: Participant) -> Participant {
    let words = place.span.of(&reader.input.document.text);
    let Some((before, name)) = words.rsplit_once(" of ") else { return place };
    let capital = |words: &str| words.starts_with(char::is_uppercase);
    if !name.contains(char::is_uppercase) && capital(before) {
        let span = Span::new(place.span.start, place.span.start + before.len());
        return Participant { text: before.to_owned(), span, ..place };
    }
    let noun = before.split_whitespace().next_back().unwrap_or_default();
    let noun = noun.strip_suffix('s').unwrap_or(noun);
    let inner = is_in("named_by", noun) && !is_in("fields", noun);
    if capital(noun) || !inner || !capital(name) || is_country(name) {
        return place;
    }
    let span = Span::new(place.span.end - name.len(), place.span.end);
    Participant { text: name.to_owned(), span, ..place }
}

/// Whether a name is that of a person for sure: a title stands with it, or the text calls somebody by a part of it.
fn is_somebody(reader: &Reader<'_, '_>, mention: &Mention, head: usize) -> bool {
    let tree = &reader.scene.tree;
    let titled = tree.children(head).any(|child| {
        let title = tree.token(child).upos == Upos::Noun
            || reader.scene.lexicon.is_people(&tree.lemma(child).to_lowercase());
        title && matches!(tree.relation(child), Relation::Compound | Relation::Appos | Relation::Flat)
    });
    titled
        || mention.note.is_some()
        || mention.name != mention.span.of(&reader.input.document.text).trim_start_matches("the ")
}

/// The run of capitalised words around a name's head, and where it stands.
fn own_words(reader: &Reader<'_, '_>, head: usize) -> (String, Span) {
    let tree = &reader.scene.tree;
    let text = &reader.input.document.text;
    let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(head)].tokens;
    let part = |at: usize| {
        let word = tree.token(at).span.of(text);
        let number = word.bytes().all(|byte| byte.is_ascii_digit());
        (word.starts_with(char::is_uppercase) && tree.token(at).upos == Upos::Propn || number && at > head)
            && (at == head
                || tree.head(at) == Some(head)
                || tree.head(head) == Some(at)
                || tree.head(at) == tree.head(head))
    };
    let (mut first, mut last) = (head, head);
    while first > sentence.start && part(first - 1) {
        first -= 1;
    }
    while last + 1 < sentence.end && part(last + 1) {
        last += 1;
    }
    let span = tree.token(first).span.cover(tree.token(last).span);
    (reader.words(span), span)
}

fn is_country(name: &str) -> bool {
    let first = Gazetteer::embedded().find(name).and_then(|entry| entry.first());
    first.is_some_and(|sense| sense.kind == EntryKind::Country)
}
