//! The intervals of a published model as they grow, day by day or period by period.

use irenic_model::{Provenance, Reason, StageInterval};

use crate::calendar::date;
use crate::marks::Mark;

/// Intervals so far; the last one is open.
pub(crate) struct Track<'m> {
    model: &'static str,
    version: &'m str,
    pub(crate) intervals: Vec<StageInterval>,
}

impl<'m> Track<'m> {
    pub(crate) const fn new(model: &'static str, version: &'m str) -> Self {
        Self { model, version, intervals: Vec::new() }
    }

    /// The stage that lasts.
    pub(crate) fn stage(&self) -> Option<&str> {
        self.intervals.last().filter(|open| open.ongoing).map(|open| open.stage.as_str())
    }

    pub(crate) fn cycle(&self) -> u32 {
        self.intervals.last().map_or(1, |open| open.cycle)
    }

    /// Begins a stage on `from`, which may have been as late as `high`, or goes on with the one that lasts.
    pub(crate) fn enter(
        &mut self,
        stage: &str,
        cycle: u32,
        from: i32,
        high: i32,
        rule: &str,
        why: Vec<Provenance>,
    ) {
        if self.stage() == Some(stage) && self.cycle() == cycle {
            self.add(rule, why);
            return;
        }
        self.close(from - 1, high - 1);
        self.intervals.push(StageInterval {
            model: self.model.to_owned(),
            stage: stage.to_owned(),
            cycle,
            from: Some(date(from)),
            until: None,
            from_bounds: (Some(date(from)), Some(date(high))),
            until_bounds: (None, None),
            ongoing: true,
            rival: None,
            violations: 0,
            version: self.version.to_owned(),
            reasons: vec![Reason { rule: rule.to_owned(), evidence: why }],
        });
    }

    /// Ends the stage that lasts on `until`; one that would end before it began goes.
    pub(crate) fn close(&mut self, until: i32, high: i32) {
        let Some(open) = self.intervals.last_mut().filter(|open| open.ongoing) else { return };
        let until = date(until);
        if open.from.is_some_and(|from| until < from) {
            self.intervals.pop();
            return;
        }
        open.until = Some(until);
        open.until_bounds = (Some(until), Some(date(high)));
        open.ongoing = false;
    }

    pub(crate) fn add(&mut self, rule: &str, why: Vec<Provenance>) {
        let Some(open) = self.intervals.last_mut() else { return };
        match open.reasons.iter_mut().find(|reason| reason.rule == rule) {
            Some(reason) => reason.evidence.extend(why),
            None => open.reasons.push(Reason { rule: rule.to_owned(), evidence: why }),
        }
    }
}

/// Where a mark comes from.
pub(crate) fn sources(mark: &Mark<'_>) -> Vec<Provenance> {
    mark.all().map(|evidence| evidence.provenance.clone()).collect()
}
