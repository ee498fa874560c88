//! What can be asked on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use irenic_model::jiff::civil::Date;

/// Reconstructs the life cycle of armed conflicts from documents.
///
/// Put reports, statements and news on one conflict into a folder (txt, md, html, pdf, docx), and run
/// `irenic report FOLDER -o report.html`. Every line of the report leads to the words it rests on. Nothing is sent
/// anywhere, and only `irenic data fetch` opens a connection.
#[derive(Parser)]
#[command(version, about, long_about, after_help = crate::help::PROGRAM)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Write the life-cycle report, one HTML file or a folder of them.
    #[command(after_help = crate::help::REPORT)]
    Report {
        #[command(flatten)]
        question: Question,
        /// The file to write, or a folder (an existing one, or a name that ends in a slash): an index, and a page for
        /// each document. Without it the page goes to standard output, which must then be a file or a pipe.
        #[arg(short, long, value_name = "FILE|DIR")]
        output: Option<PathBuf>,
    },
    /// List what was found in each document: times, mentions, attributions, statements.
    #[command(after_help = crate::help::EXTRACT)]
    Extract {
        /// Files and folders, JSON Lines corpora (`.jsonl`), or `-` for a corpus on standard input.
        #[arg(required = true, value_name = "FOLDER|FILE|-")]
        paths: Vec<PathBuf>,
        /// Only JSON Lines say all; the other forms count.
        #[arg(long, value_enum, default_value_t = Format::Jsonl)]
        format: Format,
        /// Add each document's text.
        #[arg(long)]
        with_text: bool,
    },
    /// Tell how something was found and how its value was derived.
    #[command(subcommand)]
    Explain(crate::explain::Explained),
    /// List dated events in order of time.
    #[command(after_help = crate::help::TIMELINE)]
    Timeline(Listing),
    /// List accounts: what is agreed, single-source or contested, and who says what.
    #[command(after_help = crate::help::ACCOUNTS)]
    Accounts(Listing),
    /// List figures with bound, unit, group and holder.
    #[command(after_help = crate::help::FIGURES)]
    Figures(Listing),
    /// List undertakings with debtor, due date and what holders say became of them.
    Commitments(Listing),
    /// List holders' own terms.
    #[command(after_help = crate::help::FRAMINGS)]
    Framings(Listing),
    /// List who held which place between which dates, according to whom.
    Control(Listing),
    /// List negotiations: who meets whom under whose mediation, proposals, demands, obstacles, mandates.
    Tracks(Listing),
    /// List the stages of the life cycle under every model, with their reasons.
    #[command(after_help = crate::help::STAGES)]
    Stages(Listing),
    /// Write figures in a form that other programs read.
    Export {
        #[command(flatten)]
        question: Question,
        /// The form.
        #[arg(long, value_enum)]
        format: ExportFormat,
    },
    /// List episodes of armed conflict from a table of UCDP's, or of events.
    #[command(after_help = crate::help::EPISODES)]
    Episodes(crate::episodes::Question),
    /// Tell the chances that quiet holds, or that fighting comes back, by the world's record.
    #[command(after_help = crate::help::OUTLOOK)]
    Outlook(crate::outlook::Asked),
    /// Hold the outlook's chances, and its rivals', against what came.
    Backtest(crate::backtest::Asked),
    /// List, download and check the data sets that Irenic reads. Only `data fetch` opens a connection.
    Data {
        #[command(subcommand)]
        command: crate::data::Asked,
    },
}

/// What the question is about.
#[derive(Args)]
pub(crate) struct Question {
    /// A folder of documents on one conflict, or several files and folders.
    #[arg(required = true, value_name = "FOLDER|FILE")]
    pub(crate) paths: Vec<PathBuf>,
    /// Ask about the state of the conflict on this day (YYYY-MM-DD), with all that is known now.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_of: Option<Date>,
    /// Use only sources published by this day (YYYY-MM-DD).
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) known_by: Option<Date>,
}

/// A day as it is asked for.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "a day is written as YYYY-MM-DD, like 2003-05-19".to_owned())
}

/// A question, and the form of its answer.
#[derive(Args)]
pub(crate) struct Listing {
    #[command(flatten)]
    pub(crate) question: Question,
    /// The form of the list.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
}

/// The form of an export.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// Figures as a table with HXL hashtags: one row a statement, nothing added up.
    Hxl,
}

/// The form of a list.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For reading on a terminal.
    Table,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values with a header.
    Csv,
}
