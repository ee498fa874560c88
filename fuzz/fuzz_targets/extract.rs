//! Any text through the whole road: every span quotes the document, and the reconstruction ends.
#![no_main]

use irenic::{Dossier, Options, document_of_text};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let document = document_of_text("a.txt", None, text);
    let found = Dossier::of_documents("a", vec![document]).reconstruct(Options::default(), &());
    for reading in &found.readings {
        for statement in &reading.extraction.statements {
            assert!(!statement.span.of(&reading.document.text).is_empty());
        }
    }
});
