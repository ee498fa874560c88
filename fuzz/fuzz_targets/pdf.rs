//! Any bytes as a PDF.
//!
//! libFuzzer ends the process at a panic even where it is caught, and the crate that reads the format panics by
//! design of its own; so its hook is taken out, and only what the reader lets through is found.
#![no_main]

#[path = "../../crates/irenic-read/tests/support/mod.rs"]
mod support;

use std::sync::Once;

static READY: Once = Once::new();

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    READY.call_once(|| drop(std::panic::take_hook()));
    if let Ok(document) = irenic_read::read_bytes("a.pdf", bytes, &irenic_read::ReadConfig::default()) {
        support::check(&document);
    }
});
