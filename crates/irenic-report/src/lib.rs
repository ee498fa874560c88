//! Wire types with their JSON Schema, the HTML report, tables and exports.

pub mod html;
pub mod hxl;
pub mod schema;
pub mod wire;
pub mod wire_control;
pub mod wire_ledger;
pub mod wire_negotiations;
pub mod wire_stages;
