//! The second reader: a network that reads a report's likely sentences in their context.
//!
//! The linear classifiers read every report. What they take for worth it the network reads too, and each answer becomes
//! one of both, so that a report without violence costs nothing more.

use std::ops::Range;
use std::sync::OnceLock;

use irenic_language::encoder::{Encoder, EncoderWeights, Piece};
use irenic_model::Span;
use serde::{Deserialize, Serialize};

use super::linear::{chance_of, shares_of};
use super::model::FormatError;
use super::phrases::{Phrase, Report};
use super::stages::Answers;
use super::training::Role;
use super::{Effect, IncidentKind};

static EMBEDDED: &[u8] = include_bytes!("../../../../models/incidents/reader.bin");

/// From which chance on that a report tells an incident it is read.
const REPORT: f32 = 0.1;
/// From which chance on that a sentence tells one it is read.
const SENTENCE: f32 = 0.1;
/// So many first sentences are read in any case: they say what a report is about.
const OPENING: usize = 2;
/// How much both readers' answers count: factors of their logits, and what is added to the sum. Fitted by logistic
/// regression on a quarter of MUC-4's development reports to answers of classifiers and a network that had not learnt from it.
#[derive(Clone, Copy, Debug)]
struct Mix {
    own: f32,
    other: f32,
    more: f32,
}

const TOLD: Mix = Mix { own: 0.65, other: 0.5, more: -0.2 };
const KIND: Mix = Mix { own: 0.65, other: 0.6, more: 0.0 };
const ANY: Mix = Mix { own: 0.95, other: 0.4, more: -0.35 };
const SENTENCES: Mix = Mix { own: 0.45, other: 0.5, more: -0.1 };
const EFFECTS: Mix = Mix { own: 0.2, other: 0.85, more: -0.25 };
/// For each role of [`Role::ALL`]: victims, targets, instruments, perpetrators, organisations.
const ROLES: [Mix; Role::ALL.len()] = [
    Mix { own: 0.45, other: 0.55, more: 0.4 },
    Mix { own: 0.7, other: 0.55, more: 0.65 },
    Mix { own: 0.2, other: 0.95, more: -0.45 },
    Mix { own: 0.55, other: 0.75, more: 0.5 },
    Mix { own: 0.5, other: 0.7, more: 0.55 },
];

/// What the network is asked, by the place of the question among its questions.
#[derive(Clone, Copy, Debug)]
enum Question {
    /// Which kinds a report tells, and whether any.
    Report,
    /// Which kind a sentence tells, after "none".
    Sentence,
    /// Which slots a noun phrase fills.
    Role,
    /// What became of it, were it a victim.
    Effect,
    /// How much a piece counts for the report.
    Weight,
}

/// What the second reader says of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opinion {
    /// The chance of each kind, and that of any.
    pub kinds: Vec<f32>,
    /// The share of each kind in each sentence after "none", where it was read.
    pub sentences: Vec<Option<Vec<f32>>>,
    /// The chance of each role for each noun phrase, where its sentence was read.
    pub roles: Vec<Option<Vec<f32>>>,
    /// The share of each effect for each.
    pub effects: Vec<Option<Vec<f32>>>,
}

impl Opinion {
    /// Whether it is of a report with so many sentences and noun phrases.
    pub(super) fn fits(&self, sentences: usize, phrases: usize) -> bool {
        let kinds = IncidentKind::ALL.len() + 1;
        let rows = |rows: &[Option<Vec<f32>>], count: usize, width: usize| {
            rows.len() == count && rows.iter().flatten().all(|row| row.len() == width)
        };
        self.kinds.len() == kinds
            && rows(&self.sentences, sentences, kinds)
            && rows(&self.roles, phrases, Role::ALL.len())
            && rows(&self.effects, phrases, Effect::ALL.len())
    }
}

/// The network with its questions.
#[derive(Debug)]
pub struct Reader(Encoder);

/// The sentences that are worth a second reading, none if the report is not.
pub(super) fn worth_reading(answers: &Answers) -> Vec<usize> {
    let told = answers.told.iter().copied().fold(0.0, f32::max);
    let sentences = answers.context.sentences.iter().enumerate();
    let worth =
        |(at, shares): (usize, &Vec<f32>)| (at < OPENING || 1.0 - shares[0] >= SENTENCE).then_some(at);
    if told < REPORT { Vec::new() } else { sentences.filter_map(worth).collect() }
}

/// A run of sentences that are read together.
#[derive(Debug, Default)]
struct Text {
    pieces: Vec<Piece>,
    /// The vectors of the pieces, one after the other.
    vectors: Vec<f32>,
    /// Each sentence, and where its pieces are.
    sentences: Vec<(usize, Range<usize>)>,
}

impl Reader {
    /// The network that is built in.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static LOADED: OnceLock<Reader> = OnceLock::new();
        LOADED.get_or_init(|| Self::from_bytes(EMBEDDED).expect("a test reads the embedded network"))
    }

    /// Reads a network as [`EncoderWeights::to_bytes`] writes it.
    ///
    /// # Errors
    ///
    /// If the bytes are not such a network, or it is not asked the questions of this program.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FormatError> {
        let weights = EncoderWeights::from_bytes(bytes).map_err(|_| FormatError)?;
        let width = weights.embeddings.columns;
        let sizes = weights.questions.iter().map(|one| (one.matrix.rows, one.matrix.columns / width));
        if !sizes.eq([(6, 1), (6, 1), (5, 2), (5, 2), (1, 1)]) {
            return Err(FormatError);
        }
        let encoder = Encoder::new(weights).map_err(|_| FormatError)?;
        // Both ends of a text and something in between.
        if encoder.longest() < 3 { Err(FormatError) } else { Ok(Self(encoder)) }
    }

    /// What the network says of the sentences of a report that are worth it.
    pub(super) fn opinion(&self, report: &Report<'_>, worth: &[usize]) -> Option<Opinion> {
        if worth.is_empty() {
            return None;
        }
        let phrases = report.phrases.len();
        let mut sentences = vec![None; report.sentences()];
        let (mut roles, mut effects) = (vec![None; phrases], vec![None; phrases]);
        let mut whole = Pool::default();
        for mut text in self.texts(report, worth) {
            text.vectors = self.read(&text.pieces, &mut whole);
            for (sentence, pieces) in &text.sentences {
                let mean = self.mean(&text, pieces.clone());
                sentences[*sentence] = Some(shares_of(self.ask(Question::Sentence, &mean)));
                for (at, vector) in self.phrases(report, &text, *sentence, pieces) {
                    roles[at] = Some(self.ask(Question::Role, &vector).into_iter().map(chance_of).collect());
                    effects[at] = Some(shares_of(self.ask(Question::Effect, &vector)));
                }
            }
        }
        let kinds = self.ask(Question::Report, &whole.mean()).into_iter().map(chance_of).collect();
        Some(Opinion { kinds, sentences, roles, effects })
    }

    /// The vectors of the pieces of a text; those of its ends count for the whole report alone.
    fn read(&self, pieces: &[Piece], whole: &mut Pool) -> Vec<f32> {
        let (first, last) = (self.0.pieces().first(), self.0.pieces().last());
        let mut ids = vec![first];
        ids.extend(pieces.iter().map(|piece| piece.id));
        ids.push(last);
        let mut vectors = self.0.read(&ids);
        let width = self.0.width();
        for vector in vectors.chunks_exact(width) {
            whole.add(vector, self.ask(Question::Weight, vector)[0]);
        }
        vectors.truncate(vectors.len() - width);
        vectors.drain(..width);
        vectors
    }

    /// The sentences of a report in texts that are short enough.
    fn texts(&self, report: &Report<'_>, worth: &[usize]) -> Vec<Text> {
        let most = self.0.longest() - 2;
        let mut texts: Vec<Text> = Vec::new();
        for &sentence in worth {
            let span = report.tree.analysis.sentences[sentence].span;
            let mut pieces = self.0.pieces().of(span.of(report.text), span.start);
            pieces.truncate(most);
            if texts.last().is_none_or(|text| text.pieces.len() + pieces.len() > most) {
                texts.push(Text::default());
            }
            let text = texts.last_mut().expect("one was added");
            let start = text.pieces.len();
            text.pieces.extend(pieces);
            text.sentences.push((sentence, start..text.pieces.len()));
        }
        texts
    }

    /// The noun phrases of a sentence, each with the mean of its vectors and that of its head side by side.
    fn phrases(
        &self,
        report: &Report<'_>,
        text: &Text,
        sentence: usize,
        pieces: &Range<usize>,
    ) -> Vec<(usize, Vec<f32>)> {
        let own = &text.pieces[pieces.clone()];
        let within = |span: Span| {
            let start = own.partition_point(|piece| piece.start < span.start);
            let end = own.partition_point(|piece| piece.start < span.end);
            (start < end).then_some(pieces.start + start..pieces.start + end)
        };
        let vector = |phrase: &Phrase| {
            // What lies behind the longest text, or begins within a run of letters, is judged by the sentence's first piece.
            let all = within(phrase.span).unwrap_or(pieces.start..(pieces.start + 1).min(pieces.end));
            let head = report.tree.token(phrase.head).span;
            let head = within(head).unwrap_or(all.end.saturating_sub(1).max(all.start)..all.end);
            [self.mean(text, all), self.mean(text, head)].concat()
        };
        let first = report.phrases.partition_point(|phrase| phrase.sentence < sentence);
        let phrases = report.phrases.iter().enumerate().skip(first);
        let phrases = phrases.take_while(|(_, phrase)| phrase.sentence == sentence);
        phrases.map(|(at, phrase)| (at, vector(phrase))).collect()
    }

    fn ask(&self, question: Question, x: &[f32]) -> Vec<f32> {
        self.0.ask(question as usize, x)
    }

    /// The mean of the vectors of some pieces.
    fn mean(&self, text: &Text, pieces: Range<usize>) -> Vec<f32> {
        let width = self.0.width();
        let count = pieces.len().max(1) as f32;
        let mut mean = vec![0.0; width];
        for vector in text.vectors[pieces.start * width..pieces.end * width].chunks_exact(width) {
            mean.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
        }
        mean.iter_mut().for_each(|sum| *sum /= count);
        mean
    }
}

/// Vectors that count by their weights' exponentials.
#[derive(Debug, Default)]
struct Pool {
    sum: Vec<f32>,
    weight: f32,
}

impl Pool {
    fn add(&mut self, vector: &[f32], weight: f32) {
        let weight = weight.clamp(-40.0, 40.0).exp();
        self.sum.resize(vector.len(), 0.0);
        self.sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += weight * value);
        self.weight += weight;
    }

    fn mean(self) -> Vec<f32> {
        self.sum.into_iter().map(|sum| sum / self.weight).collect()
    }
}

/// So near to nought and one a chance counts as if it were that far off.
const LEAST: f32 = 1e-5;

impl Mix {
    fn chance(self, own: f32, other: f32) -> f32 {
        let logit = |chance: f32| ((chance + LEAST) / (1.0 - chance + LEAST)).ln();
        chance_of(self.own * logit(own) + self.other * logit(other) + self.more)
    }

    /// The same of shares, on the scale of their logarithms; to the first is added.
    fn shares(self, own: &[f32], other: &[f32]) -> Vec<f32> {
        let log = |share: f32| (share + LEAST).ln();
        let sum = |(own, other): (&f32, &f32)| self.own * log(*own) + self.other * log(*other);
        let mut sums: Vec<f32> = own.iter().zip(other).map(sum).collect();
        sums.iter_mut().take(1).for_each(|first| *first += self.more);
        shares_of(sums)
    }
}

impl Answers {
    /// Takes a second reader's opinion into account.
    pub(super) fn hear(&mut self, opinion: &Opinion) {
        let context = &mut self.context;
        for (kind, &other) in opinion.kinds.iter().enumerate().take(context.kinds.len()) {
            self.told[kind] = TOLD.chance(self.told[kind], other);
            context.kinds[kind] = KIND.chance(context.kinds[kind], other);
        }
        if let Some(&any) = opinion.kinds.last() {
            context.any = ANY.chance(context.any, any);
        }
        let hear = |mix: Mix, own: &mut Vec<Vec<f32>>, others: &[Option<Vec<f32>>]| {
            for (own, other) in own.iter_mut().zip(others) {
                if let Some(other) = other {
                    *own = mix.shares(own, other);
                }
            }
        };
        hear(SENTENCES, &mut context.sentences, &opinion.sentences);
        hear(EFFECTS, &mut self.effects, &opinion.effects);
        for (own, other) in self.phrases.iter_mut().zip(&opinion.roles) {
            for ((own, other), mix) in own.iter_mut().zip(other.iter().flatten()).zip(ROLES) {
                *own = mix.chance(*own, *other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Reading;

    #[test]
    fn the_embedded_network_is_read() {
        assert!(Reader::from_bytes(EMBEDDED).is_ok());
        assert!(Reader::from_bytes(b"").is_err());
        assert!(Reader::from_bytes(&EMBEDDED[..100]).is_err());
    }

    #[test]
    fn an_opinion_is_of_what_was_read_and_of_nothing_else() {
        // A sentence longer than a text may be, one in another script, one of a mark alone.
        let long = "The rebels shot the mayor in Alba, ".repeat(40);
        let text =
            format!("{long}and fled.\n\n\u{4e2d}\u{6587} killed Jos\u{e9} Marsh.\n\n\u{2014}\n\nIt rained.");
        let reading = Reading::of(&text).with_mentions();
        let report = Report::new(&reading.input());
        let (count, phrases) = (report.sentences(), report.phrases.len());
        let worth: Vec<usize> = (0..count - 1).collect();
        let opinion = Reader::embedded().opinion(&report, &worth).expect("there is something to read");
        assert!(opinion.fits(count, phrases) && count > 3 && phrases > 40);
        assert!(
            opinion.sentences[..count - 1].iter().all(Option::is_some)
                && opinion.sentences[count - 1].is_none()
        );
        let shares = opinion.sentences.iter().chain(&opinion.effects).flatten();
        assert!(shares.into_iter().all(|row| (row.iter().sum::<f32>() - 1.0).abs() < 1e-4));
        let chances = opinion.roles.iter().flatten().flatten().chain(&opinion.kinds);
        assert!(chances.into_iter().all(|chance| (0.0..=1.0).contains(chance)));
        assert_eq!(Reader::embedded().opinion(&report, &[]), None);
    }

    #[test]
    fn two_readers_meet_in_between() {
        let mix = Mix { own: 0.5, other: 0.4, more: 0.0 };
        assert!((mix.chance(0.5, 0.5) - 0.5).abs() < 1e-6);
        let between = mix.chance(0.2, 0.9);
        assert!(between > 0.2 && between < 0.9, "{between}");
        assert!(Mix { more: 0.5, ..mix }.chance(0.2, 0.9) > between);
        let shares = mix.shares(&[0.7, 0.2, 0.1], &[0.1, 0.8, 0.1]);
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(shares[1] > 0.2 && shares[0] < 0.7 && shares[2] < shares[1]);
        assert!(Mix { more: 0.5, ..mix }.shares(&[0.7, 0.2, 0.1], &[0.1, 0.8, 0.1])[0] > shares[0]);
    }
}
