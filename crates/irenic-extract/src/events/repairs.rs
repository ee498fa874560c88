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
    // "The minister blamed foreign agents": what describes a noun has no subject of its own.
    let own = tree.child(verb, Relation::Nsubj).filter(|&own| own < verb);
    if let Some(subject) = own.filter(|_| matches!(tree.token(verb).xpos, Penn::Vbn | Penn::Vbd)) {
        return Some((subject, object));
    }
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

/// So deep, in phrases, may a participle hang below the noun that opens its sentence.
const PHRASES_MAX: usize = 5;

/// Whether what the tree calls the subject of a participle undergoes it: "an accord, concluded by the parties in May, was kept",
/// "homes were burnt down".
pub(super) fn is_passive_in_truth(tree: &Tree<'_>, verb: usize) -> bool {
    let has = |relation: Relation| tree.child(verb, relation).is_some();
    let cut_short = has(Relation::OblAgent) && !has(Relation::Aux);
    tree.token(verb).xpos == Penn::Vbn
        && has(Relation::Nsubj)
        && (cut_short || has(Relation::AuxPass))
        && !has(Relation::Obj)
}

/// What is behind "and" and before a passive, where the parser joins it to a phrase before: "shows troops near Riga, and
/// reservists in three towns have been called up".
pub(super) fn subject_behind_and(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(verb)].tokens;
    let auxiliary = tree.child(verb, Relation::AuxPass)?;
    let first = tree.children(verb).find(|&child| tree.relation(child) == Relation::Aux).unwrap_or(auxiliary);
    let and = (sentence.start + 1..first)
        .rev()
        .take(PHRASE_WORDS_MAX)
        .find(|&at| tree.relation(at) == Relation::Cc && tree.token(at - 1).upos == Upos::Punct)?;
    let noun = tree.head(and).filter(|&noun| {
        tree.relation(noun) == Relation::Conj
            && tree.token(noun).upos.is_nominal()
            && and < noun
            && noun < first
    })?;
    (tree.phrase(noun).last()? + 1 == first).then_some(noun)
}

/// A subject has fewer words than this.
const PHRASE_WORDS_MAX: usize = 12;

/// Verbs that accuse of a deed.
const ACCUSING: [&str; 8] =
    ["accuse", "suspect", "blame", "convict", "condemn", "charge", "criticise", "criticize"];

/// Who is accused and who suffered, where the deed was read as describing the sufferers: "accused the other of shelling
/// villages".
pub(super) fn accused_deed(tree: &Tree<'_>, verb: usize) -> Option<(usize, usize)> {
    let victims = tree.head(verb).filter(|_| tree.relation(verb) == Relation::Amod)?;
    let before = verb.checked_sub(1)?;
    let gerund = tree.token(verb).xpos == Penn::Vbg;
    let brought = tree.relation(before) == Relation::Case
        && tree.head(before) == Some(victims)
        && matches!(tree.lemma(before), "of" | "for");
    if !gerund || !brought {
        return None;
    }
    let mut above = std::iter::successors(tree.head(victims), |&node| tree.head(node)).take(3);
    let accuses = above.find(|&node| ACCUSING.contains(&tree.lemma(node)))?;
    let accused = tree.child(accuses, Relation::Obj).or_else(|| tree.child(accuses, Relation::NsubjPass))?;
    (accused < verb && accused != victims).then_some((accused, victims))
}

/// The second of two sides that the parser takes for the subject of the verb behind them: "talks between Norland and the
/// front began", with that verb.
pub(super) fn other_side(tree: &Tree<'_>, noun: usize) -> Option<(usize, usize)> {
    let first = tree
        .children(noun)
        .find(|&child| tree.relation(child) == Relation::Nmod && tree.case(child) == Some("between"))?;
    if tree.child(first, Relation::Conj).is_some() {
        return None;
    }
    let and = tree.phrase(first).last()? + 1;
    if and + 1 >= tree.analysis.tokens.len() || tree.lemma(and) != "and" {
        return None;
    }
    let side = (and + 1..tree.analysis.tokens.len().min(and + SIDE_WORDS_MAX)).find(|&at| {
        tree.relation(at) == Relation::Nsubj && tree.phrase(at).first().is_some_and(|&begin| begin <= and + 1)
    })?;
    tree.head(side).filter(|&verb| tree.token(verb).upos.is_verbal()).map(|verb| (side, verb))
}

/// The second of two who did it, where the parser makes it the subject of the verb behind: "an accord signed in May by the
/// minister and the head of the front did not last".
pub(super) fn other_agent(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    let noun = tree.head(verb).filter(|&noun| {
        tree.relation(verb) == Relation::Acl
            && tree.head(noun).is_none()
            && tree.token(noun).upos.is_nominal()
    })?;
    let agent = tree.child(verb, Relation::OblAgent)?;
    let and = tree.phrase(agent).last()? + 1;
    let behind = tree.children(noun).find(|&child| {
        tree.relation(child) == Relation::Conj
            && tree.token(child).upos.is_verbal()
            && tree.children(child).any(|word| word == and && tree.relation(word) == Relation::Cc)
    })?;
    let side = tree.child(behind, Relation::Nsubj)?;
    (tree.phrase(side).first() == Some(&(and + 1))).then_some(side)
}

/// The first of two who do it, where the parser takes its name for a part of the date before it: "on 25 July 1997 Norland and
/// the front announced".
pub(super) fn fellow_behind_a_date(tree: &Tree<'_>, subject: usize) -> Option<usize> {
    let and = tree.phrase(subject).first()?.checked_sub(1)?;
    let name = and.checked_sub(1).filter(|&name| tree.token(name).upos == Upos::Propn)?;
    let dated = tree.head(name).is_some_and(|head| head < name && is_time_word(tree, head));
    let loose = matches!(tree.relation(name), Relation::Appos | Relation::Nmod) && tree.case(name).is_none();
    (tree.lemma(and) == "and" && dated && loose && !is_time_word(tree, name)).then_some(name)
}

/// A side at a table has fewer words than this before its noun.
const SIDE_WORDS_MAX: usize = 8;

/// The subject of a verb that was read as a participle behind its noun: "fighters crossed the border". A passive
/// participle has no object, but for verbs that take two.
pub(super) fn clause_behind_its_subject(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    const WITH_TWO: [&str; 14] = [
        "give", "grant", "award", "offer", "pay", "send", "tell", "call", "name", "elect", "appoint", "deny",
        "accord", "allow",
    ];
    let noun = tree.head(verb).filter(|&noun| {
        tree.relation(verb) == Relation::Acl || noun < verb && tree.relation(verb) == Relation::Amod
    })?;
    let past = matches!(tree.token(verb).xpos, Penn::Vbn | Penn::Vbd);
    let moves = MOVES.contains(&tree.lemma(verb))
        && tree.children(verb).any(|child| tree.relation(child) == Relation::Obl && child > verb);
    let own = (moves || tree.children(verb).any(|child| tree.relation(child) == Relation::Obj))
        && !tree.children(verb).any(|child| {
            matches!(tree.relation(child), Relation::OblAgent | Relation::Aux | Relation::AuxPass)
        });
    // "the cabinet and the opposition held talks", "the secretary of the front signed": the clause hangs from the last of
    // them, or from what belongs to it.
    let inside = |at: &usize| {
        matches!(tree.relation(*at), Relation::Conj | Relation::Nmod | Relation::Appos)
            && tree.head(*at).is_some_and(|head| head < *at)
    };
    let first = std::iter::successors(Some(noun), |at| inside(at).then(|| tree.head(*at)).flatten())
        .take(PHRASES_MAX)
        .last()?;
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
    if let Some((_, subject)) = found.obliques.iter().rfind(loose).cloned() {
        found.subjects.push(subject);
        found.obliques.retain(|(_, at)| *at != subject);
        return;
    }
    // "On 8 May 2004 the council, the front and the union agreed": the first of them hangs from the date.
    let dates = found.obliques.iter().map(|(_, at)| *at).filter(|&at| at < verb && is_time_word(tree, at));
    let below = dates.flat_map(|date| tree.below(date, |child| tree.relation(child) == Relation::Nmod));
    let behind = |at: &usize| {
        *at < verb
            && tree.relation(*at) == Relation::Nmod
            && tree.case(*at).is_none()
            && !is_time_word(tree, *at)
            && matches!(tree.token(*at).upos, Upos::Noun | Upos::Propn)
    };
    if let Some(subject) = below.into_iter().find(behind) {
        found.subjects.extend(tree.fellows(subject));
    }
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
