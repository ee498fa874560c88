//! The outlook while fighting goes on: whether it ends, how, and otherwise at which intensity it goes on.
//!
//! The chances are landmark Aalen-Johansen estimates (Putter and Spitoni 2018, Statistical Methods in Medical Research
//! 27(7)): the class is what was as intense after as many active years, followed from there; no Markov assumption is made.
//! The window of active years widens until the class has enough cases. Each yearly rate is drawn towards that of the same
//! window at any intensity, as the life tables of quiet are towards their pool.

mod cases;
mod course;

use irenic_survival::ClusterBootstrap;

use crate::chances::{Chance, unit_words};
use crate::{Ending, Intensity, Level, Record, Refusal, Settings, Spell};
use cases::{class, class_words, is_past, reached, similar};
use course::{Counts, State};

/// What is known of a conflict that is being fought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveQuestion {
    /// Minor conflict or war in the last year that is known.
    pub intensity: Intensity,
    /// Active years in a row so far, the last one that is known among them; at least 1.
    pub active_years: i16,
    /// Years ahead; empty for those of the settings.
    pub horizons: Vec<i16>,
    /// The last year that is known, for similar cases.
    pub year: Option<i16>,
    /// Whether a territory is contested, for similar cases.
    pub territorial: Option<bool>,
    /// Whether other states' troops take part, for similar cases.
    pub internationalised: Option<bool>,
    /// UCDP's number of the conflict itself: what it came to from this year on is no past case.
    pub conflict_id: Option<u32>,
}

impl ActiveQuestion {
    /// So many active years so far, the last of this intensity, and nothing else known.
    #[must_use]
    pub const fn after(intensity: Intensity, active_years: i16) -> Self {
        Self {
            intensity,
            active_years,
            horizons: Vec::new(),
            year: None,
            territorial: None,
            internationalised: None,
            conflict_id: None,
        }
    }
}

/// The chances at one horizon. Ended and going on sum to 1, and so do the endings to ended.
#[derive(Clone, Debug, PartialEq)]
pub struct ActiveChances {
    /// Years ahead.
    pub years: i16,
    /// A whole calendar year below 25 deaths came within so many years, for the first time.
    pub ended: Chance,
    /// The same by how fighting ended, in UCDP's order; last, without an ending given.
    pub by_ending: Vec<(Option<Ending>, Chance)>,
    /// Fighting goes on without a break, as minor conflict.
    pub minor: Chance,
    /// Fighting goes on without a break, as war.
    pub war: Chance,
    /// The chance of an end at any intensity, after as many active years: the baseline.
    pub baseline_ended: f64,
    /// Cases that were followed to the horizon, or ended before.
    pub followed: usize,
    /// Of these, how many ended, by ending.
    pub ended_by: Vec<(Option<Ending>, usize)>,
}

impl ActiveChances {
    /// Natural frequencies: "Of 41 conflicts like this, fighting ended within 5 years in 17: 6 with a peace agreement, …".
    #[must_use]
    pub fn in_words(&self, level: Level) -> String {
        let ended: usize = self.ended_by.iter().map(|(_, count)| count).sum();
        let years = if self.years == 1 { "a year".to_owned() } else { format!("{} years", self.years) };
        let how: Vec<String> = (self.ended_by.iter().filter(|(_, count)| *count > 0))
            .map(|(ending, count)| {
                format!("{count} {}", ending.map_or("in a way that is not given", Ending::in_words))
            })
            .collect();
        let how = if how.is_empty() { String::new() } else { format!(": {}", how.join("; ")) };
        format!(
            "Of {} {} like this, fighting ended within {years} in {ended}{how}.",
            self.followed,
            unit_words(level)
        )
    }
}

/// A past case: an episode that was as intense after as many years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActiveCase {
    /// The episode.
    pub spell: Spell,
    /// The year in which it was like this.
    pub year: i16,
    /// What came of it, in words.
    pub fate: String,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct ActiveOutlook {
    /// The unit: a conflict, or a dyad.
    pub level: Level,
    /// The data set and its version.
    pub source: String,
    /// The reference class in words.
    pub class: String,
    /// Cases of the class; each episode counts once.
    pub cases: usize,
    /// The intensity asked for.
    pub intensity: Intensity,
    /// The active years asked for.
    pub active_years: i16,
    /// The chances, by horizon.
    pub chances: Vec<ActiveChances>,
    /// Horizons that were asked for and are not shown, because too few cases were followed so far.
    pub too_far: Vec<i16>,
    /// Past cases of the class that are most like this one.
    pub similar: Vec<ActiveCase>,
}

/// The outlook by the settings that ship.
///
/// # Errors
///
/// A refusal, where too few episodes were as intense after as many years.
///
/// ```
/// use irenic_outlook::{ActiveQuestion, Intensity, Level, Record, outlook_active};
/// let record = Record::built_in(Level::Conflict);
/// let answer = outlook_active(&record, &ActiveQuestion::after(Intensity::War, 2)).unwrap();
/// let five = answer.chances.iter().find(|at| at.years == 5).unwrap();
/// assert!((five.ended.share + five.minor.share + five.war.share - 1.0).abs() < 1e-9);
/// assert!(outlook_active(&record, &ActiveQuestion::after(Intensity::War, 70)).is_err());
/// ```
pub fn outlook_active(record: &Record, question: &ActiveQuestion) -> Result<ActiveOutlook, Refusal> {
    let settings = Settings::built_in();
    let asked = question.active_years.max(1);
    let episodes: Vec<&Spell> =
        record.spells().iter().chain(record.ongoing()).filter(|it| is_past(it, question)).collect();
    let (members, window) = class(&episodes, record.last_year(), question, &settings);
    let words = class_words(record.level(), question.intensity, window);
    if members.len() < settings.cases_min {
        let (found, needed) = (members.len(), settings.cases_min);
        return Err(Refusal::ThinActive { class: words, found, needed });
    }
    let pool = reached(&episodes, record.last_year(), asked, window, None);
    let counts = Counts::new(&members, &pool, &settings, record.last_year());
    let horizons = if question.horizons.is_empty() { &settings.horizons_years } else { &question.horizons };
    let (near, too_far): (Vec<i16>, Vec<i16>) = horizons
        .iter()
        .partition(|&&years| years > 0 && counts.at_risk(&members, years) >= settings.followed_min);
    let longest = near.iter().copied().max().unwrap_or(0);
    let own = counts.path(longest, None);
    let conflicts: Vec<u64> = pool.iter().map(|it| u64::from(it.spell.conflict_id)).collect();
    let draws: Vec<Vec<State>> = ClusterBootstrap::new(&conflicts, settings.seed).map_or_else(
        |_| Vec::new(),
        |bootstrap| {
            let path = |draw| counts.path(longest, Some(&bootstrap.weights(draw)));
            (0..settings.replicates).map(path).collect()
        },
    );
    let chances = near.iter().map(|&years| counts.chances(years, &own, &draws)).collect();
    Ok(ActiveOutlook {
        level: record.level(),
        source: record.source(),
        class: words,
        cases: members.len(),
        intensity: question.intensity,
        active_years: asked,
        chances,
        too_far,
        similar: similar(&members, question, record.last_year(), settings.similar_max),
    })
}

/// The chance of an end within so many years, by episodes as they were known at the end of `last_year`; `None` where the class
/// is too thin, or not followed so far.
pub(crate) fn chance_of_end(
    known: &[Spell],
    last_year: i16,
    question: &ActiveQuestion,
    years: i16,
    settings: &Settings,
) -> Option<f64> {
    let episodes: Vec<&Spell> = known.iter().filter(|it| is_past(it, question)).collect();
    let (members, window) = class(&episodes, last_year, question, settings);
    let pool = reached(&episodes, last_year, question.active_years.max(1), window, None);
    let counts = Counts::new(&members, &pool, settings, last_year);
    let followed =
        settings.cases_min <= members.len() && settings.followed_min <= counts.at_risk(&members, years);
    let last = || counts.path(years, None).last().map(|state| 1.0 - state.active);
    followed.then(last).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(level: Level, intensity: Intensity, active_years: i16) -> ActiveOutlook {
        outlook_active(&Record::built_in(level), &ActiveQuestion::after(intensity, active_years)).unwrap()
    }

    #[test]
    fn chances_sum_to_one_and_lie_within_their_limits() {
        for level in [Level::Conflict, Level::Dyad] {
            for (intensity, years) in
                [(Intensity::Minor, 1), (Intensity::War, 1), (Intensity::Minor, 6), (Intensity::War, 4)]
            {
                let answer = ask(level, intensity, years);
                for at in &answer.chances {
                    assert!((at.ended.share + at.minor.share + at.war.share - 1.0).abs() < 1e-9);
                    let ways: f64 = at.by_ending.iter().map(|(_, chance)| chance.share).sum();
                    assert!((ways - at.ended.share).abs() < 1e-9);
                    for chance in at.by_ending.iter().map(|(_, it)| it).chain([&at.ended, &at.minor, &at.war])
                    {
                        assert!(
                            chance.limits_95.0 <= chance.limits_80.0
                                && chance.limits_80.1 <= chance.limits_95.1
                        );
                        assert!(-1e-12 <= chance.limits_95.0 && chance.limits_95.1 <= 1.0 + 1e-12);
                    }
                    let ended: usize = at.ended_by.iter().map(|(_, count)| count).sum();
                    assert!(ended <= at.followed && at.followed <= answer.cases);
                }
                assert!(answer.chances.windows(2).all(|pair| pair[0].ended.share <= pair[1].ended.share));
            }
        }
    }

    /// By hand: of the episodes in their first active year, the share that has ended a year later is a plain count.
    #[test]
    fn a_year_ahead_is_a_plain_count() {
        let record = Record::built_in(Level::Conflict);
        let first = |it: &&Spell| it.course[0] == Intensity::War && it.start < record.last_year();
        let all = record.spells().iter().chain(record.ongoing()).filter(first).count();
        let ended = record.spells().iter().filter(first).filter(|it| it.course.len() == 1).count();
        let answer = ask(Level::Conflict, Intensity::War, 1);
        assert_eq!(answer.cases, all);
        let one = &answer.chances[0];
        assert_eq!(one.years, 1);
        assert_eq!((one.followed, one.ended_by.iter().map(|(_, count)| count).sum::<usize>()), (all, ended));
        let pool = record.spells().iter().chain(record.ongoing()).filter(|it| it.start < record.last_year());
        let pool_ended = record.spells().iter().filter(|it| it.course.len() == 1).count() as f64;
        let pool_rate = pool_ended / pool.count() as f64;
        let beside = Settings::built_in().shrinkage_cases;
        let expected = (ended as f64 + beside * pool_rate) / (all as f64 + beside);
        assert!((one.ended.share - expected).abs() < 1e-12, "{} {expected}", one.ended.share);
        assert!((one.baseline_ended - pool_rate).abs() < 1e-12);
    }

    #[test]
    fn the_conflict_itself_is_no_past_case() {
        let record = Record::built_in(Level::Conflict);
        let own = record.ongoing().iter().find(|it| it.course.len() > 2).unwrap();
        let question = ActiveQuestion {
            conflict_id: Some(own.conflict_id),
            year: Some(own.end),
            ..ActiveQuestion::after(Intensity::Minor, 2)
        };
        let answer = outlook_active(&record, &question).unwrap();
        let with = ask(Level::Conflict, Intensity::Minor, 2);
        assert!(answer.cases <= with.cases);
        assert!(
            answer.similar.iter().all(|it| it.spell.conflict_id != own.conflict_id || it.spell.end < own.end)
        );
    }
}
