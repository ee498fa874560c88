//! Negotiations beside the meetings: who mediates, proposals and answers, demands and refusals, what stands in the way,
//! what a settlement is said to need, who is said to spoil it, and third parties' mandates with their terms.
//!
//! Most meetings and signings are events; what else tells of one with its day is found beside them. The frames are data, in
//! `rules/en/negotiations.toml` and `rules/en/rounds.toml`.

mod delegates;
mod rounds;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use irenic_language::Relation;
use irenic_model::{
    Certainty, Content, DateInterval, Grain, Holder, Negotiation, NegotiationStep, Participant, Span, Stance,
    Statement, StatementId, TimeType, Voice, date_of, day_number,
};

pub use delegates::{delegates, sides};

use crate::Input;
use crate::events::{Clock, of_verb};
use crate::frames::{Found, Frames, Reader};
use crate::voice::voice_at;

static ENGLISH: LazyLock<Frames> = LazyLock::new(|| {
    Frames::read(include_str!("../../../../rules/en/negotiations.toml"))
        .expect("a test reads the embedded rules")
});

/// What a document tells of negotiations, in text order: each a statement whose content is a [`Negotiation`].
///
/// ```
/// use irenic_extract::{Input, negotiations::negotiations};
/// use irenic_language::{Pipeline, segments_of};
/// use irenic_model::{Content, Document, NegotiationStep, Source};
/// let text = "The rebels rejected the proposal.".to_owned();
/// let analysis = Pipeline::new().analyse(&text, &segments_of(&text));
/// let source = Source::new("a.txt", text.as_bytes());
/// let document = Document { source, text, blocks: vec![], links: vec![], diagnostics: vec![] };
/// let input = Input { document: &document, analysis: &analysis, mentions: &[], times: &[], attributions: &[] };
/// let Content::Negotiation(told) = &negotiations(&input)[0].content else { panic!("a negotiation") };
/// assert_eq!(told.step, NegotiationStep::Rejected);
/// ```
#[must_use]
pub fn negotiations(input: &Input<'_>) -> Vec<Statement> {
    let reader = Reader::new(input);
    let clock = Clock::new(input);
    let mut found: Vec<Statement> =
        reader.find(&ENGLISH).iter().filter_map(|found| statement(&reader, &clock, found)).collect();
    found.sort_by_key(|statement| statement.span);
    found.dedup_by_key(|statement| statement.span);
    found.extend(rounds::rounds(&reader, &clock));
    found
}

fn statement(reader: &Reader<'_, '_>, clock: &Clock<'_>, found: &Found<'_>) -> Option<Statement> {
    let input = reader.input;
    let step = NegotiationStep::from_name(found.frame.name)?;
    let tree = &reader.scene.tree;
    let whos = found.slot("who");
    let mut who = reader.participants(whos);
    let whom = reader.participants(found.slot("whom"));
    let topic = topic(reader, found.slot("what"), found.slot("whom"));
    if step == NegotiationStep::Mandate && who.is_empty() {
        return None;
    }
    // "the weapons that the agreement requires" names what is told of, not a need.
    if step == NegotiationStep::Need && tree.relation(found.token) == Relation::AclRelcl {
        return None;
    }
    // What cannot act does not spoil, it stands in the way.
    let acts = whos.iter().any(|&head| reader.names.can_act(tree, reader.scene.lexicon, head));
    let (step, what) = if step == NegotiationStep::Spoiler && !acts {
        who.clear();
        (NegotiationStep::Obstacle, whos.first().and_then(|&head| reader.topic(head, &[])))
    } else {
        (step, topic)
    };
    let asks = matches!(
        step,
        NegotiationStep::Obstacle
            | NegotiationStep::Need
            | NegotiationStep::Demanded
            | NegotiationStep::Refused
            | NegotiationStep::Proposed
    );
    if asks && what.is_none() {
        return None;
    }
    let trigger = tree.token(found.token).span;
    let parts = who.iter().chain(&whom).map(|one| one.span).chain(what.as_ref().map(|(_, span)| *span));
    let sentence = reader.sentence(found.token);
    let span = parts.filter(|part| sentence.contains(*part)).fold(trigger, Span::cover);
    let (holder, said) = voice_at(input.attributions, trigger);
    let (step, stance) = turned(step, found, said)?;
    let when = clock.days(tree, found.token, None).intervals.first().map(|(when, _)| *when);
    let until = if step == NegotiationStep::Mandate { term(input, sentence, when) } else { None };
    let content =
        Negotiation { step, who, whom, what: what.map(|(words, _)| words), places: Vec::new(), when, until };
    Some(Statement {
        id: StatementId::new(input.document.source.sha256, span, "negotiation"),
        span,
        holder: holder.or_else(|| accuser(reader, found)),
        stance,
        content: Content::Negotiation(content),
    })
}

/// The words of the first head of a place, without those of another place.
fn topic(reader: &Reader<'_, '_>, heads: &[usize], without: &[usize]) -> Option<(String, Span)> {
    reader.topic(*heads.first()?, without)
}

/// The step once negation and modality are taken into account: not accepting is rejecting, not ruling out is nothing;
/// what may or would be is no step yet, except in what is needed or in the way.
fn turned(step: NegotiationStep, found: &Found<'_>, said: Stance) -> Option<(NegotiationStep, Stance)> {
    use NegotiationStep::{
        Accepted, BrokenOff, Demanded, Mediated, Need, Obstacle, Proposed, Refused, Rejected, Resumed,
        Spoiler,
    };
    let stance = found.stance.unwrap_or(said);
    let open = matches!(stance, Stance::Hypothetical | Stance::Planned | Stance::Promised);
    let step = match (step, found.negated) {
        (Accepted, true) => Rejected,
        (
            Rejected | Refused | Obstacle | Spoiler | Demanded | BrokenOff | Resumed | Proposed | Mediated,
            true,
        ) => return None,
        (step, _) => step,
    };
    let kept = !open || matches!(step, Need | Obstacle | Spoiler | Demanded) || stance == Stance::Planned;
    kept.then_some((step, stance))
}

/// Who accuses, where the accused is said to spoil: "Norland accused Southland of derailing the talks".
fn accuser(reader: &Reader<'_, '_>, found: &Found<'_>) -> Option<Holder> {
    let tree = &reader.scene.tree;
    let mut above = std::iter::successors(tree.head(found.token), |&node| tree.head(node)).take(2);
    let verb = above.find(|&verb| matches!(tree.lemma(verb), "accuse" | "blame"))?;
    let who: Vec<Participant> = reader.participants(&of_verb(tree, verb).subjects);
    Holder::new(who.into_iter().take(1).map(|one| Voice { name: one.text, span: Some(one.span) }).collect())
}

/// The last day of a mandate: "until 15 March 2009", or "for six months" counted from when it was given.
fn term(input: &Input<'_>, sentence: Span, when: Option<DateInterval>) -> Option<DateInterval> {
    let text = &input.document.text;
    let start = input.times.partition_point(|time| time.span.start < sentence.start);
    input.times[start..].iter().take_while(|time| time.span.start < sentence.end).find_map(|time| {
        let before = text[sentence.start..time.span.start].trim_end();
        let word = before.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
        match time.kind {
            TimeType::Date
                if matches!(
                    word.as_str(),
                    "until" | "till" | "through" | "expires" | "expire" | "expired" | "ends" | "to"
                ) =>
            {
                time.interval
            }
            TimeType::Date if word == "on" && before.to_lowercase().contains("expire") => time.interval,
            TimeType::Duration if word == "for" || word == "another" || word == "further" || word == "of" => {
                let from = when.filter(|when| when.grain() == Grain::Day)?;
                let days = crate::commitments::days_of(&time.value)?;
                let day = date_of(day_number(from.until()).checked_add(days)?)?;
                DateInterval::new(day, day, Grain::Day, Certainty::Derived)
            }
            _ => None,
        }
    })
}
