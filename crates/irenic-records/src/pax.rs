//! PA-X Peace Agreements: one row an agreement.

use irenic_model::jiff::civil::Date;

use crate::DataSet;
use crate::record_macro::record;

record! {
    /// A peace agreement, as PA-X has it.
    pub struct PaxAgreement of DataSet::PaX, also DataSet::PaX, {
        /// The agreement's number.
        id: u32 = key["AgtId"] must number();
        /// The country or entity.
        conflict: String = cell["Con"] may string();
        /// The number of the peace process.
        process: Option<u32> = cell["PP"] may optional_number();
        /// The agreement's name.
        name: String = key["Agt"] may string();
        /// The day on which it was signed or agreed.
        signed: Date = key["Dat"] must date();
        /// Whether it was signed, as the data set has it.
        status: String = cell["Status"] may string();
        /// Between states, within one, local.
        kind: String = cell["Agtp"] may string();
        /// Its stage: `Pre`, `SubPar`, `SubComp`, `Imp`, `Ren`, `Cea`, `Oth`.
        stage: String = cell["Stage"] may string();
        /// Its stage more closely.
        stage_sub: String = cell["StageSub"] may string();
        /// Its parties, as the text names them.
        parties: String = cell["Part"] may string();
        /// Third parties, as the text names them.
        third_parties: String = cell["ThrdPart"] may string();
        /// UCDP's conflict number.
        ucdp_conflict_id: Option<u32> = cell["UcdpCon"] may optional_id();
        /// UCDP's number of the same agreement.
        ucdp_agreement_id: Option<u32> = cell["UcdpAgr"] may optional_id();
        /// The first country, ISO 3166 alpha-3.
        country: Option<String> = cell["Loc1ISO"] may optional_string();
        /// The second country.
        second_country: Option<String> = cell["Loc2ISO"] may optional_string();
        /// Provisions on a ceasefire: 0 none, 1 to 3 as the codebook has it.
        ceasefire: Option<u8> = cell["Ce"] may optional_number();
    }
}

impl PaxAgreement {
    /// Whether the agreement is about carrying out or renewing an earlier one.
    #[must_use]
    pub fn is_implementation(&self) -> bool {
        matches!(self.stage.as_str(), "Imp" | "Ren")
    }

    /// Whether the agreement is between local groups only.
    #[must_use]
    pub fn is_local(&self) -> bool {
        self.kind == "IntraLocal"
    }

    /// Whether it provides for a ceasefire in substance, not in passing: 2 or 3 on PA-X's scale.
    #[must_use]
    pub fn provides_ceasefire(&self) -> bool {
        self.ceasefire.is_some_and(|grade| grade >= 2)
    }

    /// Whether the agreement deals with the substance of the issue, in part or whole.
    #[must_use]
    pub fn is_substantive(&self) -> bool {
        matches!(self.stage.as_str(), "SubPar" | "SubComp")
    }
}
