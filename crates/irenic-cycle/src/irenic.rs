//! The Irenic model: turning points through the state machine, to intervals with bounds and reasons.

use irenic_model::jiff::civil::Date;
use irenic_model::{Evidence, Provenance, Reason, Stage, StageInterval};

use crate::StageModel;
use crate::calendar::date;
use crate::machine::{Input, State, Step, step};
use crate::marks::{Known, known};
use crate::rivals;
use crate::turns::{Turn, turns};

pub(crate) fn stages(
    model: &StageModel,
    evidence: &[Evidence],
    as_of: Date,
    known_by: Option<Date>,
) -> Vec<StageInterval> {
    let all = known(evidence, as_of, known_by);
    let mut intervals = run(model, &foreground(model, all));
    rivals::contest(&mut intervals, evidence, as_of, |evidence| {
        run(model, &foreground(model, known(evidence, as_of, known_by)))
    });
    intervals
}

fn foreground<'a>(model: &StageModel, known: Known<'a>) -> Known<'a> {
    known.without_background(
        365 * model.days("background_gap_years_min"),
        model.value("background_percent_min"),
    )
}

fn run(model: &StageModel, known: &Known<'_>) -> Vec<StageInterval> {
    let turns = turns(model, known);
    let mut walk = Walk { version: model.version(), state: None, intervals: Vec::new() };
    for turn in &turns {
        walk.take(turn);
    }
    walk.intervals
}

/// The walk through the turns: the state, and the intervals so far, of which the last is open.
struct Walk<'m> {
    version: &'m str,
    state: Option<State>,
    intervals: Vec<StageInterval>,
}

impl Walk<'_> {
    fn take(&mut self, turn: &Turn<'_>) {
        match self.weighed(turn).map_or(Step::Stays, |input| step(self.state, input)) {
            Step::Stays => self.add_reason("goes-on", turn),
            Step::Violates => {
                if let Some(open) = self.intervals.last_mut() {
                    open.violations += 1;
                }
                self.add_reason("violation", turn);
            }
            Step::Moves(next, rule) => self.begin(next, rule, turn),
        }
    }

    /// What the machine is told of a turn, if anything: renewed fighting that is no relapse is sporadic violence, and what
    /// leads up to nothing does not end the quiet after fighting.
    fn weighed(&self, turn: &Turn<'_>) -> Option<Input> {
        // A record does not begin with silence.
        let is_silence = turn.input == Input::Calm && !turn.leads;
        let Some(state) = self.state.filter(|state| state.later) else {
            return Some(turn.input).filter(|_| self.state.is_some() || !is_silence);
        };
        let in_force = state.stage != Stage::Abatement;
        let input = match turn.input {
            Input::Fighting | Input::War if !turn.weighty && (in_force || !turn.light) => Input::Sporadic,
            input => input,
        };
        match input {
            Input::Pressure if !turn.leads => None,
            Input::Sporadic if !turn.leads && !in_force => None,
            input => Some(input),
        }
    }

    fn add_reason(&mut self, rule: &str, turn: &Turn<'_>) {
        let Some(open) = self.intervals.last_mut() else { return };
        let evidence = sources(turn);
        match open.reasons.iter_mut().find(|reason| reason.rule == rule) {
            Some(reason) => reason.evidence.extend(evidence),
            None => open.reasons.push(Reason { rule: rule.to_owned(), evidence }),
        }
    }

    fn begin(&mut self, next: State, rule: &str, turn: &Turn<'_>) {
        let mut earlier = Vec::new();
        if let Some(open) = self.intervals.last_mut() {
            let eve = |day: Option<i32>| day.map(|day| date(day.saturating_sub(1)));
            open.until = eve(turn.best).map(|until| open.from.map_or(until, |from| from.max(until)));
            open.until_bounds = (eve(turn.low), eve(turn.high));
            open.ongoing = false;
            // Two turns on one day leave the stage between them no day of its own.
            let is_empty = turn.best.is_some() && open.from == turn.best.map(date);
            // Fighting that is war from its first day was no confrontation before.
            let is_war = next.stage == Stage::War && open.cycle == next.cycle;
            if is_empty && (is_war || !matters(open)) {
                let gone = self.intervals.pop();
                earlier = gone.filter(|_| is_war).map_or_else(Vec::new, |gone| gone.reasons);
            }
        }
        self.state = Some(next);
        self.intervals.push(StageInterval {
            model: "irenic".to_owned(),
            stage: next.stage.name().to_owned(),
            cycle: next.cycle,
            from: turn.best.map(date),
            until: None,
            from_bounds: (turn.low.map(date), turn.high.map(date)),
            until_bounds: (None, None),
            ongoing: true,
            rival: turn.rival.and_then(|rival| rival_stage(rival, next)),
            violations: 0,
            version: self.version.to_owned(),
            reasons: {
                earlier.push(Reason { rule: rule.to_owned(), evidence: sources(turn) });
                earlier
            },
        });
    }
}

/// The stage that a rival reading of the same turn gives.
fn rival_stage(rival: Input, next: State) -> Option<String> {
    let stage = match rival {
        Input::War => Stage::War,
        Input::Truce => Stage::Ceasefire,
        Input::Accord => Stage::Agreement,
        _ => return None,
    };
    (stage != next.stage).then(|| stage.name().to_owned())
}

/// A day of fighting is a stage even if it ends on the day it began; a day of tension before it is not.
fn matters(interval: &StageInterval) -> bool {
    matches!(interval.stage.as_str(), "war" | "confrontation")
}

fn sources(turn: &Turn<'_>) -> Vec<Provenance> {
    turn.evidence.iter().map(|evidence| evidence.provenance.clone()).collect()
}
