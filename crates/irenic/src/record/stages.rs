//! The stages of every conflict in a table, under any stage model.

use irenic_cycle::{StageModel, stages};
use irenic_model::jiff::civil::Date;
use irenic_model::{Provenance, StageInterval};
use irenic_records::{Problems, RecordsError, Table, evidence_by_conflict};

/// A stage of one conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordStage {
    /// UCDP's conflict number.
    pub conflict_id: u32,
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
    /// The stages, by conflict and time.
    pub stages: Vec<RecordStage>,
    /// The last day that the table covers: the day that the stages are asked about.
    pub until: Option<Date>,
    /// What was wrong with the table.
    pub problems: Problems,
}

impl RecordStages {
    /// The stages of every conflict in a table, or of one.
    ///
    /// Each conflict's rows are evidence for the model as they are in a dossier: the table is all that is known.
    ///
    /// # Errors
    ///
    /// If the table is not of a data set that carries UCDP's conflict numbers.
    ///
    /// ```
    /// use irenic::{ModelName, RecordStages, StageModel, Table};
    /// let rows = "conflict_id,year,intensity_level,type_of_conflict\n9,2001,2,3\n9,2002,2,3\n8,2009,1,3\n";
    /// let table = || Table::of_bytes("acd.csv", rows.into()).unwrap();
    /// let model = StageModel::built_in(ModelName::Ucdp);
    /// let found = RecordStages::of(table(), &model, Some(9)).unwrap();
    /// assert_eq!((found.stages[0].interval.stage.as_str(), found.stages[0].lines()), ("war", Some((2, 3))));
    /// assert!(found.stages.iter().all(|it| it.conflict_id == 9));
    /// assert!(RecordStages::of(table(), &model, None).unwrap().stages.iter().any(|it| it.conflict_id == 8));
    /// ```
    pub fn of(table: Table, model: &StageModel, conflict: Option<u32>) -> Result<Self, RecordsError> {
        let (by_conflict, problems) = evidence_by_conflict(table)?;
        let mut found = Self { problems, ..Self::default() };
        for (conflict_id, rows) in by_conflict {
            found.until = found.until.max(rows.until);
            let Some(as_of) = rows.until.filter(|_| conflict.is_none_or(|wanted| wanted == conflict_id))
            else {
                continue;
            };
            let intervals = stages(model, &rows.evidence, as_of, None);
            let of = |interval| RecordStage { conflict_id, location: rows.location.clone(), interval };
            found.stages.extend(intervals.into_iter().map(of));
        }
        Ok(found)
    }
}
