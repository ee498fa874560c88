//! The chronicle: dated events in order, one line a sentence, folded by year where there are many, filtered by script.

use std::collections::{BTreeMap, BTreeSet};

use irenic_model::{Account, AccountStatus, Certainty, Content, DateInterval, Effect, Span, StatementRef};
use maud::{Markup, html};

use super::context::{Context, shortened};
use super::wording::{capital, counted, when};

/// From so many lines on, the chronicle is folded by year.
const LINES_OPEN_MAX: usize = 60;
/// Neighbouring years share a fold up to so many lines.
const FOLD_LINES: usize = 14;
/// An actor or source of at least so many lines can be chosen, where there are many of them.
const CHOICE_LINES_MIN: usize = 2;
const CHOICES_MAX: usize = 30;
/// Letters of the line that stands for a fold.
const HEADLINE_CHARS: usize = 110;

/// One line: the events of one time that one sentence tells.
struct Line<'a> {
    when: DateInterval,
    accounts: Vec<&'a Account>,
    /// The quotations: a document, and the words in one of its sentences.
    quotes: Vec<(usize, Vec<Span>)>,
    kinds: BTreeSet<String>,
    classes: BTreeSet<&'static str>,
    actors: BTreeSet<String>,
    documents: BTreeSet<usize>,
    /// What violence was done with, and its effects.
    harm: BTreeSet<String>,
}

impl Line<'_> {
    fn status(&self) -> AccountStatus {
        let of = |status| self.accounts.iter().any(|account| account.status == status);
        match () {
            () if of(AccountStatus::Contested) => AccountStatus::Contested,
            () if of(AccountStatus::Agreed) => AccountStatus::Agreed,
            () => AccountStatus::SingleSource,
        }
    }

    fn sources(&self) -> usize {
        let of = |account: &&Account| account.versions.iter().map(|version| version.sources).sum();
        self.accounts.iter().map(of).max().unwrap_or(1)
    }
}

pub(super) fn chronicle(found: &Context<'_>) -> Markup {
    let lines = lines(found);
    if lines.is_empty() {
        return html! { p { "The documents date no event." } };
    }
    let events: usize = lines.iter().map(|line| line.accounts.len()).sum();
    html! {
        p.soft { (counted(events, "dated event", "dated events")) " in " (counted(lines.len(), "line", "lines"))
            ". A date in italics is not in the sentence: it is inferred from the passage around it." }
        (filters(found, &lines))
        @if lines.len() <= LINES_OPEN_MAX {
            ol.chronicle.dated { @for line in &lines { (row(found, line)) } }
        } @else {
            @for fold in folds(&lines) { (folded(found, fold)) }
        }
    }
}

fn lines<'a>(found: &'a Context<'_>) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for entry in found.chronicle() {
        let quotes = one_a_document(found, entry.account);
        let Some((document, spans)) = quotes.first() else { continue };
        let sentence = found.sentence(*document, spans[0]);
        let same = |line: &&mut Line<'_>| {
            let (other, words) = &line.quotes[0];
            line.when == entry.when && other == document && found.sentence(*other, words[0]) == sentence
        };
        let at = match lines
            .iter_mut()
            .rev()
            .take_while(|line| line.when.from() == entry.when.from())
            .find(same)
        {
            Some(line) => line,
            None => {
                lines.push(Line {
                    when: entry.when,
                    accounts: Vec::new(),
                    quotes: quotes.iter().map(|(document, _)| (*document, Vec::new())).collect(),
                    kinds: BTreeSet::new(),
                    classes: BTreeSet::new(),
                    actors: BTreeSet::new(),
                    documents: BTreeSet::new(),
                    harm: BTreeSet::new(),
                });
                lines.last_mut().expect("a line was just pushed")
            }
        };
        for (document, spans) in quotes {
            match at.quotes.iter_mut().find(|(known, _)| *known == document) {
                Some((_, words)) => words.extend(spans),
                None => at.quotes.push((document, spans)),
            }
        }
        at.accounts.push(entry.account);
        describe(found, entry.account, at);
    }
    lines
}

/// The first statement of each document, of at most two.
fn one_a_document(found: &Context<'_>, account: &Account) -> Vec<(usize, Vec<Span>)> {
    let mut kept: Vec<StatementRef> = Vec::new();
    for at in account.statements() {
        if kept.len() < 2 && kept.iter().all(|other| other.document != at.document) {
            kept.push(at);
        }
    }
    let words = |at: StatementRef| Some((at.document, vec![found.statement(at)?.1.span]));
    kept.into_iter().filter_map(words).collect()
}

fn describe(found: &Context<'_>, account: &Account, line: &mut Line<'_>) {
    for at in account.statements() {
        let Some((_, statement)) = found.statement(at) else { continue };
        let Content::Event(event) = &statement.content else { continue };
        let mode = event.mode.as_deref().map(|mode| mode.replace('-', " "));
        let class = event.class.name();
        line.kinds.insert(match mode {
            Some(mode) if class == "OTHER" => mode,
            Some(mode) => format!("{}: {mode}", class.to_lowercase()),
            None => class.to_lowercase(),
        });
        line.classes.insert(class);
        line.documents.insert(at.document);
        line.harm.extend(event.harm.effects.iter().map(|effect| match effect {
            Effect::Unharmed => "nobody harmed".to_owned(),
            effect => effect.name().to_owned(),
        }));
        line.harm.extend(event.harm.instruments.iter().map(|one| format!("with {}", one.text)));
        for actor in event.actors.iter().chain(&event.recipients) {
            let party = found
                .parties
                .iter()
                .find(|party| party.name == actor.text || party.aliases.contains(&actor.text));
            let name = party.map_or(&actor.text, |party| &party.name);
            // What is done or moved stands among the recipients too; only names can be chosen.
            if name.starts_with(char::is_uppercase) {
                line.actors.insert(name.replace('|', " "));
            }
        }
    }
}

fn filters(found: &Context<'_>, lines: &[Line<'_>]) -> Markup {
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut actors: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sources: BTreeMap<usize, usize> = BTreeMap::new();
    for line in lines {
        line.classes.iter().for_each(|class| *classes.entry(class).or_default() += 1);
        line.actors.iter().for_each(|actor| *actors.entry(actor).or_default() += 1);
        line.documents.iter().for_each(|document| *sources.entry(*document).or_default() += 1);
    }
    if actors.len() > CHOICES_MAX {
        actors.retain(|_, count| *count >= CHOICE_LINES_MIN);
    }
    let own = |(value, count): (&str, usize)| (value.to_owned(), value.to_owned(), count);
    let classes = classes.into_iter().map(|(class, count)| (class.to_owned(), class.to_lowercase(), count));
    let sources = sources.into_iter().map(|(at, count)| (at.to_string(), found.label(at).to_owned(), count));
    html! {
        form.filters hidden aria-label="Filter the chronicle" {
            (choice("class", "Class", classes.collect()))
            (choice("actor", "Actor", actors.into_iter().map(own).collect()))
            (choice("source", "Source", sources.collect()))
            p.soft role="status" { span.count { (lines.len()) } " of " (lines.len()) " lines" }
        }
    }
}

/// A choice: value, label and number of lines of each option.
fn choice(name: &str, label: &str, options: Vec<(String, String, usize)>) -> Markup {
    html! {
        label { (label) " "
            select name=(name) {
                option value="" { "all" }
                @for (value, label, count) in options { option value=(value) { (shortened(&label, 60)) " (" (count) ")" } }
            }
        }
    }
}

fn joined<T: ToString>(values: &BTreeSet<T>) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")
}

fn row(found: &Context<'_>, line: &Line<'_>) -> Markup {
    let status = line.status();
    html! {
        li.line data-class=(joined(&line.classes)) data-actor=(joined(&line.actors)) data-source=(joined(&line.documents)) {
            div.when.inferred[line.when.certainty() == Certainty::Inferred] { (when(&line.when)) }
            div {
                @for (document, words) in &line.quotes { (found.quote_all(*document, words)) }
                p.facts {
                    (capital(&line.kinds.iter().cloned().collect::<Vec<_>>().join(", ")))
                    @if !line.harm.is_empty() { "; " (line.harm.iter().cloned().collect::<Vec<_>>().join(", ")) }
                    @if status == AccountStatus::Contested { " " span.tag.contested { "contested" } }
                    @else if status == AccountStatus::Agreed { " " span.tag { (line.sources()) " sources agree" } }
                }
            }
        }
    }
}

/// Lines that are folded away together: those of a year with many, or of neighbouring years with few.
fn folds<'l, 'a>(lines: &'l [Line<'a>]) -> Vec<&'l [Line<'a>]> {
    let year = |line: &Line<'_>| line.when.from().year();
    let years: Vec<&[Line<'a>]> = lines.chunk_by(|one, other| year(one) == year(other)).collect();
    let mut folds: Vec<&[Line<'a>]> = Vec::new();
    let mut at = 0;
    for lines_of_year in years {
        match folds.last_mut() {
            Some(last) if last.len() + lines_of_year.len() <= FOLD_LINES => {
                *last = &lines[at - last.len()..at + lines_of_year.len()];
            }
            _ => folds.push(lines_of_year),
        }
        at += lines_of_year.len();
    }
    folds
}

fn folded(found: &Context<'_>, fold: &[Line<'_>]) -> Markup {
    let year = |line: &Line<'_>| line.when.from().year();
    let (from, until) = (fold.first().map_or(0, year), fold.last().map_or(0, year));
    let top = fold.iter().max_by_key(|line| {
        (line.sources(), line.status() == AccountStatus::Contested, std::cmp::Reverse(line.when.from()))
    });
    html! {
        details.fold {
            summary {
                span.when { (from) @if until != from { "–" (until) } }
                span.n { span.in-fold { (fold.len()) } }
                span.headline { @if let Some(top) = top { (headline(found, top)) } }
            }
            ol.chronicle.dated { @for line in fold { (row(found, line)) } }
        }
    }
}

/// A line in a few words: its sentence, cut.
fn headline(found: &Context<'_>, line: &Line<'_>) -> String {
    let Some((document, words)) = line.quotes.first() else { return String::new() };
    format!("“{}”", self::sentence(found, *document, words[0], HEADLINE_CHARS))
}

/// The sentence around some words, cut.
pub(super) fn sentence(found: &Context<'_>, document: usize, span: Span, chars_max: usize) -> String {
    let text = &found.readings[document].document.text;
    shortened(found.sentence(document, span).of(text), chars_max)
}
