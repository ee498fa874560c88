//! Hostile and broken input: each ends in a clear error or a right result.

mod support;

use std::fs;
use std::path::Path;

use irenic_model::{BlockKind, Document};
use irenic_read::{FoundKind, ReadConfig, ReadError, find, read_bytes, read_corpus, read_file, read_path};

fn read(id: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    let read = read_bytes(id, bytes, &ReadConfig::default());
    if let Ok(document) = &read {
        support::check(document);
    }
    read
}

/// Bytes without a pattern, the same at each run.
fn junk(count: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as u8
    };
    (0..count).map(|_| next()).collect()
}

#[test]
fn files_that_are_not_what_they_say() {
    let bytes = junk(50_000);
    type Case<'b> = (&'b str, &'b [u8], fn(&ReadError) -> bool);
    let cases: [Case<'_>; 9] = [
        ("empty.txt", b"", ReadError::is_empty),
        ("blank.md", b" \n\n\t", ReadError::is_empty),
        ("junk.txt", &bytes, ReadError::is_binary),
        ("junk.md", &bytes, ReadError::is_binary),
        ("junk.html", &bytes, ReadError::is_binary),
        ("junk.pdf", &bytes, ReadError::is_damaged),
        ("junk.docx", &bytes, ReadError::is_damaged),
        ("picture.png", b"\x89PNG", ReadError::is_unknown_format),
        ("page.html", b"<html><body><script>x</script></body></html>", ReadError::is_empty),
    ];
    for (id, bytes, is_expected) in cases {
        let error = read(id, bytes).expect_err(id);
        assert!(is_expected(&error), "{error}");
        assert!(
            error.to_string().starts_with(id) && error.to_string().contains("; "),
            "names file and cure: {error}"
        );
    }
}

#[test]
fn a_name_does_not_hide_the_format() {
    let error = read("report.txt", b"%PDF-1.7 cut off").expect_err("no PDF");
    assert!(error.is_damaged() && error.to_string().contains("PDF"), "{error}");
}

#[test]
fn invalid_utf8_is_replaced_and_said() {
    let document = read("a.txt", b"\xc5\x9eu\xc5\x9fa fell \xff on 9 May.\n").expect("text");
    assert!(document.text.contains('\u{fffd}'));
    assert_eq!(document.diagnostics[0].code, "read.replaced");
}

#[test]
fn twenty_megabytes_of_text() {
    let line = "The sides met again on the bridge and agreed on nothing at all.\n\n";
    let text = line.repeat((20 << 20) / line.len());
    let document = read("long.txt", text.as_bytes()).expect("text");
    assert_eq!(document.text.len(), text.len());
    assert_eq!(document.blocks.len(), text.len() / line.len());
    for one in [" ", "\"", "[1]", "[", "a", "é\n", "1. x\n", "- x\n", "¹"] {
        let text = one.repeat((2 << 20) / one.len());
        assert!(
            read("odd.txt", text.as_bytes()).is_ok_and(|document| document.text == text) || one == " ",
            "{one:?}"
        );
    }
}

/// A hundred megabytes are no document: it is said at once, and nothing is worked out from them.
#[test]
fn a_text_too_long_for_one_document() {
    let line = "The sides met again on the bridge and agreed on nothing at all.\n\n";
    let text = line.repeat((100 << 20) / line.len());
    let error = read("long.txt", text.as_bytes()).expect_err("too long");
    assert!(error.is_too_large() && error.to_string().contains("24 MB"), "{error}");
    let config = ReadConfig { text_bytes_max: 100, ..ReadConfig::default() };
    for id in ["long.md", "long.html", "long.txt"] {
        let error = read_bytes(id, &text.as_bytes()[..150], &config).expect_err(id);
        assert!(error.is_too_large() && error.to_string().contains("100 bytes"), "{error}");
    }
}

#[test]
fn pages_that_nest_or_never_end() {
    let cases = [
        "<div>".repeat(100_000) + "words",
        "<b><p>".repeat(50_000) + "words",
        (0..20_000).map(|at| format!("<font size={at}><p>x")).collect::<String>() + "words",
        "<table><tr><td>".repeat(20_000) + "words",
        "<ul><li>".repeat(20_000) + "words",
        "<!--".repeat(100_000),
        "<".repeat(200_000) + "words",
        "<a href='#x'>".repeat(50_000) + "words",
        "<svg><math>".repeat(20_000) + "words",
    ];
    for html in cases {
        let kept = read("a.html", html.as_bytes());
        assert!(kept.is_ok() || kept.is_err_and(|error| error.is_empty()), "{}", &html[..20]);
    }
}

#[test]
fn markdown_that_nests_or_never_ends() {
    for one in
        ["> ", "- ", "* ", "[", "![", "`", "**", "_a ", "[^1]: ", "| a ", "<div>", "    ", "[a](", "\\", "&#"]
    {
        let text = one.repeat(30_000) + "words";
        let kept = read("a.md", text.as_bytes());
        assert!(kept.is_ok() || kept.is_err_and(|error| error.is_empty()), "{one:?}");
    }
}

#[test]
fn a_folder_is_walked_in_order_and_told_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("inside")).expect("made");
        fs::write(path, text).expect("written");
    };
    for name in ["b.txt", "a/z.md", "a.html", "a/events.csv", "corpus.jsonl", "conflict.toml"] {
        write(name, "Words that were said.");
    }
    for name in ["photo.png", ".hidden.txt", "README.md", "a/.git/x.txt"] {
        write(name, "x");
    }
    write("empty.txt", "");
    let readings = read_path(folder.path(), &ReadConfig::default()).expect("walked");
    let id = |read: &Result<Document, ReadError>| match read {
        Ok(document) => document.source.id.clone(),
        Err(error) => format!("! {}", error.file()),
    };
    assert_eq!(
        readings.documents.iter().map(id).collect::<Vec<_>>(),
        ["a/z.md", "a.html", "b.txt", "! empty.txt"]
    );
    let others: Vec<_> = readings.others.iter().map(|found| (found.id.as_str(), found.kind)).collect();
    assert_eq!(
        others,
        [
            ("a/events.csv", FoundKind::Table),
            ("conflict.toml", FoundKind::Configuration),
            ("corpus.jsonl", FoundKind::Corpus)
        ]
    );
    assert_eq!(readings.diagnostics.len(), 4, "{:?}", readings.diagnostics);
}

#[test]
fn a_folder_with_nothing_to_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let readings = read_path(folder.path(), &ReadConfig::default()).expect("walked");
    assert_eq!(readings.diagnostics[0].code, "read.nothing");
    assert!(
        read_path(&folder.path().join("missing"), &ReadConfig::default())
            .is_err_and(|error| error.is_unreachable())
    );
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_not_followed() {
    let outer = tempfile::tempdir().expect("a folder");
    fs::write(outer.path().join("secret.txt"), "Words.").expect("written");
    let folder = outer.path().join("dossier");
    fs::create_dir(&folder).expect("made");
    std::os::unix::fs::symlink(outer.path().join("secret.txt"), folder.join("link.txt")).expect("linked");
    std::os::unix::fs::symlink(&folder, folder.join("loop")).expect("linked");
    let findings = find(&folder).expect("walked");
    assert!(findings.found.is_empty());
    assert!(
        findings.diagnostics[0].message.contains("leads out of the folder"),
        "{:?}",
        findings.diagnostics
    );
    for relative in ["link.txt", "../secret.txt"] {
        let read = read_file(&folder, Path::new(relative), &ReadConfig::default());
        assert!(read.is_err_and(|error| error.is_outside()), "{relative}");
    }
}

#[test]
fn a_corpus_passes_its_texts_through() {
    let texts = ["One.\r\n\r\nTwo.\n", "", "\u{feff} \u{a0}x", "- a\n- b"];
    let lines: String = texts
        .iter()
        .map(|text| serde_json::json!({ "id": "same", "text": text }).to_string() + "\n")
        .collect();
    let read: Vec<_> =
        read_corpus(lines.as_bytes(), "-", &ReadConfig::default()).map(|one| one.expect("a line")).collect();
    read.iter().for_each(support::check);
    assert_eq!(read.iter().map(|document| document.text.as_str()).collect::<Vec<_>>(), texts);
    assert_eq!(read[3].blocks.iter().map(|block| block.kind).collect::<Vec<_>>(), [BlockKind::ListItem; 2]);
}

#[test]
fn every_prefix_of_a_file_ends_well() {
    let markdown = "---\ntitle: \"T\"\nbox:\n  - a: 1\n---\n# H\n\nText[^1] with [a link](x \"y\").\n\n| a | b |\n|---|---|\n| é | 2 |\n\n[^1]: Note.\n";
    let html = "<html><head><title>é</title></head><body><h1>H</h1><p>x<sup><a href='#n'>1</a></sup></p><table><tr><td>a<td>b</table><p id=n>1 note</p>";
    for (id, text) in [("a.md", markdown), ("a.html", html), ("a.txt", markdown)] {
        for end in 0..text.len() {
            let _ = read(id, &text.as_bytes()[..end]);
        }
    }
}
