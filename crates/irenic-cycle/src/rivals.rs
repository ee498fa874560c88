//! Rival stages: what an interval would be without evidence that is disputed, or that one side alone gives.

use std::collections::{BTreeMap, BTreeSet};

use irenic_model::jiff::civil::Date;
use irenic_model::{Evidence, Observation, Provenance, Stage, StageInterval, day_number};

use crate::calendar::date;

/// Marks the intervals that are contested, with the stage that others give.
///
/// `run` makes intervals of evidence. An interval is contested where it rests on what is merely alleged; where one voice
/// alone tells how it began, while another that speaks of the same time does not; and where a voice, by its own evidence
/// alone, tells of quiet in the midst of the fighting. That a voice says nothing contradicts nothing.
pub(crate) fn contest(
    intervals: &mut [StageInterval],
    evidence: &[Evidence],
    as_of: Date,
    run: impl Fn(&[Evidence]) -> Vec<StageInterval>,
) {
    if evidence.iter().any(|it| it.disputed) {
        let agreed: Vec<Evidence> = evidence.iter().filter(|it| !it.disputed).cloned().collect();
        differ(intervals, &run(&agreed), as_of, |_, _, _| true);
    }
    let voices = voices(evidence);
    let of: BTreeMap<&Provenance, Option<&str>> =
        evidence.iter().map(|it| (&it.provenance, voice_of(it))).collect();
    for voice in &voices {
        let split = |own: bool| -> Vec<Evidence> {
            evidence.iter().filter(|it| (voice_of(it) == Some(voice)) == own).cloned().collect()
        };
        let (own, others) = (split(true), split(false));
        let speaks_then = |from: Date, until: Date| {
            others.iter().any(|it| {
                let then = it.when.is_some_and(|when| from <= when.from() && when.until() <= until);
                voice_of(it).is_some_and(|other| voices.contains(other)) && then
            })
        };
        let began_by_it = |interval: &StageInterval| {
            let mut began = interval.reasons.iter().take(1).flat_map(|reason| &reason.evidence).peekable();
            began.peek().is_some() && began.all(|it| of.get(it).copied().flatten() == Some(voice))
        };
        let rests_on_it = |interval: &StageInterval, (from, until): (Date, Date), rival: &str| {
            rival != NONE && began_by_it(interval) && speaks_then(from, until)
        };
        // Most voices say nothing that could contest a stage; the machine need not run for them.
        if intervals.iter().any(|it| it.rival.is_none() && began_by_it(it)) {
            differ(intervals, &run(&others), as_of, rests_on_it);
        }
        if own.iter().any(|it| tells_of_quiet(&it.observation)) {
            contradict(intervals, &run(&own), as_of);
        }
    }
}

const fn tells_of_quiet(observation: &Observation) -> bool {
    matches!(
        observation,
        Observation::Ceasefire | Observation::FightingEnds | Observation::Agreement | Observation::Calm
    )
}

/// So many pieces of evidence make a voice of its own.
const VOICE_MIN: usize = 2;

/// The side that speaks, or the holder where the side is not known; an author of no known side is no party to a contest, nor
/// is politics a matter of it.
fn voice_of(evidence: &Evidence) -> Option<&str> {
    let speaks = evidence.observation != Observation::Politics;
    evidence.side.as_deref().or(evidence.holder.as_deref()).filter(|_| speaks)
}

fn voices(evidence: &[Evidence]) -> BTreeSet<&str> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for voice in evidence.iter().filter_map(voice_of) {
        *count.entry(voice).or_default() += 1;
    }
    count.into_iter().filter(|(_, count)| VOICE_MIN <= *count).map(|(voice, _)| voice).collect()
}

/// What others give where they give no stage.
const NONE: &str = "none";

/// The rival of an interval is the stage that `others` give in its middle.
fn differ(
    intervals: &mut [StageInterval],
    others: &[StageInterval],
    as_of: Date,
    is_meant: impl Fn(&StageInterval, (Date, Date), &str) -> bool,
) {
    for interval in intervals.iter_mut().filter(|it| it.rival.is_none()) {
        let Some(from) = interval.from else { continue };
        let until = interval.until.unwrap_or(as_of);
        let day = middle(from, until);
        let there = |it: &&StageInterval| {
            it.from.is_some_and(|from| from <= day) && it.until.is_none_or(|until| day <= until)
        };
        let name = others.iter().find(there).map_or(NONE, |it| it.stage.as_str());
        if name != interval.stage && is_meant(interval, (from, until), name) {
            interval.rival = Some(name.to_owned());
        }
    }
}

fn middle(from: Date, until: Date) -> Date {
    let (from, until) = (day_number(from), day_number(until));
    date(from + (until - from) / 2)
}

/// Where a voice tells of quiet in the midst of the fighting, for the rest of it or most of it.
///
/// That it tells of fighting in the quiet is weighed with all other evidence; what it told of before does not contradict.
fn contradict(intervals: &mut [StageInterval], told: &[StageInterval], as_of: Date) {
    for interval in intervals.iter_mut().filter(|it| it.rival.is_none() && is_fighting(it) == Some(true)) {
        let (Some(from), until) = (interval.from, interval.until.unwrap_or(as_of)) else { continue };
        let half = (day_number(until) - day_number(from)) / 2;
        let rival = told.iter().enumerate().find(|&(at, it)| {
            let Some(begun) = it.from.filter(|begun| from < *begun && *begun < until) else { return false };
            let ended = it.until.unwrap_or(as_of).min(until);
            // Who only passes on that a truce was made says nothing of whether it held.
            let fought_before = told[..at].iter().any(|before| is_fighting(before) == Some(true));
            is_fighting(it) == Some(false)
                && fought_before
                && is_dated_well(it)
                && half.min(LONG_DAYS) <= day_number(ended) - day_number(begun)
        });
        interval.rival = rival.map(|(_, it)| it.stage.clone());
    }
}

/// Quiet of so many days is no mere pause.
const LONG_DAYS: i32 = 183;

/// Whether the month at least in which it began is known.
fn is_dated_well(interval: &StageInterval) -> bool {
    let (Some(low), Some(high)) = interval.from_bounds else { return false };
    day_number(high) - day_number(low) <= 31
}

/// Fighting or the quiet after it; `None` for what comes before.
fn is_fighting(interval: &StageInterval) -> Option<bool> {
    match Stage::from_name(&interval.stage)? {
        Stage::Confrontation | Stage::War => Some(true),
        Stage::Dispute | Stage::Tension => None,
        _ => Some(false),
    }
}
