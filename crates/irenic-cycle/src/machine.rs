//! The closed state machine of the life cycle: it alone knows which stage may follow which, and when a cycle ends.
//!
//! ```text
//!            claim            pressure             fighting             war
//!   (start) ──────▶ dispute ──────────▶ tension ─────────────▶ confrontation ──────▶ war
//!                                         ▲  ▲                     │                  │
//!                                         │  │      truce          ├──────────────────┤
//!                          pressure,      │  └──────── ceasefire ◀─┤ truce            │
//!                          same cycle     └────────── abatement ◀──┤ calm             │
//!                                                                  ▼ accord           ▼
//!                         settled ◀──── implementation ◀──────── agreement ◀──────────┘
//!                                settled             carried out
//!
//!   ceasefire, abatement, agreement, implementation, settled, and tension after any of them
//!       ── relapse (fighting or war, as long and as heavy as the configuration asks) ──▶ next cycle
//! ```
//!
//! What the diagram leaves out stays where it is: a truce in a dispute that saw no organised fighting makes no
//! ceasefire stage, an accord before any armed confrontation no peace agreement, sporadic violence inside a ceasefire
//! is a violation and counted. From the start every input leads to its own stage, since a record may begin anywhere.

use irenic_model::Stage;

/// What a segment of constant indicators, or a turning point between two, tells the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Input {
    /// Incompatible claims.
    Claim,
    /// Threats, mobilisation, coercion.
    Pressure,
    /// Violence below the threshold of confrontation.
    Sporadic,
    /// A ceasefire is denounced.
    TruceEnds,
    /// Sustained armed clashes; already weighed against the thresholds of a relapse.
    Fighting,
    /// War; already weighed.
    War,
    /// A truce that holds.
    Truce,
    /// Violence stops without a deal.
    Calm,
    /// A peace agreement.
    Accord,
    /// An undertaking of it is carried out.
    Carried,
    /// The issue is settled.
    Settled,
}

/// Where a conflict stands in its life cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct State {
    pub(crate) stage: Stage,
    /// From 1.
    pub(crate) cycle: u32,
    /// Whether this cycle has seen confrontation or war, or a stage that only follows them.
    pub(crate) fought: bool,
    /// Whether this cycle has come to a stage after fighting.
    pub(crate) later: bool,
}

/// What an input does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A new state, by the rule named.
    Moves(State, &'static str),
    /// The state stays; the input is one more reason for it.
    Stays,
    /// The state stays, and the input is a breach of the ceasefire.
    Violates,
}

/// The step that `input` makes from `state`; `None` is the start of the record.
pub(crate) fn step(state: Option<State>, input: Input) -> Step {
    let Some(state) = state else {
        // An undertaking is carried out under a deal; where none is known, it tells nothing of a stage.
        return if input == Input::Carried { Step::Stays } else { first(input) };
    };
    use Stage::{
        Abatement, Agreement, Ceasefire, Confrontation, Dispute, Implementation, Settled, Tension, War,
    };
    let armed = matches!(state.stage, Confrontation | War);
    let early = matches!(state.stage, Dispute | Tension);
    match (input, state.stage) {
        (Input::Claim, Settled) => state.to(Dispute, "claim-after-settlement"),
        (Input::Claim, _) => Step::Stays,
        (Input::Pressure, Dispute | Ceasefire | Abatement | Settled) => state.to(Tension, "pressure"),
        (Input::Pressure, _) => Step::Stays,
        (Input::Sporadic, Ceasefire) => Step::Violates,
        (Input::Sporadic, Dispute | Abatement | Settled) => state.to(Tension, "sporadic-violence"),
        (Input::Sporadic, _) => Step::Stays,
        (Input::TruceEnds, Ceasefire | Agreement | Implementation) => state.to(Tension, "ceasefire-ends"),
        (Input::TruceEnds, _) => Step::Stays,
        (Input::Fighting, Confrontation | War) => Step::Stays,
        (Input::War, War) => Step::Stays,
        (Input::Fighting, _) if state.later => state.relapses(Confrontation),
        (Input::War, _) if state.later => state.relapses(War),
        (Input::Fighting, _) => state.to(Confrontation, "sustained-fighting"),
        (Input::War, _) => state.to(War, "war"),
        (Input::Truce, Ceasefire | Agreement | Implementation | Settled) => Step::Stays,
        (Input::Truce, _) if armed || state.fought => state.to(Ceasefire, "ceasefire"),
        (Input::Calm, _) if armed => state.to(Abatement, "violence-stops"),
        (Input::Truce | Input::Calm, _) => Step::Stays,
        (Input::Accord, Agreement | Implementation | Settled) => Step::Stays,
        (Input::Accord, _) if state.fought => state.to(Agreement, "peace-agreement"),
        (Input::Accord, _) => Step::Stays,
        (Input::Carried, Agreement) => state.to(Implementation, "carried-out"),
        (Input::Carried, _) => Step::Stays,
        (Input::Settled, Settled) => Step::Stays,
        (Input::Settled, _) if early || state.later => state.to(Settled, "settled"),
        (Input::Settled, _) => state.to(Settled, "settled-by-force"),
    }
}

fn first(input: Input) -> Step {
    let (stage, rule) = match input {
        Input::Claim => (Stage::Dispute, "claim"),
        Input::Pressure => (Stage::Tension, "pressure"),
        Input::Sporadic | Input::TruceEnds => (Stage::Tension, "sporadic-violence"),
        Input::Fighting => (Stage::Confrontation, "sustained-fighting"),
        Input::War => (Stage::War, "war"),
        Input::Truce => (Stage::Ceasefire, "ceasefire"),
        Input::Calm => (Stage::Abatement, "violence-stops"),
        Input::Accord => (Stage::Agreement, "peace-agreement"),
        Input::Carried => (Stage::Implementation, "carried-out"),
        Input::Settled => (Stage::Settled, "settled"),
    };
    let start = State { stage, cycle: 1, fought: false, later: false };
    start.to(stage, rule)
}

impl State {
    fn to(self, stage: Stage, rule: &'static str) -> Step {
        let armed = matches!(stage, Stage::Confrontation | Stage::War);
        let later = !armed && !matches!(stage, Stage::Dispute | Stage::Tension);
        // A settlement of a dispute that never came to arms leaves nothing to relapse into.
        let after_arms = later && (self.fought || stage != Stage::Settled);
        let state = Self {
            stage,
            cycle: self.cycle,
            fought: self.fought || armed || after_arms,
            later: self.later || after_arms,
        };
        Step::Moves(state, rule)
    }

    const fn relapses(self, stage: Stage) -> Step {
        Step::Moves(Self { stage, cycle: self.cycle + 1, fought: true, later: false }, "relapse")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(inputs: &[Input]) -> Vec<(&'static str, u32)> {
        let mut state = None;
        let mut seen = Vec::new();
        for &input in inputs {
            if let Step::Moves(next, _) = step(state, input) {
                state = Some(next);
                seen.push((next.stage.name(), next.cycle));
            }
        }
        seen
    }

    #[test]
    fn the_diagram_holds() {
        use Input::{Accord, Calm, Carried, Claim, Fighting, Pressure, Settled, Sporadic, Truce, War};
        type Case = (&'static [Input], &'static [(&'static str, u32)]);
        let cases: [Case; 9] = [
            (
                &[Claim, Pressure, Fighting, War, Truce],
                &[("dispute", 1), ("tension", 1), ("confrontation", 1), ("war", 1), ("ceasefire", 1)],
            ),
            (&[War, Truce, Sporadic, Sporadic], &[("war", 1), ("ceasefire", 1)]),
            (
                &[War, Truce, Pressure, War, Truce],
                &[("war", 1), ("ceasefire", 1), ("tension", 1), ("war", 2), ("ceasefire", 2)],
            ),
            (&[Fighting, Calm, Fighting], &[("confrontation", 1), ("abatement", 1), ("confrontation", 2)]),
            (&[Pressure, Accord, Truce], &[("tension", 1)]),
            (
                &[War, Accord, Carried, Settled, War],
                &[("war", 1), ("agreement", 1), ("implementation", 1), ("settled", 1), ("war", 2)],
            ),
            (
                &[Claim, Pressure, Settled, Pressure],
                &[("dispute", 1), ("tension", 1), ("settled", 1), ("tension", 1)],
            ),
            (&[Pressure, Settled, War], &[("tension", 1), ("settled", 1), ("war", 1)]),
            (&[Truce, War], &[("ceasefire", 1), ("war", 2)]),
        ];
        for (inputs, expected) in cases {
            assert_eq!(walk(inputs), expected, "{inputs:?}");
        }
    }

    #[test]
    fn the_cycle_rises_only_at_a_relapse() {
        use Input::*;
        let inputs =
            [Claim, Pressure, Sporadic, TruceEnds, Fighting, War, Truce, Calm, Accord, Carried, Settled];
        for a in inputs {
            for b in inputs {
                for c in inputs {
                    let mut state = None;
                    for input in [a, b, c] {
                        let Step::Moves(next, rule) = step(state, input) else { continue };
                        let before = state.map_or(1, |state: State| state.cycle);
                        assert_eq!(next.cycle, before + u32::from(rule == "relapse"), "{a:?} {b:?} {c:?}");
                        state = Some(next);
                    }
                }
            }
        }
    }
}
