//! Data sets' publishers, licences, addresses and checksums; the only code that opens a connection.
//!
//! [`Catalogue::built_in`] is the catalogue that ships. [`fetch()`] downloads one data set on request: into a part file
//! beside its place, resumed where a connection broke, held against size and checksum, and moved to its place only when
//! whole. What was fetched, from where and with which checksum is written down beside it ([`Receipt`]), and [`check()`] holds
//! the file against that later.
//!
//! ```
//! use irenic_catalogue::Catalogue;
//! let catalogue = Catalogue::built_in();
//! let years = catalogue.get("ucdp-prio-acd").unwrap();
//! assert_eq!(years.licence, "CC BY 4.0");
//! assert!(catalogue.get("no-such-data").is_none());
//! ```

mod catalogue;
mod check;
mod error;
mod fetch;
mod part;
mod receipt;

pub use catalogue::{Catalogue, DataFormat, Entry};
pub use check::{Checked, Standing, check};
pub use error::{CatalogueError, FetchError};
pub use fetch::{FetchConfig, Fetched, Step, fetch};
pub use receipt::Receipt;
