//! What was found in one sentence against what a reader found: one to one, with the optional left aside.

use irenic_model::{Commitment, Event, Extraction, Figure, Participant, Span, Stance, Statement};

use super::gold::{self, Sentence, span};

/// How many were right, of how many in the annotation and of how many found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found and annotated.
    pub right: usize,
    /// Annotated, the optional left out.
    pub gold: usize,
    /// Found, what is optional or said twice left out.
    pub found: usize,
}

impl Tally {
    /// Adds another sentence's.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.gold += other.gold;
        self.found += other.found;
    }

    /// The share of what was found that is right, in percent; 100 where nothing was found.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    /// The share of what is annotated that was found, in percent; 100 where nothing is annotated.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.right, self.gold)
    }

    /// The harmonic mean of the two, in percent.
    ///
    /// ```
    /// use fieldtest::sentences::Tally;
    /// let tally = Tally { right: 2, gold: 4, found: 4 };
    /// assert_eq!(tally.f1(), 50.0);
    /// ```
    #[must_use]
    pub fn f1(&self) -> f64 {
        share(2 * self.right, self.gold + self.found)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 }
}

/// What one sentence scores, and its errors for a person to read.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// By the names of the figures.
    pub tallies: Vec<(&'static str, Tally)>,
    /// One line an error.
    pub errors: Vec<String>,
}

/// A pairing of found things with annotated ones.
struct Pairing {
    /// Numbers of the annotated and the found.
    pairs: Vec<(usize, usize)>,
    missed: Vec<usize>,
    spurious: Vec<usize>,
}

impl Pairing {
    fn tally(&self) -> Tally {
        let right = self.pairs.len();
        Tally { right, gold: right + self.missed.len(), found: right + self.spurious.len() }
    }
}

/// Pairs the best fits first; `fit` is `None` where the two cannot be paired. What is left and `aside` is no error.
fn pair<F>(gold: &[bool], found: usize, fit: F, aside: impl Fn(usize, &[(usize, usize)]) -> bool) -> Pairing
where
    F: Fn(usize, usize) -> Option<usize>,
{
    let required = || (0..gold.len()).filter(|&at| !gold[at]);
    let mut fits: Vec<(usize, usize, usize)> = required()
        .flat_map(|at| (0..found).map(move |other| (at, other)))
        .filter_map(|(at, other)| Some((fit(at, other)?, at, other)))
        .collect();
    fits.sort_by_key(|&(fit, at, other)| (std::cmp::Reverse(fit), at, other));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, at, other) in fits {
        if pairs.iter().all(|&(taken, with)| taken != at && with != other) {
            pairs.push((at, other));
        }
    }
    let missed = required().filter(|at| pairs.iter().all(|(taken, _)| taken != at)).collect();
    let spurious = (0..found)
        .filter(|other| pairs.iter().all(|(_, with)| with != other) && !aside(*other, &pairs))
        .collect();
    Pairing { pairs, missed, spurious }
}

/// Scores what was found in a sentence that has been placed in `text`.
#[must_use]
pub fn score(sentence: &Sentence, text: &str, found: &Extraction) -> Scores {
    let whole = span(sentence.span);
    let mut scores = Scores::default();
    events(sentence, text, &inside(found.events(), whole, |_, event| event.trigger), &mut scores);
    figures(sentence, text, &inside(found.figures(), whole, |at, _| at.span), &mut scores);
    commitments(sentence, text, &inside(found.commitments(), whole, |at, _| at.span), &mut scores);
    scores
}

fn inside<'a, T>(
    found: impl Iterator<Item = (&'a Statement, &'a T)>,
    whole: Span,
    at: impl Fn(&Statement, &T) -> Span,
) -> Vec<(&'a Statement, &'a T)> {
    found.filter(|(statement, content)| whole.holds(at(statement, content).start)).collect()
}

/// The events of a sentence, annotated and found.
struct Events<'a> {
    gold: &'a [gold::Event],
    found: &'a [(&'a Statement, &'a Event)],
}

impl Events<'_> {
    fn touches(&self, at: usize, other: usize) -> bool {
        self.gold[at].triggers.iter().any(|trigger| span(*trigger).overlaps(self.found[other].1.trigger))
    }

    fn classed(&self, at: usize, other: usize) -> bool {
        self.gold[at].classes.iter().any(|class| class == self.found[other].1.class.name())
    }

    fn same_standing(&self, at: usize, other: usize) -> bool {
        happened(&self.gold[at]) == self.took_place(other)
    }

    fn took_place(&self, other: usize) -> bool {
        let (statement, event) = self.found[other];
        !event.negated && statement.stance.is_factual()
    }

    /// Class before date before standing.
    fn fit(&self, at: usize, other: usize) -> usize {
        4 * usize::from(self.classed(at, other))
            + 2 * usize::from(dated(&self.gold[at], self.found[other].1))
            + usize::from(self.same_standing(at, other))
    }

    fn paired(&self, by_class: bool) -> Pairing {
        let optional: Vec<bool> = self.gold.iter().map(|event| event.optional).collect();
        let fit = |at: usize, other: usize| {
            let fits = self.touches(at, other) && (!by_class || self.classed(at, other));
            fits.then(|| self.fit(at, other))
        };
        pair(&optional, self.found.len(), fit, |other, pairs| {
            (0..self.gold.len()).any(|at| {
                let known = self.gold[at].optional || pairs.iter().any(|(taken, _)| *taken == at);
                known && self.touches(at, other)
            })
        })
    }
}

fn events(sentence: &Sentence, text: &str, found: &[(&Statement, &Event)], scores: &mut Scores) {
    let events = Events { gold: &sentence.events, found };
    let strict = events.paired(true);
    scores.tallies.push(("events", strict.tally()));
    scores.tallies.push(("events_class_blind", events.paired(false).tally()));
    scores.tallies.push(("events_happened", of_the_happened(&events, &strict)));
    let pairs = || strict.pairs.iter().copied();
    let share = |of: &dyn Fn(usize) -> bool, right: &dyn Fn(usize, usize) -> bool| {
        let judged = pairs().filter(|(at, _)| of(*at));
        let right = judged.clone().filter(|(at, other)| right(*at, *other)).count();
        let all = judged.count();
        Tally { right, gold: all, found: all }
    };
    let date = |at: usize, other: usize| dated(&events.gold[at], found[other].1);
    let actor = |at: usize, other: usize| acts(&events.gold[at], found[other].1);
    let has_date = |at: usize| events.gold[at].from.is_some();
    let has_actor = |at: usize| !events.gold[at].actors.is_empty();
    let standing = |at: usize, other: usize| events.same_standing(at, other);
    scores.tallies.push(("events_stance", share(&|_| true, &standing)));
    scores.tallies.push(("events_dates", share(&has_date, &date)));
    scores.tallies.push(("events_actors", share(&has_actor, &actor)));
    let recipient =
        |at: usize, other: usize| share_a_word(&events.gold[at].recipients, &found[other].1.recipients);
    let place = |at: usize, other: usize| share_a_word(&events.gold[at].places, &found[other].1.places);
    let has_recipient = |at: usize| !events.gold[at].recipients.is_empty();
    let has_place = |at: usize| !events.gold[at].places.is_empty();
    scores.tallies.push(("events_recipients", share(&has_recipient, &recipient)));
    scores.tallies.push(("events_places", share(&has_place, &place)));
    for (at, other) in pairs() {
        let (statement, event) = found[other];
        let words = event.trigger.of(text);
        if !standing(at, other) {
            let negated = if event.negated { ", negated" } else { "" };
            scores.errors.push(format!("event stance {words:?}: {}{negated}", statement.stance.name()));
        }
        if has_date(at) && !date(at, other) {
            let when = event.when.map(|when| (when.from(), when.until()));
            scores.errors.push(format!("event date {words:?}: {when:?}"));
        }
        if has_actor(at) && !actor(at, other) {
            let actors: Vec<_> = event.actors.iter().map(|actor| actor.span.of(text)).collect();
            scores.errors.push(format!("event actor {words:?}: {actors:?}"));
        }
        if has_recipient(at) && !recipient(at, other) {
            let named: Vec<_> = event.recipients.iter().map(|one| one.span.of(text)).collect();
            scores.errors.push(format!("event recipient {words:?}: {named:?}"));
        }
        if has_place(at) && !place(at, other) {
            let named: Vec<_> = event.places.iter().map(|one| one.span.of(text)).collect();
            scores.errors.push(format!("event place {words:?}: {named:?}"));
        }
    }
    for &at in &strict.missed {
        let gold = &events.gold[at];
        let words: Vec<_> = gold.triggers.iter().map(|trigger| span(*trigger).of(text)).collect();
        scores.errors.push(format!("event missed {words:?} {:?}", gold.classes));
    }
    for &other in &strict.spurious {
        let event = found[other].1;
        scores.errors.push(format!("event spurious {:?} {}", event.trigger.of(text), event.class.name()));
    }
}

/// What is said to have happened, without what is only demanded, promised or denied.
fn of_the_happened(events: &Events<'_>, strict: &Pairing) -> Tally {
    let right = strict.pairs.iter().filter(|(at, _)| happened(&events.gold[*at])).count();
    let missed = strict.missed.iter().filter(|at| happened(&events.gold[**at])).count();
    let spurious = strict.spurious.iter().filter(|other| events.took_place(**other)).count();
    Tally { right, gold: right + missed, found: right + spurious }
}

fn dated(gold: &gold::Event, event: &Event) -> bool {
    gold.from == event.when.map(|when| when.from()) && gold.until == event.when.map(|when| when.until())
}

fn happened(gold: &gold::Event) -> bool {
    !gold.negated
        && gold.stance.as_deref().is_none_or(|name| Stance::from_name(name).is_some_and(Stance::is_factual))
}

fn acts(gold: &gold::Event, event: &Event) -> bool {
    share_a_word(&gold.actors, &event.actors)
}

fn share_a_word(heads: &[[usize; 2]], found: &[Participant]) -> bool {
    found.iter().any(|one| heads.iter().any(|head| span(*head).overlaps(one.span)))
}

fn figures(sentence: &Sentence, text: &str, found: &[(&Statement, &Figure)], scores: &mut Scores) {
    let gold = &sentence.figures;
    let optional: Vec<bool> = gold.iter().map(|figure| figure.optional).collect();
    let valued = |at: usize, other: usize| {
        let (gold, figure) = (&gold[at], found[other].1);
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(1.0);
        near(gold.value, figure.value)
            && gold.upper.is_some() == figure.upper.is_some()
            && gold.upper.zip(figure.upper).is_none_or(|(a, b)| near(a, b))
    };
    let counted = |at: usize, other: usize| counts(&gold[at], found[other].1);
    let aside = |other: usize, _: &[(usize, usize)]| {
        gold.iter().any(|gold| gold.optional && span(gold.span).overlaps(found[other].0.span))
    };
    let fit = |at: usize, other: usize| {
        valued(at, other).then(|| {
            2 * usize::from(counted(at, other))
                + usize::from(span(gold[at].span).overlaps(found[other].0.span))
        })
    };
    let blind = pair(&optional, found.len(), fit, aside);
    let strict =
        pair(&optional, found.len(), |at, other| fit(at, other).filter(|_| counted(at, other)), aside);
    scores.tallies.push(("figures", strict.tally()));
    scores.tallies.push(("figures_value", blind.tally()));
    let bounded = strict.pairs.iter().filter(|(at, _)| gold[*at].bound.is_some());
    let right = bounded
        .clone()
        .filter(|(at, other)| gold[*at].bound.as_deref() == Some(found[*other].1.bound.name()))
        .count();
    let all = bounded.count();
    scores.tallies.push(("figures_bound", Tally { right, gold: all, found: all }));
    for &at in &strict.missed {
        let figure = &gold[at];
        scores.errors.push(format!("figure missed {:?} {:?}", span(figure.span).of(text), figure.counts));
    }
    for &other in &strict.spurious {
        let (statement, figure) = found[other];
        let words = statement.span.of(text);
        scores
            .errors
            .push(format!("figure spurious {words:?} {} {} {:?}", figure.value, figure.unit, figure.counts));
    }
}

fn counts(gold: &gold::Figure, figure: &Figure) -> bool {
    let plain = |word: &str| word.to_lowercase().trim_end_matches('s').to_owned();
    let counted = plain(figure.counts.as_deref().unwrap_or(""));
    gold.counts.as_ref().is_none_or(|any| any.iter().any(|word| plain(word) == counted))
}

fn commitments(sentence: &Sentence, text: &str, found: &[(&Statement, &Commitment)], scores: &mut Scores) {
    let gold = &sentence.commitments;
    let optional: Vec<bool> = gold.iter().map(|owed| owed.optional).collect();
    let touches = |at: usize, other: usize| span(gold[at].span).overlaps(found[other].0.span);
    let owes = |at: usize, other: usize| debtor(&gold[at], text, found[other].1);
    let due = |at: usize, other: usize| gold[at].due == found[other].1.due.map(|due| due.until());
    let fit = |at: usize, other: usize| {
        touches(at, other).then(|| 2 * usize::from(owes(at, other)) + usize::from(due(at, other)))
    };
    let aside = |other: usize, _: &[(usize, usize)]| {
        (0..gold.len()).any(|at| gold[at].optional && touches(at, other))
    };
    let blind = pair(&optional, found.len(), fit, aside);
    let strict = pair(&optional, found.len(), |at, other| fit(at, other).filter(|_| owes(at, other)), aside);
    scores.tallies.push(("commitments", blind.tally()));
    scores.tallies.push(("commitments_debtor", strict.tally()));
    let dues = blind.pairs.iter().filter(|(at, _)| gold[*at].due.is_some());
    let right = dues.clone().filter(|(at, other)| due(*at, *other)).count();
    let all = dues.count();
    scores.tallies.push(("commitments_due", Tally { right, gold: all, found: all }));
    for &at in &strict.missed {
        scores.errors.push(format!("commitment missed {:?}", span(gold[at].span).of(text)));
    }
    for &other in &strict.spurious {
        let (statement, owed) = found[other];
        let due = owed.due.map(|due| due.until());
        let words = statement.span.of(text);
        scores.errors.push(format!("commitment spurious {words:?} by {:?} due {due:?}", owed.debtor));
    }
}

/// One name holds the other, whatever the case; nothing is asked where the sentence names nobody.
fn debtor(gold: &gold::Commitment, text: &str, owed: &Commitment) -> bool {
    let Some(name) = owed.debtor.as_deref().map(str::to_lowercase) else { return gold.debtors.is_empty() };
    gold.debtors.is_empty()
        || gold.debtors.iter().any(|head| {
            let head = span(*head).of(text).to_lowercase();
            name.contains(&head) || head.contains(&name)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn best_fits_are_paired_first_and_the_optional_is_no_error() {
        let fit = |at: usize, other: usize| [[Some(1), Some(2), None], [None, Some(1), None]][at][other];
        let paired = pair(
            &[false, false, true],
            3,
            |at, other| if at < 2 { fit(at, other) } else { None },
            |other, _| other == 2,
        );
        assert_eq!(paired.pairs, [(0, 1)]);
        assert_eq!(paired.missed, [1]);
        assert_eq!(paired.spurious, [0]);
        assert_eq!(paired.tally(), Tally { right: 1, gold: 2, found: 2 });
    }

    #[test]
    fn goods_are_counted_by_any_of_their_names() {
        let gold =
            gold::Figure { counts: Some(vec!["weapon".to_owned(), String::new()]), ..Default::default() };
        let figure = |counts: Option<&str>| Figure {
            value: 1.0,
            upper: None,
            bound: irenic_model::Bound::Exact,
            unit: "item".to_owned(),
            counts: counts.map(str::to_owned),
            group: None,
            period: None,
            part_of: None,
        };
        assert!(counts(&gold, &figure(Some("Weapons"))));
        assert!(counts(&gold, &figure(None)));
        assert!(!counts(&gold, &figure(Some("tanks"))));
    }
}
