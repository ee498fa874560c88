//! Whose words a stretch of text is: the innermost attribution that covers it.

use irenic_model::{Attribution, Holder, Span, Stance};

/// The holder and the stance of what stands at `span`: those of the smallest attribution that covers it, or the
/// author's own assertion.
///
/// An attribution that is itself asserted is an attitude ("the council welcomed the truce"): what it is about stays the
/// author's to say, so it is passed over.
///
/// ```
/// use irenic_extract::voice::voice_at;
/// use irenic_model::{Span, Stance};
/// assert_eq!(voice_at(&[], Span::new(0, 4)), (None, Stance::Asserted));
/// ```
#[must_use]
pub fn voice_at(attributions: &[Attribution], span: Span) -> (Option<Holder>, Stance) {
    innermost(attributions, span).map_or((None, Stance::Asserted), |said| (said.holder.clone(), said.stance))
}

/// The smallest attribution whose content covers `span`, attitudes left out.
#[must_use]
pub fn innermost(attributions: &[Attribution], span: Span) -> Option<&Attribution> {
    attributions
        .iter()
        .filter(|said| said.stance != Stance::Asserted && said.covers(span))
        .min_by_key(|said| said.content.iter().map(|content| content.len()).sum::<usize>())
}
