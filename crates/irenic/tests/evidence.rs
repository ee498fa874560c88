//! From words to dated evidence: where a date belongs, and whose war a sentence tells of.

use irenic::{Dossier, Engine, Knowledge, Options, document_of_text};
use irenic_model::jiff::civil::{Date, date};
use irenic_model::{Evidence, Observation, StageCue};

fn cues(published: Option<Date>, text: &str, rule: &str) -> Vec<StageCue> {
    let document = document_of_text("note", published, text);
    let found = Engine::new().extract(&document, &Knowledge::default());
    found.stage_cues.into_iter().filter(|cue| cue.rule == rule).collect()
}

/// A text, a rule, and the first and last day of the cue that it gives; none where it is not to be dated.
type Case = (&'static str, &'static str, Option<(Date, Date)>);

#[test]
fn dates_belong_to_the_clause_they_stand_in() {
    let cases: [Case; 6] = [
        (
            "Between 1988 and 1994 some 30,000 people were killed in the fighting.",
            "deaths",
            Some((date(1988, 1, 1), date(1994, 12, 31))),
        ),
        (
            "The president declared an all-out war on 21 March 2000; the army overran the camp on 9 July 2000.",
            "war-begins",
            Some((date(2000, 3, 21), date(2000, 3, 21))),
        ),
        (
            "The front had risen in arms: on 21 October 1972 several hundred fighters attacked the garrison.",
            "armed-attack",
            Some((date(1972, 10, 21), date(1972, 10, 21))),
        ),
        (
            "By October 1987 they were at war with the rebels.",
            "war-begins",
            Some((date(1987, 10, 1), date(1987, 10, 31))),
        ),
        (
            "The sides signed a truce which took effect on 12 May 1994.",
            "ceasefire",
            Some((date(1994, 5, 12), date(1994, 5, 12))),
        ),
        ("They met on 2 November 2002 after the truce had collapsed.", "ceasefire-ends", None),
    ];
    for (text, rule, expected) in cases {
        let found = cues(None, text, rule);
        assert!(!found.is_empty(), "{text}");
        let days = found.iter().map(|cue| cue.when.map(|when| (when.from(), when.until())));
        assert!(days.clone().any(|days| days == expected), "{text}: {:?}", days.collect::<Vec<_>>());
    }
}

#[test]
fn a_dispatch_tells_of_its_own_day() {
    let day = date(2013, 12, 17);
    let text = "DORN, Examplia - Troops attacked the camp of the guards in the capital.";
    let when = cues(Some(day), text, "armed-attack")[0].when.unwrap();
    assert_eq!((when.from(), when.until()), (day, day));
    // An undated sentence in a report may tell of any day.
    let text = "Troops attacked the camp of the guards in the capital.";
    assert_eq!(cues(Some(day), text, "armed-attack")[0].when, None);
}

fn clashes(text: &str) -> Vec<i16> {
    let dossier = Dossier::of_documents("test", vec![document_of_text("note", None, text)]);
    let found = dossier.reconstruct(Options::default(), &());
    let is_clash = |it: &&Evidence| matches!(it.observation, Observation::Clash { .. });
    let years = found.evidence.iter().filter(is_clash).filter_map(|it| Some(it.when?.from().year()));
    years.collect()
}

#[test]
fn another_countrys_war_is_no_evidence_of_this_one() {
    let elsewhere = "On 3 May 1985 rebels attacked the garrison in Angola.";
    assert!(clashes(elsewhere).contains(&1985));
    let mut own = String::new();
    for year in 1996..2008 {
        own += &format!(
            "On 4 May {year} rebels attacked a police post in Nepal. The government of Nepal said that Nepal would answer. "
        );
    }
    let years = clashes(&format!("{own}{elsewhere}"));
    assert!(years.contains(&1996) && !years.contains(&1985), "{years:?}");
}

/// The stages of a text, in order.
fn stages(text: &str) -> Vec<String> {
    let dossier = Dossier::of_documents("test", vec![document_of_text("note", None, text)]);
    let found = dossier.reconstruct(Options::default(), &());
    found.life_cycle().map(|interval| interval.stage.clone()).collect()
}

#[test]
fn an_accord_of_others_does_not_end_the_war() {
    let told = |makers: &str, after: &str| {
        stages(&format!(
            "On 3 May 2014 the Hillmen attacked the army at Dorn. On 4 March 2015 the Hillmen attacked the garrison of Alba. \
             On 6 May 2016 the Hillmen attacked the port of Corva. The government and {makers} signed a peace agreement on \
             5 November 2019. {after}"
        ))
    };
    let on = "On 20 January 2020 the Hillmen attacked the garrison of Berna. On 9 May 2020 the army shelled the Hillmen at Corva.";
    let ends = |stages: &[String]| stages.iter().any(|stage| stage == "agreement");
    assert!(!ends(&told("the Coast Council", on)), "they fight on without it");
    assert!(ends(&told("the Hillmen", "")));
    assert!(ends(&told("the Coast Council", "The parliament met on 20 January 2020.")), "nobody fights on");
}
