//! Spells: the time without fighting after each episode, from conflict-years and how their episodes ended.

use std::collections::BTreeMap;

use irenic_records::{Incompatibility, Intensity, Level, TerminationYear};

use crate::Ending;

/// How a spell of quiet ended: fighting came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Return {
    /// The first active year of the next episode.
    pub year: i16,
    /// Minor conflict or war in that first year.
    pub intensity: Intensity,
}

/// An episode that ended, and the quiet after it.
///
/// An episode is a run of consecutive active years of one conflict (or dyad). Its type, incompatibility and intensity are
/// those of its last year; its ending is the last one given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spell {
    /// UCDP's conflict number; the cluster of the bootstrap.
    pub conflict_id: u32,
    /// UCDP's dyad number, at dyad level.
    pub dyad_id: Option<u32>,
    /// The name, made of the data's own: country, and what is contested or by whom.
    pub name: String,
    /// The episode's place among those of its conflict or dyad, from 1.
    pub episode: u32,
    /// The first active year.
    pub start: i16,
    /// The last active year.
    pub end: i16,
    /// Minor conflict or war in each active year, the first year first.
    pub course: Vec<Intensity>,
    /// How it ended; `None` where the data do not say.
    pub ending: Option<Ending>,
    /// Minor conflict or war in the last active year.
    pub intensity: Intensity,
    /// Whether a territory is contested.
    pub territorial: bool,
    /// Whether other states' troops took part.
    pub internationalised: bool,
    /// Active years among the ten that end with the last active one.
    pub active_of_ten: u32,
    /// The quiet years before the episode; `None` before the first.
    pub quiet_before: Option<i16>,
    /// Of an agreement, whether it was carried on in the first quiet year; `None` where PA-X does not tell, or fighting ended
    /// otherwise. It is known when a forecast can first be made: once that year was quiet.
    pub carried_on: Option<bool>,
    /// When fighting came back; `None` where it has not by the end of the data.
    pub next: Option<Return>,
}

/// What is known of a spell at the end of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Whole years without fighting that were seen.
    pub quiet_years: i16,
    /// How fighting came back after them.
    pub back: Option<Intensity>,
}

impl Spell {
    /// What is known of it at the end of `known_by`: a return after that is not.
    #[must_use]
    pub fn seen(&self, known_by: i16) -> Seen {
        match self.next {
            Some(next) if next.year <= known_by => {
                Seen { quiet_years: next.year - self.end - 1, back: Some(next.intensity) }
            }
            _ => Seen { quiet_years: known_by - self.end, back: None },
        }
    }

    /// Whether fighting came back after at most so many quiet years.
    #[must_use]
    pub fn back_within(&self, quiet_years: i16) -> bool {
        self.next.is_some_and(|next| next.year - self.end - 1 <= quiet_years)
    }
}

/// The spells of termination rows: episodes within states that ended before the last year of the data, `last_year`.
///
/// Interstate and extrasystemic episodes are read (they are earlier episodes of their conflict) and left out.
#[must_use]
pub fn spells(rows: &[TerminationYear], level: Level, last_year: i16) -> Vec<Spell> {
    episodes(rows, level).into_iter().filter(|spell| spell.end < last_year).collect()
}

/// All episodes within states, also those that are active in the last year of the data and have not ended.
pub(crate) fn episodes(rows: &[TerminationYear], level: Level) -> Vec<Spell> {
    let mut units: BTreeMap<u32, Vec<&TerminationYear>> = BTreeMap::new();
    for row in rows {
        units.entry(row.unit()).or_default().push(row);
    }
    let mut spells = Vec::new();
    for rows in units.values_mut() {
        rows.sort_by_key(|row| (row.year, row.line));
        let runs: Vec<&[&TerminationYear]> =
            rows.chunk_by(|before, after| after.year - before.year <= 1).collect();
        spells.extend((0..runs.len()).filter_map(|place| spell(&runs, place, level)));
    }
    spells
}

/// The intensity of each year of a run; of rival rows on one year, the higher.
fn course(run: &[&TerminationYear]) -> Vec<Intensity> {
    let mut years: BTreeMap<i16, Intensity> = BTreeMap::new();
    for row in run {
        let year = years.entry(row.year).or_insert(row.intensity);
        *year = row.intensity.max(*year);
    }
    years.into_values().collect()
}

fn spell(runs: &[&[&TerminationYear]], place: usize, level: Level) -> Option<Spell> {
    let run = runs.get(place)?;
    let (first, last) = (run.first()?, run.last()?);
    if !last.conflict_type.is_internal() {
        return None;
    }
    let next = runs.get(place + 1).and_then(|next| next.first());
    let before = place.checked_sub(1).and_then(|before| runs[before].last());
    let mut years: Vec<i16> = runs[..=place].iter().flat_map(|run| run.iter().map(|row| row.year)).collect();
    years.dedup();
    let recent = years.iter().filter(|&&year| last.year - 9 <= year).count();
    Some(Spell {
        conflict_id: last.conflict_id,
        dyad_id: last.dyad_id,
        name: name(last, level),
        episode: u32::try_from(place + 1).unwrap_or(u32::MAX),
        start: first.year,
        end: last.year,
        course: course(run),
        ending: run.iter().rev().find_map(|row| row.outcome).map(Ending::of),
        intensity: last.intensity,
        territorial: last.incompatibility != Some(Incompatibility::Government),
        internationalised: last.conflict_type == irenic_records::ConflictType::Internationalised,
        active_of_ten: u32::try_from(recent).unwrap_or(10),
        quiet_before: before.map(|before| first.year - before.year - 1),
        carried_on: None,
        next: next.map(|next| Return { year: next.year, intensity: next.intensity }),
    })
}

fn name(row: &TerminationYear, level: Level) -> String {
    let about = row.territory.as_deref().unwrap_or("government");
    match level {
        Level::Conflict => format!("{}: {about}", row.location),
        Level::Dyad => format!("{}: {about}, {}", row.location, row.side_b),
    }
}

#[cfg(test)]
mod tests {
    use irenic_records::{Table, read};

    use super::*;

    fn of(lines: &[&str]) -> Vec<Spell> {
        let mut text = "conflict_id,conflictepisode,outcome,year,location,incompatibility,territory_name,intensity_level,type_of_conflict,version\n"
            .to_owned();
        for line in lines {
            text.push_str(line);
            text.push_str(",3\n");
        }
        let (rows, problems) =
            read::<TerminationYear>(Table::of_bytes("term.csv", text.into()).unwrap()).unwrap().all();
        assert_eq!(problems.rows_refused(), 0);
        spells(&rows, Level::Conflict, 2020)
    }

    #[test]
    fn runs_of_years_are_episodes_and_gaps_are_spells() {
        let found = of(&[
            "1,1,,1990,Examplia,1,Northland,1,3",
            "1,1,2,1991,Examplia,1,Northland,2,3",
            "1,2,5,1995,Examplia,1,Northland,1,4",
            "2,1,,2020,Sampland,2,,1,3",
        ]);
        assert_eq!(found.len(), 2, "what is active in the last year has not ended");
        let [first, second] = [&found[0], &found[1]];
        assert_eq!((first.start, first.end, first.ending), (1990, 1991, Some(Ending::Ceasefire)));
        assert_eq!(first.course, [Intensity::Minor, Intensity::War]);
        assert_eq!(first.next, Some(Return { year: 1995, intensity: Intensity::Minor }));
        assert_eq!(first.seen(2020), Seen { quiet_years: 3, back: Some(Intensity::Minor) });
        assert_eq!(first.seen(1994), Seen { quiet_years: 3, back: None }, "no look-ahead");
        assert_eq!(first.seen(1993).quiet_years, 2);
        assert!(first.back_within(3) && !first.back_within(2));
        assert_eq!((second.quiet_before, second.active_of_ten), (Some(3), 3));
        assert_eq!(second.seen(2020), Seen { quiet_years: 25, back: None });
        assert_eq!(second.name, "Examplia: Northland");
    }

    #[test]
    fn wars_between_states_are_left_out() {
        assert!(of(&["1,1,4,1990,Examplia,1,Northland,1,2"]).is_empty());
    }
}
