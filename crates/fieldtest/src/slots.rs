//! Incidents as the slots of MUC-4's templates.

use irenic_extract::incidents::{Filler, Incident, Victim};
use serde_json::{Value, json};

const MONTHS: [&str; 12] =
    ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// The slots of one incident: lists of strings, written as the templates write them.
#[must_use]
pub fn slots(incident: &Incident) -> Value {
    let date = incident.date.map(|day| {
        let month = MONTHS[day.month() as usize - 1];
        format!("{:02} {month} {:02}", day.day(), day.year().rem_euclid(100))
    });
    let victims = |slot: &dyn Fn(&Victim) -> Option<String>| -> Vec<String> {
        incident.victims.iter().filter_map(slot).collect()
    };
    json!({
        "type": [incident.kind.name()],
        "date": date.into_iter().collect::<Vec<_>>(),
        "location": incident.place.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "instrument": quoted(&incident.instruments),
        "perpetrator_individual": quoted(&incident.perpetrators),
        "perpetrator_organisation": quoted(&incident.organisations),
        "physical_target": quoted(&incident.targets),
        "human_target_name": victims(&|victim| victim.name.as_ref().map(|name| format!("\"{name}\""))),
        "human_target_description": victims(&described),
        "human_target_number": victims(&|victim| Some(format!("{}: \"{}\"", counted(victim), called(victim)))),
        "human_target_effect": victims(&|victim| {
            victim.effect.name().map(|effect| format!("{effect}: \"{}\"", called(victim)))
        }),
    })
}

fn quoted(fillers: &[Filler]) -> Vec<String> {
    fillers.iter().map(|filler| format!("\"{}\"", filler.text)).collect()
}

fn described(victim: &Victim) -> Option<String> {
    let description = victim.description.as_ref()?;
    Some(match &victim.name {
        Some(name) => format!("\"{description}\": \"{name}\""),
        None => format!("\"{description}\""),
    })
}

/// What other slots call the victim by.
fn called(victim: &Victim) -> &str {
    victim.name.as_deref().or(victim.description.as_deref()).unwrap_or("")
}

fn counted(victim: &Victim) -> String {
    victim.number.map_or_else(|| "PLURAL".to_owned(), |number| number.to_string())
}
