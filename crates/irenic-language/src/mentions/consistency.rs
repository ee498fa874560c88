//! One kind for one thing: spans whose kind cannot be right are mended, and names that the document has taught are
//! found wherever they stand.

use irenic_model::MentionKind;
use rustc_hash::{FxHashMap, FxHashSet};

use super::abbreviations::Abbreviations;
use super::gazetteer::EntryKind;
use super::labeller::Labelled;
use super::lexicon::WordClass;
use super::people::name_in;
use super::view::{Hit, Shape, TokenView, View};

/// Mends kinds by what the words themselves say.
pub(super) fn with_right_kinds(view: &View<'_>, mut spans: Vec<Labelled>) -> Vec<Labelled> {
    spans.retain(|span| !is_date(view, *span) && !is_article(view, *span));
    for span in &mut spans {
        if is_person_of_a_place(view, *span) {
            span.kind = MentionKind::Person;
            continue;
        }
        span.kind = by_gazetteer(view, *span).or_else(|| by_head(view, *span)).unwrap_or(span.kind);
    }
    spans
}

/// "The" alone, where the labeller stopped at a hyphen or a mark.
fn is_article(view: &View<'_>, span: Labelled) -> bool {
    span.end - span.start == 1 && matches!(&*view.tokens[span.start].lower, "the" | "a" | "an")
}

/// A first name that is a town's too, with a surname that the gazetteer does not know as a place.
fn is_person_of_a_place(view: &View<'_>, span: Labelled) -> bool {
    let (first, last) = (&view.tokens[span.start], &view.tokens[span.end - 1]);
    let town = view.hit_of(span.start).is_some_and(|hit| hit.end == span.start + 1);
    span.kind == MentionKind::Location
        && span.end - span.start == 2
        && first.flags.given_name()
        && town
        && view.hit_of(span.end - 1).is_none()
        && matches!(last.shape, Shape::Capitalised | Shape::Mixed)
        && !last.flags.common_word()
        && last.classes.nominal() == 0
}

/// Days, months and numbers alone.
fn is_date(view: &View<'_>, span: Labelled) -> bool {
    let mut calendar = 0;
    for token in &view.tokens[span.start..span.end] {
        let named = token.classes.has(WordClass::Calendar);
        calendar += usize::from(named);
        if !named && token.shape < Shape::Number {
            return false;
        }
    }
    calendar > 0
}

/// A name that the gazetteer knows as a place or a people, and as nothing else, is no person and no weapon.
fn by_gazetteer(view: &View<'_>, span: Labelled) -> Option<MentionKind> {
    let hit = view.hit_of(span.start).filter(|hit| is_whole(hit, span))?;
    let kind = hit.sense.kind;
    match span.kind {
        MentionKind::Person | MentionKind::Weapon if hit.ambiguous => None,
        MentionKind::Person | MentionKind::Weapon | MentionKind::Nationality if kind.is_place() => {
            Some(MentionKind::Location)
        }
        MentionKind::Person | MentionKind::Weapon | MentionKind::Location if kind.is_people() => {
            Some(MentionKind::Nationality)
        }
        MentionKind::Person | MentionKind::Weapon | MentionKind::Nationality | MentionKind::Location
            if kind.is_organisation() =>
        {
            Some(MentionKind::Organisation)
        }
        _ => None,
    }
}

fn is_whole(hit: &Hit, span: Labelled) -> bool {
    hit.start == span.start && hit.end == span.end
}

/// A head noun that can only be one kind of thing decides where the labeller has gone astray.
fn by_head(view: &View<'_>, span: Labelled) -> Option<MentionKind> {
    let head = head_of(view, span);
    let token = &view.tokens[head];
    let capital = token.shape != Shape::Lower;
    if token.classes.has(WordClass::Undertaking) && capital && span.end - span.start > 1 {
        return Some(MentionKind::Other);
    }
    let human = token.classes.has(WordClass::People) || token.classes.has(WordClass::Armed);
    let thing = token.classes.has(WordClass::Place) || token.classes.has(WordClass::Weapon);
    if human && !thing && !capital && matches!(span.kind, MentionKind::Weapon | MentionKind::Location) {
        return Some(MentionKind::Organisation);
    }
    let person = token.classes.has(WordClass::Role)
        || token.classes.has(WordClass::Person)
        || token.classes.has(WordClass::Title);
    let band = human || token.classes.has(WordClass::Organisation);
    if band && !person && span.kind == MentionKind::Person && (!capital || token.initial) {
        return Some(MentionKind::Organisation);
    }
    None
}

/// The head noun: the last word, or the one before "of".
fn head_of(view: &View<'_>, span: Labelled) -> usize {
    let of = (span.start + 1..span.end).find(|&at| matches!(&*view.tokens[at].lower, "of" | "on" | "for"));
    of.unwrap_or(span.end) - 1
}

/// A name's kind wherever the document has it: the commonest of the labeller's, where the gazetteer has a voice too.
pub(super) fn with_one_kind_a_name(view: &View<'_>, mut spans: Vec<Labelled>) -> Vec<Labelled> {
    let mut votes: FxHashMap<String, [usize; 6]> = FxHashMap::default();
    for span in &spans {
        if let Some((name, place)) = name_in_question(view, *span) {
            let fresh = || {
                let mut fresh = [0; 6];
                fresh[MentionKind::Location as usize] = usize::from(place);
                fresh
            };
            votes.entry(name).or_insert_with(fresh)[span.kind as usize] += 1;
        }
    }
    for span in &mut spans {
        let Some(votes) = name_in_question(view, *span).and_then(|(name, _)| votes.get(&name)) else {
            continue;
        };
        let all: usize = votes.iter().sum();
        let kinds = [MentionKind::Person, MentionKind::Organisation, MentionKind::Location];
        if let Some(kind) = kinds.into_iter().find(|&kind| votes[kind as usize] * 2 > all) {
            span.kind = kind;
        }
    }
    spans
}

/// A name in small letters, if its kind may be doubted, and whether the gazetteer thinks it a place. A state is both
/// a place and a body, and stays what it is where it stands.
fn name_in_question(view: &View<'_>, span: Labelled) -> Option<(String, bool)> {
    let words = &view.tokens[span.start..span.end];
    let named = words.iter().all(|word| word.shape != Shape::Lower && word.shape < Shape::Number);
    let place = match view.hit_of(span.start) {
        Some(hit)
            if !is_whole(hit, span) || !hit.sense.kind.is_place() || hit.sense.kind == EntryKind::Country =>
        {
            return None;
        }
        hit => hit.is_some(),
    };
    named.then(|| (words.iter().map(|word| &*word.lower).collect::<Vec<_>>().join(" "), place))
}

/// Finds what the labeller passed over: the document's own abbreviations, and persons' names that it has found
/// elsewhere.
pub(super) fn with_known_names(
    view: &View<'_>,
    mut spans: Vec<Labelled>,
    abbreviations: &Abbreviations,
) -> Vec<Labelled> {
    let mut covered = vec![false; view.tokens.len()];
    for span in &mut spans {
        covered[span.start..span.end].fill(true);
        if let Some((abbreviation, length)) = abbreviations.at(view, span.start)
            && length == span.end - span.start
        {
            span.kind = abbreviation.kind;
        }
    }
    let surnames = surnames(view, &spans);
    for at in 0..view.tokens.len() {
        if covered[at] {
            continue;
        }
        if let Some((abbreviation, length)) = abbreviations.at(view, at)
            && !covered[at..at + length].contains(&true)
        {
            spans.push(Labelled { start: at, end: at + length, kind: abbreviation.kind });
            covered[at..at + length].fill(true);
        } else if is_person_known(&view.tokens[at], &surnames) {
            spans.push(Labelled { start: at, end: at + 1, kind: MentionKind::Person });
        }
    }
    spans
}

/// "He", "she", or a surname of the document.
fn is_person_known(token: &TokenView<'_>, surnames: &FxHashSet<&str>) -> bool {
    let third = matches!(&*token.lower, "he" | "she");
    third || (token.shape != Shape::Lower && surnames.contains(&*token.lower))
}

/// Last words of persons' names, where they are not everyday words and the gazetteer does not know them.
fn surnames<'v>(view: &'v View<'_>, spans: &[Labelled]) -> FxHashSet<&'v str> {
    let mut surnames = FxHashSet::default();
    for span in spans.iter().filter(|span| span.kind == MentionKind::Person) {
        let name = name_in(view, span.start..span.end);
        let Some(last) = name.clone().next_back().map(|at| &view.tokens[at]) else { continue };
        let everyday = last.flags.common_word() || last.habits.lower > 0;
        if name.len() > 1 && !everyday && view.hit_of(name.end - 1).is_none() && last.text.chars().count() > 2
        {
            surnames.insert(&*last.lower);
        }
    }
    surnames
}
