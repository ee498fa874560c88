//! The period that a figure covers: the time expressions that attach to it.

use irenic_model::jiff::civil::Date;
use irenic_model::{DateInterval, Span, TimeExpression, TimeType};

/// The dates of one stretch of text, with their places.
pub(super) struct Dates<'a> {
    text: &'a str,
    dates: Vec<(Span, DateInterval)>,
    /// Where relative clauses begin that tell an end: "a war that ended in 1997".
    ends: Vec<usize>,
}

impl<'a> Dates<'a> {
    /// The dates of `region`; two that are joined to a range ("between 2014 and 2019", "(May 2014 – August 2019)")
    /// count as one.
    /// "Since 1976" runs to the day of publication; where that is not known its end is not either, and it counts as none.
    pub(super) fn new(
        text: &'a str,
        region: Span,
        times: &[TimeExpression],
        published: Option<Date>,
    ) -> Self {
        let first = times.partition_point(|time| time.span.end <= region.start);
        let mut dates: Vec<(Span, DateInterval)> = Vec::new();
        for time in times[first..].iter().take_while(|time| time.span.start < region.end) {
            let Some(interval) = time.interval.filter(|_| time.kind == TimeType::Date) else { continue };
            if let Some((span, before)) = dates.last_mut()
                && joined(text, *span, time.span, region)
                && before.from() <= interval.until()
            {
                *span = span.cover(time.span);
                *before = before.cover(&interval);
                continue;
            }
            let since = follows_since(text, time.span.start) || begins_since(text, time.span.start);
            let open = published.filter(|_| since).and_then(|day| {
                DateInterval::new(interval.from(), day, interval.grain(), interval.certainty())
            });
            // What has been counted since 1984 is not what was counted in it.
            if since && published.is_none() {
                continue;
            }
            dates.push((time.span, open.unwrap_or(interval)));
        }
        Self { text, dates, ends: ends_in(text, region) }
    }

    /// The period of the figure at `own`, which shares the stretch with others: `left` and `right` are where its
    /// neighbours end and begin.
    ///
    /// A date in brackets right after the figure is its own; else the nearest between its neighbours; else the only
    /// one of the stretch.
    pub(super) fn period(&self, own: Span, left: usize, right: usize) -> Option<DateInterval> {
        // "in a war that ended in 1997" dates the end, not what the war cost.
        let after = self.ends.partition_point(|&at| at < own.end);
        let of_end = |span: Span| self.ends.get(after).is_some_and(|&at| at < span.start);
        let dates: Vec<_> = self.dates.iter().filter(|(span, _)| !of_end(*span)).collect();
        let nearby = |(span, _): &&&(Span, DateInterval)| left <= span.start && span.end <= right;
        let bracketed = dates.iter().filter(nearby).find(|(span, _)| {
            own.end <= span.start
                && self
                    .text
                    .get(own.end..span.start)
                    .is_some_and(|gap| gap.contains('(') && !gap.contains(')'))
        });
        let nearest = || {
            dates.iter().filter(nearby).min_by_key(|(span, _)| {
                if span.start >= own.end { span.start - own.end } else { own.start.saturating_sub(span.end) }
            })
        };
        let only = || dates.first().filter(|_| dates.len() == 1);
        bracketed.or_else(nearest).or_else(only).map(|(_, interval)| *interval)
    }
}

/// Where in a region a relative clause tells an end: "that ended with a truce in".
fn ends_in(text: &str, region: Span) -> Vec<usize> {
    const ENDS: [&str; 5] = ["ended", "ends", "finished", "stopped", "ceased"];
    let mut at = region.start;
    let placed = region.of(text).split_inclusive(char::is_whitespace).map(|piece| {
        let start = at;
        at += piece.len();
        (start, piece.trim_end())
    });
    let words: Vec<(usize, &str)> = placed.filter(|(_, word)| !word.is_empty()).collect();
    let tells = |pair: &&[(usize, &str)]| matches!(pair[0].1, "that" | "which") && ENDS.contains(&pair[1].1);
    words.windows(2).filter(tells).map(|pair| pair[0].0).collect()
}

fn follows_since(text: &str, start: usize) -> bool {
    let mut words = text[..start].trim_end().rsplit(char::is_whitespace);
    let last = words.find(|word| !matches!(*word, "the" | "early" | "late" | "mid"));
    last.is_some_and(|word| word.eq_ignore_ascii_case("since"))
}

/// "since the war began in April 2023": what is counted goes on from the beginning that the clause dates.
fn begins_since(text: &str, start: usize) -> bool {
    const WORDS_MAX: usize = 12;
    const BEGINS: [&str; 7] = ["began", "begun", "started", "erupted", "start", "beginning", "outbreak"];
    let words = text[..start].trim_end().rsplit(char::is_whitespace).take(WORDS_MAX);
    let clause: Vec<&str> = words.take_while(|word| !word.ends_with(['.', ',', ';', ':'])).collect();
    let since = clause.iter().position(|word| word.eq_ignore_ascii_case("since"));
    since.is_some_and(|since| clause[..since].iter().any(|word| BEGINS.contains(word)))
}

/// Whether two dates make one range: a dash, "to", "until" between them, or "and" after "between".
fn joined(text: &str, first: Span, second: Span, region: Span) -> bool {
    let Some(gap) = text.get(first.end..second.start.max(first.end)) else { return false };
    match gap.trim() {
        "-" | "–" | "—" | "to" | "until" | "till" | "through" => true,
        "and" => {
            let before = text.get(region.start..first.start).unwrap_or_default().trim_end();
            before.ends_with("between") || before.ends_with("Between")
        }
        _ => false,
    }
}
