//! Accounts of control: who held a place, and where holders differ on it.

use std::collections::BTreeSet;

use irenic_model::{Account, AccountKind, Content, Control, ControlChange, DateInterval, Stance};

use crate::cluster::clusters;
use crate::items::{Item, Items, account, version};
use crate::names::{meet, stem, stems};
use crate::versions::{accounts_of, versions};
use crate::wording;

/// A statement on control with its keys.
struct Hold<'a> {
    item: &'a Item<'a>,
    control: &'a Control,
    by: BTreeSet<String>,
}

/// The accounts of all statements on control.
pub(crate) fn accounts(items: &Items<'_>) -> Vec<Account> {
    let holds: Vec<Hold<'_>> = items
        .of(|content| if let Content::Control(control) = content { Some(control) } else { None })
        .into_iter()
        .map(|(item, control)| Hold { item, control, by: stems(&control.by.text) })
        .collect();
    let place =
        |at: usize| vec![stem(&holds[at].control.place.text), holds[at].control.place.text.to_lowercase()];
    let found = clusters(holds.len(), place, |a, b| same(&holds[a], &holds[b]));
    found.iter().flat_map(|members| of_cluster(members.iter().map(|&at| &holds[at]).collect())).collect()
}

fn same(a: &Hold<'_>, b: &Hold<'_>) -> bool {
    let names = |hold: &Hold<'_>| hold.control.place.text.to_lowercase();
    let time = match (a.control.when, b.control.when) {
        (Some(first), Some(second)) => first.overlaps(&second) && (first.days() - second.days()).abs() <= 31,
        (None, None) => meet(&a.by, &b.by) && a.control.change == b.control.change,
        _ => false,
    };
    names(a) == names(b) && time
}

/// Whether the party has the place after what the statement tells.
fn has(hold: &Hold<'_>) -> bool {
    let denied = hold.item.statement.stance == Stance::Denied;
    (hold.control.change != ControlChange::Lost) != denied
}

/// Whether two statements can both be so: one holder at a time, or one loses what the other gains.
fn agree(a: &Hold<'_>, b: &Hold<'_>) -> bool {
    if meet(&a.by, &b.by) { has(a) == has(b) } else { has(a) != has(b) || !has(a) }
}

fn of_cluster(members: Vec<&Hold<'_>>) -> Vec<Account> {
    let versions = versions(members, |a, b| agree(a, b));
    accounts_of(versions, |a, b| a.item.same_speaker(b.item), |versions| of_versions(&versions))
}

fn of_versions(versions: &[Vec<&Hold<'_>>]) -> Account {
    let first = versions[0][0];
    let when: Option<DateInterval> = versions
        .iter()
        .flatten()
        .filter_map(|hold| hold.control.when)
        .min_by_key(|when| (when.days(), when.from()));
    let mut heading = format!("control of {}", first.control.place.text);
    if let Some(when) = when {
        heading += &format!(", {}", wording::period(when));
    }
    let dispute = (versions.len() > 1).then(|| "The holders differ on who held it.".to_owned());
    let made = versions.iter().map(|members| {
        let items: Vec<&Item<'_>> = members.iter().map(|hold| hold.item).collect();
        let control = members[0].control;
        let denied = if members[0].item.statement.stance == Stance::Denied { "denied: " } else { "" };
        version(&items, format!("{denied}{} by {}", control.change.name(), control.by.text), None)
    });
    account(AccountKind::Control, heading, when, made.collect(), dispute)
}
