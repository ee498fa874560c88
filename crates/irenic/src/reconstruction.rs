//! What the road makes of a dossier: everything that the faces show.

use irenic_language::mentions::Coordinates;
use irenic_model::jiff::civil::Date;
use irenic_model::{
    Account, AccountKind, DateInterval, Document, Evidence, Extraction, FigureSeries, Issue, KeptApart,
    Ledger, Negotiations, Party, PlaceHeld, Provenance, Span, StageInterval, Statement, StatementId,
    StatementRef, ThirdParty,
};

use crate::{ConflictConfig, TableFigure, TableUse};

/// A document with what was found in it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// What was found.
    pub extraction: Extraction,
}

/// A source that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The file, relative to the folder.
    pub file: String,
    /// What is wrong, and the cure.
    pub message: String,
}

/// A source that was left out, for it is not known to have been published by the day that was asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// The file, relative to the folder.
    pub file: String,
    /// When it was published, where that is known.
    pub published: Option<Date>,
}

/// The life cycle of one conflict, reconstructed from a dossier.
#[derive(Clone, Debug)]
pub struct Reconstruction {
    /// The conflict's name.
    pub name: String,
    /// What `conflict.toml` says; empty where there is none.
    pub config: ConflictConfig,
    /// The day the question is about.
    pub as_of: Date,
    /// Whether somebody asked for that day; else it is the last one that the sources know of.
    pub as_of_asked: bool,
    /// Only sources published by this day were used, where given.
    pub known_by: Option<Date>,
    /// The sources that were left out for `known_by`, in input order.
    pub withheld: Vec<Withheld>,
    /// The documents, in input order.
    pub readings: Vec<Reading>,
    /// The sources that could not be read, in input order.
    pub failures: Vec<Failure>,
    /// What is to be said of tables that were read after the documents, because these told of the parties; what could not be
    /// read of them is said here too.
    pub notes: Vec<String>,
    /// Accounts, in order of time and place.
    pub accounts: Vec<Account>,
    /// Figures of one kind that are not held against each other, with the reason.
    pub kept_apart: Vec<KeptApart>,
    /// Figures that one speaker gave again with another number.
    pub revisions: Vec<FigureSeries>,
    /// What is contested.
    pub issue: Issue,
    /// Who contests it.
    pub parties: Vec<Party>,
    /// Who stands between or behind the parties.
    pub third_parties: Vec<ThirdParty>,
    /// Who talks with whom, what is proposed, demanded and refused, and what holders say stands in the way.
    pub negotiations: Negotiations,
    /// Agreements and undertakings, with what holders say became of each.
    pub ledger: Ledger,
    /// Who held which place between which dates, according to whom, in order of place.
    pub places: Vec<PlaceHeld>,
    /// The tables that were used beside the documents.
    pub tables: Vec<TableUse>,
    /// The numbers of humanitarian tables in the folder, as they stand; never added up.
    pub table_figures: Vec<TableFigure>,
    /// The dated evidence that the stage models read.
    pub evidence: Vec<Evidence>,
    /// The intervals of every stage model, the Irenic model's first.
    pub stages: Vec<StageInterval>,
}

/// One line of the chronicle: an account of an event with its time.
#[derive(Clone, Copy, Debug)]
pub struct ChronicleEntry<'a> {
    /// The account's number in [`Reconstruction::accounts`].
    pub number: usize,
    /// The account.
    pub account: &'a Account,
    /// When, as the account has it.
    pub when: DateInterval,
}

impl Reconstruction {
    /// The statement that an account refers to, with its document.
    #[must_use]
    pub fn statement(&self, at: StatementRef) -> Option<(&Document, &Statement)> {
        let reading = self.readings.get(at.document)?;
        Some((&reading.document, reading.extraction.statements.get(at.statement)?))
    }

    /// Where a place lies, as far as the gazetteer knows: to about half a kilometre for a town, its cities' middle for a
    /// province.
    #[must_use]
    pub fn coordinates_of(&self, place: &PlaceHeld) -> Option<Coordinates> {
        crate::places::coordinates(place, &self.parties)
    }

    /// The intervals of the Irenic model, in order.
    pub fn life_cycle(&self) -> impl Iterator<Item = &StageInterval> {
        self.stages_of("irenic")
    }

    /// The intervals of one model, in order.
    pub fn stages_of<'a>(&'a self, model: &'a str) -> impl Iterator<Item = &'a StageInterval> {
        self.stages.iter().filter(move |interval| interval.model == model)
    }

    /// The interval of the Irenic model that holds the as-of day, or the last one before it.
    #[must_use]
    pub fn current_stage(&self) -> Option<&StageInterval> {
        self.life_cycle().filter(|interval| interval.from.is_none_or(|from| from <= self.as_of)).last()
    }

    /// Where a piece of evidence stands: its document's number, and its words; `None` for a row of a table.
    #[must_use]
    pub fn words_of(&self, provenance: &Provenance) -> Option<(usize, Span)> {
        let Provenance::Statement(id) = provenance else { return None };
        self.span_of(*id)
    }

    fn span_of(&self, id: StatementId) -> Option<(usize, Span)> {
        self.readings.iter().enumerate().find_map(|(number, reading)| {
            let statements = reading.extraction.statements.iter().map(|found| (found.id, found.span));
            let cues = reading.extraction.stage_cues.iter().map(|found| (found.id, found.span));
            statements.chain(cues).find(|(found, _)| *found == id).map(|(_, span)| (number, span))
        })
    }

    /// Dated accounts of events that are said to have happened, in order of time.
    ///
    /// Where somebody asked for a day, those that begin later are left out.
    #[must_use]
    pub fn chronicle(&self) -> Vec<ChronicleEntry<'_>> {
        let mut entries: Vec<_> = self
            .accounts
            .iter()
            .enumerate()
            .filter(|(_, account)| account.kind == AccountKind::Event)
            .filter_map(|(number, account)| {
                let when = account.when.filter(|when| !self.as_of_asked || when.from() <= self.as_of)?;
                Some(ChronicleEntry { number, account, when })
            })
            .collect();
        entries.sort_by_key(|entry| (entry.when.from(), entry.when.until(), entry.number));
        entries
    }

    /// The number of words of a document's body, for rates per thousand words.
    #[must_use]
    pub fn words_in(document: &Document) -> usize {
        document.text.split_whitespace().count()
    }
}
