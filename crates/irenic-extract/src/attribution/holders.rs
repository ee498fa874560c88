//! Holders: the names of those who speak, and the chain from the outermost voice to the speaker.

use irenic_language::{Relation, Upos};
use irenic_model::{Attribution, Holder, Mention, MentionKind, Span, Stance, Voice};

use super::candidates::{Candidate, Kind, phrase_of_source};
use super::deeds::is_put_in_words;
use super::lexicon::NO_CLASS;
use super::source::Found;
use super::view::{Run, View};
use super::{Chosen, pronouns, spans};

/// Chains longer than this are cut at the outer end: no text nests so deep, and a crafted one must not cost more.
const CHAIN_VOICES_MAX: usize = 8;

/// So many mentions may begin between the start of a name and its head.
const MENTIONS_NESTED_MAX: usize = 12;

/// A longer phrase behind a speaker describes more than it names.
const OWNER_WORDS_MAX: usize = 7;

/// What was chosen as attributions, with holders and stances.
pub(super) fn attributions(view: &View<'_>, mentions: &[Mention], chosen: &[Chosen]) -> Vec<Attribution> {
    let voices = pronouns::resolved(view, mentions, chosen);
    let around = covering(view, chosen);
    let denies: Vec<bool> =
        chosen.iter().map(|one| own_stance(view, one.candidate.cue) == Stance::Denied).collect();
    let mut found: Vec<Attribution> = (0..chosen.len())
        .map(|at| {
            let one = &chosen[at];
            Attribution {
                source: spans(view, &one.source.runs),
                cue: vec![cue(view, one.candidate.cue)],
                content: spans(view, &one.candidate.content),
                holder: Holder::new(chain(at, &voices, &around, &denies)),
                stance: stance(view, &one.candidate),
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

/// How the saying puts forward what is said; one that is taken back ("did not say") leaves it open.
pub(super) fn stance(view: &View<'_>, candidate: &Candidate) -> Stance {
    let cue = candidate.cue;
    let verb = matches!(view.upos(cue), Upos::Verb);
    // "The commission found that:": what stands below is put in words.
    let below = candidate.kind == Kind::Colon && candidate.continued;
    if verb && !below && view.lexicon.is_bare(view.tree.lemma(cue)) && !is_put_in_words(view, candidate) {
        return Stance::Asserted;
    }
    if view.upos(cue) == Upos::Noun && !is_put_in_words(view, candidate) && is_topic(view, candidate) {
        return Stance::Asserted;
    }
    let own = own_stance(view, cue);
    if own != Stance::Asserted && is_taken_back(view, cue) { Stance::Hypothetical } else { own }
}

/// Whether what a noun is about is named and not told: "a report on the raid", "concern about the arrest".
fn is_topic(view: &View<'_>, candidate: &Candidate) -> bool {
    let first = candidate.content[0].start;
    let before = first.checked_sub(1).filter(|&at| at > candidate.cue);
    before.is_some_and(|at| view.lexicon.is_topical(view.form(at)))
}

fn own_stance(view: &View<'_>, cue: usize) -> Stance {
    if let Some(stance) = view.lexicon.hearsay(view.tree.lemma(cue)) {
        return stance;
    }
    if view.class(cue) == NO_CLASS {
        let speaks = view.upos(cue) == Upos::Punct || phrase_of_source(view, cue).is_some();
        return if speaks { Stance::Reported } else { Stance::Asserted };
    }
    view.lexicon.class(view.class(cue)).stance
}

/// Whether the cue is denied: "did not say", "nobody said", "refused to say", "without saying".
fn is_taken_back(view: &View<'_>, cue: usize) -> bool {
    if !view.upos(cue).is_verbal() {
        return false;
    }
    let words = view.lexicon.negation();
    let has = |list: &[&str], at: usize| {
        list.iter().any(|word| word.eq_ignore_ascii_case(view.form(at)) || *word == view.tree.lemma(at))
    };
    // "refused to confirm that ..." leaves open what was to be confirmed.
    let unsaid = has(&words.verbs, cue)
        && view.tree.child(cue, Relation::Xcomp).is_some_and(|said| {
            view.class(said) != NO_CLASS && view.lexicon.class(view.class(said)).stance.is_factual()
        });
    let denied = view.tree.children(cue).any(|child| match view.relation(child) {
        Relation::Advmod | Relation::Cc => has(&words.adverbs, child),
        Relation::Nsubj | Relation::NsubjPass => {
            has(&words.nobody, child)
                || view
                    .tree
                    .children(child)
                    .any(|below| view.relation(below) == Relation::Det && has(&words.nobody, below))
        }
        Relation::Mark => has(&words.markers, child),
        _ => false,
    });
    let above = view.tree.head(cue).filter(|_| view.relation(cue) == Relation::Xcomp);
    unsaid
        || denied
        || above.is_some_and(|head| {
            view.upos(head) == Upos::Verb
                && (has(&words.verbs, head)
                    || view
                        .tree
                        .children(head)
                        .any(|child| view.relation(child) == Relation::Advmod && has(&words.adverbs, child)))
        })
}

/// The end of a name, or of a noun with a short phrase behind it that tells it from others: "of the ministry", "in the north".
fn owned_end(view: &View<'_>, run: &Run, head: usize) -> usize {
    let tells = |&child: &usize| {
        view.relation(child) == Relation::Nmod
            && matches!(view.tree.case(child), Some("of" | "in" | "at" | "from" | "to" | "for"))
    };
    let owner = view.tree.children(head).filter(|&child| head < child).find(tells);
    let phrase = owner.map(|owner| view.extent(owner)).filter(|phrase| {
        let plain = |at: usize| !view.upos(at).is_verbal() && view.upos(at) != Upos::Punct;
        phrase.start == head + 1
            && phrase.end <= run.end
            && phrase.len() <= OWNER_WORDS_MAX
            && phrase.clone().all(plain)
    });
    let is_name = |at: &usize| view.relation(*at) == Relation::Flat;
    let name = (head + 1..run.end).take_while(is_name).last().unwrap_or(head);
    phrase.map_or(name + 1, |phrase| phrase.end)
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

/// The voices from the outermost to the speaker. A speaker who is left out leaves the chain to those around, but a claim
/// is not in the mouth of who denies it.
fn chain(at: usize, voices: &[Option<Voice>], around: &[Option<usize>], denies: &[bool]) -> Vec<Voice> {
    let mut chain = Vec::new();
    let mut passed = Vec::new();
    let mut next = Some(at);
    // Two attributions may each stand in what the other says ("X reported, according to Y, that ..."): each counts once.
    while let Some(here) = next.filter(|here| passed.len() < CHAIN_VOICES_MAX && !passed.contains(here)) {
        chain.extend(voices[here].clone());
        passed.push(here);
        next = around[here].filter(|&outer| voices[here].is_some() || !denies[outer]);
    }
    chain.reverse();
    chain.dedup_by(|inner, outer| inner.name == outer.name);
    chain
}

/// The mention that a source's head stands in.
pub(super) fn mention_of<'m>(
    view: &View<'_>,
    mentions: &'m [Mention],
    source: &Found,
) -> Option<&'m Mention> {
    let head = view.token(source.head?).span;
    // Sorted by their starts, the longer before those inside it, so that the whole name comes first.
    let after = mentions.partition_point(|mention| mention.span.start < head.end);
    let near = &mentions[after.saturating_sub(MENTIONS_NESTED_MAX)..after];
    near.iter().find(|mention| mention.span.overlaps(head))
}

/// The name of a source: that of the mention that its head stands in, else its words. A people's name inside a longer
/// one ("the Soviet of the oblast") names nobody by itself.
pub(super) fn voice(view: &View<'_>, mentions: &[Mention], source: &Found) -> Option<Voice> {
    let run = source.runs.first()?;
    let whole = view.span(run);
    let mention = mention_of(view, mentions, source)
        .filter(|mention| mention.kind != MentionKind::Nationality || mention.span.len() >= whole.len())
        .filter(|mention| !is_second_of_two(view, run, source, mention));
    let name = mention.map_or_else(|| words(view, source), |mention| name_of(view, mention, run));
    (!name.is_empty()).then_some(Voice { name, span: Some(mention.map_or(whole, |mention| mention.span)) })
}

/// "Western and Russian estimates" are not Russian alone: the mention begins behind what also describes the source.
fn is_second_of_two(view: &View<'_>, run: &Run, source: &Found, mention: &Mention) -> bool {
    let own = view.analysis.tokens_in(mention.span).start;
    let describes = view.tree.head(run.start) == source.head
        && matches!(view.relation(run.start), Relation::Amod | Relation::Compound);
    let joined = |at: usize| view.upos(at) == Upos::Cconj;
    let plain = |at: usize| joined(at) || matches!(view.upos(at), Upos::Adj | Upos::Propn | Upos::Punct);
    describes && run.start < own && (run.start..own).any(joined) && (run.start..own).all(plain)
}

/// The name of a mention; that of a body goes on over what its mention was cut before: "for Human Rights".
fn name_of(view: &View<'_>, mention: &Mention, run: &Run) -> String {
    let own = view.analysis.tokens_in(mention.span);
    let links = |at: usize| matches!(view.form(at), "for" | "of" | "on" | "against");
    if mention.kind != MentionKind::Organisation || own.end + 1 >= run.end || !links(own.end) {
        return mention.name.clone();
    }
    let is_name = |&at: &usize| {
        let capital = view.form(at).starts_with(char::is_uppercase);
        capital || at + 1 < run.end && matches!(view.form(at), "and" | "the")
    };
    let mut end =
        own.end + 1 + (own.end + 1..run.end.min(own.end + OWNER_WORDS_MAX)).take_while(is_name).count();
    while end > own.end && !view.form(end - 1).starts_with(char::is_uppercase) {
        end -= 1;
    }
    // A mention that goes by another name than its own words keeps that.
    let words = mention.span.of(view.text);
    if end <= own.end + 1 || !words.ends_with(mention.name.as_str()) {
        return mention.name.clone();
    }
    let tail = view.span(&(own.end..end)).of(view.text);
    format!("{} {tail}", mention.name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The head with what stands before it, article left out, and with what says whose it is: "senior officials",
/// "authorities in the capital".
fn words(view: &View<'_>, source: &Found) -> String {
    let Some(run) = source.runs.first() else { return String::new() };
    let end =
        source.head.filter(|head| run.contains(head)).map_or(run.end, |head| owned_end(view, run, head));
    let start = run.start;
    let start = if view.upos(start) == Upos::Det && start + 1 < end { start + 1 } else { start };
    view.span(&(start..end)).of(view.text).split_whitespace().collect::<Vec<_>>().join(" ")
}
