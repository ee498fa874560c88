//! Accounts of commitments: what was undertaken or demanded, and what became of it.

use std::collections::BTreeSet;

use irenic_model::{Account, AccountKind, Commitment, CommitmentStatus, Content, Stance};

use crate::cluster::clusters;
use crate::items::{Item, Items, account, version};
use crate::names::{meet, stem, stems};
use crate::rules::RULES;
use crate::wording;

/// A commitment with its keys.
pub(crate) struct Debt<'a> {
    pub(crate) item: &'a Item<'a>,
    pub(crate) commitment: &'a Commitment,
    debtor: BTreeSet<String>,
    action: BTreeSet<String>,
}

/// The accounts of all commitments.
pub(crate) fn accounts(items: &Items<'_>) -> Vec<Account> {
    debts_together(items).iter().map(|members| of_cluster(&members.iter().collect::<Vec<_>>())).collect()
}

/// All commitments, those together that are about one thing.
pub(crate) fn debts_together<'s>(items: &'s Items<'s>) -> Vec<Vec<Debt<'s>>> {
    let debts: Vec<Debt<'_>> = items
        .of(|content| if let Content::Commitment(commitment) = content { Some(commitment) } else { None })
        .into_iter()
        .map(|(item, commitment)| Debt {
            item,
            commitment,
            debtor: stems(commitment.debtor.as_deref().unwrap_or_default()),
            action: content_stems(&commitment.action),
        })
        .collect();
    let found = clusters(debts.len(), |at| buckets(&debts[at]), |a, b| same(&debts[a], &debts[b]));
    let mut debts: Vec<Option<Debt<'_>>> = debts.into_iter().map(Some).collect();
    found.into_iter().map(|members| members.into_iter().filter_map(|at| debts[at].take()).collect()).collect()
}

/// The stems of an action's words of content, without words that any action has.
pub(crate) fn content_stems(action: &str) -> BTreeSet<String> {
    let words = action.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 3);
    words.filter(|word| !RULES.of_any_action.contains(&word.to_lowercase())).map(stem).collect()
}

/// By each pair of debtor and word of the action.
fn buckets(debt: &Debt<'_>) -> Vec<(bool, String, String)> {
    let demanded = debt.item.statement.stance == Stance::Demanded;
    let pairs = debt
        .debtor
        .iter()
        .flat_map(|debtor| debt.action.iter().map(move |word| (demanded, debtor.clone(), word.clone())));
    pairs.take(64).collect()
}

fn same(a: &Debt<'_>, b: &Debt<'_>) -> bool {
    let shared = a.action.intersection(&b.action).count();
    let smaller = a.action.len().min(b.action.len());
    let due = match (a.commitment.due, b.commitment.due) {
        (Some(first), Some(second)) => first.overlaps(&second),
        _ => true,
    };
    let told_later = a.commitment.status != b.commitment.status;
    meet(&a.debtor, &b.debtor)
        && due
        && if told_later { shared >= 2 || shared == smaller } else { shared * 3 >= smaller * 2 }
}

fn of_cluster(members: &[&Debt<'_>]) -> Account {
    let mut versions: Vec<(CommitmentStatus, bool, Vec<&Debt<'_>>)> = Vec::new();
    for &member in members {
        let denied = member.item.statement.stance == Stance::Denied;
        let status = member.commitment.status;
        match versions.iter_mut().find(|(known, refused, _)| *known == status && *refused == denied) {
            Some((_, _, version)) => version.push(member),
            None => versions.push((status, denied, vec![member])),
        }
    }
    let first = members[0];
    let due = members.iter().find_map(|member| member.commitment.due);
    let debtor = members.iter().find_map(|member| member.commitment.debtor.as_deref()).unwrap_or("not named");
    let undertaken = members
        .iter()
        .find(|member| member.commitment.status == CommitmentStatus::Undertaken)
        .unwrap_or(&first);
    let mut heading = format!("{debtor}: {}", undertaken.commitment.action);
    if let Some(due) = due {
        heading += &format!(", due {}", wording::period(due));
    }
    let dispute = dispute(&versions);
    let made = versions.iter().map(|(status, denied, members)| {
        let items: Vec<&Item<'_>> = members.iter().map(|member| member.item).collect();
        let demanded = members[0].item.statement.stance == Stance::Demanded;
        let word = if *denied {
            "refused"
        } else if demanded {
            "demanded"
        } else {
            status.name()
        };
        version(&items, format!("{word}: {}", members[0].commitment.action), None)
    });
    account(AccountKind::Commitment, heading, due, made.collect(), dispute)
}

/// Different speakers cannot both be right that a commitment was kept and that it was broken, or given and refused.
fn dispute(versions: &[(CommitmentStatus, bool, Vec<&Debt<'_>>)]) -> Option<String> {
    let of =
        |wanted: CommitmentStatus| versions.iter().find(|(status, denied, _)| *status == wanted && !denied);
    let rivals = |a: &[&Debt<'_>], b: &[&Debt<'_>]| {
        a.iter().any(|one| b.iter().any(|other| !one.item.same_speaker(other.item)))
    };
    if let (Some((_, _, kept)), Some((_, _, broken))) =
        (of(CommitmentStatus::Fulfilled), of(CommitmentStatus::Breached))
        && rivals(kept, broken)
    {
        return Some("One holder says that it was carried out, another that it was not.".to_owned());
    }
    let refused = versions.iter().find(|(_, denied, _)| *denied)?;
    let given = of(CommitmentStatus::Undertaken)?;
    rivals(&refused.2, &given.2)
        .then(|| "One holder says that it was undertaken, another that it was refused.".to_owned())
}
