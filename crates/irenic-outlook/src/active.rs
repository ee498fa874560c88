//! The outlook while fighting goes on: whether it ends, how, and otherwise at which intensity it goes on.
//!
//! The chances are landmark Aalen-Johansen estimates (Putter and Spitoni 2018, Statistical Methods in Medical Research
//! 27(7)): the class is what was as intense after as many active years, followed from there; no Markov assumption is made.
//! The window of active years widens until the class has enough cases. Each yearly rate is drawn towards that of the same
//! window at any intensity, as the life tables of quiet are towards their pool.

use irenic_survival::{ClusterBootstrap, percentile};

use crate::chances::{Chance, unit_words};
use crate::{Ending, Intensity, Level, Record, Refusal, Settings, Spell};

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

/// Whether an episode is not the one that is asked about, or a later one of its conflict.
fn is_past(spell: &Spell, question: &ActiveQuestion) -> bool {
    question.conflict_id != Some(spell.conflict_id) || question.year.is_some_and(|year| spell.end < year)
}

/// An episode at its landmark.
#[derive(Clone, Copy)]
struct Member<'a> {
    spell: &'a Spell,
    /// Its active years at the landmark.
    active_years: i16,
}

impl Member<'_> {
    const fn year(&self) -> i16 {
        self.spell.start + self.active_years - 1
    }

    /// Years from the landmark to the first quiet one; `None` where it was active to the end of the data.
    fn quiet_after(&self, last_year: i16) -> Option<i16> {
        (self.spell.end < last_year).then(|| self.spell.end + 1 - self.year())
    }

    /// The intensity so many years after the landmark, while it is active.
    fn intensity_after(&self, years: i16) -> Option<Intensity> {
        usize::try_from(self.active_years - 1 + years).ok().and_then(|at| self.spell.course.get(at)).copied()
    }
}

/// The class: the narrowest window of active years that has as many cases as wanted, or the widest that is allowed.
fn class<'a>(
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
fn reached<'a>(
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

/// Endings, and one more for those that are not given.
const CAUSES: usize = Ending::ALL.len() + 1;

fn cause(spell: &Spell) -> usize {
    spell.ending.map_or(CAUSES - 1, Ending::index)
}

/// The state at a horizon.
#[derive(Clone, Copy)]
struct State {
    active: f64,
    war: f64,
    ended: [f64; CAUSES],
    /// Ended, by the pool's rates alone.
    pool_ended: f64,
}

struct Counts<'a> {
    own: &'a [Member<'a>],
    pool: &'a [Member<'a>],
    /// Where each own member's conflict stands in the pool, by which both are weighed.
    own_in_pool: Vec<usize>,
    settings: &'a Settings,
    last_year: i16,
}

/// The weights of a year after the landmark: at risk, ended by cause, still active after it, of these at war.
#[derive(Default)]
struct Year {
    at_risk: f64,
    ended: [f64; CAUSES],
    active: f64,
    war: f64,
}

impl<'a> Counts<'a> {
    fn new(own: &'a [Member<'a>], pool: &'a [Member<'a>], settings: &'a Settings, last_year: i16) -> Self {
        let place =
            |member: &Member<'_>| pool.iter().position(|it| it.spell.conflict_id == member.spell.conflict_id);
        let own_in_pool = own
            .iter()
            .map(|member| place(member).expect("the pool holds every member of the class"))
            .collect();
        Self { own, pool, own_in_pool, settings, last_year }
    }

    /// Members that were followed through so many years, or ended before.
    fn at_risk(&self, members: &[Member<'_>], years: i16) -> usize {
        members.iter().filter(|member| self.is_at_risk(member, years)).count()
    }

    /// Whether an end in the year `years` after the landmark could be seen.
    fn is_at_risk(&self, member: &Member<'_>, years: i16) -> bool {
        match member.quiet_after(self.last_year) {
            Some(quiet) => years <= quiet,
            None => member.year() + years <= self.last_year,
        }
    }

    fn year(&self, members: &[Member<'_>], years: i16, weight: &dyn Fn(usize) -> f64) -> Year {
        let mut year = Year::default();
        for (at, member) in members.iter().enumerate().filter(|(_, member)| self.is_at_risk(member, years)) {
            let weight = weight(at);
            year.at_risk += weight;
            if member.quiet_after(self.last_year) == Some(years) {
                year.ended[cause(member.spell)] += weight;
            } else {
                year.active += weight;
                year.war += if member.intensity_after(years) == Some(Intensity::War) { weight } else { 0.0 };
            }
        }
        year
    }

    /// The states after 1 to `longest` years; `weights` are the pool's, in its order.
    fn path(&self, longest: i16, weights: Option<&[f64]>) -> Vec<State> {
        let of_pool = |at: usize| weights.map_or(1.0, |weights| weights[at]);
        let of_own = |at: usize| of_pool(self.own_in_pool[at]);
        let rate = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
        let beside = self.settings.shrinkage_cases;
        let mut state = State { active: 1.0, war: 0.0, ended: [0.0; CAUSES], pool_ended: 0.0 };
        let mut path = Vec::new();
        for years in 1..=longest {
            let own = self.year(self.own, years, &of_own);
            let pool = self.year(self.pool, years, &of_pool);
            let drawn_to_pool = |part: f64, pool_part: f64, whole: f64, pool_whole: f64| {
                rate(part + beside * rate(pool_part, pool_whole), whole + beside)
            };
            let mut leaving = 0.0;
            for (ended, (own_ended, pool_ended)) in
                state.ended.iter_mut().zip(own.ended.iter().zip(&pool.ended))
            {
                let share = drawn_to_pool(*own_ended, *pool_ended, own.at_risk, pool.at_risk);
                *ended += state.active * share;
                leaving += share;
            }
            state.active *= (1.0 - leaving).max(0.0);
            state.war = state.active * drawn_to_pool(own.war, pool.war, own.active, pool.active);
            let all: f64 = pool.ended.iter().sum();
            state.pool_ended += (1.0 - state.pool_ended) * rate(all, pool.at_risk);
            path.push(state);
        }
        path
    }

    fn chances(&self, years: i16, own: &[State], draws: &[Vec<State>]) -> ActiveChances {
        let place = usize::try_from(years - 1).unwrap_or(0);
        let chance = |part: &dyn Fn(&State) -> f64| {
            let share = part(&own[place]);
            let mut drawn: Vec<f64> = draws.iter().map(|path| part(&path[place])).collect();
            let mut at = |q| percentile(&mut drawn, q).unwrap_or(share);
            Chance { share, limits_80: (at(0.1), at(0.9)), limits_95: (at(0.025), at(0.975)) }
        };
        let causes = || (0..CAUSES).map(|at| (at, Ending::ALL.get(at).copied()));
        let ended = |at: usize, member: &&Member<'_>| {
            cause(member.spell) == at
                && member.quiet_after(self.last_year).is_some_and(|quiet| quiet <= years)
        };
        let ended_by: Vec<_> = causes()
            .map(|(at, ending)| (ending, self.own.iter().filter(|it| ended(at, it)).count()))
            .collect();
        let lasting = self.own.iter().filter(|member| {
            self.is_at_risk(member, years) && member.quiet_after(self.last_year) != Some(years)
        });
        ActiveChances {
            years,
            ended: chance(&|state| 1.0 - state.active),
            by_ending: causes().map(|(at, ending)| (ending, chance(&|state| state.ended[at]))).collect(),
            minor: chance(&|state| state.active - state.war),
            war: chance(&|state| state.war),
            baseline_ended: own[place].pool_ended,
            followed: lasting.count() + ended_by.iter().map(|(_, count)| count).sum::<usize>(),
            ended_by,
        }
    }
}

fn class_words(level: Level, intensity: Intensity, (from, until): (i16, i16)) -> String {
    let what = match intensity {
        Intensity::Minor => "in minor conflict (25 to 999 deaths in the year)",
        Intensity::War => "at war (1,000 deaths or more in the year)",
    };
    let years =
        if from == until { format!("active year {from}") } else { format!("active year {from} to {until}") };
    format!("{} within states that were {what} in {years} of an episode", unit_words(level))
}

/// The members nearest to what is asked: features that differ count 1, a year of duration a quarter, a decade a third.
fn similar(
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
