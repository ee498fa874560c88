//! The stages of reading a report: what each classifier sees of it, and what it answers.
//!
//! Later stages see the answers of earlier ones. So that they learn how far to trust them, training gives them answers
//! of classifiers that have not seen the report.

use irenic_model::MentionKind;
use irenic_model::jiff::civil::Date;

use super::features::{Features, bucket, of_phrase, of_report, of_sentence, of_word};
use super::linear::Table;
use super::model::Linear;
use super::pairs::SeenSentence;
use super::phrases::{Phrase, Report};
use super::titles::Around;
use super::victims::counted;
use super::{IncidentKind, dates};

/// What the classifiers see of a report by itself.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) report: Vec<u32>,
    pub(super) sentences: Vec<Vec<u32>>,
    pub(super) phrases: Vec<SeenPhrase>,
    /// The day of the dateline.
    pub(super) dateline: Option<Date>,
    pub(super) facts: Vec<SeenSentence>,
    /// The phrases of each thing.
    pub(super) things: Vec<Vec<usize>>,
    /// The words before the body of the report: its dateline.
    opening: Vec<String>,
}

/// What they see of a noun phrase.
#[derive(Clone, Debug)]
pub(super) struct SeenPhrase {
    pub(super) features: Vec<u32>,
    pub(super) sentence: usize,
    pub(super) kind: Option<MentionKind>,
    pub(super) plural: bool,
    pub(super) definite: bool,
    /// The number that it counts.
    pub(super) counted: Option<u32>,
    /// Its words in upper case, and those without articles and numbers before them.
    pub(super) words: Vec<String>,
    pub(super) plain: String,
    /// What it may be called besides.
    pub(super) around: Around,
    head: String,
}

impl SeenPhrase {
    fn new(report: &Report<'_>, phrase: &Phrase) -> Self {
        let token = report.tree.token(phrase.head);
        Self {
            features: of_phrase(report, phrase),
            sentence: phrase.sentence,
            kind: report.kind_at(token.span),
            plural: token.xpos.is_plural(),
            definite: report.is_definite(phrase),
            counted: counted(report, phrase),
            words: phrase.words.clone(),
            plain: report.plain_words(phrase),
            around: Around::new(report, phrase),
            head: report.tree.lemma(phrase.head).to_owned(),
        }
    }
}

impl SeenPhrase {
    /// The feature of its head.
    pub(super) fn head_feature(&self) -> u32 {
        of_word(&self.head)
    }
}

impl Seen {
    pub(super) fn new(report: &Report<'_>) -> Self {
        let dateline =
            (0..report.sentences().min(3)).find_map(|at| dates::dateline(&report.sentence_words(at)));
        Self {
            dateline,
            facts: SeenSentence::all(report, dateline),
            report: of_report(report),
            sentences: (0..report.sentences()).map(|at| of_sentence(report, at)).collect(),
            phrases: report.phrases.iter().map(|phrase| SeenPhrase::new(report, phrase)).collect(),
            things: report.things(),
            opening: report.opening_words(),
        }
    }

    /// The words of the dateline and of each sentence.
    pub(super) fn words(&self) -> impl Iterator<Item = &[String]> {
        std::iter::once(&self.opening[..]).chain(self.facts.iter().map(|sentence| &sentence.words[..]))
    }

    pub(super) fn context(&self, report: &Table, sentence: &Table) -> Context {
        let mut kinds = report.chances(&self.report);
        let any = kinds.pop().unwrap_or(0.0);
        Context {
            kinds,
            any,
            sentences: self.sentences.iter().map(|features| sentence.shares(features)).collect(),
        }
    }

    /// What the classifier of noun phrases sees of each.
    pub(super) fn phrase_rows(&self, context: &Context) -> Vec<Vec<u32>> {
        self.phrases
            .iter()
            .map(|phrase| {
                let mut row = Features::new();
                context.add_to(&mut row, phrase);
                [phrase.features.clone(), row.finish()].concat()
            })
            .collect()
    }

    /// What the classifier of told kinds sees of each kind.
    pub(super) fn told_rows(&self, context: &Context) -> Vec<Vec<u32>> {
        (0..IncidentKind::ALL.len()).map(|kind| self.told_row(kind, context)).collect()
    }

    fn told_row(&self, kind: usize, context: &Context) -> Vec<u32> {
        let name = IncidentKind::ALL[kind].name();
        let ranked = |share: &dyn Fn(&Vec<f32>) -> f32| {
            let mut shares: Vec<f32> = context.sentences.iter().map(share).collect();
            shares.sort_by(|a, b| b.total_cmp(a));
            shares.resize(3, 0.0);
            shares
        };
        let (own, any) = (ranked(&|shares| shares[kind + 1]), ranked(&|shares| 1.0 - shares[0]));
        let mut row = Features::new();
        let mut both = |what: &str, value: f32| {
            row.add_level(&[what], value);
            row.add_level(&[what, name], value);
        };
        both("report", context.kinds[kind]);
        both("report-any", context.any);
        both("half", (context.kinds[kind] + own[0]) / 2.0);
        both("first", own[0]);
        both("second", own[1]);
        both("mean", own.iter().sum::<f32>() / 3.0);
        both("first-any", any[0]);
        both("mean-any", any.iter().sum::<f32>() / 3.0);
        for (other, other_name) in IncidentKind::ALL.iter().map(|kind| kind.name()).enumerate() {
            let most = ranked(&|shares| shares[other + 1])[0];
            row.add_level(&["other", other_name, name], (context.kinds[other] + most) / 2.0);
        }
        row.add(&["kind", name]);
        row.add(&["sentences", bucket(self.sentences.len())]);
        row.finish()
    }
}

/// What the first stage says of a report: the chance of each kind, of any, and of each kind in each sentence after "none".
#[derive(Clone, Debug)]
pub(super) struct Context {
    pub(super) kinds: Vec<f32>,
    pub(super) any: f32,
    pub(super) sentences: Vec<Vec<f32>>,
}

impl Context {
    fn add_to(&self, row: &mut Features, phrase: &SeenPhrase) {
        let own = &self.sentences[phrase.sentence];
        let before = phrase.sentence.checked_sub(1).map_or(0.0, |at| 1.0 - self.sentences[at][0]);
        let after = self.sentences.get(phrase.sentence + 1).map_or(0.0, |shares| 1.0 - shares[0]);
        for (at, kind) in IncidentKind::ALL.iter().enumerate() {
            row.add_level(&["report-kind", kind.name()], self.kinds[at]);
            row.add_level(&["sentence-kind", kind.name()], own[at + 1]);
        }
        row.add_level(&["report-any"], self.any);
        row.add_level(&["sentence-any"], 1.0 - own[0]);
        row.add_level(&["sentence-any", phrase.kind.map_or("none", MentionKind::name)], 1.0 - own[0]);
        row.add_level(&["sentence-any", &phrase.head], 1.0 - own[0]);
        row.add_level(&["report-any", &phrase.head], self.any);
        row.add_level(&["before-any"], before);
        row.add_level(&["after-any"], after);
    }
}

/// What all stages say of a report.
#[derive(Clone, Debug)]
pub(super) struct Answers {
    pub(super) context: Context,
    /// The chance of each role for each phrase.
    pub(super) phrases: Vec<Vec<f32>>,
    /// The chance of each kind to be told.
    pub(super) told: Vec<f32>,
    /// The share of each effect for each phrase, were it a victim.
    pub(super) effects: Vec<Vec<f32>>,
}

impl Answers {
    pub(super) fn new(seen: &Seen, model: &Linear) -> Self {
        let context = seen.context(&model.report, &model.sentence);
        let rows = seen.phrase_rows(&context);
        Self::within(seen, context, &rows, model)
    }

    /// The answers of the later stages to what the first one says, with the rows of the noun phrases.
    pub(super) fn within(seen: &Seen, context: Context, rows: &[Vec<u32>], model: &Linear) -> Self {
        let phrases: Vec<Vec<f32>> = rows.iter().map(|row| model.phrase.chances(row)).collect();
        let effects = rows.iter().map(|row| model.effect.shares(row)).collect();
        let told = seen.told_rows(&context).iter().map(|row| model.told.chances(row)[0]).collect();
        Self { context, phrases, told, effects }
    }
}
