//! Any bytes as the parts of a DOCX, stored unpacked; and as the archive itself.
#![no_main]

#[path = "../../crates/irenic-read/tests/support/mod.rs"]
mod support;

use std::io::{Cursor, Write as _};

const PARTS: [&str; 5] = [
    "word/document.xml",
    "word/footnotes.xml",
    "word/styles.xml",
    "docProps/core.xml",
    "word/_rels/document.xml.rels",
];

fn archive(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (part, text) in PARTS.iter().zip(bytes.split(|&byte| byte == 0)) {
        writer.start_file(*part, stored).ok()?;
        writer.write_all(text).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let config = irenic_read::ReadConfig::default();
    for bytes in [Some(bytes.to_vec()), archive(bytes)].into_iter().flatten() {
        if let Ok(document) = irenic_read::read_bytes("a.docx", &bytes, &config) {
            support::check(&document);
        }
    }
});
