//! The words by which accounts tell who is meant, read from `rules/en/accounts.toml`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

pub(crate) static RULES: LazyLock<Rules> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../rules/en/accounts.toml")).expect("a test reads the embedded rules")
});

/// Lists of words in lower case; the file says what each is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rules {
    pub(crate) refers_back: HashSet<String>,
    pub(crate) before: HashSet<String>,
    pub(crate) papers: HashSet<String>,
    pub(crate) delegates: HashSet<String>,
    pub(crate) of_government: HashSet<String>,
    pub(crate) bodies: HashSet<String>,
    pub(crate) bands: HashSet<String>,
    pub(crate) civil: HashSet<String>,
    pub(crate) fillers: HashSet<String>,
    pub(crate) official: HashSet<String>,
    /// Capital words by which a body sets itself apart from whose name it bears.
    pub(crate) rivals: HashSet<String>,
    pub(crate) of_any_action: HashSet<String>,
}
