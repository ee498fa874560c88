//! The life-cycle chart: a band of stages for each model over one axis of time, drawn as SVG by hand.

use irenic::Reconstruction;
use irenic_model::{StageInterval, day_number, jiff::civil::Date};
use maud::{Markup, html};

const WIDTH: f64 = 1100.0;
const LEFT: f64 = 80.0;
const ROW: f64 = 34.0;

/// Early to late in one ordered palette that colour-blind readers tell apart (after viridis).
const PALETTE: [(&str, &str); 9] = [
    ("dispute", "#e8e2c4"),
    ("tension", "#f0c659"),
    ("confrontation", "#e58a3c"),
    ("war", "#a8321f"),
    ("ceasefire", "#8fb8d0"),
    ("abatement", "#b7c9cf"),
    ("agreement", "#5d93b8"),
    ("implementation", "#356f9b"),
    ("settled", "#1d4568"),
];

fn colour(stage: &str) -> &'static str {
    PALETTE.iter().find(|(name, _)| *name == stage).map_or("#9a9488", |(_, colour)| colour)
}

/// The chart, and the same as a table for those who cannot see it.
pub(super) fn life_cycle(found: &Reconstruction) -> Markup {
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
    let height = ROW * models.len() as f64 + 40.0;
    html! {
        div.wide {
            svg viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-label="Stages of the life cycle by model; the table below says the same" {
                @for (row, model) in models.iter().enumerate() {
                    text x="0" y=(ROW * row as f64 + 20.0) { (model) }
                    @for interval in found.stages.iter().filter(|it| it.model == *model) {
                        (band(interval, &scale, row, found.as_of))
                    }
                }
                @for (year, x) in scale.years() {
                    line x1=(x) x2=(x) y1="0" y2=(height - 22.0) stroke="currentColor" stroke-opacity="0.15" {}
                    text x=(x) y=(height - 6.0) text-anchor="middle" { (year) }
                }
            }
        }
        p.soft { "Hatched ends are uncertain dates. A darker blue is later in the cycle; red is war." }
        details open {
            summary { "Stages of the Irenic model" }
            (table(found))
        }
    }
}

fn band(interval: &StageInterval, scale: &Scale, row: usize, as_of: Date) -> Markup {
    let Some(from) = interval.from else { return html! {} };
    let until = interval.until.unwrap_or(as_of);
    let (x, end) = (scale.x(from), scale.x(until).max(scale.x(from) + 2.0));
    let y = ROW * row as f64 + 4.0;
    let title = format!(
        "{} ({} to {})",
        interval.stage,
        from,
        interval.until.map_or("now".into(), |day| day.to_string())
    );
    let loose = |(low, high): (Option<Date>, Option<Date>)| {
        let (low, high) = (low?, high?);
        (day_number(high) - day_number(low) > 45).then(|| (scale.x(low), scale.x(high)))
    };
    html! {
        rect x=(round(x)) y=(y) width=(round(end - x)) height=(ROW - 10.0) fill=(colour(&interval.stage)) { title { (title) } }
        @for (low, high) in [loose(interval.from_bounds), loose(interval.until_bounds)].into_iter().flatten() {
            line x1=(round(low)) x2=(round(high)) y1=(y + 12.0) y2=(y + 12.0) stroke="currentColor" stroke-dasharray="3 3" {}
        }
        @if end - x > 70.0 {
            text x=(round(x + 4.0)) y=(y + 16.0) fill-opacity="0.9" { (interval.stage) }
        }
    }
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

fn table(found: &Reconstruction) -> Markup {
    html! {
        div.wide { table {
            thead { tr { th { "Stage" } th.n { "Pass" } th { "From" } th { "Until" } th { "Why" } } }
            tbody {
                @for interval in found.life_cycle() {
                    tr {
                        td { (interval.stage) @if let Some(rival) = &interval.rival { " " span.tag.contested { "or " (rival) } } }
                        td.n { (interval.cycle) }
                        td { (interval.from.map(|day| day.to_string()).unwrap_or_default()) }
                        td { (interval.until.map_or("lasts".into(), |day| day.to_string())) }
                        td { (super::sections::reasons(found, interval, 2)) }
                    }
                }
            }
        } }
    }
}
