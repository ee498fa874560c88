//! Who counts: "the mission recorded 17 deaths" is the mission's figure, though nobody is quoted.

use irenic_language::{Analysis, Relation};
use irenic_model::{Holder, MentionKind, Voice};

use super::lexicon::Lexicon;
use crate::Input;

/// How many steps a number may stand below the verb.
const STEPS_MAX: usize = 6;

/// The one who counts, reports or puts a number that stands at `token`, where the verb over it has such a subject.
pub(super) fn teller(input: &Input<'_>, lexicon: &Lexicon, token: usize) -> Option<Holder> {
    let analysis = input.analysis;
    let verb = verb_over(analysis, token)?;
    if !lexicon.tellers.has(&analysis.tokens[verb].lemma) || is_undone(analysis, verb) {
        return None;
    }
    let passive = analysis.child(verb, Relation::NsubjPass).is_some();
    let who = if passive { analysis.child(verb, Relation::OblAgent)? } else { analysis.subject_of(verb)? };
    let span = analysis.tokens[who].span;
    let covers = input.mentions.partition_point(|mention| mention.span.start <= span.start);
    let mention =
        input.mentions[..covers].iter().rev().take(4).find(|mention| mention.span.contains(span))?;
    let speaks = matches!(mention.kind, MentionKind::Organisation | MentionKind::Person);
    speaks
        .then(|| Holder::new(vec![Voice { name: mention.name.clone(), span: Some(mention.span) }]))
        .flatten()
}

fn verb_over(analysis: &Analysis, token: usize) -> Option<usize> {
    let mut node = token;
    for _ in 0..STEPS_MAX {
        let relation = analysis.tokens[node].relation;
        let inside = matches!(
            relation,
            Relation::Nummod
                | Relation::Nmod
                | Relation::Obj
                | Relation::Obl
                | Relation::Conj
                | Relation::Appos
                | Relation::Compound
                | Relation::NsubjPass
        );
        node = analysis.head_of(node).filter(|_| inside)?;
        if analysis.tokens[node].upos.is_verbal() {
            return Some(node);
        }
    }
    None
}

/// "could not confirm", "was asked to report": nothing is told yet.
fn is_undone(analysis: &Analysis, verb: usize) -> bool {
    analysis.children(verb).any(|child| {
        let token = &analysis.tokens[child];
        match token.relation {
            Relation::Advmod => matches!(&*token.lemma, "not" | "n't" | "never"),
            Relation::Aux => !matches!(&*token.lemma, "have" | "be" | "do"),
            Relation::Mark => &*token.lemma == "to",
            _ => false,
        }
    })
}
