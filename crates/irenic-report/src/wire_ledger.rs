//! The wire of `irenic commitments`: one JSON object a line, each an undertaking with what became of it.

use irenic::Reconstruction;
use irenic_model::{Agreement, DateInterval, FulfilmentReport, StatementRef, Undertaking};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One line of `irenic commitments --format jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireUndertaking {
    /// Who owes it.
    pub debtor: Option<String>,
    /// To whom.
    pub creditor: Option<String>,
    /// What, in the words of the text.
    pub action: String,
    /// On what condition, in the words of the text.
    pub condition: Option<String>,
    /// The last day by which it is due, `YYYY-MM-DD`.
    pub due: Option<String>,
    /// promised, planned, demanded, denied (refused), alleged or another stance.
    pub stance: String,
    /// The agreement it is part of, where the dates or the text tell.
    pub agreement: Option<WireAgreement>,
    /// 0 not initiated, 1 minimum, 2 intermediate, 3 full (Peace Accords Matrix); null where nobody says, or holders differ.
    pub score: Option<u8>,
    /// Whether holders differ on what became of it.
    pub contested: bool,
    /// What is said of its fulfilment.
    pub reports: Vec<WireReport>,
    /// Who tells of it.
    pub holders: Vec<String>,
    /// The statements' ids.
    pub statements: Vec<String>,
}

/// An agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireAgreement {
    /// ceasefire, peace-agreement or agreement.
    pub kind: String,
    /// Who made it.
    pub parties: Vec<String>,
    /// The first day on which it may have been made.
    pub from: Option<String>,
    /// The last day, included.
    pub until: Option<String>,
    /// Where.
    pub places: Vec<String>,
}

/// What one holder says of an undertaking's fulfilment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireReport {
    /// Who says so.
    pub holder: String,
    /// fulfilled, partial or breached.
    pub status: String,
    /// On the scale from 0 to 3; null where it is said to be broken, which the scale has no step for.
    pub score: Option<u8>,
    /// The last day that it speaks of.
    pub when: Option<String>,
    /// In the words of the text.
    pub words: String,
    /// The statement's id.
    pub statement: Option<String>,
}

/// Every undertaking of the ledger, in its order.
#[must_use]
pub fn undertakings(found: &Reconstruction) -> Vec<WireUndertaking> {
    found.ledger.undertakings.iter().map(|owed| line(found, owed)).collect()
}

fn line(found: &Reconstruction, owed: &Undertaking) -> WireUndertaking {
    let agreement = owed.agreement.and_then(|number| found.ledger.agreements.get(number));
    WireUndertaking {
        debtor: owed.debtor.clone(),
        creditor: owed.creditor.clone(),
        action: owed.action.clone(),
        condition: owed.condition.clone(),
        due: last(owed.due),
        stance: owed.stance.name().to_owned(),
        agreement: agreement.map(wired),
        score: owed.score.map(irenic_model::Implementation::score),
        contested: owed.contested,
        reports: owed.reports.iter().map(|report| wired_report(found, report)).collect(),
        holders: owed.holders.clone(),
        statements: owed.statements.iter().filter_map(|at| id(found, *at)).collect(),
    }
}

fn wired(agreement: &Agreement) -> WireAgreement {
    WireAgreement {
        kind: agreement.kind.clone(),
        parties: agreement.parties.clone(),
        from: agreement.when.map(|when| when.from().to_string()),
        until: last(agreement.when),
        places: agreement.places.clone(),
    }
}

fn wired_report(found: &Reconstruction, report: &FulfilmentReport) -> WireReport {
    WireReport {
        holder: report.holder.clone(),
        status: report.status.name().to_owned(),
        score: report.score.map(irenic_model::Implementation::score),
        when: last(report.when),
        words: report.words.clone(),
        statement: id(found, report.statement),
    }
}

fn id(found: &Reconstruction, at: StatementRef) -> Option<String> {
    found.statement(at).map(|(_, told)| told.id.to_string())
}

fn last(when: Option<DateInterval>) -> Option<String> {
    when.map(|when| when.until().to_string())
}
