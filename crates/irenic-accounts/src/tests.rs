//! What accounts must do whatever the statements: order, change of a figure, change of names.

use irenic_model::jiff::civil::date;
use irenic_model::{
    AccountKind, AccountStatus, Bound, Commitment, CommitmentStatus, Content, DateInterval, Event,
    EventClass, Figure, Participant, Span, Stance,
};

use super::*;
use crate::papers::{Paper, views};

fn figure(value: f64, bound: Bound, group: &str) -> Content {
    let group = (!group.is_empty()).then(|| group.to_owned());
    let period = Some(DateInterval::day(date(2016, 4, 2)));
    Content::Figure(Figure {
        value,
        upper: None,
        bound,
        unit: "person".to_owned(),
        counts: Some("killed".to_owned()),
        group,
        period,
        part_of: None,
    })
}

fn participant(text: &str) -> Participant {
    Participant { text: text.to_owned(), span: Span::default(), country: None, role: None }
}

fn assault(actor: &str, recipient: &str, day: i8) -> Content {
    Content::Event(Event {
        trigger: Span::default(),
        class: EventClass::Assault,
        mode: None,
        actors: vec![participant(actor)],
        recipients: vec![participant(recipient)],
        places: Vec::new(),
        when: Some(DateInterval::day(date(2016, 4, day))),
        negated: false,
        harm: irenic_model::Harm::default(),
    })
}

fn accounts(papers: &[Paper]) -> Vec<Account> {
    reconcile(&views(papers))
}

/// How two figures of two papers stand to each other: the number of accounts and the first one's status.
fn pair(a: Content, b: Content) -> (usize, AccountStatus) {
    let found = accounts(&[Paper::of_author("Morning Post", [a]), Paper::of_author("Evening Post", [b])]);
    (found.len(), found[0].status)
}

#[test]
fn bounds_decide_what_agrees() {
    use AccountStatus::{Agreed, Contested};
    let cases = [
        ((23.0, Bound::Exact), (23.0, Bound::Exact), Agreed),
        ((20.0, Bound::AtLeast), (23.0, Bound::Exact), Agreed),
        ((30.0, Bound::AtLeast), (23.0, Bound::Exact), Contested),
        ((23.0, Bound::Exact), (24.0, Bound::Exact), Contested),
        ((4000.0, Bound::About), (3825.0, Bound::Exact), Agreed),
        ((20.0, Bound::AtMost), (23.0, Bound::Exact), Contested),
    ];
    for ((a, bound_a), (b, bound_b), status) in cases {
        let found = pair(figure(a, bound_a, "soldiers"), figure(b, bound_b, "soldiers"));
        assert_eq!(found, (1, status), "{a} {bound_a:?} and {b} {bound_b:?}");
    }
}

/// A ceasefire is told once, by its makers or without them, on the day it is signed or takes effect; a week on it is another.
#[test]
fn a_landmark_is_one_whoever_is_named() {
    let ceasefire = |actor: &str, day: i8| {
        let Content::Event(mut event) = assault(actor, "", day) else {
            unreachable!("an assault is an event")
        };
        event.class = EventClass::Retreat;
        event.mode = Some("ceasefire".to_owned());
        event.recipients.clear();
        Content::Event(event)
    };
    for (other, day, number) in
        [("both sides", 2, 1), ("Norland", 3, 1), ("Southland", 3, 2), ("Norland", 12, 2)]
    {
        assert_eq!(pair(ceasefire("Norland", 2), ceasefire(other, day)).0, number, "{other} {day}");
    }
}

#[test]
fn a_range_that_holds_a_value_agrees() {
    let Content::Figure(mut range) = figure(20.0, Bound::Exact, "") else { return };
    range.upper = Some(30.0);
    assert_eq!(pair(Content::Figure(range), figure(23.0, Bound::Exact, "")), (1, AccountStatus::Agreed));
}

#[test]
fn other_people_parts_and_sums_are_no_rivals() {
    assert_eq!(pair(figure(23.0, Bound::Exact, "soldiers"), figure(5.0, Bound::Exact, "civilians")).0, 2);
    assert_eq!(
        pair(figure(23.0, Bound::Exact, "Norland soldiers"), figure(5.0, Bound::Exact, "Southland soldiers"))
            .0,
        2
    );
    let Content::Figure(mut sum) = figure(20000.0, Bound::Exact, "soldiers") else { return };
    sum.period = DateInterval::year(2016);
    assert_eq!(pair(Content::Figure(sum.clone()), figure(23.0, Bound::Exact, "soldiers")).0, 2);
    sum.part_of =
        Some(irenic_model::StatementId::new(irenic_model::SourceHash::of(b""), Span::default(), "figure"));
    sum.period = Some(DateInterval::day(date(2016, 4, 2)));
    assert_eq!(pair(Content::Figure(sum), figure(23.0, Bound::Exact, "soldiers")).0, 2);
}

#[test]
fn undated_figures_of_nobody_in_particular_meet_only_where_they_are_the_same() {
    let undated = |value, bound, group| match figure(value, bound, group) {
        Content::Figure(figure) => Content::Figure(Figure { period: None, ..figure }),
        other => other,
    };
    let soldiers = |value, bound| undated(value, bound, "soldiers");
    assert_eq!(pair(soldiers(321.0, Bound::Exact), soldiers(100.0, Bound::AtLeast)).0, 2);
    assert_eq!(
        pair(soldiers(321.0, Bound::Exact), soldiers(321.0, Bound::Exact)),
        (1, AccountStatus::Agreed)
    );
    let norlanders = |value| undated(value, Bound::Exact, "Norlanders");
    assert_eq!(pair(norlanders(250_000.0), norlanders(724_000.0)).0, 2);
    assert_eq!(pair(norlanders(3825.0), norlanders(5000.0)), (1, AccountStatus::Contested));
}

#[test]
fn one_publisher_or_one_speaker_is_one_source() {
    let same = [
        Paper::of_author("Morning Post", [figure(23.0, Bound::Exact, "")]),
        Paper::of_author("Morning Post", [figure(23.0, Bound::Exact, "")]),
    ];
    assert_eq!(accounts(&same)[0].status, AccountStatus::SingleSource);
    let said = || vec![(Some("the ministry"), Stance::Reported, figure(23.0, Bound::Exact, ""))];
    let passed_on = [Paper::new("Morning Post", said()), Paper::new("Evening Post", said())];
    let found = accounts(&passed_on);
    assert_eq!(
        (found.len(), found[0].status, found[0].versions[0].sources),
        (1, AccountStatus::SingleSource, 1)
    );
}

#[test]
fn rival_claims_in_one_text_are_contested() {
    let claims = vec![
        (Some("North"), Stance::Reported, figure(27.0, Bound::Exact, "Northern soldiers")),
        (Some("South"), Stance::Alleged, figure(370.0, Bound::Exact, "Northern soldiers")),
    ];
    let found = accounts(&[Paper::new("Morning Post", claims)]);
    assert_eq!((found.len(), found[0].status), (1, AccountStatus::Contested));
    assert_eq!(found[0].dispute.as_deref(), Some("The holders give figures that cannot all be so: 27; 370."));
    let names: Vec<&str> = found[0].versions.iter().map(|version| version.backers[0].name.as_str()).collect();
    assert_eq!(names, ["North", "South"]);
}

#[test]
fn a_denial_by_another_contests_an_event() {
    let said = Paper::new(
        "Morning Post",
        vec![(Some("Norland"), Stance::Reported, assault("Southland", "Norland", 2))],
    );
    let denied = Paper::new(
        "Evening Post",
        vec![(Some("Southland"), Stance::Denied, assault("Southland", "Norland", 2))],
    );
    let found = accounts(&[said, denied]);
    assert_eq!((found.len(), found[0].status), (1, AccountStatus::Contested));
    assert_eq!(found[0].versions.len(), 2);
}

#[test]
fn events_of_other_days_or_people_stay_apart() {
    assert_eq!(pair(assault("Southland", "Norland", 2), assault("Southland", "Norland", 3)).0, 2);
    assert_eq!(pair(assault("Southland", "Norland", 2), assault("Eastland", "Westland", 2)).0, 2);
    assert_eq!(
        pair(assault("Southland", "Norland", 2), assault("Southland forces", "Norland", 2)),
        (1, AccountStatus::Agreed)
    );
}

#[test]
fn kept_and_broken_by_different_holders_is_contested() {
    let debt = |status| {
        let action = "withdraw its troops from the valley".to_owned();
        Content::Commitment(Commitment {
            debtor: Some("Norland".to_owned()),
            creditor: None,
            action,
            due: None,
            made: None,
            condition: None,
            status,
        })
    };
    let papers = [
        Paper::of_author("Morning Post", [debt(CommitmentStatus::Undertaken)]),
        Paper::of_author("Evening Post", [debt(CommitmentStatus::Fulfilled)]),
        Paper::of_author("Late Post", [debt(CommitmentStatus::Breached)]),
    ];
    let found = accounts(&papers);
    assert_eq!(
        (found.len(), found[0].kind, found[0].status),
        (1, AccountKind::Commitment, AccountStatus::Contested)
    );
}

/// A dossier of many papers, with names put in by the caller.
fn dossier(north: &str, south: &str) -> Vec<Paper> {
    (0..12)
        .map(|number| {
            let value = f64::from(20 + number % 3);
            let day = 2 + (number % 4) as i8;
            Paper::new(
                &format!("Paper {number}"),
                vec![
                    (None, Stance::Asserted, figure(value, Bound::Exact, &format!("{north} soldiers"))),
                    (
                        Some(south),
                        Stance::Reported,
                        figure(value * 2.0, Bound::AtLeast, &format!("{north} soldiers")),
                    ),
                    (None, Stance::Asserted, assault(north, south, day)),
                ],
            )
        })
        .collect()
}

/// An account without the numbers of its documents.
fn without_numbers(account: &Account) -> String {
    let versions: Vec<String> = account
        .versions
        .iter()
        .map(|version| format!("{} {:?} {}", version.summary, version.backers, version.statements.len()))
        .collect();
    format!("{:?} {} {:?} {versions:?} {:?}", account.kind, account.heading, account.status, account.dispute)
}

#[test]
fn the_order_of_documents_changes_nothing_but_numbers() {
    let forwards: Vec<String> =
        accounts(&dossier("Norland", "Southland")).iter().map(without_numbers).collect();
    let mut turned = dossier("Norland", "Southland");
    turned.reverse();
    turned.swap(2, 7);
    let backwards: Vec<String> = accounts(&turned).iter().map(without_numbers).collect();
    assert_eq!(forwards, backwards);
}

#[test]
fn renaming_renames_and_does_nothing_else() {
    let before: Vec<String> =
        accounts(&dossier("Norland", "Southland")).iter().map(without_numbers).collect();
    let after: Vec<String> = accounts(&dossier("Albania", "Zembla")).iter().map(without_numbers).collect();
    let renamed: Vec<String> =
        before.iter().map(|text| text.replace("Norland", "Albania").replace("Southland", "Zembla")).collect();
    assert_eq!(renamed, after);
}

#[test]
fn changing_one_figure_turns_agreed_to_contested() {
    let papers = |last: f64| {
        ["A", "B", "C"]
            .into_iter()
            .zip([23.0, 23.0, last])
            .map(|(name, value)| Paper::of_author(name, [figure(value, Bound::Exact, "soldiers")]))
            .collect::<Vec<_>>()
    };
    assert_eq!(accounts(&papers(23.0))[0].status, AccountStatus::Agreed);
    assert_eq!(accounts(&papers(32.0))[0].status, AccountStatus::Contested);
}

#[test]
fn every_statement_is_in_exactly_one_account() {
    let papers = dossier("Norland", "Southland");
    let mut seen: Vec<_> =
        accounts(&papers).iter().flat_map(|account| account.statements().collect::<Vec<_>>()).collect();
    let count = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!((seen.len(), count), (36, 36));
}
