//! Statements on control, put in order: who holds which place between which dates, according to whom.

use std::collections::{BTreeMap, HashMap};

use irenic_language::mentions::fold::folded;
use irenic_model::{
    Content, Control, ControlChange, DateInterval, Hold, Party, PlaceHeld, Stance, StatementRef,
};

use crate::SourceView;
use crate::items::{Item, Items};
use crate::names::speaker_key;
use crate::negotiations::{holders, sorted};
use crate::sources::Sources;
use crate::who::Names;

/// Two statements so far apart at most speak of one time.
const SAME_TIME_DAYS_MAX: i32 = 31;

/// A statement with who is meant.
struct Told<'a> {
    item: &'a Item<'a>,
    control: &'a Control,
    by: String,
    when: Option<DateInterval>,
    denied: bool,
}

/// A hold in the making.
struct Open<'a> {
    hold: Hold,
    items: Vec<&'a Item<'a>>,
}

/// Who held which place, in order of place.
///
/// `names` are sets of names of one place; a place is known under any of them, and its other names stand beside it. A
/// statement that one holds a place and gives no date is taken to speak of the day its source was published.
#[must_use]
pub fn holdings(sources: &[SourceView<'_>], parties: &[Party], names: &[Vec<String>]) -> Vec<PlaceHeld> {
    let names = &PlaceNames::new(names);
    let known = Sources::new(sources);
    let items = Items::new(sources, &known);
    let parties = Names::of(parties, sources);
    let mut by_place: BTreeMap<String, Vec<Told<'_>>> = BTreeMap::new();
    for (item, control) in
        items.of(|content| if let Content::Control(control) = content { Some(control) } else { None })
    {
        let published = sources[item.at.document].source.published.map(DateInterval::day);
        let held = control.change == ControlChange::Held;
        let told = Told {
            item,
            control,
            by: parties.name(&parties.meant(item.at.document, &control.by)),
            when: control.when.or_else(|| published.filter(|_| held)),
            denied: item.statement.stance == Stance::Denied,
        };
        by_place.entry(names.key(&control.place.text)).or_default().push(told);
    }
    by_place.into_values().map(|told| place(told, names)).collect()
}

/// The sets of names of one place each, by any of their names as they are compared.
struct PlaceNames<'n> {
    sets: &'n [Vec<String>],
    by_name: HashMap<String, usize>,
}

impl<'n> PlaceNames<'n> {
    fn new(sets: &'n [Vec<String>]) -> Self {
        let mut by_name = HashMap::new();
        for (at, set) in sets.iter().enumerate() {
            for name in set {
                by_name.entry(folded(name)).or_insert(at);
            }
        }
        Self { sets, by_name }
    }

    /// All names of a place.
    fn of(&self, place: &str) -> &'n [String] {
        self.by_name.get(&folded(place)).map_or(&[], |&at| &self.sets[at])
    }

    /// The place by its first name, as it is compared.
    fn key(&self, place: &str) -> String {
        self.of(place).first().map_or_else(|| folded(place), |name| folded(name))
    }
}

fn place(mut told: Vec<Told<'_>>, names: &PlaceNames<'_>) -> PlaceHeld {
    // Undated statements come last; the sort keeps the order of sources and places.
    told.sort_by_key(|one| (one.when.is_none(), one.when.map(|when| (when.from(), when.until()))));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &told {
        *counts.entry(one.control.place.text.as_str()).or_default() += 1;
    }
    let most = counts.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)));
    let place = most.map_or_else(String::new, |(name, _)| (*name).to_owned());
    let mut other_names: Vec<String> = counts.keys().map(|name| (*name).to_owned()).collect();
    other_names.extend(names.of(&place).iter().cloned());
    other_names.retain(|name| *name != place);
    let country = told.iter().find_map(|one| one.control.place.country.clone());
    PlaceHeld { holds: holds(&told), place, other_names: sorted(other_names), country }
}

fn holds(told: &[Told<'_>]) -> Vec<Hold> {
    let mut open: Vec<Open<'_>> = Vec::new();
    for one in told {
        if one.denied {
            deny(&mut open, one);
            continue;
        }
        match one.control.change {
            ControlChange::Lost => lose(&mut open, one),
            ControlChange::Gained | ControlChange::Held => gain(&mut open, one),
        }
    }
    let mut holds: Vec<Hold> = open.into_iter().map(finished).collect();
    holds.sort_by_key(|hold| {
        let first = hold.from.or(hold.seen).or(hold.until).map(|when| when.from());
        (first.is_none(), first, hold.statements.first().copied())
    });
    holds
}

fn same_holder(hold: &Hold, by: &str) -> bool {
    hold.by == by || speaker_key(&hold.by) == speaker_key(by)
}

/// The hold at `known`, or a new one of this holder behind the others.
fn at_or_new<'o, 'a>(open: &'o mut Vec<Open<'a>>, known: Option<usize>, by: &str) -> &'o mut Open<'a> {
    let at = known.unwrap_or(open.len());
    if at == open.len() {
        open.push(Open { hold: empty(by), items: Vec::new() });
    }
    &mut open[at]
}

fn gain<'a>(open: &mut Vec<Open<'a>>, one: &Told<'a>) {
    let gained = one.control.change == ControlChange::Gained;
    let same_time = |hold: &Hold| match (hold.from.or(hold.seen), one.when) {
        (Some(first), Some(second)) => near(first, second),
        (None, None) => true,
        _ => false,
    };
    // Another takes the place: who held it before has lost it, unless rival sources speak of the same days.
    for other in open.iter_mut().filter(|other| !same_holder(&other.hold, &one.by) && !other.hold.ended) {
        let rival = other.items.iter().all(|item| !item.same_speaker(one.item)) && same_time(&other.hold);
        if rival && one.when.is_some() {
            other.hold.contested = true;
        } else if gained && one.when.is_some() && (other.hold.from.is_some() || other.hold.seen.is_some()) {
            other.hold.ended = true;
            other.hold.until = one.when;
        }
    }
    let contested = open
        .iter()
        .any(|other| other.hold.contested && !same_holder(&other.hold, &one.by) && same_time(&other.hold));
    let known = open.iter().position(|other| {
        same_holder(&other.hold, &one.by)
            && !other.hold.ended
            && (same_time(&other.hold) || !gained || other.hold.from.is_none())
    });
    // Without a day it tells no other hold than the one that the source has told the end of.
    let told = open.iter().rposition(|other| {
        same_holder(&other.hold, &one.by) && other.items.iter().any(|item| item.same_speaker(one.item))
    });
    let known = known.or(told.filter(|_| one.when.is_none()));
    let known = at_or_new(open, known, &one.by);
    known.items.push(one.item);
    known.hold.contested |= contested;
    if gained {
        known.hold.from = finer(known.hold.from, one.when);
    } else {
        known.hold.seen = match (known.hold.seen, one.when) {
            (Some(seen), Some(when)) => Some(seen.cover(&when)),
            (seen, when) => seen.or(when),
        };
    }
}

fn lose<'a>(open: &mut Vec<Open<'a>>, one: &Told<'a>) {
    let known = open.iter().rposition(|other| {
        same_holder(&other.hold, &one.by)
            && (!other.hold.ended || other.hold.until.zip(one.when).is_none_or(|(a, b)| near(a, b)))
    });
    let known = at_or_new(open, known, &one.by);
    known.items.push(one.item);
    known.hold.ended = true;
    known.hold.until = finer(known.hold.until, one.when);
}

/// One who says that another does not hold the place contests what is said of that time.
fn deny<'a>(open: &mut Vec<Open<'a>>, one: &Told<'a>) {
    let name = one.item.backer().name;
    let known = open.iter().rposition(|other| same_holder(&other.hold, &one.by));
    let known = at_or_new(open, known, &one.by);
    known.hold.contested |= known.items.iter().any(|item| !item.same_speaker(one.item));
    known.hold.denied_by.push(name);
    known.hold.statements.push(one.item.at);
    if known.items.is_empty() {
        known.hold.seen = one.when;
    }
}

fn near(a: DateInterval, b: DateInterval) -> bool {
    a.overlaps(&b) && (a.days() - b.days()).abs() <= SAME_TIME_DAYS_MAX
}

/// The finer of two dates of one turn.
fn finer(known: Option<DateInterval>, new: Option<DateInterval>) -> Option<DateInterval> {
    [known, new].into_iter().flatten().min_by_key(DateInterval::days)
}

fn empty(by: &str) -> Hold {
    Hold {
        by: by.to_owned(),
        from: None,
        seen: None,
        until: None,
        ended: false,
        contested: false,
        holders: Vec::new(),
        denied_by: Vec::new(),
        statements: Vec::new(),
    }
}

fn finished(open: Open<'_>) -> Hold {
    let mut hold = open.hold;
    let mut statements: Vec<StatementRef> =
        open.items.iter().map(|item| item.at).chain(hold.statements).collect();
    statements.sort_unstable();
    statements.dedup();
    hold.statements = statements;
    hold.holders = holders(&open.items);
    hold.denied_by = sorted(hold.denied_by);
    hold
}

#[cfg(test)]
mod tests {
    use irenic_model::jiff::civil::date;
    use irenic_model::{Participant, Span};

    use super::*;
    use crate::papers::{Paper, Said, views};

    type Line = (&'static str, ControlChange, &'static str, &'static str, Option<i8>, Stance);

    fn found(lines: &[Line]) -> Vec<PlaceHeld> {
        let who = |text: &str| Participant {
            text: text.to_owned(),
            span: Span::default(),
            country: None,
            role: None,
        };
        let mut by_publisher: BTreeMap<&str, Vec<Said<'_>>> = BTreeMap::new();
        for (publisher, change, by, place, day, stance) in lines {
            let when = day.map(|day| DateInterval::day(date(2020, 10, day)));
            let content = Content::Control(Control { place: who(place), by: who(by), change: *change, when });
            by_publisher.entry(publisher).or_default().push((None, *stance, content));
        }
        let papers: Vec<Paper> =
            by_publisher.into_iter().map(|(publisher, said)| Paper::new(publisher, said)).collect();
        holdings(&views(&papers), &[], &[vec!["Alba".to_owned(), "Albatown".to_owned()]])
    }

    use ControlChange::{Gained, Held, Lost};
    use Stance::{Asserted, Denied};

    #[test]
    fn a_place_passes_from_hand_to_hand() {
        let found = found(&[
            ("Post", Gained, "Norland", "Alba", Some(2), Asserted),
            ("Post", Held, "Norland", "Albatown", Some(5), Asserted),
            ("Post", Gained, "Southland", "Alba", Some(9), Asserted),
            ("Post", Lost, "Southland", "Alba", Some(20), Asserted),
        ]);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].place.as_str(), found[0].other_names.join(" ")),
            ("Alba", "Albatown".to_owned())
        );
        let day = |when: Option<DateInterval>| when.map(|when| when.from().day());
        let lines: Vec<_> =
            found[0].holds.iter().map(|hold| (hold.by.as_str(), day(hold.from), day(hold.until))).collect();
        assert_eq!(lines, [("Norland", Some(2), Some(9)), ("Southland", Some(9), Some(20))]);
        assert!(found[0].holds.iter().all(|hold| !hold.contested));
    }

    #[test]
    fn rival_holders_are_contested_and_both_shown() {
        let found = found(&[
            ("Post", Held, "Norland", "Alba", Some(2), Asserted),
            ("Echo", Held, "Southland", "Alba", Some(2), Asserted),
        ]);
        assert_eq!(found[0].holds.len(), 2);
        assert!(found[0].holds.iter().all(|hold| hold.contested && hold.until.is_none()));
    }

    #[test]
    fn a_denial_is_kept_beside_the_claim() {
        let found = found(&[
            ("Echo", Gained, "Norland", "Alba", Some(2), Asserted),
            ("Post", Held, "Norland", "Alba", Some(3), Denied),
        ]);
        let hold = &found[0].holds[0];
        assert!(hold.contested);
        assert_eq!(
            (hold.holders.join(" "), hold.denied_by.join(" ")),
            ("Echo".to_owned(), "Post".to_owned())
        );
    }
}
