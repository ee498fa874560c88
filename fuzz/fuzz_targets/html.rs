//! Any bytes as HTML.
#![no_main]

#[path = "../../crates/irenic-read/tests/support/mod.rs"]
mod support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(document) = irenic_read::read_bytes("a.html", bytes, &irenic_read::ReadConfig::default()) {
        support::check(&document);
    }
});
