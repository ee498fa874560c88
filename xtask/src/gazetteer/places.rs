//! Cities and first-level divisions from packages that carry GeoNames.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use irenic_language::mentions::fold::folded;
use irenic_language::mentions::{Coordinates, EntryKind, WordFlags};
use serde_json::Value;

use super::tables::Codes;
use super::{Builder, read};

/// From how many inhabitants on a place is kept, and from how many with its other names too.
#[derive(Clone, Copy)]
struct Sizes {
    kept_min: u64,
    alternatives_min: u64,
}

/// Most of the world: small towns are where conflicts are reported from, and often have two names.
const EVERYWHERE: Sizes = Sizes { kept_min: 5_000, alternatives_min: 15_000 };

/// Where villages are reported from too.
const OFTEN: Sizes = Sizes { kept_min: 500, alternatives_min: 500 };

/// Where [`OFTEN`] holds, by ISO 3166 alpha-2 code: states with an armed conflict since 1989 whose villages GeoNames
/// lists with their population, and few enough of them.
const OFTEN_COUNTRIES: [&str; 30] = [
    "AF", "AM", "AZ", "BA", "BF", "CD", "CF", "CO", "ER", "ET", "GE", "GT", "IQ", "LB", "LK", "LY", "ML",
    "MM", "NE", "NI", "PS", "SD", "SO", "SS", "SV", "SY", "TD", "TJ", "XK", "YE",
];

/// Countries whose small towns would fill half the file and are seldom in such reports.
const SELDOM: Sizes = Sizes { kept_min: 20_000, alternatives_min: 150_000 };

/// Where [`SELDOM`] holds, by ISO 3166 alpha-2 code.
const SELDOM_COUNTRIES: [&str; 24] = [
    "AT", "AU", "BE", "BR", "CA", "CH", "CN", "CZ", "DE", "DK", "ES", "FI", "FR", "GB", "IT", "JP", "KR",
    "NL", "NO", "NZ", "PL", "PT", "SE", "US",
];

/// Generic words around a division's name, by which texts do not always call it.
const GENERIC: [&str; 22] = [
    " Province",
    " Governorate",
    " Region",
    " State",
    " District",
    " Oblast",
    " Oblast’",
    " Oblast'",
    " Department",
    " County",
    " Prefecture",
    " Krai",
    " Municipality",
    " Parish",
    " Division",
    " Territory",
    " Republic",
    " Voivodeship",
    " Canton",
    " Island",
    " Islands",
    " City",
];

/// The record of each first-level division, by GeoNames' code: `CC.NN`.
pub(super) type Divisions = BTreeMap<String, u32>;

pub(super) fn add_divisions(builder: &mut Builder, package: &Path, codes: &Codes) -> Result<Divisions> {
    let mut by_code = Divisions::new();
    let divisions: Vec<Value> = serde_json::from_str(&read(&package.join("admin1.json"))?)?;
    for division in &divisions {
        let (Some(code), Some(name)) = (division["code"].as_str(), division["name"].as_str()) else {
            continue;
        };
        let Some((iso3, _)) = code.split('.').next().and_then(|iso2| codes.get(iso2)) else { continue };
        let country = builder.country(iso3);
        let short = GENERIC.iter().find_map(|generic| name.strip_suffix(generic)).unwrap_or(name);
        let id = builder.record(EntryKind::Division, country, 500_000, short);
        builder.name(name, id, false);
        builder.name(short, id, false);
        by_code.insert(code.to_owned(), id);
    }
    Ok(by_code)
}

pub(super) fn add_cities(
    builder: &mut Builder,
    data: &Path,
    codes: &Codes,
    divisions: &Divisions,
) -> Result<()> {
    let cities: BTreeMap<u64, Value> = serde_json::from_str(&read(&data.join("cities500.json"))?)?;
    for city in cities.values() {
        let field = |name: &str| city[name].as_str().unwrap_or_default();
        let Some((iso3, capital)) = codes.get(field("countrycode")) else { continue };
        let (name, population) = (field("name"), city["population"].as_u64().unwrap_or(0));
        let sizes = sizes_in(field("countrycode"));
        if population < sizes.kept_min {
            continue;
        }
        let country = builder.country(iso3);
        let is_capital = folded(name) == folded(capital) && population >= EVERYWHERE.alternatives_min;
        let kind = if is_capital { EntryKind::Capital } else { EntryKind::City };
        let id = builder.record(kind, country, population, name);
        builder.points.extend(point(city).map(|point| (id, point)));
        builder.name(name, id, false);
        if population >= sizes.alternatives_min {
            let others = city["alternatenames"].as_array().into_iter().flatten().filter_map(Value::as_str);
            for other in others.filter(|other| is_name(other) && !is_inflected(other, name)) {
                if !builder.has_flag(other, WordFlags::COMMON | WordFlags::GIVEN) {
                    builder.name(other, id, true);
                }
            }
        }
    }
    add_middles(builder, &cities, divisions);
    Ok(())
}

fn point(city: &Value) -> Option<Coordinates> {
    Some(Coordinates { latitude: city["latitude"].as_f64()?, longitude: city["longitude"].as_f64()? })
}

/// A division lies in the middle of its cities; one that crosses the date line is left without a point.
fn add_middles(builder: &mut Builder, cities: &BTreeMap<u64, Value>, divisions: &Divisions) {
    let mut points: BTreeMap<u32, Vec<Coordinates>> = BTreeMap::new();
    for city in cities.values() {
        let field = |name: &str| city[name].as_str().unwrap_or_default();
        let code = format!("{}.{}", field("countrycode"), field("admin1code"));
        if let (Some(&id), Some(point)) = (divisions.get(&code), point(city)) {
            points.entry(id).or_default().push(point);
        }
    }
    for (id, points) in points {
        let count = points.len() as f64;
        let east = points.iter().map(|point| point.longitude).fold(f64::MIN, f64::max);
        let west = points.iter().map(|point| point.longitude).fold(f64::MAX, f64::min);
        let latitude = points.iter().map(|point| point.latitude).sum::<f64>() / count;
        let longitude = points.iter().map(|point| point.longitude).sum::<f64>() / count;
        if east - west < 180.0 {
            builder.points.insert(id, Coordinates { latitude, longitude });
        }
    }
}

fn sizes_in(iso2: &str) -> Sizes {
    if SELDOM_COUNTRIES.contains(&iso2) {
        SELDOM
    } else if OFTEN_COUNTRIES.contains(&iso2) {
        OFTEN
    } else {
        EVERYWHERE
    }
}

/// Whether an alternative name may stand in an English text: capitalised, in Latin letters without accents, and long
/// enough not to be a code.
fn is_name(name: &str) -> bool {
    let mut chars = name.chars();
    name.len() >= 4
        && chars.next().is_some_and(|c| c.is_ascii_uppercase())
        && chars.all(|c| c.is_ascii_alphabetic() || matches!(c, ' ' | '-' | '\''))
        && name.chars().any(|c| c.is_ascii_lowercase())
}

/// Whether an alternative is the name itself with another ending, as Baltic languages and Esperanto write it.
fn is_inflected(other: &str, name: &str) -> bool {
    let (other, mut stem) = (folded(other), folded(name));
    stem.pop();
    other.strip_prefix(&stem).is_some_and(|ending| ending.len() <= 3 && !ending.contains(' '))
}
