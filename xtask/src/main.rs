//! Development tasks: training, code generation, architecture checks.

fn main() {}
