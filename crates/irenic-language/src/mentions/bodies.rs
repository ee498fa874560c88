//! Bodies that are named by common words: "the Landmine Clearance Monitoring Centre".
//!
//! Each word of such a name may be an everyday one, and a labeller that looks a few words around takes the end of it for a
//! place, or stops at its "for". What tells it is that it stands in capitals behind "the" and ends, or begins, in a word
//! for a body.

use irenic_model::MentionKind;

use super::labeller::Labelled;
use super::lexicon::WordClass;
use super::view::{Shape, View};

/// Heads of bodies' names that stand for other things where they are not part of a name.
const HEADS: [&str; 7] = ["project", "survey", "initiative", "observatory", "mechanism", "watch", "tracker"];

/// Longest name that is looked for, in tokens.
const LONGEST: usize = 12;

/// Puts the bodies among the spans, in place of what cuts into their names.
pub(super) fn with_whole_bodies(view: &View<'_>, mut spans: Vec<Labelled>) -> Vec<Labelled> {
    // In a line of capitals these tell nothing.
    for (sentence, _) in view.sentences.iter().filter(|(_, capitals)| !capitals) {
        let mut at = sentence.start;
        while at < sentence.end {
            let named = (view.tokens[at].lower == "the").then(|| body(view, at + 1, sentence.end)).flatten();
            let Some(end) = named else {
                at += 1;
                continue;
            };
            put(&mut spans, Labelled { start: at + 1, end, kind: MentionKind::Organisation });
            at = end;
        }
    }
    spans
}

/// The end of the body's name that begins at `start`, if one does.
fn body(view: &View<'_>, start: usize, limit: usize) -> Option<usize> {
    let limit = limit.min(start + LONGEST);
    let end = run(view, start, limit);
    if end == start || !is_head(view, end - 1) || may_be_person(view, start..end) {
        return None;
    }
    let whole = tail(view, end, limit).unwrap_or(end);
    (whole - start > 1).then_some(whole)
}

/// "for Human Rights", "of Humanitarian Affairs": what a body is for, unless a place or a people stands there.
fn tail(view: &View<'_>, end: usize, limit: usize) -> Option<usize> {
    if end >= limit || !matches!(&*view.tokens[end].lower, "for" | "of") {
        return None;
    }
    let article = end + 1 < limit && view.tokens[end + 1].lower == "the" && view.tokens[end].lower == "for";
    let first = end + 1 + usize::from(article);
    let last = run(view, first, limit);
    if last == first || view.hit_of(first).is_some() || may_be_person(view, first..last) {
        return None;
    }
    Some(tail(view, last, limit).unwrap_or(last))
}

/// Words in capitals, with "and" between two of them.
fn run(view: &View<'_>, start: usize, limit: usize) -> usize {
    let capital = |at: usize| {
        at < limit
            && matches!(view.tokens[at].shape, Shape::Capitalised | Shape::Mixed | Shape::AllCapitals)
            && !view.tokens[at].classes.has(WordClass::Calendar)
    };
    let mut end = start;
    loop {
        if capital(end) {
            end += 1;
        } else if end > start
            && end < limit
            && view.tokens[end].lower == "and"
            && capital(end + 1)
            // "the Council and the Commission" are two, and so are two peoples.
            && !is_head(view, end - 1)
            && view.hit_of(end - 1).is_none()
            && view.hit_of(end + 1).is_none()
        {
            end += 2;
        } else {
            return end;
        }
    }
}

fn is_head(view: &View<'_>, at: usize) -> bool {
    let token = &view.tokens[at];
    let lower = &*token.lower;
    (token.classes.has(WordClass::Organisation) || HEADS.contains(&lower))
        && !token.classes.has(WordClass::Armed)
        && !token.classes.has(WordClass::Undertaking)
}

/// Whether a word of it is a title, an office or a first name: a person may stand there.
fn may_be_person(view: &View<'_>, tokens: std::ops::Range<usize>) -> bool {
    view.tokens[tokens].iter().any(|token| {
        (token.classes.has(WordClass::Title) || token.flags.given_name() && !token.flags.common_word())
            && !token.classes.has(WordClass::Organisation)
    })
}

fn put(spans: &mut Vec<Labelled>, body: Labelled) {
    let inside = |span: &Labelled| body.start <= span.start && span.end <= body.end;
    let around = |span: &Labelled| span.start <= body.start && body.end <= span.end;
    spans.retain_mut(|span| {
        if around(span) {
            span.kind = MentionKind::Organisation;
            return true;
        }
        let apart = span.end <= body.start || body.end <= span.start;
        apart || inside(span) && span.kind == MentionKind::Nationality
    });
    if !spans.iter().any(|span| (span.start, span.end) == (body.start, body.end)) {
        spans.push(body);
    }
}
