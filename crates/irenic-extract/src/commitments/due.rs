//! When a commitment is due, and when it was made: the dates of its sentence.

use irenic_model::{Certainty, DateInterval, Grain, Span, TimeExpression, TimeType, date_of, day_number};

use super::lexicon::Lexicon;
use crate::words::Word;

/// A date of a sentence, as the words before it put it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dated {
    /// The position of the first word of what sets the date ("by", or the date itself).
    pub(super) start: usize,
    /// The position after the date.
    pub(super) end: usize,
    pub(super) when: DateInterval,
    /// Whether the words before it set a deadline.
    pub(super) deadline: bool,
    /// Whether a loose word ("on", "in") stands before it.
    pub(super) loose: bool,
    /// Whether it dates an agreement or the like: "of 12 February".
    pub(super) anchor: bool,
}

/// The dates of a sentence, with "between ... and ..." taken as one, and "within 30 days" counted from `made` where
/// that is known.
pub(super) fn dates(
    words: &[Word],
    times: &[TimeExpression],
    made: Option<DateInterval>,
    lexicon: &Lexicon,
) -> Vec<Dated> {
    let Some(region) = words.first().map(|first| first.span.cover(words[words.len() - 1].span)) else {
        return Vec::new();
    };
    let from = times.partition_point(|time| time.span.end <= region.start);
    let mut found: Vec<Dated> = Vec::new();
    for time in times[from..].iter().take_while(|time| time.span.start < region.end) {
        let (start, end) = positions(words, time.span);
        // "For six months we kept our word" tells how long, not until when.
        let length = start == 1 && words[0].is("for");
        let counted = made.filter(|_| !length && runs_from_signing(words, end));
        let Some(when) = interval(time, counted) else { continue };
        if start > 0
            && words[start - 1].is("and")
            && let Some(before) = found.last_mut()
            && before.end == start - 1
            && before.start > 0
            && words[before.start - 1].is("between")
        {
            *before = Dated {
                start: before.start - 1,
                end,
                when: before.when.cover(&when),
                deadline: true,
                loose: false,
                anchor: false,
            };
            continue;
        }
        found.push(preceded(words, start, end, when, lexicon));
    }
    found
}

fn preceded(words: &[Word], start: usize, end: usize, when: DateInterval, lexicon: &Lexicon) -> Dated {
    // "by the end of", "before midnight on"
    let at = if start > 0 && words[start - 1].is("the") { start - 1 } else { start };
    if let Some(length) = lexicon.due.before(words, at) {
        return Dated { start: at - length, end, when, deadline: true, loose: false, anchor: false };
    }
    let loose = lexicon.due_loose.before(words, at);
    let anchor = start > 0 && (words[start - 1].is("of") || words[start - 1].is("dated"));
    Dated { start: at - loose.unwrap_or(0), end, when, deadline: false, loose: loose.is_some(), anchor }
}

/// Whether a term runs from when the agreement was made: it says so, or does not say from when. "Within 30 days of the
/// elections" has a start that is not known.
fn runs_from_signing(words: &[Word], end: usize) -> bool {
    let starts = ["of", "after", "from", "following"];
    if !words.get(end).is_some_and(|word| starts.iter().any(|start| word.is(start))) {
        return true;
    }
    const SIGNING: [&str; 9] = [
        "signing",
        "signature",
        "agreement",
        "accord",
        "force",
        "ceasefire",
        "conclusion",
        "adoption",
        "protocol",
    ];
    let near = &words[end..words.len().min(end + 8)];
    near.iter().any(|word| SIGNING.iter().any(|signing| word.is(signing)))
}

fn positions(words: &[Word], span: Span) -> (usize, usize) {
    let start = words.partition_point(|word| word.span.end <= span.start);
    let end = words.partition_point(|word| word.span.start < span.end);
    (start, end.max(start))
}

/// The days of a date, or the last day of a term that runs from when the commitment was made.
fn interval(time: &TimeExpression, made: Option<DateInterval>) -> Option<DateInterval> {
    match time.kind {
        TimeType::Date | TimeType::Time => time.interval,
        TimeType::Duration => {
            let day = date_of(day_number(made?.until()).checked_add(days_of(&time.value)?)?)?;
            DateInterval::new(day, day, Grain::Day, Certainty::Derived)
        }
        TimeType::Set => None,
    }
}

/// The days of a TIMEX3 duration: `P30D`, `P2W`, `P6M` (months of 30 days), `P1Y`, `PT48H`.
pub(crate) fn days_of(value: &str) -> Option<i32> {
    if let Some(hours) = value.strip_prefix("PT").and_then(|rest| rest.strip_suffix('H')) {
        return hours.parse::<i32>().ok().map(|hours| hours / 24 + i32::from(hours % 24 > 0));
    }
    let rest = value.strip_prefix('P')?;
    let unit = rest.chars().last()?;
    let number: i32 = rest[..rest.len() - unit.len_utf8()].parse().ok()?;
    let days = match unit {
        'D' => 1,
        'W' => 7,
        'M' => 30,
        'Y' => 365,
        _ => return None,
    };
    number.checked_mul(days)
}
