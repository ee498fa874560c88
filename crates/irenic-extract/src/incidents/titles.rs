//! What a text calls people besides their names: titles and occupations, told from names by words that training learnt.

use std::collections::BTreeSet;

use irenic_language::mentions::Gazetteer;
use irenic_language::{Relation, Upos};
use irenic_model::Span;

use super::alignment::credit;
use super::features::{Features, bucket, words_of};
use super::linear::Table;
use super::phrases::{Phrase, Report};
use super::stages::Seen;
use super::training::GoldIncident;

/// How a description stands to the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// "MAYOR JOHN ADAMS".
    Before,
    /// "THE ENGINEERS JOHN ADAMS AND PETER BAKER", said of the second.
    Listed,
    /// "JOHN ADAMS, MAYOR OF THE TOWN".
    Beside,
    /// "THE MAYOR OF THE TOWN, JOHN ADAMS".
    Bearer,
    /// "JOHN ADAMS WAS MAYOR".
    Said,
}

impl Stand {
    const fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Listed => "listed",
            Self::Beside => "beside",
            Self::Bearer => "bearer",
            Self::Said => "said",
        }
    }
}

/// Descriptions near a noun phrase, as its syntax gives them, were it a name.
#[derive(Clone, Debug, Default)]
pub(super) struct Around {
    said: Vec<(Stand, String)>,
    /// The words of the phrase that begins the list that it stands in.
    list: Option<String>,
}

impl Around {
    pub(super) fn new(report: &Report<'_>, phrase: &Phrase) -> Self {
        let tree = &report.tree;
        let mut said = Vec::new();
        for child in tree.children(phrase.head).filter(|&at| tree.relation(at) == Relation::Appos) {
            if child > phrase.head && tree.token(child).upos == Upos::Noun {
                said.push((Stand::Beside, report.plain_words(&whole(report, child))));
            }
        }
        if let Some(words) = bearer(report, phrase) {
            said.push((Stand::Bearer, words));
        }
        let noun = tree.head(phrase.head).filter(|_| tree.relation(phrase.head) == Relation::Nsubj);
        if let Some(noun) = noun.filter(|&at| tree.token(at).upos == Upos::Noun) {
            said.push((Stand::Said, report.plain_words(&whole(report, noun))));
        }
        let mut first = phrase.head;
        while let Some(above) = tree.head(first).filter(|_| tree.relation(first) == Relation::Conj) {
            first = above;
        }
        let list = report.phrase_of(first).filter(|_| first != phrase.head);
        Self { said, list: list.map(|one| report.plain_words(one)) }
    }
}

/// The phrase of a noun with the "of" phrase after it.
fn whole(report: &Report<'_>, noun: usize) -> Phrase {
    let tree = &report.tree;
    let own = report.phrase_of(noun);
    let start = own.map_or(tree.token(noun).span.start, |own| own.span.start);
    let mut end = own.map_or(tree.token(noun).span.end, |own| own.span.end);
    for child in tree.children(noun).filter(|&at| at > noun && tree.case(at) == Some("of")) {
        let inner = report.phrase_of(child);
        end = end.max(inner.map_or(end, |inner| inner.span.end));
    }
    let span = Span::new(start, end.max(start));
    let sentence = tree.analysis.sentence_of(noun);
    Phrase { head: noun, sentence, span, words: words_of(span.of(report.text)) }
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
    let own = report.phrase_of(noun)?;
    let upto = Phrase { span: Span::new(own.span.start, token.span.end), ..own.clone() };
    Some(report.plain_words(&upto))
}

/// What training learnt of titles.
#[derive(Clone, Debug)]
pub(super) struct Titles {
    /// The words that people are described by.
    pub(super) words: BTreeSet<String>,
    /// Whether what stands near a name describes who bears it.
    pub(super) table: Table,
}

/// From which chance on a description is believed.
const BELIEVED: f32 = 0.35;

impl Titles {
    /// The words by which named victims are described, and that no name has.
    pub(super) fn learn_words<'g>(gold: impl Iterator<Item = &'g GoldIncident>) -> BTreeSet<String> {
        let (mut described, mut named) = (BTreeSet::new(), BTreeSet::new());
        for one in gold.flat_map(|incident| &incident.named) {
            described.extend(one.descriptions.iter().flat_map(|words| words_of(words)));
            named.extend(one.names.iter().flat_map(|words| words_of(words)));
        }
        let name = |word: &String| {
            let (everyday, given, surname) = flags_of(word);
            !everyday && (given || surname) || word.len() < 3
        };
        described.retain(|word| !named.contains(word) && !name(word));
        described
    }

    /// "GENERAL JOHN ADAMS": the name and the words before it that are none. What ends in an everyday word is no name,
    /// nor what is neither held for a person nor begins with a given name.
    pub(super) fn split(&self, words: &str, person: bool) -> (Option<String>, Option<String>) {
        split(&self.words, words, person)
    }

    /// What a text calls the bearer of a name by some of the phrases that name him, the likeliest.
    pub(super) fn best(&self, seen: &Seen, phrases: &[usize]) -> Option<String> {
        let found = phrases.iter().flat_map(|&at| near(&self.words, seen, at));
        let rated = found.map(|(stand, words)| (self.table.chances(&row(stand, &words))[0], words));
        let best = rated.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
        (best.0 >= BELIEVED).then_some(best.1)
    }
}

/// The descriptions that stand near a phrase that has a name.
fn near(called: &BTreeSet<String>, seen: &Seen, at: usize) -> Vec<(Stand, String)> {
    let phrase = &seen.phrases[at];
    let mut found: Vec<(Stand, String)> = Vec::new();
    found.extend(split(called, &phrase.plain, true).1.map(|title| (Stand::Before, title)));
    let listed = phrase.around.list.as_ref().and_then(|words| split(called, words, true).1);
    found.extend(listed.map(|title| (Stand::Listed, title)));
    found.extend(phrase.around.said.iter().cloned());
    found
}

/// What the classifier sees of a description.
fn row(stand: Stand, description: &str) -> Vec<u32> {
    const AFTER_HEAD: [&str; 6] = ["OF", "FROM", "IN", "AT", "FOR", "WITH"];
    let words = words_of(description);
    let end = words.iter().position(|word| AFTER_HEAD.contains(&word.as_str())).filter(|&at| at > 0);
    let head = words[..end.unwrap_or(words.len())].last().map_or("", String::as_str);
    let mut row = Features::new();
    row.add(&["stand", stand.name()]);
    row.add(&["head", head]);
    row.add(&["stand-head", stand.name(), head]);
    row.add(&["length", bucket(words.len())]);
    if description.contains([']', '[', '"', ',']) {
        row.add(&["broken"]);
    }
    for word in &words {
        row.add(&["in", word]);
    }
    row.finish()
}

/// The descriptions that stand near the names of annotated victims, and whether they are right.
pub(super) fn lessons(
    called: &BTreeSet<String>,
    seen: &Seen,
    gold: &[GoldIncident],
) -> Vec<(Vec<u32>, bool)> {
    let mut found = Vec::new();
    for at in 0..seen.phrases.len() {
        let Some(name) = split(called, &seen.phrases[at].plain, true).0 else { continue };
        let same = |names: &Vec<String>| credit(&name, names) >= 1.0;
        let mut named = gold.iter().flat_map(|incident| &incident.named);
        let Some(own) = named.find(|one| same(&one.names)) else { continue };
        for (stand, words) in near(called, seen, at) {
            found.push((row(stand, &words), credit(&words, &own.descriptions) >= 1.0));
        }
    }
    found
}

fn split(called: &BTreeSet<String>, words: &str, person: bool) -> (Option<String>, Option<String>) {
    let all: Vec<&str> = words.split(' ').collect();
    let is_called = |word: &str| words_of(word).iter().any(|word| called.contains(word));
    let is_title = |at: usize| {
        let (everyday, given, _) = flags_of(all[at]);
        let next_named = || {
            let (everyday, given, surname) = all.get(at + 1).map(|next| flags_of(next)).unwrap_or_default();
            (given || surname) && !everyday
        };
        let first = all.len() == 2 || all.len() > 2 && !is_called(all[at]) && next_named();
        let starts_name = given && if at == 0 { first } else { at + 1 < all.len() };
        all[at].len() < 2 || (everyday || is_called(all[at])) && !starts_name || is_rank(all[at])
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

#[cfg(test)]
mod tests {
    use irenic_language::mentions::{MentionContext, MentionFinder};
    use irenic_language::{Pipeline, segments_of};
    use irenic_model::{Document, Source};

    use super::*;
    use crate::Input;

    #[test]
    fn titles_are_told_from_names() {
        let called = ["GENERAL", "HARBOURMAN", "JUDGE"].map(str::to_owned).into();
        let both = |name: &str, title: Option<&str>| (Some(name.to_owned()), title.map(str::to_owned));
        for (words, person, answer) in [
            ("GENERAL JOHN ADAMS", true, both("JOHN ADAMS", Some("GENERAL"))),
            ("HARBOURMAN JOHN ADAMS", true, both("JOHN ADAMS", Some("HARBOURMAN"))),
            ("JUDGE MARIA LUISA PEREZ", false, both("MARIA LUISA PEREZ", Some("JUDGE"))),
            ("MARIA PEREZ", false, both("MARIA PEREZ", None)),
            ("PARTY LEADER", true, (None, None)),
            ("MONEY", true, (None, None)),
        ] {
            assert_eq!(split(&called, words, person), answer, "{words}");
        }
    }

    /// What stands near each name of a text.
    fn titles(text: &str) -> Vec<(String, Vec<String>)> {
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
        let (seen, none) = (Seen::new(&report), BTreeSet::new());
        let title = |at: usize| {
            let name = split(&none, &seen.phrases[at].plain, true).0?;
            Some((name, near(&none, &seen, at).into_iter().map(|(_, words)| words).collect()))
        };
        (0..seen.phrases.len()).filter_map(title).collect()
    }

    #[test]
    fn a_name_takes_the_noun_it_is_put_to() {
        for (text, name, title) in [
            ("GUNMEN KILLED JOHN ADAMS, MAYOR OF THE TOWN.", "JOHN ADAMS", vec!["MAYOR OF THE TOWN"]),
            (
                "THE POLICE SAID THAT DRIVER JOHN ADAMS AND HIS WIFE WERE WOUNDED.",
                "JOHN ADAMS",
                vec!["DRIVER"],
            ),
            ("GUNMEN KILLED JOHN ADAMS IN THE TOWN.", "JOHN ADAMS", vec![]),
        ] {
            let found = titles(text);
            let expected = (name.to_owned(), title.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert!(found.contains(&expected), "{text}: {found:?}");
        }
    }
}
