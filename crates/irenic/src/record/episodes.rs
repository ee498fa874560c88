//! Episodes by UCDP's rule, at conflict or dyad level, under UCDP's thresholds or others.

use irenic_cycle::{Episode, ModelName, StageModel, ucdp_episodes};
use irenic_records::{Intensity, Level, Mapping, Problems, Table};

use super::activity::{ActiveYear, Activity, EpisodeError, active};

/// What episodes are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpisodeConfig {
    /// The unit.
    pub level: Level,
    /// So many deaths in a calendar year make it active.
    pub deaths_min: u64,
    /// So many inactive calendar years end an episode.
    pub inactive_years_min: u32,
    /// Only the conflict of this UCDP number.
    pub conflict: Option<u32>,
    /// What the columns mean, for a table that has no reader of its own.
    pub mapping: Option<Mapping>,
}

impl Default for EpisodeConfig {
    /// UCDP's own thresholds, at conflict level.
    fn default() -> Self {
        let model = StageModel::built_in(ModelName::Ucdp);
        Self {
            level: Level::Conflict,
            deaths_min: u64::from(model.threshold("minor_deaths_min").value),
            inactive_years_min: model.threshold("inactive_years_min").value,
            conflict: None,
            mapping: None,
        }
    }
}

/// An episode of a conflict or dyad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordEpisode {
    /// UCDP's conflict number.
    pub conflict_id: u32,
    /// UCDP's dyad number, at dyad level.
    pub dyad_id: Option<u32>,
    /// Its number, years, and whether it lasts at the end of the data.
    pub episode: Episode,
    /// The number of active years.
    pub active_years: usize,
    /// The number of years at war.
    pub war_years: usize,
    /// Deaths in all, best estimate, where the table has any.
    pub deaths: Option<u64>,
    /// The first active year.
    pub first: ActiveYear,
    /// The last active year.
    pub last: ActiveYear,
}

/// The episodes of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordEpisodes {
    /// The conflicts or dyads with their active years, by conflict and dyad number.
    pub units: std::collections::BTreeMap<(u32, Option<u32>), Activity>,
    /// The episodes, in order of conflict, dyad and number.
    pub episodes: Vec<RecordEpisode>,
    /// The last year that the table covers; none where it has no rows.
    pub last_year: Option<i16>,
    /// The data set's version.
    pub version: Option<String>,
    /// What was wrong with the table.
    pub problems: Problems,
}

impl RecordEpisodes {
    /// The episodes of a table.
    ///
    /// # Errors
    ///
    /// If the table tells no active years, or none at the level or threshold that is asked for.
    ///
    /// ```
    /// use irenic::{EpisodeConfig, RecordEpisodes, Table};
    /// let rows = "conflict_id,year,intensity_level,type_of_conflict\n9,2001,1,3\n9,2002,2,3\n9,2004,1,3\n";
    /// let table = Table::of_bytes("acd.csv", rows.into()).unwrap();
    /// let found = RecordEpisodes::of(table, &EpisodeConfig::default()).unwrap();
    /// let years: Vec<_> = found.episodes.iter().map(|it| (it.episode.start_year, it.episode.end_year)).collect();
    /// assert_eq!(years, [(2001, 2002), (2004, 2004)]);
    /// ```
    pub fn of(table: Table, config: &EpisodeConfig) -> Result<Self, EpisodeError> {
        let version = table.version().map(str::to_owned);
        let active = active(table, config)?;
        let model = model(config);
        let last_year = active.last_year.unwrap_or(i16::MIN);
        let mut episodes = Vec::new();
        for (&(conflict_id, dyad_id), unit) in &active.units {
            let years: Vec<i16> = unit.years.keys().copied().collect();
            for episode in ucdp_episodes(&model, &years, last_year) {
                episodes.extend(record_episode(conflict_id, dyad_id, unit, episode));
            }
        }
        Ok(Self {
            units: active.units,
            episodes,
            last_year: active.last_year,
            version,
            problems: active.problems,
        })
    }
}

/// The rule itself is the UCDP stage model's, so that tables and documents are read by one.
pub(super) fn model(config: &EpisodeConfig) -> StageModel {
    let inactive = config.inactive_years_min;
    let text = format!(
        "model = 'ucdp'\nversion = 'asked'\n[threshold.inactive_years_min]\nvalue = {inactive}\nunit = 'calendar years'\n\
         meaning = 'asked'\nreference = 'asked'\nverified = false"
    );
    StageModel::from_toml(&text).expect("the text sets a threshold that the model has")
}

fn record_episode(
    conflict_id: u32,
    dyad_id: Option<u32>,
    unit: &Activity,
    episode: Episode,
) -> Option<RecordEpisode> {
    let years = || unit.years.range(episode.start_year..=episode.end_year).map(|(_, year)| year);
    let deaths = years().filter_map(|year| year.deaths).reduce(u64::saturating_add);
    Some(RecordEpisode {
        conflict_id,
        dyad_id,
        episode,
        active_years: years().count(),
        war_years: years().filter(|year| year.intensity == Intensity::War).count(),
        deaths,
        first: years().next()?.clone(),
        last: years().next_back()?.clone(),
    })
}
