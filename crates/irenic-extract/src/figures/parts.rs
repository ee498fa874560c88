//! How figures of one sentence hang together: breakdowns, lists and ellipsis.

use irenic_language::Upos;

use super::fate::{Fate, Side};
use super::lexicon::Lexicon;
use super::phrase::{Counted, Phrase};
use super::quantity::Quantity;
use crate::words::Word;

/// A quantity with what was found about it so far.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) quantity: Quantity,
    pub(super) phrase: Phrase,
    pub(super) fate: Option<Fate>,
    /// The candidate whose breakdown this one belongs to.
    pub(super) part_of: Option<usize>,
    /// The candidate whose group this one shares.
    pub(super) group_of: Option<usize>,
}

impl Candidate {
    /// The position after its own words.
    fn end(&self) -> usize {
        self.phrase.end.max(self.quantity.words.end)
    }

    fn is_people(&self) -> bool {
        self.phrase.counted.is_people()
            || matches!(self.phrase.counted, Counted::Nothing | Counted::Adjectives)
    }

    fn top(&self) -> f64 {
        self.quantity.upper.unwrap_or(self.quantity.value)
    }
}

/// "50 of the 210 monitors left": what happened, happened to the first, which is a part of the second.
pub(super) fn partitives(words: &[Word], candidates: &mut [Candidate]) {
    for at in 1..candidates.len() {
        let (front, back) = candidates.split_at_mut(at);
        let (part, whole) = (&mut front[at - 1], &mut back[0]);
        let gap = &words[part.quantity.words.end.min(whole.quantity.words.start)..whole.quantity.words.start];
        let of = gap.first().is_some_and(|word| word.is("of")) && gap.len() <= 2;
        if !of || part.top() > whole.top() {
            continue;
        }
        part.fate = part.fate.take().filter(|fate| fate.side == Side::Left).or_else(|| whole.fate.take());
        whole.fate = None;
        part.part_of = Some(at);
        part.group_of = Some(at);
    }
}

/// "Of the 23 dead, four were children": the second is a part of the first, and what it is said to be is its group.
fn of_these(words: &[Word], candidates: &mut [Candidate], lexicon: &Lexicon) {
    let [whole, part, ..] = candidates else { return };
    let start = whole.quantity.words.start;
    let opens = start <= 2 && words.first().is_some_and(|word| word.is("of"));
    let gap = &words[whole.end()..part.quantity.words.start.max(whole.end())];
    let follows =
        gap.last().is_some_and(|word| word.is(",")) && gap.iter().all(|word| word.upos != Some(Upos::Verb));
    let smaller = whole.is_people() && part.is_people() && part.top() <= whole.top();
    if !(opens && follows && smaller) || part.part_of.is_some() {
        return;
    }
    part.part_of = Some(0);
    let said = part.quantity.words.end;
    let be = words.get(said).is_some_and(|word| ["were", "was", "are", "is"].iter().any(|be| word.is(be)));
    let kind = be && lexicon.persons.at(words, said + 1).is_some();
    if kind && part.phrase.counted == Counted::Nothing && is_close(words.get(said + 2)) {
        part.phrase.counted = Counted::Persons;
        part.phrase.group = said + 1..said + 2;
        part.phrase.head = Some(said + 1);
        part.phrase.end = said + 2;
    }
}

/// Ties the candidates of one sentence together.
pub(super) fn tie(words: &[Word], candidates: &mut [Candidate], lexicon: &Lexicon) {
    of_these(words, candidates, lexicon);
    for at in 0..candidates.len() {
        breakdown(words, candidates, at, lexicon);
    }
    for at in (1..candidates.len()).rev() {
        share_with_next(words, candidates, at);
    }
    // The last before that says what happened to people: kept, so that a row of bare numbers is not searched anew.
    let mut model = None;
    for at in 1..candidates.len() {
        share_with_previous(words, candidates, at);
        let before = &candidates[at - 1];
        if before.fate.is_some() && before.is_people() {
            model = Some(at - 1);
        }
        if let Some(model) = model {
            ellipsis(words, candidates, at, model, lexicon);
        }
    }
    for at in 0..candidates.len() {
        if let Some(parent) = candidates[at].part_of
            && candidates[at].fate.is_none()
        {
            candidates[at].fate =
                candidates[parent].fate.clone().map(|fate| Fate { side: Side::Inherited, ..fate });
        }
    }
}

/// Whether the candidate at `at` begins or goes on with a breakdown of an earlier one: "(including 71 children, 267
/// women, and ...)", "of whom 10 were wounded", "15 civilians (nine women and six men)".
fn breakdown(words: &[Word], candidates: &mut [Candidate], at: usize, lexicon: &Lexicon) {
    let Some(before) = at.checked_sub(1) else { return };
    let gap =
        &words[candidates[before].end()..candidates[at].quantity.words.start.max(candidates[before].end())];
    let open = gap.iter().rposition(|word| word.is("(")).is_some();
    let closed = gap.iter().rposition(|word| word.is(")")).is_some();
    let says_parts = gap.len() <= 14 && (0..gap.len()).any(|from| lexicon.parts.at(gap, from).is_some());
    let sentence_goes_on = !gap
        .iter()
        .any(|word| matches!(word.lower.as_str(), "." | ";" | "and") && says_parts && !word.is("and"));
    let bare_bracket = open && gap.len() == 1;
    let parent = if closed || !candidates[at].is_people() && candidates[at].phrase.counted != Counted::Unknown
    {
        None
    } else if (says_parts && sentence_goes_on) || bare_bracket {
        Some(candidates[before].part_of.filter(|_| !open).unwrap_or(before))
    } else if is_list_joint(gap) {
        candidates[before]
            .part_of
            .filter(|_| candidates[at].fate.as_ref().is_none_or(|fate| fate.side != Side::Left))
    } else {
        None
    };
    if candidates[at].part_of.is_some() {
        return;
    }
    candidates[at].part_of = parent.filter(|&parent| {
        let total = &candidates[parent];
        let things =
            total.phrase.counted == Counted::Arms && candidates[at].phrase.counted == Counted::Nothing;
        (total.is_people() || things) && candidates[at].top() <= total.top()
    });
    // "279 weapons, of which 243": weapons too.
    if let Some(parent) =
        candidates[at].part_of.filter(|&parent| candidates[parent].phrase.counted == Counted::Arms)
    {
        candidates[at].phrase.counted = Counted::Arms;
        candidates[at].phrase.head = candidates[parent].phrase.head;
    }
    // A word of what happened that stands after the brackets speaks of the total.
    if candidates[at].part_of.is_some()
        && candidates[at].fate.as_ref().is_some_and(|fate| fate.side == Side::Clause)
    {
        candidates[at].fate = None;
    }
}

/// "and", ",", ", and": the gap between two members of a list.
fn is_list_joint(gap: &[Word]) -> bool {
    !gap.is_empty()
        && gap.len() <= 3
        && gap.iter().all(|word| matches!(word.lower.as_str(), "," | "and" | "or" | "plus" | "another"))
}

/// A joint of a list after a phrase without a verb: "[173 soldiers] in the north and [58 soldiers]".
fn ends_in_list_joint(gap: &[Word]) -> bool {
    let joint = gap.last().is_some_and(|last| last.is(",") || last.is("and"));
    let verb = gap.iter().any(|word| matches!(word.upos, Some(Upos::Verb | Upos::Aux)) || word.is(";"));
    is_list_joint(gap) || joint && gap.len() <= 8 && !verb
}

/// "40,000 of these and 100,000 of those displaced": what happened stands after the last of the list.
fn share_with_next(words: &[Word], candidates: &mut [Candidate], at: usize) {
    let (front, back) = candidates.split_at_mut(at);
    let (before, next) = (&mut front[at - 1], &back[0]);
    let gap = &words[before.end()..next.quantity.words.start.max(before.end())];
    let Some(fate) = &next.fate else { return };
    let stands_after = matches!(fate.side, Side::Right | Side::Inherited | Side::Clause)
        || before.phrase.counted == Counted::Adjectives;
    if before.fate.is_none()
        && before.part_of.is_none()
        && before.is_people()
        && is_list_joint(gap)
        && stands_after
    {
        before.fate = Some(Fate { side: Side::Inherited, ..fate.clone() });
        if before.phrase.counted == Counted::Adjectives && next.phrase.head.is_some() {
            before.group_of = Some(at);
        }
    }
}

/// "killed 30 people, two soldiers and ...": what happened stands before the first of the list; and "75 people were
/// killed and 1,643 wounded": the second counts the same people's group.
fn share_with_previous(words: &[Word], candidates: &mut [Candidate], at: usize) {
    let (front, back) = candidates.split_at_mut(at);
    let (before, next) = (&front[at - 1], &mut back[0]);
    let gap = &words[before.end()..next.quantity.words.start.max(before.end())];
    if next.fate.is_none()
        && next.part_of.is_none()
        && next.phrase.counted.is_people()
        && ends_in_list_joint(gap)
        && let Some(fate) = &before.fate
        && matches!(fate.side, Side::Left | Side::Clause | Side::Inherited)
    {
        next.fate = Some(Fate { side: Side::Inherited, ..fate.clone() });
    }
    let same_people = next.fate.as_ref().is_some_and(|fate| fate.counts != "casualties");
    if same_people && next.phrase.counted == Counted::Nothing && before.is_people() && before.fate.is_some() {
        next.group_of = Some(before.group_of.unwrap_or(at - 1));
    }
}

/// "The army puts the number at 300": what the sentence before counted is counted again.
pub(super) fn take_up(words: &[Word], next: &mut Candidate, counts: &str, lexicon: &Lexicon) {
    let bare = next.fate.is_none() && next.phrase.counted == Counted::Nothing && !next.quantity.share;
    let run = &next.quantity.words;
    if bare && lexicon.again.before(words, run.start).is_some() && is_close(words.get(run.end)) {
        next.fate = Some(Fate { counts: counts.to_owned(), side: Side::Inherited, end: next.phrase.end });
    }
}

/// Whether a clause ends here.
fn is_close(word: Option<&Word>) -> bool {
    word.is_none_or(|word| matches!(word.lower.as_str(), "." | "," | ";" | ")" | "!" | "?"))
}

/// "..., the other side claimed 300", "it said that 370 had": what was counted before, by the model, is counted again.
fn ellipsis(words: &[Word], candidates: &mut [Candidate], at: usize, model: usize, lexicon: &Lexicon) {
    let (front, back) = candidates.split_at_mut(at);
    let next = &mut back[0];
    if next.fate.is_some() || next.phrase.counted != Counted::Nothing || next.quantity.share {
        return;
    }
    let Quantity { words: run, .. } = &next.quantity;
    let after = words.get(run.end);
    let had =
        after.is_some_and(|word| ["had", "have", "were", "did", "was"].iter().any(|verb| word.is(verb)));
    let claimed = lexicon.ellipsis.before(words, run.start).is_some() && is_close(after);
    if claimed || had && is_close(words.get(run.end + 1)) {
        next.fate = front[model].fate.clone().map(|fate| Fate { side: Side::Inherited, ..fate });
        next.group_of = Some(front[model].group_of.unwrap_or(model));
    }
}
