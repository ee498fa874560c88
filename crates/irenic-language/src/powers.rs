//! Who governs and who bears arms, by words that are nobody's name: "the regime", "troops", "the rebels".
//!
//! The words are data (`rules/en/powers.toml`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

static WORDS: LazyLock<FxHashMap<String, Power>> = LazyLock::new(|| {
    let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/en/powers.toml"));
    let lists: Lists = toml::from_str(rules).expect("a test reads the rules that are built in");
    lists.into_words().collect()
});

/// What a word tells of who governs or bears arms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Power {
    /// A body that governs: "regime".
    Government,
    /// What states alone keep: "army", "police".
    Service,
    /// Those who serve in it: "troops".
    Soldiers,
    /// What forces are parted into, those of a state and of bands alike: "battalion".
    Unit,
    /// People in arms against a government: "rebels".
    Rebels,
}

impl Power {
    /// What a word in lower case tells; `None` where it tells nothing of the kind.
    ///
    /// ```
    /// use irenic_language::Power;
    /// assert_eq!(Power::of("troops"), Some(Power::Soldiers));
    /// assert_eq!(Power::of("bakers"), None);
    /// ```
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        WORDS.get(word).copied()
    }

    /// Whether it is a state's and nobody else's.
    #[must_use]
    pub const fn is_of_state(self) -> bool {
        matches!(self, Self::Government | Self::Service | Self::Soldiers)
    }

    /// Whether it bears arms as a state's forces do.
    #[must_use]
    pub const fn is_regular(self) -> bool {
        matches!(self, Self::Service | Self::Soldiers | Self::Unit)
    }
}

/// The lists as the file has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    government: Vec<String>,
    service: Vec<String>,
    soldiers: Vec<String>,
    unit: Vec<String>,
    rebels: Vec<String>,
}

impl Lists {
    fn into_words(self) -> impl Iterator<Item = (String, Power)> {
        let lists = [
            (self.government, Power::Government),
            (self.service, Power::Service),
            (self.soldiers, Power::Soldiers),
            (self.unit, Power::Unit),
            (self.rebels, Power::Rebels),
        ];
        lists.into_iter().flat_map(|(words, power)| words.into_iter().map(move |word| (word, power)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_in_two_lists() {
        let rules = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/en/powers.toml"));
        let lists: Lists = toml::from_str(rules).expect("the file is as the code has it");
        assert_eq!(lists.into_words().count(), WORDS.len());
    }

    #[test]
    fn words_tell_who_has_power() {
        for (word, of_state, regular) in [
            ("junta", true, false),
            ("police", true, true),
            ("brigade", false, true),
            ("rebels", false, false),
        ] {
            let power = Power::of(word).expect("it is in the lists");
            assert_eq!((power.is_of_state(), power.is_regular()), (of_state, regular), "{word}");
        }
        assert_eq!(Power::of("Army"), None);
    }
}
