//! Figures: what is counted, how many, of whom, when, and who says so. Rival figures stand under each other.

use std::collections::BTreeMap;

use irenic_model::{Account, AccountKind, AccountStatus, Content, Figure, Statement, Version};
use maud::{Markup, html};

use super::context::{Context, shortened};
use super::parts::{Column, folded_table};
use super::rivals::backer;
use super::wording::{capital, number, when};

/// So many figures of a kind are shown before the others are folded away.
const SHOWN: usize = 12;
/// So many sources are linked to from a figure.
const SOURCES_MAX: usize = 3;
/// What is counted, in the order that it is shown; all else comes after, by name.
const ORDER: [&str; 9] =
    ["killed", "injured", "missing", "displaced", "detained", "returned", "remaining", "affected", "troops"];

pub(super) fn figures(found: &Context<'_>) -> Markup {
    let mut kinds: BTreeMap<(usize, String), Vec<&Account>> = BTreeMap::new();
    for account in found.accounts.iter().filter(|account| account.kind == AccountKind::Figure) {
        let Some((_, figure)) = first(found, account) else { continue };
        let kind = kind(figure);
        let place = ORDER.iter().position(|known| *known == kind).unwrap_or(ORDER.len());
        kinds.entry((place, kind)).or_default().push(account);
    }
    if kinds.is_empty() {
        return html! { p { "The documents state no figure." } };
    }
    html! {
        p.soft { "As stated. Rival figures stand under each other and are never averaged or added." }
        @for ((_, kind), accounts) in &mut kinds { (of_kind(found, kind, accounts)) }
    }
}

/// What a figure's table is about.
fn kind(figure: &Figure) -> String {
    match (&figure.counts, figure.unit.as_str()) {
        (Some(counts), "person") => counts.clone(),
        (None, "person") => "people, otherwise".to_owned(),
        (_, unit) if unit.len() == 3 && unit.chars().all(|letter| letter.is_ascii_uppercase()) => {
            "money".to_owned()
        }
        (Some(counts), _) if ORDER.contains(&counts.as_str()) => counts.clone(),
        (Some(counts), "share") => counts.clone(),
        _ => "goods, land and other".to_owned(),
    }
}

fn of_kind(found: &Context<'_>, kind: &str, accounts: &mut [&Account]) -> Markup {
    let sources = |account: &Account| account.versions.iter().map(|version| version.sources).sum::<usize>();
    let largest = |account: &Account| {
        account
            .versions
            .iter()
            .filter_map(|version| version.quantity.as_ref())
            .map(|quantity| quantity.value as u64)
            .max()
    };
    // Parts come after the wholes that they are parts of.
    let is_part =
        |account: &Account| first(found, account).is_some_and(|(_, figure)| figure.part_of.is_some());
    accounts.sort_by_key(|account| {
        let many = std::cmp::Reverse((sources(account), largest(account)));
        (account.status != AccountStatus::Contested, is_part(account), many)
    });
    let columns = [
        Column::number("Figure", 20),
        Column::text("Of whom or what", 24),
        Column::text("When", 16),
        Column::text("According to", 22),
        Column::text("Source", 18),
    ];
    let rows: Vec<_> = accounts.iter().flat_map(|account| rows(found, account)).collect();
    html! { h3 { (capital(kind)) } (folded_table(&format!("Figures: {kind}"), &columns, rows, SHOWN)) }
}

fn rows(found: &Context<'_>, account: &Account) -> Vec<Vec<Markup>> {
    let contested = account.status == AccountStatus::Contested;
    let of_version = |version: &Version| {
        let (statement, figure) =
            version.statements.iter().find_map(|at| self::figure(found.statement(*at)?.1))?;
        Some(vec![
            html! { (quantity(figure)) },
            html! { (capital(&group(figure)))
            @if figure.part_of.is_some() { span.soft { " (part of a larger figure)" } }
            @if contested { " " span.tag.contested { "contested" } } },
            html! { (figure.period.or(account.when).as_ref().map(when).unwrap_or_default()) },
            html! { @for (at, one) in version.backers.iter().enumerate() { @if at > 0 { ", " } (backer(one)) }
            @if !statement.stance.is_factual() { span.soft { " (" (statement.stance.name()) ")" } } },
            links(found, version),
        ])
    };
    account.versions.iter().filter_map(of_version).collect()
}

fn links(found: &Context<'_>, version: &Version) -> Markup {
    let rest = version.statements.len().saturating_sub(SOURCES_MAX);
    html! { span.source {
        @for (at, place) in version.statements.iter().take(SOURCES_MAX).enumerate() {
            @if at > 0 { br; }
            @if let Some((_, statement)) = found.statement(*place) {
                (found.link(place.document, statement.span.start, &shortened(found.label(place.document), 60)))
            }
        }
        @if rest > 0 { br; span.soft { "and " (rest) " more" } }
    } }
}

fn first<'a>(found: &'a Context<'_>, account: &Account) -> Option<(&'a Statement, &'a Figure)> {
    account.statements().find_map(|at| figure(found.statement(at)?.1))
}

fn figure(statement: &Statement) -> Option<(&Statement, &Figure)> {
    match &statement.content {
        Content::Figure(figure) => Some((statement, figure)),
        _ => None,
    }
}

/// Whom or what a figure counts: the group, else the goods or the land.
fn group(figure: &Figure) -> String {
    let counts = figure.counts.as_deref().filter(|counts| !ORDER.contains(counts));
    let group = figure.group.as_deref();
    match (counts, group) {
        (Some(counts), Some(group)) if figure.unit != "person" => format!("{counts}, {group}"),
        (_, Some(group)) => group.to_owned(),
        (Some(counts), None) => counts.to_owned(),
        (None, None) => String::new(),
    }
}

/// A figure with its bound and unit: "at least 40 tonnes", "20%", "22,500,000 USD".
fn quantity(figure: &Figure) -> String {
    let sign = figure.bound.before_number();
    let is_share = figure.unit == "share";
    let value = |value: f64| if is_share { number((value * 1000.0).round() / 10.0) } else { number(value) };
    let range = figure.upper.map(|upper| format!("–{}", value(upper))).unwrap_or_default();
    let unit = match figure.unit.as_str() {
        "person" => String::new(),
        "share" => "%".to_owned(),
        unit => format!(" {}", plural(unit)),
    };
    format!("{sign}{}{range}{unit}", value(figure.value))
}

/// The unit in the plural, where it is a word.
fn plural(unit: &str) -> String {
    let is_word =
        unit.chars().all(|letter| letter.is_ascii_lowercase()) && !unit.ends_with('s') && unit.len() > 3;
    if is_word { format!("{unit}s") } else { unit.to_owned() }
}

#[cfg(test)]
mod tests {
    use irenic_model::Bound;

    use super::*;

    fn figure(value: f64, upper: Option<f64>, bound: Bound, unit: &str) -> Figure {
        Figure {
            value,
            upper,
            bound,
            unit: unit.to_owned(),
            counts: None,
            group: None,
            period: None,
            part_of: None,
        }
    }

    #[test]
    fn figures_read_as_people_write_them() {
        for (given, expected) in [
            (figure(40.0, None, Bound::AtLeast, "tonne"), "at least 40 tonnes"),
            (figure(0.2, None, Bound::Exact, "share"), "20%"),
            (figure(5856.0, Some(6000.0), Bound::Exact, "person"), "5,856–6,000"),
            (figure(22_500_000.0, None, Bound::About, "USD"), "about 22,500,000 USD"),
        ] {
            assert_eq!(quantity(&given), expected);
        }
    }
}
