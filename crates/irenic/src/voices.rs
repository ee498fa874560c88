//! Whose words stand where.

use irenic_extract::Input;
use irenic_extract::attribution::is_author;
use irenic_language::Analysis;
use irenic_model::{
    Attribution, Citation, Document, Framing, Holder, Mention, Statement, TimeExpression, Voice,
};

pub(crate) fn attributions(
    document: &Document,
    analysis: &Analysis,
    mentions: &[Mention],
) -> Vec<Attribution> {
    let mut found = irenic_extract::attribution::attributions(&document.text, analysis, mentions);
    if let Some(author) = &document.source.author {
        for said in &mut found {
            said.holder = said.holder.take().and_then(|holder| with_author(&holder, author));
        }
    }
    found
}

/// The author of the document by name, where the text says "the author".
fn with_author(holder: &Holder, author: &str) -> Option<Holder> {
    let named = holder.chain().iter().map(|voice| {
        let name = if is_author(voice) { author } else { &voice.name };
        Voice { name: name.to_owned(), span: voice.span }
    });
    Holder::new(named.collect())
}

pub(crate) fn characterisations(input: &Input<'_>) -> Vec<Statement> {
    irenic_extract::framings::characterisations(input)
}

pub(crate) fn framings(input: &Input<'_>) -> Vec<Framing> {
    irenic_extract::framings::framings(input)
}

pub(crate) fn citations(document: &Document, times: &[TimeExpression]) -> Vec<Citation> {
    irenic_extract::citations::citations(document, times)
}
