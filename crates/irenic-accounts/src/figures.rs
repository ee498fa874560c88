//! Accounts of figures: what is comparable, what agrees, and why rivals cannot all be so.
//!
//! Two figures are comparable where they count the same thing of the same people over the same time. Bounds are
//! ranges: "at least 20" and "23" agree, "at least 30" and "23" do not. A part is never held against a total, nor one
//! incident against a sum over years.

use std::collections::BTreeSet;

use irenic_model::{Account, AccountKind, Bound, Content, DateInterval, Figure, Quantity, Stance};

use crate::cluster::{Fit, clusters};
use crate::items::{Item, Items, account, version};
use crate::names::{kind_of_people, stems};
use crate::versions::{accounts_of, versions};
use crate::wording;

/// "About" is taken as within a tenth.
const ABOUT: f64 = 0.1;
/// Where a text gives no period, figures further apart than this are taken for figures of different things.
const FACTOR_UNDATED: f64 = 3.0;
/// The same, between totals of different documents.
const FACTOR_TOTALS: f64 = 2.0;
/// The same, between speakers whom one text sets against each other about one people's losses.
const FACTOR_RIVALS: f64 = 30.0;
/// So many times a lower bound, and a figure no longer goes with it.
const FAR_ABOVE: f64 = 1.5;
/// Where neither text nor period ties two documents' figures, only totals are compared: counts from here on.
const TOTAL: f64 = 100.0;
/// Periods up to this long are of one episode, and compared wherever they overlap.
const EPISODE_DAYS: i32 = 45;
/// How many sentences apart two speakers are set against each other.
const NEAR_SENTENCES: usize = 3;

/// A figure with its keys.
struct Count<'a> {
    item: &'a Item<'a>,
    figure: &'a Figure,
    kind: String,
    peoples: BTreeSet<String>,
}

/// The accounts of all figures.
pub(crate) fn accounts(items: &Items<'_>) -> Vec<Account> {
    let mut counts: Vec<Count<'_>> = items
        .of(|content| if let Content::Figure(figure) = content { Some(figure) } else { None })
        .into_iter()
        .map(|(item, figure)| {
            let group = figure.group.as_deref().unwrap_or_default();
            Count { item, figure, kind: kind_of_people(group), peoples: stems(group) }
        })
        .collect();
    // Those with a period open the clusters, and those without find their place among them.
    counts.sort_by_key(|count| count.figure.period.is_none());
    let found = clusters(counts.len(), |at| buckets(&counts[at]), |a, b| comparable(&counts[a], &counts[b]));
    found.iter().flat_map(|members| of_cluster(members.iter().map(|&at| &counts[at]).collect())).collect()
}

/// What is counted, in which unit, of whom, as a part or a total, as a fact or not.
type Bucket = (String, Option<String>, String, BTreeSet<String>, bool, bool);

fn buckets(count: &Count<'_>) -> Vec<(Bucket, Option<i32>)> {
    let figure = count.figure;
    let factual = count.item.statement.stance.is_factual() || count.item.statement.stance == Stance::Denied;
    let base = (
        figure.unit.clone(),
        figure.counts.clone(),
        count.kind.clone(),
        count.peoples.clone(),
        figure.part_of.is_some(),
        factual,
    );
    // By half years where there is a period, and among the undated.
    let undated = (base.clone(), None);
    match figure.period {
        Some(period) if period.days() <= 2 * EPISODE_DAYS => {
            let (first, last) = (half_year(period.from()), half_year(period.until()));
            (first..=last).map(|half| (base.clone(), Some(half))).chain([undated]).collect()
        }
        _ => vec![undated],
    }
}

fn half_year(date: irenic_model::jiff::civil::Date) -> i32 {
    i32::from(date.year()) * 2 + i32::from(date.month() > 6)
}

fn comparable(a: &Count<'_>, b: &Count<'_>) -> Fit {
    let ratio = ratio(a.figure, b.figure);
    // Nothing says what became of things, so that two numbers of them need not be about the same ones.
    if a.figure.unit == "item" && ratio > 1.0 {
        return Fit::from(false);
    }
    match (a.figure.period, b.figure.period) {
        (Some(first), Some(second)) => same_time(first, second).into(),
        _ if a.item.same_document(b.item) => {
            let same = ratio <= 1.0;
            let apart = a.item.sentence.abs_diff(b.item.sentence);
            let set_against = !a.peoples.is_empty() || apart <= NEAR_SENTENCES;
            // A text has moved on: what it dates far away is of another time than what it leaves undated here.
            let one_dated = a.figure.period.is_some() != b.figure.period.is_some();
            let rivals = !a.item.same_speaker(b.item) && (set_against || !one_dated);
            (same || rivals && (ratio <= FACTOR_UNDATED || set_against && ratio <= FACTOR_RIVALS)).into()
        }
        _ => {
            let totals = a.figure.value >= TOTAL && b.figure.value >= TOTAL;
            // Without a people, a period or a text in common, only the same number can be the same figure.
            let identical = (a.figure.value, a.figure.upper) == (b.figure.value, b.figure.upper);
            let same = totals && (identical || !a.peoples.is_empty() && ratio <= FACTOR_TOTALS);
            // Another number for it may be so if one with a period stands between the two.
            if !same && totals && ratio <= FACTOR_TOTALS { Fit::Open } else { same.into() }
        }
    }
}

/// Whether two periods are of the same episode or the same span of years.
fn same_time(a: DateInterval, b: DateInterval) -> bool {
    if !a.overlaps(&b) {
        return false;
    }
    let (short, long) = (a.days().min(b.days()), a.days().max(b.days()));
    long <= EPISODE_DAYS || short * 2 >= long
}

/// How many times the larger figure is the smaller: 1 where they agree.
fn ratio(a: &Figure, b: &Figure) -> f64 {
    let ((low, high), (other_low, other_high)) = (range(a), range(b));
    if low <= other_high && other_low <= high {
        return 1.0;
    }
    let (small, large) = if high < other_low { (high, other_low) } else { (other_high, low) };
    if small <= 0.0 { f64::INFINITY } else { large / small }
}

/// The numbers that a figure allows.
fn range(figure: &Figure) -> (f64, f64) {
    let upper = figure.upper.unwrap_or(figure.value);
    match figure.bound {
        Bound::Exact => (figure.value, upper),
        Bound::About => (figure.value * (1.0 - ABOUT), upper * (1.0 + ABOUT)),
        Bound::AtLeast => (figure.value, f64::INFINITY),
        Bound::AtMost => (figure.upper.map_or(0.0, |_| figure.value), upper),
    }
}

/// Whether one is only a lower bound and the other far above it: "over 9,000" and "15,000" can both be so, but who says
/// the one does not say the other.
fn is_far_above(a: &Figure, b: &Figure) -> bool {
    let far = |low: &Figure, high: &Figure| {
        low.bound == Bound::AtLeast
            && high.bound != Bound::AtMost
            && low.value >= TOTAL
            && low.value * FAR_ABOVE < high.value
    };
    far(a, b) || far(b, a)
}

fn agree(a: &Count<'_>, b: &Count<'_>) -> bool {
    let denied = |count: &Count<'_>| count.item.statement.stance == Stance::Denied;
    denied(a) == denied(b)
        && ratio(a.figure, b.figure) <= 1.0
        && (a.item.same_speaker(b.item) || !is_far_above(a.figure, b.figure))
}

/// One account of a cluster; or, where one speaker alone gives different numbers, an account of each.
fn of_cluster(mut members: Vec<&Count<'_>>) -> Vec<Account> {
    // The most precise first: a version is named after it.
    members.sort_by(|a, b| {
        width(a.figure).total_cmp(&width(b.figure)).then(a.figure.value.total_cmp(&b.figure.value))
    });
    let versions = versions(members, |a, b| agree(a, b));
    accounts_of(versions, |a, b| a.item.same_speaker(b.item), of_versions)
}

fn width(figure: &Figure) -> f64 {
    let (low, high) = range(figure);
    high - low
}

fn of_versions(versions: Vec<Vec<&Count<'_>>>) -> Account {
    let all: Vec<&Count<'_>> = versions.iter().flatten().copied().collect();
    let when = all
        .iter()
        .filter_map(|count| count.figure.period)
        .min_by_key(|period| (period.days(), period.from()));
    let group = all
        .iter()
        .filter_map(|count| count.figure.group.as_deref())
        .min_by_key(|group| (group.len(), *group));
    let mut heading = wording::counted(all[0].figure, group);
    if let Some(when) = when {
        heading += &format!(", {}", wording::period(when));
    }
    let dispute = (versions.len() > 1).then(|| dispute(&versions));
    let made = versions.iter().map(|members| {
        let quantity = shared(members);
        let denied = members[0].item.statement.stance == Stance::Denied;
        let counts = members[0].figure.counts.as_deref().unwrap_or("counted");
        let summary =
            format!("{}{counts}: {}", if denied { "denied, " } else { "" }, wording::quantity(&quantity));
        let items: Vec<&Item<'_>> = members.iter().map(|count| count.item).collect();
        version(&items, summary, Some(quantity))
    });
    account(AccountKind::Figure, heading, when, made.collect(), dispute)
}

/// The most precise figure of a version, which comes first.
fn shared(members: &[&Count<'_>]) -> Quantity {
    let figure = members[0].figure;
    Quantity { value: figure.value, upper: figure.upper, bound: figure.bound, unit: figure.unit.clone() }
}

fn dispute(versions: &[Vec<&Count<'_>>]) -> String {
    if versions.iter().flatten().any(|count| count.item.statement.stance == Stance::Denied) {
        return "One holder states a figure that another denies.".to_owned();
    }
    let numbers: Vec<String> = versions.iter().map(|members| wording::quantity(&shared(members))).collect();
    format!("The holders give figures that cannot all be so: {}.", numbers.join("; "))
}
