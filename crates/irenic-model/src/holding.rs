//! Who holds which place between which dates, according to whom.

use crate::{DateInterval, StatementRef};

/// A place with all that is said of who held it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceHeld {
    /// The place, under the name used most.
    pub place: String,
    /// Its other names, in order.
    pub other_names: Vec<String>,
    /// ISO 3166 alpha-3 code of the country it is listed under, where one is known.
    pub country: Option<String>,
    /// Who held it, in order of time; what is not dated comes last.
    pub holds: Vec<Hold>,
}

/// One who held a place for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Hold {
    /// Who.
    pub by: String,
    /// When it took the place; `None` where nobody says so, or says when.
    pub from: Option<DateInterval>,
    /// The first and the last day on which somebody says that it held the place, without saying since when.
    pub seen: Option<DateInterval>,
    /// When it left or lost the place; `None` where nobody says so, or says when.
    pub until: Option<DateInterval>,
    /// Whether somebody says that it left or lost the place, with or without a date.
    pub ended: bool,
    /// Whether a holder says that another held the place at that time, or that this one did not.
    pub contested: bool,
    /// Who says so, in order of name.
    pub holders: Vec<String>,
    /// Who says otherwise, in order of name.
    pub denied_by: Vec<String>,
    /// The statements, in order of document and place.
    pub statements: Vec<StatementRef>,
}
