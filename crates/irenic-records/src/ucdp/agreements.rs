//! UCDP Peace Agreements: one row an agreement.

use irenic_model::jiff::civil::Date;

use super::AgreementKind;
use crate::DataSet;
use crate::record_macro::record;

record! {
    /// A peace agreement, as UCDP has it.
    pub struct PeaceAgreement of DataSet::PeaceAgreements, also DataSet::PeaceAgreements, {
        /// The agreement's number.
        id: u32 = key["paid"] must number();
        /// UCDP's conflict numbers.
        conflict_ids: Vec<u32> = key["conflict_id"] may numbers();
        /// UCDP's dyad numbers.
        dyad_ids: Vec<u32> = cell["dyad_id"] may numbers();
        /// The agreement's name.
        name: String = key["pa_name"] may string();
        /// The day on which it was signed.
        signed: Option<Date> = key["pa_date"] may optional_date();
        /// The calendar year.
        year: i16 = key["year"] must year();
        /// Full, partial, or on a process.
        kind: Option<AgreementKind> = cell["pa_type"] may optional_code(AgreementKind::of);
        /// Whether it is known to have ended.
        ended: Option<bool> = cell["ended"] may optional_flag();
        /// The day on which it ended.
        ended_on: Option<Date> = cell["duration"] may optional_date();
        /// Whether it has undertakings on its implementation by a commission or the like.
        implementation_foreseen: Option<bool> = cell["co_impl"] may optional_flag();
        /// Whether it has a ceasefire.
        ceasefire: Option<bool> = cell["cease"] may optional_flag();
    }
}
