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
    let mut found = irenic_extract::attribution::attributions_in(document, analysis, mentions);
    for said in &mut found {
        said.holder =
            said.holder.take().and_then(|holder| with_author(&holder, document.source.author.as_deref()));
    }
    found
}

/// The author of the document by name, where the text says "the author", "I" or "we"; nobody beside the text itself
/// where the name is not known. In somebody's mouth "we" is who speaks.
fn with_author(holder: &Holder, author: Option<&str>) -> Option<Holder> {
    let first_person = |voice: &Voice| matches!(voice.name.to_lowercase().as_str(), "i" | "we" | "us" | "me");
    let named = holder.chain().iter().enumerate().filter_map(|(at, voice)| {
        let name = match author {
            Some(author) if is_author(voice) || at == 0 && first_person(voice) => author,
            _ if first_person(voice) => return None,
            _ => &voice.name,
        };
        Some(Voice { name: name.to_owned(), span: voice.span })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_says_i_is_the_author_or_the_speaker() {
        let chain = |names: &[&str]| {
            let voice = |name: &&str| Voice { name: (*name).to_owned(), span: None };
            Holder::new(names.iter().map(voice).collect()).expect("a chain of one at least")
        };
        let names = |holder: Option<Holder>| -> Vec<String> {
            holder.iter().flat_map(Holder::chain).map(|voice| voice.name.clone()).collect()
        };
        assert_eq!(names(with_author(&chain(&["We"]), None)), Vec::<String>::new());
        assert_eq!(names(with_author(&chain(&["I"]), Some("Ana Marsh"))), ["Ana Marsh"]);
        assert_eq!(names(with_author(&chain(&["Otto Brandt", "We"]), Some("Ana Marsh"))), ["Otto Brandt"]);
        assert_eq!(names(with_author(&chain(&["the council"]), None)), ["the council"]);
    }
}
