//! Events: what happened, or is said to have happened, with whom, where and when.
//!
//! Frames of a lexicon (`rules/en/events/`) are tried on every verb, noun and adjective of the dependency trees. What
//! stands above a word tells whether it is said to have happened; its arguments give actors and recipients; its clause
//! gives the time. The classes are those of PLOVER 2021, and `OTHER` for what a chronicle needs beside them.
//!
//! What parties ask for, refuse, threaten or promise is told beside the asking, under that stance: "demanded the withdrawal
//! of the troops" is a request, and a withdrawal that is demanded, not one that has happened.

mod assemble;
mod clause;
mod context;
mod denials;
mod everyday;
mod harm;
mod lexicon;
mod matcher;
mod participants;
mod parties;
mod repairs;
#[cfg(test)]
mod tests;
mod tree;
mod when;

pub(crate) use assemble::scene;
pub(crate) use clause::{is_time_word, of_verb};
pub(crate) use matcher::Scene;
pub(crate) use participants::{Names, antecedent};
pub(crate) use tree::Tree;
pub(crate) use when::Clock;

/// The events' reading of a word: whether it is negated, and how it is put forward.
pub(crate) fn reading_of(scene: &Scene<'_>, token: usize) -> (bool, Option<irenic_model::Stance>) {
    let reading = scene.reading(token, None, &context::Speech::new());
    (reading.negated, reading.stance)
}

use irenic_model::Statement;

use crate::Input;
use assemble::{Telling, trigger_of};

/// The events of a document, in text order: each a statement whose content is an event.
///
/// The time is linear in the length of the text.
///
/// ```
/// use irenic_extract::{Input, events::events};
/// use irenic_language::{Pipeline, segments_of};
/// use irenic_model::{Content, Document, EventClass, Source};
/// let text = "Rebels shelled the port.".to_owned();
/// let analysis = Pipeline::new().analyse(&text, &segments_of(&text));
/// let source = Source::new("a.txt", text.as_bytes());
/// let document = Document { source, text, blocks: vec![], links: vec![], diagnostics: vec![] };
/// let input = Input { document: &document, analysis: &analysis, mentions: &[], times: &[], attributions: &[] };
/// let Content::Event(event) = &events(&input)[0].content else { panic!("an event") };
/// assert_eq!(event.class, EventClass::Assault);
/// assert_eq!(event.actors[0].text, "Rebels");
/// ```
#[must_use]
pub fn events(input: &Input<'_>) -> Vec<Statement> {
    let mut all: Vec<Statement> =
        assemble::statements(input).into_iter().map(|(statement, _)| statement).collect();
    let taken: std::collections::HashSet<_> = all.iter().map(|statement| statement.id).collect();
    let denied = denials::denials(input, &all);
    all.extend(denied.into_iter().filter(|statement| !taken.contains(&statement.id)));
    all.sort_by_key(|statement| (trigger_of(statement), statement.span));
    all
}

/// The events that sentences tell as their news, in text order, as coders of events count them: without what is only
/// asked for, promised, refused or threatened, and without what a noun tells by the way in a sentence that has other news.
///
/// ```
/// use irenic_extract::{Input, events::{events, main_events}};
/// use irenic_language::{Pipeline, segments_of};
/// use irenic_model::{Document, Source};
/// let text = "The rebels demanded the withdrawal of the troops.".to_owned();
/// let analysis = Pipeline::new().analyse(&text, &segments_of(&text));
/// let source = Source::new("a.txt", text.as_bytes());
/// let document = Document { source, text, blocks: vec![], links: vec![], diagnostics: vec![] };
/// let input = Input { document: &document, analysis: &analysis, mentions: &[], times: &[], attributions: &[] };
/// assert_eq!((events(&input).len(), main_events(&input).len()), (2, 1));
/// ```
#[must_use]
pub fn main_events(input: &Input<'_>) -> Vec<Statement> {
    let all = assemble::statements(input);
    let sentence = |statement: &Statement| {
        input.analysis.token_at(statement.span.start).map(|token| input.analysis.sentence_of(token))
    };
    let with_news: std::collections::HashSet<Option<usize>> =
        all.iter().filter(|(_, telling)| *telling == Telling::News).map(|(it, _)| sentence(it)).collect();
    let kept = |statement: &Statement, telling| match telling {
        Telling::News => true,
        Telling::Aside => !with_news.contains(&sentence(statement)),
        Telling::Spoken => false,
    };
    all.into_iter().filter(|(it, telling)| kept(it, *telling)).map(|(it, _)| it).collect()
}

/// The events without what is only asked for, promised, refused or threatened.
pub(crate) fn told_events(input: &Input<'_>) -> Vec<Statement> {
    let told = assemble::statements(input).into_iter().filter(|(_, telling)| *telling != Telling::Spoken);
    told.map(|(statement, _)| statement).collect()
}
