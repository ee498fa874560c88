//! Control: a map of the places, and behind it a table of who held each between which dates, according to whom.

use std::collections::BTreeMap;

use irenic_model::{Hold, PlaceHeld};
use maud::{Markup, PreEscaped, html};

use super::context::Context;
use super::map::{Point, map};
use super::wording::when;

/// At most so many places are drawn: those with most said of them.
const POINTS_MAX: usize = 40;

/// The map follows the page's colours; six fills that stay apart for colour-blind readers, and a number in each point.
const STYLE: &str = "svg.map{display:block;max-width:46rem;border:1px solid var(--line)}\
svg.map .sea{fill:var(--paper)}svg.map .land{fill:var(--line);fill-opacity:.45;stroke:var(--soft);stroke-width:.8}\
svg.map .point{fill:var(--paper);stroke:var(--ink);stroke-width:1.6;stroke-dasharray:3 2}\
svg.map .held-0,.key .held-0{fill:#0072b2;background:#0072b2}svg.map .held-1,.key .held-1{fill:#d55e00;background:#d55e00}\
svg.map .held-2,.key .held-2{fill:#009e73;background:#009e73}svg.map .held-3,.key .held-3{fill:#cc79a7;background:#cc79a7}\
svg.map .held-4,.key .held-4{fill:#8c6d00;background:#8c6d00}svg.map .held-5,.key .held-5{fill:#5a5a9e;background:#5a5a9e}\
svg.map [class*=held-]{stroke-dasharray:none}svg.map [class*=held-]+text.number{fill:#fff}\
svg.map text.number{font-weight:700;font-size:11px}\
.key i[class*=held-]{display:inline-block;width:.85em;height:.85em;border-radius:50%;margin-right:.4em;vertical-align:-.08em}\
svg.map text.name{fill:var(--ink);font-size:12px;paint-order:stroke;stroke:var(--paper);stroke-width:3px}\
@media (max-width:40rem){svg.map text.name{font-size:20px}svg.map text.number{font-size:13px}}";

/// Who held which place, with a map of those whose point is known.
pub(super) fn section(found: &Context<'_>) -> Markup {
    if found.places.is_empty() {
        return html! { p { "The documents do not say who held which place." } };
    }
    let colours = colours(found);
    let points = points(found, &colours);
    let missing = found.places.len() - points.len();
    html! {
        style { (PreEscaped(STYLE)) }
        p.soft { "As holders tell it. A colour is who is last said to hold the place and not to have lost it; a dashed ring is contested, lost or not known." }
        @if !points.is_empty() {
            figure style="margin:0" {
                (map(&points, "Places of which the documents say who held them", "Each number stands in the table below, with who held the place, from when until when, and who says so."))
                figcaption.key {
                    @for (holder, colour) in &colours { span { i class=(format!("held-{}", colour % 6)) {} (holder) } }
                    p.soft { "Country shapes: Natural Earth, simplified; no view on any border. Points: © GeoNames contributors, CC BY 4.0."
                        @if missing > 0 { " " (missing) " of " (found.places.len()) " places stand in the table alone: the gazetteer knows no point for them, or the map is full." } }
                }
            }
        }
        div.wide tabindex="0" { table {
            caption.hidden { "Who held which place, between which dates, according to whom" }
            thead { tr { th.n scope="col" { "No." } th scope="col" { "Place" } th scope="col" { "Held by" } th scope="col" { "From" } th scope="col" { "Until" } th scope="col" { "Who says so" } th scope="col" { "Words" } } }
            tbody {
                @for (number, place) in found.places.iter().enumerate() {
                    @for (at, hold) in place.holds.iter().enumerate() { (row(found, number, place, at, hold)) }
                }
            }
        } }
    }
}

fn row(found: &Context<'_>, number: usize, place: &PlaceHeld, at: usize, hold: &Hold) -> Markup {
    html! {
        tr {
            td.n { @if at == 0 { (number + 1) } }
            th scope="row" { @if at == 0 { (names(place)) } @else { span.hidden { (place.place) } } }
            td { (hold.by) @if hold.contested { " " span.tag.contested { "contested" } } }
            td { (from(hold)) }
            td { (until(hold)) }
            td { (hold.holders.join(", ")) @if !hold.denied_by.is_empty() { br; "denied by " (hold.denied_by.join(", ")) } }
            td { @for (count, at) in hold.statements.iter().enumerate() {
                @if let Some((_, statement)) = found.statement(*at) { (found.link(at.document, statement.span.start, &format!("[{}]", count + 1))) " " }
            } }
        }
    }
}

/// Every name of a place: "Alba / Albatown".
fn names(place: &PlaceHeld) -> String {
    std::iter::once(&place.place).chain(&place.other_names).cloned().collect::<Vec<_>>().join(" / ")
}

fn from(hold: &Hold) -> String {
    match (&hold.from, &hold.seen) {
        (Some(from), _) => when(from),
        (None, Some(seen)) => format!("not said; held it {}", when(seen)),
        (None, None) => "not said".to_owned(),
    }
}

fn until(hold: &Hold) -> String {
    match &hold.until {
        Some(until) => when(until),
        None if hold.ended => "lost, not dated".to_owned(),
        None => "not said".to_owned(),
    }
}

/// Who is last said to hold a place and not to have lost it.
fn holder_now(place: &PlaceHeld) -> Option<&str> {
    let standing: Vec<&Hold> = place.holds.iter().filter(|hold| !hold.ended).collect();
    let last =
        standing.iter().rev().find(|hold| hold.from.is_some() || hold.seen.is_some()).or(standing.last())?;
    (!last.contested).then_some(last.by.as_str())
}

/// A colour's number for each holder, those of most places first.
fn colours(found: &Context<'_>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for holder in found.places.iter().filter_map(holder_now) {
        *counts.entry(holder).or_default() += 1;
    }
    let mut holders: Vec<_> = counts.into_iter().collect();
    holders.sort_by_key(|(holder, count)| (std::cmp::Reverse(*count), *holder));
    holders.into_iter().take(6).enumerate().map(|(colour, (holder, _))| (holder.to_owned(), colour)).collect()
}

fn points(found: &Context<'_>, colours: &[(String, usize)]) -> Vec<Point> {
    let mut points: Vec<(usize, Point)> = Vec::new();
    for (number, place) in found.places.iter().enumerate() {
        let Some(at) = found.coordinates_of(place) else { continue };
        let holder = holder_now(place);
        let colour =
            colours.iter().find(|(name, _)| Some(name.as_str()) == holder).map(|(_, colour)| *colour);
        let said = place.holds.iter().map(|hold| hold.statements.len()).sum();
        let (latitude, longitude) = (at.latitude, at.longitude);
        points.push((said, Point { latitude, longitude, number: number + 1, label: names(place), colour }));
    }
    points.sort_by_key(|(said, point)| (std::cmp::Reverse(*said), point.number));
    points.truncate(POINTS_MAX);
    let mut points: Vec<Point> = points.into_iter().map(|(_, point)| point).collect();
    points.sort_by_key(|point| point.number);
    points
}
