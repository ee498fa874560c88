//! Expressions of time: dates of every grain, dates relative to another, durations, sets, times of day.
//!
//! The rules are data, in layers under `rules/en/times/`: word lists and fragments (`patterns`), words to values
//! (`normalisation`), rules by subject, and `modifiers`. Each rule has examples that run as tests. The engine tries at
//! each token only the rules that may begin with it, takes the longest match, and resolves it at once, so that its
//! time is linear in the length of the text.

mod calendar;
mod engine;
mod holidays;
mod lexicon;
mod named;
mod numbers;
mod operations;
mod pattern;
mod reference;
mod rules;
mod tense;
mod tokens;
mod value;

use irenic_model::jiff::civil::Date;
use irenic_model::{Span, TimeExpression};

pub use named::NamedEvents;
pub use reference::{DocumentKind, Reference};
pub use tense::Tense;

use crate::Analysis;

/// What is known beside the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct TimeContext<'a> {
    /// The day on which the document was published.
    pub document_date: Option<Date>,
    /// What kind of text it is.
    pub kind: DocumentKind,
    /// The trees of the text, for the tense of verbs; without them the words around decide.
    pub analysis: Option<&'a Analysis>,
    /// The events that the folder dates by name.
    pub events: Option<&'a NamedEvents>,
    /// What the text is about, where its title tells.
    pub topic: Option<Topic<'a>>,
}

/// The year that a text is about, and where it comes back to it.
///
/// An account of one year is seldom told in order of time from end to end: a section on what came of it may run into the
/// next year, and the section after that begins in the year of the title again.
///
/// ```
/// use irenic_language::times::{TimeContext, Topic, times};
/// use irenic_model::Span;
/// let text = "The 2020 war\n\nInquiries ended in May 2022.\n\nLosses\n\nBy late October 90 had died.";
/// let segments = [0..12, 14..41, 43..49, 51..78].map(|it| Span::new(it.start, it.end));
/// let topic = Topic { year: 2020, sections: &[43] };
/// let found = times(text, &segments, &TimeContext { topic: Some(topic), ..TimeContext::default() });
/// assert_eq!(found[2].value, "2020-10");
/// let found = times(text, &segments, &TimeContext::default());
/// assert_eq!(found[2].value, "2022-10");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Topic<'a> {
    /// The year.
    pub year: i16,
    /// Where sections begin, in bytes and in order.
    pub sections: &'a [usize],
}

/// An expression, and how its value was derived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    /// The expression.
    pub time: TimeExpression,
    /// The rule that matched.
    pub rule: &'static str,
    /// The file of rules that it lies in.
    pub layer: &'static str,
    /// How the rule computes the value, as the rule is written: `shift $s $u`.
    pub formula: &'static str,
    /// The named parts of the match.
    pub captures: Vec<(&'static str, Span)>,
    /// The rule of the modifier, if one applied.
    pub modifier_rule: Option<&'static str>,
    /// The rule of the day or of the time of day that was joined to it, if one was.
    pub joined_rule: Option<&'static str>,
    /// What the value leans on, if on anything.
    pub reference: Option<Reference>,
    /// The tense of the clause, where the value hangs on it.
    pub tense: Option<Tense>,
}

/// The expressions of time in `segments` of the text, in text order and without overlap.
///
/// ```
/// use irenic_language::times::{TimeContext, times};
/// use irenic_model::Span;
/// let text = "Talks were held on March 13 and 27, 2023 and in early 2024.";
/// let found = times(text, &[Span::new(0, text.len())], &TimeContext::default());
/// let values: Vec<_> = found.iter().map(|time| time.value.as_str()).collect();
/// assert_eq!(values, ["2023-03-13", "2023-03-27", "2024"]);
/// ```
#[must_use]
pub fn times(text: &str, segments: &[Span], context: &TimeContext<'_>) -> Vec<TimeExpression> {
    engine::read(text, segments, context).into_iter().map(|found| found.time).collect()
}

/// The same with rule, layers and reference of each.
///
/// ```
/// use irenic_language::times::{TimeContext, explain};
/// use irenic_model::Span;
/// let text = "It ended in March 2023.";
/// let found = explain(text, &[Span::new(0, text.len())], &TimeContext::default());
/// assert_eq!((found[0].layer, found[0].time.value.as_str()), ("dates", "2023-03"));
/// ```
#[must_use]
pub fn explain(text: &str, segments: &[Span], context: &TimeContext<'_>) -> Vec<Derivation> {
    engine::read(text, segments, context)
}

#[cfg(test)]
mod tests;
