//! A map drawn as SVG, offline: the shapes of countries, and points with numbers.
//!
//! The shapes are simplified from Natural Earth (public domain); `models/map/README.md` gives the command. Borders are
//! Natural Earth's, as they are held in practice according to it: they are no view on any claim.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use maud::{Markup, html};
use serde::Deserialize;

const SHAPES: &str = include_str!("../../../../models/map/countries.json");

/// The width of the drawing, in its own units.
const WIDTH: f64 = 640.0;
/// The height may be between these shares of the width.
const SHAPE_MIN: f64 = 0.5;
const SHAPE_MAX: f64 = 1.1;
/// The least extent of a map, in degrees of latitude: about 170 km.
const EXTENT_DEGREES_MIN: f64 = 1.5;
/// The room around the outermost points, as a share of the extent.
const MARGIN: f64 = 0.22;

/// A point to draw.
pub(super) struct Point {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    /// The number in the table behind the map.
    pub(super) number: usize,
    pub(super) label: String,
    /// The colour's number, the same for one holder; `None` where it is contested or not known.
    pub(super) colour: Option<usize>,
}

impl Point {
    fn class(&self) -> String {
        self.colour.map_or_else(|| "point".to_owned(), |colour| format!("point held-{}", colour % 6))
    }
}

#[derive(Deserialize)]
struct File {
    /// The size of a whole step, in degrees.
    step: f64,
    /// Arcs as steps in longitude and latitude, one after the other.
    arcs: Vec<Vec<i32>>,
    /// Rings by country: arcs by number, `!number` where one runs backwards.
    countries: BTreeMap<String, Vec<Vec<i64>>>,
}

struct World {
    arcs: Vec<Vec<(f64, f64)>>,
    countries: BTreeMap<String, Vec<Vec<i64>>>,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let file: File = serde_json::from_str(SHAPES).expect("a test reads the embedded map");
    let arc = |steps: &Vec<i32>| {
        let (mut x, mut y) = (0, 0);
        let add = |step: &[i32]| {
            x += step[0];
            y += step[1];
            (f64::from(x) * file.step, f64::from(y) * file.step)
        };
        steps.chunks_exact(2).map(add).collect()
    };
    World { arcs: file.arcs.iter().map(arc).collect(), countries: file.countries }
});

/// The part of the globe that a map shows.
struct Frame {
    west: f64,
    north: f64,
    /// Units of the drawing a degree of longitude, and of latitude.
    across: f64,
    down: f64,
    height: f64,
}

impl Frame {
    fn around(points: &[Point]) -> Option<Self> {
        let range = |pick: fn(&Point) -> f64| {
            points.iter().map(pick).fold(None, |known: Option<(f64, f64)>, value| {
                Some(known.map_or((value, value), |(low, high)| (low.min(value), high.max(value))))
            })
        };
        let (south, north) = range(|point| point.latitude)?;
        let (west, east) = range(|point| point.longitude)?;
        let middle = f64::midpoint(south, north);
        // A degree of longitude shrinks towards the poles.
        let shrink = middle.to_radians().cos().max(0.2);
        let mut tall = (north - south).max(EXTENT_DEGREES_MIN) * (1.0 + 2.0 * MARGIN);
        let mut wide = ((east - west) * shrink).max(EXTENT_DEGREES_MIN) * (1.0 + 2.0 * MARGIN);
        tall = tall.max(wide * SHAPE_MIN);
        wide = wide.max(tall / SHAPE_MAX);
        let down = WIDTH / wide;
        Some(Self {
            west: f64::midpoint(west, east) - wide / shrink / 2.0,
            north: middle + tall / 2.0,
            across: down * shrink,
            down,
            height: tall * down,
        })
    }

    fn place(&self, longitude: f64, latitude: f64) -> (f64, f64) {
        ((longitude - self.west) * self.across, (self.north - latitude) * self.down)
    }

    /// Whether a ring's box meets the map.
    fn meets(&self, ring: &[(f64, f64)]) -> bool {
        let mut bounds = (f64::MAX, f64::MAX, f64::MIN, f64::MIN);
        for &(x, y) in ring {
            bounds = (bounds.0.min(x), bounds.1.min(y), bounds.2.max(x), bounds.3.max(y));
        }
        bounds.0 < WIDTH && bounds.2 > 0.0 && bounds.1 < self.height && bounds.3 > 0.0
    }
}

/// The map of the points; nothing where there is none.
pub(super) fn map(points: &[Point], title: &str, description: &str) -> Markup {
    let Some(frame) = Frame::around(points) else { return html! {} };
    html! {
        svg.map viewBox=(format!("0 0 {WIDTH} {:.0}", frame.height)) role="img" aria-labelledby="map-title map-description" {
            title id="map-title" { (title) }
            desc id="map-description" { (description) }
            rect.sea x="0" y="0" width=(WIDTH) height=(format!("{:.0}", frame.height)) {}
            @for (code, path) in shapes(&frame) { path.land d=(path) data-country=(code) {} }
            @for point in points {
                @let (x, y) = frame.place(point.longitude, point.latitude);
                g.place {
                    circle class=(point.class()) cx=(format!("{x:.1}")) cy=(format!("{y:.1}")) r="9" {}
                    text.number x=(format!("{x:.1}")) y=(format!("{:.1}", y + 4.0)) text-anchor="middle" { (point.number) }
                }
            }
            @for (point, (x, y, anchor)) in points.iter().zip(labels(&frame, points)) {
                text.name x=(format!("{x:.1}")) y=(format!("{y:.1}")) text-anchor=(anchor) { (point.label) }
            }
        }
    }
}

/// Where each label stands: beside its point, on the side with room, moved down past one it would cover.
fn labels(frame: &Frame, points: &[Point]) -> Vec<(f64, f64, &'static str)> {
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    points
        .iter()
        .map(|point| {
            let (x, y) = frame.place(point.longitude, point.latitude);
            let width = point.label.chars().count() as f64 * 7.2;
            let right = x + 14.0 + width < WIDTH;
            let (at, anchor) = if right { (x + 13.0, "start") } else { (x - 13.0, "end") };
            let left = if right { at } else { at - width };
            let mut down = y + 4.5;
            while taken
                .iter()
                .any(|(l, r, other)| left < *r && *l < left + width && (down - other).abs() < 13.0)
            {
                down += 13.0;
            }
            taken.push((left, left + width, down));
            (at, down, anchor)
        })
        .collect()
}

/// The paths of the countries that the map shows, by code.
fn shapes(frame: &Frame) -> Vec<(&'static str, String)> {
    let world = &*WORLD;
    let mut paths = Vec::new();
    for (code, rings) in &world.countries {
        let mut path = String::new();
        for ring in rings {
            let placed: Vec<(f64, f64)> =
                points_of(ring, &world.arcs).map(|(x, y)| frame.place(x, y)).collect();
            if !frame.meets(&placed) {
                continue;
            }
            for (at, (x, y)) in placed.iter().enumerate() {
                let command = if at == 0 { 'M' } else { 'L' };
                // Writing to a string cannot fail.
                let _ = write!(
                    path,
                    "{command}{:.1} {:.1}",
                    x.clamp(-WIDTH, 2.0 * WIDTH),
                    y.clamp(-WIDTH, 2.0 * WIDTH)
                );
            }
            path.push('Z');
        }
        if !path.is_empty() {
            paths.push((code.as_str(), path));
        }
    }
    paths
}

fn points_of<'w>(ring: &'w [i64], arcs: &'w [Vec<(f64, f64)>]) -> impl Iterator<Item = (f64, f64)> + 'w {
    ring.iter().flat_map(move |&arc| {
        let backwards = arc < 0;
        let number = if backwards { !arc } else { arc };
        let points =
            usize::try_from(number).ok().and_then(|number| arcs.get(number)).map_or(&[][..], Vec::as_slice);
        let length = points.len();
        (0..length).map(move |at| if backwards { points[length - 1 - at] } else { points[at] })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(latitude: f64, longitude: f64, number: usize) -> Point {
        Point { latitude, longitude, number, label: format!("Place {number}"), colour: None }
    }

    #[test]
    fn the_embedded_map_is_whole() {
        assert!(WORLD.countries.len() > 150);
        let arcs = WORLD.arcs.len() as i64;
        for ring in WORLD.countries.values().flatten() {
            assert!(ring.iter().all(|&arc| if arc < 0 { !arc < arcs } else { arc < arcs }));
            let points: Vec<_> = points_of(ring, &WORLD.arcs).collect();
            assert_eq!(points.first(), points.last(), "a ring closes");
            assert!(points.iter().all(|(x, y)| x.abs() <= 180.01 && y.abs() <= 90.01));
        }
    }

    #[test]
    fn points_lie_inside_the_map_and_north_is_up() {
        let points = [point(-12.0, -77.0, 1), point(-16.5, -68.1, 2)];
        let frame = Frame::around(&points).unwrap();
        let placed: Vec<_> =
            points.iter().map(|point| frame.place(point.longitude, point.latitude)).collect();
        assert!(placed.iter().all(|&(x, y)| x > 0.0 && x < WIDTH && y > 0.0 && y < frame.height));
        assert!(placed[0].0 < placed[1].0 && placed[0].1 < placed[1].1);
        let codes: Vec<&str> = shapes(&frame).into_iter().map(|(code, _)| code).collect();
        assert!(codes.contains(&"PER") && codes.contains(&"BOL") && !codes.contains(&"NOR"), "{codes:?}");
    }

    #[test]
    fn no_point_gives_no_map() {
        assert_eq!(map(&[], "Map", "None").into_string(), "");
    }
}
