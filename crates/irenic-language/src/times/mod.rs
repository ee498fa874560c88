//! Expressions of time: dates of every grain, dates relative to another, durations, and the days they denote.
//!
//! The engine reads words, not trees: a scan over the words of each segment tries the forms in order, the longest
//! first. A date without a year is resolved against the document's date, in a document without one against the date
//! that the narrative gave last.

mod absolute;
mod relative;
mod words;

use irenic_model::jiff::civil::Date;
use irenic_model::{Certainty, DateInterval, Span, TimeExpression, TimeModifier, TimeType};

use words::Words;

/// What is known beside the text.
#[derive(Clone, Copy, Debug, Default)]
pub struct TimeContext {
    /// The day on which the document was published.
    pub document_date: Option<Date>,
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
pub fn times(text: &str, segments: &[Span], context: &TimeContext) -> Vec<TimeExpression> {
    let mut found = Vec::new();
    let mut reference = context.document_date;
    for &segment in segments {
        let words = Words::of(text, segment);
        let mut at = 0;
        while at < words.len() {
            let forms = absolute::read(&words, at).or_else(|| relative::read(&words, at, reference));
            let Some(forms) = forms else {
                at += 1;
                continue;
            };
            at = forms.next;
            for form in forms.found {
                if context.document_date.is_none()
                    && let Some(interval) = form.interval
                {
                    reference = Some(interval.until());
                }
                found.push(form);
            }
        }
    }
    found
}

/// What a form read: expressions, and the word after them.
struct Forms {
    found: Vec<TimeExpression>,
    next: usize,
}

impl Forms {
    fn one(time: TimeExpression, next: usize) -> Self {
        Self { found: vec![time], next }
    }
}

fn date(span: Span, value: String, interval: Option<DateInterval>) -> TimeExpression {
    TimeExpression { span, kind: TimeType::Date, value, modifier: None, interval }
}

fn derived(interval: DateInterval) -> DateInterval {
    interval.with_certainty(Certainty::Derived)
}

/// "early", "mid", "late" and their modifiers.
fn part_of(word: &str) -> Option<TimeModifier> {
    match word {
        "early" | "beginning" | "start" => Some(TimeModifier::Start),
        "mid" | "middle" => Some(TimeModifier::Mid),
        "late" | "end" => Some(TimeModifier::End),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text, the document's date, and each expression with its value, first and last day.
    type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str, &'a str)]);

    const CASES: &[Case<'_>] = &[
        ("on 28 September, 2023 they", "", &[("28 September, 2023", "2023-09-28", "2023-09-28..2023-09-28")]),
        (
            "on September 19-20, 2023",
            "",
            &[("September 19-20, 2023", "2023-09-19", "2023-09-19..2023-09-20")],
        ),
        (
            "the 19-20 September 2023 fight",
            "",
            &[("19-20 September 2023", "2023-09-19", "2023-09-19..2023-09-20")],
        ),
        ("in the early 1990s", "", &[("early 1990s", "199", "1990-01-01..1993-12-31")]),
        ("in early November 2022", "", &[("early November 2022", "2022-11", "2022-11-01..2022-11-10")]),
        (
            "between 2021 and 2023",
            "",
            &[("2021", "2021", "2021-01-01..2021-12-31"), ("2023", "2023", "2023-01-01..2023-12-31")],
        ),
        ("before January 1, 2024", "", &[("January 1, 2024", "2024-01-01", "2024-01-01..2024-01-01")]),
        ("on 22.09.2023 it", "", &[("22.09.2023", "2023-09-22", "2023-09-22..2023-09-22")]),
        ("on 2023-09-22 it", "", &[("2023-09-22", "2023-09-22", "2023-09-22..2023-09-22")]),
        ("in the summer of 1992", "", &[("summer of 1992", "1992-SU", "1992-06-01..1992-08-31")]),
        ("in the 19th century", "", &[("19th century", "18", "1801-01-01..1900-12-31")]),
        ("30 DEC 89", "", &[("30 DEC 89", "1989-12-30", "1989-12-30..1989-12-30")]),
        ("It ended yesterday.", "2024-05-03", &[("yesterday", "2024-05-02", "2024-05-02..2024-05-02")]),
        ("It came on Tuesday.", "2024-05-03", &[("Tuesday", "2024-04-30", "2024-04-30..2024-04-30")]),
        ("It fell last month.", "2024-05-03", &[("last month", "2024-04", "2024-04-01..2024-04-30")]),
        (
            "In May 1994 it began. Three years later it ended.",
            "",
            &[
                ("May 1994", "1994-05", "1994-05-01..1994-05-31"),
                ("Three years later", "1997", "1997-01-01..1997-12-31"),
            ],
        ),
        (
            "On 3 May 1994 it began. The next day it ended.",
            "",
            &[
                ("3 May 1994", "1994-05-03", "1994-05-03..1994-05-03"),
                ("next day", "1994-05-04", "1994-05-04..1994-05-04"),
            ],
        ),
        ("for three decades", "", &[("three decades", "P3DE", "")]),
        ("for almost 30 years", "", &[("30 years", "P30Y", "")]),
        // None of these is a time.
        ("Resolution 1993 says", "", &[]),
        ("they may march in force", "", &[]),
        ("1,000 people and 2000 soldiers", "", &[]),
        ("see page 1990 there", "", &[]),
        ("a second meeting", "", &[]),
    ];

    #[test]
    fn forms_and_no_false_ones() {
        for (text, published, expected) in CASES {
            let context = TimeContext { document_date: published.parse().ok() };
            let found: Vec<_> = times(text, &[Span::new(0, text.len())], &context)
                .iter()
                .map(|time| {
                    let days = time.interval.map(|days| format!("{}..{}", days.from(), days.until()));
                    (time.span.of(text).to_owned(), time.value.clone(), days.unwrap_or_default())
                })
                .collect();
            let expected: Vec<_> =
                expected.iter().map(|(a, b, c)| (a.to_string(), b.to_string(), c.to_string())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn any_text_is_read() {
        for text in [
            "",
            "1990",
            "May",
            "31 February 2020",
            "99999999999999999999",
            "early",
            "in the",
            "12-",
            "٣ مايو",
        ] {
            let _ = times(text, &[Span::new(0, text.len())], &TimeContext::default());
        }
    }
}
