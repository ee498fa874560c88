//! Wire types with their JSON Schema, the HTML report, tables and exports.

pub mod wire;
