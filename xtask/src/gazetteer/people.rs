//! Given names and surnames of many countries, from a package of invented test data.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use irenic_language::mentions::WordFlags;

use super::{Builder, read};

pub(super) fn add(builder: &mut Builder, locales: &Path) -> Result<()> {
    let mut folders: Vec<_> = fs::read_dir(locales)
        .with_context(|| format!("reading {}", locales.display()))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    folders.sort();
    for folder in folders.iter().filter(|folder| folder.join("__init__.py").is_file()) {
        add_locale(builder, &read(&folder.join("__init__.py"))?);
    }
    Ok(())
}

/// Reads the lists of one locale's source: a line that assigns to a variable opens a list, the literals below fill it.
fn add_locale(builder: &mut Builder, source: &str) {
    let mut flag = 0;
    for line in source.lines() {
        if let Some((variable, _)) = line.split_once('=').filter(|(left, _)| !left.contains(['"', '(', '#']))
        {
            flag = match variable {
                _ if variable.contains("first_name") => WordFlags::GIVEN,
                _ if variable.contains("last_name") => WordFlags::SURNAME,
                _ => 0,
            };
        }
        if flag == 0 {
            continue;
        }
        for literal in line.split('"').skip(1).step_by(2) {
            let name = romanised(literal);
            let letters = name.chars().all(|c| c.is_alphabetic() && (c.is_ascii() || c < '\u{250}'));
            if letters && name.chars().count() >= 3 && name.starts_with(char::is_uppercase) {
                builder.flag(&name, flag);
            }
        }
    }
}

/// A name in Cyrillic, Armenian or Georgian letters as English newspapers spell it; others as they are.
fn romanised(name: &str) -> String {
    let mut latin = String::new();
    for c in name.chars() {
        match letter(c) {
            Some(letters) => latin.push_str(letters),
            None => latin.extend(c.to_lowercase()),
        }
    }
    let first = name.chars().next();
    let capital = first.is_some_and(|c| c.is_uppercase() || ('\u{10d0}'..='\u{10ff}').contains(&c));
    let mut chars = latin.chars();
    match chars.next() {
        Some(c) if capital => c.to_uppercase().chain(chars).collect(),
        _ => latin,
    }
}

fn letter(c: char) -> Option<&'static str> {
    const FROM: &str = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ\
                        աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ\
                        აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ";
    const TO: [&str; 108] = [
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
        "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "yo", "i", "yi", "ye",
        "g", //
        "a", "b", "g", "d", "e", "z", "e", "y", "t", "zh", "i", "l", "kh", "ts", "k", "h", "dz", "gh", "ch",
        "m", "y", "n", "sh", "o", "ch", "p", "j", "r", "s", "v", "t", "r", "ts", "v", "p", "k", "o",
        "f", //
        "a", "b", "g", "d", "e", "v", "z", "t", "i", "k", "l", "m", "n", "o", "p", "zh", "r", "s", "t", "u",
        "p", "k", "gh", "q", "sh", "ch", "ts", "dz", "ts", "ch", "kh", "j", "h",
    ];
    let lower = c.to_lowercase().next()?;
    FROM.chars().position(|from| from == lower).map(|at| TO[at])
}
