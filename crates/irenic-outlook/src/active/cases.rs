//! The cases of a class: past episodes that were as intense after as many active years, and those most like the one asked about.

use super::{ActiveCase, ActiveQuestion};
use crate::chances::unit_words;
use crate::{Ending, Intensity, Level, Settings, Spell};

/// Whether an episode is not the one that is asked about, or a later one of its conflict.
pub(super) fn is_past(spell: &Spell, question: &ActiveQuestion) -> bool {
    question.conflict_id != Some(spell.conflict_id) || question.year.is_some_and(|year| spell.end < year)
}

/// An episode at its landmark.
#[derive(Clone, Copy)]
pub(super) struct Member<'a> {
    pub(super) spell: &'a Spell,
    /// Its active years at the landmark.
    pub(super) active_years: i16,
}

impl Member<'_> {
    pub(super) const fn year(&self) -> i16 {
        self.spell.start + self.active_years - 1
    }

    /// Years from the landmark to the first quiet one; `None` where it was active to the end of the data.
    pub(super) fn quiet_after(&self, last_year: i16) -> Option<i16> {
        (self.spell.end < last_year).then(|| self.spell.end + 1 - self.year())
    }

    /// The intensity so many years after the landmark, while it is active.
    pub(super) fn intensity_after(&self, years: i16) -> Option<Intensity> {
        usize::try_from(self.active_years - 1 + years).ok().and_then(|at| self.spell.course.get(at)).copied()
    }
}

/// The class: the narrowest window of active years that has as many cases as wanted, or the widest that is allowed.
pub(super) fn class<'a>(
    episodes: &[&'a Spell],
    last_year: i16,
    question: &ActiveQuestion,
    settings: &Settings,
) -> (Vec<Member<'a>>, (i16, i16)) {
    let asked = question.active_years.max(1);
    let widest = asked / 2;
    let mut found = (Vec::new(), (asked, asked));
    for width in 0..=widest {
        let window = (asked - width, asked + width);
        found = (reached(episodes, last_year, asked, window, Some(question.intensity)), window);
        if settings.active_cases_wanted <= found.0.len() {
            break;
        }
    }
    found
}

/// The episodes that reached the window and were followed for a year at least, each at its year nearest to the one asked.
pub(super) fn reached<'a>(
    episodes: &[&'a Spell],
    last_year: i16,
    asked: i16,
    (from, until): (i16, i16),
    intensity: Option<Intensity>,
) -> Vec<Member<'a>> {
    let at = |spell: &'a Spell| {
        let years = (1i16..).zip(&spell.course).filter(|(year, found)| {
            (from..=until).contains(year)
                && intensity.is_none_or(|wanted| wanted == **found)
                && spell.start + year - 1 < last_year
        });
        let nearest = years.min_by_key(|(year, _)| ((year - asked).abs(), *year));
        nearest.map(|(active_years, _)| Member { spell, active_years })
    };
    episodes.iter().filter_map(|spell| at(spell)).collect()
}

pub(super) fn class_words(level: Level, intensity: Intensity, (from, until): (i16, i16)) -> String {
    let what = match intensity {
        Intensity::Minor => "in minor conflict (25 to 999 deaths in the year)",
        Intensity::War => "at war (1,000 deaths or more in the year)",
    };
    let years =
        if from == until { format!("active year {from}") } else { format!("active year {from} to {until}") };
    format!("{} within states that were {what} in {years} of an episode", unit_words(level))
}

/// The members nearest to what is asked: features that differ count 1, a year of duration a quarter, a decade a third.
pub(super) fn similar(
    members: &[Member<'_>],
    question: &ActiveQuestion,
    last_year: i16,
    count: usize,
) -> Vec<ActiveCase> {
    let differs = |known: Option<bool>, found: bool| f64::from(u8::from(known.is_some_and(|it| it != found)));
    let distance = |member: &Member<'_>| {
        differs(question.territorial, member.spell.territorial)
            + differs(question.internationalised, member.spell.internationalised)
            + f64::from((member.active_years - question.active_years).abs()) / 4.0
            + f64::from(question.year.unwrap_or(last_year).abs_diff(member.year())) / 30.0
    };
    let mut cases: Vec<(f64, &Member<'_>)> =
        members.iter().map(|member| (distance(member), member)).collect();
    cases.sort_by(|a, b| {
        let order = a.0.total_cmp(&b.0).then(b.1.year().cmp(&a.1.year()));
        order.then(a.1.spell.conflict_id.cmp(&b.1.spell.conflict_id))
    });
    let case = |(_, member): (f64, &Member<'_>)| ActiveCase {
        spell: member.spell.clone(),
        year: member.year(),
        fate: match member.quiet_after(last_year) {
            None => format!("still fought at the end of the data, {last_year}"),
            Some(_) => {
                let how = member.spell.ending.map_or("in a way that is not given", Ending::in_words);
                format!("fought to {}, ended {how}", member.spell.end)
            }
        },
    };
    cases.into_iter().take(count).map(case).collect()
}
