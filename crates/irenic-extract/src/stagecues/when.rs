//! The time of a cue: the date nearest to it in the tree, with ranges whole, else the date the narrative runs on.

use std::ops::Range;

use irenic_language::{Analysis, Relation};
use irenic_model::{Certainty, DateInterval, Span, TimeExpression, TimeType};

/// A cue's time, and how the text leads up to it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct When {
    pub(super) interval: Option<DateInterval>,
    /// Whether "from" or "since" stands before it and nothing ends it.
    pub(super) onwards: bool,
    /// Whether the text gives both ends: "from May to July".
    pub(super) extent: bool,
    /// Whether "by" stands before it: what is counted until then.
    pub(super) until: bool,
}

/// A date of a sentence, ranges made one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dated {
    pub(super) span: Span,
    pub(super) interval: DateInterval,
    pub(super) extent: bool,
    /// Whether "between" stands before it.
    between: bool,
    /// Whether "until" or "till" does.
    is_till: bool,
    preposition: Preposition,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Preposition {
    From,
    /// As "from", but what is told next does not go on from it.
    Since,
    Until,
    /// "by May": then or before.
    By,
    /// "the heaviest since 1960": a time to compare with.
    Compared,
    Effect,
    Other,
}

/// The dates that stand in `region`, in text order.
pub(super) fn dates_in(text: &str, times: &[TimeExpression], region: Span) -> Vec<Dated> {
    let first = times.partition_point(|time| time.span.start < region.start);
    let mut found: Vec<Dated> = Vec::new();
    for time in times[first..].iter().take_while(|time| time.span.end <= region.end) {
        if !matches!(time.kind, TimeType::Date | TimeType::Time) || time.value.ends_with("_REF") {
            continue;
        }
        let Some(interval) = time.interval else { continue };
        if let Some(last) = found.last_mut()
            && text
                .get(last.span.end..time.span.start)
                .is_some_and(|between| is_range(between) || between.trim() == "and" && last.between)
            && last.interval.from() <= interval.until()
        {
            last.interval = last.interval.cover(&interval);
            last.span = last.span.cover(time.span);
            last.extent = true;
            continue;
        }
        let preposition = preposition(text, time.span.start);
        let before = word_before(text, time.span.start).to_lowercase();
        let between = before == "between";
        let is_till = matches!(before.as_str(), "until" | "till");
        found.push(Dated { span: time.span, interval, extent: false, between, is_till, preposition });
    }
    found
}

fn is_range(between: &str) -> bool {
    matches!(between.trim(), "-" | "–" | "—" | "to" | "until" | "till" | "through")
}

fn word_before(text: &str, start: usize) -> &str {
    text[..start].trim_end().rsplit(char::is_whitespace).next().unwrap_or("")
}

fn preposition(text: &str, start: usize) -> Preposition {
    let mut words = text[..start].trim_end().rsplit(char::is_whitespace);
    let mut words = words.by_ref().skip_while(|word| matches!(*word, "the" | "early" | "mid" | "late"));
    let last = words.next().unwrap_or("").to_lowercase();
    let before = words.next().unwrap_or("").to_lowercase();
    match last.as_str() {
        "from" if before == "effect" => Preposition::Effect,
        "since" if is_compared(text, start) => Preposition::Compared,
        "from" => Preposition::From,
        "since" => Preposition::Since,
        "until" | "till" | "before" => Preposition::Until,
        "by" => Preposition::By,
        _ => Preposition::Other,
    }
}

/// So many words before "since" may hold the superlative that it belongs to.
const COMPARED_WORDS_MAX: usize = 8;

/// Whether a superlative stands before the "since" that leads to `start`: "the worst since 1994", "the first since May".
pub(crate) fn is_compared(text: &str, start: usize) -> bool {
    let words = text[..start].trim_end().rsplit(char::is_whitespace).take(COMPARED_WORDS_MAX);
    words.take_while(|word| !word.ends_with(['.', ';', ','])).any(|word| {
        matches!(word, "most" | "first" | "worst" | "best" | "least")
            || word.len() > 6 && word.ends_with("est") && !word.eq_ignore_ascii_case("interest")
    })
}

impl Dated {
    /// Whether the telling runs on from it: not a due date, nor a time to compare with.
    pub(super) const fn is_in_the_line(&self) -> bool {
        !matches!(self.preposition, Preposition::Until | Preposition::By | Preposition::Compared)
    }

    /// Whether it is where something began that has gone on.
    pub(super) fn is_since(&self) -> bool {
        self.preposition == Preposition::Since
    }

    /// Whether what is told next happened then, unless it says otherwise.
    pub(super) fn runs_on(&self) -> bool {
        self.is_in_the_line() && self.preposition != Preposition::Since
    }
}

/// The day until which something went on: "raged until 5 August", where the date hangs from the words themselves.
pub(super) fn until(analysis: &Analysis, dates: &[Dated], tokens: &Range<usize>) -> Option<DateInterval> {
    let verb = analysis.head_in(tokens.clone()).and_then(|head| analysis.head_of(head));
    let hangs = |dated: &&Dated| {
        let head = analysis.head_in(analysis.tokens_in(dated.span));
        let above = head.and_then(|head| analysis.head_of(head));
        above.is_some_and(|above| tokens.contains(&above) || Some(above) == verb)
    };
    dates.iter().filter(|dated| dated.is_till).find(hangs).map(|dated| dated.interval)
}

/// The time of a cue whose head is `token`, among the dates of its sentence.
pub(super) fn when(
    text: &str,
    analysis: &Analysis,
    dates: &[Dated],
    tokens: Range<usize>,
    running: Option<DateInterval>,
) -> When {
    let Some(token) = analysis.head_in(tokens.clone()) else { return When::default() };
    // What is agreed with effect from a day is so from that day.
    let effect = dates.iter().find(|dated| dated.preposition == Preposition::Effect);
    let span = analysis.tokens[token].span;
    // "After the truce had ended" is not of the day of the clause above it, nor what stands beyond a semicolon.
    let behind = clause_behind(analysis, token);
    let own = |dated: &&Dated| {
        let head = analysis.head_in(analysis.tokens_in(dated.span));
        behind.is_none_or(|clause| head.is_some_and(|head| is_under(analysis, head, clause)))
    };
    let parted = |dated: &Dated| is_parted(text, dated.span, span);
    // "By May they were at war": where nothing else in that part of the sentence dates it.
    let by = dates.iter().filter(|dated| !parted(dated)).all(|dated| dated.preposition == Preposition::By);
    let is_in_the_line = |dated: &&Dated| dated.is_in_the_line() || by;
    let in_part = dates.iter().filter(is_in_the_line).any(|dated| !parted(dated));
    let told_after = dates.iter().filter(is_in_the_line).all(|dated| span.end <= dated.span.start);
    let nearest = dates
        .iter()
        .filter(is_in_the_line)
        .filter(|dated| !parted(dated) || !in_part && !told_after)
        .filter(own)
        .filter(|dated| !is_told_of_another(analysis, dated.span, &tokens))
        .filter_map(|dated| {
            let head = analysis.head_in(analysis.tokens_in(dated.span))?;
            let steps = distance(analysis, head, token)?;
            let of_other_clause = clause_of(analysis, head) != clause_of(analysis, token);
            Some(((of_other_clause, steps, gap(dated.span, span)), dated))
        })
        .min_by_key(|&(key, _)| key)
        .map(|(_, dated)| dated);
    match effect.or_else(|| date_before_when(text, dates, span)).or(nearest) {
        Some(dated) => When {
            interval: Some(dated.interval),
            onwards: matches!(dated.preposition, Preposition::From | Preposition::Since) && !dated.extent,
            extent: dated.extent,
            until: dated.preposition == Preposition::By,
        },
        None if behind.is_some() => When::default(),
        None => {
            When { interval: running.map(|date| date.with_certainty(Certainty::Inferred)), ..When::default() }
        }
    }
}

/// "Fighting went on until 7 May 1996, when they signed a truce": the truce is of the day before the "when", where the
/// sentence gives no later one.
fn date_before_when<'d>(text: &str, dates: &'d [Dated], cue: Span) -> Option<&'d Dated> {
    let last = dates.last().filter(|last| last.span.end <= cue.start)?;
    let between = text.get(last.span.end..cue.start)?;
    let clause = between.strip_prefix(',').unwrap_or(between).trim_start();
    (clause.starts_with("when ") && !clause.contains([';', ','])).then_some(last)
}

/// Verbs of a clause that dates the thing itself: "a truce which took effect on 12 May".
const DATING: [&str; 10] = ["take", "come", "enter", "go", "begin", "start", "last", "sign", "hold", "end"];

/// Whether a date stands in a relative clause that tells something else of a thing: "a war that has killed 5,000 since 2006".
fn is_told_of_another(analysis: &Analysis, date: Span, tokens: &Range<usize>) -> bool {
    let Some(head) = analysis.head_in(analysis.tokens_in(date)) else { return false };
    let clause = std::iter::successors(Some(head), |&at| analysis.head_of(at))
        .take_while(|at| !tokens.contains(at))
        .find(|&at| analysis.tokens[at].relation == Relation::AclRelcl);
    clause.is_some_and(|clause| {
        let inside = tokens.clone().any(|token| is_under(analysis, token, clause));
        !inside && !DATING.contains(&&*analysis.tokens[clause].lemma)
    })
}

/// Whether a semicolon or a colon stands between two stretches.
fn is_parted(text: &str, one: Span, other: Span) -> bool {
    let (start, end) = (one.end.min(other.end), one.start.max(other.start));
    text.get(start..end).is_some_and(|between| between.contains([';', ':']))
}

/// The clause over a token that tells what came before or after the clause above it.
pub(crate) fn clause_behind(analysis: &Analysis, token: usize) -> Option<usize> {
    std::iter::successors(Some(token), |&at| analysis.head_of(at)).find(|&at| {
        analysis.tokens[at].relation == Relation::Advcl
            && analysis.children(at).any(|child| {
                analysis.tokens[child].relation == Relation::Mark
                    && matches!(
                        &*analysis.tokens[child].lemma,
                        "after" | "before" | "since" | "until" | "till"
                    )
            })
    })
}

/// The verb of the coordinate clause that a token stands in: "Gunmen hurt a judge in May, and clashes left ten dead in June".
fn clause_of(analysis: &Analysis, token: usize) -> usize {
    let above = std::iter::successors(Some(token), |&at| analysis.head_of(at));
    let clause = |&at: &usize| {
        analysis.tokens[at].relation == Relation::Conj
            && analysis.tokens[at].upos.is_verbal()
            && analysis.own_subject_of(at).is_some()
    };
    let mut last = token;
    for at in above {
        if clause(&at) {
            return at;
        }
        last = at;
    }
    last
}

fn is_under(analysis: &Analysis, token: usize, above: usize) -> bool {
    std::iter::successors(Some(token), |&at| analysis.head_of(at)).any(|at| at == above)
}

fn gap(one: Span, other: Span) -> usize {
    // Dates follow what they date more often than not.
    if one.end <= other.start { 2 * (other.start - one.end) } else { one.start.saturating_sub(other.end) }
}

/// The steps between two tokens of a sentence in its tree; `None` where they are in different sentences.
fn distance(analysis: &Analysis, one: usize, other: usize) -> Option<usize> {
    let up = |token: usize| std::iter::successors(Some(token), |&at| analysis.head_of(at));
    let above: Vec<usize> = up(one).collect();
    up(other).enumerate().find_map(|(steps, at)| Some(steps + above.iter().position(|&it| it == at)?))
}
