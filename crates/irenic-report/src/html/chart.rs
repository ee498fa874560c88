//! The life-cycle chart: a band of stages for each model over one axis of time, drawn as SVG by hand.

use irenic_model::{Observation, Provenance, StageInterval, day_number, jiff::civil::Date};
use maud::{Markup, html};

use super::context::Context;
use super::wording::{day, when};

const WIDTH: f64 = 1100.0;
const LEFT: f64 = 74.0;
/// The band of the Irenic model, and those of the models beside it.
const MAIN: f64 = 44.0;
const BESIDE: f64 = 20.0;
const GAP: f64 = 8.0;
const EVENTS: f64 = 22.0;
const DEATHS: f64 = 56.0;
/// The width of a letter of a label, about.
const LETTER: f64 = 6.4;

/// Early to late in one ordered palette that colour-blind readers tell apart: pale to red as violence grows, pale to deep
/// blue as it is left behind.
const PALETTE: [(&str, &str); 9] = [
    ("dispute", "#ece5c9"),
    ("tension", "#f0c659"),
    ("confrontation", "#e58a3c"),
    ("war", "#a8321f"),
    ("ceasefire", "#b9d3e2"),
    ("abatement", "#c9d4d6"),
    ("agreement", "#6fa3c7"),
    ("implementation", "#3f7aa8"),
    ("settled", "#1d4568"),
];

/// The stages of the other models, by the Irenic stage that they come nearest to; for their colours alone.
const KIN: [(&str, &str); 15] = [
    ("non-violent crisis", "tension"),
    ("violent crisis", "confrontation"),
    ("limited war", "confrontation"),
    ("limited violence", "confrontation"),
    ("minor armed conflict", "confrontation"),
    ("massive violence", "war"),
    ("hostilities", "war"),
    ("conflict", "tension"),
    ("crisis", "tension"),
    ("post-hostilities conflict", "ceasefire"),
    ("post-hostilities dispute", "agreement"),
    ("settlement", "settled"),
    ("latent tension", "dispute"),
    ("overt tension", "tension"),
    ("no force", "dispute"),
];

fn colour(stage: &str) -> &'static str {
    let kin = KIN.iter().find(|(name, _)| *name == stage).map_or(stage, |(_, kin)| kin);
    PALETTE.iter().find(|(name, _)| *name == kin).map_or("#9a9488", |(_, colour)| colour)
}

/// Whether a label on the stage's colour is light.
fn is_dark(stage: &str) -> bool {
    matches!(colour(stage), "#a8321f" | "#3f7aa8" | "#1d4568")
}

/// The chart, and the same as a table for those who cannot see it.
pub(super) fn life_cycle(found: &Context<'_>) -> Markup {
    let days = found.stages.iter().filter_map(|interval| interval.from);
    let Some(first) = days.min() else {
        return html! { p { "The documents date nothing from which a stage can be told." } };
    };
    let scale = Scale::new(first, found.as_of);
    let mut models: Vec<&str> = Vec::new();
    for interval in &found.stages {
        if !models.contains(&interval.model.as_str()) {
            models.push(&interval.model);
        }
    }
    let deaths = deaths(found);
    let top =
        |row: usize| if row == 0 { 4.0 } else { 4.0 + MAIN + EVENTS + (row - 1) as f64 * (BESIDE + GAP) };
    let below = top(models.len());
    let height = below + if deaths.is_empty() { 0.0 } else { DEATHS + GAP } + 24.0;
    html! {
        p.key { @for (stage, colour) in PALETTE { span { i style={ "background:" (colour) } {} (stage) } } }
        div.wide tabindex="0" {
            svg viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-label="Stages of the life cycle by model over time; the table below says the same" {
                @for (year, x) in scale.years() {
                    line.grid x1=(x) x2=(x) y1="0" y2=(height - 20.0) {}
                    text x=(x) y=(height - 6.0) text-anchor="middle" { (year) }
                }
                @for (row, model) in models.iter().enumerate() {
                    @let tall = if row == 0 { MAIN } else { BESIDE };
                    text x="0" y=(top(row) + tall / 2.0 + 4.0) { (if row == 0 { "Irenic".to_owned() } else { model.to_uppercase() }) }
                    @for interval in found.stages.iter().filter(|it| it.model == *model) {
                        (band(interval, &scale, top(row), tall, found.as_of))
                    }
                }
                text x="0" y=(MAIN + EVENTS - 3.0) { "events" }
                (events(found, &scale, 4.0 + MAIN + 8.0))
                @if !deaths.is_empty() { (bars(&deaths, &scale, below)) }
            }
        }
        p.soft { "A band is a stage; a dashed line shows how far a beginning or an end is uncertain. Hatching marks a stage that is contested. "
            "A dot is an event on a day, a line one known only within a period." }
        details open {
            summary { "Stages of the Irenic model, with their reasons" }
            (table(found))
        }
    }
}

/// Deaths by row of the tables beside the documents: first and last day, and the count as stated or at least.
fn deaths(found: &Context<'_>) -> Vec<(Date, Date, u64)> {
    let of_row = |piece: &irenic_model::Evidence| match (&piece.provenance, &piece.observation, piece.when) {
        (Provenance::Row { .. }, Observation::Deaths { low, .. }, Some(when)) => {
            Some((when.from(), when.until(), *low))
        }
        _ => None,
    };
    found.evidence.iter().filter_map(of_row).collect()
}

/// Bars of deaths; areas by the root of the count, so that small years stay visible beside great ones.
fn bars(deaths: &[(Date, Date, u64)], scale: &Scale, top: f64) -> Markup {
    let most = deaths.iter().map(|(_, _, count)| *count).max().unwrap_or(1).max(1) as f64;
    html! {
        text x="0" y=(top + DEATHS) { "deaths" }
        @for (from, until, count) in deaths {
            @let high = round((*count as f64 / most).sqrt() * DEATHS);
            @let (x, end) = (scale.x(*from), scale.x(*until));
            rect.deaths x=(round(x)) y=(round(top + DEATHS - high)) width=(round((end - x).max(1.0))) height=(high) {
                title { (count) " deaths at least, " (day(*from)) " to " (day(*until)) " (table)" }
            }
        }
    }
}

fn events(found: &Context<'_>, scale: &Scale, y: f64) -> Markup {
    html! {
        @for entry in found.chronicle() {
            @let (from, until) = (scale.x(entry.when.from()), scale.x(entry.when.until()));
            @if from >= LEFT && entry.when.days() <= 3 {
                circle.event cx=(round(from)) cy=(y) r="3" { title { (when(&entry.when)) ": " (entry.account.heading) } }
            } @else if from >= LEFT && entry.when.days() <= 400 {
                line.event x1=(round(from)) x2=(round(until.min(WIDTH))) y1=(y + 7.0) y2=(y + 7.0) { title { (when(&entry.when)) ": " (entry.account.heading) } }
            }
        }
    }
}

fn band(interval: &StageInterval, scale: &Scale, y: f64, tall: f64, as_of: Date) -> Markup {
    let until = interval.until.unwrap_or(as_of);
    let from = interval.from.or(interval.from_bounds.0).unwrap_or_else(|| scale.first_day());
    let (x, end) = (scale.x(from), scale.x(until).max(scale.x(from) + 2.0));
    let dated = |date: Option<Date>, none: &str| date.map_or_else(|| none.to_owned(), day);
    let title = format!(
        "{}: {} to {}",
        interval.stage,
        dated(interval.from, "undated"),
        dated(interval.until, if interval.ongoing { "now" } else { "undated" })
    );
    let loose = |(low, high): (Option<Date>, Option<Date>)| {
        let (low, high) = (low?, high?);
        (day_number(high) - day_number(low) > 45).then(|| (scale.x(low), scale.x(high)))
    };
    let room = end - x - 8.0;
    let label =
        if tall > BESIDE { format!("{} {}", interval.stage, interval.cycle) } else { interval.stage.clone() };
    html! {
        rect x=(round(x)) y=(y) width=(round(end - x)) height=(tall) fill=(colour(&interval.stage)) { title { (title) } }
        @if interval.contested() { @for stripe in stripes(x, end) { line.contested x1=(stripe) x2=(stripe) y1=(y) y2=(y + tall) {} } }
        @for (low, high) in [loose(interval.from_bounds), loose(interval.until_bounds)].into_iter().flatten() {
            line.loose x1=(round(low)) x2=(round(high)) y1=(y + tall - 3.0) y2=(y + tall - 3.0) {}
        }
        @if label.len() as f64 * LETTER < room {
            text.light[is_dark(&interval.stage)].dark[!is_dark(&interval.stage)] x=(round(x + 4.0)) y=(round(y + tall / 2.0 + 4.0)) { (label) }
        }
    }
}

/// Where the stripes of a contested band stand.
fn stripes(from: f64, to: f64) -> Vec<f64> {
    const APART: f64 = 6.0;
    let count = ((to - from) / APART) as usize;
    (1..=count.min(200)).map(|number| round(from + number as f64 * APART)).collect()
}

fn round(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

struct Scale {
    first: i32,
    days: f64,
}

impl Scale {
    fn new(first: Date, last: Date) -> Self {
        let first = day_number(first) - 60;
        Self { first, days: f64::from((day_number(last) + 60 - first).max(1)) }
    }

    fn x(&self, day: Date) -> f64 {
        LEFT + f64::from(day_number(day) - self.first) / self.days * (WIDTH - LEFT)
    }

    fn first_day(&self) -> Date {
        irenic_model::date_of(self.first).unwrap_or(Date::constant(1900, 1, 1))
    }

    /// Years to label, at most about a dozen.
    fn years(&self) -> Vec<(i16, f64)> {
        let year = |number: i32| irenic_model::date_of(number).map_or(0, |day| day.year());
        let (from, to) = (year(self.first) + 1, year(self.first + self.days as i32));
        let step =
            [1, 2, 5, 10, 20, 50, 100].into_iter().find(|step| (to - from) / step <= 12).unwrap_or(200);
        (from..=to)
            .filter(|year| year % step == 0)
            .filter_map(|year| Some((year, round(self.x(Date::new(year, 1, 1).ok()?)))))
            .collect()
    }
}

fn table(found: &Context<'_>) -> Markup {
    html! {
        div.wide tabindex="0" { table.stages {
            thead { tr { th scope="col" { "Stage" } th.n scope="col" { "Pass" } th scope="col" { "From" } th scope="col" { "Until" } th scope="col" { "Why" } } }
            tbody {
                @for interval in found.life_cycle() {
                    tr {
                        th scope="row" { i.chip style={ "background:" (colour(&interval.stage)) } {} (interval.stage) @if let Some(rival) = &interval.rival { " " span.tag.contested { "or " (rival) } } }
                        td.n { (interval.cycle) }
                        td { (interval.from.map_or_else(|| "undated".into(), day)) }
                        td { (interval.until.map_or_else(|| if interval.ongoing { "lasts".into() } else { "undated".into() }, day)) }
                        td { (super::sections::reasons(found, interval, 2)) }
                    }
                }
            }
        } }
    }
}
