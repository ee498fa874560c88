//! The theory's test: how often and how soon fighting comes back, by how it ended.

use irenic_survival::{ClusterBootstrap, KaplanMeier, Spells, percentile};

use crate::life::Life;
use crate::{Ending, Record, Settings, Spell};

/// One ending's row.
#[derive(Clone, Debug, PartialEq)]
pub struct EndingRow {
    /// The ending; `None` for all together.
    pub ending: Option<Ending>,
    /// Cases.
    pub cases: usize,
    /// Cases in which fighting came back by the end of the data.
    pub returned: usize,
    /// The limits (95%) of the share that came back, whole conflicts drawn.
    pub returned_limits: (f64, f64),
    /// Kaplan and Meier's share that is quiet after 5 and after 10 quiet years, counted in the usual way: a spell that is
    /// quiet at the end of the data counts as at risk in its last year.
    pub quiet_usual: [f64; 2],
    /// The same, counting a spell as at risk only while a return could have been seen: what the outlook uses.
    pub quiet: [f64; 2],
    /// The limits (95%) of the latter.
    pub quiet_limits: [(f64, f64); 2],
}

/// The quiet years at which shares are given.
const AT: [i16; 2] = [5, 10];

/// The table by ending, all together first.
#[must_use]
pub fn relapse_by_ending(record: &Record, settings: &Settings) -> Vec<EndingRow> {
    let endings = std::iter::once(None).chain(Ending::ALL.into_iter().map(Some));
    endings
        .map(|ending| row(&record.class(ending).collect::<Vec<_>>(), ending, record.last_year(), settings))
        .collect()
}

/// The row of a class.
pub(crate) fn row(
    class: &[&Spell],
    ending: Option<Ending>,
    last_year: i16,
    settings: &Settings,
) -> EndingRow {
    let quiet = |weights: Option<&[f64]>| {
        let life = Life::of(class.iter().copied(), weights, last_year, 0.0);
        AT.map(|years| life.shares(None, 1, years).quiet)
    };
    let returned = class.iter().filter(|spell| spell.next.is_some()).count();
    let conflicts: Vec<u64> = class.iter().map(|spell| u64::from(spell.conflict_id)).collect();
    let mut drawn: [Vec<f64>; 3] = Default::default();
    if let Ok(bootstrap) = ClusterBootstrap::new(&conflicts, settings.seed) {
        for draw in 0..settings.replicates {
            let weights = bootstrap.weights(draw);
            let [five, ten] = quiet(Some(&weights));
            let all: f64 = weights.iter().sum();
            let back: f64 = class
                .iter()
                .zip(&weights)
                .filter(|(spell, _)| spell.next.is_some())
                .map(|(_, weight)| weight)
                .sum();
            if all > 0.0 {
                drawn[0].push(back / all);
                drawn[1].push(five);
                drawn[2].push(ten);
            }
        }
    }
    let [returned_limits, five, ten] = drawn.map(|mut values| {
        (percentile(&mut values, 0.025).unwrap_or(0.0), percentile(&mut values, 0.975).unwrap_or(1.0))
    });
    EndingRow {
        ending,
        cases: class.len(),
        returned,
        returned_limits,
        quiet_usual: usual(class, last_year),
        quiet: quiet(None),
        quiet_limits: [five, ten],
    }
}

fn usual(class: &[&Spell], last_year: i16) -> [f64; 2] {
    let seen: Vec<_> = class.iter().map(|spell| spell.seen(last_year)).collect();
    let exits: Vec<f64> = seen.iter().map(|seen| f64::from(seen.quiet_years)).collect();
    let causes: Vec<u32> = seen.iter().map(|seen| u32::from(seen.back.is_some())).collect();
    let curve = Spells::new(&exits, &causes).map(|spells| KaplanMeier::of(&spells));
    AT.map(|years| curve.as_ref().map_or(1.0, |curve| curve.at(f64::from(years))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Level;

    /// The published reference: n, recurred in percent, and Kaplan and Meier's shares after 5 and 10 quiet years.
    #[test]
    fn the_reference_figures_are_reproduced() {
        let settings = Settings { replicates: 20, ..Settings::built_in() };
        let expected = [
            (435, 60.9, None),
            (44, 52.3, Some([0.636, 0.542])),
            (54, 64.8, Some([0.504, 0.462])),
            (94, 48.9, Some([0.818, 0.686])),
            (36, 63.9, Some([0.694, 0.608])),
            (188, 70.2, Some([0.392, 0.306])),
            (19, 31.6, Some([0.724, 0.659])),
        ];
        let rows = relapse_by_ending(&Record::built_in(Level::Conflict), &settings);
        for (row, (cases, percent, quiet)) in rows.iter().zip(expected) {
            assert_eq!(row.cases, cases);
            assert!((100.0 * row.returned as f64 / row.cases as f64 - percent).abs() < 0.05, "{row:?}");
            for (ours, theirs) in quiet.iter().flat_map(|quiet| row.quiet_usual.iter().zip(quiet)) {
                assert!((ours - theirs).abs() < 0.0005, "{row:?}");
            }
        }
        let dyads = relapse_by_ending(&Record::built_in(Level::Dyad), &settings);
        assert_eq!(dyads[0].cases, 761);
        for (row, percent) in dyads[1..].iter().zip([24.7, 45.0, 14.1, 7.0, 50.0, 4.9]) {
            assert!((100.0 * row.returned as f64 / row.cases as f64 - percent).abs() < 0.05, "{row:?}");
        }
    }
}
