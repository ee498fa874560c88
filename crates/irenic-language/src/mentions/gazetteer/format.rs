//! The gazetteer's file: how its bytes are laid out, and how a name's value is read.
//!
//! `IRGAZ1`, two zero bytes, four little-endian `u32` lengths, then four sections:
//!
//! 1. countries: three bytes a country, its ISO 3166 alpha-3 code;
//! 2. records: eight bytes a thing: kind, country's number plus one (0 for none), weight, length of the name in bytes,
//!    offset of the name in the next section;
//! 3. names: UTF-8, one after the other;
//! 4. the transducer from folded name to value. A value's low eight bits are [`WordFlags`]; the next four the number of
//!    senses; the rest the record's number where there is one sense, or the offset in the fifth section;
//! 5. senses, to the end of the file: `u32` record numbers.

use std::collections::BTreeMap;

use fst::Map;

const MAGIC: &[u8; 8] = b"IRGAZ1\0\0";
const RECORD: usize = 8;

/// What a name in the gazetteer names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum EntryKind {
    /// A state, or a territory with a code of its own.
    Country = 0,
    /// A people, or a country's adjective.
    People = 1,
    /// A faith and those who hold it.
    Religion = 2,
    /// A body of several states.
    Intergovernmental = 3,
    /// A body of a state.
    Government = 4,
    /// A state's forces.
    Military = 5,
    /// An armed group, or a movement that has one.
    Armed = 6,
    /// A political party.
    Party = 7,
    /// A humanitarian, human rights or research body.
    Civil = 8,
    /// A news organisation.
    Media = 9,
    /// A company.
    Company = 10,
    /// A region, a sea, a disputed territory.
    Region = 11,
    /// A capital.
    Capital = 12,
    /// A first-level administrative division.
    Division = 13,
    /// A city or town.
    City = 14,
}

impl EntryKind {
    /// Every kind, in the order in which a name's senses stand.
    pub const ALL: [Self; 15] = [
        Self::Country,
        Self::People,
        Self::Religion,
        Self::Intergovernmental,
        Self::Government,
        Self::Military,
        Self::Armed,
        Self::Party,
        Self::Civil,
        Self::Media,
        Self::Company,
        Self::Region,
        Self::Capital,
        Self::Division,
        Self::City,
    ];

    /// Whether it is a place, countries included.
    #[must_use]
    pub const fn is_place(self) -> bool {
        matches!(self, Self::Country | Self::Region | Self::Capital | Self::Division | Self::City)
    }

    /// Whether it is a people or a faith.
    #[must_use]
    pub const fn is_people(self) -> bool {
        matches!(self, Self::People | Self::Religion)
    }

    /// Whether it is an organisation.
    #[must_use]
    pub const fn is_organisation(self) -> bool {
        !self.is_place() && !self.is_people()
    }
}

/// What is known of a name's words apart from what it names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordFlags(u8);

impl WordFlags {
    /// Bit of [`WordFlags::common_word`].
    pub const COMMON: u8 = 1;
    /// Bit of [`WordFlags::given_name`].
    pub const GIVEN: u8 = 2;
    /// Bit of [`WordFlags::surname`].
    pub const SURNAME: u8 = 4;

    /// Flags from their bits.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// An everyday English word, written in lower case.
    #[must_use]
    pub const fn common_word(self) -> bool {
        self.0 & Self::COMMON != 0
    }

    /// A given name somewhere in the world.
    #[must_use]
    pub const fn given_name(self) -> bool {
        self.0 & Self::GIVEN != 0
    }

    /// A surname somewhere in the world.
    #[must_use]
    pub const fn surname(self) -> bool {
        self.0 & Self::SURNAME != 0
    }
}

/// Why bytes are not a gazetteer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatError(&'static str);

impl std::fmt::Display for FormatError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not a gazetteer: {}", self.0)
    }
}

impl std::error::Error for FormatError {}

#[derive(Clone, Copy)]
pub(super) struct Sections<'a> {
    pub(super) names: &'a Map<&'a [u8]>,
    countries: &'a [u8],
    records: &'a [u8],
    strings: &'a str,
    senses: &'a [u8],
}

pub(super) struct Record {
    pub(super) kind: EntryKind,
    pub(super) country: Option<&'static str>,
    pub(super) weight: u8,
    pub(super) name: &'static str,
}

pub(super) fn sections(bytes: &'static [u8]) -> Result<Sections<'static>, FormatError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(FormatError("it does not begin as one"))?;
    let (countries, rest) = section(rest, 0, bytes)?;
    let (records, rest) = section(rest, 1, bytes)?;
    let (strings, rest) = section(rest, 2, bytes)?;
    let (transducer, senses) = section(rest, 3, bytes)?;
    let names = Map::new(transducer).map_err(|_| FormatError("its transducer is damaged"))?;
    Ok(Sections {
        // One gazetteer a process: the transducer's header lives as long as the bytes it reads.
        names: Box::leak(Box::new(names)),
        countries,
        records,
        strings: std::str::from_utf8(strings).map_err(|_| FormatError("its names are not UTF-8"))?,
        senses,
    })
}

/// The section with the given number, whose bytes stand first in `rest` once the lengths have been passed.
fn section<'a>(rest: &'a [u8], number: usize, whole: &[u8]) -> Result<(&'a [u8], &'a [u8]), FormatError> {
    let short = FormatError("it ends early");
    let length = u32_at(whole, MAGIC.len() + 4 * number).ok_or(short.clone())? as usize;
    let rest = if number == 0 { rest.get(16..).ok_or(short.clone())? } else { rest };
    rest.split_at_checked(length).ok_or(short)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

pub(super) fn sense_ids(sections: Sections<'static>, value: u64) -> impl Iterator<Item = u32> {
    let count = (value >> 8 & 15) as usize;
    let first = (value >> 12) as usize;
    (0..count).filter_map(move |at| match count {
        1 => u32::try_from(first).ok(),
        _ => u32_at(sections.senses, 4 * (first + at)),
    })
}

pub(super) fn record(sections: Sections<'static>, id: u32) -> Option<Record> {
    let at = id as usize * RECORD;
    let bytes = sections.records.get(at..at + RECORD)?;
    let country = bytes[1].checked_sub(1).and_then(|number| {
        let at = 3 * usize::from(number);
        std::str::from_utf8(sections.countries.get(at..at + 3)?).ok()
    });
    let name = u32_at(bytes, 4)? as usize;
    Some(Record {
        kind: *EntryKind::ALL.get(usize::from(bytes[0]))?,
        country,
        weight: bytes[2],
        name: sections.strings.get(name..name + usize::from(bytes[3]))?,
    })
}

/// Puts a gazetteer's sections together: what `sections` takes apart.
///
/// `names` are (folded name, flags, record numbers) in ascending order of name; at most fifteen senses a name count.
///
/// # Errors
///
/// If the names are out of order.
pub fn encode(
    countries: &[String],
    records: &[(EntryKind, Option<usize>, u8, String)],
    names: &[(String, u8, Vec<u32>)],
) -> Result<Vec<u8>, fst::Error> {
    let country_bytes: Vec<u8> = countries.iter().flat_map(|code| code.bytes()).collect();
    let (mut record_bytes, mut strings, mut senses) = (Vec::new(), Vec::new(), Vec::new());
    let mut places: BTreeMap<&str, u32> = BTreeMap::new();
    for (kind, country, weight, name) in records {
        let country = country.map_or(0, |number| number as u8 + 1);
        let place = *places.entry(name).or_insert_with(|| {
            strings.extend(name.bytes());
            (strings.len() - name.len()) as u32
        });
        record_bytes.extend([*kind as u8, country, *weight, name.len() as u8]);
        record_bytes.extend(place.to_le_bytes());
    }
    let mut builder = fst::MapBuilder::memory();
    for (name, flags, ids) in names {
        let ids = &ids[..ids.len().min(15)];
        let place = match ids {
            [] => 0,
            [only] => *only,
            _ => (senses.len() / 4) as u32,
        };
        if ids.len() > 1 {
            senses.extend(ids.iter().flat_map(|id| id.to_le_bytes()));
        }
        builder.insert(name, u64::from(place) << 12 | (ids.len() as u64) << 8 | u64::from(*flags))?;
    }
    let transducer = builder.into_inner()?;
    let mut out = MAGIC.to_vec();
    for section in [&country_bytes, &record_bytes, &strings, &transducer] {
        out.extend((section.len() as u32).to_le_bytes());
    }
    for section in [country_bytes, record_bytes, strings, transducer, senses] {
        out.extend(section);
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_bytes_are_refused() {
        for bytes in [&b""[..], b"IRGAZ1\0\0", b"IRGAZ1\0\0\xff\xff\xff\xff"] {
            assert!(sections(bytes).is_err());
        }
    }
}
