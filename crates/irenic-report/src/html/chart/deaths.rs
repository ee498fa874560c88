//! Deaths under the life-cycle chart: one strip for each table that counts them, by month or year, and one for tables
//! that know only which years were deadly enough. Tables are never added up: they count the same deaths.

use std::collections::BTreeMap;

use irenic::Reconstruction;
use irenic_model::{DateInterval, Observation, Provenance};
use maud::{Markup, html};

use super::scale::Scale;
use super::{Form, round};
use crate::html::parts::{Column, table};
use crate::html::wording::{number, when};

/// The height of a strip, and of what stands between two.
const STRIP: f64 = 50.0;
const APART: f64 = 18.0;

/// Deaths of a period, as one table has them.
struct Bar {
    when: DateInterval,
    low: u64,
    best: u64,
    /// None where the table gives a threshold that was passed, and no count.
    high: Option<u64>,
}

/// One table's deaths.
struct Strip {
    title: String,
    bars: Vec<Bar>,
}

/// All strips of a reconstruction.
pub(super) struct Deaths(Vec<Strip>);

impl Deaths {
    /// The strips: tables with counts first, in the order of the tables, then the years that passed a threshold.
    pub(super) fn of(found: &Reconstruction) -> Self {
        let mut strips: Vec<Strip> = Vec::new();
        for table in found.tables.iter().filter(|table| !table.fatalities.is_empty()) {
            let bars = table.fatalities.iter().map(|it| Bar {
                when: it.when,
                low: it.low.min(it.best),
                best: it.best,
                high: Some(it.high.max(it.best)),
            });
            strips.push(Strip { title: title(&table.data_set, &table.file), bars: bars.collect() });
        }
        strips.extend(thresholds(found));
        Self(strips)
    }

    /// The height that the strips take, 0 where there are none.
    pub(super) fn height(&self) -> f64 {
        self.0.len() as f64 * (STRIP + APART)
    }

    /// The strips as parts of an SVG, from `top` down.
    pub(super) fn strips(&self, scale: &Scale, form: &Form, top: f64) -> Markup {
        html! {
            @for (number, strip) in self.0.iter().enumerate() {
                (drawn(strip, scale, form, top + number as f64 * (STRIP + APART)))
            }
        }
    }

    /// The same by year as tables, for those who cannot see the chart.
    pub(super) fn tables(&self) -> Markup {
        let columns = [
            Column::text("Year", 25),
            Column::number("Low", 25),
            Column::number("Best", 25),
            Column::number("High", 25),
        ];
        let cell = |value: Option<u64>| html! { @if let Some(value) = value { (count(value)) } };
        let rows = |strip: &Strip| {
            let row = |(year, [low, best, high]): (i16, Year)| {
                let low = match (low, high) {
                    (Some(low), None) => html! { (count(low)) " or more" },
                    (low, _) => cell(low),
                };
                vec![html! { (year) }, low, cell(best), cell(high)]
            };
            by_year(strip).into_iter().map(row).collect::<Vec<_>>()
        };
        html! {
            @for strip in &self.0 {
                details.more {
                    summary { "Deaths by year: " (strip.title) }
                    (table(&format!("Deaths by year, {}", strip.title), &columns, rows(strip)))
                }
            }
        }
    }

    /// What the strips show, in a sentence; nothing where there are none.
    pub(super) fn legend(&self) -> &'static str {
        if self.0.is_empty() {
            return "";
        }
        "Deaths as tables count them: a bar is the best estimate, a line its low and high; heights grow with the root of the count. \
         Tables count the same deaths in their own ways and are not added up. "
    }
}

fn title(data_set: &str, file: &str) -> String {
    format!("{data_set} ({file})")
}

/// Of tables without counts, the years with at least so many deaths.
fn thresholds(found: &Reconstruction) -> Vec<Strip> {
    let counted: Vec<&str> = (found.tables.iter())
        .filter(|table| !table.fatalities.is_empty())
        .map(|table| table.file.as_str())
        .collect();
    let mut by_file: BTreeMap<&str, Vec<Bar>> = BTreeMap::new();
    for piece in &found.evidence {
        if let (Provenance::Row { file, .. }, Observation::Deaths { low, .. }, Some(when)) =
            (&piece.provenance, &piece.observation, piece.when)
            && !counted.contains(&file.as_str())
        {
            by_file.entry(file).or_default().push(Bar { when, low: *low, best: *low, high: None });
        }
    }
    let named = |file: &str| found.tables.iter().find(|table| table.file == file);
    by_file
        .into_iter()
        .map(|(file, mut bars)| {
            bars.sort_by_key(|bar| bar.when.from());
            Strip { title: title(named(file).map_or("table", |table| table.data_set.as_str()), file), bars }
        })
        .collect()
}

fn drawn(strip: &Strip, scale: &Scale, form: &Form, top: f64) -> Markup {
    let most = strip.bars.iter().map(|bar| bar.high.unwrap_or(bar.best)).max().unwrap_or(1).max(1);
    let high = |count: u64| (count as f64 / most as f64).sqrt() * STRIP;
    let foot = top + APART + STRIP;
    html! {
        text.label x="0" y=(round(top + APART - 5.0)) { "Deaths: " (strip.title) ", up to " (count(most)) }
        @for bar in &strip.bars {
            @let from = scale.x(bar.when.from()).max(form.left);
            @let until = scale.x(bar.when.until()).min(scale.right());
            @if from < until {
                rect.deaths.at-least[bar.high.is_none()] x=(round(from)) width=(round((until - from).max(1.0))) y=(round(foot - high(bar.best))) height=(round(high(bar.best))) {
                    @if form.titles { title { (said(bar)) } }
                }
                @if let Some(most) = bar.high {
                    @let middle = round((from + until) / 2.0);
                    line.range x1=(middle) x2=(middle) y1=(round(foot - high(most))) y2=(round(foot - high(bar.low))) {}
                }
            }
        }
    }
}

fn said(bar: &Bar) -> String {
    match bar.high {
        Some(high) => {
            format!("{}: {} deaths ({} to {})", when(&bar.when), count(bar.best), count(bar.low), count(high))
        }
        None => format!("{}: at least {} deaths", when(&bar.when), count(bar.low)),
    }
}

/// Low, best and high by year; best and high are missing where the table passed a threshold only.
type Year = [Option<u64>; 3];

fn by_year(strip: &Strip) -> BTreeMap<i16, Year> {
    let mut years: BTreeMap<i16, Year> = BTreeMap::new();
    for bar in &strip.bars {
        let year = years.entry(bar.when.from().year()).or_insert([Some(0); 3]);
        let counted = bar.high.map(|_| bar.best);
        for (sum, part) in year.iter_mut().zip([Some(bar.low), counted, bar.high]) {
            *sum = sum.zip(part).map(|(sum, part)| sum.saturating_add(part));
        }
    }
    years
}

fn count(value: u64) -> String {
    number(value as f64)
}
