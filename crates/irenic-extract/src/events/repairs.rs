//! Where the tree is likelier wrong than the sentence odd: participles that were taken for adjectives, clauses that were
//! taken for noun phrases, subjects that hang loose.
//!
//! Each repair asks for what stands in the text, not for a label of the tree alone, and gives way to a subject or an
//! object that the tree has.

use irenic_language::{Penn, Relation, Upos};

use super::clause::{Arguments, is_time_word};
use super::tree::Tree;

/// Words that open a clause, which the parser may hang from the noun after them: "after the union collapsed".
const OPENERS: [&str; 12] =
    ["", "after", "before", "when", "while", "as", "since", "until", "till", "because", "once", "although"];

/// Whether an adjective is a passive in truth: "the town was besieged".
pub(super) fn is_passive_adjective(tree: &Tree<'_>, at: usize) -> bool {
    tree.token(at).upos == Upos::Adj
        && tree.participle(at).is_some()
        && tree.relation(at) != Relation::Amod
        && tree.children(at).any(|child| {
            matches!(tree.relation(child), Relation::Cop | Relation::AuxPass | Relation::OblAgent)
        })
}

/// Subject and object of a verb that was read as a participle before its object: "shells struck villagers".
///
/// A plural noun or a name right before a participle does not describe what follows it, but for what is written without
/// its hyphen ("the UN led mission").
pub(super) fn hidden_clause(tree: &Tree<'_>, verb: usize) -> Option<(usize, usize)> {
    let object = tree.head(verb).filter(|&head| {
        tree.relation(verb) == Relation::Amod && head > verb && tree.token(head).upos.is_nominal()
    })?;
    let before = verb.checked_sub(1)?;
    const HYPHENATED: [&str; 16] = [
        "lead", "back", "broker", "sponsor", "base", "run", "hold", "mediate", "control", "fund", "train",
        "make", "build", "style", "impose", "support",
    ];
    let word = tree.participle(verb).unwrap_or_else(|| tree.lemma(verb));
    let named = tree.token(before).xpos == Penn::Nnp && !HYPHENATED.contains(&word);
    let plural = matches!(tree.token(before).xpos, Penn::Nns | Penn::Nnps) || named;
    // "severed" may be read as an adjective where the sentence has no verb beside it.
    let adjective = tree.participle(verb).is_some() && tree.head(object).is_none();
    let past = matches!(tree.token(verb).xpos, Penn::Vbn | Penn::Vbd) || adjective;
    let beside = tree.head(before) == Some(object)
        && matches!(tree.relation(before), Relation::Compound | Relation::Amod | Relation::Nmod);
    (plural && past && beside).then_some((before, object))
}

/// Whether a verb without "was" or "by" has what the tree calls the subject of a passive before it and a noun right behind
/// it: "the army destroyed more than sixty villages".
pub(super) fn is_active_in_truth(tree: &Tree<'_>, verb: usize) -> bool {
    let Some(subject) = tree.child(verb, Relation::NsubjPass) else { return false };
    let marked = |child: usize| {
        matches!(tree.relation(child), Relation::AuxPass | Relation::OblAgent | Relation::Aux | Relation::Cop)
            || tree.case(child) == Some("by")
    };
    if subject > verb || tree.children(verb).any(marked) {
        return false;
    }
    tree.children(verb).any(|child| {
        let bare = tree.relation(child) == Relation::Obj
            || tree.relation(child) == Relation::Obl && tree.case(child).is_none();
        bare && child > verb
            && tree.phrase(child).first() == Some(&(verb + 1))
            && tree.token(child).upos == Upos::Noun
            && !is_measure(tree, child)
            && !is_time_word(tree, child)
    })
}

/// Verbs of moving, which have no passive: "rebels crossed from the north".
const MOVES: [&str; 8] = ["cross", "march", "advance", "retreat", "withdraw", "flee", "arrive", "return"];

/// The subject of a verb that was read as a participle behind its noun: "fighters crossed the border". A passive
/// participle has no object, but for verbs that take two.
pub(super) fn clause_behind_its_subject(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    const WITH_TWO: [&str; 14] = [
        "give", "grant", "award", "offer", "pay", "send", "tell", "call", "name", "elect", "appoint", "deny",
        "accord", "allow",
    ];
    let noun = tree.head(verb).filter(|_| tree.relation(verb) == Relation::Acl)?;
    let past = matches!(tree.token(verb).xpos, Penn::Vbn | Penn::Vbd);
    let moves = MOVES.contains(&tree.lemma(verb))
        && tree.children(verb).any(|child| tree.relation(child) == Relation::Obl && child > verb);
    let own = (moves || tree.children(verb).any(|child| tree.relation(child) == Relation::Obj))
        && !tree.children(verb).any(|child| {
            matches!(tree.relation(child), Relation::OblAgent | Relation::Aux | Relation::AuxPass)
        });
    // "the cabinet and the opposition held talks": the clause hangs from the last of them.
    let first = if tree.relation(noun) == Relation::Conj { tree.head(noun)? } else { noun };
    let alone = tree.head(first).is_none() && tree.token(first).upos.is_nominal();
    (past && own && alone && !WITH_TWO.contains(&tree.lemma(verb))).then_some(first)
}

/// "after the union collapsed", where the noun hangs from the verb as if a preposition brought it in.
pub(super) fn take_loose_subject(tree: &Tree<'_>, verb: usize, found: &mut Arguments) {
    let clause = matches!(
        tree.relation(verb),
        Relation::Advcl | Relation::Root | Relation::Conj | Relation::AclRelcl | Relation::Ccomp
    );
    let past = matches!(tree.token(verb).xpos, Penn::Vbn | Penn::Vbd | Penn::Vbz | Penn::Vbp);
    if !clause || !past || found.passive {
        return;
    }
    let adjacent = |head: usize| {
        let end = tree.phrase(head).last().copied().unwrap_or(head);
        end < verb && (end + 1..verb).all(|at| tree.token(at).upos == Upos::Adv)
    };
    let loose = |(case, at): &&(String, usize)| {
        OPENERS.contains(&case.as_str())
            && (matches!(tree.token(*at).upos, Upos::Noun | Upos::Propn)
                || tree.token(*at).upos == Upos::Adj && tree.child(*at, Relation::Det).is_some())
            && !is_time_word(tree, *at)
            && adjacent(*at)
    };
    let Some((_, subject)) = found.obliques.iter().rfind(loose).cloned() else { return };
    found.subjects.push(subject);
    found.obliques.retain(|(_, at)| *at != subject);
}

/// "wounded nine civilians", where the noun right behind the verb hangs from it as a time or a measure would.
pub(super) fn take_object_behind(tree: &Tree<'_>, verb: usize, found: &mut Arguments) {
    let behind = |(case, at): &&(String, usize)| {
        let first = tree.phrase(*at).first().copied().unwrap_or(*at);
        case.is_empty()
            && first == verb + 1
            && matches!(tree.token(*at).upos, Upos::Noun | Upos::Propn)
            && !is_time_word(tree, *at)
            && !is_measure(tree, *at)
    };
    // "expelled the envoy and suspended flights", where both objects hang from the first verb.
    let of_fellow = tree.head(verb).filter(|_| tree.relation(verb) == Relation::Conj).and_then(|fellow| {
        tree.children(fellow).find(|&child| {
            tree.relation(child) == Relation::Obj
                && child > verb
                && tree.phrase(child).first() == Some(&(verb + 1))
        })
    });
    if let Some(object) = of_fellow {
        found.objects.extend(tree.fellows(object));
        return;
    }
    let Some((_, object)) = found.obliques.iter().find(behind).cloned() else { return };
    found.objects.push(object);
    found.obliques.retain(|(_, at)| *at != object);
}

/// Whether a noun measures time or extent, so that it is no object of the verb before it.
fn is_measure(tree: &Tree<'_>, noun: usize) -> bool {
    const MEASURES: &str = "day night morning evening afternoon noon week weekend month year hour minute second decade \
        century time spring summer autumn winter kilometre kilometer mile metre meter percent % point home way bit lot";
    let lemma = tree.lemma(noun).to_lowercase();
    MEASURES.split_whitespace().any(|word| lemma.strip_suffix('s').unwrap_or(&lemma) == word)
}
