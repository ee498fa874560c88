//! One document's road: its text to statements. The order in which the extractors build on each other stands here.

use irenic_extract::Input;
use irenic_extract::commitments::commitments;
use irenic_extract::control::control;
use irenic_extract::events::events;
use irenic_extract::figures::figures;
use irenic_extract::negotiations::negotiations;
use irenic_extract::stagecues::stage_cues;
use irenic_language::mentions::{MentionContext, MentionFinder, name_heads};
use irenic_language::times::{Derivation as TimeDerivation, NamedEvents};
use irenic_language::{Analysis, Pipeline};
use irenic_model::{
    BlockKind, Diagnostic, Document, Extraction, Mention, Severity, Span, Statement, TimeExpression,
};

/// Of the words of an English text, at least this share are among the commonest function words.
const FUNCTION_WORDS_SHARE_MIN: f64 = 0.10;

/// Texts shorter than this, in words, are not judged for their language.
const LANGUAGE_WORDS_MIN: usize = 40;

/// So many letters are looked at for their script; fewer than the first are not judged.
const LETTERS_JUDGED_MIN: usize = 30;
const LETTERS_JUDGED_MAX: usize = 8000;

/// The last of the Latin letters that European languages write with.
const LATIN_LAST: char = '\u{24f}';

const FUNCTION_WORDS: &[&str] = &[
    "the", "of", "and", "to", "in", "a", "that", "is", "was", "for", "on", "with", "by", "as", "were", "has",
];

/// Reads statements out of documents; made once, used for many.
pub struct Engine {
    pipeline: Pipeline,
    finder: MentionFinder<'static>,
}

/// What is known beside the document itself: names, and events that the folder dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Knowledge {
    /// Names of parties and of what other documents of the folder name.
    pub names: MentionContext,
    /// Events that the folder dates by name.
    pub events: NamedEvents,
}

/// A document after its first reading.
pub(crate) struct Parsed {
    segments: Vec<Span>,
    analysis: Analysis,
    pub(crate) mentions: Vec<Mention>,
    /// Its times, read while events were learnt, when none was known.
    times: Option<Vec<TimeExpression>>,
}

impl Parsed {
    /// Learns which events the document dates by name.
    pub(crate) fn learn_events(&mut self, document: &Document, events: &mut NamedEvents) {
        self.times = Some(crate::times::learn(document, &self.segments, &self.analysis, events));
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

impl Engine {
    /// An engine with the models that are built in.
    #[must_use]
    pub fn new() -> Self {
        Self { pipeline: Pipeline::new(), finder: MentionFinder::new() }
    }

    /// Everything that is found in one document, by itself.
    ///
    /// ```
    /// use irenic::{Engine, Knowledge};
    /// let text = "At least 12 people were killed in the clashes.";
    /// let document = irenic::document_of_text("note", None, text);
    /// let found = Engine::new().extract(&document, &Knowledge::default());
    /// assert_eq!(found.figures().next().unwrap().1.value, 12.0);
    /// ```
    #[must_use]
    pub fn extract(&self, document: &Document, knowledge: &Knowledge) -> Extraction {
        let mut first = self.parse(document, knowledge);
        let mut events = knowledge.events.clone();
        first.learn_events(document, &mut events);
        events.settle();
        self.extract_parsed(document, first, &events)
    }

    /// How the value of each expression of time in documents was derived, the events that they date by name among it.
    ///
    /// ```
    /// use irenic::Engine;
    /// let document = irenic::document_of_text("note", "2024-05-03".parse().ok(), "It fell last month.");
    /// let found = Engine::new().explain_times(&[document]);
    /// assert_eq!((found[0][0].rule, found[0][0].time.value.as_str()), ("step-unit", "2024-04"));
    /// ```
    #[must_use]
    pub fn explain_times(&self, documents: &[Document]) -> Vec<Vec<TimeDerivation>> {
        let mut events = NamedEvents::default();
        let analyse = |document: &Document| {
            let segments = segments(document);
            let analysis = self.pipeline.analyse(&document.text, &segments);
            (segments, analysis)
        };
        let analysed: Vec<_> = documents.iter().map(analyse).collect();
        for (document, (segments, analysis)) in documents.iter().zip(&analysed) {
            crate::times::learn(document, segments, analysis, &mut events);
        }
        events.settle();
        let explained = documents.iter().zip(&analysed).map(|(document, (segments, analysis))| {
            crate::times::explained(document, segments, analysis, &events)
        });
        explained.collect()
    }

    /// The first reading: sentences, trees and names.
    pub(crate) fn parse(&self, document: &Document, knowledge: &Knowledge) -> Parsed {
        let segments = segments(document);
        let analysis = self.pipeline.analyse(&document.text, &segments);
        let mentions = self.finder.mentions(&document.text, &analysis, &knowledge.names);
        Parsed { segments, analysis, mentions, times: None }
    }

    /// Finds the names anew, with what the other documents taught.
    pub(crate) fn name_again(&self, document: &Document, parsed: &mut Parsed, knowledge: &Knowledge) {
        parsed.mentions = self.finder.mentions(&document.text, &parsed.analysis, &knowledge.names);
    }

    /// The second reading: what the sentences say.
    pub(crate) fn extract_parsed(
        &self,
        document: &Document,
        parsed: Parsed,
        events: &NamedEvents,
    ) -> Extraction {
        let Parsed { segments, analysis, mut mentions, times } = parsed;
        let (language, unknown) = language_of(&document.text);
        let read = || crate::times::times(document, &segments, &analysis, events);
        let times = times.filter(|_| events.is_empty()).unwrap_or_else(read);
        // After the folder has learnt its names: who is in office at one text's date may not be at another's.
        name_heads(&document.text, &analysis, &mut mentions, document.source.published, &times);
        let mut extraction = statements(document, &analysis, mentions, times);
        extraction.language = language;
        extraction.diagnostics.extend(unknown);
        extraction
    }
}

/// The stretches that no sentence crosses: blocks, and the cells of tables; literal text is left out.
fn segments(document: &Document) -> Vec<Span> {
    let mut segments = Vec::with_capacity(document.blocks.len());
    for block in &document.blocks {
        match block.kind {
            BlockKind::Literal => {}
            BlockKind::TableRow => segments.extend(&block.cells),
            _ => segments.push(block.span),
        }
    }
    segments
}

fn statements(
    document: &Document,
    analysis: &Analysis,
    mentions: Vec<Mention>,
    times: Vec<TimeExpression>,
) -> Extraction {
    let attributions = crate::voices::attributions(document, analysis, &mentions);
    let input = Input { document, analysis, mentions: &mentions, times: &times, attributions: &attributions };
    let mut found: Vec<Statement> = events(&input);
    found.extend(figures(&input));
    found.extend(commitments(&input));
    found.extend(control(&input));
    found.extend(negotiations(&input));
    found.extend(crate::voices::characterisations(&input));
    found.sort_by_key(|statement| (statement.span.start, statement.span.end, statement.content.kind()));
    let stage_cues = stage_cues(&input);
    let framings = crate::voices::framings(&input);
    let citations = crate::voices::citations(document, &times);
    Extraction {
        statements: found,
        delegates: irenic_extract::negotiations::delegates(&input),
        sides: irenic_extract::negotiations::sides(&input),
        stage_cues,
        framings,
        citations,
        sentences: analysis.sentences.iter().map(|sentence| sentence.span).collect(),
        times,
        mentions,
        attributions,
        ..Extraction::default()
    }
}

/// English, or a warning that the text is probably not: rules for English misread other languages.
fn language_of(text: &str) -> (String, Option<Diagnostic>) {
    let said = || {
        Diagnostic::new(
            "extract.language",
            Severity::Warning,
            "the text does not seem to be English; what was taken from it may be wrong",
        )
        .hint("add a translation to the folder")
    };
    if is_in_another_script(text) {
        return ("und".to_owned(), Some(said()));
    }
    let mut words = 0usize;
    let mut common = 0usize;
    for word in text.split_whitespace().take(2000) {
        words += 1;
        common += usize::from(FUNCTION_WORDS.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    if words < LANGUAGE_WORDS_MIN || common as f64 >= FUNCTION_WORDS_SHARE_MIN * words as f64 {
        return ("en".to_owned(), None);
    }
    ("und".to_owned(), Some(said()))
}

/// Whether most letters are of another script than the Latin one, also where no spaces part its words.
fn is_in_another_script(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic()).take(LETTERS_JUDGED_MAX);
    let (all, other) = (letters().count(), letters().filter(|&c| c > LATIN_LAST).count());
    LETTERS_JUDGED_MIN <= all && all < 2 * other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_without_spaces_are_not_taken_for_english() {
        let chinese = "政府周二表示,和平谈判将在该国北部两周的战斗后于六月恢复。叛军拒绝了协议,并指责军队轰炸了两个村庄。";
        assert_eq!(language_of(chinese).0, "und");
        let named = "Officials said that the talks in Şuşa (Շուշի, Шуша) would go on after the truce of May.";
        assert_eq!(language_of(named).0, "en");
        assert_eq!(language_of("и т. д.").0, "en", "too short to be judged");
    }
}
