//! The models on the same evidence: where each differs from every other, and what holds for all.

use irenic_cycle::{ModelName, StageModel, stages};
use irenic_model::jiff::civil::{Date, date};
use irenic_model::{
    Certainty, ClashScale, DateInterval, Evidence, Grain, Observation, Provenance, SourceHash, Span,
    StageInterval, StatementId,
};

fn at(order: u32, when: Option<DateInterval>, observation: Observation) -> Evidence {
    let id =
        StatementId::new(SourceHash::of(b"models"), Span::new(order as usize, order as usize + 1), "event");
    Evidence {
        provenance: Provenance::Statement(id),
        when,
        order,
        observation,
        rule: "test".to_owned(),
        holder: None,
        side: None,
        disputed: false,
        published: None,
    }
}

fn days(list: &[(Date, Observation)]) -> Vec<Evidence> {
    list.iter()
        .zip(0..)
        .map(|((day, shows), order)| at(order, Some(DateInterval::day(*day)), shows.clone()))
        .collect()
}

fn row(line: u64, year: i16, low: u64) -> Evidence {
    let mut row =
        at(line as u32, DateInterval::year(year), Observation::Deaths { low, high: Some(low), battle: true });
    row.provenance = Provenance::Row { file: "table.csv".to_owned(), line };
    row
}

fn run(name: ModelName, evidence: &[Evidence], as_of: Date) -> Vec<StageInterval> {
    stages(&StageModel::built_in(name), evidence, as_of, None)
}

fn brief(intervals: &[StageInterval]) -> Vec<(String, u32)> {
    intervals.iter().map(|it| (it.stage.clone(), it.cycle)).collect()
}

fn named(pairs: &[(&str, u32)]) -> Vec<(String, u32)> {
    pairs.iter().map(|(stage, cycle)| ((*stage).to_owned(), *cycle)).collect()
}

const fn clash(scale: ClashScale) -> Observation {
    Observation::Clash { scale }
}

const fn deaths(low: u64) -> Observation {
    Observation::Deaths { low, high: None, battle: true }
}

fn war(from: Date, until: Date, order: u32, ordinal: u8) -> Evidence {
    let when = DateInterval::new(from, until, Grain::Day, Certainty::Stated);
    let name = Some("Examplian".to_owned());
    at(order, when, Observation::War { name, ordinal: Some(ordinal), extent: true })
}

#[test]
fn each_model_differs_from_every_other() {
    // A lone raid, a year of pressure, an offensive with 40 dead, a truce, an accord.
    let evidence = days(&[
        (date(2001, 2, 3), Observation::Claim),
        (date(2002, 2, 3), clash(ClashScale::Organised)),
        (date(2004, 2, 3), Observation::Coercion),
        (date(2005, 3, 3), clash(ClashScale::Sustained)),
        (date(2005, 3, 9), deaths(40)),
        (date(2005, 8, 3), Observation::Ceasefire),
        (date(2007, 8, 3), Observation::Agreement),
    ]);
    let as_of = date(2008, 1, 1);
    let cases: [(ModelName, &[(&str, u32)]); 4] = [
        (
            ModelName::Irenic,
            &[("dispute", 1), ("tension", 1), ("confrontation", 1), ("ceasefire", 1), ("agreement", 1)],
        ),
        (ModelName::Ucdp, &[("minor armed conflict", 1)]),
        (
            ModelName::Cascon,
            &[
                ("dispute", 1),
                ("hostilities", 1),
                ("hostilities", 2),
                ("post-hostilities conflict", 2),
                ("post-hostilities dispute", 2),
            ],
        ),
        (ModelName::Cews, &[("dispute", 1), ("crisis", 1), ("limited violence", 1), ("abatement", 1)]),
    ];
    for (name, expected) in cases {
        assert_eq!(brief(&run(name, &evidence, as_of)), named(expected), "{name:?}");
    }
    let hiik = run(ModelName::Hiik, &evidence, as_of);
    let march = hiik.iter().find(|it| it.from == Some(date(2005, 3, 1))).unwrap();
    assert_eq!((march.stage.as_str(), march.until), ("limited war", Some(date(2005, 3, 31))));
    assert_eq!(hiik.last().unwrap().stage, "dispute");
}

#[test]
fn ucdp_years_make_episodes_and_intensities() {
    let evidence: Vec<Evidence> =
        [(1, 1990, 24), (2, 1991, 25), (3, 1992, 1000), (4, 1993, 3), (5, 1995, 30)]
            .into_iter()
            .map(|(line, year, low)| row(line, year, low))
            .collect();
    let found = run(ModelName::Ucdp, &evidence, date(1996, 12, 31));
    assert_eq!(brief(&found), named(&[("minor armed conflict", 1), ("war", 1), ("minor armed conflict", 2)]));
    assert_eq!((found[0].from, found[1].until), (Some(date(1991, 1, 1)), Some(date(1992, 12, 31))));
    assert!(found.iter().all(|it| !it.ongoing));
}

#[test]
fn war_ceasefire_and_relapse_with_brief_fighting_between() {
    let mut evidence = vec![
        war(date(1988, 2, 20), date(1994, 5, 12), 0, 1),
        war(date(2020, 9, 27), date(2020, 11, 10), 1, 2),
    ];
    let mut rest = days(&[
        (date(1994, 5, 12), Observation::Ceasefire),
        (date(2016, 4, 2), clash(ClashScale::Sustained)),
        (date(2016, 4, 5), Observation::Ceasefire),
        (date(2020, 11, 10), Observation::Ceasefire),
    ]);
    for (evidence, order) in rest.iter_mut().zip(10..) {
        evidence.order = order;
    }
    evidence.append(&mut rest);
    let found = run(ModelName::Irenic, &evidence, date(2021, 1, 1));
    assert_eq!(brief(&found), named(&[("war", 1), ("ceasefire", 1), ("war", 2), ("ceasefire", 2)]));
    assert_eq!(found[1].violations, 1, "four days of fighting are a violation");
    assert_eq!(found[2].from, Some(date(2020, 9, 27)));
    assert!(found[3].ongoing && !found[0].ongoing);
}

#[test]
fn undated_wars_keep_their_order_and_the_bounds_of_their_neighbours() {
    let undated = |order, ordinal| {
        let name = Some("Examplian".to_owned());
        at(order, None, Observation::War { name, ordinal: Some(ordinal), extent: false })
    };
    let mut evidence = vec![
        at(0, None, Observation::WarsInAll(2)),
        at(1, None, Observation::CeasefiresInAll(2)),
        at(2, Some(DateInterval::day(date(1991, 9, 2))), Observation::Claim),
        undated(3, 1),
        undated(4, 2),
        at(5, Some(DateInterval::day(date(2022, 12, 12))), Observation::Coercion),
    ];
    let found = run(ModelName::Irenic, &evidence, date(2023, 10, 3));
    let expected =
        [("dispute", 1), ("war", 1), ("ceasefire", 1), ("war", 2), ("ceasefire", 2), ("tension", 2)];
    assert_eq!(brief(&found), named(&expected));
    assert_eq!((found[1].from, found[1].until), (None, None));
    assert_eq!(found[1].from_bounds, (Some(date(1991, 9, 2)), Some(date(2022, 12, 11))));
    evidence.reverse();
    assert_eq!(
        brief(&run(ModelName::Irenic, &evidence, date(2023, 10, 3))),
        named(&expected),
        "order is in the data"
    );
}

#[test]
fn as_of_cuts_and_known_by_asks_for_publication() {
    let mut evidence = vec![war(date(1988, 2, 20), date(1994, 5, 12), 0, 1)];
    evidence[0].published = Some(date(2000, 1, 1));
    let then = run(ModelName::Irenic, &evidence, date(1990, 1, 1));
    assert_eq!(brief(&then), named(&[("war", 1)]));
    assert!(then[0].ongoing && then[0].until.is_none());
    let model = StageModel::built_in(ModelName::Irenic);
    let known = |by| stages(&model, &evidence, date(2001, 1, 1), Some(by)).len();
    assert_eq!((known(date(1999, 12, 31)), known(date(2000, 1, 1))), (0, 2));
}

#[test]
fn disputed_evidence_makes_a_contested_interval() {
    let mut evidence =
        days(&[(date(1990, 5, 1), Observation::WarBegins), (date(1991, 5, 1), Observation::Ceasefire)]);
    evidence[1].disputed = true;
    let found = run(ModelName::Irenic, &evidence, date(1995, 1, 1));
    assert_eq!(found[1].rival.as_deref(), Some("war"));
    assert!(!found[0].contested());
}

#[test]
fn quiet_years_of_a_table_are_abatement() {
    let evidence = vec![row(1, 1990, 40), row(2, 1991, 30), row(3, 1998, 60), row(4, 1999, 30)];
    let found = run(ModelName::Irenic, &evidence, date(1999, 12, 31));
    assert_eq!(brief(&found), named(&[("confrontation", 1), ("abatement", 1), ("confrontation", 2)]));
}

fn shifted(day: Date) -> Date {
    Date::new(day.year() + 11, day.month(), day.day()).expect("no case has a 29 February")
}

/// The last day of an interval moves with the day after it, so that the end of February stays the end of February.
fn shifted_end(day: Date) -> Date {
    shifted(day.tomorrow().expect("inside the calendar")).yesterday().expect("inside the calendar")
}

#[test]
fn shifting_all_dates_shifts_the_stages_and_changes_nothing_else() {
    // A small generator without a dependency: the same numbers every time.
    let mut seed = 7u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    for _ in 0..200 {
        let evidence: Vec<Evidence> = (0..12)
            .map(|order| {
                let day = date(1950 + next(40) as i16, 1 + next(12) as i8, 1 + next(28) as i8);
                let shows = match next(9) {
                    0 => Observation::Claim,
                    1 => Observation::Coercion,
                    2 => clash(ClashScale::Organised),
                    3 => clash(ClashScale::Sustained),
                    4 => deaths(next(2000)),
                    5 => Observation::Ceasefire,
                    6 => Observation::Agreement,
                    7 => Observation::WarBegins,
                    _ => Observation::Settlement,
                };
                at(order, Some(DateInterval::day(day)), shows)
            })
            .collect();
        let moved: Vec<Evidence> = evidence
            .iter()
            .map(|it| Evidence {
                when: it.when.map(|when| DateInterval::day(shifted(when.from()))),
                ..it.clone()
            })
            .collect();
        for name in ModelName::ALL {
            let here = run(name, &evidence, date(1995, 6, 30));
            let there = run(name, &moved, date(2006, 6, 30));
            let expected: Vec<_> = here
                .iter()
                .map(|it| (it.stage.clone(), it.cycle, it.from.map(shifted), it.until.map(shifted_end)))
                .collect();
            let got: Vec<_> =
                there.iter().map(|it| (it.stage.clone(), it.cycle, it.from, it.until)).collect();
            assert_eq!(got, expected, "{name:?}");
        }
    }
}
