//! Passages: what the words of a text are beside its statements, as mentions, attributions, framings and citations.

use crate::{DateInterval, Holder, Span, Stance};

/// What kind of thing a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// A person.
    Person,
    /// An organisation, a government, an armed group.
    Organisation,
    /// A place.
    Location,
    /// A people or a country's adjective.
    Nationality,
    /// A weapon.
    Weapon,
    /// Any other named thing: an agreement, a war, a resolution.
    Other,
}

impl MentionKind {
    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Location => "location",
            Self::Nationality => "nationality",
            Self::Weapon => "weapon",
            Self::Other => "other",
        }
    }
}

/// A named thing where it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: MentionKind,
    /// Its canonical form: the same for every mention of one thing in a document.
    pub name: String,
    /// ISO 3166 alpha-3 code of the country it belongs to, where one is known.
    pub country: Option<String>,
    /// The other name of a place that has two, or a title that the text gives a person.
    pub note: Option<String>,
}

/// A passage in which the author passes on what another says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Who says it, in the text; empty where the source is left out.
    pub source: Vec<Span>,
    /// The words that mark the saying; may be empty.
    pub cue: Vec<Span>,
    /// What is said.
    pub content: Vec<Span>,
    /// Who says it, as names.
    pub holder: Option<Holder>,
    /// How.
    pub stance: Stance,
}

impl Attribution {
    /// Whether the byte range lies in what is said.
    #[must_use]
    pub fn covers(&self, span: Span) -> bool {
        self.content.iter().any(|content| content.contains(span))
    }
}

/// How a holder's own term shows itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FramingMark {
    /// "so-called".
    SoCalled,
    /// Quotation marks that keep a term at arm's length.
    ScareQuotes,
    /// "alleged", "purported".
    Alleged,
    /// A term that itself takes a side: "occupation", "liberation", "terrorists".
    Loaded,
}

impl FramingMark {
    /// The name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SoCalled => "so-called",
            Self::ScareQuotes => "scare-quotes",
            Self::Alleged => "alleged",
            Self::Loaded => "loaded",
        }
    }
}

/// A holder's own term for a thing that others call otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framing {
    /// Where it stands.
    pub span: Span,
    /// The term.
    pub term: String,
    /// What it is used of, where the text tells.
    pub of: Option<String>,
    /// Who uses it; `None` where the author does.
    pub holder: Option<Holder>,
    /// How it shows itself.
    pub mark: FramingMark,
}

/// A citation: a mark in the body, and the note it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Where the mark stands in the body.
    pub span: Span,
    /// The mark as printed.
    pub marker: String,
    /// The note.
    pub note: Option<Span>,
    /// The cited work's title.
    pub title: Option<String>,
    /// Its publisher.
    pub publisher: Option<String>,
    /// Its date.
    pub date: Option<DateInterval>,
    /// Its address.
    pub url: Option<String>,
}
