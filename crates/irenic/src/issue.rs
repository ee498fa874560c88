//! The issue: what is contested, who claims what since when, and how the claim changed.
//!
//! What counts as a claim, and of which kind, is data (`rules/en/claims.toml`).

use std::sync::LazyLock;

use irenic_model::{
    Claim, Content, DateInterval, Incompatibility, Issue, NegotiationStep, Participant, Statement,
    StatementRef,
};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use crate::Reading;
use crate::party_names::names_somebody;

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../rules/en/claims.toml"))
        .expect("a test reads the rules that are built in")
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    asking: Vec<String>,
    laws: Vec<String>,
    claimants: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "they run as tests"))]
    counter_examples: Vec<String>,
    kind: Vec<Kind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    name: String,
    words: Vec<String>,
    modes: Vec<String>,
    #[serde(deserialize_with = "incompatibility")]
    contests: Incompatibility,
    #[cfg_attr(not(test), expect(dead_code, reason = "they run as tests"))]
    examples: Vec<String>,
}

fn incompatibility<'de, D: Deserializer<'de>>(from: D) -> Result<Incompatibility, D::Error> {
    let name = String::deserialize(from)?;
    Incompatibility::named(&name)
        .ok_or_else(|| D::Error::custom(format!("`{name}` is nothing that conflicts are over")))
}

/// The kind whose words stand first in `words`.
fn kind_in(words: &str) -> Option<&'static Kind> {
    let lower = words.to_lowercase();
    let is_law = |behind: &str| {
        let next = behind.split_whitespace().next().unwrap_or("");
        let next = next.trim_end_matches(|it: char| !it.is_alphanumeric());
        behind.starts_with(' ') && RULES.laws.iter().any(|law| law == next)
    };
    let first = |kind: &Kind| {
        let found = kind.words.iter().flat_map(|word| lower.match_indices(word.as_str()));
        found.filter(|(at, word)| !is_law(&lower[at + word.len()..])).map(|(at, _)| at).min()
    };
    RULES.kind.iter().filter_map(|kind| Some((first(kind)?, kind))).min_by_key(|(at, _)| *at).map(|it| it.1)
}

/// A claim that a statement raises: its kind, who raises it, and since when.
struct Raised<'a> {
    kind: &'static Kind,
    claimant: Option<&'a Participant>,
    places: &'a [Participant],
    since: Option<DateInterval>,
}

fn raised<'a>(statement: &'a Statement, text: &str) -> Option<Raised<'a>> {
    match &statement.content {
        Content::Event(event) if !event.negated => {
            let mode = event.mode.as_deref()?;
            let behind =
                text.get(event.trigger.start..statement.span.end.max(event.trigger.end)).unwrap_or("");
            let kind = if RULES.asking.iter().any(|it| it == mode) {
                kind_in(behind)?
            } else {
                let of_mode = RULES.kind.iter().find(|kind| kind.modes.iter().any(|it| it == mode))?;
                kind_in(behind).filter(|kind| kind.contests == of_mode.contests).unwrap_or(of_mode)
            };
            Some(Raised { kind, claimant: event.actors.first(), places: &event.places, since: event.when })
        }
        Content::Negotiation(told) if told.step == NegotiationStep::Demanded => Some(Raised {
            kind: kind_in(&first_words(told.what.as_deref()?))?,
            claimant: Some(told.who.first()?),
            places: &[],
            since: told.when,
        }),
        _ => None,
    }
}

/// "Independence for the highlands" is a claim to independence, "that the Front accept the autonomy law" none to autonomy.
fn first_words(topic: &str) -> String {
    topic.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

/// What is contested, from the claims that events and demands raise, in order of time.
pub(crate) fn issue(readings: &[Reading]) -> Issue {
    let mut issue = Issue::default();
    for (document, reading) in readings.iter().enumerate() {
        let text = &reading.document.text;
        for (number, statement) in reading.extraction.statements.iter().enumerate() {
            let Some(raised) = raised(statement, text) else { continue };
            let at = StatementRef { document, statement: number };
            let contests = raised.kind.contests;
            issue.incompatibility = match issue.incompatibility {
                Some(known) if known != contests => Some(Incompatibility::Both),
                _ => Some(contests),
            };
            issue.evidence.push(at);
            add(&mut issue.claims, &raised, statement.span.of(text), at);
            for place in raised.places {
                if !issue.objects.contains(&place.text) {
                    issue.objects.push(place.text.clone());
                }
            }
        }
    }
    issue.claims.sort_by(|a, b| {
        let key = |claim: &Claim| claim.since.map(|since| since.from());
        key(a).cmp(&key(b)).then_with(|| a.claimant.cmp(&b.claimant))
    });
    issue
}

/// Whether words name one who can claim something: by a name, or as one of those who act without one.
fn is_claimant(words: &str) -> bool {
    let lower = words.to_lowercase();
    let known = || RULES.claimants.iter().any(|it| lower.contains(it.as_str()));
    names_somebody(words) && (words.chars().any(char::is_uppercase) || known())
}

/// Joins a claim to what is known of the same claim of the same day. One that names nobody counts where it is dated: a
/// referendum shows that the claim changed, whoever called it.
fn add(claims: &mut Vec<Claim>, raised: &Raised<'_>, words: &str, at: StatementRef) {
    let claimant = raised.claimant.map(|it| it.text.as_str()).filter(|name| is_claimant(name));
    if claimant.is_none() && raised.since.is_none() {
        return;
    }
    let known = claims.iter_mut().find(|known| {
        known.kind == raised.kind.name
            && (known.claimant.as_deref() == claimant || claimant.is_none() && raised.since == known.since)
            && (known.since == raised.since || raised.since.is_none())
    });
    match known {
        Some(known) => known.evidence.push(at),
        None => claims.push(Claim {
            claimant: claimant.map(str::to_owned),
            kind: raised.kind.name.clone(),
            what: words.to_owned(),
            since: raised.since,
            evidence: vec![at],
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::RULES;
    use crate::{Dossier, Options, document_of_text};

    #[test]
    fn the_kinds_of_claims_do_what_their_examples_say() {
        let mut wrong = Vec::new();
        for kind in &RULES.kind {
            assert!(!kind.examples.is_empty(), "{} has no example", kind.name);
            for example in &kind.examples {
                let (told, expected) = example.split_once(" | ").expect("an example has a bar");
                let stop = told.find(". ").map_or(told.len(), |at| at + 1);
                let (sentence, claimant) = told.split_at(stop);
                let document = document_of_text("a.txt", None, sentence);
                let found = Dossier::of_documents("a", vec![document]).reconstruct(Options::default(), &());
                let claims: Vec<_> = (found.issue.claims.iter())
                    .map(|claim| (claim.claimant.as_deref().unwrap_or(""), claim.kind.as_str()))
                    .collect();
                if claims != [(claimant.trim(), expected.trim())] {
                    wrong.push(format!("{example}: {claims:?}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn what_raises_no_claim_is_none() {
        for text in &RULES.counter_examples {
            let document = document_of_text("a.txt", None, text);
            let found = Dossier::of_documents("a", vec![document]).reconstruct(Options::default(), &());
            assert!(found.issue.claims.is_empty(), "{text}: {:?}", found.issue.claims);
        }
    }
}
