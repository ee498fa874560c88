//! What looks like a saying and is a deed: "the army seized the pass" has the shape of "the army condemned the raid", and
//! the model sees no words.

use irenic_language::mentions::Gazetteer;
use irenic_language::{Relation, Upos};

use super::candidates::{Candidate, Kind, phrase_of_source};
use super::lexicon::NO_CLASS;
use super::source::Found;
use super::view::View;

/// Kinds of mentions by their numbers in [`super::features::mention_kinds`] that are struck and not spoken of.
const LOCATION: u8 = 3;
const WEAPON: u8 = 5;

/// Whether somebody did something and said nothing, or nobody is there who could speak.
pub(super) fn is_a_deed(view: &View<'_>, kinds: &[u8], candidate: &Candidate, source: &Found) -> bool {
    is_mute(view, kinds, source)
        || !is_put_in_words(view, candidate)
            && (strikes(view, kinds, candidate) || view.lexicon.is_clausal(view.tree.lemma(candidate.cue)))
}

/// Whether a source is a weapon, a thing, a time or a happening, which say nothing.
pub(super) fn is_mute(view: &View<'_>, kinds: &[u8], source: &Found) -> bool {
    source.head.is_some_and(|at| {
        kinds[at] == WEAPON || view.upos(at) == Upos::Noun && view.lexicon.is_mute(view.tree.lemma(at))
    })
}

/// Whether what stands before a colon is a kind of text and nobody who speaks: "Digest: ..." over a column.
pub(super) fn is_a_heading(view: &View<'_>, kinds: &[u8], candidate: &Candidate) -> bool {
    let (cue, first) = (candidate.cue, view.sentence(candidate.cue).start);
    let everyday = |word: &str| {
        Gazetteer::embedded()
            .find(word)
            .is_some_and(|entry| entry.flags().common_word() && entry.first().is_none())
    };
    view.form(cue) == ":"
        && first + 1 == cue
        && kinds[first] == 0
        && everyday(view.form(first))
        && !view.lexicon.is_person(&view.form(first).to_lowercase())
}

/// Whether somebody gives a number of things: "put its losses at 112 dead", "spoke of more than 400", "counted 178 graves".
pub(super) fn is_a_count(view: &View<'_>, kinds: &[u8], candidate: &Candidate, source: &Found) -> bool {
    let cue = candidate.cue;
    let lemma = view.tree.lemma(cue);
    let whole = matches!(candidate.kind, Kind::Tail | Kind::Complement | Kind::ToClauseEnd)
        && candidate.content[0].start == cue + 1;
    if !whole
        || view.upos(cue) != Upos::Verb
        || !view.lexicon.is_counting(lemma)
        || source.head.is_none()
        || is_mute(view, kinds, source)
    {
        return false;
    }
    let numbered = |at: usize| {
        let number = view.upos(at) == Upos::Num
            || view.tree.children(at).any(|child| view.relation(child) == Relation::Nummod);
        number && candidate.content.iter().any(|run| run.contains(&at))
    };
    view.tree.children(cue).filter(|&child| child > cue && numbered(child)).any(|child| {
        match (view.relation(child), view.tree.case(child)) {
            (Relation::Obl, Some("at")) => matches!(lemma, "put" | "estimate"),
            (Relation::Obl, Some("of")) => matches!(lemma, "speak" | "talk"),
            // "spoke of 400 dead", where the parser takes the number for an object.
            (Relation::Obj, Some("of")) => matches!(lemma, "speak" | "talk"),
            (Relation::Obj, None) => {
                matches!(lemma, "count" | "tally") && view.lexicon.is_counted(view.tree.lemma(child))
            }
            _ => false,
        }
    })
}

/// Whether what would be said is a clause of its own or quoted.
pub(super) fn is_put_in_words(view: &View<'_>, candidate: &Candidate) -> bool {
    let clause =
        |at: usize| matches!(view.relation(at), Relation::Ccomp | Relation::Csubj | Relation::Parataxis);
    let under = |at: usize| clause(at) && candidate.content.iter().any(|run| run.contains(&at));
    candidate.complement.is_some_and(clause)
        || view.tree.children(candidate.cue).any(under)
        || candidate.content.iter().flat_map(Clone::clone).any(|at| view.quote_of(at).is_some())
}

/// Whether the cue is a word that no class of cues has.
pub(super) fn is_unknown(view: &View<'_>, candidate: &Candidate) -> bool {
    let cue = candidate.cue;
    matches!(view.upos(cue), Upos::Verb | Upos::Noun | Upos::Adj)
        && view.class(cue) == NO_CLASS
        && phrase_of_source(view, cue).is_none()
}

/// Whether the cue is a verb of criticism that is also one of force, and a place, troops or a thing are its object.
fn strikes(view: &View<'_>, kinds: &[u8], candidate: &Candidate) -> bool {
    let cue = candidate.cue;
    let object = candidate.complement.or_else(|| view.tree.child(cue, Relation::Obj));
    view.upos(cue) == Upos::Verb
        && view.lexicon.is_forceful(view.tree.lemma(cue))
        && object.is_some_and(|at| {
            matches!(kinds[at], LOCATION | WEAPON) || view.lexicon.is_struck(view.tree.lemma(at))
        })
}
