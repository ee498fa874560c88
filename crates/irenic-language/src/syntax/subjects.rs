//! Subjects that the network took for something else: a finite verb in the active voice has one, unless it shares one.
//!
//! After a date at the head of a sentence the network, which sees no names, may hang the noun that follows from the date,
//! or call it an oblique. An oblique has a preposition, and a date has no apposition.

use super::model::Reading;
use crate::labels::{Penn, Relation};

/// Mends the readings of one sentence.
pub(super) fn mend(readings: &mut [Reading]) {
    for verb in 1..readings.len() {
        if lacks_subject(readings, verb)
            && let Some(subject) = mistaken(readings, verb).or_else(|| speaker_behind(readings, verb))
        {
            readings[subject].head = Some(verb);
            readings[subject].relation = Relation::Nsubj;
        }
    }
}

/// The speaker behind what is said: "they had fled, the committee said".
///
/// The network may give the committee to the verb before it. A subject that follows its verb and its object, with the verb
/// of saying right behind it, is that verb's.
fn speaker_behind(readings: &[Reading], saying: usize) -> Option<usize> {
    let inner = readings.iter().position(|it| it.head == Some(saying) && it.relation == Relation::Ccomp)?;
    let (subject, _) = children(readings, inner)
        .filter(|(at, child)| inner < *at && *at < saying && child.relation == Relation::Nsubj)
        .last()?;
    let up_to_it = |at: usize| {
        std::iter::successors(Some(at), |&at| readings[at].head).take(readings.len()).any(|at| at == subject)
    };
    (subject + 1..saying).all(up_to_it).then_some(subject)
}

fn children(readings: &[Reading], head: usize) -> impl Iterator<Item = (usize, &Reading)> {
    readings.iter().enumerate().filter(move |(_, reading)| reading.head == Some(head))
}

/// A verb in a coordination or an open complement shares its subject with another.
fn lacks_subject(readings: &[Reading], verb: usize) -> bool {
    use Relation::{AuxPass, Conj, Csubj, Expl, Nsubj, NsubjPass, Xcomp};
    let Reading { xpos, relation, .. } = readings[verb];
    xpos.has_tense()
        && !matches!(relation, Conj | Xcomp)
        && children(readings, verb)
            .all(|(_, child)| !matches!(child.relation, Nsubj | NsubjPass | Csubj | Expl | AuxPass))
}

/// The last noun before the verb that is an oblique without a preposition, or an apposition to a number with one.
fn mistaken(readings: &[Reading], verb: usize) -> Option<usize> {
    let bare = |at: usize| children(readings, at).all(|(_, child)| child.relation != Relation::Case);
    let is_noun =
        |at: usize| matches!(readings[at].xpos, Penn::Nn | Penn::Nns | Penn::Nnp | Penn::Nnps | Penn::Prp);
    (0..verb).rev().find(|&at| {
        let head = readings[at].head;
        let oblique = head == Some(verb) && readings[at].relation == Relation::Obl;
        let behind_a_date = head.is_some_and(|date| {
            date < at
                && readings[at].relation == Relation::Appos
                && readings[date].xpos == Penn::Cd
                && readings[date].relation == Relation::Obl
                && readings[date].head == Some(verb)
        });
        (oblique || behind_a_date) && is_noun(at) && bare(at)
    })
}

#[cfg(test)]
mod tests {
    use crate::labels::Relation;
    use crate::{Pipeline, segments_of};

    /// The subject of the root.
    fn subject(text: &str) -> Option<String> {
        let analysis = Pipeline::new().analyse(text, &segments_of(text));
        let root = analysis.tokens.iter().position(|token| token.head.is_none())?;
        let subject = analysis.child(root, Relation::Nsubj)?;
        Some(analysis.tokens[subject].span.of(text).to_owned())
    }

    #[test]
    fn a_noun_after_a_date_is_the_subject() {
        let text = "On 3 February 1988 the Assembly of the Upland Autonomous Region (UAR) asked for the transfer of the region.";
        assert_eq!(subject(text).as_deref(), Some("Assembly"));
        let text = "On 9 November 2020 Ruritanian President Otto Brandt and Prime Minister Kessler signed a joint statement.";
        assert_eq!(subject(text).as_deref(), Some("Otto"));
    }

    #[test]
    fn who_says_it_behind_what_is_said() {
        let text = "More than one million people have fled their homes since 15 April, the International Organization for Migration (IOM) said.";
        assert_eq!(subject(text).as_deref(), Some("Organization"));
    }

    #[test]
    fn a_dateline_is_no_part_of_the_sentence() {
        let text = "NORTHTON, 21 May 2023 - Norland's army and the HLF signed a truce on Saturday.";
        assert_eq!(subject(text).as_deref(), Some("army"));
    }

    #[test]
    fn what_has_a_preposition_is_none() {
        assert_eq!(subject("In the town on 3 February 1988 shots were heard.").as_deref(), None);
        assert_eq!(subject("Last week the army withdrew.").as_deref(), Some("army"));
    }
}
