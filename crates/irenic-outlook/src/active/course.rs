//! What becomes of a class from its landmark on: the states after so many years, and the chances that they make.

use irenic_survival::percentile;

use super::ActiveChances;
use super::cases::Member;
use crate::chances::Chance;
use crate::{Ending, Intensity, Settings, Spell};

/// Endings, and one more for those that are not given.
const CAUSES: usize = Ending::ALL.len() + 1;

fn cause(spell: &Spell) -> usize {
    spell.ending.map_or(CAUSES - 1, Ending::index)
}

/// The state at a horizon.
#[derive(Clone, Copy)]
pub(super) struct State {
    pub(super) active: f64,
    war: f64,
    ended: [f64; CAUSES],
    /// Ended, by the pool's rates alone.
    pool_ended: f64,
}

/// The class and its pool, counted year by year from their landmarks.
pub(super) struct Counts<'a> {
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
    pub(super) fn new(
        own: &'a [Member<'a>],
        pool: &'a [Member<'a>],
        settings: &'a Settings,
        last_year: i16,
    ) -> Self {
        let place =
            |member: &Member<'_>| pool.iter().position(|it| it.spell.conflict_id == member.spell.conflict_id);
        let own_in_pool = own
            .iter()
            .map(|member| place(member).expect("the pool holds every member of the class"))
            .collect();
        Self { own, pool, own_in_pool, settings, last_year }
    }

    /// Members that were followed through so many years, or ended before.
    pub(super) fn at_risk(&self, members: &[Member<'_>], years: i16) -> usize {
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
    pub(super) fn path(&self, longest: i16, weights: Option<&[f64]>) -> Vec<State> {
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

    pub(super) fn chances(&self, years: i16, own: &[State], draws: &[Vec<State>]) -> ActiveChances {
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
