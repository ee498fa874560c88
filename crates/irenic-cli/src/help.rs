//! What `--help` says beyond the options: examples, and what the exit statuses mean. No line is longer than a terminal.

/// Below the list of commands.
pub(crate) const PROGRAM: &str = "\
Start here:
  irenic report FOLDER -o report.html    one HTML file: the life cycle of one conflict
  irenic stages FOLDER                   its stages in a table, with the rules behind them
  irenic help report                     more on a command; each has such a page

A folder holds documents on ONE conflict: txt, md, html, pdf, docx. A file conflict.toml in it
may name the parties, their sides, and who published what; examples/karabakh/conflict.toml
shows every key. Without it the program works the parties out.

Results go to standard output, all else to standard error. Exit status:
  0  done
  1  failed: nothing could be read, or the result could not be written
  2  wrong usage
  3  done, but some sources could not be read; each is named";

pub(crate) const REPORT: &str = "\
Examples:
  irenic report examples/karabakh -o karabakh.html
  irenic report FOLDER -o pages/
      an index, and a page for each document: for large folders
  irenic report FOLDER -o then.html --as-of 2003-01-01
      the state of the conflict on that day, with all that is known now
  irenic report FOLDER -o knew.html --known-by 2003-01-01
      from the sources that were published by that day";

pub(crate) const EXTRACT: &str = "\
A line of the default form is one document, as schema/extract.schema.json has it: times,
mentions, attributions, events, figures, commitments, characterisations, framings, citations,
each with its place in the text as UTF-8 byte offsets.

Examples:
  irenic extract FOLDER > found.jsonl
  irenic extract report.pdf --with-text | jq '.figures[] | {value, counts, group, holder}'
  irenic extract - < corpus.jsonl          a line holds {\"id\", \"date\", \"text\"}
  irenic extract FOLDER --format table     how much was found in each document";

pub(crate) const EXPLAIN_TIMES: &str = "\
An anchor is the day of publication, a date told before, or an event that one of the documents dates by name. The rules are
in rules/en/times, under the names that stand here.

Example:
  irenic explain times FOLDER --format jsonl | jq '{words, value, rule, anchor, tense}'";

pub(crate) const TIMELINE: &str = "\
An event that several documents tell stands once. A date is as wide as it is known: from and
until are its first and last day.

Example:
  irenic timeline FOLDER --format csv > events.csv";

pub(crate) const ACCOUNTS: &str = "\
An account joins what is said of one event, figure or commitment. Each version of it has a row
of its own, with those who hold it; rival figures are never averaged.

Examples:
  irenic accounts FOLDER
  irenic accounts FOLDER --format jsonl | jq 'select(.status == \"contested\")'";

pub(crate) const FIGURES: &str = "\
Values are in base units: a fifth is 0.2 with unit share, 40 tons is 40 with unit tonne. The
bound says how a value bounds the truth: exact, about, at_least or at_most.

Example:
  irenic figures FOLDER --format csv > figures.csv";

pub(crate) const FRAMINGS: &str = "\
Terms such as \"so-called\", words in scare quotes, \"alleged\", and terms that take a side, each
with who uses it.

Example:
  irenic framings FOLDER";

pub(crate) const STAGES: &str = "\
Models: irenic, and the published ucdp, cascon, cews and hiik over the same evidence. As JSON
Lines it has the bounds of each date and the evidence, as schema/stages.schema.json has it.

Examples:
  irenic stages examples/aceh
  irenic stages examples/aceh --as-of 2003-03-01 --format jsonl";

pub(crate) const EPISODES: &str = "\
An episode is a run of years with at least 25 battle-related deaths each, as UCDP has it.

Examples:
  irenic episodes ucdp-prio-acd-231.csv --format csv
  irenic episodes ucdp-dyadic-231.csv --level dyad --conflict 388";

pub(crate) const OUTLOOK: &str = "\
A chance is a share of past conflicts of the same class, with its size and limits; where the
class is too small there is none, and it is said why.

Examples:
  irenic outlook examples/aceh
  irenic outlook --quiet-years 2 --ending ceasefire";

#[cfg(test)]
mod tests {
    #[test]
    fn no_line_is_wrapped() {
        for page in [
            super::PROGRAM,
            super::REPORT,
            super::EXTRACT,
            super::TIMELINE,
            super::ACCOUNTS,
            super::FIGURES,
            super::FRAMINGS,
            super::STAGES,
            super::EPISODES,
            super::OUTLOOK,
        ] {
            for line in page.lines() {
                assert!(line.chars().count() <= 98, "{line}");
            }
        }
    }
}
