//! What a document is as a whole: an agreement, and when it was made.

use irenic_model::{DateInterval, Grain, Span, TimeType};

use super::lexicon::Lexicon;
use crate::Input;
use crate::words::words;

/// So many times "shall" make a text an agreement.
const SHALL_MIN: usize = 3;

/// An agreement says at its head, in so many bytes, what it is; and when it was signed.
const HEAD_BYTES: usize = 700;

/// What holds for every sentence of a document.
pub(super) struct DocumentFrame {
    /// Whether the text is itself an agreement, so that "will" and "is to" oblige.
    pub(super) is_agreement: bool,
    /// When it was made: terms like "within 30 days" run from here.
    pub(super) made: Option<DateInterval>,
}

impl DocumentFrame {
    pub(super) fn of(input: &Input<'_>, lexicon: &Lexicon) -> Self {
        let text = &input.document.text;
        let head_end =
            text.char_indices().map(|(at, _)| at).find(|&at| at >= HEAD_BYTES).unwrap_or(text.len());
        let head = words(text, Span::new(0, head_end), input.analysis);
        let title_end = text.find('\n').unwrap_or(0).min(head_end);
        let title = (0..head.len()).take_while(|&at| head[at].span.end <= title_end);
        let named =
            title.into_iter().any(|at| lexicon.context.at(&head, at).is_some() && !head[at].is("statement"));
        let shall = text.match_indices(" shall ").take(SHALL_MIN).count();
        let is_agreement = shall >= SHALL_MIN || named && shall > 0;
        let signed = input.times.iter().take_while(|time| time.span.end <= head_end).find(|time| {
            let before = head.partition_point(|word| word.span.end <= time.span.start);
            let window = before.saturating_sub(8)..before;
            time.kind == TimeType::Date
                && time.interval.is_some_and(|when| when.grain() == Grain::Day)
                && window.into_iter().any(|at| lexicon.signing.at(&head, at).is_some())
        });
        let published = input.document.source.published.map(DateInterval::day);
        let made = signed.and_then(|time| time.interval).or(published);
        Self { is_agreement, made }
    }
}
