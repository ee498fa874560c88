//! The office that stands before a name, and whether the person still holds it.

use irenic_model::Span;

use crate::analysis::Analysis;

use super::words::name_words;

/// What stands before a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Title {
    /// Nothing that tells an office.
    None,
    /// An office, in lower case: "president".
    Office(String),
    /// An office that the person held: "former president".
    Former(String),
    /// "Leader" or the like beside the name of a country: any office of that country.
    Nation,
    /// An office beside that of a head ("vice president"), or another person's title ("Mrs").
    Other,
}

const TWO_WORDS: [(&str, &str); 5] = [
    ("prime", "minister"),
    ("general", "secretary"),
    ("first", "secretary"),
    ("crown", "prince"),
    ("party", "chief"),
];

const ONE_WORD: [&str; 18] = [
    "president",
    "premier",
    "chancellor",
    "taoiseach",
    "king",
    "shah",
    "prince",
    "emperor",
    "emir",
    "sheikh",
    "sultan",
    "chairman",
    "general",
    "gen",
    "colonel",
    "marshal",
    "ayatollah",
    "mullah",
];

/// Titles that only with a country's name tell a head.
const OF_A_NATION: [&str; 4] = ["leader", "ruler", "strongman", "dictator"];

/// Before an office they make it another one.
const LESSER: [&str; 6] = ["vice", "deputy", "assistant", "elect", "designate", "first"];

const FORMER: [&str; 7] = ["former", "ex", "late", "onetime", "deposed", "ousted", "then"];

const OTHER_PERSONS: [&str; 5] = ["mrs", "ms", "miss", "lady", "senator"];

/// Honorifics that say nothing of an office and may stand between it and the name.
const HONORIFICS: [&str; 7] = ["mr", "dr", "sir", "hajji", "haji", "don", "excellency"];

/// How many words before an office are looked at for what makes it another.
const BEFORE_MAX: usize = 4;

/// Whether a word is an office's.
pub(super) fn is_office(word: &str) -> bool {
    let word = word.to_lowercase();
    ONE_WORD.contains(&word.as_str()) || TWO_WORDS.iter().any(|(one, two)| *one == word || *two == word)
}

/// Finds titles in a text.
pub(super) struct Titles<'a> {
    pub(super) text: &'a str,
    pub(super) analysis: &'a Analysis,
    /// Whether the text says of which country the person is.
    pub(super) nation_is_named: bool,
}

impl Titles<'_> {
    /// The title before the name whose words are given, in a mention or just before it.
    pub(super) fn of(&self, mention: Span, name: &[String]) -> Title {
        let tokens = &self.analysis.tokens;
        let first = tokens.partition_point(|token| token.span.end <= mention.start);
        let end = tokens.partition_point(|token| token.span.start < mention.end);
        let is_of_name = |at: &usize| {
            let words = name_words(tokens[*at].span.of(self.text));
            !words.is_empty() && words.iter().all(|word| name.contains(word))
        };
        let Some(start) = (first..end).find(is_of_name) else { return Title::None };
        let sentence = self.analysis.sentence_of(start);
        let before = self.words_before(self.analysis.sentences[sentence].tokens.start, start);
        self.title(&before)
    }

    /// The words of the sentence before a token, the nearest first, in lower case; a comma ends them.
    fn words_before(&self, from: usize, at: usize) -> Vec<String> {
        let words = (from..at).rev().map(|at| self.analysis.tokens[at].span.of(self.text));
        words
            .filter(|word| !matches!(*word, "." | "-" | "‑" | "al" | "el" | "de" | "la" | "von" | "van"))
            .take_while(|word| word.starts_with(char::is_alphabetic))
            .flat_map(|word| word.rsplit('-').map(|part| part.trim_end_matches('.').to_lowercase()))
            .take(BEFORE_MAX + 3)
            .collect()
    }

    fn title(&self, before: &[String]) -> Title {
        let skip = before.iter().take_while(|word| HONORIFICS.contains(&word.as_str())).count();
        let before = &before[skip..];
        let Some(nearest) = before.first().map(String::as_str) else { return Title::None };
        if OTHER_PERSONS.contains(&nearest) || LESSER.contains(&nearest) {
            return Title::Other;
        }
        let second = before.get(1).map_or("", String::as_str);
        let (office, rest) = if TWO_WORDS.contains(&(second, nearest)) {
            (format!("{second} {nearest}"), &before[2..])
        } else if ONE_WORD.contains(&nearest) || nearest == "pres" {
            (if nearest == "pres" { "president".to_owned() } else { nearest.to_owned() }, &before[1..])
        } else if OF_A_NATION.contains(&nearest) {
            return if self.nation_is_named { Title::Nation } else { Title::None };
        } else {
            return if FORMER.contains(&nearest) { Title::Other } else { Title::None };
        };
        let near = &rest[..rest.len().min(BEFORE_MAX)];
        let has = |words: &[&str]| near.iter().any(|word| words.contains(&word.as_str()));
        if near.first().is_some_and(|word| LESSER.contains(&word.as_str())) {
            Title::Other
        } else if has(&FORMER) {
            Title::Former(office)
        } else {
            Title::Office(office)
        }
    }
}
