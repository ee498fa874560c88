//! Figures: the quantities that a text states, as typed values with bounds, groups and periods.
//!
//! A stretch of text (a sentence, or a line of a table's cell) is cut into words; `quantity` finds numbers with
//! their bounds; `phrase` what is counted; `fate` what happened to it; `parts` ties breakdowns and lists
//! together. A number that counts nothing of ours (a date, a rank, a resolution) is left alone. The words are data,
//! in `rules/en/figures.toml`.

mod fate;
mod lexicon;
mod numerals;
mod parts;
mod period;
mod phrase;
mod quantity;
mod tables;
mod tellers;
#[cfg(test)]
mod tests;

use irenic_language::Upos;
use irenic_model::{BlockKind, Content, Figure, Holder, Span, Stance, Statement, StatementId, Voice};

use crate::Input;
use crate::voice::voice_at;
use crate::words::{Word, lines, words};
use fate::{Fate, Search, Side};
use lexicon::Lexicon;
use parts::Candidate;
use period::Dates;
use phrase::Counted;
use quantity::span_of;
use tables::Heading;

/// The figures of a document, in text order: each a statement whose content is a figure.
///
/// A breakdown names the figure it belongs to by identity ([`Figure::part_of`]). The holder and stance are those of the
/// innermost attribution that covers the figure; in a table, those that a label names ("Per the ministry:").
#[must_use]
pub fn figures(input: &Input<'_>) -> Vec<Statement> {
    let lexicon = Lexicon::english();
    let mut found = Vec::new();
    for block in &input.document.blocks {
        match block.kind {
            BlockKind::Literal => {}
            BlockKind::TableRow => in_row(input, &block.cells, lexicon, &mut found),
            BlockKind::Footnote => in_note(input, block.span, lexicon, &mut found),
            _ => in_prose(input, block.span, lexicon, &mut found),
        }
    }
    found.sort_by_key(|statement| statement.span);
    found.dedup_by_key(|statement| statement.span);
    found
}

fn in_prose(input: &Input<'_>, span: Span, lexicon: &Lexicon, found: &mut Vec<Statement>) {
    if is_note_with_address(span.of(&input.document.text)) {
        return in_note(input, span, lexicon, found);
    }
    let heading = Heading::default();
    let mut counted_before: Option<String> = None;
    for sentence in sentences_in(input, span) {
        let told = found.len();
        in_stretch(input, sentence, &heading, counted_before.as_deref(), lexicon, found);
        counted_before = found[told..].iter().rev().find_map(|statement| match &statement.content {
            Content::Figure(figure) if figure.unit == "person" => figure.counts.clone(),
            _ => None,
        });
    }
}

fn sentences_in<'a>(input: &'a Input<'_>, span: Span) -> impl Iterator<Item = Span> + 'a {
    let sentences = &input.analysis.sentences;
    let first = sentences.partition_point(|sentence| sentence.span.end <= span.start);
    sentences[first..]
        .iter()
        .map(|sentence| sentence.span)
        .take_while(move |sentence| sentence.start < span.end)
}

/// Whether a paragraph is a note at the end of a text: a mark in brackets, and an address.
fn is_note_with_address(text: &str) -> bool {
    let marked =
        text.strip_prefix('[').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '^'));
    marked && text.contains("://")
}

/// A note that gives an address ends in a work's title and publisher, which are the cited work's words: the last two
/// sentences before the address are left alone.
fn in_note(input: &Input<'_>, span: Span, lexicon: &Lexicon, found: &mut Vec<Statement>) {
    let address = span.of(&input.document.text).find("://").map(|at| span.start + at);
    let sentences: Vec<Span> = sentences_in(input, span).collect();
    let with_words = |sentence: &&Span| {
        sentence.of(&input.document.text).chars().filter(|c| c.is_alphabetic()).count() > 2
    };
    let own = address.map_or(sentences.len(), |address| {
        let before = sentences.iter().filter(|sentence| sentence.start < address).filter(with_words).count();
        before.saturating_sub(2)
    });
    for sentence in sentences.iter().filter(with_words).take(own) {
        in_stretch(input, *sentence, &Heading::default(), None, lexicon, found);
    }
}

/// A row: its first cell is the key of the others; each line of a cell is a stretch of its own.
fn in_row(input: &Input<'_>, cells: &[Span], lexicon: &Lexicon, found: &mut Vec<Statement>) {
    let text = &input.document.text;
    let Some((first, rest)) = cells.split_first() else { return };
    let heading = if rest.is_empty() {
        Heading::default()
    } else {
        tables::key(text, &words(text, *first, input.analysis), input.mentions, lexicon)
    };
    let cells = if rest.is_empty() { cells } else { rest };
    for cell in cells {
        let mut running = heading.clone();
        for line in lines(text, *cell) {
            let line_words = words(text, line, input.analysis);
            let mut from = line.start;
            for (after, label) in tables::labels(text, &line_words, input.mentions, lexicon) {
                let begins = line_words.get(after).map_or(line.end, |word| word.span.start);
                let label_start = label_start(&line_words, after, from);
                in_stretch(input, Span::new(from, label_start.max(from)), &running, None, lexicon, found);
                running = merged(running, label);
                from = begins.max(from);
            }
            in_stretch(input, Span::new(from, line.end), &running, None, lexicon, found);
        }
    }
}

/// Where the label that ends before the word at `after` begins: after the number or mark before it.
fn label_start(words: &[Word], after: usize, from: usize) -> usize {
    let mut at = after.saturating_sub(1);
    while at > 0 && words[at - 1].shape == crate::words::Shape::Letters && words[at - 1].span.start >= from {
        at -= 1;
    }
    words.get(at).map_or(from, |word| word.span.start)
}

fn merged(before: Heading, label: Heading) -> Heading {
    if label.holder.is_some() {
        return Heading { holder: label.holder, stance: None, ..before };
    }
    Heading { counts: label.counts, counting: true, ..before }
}

/// The figures of one sentence or line, given what stands over it and what the sentence before it counted.
fn in_stretch(
    input: &Input<'_>,
    region: Span,
    heading: &Heading,
    counted_before: Option<&str>,
    lexicon: &Lexicon,
    found: &mut Vec<Statement>,
) {
    if !region.of(&input.document.text).chars().any(|c| c.is_ascii_digit()) && region.len() < 8 {
        return;
    }
    let run = words(&input.document.text, region, input.analysis);
    let mut candidates = candidates(input, &run, lexicon);
    if let (Some(counts), Some(first)) = (counted_before, candidates.first_mut()) {
        parts::take_up(&run, first, counts, lexicon);
    }
    parts::tie(&run, &mut candidates, lexicon);
    under_heading(&mut candidates, heading);
    let in_table =
        input.document.block_at(region.start).is_some_and(|block| block.kind == BlockKind::TableRow);
    let stretch = Stretch { input, words: &run, region, heading, in_table, lexicon };
    stretch.statements(&candidates, found);
}

fn candidates(input: &Input<'_>, run: &[Word], lexicon: &Lexicon) -> Vec<Candidate> {
    let quantities = quantity::quantities(run, input.times, lexicon);
    let starts: Vec<usize> =
        quantities.iter().map(|quantity| quantity.words.start).chain([run.len()]).collect();
    let mut from = 0;
    let mut found: Vec<Candidate> = Vec::new();
    for (at, quantity) in quantities.into_iter().enumerate() {
        let until = starts[at + 1];
        let phrase = phrase::phrase(run, &quantity, until, lexicon);
        let search = Search { words: run, analysis: input.analysis, lexicon, from };
        let fate = search.fate(&quantity, &phrase).filter(|fate| {
            fate.side != Side::Right
                || fate.end <= until
                || run[phrase.end].is("(")
                || run[phrase.end].is(",")
        });
        from = phrase.end.max(quantity.words.end);
        if let Some(fate) = fate.as_ref().filter(|fate| fate.end <= until) {
            from = from.max(fate.end);
        }
        found.push(Candidate { quantity, phrase, fate, part_of: None, group_of: None });
    }
    parts::partitives(run, &mut found);
    found
}

/// In a table, numbers without words of their own count what the label says.
fn under_heading(candidates: &mut [Candidate], heading: &Heading) {
    let Some(counts) = heading.counts.as_ref().filter(|_| heading.counting) else { return };
    for candidate in
        candidates.iter_mut().filter(|candidate| candidate.fate.is_none() && candidate.part_of.is_none())
    {
        let fits = candidate.phrase.counted.is_people()
            || matches!(candidate.phrase.counted, Counted::Nothing | Counted::Adjectives);
        if fits && !candidate.quantity.year_like {
            candidate.fate =
                Some(Fate { counts: counts.clone(), side: Side::Inherited, end: candidate.phrase.end });
        }
    }
}

/// One sentence or line, with what is needed to make statements of its figures.
struct Stretch<'a> {
    input: &'a Input<'a>,
    words: &'a [Word],
    region: Span,
    heading: &'a Heading,
    in_table: bool,
    lexicon: &'a Lexicon,
}

impl Stretch<'_> {
    fn statements(&self, candidates: &[Candidate], found: &mut Vec<Statement>) {
        let dates = {
            let document = self.input.document;
            Dates::new(&document.text, self.region, self.input.times, document.source.published)
        };
        let kept: Vec<bool> = candidates.iter().map(|candidate| self.is_figure(candidate)).collect();
        let spans: Vec<Span> = candidates.iter().map(|candidate| self.span(candidate)).collect();
        for (at, candidate) in candidates.iter().enumerate().filter(|(at, _)| kept[*at]) {
            let neighbour = |other: usize| kept.get(other).is_some_and(|kept| *kept);
            let left = (0..at).rev().find(|other| neighbour(*other)).map_or(0, |other| spans[other].end);
            let right = (at + 1..kept.len())
                .find(|other| neighbour(*other))
                .map_or(usize::MAX, |other| spans[other].start);
            let (holder, stance) = self.voice(candidate, spans[at]);
            let figure = Figure {
                value: candidate.quantity.value,
                upper: candidate.quantity.upper,
                bound: candidate.quantity.bound,
                unit: unit(candidate),
                counts: self.counts(candidate),
                group: self.group(candidates, at),
                period: dates.period(spans[at], left, right),
                part_of: candidate
                    .part_of
                    .filter(|parent| kept[*parent])
                    .map(|parent| self.id(spans[parent])),
            };
            let id = self.id(spans[at]);
            found.push(Statement { id, span: spans[at], holder, stance, content: Content::Figure(figure) });
        }
    }

    fn id(&self, span: Span) -> StatementId {
        StatementId::new(self.input.document.source.sha256, span, "figure")
    }

    fn span(&self, candidate: &Candidate) -> Span {
        let start = candidate.quantity.words.start;
        let end = candidate.phrase.end.max(candidate.quantity.words.end);
        span_of(self.words, &(start..end))
    }

    /// Whether the candidate is a figure worth stating, or a number that counts nothing of ours.
    fn is_figure(&self, candidate: &Candidate) -> bool {
        let quantity = &candidate.quantity;
        let rate = self.lexicon.rates.at(self.words, candidate.phrase.end).is_some();
        let named_number =
            quantity.numbered && !candidate.phrase.counted.is_people() && !self.heading.counting;
        let people = candidate.phrase.counted.is_people()
            || candidate.fate.as_ref().is_some_and(|fate| fate.side == Side::Inside);
        if rate || named_number || quantity.year_like && !people {
            return false;
        }
        if quantity.share {
            return self.is_share(candidate);
        }
        let told = candidate.fate.is_some() || candidate.part_of.is_some();
        match &candidate.phrase.counted {
            Counted::Measure(unit) => unit != "household" || told || quantity.value >= 2.0,
            // "The two forces" are bodies, not people.
            Counted::Troops => {
                let bodies = candidate
                    .phrase
                    .head
                    .is_some_and(|head| ["forces", "armies"].iter().any(|body| self.words[head].is(body)));
                told || !quantity.single && !self.in_table && (!bodies || quantity.value >= 10.0)
            }
            Counted::People | Counted::Persons => told || quantity.value >= 10.0 && !quantity.vague,
            Counted::Nothing | Counted::Adjectives => told,
            Counted::Unknown => told && !quantity.single,
            Counted::Arms => !quantity.single && !quantity.vague && (!self.in_table || self.heading.counting),
            Counted::Things | Counted::Land => false,
        }
    }

    /// A share needs a whole: "a fifth of the territory", "80 per cent of the population".
    fn is_share(&self, candidate: &Candidate) -> bool {
        let Some(head) = candidate.phrase.head else { return candidate.fate.is_some() };
        let of_whole = self.words[candidate.quantity.words.end..head].iter().any(|word| word.is("of"))
            || self.words[candidate.quantity.words.end - 1].is("half");
        // "the eastern half of the city" is a place.
        let start = candidate.quantity.words.start;
        let named = start > 1
            && self.words[candidate.quantity.words.end - 1].is("half")
            && matches!(self.words[start - 1].upos, Some(Upos::Adj | Upos::Propn))
            && ["the", "its", "their"].iter().any(|word| self.words[start - 2].is(word));
        !named
            && of_whole
            && !["vote", "votes", "ballots", "poll", "time", "year", "century"]
                .iter()
                .any(|word| self.words[head].is(word))
    }

    fn counts(&self, candidate: &Candidate) -> Option<String> {
        match &candidate.phrase.counted {
            Counted::Measure(unit) if unit != "household" => {
                let goods = span_of_group(self.words, candidate)?;
                Some(goods.of(&self.input.document.text).to_owned())
            }
            _ if candidate.quantity.share && candidate.phrase.counted == Counted::Land => {
                Some("territory".to_owned())
            }
            Counted::Arms => candidate.phrase.head.map(|head| self.words[head].lower.clone()),
            Counted::Troops if candidate.fate.is_none() => Some("troops".to_owned()),
            _ => candidate.fate.as_ref().map(|fate| fate.counts.clone()),
        }
    }

    /// The group in the words of the text, with the side that a table names.
    fn group(&self, candidates: &[Candidate], at: usize) -> Option<String> {
        let text = &self.input.document.text;
        let own = &candidates[at];
        if matches!(own.phrase.counted, Counted::Measure(ref unit) if unit != "household") {
            return None;
        }
        // "anti-tank missiles": the name says more than what is counted.
        if own.phrase.counted == Counted::Arms {
            let words = span_of_group(self.words, own)?.of(text);
            return words
                .contains(char::is_whitespace)
                .then(|| words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        if own.phrase.counted == Counted::Adjectives
            && let Some(next) = own.group_of.and_then(|next| candidates.get(next))
            && let Some(head) = next.phrase.head
            && let Some(adjectives) = span_of_group(self.words, own)
        {
            return Some(format!("{} {}", adjectives.of(text), self.words[head].span.of(text)));
        }
        let named = |candidate: &Candidate| {
            let group = span_of_group(self.words, candidate)?.of(text);
            let generic = candidate.phrase.counted == Counted::People;
            let words = group.split_whitespace().collect::<Vec<_>>().join(" ");
            (!generic && !words.is_empty()).then_some(words)
        };
        let model = if named(own).is_some() { own } else { own.group_of.map_or(own, |of| &candidates[of]) };
        let words = named(model);
        if let Some(side) = &self.heading.side {
            return Some(match words {
                Some(words) if words.contains(side.as_str()) => words,
                Some(words) => format!("{side} {words}"),
                None => side.clone(),
            });
        }
        // "27 of their soldiers": those of the one who says it.
        let owner = voice_at(self.input.attributions, self.span(model)).0.filter(|_| model.phrase.possessive);
        match (words, owner) {
            (Some(words), Some(owner)) => Some(format!("{words} of {}", owner.speaker())),
            (words, _) => words,
        }
    }

    fn voice(&self, candidate: &Candidate, span: Span) -> (Option<Holder>, Stance) {
        let (holder, stance) = voice_at(self.input.attributions, span);
        if holder.is_some() {
            return (holder, stance);
        }
        if !self.in_table {
            let number = candidate.quantity.words.end.checked_sub(1).and_then(|at| self.words[at].token);
            let teller = number.and_then(|token| tellers::teller(self.input, self.lexicon, token));
            return if teller.is_some() { (teller, Stance::Reported) } else { (None, stance) };
        }
        let end = candidate
            .fate
            .as_ref()
            .map_or(0, |fate| fate.end)
            .max(candidate.phrase.end)
            .max(candidate.quantity.words.end);
        let text = &self.input.document.text;
        let own =
            tables::holder_after(text, self.words, end, self.words.len(), self.input.mentions, self.lexicon);
        let said = own.or_else(|| self.heading.holder.clone());
        match said {
            Some((name, place)) => {
                let stance = self.heading.stance.unwrap_or(Stance::Reported);
                (Holder::new(vec![Voice { name, span: Some(place) }]), stance)
            }
            None => (None, stance),
        }
    }
}

fn span_of_group(words: &[Word], candidate: &Candidate) -> Option<Span> {
    let group = &candidate.phrase.group;
    (!group.is_empty()).then(|| span_of(words, group))
}

fn unit(candidate: &Candidate) -> String {
    if candidate.quantity.share {
        return "share".to_owned();
    }
    match &candidate.phrase.counted {
        Counted::Measure(unit) => unit.clone(),
        Counted::Arms => "item".to_owned(),
        _ => "person".to_owned(),
    }
}
