//! The scan: rules over the tokens of each segment, then days joined with times of day, then modifiers.

use std::cell::Cell;

use irenic_model::{Certainty, DateInterval, Span, TimeExpression, TimeModifier, TimeType};

use super::calendar;
use super::named::Lead;
use super::pattern::{Capture, Match};
use super::reference::{Clock, DocumentKind, Reference};
use super::rules::{Modifier, Part, Rule, Rules};
use super::tense::{self, Clause, Tense, Tree};
use super::tokens::Tokens;
use super::value::Scene;
use super::{Derivation, TimeContext};

/// A time in the making: its tokens, and how it was derived.
#[derive(Clone, Debug)]
struct Found {
    start: usize,
    end: usize,
    derivation: Derivation,
}

/// The share of years against other cues above which a dated text is a report, and a number of years to be sure.
const YEARS_PER_DEICTIC: usize = 3;
const YEARS_MIN: usize = 4;

pub(super) fn read(text: &str, segments: &[Span], context: &TimeContext<'_>) -> Vec<Derivation> {
    let mut engine = Engine {
        text,
        context,
        rules: Rules::english(),
        tokens: Tokens::default(),
        hour: None,
        clock: Clock {
            document: context.document_date,
            kind: kind_of(text, segments, context),
            running: None,
            quarter: None,
            longer: false,
        },
    };
    let mut all = Vec::new();
    let mut read_until = 0;
    for &segment in segments {
        if let Some(topic) = context.topic.filter(|topic| topic.begins_in(read_until..segment.end)) {
            engine.clock.come_back_to(topic.year);
        }
        read_until = segment.end;
        engine.tokens.read(text, segment);
        engine.segment(&mut all);
    }
    all
}

fn kind_of(text: &str, segments: &[Span], context: &TimeContext<'_>) -> DocumentKind {
    let Some(day) = context.document_date else { return DocumentKind::Narrative };
    if context.kind != DocumentKind::Judged {
        return context.kind;
    }
    let (mut years, mut deictic) = (0_usize, 0_usize);
    let mut tokens = Tokens::default();
    for &segment in segments {
        tokens.read(text, segment);
        for at in 0..tokens.len() {
            let word = tokens.word(at);
            let year = tokens.digits(at).filter(|year| word.len() == 4 && (1500..2100).contains(year));
            years += usize::from(year.is_some_and(|year| year < u32::from(day.year().unsigned_abs())));
            let today = matches!(word, "today" | "yesterday" | "tomorrow" | "tonight");
            deictic += usize::from(today || word.len() > 5 && word.ends_with("day") && tokens.is_name(at));
        }
    }
    let report = years >= YEARS_MIN && years > YEARS_PER_DEICTIC * deictic;
    if report { DocumentKind::Report } else { DocumentKind::News }
}

struct Engine<'a> {
    text: &'a str,
    context: &'a TimeContext<'a>,
    rules: &'static Rules,
    tokens: Tokens,
    clock: Clock,
    /// Where a time of day begins that leads to a day, and where the day does.
    hour: Option<(usize, usize)>,
}

impl Engine<'_> {
    fn segment(&mut self, all: &mut Vec<Derivation>) {
        let mut found: Vec<Found> = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let next = self.named(at, &mut found).or_else(|| self.rule(at, &mut found));
            at = next.unwrap_or(at + 1);
        }
        for mut time in self.joined(found) {
            self.modify(&mut time);
            self.place(&mut time);
            let span = self.tokens.span(time.start, time.end);
            time.derivation.time.span = span;
            all.push(time.derivation);
        }
    }

    /// An event that the folder dates, and that something leads to: "since the ceasefire".
    fn named(&mut self, at: usize, found: &mut Vec<Found>) -> Option<usize> {
        // The article is looked past, or a rule that begins with it would take it.
        let name = at + usize::from(self.tokens.is(at, "the"));
        let (end, lead, days) = self.context.events?.at(&self.tokens, name, self.clock.document)?;
        let span = self.tokens.span(at, end);
        let (interval, modifier) = match lead {
            Lead::During => (Some(days), None),
            Lead::Since => (calendar::edge(days, days.until()), None),
            Lead::Before => (calendar::edge(days, days.from()), Some(TimeModifier::Before)),
            // "After the war" is any time since, and dates nothing by itself.
            Lead::After => (None, Some(TimeModifier::After)),
        };
        let value = calendar::value(interval.or_else(|| calendar::edge(days, days.until()))?);
        let time = TimeExpression { span, kind: TimeType::Date, value, modifier, interval };
        self.clock.running = Some(interval.unwrap_or(days));
        let derivation = Derivation {
            time,
            rule: "named-event",
            layer: "events",
            formula: lead.name(),
            captures: vec![("event", span)],
            modifier_rule: None,
            joined_rule: None,
            reference: Some(Reference::Event(days)),
            tense: None,
        };
        found.push(Found { start: at, end, derivation });
        Some(end)
    }

    /// The longest rule that fits at a token; gives the position after it.
    fn rule(&mut self, at: usize, found: &mut Vec<Found>) -> Option<usize> {
        let words = self.rules.words();
        let mut best = Match { end: at, captures: Vec::new() };
        let mut chosen: Option<&Rule> = None;
        for &candidate in self.rules.candidates(&self.tokens, at) {
            let rule = &self.rules.rules[usize::from(candidate)];
            let mut this = Match { end: best.end, captures: Vec::new() };
            if rule.pattern.longest(&self.tokens, at, &words, &mut this)
                && rule.passes(&self.tokens, at, &this, &words)
            {
                best = this;
                chosen = Some(rule);
            }
        }
        let rule = chosen?;
        let before = found.len();
        let words = self.rules.words();
        let hour = found.last().filter(|last| floats(last));
        let joins = |last: &&Found| {
            last.end == at || self.rules.time_then_day.spans(&self.tokens, last.end, at, &words)
        };
        self.hour = hour.filter(joins).map(|last| (last.start, at));
        for part in &rule.parts {
            if let Some(time) = self.part(rule, part, at, &best) {
                found.push(time);
            }
        }
        // A match that denotes nothing keeps nobody else away, but a rule without parts is there to do so.
        (found.len() > before || rule.parts.is_empty()).then_some(best.end)
    }

    fn part(
        &mut self,
        rule: &'static Rule,
        part: &'static Part,
        at: usize,
        matched: &Match,
    ) -> Option<Found> {
        let (start, end) = match part.bounds {
            None => (at, matched.end),
            Some((from, to)) => {
                let named = |name: u16| matched.captures.iter().find(|capture| capture.name == name);
                (named(from)?.start, named(to)?.end)
            }
        };
        let asked = Cell::new(None);
        let clause = |through| {
            let clause = self.clause(start, end, through);
            asked.set(Some(clause.tense));
            clause
        };
        let scene = Scene {
            lexicon: &self.rules.lexicon,
            captures: &matched.captures,
            clock: &self.clock,
            clause: &clause,
        };
        let meaning = scene.evaluate(&part.value)?;
        self.clock.account(&meaning);
        if !self.is_measured_from(start) {
            self.follow(meaning.interval, part.kind);
        }
        let time = TimeExpression {
            span: self.tokens.span(start, end),
            kind: part.kind,
            value: meaning.value,
            modifier: rule.modifier,
            interval: meaning.interval,
        };
        let captures = matched.captures.iter().map(|capture| self.capture(capture)).collect();
        let derivation = Derivation {
            time,
            rule: &rule.name,
            layer: rule.layer,
            formula: &part.formula,
            captures,
            modifier_rule: None,
            joined_rule: None,
            reference: meaning.reference,
            tense: asked.get(),
        };
        Some(Found { start, end, derivation })
    }

    fn capture(&self, capture: &Capture) -> (&'static str, Span) {
        (&self.rules.names[usize::from(capture.name)], self.tokens.span(capture.start, capture.end))
    }

    /// Whether what begins here names the thing that later ones are measured from: "the worst since the 1994 ceasefire".
    /// Nor is it told of anew where something has lasted since: "has held the town since 3 May". The narrative does not go back to it.
    fn is_measured_from(&self, start: usize) -> bool {
        let article = usize::from(!self.tokens.is(start, "the"));
        let the = article == 0 || self.tokens.before(start, 1) == "the";
        let lasting = || {
            let word = self.tokens.before(start, 2);
            self.clock.running.is_some() && !word.is_empty() && !matches!(word, "." | "!" | "?" | "ever")
        };
        the && self.tokens.before(start, 1 + article) == "since"
            || self.tokens.before(start, 1) == "since" && lasting()
    }

    /// The narrative moves on with each date of the calendar.
    fn follow(&mut self, interval: Option<DateInterval>, kind: TimeType) {
        if let Some(interval) = interval.filter(|it| kind != TimeType::Set && it.days() <= 3700) {
            self.clock.running = Some(interval);
        }
    }

    fn clause(&self, start: usize, end: usize, through: bool) -> Clause {
        let (lexicon, cues) = (&self.rules.lexicon, &self.rules.cues);
        // Of "until 9 a.m. Tuesday" it is the word before the hour that leads.
        let lead = self.hour.filter(|hour| hour.1 == start).map_or(start, |hour| hour.0);
        let span = self.tokens.span(start, end);
        let tree = self.context.analysis.map(|analysis| Tree { text: self.text, analysis, lexicon, cues });
        let led = cues.lead(&self.tokens, lead, &self.rules.words());
        match (led, tree) {
            (Some(Tense::Future), Some(tree)) if tree.had_been(span) => {
                Clause { tense: Tense::Past, direct: true }
            }
            (Some(tense), _) => Clause { tense, direct: true },
            (None, Some(tree)) => {
                let clause = tree.clause(span, through);
                let ahead =
                    clause.tense == Tense::Unknown && cues.hints(&self.tokens, lead, &self.rules.words());
                if ahead { Clause { tense: Tense::Future, direct: false } } else { clause }
            }
            (None, None) => tense::in_words(&self.tokens, lexicon, cues, start, end),
        }
    }

    /// "Friday" and "night", "10 p.m." and "Wednesday" become one time.
    fn joined(&self, found: Vec<Found>) -> Vec<Found> {
        let words = self.rules.words();
        let mut joined: Vec<Found> = Vec::with_capacity(found.len());
        for time in found {
            let Some(last) = joined.last_mut() else {
                joined.push(time);
                continue;
            };
            let between = |pattern: &super::pattern::Pattern| {
                time.start == last.end || pattern.spans(&self.tokens, last.end, time.start, &words)
            };
            if is_day(last) && floats(&time) && between(&self.rules.day_then_time) {
                let value = format!("{}{}", last.derivation.time.value, time.derivation.time.value);
                last.derivation.time.value = value;
            } else if floats(last) && is_day(&time) && between(&self.rules.time_then_day) {
                let value = format!("{}{}", time.derivation.time.value, last.derivation.time.value);
                last.derivation.time.value = value;
                last.derivation.time.interval = time.derivation.time.interval;
                last.derivation.reference = time.derivation.reference;
                last.derivation.tense = time.derivation.tense;
                // "10:35 a.m. (0735 GMT) Friday": what stands between parts the day from its hour.
                if (last.end..time.start).any(|at| self.tokens.is(at, ")")) {
                    last.derivation.time.kind = TimeType::Time;
                    last.derivation.joined_rule = Some(time.derivation.rule);
                    joined.push(time);
                    continue;
                }
            } else {
                joined.push(time);
                continue;
            }
            last.derivation.time.kind = TimeType::Time;
            last.derivation.joined_rule = Some(time.derivation.rule);
            last.end = time.end;
        }
        joined
    }

    /// A time of day without a day is of the day that the text leans on.
    fn place(&mut self, time: &mut Found) {
        if !floats(time) {
            return;
        }
        let reference = match self.clock.kind {
            DocumentKind::Narrative | DocumentKind::Report => self.clock.anaphoric(),
            _ => self.clock.deictic(),
        };
        let day = reference
            .map(Reference::day)
            .filter(|_| !matches!(reference, Some(Reference::Running(days)) if days.days() > 1));
        let value = &mut time.derivation.time.value;
        match day {
            Some(day) => {
                *value = format!("{day}{value}");
                time.derivation.time.interval =
                    Some(DateInterval::day(day).with_certainty(Certainty::Derived));
                time.derivation.reference = reference;
            }
            None => *value = format!("XXXX-XX-XX{value}"),
        }
    }

    /// Words before and after that narrow or widen a time: "early", "more than", "or so".
    fn modify(&self, time: &mut Found) {
        if matches!(time.derivation.reference, Some(Reference::Event(_))) {
            self.article(time);
            return;
        }
        let words = self.rules.words();
        let kind = time.derivation.time.kind;
        let fitting = || self.rules.modifiers.iter().filter(|modifier| modifier.types.contains(&kind));
        let before = fitting()
            .filter_map(|it| Some((it.start(&self.tokens, time.start, &words)?, it)))
            .min_by_key(|it| it.0);
        let after = || {
            fitting().find_map(|modifier| {
                let mut after = Match { end: time.end, captures: Vec::new() };
                let pattern = modifier.after.as_ref()?;
                pattern.longest(&self.tokens, time.end, &words, &mut after).then_some((after.end, modifier))
            })
        };
        if let Some((start, modifier)) = before {
            time.start = start;
            apply(time, modifier);
        } else if let Some((end, modifier)) = after() {
            time.end = end;
            apply(time, modifier);
        }
        self.article(time);
    }

    /// "the" belongs to a time, but not where it belongs to a noun after it: "the June agreement".
    fn article(&self, time: &mut Found) {
        let inside = self.tokens.is(time.start, "the");
        let at = match () {
            () if inside => time.start,
            () if time.start > 0 && self.tokens.is(time.start - 1, "the") => time.start - 1,
            () => return,
        };
        let end = self.tokens.span(time.start, time.end).end;
        let of_noun = self.context.analysis.is_some_and(|analysis| {
            let article = analysis.token_at(self.tokens.span(at, at + 1).start);
            let head = article.and_then(|article| analysis.head_of(article));
            head.is_some_and(|head| analysis.tokens[head].span.start >= end)
        });
        if !of_noun {
            time.start = at;
        } else if inside && time.end > time.start + 1 {
            time.start += 1;
        }
    }
}

fn apply(time: &mut Found, modifier: &'static Modifier) {
    let expression = &mut time.derivation.time;
    let part = matches!(modifier.modifier, TimeModifier::Start | TimeModifier::Mid | TimeModifier::End);
    if part && let Some(third) = expression.interval.and_then(|it| calendar::third(it, modifier.modifier)) {
        expression.interval = Some(third);
    }
    expression.modifier = Some(modifier.modifier);
    time.derivation.modifier_rule = Some(&modifier.name);
}

/// Whether a time of day has no day yet.
fn floats(time: &Found) -> bool {
    time.derivation.time.value.starts_with('T')
}

fn is_day(time: &Found) -> bool {
    let expression = &time.derivation.time;
    expression.kind == TimeType::Date
        && expression.value.len() == 10
        && expression.interval.is_some_and(|days| days.days() == 1)
}
