//! The stages of every conflict or dyad in a table, under any stage model.

use irenic_cycle::{StageModel, stages};
use irenic_model::jiff::civil::Date;
use irenic_model::{Provenance, StageInterval};
use irenic_records::{Level, Mapping, Problems, RecordsError, Table, evidence_by_unit};

/// A stage of one conflict or dyad.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordStage {
    /// UCDP's conflict number; none of a dyad in several conflicts, of which its rows do not tell which is its own.
    pub conflict_id: Option<u32>,
    /// UCDP's dyad number, at dyad level.
    pub dyad_id: Option<u32>,
    /// The country or countries, as the table names them.
    pub location: String,
    /// The interval, with its reasons.
    pub interval: StageInterval,
}

impl RecordStage {
    /// The first and the last line of the table that the stage rests on; `None` where it rests on its neighbours alone.
    #[must_use]
    pub fn lines(&self) -> Option<(u64, u64)> {
        let evidence = self.interval.reasons.iter().flat_map(|reason| &reason.evidence);
        let lines = evidence.filter_map(|it| match it {
            Provenance::Row { line, .. } => Some(*line),
            Provenance::Statement(_) => None,
        });
        lines.clone().min().zip(lines.max())
    }
}

/// The stages of a table.
#[derive(Clone, Debug, Default)]
pub struct RecordStages {
    /// The stages, by conflict or dyad, and time.
    pub stages: Vec<RecordStage>,
    /// The last day that the table covers: the day that the stages are asked about.
    pub until: Option<Date>,
    /// What was wrong with the table.
    pub problems: Problems,
}

impl RecordStages {
    /// The stages of every conflict or dyad in a table, or of one conflict's.
    ///
    /// Each unit's rows are evidence for the model as they are in a dossier: the table is all that is known. A mapping says
    /// what the columns and classes of a table of no known data set mean.
    ///
    /// # Errors
    ///
    /// If the table is not of a data set that carries UCDP's numbers of the level.
    ///
    /// ```
    /// use irenic::{Level, ModelName, RecordStages, StageModel, Table};
    /// let rows = "conflict_id,dyad_id,year,intensity_level,type_of_conflict\n9,91,2001,2,3\n9,91,2002,2,3\n9,92,2009,1,3\n";
    /// let table = || Table::of_bytes("dyads.csv", rows.into()).unwrap();
    /// let model = StageModel::built_in(ModelName::Ucdp);
    /// let found = RecordStages::of(table(), None, &model, Level::Dyad, Some(9)).unwrap();
    /// assert_eq!((found.stages[0].interval.stage.as_str(), found.stages[0].lines()), ("war", Some((2, 3))));
    /// assert_eq!(found.stages.iter().map(|it| it.dyad_id).collect::<Vec<_>>(), [Some(91), Some(92)]);
    /// let conflicts = RecordStages::of(table(), None, &model, Level::Conflict, None).unwrap();
    /// assert!(conflicts.stages.iter().all(|it| (it.conflict_id, it.dyad_id) == (Some(9), None)));
    /// ```
    pub fn of(
        table: Table,
        mapping: Option<&Mapping>,
        model: &StageModel,
        level: Level,
        conflict: Option<u32>,
    ) -> Result<Self, RecordsError> {
        let (by_unit, problems) = evidence_by_unit(table, mapping, level)?;
        let mut found = Self { problems, ..Self::default() };
        for (number, rows) in by_unit {
            found.until = found.until.max(rows.until);
            let wanted = |_: &Date| conflict.is_none() || conflict == rows.conflict_id;
            let Some(as_of) = rows.until.filter(wanted) else { continue };
            let intervals = stages(model, &rows.evidence, as_of, None);
            let dyad_id = (level == Level::Dyad).then_some(number);
            let of = |interval| RecordStage {
                conflict_id: rows.conflict_id,
                dyad_id,
                location: rows.location.clone(),
                interval,
            };
            found.stages.extend(intervals.into_iter().map(of));
        }
        Ok(found)
    }
}
