//! Writes what the gold corpora need and scores it; for development only.

fn main() {}
