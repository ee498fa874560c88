//! The hand-written tables beside the gazetteer: countries' adjectives and other names, peoples, bodies, regions.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use irenic_language::mentions::EntryKind;
use serde_json::Value;

use super::{Builder, read};

/// Two-letter code to three-letter code and the capital's name.
pub(super) type Codes = BTreeMap<String, (String, String)>;

pub(super) fn add_countries(builder: &mut Builder, data: &Path, models: &Path) -> Result<Codes> {
    let geonames: BTreeMap<String, Value> = serde_json::from_str(&read(&data.join("countries.json"))?)?;
    let mut codes = Codes::new();
    let mut ids = BTreeMap::new();
    for (iso2, country) in &geonames {
        let field = |name: &str| country[name].as_str().unwrap_or_default().to_owned();
        let iso3 = field("iso3");
        let number = builder.country(&iso3);
        let population = country["population"].as_u64().unwrap_or(0);
        let id = builder.record(EntryKind::Country, number, population, &field("name"));
        builder.name(&field("name"), id, false);
        ids.insert(iso3.clone(), id);
        codes.insert(iso2.clone(), (iso3, field("capital")));
    }
    for row in rows(&read(&models.join("countries.tsv"))?, 6)? {
        let [iso3, adjectives, people, names, _, former] = &row[..] else { bail!("six columns") };
        let id = *ids.get(&iso3[0]).with_context(|| format!("no country {}", iso3[0]))?;
        names.iter().for_each(|name| builder.name(name, id, false));
        let number = builder.country(&iso3[0]);
        // A state that is no more is a thing of its own, under the code of its successor.
        for names in former.iter().map(|group| group.split('=').collect::<Vec<_>>()) {
            let state = builder.record(EntryKind::Country, number, 0, names[0]);
            names.iter().for_each(|name| builder.name(name, state, false));
        }
        let Some(first) = adjectives.first() else { continue };
        let adjective = builder.record(EntryKind::People, number, 0, first);
        adjectives.iter().chain(people).for_each(|name| builder.name(name, adjective, false));
        let plurals = adjectives.iter().filter(|word| word.ends_with(['n', 'i', 'k', 'b', 't', 'h']));
        if people.is_empty() {
            plurals.for_each(|word| builder.name(&format!("{word}s"), adjective, false));
        }
    }
    Ok(codes)
}

/// Capitals and the like that no other table has; they come last.
pub(super) fn add_metonyms(builder: &mut Builder, models: &Path) -> Result<()> {
    for row in rows(&read(&models.join("countries.tsv"))?, 6)? {
        let number = builder.country(&row[0][0]);
        for metonym in row[4].iter().filter(|name| !builder.is_known(name)).cloned().collect::<Vec<_>>() {
            let capital = builder.record(EntryKind::Capital, number, 0, &metonym);
            builder.name(&metonym, capital, false);
        }
    }
    Ok(())
}

pub(super) fn add_peoples(builder: &mut Builder, models: &Path) -> Result<()> {
    for row in rows(&read(&models.join("peoples.tsv"))?, 3)? {
        let kind = if row[1][0] == "religion" { EntryKind::Religion } else { EntryKind::People };
        add_row(builder, kind, &row[0], &row[2]);
    }
    Ok(())
}

pub(super) fn add_regions(builder: &mut Builder, models: &Path) -> Result<()> {
    for row in rows(&read(&models.join("regions.tsv"))?, 2)? {
        add_row(builder, EntryKind::Region, &row[0], &row[1]);
    }
    Ok(())
}

pub(super) fn add_organisations(builder: &mut Builder, models: &Path) -> Result<()> {
    for row in rows(&read(&models.join("organisations.tsv"))?, 3)? {
        let kind = match row[1][0].as_str() {
            "igo" => EntryKind::Intergovernmental,
            "government" => EntryKind::Government,
            "military" => EntryKind::Military,
            "armed" => EntryKind::Armed,
            "party" => EntryKind::Party,
            "ngo" => EntryKind::Civil,
            "media" => EntryKind::Media,
            "company" => EntryKind::Company,
            other => bail!("no kind of organisation is called {other}"),
        };
        add_row(builder, kind, &row[0], &row[2]);
    }
    Ok(())
}

fn add_row(builder: &mut Builder, kind: EntryKind, names: &[String], iso3: &[String]) {
    let number = iso3.first().and_then(|code| builder.country(code));
    let id = builder.record(kind, number, 0, &names[0]);
    names.iter().for_each(|name| builder.name(name, id, false));
}

/// The rows of a table below its header; cells split at `|`, empty cells empty.
fn rows(table: &str, columns: usize) -> Result<Vec<Vec<Vec<String>>>> {
    let mut rows = Vec::new();
    for line in table.lines().skip(1) {
        let split = |cell: &str| cell.split('|').filter(|s| !s.is_empty()).map(str::to_owned).collect();
        let mut row: Vec<Vec<String>> = line.split('\t').map(split).collect();
        if row.len() > columns || row[0].is_empty() {
            bail!("a row of {columns} columns: {line}");
        }
        row.resize(columns, Vec::new());
        rows.push(row);
    }
    Ok(rows)
}
