//! The chronicle on the chart: a dot for a day, a ring for a day that is inferred, a line for a time within which it was.

use irenic::ChronicleEntry;
use irenic_model::{Certainty, day_number};
use maud::{Markup, html};

use super::scale::Scale;
use super::{Form, round};
use crate::html::chronicle::sentence;
use crate::html::context::Context;
use crate::html::wording::when;

/// Dots stand so far apart, across and down.
const APART: f64 = 5.4;
/// Lines stand so far apart.
const LINES_APART: f64 = 3.6;
/// The most dots on top of each other, and the most lines; what would be beyond shares the last place.
const DOTS_MAX: usize = 7;
const LINES_MAX: usize = 7;
/// An event known no better than this is left to the chronicle.
const DAYS_MAX: i32 = 400;
/// Letters of what a mark tells when it is pointed at.
const TITLE_CHARS: usize = 100;
/// Up to so many days count as one.
const DOT_DAYS_MAX: i32 = 3;

/// The events that the chart shows, each in its place.
pub(super) struct Strip<'a> {
    dots: Vec<(f64, usize, ChronicleEntry<'a>)>,
    lines: Vec<(f64, f64, usize, ChronicleEntry<'a>)>,
    /// How many are known too coarsely to be drawn.
    pub(super) left_out: usize,
}

impl<'a> Strip<'a> {
    pub(super) fn new(entries: &[ChronicleEntry<'a>], scale: &Scale) -> Self {
        let mut strip = Self { dots: Vec::new(), lines: Vec::new(), left_out: 0 };
        let mut columns: std::collections::BTreeMap<i64, usize> = std::collections::BTreeMap::new();
        let mut lanes: Vec<f64> = Vec::new();
        let first = day_number(scale.first_day());
        for entry in entries {
            let days = day_number(entry.when.until()) - day_number(entry.when.from());
            let (from, until) = (scale.x(entry.when.from()), scale.x(entry.when.until()).min(scale.right()));
            if day_number(entry.when.from()) < first || from > scale.right() || days > DAYS_MAX {
                strip.left_out += 1;
            } else if days < DOT_DAYS_MAX {
                let column = (from / APART).round();
                let level = columns.entry(column as i64).or_default();
                strip.dots.push((column * APART, (*level).min(DOTS_MAX - 1), *entry));
                *level += 1;
            } else {
                let lane =
                    lanes.iter().position(|end| *end + 2.0 < from).unwrap_or(lanes.len()).min(LINES_MAX - 1);
                if lane == lanes.len() {
                    lanes.push(until);
                } else {
                    lanes[lane] = until.max(lanes[lane]);
                }
                strip.lines.push((from, until.max(from + 2.0), lane, *entry));
            }
        }
        strip
    }

    /// The height it takes.
    pub(super) fn height(&self) -> f64 {
        self.dots_height() + self.lines.iter().map(|line| line.2 + 1).max().unwrap_or(0) as f64 * LINES_APART
    }

    fn dots_height(&self) -> f64 {
        self.dots.iter().map(|dot| dot.1 + 1).max().unwrap_or(0) as f64 * APART
    }

    pub(super) fn draw(&self, found: &Context<'_>, top: f64, form: &Form) -> Markup {
        let below = top + self.dots_height() + LINES_APART / 2.0;
        let title = |entry: &ChronicleEntry<'_>| {
            let at = entry.account.statements().next().filter(|_| form.titles)?;
            let span = found.statement(at)?.1.span;
            Some(format!("{}: {}", when(&entry.when), sentence(found, at.document, span, TITLE_CHARS)))
        };
        html! {
            @for (x, level, entry) in &self.dots {
                circle.event.inferred[entry.when.certainty() == Certainty::Inferred] cx=(round(*x)) cy=(round(top + (*level as f64 + 0.5) * APART)) r="2.2" {
                    @if let Some(title) = title(entry) { title { (title) } }
                }
            }
            @for (from, until, lane, entry) in &self.lines {
                @let y = round(below + *lane as f64 * LINES_APART);
                line.event x1=(round(*from)) x2=(round(*until)) y1=(y) y2=(y) {
                    @if let Some(title) = title(entry) { title { (title) } }
                }
            }
        }
    }
}
