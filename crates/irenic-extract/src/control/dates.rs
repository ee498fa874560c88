//! When control changes: the days that stand with a word, and what "since", "until" and their like make of them.

use irenic_language::Upos;
use irenic_model::{ControlChange, DateInterval, Span, TimeType};

use super::words::is_in;
use super::{Dated, Scribe};
use crate::frames::{Found, Reader};

impl Scribe<'_, '_, '_> {
    /// The changes that a frame tells, with their dates. Who holds a place "since May" had it in May, who holds it "until
    /// May" has lost it then, who holds it "from May to July" both; who held it "until then" lost it by what the sentence
    /// tells.
    pub(super) fn dated(&self, found: &Found<'_>, change: ControlChange) -> Vec<Dated> {
        let tree = &self.reader.scene.tree;
        let text = &self.reader.input.document.text;
        let days = self.clock.days(tree, found.token, None).intervals;
        let held = change != ControlChange::Lost;
        // "until 20 November, when it was returned"
        if let Some(when) = self.told_by_when(found.token) {
            return vec![(change, Some(when))];
        }
        let trigger = tree.token(found.token).span.start;
        let own = self.reader.sentence(found.token).start;
        let clause = |c: char| matches!(c, ',' | ';' | ':' | '(');
        let lead = text[own..trigger].rsplit(clause).next().unwrap_or_default();
        let tail = text[trigger..].split(clause).next().unwrap_or_default();
        let tail_end = trigger + tail.len();
        let tail = tail.split_whitespace().skip(1).take(2);
        let near: Vec<String> =
            lead.split_whitespace().rev().take(3).chain(tail).map(str::to_lowercase).collect();
        let said = |word: &str| near.iter().any(|own| own.trim_end_matches('.') == word);
        let once = ["previously", "hitherto", "formerly"].iter().any(|word| said(word));
        if held && (once || said("until") && said("then")) {
            return vec![(ControlChange::Lost, days.first().map(|(when, _)| *when))];
        }
        let told = days.first().copied().filter(|(_, time)| time.is_some());
        let days = self
            .behind(found.token, tail_end)
            .or(told)
            // "On 9 May they marked the capture of Alba": no day of what a noun tells by the way.
            .or_else(|| tree.token(found.token).upos.is_verbal().then(|| self.anywhere(found.token))?)
            .or(days.first().copied());
        let Some((when, time)) = days else { return vec![(change, None)] };
        let from = |time: &Span| {
            text[own..time.start].trim_end().to_lowercase().ends_with("from")
                || text[own..time.start].contains(" from ")
        };
        let behind = |time: &Span| change == ControlChange::Held || time.start > trigger && from(time);
        let stretch =
            time.filter(|time| held && behind(time)).and_then(|time| self.ends(found.token, time, when));
        if let Some((first, last)) = stretch {
            return vec![(ControlChange::Gained, Some(first)), (ControlChange::Lost, Some(last))];
        }
        let word = |time: Span| text[..time.start].split_whitespace().next_back().map(str::to_lowercase);
        // "masters of Alba since June, they gave it up in May": what ended in May did not end in June.
        if change == ControlChange::Lost && time.is_some_and(|time| word(time).as_deref() == Some("since")) {
            let sentence = self.reader.sentence(found.token);
            let times = &self.reader.input.times;
            let start = times.partition_point(|one| one.span.start < trigger);
            let mut later = times[start..].iter().take_while(|one| one.span.start < sentence.end);
            return vec![(change, later.find_map(|one| one.interval))];
        }
        let before = time.and_then(word);
        let change = match before.as_deref() {
            Some("since" | "from") if change == ControlChange::Held => ControlChange::Gained,
            Some("until" | "till") if held && !found.negated => ControlChange::Lost,
            _ => change,
        };
        vec![(change, Some(when))]
    }

    /// The date that a clause with "when" follows.
    fn told_by_when(&self, token: usize) -> Option<DateInterval> {
        let text = &self.reader.input.document.text;
        let sentence = self.reader.sentence(token);
        let trigger = self.reader.scene.tree.token(token).span.start;
        let times = &self.reader.input.times;
        let end = times.partition_point(|one| one.span.end <= trigger);
        let before = times[..end].last().filter(|one| one.span.start >= sentence.start)?;
        let between = text[before.span.end..trigger].trim_start_matches([',', ' ']);
        let other = between.contains([',', ';']);
        between.strip_prefix("when ").filter(|_| !other).and(before.interval)
    }

    /// The first date behind a word within its clause, up to `end`, where nothing else is told between.
    fn behind(&self, token: usize, end: usize) -> Option<(DateInterval, Option<Span>)> {
        let tree = &self.reader.scene.tree;
        let trigger = tree.token(token).span;
        let times = &self.reader.input.times;
        let start = times.partition_point(|one| one.span.start < trigger.end);
        let first = times[start..].iter().find(|one| one.interval.is_some() && one.kind == TimeType::Date)?;
        let within = first.span.start < end.min(self.reader.sentence(token).end);
        let other = |at: usize| matches!(tree.token(at).upos, Upos::Verb | Upos::Cconj);
        let before = self.reader.input.document.text[..first.span.start].split_whitespace().next_back();
        let within = within && !before.is_some_and(|word| is_in("opens_stretch", word));
        let mut between = tree.analysis.tokens_in(Span::new(trigger.end, first.span.start));
        (within && !between.any(other)).then_some((first.interval?, Some(first.span)))
    }

    /// The date of a sentence that tells one alone, of what a word tells or of who says so; else the next behind the word up to a
    /// semicolon.
    fn anywhere(&self, token: usize) -> Option<(DateInterval, Option<Span>)> {
        let text = &self.reader.input.document.text;
        let sentence = self.reader.sentence(token);
        let trigger = self.reader.scene.tree.token(token).span;
        let times = &self.reader.input.times;
        let start = times.partition_point(|one| one.span.start < sentence.start);
        let own: Vec<_> = times[start..]
            .iter()
            .take_while(|one| one.span.start < sentence.end)
            .filter(|one| one.kind == TimeType::Date && one.interval.is_some())
            .collect();
        let bound = |start: usize| {
            let before = text[..start].split_whitespace().next_back().unwrap_or_default();
            is_in("bounds", before)
        };
        let next = own.iter().find(|one| {
            one.span.start > trigger.end
                && !text[trigger.end..one.span.start].contains(';')
                && !bound(one.span.start)
        });
        let only = own.first().filter(|one| own.len() == 1 && !bound(one.span.start));
        let last = own
            .iter()
            .rev()
            .find(|one| own.len() > 1 && one.span.end < trigger.start && !bound(one.span.start));
        let before = last.filter(|_| own.iter().all(|one| one.span.end < trigger.start));
        only.or(next).or(before).and_then(|one| Some((one.interval?, Some(one.span))))
    }

    /// The first and the last day of a stretch that is told by both: "from 3 May 2012 until 30 January 2013".
    fn ends(&self, token: usize, time: Span, whole: DateInterval) -> Option<(DateInterval, DateInterval)> {
        let sentence = self.reader.sentence(token);
        let times = &self.reader.input.times;
        let start = times.partition_point(|one| one.span.start < sentence.start);
        let own = times[start..].iter().take_while(|one| one.span.start < sentence.end);
        let intervals: Vec<(Span, DateInterval)> =
            own.filter_map(|one| Some((one.span, one.interval?))).collect();
        let first = intervals.iter().find(|(_, one)| one.from() == whole.from())?;
        let last = intervals.iter().rfind(|(_, one)| one.until() == whole.until())?;
        let two = first.0.end <= last.0.start
            && first.1.until() < last.1.from()
            && (first.0 == time || last.0 == time);
        two.then_some((first.1, last.1))
    }
}

/// The first date behind a word, where it begins before `end`: within a name it is no part of it.
pub(super) fn date_behind(reader: &Reader<'_, '_>, head: usize, end: usize) -> Option<Span> {
    let own = reader.scene.tree.token(head).span.end;
    let times = &reader.input.times;
    let start = times.partition_point(|one| one.span.start < own);
    times[start..].first().map(|one| one.span).filter(|date| date.start < end)
}
