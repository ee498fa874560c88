//! What can be asked on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use irenic_model::jiff::civil::Date;

/// Reconstructs the life cycle of armed conflicts from documents.
///
/// Put reports, statements and news on one conflict into a folder (txt, md, html, pdf, docx), and run
/// `irenic report FOLDER -o report.html`. Every line of the report leads to the words it rests on. Nothing is sent
/// anywhere.
#[derive(Parser)]
#[command(version, about, long_about)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Write the life-cycle report, one HTML file or a folder of them.
    Report {
        #[command(flatten)]
        question: Question,
        /// The file to write, or a folder (an existing one, or a name that ends in a slash): an index, and a page for
        /// each document. Standard output without it.
        #[arg(short, long, value_name = "FILE|DIR")]
        output: Option<PathBuf>,
    },
    /// List what was found in each document: times, mentions, attributions, statements.
    Extract {
        /// Files and folders, JSON Lines corpora (`.jsonl`), or `-` for a corpus on standard input.
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// Only JSON Lines say all; the other forms count.
        #[arg(long, value_enum, default_value_t = Format::Jsonl)]
        format: Format,
        /// Add each document's text.
        #[arg(long)]
        with_text: bool,
    },
    /// List dated events in order of time.
    Timeline(Listing),
    /// List accounts: what is agreed, single-source or contested, and who says what.
    Accounts(Listing),
    /// List figures with bound, unit, group and holder.
    Figures(Listing),
    /// List commitments with debtor, due date and status.
    Commitments(Listing),
    /// List holders' own terms.
    Framings(Listing),
    /// List the stages of the life cycle under every model, with their reasons.
    Stages(Listing),
    /// List episodes of armed conflict from a table of UCDP's, or of events.
    Episodes(crate::episodes::Question),
    /// Tell the chances that quiet holds, or that fighting comes back, by the world's record.
    Outlook(crate::outlook::Asked),
    /// Hold the outlook's chances, and its rivals', against what came.
    Backtest(crate::backtest::Asked),
}

/// What the question is about.
#[derive(Args)]
pub(crate) struct Question {
    /// Files and folders.
    #[arg(required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Ask about the state of the conflict on this day (YYYY-MM-DD), with all that is known now.
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Use only sources published by this day (YYYY-MM-DD).
    #[arg(long, value_name = "DATE")]
    pub(crate) known_by: Option<Date>,
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
