//! Pronouns as sources: "he", "it" and "they" are who spoke last, where that fits.

use irenic_language::{Penn, Upos};
use irenic_model::{Mention, MentionKind, Stance, Voice};

use super::Chosen;
use super::descriptions::Descriptions;
use super::holders::{mention_of, voice};
use super::lexicon::NO_CLASS;
use super::source::{Found, Way, named};
use super::view::View;

/// A pronoun stands for a speaker at most so many sentences back.
const SENTENCES_BACK_MAX: usize = 3;

/// What a pronoun can stand for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Person,
    Thing,
    Several,
}

/// Who spoke last, of each sort, with the sentence.
#[derive(Default)]
struct Last {
    person: Option<(Voice, usize)>,
    thing: Option<(Voice, usize)>,
    several: Option<(Voice, usize)>,
}

/// The voice of each of the chosen. A pronoun that the mentions do not resolve gets the name of the last speaker of its
/// sort; where there is none nearby it stays a pronoun.
pub(super) fn resolved(view: &View<'_>, mentions: &[Mention], chosen: &[Chosen]) -> Vec<Option<Voice>> {
    let descriptions = Descriptions::of(view, mentions, chosen.iter().map(|one| &one.source));
    let described = |source: &Found| {
        let mut voice = voice(view, mentions, source)?;
        let bare = source.head.filter(|&head| voice.name.eq_ignore_ascii_case(view.form(head)));
        if let Some(told) = bare.and_then(|head| descriptions.fullest(view, head)) {
            told.clone_into(&mut voice.name);
        }
        Some(voice)
    };
    let mut voices: Vec<Option<Voice>> = chosen.iter().map(|one| described(&one.source)).collect();
    let mut order: Vec<usize> = (0..chosen.len()).filter(|&at| chosen[at].source.head.is_some()).collect();
    order.sort_by_key(|&at| chosen[at].source.head);
    let mut last = Last::default();
    let said = said(view, chosen);
    for at in order {
        let source = &chosen[at].source;
        let (Some(head), Some(own)) = (source.head, voices[at].clone()) else { continue };
        let sentence = view.sentence_of(head);
        // A mention that has no other name than the pronoun itself tells nothing.
        let mention = mention_of(view, mentions, source)
            .filter(|mention| !mention.name.eq_ignore_ascii_case(view.form(head)));
        let pronoun = pronoun(view, head);
        if mention.is_none()
            && let Some(sort) = pronoun
        {
            let known = last.of(sort).clone().filter(|(_, then)| sentence - then <= SENTENCES_BACK_MAX);
            let known = known.or_else(|| subject_before(view, mentions, head, sort));
            if let Some((voice, _)) = known {
                voices[at] = Some(Voice { name: voice.name.clone(), span: own.span });
                *last.of(sort) = Some((voice, sentence));
            }
            continue;
        }
        // Who speaks in another's words is not the one whom the next sentence goes on with.
        if let Some(sort) = pronoun.or_else(|| sort_of(view, source, head, mention))
            && !(said[head] && last.of(sort).as_ref().is_some_and(|(_, then)| *then == sentence))
        {
            *last.of(sort) = Some((own, sentence));
        }
    }
    voices
}

/// For each token, whether somebody says it.
fn said(view: &View<'_>, chosen: &[Chosen]) -> Vec<bool> {
    let mut said = vec![false; view.analysis.tokens.len()];
    for run in chosen.iter().flat_map(|one| &one.candidate.content) {
        said[run.clone()].fill(true);
    }
    said
}

/// Where nobody spoke before, "she" is the last person, and "it" the last organisation or report, that was the subject of
/// a sentence, in this or the one before.
fn subject_before(view: &View<'_>, mentions: &[Mention], head: usize, sort: Sort) -> Option<(Voice, usize)> {
    if sort == Sort::Several {
        return None;
    }
    let sentence = view.sentence_of(head);
    let subject = (0..head).rev().take_while(|&at| sentence - view.sentence_of(at) <= 1).find(|&at| {
        let is_subject = view.relation(at).is_subject();
        let found = Found::word(at);
        let mention = mention_of(view, mentions, &found);
        let class = view.class(at);
        let tells = view.upos(at) == Upos::Noun
            && class != NO_CLASS
            && view.lexicon.class(class).stance == Stance::Reported;
        let body = mention.is_some_and(|it| it.kind == MentionKind::Organisation);
        let speaks = sort == Sort::Person || body || tells;
        is_subject && speaks && sort_of(view, &found, at, mention) == Some(sort)
    })?;
    Some((voice(view, mentions, &named(view, Way::None, subject))?, view.sentence_of(subject)))
}

impl Last {
    fn of(&mut self, sort: Sort) -> &mut Option<(Voice, usize)> {
        match sort {
            Sort::Person => &mut self.person,
            Sort::Thing => &mut self.thing,
            Sort::Several => &mut self.several,
        }
    }
}

/// What a third person's pronoun stands for; `None` for any other word.
fn pronoun(view: &View<'_>, head: usize) -> Option<Sort> {
    if view.upos(head) != Upos::Pron {
        return None;
    }
    match view.form(head).to_lowercase().as_str() {
        "he" | "she" | "his" | "her" | "him" => Some(Sort::Person),
        "it" | "its" => Some(Sort::Thing),
        "they" | "their" | "them" => Some(Sort::Several),
        _ => None,
    }
}

fn sort_of(view: &View<'_>, source: &Found, head: usize, mention: Option<&Mention>) -> Option<Sort> {
    if !view.upos(head).is_nominal() || view.upos(head) == Upos::Pron {
        return None;
    }
    let several = matches!(view.token(head).xpos, Penn::Nns | Penn::Nnps)
        || source.runs.iter().flat_map(Clone::clone).any(|at| {
            view.upos(at) == Upos::Cconj
                && view.tree.head(at).is_some_and(|item| view.tree.head(item) == Some(head))
        });
    if several {
        return Some(Sort::Several);
    }
    match mention.map(|mention| mention.kind) {
        Some(MentionKind::Person) => Some(Sort::Person),
        Some(MentionKind::Organisation | MentionKind::Location | MentionKind::Other) => Some(Sort::Thing),
        Some(_) => None,
        None if view.lexicon.is_person(view.tree.lemma(head)) => Some(Sort::Person),
        None => Some(Sort::Thing),
    }
}
