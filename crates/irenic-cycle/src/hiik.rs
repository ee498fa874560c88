//! The Heidelberg Conflict Barometer since 2011: five levels, by calendar month.

use irenic_model::jiff::civil::Date;
use irenic_model::{ClashScale, Observation, Provenance, StageInterval, day_number};

use crate::StageModel;
use crate::calendar::{after_months, date};
use crate::deaths::{Report, reports, toll};
use crate::marks::{Known, Mark};
use crate::track::Track;

const LEVELS: [&str; 5] = ["dispute", "non-violent crisis", "violent crisis", "limited war", "war"];

/// The level of a violent month by the grade of its means and that of its consequences together.
const LEVEL_BY_POINTS: [usize; 5] = [2, 2, 3, 4, 4];

pub(crate) fn stages(model: &StageModel, known: &Known<'_>) -> Vec<StageInterval> {
    let mut track = Track::new("hiik", model.version());
    let Some(first) = known.marks.first() else { return track.intervals };
    let deaths = reports(&known.marks, false);
    let mut from = day_number(date(first.from).first_of_month());
    // The marks that may touch a month, without looking at all of them for each month.
    let (mut next, mut open): (usize, Vec<&Mark<'_>>) = (0, Vec::new());
    while from <= known.as_of {
        let until = after_months(from, 1) - 1;
        while let Some(mark) = known.marks.get(next).filter(|mark| mark.from <= until) {
            open.push(mark);
            next += 1;
        }
        open.retain(|mark| from <= mark.until);
        let month = Month { from, until, marks: &open, deaths: &deaths };
        month.enter(model, &mut track);
        if until == i32::MAX {
            break;
        }
        from = until + 1;
    }
    track.intervals
}

struct Month<'m, 'a> {
    from: i32,
    until: i32,
    marks: &'m [&'m Mark<'a>],
    deaths: &'m [Report],
}

impl Month<'_, '_> {
    fn enter(&self, model: &StageModel, track: &mut Track<'_>) {
        if self.shows(|it| *it == Observation::Settlement) {
            track.close(self.from - 1, self.from - 1);
            return;
        }
        let (level, rule) = self.level(model);
        // A record that ended with a settlement opens again only with evidence.
        if level == 0 && track.stage().is_none() && self.marks.is_empty() {
            return;
        }
        track.enter(LEVELS[level], 1, self.from, self.from, rule, self.reasons());
    }

    fn level(&self, model: &StageModel) -> (usize, &'static str) {
        if let Some(level) = self.upgrade(model) {
            return (level, "year-upgrade");
        }
        if self.marks.iter().any(|mark| mark.shows().is_violent()) {
            let points = self.means(model) + self.consequences(model);
            return (LEVEL_BY_POINTS[points], "means-and-consequences");
        }
        let pressed = self.shows(|it| matches!(it, Observation::Coercion | Observation::CeasefireEnds));
        if pressed { (1, "threat-of-force") } else { (0, "no-force") }
    }

    fn shows(&self, is: impl Fn(&Observation) -> bool) -> bool {
        self.marks.iter().any(|mark| is(mark.shows()))
    }

    /// Limited, serious or extensive means: 0, 1, 2. Texts tell weapons and troops by the kind of violence.
    fn means(&self, model: &StageModel) -> usize {
        let sustained = |it: &Observation| {
            matches!(
                it,
                Observation::War { .. }
                    | Observation::WarBegins
                    | Observation::Clash { scale: ClashScale::Sustained }
            )
        };
        let points = if self.shows(sustained) {
            4
        } else if self.shows(|it| matches!(it, Observation::Clash { scale: ClashScale::Organised })) {
            2
        } else {
            0
        };
        grade(points, model.value("means_serious_min"), model.value("means_extensive_min"))
    }

    /// Limited, serious or extensive consequences: 0, 1, 2. Destruction is not read and counts as none.
    fn consequences(&self, model: &StageModel) -> usize {
        let above = |count: u64, low: &str, mid: &str| {
            u64::from(model.value(low) < count) + u64::from(model.value(mid) < count)
        };
        let deaths = toll(self.deaths, self.from, self.until).low;
        let points = above(deaths, "deaths_low_max", "deaths_mid_max")
            + above(self.displaced(self.from, self.until), "displaced_low_max", "displaced_mid_max");
        grade(points, model.value("consequences_serious_min"), model.value("consequences_extensive_min"))
    }

    fn displaced(&self, from: i32, until: i32) -> u64 {
        let of = |mark: &&Mark<'_>| match mark.shows() {
            Observation::Displaced { low } if from <= mark.from && mark.until <= until => Some(*low),
            _ => None,
        };
        self.marks.iter().copied().filter_map(|mark| of(&mark)).max().unwrap_or(0)
    }

    /// The whole year's upgrade to limited war or war.
    fn upgrade(&self, model: &StageModel) -> Option<usize> {
        let year = date(self.from).year();
        let from = day_number(Date::new(year, 1, 1).ok()?);
        let until = day_number(Date::new(year, 12, 31).ok()?);
        let deaths = toll(self.deaths, from, until).low;
        let displaced = self.displaced(from, until);
        let beyond = |a: &str, b: &str| model.value(a) < deaths && model.value(b) < displaced;
        if beyond("year_war_deaths_above", "year_war_displaced_above") {
            return Some(4);
        }
        beyond("year_limited_deaths_above", "year_limited_displaced_above").then_some(3)
    }

    fn reasons(&self) -> Vec<Provenance> {
        self.marks.iter().map(|mark| mark.evidence.provenance.clone()).collect()
    }
}

fn grade(points: u64, serious: u64, extensive: u64) -> usize {
    usize::from(serious <= points) + usize::from(extensive <= points)
}
