//! Whether two sentences of a report tell the same incident, and which of them do.
//!
//! A classifier of the words of both knows little of it; what they likely say was hit, by whom and with what tells more:
//! two reports of a murdered mayor are one, those of a mayor and of a bishop are two. Boosted trees weigh both with time,
//! place and distance. Sentences are then joined as long as those of two groups are alike on average.

use irenic_model::MentionKind;

use super::IncidentKind;
use super::model::Linear;
use super::pairs::{Pair, SeenSentence, towns};
use super::places::Place;
use super::stages::{Answers, Seen};
use super::training::Role;
use crate::trees::Forest;

/// From this chance of a role on a noun phrase is taken to name what fills a slot.
const FILLS: f32 = 0.1;

/// So many things of a role, the surest, are looked at in a sentence.
const NAMED_MAX: usize = 12;

/// So many sentences of a kind, the surest, are compared with each other; no report has more.
const COMPARED_MAX: usize = 200;

/// Days that lie further apart count as so far.
const DAYS_MAX: i32 = 400;

/// A thing that a sentence names in a role: the surest phrase, and its chance.
#[derive(Clone, Copy, Debug)]
struct Named {
    thing: usize,
    /// The word at its head, as a feature.
    head: u32,
    /// Whether it is a person with a name.
    person: bool,
    chance: f32,
}

/// What the sentences of a report name, for comparison.
pub(super) struct Sameness<'a> {
    seen: &'a Seen,
    answers: &'a Answers,
    model: &'a Linear,
    /// For each sentence the things of each role.
    named: Vec<[Vec<Named>; Role::ALL.len()]>,
    /// The narrowest place in each sentence that is no country.
    towns: Vec<Option<&'a Place>>,
}

impl<'a> Sameness<'a> {
    pub(super) fn new(seen: &'a Seen, answers: &'a Answers, model: &'a Linear) -> Self {
        let mut named: Vec<[Vec<Named>; Role::ALL.len()]> = vec![Default::default(); seen.facts.len()];
        for (thing, phrases) in seen.things.iter().enumerate() {
            let kind = |&at: &usize| seen.phrases[at].kind;
            let person = phrases.iter().any(|at| kind(at) == Some(MentionKind::Person));
            for &phrase in phrases {
                let head = seen.phrases[phrase].head_feature();
                let roles = &mut named[seen.phrases[phrase].sentence];
                for (own, &chance) in roles.iter_mut().zip(&answers.phrases[phrase]) {
                    let one = Named { thing, head, person, chance };
                    match own.iter_mut().find(|other| other.thing == thing) {
                        Some(other) if other.chance < chance => *other = one,
                        None if chance >= FILLS => own.push(one),
                        _ => {}
                    }
                }
            }
        }
        for own in named.iter_mut().flatten() {
            if own.len() > NAMED_MAX {
                own.sort_by(|a, b| b.chance.total_cmp(&a.chance).then(a.thing.cmp(&b.thing)));
                own.truncate(NAMED_MAX);
            }
        }
        Self { seen, answers, model, named, towns: towns(&seen.facts, &model.places) }
    }

    /// The sentences that likely tell a kind, in text order.
    pub(super) fn telling(&self, kind: usize, least: f32) -> Vec<usize> {
        let share = |at: usize| self.answers.context.sentences[at][kind + 1];
        let mut telling: Vec<usize> = (0..self.named.len()).filter(|&at| share(at) >= least).collect();
        if telling.len() > COMPARED_MAX {
            telling.sort_by(|&a, &b| share(b).total_cmp(&share(a)).then(a.cmp(&b)));
            telling.truncate(COMPARED_MAX);
            telling.sort_unstable();
        }
        telling
    }

    /// What tells whether two sentences that tell a kind tell the same incident, the earlier one first.
    pub(super) fn measures(&self, kind: usize, first: usize, second: usize) -> Vec<f32> {
        let (one, other) = (&self.seen.facts[first], &self.seen.facts[second]);
        let pair = Pair::new(&self.seen.facts, &self.towns, first, second);
        let mut measures = vec![
            self.model.pair.chances(&pair.features(IncidentKind::ALL[kind]))[0],
            (second - first) as f32,
            first as f32,
            second as f32,
            (other.paragraph - one.paragraph) as f32,
            kind as f32,
        ];
        for role in Role::ALL {
            let (a, b) = (&self.named[first][role as usize], &self.named[second][role as usize]);
            let shared = a.iter().map(|one| one.chance.min(chance_in(b, one.thing))).fold(0.0, f32::max);
            measures.extend([shared, most_alone(a, b, |_| true), most_alone(b, a, |_| true), alike(a, b)]);
            if role == Role::Victim {
                measures.extend([most_alone(a, b, |one| one.person), most_alone(b, a, |one| one.person)]);
            }
        }
        let besides = ["ALSO", "MEANWHILE", "ADDITION", "ELSEWHERE", "SIMILARLY"];
        let besides = other.words.iter().any(|word| besides.contains(&word.as_str()));
        let share = |at: usize| self.answers.context.sentences[at][kind + 1];
        measures.extend([
            days_between(one, other),
            code(pair.place),
            code(pair.named),
            pair.shared.len() as f32,
            f32::from(u8::from(pair.more().next().is_some())),
            f32::from(u8::from(besides)),
            share(first),
            share(second),
            self.answers.told[kind],
        ]);
        measures
    }

    /// The chances that sentences tell the same incident of a kind, a row a sentence.
    pub(super) fn table(&self, kind: usize, telling: &[usize], forest: &Forest) -> Vec<Vec<f32>> {
        let mut same = vec![vec![0.0; telling.len()]; telling.len()];
        for second in 0..telling.len() {
            for first in 0..second {
                let chance = forest.chance(&self.measures(kind, telling[first], telling[second]));
                same[first][second] = chance;
                same[second][first] = chance;
            }
        }
        same
    }
}

/// How surely both sentences name two things by the same word.
fn alike(a: &[Named], b: &[Named]) -> f32 {
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    let alike = pairs.filter(|(x, y)| x.thing != y.thing && x.head == y.head);
    alike.map(|(x, y)| x.chance.min(y.chance)).fold(0.0, f32::max)
}

/// How surely a sentence names a thing.
fn chance_in(list: &[Named], thing: usize) -> f32 {
    list.iter().find(|one| one.thing == thing).map_or(0.0, |one| one.chance)
}

/// How much more surely one of the things of a sentence is named there than in the other.
fn most_alone(list: &[Named], other: &[Named], which: impl Fn(&Named) -> bool) -> f32 {
    let alone = list.iter().filter(|one| which(one)).map(|one| one.chance - chance_in(other, one.thing));
    alone.fold(0.0, f32::max)
}

/// The days from the first date of one sentence to that of the other; where one has none, a number beyond them.
fn days_between(one: &SeenSentence, other: &SeenSentence) -> f32 {
    match (one.date, other.date) {
        (Some(a), Some(b)) => b.since(a).map_or(0, |span| span.get_days()).clamp(-DAYS_MAX, DAYS_MAX) as f32,
        (Some(_), None) => 500.0,
        (None, Some(_)) => 600.0,
        (None, None) => 700.0,
    }
}

/// What two facts say of each other, as a number.
fn code(relation: &str) -> f32 {
    ["none", "same", "other", "first", "second"].iter().position(|own| *own == relation).unwrap_or(0) as f32
}

/// Groups of what is the same: by the rows of a table of chances, the two that are most alike on average are joined until
/// none are so with at least a chance. Groups and their members are in the order of the rows.
pub(super) fn joined(same: &[Vec<f32>], least: f32) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = (0..same.len()).map(|at| vec![at]).collect();
    let mut sums = same.to_vec();
    loop {
        let mean = |a: usize, b: usize| sums[a][b] / (groups[a].len() * groups[b].len()) as f32;
        let pairs = (1..groups.len()).flat_map(|b| (0..b).map(move |a| (a, b)));
        let alike = pairs.map(|(a, b)| (mean(a, b), a, b)).filter(|one| one.0 >= least);
        // Of equals the first.
        let Some((_, a, b)) = alike.reduce(|best, next| if next.0 > best.0 { next } else { best }) else {
            return groups;
        };
        let members = groups.remove(b);
        groups[a].extend(members);
        groups[a].sort_unstable();
        let gone = sums.remove(b);
        sums.iter_mut().for_each(|row| {
            let more = row.remove(b);
            row[a] += more;
        });
        let gone = gone.into_iter().enumerate().filter(|(at, _)| *at != b).map(|(_, sum)| sum);
        sums[a].iter_mut().zip(gone).for_each(|(sum, more)| *sum += more);
    }
}

/// How alike two groups are on average.
pub(super) fn likeness(same: &[Vec<f32>], one: &[usize], other: &[usize]) -> f32 {
    let sum: f32 = one.iter().flat_map(|&a| other.iter().map(move |&b| same[a][b])).sum();
    sum / (one.len() * other.len()).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incidents::IncidentModel;
    use crate::incidents::phrases::Report;
    use crate::reading::Reading;

    #[test]
    fn the_most_alike_are_joined_first() {
        let same = |pairs: &[(usize, usize, f32)], count: usize| {
            let mut same = vec![vec![0.1; count]; count];
            for &(a, b, chance) in pairs {
                same[a][b] = chance;
                same[b][a] = chance;
            }
            same
        };
        assert!(joined(&[], 0.5).is_empty());
        assert_eq!(joined(&same(&[], 1), 0.5), [[0]]);
        let two = same(&[(0, 2, 0.9), (1, 3, 0.8)], 4);
        assert_eq!(joined(&two, 0.5), [[0, 2], [1, 3]]);
        assert_eq!(joined(&two, 0.85), [vec![0, 2], vec![1], vec![3]]);
        // The second is like both others, but more like the third; the first is then too unlike the two.
        let chain = same(&[(0, 1, 0.6), (1, 2, 0.9), (0, 2, 0.2)], 3);
        assert_eq!(joined(&chain, 0.5), [vec![0], vec![1, 2]]);
        assert!((likeness(&chain, &[0], &[1, 2]) - 0.4).abs() < 1e-6);
        assert_eq!(joined(&chain, 0.3), [[0, 1, 2]]);
    }

    #[test]
    fn what_sentences_name_tells_them_apart() {
        let text = "SAN PEDRO, 4 MAY 90 -- [TEXT] GUNMEN KILLED MAYOR CARLOS MARSH IN THE TOWN OF ALBA ON MONDAY.\n\n\
                    MAYOR CARLOS MARSH WAS SHOT BY GUNMEN. POLICE SAID THAT A BOMB KILLED BISHOP LUIS BAKER.";
        let reading = Reading::of(text).with_mentions();
        let report = Report::new(&reading.input());
        let seen = Seen::new(&report);
        let model = IncidentModel::embedded();
        let answers = Answers::new(&seen, &model.linear);
        let sameness = Sameness::new(&seen, &answers, &model.linear);
        let killings = IncidentKind::Attack as usize;
        let [told, again, other] = [0, 1, 2].map(|back| report.sentences() - 3 + back);
        let chance = |a: usize, b: usize| model.same.chance(&sameness.measures(killings, a, b));
        assert!(chance(told, again) > chance(told, other), "{} {}", chance(told, again), chance(told, other));
        assert!(
            chance(told, again) > chance(again, other),
            "{} {}",
            chance(told, again),
            chance(again, other)
        );
        // A paragraph ends between the first two, none between the last.
        let apart = |a: usize, b: usize| seen.facts[b].paragraph - seen.facts[a].paragraph;
        assert_eq!([apart(told, again), apart(again, other)], [1, 0]);
        let measures = sameness.measures(killings, told, again);
        assert!(measures.iter().all(|measure| measure.is_finite()));
        assert_eq!(sameness.table(killings, &[], &model.same), Vec::<Vec<f32>>::new());
    }

    #[test]
    fn of_very_many_sentences_the_surest_are_compared() {
        let text =
            ["IT RAINED IN THE TOWN. ", "GUNMEN KILLED THE MAYOR OF ALBA. "].concat().repeat(COMPARED_MAX);
        let reading = Reading::of(&text).with_mentions();
        let report = Report::new(&reading.input());
        let seen = Seen::new(&report);
        let model = IncidentModel::embedded();
        let answers = Answers::new(&seen, &model.linear);
        let kind = IncidentKind::Attack as usize;
        let telling = Sameness::new(&seen, &answers, &model.linear).telling(kind, 0.0);
        assert_eq!(telling.len(), COMPARED_MAX);
        let share = |at: usize| answers.context.sentences[at][kind + 1];
        let (kept, left): (Vec<usize>, Vec<usize>) =
            (0..report.sentences()).partition(|at| telling.contains(at));
        assert!(left.iter().all(|&out| kept.iter().all(|&one| share(one) >= share(out))));
        assert!(telling.is_sorted());
    }
}
