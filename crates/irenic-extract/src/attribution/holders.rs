//! Holders: the names of those who speak, and the chain from the outermost voice to the speaker.

use irenic_language::Upos;
use irenic_model::{Attribution, Holder, Mention, Span, Stance, Voice};

use super::candidates::phrase_of_source;
use super::lexicon::NO_CLASS;
use super::source::Found;
use super::view::View;
use super::{Chosen, spans};

/// Chains longer than this are cut at the outer end: no text nests so deep, and a crafted one must not cost more.
const CHAIN_VOICES_MAX: usize = 8;

/// What was chosen as attributions, with holders and stances.
pub(super) fn attributions(view: &View<'_>, mentions: &[Mention], chosen: &[Chosen]) -> Vec<Attribution> {
    let voices: Vec<Option<Voice>> = chosen.iter().map(|one| voice(view, mentions, &one.source)).collect();
    let around = covering(view, chosen);
    let mut found: Vec<Attribution> = (0..chosen.len())
        .map(|at| {
            let one = &chosen[at];
            Attribution {
                source: spans(view, &one.source.runs),
                cue: vec![cue(view, one.candidate.cue)],
                content: spans(view, &one.candidate.content),
                holder: Holder::new(chain(at, &voices, &around)),
                stance: stance(view, one.candidate.cue),
            }
        })
        .collect();
    found.sort_by_key(|said| {
        (said.content.first().map(|span| span.start), said.cue.first().map(|span| span.start))
    });
    found
}

/// The words of the cue: a verb with its auxiliaries and its negation.
fn cue(view: &View<'_>, at: usize) -> Span {
    let own = view.token(at).span;
    match phrase_of_source(view, at) {
        Some(length) => own.cover(view.token(at + length - 1).span),
        None => own,
    }
}

fn stance(view: &View<'_>, cue: usize) -> Stance {
    if let Some(stance) = view.lexicon.hearsay(view.tree.lemma(cue)) {
        return stance;
    }
    if view.class(cue) == NO_CLASS {
        let speaks = view.upos(cue) == Upos::Punct || phrase_of_source(view, cue).is_some();
        return if speaks { Stance::Reported } else { Stance::Asserted };
    }
    view.lexicon.class(view.class(cue)).stance
}

/// For each of the chosen, the smallest of the others whose content its cue stands in.
fn covering(view: &View<'_>, chosen: &[Chosen]) -> Vec<Option<usize>> {
    let mut over: Vec<Option<(usize, usize)>> = vec![None; view.analysis.tokens.len()];
    for (number, one) in chosen.iter().enumerate() {
        let size: usize = one.candidate.content.iter().map(ExactSizeIterator::len).sum();
        for at in one.candidate.content.iter().flat_map(Clone::clone) {
            if over[at].is_none_or(|(known, _)| size < known) {
                over[at] = Some((size, number));
            }
        }
    }
    chosen.iter().map(|one| over[one.candidate.cue].map(|(_, number)| number)).collect()
}

/// The voices from the outermost to the speaker. A speaker who is left out leaves the chain to those around.
fn chain(at: usize, voices: &[Option<Voice>], around: &[Option<usize>]) -> Vec<Voice> {
    let mut chain = Vec::new();
    let mut next = Some(at);
    let mut steps = 0;
    while let Some(here) = next.filter(|_| steps < CHAIN_VOICES_MAX) {
        chain.extend(voices[here].clone());
        next = around[here];
        steps += 1;
    }
    chain.reverse();
    chain.dedup_by(|inner, outer| inner.name == outer.name);
    chain
}

/// The name of a source: that of the mention that its head stands in, else its words.
fn voice(view: &View<'_>, mentions: &[Mention], source: &Found) -> Option<Voice> {
    let run = source.runs.first()?;
    let whole = view.span(run);
    let head = source.head.map(|head| view.token(head).span);
    let mention = head.and_then(|head| {
        let near = mentions.partition_point(|mention| mention.span.end <= head.start);
        mentions[near..]
            .iter()
            .take_while(|mention| mention.span.start < head.end)
            .find(|mention| mention.span.overlaps(head))
    });
    let name = mention.map_or_else(|| words(view, source), |mention| mention.name.clone());
    (!name.is_empty()).then_some(Voice { name, span: Some(mention.map_or(whole, |mention| mention.span)) })
}

/// The head with what stands before it, article left out: "senior officials".
fn words(view: &View<'_>, source: &Found) -> String {
    let Some(run) = source.runs.first() else { return String::new() };
    let end = source.head.filter(|head| run.contains(head)).map_or(run.end, |head| head + 1);
    let start = run.start;
    let start = if view.upos(start) == Upos::Det && start + 1 < end { start + 1 } else { start };
    view.span(&(start..end)).of(view.text).split_whitespace().collect::<Vec<_>>().join(" ")
}
