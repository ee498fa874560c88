//! Bands of stages, their labels, the passes through the cycle above them, and the same as tables.

use irenic_model::jiff::civil::Date;
use irenic_model::{StageInterval, day_number};
use maud::{Markup, html};

use super::palette::class;
use super::scale::Scale;
use super::{BESIDE, Context, Form, MAIN, round};
use crate::html::parts::{Column, table as grid};
use crate::html::wording::{day, ordinal, span_of_years};

/// The width of a letter of a label, about.
const LETTER: f64 = 7.0;
/// An edge is drawn as uncertain when it may lie anywhere within more days than this.
const SHARP_DAYS_MAX: i32 = 20;
/// The lower part of a contested band shows the rival.
const RIVAL_SHARE: f64 = 0.4;

/// A pass through the cycle: its number, its first and last day.
type Pass = (u32, Date, Date);

/// The passes through the cycle by the Irenic model.
pub(super) fn passes(found: &Context<'_>) -> Vec<Pass> {
    let mut passes: Vec<Pass> = Vec::new();
    for interval in found.life_cycle() {
        let Some(from) = interval.from.or(interval.from_bounds.0) else { continue };
        let until = interval.until.unwrap_or(found.as_of);
        match passes.iter_mut().find(|(cycle, ..)| *cycle == interval.cycle) {
            Some(pass) => pass.2 = pass.2.max(until),
            None => passes.push((interval.cycle, from, until)),
        }
    }
    passes
}

/// A bracket above the bands of each pass.
pub(super) fn pass_marks(passes: &[Pass], scale: &Scale) -> Markup {
    html! {
        @for (cycle, from, until) in passes {
            @let (x, end) = (round(scale.x(*from) + 1.0), round(scale.x(*until) - 1.0));
            path.pass d={ "M" (x) " 22v-5H" (end.max(x + 1.0)) "v5" } {}
            @let (long, short) = (format!("{} pass", ordinal(*cycle)), cycle.to_string());
            @let name = if long.len() as f64 * LETTER < end - x { long } else { short };
            text.pass x=(x) y="12" { (name) }
        }
    }
}

/// The corners of a band: bottom left, top left, top right, bottom right.
struct Corners([f64; 4]);

impl Corners {
    fn new(interval: &StageInterval, scale: &Scale, as_of: Date) -> Option<Self> {
        let from = interval.from.or(interval.from_bounds.0)?;
        let edge = |best: Date, (low, high): (Option<Date>, Option<Date>)| match (low, high) {
            (Some(low), Some(high)) if day_number(high) - day_number(low) > SHARP_DAYS_MAX => {
                (scale.x(low), scale.x(high))
            }
            _ => (scale.x(best), scale.x(best)),
        };
        let (bottom_left, top_left) = edge(from, interval.from_bounds);
        let until = interval.until.unwrap_or(as_of);
        let (bottom_right, top_right) = if interval.until.is_some() {
            edge(until, interval.until_bounds)
        } else {
            (scale.x(until), scale.x(until))
        };
        let bottom_right = bottom_right.max(bottom_left + 1.5);
        let top_right = top_right.max(bottom_right);
        Some(Self([bottom_left, top_left.min(top_right), top_right, bottom_right]))
    }

    /// The polygon between two shares of the height, 0 at the bottom.
    fn points(&self, top: f64, tall: f64, low: f64, high: f64, lasts: bool) -> String {
        let [bottom_left, top_left, top_right, bottom_right] = self.0;
        let left = |share: f64| round(bottom_left + share * (top_left - bottom_left));
        let right = |share: f64| round(bottom_right + share * (top_right - bottom_right));
        let y = |share: f64| round(top + (1.0 - share) * tall);
        let tip = |share: f64| if lasts { 8.0 * (1.0 - (2.0 * share - 1.0).abs()) } else { 0.0 };
        let mut points = format!("{},{} {},{} ", left(low), y(low), left(high), y(high));
        points += &format!("{},{} ", round(right(high) + tip(high)), y(high));
        if lasts && low < 0.5 && 0.5 < high {
            points += &format!("{},{} ", round(right(0.5) + tip(0.5)), y(0.5));
        }
        points + &format!("{},{}", round(right(low) + tip(low)), y(low))
    }
}

fn band(interval: &StageInterval, scale: &Scale, y: f64, tall: f64, form: &Form, as_of: Date) -> Markup {
    let Some(corners) = Corners::new(interval, scale, as_of) else { return html! {} };
    let lasts = interval.until.is_none() && interval.ongoing;
    let low = if interval.rival.is_some() { RIVAL_SHARE } else { 0.0 };
    html! {
        g {
            @if form.titles { title { (title(interval)) } }
            polygon.(class(&interval.stage)).undated[interval.from.is_none()] points=(corners.points(y, tall, low, 1.0, lasts)) {}
            @if let Some(rival) = &interval.rival {
                polygon.(class(rival)) points=(corners.points(y, tall, 0.0, RIVAL_SHARE, lasts)) {}
            }
        }
    }
}

fn title(interval: &StageInterval) -> String {
    let rival = interval.rival.as_ref().map(|rival| format!(", or {rival}")).unwrap_or_default();
    format!("{}{rival}: {}", interval.stage, dates(interval))
}

fn dates(interval: &StageInterval) -> String {
    match (interval.from, interval.until) {
        (Some(from), Some(until)) => format!("{} to {}", day(from), day(until)),
        (Some(from), None) if interval.ongoing => format!("since {}", day(from)),
        (Some(from), None) => format!("from {}, end undated", day(from)),
        (None, Some(until)) => format!("undated, to {}", day(until)),
        (None, None) => "undated".to_owned(),
    }
}

/// The Irenic model's bands with their names: inside where there is room, else above.
pub(super) fn main_band(found: &Context<'_>, scale: &Scale, top: f64, form: &Form) -> Markup {
    html! {
        @for interval in found.life_cycle() { (band(interval, scale, top, MAIN, form, found.as_of)) }
        @for (left, room, interval) in rooms(found, scale).filter(|(_, room, interval)| fits(&interval.stage, *room)) {
            @let light = is_dark(&interval.stage);
            text.name.light[light] x=(round(left + 5.0)) y=(round(top + 17.0)) { (interval.stage) }
            @let years = span_of_years(interval.from, interval.until);
            @if fits(&years, room) && interval.rival.is_none() {
                text.years.light[light] x=(round(left + 5.0)) y=(round(top + 33.0)) { (years) }
            }
        }
        @for (x, name) in callouts(found, scale, form) { text.callout x=(round(x)) y=(round(top - 4.0)) { (name) } }
    }
}

/// Where the bands begin, and the room for a name in each.
fn rooms<'a>(found: &'a Context<'_>, scale: &Scale) -> impl Iterator<Item = (f64, f64, &'a StageInterval)> {
    found.life_cycle().filter_map(|interval| {
        let Corners([_, left, _, right]) = Corners::new(interval, scale, found.as_of)?;
        Some((left, right - left - 8.0, interval))
    })
}

fn fits(name: &str, room: f64) -> bool {
    name.len() as f64 * LETTER < room
}

fn is_dark(stage: &str) -> bool {
    matches!(class(stage).as_str(), "s-war" | "s-implementation" | "s-settled")
}

/// The names of the bands that are too narrow for them, above where they do not run into each other.
fn callouts<'a>(found: &'a Context<'_>, scale: &Scale, form: &Form) -> Vec<(f64, &'a str)> {
    let mut callouts: Vec<(f64, &str)> = Vec::new();
    let mut free = f64::MIN;
    for (left, _, interval) in rooms(found, scale).filter(|(_, room, interval)| !fits(&interval.stage, *room))
    {
        let width = interval.stage.len() as f64 * LETTER;
        let x = left.min(form.width - width);
        if x >= free {
            callouts.push((x, &interval.stage));
            free = x + width + 6.0;
        }
    }
    callouts
}

/// The bands of a model beside ours, with names where there is room.
pub(super) fn beside(found: &Context<'_>, model: &str, scale: &Scale, y: f64, form: &Form) -> Markup {
    html! {
        @for interval in found.stages_of(model) {
            (band(interval, scale, y, BESIDE, form, found.as_of))
            @if let Some(Corners([_, left, _, right])) = Corners::new(interval, scale, found.as_of) {
                @if fits(&interval.stage, right - left - 8.0) {
                    text.small.light[is_dark(&interval.stage)] x=(round(left + 4.0)) y=(round(y + 12.0)) { (interval.stage) }
                }
            }
        }
    }
}

/// The stages with their reasons.
pub(super) fn table(found: &Context<'_>) -> Markup {
    let stages: Vec<&StageInterval> = found.life_cycle().collect();
    html! {
        h3 { "The stages and why" }
        ol.stages {
            @for interval in stages {
                li {
                    div.stage {
                        p.name { i.chip.(class(&interval.stage)) {} strong { (interval.stage) }
                            @if let Some(rival) = &interval.rival { " " span.tag.contested { "or " (rival) } } }
                        p.soft { (dates(interval)) }
                        p.soft { (ordinal(interval.cycle)) " pass"
                            @if interval.violations > 0 { ", " (interval.violations) @if interval.violations == 1 { " breach" } @else { " breaches" } } }
                    }
                    div { (crate::html::answer::reasons(found, interval, 2)) }
                }
            }
        }
    }
}

/// What the published models are, in a line each.
const MODELS: [(&str, &str); 4] = [
    (
        "ucdp",
        "Uppsala Conflict Data Program: by battle-related deaths in a calendar year, 25 for a minor conflict and 1,000 for a war. Silent in other years.",
    ),
    ("cascon", "CASCON (Bloomfield and Moulton): whether force is considered, used or ended."),
    (
        "cews",
        "CEWS Explorer (Schmalberger): whether violence is sporadic, systematic, or without restraint of means.",
    ),
    ("hiik", "Heidelberg Conflict Barometer: by means and consequences, month by month."),
];

/// The intervals of the other models, folded away.
pub(super) fn other_models(found: &Context<'_>, models: &[&str]) -> Markup {
    html! {
        @if models.len() > 1 {
            details {
                summary { "The same evidence by the published models" }
                @for model in models.iter().skip(1) {
                    h4 { (model.to_uppercase()) }
                    @if let Some((_, meaning)) = MODELS.iter().find(|(name, _)| name == model) { p.soft { (meaning) } }
                    (grid(
                        &format!("Stages by {}", model.to_uppercase()),
                        &[Column::text("Stage", 40), Column::text("From", 30), Column::text("Until", 30)],
                        found.stages_of(model).map(|interval| vec![
                            html! { i.chip.(class(&interval.stage)) {} (interval.stage) },
                            html! { (interval.from.map_or_else(|| "undated".to_owned(), day)) },
                            html! { (interval.until.map_or_else(|| if interval.ongoing { "lasts".to_owned() } else { "undated".to_owned() }, day)) },
                        ]),
                    ))
                }
            }
        }
    }
}
