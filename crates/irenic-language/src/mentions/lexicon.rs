//! The words that tell what a name stands for, read from `rules/en/mention-words.toml`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

static RULES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/en/mention-words.toml"));

/// A class of words in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum WordClass {
    Title,
    Role,
    Person,
    People,
    Armed,
    Organisation,
    Place,
    Weapon,
    Saying,
    Movement,
    Particle,
    Calendar,
    Undertaking,
}

impl WordClass {
    const ALL: [(Self, &'static str); 13] = [
        (Self::Title, "title"),
        (Self::Role, "role"),
        (Self::Person, "person"),
        (Self::People, "people"),
        (Self::Armed, "armed"),
        (Self::Organisation, "organisation"),
        (Self::Place, "place"),
        (Self::Weapon, "weapon"),
        (Self::Saying, "saying"),
        (Self::Movement, "movement"),
        (Self::Particle, "particle"),
        (Self::Calendar, "calendar"),
        (Self::Undertaking, "undertaking"),
    ];
}

/// The classes of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct WordClasses(u16);

impl WordClasses {
    pub(super) const fn has(self, class: WordClass) -> bool {
        self.0 & (1 << class as u8) != 0
    }

    /// The classes of things, as one number: verbs and small words left out.
    pub(super) const fn nominal(self) -> u16 {
        self.0 & 0xff
    }

    pub(super) const fn bits(self) -> u16 {
        self.0
    }
}

#[derive(Deserialize)]
struct Rules {
    class: Vec<Class>,
}

/// A class as the file has it.
#[derive(Deserialize)]
struct Class {
    name: String,
    words: String,
    #[cfg(test)]
    #[serde(default)]
    examples: Vec<String>,
    #[cfg(test)]
    #[serde(default)]
    counter_examples: Vec<CounterExample>,
}

/// A sentence in which nothing of a kind may be found.
#[cfg(test)]
#[derive(Deserialize)]
pub(super) struct CounterExample {
    pub(super) kind: String,
    pub(super) text: String,
}

/// Lower-case words to their classes.
pub(super) struct Lexicon {
    words: FxHashMap<String, WordClasses>,
}

impl Lexicon {
    /// The lexicon that is built in.
    pub(super) fn embedded() -> &'static Self {
        static LOADED: OnceLock<Lexicon> = OnceLock::new();
        LOADED.get_or_init(|| Self::from_rules(&rules()))
    }

    fn from_rules(rules: &Rules) -> Self {
        let mut words: FxHashMap<String, WordClasses> = FxHashMap::default();
        for class in &rules.class {
            let known = WordClass::ALL.iter().find(|(_, name)| *name == class.name);
            let (kind, _) = known.expect("a test checks the names of the classes");
            for word in class.words.split_whitespace() {
                words.entry(word.to_owned()).or_default().0 |= 1 << *kind as u8;
            }
        }
        Self { words }
    }

    /// The classes of a word in lower case.
    pub(super) fn classes(&self, lower: &str) -> WordClasses {
        self.words.get(lower).copied().unwrap_or_default()
    }
}

fn rules() -> Rules {
    toml::from_str(RULES).expect("a test reads the embedded rules")
}

/// The examples and counter-examples of every class.
#[cfg(test)]
pub(super) fn examples() -> (Vec<String>, Vec<CounterExample>) {
    let (mut examples, mut counter_examples) = (Vec::new(), Vec::new());
    for class in rules().class {
        examples.extend(class.examples);
        counter_examples.extend(class.counter_examples);
    }
    (examples, counter_examples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_in_the_file() {
        let names: Vec<String> = rules().class.into_iter().map(|class| class.name).collect();
        let known: Vec<&str> = WordClass::ALL.iter().map(|(_, name)| *name).collect();
        assert_eq!(names, known);
    }

    #[test]
    fn words_have_their_classes() {
        let lexicon = Lexicon::embedded();
        assert!(lexicon.classes("colonel").has(WordClass::Title));
        assert!(lexicon.classes("rebels").has(WordClass::Armed));
        assert!(lexicon.classes("village").has(WordClass::Place));
        assert_eq!(lexicon.classes("teapot"), WordClasses::default());
    }
}
