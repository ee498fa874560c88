//! The life-cycle chart: a band of stages for each model over one axis of time, drawn as SVG by hand, once for
//! each width of page.

mod bands;
mod deaths;
mod events;
pub(super) mod palette;
mod scale;

use irenic_model::jiff::civil::Date;
use maud::{Markup, html};

use self::deaths::Deaths;
use self::events::Strip;
use self::scale::Scale;
use super::context::Context;
use super::wording::{day, ordinal};

/// The band of the Irenic model, and those of the models beside it.
const MAIN: f64 = 46.0;
const BESIDE: f64 = 16.0;
const GAP: f64 = 7.0;
/// A line of small letters.
const LINE: f64 = 16.0;

/// How a chart is laid out.
pub(super) struct Form {
    class: &'static str,
    width: f64,
    /// Where the axis begins; labels stand to its left.
    left: f64,
    /// Whether labels stand above their band instead.
    labels_above: bool,
    /// Whether the marks tell what they are when they are pointed at.
    titles: bool,
    /// The most years on the axis.
    years: i16,
}

const WIDE: Form =
    Form { class: "for-wide", width: 1100.0, left: 86.0, labels_above: false, titles: true, years: 12 };
/// For a tablet, and for paper.
const MEDIUM: Form =
    Form { class: "for-medium", width: 700.0, left: 70.0, labels_above: false, titles: false, years: 9 };
const NARROW: Form =
    Form { class: "for-narrow", width: 360.0, left: 0.0, labels_above: true, titles: false, years: 6 };

/// The chart, and the same as a table for those who cannot see it.
pub(super) fn life_cycle(found: &Context<'_>) -> Markup {
    let days = found.stages.iter().filter_map(|interval| interval.from);
    let Some(first) = days.min() else {
        return html! { p { "The documents date nothing from which a stage can be told." } };
    };
    let mut models: Vec<&str> = Vec::new();
    for interval in &found.stages {
        if !models.contains(&interval.model.as_str()) {
            models.push(&interval.model);
        }
    }
    let deaths = Deaths::of(found);
    html! {
        (key())
        figure.chart {
            (drawing(found, first, &models, &WIDE))
            (drawing(found, first, &models, &MEDIUM))
            (drawing(found, first, &models, &NARROW))
            figcaption.soft {
                "A slanted edge spans the time within which a stage began. A band in two colours is contested: the lower one is the rival stage. "
                "Dots are events on a day, rings those whose day is inferred from the passage, lines those known only within a period. "
                (deaths.legend())
                @if let Some(note) = compressed(found, first) { (note) " " }
                @if let Some(note) = too_coarse(found, first) { (note) }
            }
        }
        (bands::table(found))
        (bands::other_models(found, &models))
        (deaths.tables())
    }
}

/// The key: the stages in their order, with what each means.
fn key() -> Markup {
    html! {
        div.key {
            @for (group, stages) in palette::GROUPS {
                span.group { span.soft { (group) } @for stage in stages {
                    span title=(palette::meaning(stage)) { i.chip.(palette::class(stage.name())) {} (stage.name()) }
                } }
            }
        }
    }
}

fn scale_of(found: &Context<'_>, first: Date, form: &Form) -> Scale {
    let core =
        found.life_cycle().filter(|interval| interval.stage != "dispute").find_map(|interval| interval.from);
    let right = form.width - 12.0;
    Scale::new(first, core.unwrap_or(first), found.as_of, form.left, right)
}

fn compressed(found: &Context<'_>, first: Date) -> Option<String> {
    let (year, _) = scale_of(found, first, &WIDE).knee()?;
    Some(format!("The years before {} are compressed.", year + 1))
}

fn too_coarse(found: &Context<'_>, first: Date) -> Option<String> {
    let left_out = Strip::new(&found.chronicle(), &scale_of(found, first, &WIDE)).left_out;
    let what = super::wording::counted(
        left_out,
        "event, known no better than within a year, is",
        "events, known no better than within a year, are",
    );
    (left_out > 0).then(|| format!("{what} in the chronicle alone."))
}

fn drawing(found: &Context<'_>, first: Date, models: &[&str], form: &Form) -> Markup {
    let scale = scale_of(found, first, form);
    let strip = Strip::new(&found.chronicle(), &scale);
    let deaths = Deaths::of(found);
    let passes = bands::passes(found);
    let band_top = if passes.len() > 1 { LINE + 6.0 } else { 4.0 } + LINE;
    let events_top = band_top + MAIN + 6.0 + if form.labels_above { LINE } else { 0.0 };
    let axis = events_top + strip.height() + LINE + 4.0;
    let deaths_top = axis + 10.0;
    let beside_top = deaths_top + deaths.height() + LINE;
    let step = BESIDE + GAP + if form.labels_above { LINE - 2.0 } else { 0.0 };
    let bottom = beside_top + models.len().saturating_sub(1) as f64 * step;
    let label = |name: &str, y: f64| html! { text.label x="0" y=(y) { (name) } };
    html! {
        svg class=(form.class) viewBox={ "0 0 " (form.width) " " (round(bottom + 2.0)) } role="img" aria-label=(in_words(found)) {
            @for (year, x) in scale.years(form.years) {
                line.grid x1=(x) x2=(x) y1=(band_top) y2=(round(bottom)) {}
                text.year x=(x.clamp(form.left + 15.0, form.width - 15.0)) y=(round(axis)) text-anchor="middle" { (year) }
            }
            @if passes.len() > 1 { (bands::pass_marks(&passes, &scale)) }
            @if !form.labels_above { (label("Stage", band_top + MAIN / 2.0 + 4.0)) }
            (bands::main_band(found, &scale, band_top, form))
            @if !form.labels_above { (label("Events", events_top + 10.0)) }
            @else { (label("Events", events_top - 6.0)) }
            (strip.draw(found, events_top, form))
            (deaths.strips(&scale, form, deaths_top))
            @for (row, model) in models.iter().skip(1).enumerate() {
                @let y = beside_top + row as f64 * step;
                @if form.labels_above { (label(&model.to_uppercase(), y - 4.0)) } @else { (label(&model.to_uppercase(), y + 12.0)) }
                (bands::beside(found, model, &scale, y, form))
            }
            @if let Some((_, x)) = scale.knee() {
                path.knee d={ "M" (round(x - 3.0)) " " (round(axis - 14.0)) "l3 4l-3 4l3 4" } {}
            }
        }
    }
}

/// The chart as a sentence, for those who hear it.
fn in_words(found: &Context<'_>) -> String {
    let stages: Vec<String> = found
        .life_cycle()
        .map(|interval| {
            let since =
                interval.from.map_or_else(|| "undated".to_owned(), |from| format!("from {}", day(from)));
            format!("{} {since}, {} pass", interval.stage, ordinal(interval.cycle))
        })
        .collect();
    format!("Stages of the life cycle: {}. The table below says the same with reasons.", stages.join("; "))
}

fn round(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}
