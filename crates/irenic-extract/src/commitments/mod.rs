//! Commitments: who owes what to whom by when, and what became of it.
//!
//! A cue ("undertook to", "demanded", "shall") leads to what is to be done, which reaches to the end of its clause;
//! dates there with "by", "before" or "within" set the deadline. Demands and refusals are kept apart from undertakings
//! by their stance. The words are data, in `rules/en/commitments.toml`.

mod clause;
mod cues;
mod due;
mod forms;
mod frame;
mod lexicon;
mod outcomes;
mod passives;
mod stating;
#[cfg(test)]
mod tests;

use std::ops::Range;

use irenic_model::{BlockKind, CommitmentStatus, DateInterval, Span, Stance, Statement};

use crate::Input;
use crate::words::{Word, words};
use clause::Clause;
use due::Dated;
pub(crate) use due::days_of;
use frame::DocumentFrame;
use lexicon::Lexicon;

/// The commitments of a document, in text order: each a statement whose content is a commitment.
///
/// The deadline is the last day of [`Commitment::due`](irenic_model::Commitment::due).
#[must_use]
pub fn commitments(input: &Input<'_>) -> Vec<Statement> {
    let lexicon = Lexicon::english();
    let mut found = Vec::new();
    let frame = DocumentFrame::of(input, lexicon);
    let mut under_agreement = frame.is_agreement;
    for block in &input.document.blocks {
        if matches!(
            block.kind,
            BlockKind::Literal | BlockKind::Footnote | BlockKind::TableRow | BlockKind::Heading(_)
        ) {
            continue;
        }
        let sentences = &input.analysis.sentences;
        let first = sentences.partition_point(|sentence| sentence.span.end <= block.span.start);
        let own = sentences[first..].iter().take_while(|sentence| sentence.span.start < block.span.end);
        let mut concluded = false;
        for sentence in own {
            let standing = Standing { under_agreement, concluded };
            concluded = in_sentence(input, sentence.span, (standing, frame.made), lexicon, &mut found);
        }
        under_agreement = frame.is_agreement
            || leads_in(input, block.span, lexicon)
            || under_agreement && block.kind == BlockKind::ListItem;
    }
    found.sort_by_key(|statement| statement.span);
    found.dedup_by_key(|statement| statement.span);
    found
}

/// Whether a block leads to a list of what an agreement holds: "Under the agreement:".
fn leads_in(input: &Input<'_>, span: Span, lexicon: &Lexicon) -> bool {
    let text = span.of(&input.document.text).trim_end();
    let last_line = text.rfind('\n').map_or(span.start, |at| span.start + at);
    text.ends_with(':') && {
        let run = words(&input.document.text, Span::new(last_line, span.start + text.len()), input.analysis);
        (0..run.len()).any(|at| lexicon.context.at(&run, at).is_some())
    }
}

/// What the sentences before one tell of an agreement.
#[derive(Clone, Copy)]
struct Standing {
    /// The sentence stands in a list of what an agreement holds.
    under_agreement: bool,
    /// A sentence before it in the same paragraph told that one was concluded.
    concluded: bool,
}

/// Finds the commitments of a sentence, and tells whether the next one may go on with what an agreement holds.
fn in_sentence(
    input: &Input<'_>,
    span: Span,
    (standing, made): (Standing, Option<DateInterval>),
    lexicon: &Lexicon,
    found: &mut Vec<Statement>,
) -> bool {
    let run = words(&input.document.text, span, input.analysis);
    let clause = Clause { text: &input.document.text, words: &run, analysis: input.analysis, lexicon };
    let without_made = due::dates(&run, input.times, None, lexicon);
    let own = without_made.iter().find(|date| !date.deadline && (date.loose || date.anchor));
    let made = own.map(|date| date.when).or(made);
    let dates = due::dates(&run, input.times, made, lexicon);
    let finder = Finder { input, clause: &clause, dates: &dates, standing };
    finder.run(found);
    let concludes = (0..run.len()).any(|at| {
        lexicon.concludes.has(&run[at].lower)
            && (at + 1..run.len().min(at + 8)).any(|near| lexicon.context.at(&run, near).is_some())
    });
    concludes || standing.concluded
}

/// What one cue leads to.
struct Lead {
    /// The cue's words.
    cue: Range<usize>,
    /// The first word of what is to be done.
    action: usize,
    /// Where the words for it begin: before its verb where they tell to what it is done.
    opening: usize,
    debtor: Option<String>,
    creditor: Option<String>,
    stance: Stance,
    status: CommitmentStatus,
}

/// The search of one sentence.
struct Finder<'a> {
    input: &'a Input<'a>,
    clause: &'a Clause<'a>,
    dates: &'a [Dated],
    standing: Standing,
}

impl Finder<'_> {
    fn run(&self, found: &mut Vec<Statement>) {
        let mut at = 0;
        while at < self.clause.words.len() {
            let lead = self.status(at).or_else(|| self.cue(at)).or_else(|| self.modal(at));
            at = match lead {
                Some(lead) => self.state(&lead, found).max(at + 1),
                None => at + 1,
            };
        }
    }

    fn word(&self, at: usize) -> Option<&Word> {
        self.clause.words.get(at)
    }
}
