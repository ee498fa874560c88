//! Who suffered: names told from descriptions, and descriptions brought to the names they belong to.

use irenic_language::mentions::Gazetteer;
use irenic_language::{Penn, Relation, Upos};
use irenic_model::{MentionKind, Span};

use super::Victim;
use super::assemble::Filled;
use super::features::words_of;
use super::phrases::{Phrase, Report};

/// The victims that some filled things name, in text order.
pub(super) fn victims(report: &Report<'_>, filled: &[Filled]) -> Vec<Victim> {
    let (mut named, mut described): (Vec<Victim>, Vec<(&Phrase, Victim)>) = (Vec::new(), Vec::new());
    for one in filled {
        let phrase = &report.phrases[one.phrase];
        if report.kind_at(report.tree.token(phrase.head).span) == Some(MentionKind::Location) {
            continue;
        }
        let victim = victim(report, phrase, one);
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

fn victim(report: &Report<'_>, phrase: &Phrase, filled: &Filled) -> Victim {
    let token = report.tree.token(phrase.head);
    let whole = report.plain_words(phrase);
    let (name, title) = match report.kind_at(token.span) {
        Some(MentionKind::Organisation) => (None, None),
        kind if counted(report, phrase).is_none() => split_title(&whole, kind == Some(MentionKind::Person)),
        _ => (None, None),
    };
    let description = match name {
        Some(_) => {
            title.or_else(|| filled.phrases.iter().find_map(|&at| title_of(report, &report.phrases[at])))
        }
        None => Some(whole),
    };
    let plural = token.xpos.is_plural() || matches!(token.xpos, Penn::Nns | Penn::Nnps);
    let number = if name.is_some() { Some(1) } else { filled.counted.or((!plural).then_some(1)) };
    Victim { name, description, number, effect: filled.effect, span: phrase.span }
}

/// "GENERAL JOHN ADAMS": the name and the everyday words before it. What ends in an everyday word is no name, nor what
/// is neither held for a person nor begins with a given name.
fn split_title(words: &str, person: bool) -> (Option<String>, Option<String>) {
    let all: Vec<&str> = words.split(' ').collect();
    let is_title = |at: usize| {
        let (everyday, given, _) = flags_of(all[at]);
        let starts_name = given && if at == 0 { all.len() == 2 } else { at + 1 < all.len() };
        all[at].len() < 2 || everyday && !starts_name || is_rank(all[at])
    };
    let first = (0..all.len()).rfind(|&at| is_title(at)).map_or(0, |at| at + 1);
    if first == all.len() {
        return (None, None);
    }
    let given = all.len() - first > 1 && flags_of(all[first]).1;
    if !(person || given) {
        return (None, None);
    }
    (Some(all[first..].join(" ")), (first > 0).then(|| all[..first].join(" ")))
}

fn is_rank(word: &str) -> bool {
    const RANKS: [&str; 17] = [
        "MR",
        "MRS",
        "DR",
        "COL",
        "GEN",
        "MAJ",
        "CAPT",
        "LT",
        "SGT",
        "MSGR",
        "REV",
        "FR",
        "PROF",
        "ENG",
        "FATHER",
        "MONSIGNOR",
        "SISTER",
    ];
    RANKS.contains(&word.trim_end_matches('.').to_uppercase().as_str())
}

/// Whether a word is everyday English, a given name, a surname.
fn flags_of(word: &str) -> (bool, bool, bool) {
    let entry = Gazetteer::embedded().find(word.trim_end_matches('.'));
    let flags = entry.map(|entry| entry.flags()).unwrap_or_default();
    (flags.common_word(), flags.given_name(), flags.surname())
}

/// What a person is called besides the name: in front of it, beside it, or in front of a list of names.
fn title_of(report: &Report<'_>, phrase: &Phrase) -> Option<String> {
    let before = split_title(&report.plain_words(phrase), true);
    before.0.and(before.1).or_else(|| apposition(report, phrase)).or_else(|| bearer(report, phrase))
}

/// "THE ENGINEERS JOHN ADAMS AND PETER BAKER": the noun that a name is put to.
fn bearer(report: &Report<'_>, phrase: &Phrase) -> Option<String> {
    let tree = &report.tree;
    let (mut node, mut listed) = (phrase.head, false);
    while tree.relation(node) == Relation::Conj {
        node = tree.head(node)?;
        listed = true;
    }
    let noun = tree.head(node).filter(|_| {
        matches!(tree.relation(node), Relation::Appos | Relation::Nmod | Relation::Flat)
            && tree.case(node).is_none()
    })?;
    let token = tree.token(noun);
    let close = token.span.end <= phrase.span.start
        && !report.text[token.span.end..phrase.span.start].contains([']', '.']);
    if token.upos != Upos::Noun || !close || listed && !token.xpos.is_plural() {
        return None;
    }
    let own = report.phrases.iter().find(|one| one.head == noun)?;
    let upto = Phrase { span: Span::new(own.span.start, token.span.end), ..own.clone() };
    Some(report.plain_words(&upto))
}

/// "JOHN ADAMS, MAYOR OF THE TOWN": what is put beside a name.
fn apposition(report: &Report<'_>, phrase: &Phrase) -> Option<String> {
    let tree = &report.tree;
    let beside = tree.child(phrase.head, Relation::Appos)?;
    let common = tree.token(beside).upos == Upos::Noun;
    common.then(|| report.words_at(tree.phrase_span(beside)))
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

#[cfg(test)]
mod tests {
    use irenic_language::mentions::{MentionContext, MentionFinder};
    use irenic_language::{Pipeline, segments_of};
    use irenic_model::{Document, Source};

    use super::*;
    use crate::Input;

    #[test]
    fn titles_are_told_from_names() {
        let both = |name: &str, title: Option<&str>| (Some(name.to_owned()), title.map(str::to_owned));
        for (words, person, answer) in [
            ("GENERAL JOHN ADAMS", true, both("JOHN ADAMS", Some("GENERAL"))),
            ("JUDGE MARIA LUISA PEREZ", false, both("MARIA LUISA PEREZ", Some("JUDGE"))),
            ("MARIA PEREZ", false, both("MARIA PEREZ", None)),
            ("PARTY LEADER", true, (None, None)),
            ("MONEY", true, (None, None)),
        ] {
            assert_eq!(split_title(words, person), answer, "{words}");
        }
    }

    /// The name in each noun phrase of a text, as a slot gets it, and its title.
    fn titles(text: &str) -> Vec<(String, Option<String>)> {
        let analysis = Pipeline::new().analyse(text, &segments_of(text));
        let mentions = MentionFinder::new().mentions(text, &analysis, &MentionContext::default());
        let source = Source::new("test", text.as_bytes());
        let document =
            Document { source, text: text.to_owned(), blocks: vec![], links: vec![], diagnostics: vec![] };
        let report = Report::new(&Input {
            document: &document,
            analysis: &analysis,
            mentions: &mentions,
            times: &[],
            attributions: &[],
        });
        let title = |phrase| {
            let words = report.plain_words(phrase);
            (split_title(&words, true).0.unwrap_or(words), title_of(&report, phrase))
        };
        report.phrases.iter().map(title).collect()
    }

    #[test]
    fn a_name_takes_the_noun_it_is_put_to() {
        for (text, name, title) in [
            ("GUNMEN KILLED JOHN ADAMS, MAYOR OF THE TOWN.", "JOHN ADAMS", Some("MAYOR OF THE TOWN")),
            (
                "THE POLICE SAID THAT DRIVER JOHN ADAMS AND HIS WIFE WERE WOUNDED.",
                "JOHN ADAMS",
                Some("DRIVER"),
            ),
            ("GUNMEN KILLED JOHN ADAMS IN THE TOWN.", "JOHN ADAMS", None),
        ] {
            let found = titles(text);
            assert!(found.contains(&(name.to_owned(), title.map(str::to_owned))), "{text}: {found:?}");
        }
    }
}
