//! Deals of others: an accord that leaves out who fights before it and goes on fighting after it ends no war with them.

use std::collections::BTreeSet;

use irenic_accounts::speaker_key;
use irenic_model::{
    Certainty, Content, DateInterval, Evidence, Observation, Participant, Party, Provenance, Span, day_number,
};

use crate::Reading;
use crate::foreign::spans;
use crate::party_names::{is_of_the_state, names_a_state};

/// So many days after a deal may the fighting of who was left out show that the war went on.
const GOES_ON_DAYS_MAX: i32 = 731;

/// So many days after a deal shots do not show that it went on.
const TRUCE_DAYS: i32 = 7;

/// Takes a ceasefire or an accord for mere talks where a party that takes up arms against a state is not among those who
/// make it, though the text names them, and fights both before and within two years after it.
///
/// Who makes a deal is told by the events in its sentence. Where one of them is not named ("both sides"), it stays.
pub(crate) fn set_aside(evidence: &mut [Evidence], readings: &[Reading], parties: &[Party]) {
    if !evidence.iter().any(is_deal) {
        return;
    }
    let spans = spans(readings);
    let sentence_of = |piece: &Evidence| {
        let Provenance::Statement(id) = &piece.provenance else { return None };
        let &(at, span) = spans.get(id)?;
        let sentences = &readings[at].extraction.sentences;
        let sentence = sentences.partition_point(|sentence| sentence.end <= span.start);
        Some((&readings[at], *sentences.get(sentence)?))
    };
    let fights: Vec<(&str, DateInterval)> = evidence
        .iter()
        .filter(|piece| matches!(piece.observation, Observation::Clash { .. } | Observation::WarBegins))
        .filter_map(|piece| {
            let when =
                piece.when.filter(|when| when.certainty() != Certainty::Inferred && when.days() <= 366)?;
            let (reading, sentence) = sentence_of(piece)?;
            Some((sentence.of(&reading.document.text), when))
        })
        .collect();
    let bands: Vec<Band<'_>> = parties.iter().filter_map(|party| Band::of(party, &fights)).collect();
    for piece in evidence.iter_mut().filter(|piece| is_deal(piece)) {
        let Some(when) = piece.when.filter(|_| !bands.is_empty()) else { continue };
        let makers = sentence_of(piece).and_then(|(reading, sentence)| makers(reading, sentence));
        if makers.is_some_and(|makers| bands.iter().any(|band| band.goes_on_without(&makers, when))) {
            piece.observation = Observation::Talks;
        }
    }
}

const fn is_deal(piece: &Evidence) -> bool {
    matches!(piece.observation, Observation::Ceasefire | Observation::Agreement)
}

/// A party that is no state's, and when it fought.
struct Band<'a> {
    names: BTreeSet<&'a str>,
    fought: Vec<DateInterval>,
}

impl<'a> Band<'a> {
    /// `fights` are the sentences that tell of fighting, with its days.
    fn of(party: &'a Party, fights: &[(&str, DateInterval)]) -> Option<Self> {
        let all = party.aliases.iter().chain([&party.name]).map(String::as_str);
        let names: BTreeSet<&str> = all.filter(|name| name.starts_with(char::is_uppercase)).collect();
        if party.country.is_some() || names.is_empty() || names.iter().any(|name| names_a_state(name)) {
            return None;
        }
        let own = fights.iter().filter(|(words, _)| names.iter().any(|name| words.contains(name)));
        let fought = own.map(|&(_, when)| when).collect();
        Some(Self { names, fought })
    }

    fn goes_on_without(&self, makers: &[&Participant], deal: DateInterval) -> bool {
        let (from, until) = (day_number(deal.from()), day_number(deal.until()));
        let before = self.fought.iter().any(|day| day_number(day.until()) < from);
        let after = self.fought.iter().any(|day| {
            let first = day_number(day.from());
            until + TRUCE_DAYS < first && first <= until.saturating_add(GOES_ON_DAYS_MAX)
        });
        before && after && !makers.iter().any(|maker| self.may_be(maker))
    }

    /// Whether a participant may be this party: one word of their names is the same.
    fn may_be(&self, maker: &Participant) -> bool {
        let key = speaker_key(&maker.text);
        let words: BTreeSet<&str> = key.split(' ').collect();
        self.names.iter().any(|name| speaker_key(name).split(' ').any(|word| words.contains(word)))
    }
}

/// Who makes the deals that a sentence tells of, where two at least are named and nobody is meant who is not.
fn makers(reading: &Reading, sentence: Span) -> Option<Vec<&Participant>> {
    let statements = &reading.extraction.statements;
    let deals =
        statements.iter().filter(|it| sentence.overlaps(it.span)).filter_map(|it| match &it.content {
            Content::Event(event) => event.deal().map(|_| event),
            _ => None,
        });
    let mut makers: Vec<&Participant> = Vec::new();
    for event in deals {
        let place = |who: &Participant| event.places.iter().any(|place| place.span == who.span);
        let all = event.actors.iter().chain(&event.recipients).filter(|who| !place(who));
        makers.extend(all);
    }
    let named =
        |who: &&Participant| who.text.contains(|it: char| it.is_uppercase()) || is_of_the_state(&who.text);
    let keys: BTreeSet<String> = makers.iter().map(|who| speaker_key(&who.text)).collect();
    (1 < keys.len() && makers.iter().all(named)).then_some(makers)
}
