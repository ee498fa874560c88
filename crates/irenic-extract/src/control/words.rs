//! The lists of words of `rules/en/control.toml`.

use super::ENGLISH;

/// Whether a list has a word, in lower case or with a capital.
pub(super) fn is_in(list: &str, word: &str) -> bool {
    ENGLISH.has(list, word) || ENGLISH.has(list, &word.to_lowercase())
}
