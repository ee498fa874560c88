//! Tracks: the meetings, agreements, breaks and resumptions of the same parties, in order of time.

mod repeats;
mod statements;
mod tables;

use std::collections::BTreeMap;

use irenic_model::{DateInterval, Round, RoundKind, Span, Track};

use super::{holders, sorted};
use crate::items::{Item, Items};
use crate::versions::versions;
use crate::who::{GOVERNMENT, Names};

/// Two reports of a meeting whose days are so far apart at most may be of one meeting.
const SAME_MEETING_DAYS_MAX: i32 = 31;

/// What stands for the parties where a text does not name them.
const NOT_NAMED: &str = "not named";

/// One statement of a meeting or a turn.
struct Told<'a> {
    item: &'a Item<'a>,
    kind: RoundKind,
    table: Vec<String>,
    /// Whether the words name nobody and refer to nobody.
    silent: bool,
    /// Whether the table is that of others who were told of, and not named by the words.
    guessed: bool,
    /// Where the words only refer back: the parties that the sentence or the one before it names.
    near: Vec<String>,
    others: Vec<String>,
    mediators: Vec<String>,
    places: Vec<String>,
    when: Option<DateInterval>,
}

impl<'a> Told<'a> {
    /// A statement that names those at the table and who else was there, and no more than that.
    fn new(
        item: &'a Item<'a>,
        kind: RoundKind,
        (table, others): (Vec<String>, Vec<String>),
        when: Option<DateInterval>,
    ) -> Self {
        Self {
            item,
            kind,
            table,
            silent: false,
            guessed: false,
            near: Vec::new(),
            others,
            mediators: Vec::new(),
            places: Vec::new(),
            when,
        }
    }
}

pub(super) fn tracks(items: &Items<'_>, names: &Names<'_>) -> Vec<Track> {
    let mut told = statements::told(items, names);
    tables::carry(&mut told, names);
    repeats::join(&mut told);
    let mut by_table: BTreeMap<Vec<String>, Vec<Told<'_>>> = BTreeMap::new();
    for one in told {
        by_table.entry(one.table.clone()).or_default().push(one);
    }
    let mut tracks: Vec<Track> = by_table.into_iter().map(|(parties, told)| track(parties, told)).collect();
    retain_those_of_conflict(&mut tracks, names);
    tracks.retain(|track| {
        track.parties.len() > 1 || track.rounds.iter().any(|round| round.kind != RoundKind::Talks)
    });
    tracks.sort_by(|a, b| b.rounds.len().cmp(&a.rounds.len()).then_with(|| a.parties.cmp(&b.parties)));
    tracks
}

/// Where parties are known, talks in which none of them takes part are not of this conflict, unless those who talk also talk
/// with a party: a text on a peace process may call the same government by three names.
fn retain_those_of_conflict(tracks: &mut Vec<Track>, names: &Names<'_>) {
    if names.is_empty() {
        return;
    }
    // "The transitional government" whose country nobody needs to name is that of the conflict.
    let own = |seat: &str| seat.rsplit(' ').next() == Some(GOVERNMENT) && seat.to_lowercase() == seat;
    let is_party =
        |seat: &String| seat == NOT_NAMED || names.by_name(seat).is_some() || !names.are_given() && own(seat);
    let met: Vec<String> = tracks
        .iter()
        .filter(|track| !names.are_given() && track.parties.iter().any(is_party))
        .flat_map(|track| track.parties.clone())
        .collect();
    let close = |seat: &String| met.iter().any(|known| is_same_seat(known, seat));
    let belongs = |track: &Track| track.parties.iter().any(|seat| is_party(seat) || close(seat));
    // Where many tables have no party the text calls its parties otherwise.
    let all: usize = tracks.iter().map(|track| track.rounds.len()).sum();
    let known: usize = tracks.iter().filter(|track| belongs(track)).map(|track| track.rounds.len()).sum();
    if names.are_given() || 3 * known > 2 * all {
        tracks.retain(belongs);
    }
}

/// "The government" and "the government of Norland" are one, as are names that are equal.
fn is_same_seat(one: &str, other: &str) -> bool {
    let bare = |name: &str| name.split(" of ").next().unwrap_or_default().to_lowercase();
    one == other || bare(one) == GOVERNMENT && bare(other) == GOVERNMENT
}

fn track(parties: Vec<String>, told: Vec<Told<'_>>) -> Track {
    let meetings = versions(told, is_same);
    let mut rounds: Vec<Round> = meetings.iter().map(|told| round(told)).collect();
    rounds.sort_by_key(|round| {
        let when = round.when.map(|when| (when.from(), when.until()));
        (when.is_none(), when, round.kind, round.statements[0])
    });
    let mediators = sorted(rounds.iter().flat_map(|round| round.mediators.iter().cloned()).collect());
    Track { parties, mediators, rounds }
}

/// Whether two statements can be of one meeting.
fn is_same(a: &Told<'_>, b: &Told<'_>) -> bool {
    let place =
        a.places.is_empty() || b.places.is_empty() || a.places.iter().any(|place| b.places.contains(place));
    let time = match (a.when, b.when) {
        (Some(first), Some(second)) => {
            let longest = first.days().max(second.days());
            first.overlaps(&second) && (longest <= 1 || longest <= SAME_MEETING_DAYS_MAX && place)
        }
        (None, None) => {
            a.item.same_document(b.item) && a.item.sentence.abs_diff(b.item.sentence) <= 1
                || place && !a.places.is_empty() && !b.places.is_empty()
        }
        _ => false,
    };
    a.kind == b.kind && place && time
}

fn round(told: &[Told<'_>]) -> Round {
    let items: Vec<&Item<'_>> = told.iter().map(|one| one.item).collect();
    let all = |pick: fn(&Told<'_>) -> Vec<String>| sorted(told.iter().flat_map(pick).collect());
    let mut statements: Vec<_> = items.iter().map(|item| item.at).collect();
    statements.sort_unstable();
    // One sentence is quoted once.
    let span = |at: &irenic_model::StatementRef| {
        items.iter().find(|item| item.at == *at).map(|item| item.statement.span)
    };
    let mut kept: Vec<(usize, Span)> = Vec::new();
    statements.retain(|at| {
        let Some(own) = span(at) else { return false };
        let known = kept.iter().any(|(document, other)| *document == at.document && other.contains(own));
        kept.push((at.document, own));
        !known
    });
    Round {
        kind: told[0].kind,
        when: told.iter().filter_map(|one| one.when).min_by_key(|when| (when.days(), when.from())),
        places: all(|one| one.places.clone()),
        mediators: all(|one| one.mediators.clone()),
        named: told.iter().any(|one| !one.guessed),
        others: all(|one| one.others.clone()),
        holders: holders(&items),
        statements,
    }
}
