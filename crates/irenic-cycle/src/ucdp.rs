//! UCDP's armed conflict: calendar years by their battle-related deaths, and episodes of consecutive active years.

use irenic_model::jiff::civil::Date;
use irenic_model::{Observation, Provenance, StageInterval, day_number};

use crate::StageModel;
use crate::calendar::date;
use crate::deaths::{reports, toll};
use crate::marks::Known;
use crate::track::Track;

/// A run of active years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Episode {
    /// Its number, from 1.
    pub number: u32,
    /// The first active year.
    pub start_year: i16,
    /// The last active year in the data.
    pub end_year: i16,
    /// Whether the data end before enough inactive years have followed.
    pub ongoing: bool,
}

/// The episodes of a conflict or of a dyad: `active` are its active years, in order; `last_year` is the last year that
/// the data cover.
///
/// An episode ends when a year below the threshold follows. The unit changes the message: the active years of a
/// conflict and those of its dyads give other episodes.
///
/// ```
/// use irenic_cycle::{ModelName, StageModel, ucdp_episodes};
/// let model = StageModel::built_in(ModelName::Ucdp);
/// let episodes = ucdp_episodes(&model, &[1991, 1992, 1993, 1994, 2005, 2020], 2020);
/// let years: Vec<_> = episodes.iter().map(|it| (it.start_year, it.end_year, it.ongoing)).collect();
/// assert_eq!(years, [(1991, 1994, false), (2005, 2005, false), (2020, 2020, true)]);
/// ```
#[must_use]
pub fn ucdp_episodes(model: &StageModel, active: &[i16], last_year: i16) -> Vec<Episode> {
    let quiet = i64::try_from(model.value("inactive_years_min")).unwrap_or(i64::MAX);
    let mut episodes: Vec<Episode> = Vec::new();
    for &year in active {
        match episodes.last_mut() {
            Some(open) if i64::from(year) - i64::from(open.end_year) <= quiet => open.end_year = year,
            _ => {
                let number = u32::try_from(episodes.len() + 1).unwrap_or(u32::MAX);
                episodes.push(Episode { number, start_year: year, end_year: year, ongoing: false });
            }
        }
    }
    if let Some(open) = episodes.last_mut() {
        open.ongoing = i64::from(last_year) - i64::from(open.end_year) < quiet;
    }
    episodes
}

pub(crate) fn stages(model: &StageModel, known: &Known<'_>) -> Vec<StageInterval> {
    let reports = reports(&known.marks, true);
    let Some(first) = reports.iter().map(|report| date(report.from).year()).min() else { return Vec::new() };
    let last = date(known.as_of).year();
    let (minor, war) = (model.value("minor_deaths_min"), model.value("war_deaths_min"));
    let (mut active, mut intensities) = (Vec::new(), Vec::new());
    for year in first..=last {
        let Some((from, until)) = days_of(year) else { continue };
        let low = toll(&reports, from, until).low;
        if minor <= low {
            active.push(year);
            intensities.push(if war <= low { "war" } else { "minor armed conflict" });
        }
    }
    let mut track = Track::new("ucdp", model.version());
    for episode in ucdp_episodes(model, &active, last) {
        for (year, stage) in active.iter().zip(&intensities) {
            if !(episode.start_year..=episode.end_year).contains(year) {
                continue;
            }
            let Some((from, _)) = days_of(*year) else { continue };
            track.enter(stage, episode.number, from, from, "deaths-in-calendar-year", reasons(known, *year));
        }
        if let Some((_, until)) = days_of(episode.end_year).filter(|_| !episode.ongoing) {
            track.close(until, until);
        }
    }
    track.intervals
}

fn days_of(year: i16) -> Option<(i32, i32)> {
    let from = Date::new(year, 1, 1).ok()?;
    Some((day_number(from), day_number(from.last_of_year())))
}

fn reasons(known: &Known<'_>, year: i16) -> Vec<Provenance> {
    let within = known.marks.iter().filter(|mark| {
        matches!(mark.shows(), Observation::Deaths { battle: true, .. })
            && date(mark.from).year() == year
            && date(mark.until).year() == year
    });
    within.map(|mark| mark.evidence.provenance.clone()).collect()
}
