//! Repairs of the labeller's spans: names of the gazetteer and hyphenated names are not cut in two.

use super::bodies::with_whole_bodies;
use super::gazetteer::EntryKind;
use super::labeller::Labelled;
use super::lexicon::WordClass;
use super::people::name_in;
use super::view::{Shape, TokenView, View};
use crate::labels::Penn;
use irenic_model::MentionKind;

/// Mends the spans and adds the names that can be nothing else; sorted, the longer before the shorter inside it.
pub(super) fn repaired(view: &View<'_>, mut spans: Vec<Labelled>) -> Vec<Labelled> {
    spans = spans.into_iter().filter_map(|span| with_whole_names(view, span)).collect();
    spans = spans.into_iter().filter_map(|span| without_question_word(view, span)).collect();
    part_persons(view, &mut spans);
    for span in &mut spans {
        extend_over_hyphens(view, span);
        if span.kind == MentionKind::Person {
            extend_over_surname(view, span);
        }
    }
    add_certain_names(view, &mut spans);
    let mut spans = with_whole_bodies(view, spans);
    sort(&mut spans);
    join_titles(view, &mut spans);
    sort(&mut spans);
    let mut spans = without_crossings(spans);
    add_names_in_titles(view, &mut spans);
    sort(&mut spans);
    without_crossings(spans)
}

/// "what the monitors found": the word that asks is no part of a name.
fn without_question_word(view: &View<'_>, mut span: Labelled) -> Option<Labelled> {
    while span.start < span.end
        && matches!(view.tokens[span.start].xpos, Penn::Wp | Penn::Wdt | Penn::Wrb)
        && view.tokens[span.start].shape == Shape::Lower
    {
        span.start += 1;
    }
    (span.start < span.end).then_some(span)
}

/// "President Ana Marsh and Minister Philip Reyes" are two persons; in "Minister of Trade and Industry Philip Reyes"
/// what stands before the "and" is no name.
fn part_persons(view: &View<'_>, spans: &mut Vec<Labelled>) {
    let mut second = Vec::new();
    for span in spans.iter_mut().filter(|span| span.kind == MentionKind::Person) {
        let is_link = |&at: &usize| &*view.tokens[at].lower == "and";
        let Some(link) = (span.start + 1..span.end.saturating_sub(1)).find(is_link) else { continue };
        let before = name_in(view, span.start..link);
        let after = name_in(view, link + 1..span.end);
        let two = before.end == link && !before.is_empty() && !after.is_empty();
        if two {
            second.push(Labelled { start: link + 1, end: span.end, kind: span.kind });
            span.end = link;
        }
    }
    spans.append(&mut second);
}

/// "Dr." and "Ana Marsh" side by side are one person, the second also a mention of its own.
fn join_titles(view: &View<'_>, spans: &mut [Labelled]) {
    for at in 1..spans.len() {
        let (title, name) = (spans[at - 1], spans[at]);
        let persons = title.kind == MentionKind::Person && name.kind == MentionKind::Person;
        let short = &view.tokens[title.end - 1];
        let titled = short.classes.has(WordClass::Title) && short.shape != Shape::Lower;
        if persons && titled && title.end == name.start && view.tokens[name.start].shape != Shape::Lower {
            spans[at - 1].end = name.end;
        }
    }
}

/// "Foreign Secretary Philip Marsh" holds the person's name as a mention of its own, and no part of it.
fn add_names_in_titles(view: &View<'_>, spans: &mut Vec<Labelled>) {
    let mut names = Vec::new();
    let mut outer: Option<(Labelled, std::ops::Range<usize>)> = None;
    for span in spans.iter_mut().filter(|span| span.kind == MentionKind::Person) {
        match &outer {
            Some((titled, name)) if span.end <= titled.end => {
                if span.start < name.end && name.start < span.end && name.len() > 1 {
                    (span.start, span.end) = (name.start.min(span.start), name.end);
                }
            }
            _ => {
                let name = name_in(view, span.start..span.end);
                if name.len() > 1 && name.start > span.start {
                    names.push(Labelled { start: name.start, end: name.end, kind: MentionKind::Person });
                }
                outer = Some((*span, name));
            }
        }
    }
    spans.append(&mut names);
}

/// Of two spans that cross, the one that begins first stays.
fn without_crossings(spans: Vec<Labelled>) -> Vec<Labelled> {
    let mut end = 0;
    let mut fits_in = |span: &Labelled| {
        let fits = span.start >= end || span.end <= end;
        end = end.max(if fits { span.end } else { 0 });
        fits
    };
    spans.into_iter().filter(|span| fits_in(span)).collect()
}

/// Sorts spans and drops those that stand twice.
pub(super) fn sort(spans: &mut Vec<Labelled>) {
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end), span.kind));
    spans.dedup_by_key(|span| (span.start, span.end));
}

/// A span that cuts into a place's name is widened to the whole name; one inside it is dropped.
fn with_whole_names(view: &View<'_>, mut span: Labelled) -> Option<Labelled> {
    for edge in [span.start, span.end - 1] {
        let Some(hit) = view.hit_of(edge).filter(|hit| hit.end - hit.start > 1) else { continue };
        let inside = hit.start <= span.start && span.end <= hit.end;
        if inside && span.end - span.start < hit.end - hit.start {
            let own = view.tokens[span.start].own.filter(|_| span.end - span.start == 1);
            let named_apart =
                hit.sense.kind.is_organisation() && own.is_some_and(|own| own.kind <= EntryKind::People);
            return named_apart.then_some(span);
        }
        span.start = span.start.min(hit.start);
        span.end = span.end.max(hit.end);
    }
    Some(span)
}

/// "Levon Ter" to "Levon Ter-Petrosyan", where the labeller stopped at the hyphen.
fn extend_over_hyphens(view: &View<'_>, span: &mut Labelled) {
    let named = |at: usize| {
        let token = &view.tokens[at];
        matches!(token.shape, Shape::Capitalised | Shape::Mixed | Shape::AllCapitals)
            && view.hit_of(at).is_none()
    };
    while let [last, hyphen, next, ..] = &view.tokens[span.end - 1..] {
        if !is_hyphen(hyphen)
            || !touch(last, hyphen)
            || !touch(hyphen, next)
            || !named(span.end + 1)
            || last.shape == Shape::Lower
        {
            break;
        }
        span.end += 2;
    }
    while let Some([before, hyphen, first]) = span.start.checked_sub(2).map(|at| &view.tokens[at..=at + 2]) {
        if !is_hyphen(hyphen)
            || !touch(before, hyphen)
            || !touch(hyphen, first)
            || !named(span.start - 2)
            || first.shape == Shape::Lower
        {
            break;
        }
        span.start -= 2;
    }
}

fn is_hyphen(token: &TokenView<'_>) -> bool {
    matches!(token.text, "-" | "‐" | "‑" | "–")
}

fn touch(one: &TokenView<'_>, next: &TokenView<'_>) -> bool {
    one.span.end == next.span.start
}

/// A person's name goes on over capitalised words that are not everyday ones: an unknown surname.
fn extend_over_surname(view: &View<'_>, span: &mut Labelled) {
    let last = &view.tokens[span.end - 1];
    if !matches!(last.shape, Shape::Capitalised | Shape::Mixed | Shape::Initial) {
        return;
    }
    while let Some(next) = view.tokens.get(span.end) {
        let name = matches!(next.shape, Shape::Capitalised | Shape::Mixed)
            && !next.flags.common_word()
            && !next.initial
            && next.classes.bits() == 0
            && view.hit_of(span.end).is_none();
        let gap = next.span.start - view.tokens[span.end - 1].span.end;
        if !name || gap > 1 {
            break;
        }
        span.end += 1;
    }
}

/// Names of the gazetteer that can be nothing else are found whatever the labeller says.
fn add_certain_names(view: &View<'_>, spans: &mut Vec<Labelled>) {
    let mut covered = vec![false; view.tokens.len()];
    for span in spans.iter() {
        covered[span.start..span.end].fill(true);
    }
    for hit in view.hits.iter().filter(|hit| !hit.ambiguous && !covered[hit.start..hit.end].contains(&true)) {
        let kind = hit.sense.kind;
        let kind = if kind.is_place() {
            MentionKind::Location
        } else if kind.is_people() {
            MentionKind::Nationality
        } else {
            MentionKind::Organisation
        };
        spans.push(Labelled { start: hit.start, end: hit.end, kind });
    }
}
