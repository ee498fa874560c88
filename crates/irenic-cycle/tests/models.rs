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

/// A year, a month and a day.
type Day = (i16, i8, i8);

/// What is told, with its first and its last day.
type Told = (Day, Day, Observation);

/// Evidence by its first and last day, in order of telling.
fn told(list: &[Told]) -> Vec<Evidence> {
    let day = |(year, month, day): (i16, i8, i8)| date(year, month, day);
    list.iter()
        .zip(0..)
        .map(|((from, until, shows), order)| {
            let (from, until) = (day(*from), day(*until));
            let grain = match DateInterval::day(from).cover(&DateInterval::day(until)).days() {
                1 => Grain::Day,
                2..=31 => Grain::Month,
                _ => Grain::Year,
            };
            at(order, DateInterval::new(from, until, grain, Certainty::Stated), shows.clone())
        })
        .collect()
}

fn one(day: Day, shows: Observation) -> Told {
    (day, day, shows)
}

/// What the machine makes of small records, each for one rule.
#[test]
fn small_records() {
    use Observation::{Agreement, Ceasefire, CeasefireEnds, Coercion, FightingEnds, WarBegins};
    const ORGANISED: Observation = clash(ClashScale::Organised);
    const SUSTAINED: Observation = clash(ClashScale::Sustained);
    type Case = (&'static str, Vec<Told>, &'static [(&'static str, u32)]);
    let cases: Vec<Case> = vec![
        (
            "a truce that ends in an attack is followed by fighting, not by a violation",
            vec![
                one((2001, 1, 5), WarBegins),
                one((2001, 7, 5), Ceasefire),
                one((2003, 8, 20), CeasefireEnds),
                one((2003, 8, 27), ORGANISED),
                one((2006, 4, 26), Ceasefire),
            ],
            &[("war", 1), ("ceasefire", 1), ("confrontation", 2), ("ceasefire", 2)],
        ),
        (
            "a truce that ends is followed by fighting where the next truce shows it",
            vec![
                one((2001, 1, 5), WarBegins),
                one((2001, 7, 5), Ceasefire),
                one((2003, 8, 20), CeasefireEnds),
                one((2006, 4, 26), Ceasefire),
            ],
            &[("war", 1), ("ceasefire", 1), ("confrontation", 2), ("ceasefire", 2)],
        ),
        (
            "a truce that ends without fighting leaves tension",
            vec![
                one((2001, 1, 5), WarBegins),
                one((2001, 7, 5), Ceasefire),
                one((2003, 8, 20), CeasefireEnds),
            ],
            &[("war", 1), ("ceasefire", 1), ("tension", 1)],
        ),
        (
            "a threat in the middle of a long truce does not end it; one before the war is tension",
            vec![
                one((1990, 1, 5), WarBegins),
                one((1994, 5, 5), Ceasefire),
                one((1998, 1, 5), Coercion),
                one((2010, 2, 5), Coercion),
                one((2010, 9, 5), WarBegins),
            ],
            &[("war", 1), ("ceasefire", 1), ("tension", 1), ("war", 2)],
        ),
        (
            "a raid and, a year later, a truce: there was fighting between",
            vec![one((1970, 3, 5), ORGANISED), one((1971, 3, 5), Ceasefire)],
            &[("confrontation", 1), ("ceasefire", 1)],
        ),
        (
            "raids now and then over ten years are a rising",
            vec![
                one((1965, 6, 9), ORGANISED),
                one((1969, 8, 23), ORGANISED),
                one((1972, 7, 19), ORGANISED),
                one((1975, 12, 11), FightingEnds),
            ],
            &[("confrontation", 1), ("abatement", 1)],
        ),
        (
            "a raid some years before the fighting is no part of it",
            vec![one((1965, 6, 9), ORGANISED), one((1969, 8, 23), SUSTAINED)],
            &[("tension", 1), ("confrontation", 1)],
        ),
        (
            "raids now and then after a truce do not join",
            vec![
                one((1960, 1, 5), WarBegins),
                one((1960, 6, 5), Ceasefire),
                one((1965, 6, 9), ORGANISED),
                one((1969, 8, 23), ORGANISED),
                one((1972, 7, 19), ORGANISED),
            ],
            &[("war", 1), ("ceasefire", 1)],
        ),
        (
            "what is said to have ended had gone on",
            vec![one((1970, 3, 5), ORGANISED), one((1972, 3, 5), FightingEnds)],
            &[("confrontation", 1), ("abatement", 1)],
        ),
        (
            "stray deaths in the months before do not date the fighting",
            vec![
                one((1993, 10, 29), deaths(2)),
                one((1994, 4, 27), ORGANISED),
                one((1994, 4, 27), deaths(100)),
            ],
            &[("tension", 1), ("confrontation", 1)],
        ),
        (
            "a raid and a truce of the same week are no confrontation",
            vec![one((1970, 3, 5), ORGANISED), one((1970, 3, 9), Ceasefire)],
            &[("tension", 1)],
        ),
        (
            "a deal by its month and the end of the fighting by its day are one, and the deal names it",
            vec![
                one((1990, 1, 5), WarBegins),
                ((1994, 5, 1), (1994, 5, 31), Ceasefire),
                one((1994, 5, 12), FightingEnds),
            ],
            &[("war", 1), ("ceasefire", 1)],
        ),
        (
            "a truce that is broken on its own day is none",
            vec![
                one((1990, 1, 5), WarBegins),
                one((1991, 5, 12), Ceasefire),
                one((1991, 5, 12), CeasefireEnds),
                one((1994, 5, 12), Agreement),
            ],
            &[("war", 1), ("agreement", 1)],
        ),
        (
            "after a generation of silence the fighting has stopped, nobody says when",
            vec![one((1920, 1, 5), SUSTAINED), one((2000, 1, 5), Observation::Talks)],
            &[("confrontation", 1), ("abatement", 1)],
        ),
        (
            "a sum told with the day of its publication is no fighting of that day",
            vec![
                one((2020, 9, 27), WarBegins),
                one((2020, 11, 10), Ceasefire),
                one((2021, 1, 11), deaths(2853)),
                one((2021, 1, 20), clash(ClashScale::Sporadic)),
            ],
            &[("war", 1), ("ceasefire", 1)],
        ),
    ];
    for (name, list, expected) in cases {
        assert_eq!(
            brief(&run(ModelName::Irenic, &told(&list), date(2012, 1, 1).max(last_of(&list)))),
            named(expected),
            "{name}"
        );
    }
}

fn last_of(list: &[Told]) -> Date {
    let (year, month, day) = list.last().expect("a case has evidence").1;
    date(year, month, day)
}

#[test]
fn a_deal_that_is_called_two_things_is_what_most_call_it_and_contested() {
    let deal = |accords: usize| {
        let mut list =
            vec![one((2020, 9, 27), Observation::WarBegins), one((2020, 11, 10), Observation::Ceasefire)];
        list.extend(std::iter::repeat_n(one((2020, 11, 10), Observation::Agreement), accords));
        let found = run(ModelName::Irenic, &told(&list), date(2021, 1, 1));
        let last = found.last().unwrap();
        (last.stage.clone(), last.rival.clone())
    };
    assert_eq!(deal(0), ("ceasefire".to_owned(), None));
    assert_eq!(deal(1), ("ceasefire".to_owned(), Some("agreement".to_owned())));
    assert_eq!(deal(2), ("agreement".to_owned(), Some("ceasefire".to_owned())));
    assert_eq!(deal(5), ("agreement".to_owned(), None));
}

#[test]
fn a_war_that_sources_date_years_apart_has_a_run_up_that_is_contested() {
    let extent = |from: i16, order| {
        let when = DateInterval::year(from).map(|first| first.cover(&DateInterval::year(1994).unwrap()));
        let name = Some("Examplian".to_owned());
        at(order, when, Observation::War { name, ordinal: Some(1), extent: true })
    };
    let mut evidence = vec![extent(1988, 0), extent(1992, 1)];
    evidence.push(at(2, Some(DateInterval::day(date(1988, 2, 20))), clash(ClashScale::Organised)));
    let found = run(ModelName::Irenic, &evidence, date(1993, 1, 1));
    assert_eq!(brief(&found), named(&[("confrontation", 1), ("war", 1)]));
    assert_eq!((found[0].from, found[0].rival.as_deref()), (Some(date(1988, 2, 20)), Some("war")));
    assert_eq!(found[1].from, Some(date(1992, 1, 1)));
}

#[test]
fn what_one_side_alone_tells_of_is_contested_by_another_that_speaks_of_the_time() {
    let rival = |south_speaks: bool| {
        let mut evidence = days(&[
            (date(2001, 1, 5), Observation::WarBegins),
            (date(2001, 7, 5), Observation::Ceasefire),
            (date(2002, 3, 5), clash(ClashScale::Organised)),
            (date(2002, 4, 8), clash(ClashScale::Sustained)),
            (date(2001, 8, 5), Observation::Talks),
            (date(2002, 5, 5), Observation::Talks),
        ]);
        for piece in &mut evidence[2..4] {
            piece.side = Some("North".to_owned());
        }
        for piece in &mut evidence[4..] {
            piece.side = Some("South".to_owned()).filter(|_| south_speaks);
        }
        let found = run(ModelName::Irenic, &evidence, date(2004, 1, 1));
        assert_eq!(brief(&found), named(&[("war", 1), ("ceasefire", 1), ("confrontation", 2)]));
        assert!(found[..2].iter().all(|it| !it.contested()));
        found[2].rival.clone()
    };
    assert_eq!(rival(true).as_deref(), Some("ceasefire"));
    assert_eq!(rival(false), None, "a voice that says nothing contradicts nothing");
}

#[test]
fn a_year_of_a_table_begins_with_what_a_document_dates_in_it() {
    let mut evidence: Vec<Evidence> = (2014..=2017).map(|year| row(year as u64, year, 40)).collect();
    let mut told = days(&[
        (date(1990, 1, 5), Observation::WarBegins),
        (date(1994, 5, 12), Observation::Ceasefire),
        (date(2014, 7, 27), clash(ClashScale::Organised)),
    ]);
    evidence.append(&mut told);
    let found = run(ModelName::Irenic, &evidence, date(2018, 1, 1));
    assert_eq!(brief(&found)[..3], named(&[("war", 1), ("ceasefire", 1), ("confrontation", 2)]));
    assert_eq!(found[2].from, Some(date(2014, 7, 27)));
}

#[test]
fn two_active_years_are_violations_of_a_truce_and_a_relapse_without_one() {
    let cycles = |end: Observation| {
        let mut evidence = days(&[(date(1990, 1, 5), Observation::WarBegins), (date(1994, 5, 12), end)]);
        evidence.extend([row(90, 1997, 30), row(91, 1998, 30), row(92, 2010, 0)]);
        run(ModelName::Irenic, &evidence, date(2011, 1, 1)).iter().map(|it| it.cycle).max()
    };
    assert_eq!(cycles(Observation::Ceasefire), Some(1));
    assert_eq!(cycles(Observation::FightingEnds), Some(2));
}

#[test]
fn a_record_begins_with_the_politics_that_led_up_to_the_quarrel() {
    let politics = |day| (day, Observation::Politics);
    let quarrel = [(date(1987, 5, 14), Observation::Coercion)];
    let told = [politics(date(1900, 5, 4)), politics(date(1962, 7, 1)), politics(date(1980, 3, 2))];
    let found = run(ModelName::Irenic, &days(&[&told[..], &quarrel].concat()), date(1990, 1, 1));
    assert_eq!(brief(&found), named(&[("dispute", 1), ("tension", 1)]));
    // Two generations of silence lie between 1900 and the rest.
    assert_eq!(found[0].from, Some(date(1962, 7, 1)));
    // Without a quarrel there is no dispute, and after one an election is none.
    assert!(run(ModelName::Irenic, &days(&told), date(1990, 1, 1)).is_empty());
    let settled = [(date(1988, 1, 5), Observation::Settlement), politics(date(1989, 1, 5))];
    let found = run(ModelName::Irenic, &days(&[&quarrel[..], &settled].concat()), date(1990, 1, 1));
    assert_eq!(brief(&found), named(&[("tension", 1), ("settled", 1)]));
}
