//! Writes what the gold corpora need and scores it; for development only.
//!
//! One subcommand a task, each in a file of its own: `fieldtest TASK IN.jsonl OUT.jsonl`.

mod attributions;
mod events;
mod incidents;
mod lines;
mod mentions;
mod parse;
mod stages;
mod times;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};
use fieldtest::{passages, reports, sentences, voices};

#[derive(Parser)]
#[command(about = "Writes what the gold corpora need")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Attributions of each document.
    Attributions {
        /// Documents, one JSON object a line.
        input: PathBuf,
        /// Where the attributions go.
        output: PathBuf,
    },
    /// Incidents of each document, in MUC-4's slots.
    Incidents {
        /// Documents, one JSON object a line.
        input: PathBuf,
        /// Where the incidents go.
        output: PathBuf,
    },
    /// Incidents of each annotated document, by a model that was trained on the others.
    IncidentsUnseen {
        /// Annotated documents, one JSON object a line.
        input: PathBuf,
        /// Where the incidents go.
        output: PathBuf,
        /// How many parts the documents are split into, each a run of them.
        #[arg(long, default_value_t = 3)]
        folds: usize,
        /// What the second reader says of each report, one JSON object a line; without it nobody reads them twice.
        #[arg(long)]
        opinions: Option<PathBuf>,
    },
    /// What the second reader of incidents says of each document.
    Opinions {
        /// Documents, one JSON object a line.
        input: PathBuf,
        /// Where the opinions go.
        output: PathBuf,
    },
    /// What the second reader of incidents is to learn from each annotated report.
    ReaderLessons {
        /// Annotated documents, one JSON object a line.
        input: PathBuf,
        /// Where the lessons go.
        output: PathBuf,
    },
    /// Events of each document.
    Events {
        /// Documents, one JSON object a line.
        input: PathBuf,
        /// Where the events go.
        output: PathBuf,
    },
    /// Mentions of each document.
    Mentions {
        /// Documents, one JSON object a line.
        input: PathBuf,
        /// Where the mentions go.
        output: PathBuf,
    },
    /// Mentions of each annotated document, by a labeller that was trained on the others.
    MentionsUnseen {
        /// Annotated documents, one JSON object a line.
        input: PathBuf,
        /// Where the mentions go.
        output: PathBuf,
        /// How many parts the documents are split into.
        #[arg(long, default_value_t = 7)]
        folds: usize,
    },
    /// Stage intervals of each document, read as a folder of its own.
    Stages {
        /// Documents, one JSON object a line.
        input: PathBuf,
        /// Where the intervals go.
        output: PathBuf,
    },
    /// Times of each document, resolved against its date.
    Times {
        /// Documents, one JSON object a line.
        input: PathBuf,
        /// Where the times go.
        output: PathBuf,
    },
    /// Precision and recall on the sentences annotated by hand.
    Sentences {
        /// The folder of documents that the annotation is about; the examples are added.
        folder: PathBuf,
        /// Where the figures go, JSON.
        output: PathBuf,
        /// Prints the errors of this draw, with the sources' words.
        #[arg(long)]
        errors_of: Option<String>,
    },
    /// Precision and recall of control and negotiations on the passages annotated by hand.
    Passages {
        /// Prints the errors.
        #[arg(long)]
        errors: bool,
        /// Where the figures go, JSON.
        output: PathBuf,
    },
    /// Precision and recall on the sentences in our own words.
    Reports {
        /// Prints the errors.
        #[arg(long)]
        errors: bool,
        /// Where the figures go, JSON.
        output: PathBuf,
    },
    /// Whose words stand where, on passages in our own words.
    Voices {
        /// Prints the errors.
        #[arg(long)]
        errors: bool,
        /// Where the figures go, JSON.
        output: PathBuf,
    },
    /// Trees of a treebank's raw sentences: only its `# text =` lines are read.
    Parse {
        /// Treebank, CoNLL-U.
        input: PathBuf,
        /// Where the trees go, CoNLL-U.
        output: PathBuf,
    },
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().task {
        Task::Attributions { input, output } => attributions::run(&input, &output),
        Task::Incidents { input, output } => incidents::run(&input, &output),
        Task::IncidentsUnseen { input, output, folds, opinions } => {
            fieldtest::incident_training::cross_validate(&input, opinions.as_deref(), folds, &output)
        }
        Task::Opinions { input, output } => incidents::opinions(&input, &output),
        Task::ReaderLessons { input, output } => {
            fieldtest::incident_training::reader_lessons(&input, &output)
        }
        Task::Events { input, output } => events::run(&input, &output),
        Task::Mentions { input, output } => mentions::run(&input, &output),
        Task::MentionsUnseen { input, output, folds } => {
            fieldtest::mention_training::cross_validate(&input, folds, &output)
        }
        Task::Stages { input, output } => stages::run(&input, &output),
        Task::Times { input, output } => times::run(&input, &output),
        Task::Sentences { folder, output, errors_of } => annotated(&folder, &output, errors_of.as_deref()),
        Task::Passages { output, errors } => passages_annotated(&output, errors),
        Task::Reports { output, errors } => reports_written(&output, errors),
        Task::Voices { output, errors } => voices_heard(&output, errors),
        Task::Parse { input, output } => parse::run(&input, &output),
    }
}

fn annotated(folder: &Path, output: &Path, errors_of: Option<&str>) -> anyhow::Result<()> {
    let mut said = String::new();
    let draws = sentences::measure(folder, &mut |sentence, words, errors| {
        if errors_of == Some(&sentence.draw) && !errors.is_empty() {
            said += &format!("{words}\n    {}\n\n", errors.join("\n    "));
        }
    })?;
    tell(said, &draws, output)
}

fn tell(
    mut said: String,
    sets: &std::collections::BTreeMap<String, sentences::Figures>,
    output: &Path,
) -> anyhow::Result<()> {
    for (set, figures) in sets {
        for (name, tally) in figures {
            let (precision, recall, f1) = (tally.precision(), tally.recall(), tally.f1());
            let counts = format!("{} right, {} annotated, {} found", tally.right, tally.gold, tally.found);
            said += &format!(
                "{set} {name:22} precision {precision:5.1} recall {recall:5.1} F1 {f1:5.1} ({counts})\n"
            );
        }
    }
    std::io::stdout().write_all(said.as_bytes())?;
    std::fs::write(output, format!("{:#}\n", sentences::on_wire(sets)))?;
    Ok(())
}

fn passages_annotated(output: &Path, with_errors: bool) -> anyhow::Result<()> {
    let mut said = String::new();
    let sets = passages::measure(&mut |passage, errors| {
        if with_errors && !errors.is_empty() {
            said += &format!("{} {}\n    {}\n\n", passage.set, passage.name, errors.join("\n    "));
        }
    })?;
    tell(said, &sets, output)
}

fn voices_heard(output: &Path, with_errors: bool) -> anyhow::Result<()> {
    let mut said = String::new();
    let figures = voices::measure(&mut |passage, errors| {
        if with_errors && !errors.is_empty() {
            said += &format!("{}\n    {}\n\n", passage.name, errors.join("\n    "));
        }
    })?;
    tell(said, &std::iter::once(("voices".to_owned(), figures)).collect(), output)
}

fn reports_written(output: &Path, with_errors: bool) -> anyhow::Result<()> {
    let mut said = String::new();
    let sets = reports::measure(&mut |written, errors| {
        if with_errors && !errors.is_empty() {
            said += &format!("{} {}\n    {}\n\n", written.set, written.text, errors.join("\n    "));
        }
    })?;
    tell(said, &sets, output)
}
