//! Any bytes as JSON Lines.
#![no_main]

#[path = "../../crates/irenic-read/tests/support/mod.rs"]
mod support;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let config = irenic_read::ReadConfig::default();
    irenic_read::read_corpus(bytes, "-", &config).flatten().for_each(|document| support::check(&document));
});
