//! `irenic tracks`, `irenic control` and `irenic commitments`: structured lines as JSON, flat rows as tables.

use std::io::Write as _;

use anyhow::Result;
use irenic_report::wire_control::{WireHold, control as holds};
use irenic_report::wire_ledger::{WireUndertaking, undertakings};
use irenic_report::wire_negotiations::{WireNegotiation, negotiations};
use serde::Serialize;

use crate::args::{Format, Listing};
use crate::tables::{Rows, write};
use crate::{Outcome, outcome, reconstruct};

/// `irenic tracks`.
pub(crate) fn tracks(listing: &Listing) -> Result<Outcome> {
    let found = reconstruct(&listing.question)?;
    let columns = &[
        "kind",
        "number",
        "turn",
        "from",
        "until",
        "who",
        "named",
        "mediators",
        "others",
        "places",
        "what",
        "holders",
        "statements",
    ];
    lines(&negotiations(&found), listing.format, columns, row)?;
    Ok(outcome(&found))
}

fn row(line: &WireNegotiation) -> Vec<String> {
    let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        line.kind.clone(),
        line.number.map(|number| number.to_string()).unwrap_or_default(),
        or_empty(&line.turn),
        or_empty(&line.from),
        or_empty(&line.until),
        line.who.join("; "),
        line.named.map(|named| if named { "yes" } else { "no" }.to_owned()).unwrap_or_default(),
        line.mediators.join("; "),
        line.others.join("; "),
        line.places.join("; "),
        or_empty(&line.what),
        line.holders.join("; "),
        line.statements.join("; "),
    ]
}

/// `irenic control`.
pub(crate) fn control(listing: &Listing) -> Result<Outcome> {
    let found = reconstruct(&listing.question)?;
    let columns = &[
        "place",
        "other_names",
        "by",
        "from",
        "seen",
        "until",
        "ended",
        "contested",
        "holders",
        "denied_by",
        "country",
        "latitude",
        "longitude",
        "statements",
    ];
    lines(&holds(&found), listing.format, columns, hold_row)?;
    Ok(outcome(&found))
}

fn hold_row(hold: &WireHold) -> Vec<String> {
    let days = |days: &Option<[String; 2]>| match days {
        Some([first, last]) if first == last => first.clone(),
        Some([first, last]) => format!("{first}/{last}"),
        None => String::new(),
    };
    let yes = |value: bool| if value { "yes".to_owned() } else { String::new() };
    let degrees = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    vec![
        hold.place.clone(),
        hold.other_names.join("; "),
        hold.by.clone(),
        days(&hold.from),
        days(&hold.seen),
        days(&hold.until),
        yes(hold.ended),
        yes(hold.contested),
        hold.holders.join("; "),
        hold.denied_by.join("; "),
        hold.country.clone().unwrap_or_default(),
        degrees(hold.latitude),
        degrees(hold.longitude),
        hold.statements.join("; "),
    ]
}

/// `irenic commitments`.
pub(crate) fn commitments(listing: &Listing) -> Result<Outcome> {
    let found = reconstruct(&listing.question)?;
    let columns = &[
        "debtor",
        "creditor",
        "action",
        "condition",
        "due",
        "stance",
        "agreement",
        "score",
        "contested",
        "reports",
        "holders",
        "statements",
    ];
    lines(&undertakings(&found), listing.format, columns, undertaking_row)?;
    Ok(outcome(&found))
}

fn undertaking_row(owed: &WireUndertaking) -> Vec<String> {
    let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
    let agreement = owed.agreement.as_ref().map(|made| {
        let day = made.from.clone().unwrap_or_default();
        format!("{} {day}", made.kind).trim_end().to_owned()
    });
    let reports: Vec<String> =
        owed.reports.iter().map(|report| format!("{}: {}", report.holder, report.status)).collect();
    vec![
        or_empty(&owed.debtor),
        or_empty(&owed.creditor),
        owed.action.clone(),
        or_empty(&owed.condition),
        or_empty(&owed.due),
        owed.stance.clone(),
        or_empty(&agreement),
        owed.score.map(|score| score.to_string()).unwrap_or_default(),
        if owed.contested { "yes".to_owned() } else { String::new() },
        reports.join("; "),
        owed.holders.join("; "),
        owed.statements.join("; "),
    ]
}

/// Lines as they are on the wire, or as rows.
pub(crate) fn lines<T: Serialize>(
    lines: &[T],
    format: Format,
    columns: &'static [&'static str],
    row: impl Fn(&T) -> Vec<String>,
) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, lines)?;
            out.write_all(b"\n")?;
        }
        Format::Jsonl => {
            for line in lines {
                serde_json::to_writer(&mut out, line)?;
                out.write_all(b"\n")?;
            }
        }
        Format::Table | Format::Csv => {
            drop(out);
            write(&Rows { columns, rows: lines.iter().map(row).collect() }, format)?;
        }
    }
    Ok(())
}
