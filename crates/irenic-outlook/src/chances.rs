//! The outlook: chances for a conflict that has been quiet for some years, with everything that they rest on.

use irenic_survival::{ClusterBootstrap, percentile};

use crate::life::{Life, Shares};
use crate::similar::{SimilarCase, similar};
use crate::{Class, Ending, Intensity, Level, Record, Refusal, Settings, Spell};

/// What is known of the conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// How fighting ended; `None` where nobody says, and then all endings are the class.
    pub ending: Option<Ending>,
    /// Of an agreement, whether it was carried on in the first quiet year, where that is known.
    pub carried_on: Option<bool>,
    /// Whole calendar years without fighting so far; at least 1, because UCDP's episode ends with a quiet year.
    pub quiet_years: i16,
    /// Years ahead; empty for those of the settings.
    pub horizons: Vec<i16>,
    /// The last active year, for similar cases.
    pub end: Option<i16>,
    /// Minor conflict or war in the last active year, for similar cases.
    pub intensity: Option<Intensity>,
    /// Whether a territory is contested, for similar cases.
    pub territorial: Option<bool>,
    /// Whether other states' troops took part, for similar cases.
    pub internationalised: Option<bool>,
    /// The number of the episode that ended, for similar cases.
    pub episode: Option<u32>,
    /// UCDP's number of the conflict itself, which is no past case of its own class; its earlier spells are left out.
    pub conflict_id: Option<u32>,
}

impl Question {
    /// So many quiet years after fighting that ended so, and nothing else known.
    #[must_use]
    pub const fn after(ending: Option<Ending>, quiet_years: i16) -> Self {
        Self {
            ending,
            carried_on: None,
            quiet_years,
            horizons: Vec::new(),
            end: None,
            intensity: None,
            territorial: None,
            internationalised: None,
            episode: None,
            conflict_id: None,
        }
    }
}

/// A chance with its limits: the bootstrap's percentiles, whole conflicts drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chance {
    /// The chance, 0 to 1.
    pub share: f64,
    /// The limits of the middle 80%.
    pub limits_80: (f64, f64),
    /// The limits of the middle 95%.
    pub limits_95: (f64, f64),
}

/// The chances at one horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct HorizonChances {
    /// Years ahead.
    pub years: i16,
    /// Still quiet.
    pub quiet: Chance,
    /// Fighting came back, in its first year as minor conflict.
    pub minor: Chance,
    /// Fighting came back, in its first year as war.
    pub war: Chance,
    /// The chance of still being quiet over all endings, at the same time: the baseline.
    pub baseline_quiet: f64,
    /// Cases of the class that were followed to the horizon, or came back before.
    pub followed: usize,
    /// Of these, how many came back.
    pub returned: usize,
}

impl HorizonChances {
    /// Natural frequencies: "Of 48 conflicts like this, 23 were back at arms within 5 years."
    #[must_use]
    pub fn in_words(&self, level: Level) -> String {
        let unit = unit_words(level);
        let years =
            if self.years == 1 { "the next year".to_owned() } else { format!("{} years", self.years) };
        format!("Of {} {unit} like this, {} were back at arms within {years}.", self.followed, self.returned)
    }
}

/// A point of the class's curve, from the end of fighting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Whole quiet years since the end of fighting.
    pub quiet_years: i16,
    /// The share that is still quiet after them.
    pub quiet: f64,
    /// The limits of the middle 95%.
    pub limits_95: (f64, f64),
    /// The same share over all endings.
    pub baseline: f64,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// The unit: a conflict, or a dyad.
    pub level: Level,
    /// The data set and its version.
    pub source: String,
    /// The reference class in words.
    pub class: String,
    /// All cases of the class.
    pub cases: usize,
    /// Cases that were still followed after the same quiet.
    pub followed: usize,
    /// Whole quiet years so far.
    pub quiet_years: i16,
    /// The chances, by horizon.
    pub chances: Vec<HorizonChances>,
    /// Horizons that were asked for and are not shown, because too few cases were followed so far.
    pub too_far: Vec<i16>,
    /// The class's curve.
    pub curve: Vec<CurvePoint>,
    /// Past cases of the class that are most like this one.
    pub similar: Vec<SimilarCase>,
    /// The narrower class of agreements that were, or were not, carried on, or why there is none; nothing where that is not
    /// known of this conflict. It is shown beside, and no better forecast: `docs/validation/outlook.md` has the test.
    pub by_implementation: Option<Result<ByImplementation, Refusal>>,
}

/// The class of agreements by whether they were carried on in the first quiet year.
#[derive(Clone, Debug, PartialEq)]
pub struct ByImplementation {
    /// The class in words.
    pub class: String,
    /// All its cases.
    pub cases: usize,
    /// Cases that were still followed after the same quiet.
    pub followed: usize,
    /// The chances, by horizon, as far as enough cases were followed; the rates are drawn towards those of all agreements.
    pub chances: Vec<HorizonChances>,
}

pub(crate) fn unit_words(level: Level) -> &'static str {
    match level {
        Level::Conflict => "conflicts",
        Level::Dyad => "pairs of a government and a group",
    }
}

/// The class in words.
fn class_words(level: Level, class: Class) -> String {
    format!("{} within states whose fighting ended {}", unit_words(level), class.in_words())
}

/// The outlook by the settings that ship.
///
/// # Errors
///
/// A refusal, where too few cases of the class were followed after the same quiet.
///
/// ```
/// use irenic_outlook::{Ending, Level, Question, Record, Refusal, outlook};
/// let record = Record::built_in(Level::Conflict);
/// let after_ceasefire = outlook(&record, &Question::after(Some(Ending::Ceasefire), 1)).unwrap();
/// assert_eq!(after_ceasefire.cases, 54);
/// let refused = outlook(&record, &Question::after(Some(Ending::ActorGone), 30));
/// assert!(matches!(refused, Err(Refusal::Thin { .. })));
/// ```
pub fn outlook(record: &Record, question: &Question) -> Result<Outlook, Refusal> {
    outlook_by(record, question, &Settings::built_in())
}

/// The outlook by other settings.
pub(crate) fn outlook_by(
    record: &Record,
    question: &Question,
    settings: &Settings,
) -> Result<Outlook, Refusal> {
    let quiet_years = question.quiet_years.max(1);
    let others: Vec<&Spell> = (record.spells().iter())
        .filter(|spell| {
            question.conflict_id.is_none_or(|own| own != spell.conflict_id || is_past(spell, question))
        })
        .collect();
    let scene = Scene {
        draws: Draws::new(&others, record.last_year(), settings),
        others,
        record,
        settings,
        quiet_years,
        asked: if question.horizons.is_empty() { &settings.horizons_years } else { &question.horizons },
    };
    let class = Class::from(question.ending);
    let Told { words, cases, followed, chances, too_far } = scene.told(class)?;
    let by_implementation =
        question.carried_on.filter(|_| question.ending == Some(Ending::Agreement)).map(|it| {
            let Told { words, cases, followed, chances, .. } = scene.told(Class::agreement(it))?;
            Ok(ByImplementation { class: words, cases, followed, chances })
        });
    let of_class = scene.others.iter().copied().filter(|spell| class.holds(spell));
    Ok(Outlook {
        level: record.level(),
        source: record.source(),
        class: words,
        cases,
        followed,
        quiet_years,
        chances,
        too_far,
        curve: curve(&scene.draws, class, settings),
        similar: similar(of_class, question, record.last_year(), settings.similar_max),
        by_implementation,
    })
}

/// What the classes of a question share.
struct Scene<'a> {
    record: &'a Record,
    settings: &'a Settings,
    others: Vec<&'a Spell>,
    draws: Draws,
    quiet_years: i16,
    asked: &'a [i16],
}

/// What is told of one class.
struct Told {
    words: String,
    cases: usize,
    followed: usize,
    chances: Vec<HorizonChances>,
    too_far: Vec<i16>,
}

impl Scene<'_> {
    fn told(&self, class: Class) -> Result<Told, Refusal> {
        let Self { settings, draws, quiet_years, .. } = self;
        let last_year = self.record.last_year();
        let members: Vec<&Spell> = self.others.iter().copied().filter(|spell| class.holds(spell)).collect();
        let followed = members.iter().filter(|spell| at_risk(spell, *quiet_years, last_year)).count();
        let words = class_words(self.record.level(), class);
        if followed < settings.cases_min {
            let (quiet_years, needed) = (*quiet_years, settings.cases_min);
            return Err(Refusal::Thin { class: words, quiet_years, found: followed, needed });
        }
        let (near, too_far): (Vec<i16>, Vec<i16>) = self.asked.iter().partition(|&&years| {
            let last = quiet_years.saturating_add(years).saturating_sub(1);
            years > 0 && draws.own.at_risk(class, last) >= settings.followed_min as f64
        });
        let at = |&years: &i16| horizon(draws, &members, class, *quiet_years, years, last_year);
        let chances = near.iter().map(at).collect();
        Ok(Told { words, cases: members.len(), followed, chances, too_far })
    }
}

/// Whether the conflict's own spell was over before the one that is asked about.
fn is_past(spell: &Spell, question: &Question) -> bool {
    question.end.is_some_and(|end| spell.end < end)
}

fn at_risk(spell: &Spell, quiet_years: i16, last_year: i16) -> bool {
    let seen = spell.seen(last_year);
    if seen.back.is_some() { quiet_years <= seen.quiet_years } else { quiet_years < seen.quiet_years }
}

/// The life tables of the spells, and of the bootstrap's replicates.
struct Draws {
    own: Life,
    replicates: Vec<Life>,
}

impl Draws {
    fn new(spells: &[&Spell], last_year: i16, settings: &Settings) -> Self {
        let of = |weights: Option<&[f64]>| {
            Life::of(spells.iter().copied(), weights, last_year, settings.shrinkage_cases)
        };
        let conflicts: Vec<u64> = spells.iter().map(|spell| u64::from(spell.conflict_id)).collect();
        let replicates = ClusterBootstrap::new(&conflicts, settings.seed).map_or_else(
            |_| Vec::new(),
            |bootstrap| (0..settings.replicates).map(|draw| of(Some(&bootstrap.weights(draw)))).collect(),
        );
        Self { own: of(None), replicates }
    }

    fn shares(&self, class: Class, quiet_years: i16, years: i16) -> (Shares, Vec<Shares>) {
        let of = |life: &Life| life.shares(class, quiet_years, years);
        (of(&self.own), self.replicates.iter().map(of).collect())
    }
}

fn chance(shares: &(Shares, Vec<Shares>), part: fn(&Shares) -> f64) -> Chance {
    let share = part(&shares.0);
    let mut drawn: Vec<f64> = shares.1.iter().map(part).collect();
    let mut at = |q| percentile(&mut drawn, q).unwrap_or(share);
    Chance { share, limits_80: (at(0.1), at(0.9)), limits_95: (at(0.025), at(0.975)) }
}

fn horizon(
    draws: &Draws,
    members: &[&Spell],
    class: Class,
    quiet_years: i16,
    years: i16,
    last_year: i16,
) -> HorizonChances {
    let last = quiet_years.saturating_add(years).saturating_sub(1);
    let mut followed = 0;
    let mut returned = 0;
    for spell in members.iter().filter(|spell| at_risk(spell, quiet_years, last_year)) {
        let seen = spell.seen(last_year);
        if seen.back.is_some() && seen.quiet_years <= last {
            returned += 1;
            followed += 1;
        } else if last < seen.quiet_years {
            followed += 1;
        }
    }
    let shares = draws.shares(class, quiet_years, years);
    HorizonChances {
        years,
        quiet: chance(&shares, |shares| shares.quiet),
        minor: chance(&shares, |shares| shares.minor),
        war: chance(&shares, |shares| shares.war),
        baseline_quiet: draws.own.shares(Class::default(), quiet_years, years).quiet,
        followed,
        returned,
    }
}

fn curve(draws: &Draws, class: Class, settings: &Settings) -> Vec<CurvePoint> {
    (0..=settings.curve_years)
        .take_while(|&years| years == 0 || draws.own.at_risk(class, years) >= settings.followed_min as f64)
        .map(|years| {
            let quiet = chance(&draws.shares(class, 1, years), |shares| shares.quiet);
            let baseline = draws.own.shares(Class::default(), 1, years).quiet;
            CurvePoint { quiet_years: years, quiet: quiet.share, limits_95: quiet.limits_95, baseline }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chances_are_sane_and_within_their_limits() {
        for level in [Level::Conflict, Level::Dyad] {
            let record = Record::built_in(level);
            for ending in Ending::ALL {
                let answer = outlook(&record, &Question::after(Some(ending), 1)).unwrap();
                for at in &answer.chances {
                    assert!((at.quiet.share + at.minor.share + at.war.share - 1.0).abs() < 1e-9);
                    for chance in [at.quiet, at.minor, at.war] {
                        assert!(0.0 <= chance.limits_95.0 && chance.limits_95.1 <= 1.0);
                        assert!(chance.limits_80.0 <= chance.limits_80.1);
                        assert!(
                            chance.limits_95.0 <= chance.limits_80.0
                                && chance.limits_80.1 <= chance.limits_95.1
                        );
                    }
                    assert!(at.returned <= at.followed && at.followed <= answer.followed);
                }
                assert!(answer.curve.windows(2).all(|pair| pair[1].quiet <= pair[0].quiet));
                assert!(answer.similar.iter().all(|case| case.spell.ending == Some(ending)));
            }
        }
    }

    #[test]
    fn the_longer_the_quiet_the_better_the_chances() {
        let record = Record::built_in(Level::Conflict);
        let five = |quiet| {
            let question =
                Question { horizons: vec![5], ..Question::after(Some(Ending::LowActivity), quiet) };
            outlook(&record, &question).unwrap().chances[0].quiet.share
        };
        assert!(five(1) < five(5) && five(5) < five(12));
    }

    #[test]
    fn agreements_are_parted_by_implementation_where_it_is_known_and_enough_are() {
        let parted = |level, carried_on, quiet_years| {
            let question = Question { carried_on, ..Question::after(Some(Ending::Agreement), quiet_years) };
            outlook(&Record::built_in(level), &question).unwrap().by_implementation
        };
        assert!(parted(Level::Dyad, None, 1).is_none(), "nobody knows");
        let not = parted(Level::Dyad, Some(false), 1).unwrap().unwrap();
        let carried_on = parted(Level::Dyad, Some(true), 1).unwrap().unwrap();
        let rows = crate::ImplementationTable::built_in().rows;
        let cases = |wanted| {
            rows.iter().find(|row| row.level == Level::Dyad && row.carried_on == wanted).unwrap().cases
        };
        assert_eq!((not.cases, carried_on.cases), (cases(Some(false)), cases(Some(true))));
        assert!(not.class.contains("was not carried on") && not.chances.len() > 1);
        let thin = parted(Level::Conflict, Some(true), 8).unwrap();
        assert!(
            matches!(thin, Err(Refusal::Thin { ref class, .. }) if class.contains("was carried on")),
            "{thin:?}"
        );
    }

    #[test]
    fn a_horizon_beyond_the_record_is_left_out_and_said() {
        let record = Record::built_in(Level::Conflict);
        let question = Question { horizons: vec![1, 70], ..Question::after(Some(Ending::Agreement), 1) };
        let answer = outlook(&record, &question).unwrap();
        assert_eq!((answer.chances.len(), answer.too_far), (1, vec![70]));
    }
}
