//! Names of armed bands that a text makes known as such: "Burning Torch guerrillas", "fighters of the Burning Torch".

use std::collections::HashSet;

use irenic_language::Upos;
use irenic_model::{MentionKind, Span};

use crate::Input;

/// The last words of the names of a document's armed bands.
#[derive(Debug, Default)]
pub(super) struct Bands<'a>(HashSet<&'a str>);

impl<'a> Bands<'a> {
    /// The bands whose names stand right before one of the nouns for people who bear arms, or after it with "of".
    pub(super) fn of(input: &Input<'a>, armed: &[String]) -> Self {
        let (text, tokens) = (input.document.text.as_str(), &input.analysis.tokens);
        // A part of a name may be a common word: "Burning Torch".
        let is_name = |at: usize| {
            tokens.get(at).is_some_and(|token| token.span.of(text).starts_with(char::is_uppercase))
        };
        let mut names = HashSet::new();
        for at in 0..tokens.len() {
            if !armed.iter().any(|noun| **noun == *tokens[at].lemma) {
                continue;
            }
            let before =
                at.checked_sub(1).filter(|&before| is_name(before) && !opens_a_sentence(input, before));
            let of = (at + 1..)
                .zip(["of", "the"])
                .all(|(at, word)| tokens.get(at).is_some_and(|token| token.span.of(text) == word));
            let after = (at + 3..).take_while(|&at| is_name(at)).last().filter(|_| of);
            let spans = before.into_iter().chain(after).map(|name| tokens[name].span);
            names.extend(spans.filter(|span| !is_of_a_people(input, *span)).map(|span| span.of(text)));
        }
        Self(names)
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

fn opens_a_sentence(input: &Input<'_>, at: usize) -> bool {
    let sentence = input.analysis.sentence_of(at);
    input.analysis.sentences[sentence].tokens.start == at && input.analysis.tokens[at].upos != Upos::Propn
}

/// Whether a name is that of a place, a people or a person: its bearers do other things than fight.
fn is_of_a_people(input: &Input<'_>, name: Span) -> bool {
    let first = input.mentions.partition_point(|mention| mention.span.end <= name.start);
    input.mentions[first..].iter().take_while(|mention| mention.span.start < name.end).any(|mention| {
        matches!(mention.kind, MentionKind::Location | MentionKind::Nationality | MentionKind::Person)
    })
}
