//! `irenic report`: the report as one page, or as a folder of pages where a folder is asked for.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use irenic::Reconstruction;

use crate::args::Question;
use crate::{Outcome, outcome, output, reconstruct};

pub(crate) fn run(question: &Question, target: Option<&Path>) -> Result<Outcome> {
    // What cannot be written is better known before the work than after it.
    check(target)?;
    let found = reconstruct(question)?;
    match target {
        None => std::io::stdout().lock().write_all(irenic_report::html::page(&found).as_bytes())?,
        Some(path) if is_folder(path) => pages(&found, path)?,
        Some(path) => page(&found, path)?,
    }
    Ok(outcome(&found))
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

fn check(target: Option<&Path>) -> Result<()> {
    let Some(path) = target else {
        if std::io::stdout().is_terminal() {
            bail!("the report is an HTML page, not for a terminal; name a file for it: -o report.html");
        }
        return Ok(());
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !is_folder(path) && !folder.is_dir()) {
        bail!(
            "{}: there is no folder {}; make it first, or choose another with -o",
            path.display(),
            folder.display()
        );
    }
    Ok(())
}

fn page(found: &Reconstruction, path: &Path) -> Result<()> {
    let bytes: usize = found.readings.iter().map(|reading| reading.document.text.len()).sum();
    if bytes > irenic_report::html::ONE_PAGE_BYTES_MAX {
        output::say("note: the texts are large for one page; `-o FOLDER/` writes a page for each document");
    }
    write(path, &irenic_report::html::page(found))?;
    output::say(&format!("{}: written", path.display()));
    Ok(())
}

fn pages(found: &Reconstruction, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| {
        format!("{}: the folder cannot be made; choose another with -o", folder.display())
    })?;
    irenic_report::html::pages(found).iter().try_for_each(|(name, page)| write(&folder.join(name), page))?;
    output::say(&format!("{}: written; open {}", folder.display(), folder.join("index.html").display()));
    Ok(())
}

fn write(path: &Path, page: &str) -> Result<()> {
    std::fs::write(path, page)
        .with_context(|| format!("{}: cannot be written; choose another place with -o", path.display()))
}
