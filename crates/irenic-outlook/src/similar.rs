//! The most similar past cases, by name.

use crate::chances::Question;
use crate::{Intensity, Spell};

/// A past case of the class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimilarCase {
    /// The case.
    pub spell: Spell,
    /// What came of it, in words.
    pub fate: String,
}

/// The cases nearest to what is asked, nearest first.
///
/// The distance counts the features that differ (intensity of the last year, whether a territory is contested, whether other
/// states' troops took part), and adds the difference in the number of earlier episodes (up to 3, each a third) and in years
/// between the ends (each decade a third): a recent case tells more than an old one of the same kind.
pub(crate) fn similar<'a>(
    class: impl Iterator<Item = &'a Spell>,
    question: &Question,
    last_year: i16,
    count: usize,
) -> Vec<SimilarCase> {
    let mut cases: Vec<(f64, &Spell)> =
        class.map(|spell| (distance(spell, question, last_year), spell)).collect();
    cases.sort_by(|a, b| {
        a.0.total_cmp(&b.0).then(b.1.end.cmp(&a.1.end)).then(a.1.conflict_id.cmp(&b.1.conflict_id))
    });
    cases
        .into_iter()
        .take(count)
        .map(|(_, spell)| SimilarCase { fate: fate(spell, last_year), spell: spell.clone() })
        .collect()
}

fn distance(spell: &Spell, question: &Question, last_year: i16) -> f64 {
    let differs = |known: Option<bool>, found: bool| match known {
        Some(known) if known != found => 1.0,
        _ => 0.0,
    };
    let intensity = question.intensity.map(|intensity| intensity == Intensity::War);
    let ended = question.end.unwrap_or(last_year);
    let episodes = question.episode.map_or(0.0, |episode| f64::from(episode.abs_diff(spell.episode).min(3)));
    differs(intensity, spell.intensity == Intensity::War)
        + differs(question.territorial, spell.territorial)
        + differs(question.internationalised, spell.internationalised)
        + episodes / 3.0
        + f64::from(ended.abs_diff(spell.end)) / 30.0
}

fn fate(spell: &Spell, last_year: i16) -> String {
    match spell.next {
        Some(next) => {
            let years = next.year - spell.end - 1;
            let unit = if years == 1 { "year" } else { "years" };
            let what = match next.intensity {
                Intensity::Minor => "minor conflict",
                Intensity::War => "war",
            };
            format!("{what} again in {}, after {years} quiet {unit}", next.year)
        }
        None => format!("quiet to the end of the data, {last_year}"),
    }
}
