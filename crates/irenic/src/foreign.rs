//! Violence elsewhere: a text that sets another country's war beside its own does not tell of its own there.

use std::collections::{BTreeMap, BTreeSet};

use irenic_model::{Evidence, Observation, Provenance, Span, StatementId};

use crate::Reading;

/// So many mentions with a country must there be in a dossier to say which countries it is about.
const MENTIONS_MIN: usize = 30;

/// A country with at least this share of the mentions of the one that is mentioned most is one of the dossier's.
const SHARE_MIN: f64 = 0.05;

/// Leaves out violence that is told in a sentence which names countries or their places and people, and none of those that
/// the dossier is about, nor anything else that it names often. Deals stay: third parties make them.
pub(crate) fn leave_out(evidence: &mut Vec<Evidence>, readings: &[Reading]) {
    let Some(own) = own_countries(readings) else { return };
    let names = own_names(readings);
    let spans = spans(readings);
    evidence.retain(|piece| {
        let Provenance::Statement(id) = &piece.provenance else { return true };
        let violent = matches!(
            piece.observation,
            Observation::Clash { .. }
                | Observation::Deaths { .. }
                | Observation::War { .. }
                | Observation::WarBegins
        );
        !violent || spans.get(id).is_none_or(|&(at, span)| !is_elsewhere(&readings[at], span, &own, &names))
    });
}

/// The countries that the dossier is about, where it names enough to tell.
fn own_countries(readings: &[Reading]) -> Option<BTreeSet<&str>> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    let mentions = readings.iter().flat_map(|reading| &reading.extraction.mentions);
    for country in mentions.filter_map(|mention| mention.country.as_deref()) {
        *count.entry(country).or_default() += 1;
    }
    let most = count.values().copied().max()?;
    if count.values().sum::<usize>() < MENTIONS_MIN {
        return None;
    }
    let own = count.into_iter().filter(|(_, count)| SHARE_MIN * most as f64 <= *count as f64);
    Some(own.map(|(country, _)| country).collect())
}

/// Names that the dossier uses again and again, whatever they are.
fn own_names(readings: &[Reading]) -> BTreeSet<&str> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    let mentions = readings.iter().flat_map(|reading| &reading.extraction.mentions);
    // "rebels" are everywhere.
    for mention in mentions.filter(|mention| mention.name.starts_with(char::is_uppercase)) {
        *count.entry(mention.name.as_str()).or_default() += 1;
    }
    let most = count.values().copied().max().unwrap_or(0);
    count.into_iter().filter(|(_, count)| most <= 10 * count).map(|(name, _)| name).collect()
}

/// Where each statement and cue stands: its document's number, and its words.
pub(crate) fn spans(readings: &[Reading]) -> BTreeMap<StatementId, (usize, Span)> {
    let of = |(at, reading): (usize, &Reading)| {
        let statements = reading.extraction.statements.iter().map(|it| (it.id, it.span));
        let cues = reading.extraction.stage_cues.iter().map(|it| (it.id, it.span));
        statements.chain(cues).map(|(id, span)| (id, (at, span))).collect::<Vec<_>>()
    };
    readings.iter().enumerate().flat_map(of).collect()
}

fn is_elsewhere(reading: &Reading, span: Span, own: &BTreeSet<&str>, names: &BTreeSet<&str>) -> bool {
    let sentences = &reading.extraction.sentences;
    let at = sentences.partition_point(|sentence| sentence.end <= span.start);
    let Some(sentence) = sentences.get(at) else { return false };
    let mentions = &reading.extraction.mentions;
    let inside =
        || mentions.iter().filter(|it| sentence.start <= it.span.start && it.span.end <= sentence.end);
    let countries: Vec<&str> = inside().filter_map(|it| it.country.as_deref()).collect();
    !countries.is_empty()
        && countries.iter().all(|country| !own.contains(country))
        && inside().all(|it| !names.contains(it.name.as_str()))
}
