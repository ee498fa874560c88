//! When an event happened: the expression of time that its clause bears, or the date that the passage runs on.

use irenic_language::{Penn, Relation};
use irenic_model::{BlockKind, Certainty, DateInterval, Span, TimeExpression, TimeType};

use super::tree::Tree;
use crate::Input;
use crate::stagecues::{clause_behind, is_compared};

/// The times of a document by sentence and by the word they hang from.
pub(crate) struct Clock<'a> {
    input: Input<'a>,
    /// The date that the text runs on, by sentence.
    running: Vec<Option<DateInterval>>,
}

/// The days of an event: one interval, or several where the text lists days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) intervals: Vec<(DateInterval, Option<Span>)>,
}

const SAYING: &str =
    "say tell report announce state add confirm quote note explain write declare insist claim";

impl<'a> Clock<'a> {
    pub(crate) fn new(input: &Input<'a>) -> Self {
        Self { input: *input, running: running_dates(input) }
    }

    /// The days of the event at `token`, whose carrying verb is `carrier`.
    pub(crate) fn days(&self, tree: &Tree<'_>, token: usize, carrier: Option<usize>) -> Days {
        let sentence = tree.analysis.sentence_of(token);
        let extent = tree.analysis.sentences[sentence].span;
        let times = self.dates_in(extent);
        let anchor = carrier.unwrap_or(token);
        let mut found: Vec<(usize, &TimeExpression)> = Vec::new();
        for time in &times {
            if let Some(distance) = distance(tree, &self.input.document.text, time.span, token, anchor) {
                found.push((distance, time));
            }
        }
        // "a truce for Ramadan on 1 April": what something is for dates it last.
        let purpose =
            |time: &TimeExpression| self.input.document.text[..time.span.start].trim_end().ends_with(" for");
        found.sort_by_key(|(distance, time)| {
            (purpose(time), *distance, gap(time.span, tree.token(token).span))
        });
        if let Some(&(_, nearest)) = found.first() {
            return self.listed(nearest, &times);
        }
        match times.as_slice() {
            [only] if is_in_an_aside(tree, only.span, token) || is_in_which(tree, only.span, token) => {
                self.listed(only, &times)
            }
            _ => match times.iter().find(|time| {
                let text = &self.input.document.text;
                follows(tree, text, time.span, anchor)
                    || self.are_one(&times) && is_near(tree, text, time.span, token)
            }) {
                Some(next) => self.listed(next, &times),
                // "On 1 September, two weeks before they took the town": of no day that the text has spoken of.
                None if !times.is_empty() && clause_behind(tree.analysis, token).is_some() => Days::default(),
                None => self.inferred(sentence),
            },
        }
    }

    /// The days that stand in a noun's own phrase: what is measured from ("since the 1994 truce") is of no other day.
    pub(crate) fn days_within(&self, tree: &Tree<'_>, token: usize) -> Days {
        let times = self.dates_in(tree.analysis.sentences[tree.analysis.sentence_of(token)].span);
        let own = times.iter().find(|time| {
            let head = tree.analysis.head_in(tree.analysis.tokens_in(time.span));
            head.is_some_and(|head| tree.is_under(head, token))
        });
        own.map_or_else(Days::default, |own| self.listed(own, &times))
    }

    fn dates_in(&self, extent: Span) -> Vec<&'a TimeExpression> {
        let times = self.input.times;
        let start = times.partition_point(|time| time.span.start < extent.start);
        let inside = times[start..].iter().take_while(|time| time.span.start < extent.end);
        let text = &self.input.document.text;
        let compared = |start: usize| {
            let before = text[..start].trim_end();
            let before = before.strip_suffix("the").unwrap_or(before).trim_end();
            // The word alone: to change the case of all that stands before is quadratic over a long text.
            let word = before.len().checked_sub("since".len()).and_then(|at| before.get(at..));
            word.is_some_and(|word| word.eq_ignore_ascii_case("since")) && is_compared(text, start)
        };
        let dated = |time: &&TimeExpression| {
            matches!(time.kind, TimeType::Date | TimeType::Time)
                && time.interval.is_some()
                && !compared(time.span.start)
        };
        inside.filter(dated).collect()
    }

    /// Whether the times of a sentence are one date or one list: "on 19-20 May".
    fn are_one(&self, times: &[&TimeExpression]) -> bool {
        let between =
            |pair: &[&TimeExpression]| self.input.document.text.get(pair[0].span.end..pair[1].span.start);
        times.windows(2).all(|pair| between(pair).is_some_and(|it| is_joint(it.trim())))
    }

    /// "on 3 and 5 May" are two days, "between 3 and 5 May" is one stretch.
    fn listed(&self, nearest: &TimeExpression, times: &[&TimeExpression]) -> Days {
        let text = &self.input.document.text;
        let Some(at) = times.iter().position(|time| time.span == nearest.span) else {
            return Days::default();
        };
        let joint = |left: &TimeExpression, right: &TimeExpression| {
            text.get(left.span.end..right.span.start).map(str::trim).filter(|between| between.len() <= 12)
        };
        let (mut first, mut last) = (at, at);
        while first > 0 && joint(times[first - 1], times[first]).is_some_and(is_joint) {
            first -= 1;
        }
        while last + 1 < times.len() && joint(times[last], times[last + 1]).is_some_and(is_joint) {
            last += 1;
        }
        let group = &times[first..=last];
        let before = text[..group[0].span.start].trim_end().rsplit(char::is_whitespace).next().unwrap_or("");
        let spread = matches!(before.to_lowercase().as_str(), "between" | "from")
            || group.windows(2).any(|pair| joint(pair[0], pair[1]).is_some_and(is_stretch));
        let intervals = group.iter().filter_map(|time| Some((time.interval?, Some(time.span))));
        if !spread {
            return Days { intervals: intervals.collect() };
        }
        let whole = intervals.map(|(interval, _)| interval).reduce(|one, other| one.cover(&other));
        Days { intervals: whole.map(|whole| (whole, Some(nearest.span))).into_iter().collect() }
    }

    fn inferred(&self, sentence: usize) -> Days {
        let running = self.running[sentence].map(|date| (date.with_certainty(Certainty::Inferred), None));
        Days { intervals: running.into_iter().collect() }
    }
}

fn is_joint(between: &str) -> bool {
    is_stretch(between) || matches!(between, "and" | "," | ", and" | "and on" | "or" | "&" | "and again on")
}

fn is_stretch(between: &str) -> bool {
    matches!(between, "-" | "–" | "—" | "to" | "until" | "till" | "through" | "up to")
}

fn gap(one: Span, other: Span) -> usize {
    one.start.saturating_sub(other.end).max(other.start.saturating_sub(one.end))
}

/// How far a time stands from an event in the tree; `None` where it belongs to something else.
fn distance(tree: &Tree<'_>, text: &str, time: Span, token: usize, anchor: usize) -> Option<usize> {
    let tokens = tree.analysis.tokens_in(time);
    let head = tree.analysis.head_in(tokens)?;
    if tree.is_under(head, token) {
        let reaches = !crosses_clause(tree, text, head, token) || is_fronted(tree, text, time, token);
        return reaches.then_some(0);
    }
    if tree.is_under(head, anchor) {
        let reaches = !crosses_clause(tree, text, head, anchor) || is_fronted(tree, text, time, anchor);
        return reaches.then_some(1);
    }
    // "After the truce had ended" is not of the day of the clause above it.
    if clause_behind(tree.analysis, token).is_some_and(|behind| !tree.is_under(head, behind)) {
        return None;
    }
    // Above the event: the clause that the time stands in governs the event's own.
    let clause = tree.head(head).map(|above| tree.clause_of(above))?;
    let said = SAYING.split_whitespace().any(|verb| verb == tree.lemma(clause));
    let mut node = anchor;
    let mut steps = 2;
    while node != clause {
        let relation = tree.relation(node);
        if matches!(relation, Relation::AclRelcl | Relation::Appos) || said && relation == Relation::Ccomp {
            return None;
        }
        node = tree.head(node)?;
        steps += 1;
    }
    (!said).then_some(steps)
}

/// Whether a time opens the sentence and a comma closes it off, so that it is the main clause's and not that of the clause
/// between: "On 19 May, after talks had failed, the army attacked".
fn is_fronted(tree: &Tree<'_>, text: &str, time: Span, anchor: usize) -> bool {
    let sentence = tree.analysis.sentences[tree.analysis.sentence_of(anchor)].span;
    let opens = text[sentence.start..time.start].split_whitespace().count() <= 1;
    opens && text[time.end..sentence.end].starts_with(',') && tree.head(anchor).is_none()
}

/// So far from its verb, in words, may a date be that no other verb or stop parts from it.
const FOLLOWS_WORDS_MAX: usize = 12;

/// Whether a date follows a verb without a stop or another verb between, wherever the tree hangs it: "took five towns outside
/// the enclave in 1993: Alba, Berna and Corva". A relative clause dates its own happening alone.
fn follows(tree: &Tree<'_>, text: &str, time: Span, verb: usize) -> bool {
    tree.token(verb).upos.is_verbal()
        && tree.relation(verb) != Relation::AclRelcl
        && verbs_between(tree, text, verb, time) == Some(0)
}

/// Whether a date stands close behind a noun, with at most the verb that carries it between: "protests of farmers started on
/// the road on 3 May", wherever the tree hangs the date of a long sentence.
fn is_near(tree: &Tree<'_>, text: &str, time: Span, noun: usize) -> bool {
    !tree.token(noun).upos.is_verbal()
        && verbs_between(tree, text, noun, time).is_some_and(|verbs| verbs <= 1)
}

/// How many verbs stand between a word and a date close behind it; `None` where a stop parts them or they are far apart.
fn verbs_between(tree: &Tree<'_>, text: &str, word: usize, time: Span) -> Option<usize> {
    let between = text.get(tree.token(word).span.end..time.start)?;
    let close = !between.contains([',', ';', ':', '(', ')'])
        && between.split_whitespace().count() <= FOLLOWS_WORDS_MAX;
    let first = tree.analysis.tokens_in(time).start;
    close.then(|| (word + 1..first).filter(|&at| tree.token(at).upos.is_verbal()).count())
}

/// Whether a date stands in a relative clause that only names the thing, or says when the event took effect: "took Examplia,
/// which they call Sampleland, on 9 May", "a truce, which took effect on 12 May".
fn is_in_an_aside(tree: &Tree<'_>, time: Span, token: usize) -> bool {
    let Some(head) = tree.analysis.head_in(tree.analysis.tokens_in(time)) else { return false };
    let Some(verb) = tree.head(head).map(|above| tree.clause_of(above)) else { return false };
    let words = || tree.children(verb).map(|child| tree.lemma(child));
    let names = matches!(
        tree.lemma(verb),
        "call" | "name" | "term" | "know" | "belong" | "consist" | "comprise" | "include" | "represent"
    );
    let takes_effect = matches!(tree.lemma(verb), "take" | "enter" | "come" | "go")
        && words().any(|word| matches!(word, "effect" | "force" | "place"));
    // The parser may take the clause after a name for a complement of the verb before it.
    let aside = matches!(tree.relation(verb), Relation::AclRelcl | Relation::Ccomp | Relation::Parataxis);
    let relative = || tree.children(verb).any(|child| tree.lemma(child) == "which");
    aside && (names && relative() || takes_effect) && tree.is_under(verb, token)
}

/// Whether a relative clause tells what was done in or at what the date stands beside: "issued a statement on 3 May, in which
/// they agreed to go on".
fn is_in_which(tree: &Tree<'_>, time: Span, token: usize) -> bool {
    let clause = tree.clause_of(token);
    let relative = |child: usize| {
        tree.lemma(child) == "which"
            && tree.case(child).is_some_and(|case| matches!(case, "in" | "at" | "under" | "by" | "during"))
    };
    tree.relation(clause) == Relation::AclRelcl
        && time.end <= tree.token(clause).span.start
        && tree.children(clause).any(relative)
}

/// Whether a clause of its own stands between a time and the event above it.
fn crosses_clause(tree: &Tree<'_>, text: &str, time: usize, event: usize) -> bool {
    // A name may be read as a verb: "left Alba, Berna and Corva by 1 May".
    let verbal = |node: usize| {
        tree.token(node).upos.is_verbal() && !tree.token(node).span.of(text).starts_with(char::is_uppercase)
    };
    let mut node = time;
    while node != event {
        let relation = tree.relation(node);
        let clause = matches!(
            relation,
            Relation::AclRelcl | Relation::Advcl | Relation::Ccomp | Relation::Parataxis | Relation::Acl
        );
        // "The raid carried out on 3 May" is of that day.
        let own = relation == Relation::Acl
            && tree.head(node) == Some(event)
            && tree.token(node).xpos == Penn::Vbn
            && !tree.token(event).upos.is_verbal();
        if (clause || relation == Relation::Conj) && verbal(node) && !own {
            return true;
        }
        match tree.head(node) {
            Some(head) => node = head,
            None => return false,
        }
    }
    false
}

/// The date that a narrative runs on: the last day or month that the block stated, or that of the heading over it.
fn running_dates(input: &Input<'_>) -> Vec<Option<DateInterval>> {
    let mut running = Vec::with_capacity(input.analysis.sentences.len());
    let (mut heading, mut current): (Option<DateInterval>, Option<DateInterval>) = (None, None);
    let mut block_start = usize::MAX;
    let mut next = 0;
    let mut last: Option<Span> = None;
    for sentence in &input.analysis.sentences {
        let block = input.document.block_at(sentence.span.start);
        let start = block.map_or(0, |block| block.span.start);
        if start != block_start {
            block_start = start;
            current = heading;
        }
        running.push(current);
        while let Some(time) = input.times.get(next).filter(|time| time.span.start < sentence.span.end) {
            next += 1;
            let Some(interval) = time.interval.filter(|_| time.kind == TimeType::Date) else { continue };
            if interval.days() > 366 || !is_in_the_line(input, time) {
                continue;
            }
            // "from 19 to 20 May": the telling runs on the whole of it.
            let text = &input.document.text;
            let goes_on =
                |last: Span| text.get(last.end..time.span.start).is_some_and(|it| is_stretch(it.trim()));
            current = match current.filter(|_| last.is_some_and(goes_on)) {
                Some(before) if before.from() <= interval.until() => Some(before.cover(&interval)),
                _ => Some(interval),
            };
            last = Some(time.span);
            if block.is_some_and(|block| matches!(block.kind, BlockKind::Heading(_))) {
                heading = current;
            }
        }
    }
    running
}

/// A date that the text states itself, not one that it looks back or forward to.
fn is_in_the_line(input: &Input<'_>, time: &TimeExpression) -> bool {
    let relative = matches!(time.value.as_str(), "PRESENT_REF" | "PAST_REF" | "FUTURE_REF");
    let before = input.document.text[..time.span.start].trim_end().rsplit(char::is_whitespace).next();
    let aside = before
        .is_some_and(|word| matches!(word.to_lowercase().as_str(), "since" | "until" | "by" | "before"));
    !relative && !aside
}
