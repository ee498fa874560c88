//! Rival accounts: versions of one thing that cannot all be so, side by side with those who hold them.

use irenic_model::{Account, AccountKind, AccountStatus, Backer, StatementRef, Version};
use maud::{Markup, html};

use super::answer::{heading, said, weight};
use super::context::Context;
use super::parts::folded;

/// So many accounts are shown before the others are folded away.
const SHOWN: usize = 8;

pub(super) fn rivals(found: &Context<'_>) -> Markup {
    let mut contested: Vec<&Account> =
        found.accounts.iter().filter(|account| account.status == AccountStatus::Contested).collect();
    contested.sort_by_key(|account| std::cmp::Reverse(weight(account)));
    if contested.is_empty() {
        return html! { p { "No two holders contradict each other on the same thing." } };
    }
    html! {
        p.soft { "Versions stand side by side with those who hold them. None is weighed, added or averaged." }
        (folded(contested.iter().map(|account| rival(found, account)).collect(), SHOWN, "rival accounts"))
    }
}

fn rival(found: &Context<'_>, account: &Account) -> Markup {
    html! {
        div.rival {
            h3 { (heading(account)) }
            @if account.kind != AccountKind::Figure { @if let Some(dispute) = &account.dispute { p.soft { (dispute) } } }
            div.versions { @for version in &account.versions { (self::version(found, account, version)) } }
        }
    }
}

fn version(found: &Context<'_>, account: &Account, version: &Version) -> Markup {
    html! {
        div.version {
            p.says { (said(account, version)) }
            p.by { @for (at, backer) in version.backers.iter().enumerate() { @if at > 0 { ", " } (self::backer(backer)) } }
            @for at in said_apart(found, &version.statements) { (found.statement_quote(at)) }
        }
    }
}

/// The first two statements that stand in different sentences.
fn said_apart(found: &Context<'_>, statements: &[StatementRef]) -> Vec<StatementRef> {
    let mut kept: Vec<(StatementRef, irenic_model::Span)> = Vec::new();
    for at in statements {
        let Some((_, statement)) = found.statement(*at) else { continue };
        let sentence = found.sentence(at.document, statement.span);
        if kept.len() < 2
            && kept.iter().all(|(other, around)| other.document != at.document || *around != sentence)
        {
            kept.push((*at, sentence));
        }
    }
    kept.into_iter().map(|(at, _)| at).collect()
}

/// Who holds a version: the name, and the side where it is not the name.
pub(super) fn backer(backer: &Backer) -> Markup {
    let side = backer.side.as_ref().filter(|side| **side != backer.name);
    html! { (backer.name) @if let Some(side) = side { span.soft { " (" (side) ")" } } }
}
