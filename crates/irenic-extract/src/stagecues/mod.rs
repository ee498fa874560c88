//! Stage cues: words from which a stage can be told, beside PLOVER events.
//!
//! PLOVER codes single interactions. That fighting goes on, that two wars were fought in all, that a truce took effect on
//! a later day than it was signed, that a place left an empire: such things are told in words of their own. The cues are
//! data (`rules/en/stage_cues.toml`), patterns over the base forms of a sentence; here they get a time, a voice, and a
//! look at what stands over them, since what is urged, planned or denied has not happened.

mod bands;
mod lexicon;
#[cfg(test)]
mod tests;
mod unreal;
mod view;
mod wars;
mod when;

use irenic_language::{Sentence, split_dateline};
use irenic_model::{
    Block, BlockKind, Certainty, ClashScale, DateInterval, Holder, Observation, Span, StageCue, Stance,
    StatementId, TimeType, date_of, day_number,
};

use crate::Input;
use crate::commitments::days_of;
use crate::voice::voice_at;
use bands::Bands;
use lexicon::{Cue, Lexicon, Shows};
use view::View;
use when::{Dated, dates_in, until, when};
pub(crate) use when::{clause_behind, is_compared};

/// The stage cues of a document, in text order.
///
/// A sentence without a date takes the last one of its paragraph, or of the one before it.
#[must_use]
pub fn stage_cues(input: &Input<'_>) -> Vec<StageCue> {
    let lexicon = Lexicon::english();
    let lead = lead_of(input.document);
    let mut finder = Finder {
        input,
        lexicon,
        bands: Bands::of(input, &lexicon.armed),
        block: None,
        running: lead,
        lead,
        before: String::new(),
        found: Vec::new(),
    };
    let wars = wars::named_wars(lexicon, input.document, input.analysis);
    let mut next_war = 0;
    for sentence in &input.analysis.sentences {
        let dates = dates_in(&input.document.text, input.times, sentence.span);
        let until = wars[next_war..].iter().take_while(|war| war.span.start < sentence.span.end).count();
        if finder.is_told(sentence) {
            finder.turn_to(sentence);
            finder.read(sentence, &dates, &wars[next_war..next_war + until]);
        }
        next_war += until;
    }
    finder.add_dates_of_the_war(&wars);
    let mut found = finder.found;
    found.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
    found.dedup_by(|a, b| a.span == b.span && a.rule == b.rule && a.when == b.when);
    found
}

/// So long a text, in bytes, may be a dispatch.
const DISPATCH_BYTES_MAX: usize = 8000;

/// The date of a news dispatch, which begins with its place in capitals: what it tells without a date is news of that day.
fn lead_of(document: &irenic_model::Document) -> Option<DateInterval> {
    let published = document.source.published?;
    let first = document.blocks.iter().find(|block| block.kind == BlockKind::Paragraph)?;
    split_dateline(first.span.of(&document.text))?;
    (document.text.len() <= DISPATCH_BYTES_MAX).then(|| DateInterval::day(published))
}

struct Finder<'f, 'a> {
    input: &'f Input<'a>,
    lexicon: &'f Lexicon,
    bands: Bands<'a>,
    /// The number of the block that was read last.
    block: Option<usize>,
    /// The date that the narrative runs on.
    running: Option<DateInterval>,
    /// The date that a dispatch runs on where it gives none: its own.
    lead: Option<DateInterval>,
    /// The sentence that was read last in the paragraph, as a line of base forms.
    before: String,
    found: Vec<StageCue>,
}

impl Finder<'_, '_> {
    /// Whether a sentence belongs to the telling: notes give titles of works, not what happened.
    fn is_told(&self, sentence: &Sentence) -> bool {
        let block = self.input.document.block_at(sentence.span.start);
        !block.is_some_and(|block| matches!(block.kind, BlockKind::Footnote | BlockKind::Literal))
    }

    /// The date that the telling runs on ends with its paragraph or the next: neither a table's row nor what follows a
    /// heading goes on with it.
    fn turn_to(&mut self, sentence: &Sentence) {
        let blocks = &self.input.document.blocks;
        let at = blocks.partition_point(|block| block.span.end <= sentence.span.start);
        if self.block == Some(at) {
            return;
        }
        let is_text = |at: usize| {
            blocks.get(at).is_some_and(|it| matches!(it.kind, BlockKind::Paragraph | BlockKind::ListItem))
        };
        let goes_on = self.block.is_none_or(|last| (last..=at).all(is_text));
        if !goes_on {
            self.running = self.lead;
        }
        self.before.clear();
        self.block = Some(at);
    }

    fn read(&mut self, sentence: &Sentence, dates: &[Dated], wars: &[wars::Named]) {
        let view = View::new(&self.input.document.text, self.input.analysis, sentence.tokens.clone());
        let lexicon = self.lexicon;
        for cue in lexicon.cues.iter().filter(|cue| !cue.dated || !dates.is_empty()) {
            let mut at = 0;
            while let Some(found) = cue.pattern.captures_at(&view.line, at) {
                let Some(whole) = found.get(0) else { break };
                let band = found.name("band").or_else(|| found.name("killers"));
                if let Some(band) = band.filter(|band| !self.is_band(&view, band.range())) {
                    at = band.end();
                    continue;
                }
                at = whole.end().max(at + 1);
                let around = if cue.across { &view.line } else { view.clause(whole.range()) };
                let barred = cue.unless.as_ref().is_some_and(|unless| unless.is_match(around))
                    || cue.unless_near.as_ref().is_some_and(|it| it.is_match(view.near(whole.range())))
                    || cue.after.as_ref().is_some_and(|after| !after.is_match(&self.before));
                if !barred {
                    let count = found.name("count").map(|count| view.tokens(count.range()).start);
                    self.add_cue(cue, &view, whole.range(), count, dates);
                }
                // One word of it in a sentence says what all do.
                if cue.is_politics() {
                    break;
                }
            }
        }
        self.add_deaths(&view, dates);
        for war in wars {
            self.add_war(war, dates);
        }
        if let Some(last) = dates.iter().rfind(|dated| dated.interval.days() <= 366 && dated.runs_on()) {
            self.running = Some(last.interval);
        }
        self.before = view.line;
    }

    fn add_cue(
        &mut self,
        cue: &Cue,
        view: &View,
        stretch: std::ops::Range<usize>,
        count: Option<usize>,
        dates: &[Dated],
    ) {
        let tokens = view.tokens(stretch);
        let analysis = self.input.analysis;
        let Some(head) = analysis.head_in(tokens.clone()) else { return };
        let is_deal = matches!(&cue.shows, Shows::Named(observation) if is_a_deal(observation));
        if !cue.unreal_ok && self.is_unreal(&tokens, head, dates, is_deal)
            || self.has_other_subject(cue, &tokens)
            || !self.has_its_subject(cue, head)
        {
            return;
        }
        let count = count.and_then(|token| self.number(token));
        let when = when(&self.input.document.text, analysis, dates, tokens.clone(), self.running);
        let Some(mut observation) =
            cue.shows.observation(count).filter(|_| cue.shows != Shows::War || when.extent)
        else {
            return;
        };
        if is_deal && self.is_bare(&tokens) {
            return;
        }
        if cue.dated && when.interval.is_none_or(|when| when.certainty() == Certainty::Inferred) {
            return;
        }
        if cue.sustained_from && when.onwards {
            observation = Observation::Clash { scale: ClashScale::Sustained };
        }
        let span = self.span_of(tokens.clone());
        if matches!(observation, Observation::Clash { .. } | Observation::WarBegins)
            && let Some(end) = until(analysis, dates, &tokens)
        {
            self.push(span, "went-on-until", Observation::FightingEnds, Some(end));
        }
        if observation == Observation::Ceasefire
            && let Some(end) = when.interval.and_then(|when| self.end_of_term(span, when))
        {
            self.push(span, "truce-term", Observation::CeasefireEnds, Some(end));
        }
        self.push(span, &cue.rule, observation, when.interval);
    }

    /// The day after a truce whose words give its length: "a seven-day ceasefire", "a truce of thirty days".
    fn end_of_term(&self, span: Span, when: DateInterval) -> Option<DateInterval> {
        const BEHIND: [&str; 6] =
            ["of", "for", "lasting", "agreement of", "agreement for", "agreement lasting"];
        let text = &self.input.document.text;
        let first = self.input.times.partition_point(|time| time.span.start < span.start);
        let mut near = self.input.times[first..].iter().take_while(|time| time.span.start < span.end + 24);
        let term = near.find(|time| {
            let inside = time.span.end <= span.end
                && span.end - time.span.end <= 32
                && !text[time.span.end..span.end].contains(" of ");
            let behind =
                text.get(span.end..time.span.start).is_some_and(|between| BEHIND.contains(&between.trim()));
            time.kind == TimeType::Duration && (inside || behind)
        })?;
        let days = days_of(&term.value).filter(|days| (1..=366).contains(days))?;
        let day = date_of(day_number(when.until()).checked_add(days)?)?;
        DateInterval::new(day, day, when.grain(), Certainty::Derived)
    }

    fn add_deaths(&mut self, view: &View, dates: &[Dated]) {
        let lexicon = self.lexicon;
        for pattern in &lexicon.deaths {
            for found in pattern.captures_iter(&view.line) {
                let (Some(whole), Some(count)) = (found.get(0), found.name("count")) else { continue };
                let tokens = view.tokens(whole.range());
                let Some(head) = self.input.analysis.head_in(tokens.clone()) else { continue };
                if self.is_unreal(&tokens, head, dates, false) {
                    continue;
                }
                let count = view.tokens(count.range()).start;
                // "On 2 December 2017 he was killed": a year is no toll.
                let number = self.input.analysis.tokens[count].span;
                let Some(low) =
                    self.number(count).filter(|_| !dates.iter().any(|it| it.span.contains(number)))
                else {
                    continue;
                };
                if lexicon.no_death.is_match(view.clause(whole.range())) {
                    continue;
                }
                let battle = !lexicon.one_sided.is_match(view.clause(whole.range()));
                let observation = Observation::Deaths { low, high: None, battle };
                let text = &self.input.document.text;
                let when = when(text, self.input.analysis, dates, tokens.clone(), self.running);
                let when = when.interval.filter(|_| !when.until);
                // "By 3 May twelve had been killed", "twelve have been killed since the revolt began in May": the time is
                // that of the count, not of the deaths.
                let counted = dates
                    .iter()
                    .any(|date| when.is_some_and(|when| when == date.interval) && date.is_since());
                let when = when.filter(|when| 92 < when.days() && !counted || !self.is_perfect(&tokens));
                self.push(self.span_of(tokens), "deaths", observation, when);
            }
        }
    }

    /// The extents of the wars that the document's tables are about, as infoboxes and front matter give them: the war is
    /// named in the table's own row for it, or in the document's first heading.
    fn add_dates_of_the_war(&mut self, wars: &[wars::Named]) {
        let document = self.input.document;
        let heading = document.blocks.iter().find(|it| matches!(it.kind, BlockKind::Heading(_)));
        let war_in =
            |span: Span| wars.iter().find(|war| span.start <= war.span.start && war.span.start < span.end);
        let headed = heading.and_then(|heading| war_in(heading.span));
        let rows = || document.blocks.iter().filter(|block| block.kind == BlockKind::TableRow);
        let key = |row: &Block| {
            let key = row.cells.first().map_or("", |key| key.of(&document.text));
            key.trim().trim_end_matches(':').to_lowercase()
        };
        let mut dated: Vec<Option<u32>> = Vec::new();
        for row in rows().filter(|row| self.lexicon.date_rows.contains(&key(row))) {
            if dated.contains(&row.table) {
                continue;
            }
            let named = rows()
                .filter(|other| other.table == row.table && self.lexicon.name_rows.contains(&key(other)))
                .find_map(|other| war_in(other.span));
            let Some(war) = named.or(headed) else { continue };
            let Some(value) = row.cells.get(1) else { continue };
            let dates = dates_in(&document.text, self.input.times, *value);
            let Some(first) = dates.first().filter(|first| first.extent) else { continue };
            let name = Some(war.name.clone()).filter(|name| !name.is_empty());
            let observation = Observation::War { name, ordinal: war.ordinal, extent: true };
            self.push(*value, "dates-of-the-war", observation, Some(first.interval));
            dated.push(row.table);
        }
    }

    fn add_war(&mut self, war: &wars::Named, dates: &[Dated]) {
        // A date right behind the name is the war's own: "(1988-1994)", "of 2020".
        let text = &self.input.document.text;
        let own = dates.iter().find(|dated| {
            let behind = text.get(war.span.end..dated.span.start).is_some_and(|between| {
                matches!(between.trim(), "(" | ":" | "of" | "of the" | "from" | "between" | ",")
            });
            behind
                // "the 2020 war", "the 2020 Examplian War"
                || (war.name.is_empty() || dated.span.of(text).len() == 4 && war.ordinal.is_none())
                    && text.get(dated.span.end..war.span.start).is_some_and(|it| it.trim().is_empty())
        });
        let name = Some(war.name.clone()).filter(|name| !name.is_empty());
        if name.is_none() && own.is_none() {
            return;
        }
        let extent = own.is_some_and(|dated| dated.extent || 31 < dated.interval.days());
        let observation = Observation::War { name, ordinal: war.ordinal, extent };
        self.push(war.span, "named-war", observation, own.map(|dated| dated.interval));
    }

    /// Whether a name is an armed band's: the text makes it known as one, or it is an abbreviation, as bands' names mostly are.
    fn is_band(&self, view: &View, stretch: std::ops::Range<usize>) -> bool {
        let word = self.input.analysis.tokens[view.tokens(stretch).start].span.of(&self.input.document.text);
        word.chars().filter(|it| it.is_uppercase()).count() >= 2 || self.bands.has(word)
    }

    fn span_of(&self, tokens: std::ops::Range<usize>) -> Span {
        let of = |at: usize| self.input.analysis.tokens[at].span;
        of(tokens.start).cover(of(tokens.end - 1))
    }

    fn number(&self, token: usize) -> Option<u64> {
        number(self.input.analysis.tokens[token].span.of(&self.input.document.text))
    }

    fn push(&mut self, span: Span, rule: &str, observation: Observation, when: Option<DateInterval>) {
        let (holder, stance) = voice_at(self.input.attributions, span);
        if !stance.is_factual() {
            return;
        }
        let source = self.input.document.source.sha256;
        self.found.push(StageCue {
            id: StatementId::new(source, span, "stage-cue"),
            span,
            rule: rule.to_owned(),
            observation,
            when,
            holder: holder.as_ref().map(Holder::name).map(str::to_owned),
            disputed: stance == Stance::Alleged,
        });
    }

    /// Whether the verb, or the one it is coordinated with, has a subject that the cue asks for.
    fn has_its_subject(&self, cue: &Cue, head: usize) -> bool {
        let analysis = self.input.analysis;
        let has = |subject: usize| cue.subject.iter().any(|it| **it == *analysis.tokens[subject].lemma);
        cue.subject.is_empty() || analysis.subject_of(head).is_some_and(has)
    }

    fn has_other_subject(&self, cue: &Cue, tokens: &std::ops::Range<usize>) -> bool {
        let analysis = self.input.analysis;
        tokens.clone().any(|at| {
            let lemma = &*analysis.tokens[at].lemma;
            cue.not_subject.iter().any(|it| it == lemma)
        })
    }
}

/// Whether it is something that parties make between them.
const fn is_a_deal(observation: &Observation) -> bool {
    matches!(
        observation,
        Observation::Ceasefire
            | Observation::Agreement
            | Observation::Implementation
            | Observation::Settlement
    )
}

const WORDS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// A number in digits with separators, or in a word up to twenty and the tens up to ninety.
fn number(word: &str) -> Option<u64> {
    let digits: String = word.chars().filter(|&it| it != ',').collect();
    if let Ok(number) = digits.parse() {
        return Some(number);
    }
    let lower = word.to_lowercase();
    let place = WORDS.iter().position(|it| *it == lower);
    let tens = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let ten = || tens.iter().position(|it| *it == lower).map(|at| 10 * (at + 3));
    let round = || match lower.as_str() {
        "hundred" | "hundreds" => Some(100),
        "thousand" | "thousands" => Some(1000),
        _ => None,
    };
    place.or_else(ten).or_else(round).map(|it| it as u64)
}
