//! Events that texts date by name, and that other times then lean on: "after the Second River War".
//!
//! A first reading of a folder learns the names and their days; [`NamedEvents::settle`] keeps those on which the texts
//! do not contradict each other; the reading proper resolves "since the ceasefire" against them. The words are data
//! (`rules/en/times/events.toml`), with examples that run.

use std::sync::LazyLock;

use irenic_model::jiff::civil::Date;
use irenic_model::{DateInterval, Grain, Span, TimeExpression, TimeType, day_number};
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::lexicon::words_of;
use super::tokens::{Kind, Tokens};

const EVENTS: &str = include_str!("../../../../rules/en/times/events.toml");

/// The longest name, and the longest stretch between brackets that dates one, in tokens.
const NAME_MAX: usize = 8;
const BRACKETS_MAX: usize = 16;

/// So many days after its event "the ceasefire" is still taken for it in a dated text: three years.
const FRESH_DAYS_MAX: i32 = 1096;

/// Words as they are written in the file, each as tokens.
type Phrases = Vec<Box<[Box<str>]>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    heads: Vec<String>,
    common: Vec<String>,
    lasting: Vec<String>,
    begins: Vec<String>,
    ends: Vec<String>,
    during: Vec<String>,
    since: Vec<String>,
    before: Vec<String>,
    after: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the examples run as tests"))]
    example: Vec<Example>,
}

/// A text, and the times in it that lean on a name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), expect(dead_code, reason = "the examples run as tests"))]
pub(super) struct Example {
    pub(super) text: String,
    pub(super) finds: Vec<String>,
}

/// How a time leans on an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    During,
    Since,
    Before,
    After,
}

impl Lead {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::During => "during event",
            Self::Since => "since event",
            Self::Before => "before event",
            Self::After => "after event",
        }
    }
}

struct Lexicon {
    heads: Phrases,
    common: Phrases,
    lasting: Phrases,
    begins: Phrases,
    ends: Phrases,
    leads: [(Lead, Phrases); 4],
}

impl Lexicon {
    fn english() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
            let file: File = toml::from_str(EVENTS).unwrap_or_else(|error| panic!("events: {error}"));
            let phrases =
                |list: &[String]| list.iter().map(|phrase| words_of(phrase).into_boxed_slice()).collect();
            Lexicon {
                heads: phrases(&file.heads),
                common: phrases(&file.common),
                lasting: phrases(&file.lasting),
                begins: phrases(&file.begins),
                ends: phrases(&file.ends),
                leads: [
                    (Lead::During, phrases(&file.during)),
                    (Lead::Since, phrases(&file.since)),
                    (Lead::Before, phrases(&file.before)),
                    (Lead::After, phrases(&file.after)),
                ],
            }
        });
        &LEXICON
    }
}

#[cfg(test)]
pub(super) fn written_examples() -> Vec<Example> {
    toml::from_str::<File>(EVENTS).map(|file| file.example).unwrap_or_default()
}

/// What the texts say of the days of one event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Told {
    whole: Vec<DateInterval>,
    begins: Vec<DateInterval>,
    ends: Vec<DateInterval>,
}

/// An event that lasts from one day to another, by its name in small letters.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Event {
    name: Box<[Box<str>]>,
    days: DateInterval,
}

/// The events that a folder dates by name.
///
/// ```
/// use irenic_language::times::{NamedEvents, TimeContext, times};
/// use irenic_model::Span;
/// let text = "The Hill Accord was signed on 3 May 1994. Nobody has come since the Hill Accord.";
/// let segments = [Span::new(0, text.len())];
/// let mut events = NamedEvents::default();
/// events.learn(text, &segments, &times(text, &segments, &TimeContext::default()));
/// events.settle();
/// let found = times(text, &segments, &TimeContext { events: Some(&events), ..TimeContext::default() });
/// assert_eq!(found[1].value, "1994-05-03");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedEvents {
    told: std::collections::BTreeMap<Vec<Box<str>>, Told>,
    settled: Vec<Event>,
    /// The events whose names begin with a word.
    by_word: FxHashMap<Box<str>, Vec<usize>>,
}

/// The end of the phrase of a list that stands at `at`.
fn phrase_at(tokens: &Tokens, at: usize, list: &Phrases) -> Option<usize> {
    let ends = list.iter().filter_map(|phrase| {
        let fits = phrase.iter().enumerate().all(|(step, word)| tokens.is(at + step, word));
        fits.then_some(at + phrase.len())
    });
    ends.max()
}

/// The start of the phrase of a list that ends right before `at`.
fn phrase_before(tokens: &Tokens, at: usize, list: &Phrases) -> Option<usize> {
    let starts = list.iter().filter_map(|phrase| {
        let start = at.checked_sub(phrase.len())?;
        phrase.iter().enumerate().all(|(step, word)| tokens.is(start + step, word)).then_some(start)
    });
    starts.min()
}

impl NamedEvents {
    /// Learns from a text, with the times that were found in it, which events it names and when they were.
    pub fn learn(&mut self, text: &str, segments: &[Span], times: &[TimeExpression]) {
        let lexicon = Lexicon::english();
        let mut tokens = Tokens::default();
        for &segment in segments {
            let first = times.partition_point(|time| time.span.start < segment.start);
            let inside = &times[first..];
            let inside = &inside[..inside.partition_point(|time| time.span.end <= segment.end)];
            if inside.iter().all(|time| dated(time).is_none()) {
                continue;
            }
            tokens.read(text, segment);
            let reader = Reader { lexicon, tokens: &tokens, times: inside };
            let mut at = 0;
            while at < tokens.len() {
                let end = phrase_at(&tokens, at, &lexicon.heads);
                if let Some(end) = end {
                    reader.learn(at, end, &mut self.told);
                }
                at = end.unwrap_or(at + 1);
            }
        }
    }

    /// Settles when each event was; one on whose days the texts contradict each other is left out.
    pub fn settle(&mut self) {
        let lexicon = Lexicon::english();
        self.settled.clear();
        self.by_word.clear();
        for (name, told) in &self.told {
            let lasting = lexicon.lasting.iter().any(|head| name.ends_with(head));
            if let Some(days) = told.days(lasting) {
                self.by_word.entry(name[0].clone()).or_default().push(self.settled.len());
                self.settled.push(Event { name: name.clone().into(), days });
            }
        }
    }

    /// Whether no event is settled.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.settled.is_empty()
    }

    /// The event whose name stands at `at` and that something leads to: the end of its name, how it is led to, its days.
    ///
    /// A text of `today` speaks of no event that is to come, and of a mere description only while it is fresh.
    pub(super) fn at(
        &self,
        tokens: &Tokens,
        at: usize,
        today: Option<Date>,
    ) -> Option<(usize, Lead, DateInterval)> {
        let named = self.by_word.get(tokens.word(at))?;
        let event = named
            .iter()
            .map(|&event| &self.settled[event])
            .filter(|event| event.name.iter().enumerate().all(|(step, word)| tokens.is(at + step, word)))
            .max_by_key(|event| event.name.len())?;
        let age = today.map(|today| day_number(today) - day_number(event.days.from()));
        let oldest = if event.name.len() == 1 { FRESH_DAYS_MAX } else { i32::MAX };
        if age.is_some_and(|age| !(0..=oldest).contains(&age)) {
            return None;
        }
        let end = at + event.name.len();
        let article = at - usize::from(tokens.before(at, 1) == "the");
        // "The war" may be another one where "the" is missing: "after war broke out".
        if article == at && event.name.len() == 1 {
            return None;
        }
        let leads = &Lexicon::english().leads;
        let led = leads.iter().find(|(_, list)| phrase_before(tokens, article, list).is_some());
        led.map(|(lead, _)| (end, *lead, event.days))
    }
}

impl Told {
    fn days(&self, lasting: bool) -> Option<DateInterval> {
        let (whole, begins, ends) = (agreed(&self.whole)?, agreed(&self.begins)?, agreed(&self.ends)?);
        match (whole, begins, ends) {
            (_, Some(begin), Some(end)) if begin.from() <= end.until() => Some(begin.cover(&end)),
            (Some(whole), ..) => Some(whole),
            (None, Some(begin), None) if !lasting => Some(begin),
            _ => None,
        }
    }
}

/// The finest of intervals that all share days; the outer `None` where they contradict each other.
#[expect(clippy::option_option, reason = "no days told, and contradicting days, are two things")]
fn agreed(days: &[DateInterval]) -> Option<Option<DateInterval>> {
    let finest = days.iter().min_by_key(|days| days.days()).copied();
    let one = finest.is_none_or(|finest| days.iter().all(|days| days.overlaps(&finest)));
    one.then_some(finest)
}

fn dated(time: &TimeExpression) -> Option<DateInterval> {
    // What is coarser than a year dates no event.
    let days = time.interval.filter(|days| days.grain() <= Grain::Year)?;
    (time.kind == TimeType::Date).then_some(days)
}

struct Reader<'a> {
    lexicon: &'static Lexicon,
    tokens: &'a Tokens,
    times: &'a [TimeExpression],
}

impl Reader<'_> {
    /// Learns the name whose head stands at `head..end`, if it is one and is dated where it stands.
    fn learn(&self, head: usize, end: usize, told: &mut std::collections::BTreeMap<Vec<Box<str>>, Told>) {
        let Some(start) = self.name_start(head, end) else { return };
        let name: Vec<Box<str>> = (start..end).map(|at| self.tokens.word(at).into()).collect();
        let mut add = |add: &dyn Fn(&mut Told)| add(told.entry(name.clone()).or_default());
        if let Some(days) = self.brackets(end).or_else(|| self.of(end)).or_else(|| self.before(start)) {
            add(&|told| told.whole.push(days));
        }
        if let Some(days) = self.led(end, &self.lexicon.begins) {
            add(&|told| told.begins.push(days));
        }
        if let Some(days) = self.led(end, &self.lexicon.ends) {
            add(&|told| told.ends.push(days));
        }
    }

    /// Where the name begins: the words with capitals before its head; a common description is its head alone.
    fn name_start(&self, head: usize, end: usize) -> Option<usize> {
        let tokens = self.tokens;
        let letters = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::Letters);
        let mut start = head;
        while start > 0 && head - start < NAME_MAX {
            let before = start - 1;
            let hyphen =
                tokens.is(before, "-") && start < head && tokens.glued(before) && tokens.glued(start);
            let name = letters(before) && tokens.get(before).is_some_and(|token| token.capital);
            let article = matches!(tokens.word(before), "the" | "a" | "an" | "this" | "that");
            if !(hyphen || name) || article {
                break;
            }
            start = before;
        }
        let common = || {
            self.lexicon
                .common
                .iter()
                .any(|phrase| phrase_at(tokens, head, &vec![phrase.clone()]) == Some(end))
        };
        (start < head && !tokens.shouted || common()).then_some(start)
    }

    /// "(2004 to 2006)".
    fn brackets(&self, end: usize) -> Option<DateInterval> {
        if !self.tokens.is(end, "(") {
            return None;
        }
        let close =
            (end + 1..self.tokens.len().min(end + BRACKETS_MAX)).find(|&at| self.tokens.is(at, ")"))?;
        self.cover(Span::new(self.offset(end)?, self.offset(close)?))
    }

    /// "of 1988-1994".
    fn of(&self, end: usize) -> Option<DateInterval> {
        let stop = (end + 1..self.tokens.len()).find(|&at| self.time_at(at).is_none() && !self.joins(at));
        let stop = stop.and_then(|at| self.offset(at)).unwrap_or(usize::MAX);
        let from = self.offset(end + 1).filter(|_| self.tokens.is(end, "of"))?;
        self.time_at(end + 1)?;
        self.cover(Span::new(from, stop.max(from)))
    }

    fn joins(&self, at: usize) -> bool {
        matches!(self.tokens.word(at), "-" | "to" | "until") && self.time_at(at + 1).is_some()
    }

    /// "the 10 November ceasefire": a date right before the name.
    fn before(&self, start: usize) -> Option<DateInterval> {
        let before = start.checked_sub(1)?;
        let time = self.time_at(before)?;
        (time.span.end <= self.offset(start)?).then(|| dated(time)).flatten()
    }

    /// "began on 3 May 1994": a verb of the list and its date.
    fn led(&self, end: usize, list: &Phrases) -> Option<DateInterval> {
        let after = phrase_at(self.tokens, end, list)?;
        let preposition = matches!(self.tokens.word(after), "on" | "in");
        self.time_at(after + usize::from(preposition)).and_then(dated)
    }

    fn offset(&self, at: usize) -> Option<usize> {
        self.tokens.get(at).map(|token| token.span.start)
    }

    /// The time that holds a token.
    fn time_at(&self, at: usize) -> Option<&TimeExpression> {
        let offset = self.offset(at)?;
        let next = self.times.partition_point(|time| time.span.end <= offset);
        self.times.get(next).filter(|time| time.span.start <= offset)
    }

    /// From the first to the last date within a stretch.
    fn cover(&self, stretch: Span) -> Option<DateInterval> {
        let first = self.times.partition_point(|time| time.span.start < stretch.start);
        let inside = self.times[first..].iter().take_while(|time| time.span.end <= stretch.end);
        inside.filter_map(dated).reduce(|all, days| all.cover(&days))
    }
}
