//! The layers of rules as they lie in `rules/en/times/`, compiled once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use irenic_model::{TimeModifier, TimeType};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::lexicon::Lexicon;
use super::numbers::{NumberLists, Words};
use super::operations::Expression;
use super::pattern::{Compiler, Pattern, name_of};
use super::tense::Cues;
use super::tokens::{Kind, Tokens};

/// The files of rules, in the order in which a rule wins over another of the same length.
const FILES: &[(&str, &str)] = &[
    ("exclusions", include_str!("../../../../rules/en/times/exclusions.toml")),
    ("dates", include_str!("../../../../rules/en/times/dates.toml")),
    ("relative", include_str!("../../../../rules/en/times/relative.toml")),
    ("periods", include_str!("../../../../rules/en/times/periods.toml")),
    ("holidays", include_str!("../../../../rules/en/times/holidays.toml")),
    ("sets", include_str!("../../../../rules/en/times/sets.toml")),
    ("durations", include_str!("../../../../rules/en/times/durations.toml")),
    ("clock", include_str!("../../../../rules/en/times/clock.toml")),
];
const PATTERNS: &str = include_str!("../../../../rules/en/times/patterns.toml");
const NORMALISATION: &str = include_str!("../../../../rules/en/times/normalisation.toml");
const MODIFIERS: &str = include_str!("../../../../rules/en/times/modifiers.toml");

/// The layer of word lists without values, and of fragments that patterns share.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternsFile {
    words: BTreeMap<String, Vec<String>>,
    fragments: BTreeMap<String, String>,
}

/// A value of the normalisation layer.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Number(i64),
    Text(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RulesFile {
    rule: Vec<WrittenRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModifiersFile {
    modifier: Vec<WrittenModifier>,
}

/// A rule as it is written.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenRule {
    pub(super) name: String,
    pattern: String,
    #[serde(default)]
    r#type: Option<String>,
    #[serde(default)]
    value: Option<String>,
    #[serde(default)]
    r#mod: Option<String>,
    /// What must, and must not, stand right before and right after.
    #[serde(default)]
    before: Option<String>,
    #[serde(default)]
    not_before: Option<String>,
    #[serde(default)]
    after: Option<String>,
    #[serde(default)]
    not_after: Option<String>,
    /// Captures that must begin with a capital.
    #[serde(default)]
    capital: Vec<String>,
    /// Where one match is several times.
    #[serde(default)]
    part: Vec<WrittenPart>,
    /// Text, the document's date or nothing, and the times with type, value and modifier.
    #[serde(default)]
    pub(super) examples: Vec<Vec<String>>,
    /// Texts in which this rule finds nothing.
    #[serde(default)]
    pub(super) counter_examples: Vec<String>,
}

#[cfg(test)]
impl WrittenRule {
    /// Whether it finds times, rather than keeping others away.
    pub(super) fn denotes(&self) -> bool {
        self.value.is_some() || !self.part.is_empty()
    }
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPart {
    from: String,
    to: String,
    value: String,
    #[serde(default)]
    r#type: Option<String>,
}

/// A modifier as it is written.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenModifier {
    pub(super) name: String,
    #[serde(default)]
    before: Option<String>,
    #[serde(default)]
    after: Option<String>,
    /// What must stand right before a modifier.
    #[serde(default)]
    context: Option<String>,
    /// What a time after a modifier must not begin with.
    #[serde(default)]
    not_next: Option<String>,
    r#mod: String,
    types: Vec<String>,
    #[serde(default)]
    pub(super) examples: Vec<Vec<String>>,
    #[serde(default)]
    pub(super) counter_examples: Vec<String>,
}

/// One time of a rule: its type, value, and the captures that bound it.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) bounds: Option<(u16, u16)>,
    pub(super) kind: TimeType,
    pub(super) value: Expression,
    /// The value as it is written.
    pub(super) formula: String,
}

/// A rule, compiled.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) name: String,
    /// The file that it lies in.
    pub(super) layer: &'static str,
    pub(super) pattern: Pattern,
    /// Nothing where the rule only keeps others away.
    pub(super) parts: Vec<Part>,
    pub(super) modifier: Option<TimeModifier>,
    before: Option<Pattern>,
    not_before: Option<Pattern>,
    after: Option<Pattern>,
    not_after: Option<Pattern>,
    capital: Vec<u16>,
}

/// A modifier, compiled.
#[derive(Clone, Debug)]
pub(super) struct Modifier {
    pub(super) name: String,
    pub(super) before: Option<Pattern>,
    pub(super) after: Option<Pattern>,
    context: Option<Pattern>,
    not_next: Option<Pattern>,
    pub(super) modifier: TimeModifier,
    pub(super) types: Vec<TimeType>,
}

/// Everything the engine reads with.
pub(super) struct Rules {
    pub(super) lexicon: Lexicon,
    pub(super) rules: Vec<Rule>,
    pub(super) modifiers: Vec<Modifier>,
    pub(super) names: Vec<String>,
    pub(super) number_lists: NumberLists,
    /// What tells which way a clause looks.
    pub(super) cues: Cues,
    /// What may join a day and a time of day, in that order and in the other.
    pub(super) day_then_time: Pattern,
    pub(super) time_then_day: Pattern,
    by_word: FxHashMap<Box<str>, Vec<u16>>,
    by_digits: Vec<u16>,
}

/// The farthest that a condition before a rule looks back, in tokens.
const LOOK_BACK: usize = 5;

impl Rules {
    /// The rules for English that are built in.
    pub(super) fn english() -> &'static Self {
        static RULES: LazyLock<Rules> =
            LazyLock::new(|| Rules::build().unwrap_or_else(|error| panic!("rules of time: {error}")));
        &RULES
    }

    pub(super) fn words(&self) -> Words<'_> {
        Words { lexicon: &self.lexicon, lists: self.number_lists }
    }

    /// The rules that may match at a token.
    pub(super) fn candidates(&self, tokens: &Tokens, at: usize) -> &[u16] {
        match tokens.get(at).map(|token| token.kind) {
            Some(Kind::Digits) => &self.by_digits,
            Some(_) => self.by_word.get(tokens.word(at)).map_or(&[], Vec::as_slice),
            None => &[],
        }
    }

    fn build() -> Result<Self, String> {
        let (mut lexicon, fragments) = read_lists()?;
        let mut names = Vec::new();
        let list = |name: &str| lexicon.list(name).ok_or_else(|| format!("there is no list {name:?}"));
        let number_lists =
            NumberLists { cardinal: list("cardinal")?, scale: list("scale")?, ordinal: list("ordinal")? };
        let [future, past, part] = [list("future-cue")?, list("past-cue")?, list("part")?];
        let [planned, intended, saying] = [list("planned")?, list("intended")?, list("saying")?];
        let ending = list("ending")?;
        let mut rules = Vec::new();
        for (layer, written) in written_rules()? {
            let name = written.name.clone();
            check_examples(&name, &written.examples, &written.counter_examples)?;
            let rule = compile(&mut lexicon, &fragments, &mut names, layer, written)
                .map_err(|error| format!("{layer}: {name}: {error}"))?;
            rules.push(rule);
        }
        let mut compiler = Compiler { lexicon: &lexicon, fragments: &fragments, names: &mut names };
        let mut modifiers = Vec::new();
        for written in written_modifiers()? {
            check_examples(&written.name, &written.examples, &written.counter_examples)?;
            modifiers.push(Modifier {
                before: written.before.as_deref().map(|text| compiler.compile(text)).transpose()?,
                after: written.after.as_deref().map(|text| compiler.compile(text)).transpose()?,
                context: written.context.as_deref().map(|text| compiler.compile(text)).transpose()?,
                not_next: written.not_next.as_deref().map(|text| compiler.compile(text)).transpose()?,
                modifier: modifier(&written.r#mod)?,
                types: written.types.iter().map(|name| kind(name)).collect::<Result<_, _>>()?,
                name: written.name,
            });
        }
        let past_lead = compiler.compile("<past-lead>")?;
        let future_lead = compiler.compile("<future-lead>")?;
        let future_hint = compiler.compile("<future-hint>")?;
        let cues = Cues {
            future,
            past,
            planned,
            intended,
            part,
            saying,
            ending,
            past_lead,
            future_lead,
            future_hint,
        };
        let day_then_time = compiler.compile("<day-then-time>")?;
        let time_then_day = compiler.compile("<time-then-day>")?;
        let mut found = Self {
            lexicon,
            rules,
            modifiers,
            names,
            number_lists,
            cues,
            day_then_time,
            time_then_day,
            by_word: FxHashMap::default(),
            by_digits: Vec::new(),
        };
        found.index();
        Ok(found)
    }

    fn index(&mut self) {
        let lists = [self.number_lists.cardinal, self.number_lists.scale, self.number_lists.ordinal];
        for (at, rule) in self.rules.iter().enumerate() {
            let starts = rule.pattern.starts(&self.lexicon, &lists);
            if starts.digits {
                self.by_digits.push(at as u16);
            }
            for word in starts.words {
                if word.bytes().all(|byte| byte.is_ascii_digit()) {
                    if !starts.digits {
                        self.by_digits.push(at as u16);
                    }
                    continue;
                }
                self.by_word.entry(word).or_default().push(at as u16);
            }
        }
        self.by_digits.dedup();
    }
}

impl Rule {
    /// Whether what stands around a match lets it pass.
    pub(super) fn passes(
        &self,
        tokens: &Tokens,
        at: usize,
        found: &super::pattern::Match,
        words: &Words<'_>,
    ) -> bool {
        let before = |pattern: &Pattern| stands_before(pattern, tokens, at, words).is_some();
        let after = |pattern: &Pattern| pattern.matches(tokens, found.end, words);
        let capital = |name: &u16| {
            let named = found.captures.iter().filter(|capture| capture.name == *name);
            named.map(|capture| capture.start).all(|start| tokens.is_name(start))
        };
        self.before.as_ref().is_none_or(before)
            && !self.not_before.as_ref().is_some_and(before)
            && self.after.as_ref().is_none_or(after)
            && !self.not_after.as_ref().is_some_and(after)
            && self.capital.iter().all(capital)
    }
}

impl Modifier {
    /// Where the modifier begins that stands before a time at `at`.
    pub(super) fn start(&self, tokens: &Tokens, at: usize, words: &Words<'_>) -> Option<usize> {
        let start = stands_before(self.before.as_ref()?, tokens, at, words)?;
        let led = |context: &Pattern| stands_before(context, tokens, start, words).is_some();
        let barred = |next: &Pattern| next.matches(tokens, at, words);
        (self.context.as_ref().is_none_or(led) && !self.not_next.as_ref().is_some_and(barred))
            .then_some(start)
    }
}

/// The start of the longest match of a pattern that ends right before `at`.
pub(super) fn stands_before(
    pattern: &Pattern,
    tokens: &Tokens,
    at: usize,
    words: &Words<'_>,
) -> Option<usize> {
    (at.saturating_sub(LOOK_BACK)..at).find(|&start| pattern.spans(tokens, start, at, words))
}

fn read_lists() -> Result<(Lexicon, BTreeMap<String, String>), String> {
    let patterns: PatternsFile = toml::from_str(PATTERNS).map_err(|error| format!("patterns: {error}"))?;
    let normalisation: BTreeMap<String, BTreeMap<String, Written>> =
        toml::from_str(NORMALISATION).map_err(|error| format!("normalisation: {error}"))?;
    let mut lexicon = Lexicon::default();
    for (name, words) in &patterns.words {
        let entries = words.iter().map(|word| (word.clone(), word.clone())).collect();
        lexicon.add(name, &entries);
    }
    for (name, entries) in normalisation {
        let entries = entries.into_iter().map(|(word, value)| {
            let value = match value {
                Written::Number(number) => number.to_string(),
                Written::Text(text) => text,
            };
            (word, value)
        });
        lexicon.add(&name, &entries.collect());
    }
    lexicon.sort();
    Ok((lexicon, patterns.fragments))
}

/// All rules as they are written, with the names of their files.
pub(super) fn written_rules() -> Result<Vec<(&'static str, WrittenRule)>, String> {
    let mut rules = Vec::new();
    for (layer, text) in FILES {
        let file: RulesFile = toml::from_str(text).map_err(|error| format!("{layer}: {error}"))?;
        rules.extend(file.rule.into_iter().map(|rule| (*layer, rule)));
    }
    Ok(rules)
}

/// All modifiers as they are written.
pub(super) fn written_modifiers() -> Result<Vec<WrittenModifier>, String> {
    let file: ModifiersFile = toml::from_str(MODIFIERS).map_err(|error| format!("modifiers: {error}"))?;
    Ok(file.modifier)
}

fn compile(
    lexicon: &mut Lexicon,
    fragments: &BTreeMap<String, String>,
    names: &mut Vec<String>,
    layer: &'static str,
    written: WrittenRule,
) -> Result<Rule, String> {
    let mut parts = Vec::new();
    if let Some(value) = &written.value {
        let kind = kind(written.r#type.as_deref().unwrap_or("DATE"))?;
        let formula = value.clone();
        parts.push(Part { bounds: None, kind, value: Expression::compile(value, lexicon, names)?, formula });
    }
    for part in &written.part {
        let kind = kind(part.r#type.as_deref().or(written.r#type.as_deref()).unwrap_or("DATE"))?;
        let bounds = Some((name_of(names, &part.from), name_of(names, &part.to)));
        let formula = part.value.clone();
        parts.push(Part { bounds, kind, value: Expression::compile(&part.value, lexicon, names)?, formula });
    }
    let capital = written.capital.iter().map(|name| name_of(names, name)).collect();
    let mut compiler = Compiler { lexicon, fragments, names };
    let mut condition = |text: &Option<String>| text.as_deref().map(|it| compiler.compile(it)).transpose();
    Ok(Rule {
        before: condition(&written.before)?,
        not_before: condition(&written.not_before)?,
        after: condition(&written.after)?,
        not_after: condition(&written.not_after)?,
        pattern: compiler.compile(&written.pattern)?,
        modifier: written.r#mod.as_deref().map(modifier).transpose()?,
        name: written.name,
        layer,
        parts,
        capital,
    })
}

/// An example has a text and a date at least, and a counter-example has words.
fn check_examples(name: &str, examples: &[Vec<String>], counter_examples: &[String]) -> Result<(), String> {
    let whole = examples.iter().all(|example| example.len() >= 2);
    let said = counter_examples.iter().all(|text| !text.is_empty());
    (whole && said).then_some(()).ok_or_else(|| format!("{name}: an example is not whole"))
}

fn kind(name: &str) -> Result<TimeType, String> {
    let all = [TimeType::Date, TimeType::Time, TimeType::Duration, TimeType::Set];
    all.into_iter().find(|kind| kind.name() == name).ok_or_else(|| format!("no type is called {name:?}"))
}

fn modifier(name: &str) -> Result<TimeModifier, String> {
    use TimeModifier::{
        After, Approx, Before, End, EqualOrLess, EqualOrMore, LessThan, Mid, MoreThan, Start,
    };
    let all = [Start, Mid, End, Before, After, Approx, LessThan, MoreThan, EqualOrLess, EqualOrMore];
    all.into_iter().find(|it| it.name() == name).ok_or_else(|| format!("no modifier is called {name:?}"))
}
