//! The wire of `irenic extract`: one JSON object a line, each a document.
//!
//! The domain types of `irenic-model` do not serialise; these do, and feed the JSON Schema that is checked in under
//! `schema/`. Offsets are UTF-8 byte offsets, half open. Absent values are null, absent lists are empty.

use irenic_model::{
    Attribution, Citation, Content, DateInterval, Diagnostic, Document, Extraction, Framing, Holder, Mention,
    Participant, Span, Statement, TimeExpression,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of the extraction schema.
pub const SCHEMA: u32 = 1;

/// A half-open byte range, `[start, end]`.
pub type Range = [usize; 2];

/// One document, as `irenic extract --format jsonl` writes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireDocument {
    /// The identifier of the corpus line, or the path relative to the folder that was given, with `/`.
    pub id: String,
    /// The version of this schema.
    pub schema: u32,
    /// The SHA-256 hash of the source's bytes, in hexadecimal.
    pub source_sha256: String,
    /// The language, as an ISO 639-1 code.
    pub language: String,
    /// The document's text, where `--with-text` asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Expressions of time.
    pub times: Vec<WireTime>,
    /// Named things.
    pub mentions: Vec<WireMention>,
    /// Who passes on whose words.
    pub attributions: Vec<WireAttribution>,
    /// Events.
    pub events: Vec<WireEvent>,
    /// Figures.
    pub figures: Vec<WireFigure>,
    /// Commitments.
    pub commitments: Vec<WireCommitment>,
    /// Characterisations.
    pub characterisations: Vec<WireCharacterisation>,
    /// Holders' own terms.
    pub framings: Vec<WireFraming>,
    /// Citations.
    pub citations: Vec<WireCitation>,
    /// What reading and extraction had to say.
    pub diagnostics: Vec<WireDiagnostic>,
}

/// An expression of time, after TIMEX3.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireTime {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// DATE, TIME, DURATION or SET.
    pub r#type: String,
    /// The TIMEX3 value: `2023-09-19`, `199`, `P3D`, `PRESENT_REF`.
    pub value: String,
    /// START, MID, END, BEFORE, AFTER, APPROX and the like.
    pub r#mod: Option<String>,
    /// The first day of a date or time, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Its last day, included.
    pub until: Option<String>,
    /// Its grain: day, week, part-of-month, month, season, part-of-year, year, part-of-decade, decade, century.
    pub grain: Option<String>,
}

/// A named thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireMention {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// person, organisation, location, nationality, weapon or other.
    pub kind: String,
    /// The canonical form.
    pub name: String,
    /// ISO 3166 alpha-3 code of its country.
    pub country: Option<String>,
    /// The page of a paged document, from 1.
    pub page: Option<u32>,
}

/// A passage in which the author passes on what another says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireAttribution {
    /// Who says it.
    pub source: Vec<Range>,
    /// The words that mark the saying.
    pub cue: Vec<Range>,
    /// What is said.
    pub content: Vec<Range>,
    /// The outermost named source.
    pub holder: Option<String>,
    /// From the author's source to the speaker.
    pub holder_chain: Vec<String>,
    /// asserted, reported, alleged, denied, demanded, promised, planned or hypothetical.
    pub stance: String,
}

/// An actor, a recipient or a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireParticipant {
    /// Its words, abbreviations and aliases resolved.
    pub text: String,
    /// Where they start.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// ISO 3166 alpha-3 code of its country.
    pub country: Option<String>,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireEvent {
    /// Sixteen hexadecimal digits that outlive a change of rules.
    pub id: String,
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The word or words that name it.
    pub trigger: Range,
    /// A class of PLOVER 2021, or OTHER.
    pub r#type: String,
    /// The mode within the class.
    pub mode: Option<String>,
    /// Who does it.
    pub actors: Vec<WireParticipant>,
    /// To whom.
    pub recipients: Vec<WireParticipant>,
    /// Where.
    pub places: Vec<WireParticipant>,
    /// The first day it may have happened, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// The last day, included.
    pub until: Option<String>,
    /// Who says it; null when the author does.
    pub holder: Option<String>,
    /// How it is put forward.
    pub stance: String,
    /// Whether the text says that it did not happen.
    pub negated: bool,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireFigure {
    /// Sixteen hexadecimal digits that outlive a change of rules.
    pub id: String,
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The value, or the lower end of a range, in base units.
    pub value: f64,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// exact, about, at_least or at_most.
    pub bound: String,
    /// The unit: person, tonne, share, USD, ...
    pub unit: String,
    /// What is counted: killed, injured, missing, displaced, ..., or the goods' name.
    pub counts: Option<String>,
    /// Of whom or of what, in the words of the text.
    pub group: Option<String>,
    /// The first day of the period it covers, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// The last day, included.
    pub until: Option<String>,
    /// Who says it; null when the author does.
    pub holder: Option<String>,
    /// How it is put forward.
    pub stance: String,
    /// The id of the figure that it breaks down.
    pub part_of: Option<String>,
}

/// A commitment, or what became of one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireCommitment {
    /// Sixteen hexadecimal digits that outlive a change of rules.
    pub id: String,
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Who owes it.
    pub debtor: Option<String>,
    /// To whom.
    pub creditor: Option<String>,
    /// What, in the words of the text.
    pub action: String,
    /// The last day by which it is due, `YYYY-MM-DD`.
    pub due: Option<String>,
    /// How it is put forward.
    pub stance: String,
    /// Who says it; null when the author does.
    pub holder: Option<String>,
}

/// What a holder calls another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireCharacterisation {
    /// Sixteen hexadecimal digits that outlive a change of rules.
    pub id: String,
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Of whom or of what.
    pub subject: String,
    /// The holder's words for it.
    pub term: String,
    /// Who says it; null when the author does.
    pub holder: Option<String>,
}

/// A holder's own term for what others call otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireFraming {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The term.
    pub term: String,
    /// What it is used of.
    pub of: Option<String>,
    /// Who uses it; null when the author does.
    pub holder: Option<String>,
    /// so-called, scare-quotes, alleged or loaded.
    pub mark: String,
}

/// A citation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireCitation {
    /// Where the mark starts in the body.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The mark as printed.
    pub marker: String,
    /// Its note.
    pub note: Option<Range>,
    /// The cited work's title.
    pub title: Option<String>,
    /// Its publisher.
    pub publisher: Option<String>,
    /// Its date, `YYYY-MM-DD`; the first day where only a month or year is known.
    pub date: Option<String>,
    /// Its address.
    pub url: Option<String>,
}

/// A diagnostic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WireDiagnostic {
    /// A stable name.
    pub code: String,
    /// note, warning or error.
    pub severity: String,
    /// Where it starts, where it has a place.
    pub start: Option<usize>,
    /// Where it ends.
    pub end: Option<usize>,
    /// What is wrong, and the cure.
    pub message: String,
}

/// A document's extraction on the wire; with its text where `with_text`.
#[must_use]
pub fn document(document: &Document, extraction: &Extraction, with_text: bool) -> WireDocument {
    let mut wire = WireDocument {
        id: document.source.id.clone(),
        schema: SCHEMA,
        source_sha256: document.source.sha256.to_string(),
        language: extraction.language.clone(),
        text: with_text.then(|| document.text.clone()),
        times: extraction.times.iter().map(time).collect(),
        mentions: extraction.mentions.iter().map(|found| mention(found, document)).collect(),
        attributions: extraction.attributions.iter().map(attribution).collect(),
        events: Vec::new(),
        figures: Vec::new(),
        commitments: Vec::new(),
        characterisations: Vec::new(),
        framings: extraction.framings.iter().map(framing).collect(),
        citations: extraction.citations.iter().map(citation).collect(),
        diagnostics: document.diagnostics.iter().chain(&extraction.diagnostics).map(diagnostic).collect(),
    };
    for statement in &extraction.statements {
        push_statement(&mut wire, statement);
    }
    wire
}

fn push_statement(wire: &mut WireDocument, statement: &Statement) {
    let id = statement.id.to_string();
    let Span { start, end } = statement.span;
    let holder = holder_name(statement.holder.as_ref());
    let stance = statement.stance.name().to_owned();
    match &statement.content {
        Content::Event(event) => wire.events.push(WireEvent {
            id,
            start,
            end,
            trigger: range(event.trigger),
            r#type: event.class.name().to_owned(),
            mode: event.mode.clone(),
            actors: event.actors.iter().map(participant).collect(),
            recipients: event.recipients.iter().map(participant).collect(),
            places: event.places.iter().map(participant).collect(),
            from: first_day(event.when.as_ref()),
            until: last_day(event.when.as_ref()),
            holder,
            stance,
            negated: event.negated,
        }),
        Content::Figure(figure) => wire.figures.push(WireFigure {
            id,
            start,
            end,
            value: figure.value,
            upper: figure.upper,
            bound: figure.bound.name().to_owned(),
            unit: figure.unit.clone(),
            counts: figure.counts.clone(),
            group: figure.group.clone(),
            from: first_day(figure.period.as_ref()),
            until: last_day(figure.period.as_ref()),
            holder,
            stance,
            part_of: figure.part_of.map(|id| id.to_string()),
        }),
        Content::Commitment(commitment) => wire.commitments.push(WireCommitment {
            id,
            start,
            end,
            debtor: commitment.debtor.clone(),
            creditor: commitment.creditor.clone(),
            action: commitment.action.clone(),
            due: last_day(commitment.due.as_ref()),
            stance,
            holder,
        }),
        Content::Characterisation(said) => wire.characterisations.push(WireCharacterisation {
            id,
            start,
            end,
            subject: said.subject.clone(),
            term: said.term.clone(),
            holder,
        }),
        // Control and negotiations have commands of their own; the extraction's wire does not list them.
        Content::Control(_) | Content::Negotiation(_) => {}
    }
}

fn range(span: Span) -> Range {
    [span.start, span.end]
}

fn ranges(spans: &[Span]) -> Vec<Range> {
    spans.iter().copied().map(range).collect()
}

fn first_day(interval: Option<&DateInterval>) -> Option<String> {
    interval.map(|days| days.from().to_string())
}

fn last_day(interval: Option<&DateInterval>) -> Option<String> {
    interval.map(|days| days.until().to_string())
}

fn holder_name(holder: Option<&Holder>) -> Option<String> {
    holder.map(|holder| holder.name().to_owned())
}

fn time(found: &TimeExpression) -> WireTime {
    WireTime {
        start: found.span.start,
        end: found.span.end,
        r#type: found.kind.name().to_owned(),
        value: found.value.clone(),
        r#mod: found.modifier.map(|modifier| modifier.name().to_owned()),
        from: first_day(found.interval.as_ref()),
        until: last_day(found.interval.as_ref()),
        grain: found.interval.map(|days| days.grain().name().to_owned()),
    }
}

fn mention(found: &Mention, document: &Document) -> WireMention {
    WireMention {
        start: found.span.start,
        end: found.span.end,
        kind: found.kind.name().to_owned(),
        name: found.name.clone(),
        country: found.country.clone(),
        page: document.page_at(found.span.start),
    }
}

fn attribution(found: &Attribution) -> WireAttribution {
    let chain = found.holder.as_ref().map(Holder::chain).unwrap_or_default();
    WireAttribution {
        source: ranges(&found.source),
        cue: ranges(&found.cue),
        content: ranges(&found.content),
        holder: holder_name(found.holder.as_ref()),
        holder_chain: chain.iter().map(|voice| voice.name.clone()).collect(),
        stance: found.stance.name().to_owned(),
    }
}

fn participant(found: &Participant) -> WireParticipant {
    WireParticipant {
        text: found.text.clone(),
        start: found.span.start,
        end: found.span.end,
        country: found.country.clone(),
    }
}

fn framing(found: &Framing) -> WireFraming {
    WireFraming {
        start: found.span.start,
        end: found.span.end,
        term: found.term.clone(),
        of: found.of.clone(),
        holder: holder_name(found.holder.as_ref()),
        mark: found.mark.name().to_owned(),
    }
}

fn citation(found: &Citation) -> WireCitation {
    WireCitation {
        start: found.span.start,
        end: found.span.end,
        marker: found.marker.clone(),
        note: found.note.map(range),
        title: found.title.clone(),
        publisher: found.publisher.clone(),
        date: first_day(found.date.as_ref()),
        url: found.url.clone(),
    }
}

fn diagnostic(found: &Diagnostic) -> WireDiagnostic {
    let message = match &found.hint {
        Some(hint) => format!("{} ({hint})", found.message),
        None => found.message.clone(),
    };
    WireDiagnostic {
        code: found.code.to_owned(),
        severity: found.severity.name().to_owned(),
        start: found.span.map(|span| span.start),
        end: found.span.map(|span| span.end),
        message,
    }
}
