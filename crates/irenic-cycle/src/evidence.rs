//! From statements to evidence, by a table of rules as data (`models/stage/evidence.toml`).
//!
//! What has been planned, denied, demanded or is hypothetical did not happen and is no evidence; what is alleged is
//! evidence that is disputed. The table says of each mode of an event what it shows, and explains what is meant by it,
//! so that whoever extracts events knows what to produce. Stage cues, which the extraction finds beside events, are
//! evidence as they are.

use std::sync::LazyLock;

use irenic_model::{
    Bound, Certainty, CommitmentStatus, Content, DateInterval, Event, EventClass, Evidence, Extraction,
    Figure, Holder, Observation, Provenance, Source, StageCue, Stance, Statement,
};
use serde::Deserialize;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../models/stage/evidence.toml"))
        .expect("a test reads the table that is built in")
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    event: Vec<EventRow>,
    figure: Vec<FigureRow>,
    /// Beginnings of the words for people who bear arms.
    fighters: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventRow {
    class: Option<String>,
    mode: Option<String>,
    /// Whether it takes only what the text dates itself, not what is told where it tells of a day.
    #[serde(default)]
    dated: bool,
    shows: Shows,
    /// For people: what is meant by the mode.
    #[serde(rename = "explains")]
    _explains: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FigureRow {
    counts: String,
    shows: Shows,
}

#[derive(Deserialize)]
#[serde(try_from = "String")]
enum Shows {
    /// What its name says in full.
    Named(Observation),
    Deaths,
    Displaced,
}

impl TryFrom<String> for Shows {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        match name.as_str() {
            "deaths" => Ok(Self::Deaths),
            "displaced" => Ok(Self::Displaced),
            // No event and no figure tells of calm; words do, as cues.
            _ => Observation::named(&name)
                .filter(|shown| *shown != Observation::Calm)
                .map(Self::Named)
                .ok_or_else(|| format!("`{name}` is nothing that an event or a figure can show")),
        }
    }
}

/// The evidence of one document, in order of telling, numbered from `first_order` across the dossier.
///
/// ```
/// use irenic_cycle::evidence_of;
/// use irenic_model::{Extraction, Source};
/// assert!(evidence_of(&Extraction::default(), &Source::new("a.txt", b""), 0).is_empty());
/// ```
#[must_use]
pub fn evidence_of(extraction: &Extraction, source: &Source, first_order: u32) -> Vec<Evidence> {
    let mut found: Vec<(usize, Evidence)> = extraction
        .statements
        .iter()
        .filter(|statement| statement.stance.is_factual())
        .filter_map(|statement| Some((statement, of_statement(statement, source)?)))
        .filter(|(statement, evidence)| is_told(statement, evidence, &extraction.stage_cues))
        .filter(|(_, evidence)| !is_to_come(evidence.when, source))
        .map(|(statement, evidence)| (statement.span.start, evidence))
        .collect();
    let cues = extraction
        .stage_cues
        .iter()
        .filter(|cue| !is_toll_of_unknown_time(&cue.observation, cue.when))
        // A truce of seven days ends with them, also where nobody was there yet to tell.
        .filter(|cue| is_end_of_term(&cue.observation, cue.when) || !is_to_come(cue.when, source));
    found.extend(cues.map(|cue| {
        let evidence = Evidence {
            provenance: Provenance::Statement(cue.id),
            when: cue.when,
            order: 0,
            observation: cue.observation.clone(),
            rule: cue.rule.clone(),
            holder: cue.holder.clone(),
            side: source.side.clone(),
            disputed: cue.disputed,
            published: source.published,
        };
        (cue.span.start, evidence)
    }));
    found.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.provenance.cmp(&other.provenance)));
    let numbered = found.into_iter().zip(first_order..);
    numbered.map(|((_, evidence), order)| Evidence { order, ..evidence }).collect()
}

/// Whether an event is told there, and not only spoken of or told again by a cue.
///
/// A truce or an accord that the sentence does not date is mostly one that was told before ("since the ceasefire"). Where
/// a cue in the same words shows the same, the cue stands: its words are chosen for what they say of a stage.
fn is_told(statement: &Statement, evidence: &Evidence, cues: &[StageCue]) -> bool {
    let dated = evidence.when.is_some_and(|when| when.certainty() != Certainty::Inferred);
    let turns = matches!(
        evidence.observation,
        Observation::Ceasefire
            | Observation::Agreement
            | Observation::WarBegins
            | Observation::FightingEnds
            | Observation::Settlement
    );
    if is_toll_of_unknown_time(&evidence.observation, evidence.when) || turns && !dated {
        return false;
    }
    let first = cues.partition_point(|cue| cue.span.end <= statement.span.start);
    !cues[first..].iter().take_while(|cue| cue.span.start < statement.span.end).any(|cue| {
        let better = shows_it_better(&cue.observation, &evidence.observation);
        (better || stops_it(cue, statement)) && cue.when.is_some()
    })
}

/// Whether a cue in the same words stands for an event: it shows the same, or that the truce named was breached.
fn shows_it_better(cue: &Observation, event: &Observation) -> bool {
    let breach = matches!(cue, Observation::Violation | Observation::CeasefireEnds);
    // "Declared the war over" declares none.
    let over = *cue == Observation::FightingEnds && *event == Observation::WarBegins;
    cue == event || breach && *event == Observation::Ceasefire || over
}

/// Whether the word for violence stands in the words for its end: "they stopped shooting".
fn stops_it(cue: &StageCue, statement: &Statement) -> bool {
    let ends = matches!(cue.observation, Observation::FightingEnds | Observation::Ceasefire);
    let Content::Event(event) = &statement.content else { return false };
    ends && event.class == EventClass::Assault && cue.span.contains(event.trigger)
}

/// What a source dates later than itself had not happened when it was written.
fn is_to_come(when: Option<DateInterval>, source: &Source) -> bool {
    matches!((when, source.published), (Some(when), Some(published)) if published < when.from())
}

/// Whether it is the end that a truce's own words set it.
#[must_use]
pub fn is_end_of_term(observation: &Observation, when: Option<DateInterval>) -> bool {
    *observation == Observation::CeasefireEnds
        && when.is_some_and(|when| when.certainty() == Certainty::Derived)
}

/// A toll at the date that the telling runs on may be the sum of many years.
fn is_toll_of_unknown_time(observation: &Observation, when: Option<DateInterval>) -> bool {
    matches!(observation, Observation::Deaths { .. } | Observation::Displaced { .. })
        && when.is_none_or(|when| when.certainty() == Certainty::Inferred)
}

fn of_statement(statement: &Statement, source: &Source) -> Option<Evidence> {
    let (rule, observation, when) = match &statement.content {
        Content::Event(event) => of_event(event)?,
        Content::Figure(figure) => of_figure(figure)?,
        Content::Commitment(commitment) => {
            let done = matches!(commitment.status, CommitmentStatus::Fulfilled | CommitmentStatus::Partial);
            (done && commitment.made.is_some()).then_some(())?;
            ("commitment-carried-out".to_owned(), Observation::Implementation, commitment.made)
        }
        Content::Characterisation(_) | Content::Control(_) | Content::Negotiation(_) => return None,
    };
    Some(Evidence {
        provenance: Provenance::Statement(statement.id),
        when,
        order: 0,
        observation,
        rule,
        holder: statement.holder.as_ref().map(Holder::name).map(str::to_owned),
        side: source.side.clone(),
        disputed: statement.stance == Stance::Alleged,
        published: source.published,
    })
}

type Derived = (String, Observation, Option<DateInterval>);

fn of_event(event: &Event) -> Option<Derived> {
    if event.negated {
        return None;
    }
    let row = TABLE.event.iter().find(|row| {
        // "They have not signed the peace agreement" is a refusal about an agreement, not an agreement.
        let refused = event.class == EventClass::Reject && row.class.is_none();
        !refused
            && row.class.as_ref().is_none_or(|class| class == event.class.name())
            && row.mode.as_ref().is_none_or(|mode| event.mode.as_deref() == Some(mode))
    })?;
    let Shows::Named(observation) = &row.shows else { return None };
    if row.dated && event.when.is_none_or(|when| when.certainty() == Certainty::Inferred) {
        return None;
    }
    // "The first clash since the ceasefire": a truce that nobody makes is one that is spoken of.
    if *observation == Observation::Ceasefire && event.actors.is_empty() && event.recipients.is_empty() {
        return None;
    }
    let rule = event.mode.clone().unwrap_or_else(|| event.class.name().to_lowercase());
    Some((rule, observation.clone(), event.when))
}

/// A toll counts where it has a period of its own of a year at most.
fn of_figure(figure: &Figure) -> Option<Derived> {
    let counts = figure.counts.as_deref()?;
    let row = TABLE.figure.iter().find(|row| row.counts == counts)?;
    let when = figure.period.filter(|period| period.days() <= 366)?;
    let value = |value: f64| (0.0..1e12).contains(&value).then_some(value as u64);
    let stated = value(figure.value)?;
    let low = if figure.bound == Bound::AtMost { 0 } else { stated };
    let high = match figure.bound {
        Bound::AtMost => Some(stated),
        Bound::Exact => Some(figure.upper.and_then(value).unwrap_or(stated)),
        Bound::About | Bound::AtLeast => figure.upper.and_then(value),
    };
    let observation = match row.shows {
        Shows::Deaths => Observation::Deaths { low, high, battle: is_of_fighters(figure) },
        Shows::Displaced => Observation::Displaced { low },
        Shows::Named(_) => return None,
    };
    Some((counts.to_owned(), observation, Some(when)))
}

/// Whether those who died bore arms: they died in fighting, where civilians may have died otherwise.
fn is_of_fighters(figure: &Figure) -> bool {
    let Some(group) = figure.group.as_deref() else { return false };
    let mut words = group.split(|it: char| !it.is_alphanumeric());
    words.any(|word| TABLE.fighters.iter().any(|fighter| word.to_lowercase().starts_with(fighter.as_str())))
}

#[cfg(test)]
mod tests {
    use irenic_model::{Participant, SourceHash, Span, StatementId, jiff::civil::date};

    use super::*;

    fn event(class: EventClass, mode: &str, negated: bool) -> Content {
        Content::Event(Event {
            trigger: Span::new(0, 1),
            class,
            mode: Some(mode.to_owned()),
            actors: vec![Participant {
                text: "Examplia".to_owned(),
                span: Span::new(0, 1),
                country: None,
                role: None,
            }],
            recipients: vec![],
            places: vec![],
            when: Some(DateInterval::day(date(2001, 5, 4))),
            negated,
            harm: irenic_model::Harm::default(),
        })
    }

    #[test]
    fn only_what_is_said_to_have_happened_is_evidence() {
        let cases = [
            (Stance::Asserted, false, Some(false)),
            (Stance::Alleged, false, Some(true)),
            (Stance::Asserted, true, None),
            (Stance::Denied, false, None),
            (Stance::Demanded, false, None),
            (Stance::Planned, false, None),
            (Stance::Hypothetical, false, None),
        ];
        for (stance, negated, disputed) in cases {
            let id = StatementId::new(SourceHash::of(b""), Span::new(0, 1), "event");
            let content = event(EventClass::Retreat, "ceasefire", negated);
            let statement = Statement { id, span: Span::new(0, 1), holder: None, stance, content };
            let extraction = Extraction { statements: vec![statement], ..Extraction::default() };
            let found = evidence_of(&extraction, &Source::new("a", b""), 7);
            assert_eq!(found.first().map(|it| it.disputed), disputed, "{stance:?} {negated}");
            assert!(found.iter().all(|it| it.order == 7 && it.observation == Observation::Ceasefire));
        }
    }

    #[test]
    fn every_row_of_the_table_explains_itself() {
        assert!(
            TABLE
                .event
                .iter()
                .all(|row| !row._explains.is_empty() && (row.mode.is_some() || row.class.is_some()))
        );
    }
}
