//! One partisan essay of the shared folder, read alone, against what a person read in it. Skipped where the folder is
//! not there.

#![allow(clippy::print_stderr, reason = "a test says what it skips")]

use std::path::{Path, PathBuf};

use irenic::{Engine, Knowledge};
use irenic_model::{Document, Extraction};
use irenic_read::{ReadConfig, read_bytes};

fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("IRENIC_SHARED").map(PathBuf::from);
    let beside = || {
        let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        above.map(|folder| folder.join("shared")).find(|folder| folder.join("documents").is_dir())
    };
    named.filter(|folder| folder.is_dir()).or_else(beside)
}

fn essay() -> Option<(Document, Extraction)> {
    let Some(folder) = shared() else {
        eprintln!("skipped: no shared folder; set IRENIC_SHARED");
        return None;
    };
    let bytes = std::fs::read(folder.join("documents/pashayeva_2023_closing_the_circle.txt")).ok()?;
    let document = read_bytes("essay.txt", &bytes, &ReadConfig::default()).expect("the essay is readable");
    let found = Engine::new().extract(&document, &Knowledge::default());
    Some((document, found))
}

#[test]
fn its_citations() {
    let Some((document, found)) = essay() else { return };
    let markers: Vec<&str> = found.citations.iter().map(|citation| citation.marker.as_str()).collect();
    let expected: Vec<String> = (1..=17).map(|number| format!("[{number}]")).collect();
    assert_eq!(markers, expected);
    for citation in &found.citations {
        let note = citation.note.expect("each mark has its note").of(&document.text);
        assert!(note.starts_with(&citation.marker), "{note}");
        assert!(citation.title.is_some(), "{note}");
        if let Some(address) = &citation.url {
            assert!(note.contains(address.as_str()), "{address}");
        }
    }
    assert_eq!(found.citations.iter().filter(|citation| citation.url.is_some()).count(), 15);
    // All but one of the notes name a date; the address of that one does.
    assert_eq!(found.citations.iter().filter(|citation| citation.date.is_some()).count(), 16);
}
