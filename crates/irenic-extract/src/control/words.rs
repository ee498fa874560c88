//! The lists of words of `rules/en/control.toml`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// The part of the file that holds lists; the frames are read elsewhere.
#[derive(Deserialize)]
struct File {
    lists: BTreeMap<String, String>,
}

static LISTS: LazyLock<HashMap<String, HashSet<String>>> = LazyLock::new(|| {
    let file: File = toml::from_str(super::RULES).expect("a test reads the embedded rules");
    let words = |list: String| list.split_whitespace().map(str::to_owned).collect();
    file.lists.into_iter().map(|(name, list)| (name, words(list))).collect()
});

/// Whether a list has a word, in lower case or with a capital.
pub(super) fn is_in(list: &str, word: &str) -> bool {
    let words = LISTS.get(list);
    debug_assert!(words.is_some(), "control.toml has no list {list}");
    words.is_some_and(|words| words.contains(word) || words.contains(word.to_lowercase().as_str()))
}
