//! XML as events: names without prefixes, entities resolved only where the language predefines them.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What a part of a DOCX says, in order.
pub(super) enum Node<'x> {
    /// An element opens.
    Open(Element<'x>),
    /// An element closes; its name.
    Close(String),
    /// Character data.
    Text(String),
}

/// An element that opens.
pub(super) struct Element<'x>(BytesStart<'x>);

impl Element<'_> {
    pub(super) fn name(&self) -> String {
        self.0.local_name().as_ref().to_owned()
    }

    /// The value of the attribute with this name, whatever its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let found = self
            .0
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|one| one.key.local_name().as_ref() == name)?;
        Some(
            found
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_or_else(|_| found.value.to_string(), |value| value.into_owned()),
        )
    }
}

/// Walks an XML text; stops with what is wrong where it is not XML.
pub(super) fn walk(text: &str, mut visit: impl FnMut(Node<'_>)) -> Result<(), String> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => visit(Node::Open(Element(start))),
            Ok(Event::Empty(start)) => {
                let name = start.local_name().as_ref().to_owned();
                visit(Node::Open(Element(start)));
                visit(Node::Close(name));
            }
            Ok(Event::End(end)) => visit(Node::Close(end.local_name().as_ref().to_owned())),
            Ok(Event::Text(text)) => visit(Node::Text(text.xml10_content().into_owned())),
            Ok(Event::CData(data)) => visit(Node::Text(data.xml10_content().into_owned())),
            Ok(Event::GeneralRef(reference)) => {
                let character = reference.resolve_char_ref().ok().flatten();
                // An entity that the document itself defines is never expanded.
                let named = || {
                    quick_xml::escape::resolve_predefined_entity(&reference.xml10_content())
                        .map(str::to_owned)
                };
                if let Some(text) = character.map(String::from).or_else(named) {
                    visit(Node::Text(text));
                }
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(error.to_string()),
        }
    }
}
