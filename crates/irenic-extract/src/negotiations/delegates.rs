//! Which persons sit at a table for whom: "the front's chairman, Otto Brandt", "President Paul Doe", "Ann Roe, for the
//! rebels", "a movement led by Ann Roe".

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use irenic_language::{Power, Relation, Upos};
use irenic_model::{ActorRole, Delegate, Mention, MentionKind, Participant};
use serde::Deserialize;

use crate::Input;

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../rules/en/delegates.toml"))
        .expect("a test reads the embedded rules")
});

/// Words by which a person is told to lead or to speak for a body, in lower case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    /// Who holds office in a state.
    office: HashSet<String>,
    /// Who leads or speaks for any body.
    lead: HashSet<String>,
    /// Ranks, which belong to a state or a band.
    rank: HashSet<String>,
    /// Common nouns for bodies.
    bodies: HashSet<String>,
    /// Participles before "by" and a name.
    led: HashSet<String>,
    #[serde(rename = "examples")]
    _examples: Vec<String>,
}

/// So many tokens before or behind a name are looked at.
const TOKENS_MAX: usize = 10;

/// Those who lead or speak for a body by the words of the document, each person once, in text order.
#[must_use]
pub fn delegates(input: &Input<'_>) -> Vec<Delegate> {
    let mut found: Vec<Delegate> = Vec::new();
    let mut known: HashSet<&str> = HashSet::new();
    let scan = Scan::new(input);
    for mention in input.mentions.iter().filter(|mention| mention.kind == MentionKind::Person) {
        if known.contains(mention.name.as_str()) {
            continue;
        }
        let body = scan.inside(mention).or_else(|| scan.led(mention));
        let body = body.or_else(|| scan.before(mention)).or_else(|| scan.behind(mention));
        if let Some(body) = body {
            known.insert(&mention.name);
            found.push(Delegate { person: mention.name.clone(), body });
        }
    }
    found
}

/// Pairs of sides by the words of the document, in text order: two that "between" brings in, or a band and a state that "and"
/// joins.
#[must_use]
pub fn sides(input: &Input<'_>) -> Vec<[Participant; 2]> {
    let scan = Scan::new(input);
    let analysis = input.analysis;
    let mut found = Vec::new();
    for at in 0..analysis.tokens.len() {
        let joined = analysis.tokens[at].relation == Relation::Conj && analysis.tokens[at].upos.is_nominal();
        let Some(first) = analysis.head_of(at).filter(|&first| joined && first < at) else { continue };
        let (Some(one), Some(other)) = (scan.side_at(first), scan.side_at(at)) else { continue };
        let between = analysis
            .children(first)
            .any(|child| analysis.tokens[child].relation == Relation::Case && scan.word(child) == "between");
        let kinds = [one.role, other.role];
        let mixed = kinds.contains(&Some(ActorRole::Party)) && kinds.contains(&Some(ActorRole::Government));
        if (between || mixed) && one.text != other.text {
            found.push([one, other]);
        }
    }
    found
}

struct Scan<'i, 'a> {
    input: &'i Input<'a>,
    /// The first body or land that a word names by itself: by its words, its name or the initials of its name.
    by_word: HashMap<String, &'a Mention>,
}

impl<'i, 'a> Scan<'i, 'a> {
    fn new(input: &'i Input<'a>) -> Self {
        let mut by_word = HashMap::new();
        for mention in input.mentions {
            if matches!(mention.kind, MentionKind::Person | MentionKind::Other | MentionKind::Weapon) {
                continue;
            }
            let words = mention.span.of(&input.document.text);
            let names = [words.to_owned(), mention.name.clone()].into_iter().chain(initials(&mention.name));
            names.for_each(|name| {
                by_word.entry(name).or_insert(mention);
            });
        }
        Self { input, by_word }
    }

    fn word(&self, at: usize) -> String {
        self.input.analysis.tokens[at].span.of(&self.input.document.text).to_lowercase()
    }

    fn mention_at(&self, at: usize) -> Option<&'a Mention> {
        let span = self.input.analysis.tokens[at].span;
        let after = self.input.mentions.partition_point(|mention| mention.span.start <= span.start);
        self.input.mentions[..after].last().filter(|mention| mention.span.contains(span))
    }

    /// The body that a word names: a name of a body, a people or a land, or a common noun for one.
    fn body_at(&self, at: usize) -> Option<Participant> {
        let word = self.word(at);
        let common = WORDS.bodies.contains(&word) || Power::of(&word).is_some();
        let token = &self.input.analysis.tokens[at];
        match self.mention_at(at) {
            Some(mention) if mention.kind == MentionKind::Organisation => {
                Some(named(mention, ActorRole::Party))
            }
            // "the front's chairman" is a mention of the chairman.
            Some(mention) if mention.kind == MentionKind::Person && !common => self.named_elsewhere(at),
            Some(mention) if matches!(mention.kind, MentionKind::Location | MentionKind::Nationality) => {
                Some(named(mention, ActorRole::Government))
            }
            None | Some(Mention { kind: MentionKind::Person, .. }) if common && token.upos != Upos::Verb => {
                Some(Participant {
                    text: word,
                    span: token.span,
                    country: None,
                    role: Some(ActorRole::Party),
                })
            }
            _ => None,
        }
    }

    /// The body or land that a word of a longer mention names by itself.
    fn named_elsewhere(&self, at: usize) -> Option<Participant> {
        let word = self.input.analysis.tokens[at].span.of(&self.input.document.text);
        if !word.starts_with(char::is_uppercase) {
            return None;
        }
        let mention = *self.by_word.get(word)?;
        let of_state = mention.kind != MentionKind::Organisation;
        Some(named(mention, if of_state { ActorRole::Government } else { ActorRole::Party }))
    }

    /// "The front's chairman", which is a mention of the chairman.
    fn inside(&self, mention: &Mention) -> Option<Participant> {
        let (own, _) = self.extent(mention);
        let role = own
            .clone()
            .any(|at| WORDS.office.contains(&self.word(at)) || WORDS.lead.contains(&self.word(at)));
        let first = own.start.saturating_sub(1);
        // "the army's commander", whose mention may begin behind the article.
        if role { (first..own.end).find_map(|at| self.body_at(at)) } else { None }
    }

    /// The state or the band that a noun names.
    fn side_at(&self, at: usize) -> Option<Participant> {
        let body = self.body_at(at)?;
        let of_state = body
            .text
            .split_whitespace()
            .any(|word| Power::of(&word.to_lowercase()).is_some_and(Power::is_of_state));
        let role = if of_state { Some(ActorRole::Government) } else { body.role };
        Some(Participant { role, ..body })
    }

    fn extent(&self, mention: &Mention) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let own = self.input.analysis.tokens_in(mention.span);
        let sentence =
            self.input.analysis.sentences[self.input.analysis.sentence_of(own.start)].tokens.clone();
        (own, sentence)
    }

    /// "The Hill Army, led by Ann Roe".
    fn led(&self, mention: &Mention) -> Option<Participant> {
        let (own, sentence) = self.extent(mention);
        let mut at = own.start;
        while at > sentence.start && self.is_title(at - 1) {
            at -= 1;
        }
        let by = at.checked_sub(1).filter(|&by| by > sentence.start && self.word(by) == "by")?;
        let led = by.checked_sub(1).filter(|&led| WORDS.led.contains(&self.word(led)))?;
        let first = led.saturating_sub(TOKENS_MAX).max(sentence.start);
        let party = |at: usize| self.body_at(at).filter(|body| body.role == Some(ActorRole::Party));
        let nearest = (first..led).rev().find_map(party)?;
        // "The Hill Army, a rebel movement led by Ann Roe"
        let named = |at: usize| party(at).filter(|body| body.text.starts_with(char::is_uppercase));
        Some((first..led).rev().find_map(named).unwrap_or(nearest))
    }

    fn is_title(&self, at: usize) -> bool {
        let word = self.word(at);
        WORDS.office.contains(&word)
            || WORDS.lead.contains(&word)
            || WORDS.rank.contains(&word)
            || word == "its"
    }

    /// "The front's chief negotiator, Otto Brandt", "NLF commander Otto Brandt", "President Paul Doe", "the leader of the
    /// front, Ann Roe".
    fn before(&self, mention: &Mention) -> Option<Participant> {
        let (own, sentence) = self.extent(mention);
        let first = own.start.saturating_sub(TOKENS_MAX).max(sentence.start);
        let (mut office, mut lead, mut body, mut commas) = (false, false, None, 0);
        for at in (first..own.start).rev() {
            let word = self.word(at);
            let token = &self.input.analysis.tokens[at];
            if word == "," {
                commas += 1;
                if commas > 1 || at + 1 != own.start {
                    break;
                }
                continue;
            }
            if body.is_none()
                && let Some(found) = self.body_at(at)
            {
                // "envoys of the front met Otto Brandt": the noun must stand by a word for who leads.
                body = Some((found, at));
                continue;
            }
            if WORDS.office.contains(&word) {
                office = true;
            } else if WORDS.lead.contains(&word) {
                lead = true;
            } else if body.is_some() && (office || lead)
                || self
                    .mention_at(at)
                    .is_some_and(|other| other.kind == MentionKind::Person && other.name != mention.name)
                || token.upos == Upos::Verb && !word.ends_with("ing")
                || matches!(
                    word.as_str(),
                    "and" | "with" | "to" | "in" | "between" | "by" | "from" | "at" | "or"
                )
            {
                break;
            }
        }
        if !office && !lead {
            return None;
        }
        match body {
            Some((body, _)) if office && body.role == Some(ActorRole::Government) => Some(body),
            Some((body, _)) => Some(body),
            None if office => Some(government(mention)),
            None => None,
        }
    }

    /// "Otto Brandt, the leader of the front", "Ann Roe for the rebels", "Paul Doe of the government", "Brandt's rebels".
    fn behind(&self, mention: &Mention) -> Option<Participant> {
        let (own, sentence) = self.extent(mention);
        let last = (own.end + TOKENS_MAX).min(sentence.end);
        let mut at = own.end;
        let word_at = |at: usize| (at < last).then(|| self.word(at));
        let comma = word_at(at).as_deref() == Some(",");
        at += usize::from(comma);
        match word_at(at)?.as_str() {
            "for" | "of" | "from" => {
                let body = (at + 1..(at + 5).min(last)).find_map(|at| self.body_at(at))?;
                return (body.role == Some(ActorRole::Party)).then_some(body);
            }
            "on" if word_at(at + 1).as_deref() == Some("behalf") => {
                return (at + 3..(at + 7).min(last)).find_map(|at| self.body_at(at));
            }
            "'s" | "\u{2019}s" => {
                let body = (at + 1..(at + 3).min(last)).find_map(|at| self.body_at(at))?;
                return (body.role == Some(ActorRole::Party)).then_some(body);
            }
            _ if !comma => return None,
            _ => {}
        }
        let (mut role, mut office, mut body) = (false, false, None);
        while let Some(word) = word_at(at).filter(|word| word != "," && word != "and") {
            office |= WORDS.office.contains(&word);
            role |= WORDS.lead.contains(&word) || WORDS.office.contains(&word);
            body = body.or_else(|| self.body_at(at));
            at += 1;
        }
        if !role { None } else { body.or_else(|| office.then(|| government(mention))) }
    }
}

/// The initials of a name of several words: "NLF" of the "Norland Liberation Front".
fn initials(name: &str) -> Option<String> {
    let words = name.split(|it: char| !it.is_alphanumeric());
    let initials: String =
        words.filter_map(|word| word.chars().next()).filter(|it| it.is_uppercase()).collect();
    (name.contains(' ') && initials.len() > 1).then_some(initials)
}

fn named(mention: &Mention, role: ActorRole) -> Participant {
    Participant {
        text: mention.name.clone(),
        span: mention.span,
        country: mention.country.clone(),
        role: Some(role),
    }
}

/// The government that an office is of where its country is not named.
fn government(mention: &Mention) -> Participant {
    Participant {
        text: "government".to_owned(),
        span: mention.span,
        country: mention.country.clone(),
        role: Some(ActorRole::Government),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Reading;

    #[test]
    fn examples() {
        for example in &WORDS._examples {
            let (text, expected) = example.split_once(" => ").expect("an example gives who sits for whom");
            let reading = Reading::of(text).with_mentions();
            let found: Vec<String> = delegates(&reading.input())
                .into_iter()
                .map(|one| format!("{}: {}", one.person, one.body.text))
                .collect();
            assert_eq!(found.join("; "), expected.trim_end_matches("nobody"), "{text}");
        }
    }
}
