//! Wire types with their JSON Schema, the HTML report, tables and exports.

pub mod html;
pub mod schema;
pub mod wire;
