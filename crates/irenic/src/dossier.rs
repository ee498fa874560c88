//! The one place where the road is put together: a folder in, a reconstruction out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use irenic_accounts::{SourceView, holdings, kept_apart, ledger, negotiations, reconcile, revisions};
use irenic_cycle::{StageModel, evidence_of, is_end_of_term, stages};
use irenic_language::mentions::Alias;
use irenic_model::jiff::civil::Date;
use irenic_model::{
    Account, AccountKind, Block, BlockKind, Content, Document, Evidence, MentionKind, Party, Severity,
    Source, StatementRef,
};
use irenic_read::{Found, FoundKind, ReadConfig};
use rayon::prelude::*;

use crate::config::CONFIG_FILE;
use crate::record::{TableFigure, TablesRead, read_figures, read_tables, told_twice};
use crate::{
    ConflictConfig, Engine, Failure, Knowledge, Reading, Reconstruction, SourceConfig, Withheld, parties,
    places, sides,
};

/// The day that is asked about where nothing tells of any: no stage holds on it, and any other would do as well.
const NO_DAY_KNOWN: Date = Date::constant(2000, 1, 1);

/// What a person asks of a reconstruction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The day the question is about; without it, the last day that the documents know of, or else the tables.
    pub as_of: Option<Date>,
    /// Use only sources published by this day.
    pub known_by: Option<Date>,
}

/// Told how the work goes on; may be called from several threads.
pub trait Progress: Sync {
    /// A step begins with so many units of work.
    fn begin(&self, step: &'static str, units: usize);
    /// One unit is done.
    fn advance(&self);
}

/// No one is told.
impl Progress for () {
    fn begin(&self, _: &'static str, _: usize) {}
    fn advance(&self) {}
}

/// What lay at the paths that were given: documents, what could not be read, and the configuration.
#[derive(Debug, Default)]
pub struct Dossier {
    /// The conflict's name: the configuration's, or the folder's.
    pub name: String,
    /// `conflict.toml`.
    pub config: ConflictConfig,
    /// The documents, in input order.
    pub documents: Vec<Document>,
    /// What could not be read.
    pub failures: Vec<Failure>,
    /// What was passed over, and why.
    pub notes: Vec<String>,
    /// The tables that lie there, by their files.
    table_files: Vec<String>,
    /// Tables that wait for the documents to tell of the parties: path, and name in the folder.
    waiting: Vec<(PathBuf, String)>,
    /// What the folder's tables say of the conflict.
    tables: TablesRead,
    /// The numbers of humanitarian tables.
    table_figures: Vec<TableFigure>,
}

impl Dossier {
    /// Reads all documents at `paths`, files and folders, in the order given.
    #[must_use]
    pub fn open(paths: &[PathBuf], progress: &dyn Progress) -> Self {
        let mut dossier = Self { name: name_of(paths), ..Self::default() };
        let mut found = Vec::new();
        for path in paths {
            match irenic_read::find(path) {
                Ok(findings) => {
                    dossier.notes.extend(findings.diagnostics.iter().map(ToString::to_string));
                    found.extend(findings.found);
                }
                Err(error) => dossier.failures.push(failure(&error)),
            }
        }
        for config in found.iter().filter(|file| file.kind == FoundKind::Configuration) {
            dossier.configure(&config.path, &config.id);
        }
        dossier.read_tables(&found);
        let documents: Vec<_> = found.into_iter().filter(|file| file.kind == FoundKind::Document).collect();
        progress.begin("reading", documents.len());
        let read: Vec<_> = documents
            .par_iter()
            .map(|file| {
                let read = irenic_read::read_found(file, &ReadConfig::default());
                progress.advance();
                read
            })
            .collect();
        for document in read {
            match document {
                Ok(mut document) => {
                    dossier.config.apply(&mut document);
                    let doubts =
                        document.diagnostics.iter().filter(|found| found.severity >= Severity::Warning);
                    dossier.notes.extend(doubts.map(|doubt| format!("{}: {doubt}", document.source.id)));
                    dossier.documents.push(document);
                }
                Err(error) => dossier.failures.push(failure(&error)),
            }
        }
        dossier.note_sources_that_are_not_there();
        dossier
    }

    /// A file that the configuration names and nobody finds is likely a slip of the pen.
    fn note_sources_that_are_not_there(&mut self) {
        let is_there = |file: &str| {
            self.documents.iter().any(|document| document.source.id == file)
                || self.failures.iter().any(|failure| failure.file == file)
                || self.table_files.iter().any(|table| table == file)
        };
        let missing = self.config.sources.iter().filter(|source| !is_there(&source.file));
        let notes: Vec<String> = missing
            .map(|source| {
                format!(
                    "{CONFIG_FILE}: the source {:?} is not among the documents and tables; mend its name there",
                    source.file
                )
            })
            .collect();
        self.notes.extend(notes);
    }

    fn configure(&mut self, path: &Path, id: &str) {
        let read = irenic_read::read_configuration(path, id).map_err(|error| error.to_string());
        match read.and_then(|text| ConflictConfig::parse(&text, id).map_err(|error| error.to_string())) {
            Ok(config) => {
                if let Some(name) = &config.name {
                    self.name.clone_from(name);
                }
                self.config = config;
            }
            Err(message) => self.failures.push(Failure { file: id.to_owned(), message }),
        }
    }

    /// Whether there is nothing to reconstruct a conflict from: no document, and no table that was used.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty() && self.tables.uses.is_empty() && self.table_figures.is_empty()
    }

    fn read_tables(&mut self, found: &[Found]) {
        let tables = found.iter().filter(|file| file.kind == FoundKind::Table);
        let tables: Vec<_> = tables.map(|file| (file.path.as_path(), file.id.as_str())).collect();
        self.table_files = tables.iter().map(|(_, file)| (*file).to_owned()).collect();
        let named = self.table_files.iter().filter_map(|file| self.config.source_of(file));
        self.notes.extend(named.filter_map(SourceConfig::wrong_date).map(|wrong| wrong.to_string()));
        let told = self.config.ucdp.is_some() || !self.config.parties.is_empty();
        if !told && found.iter().any(|file| file.kind == FoundKind::Document) {
            let owned = tables.iter().map(|(path, file)| ((*path).to_owned(), (*file).to_owned()));
            self.waiting = owned.collect();
        } else {
            self.tables = read_tables(&tables, &self.config, &[]);
        }
        self.table_figures = read_figures(&tables, &mut self.notes, &mut self.failures);
        self.notes.append(&mut self.tables.notes);
        self.failures.append(&mut self.tables.failures);
    }

    /// A dossier of documents that were read elsewhere.
    #[must_use]
    pub fn of_documents(name: &str, documents: Vec<Document>) -> Self {
        Self { name: name.to_owned(), documents, ..Self::default() }
    }

    /// Puts the whole road together: statements, accounts, parties, evidence, stages.
    ///
    /// The documents are read twice: the first reading teaches the second the names that the folder uses.
    #[must_use]
    pub fn reconstruct(mut self, options: Options, progress: &dyn Progress) -> Reconstruction {
        let knowledge = self.knowledge();
        let (documents, mut withheld) = published_by(options.known_by, std::mem::take(&mut self.documents));
        let readings = read_twice(documents, knowledge, progress);
        let parties = parties::parties(&readings, &self.config);
        let notes = self.read_waiting(&parties);
        if let Some(day) = options.known_by {
            withheld.extend(self.tables.withhold(day));
            withheld.extend(withhold_figures(&mut self.table_figures, day, &self.config));
        }
        progress.begin("reconciling", 1);
        let views: Vec<_> = readings
            .iter()
            .map(|reading| SourceView { source: &reading.document.source, extraction: &reading.extraction })
            .collect();
        let mut accounts = reconcile(&views);
        let mut evidence = evidence(&readings);
        crate::foreign::leave_out(&mut evidence, &readings);
        crate::outside_deals::set_aside(&mut evidence, &readings, &parties);
        append_rows(&mut evidence, self.tables.evidence.drain(..).flatten());
        let as_of =
            options.as_of.unwrap_or_else(|| self.last_day_known(&readings, &evidence, options.known_by));
        let intervals = StageModel::all()
            .iter()
            .flat_map(|model| stages(model, &evidence, as_of, options.known_by))
            .collect();
        let negotiations = negotiations(&views, &parties);
        let ledger = ledger(&views, &parties);
        let together = in_one_account(&accounts);
        let kept_apart =
            kept_apart(&views, |a, b| together.contains_key(&a) && together.get(&a) == together.get(&b));
        let revisions = revisions(&views);
        let places = holdings(&views, &parties, &places::names(&readings, &self.config));
        sides::assign(&mut accounts, &parties, &readings);
        let third_parties = parties::third_parties(&readings, &parties, &negotiations);
        let issue = crate::issue::issue(&readings);
        progress.advance();
        Reconstruction {
            name: self.name,
            config: self.config,
            as_of,
            as_of_asked: options.as_of.is_some(),
            known_by: options.known_by,
            withheld,
            readings,
            failures: self.failures,
            notes,
            accounts,
            issue,
            parties,
            third_parties,
            negotiations,
            kept_apart,
            revisions,
            ledger,
            places,
            tables: self.tables.uses,
            table_figures: self.table_figures,
            evidence,
            stages: intervals,
        }
    }

    /// Reads the tables that waited for the parties, and gives what is said of them.
    fn read_waiting(&mut self, parties: &[Party]) -> Vec<String> {
        if self.waiting.is_empty() {
            return Vec::new();
        }
        let files: Vec<_> = self.waiting.iter().map(|(path, file)| (path.as_path(), file.as_str())).collect();
        self.tables = read_tables(&files, &self.config, parties);
        let mut notes = std::mem::take(&mut self.tables.notes);
        notes.extend(self.tables.failures.iter().map(|failure| failure.message.clone()));
        self.failures.append(&mut self.tables.failures);
        notes
    }

    /// The last day that the documents know of, or else the tables.
    fn last_day_known(&self, readings: &[Reading], evidence: &[Evidence], known_by: Option<Date>) -> Date {
        // What a table foretells of days after those that are asked about was not known.
        let known = |day: Date| known_by.map_or(day, |known_by| day.min(known_by));
        let covered = || self.tables.uses.iter().filter_map(|table| table.until).max().map(known);
        last_day(readings, evidence).or_else(covered).unwrap_or(NO_DAY_KNOWN)
    }

    fn knowledge(&self) -> Knowledge {
        let mut knowledge = Knowledge::default();
        for party in &self.config.parties {
            for alias in party.aliases.iter().chain([&party.name]) {
                // A party's name is learnt whatever it is; a lower-case description ("the government") is not a name.
                if alias.starts_with(char::is_uppercase) {
                    knowledge.names.aliases.push(Alias {
                        alias: alias.clone(),
                        name: party.name.clone(),
                        kind: MentionKind::Organisation,
                        country: party.country.clone(),
                    });
                }
            }
        }
        knowledge
    }
}

/// Parts the documents from those that are not known to have been published by a day.
fn published_by(known_by: Option<Date>, documents: Vec<Document>) -> (Vec<Document>, Vec<Withheld>) {
    let Some(day) = known_by else { return (documents, Vec::new()) };
    let (known, later): (Vec<_>, Vec<_>) = documents
        .into_iter()
        .partition(|document| document.source.published.is_some_and(|published| published <= day));
    let withheld =
        |document: Document| Withheld { file: document.source.id, published: document.source.published };
    (known, later.into_iter().map(withheld).collect())
}

/// Takes out the figures of humanitarian tables that are not known to have been published by a day, and names the tables.
///
/// The pairs of figures that look like one are told by their places in the list, so they are looked for again.
fn withhold_figures(figures: &mut Vec<TableFigure>, day: Date, config: &ConflictConfig) -> Vec<Withheld> {
    let is_known = |file: &str| config.published(file).is_some_and(|published| published <= day);
    let (known, later): (Vec<_>, Vec<_>) =
        std::mem::take(figures).into_iter().partition(|figure| is_known(&figure.file));
    *figures = told_twice(known);
    let files: BTreeSet<String> = later.into_iter().map(|figure| figure.file).collect();
    files.into_iter().map(|file| Withheld { published: config.published(&file), file }).collect()
}

/// Reads the documents for their names, then, with the names of all, for what they say.
fn read_twice(documents: Vec<Document>, mut knowledge: Knowledge, progress: &dyn Progress) -> Vec<Reading> {
    let engine = Engine::new();
    progress.begin("parsing", documents.len());
    let parse = |document: Document| {
        let parsed = engine.parse(&document, &knowledge);
        progress.advance();
        (document, parsed)
    };
    let mut parsed: Vec<_> = documents.into_par_iter().map(parse).collect();
    let given = knowledge.clone();
    for (document, parsed) in &parsed {
        knowledge.names.learn(&document.text, &parsed.mentions);
    }
    for (document, parsed) in &mut parsed {
        parsed.learn_events(document, &mut knowledge.events);
    }
    knowledge.events.settle();
    let learnt = parsed.len() > 1 && knowledge.names != given.names;
    progress.begin("extracting", parsed.len());
    let extract = |(document, mut parsed)| {
        if learnt {
            engine.name_again(&document, &mut parsed, &knowledge);
        }
        let extraction = engine.extract_parsed(&document, parsed, &knowledge.events);
        progress.advance();
        Reading { document, extraction }
    };
    parsed.into_par_iter().map(extract).collect()
}

/// A document made of a text that is at hand, with its paragraphs as blocks.
#[must_use]
pub fn document_of_text(id: &str, published: Option<Date>, text: &str) -> Document {
    let mut source = Source::new(id, text.as_bytes());
    source.published = published;
    let blocks = irenic_language::segments_of(text)
        .into_iter()
        .map(|span| Block::new(BlockKind::Paragraph, span))
        .collect();
    Document { source, text: text.to_owned(), blocks, links: Vec::new(), diagnostics: Vec::new() }
}

/// The number of the account of figures that each statement stands in.
fn in_one_account(accounts: &[Account]) -> BTreeMap<StatementRef, usize> {
    let figures = accounts.iter().enumerate().filter(|(_, account)| account.kind == AccountKind::Figure);
    figures.flat_map(|(number, account)| account.statements().map(move |at| (at, number))).collect()
}

fn failure(error: &irenic_read::ReadError) -> Failure {
    Failure { file: error.file().to_owned(), message: error.to_string() }
}

fn name_of(paths: &[PathBuf]) -> String {
    let name =
        paths.first().and_then(|path| path.file_stem()).map(|name| name.to_string_lossy().into_owned());
    name.filter(|_| paths.len() == 1).unwrap_or_else(|| "Dossier".to_owned())
}

/// Rows of tables come after the statements.
fn append_rows(evidence: &mut Vec<Evidence>, rows: impl Iterator<Item = Evidence>) {
    let first = u32::try_from(evidence.len()).unwrap_or(u32::MAX);
    evidence.extend((first..).zip(rows).map(|(order, row)| Evidence { order, ..row }));
}

fn evidence(readings: &[Reading]) -> Vec<Evidence> {
    let mut all: Vec<Evidence> = Vec::new();
    for reading in readings {
        let first = u32::try_from(all.len()).unwrap_or(u32::MAX);
        all.extend(evidence_of(&reading.extraction, &reading.document.source, first));
    }
    all
}

/// The last day that the sources know of: the latest of their dates, and of the days, months and years of which the undated
/// among them tell that something happened.
fn last_day(readings: &[Reading], evidence: &[Evidence]) -> Option<Date> {
    let published = readings.iter().filter_map(|reading| reading.document.source.published);
    let undated = evidence.iter().filter(|it| {
        it.published.is_none()
            && matches!(it.provenance, irenic_model::Provenance::Statement(_))
            && !is_end_of_term(&it.observation, it.when)
    });
    let shown = undated.filter_map(|it| it.when).filter(|when| when.days() <= 366);
    let events = readings
        .iter()
        .filter(|reading| reading.document.source.published.is_none())
        .flat_map(|reading| &reading.extraction.statements)
        .filter(|statement| statement.stance.is_factual())
        .filter_map(|statement| match &statement.content {
            Content::Event(event) => event.when.filter(|when| when.days() <= 31),
            _ => None,
        });
    published.chain(shown.chain(events).map(|when| when.until())).max().or_else(|| {
        let told = readings.iter().flat_map(|reading| &reading.extraction.times);
        told.filter_map(|time| time.interval).map(|interval| interval.until()).max()
    })
}
