//! Accounts of events: the same happening told by several, denied by some, or laid to different doers.

use std::collections::BTreeSet;

use irenic_model::{
    Account, AccountKind, Content, DateInterval, Event, EventClass, Grain, Participant, Stance, day_number,
};

use crate::cluster::clusters;
use crate::items::{Item, Items, account, version};
use crate::names::{meet, stems_of};
use crate::versions::{accounts_of, versions};
use crate::wording;

/// Modes that come once in a while and are told by everyone: reports of one within a few days are of the same, whichever
/// of those who made it they name.
const LANDMARKS: [&str; 11] = [
    "ceasefire",
    "peace-agreement",
    "prisoner-exchange",
    "peacekeepers-deployed",
    "referendum",
    "independence",
    "annexation",
    "coup",
    "war-begins",
    "war-ends",
    "death-of-leader",
];
/// The signing of a ceasefire and its taking effect are so many days apart at most.
const LANDMARK_DAYS: i32 = 3;

/// Modes that are fighting by other words.
const FIGHTING: [Option<&str>; 4] = [None, Some("clash"), Some("offensive"), Some("heavy-weapons")];

/// Before what is said not to have happened.
const NOT_SO: &str = "did not happen";

/// An event with its keys.
struct Happening<'a> {
    item: &'a Item<'a>,
    event: &'a Event,
    actors: BTreeSet<String>,
    recipients: BTreeSet<String>,
    places: BTreeSet<String>,
}

impl Happening<'_> {
    /// The mode, where it is a landmark's.
    fn landmark(&self) -> Option<&'static str> {
        let mode = self.event.mode.as_deref()?;
        LANDMARKS.into_iter().find(|known| *known == mode)
    }

    /// Whether nobody is named who did it or bore it.
    fn is_nameless(&self) -> bool {
        self.actors.is_empty() && self.recipients.is_empty()
    }

    /// Participants for a heading.
    fn words(&self, participants: &[Participant]) -> String {
        wording::list(participants, self.item.framings())
    }

    fn is_denied(&self) -> bool {
        self.event.negated != (self.item.statement.stance == Stance::Denied)
    }
}

/// The accounts of all events.
pub(crate) fn accounts(items: &Items<'_>) -> Vec<Account> {
    let happenings: Vec<Happening<'_>> = items
        .of(|content| if let Content::Event(event) = content { Some(event) } else { None })
        .into_iter()
        .map(|(item, event)| Happening {
            item,
            event,
            actors: who(&event.actors),
            recipients: who(&event.recipients),
            places: stems_of(&event.places),
        })
        .collect();
    let found = clusters(
        happenings.len(),
        |at| buckets(&happenings[at]),
        |a, b| same(&happenings[a], &happenings[b]),
    );
    found.iter().flat_map(|members| of_cluster(members.iter().map(|&at| &happenings[at]).collect())).collect()
}

/// Stems of names, and countries: a president and his capital are told by theirs.
fn who(participants: &[Participant]) -> BTreeSet<String> {
    let countries = participants.iter().filter_map(|participant| participant.country.clone());
    stems_of(participants).into_iter().chain(countries).collect()
}

/// By class, or mode of a landmark, by whether it is put forward as a fact, and by weeks. An event without a date, or with
/// one coarser than a month, meets no other: too little is known to say that two are one.
fn buckets(happening: &Happening<'_>) -> Vec<(&'static str, bool, i32)> {
    let stance = happening.item.statement.stance;
    let factual = stance.is_factual() || stance == Stance::Denied;
    let dated = happening.event.when.filter(|when| when.grain() <= Grain::Month && when.days() <= 31);
    let Some(when) = dated else {
        // But for one who denies what was claimed right before.
        let near =
            i32::try_from(happening.item.at.document * SENTENCES + happening.item.sentence % SENTENCES);
        let near = near.unwrap_or(i32::MAX / 2);
        let class = happening.event.class.name();
        return (near..=near + DENIED_SENTENCES)
            .map(|sentence| (class, factual, UNDATED - sentence))
            .collect();
    };
    let around = happening.landmark().map_or(0, |_| LANDMARK_DAYS);
    let key = happening.landmark().unwrap_or_else(|| happening.event.class.name());
    let first = (day_number(when.from()) - around).div_euclid(7);
    let last = (day_number(when.until()) + around).div_euclid(7);
    (first..=last).map(|week| (key, factual, week)).collect()
}

fn same(a: &Happening<'_>, b: &Happening<'_>) -> bool {
    if denies_right_behind(a, b) || denies_right_behind(b, a) {
        return true;
    }
    let (Some(first), Some(second)) = (a.event.when, b.event.when) else { return false };
    if [first, second].iter().any(|when| when.grain() > Grain::Month || when.days() > 31) {
        return false;
    }
    if a.landmark().is_some() && a.landmark() == b.landmark() {
        let one_side_named = a.is_nameless() || b.is_nameless();
        return near(first, second) && (one_side_named || share_people(a, b));
    }
    let mode = a.event.mode.is_none() || b.event.mode.is_none() || a.event.mode == b.event.mode;
    let places_apart = !a.places.is_empty() && !b.places.is_empty() && !meet(&a.places, &b.places);
    if places_apart || !same_days(first, second) {
        return false;
    }
    mode && (share_people(a, b) || laid_to_others(a, b)) || same_fighting(a, b)
}

/// "The rebels claimed to have taken the town. The army denied it": the second tells of the first, dated or not.
fn denies_right_behind(claim: &Happening<'_>, denial: &Happening<'_>) -> bool {
    let behind = denial.item.sentence.checked_sub(claim.item.sentence);
    let (one, other) = (claim.event, denial.event);
    denial.item.statement.stance == Stance::Denied
        && !claim.is_denied()
        && claim.item.same_document(denial.item)
        && behind.is_some_and(|gap| i32::try_from(gap).is_ok_and(|gap| gap <= DENIED_SENTENCES))
        && (one.class, &one.mode, &one.actors, &one.recipients, &one.places, one.when)
            == (other.class, &other.mode, &other.actors, &other.recipients, &other.places, other.when)
}

/// So many sentences at most lie between a claim and its denial.
const DENIED_SENTENCES: i32 = 1;

/// Buckets of events without a date lie before those of all weeks.
const UNDATED: i32 = -1_000_000;

/// Buckets are told apart by so many sentences a document; those of longer documents share some.
const SENTENCES: usize = 4096;

/// Whether at most a few days lie between two intervals of about one length.
fn near(a: DateInterval, b: DateInterval) -> bool {
    let gap =
        (day_number(a.from()) - day_number(b.until())).max(day_number(b.from()) - day_number(a.until()));
    gap <= LANDMARK_DAYS && (a.days() - b.days()).abs() <= 10
}

/// Fighting that two documents date to one day, where one of them names nobody.
fn same_fighting(a: &Happening<'_>, b: &Happening<'_>) -> bool {
    let fighting = |happening: &Happening<'_>| {
        happening.event.class == EventClass::Assault && FIGHTING.contains(&happening.event.mode.as_deref())
    };
    let one_day = a.event.when == b.event.when && a.event.when.is_some_and(|when| when.days() == 1);
    fighting(a)
        && fighting(b)
        && one_day
        && !a.item.same_document(b.item)
        && (a.is_nameless() || b.is_nameless())
}

/// Two days that are the same, or a day in a span that is no longer than a third of a month.
fn same_days(a: DateInterval, b: DateInterval) -> bool {
    a.overlaps(&b) && (a.days() - b.days()).abs() <= 10
}

fn share_people(a: &Happening<'_>, b: &Happening<'_>) -> bool {
    let roles = |happening: &Happening<'_>| -> BTreeSet<String> {
        happening.actors.union(&happening.recipients).cloned().collect()
    };
    let (first, second) = (roles(a), roles(b));
    if first.is_empty() || second.is_empty() {
        return meet(&a.places, &b.places);
    }
    // One actor alone does many things in a day: what is known of both sides must not clash.
    let clash = |x: &BTreeSet<String>, y: &BTreeSet<String>| !x.is_empty() && !y.is_empty() && !meet(x, y);
    let swapped = meet(&a.actors, &b.recipients) && meet(&b.actors, &a.recipients);
    meet(&first, &second) && (swapped || !clash(&a.actors, &b.actors) && !clash(&a.recipients, &b.recipients))
}

/// The same thing done to the same people in the same place, with different doers, by different speakers.
fn laid_to_others(a: &Happening<'_>, b: &Happening<'_>) -> bool {
    let harmful = matches!(a.event.class, EventClass::Assault | EventClass::Coerce);
    let one_day = a.event.when.is_some_and(|when| when.days() == 1);
    let apart = !a.actors.is_empty() && !b.actors.is_empty() && !meet(&a.actors, &b.actors);
    let known = meet(&a.places, &b.places)
        && (meet(&a.recipients, &b.recipients) || a.recipients.is_empty() && b.recipients.is_empty());
    harmful && one_day && apart && known && !a.item.same_speaker(b.item)
}

/// Versions: that it happened, by whom; and that it did not.
fn of_cluster(members: Vec<&Happening<'_>>) -> Vec<Account> {
    let versions = versions(members, |a, b| a.is_denied() == b.is_denied() && !differ_in_doer(a, b));
    accounts_of(versions, |a, b| a.item.same_speaker(b.item), |versions| of_versions(&versions))
}

fn differ_in_doer(a: &Happening<'_>, b: &Happening<'_>) -> bool {
    let harmful = matches!(a.event.class, EventClass::Assault | EventClass::Coerce);
    harmful && !a.actors.is_empty() && !b.actors.is_empty() && !meet(&a.actors, &b.actors)
}

fn of_versions(versions: &[Vec<&Happening<'_>>]) -> Account {
    let all: Vec<&Happening<'_>> = versions.iter().flatten().copied().collect();
    let when =
        all.iter().filter_map(|happening| happening.event.when).min_by_key(|when| (when.days(), when.from()));
    let denial = versions.iter().any(|members| members[0].is_denied());
    let dispute = (versions.len() > 1).then(|| {
        let why = if denial {
            "One holder says that it happened, another that it did not."
        } else {
            "The holders name different doers."
        };
        why.to_owned()
    });
    // The heading names the doer only where the versions do not differ on it.
    let named = if versions.len() > 1 && !denial {
        None
    } else {
        all.iter().find(|happening| !happening.event.actors.is_empty())
    };
    let heading = heading(&all, named, when);
    let made = versions.iter().map(|members| {
        let fullest = members.iter().max_by_key(|member| fullness(member.event)).unwrap_or(&members[0]);
        let items: Vec<&Item<'_>> = members.iter().map(|member| member.item).collect();
        version(&items, summary(fullest), None)
    });
    account(AccountKind::Event, heading, when, made.collect(), dispute)
}

fn fullness(event: &Event) -> usize {
    usize::from(!event.actors.is_empty())
        + usize::from(!event.recipients.is_empty())
        + usize::from(!event.places.is_empty())
}

fn class_words(event: &Event) -> String {
    let class = event.class.name().to_lowercase();
    event.mode.as_ref().map_or(class.clone(), |mode| format!("{class}, {mode}"))
}

fn summary(happening: &Happening<'_>) -> String {
    let event = happening.event;
    let mut text = class_words(event);
    if happening.is_denied() {
        // What the text itself says did not happen is nobody's denial.
        let by_holder = happening.item.statement.stance == Stance::Denied;
        text = format!("{}: {text}", if by_holder { "denied" } else { NOT_SO });
    }
    if !event.actors.is_empty() {
        text += &format!(" by {}", happening.words(&event.actors));
    }
    if !event.recipients.is_empty() {
        text += &format!(", towards {}", happening.words(&event.recipients));
    }
    text
}

fn heading(all: &[&Happening<'_>], named: Option<&&Happening<'_>>, when: Option<DateInterval>) -> String {
    let event = all.iter().find(|happening| happening.event.mode.is_some()).unwrap_or(&all[0]).event;
    let words = class_words(event);
    let none = all.iter().all(|happening| happening.is_denied());
    let mut parts = vec![if none { format!("{NOT_SO}: {words}") } else { words }];
    let actors = named.map(|one| one.words(&one.event.actors)).filter(|list| !list.is_empty());
    let recipients = all.iter().map(|one| one.words(&one.event.recipients)).find(|list| !list.is_empty());
    match (actors, recipients) {
        (Some(actors), Some(recipients)) => parts.push(format!("{actors} → {recipients}")),
        (Some(actors), None) => parts.push(actors),
        (None, Some(recipients)) => parts.push(format!("→ {recipients}")),
        (None, None) => {}
    }
    parts.extend(all.iter().map(|one| one.words(&one.event.places)).find(|list| !list.is_empty()));
    parts.extend(when.map(wording::period));
    parts.join("; ")
}
