//! Attributions: who says what in a text, in words that the author passes on.
//!
//! Each word that may mark a saying is taken with each stretch that may be what is said; a small model over features
//! without words weighs them, and of those that compete the likeliest stands. Who says it is read off the tree; another
//! model without words decides between that and the other names of the sentence.

mod candidates;
mod clauses;
mod company;
mod deeds;
mod descriptions;
mod features;
mod holders;
mod lead_ins;
mod lexicon;
mod lists;
mod model;
mod pronouns;
mod quotes;
mod ranking;
mod shape;
mod source;
pub mod training;
mod view;

#[cfg(test)]
mod tests;

use irenic_language::{Analysis, Relation, Upos};
use irenic_model::{Attribution, Document, Mention, Span, Stance, Voice};

pub use model::{Company, Model, Weights};

use candidates::{Candidate, Kind, candidates, phrase_of_source};
use company::Seen;
use deeds::{is_a_deed, is_a_heading};
use features::{features, mention_kinds, of_cue};
use lexicon::{Lexicon, NO_CLASS};
use source::{Found, Way, source_of};
use view::{Run, View};

/// Candidates less likely than this are dropped. Set by hand; `cargo xtask train attribution --cross-validate` measures
/// others.
const CHANCE_MIN: f32 = 0.32;

/// Who says in so many words that something is so is heard, however unlikely the model finds it: of speech in speech
/// ("he said that she had told him that ...") people often mark the outer alone, and the model learns to leave out the rest.
const PLAIN_MIN: f32 = 0.5;

/// The attributions of a text, in the order of what is said.
///
/// Mentions give the holders their names. The time is linear in the text's length.
///
/// ```
/// use irenic_extract::attribution::attributions;
/// use irenic_language::{Pipeline, segments_of};
/// let text = "The minister said that the bridge was closed.";
/// let analysis = Pipeline::new().analyse(text, &segments_of(text));
/// let found = attributions(text, &analysis, &[]);
/// assert_eq!(found[0].source[0].of(text), "The minister");
/// assert_eq!(found[0].content[0].of(text), "that the bridge was closed");
/// ```
#[must_use]
pub fn attributions(text: &str, analysis: &Analysis, mentions: &[Mention]) -> Vec<Attribution> {
    attributions_by(Model::english(), CHANCE_MIN, text, analysis, mentions)
}

/// The attributions of a document: those of its text, and those of lists and cells under a lead-in that names who says them.
///
/// "According to the ministry:" gives each item below it to the ministry. The time is linear in the text's length.
#[must_use]
pub fn attributions_in(document: &Document, analysis: &Analysis, mentions: &[Mention]) -> Vec<Attribution> {
    let view = View::new(&document.text, analysis);
    let mut chosen = choose(&view, Model::english(), CHANCE_MIN, mentions);
    clauses::part(&view, &mut chosen);
    lists::add(&view, &document.blocks, &mut chosen);
    holders::attributions(&view, mentions, &chosen)
}

/// The attributions of a text by another model, at least as likely as `chance_min`.
#[must_use]
pub fn attributions_by(
    model: &Model,
    chance_min: f32,
    text: &str,
    analysis: &Analysis,
    mentions: &[Mention],
) -> Vec<Attribution> {
    let view = View::new(text, analysis);
    let mut chosen = choose(&view, model, chance_min, mentions);
    clauses::part(&view, &mut chosen);
    holders::attributions(&view, mentions, &chosen)
}

/// Whether a voice is the author of the text itself: "the author", "this writer".
#[must_use]
pub fn is_author(voice: &Voice) -> bool {
    let mut words = voice.name.split_whitespace().rev();
    let head = words.next().unwrap_or_default().to_lowercase();
    Lexicon::english().is_author(&head) && words.all(|word| matches!(word, "The" | "the" | "This" | "this"))
}

/// A candidate that stands, with its source.
struct Chosen {
    candidate: Candidate,
    source: Found,
}

fn choose(view: &View<'_>, model: &Model, chance_min: f32, mentions: &[Mention]) -> Vec<Chosen> {
    let kinds = mention_kinds(view, mentions);
    let mut row = Vec::new();
    let mut all: Vec<Chosen> = Vec::new();
    let (mut alone, mut seen) = (Vec::new(), Vec::new());
    let (mut extents, mut cues) = (Vec::new(), Vec::new());
    for candidate in candidates(view) {
        let source = source_of(view, &candidate);
        row.clear();
        features(view, &kinds, &candidate, &source, &mut row);
        alone.push(model.candidates.chance(&row));
        extents.push(model.extents.score(&row));
        let known = seen.last().is_some_and(|last: &Seen| last.cue() == candidate.cue);
        cues.push(if known {
            cues[cues.len() - 1]
        } else {
            row.clear();
            of_cue(view, &kinds, candidate.cue, &source, &mut row);
            model.cues.chance(&row)
        });
        seen.push(Seen::new(view, &candidate));
        all.push(Chosen { candidate, source });
    }
    let measures = company::measures(&seen, &alone, &company::beside(&seen, &cues, &extents));
    let mut likely: Vec<(f32, Chosen)> = Vec::new();
    for ((chosen, alone), measures) in all.into_iter().zip(alone).zip(measures) {
        let mut chance = measures.map_or(0.0, |measures| model.company.0.chance(&measures));
        let counts = deeds::is_a_count(view, &kinds, &chosen.candidate, &chosen.source);
        if is_bare_figure(view, &chosen.candidate) {
            chance = 1.0;
        } else if counts {
            // The widest of them.
            let length: usize = chosen.candidate.content.iter().map(ExactSizeIterator::len).sum();
            chance = 1.0 - 1.0 / (2.0 + length as f32);
        } else if tells(view, &chosen) || phrase_of_source(view, chosen.candidate.cue).is_some() {
            // Whoever speaks in so many words is heard also in the midst of another's words.
            chance = chance.max(alone);
        }
        if is_plain(view, &chosen) {
            chance = chance.max(PLAIN_MIN);
        }
        // Where a phrase of source stands, somebody says something.
        if phrase_of_source(view, chosen.candidate.cue).is_some() {
            chance = chance_min + (1.0 - chance_min) * chance;
        }
        if chance >= chance_min
            && (counts || !is_a_deed(view, &kinds, &chosen.candidate, &chosen.source))
            && !is_a_heading(view, &kinds, &chosen.candidate)
        {
            likely.push((chance, chosen));
        }
    }
    likely.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut chosen = compete(view, likely.into_iter().map(|(_, chosen)| chosen));
    for one in &mut chosen {
        let likeliest = ranking::likeliest(view, &model.sources, &kinds, &one.candidate, &one.source);
        if !deeds::is_mute(view, &kinds, &likeliest) {
            one.source = likeliest;
        }
        if is_denied_by(view, one) {
            one.source = source::NOBODY;
        }
    }
    chosen
}

/// Whether it is said in so many words: "he claimed that ...", "the claim that ...".
fn is_plain(view: &View<'_>, one: &Chosen) -> bool {
    let cue = one.candidate.cue;
    let speech = view.lexicon.class(view.class(cue)).speech;
    let named = view.upos(cue) == Upos::Noun;
    // "holds that": such a verb has no other meaning with a clause.
    let clausal = view.lexicon.is_clausal(view.tree.lemma(cue)) && one.source.way == Way::Subject;
    (speech && (named || tells(view, one)) || clausal) && is_that_clause(view, &one.candidate)
}

/// Whether the source of a claim is who denies it: "the army rejected the claim that ...".
fn is_denied_by(view: &View<'_>, one: &Chosen) -> bool {
    let cue = one.candidate.cue;
    let above = view.tree.head(cue).filter(|&head| {
        view.upos(cue) == Upos::Noun && view.relation(cue) == Relation::Obj && view.class(head) != NO_CLASS
    });
    above.is_some_and(|verb| {
        let denies = view.lexicon.class(view.class(verb)).stance == Stance::Denied;
        denies && one.source.head.is_some_and(|at| view.tree.child(verb, Relation::Nsubj) == Some(at))
    })
}

/// Whether a speaker gives no more than a number: "the rebels claimed 300". Too few texts have it for the model to learn.
fn is_bare_figure(view: &View<'_>, candidate: &Candidate) -> bool {
    let Some(number) = candidate.complement.filter(|_| candidate.kind == Kind::Complement) else {
        return false;
    };
    let class = view.class(candidate.cue);
    let speaks = class != NO_CLASS
        && matches!(view.lexicon.class(class).stance, Stance::Reported | Stance::Alleged)
        && view.upos(candidate.cue) == Upos::Verb
        && view.tree.child(candidate.cue, Relation::Nsubj).is_some();
    let bare = |at: usize| matches!(view.upos(at), Upos::Num | Upos::Adv | Upos::Adp | Upos::Adj);
    speaks
        && view.upos(number) == Upos::Num
        && matches!(view.relation(number), Relation::Obj | Relation::Ccomp | Relation::Xcomp)
        && candidate.content.iter().flat_map(Clone::clone).all(bare)
}

/// Takes candidates from the likeliest on; one falls that shares its cue with one taken, or half of what is said where
/// neither passes on the other.
fn compete(view: &View<'_>, likely: impl Iterator<Item = Chosen>) -> Vec<Chosen> {
    let mut taken: Vec<Chosen> = Vec::new();
    let mut in_sentence: Vec<Vec<usize>> = vec![Vec::new(); view.analysis.sentences.len()];
    for chosen in likely {
        let sentences = sentences_of(view, &chosen.candidate);
        let rivals = sentences.clone().flat_map(|sentence| &in_sentence[sentence]);
        let beaten = rivals.map(|&rival| &taken[rival]).any(|rival| {
            rival.candidate.cue == chosen.candidate.cue
                || is_half_shared(&rival.candidate.content, &chosen.candidate.content)
                    && !passes_on(view, rival, &chosen)
                    && !passes_on(view, &chosen, rival)
        });
        if beaten {
            continue;
        }
        for sentence in sentences {
            in_sentence[sentence].push(taken.len());
        }
        taken.push(chosen);
    }
    taken.sort_by_key(|chosen| (chosen.candidate.content[0].start, chosen.candidate.cue));
    taken
}

fn sentences_of(view: &View<'_>, candidate: &Candidate) -> Run {
    let own = view.sentence_of(candidate.cue);
    let last = candidate.content.last().map_or(own, |run| view.sentence_of(run.end - 1));
    let first = candidate.content.first().map_or(own, |run| view.sentence_of(run.start));
    own.min(first)..own.max(last) + 1
}

/// Whether one speaker passes on what another says: "the minister said that the rebels had claimed that ...".
fn passes_on(view: &View<'_>, outer: &Chosen, inner: &Chosen) -> bool {
    let cue = inner.candidate.cue;
    let speaks = tells(view, outer) || phrase_of_source(view, outer.candidate.cue).is_some();
    let claim = is_plain(view, inner) && inner.source.way == Way::Owner;
    (claim || speaks && tells(view, inner)) && outer.candidate.content.iter().any(|run| run.contains(&cue))
}

/// Whether somebody who is named tells a clause: "the minister said that ...".
fn tells(view: &View<'_>, one: &Chosen) -> bool {
    let class = view.class(one.candidate.cue);
    let stance = view.lexicon.class(class).stance;
    class != NO_CLASS
        && matches!(stance, Stance::Reported | Stance::Alleged | Stance::Denied)
        && view.upos(one.candidate.cue) == Upos::Verb
        && one.source.way == Way::Subject
        && one.candidate.complement.is_some_and(|at| view.relation(at) == Relation::Ccomp)
}

/// Whether a candidate is the whole of a clause that begins with "that".
fn is_that_clause(view: &View<'_>, candidate: &Candidate) -> bool {
    let first = candidate.content[0].start;
    let Some(clause) = candidate.complement.filter(|_| candidate.kind == Kind::Complement) else {
        return false;
    };
    // The tree may take "that" for the subject of a relative clause, which has no other.
    let subject =
        || view.tree.children(clause).any(|child| child > first && view.relation(child).is_subject());
    view.form(first).eq_ignore_ascii_case("that")
        && view.tree.head(first) == Some(clause)
        && (view.relation(first) == Relation::Mark || subject())
}

fn is_half_shared(a: &[Run], b: &[Run]) -> bool {
    let length = |runs: &[Run]| runs.iter().map(ExactSizeIterator::len).sum::<usize>();
    let shared: usize =
        a.iter().flat_map(|x| b.iter().map(|y| x.end.min(y.end).saturating_sub(x.start.max(y.start)))).sum();
    2 * shared >= length(a) + length(b) - shared
}

/// The bytes of runs of tokens.
fn spans(view: &View<'_>, runs: &[Run]) -> Vec<Span> {
    let mut spans: Vec<Span> = runs.iter().map(|run| view.span(run)).collect();
    spans.sort_unstable();
    spans
}
