//! Who suffered: names told from descriptions, and descriptions brought to the names they belong to.

use irenic_language::{Penn, Relation};
use irenic_model::{MentionKind, Span};

use super::Victim;
use super::assemble::Filled;
use super::features::words_of;
use super::phrases::{Phrase, Report};
use super::stages::Seen;
use super::titles::Titles;

/// The victims that some filled things name, in text order.
pub(super) fn victims(report: &Report<'_>, seen: &Seen, titles: &Titles, filled: &[Filled]) -> Vec<Victim> {
    let (mut named, mut described): (Vec<Victim>, Vec<(&Phrase, Victim)>) = (Vec::new(), Vec::new());
    for one in filled {
        let phrase = &report.phrases[one.phrase];
        if report.kind_at(report.tree.token(phrase.head).span) == Some(MentionKind::Location) {
            continue;
        }
        let victim = victim(report, seen, titles, phrase, one);
        match victim.name {
            Some(_) => add_named(&mut named, victim),
            None => described.push((phrase, victim)),
        }
    }
    let mut alone = Vec::new();
    for (phrase, victim) in described {
        match owner(report, phrase, &victim, &mut named) {
            Some(owner) if owner.description.is_none() => owner.description = victim.description,
            Some(_) => {}
            None => alone.push(victim),
        }
    }
    named.extend(alone);
    named.sort_by_key(|victim| victim.span);
    named
}

/// Adds a named victim, unless another has the same name or more of it.
fn add_named(named: &mut Vec<Victim>, victim: Victim) {
    let words = |victim: &Victim| words_of(victim.name.as_deref().unwrap_or(""));
    let inside = |a: &Victim, b: &Victim| words(a).iter().all(|word| words(b).contains(word));
    match named.iter_mut().find(|other| inside(other, &victim) || inside(&victim, other)) {
        Some(other) => {
            let description = other.description.take().or_else(|| victim.description.clone());
            if words(&victim).len() > words(other).len() {
                *other = victim;
            }
            other.description = description;
        }
        None => named.push(victim),
    }
}

/// The named victim that a description in the singular stands for: "the mayor", said of somebody with a name.
fn owner<'v>(
    report: &Report<'_>,
    phrase: &Phrase,
    described: &Victim,
    named: &'v mut [Victim],
) -> Option<&'v mut Victim> {
    let beside = |victim: &&mut Victim| {
        let gap = Span::new(
            victim.span.end.min(described.span.end),
            victim.span.start.max(described.span.start).max(victim.span.end.min(described.span.end)),
        );
        gap.of(report.text).trim().chars().all(|c| c == ',') && gap.end - gap.start <= 3
    };
    if described.number != Some(1) {
        return None;
    }
    if !report.is_definite(phrase) {
        return named.iter_mut().find(beside);
    }
    let before = named.iter().rposition(|victim| victim.span.start < described.span.start);
    named.get_mut(before.unwrap_or(0))
}

/// The number before a noun.
pub(super) fn counted(report: &Report<'_>, phrase: &Phrase) -> Option<u32> {
    let counter = report.tree.child(phrase.head, Relation::Nummod)?;
    number(report.tree.token(counter).span.of(report.text))
}

fn victim(report: &Report<'_>, seen: &Seen, titles: &Titles, phrase: &Phrase, filled: &Filled) -> Victim {
    let token = report.tree.token(phrase.head);
    let whole = report.plain_words(phrase);
    let name = match report.kind_at(token.span) {
        Some(MentionKind::Organisation) => None,
        kind if counted(report, phrase).is_none() => {
            titles.split(&whole, kind == Some(MentionKind::Person)).0
        }
        _ => None,
    };
    let description = match name {
        Some(_) => titles.best(seen, &filled.phrases),
        None => Some(whole),
    };
    let plural = token.xpos.is_plural() || matches!(token.xpos, Penn::Nns | Penn::Nnps);
    let number = if name.is_some() { Some(1) } else { filled.counted.or((!plural).then_some(1)) };
    Victim { name, description, number, effect: filled.effect, span: phrase.span }
}

fn number(word: &str) -> Option<u32> {
    const SMALL: [&str; 13] = [
        "ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN", "ELEVEN",
        "TWELVE",
    ];
    let upper = word.to_uppercase();
    let small = SMALL.iter().position(|small| *small == upper).map(|at| at as u32);
    small.or_else(|| upper.replace(',', "").parse().ok())
}
