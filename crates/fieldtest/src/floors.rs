//! The ratchet: for each gold corpus the figures that were once reached, and below which they must not fall.
//!
//! `floors.toml` beside this crate is the table. A person adds a check (its task, gold file and measures);
//! `cargo xtask floors` writes the figures, so that nobody types them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::files::read_toml;

/// How far a figure may fall below its floor, in points: figures are rounded, and a change that gains elsewhere may
/// cost a little here.
pub const SLACK: f64 = 0.5;

/// The table of checks.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// In the order of the file.
    #[serde(default)]
    pub check: Vec<Check>,
}

/// A gold corpus and what is measured on it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// What to call it.
    pub name: String,
    /// The subcommand of `fieldtest` that writes the response: `fieldtest TASK GOLD RESPONSE`.
    pub run: String,
    /// The scorer's name for the task; none where the subcommand itself writes its figures as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    /// The gold file, from the folder of benchmarks.
    pub gold: PathBuf,
    /// The scorer's figures to watch; parts are joined by a full stop, as in `relaxed.f1`.
    pub measures: Vec<String>,
    /// The figures reached, in percent, written by `cargo xtask floors`.
    #[serde(default)]
    pub floors: BTreeMap<String, f64>,
}

/// A figure that fell.
#[derive(Clone, Debug, PartialEq)]
pub struct Fall {
    /// The check's name and the measure.
    pub figure: String,
    /// What was reached once, in percent.
    pub floor: f64,
    /// What is reached now, in percent.
    pub now: f64,
}

impl Table {
    /// Where the table lies.
    #[must_use]
    pub fn path() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("floors.toml")
    }

    /// Reads the table.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or is no table of checks.
    pub fn read() -> Result<Self> {
        read_toml(&Self::path())
    }

    /// Writes the table.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn write(&self) -> Result<()> {
        const HEADER: &str = "# Figures reached on the gold corpora, in percent; a test fails when one falls by more than half a point.\n\
             # Add a check by hand without its floors, then run `cargo xtask floors NAME`.\n\n";
        let path = Self::path();
        let text = format!("{HEADER}{}", toml::to_string(self)?);
        std::fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
    }
}

/// The folder of gold corpora: in `$IRENIC_SHARED`, else in a folder `shared` beside a parent of this checkout.
#[must_use]
pub fn benchmarks() -> Option<PathBuf> {
    let named = std::env::var_os("IRENIC_SHARED").map(PathBuf::from);
    let parents = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|parent| parent.join("shared"));
    let folders = named.into_iter().chain(parents).map(|shared| shared.join("benchmarks"));
    folders.into_iter().find(|folder| folder.join("score.py").is_file())
}

impl Check {
    /// Runs the check's task with the `fieldtest` binary and scores it: its measures, in percent.
    ///
    /// # Errors
    ///
    /// If the gold file is missing, or the task or the scorer fails.
    pub fn measure(&self, fieldtest: &Path, benchmarks: &Path) -> Result<BTreeMap<String, f64>> {
        let gold = benchmarks.join(&self.gold);
        let folder = tempfile::tempdir()?;
        let response = folder.path().join("response");
        let status = Command::new(fieldtest).arg(&self.run).arg(&gold).arg(&response).status()?;
        if !status.success() {
            bail!("fieldtest {} failed on {}", self.run, gold.display());
        }
        let figures = match &self.task {
            Some(task) => scored(task, &gold, &response, benchmarks)?,
            None => serde_json::from_str(&std::fs::read_to_string(&response)?)?,
        };
        self.measures.iter().map(|measure| Ok((measure.clone(), figure(&figures, measure)?))).collect()
    }

    /// The figures that fell by more than [`SLACK`].
    ///
    /// ```
    /// use fieldtest::floors::Check;
    /// let mut check = Check {
    ///     name: "times".into(),
    ///     run: "times".into(),
    ///     task: Some("times".into()),
    ///     gold: "timex/some.jsonl".into(),
    ///     measures: vec!["value_f1".into()],
    ///     floors: [("value_f1".to_owned(), 70.0)].into(),
    /// };
    /// let now = |figure: f64| [("value_f1".to_owned(), figure)].into();
    /// assert!(check.falls(&now(69.6)).is_empty());
    /// assert_eq!(check.falls(&now(69.4))[0].floor, 70.0);
    /// ```
    #[must_use]
    pub fn falls(&self, now: &BTreeMap<String, f64>) -> Vec<Fall> {
        let fell = |(measure, &floor): (&String, &f64)| {
            let now = now.get(measure).copied().unwrap_or(0.0);
            let figure = format!("{} {measure}", self.name);
            (now < floor - SLACK).then_some(Fall { figure, floor, now })
        };
        self.floors.iter().filter_map(fell).collect()
    }
}

/// What the scorer makes of the response.
fn scored(task: &str, gold: &Path, response: &Path, benchmarks: &Path) -> Result<serde_json::Value> {
    let scorer = benchmarks.join("score.py");
    let output =
        Command::new("python3").arg(scorer).arg(task).args([gold, response]).arg("--json").output()?;
    if !output.status.success() {
        bail!("the scorer failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn figure(figures: &serde_json::Value, measure: &str) -> Result<f64> {
    let found = measure.split('.').try_fold(figures, |value, part| value.get(part));
    found.and_then(serde_json::Value::as_f64).with_context(|| format!("the scorer gives no figure {measure}"))
}
