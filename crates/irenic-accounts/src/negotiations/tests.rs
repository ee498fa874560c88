//! Tracks, proposals and positions of invented statements.

use irenic_model::jiff::civil::date;
use irenic_model::{
    Content, DateInterval, Event, EventClass, Negotiation, NegotiationStep, Negotiations, Participant, Party,
    RoundKind, Span,
};

use crate::papers::{Paper, views};

fn participant(text: &str) -> Participant {
    // A place of its own for each name.
    let start = text.bytes().map(usize::from).sum();
    Participant {
        text: text.to_owned(),
        span: Span::new(start, start + text.len()),
        country: None,
        role: None,
    }
}

fn participants(names: &str) -> Vec<Participant> {
    names.split(", ").filter(|name| !name.is_empty()).map(participant).collect()
}

fn talks(between: &str, place: &str, day: i8) -> Content {
    Content::Event(Event {
        trigger: Span::default(),
        class: EventClass::Consult,
        mode: Some("talks".to_owned()),
        actors: participants(between),
        recipients: Vec::new(),
        places: participants(place),
        when: Some(DateInterval::day(date(2016, 4, day))),
        negated: false,
        harm: irenic_model::Harm::default(),
    })
}

fn step(step: NegotiationStep, who: &str, what: &str) -> Content {
    let what = (!what.is_empty()).then(|| what.to_owned());
    Content::Negotiation(Negotiation {
        step,
        who: participants(who),
        whom: Vec::new(),
        what,
        places: Vec::new(),
        when: None,
        until: None,
    })
}

fn party(name: &str, alias: &str) -> Party {
    Party {
        name: name.to_owned(),
        aliases: vec![alias.to_owned()],
        side: name.to_owned(),
        country: None,
        events: 0,
        configured: true,
    }
}

/// What papers tell: the first three contents of each stand in one sentence, the rest in the next.
fn told(papers: &[(&str, Vec<Content>)]) -> Negotiations {
    let papers: Vec<Paper> = papers
        .iter()
        .map(|(publisher, contents)| {
            let mut paper = Paper::of_author(publisher, contents.iter().cloned());
            paper.extraction.sentences = vec![Span::new(0, 30), Span::new(30, 200)];
            paper
        })
        .collect();
    super::negotiations(&views(&papers), &[party("Norland", "Northton"), party("Free Hills Front", "FHF")])
}

#[test]
fn meetings_of_the_same_parties_are_one_track_in_order() {
    let found = told(&[
        (
            "Morning Post",
            vec![
                talks("Northton, FHF", "Geneva", 9),
                step(NegotiationStep::Mediated, "Switzerland", ""),
                talks("FHF, Norland, Eastland", "Oslo", 2),
            ],
        ),
        ("Evening Post", vec![talks("Norland, Free Hills Front", "Geneva", 9)]),
    ]);
    assert_eq!(found.tracks.len(), 1);
    let track = &found.tracks[0];
    assert_eq!(track.parties, ["Free Hills Front", "Norland"]);
    let rounds: Vec<_> = track
        .rounds
        .iter()
        .map(|round| {
            (
                round.when.map(|when| when.from().day()),
                round.places.join(" "),
                round.holders.len(),
                round.others.join(" "),
            )
        })
        .collect();
    assert_eq!(
        rounds,
        [
            (Some(2), "Oslo".to_owned(), 1, "Eastland".to_owned()),
            (Some(9), "Geneva".to_owned(), 2, String::new())
        ]
    );
    assert_eq!(track.mediators, ["Switzerland"]);
}

#[test]
fn a_break_without_names_is_of_the_talks_told_before() {
    let found = told(&[(
        "Morning Post",
        vec![talks("Norland, FHF", "Oslo", 2), step(NegotiationStep::BrokenOff, "", "the prisoners")],
    )]);
    assert_eq!(found.tracks.len(), 1);
    assert!(found.tracks[0].rounds.iter().any(|round| round.kind == RoundKind::BrokenOff));
    assert_eq!(found.obstacles[0].what, "the prisoners");
    let alone = told(&[("Morning Post", vec![step(NegotiationStep::BrokenOff, "", "")])]);
    assert_eq!(alone.tracks[0].parties, ["not named"]);
}

#[test]
fn an_answer_goes_to_its_proposal() {
    let found = told(&[(
        "Morning Post",
        vec![
            step(NegotiationStep::Proposed, "Norland", "a federation of both peoples"),
            step(NegotiationStep::Rejected, "FHF", "proposal"),
            step(NegotiationStep::Accepted, "Eastland", "plan for a neutral harbour"),
        ],
    )]);
    let lines: Vec<_> = found
        .proposals
        .iter()
        .map(|one| {
            (
                one.by.join(" "),
                one.answers.iter().map(|answer| (answer.by.clone(), answer.accepted)).collect::<Vec<_>>(),
            )
        })
        .collect();
    assert_eq!(
        lines,
        [
            ("Norland".to_owned(), vec![("Free Hills Front".to_owned(), false)]),
            (String::new(), vec![("Eastland".to_owned(), true)]),
        ]
    );
}

#[test]
fn positions_are_the_parties_own() {
    let found = told(&[
        (
            "Morning Post",
            vec![
                step(NegotiationStep::Demanded, "FHF", "autonomy for the hills"),
                step(NegotiationStep::Demanded, "Eastland", "calm"),
            ],
        ),
        (
            "Evening Post",
            vec![
                step(NegotiationStep::Demanded, "Free Hills Front", "autonomy for the hills"),
                step(NegotiationStep::Refused, "Northton", "any change of borders"),
            ],
        ),
    ]);
    assert_eq!(found.positions.len(), 2);
    assert_eq!(found.positions[0].demands[0].holders, ["Evening Post", "Morning Post"]);
    assert_eq!(found.positions[1].refusals[0].what, "any change of borders");
}
