//! What a denial that names nothing denies: "The army denied this" is said of what was claimed right before.

use irenic_model::{Attribution, Content, EventClass, Span, Stance, Statement, StatementId};

use super::assemble::trigger_of;
use crate::Input;

/// Words by which a denial points back.
const POINTS_BACK: [&str; 9] = ["it", "this", "that", "them", "these", "those", "all", "any", "such"];

/// What may be denied without being named again.
const CLAIMS: [&str; 18] = [
    "report",
    "reports",
    "claim",
    "claims",
    "accusation",
    "accusations",
    "allegation",
    "allegations",
    "charge",
    "charges",
    "account",
    "assertion",
    "assertions",
    "version",
    "responsibility",
    "involvement",
    "statement",
    "story",
];

/// Words that may stand beside them.
const BESIDE: [&str; 6] = ["the", "both", "its", "their", "that", "this"];

/// More claims at once are no claim but a story.
const CLAIMS_MAX: usize = 3;

/// The events that are denied by pointing back, each as the claim tells of it, with who denies it.
///
/// Claimed is what somebody else says in the same sentence or in the one before; what the author says there is denied only
/// where it does harm.
pub(super) fn denials(input: &Input<'_>, events: &[Statement]) -> Vec<Statement> {
    let denying = input.attributions.iter().filter(|said| said.stance == Stance::Denied);
    denying.flat_map(|said| of_one(input, said, events).unwrap_or_default()).collect()
}

fn of_one(input: &Input<'_>, said: &Attribution, events: &[Statement]) -> Option<Vec<Statement>> {
    let [content] = said.content[..] else { return None };
    let holder = said.holder.as_ref().filter(|_| points_back(content.of(&input.document.text)))?;
    let sentence = |at: usize| input.analysis.token_at(at).map(|token| input.analysis.sentence_of(token));
    let own = sentence(content.start)?;
    let is_claim = |claim: &&Statement| {
        let Content::Event(event) = &claim.content else { return false };
        let harms = matches!(event.class, EventClass::Assault | EventClass::Coerce);
        let told = match &claim.holder {
            Some(claimant) => claimant.speaker() != holder.speaker(),
            None => harms,
        };
        told && claim.stance.is_factual()
            && !event.negated
            && event.trigger.end <= content.start
            && event.class != EventClass::Accuse
            && event.class != EventClass::Reject
    };
    let in_sentence = |number: usize| -> Vec<&Statement> {
        let extent = input.analysis.sentences[number].span;
        let first = events.partition_point(|it| trigger_of(it).start < extent.start);
        events[first..].iter().take_while(|it| trigger_of(it).start < extent.end).filter(is_claim).collect()
    };
    let mut claims = in_sentence(own);
    if claims.is_empty() {
        claims = in_sentence(own.checked_sub(1)?);
    }
    // What others say comes before what the author tells.
    if claims.iter().any(|claim| claim.holder.is_some()) {
        claims.retain(|claim| claim.holder.is_some());
    }
    if claims.len() > CLAIMS_MAX {
        return None;
    }
    let cue = said.cue.first().copied().unwrap_or(content);
    let source = said.source.first().copied().unwrap_or(cue);
    let spans = [source.cover(content), cue.cover(content), content];
    let denied =
        claims.into_iter().zip(spans).map(|(claim, span)| deny(input, claim, holder, (span, content)));
    Some(denied.collect())
}

fn deny(
    input: &Input<'_>,
    claim: &Statement,
    holder: &irenic_model::Holder,
    (span, trigger): (Span, Span),
) -> Statement {
    let mut content = claim.content.clone();
    if let Content::Event(event) = &mut content {
        event.trigger = trigger;
    }
    Statement {
        id: StatementId::new(input.document.source.sha256, span, "event"),
        span,
        holder: Some(holder.clone()),
        stance: Stance::Denied,
        content,
    }
}

/// Whether words name nothing of what they speak of.
fn points_back(words: &str) -> bool {
    let lower = words.to_lowercase();
    let mut all = lower.split(|it: char| !it.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let known = |word: &str| POINTS_BACK.contains(&word) || CLAIMS.contains(&word) || BESIDE.contains(&word);
    all.peek().is_some() && all.all(known)
}

#[cfg(test)]
mod tests {
    use super::points_back;

    #[test]
    fn what_names_nothing_points_back() {
        for (words, expected) in [
            ("this", true),
            ("the report", true),
            ("any involvement", true),
            ("the charge of murder", false),
            ("the attack on the village", false),
            ("", false),
        ] {
            assert_eq!(points_back(words), expected, "{words}");
        }
    }
}
