//! Training: which noun phrases the templates name, as the only supervision there is.

use std::collections::BTreeSet;

use irenic_model::Span;
use irenic_model::jiff::civil::Date;
use serde::Serialize;

use super::alignment::{aligned, earned, place_credit};
use super::assemble::Thresholds;
use super::candidates::{Candidate, candidates};
use super::features::words_of;
use super::lexical;
use super::linear::{Fit, Row, Table};
use super::model::{IncidentModel, Judge, Linear};
use super::pairs::{Pair, towns};
use super::phrases::{Phrase, Report};
use super::places::{Gazette, Place};
use super::proposals::{of_fills, proposals};
use super::reader::{Opinion, worth_reading};
use super::sameness::Sameness;
use super::stages::{Answers, Context, Seen};
use super::titles::{self, Titles};
use super::whereabouts::{Offer, Whereabouts};
use super::{Effect, IncidentKind};
use crate::Input;
use crate::trees::{Forest, Grow};

/// The slots that noun phrases fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Somebody who suffered.
    Victim,
    /// A thing that was hit.
    Target,
    /// A weapon.
    Instrument,
    /// Somebody who did it.
    Perpetrator,
    /// For which organisation.
    Organisation,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] =
        [Self::Victim, Self::Target, Self::Instrument, Self::Perpetrator, Self::Organisation];
}

impl Role {
    /// Whether the templates call its fillers by other words than the report does.
    const fn is_loose(self) -> bool {
        matches!(self, Self::Target | Self::Instrument)
    }
}

/// An incident as annotated.
#[derive(Clone, Debug, Default)]
pub struct GoldIncident {
    /// Its kind, `None` for one that is not told apart.
    pub kind: Option<IncidentKind>,
    /// What fills the slots: the role, and the words by which it may be called.
    pub fillers: Vec<(Role, Vec<String>)>,
    /// The named victims, each with what it may be called besides.
    pub named: Vec<NamedVictim>,
    /// What became of which victim.
    pub effects: Vec<(Effect, String)>,
    /// Where.
    pub places: Vec<Place>,
    /// When.
    pub dates: Vec<Date>,
}

/// A victim that has a name.
#[derive(Clone, Debug, Default)]
pub struct NamedVictim {
    /// The forms of the name.
    pub names: Vec<String>,
    /// What it may be called besides; empty where the templates give nothing.
    pub descriptions: Vec<String>,
}

impl GoldIncident {
    /// What may fill the slots of a role.
    fn words(&self, role: Role) -> impl Iterator<Item = &String> {
        self.fillers.iter().filter(move |(own, _)| *own == role).flat_map(|(_, words)| words)
    }

    /// What may fill the slots that tell incidents apart.
    fn sure_words(&self) -> impl Iterator<Item = &String> {
        self.fillers.iter().filter(|(role, _)| *role <= Role::Instrument).flat_map(|(_, words)| words)
    }
}

/// An annotated report: what the classifiers see of it, and the right answers.
#[derive(Debug)]
pub struct Example {
    seen: Seen,
    kinds: Vec<bool>,
    sentences: Vec<usize>,
    phrases: Vec<Vec<bool>>,
    effects: Vec<Option<usize>>,
    /// The incidents that each sentence tells, by their place in the templates.
    tellings: Vec<BTreeSet<usize>>,
    gold: Vec<GoldIncident>,
    /// Where the sentences are.
    spans: Vec<Span>,
    /// Where the noun phrases are, and their heads.
    phrase_spans: Vec<[Span; 2]>,
    opinion: Option<Opinion>,
}

/// What the second reader is to learn from a report.
#[derive(Clone, Debug, Serialize)]
pub struct ReaderLesson {
    /// First byte and end of each sentence.
    pub sentences: Vec<[usize; 2]>,
    /// The sentences that are worth reading, none if the report is not.
    pub worth: Vec<usize>,
    /// Which kinds are told, and whether any.
    pub kinds: Vec<bool>,
    /// Which kind each sentence tells, 0 for none.
    pub tells: Vec<usize>,
    /// The noun phrases.
    pub phrases: Vec<PhraseLesson>,
}

/// What the second reader is to learn from a noun phrase.
#[derive(Clone, Debug, Serialize)]
pub struct PhraseLesson {
    /// Its sentence.
    pub sentence: usize,
    /// First byte and end.
    pub span: [usize; 2],
    /// Those of its head.
    pub head: [usize; 2],
    /// Which roles it has.
    pub roles: Vec<bool>,
    /// What became of it, if it is a victim of whom one thing is said.
    pub effect: Option<usize>,
}

impl Example {
    /// What is to be learnt from a report.
    #[must_use]
    pub fn new(input: &Input<'_>, gold: &[GoldIncident]) -> Self {
        let report = Report::new(input);
        let has = |kind: &IncidentKind| gold.iter().any(|incident| incident.kind == Some(*kind));
        let mut sentences = vec![0; report.sentences()];
        let mut tellings = vec![BTreeSet::new(); report.sentences()];
        for phrase in &report.phrases {
            tellings[phrase.sentence].extend(told_by(phrase, gold));
            if let Some(kind) = kind_of(phrase, gold).filter(|_| sentences[phrase.sentence] == 0) {
                sentences[phrase.sentence] = kind as usize + 1;
            }
        }
        let phrases: Vec<Vec<bool>> = report.phrases.iter().map(|phrase| roles_of(phrase, gold)).collect();
        let effects = report.phrases.iter().zip(&phrases);
        let effects = effects
            .map(|(phrase, roles)| effect_of(phrase, gold).filter(|_| roles[0]).map(|effect| effect as usize))
            .collect();
        Self {
            seen: Seen::new(&report),
            kinds: IncidentKind::ALL.iter().map(has).collect(),
            sentences,
            phrases,
            effects,
            tellings,
            gold: gold.to_vec(),
            spans: input.analysis.sentences.iter().map(|sentence| sentence.span).collect(),
            phrase_spans: report
                .phrases
                .iter()
                .map(|phrase| [phrase.span, report.tree.token(phrase.head).span])
                .collect(),
            opinion: None,
        }
    }

    /// With what a second reader that has not learnt from the report says of it; `None` if that is of another reading of
    /// the report, whose sentences or noun phrases are others.
    #[must_use]
    pub fn heard(self, opinion: Opinion) -> Option<Self> {
        let fits = opinion.fits(self.spans.len(), self.phrases.len());
        fits.then_some(Self { opinion: Some(opinion), ..self })
    }

    /// The pairs of sentences that tell one kind, and whether they tell the same incident.
    fn pairs(&self, places: &Gazette) -> Vec<(Vec<u32>, bool)> {
        let mut found = Vec::new();
        let towns = towns(&self.seen.facts, places);
        for second in 0..self.sentences.len() {
            let like =
                |&first: &usize| self.sentences[first] > 0 && self.sentences[first] == self.sentences[second];
            for first in (0..second).filter(like) {
                let kind = IncidentKind::ALL[self.sentences[second] - 1];
                let same = !self.tellings[first].is_disjoint(&self.tellings[second]);
                let pair = Pair::new(&self.seen.facts, &towns, first, second);
                found.push((pair.features(kind), same));
            }
        }
        found
    }

    /// Which kinds are told, and whether any is.
    fn kinds_and_any(&self) -> Vec<bool> {
        let any = self.kinds.iter().any(|&told| told);
        self.kinds.iter().copied().chain([any]).collect()
    }
}

/// Whether a noun phrase names what a filler names: its words among the filler's, with the filler's head, or the
/// filler's among its own, but not as the owner of something ("the mayor's son").
fn same_words(phrase: &Phrase, filler: &str, loose: bool) -> bool {
    const SMALL: [&str; 6] = ["THE", "A", "AN", "OF", "AND", "IN"];
    const AFTER_HEAD: [&str; 12] =
        ["OF", "FROM", "IN", "AT", "FOR", "WITH", "ON", "TO", "WEARING", "WHO", "THAT", "WHERE"];
    let words = words_of(filler);
    let content = |words: &[String]| -> Vec<String> {
        words.iter().filter(|word| !SMALL.contains(&word.as_str())).cloned().collect()
    };
    let head_end = words.iter().position(|word| AFTER_HEAD.contains(&word.as_str())).filter(|&at| at > 0);
    let head = words[..head_end.unwrap_or(words.len())].last().cloned();
    let (one, other) = (content(&phrase.words), content(&words));
    if one.is_empty() || other.is_empty() {
        return false;
    }
    let inside = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    let owner = |word: &String| {
        let at = phrase.words.iter().position(|own| own == word);
        at.and_then(|at| phrase.words.get(at + 1)).is_some_and(|next| next == "S")
            && !other.contains(&"S".to_owned())
    };
    let shares_end = one.last() == other.last();
    let whole = inside(&other, &one) && (loose || !other.last().is_some_and(owner));
    whole
        || inside(&one, &other)
            && if loose { shares_end } else { head.is_some_and(|head| one.contains(&head)) }
}

/// The incidents whose victim or target a phrase is, if it tells some of them from others.
fn told_by(phrase: &Phrase, gold: &[GoldIncident]) -> Vec<usize> {
    let names = |incident: &GoldIncident| incident.sure_words().any(|words| same_words(phrase, words, true));
    (0..gold.len()).filter(|&at| names(&gold[at])).collect()
}

/// The kind of the incident whose victim, target or instrument a phrase is.
fn kind_of(phrase: &Phrase, gold: &[GoldIncident]) -> Option<IncidentKind> {
    let names = |incident: &&GoldIncident| {
        incident.kind.is_some() && incident.sure_words().any(|words| same_words(phrase, words, true))
    };
    gold.iter().find(names)?.kind
}

fn roles_of(phrase: &Phrase, gold: &[GoldIncident]) -> Vec<bool> {
    let fills = |role: &Role| {
        let mut words = gold.iter().flat_map(|incident| incident.words(*role));
        words.any(|words| same_words(phrase, words, role.is_loose()))
    };
    Role::ALL.iter().map(fills).collect()
}

/// What became of the victim that a phrase names; none where the templates say several things of the same words.
fn effect_of(phrase: &Phrase, gold: &[GoldIncident]) -> Option<Effect> {
    let all = gold.iter().flat_map(|incident| &incident.effects);
    let own: BTreeSet<Effect> =
        all.filter(|(_, words)| same_words(phrase, words, true)).map(|(effect, _)| *effect).collect();
    match own.len() {
        0 => Some(Effect::Unknown),
        1 => own.first().copied(),
        _ => None,
    }
}

/// An example with the answers that the first stage gives to it unseen.
struct Lesson<'e> {
    example: &'e Example,
    context: Context,
    /// What the classifier of noun phrases sees of each.
    rows: Vec<Vec<u32>>,
}

/// One thing that the last stage judges: its words, its measures, and what it is worth.
struct Trial {
    row: Vec<u32>,
    measures: Vec<f32>,
    credit: f32,
    /// The incident that it belongs to, by its place among those proposed.
    proposal: usize,
    /// Whether it is learnt from: not what belongs to a proposed incident that is none.
    taught: bool,
}

/// What the last stage is to learn from a report.
struct Trials {
    proposals: Vec<Trial>,
    /// By role.
    fills: Vec<Vec<Trial>>,
    places: Vec<(Vec<f32>, f32)>,
    days: Vec<(Vec<f32>, f32)>,
}

impl<'e> Lesson<'e> {
    fn new(example: &'e Example, context: Context) -> Self {
        let rows = example.seen.phrase_rows(&context);
        Self { example, context, rows }
    }

    fn for_reader(&self, model: &Linear) -> ReaderLesson {
        let example = self.example;
        let answers = Answers::within(&example.seen, self.context.clone(), &self.rows, model);
        let ends = |span: Span| [span.start, span.end];
        let phrases = example.phrase_spans.iter().enumerate().map(|(at, [span, head])| PhraseLesson {
            sentence: example.seen.phrases[at].sentence,
            span: ends(*span),
            head: ends(*head),
            roles: example.phrases[at].clone(),
            effect: example.effects[at],
        });
        ReaderLesson {
            sentences: example.spans.iter().copied().map(ends).collect(),
            worth: worth_reading(&answers),
            kinds: example.kinds_and_any(),
            tells: example.sentences.clone(),
            phrases: phrases.collect(),
        }
    }

    /// What both readers answer that have not seen the report.
    fn answers(&self, model: &Linear) -> Answers {
        let mut answers = Answers::within(&self.example.seen, self.context.clone(), &self.rows, model);
        self.example.opinion.iter().for_each(|opinion| answers.hear(opinion));
        answers
    }

    /// The pairs of sentences that are taken to tell one kind, where it is known which incidents they tell, and whether
    /// these are the same.
    fn comparisons(&self, model: &Linear, thresholds: &Thresholds) -> Vec<(Vec<f32>, f32)> {
        let tellings = &self.example.tellings;
        let answers = self.answers(model);
        let sameness = Sameness::new(&self.example.seen, &answers, model);
        let mut found = Vec::new();
        for kind in 0..IncidentKind::ALL.len() {
            let mut telling = sameness.telling(kind, thresholds.sentence);
            telling.retain(|&at| !tellings[at].is_empty());
            for (rank, &second) in telling.iter().enumerate() {
                for &first in &telling[..rank] {
                    let same = !tellings[first].is_disjoint(&tellings[second]);
                    found.push((sameness.measures(kind, first, second), f32::from(u8::from(same))));
                }
            }
        }
        found
    }

    /// What classifiers that have not seen the report propose, and what of it is right.
    fn trials(&self, (model, same): (&Linear, &Forest), thresholds: &Thresholds) -> Trials {
        let (seen, gold) = (&self.example.seen, &self.example.gold);
        let answers = self.answers(model);
        let proposals = proposals(seen, &answers, (model, same), thresholds);
        let candidates: Vec<Vec<Vec<Candidate>>> = proposals
            .iter()
            .map(|proposal| {
                (0..Role::ALL.len())
                    .map(|class| candidates(seen, &answers, proposal, &proposals, class))
                    .collect()
            })
            .collect();
        let matched = aligned(seen, &proposals, &candidates, gold);
        let whereabouts = Whereabouts::new(seen, &model.places);
        let nothing = GoldIncident::default();
        let mut trials = Trials {
            proposals: Vec::new(),
            fills: Role::ALL.iter().map(|_| Vec::new()).collect(),
            places: Vec::new(),
            days: Vec::new(),
        };
        for ((at, proposal), candidates) in proposals.iter().enumerate().zip(candidates) {
            trials.proposals.push(Trial {
                row: lexical::of_proposal(seen, &answers, proposal),
                measures: proposal.measures(&proposals, seen, &answers, model),
                credit: f32::from(u8::from(matched[at].is_some())),
                proposal: at,
                taught: true,
            });
            let incident = matched[at].map_or(&nothing, |which| &gold[which]);
            for (class, list) in candidates.into_iter().enumerate() {
                let earned = earned(seen, &list.iter().collect::<Vec<_>>(), class, incident);
                let taught = matched[at].is_some();
                let trial = |(one, credit): (Candidate, f32)| {
                    let Candidate { row, measures, .. } = one;
                    Trial { row, measures, credit, proposal: at, taught }
                };
                trials.fills[class].extend(list.into_iter().zip(earned).map(trial));
            }
            if !incident.places.is_empty() {
                let offers = whereabouts.places(seen, &answers, proposal, &model.places);
                let worth = |offer: &Offer<Place>| place_credit(&offer.value, &incident.places);
                trials.places.extend(offers.into_iter().map(|offer| (offer.measures.clone(), worth(&offer))));
            }
            if !incident.dates.is_empty() {
                let offers = whereabouts.days(seen, &answers, proposal);
                let worth = |offer: &Offer<Date>| f32::from(u8::from(incident.dates.contains(&offer.value)));
                trials.days.extend(offers.into_iter().map(|offer| (offer.measures.clone(), worth(&offer))));
            }
        }
        trials
    }
}

/// Into how many parts the examples are split to ask each stage about reports it has not seen.
const PARTS: usize = 4;

/// How the classifiers are trained.
#[derive(Clone, Copy, Debug)]
pub struct Trainer {
    /// How often all examples are gone through.
    pub rounds: usize,
    /// The width of the first step.
    pub rate: f32,
    /// How strongly weights are drawn towards nought.
    pub decay: f32,
    /// How the trees of the last stage grow.
    grow: Grow,
}

impl Default for Trainer {
    fn default() -> Self {
        Self {
            rounds: 6,
            rate: 1.2,
            decay: 0.0007,
            grow: Grow { trees: 250, rate: 0.03, open: 0.25, least: 5.0, shrink: 2.0 },
        }
    }
}

impl Trainer {
    /// What the second reader is to learn; worth reading is what classifiers find so that have not seen the report.
    #[must_use]
    pub fn reader_lessons(&self, examples: &[&Example]) -> Vec<ReaderLesson> {
        let lessons = self.lessons(examples);
        let linear = |part: &[usize]| self.linear(&part.iter().map(|&at| &lessons[at]).collect::<Vec<_>>());
        unseen(lessons.len(), linear, |model, at| lessons[at].for_reader(model))
    }

    fn lessons<'e>(&self, examples: &[&'e Example]) -> Vec<Lesson<'e>> {
        let contexts = unseen(
            examples.len(),
            |part| self.first(&pick(examples, part)),
            |(report, sentence), at| examples[at].seen.context(report, sentence),
        );
        examples.iter().zip(contexts).map(|(example, context)| Lesson::new(example, context)).collect()
    }

    /// A model from annotated reports; the same one every time.
    #[must_use]
    pub fn train(&self, examples: &[&Example]) -> IncidentModel {
        let lessons = self.lessons(examples);
        let linear = |part: &[usize]| self.linear(&part.iter().map(|&at| &lessons[at]).collect::<Vec<_>>());
        let thresholds = Thresholds::default();
        let count = lessons.len();
        let linears = learnt(count, linear);
        let compared = asked(count, &linears, |model, at| lessons[at].comparisons(model, &thresholds));
        let same = |part: &[usize]| {
            let rows: Vec<_> = part.iter().flat_map(|&at| compared[at].iter().cloned()).collect();
            self.grow.forest(&rows)
        };
        let models: Vec<(Linear, Forest)> = linears.into_iter().zip(learnt(count, same)).collect();
        let mut trials =
            asked(count, &models, |(model, same), at| lessons[at].trials((model, same), &thresholds));
        let all: Vec<usize> = (0..lessons.len()).collect();
        let places: Vec<_> = trials.iter().flat_map(|trials| trials.places.clone()).collect();
        let days: Vec<_> = trials.iter().flat_map(|trials| trials.days.clone()).collect();
        let (place, day) = (self.grow.forest(&places), self.grow.forest(&days));
        let mut fills = Vec::new();
        let mut chances = Vec::new();
        for class in 0..Role::ALL.len() {
            let (judge, own) = self.judge(&trials, |trials| &trials.fills[class]);
            fills.push(judge);
            chances.push(own);
        }
        // What likely fills its slots tells an incident that is one.
        for (at, trials) in trials.iter_mut().enumerate() {
            for (number, proposal) in trials.proposals.iter_mut().enumerate() {
                let of_class = |class: usize| -> Vec<f32> {
                    let own = trials.fills[class].iter().zip(&chances[class][at]);
                    own.filter(|(trial, _)| trial.proposal == number).map(|(_, chance)| *chance).collect()
                };
                proposal.measures.extend(of_fills(&(0..Role::ALL.len()).map(of_class).collect::<Vec<_>>()));
            }
        }
        let (proposal, _) = self.judge(&trials, |trials| &trials.proposals);
        IncidentModel { linear: linear(&all), same: same(&all), proposal, fills, place, day }
    }

    /// What judges things of one sort, whose trials `of` picks, and its answers to them unseen.
    fn judge(&self, trials: &[Trials], of: impl Fn(&Trials) -> &Vec<Trial>) -> (Judge, Vec<Vec<f32>>) {
        let words = |part: &[usize]| {
            let rows = part.iter().flat_map(|&at| of(&trials[at])).filter(|trial| trial.taught);
            let right = |trial: &Trial| vec![trial.credit >= 0.5];
            let rows: Vec<Row<'_>> =
                rows.map(|trial| Row { features: &trial.row, right: right(trial) }).collect();
            self.fit(16, false).table(&rows)
        };
        let rated = unseen(trials.len(), words, |table, at| -> Vec<Vec<f32>> {
            let rate = |trial: &Trial| [&trial.measures[..], &table.chances(&trial.row)[..]].concat();
            of(&trials[at]).iter().map(rate).collect()
        });
        let forest = |part: &[usize]| {
            let pairs = part.iter().flat_map(|&at| of(&trials[at]).iter().zip(&rated[at]));
            let taught = pairs.filter(|(trial, _)| trial.taught);
            let rows: Vec<(Vec<f32>, f32)> =
                taught.map(|(trial, measures)| (measures.clone(), trial.credit)).collect();
            self.grow.forest(&rows)
        };
        let chances = unseen(trials.len(), forest, |forest, at| {
            rated[at].iter().map(|measures| forest.chance(measures)).collect()
        });
        let all: Vec<usize> = (0..trials.len()).collect();
        (Judge { words: words(&all), measures: forest(&all) }, chances)
    }

    fn linear(&self, lessons: &[&Lesson<'_>]) -> Linear {
        let examples: Vec<&Example> = lessons.iter().map(|lesson| lesson.example).collect();
        let (report, sentence) = self.first(&examples);
        let places =
            Gazette::learn(examples.iter().flat_map(|example| &example.gold).flat_map(|one| &one.places));
        Linear {
            report,
            sentence,
            phrase: self.phrases(lessons),
            told: self.told(lessons),
            effect: self.effects(lessons),
            titles: self.titles(&examples),
            pair: self.pairs(&examples, &places),
            places,
        }
    }

    fn fit(&self, bits: u32, exclusive: bool) -> Fit {
        Fit { rounds: self.rounds, rate: self.rate, decay: self.decay, bits, exclusive }
    }

    /// The tables of the first stage: of reports and of sentences.
    fn first(&self, examples: &[&Example]) -> (Table, Table) {
        let reports: Vec<Row<'_>> = examples
            .iter()
            .map(|example| Row { features: &example.seen.report, right: example.kinds_and_any() })
            .collect();
        let sentences: Vec<Row<'_>> = examples
            .iter()
            .flat_map(|example| example.seen.sentences.iter().zip(&example.sentences))
            .map(|(features, &class)| Row::one(features, class, IncidentKind::ALL.len() + 1))
            .collect();
        (self.fit(17, false).table(&reports), self.fit(17, true).table(&sentences))
    }

    fn phrases(&self, lessons: &[&Lesson<'_>]) -> Table {
        let rows = lessons.iter().flat_map(|lesson| lesson.rows.iter().zip(&lesson.example.phrases));
        let rows: Vec<Row<'_>> =
            rows.map(|(features, right)| Row { features, right: right.clone() }).collect();
        self.fit(19, false).table(&rows)
    }

    fn told(&self, lessons: &[&Lesson<'_>]) -> Table {
        let rows: Vec<Vec<Vec<u32>>> =
            lessons.iter().map(|lesson| lesson.example.seen.told_rows(&lesson.context)).collect();
        let rows = rows.iter().zip(lessons).flat_map(|(rows, lesson)| rows.iter().zip(&lesson.example.kinds));
        let rows: Vec<Row<'_>> =
            rows.map(|(features, &right)| Row { features, right: vec![right] }).collect();
        self.fit(12, false).table(&rows)
    }

    fn pairs(&self, examples: &[&Example], places: &Gazette) -> Table {
        let rows: Vec<(Vec<u32>, bool)> = examples.iter().flat_map(|example| example.pairs(places)).collect();
        let rows: Vec<Row<'_>> =
            rows.iter().map(|(features, same)| Row { features, right: vec![*same] }).collect();
        self.fit(14, false).table(&rows)
    }

    fn titles(&self, examples: &[&Example]) -> Titles {
        let words = Titles::learn_words(examples.iter().flat_map(|example| &example.gold));
        let lessons =
            examples.iter().flat_map(|example| titles::lessons(&words, &example.seen, &example.gold));
        let lessons: Vec<(Vec<u32>, bool)> = lessons.collect();
        let rows: Vec<Row<'_>> =
            lessons.iter().map(|(features, right)| Row { features, right: vec![*right] }).collect();
        let table = self.fit(13, false).table(&rows);
        Titles { words, table }
    }

    fn effects(&self, lessons: &[&Lesson<'_>]) -> Table {
        let rows = lessons.iter().flat_map(|lesson| lesson.rows.iter().zip(&lesson.example.effects));
        let rows: Vec<Row<'_>> = rows
            .filter_map(|(features, effect)| Some(Row::one(features, (*effect)?, Effect::ALL.len())))
            .collect();
        self.fit(15, true).table(&rows)
    }
}

fn pick<'e>(examples: &[&'e Example], part: &[usize]) -> Vec<&'e Example> {
    part.iter().map(|&at| examples[at]).collect()
}

/// For each of `count` examples the answer of what was learnt from those in the other parts.
///
/// A part is a run of examples: reports that lie together tell the same happenings, so that a report is not unseen
/// where its neighbours are learnt from.
fn unseen<M, A>(count: usize, learn: impl Fn(&[usize]) -> M, ask: impl Fn(&M, usize) -> A) -> Vec<A> {
    asked(count, &learnt(count, learn), ask)
}

/// The first example of a part, or the end of the one before it.
const fn start_of(part: usize, count: usize) -> usize {
    part * count / PARTS
}

/// What is learnt without each of the parts.
fn learnt<M>(count: usize, learn: impl Fn(&[usize]) -> M) -> Vec<M> {
    let without = |part: usize| {
        let rest: Vec<usize> = (0..start_of(part, count)).chain(start_of(part + 1, count)..count).collect();
        learn(&rest)
    };
    (0..PARTS).map(without).collect()
}

/// For each example the answer of what was learnt without its part.
fn asked<M, A>(count: usize, models: &[M], ask: impl Fn(&M, usize) -> A) -> Vec<A> {
    let of_part = |part: usize| (start_of(part, count)..start_of(part + 1, count)).map(move |at| (part, at));
    (0..PARTS).flat_map(of_part).map(|(part, at)| ask(&models[part], at)).collect()
}
