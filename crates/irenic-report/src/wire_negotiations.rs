//! The wire of `irenic tracks`: one JSON object a line, each about one thing that the texts tell of negotiations.

use irenic::Reconstruction;
use irenic_model::{DateInterval, Negotiations, StatementRef};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One line of `irenic tracks --format jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireNegotiation {
    /// round, proposal, accepted, rejected, demand, refusal, obstacle, need, spoiler or mandate.
    pub kind: String,
    /// The track's number, from 1, of a round; the proposal's, of a proposal and its answers.
    pub number: Option<usize>,
    /// Of a round: talks, agreement, broken off, resumed or planned.
    pub turn: Option<String>,
    /// Who talks, proposes, answers, demands or refuses; who is said to spoil; who has the mandate.
    pub who: Vec<String>,
    /// Of a round: whether its words name who sat there; where they do not, `who` are those told of around it.
    pub named: Option<bool>,
    /// Who stands between them.
    pub mediators: Vec<String>,
    /// Who else was there.
    pub others: Vec<String>,
    /// Where.
    pub places: Vec<String>,
    /// What, in the words of the text.
    pub what: Option<String>,
    /// The first day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// The last day, included; of a mandate, the last day of its term.
    pub until: Option<String>,
    /// Who says so.
    pub holders: Vec<String>,
    /// The statements' ids.
    pub statements: Vec<String>,
}

/// Everything that a reconstruction tells of negotiations, in the order of the report.
#[must_use]
pub fn negotiations(found: &Reconstruction) -> Vec<WireNegotiation> {
    let told = &found.negotiations;
    let mut lines = Vec::new();
    rounds(found, told, &mut lines);
    proposals(found, told, &mut lines);
    for position in &told.positions {
        let kinds = [("demand", &position.demands), ("refusal", &position.refusals)];
        for (kind, topics) in kinds {
            for topic in topics {
                let who = vec![position.party.clone()];
                let what = Some(topic.what.clone());
                lines.push(WireNegotiation {
                    who,
                    what,
                    ..line(found, kind, &topic.holders, &topic.statements)
                });
            }
        }
    }
    for (kind, topics) in [("obstacle", &told.obstacles), ("need", &told.needs)] {
        for topic in topics {
            let what = Some(topic.what.clone());
            lines.push(WireNegotiation { what, ..line(found, kind, &topic.holders, &topic.statements) });
        }
    }
    for topic in &told.spoilers {
        let who = vec![topic.what.clone()];
        lines.push(WireNegotiation { who, ..line(found, "spoiler", &topic.holders, &topic.statements) });
    }
    for mandate in &told.mandates {
        lines.push(WireNegotiation {
            who: vec![mandate.third_party.clone()],
            what: Some(mandate.what.clone()).filter(|what| !what.is_empty()),
            from: first(mandate.when),
            until: last(mandate.until),
            ..line(found, "mandate", &mandate.holders, &mandate.statements)
        });
    }
    lines
}

fn rounds(found: &Reconstruction, told: &Negotiations, lines: &mut Vec<WireNegotiation>) {
    for (number, track) in told.tracks.iter().enumerate() {
        for round in &track.rounds {
            lines.push(WireNegotiation {
                number: Some(number + 1),
                turn: Some(round.kind.name().to_owned()),
                who: track.parties.clone(),
                named: Some(round.named),
                mediators: round.mediators.clone(),
                others: round.others.clone(),
                places: round.places.clone(),
                from: first(round.when),
                until: last(round.when),
                ..line(found, "round", &round.holders, &round.statements)
            });
        }
    }
}

fn proposals(found: &Reconstruction, told: &Negotiations, lines: &mut Vec<WireNegotiation>) {
    for (number, proposal) in told.proposals.iter().enumerate() {
        lines.push(WireNegotiation {
            number: Some(number + 1),
            who: proposal.by.clone(),
            what: Some(proposal.what.clone()),
            from: first(proposal.when),
            until: last(proposal.when),
            ..line(found, "proposal", &proposal.holders, &proposal.statements)
        });
        for answer in &proposal.answers {
            let kind = if answer.accepted { "accepted" } else { "rejected" };
            lines.push(WireNegotiation {
                number: Some(number + 1),
                who: vec![answer.by.clone()],
                what: Some(proposal.what.clone()),
                ..line(found, kind, std::slice::from_ref(&answer.holder), &[answer.statement])
            });
        }
    }
}

fn line(
    found: &Reconstruction,
    kind: &str,
    holders: &[String],
    statements: &[StatementRef],
) -> WireNegotiation {
    let ids = statements.iter().filter_map(|at| found.statement(*at)).map(|(_, told)| told.id.to_string());
    WireNegotiation {
        kind: kind.to_owned(),
        number: None,
        turn: None,
        who: Vec::new(),
        named: None,
        mediators: Vec::new(),
        others: Vec::new(),
        places: Vec::new(),
        what: None,
        from: None,
        until: None,
        holders: holders.to_vec(),
        statements: ids.collect(),
    }
}

fn first(when: Option<DateInterval>) -> Option<String> {
    when.map(|when| when.from().to_string())
}

fn last(when: Option<DateInterval>) -> Option<String> {
    when.map(|when| when.until().to_string())
}
