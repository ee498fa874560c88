//! Data sets to records and panels, streaming and in bounded memory.
//!
//! A [`Table`] is an opened file: plain, gzip or zip, with its data set and version recognised by its header. [`read`]
//! gives its rows as typed records, one at a time. A row that cannot be trusted is refused with file, line and column,
//! counted in [`Problems`], and the rest is read: no value is guessed.
//!
//! ```
//! use irenic_records::{ConflictYear, Table, read};
//! let rows = "conflict_id,location,side_a,side_b,incompatibility,year,intensity_level,type_of_conflict,version\n\
//!             999,Examplia,Government of Examplia,Northern Front,1,2011,1,3,25.1\n\
//!             1.0E+03,Examplia,Government of Examplia,Northern Front,1,2012,1,3,25.1\n";
//! let table = Table::of_bytes("acd.csv", rows.as_bytes().to_vec()).unwrap();
//! assert_eq!(table.version(), Some("25.1"));
//! let mut years = read::<ConflictYear>(table).unwrap();
//! assert_eq!(years.next().map(|row| (row.conflict_id, row.year, row.line)), Some((999, 2011, 2)));
//! assert!(years.next().is_none());
//! assert_eq!(years.problems().rows_refused(), 1);
//! assert_eq!(years.problems().kept()[0].line, 3);
//! ```

mod ceasefires;
mod cells;
mod data_set;
mod error;
mod evidence;
mod humanitarian;
mod mapping;
mod open;
mod panel;
mod pax;
mod problems;
mod record_macro;
mod shows;
mod split;
mod stream;
mod table;
mod ucdp;
mod values;

pub use ceasefires::{Ceasefire, CeasefireRow, ceasefires};
pub use cells::{Cells, Column, Refused};
pub use data_set::{DataSet, Level};
pub use error::RecordsError;
pub use evidence::{
    EventEvidence, EventScope, Fatalities, MatchedConflict, PartyNames, TableEvidence, conflicts_of_parties,
    evidence_by_unit, evidence_of_events, evidence_of_table, has_conflict_numbers, one_toll_a_month,
    sides_of_conflicts,
};
pub use humanitarian::{HumanitarianFigure, HumanitarianTable, double_counts, humanitarian};
pub use irenic_model::Incompatibility;
pub use mapping::{AboutActor, ColumnName, EventRow, Events, Mapping, read_events};
pub use panel::{Panel, PanelConfig, PanelRow, PanelUnit, Period, panel};
pub use pax::PaxAgreement;
pub use problems::{Problem, Problems};
pub use shows::{Shown, Shows};
pub use stream::{Record, Records, read};
pub use table::{Header, Table};
pub use ucdp::{
    AgreementKind, BattleDeaths, ConflictType, ConflictYear, GedEvent, Intensity, Outcome, PeaceAgreement,
    TerminationYear, ViolenceType,
};
pub use values::{CodeForm, DateForm, date_of_parts};
