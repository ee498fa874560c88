//! The examples and counter-examples of the cues.

use irenic_model::StageCue;

use super::{lexicon::Lexicon, number, stage_cues};
use crate::reading::Reading;

fn cues(text: &str) -> Vec<StageCue> {
    stage_cues(&Reading::of(text).with_times().input())
}

fn rules(text: &str) -> Vec<String> {
    cues(text).into_iter().map(|cue| cue.rule).collect()
}

#[test]
fn the_cues_do_what_their_examples_say() {
    let mut wrong = Vec::new();
    for cue in &Lexicon::english().cues {
        for example in &cue.examples.0 {
            if !rules(example).contains(&cue.rule) {
                wrong.push(format!("{} misses {example:?}: {:?}", cue.rule, rules(example)));
            }
        }
        for counter in &cue.examples.1 {
            if rules(counter).contains(&cue.rule) {
                wrong.push(format!("{} takes {counter:?}", cue.rule));
            }
        }
    }
    let deaths = &Lexicon::english().death_examples;
    wrong.extend(deaths.0.iter().filter(|it| !rules(it).iter().any(|rule| rule == "deaths")).cloned());
    wrong.extend(deaths.1.iter().filter(|it| rules(it).iter().any(|rule| rule == "deaths")).cloned());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn numbers_are_read() {
    for (word, value) in [("1,000", Some(1000)), ("Nine", Some(9)), ("thirty", Some(30)), ("many", None)] {
        assert_eq!(number(word), value, "{word}");
    }
}

#[test]
fn wars_are_named_with_their_place_in_a_series() {
    let found = rules(
        "After the First Examplian War came the Second Examplian War. The First World War was long ago.",
    );
    assert_eq!(found.iter().filter(|rule| *rule == "named-war").count(), 2);
}

#[test]
fn no_text_makes_it_panic() {
    for text in ["", ";;; ; ;", "# ^ # war", "«War»–War", "two wars two truces \u{ad}kill # #"] {
        let _ = cues(text);
    }
}

#[test]
fn fighting_that_goes_on_until_a_day_ends_on_it() {
    let ends = |text: &str| {
        let found = cues(text).into_iter().filter(|cue| cue.rule == "went-on-until");
        found.filter_map(|cue| cue.when).map(|when| when.from().to_string()).collect::<Vec<_>>()
    };
    let told = ends("Heavy fighting raged around Dorn until 5 August 1981.");
    assert!(!told.is_empty() && told.iter().all(|day| day == "1981-08-05"), "{told:?}");
    assert!(ends("Heavy fighting raged around Dorn on 5 August 1981.").is_empty());
}

#[test]
fn what_a_when_tells_is_of_the_day_before_it() {
    let day = |text: &str| {
        let found = cues(text).into_iter().filter(|cue| cue.rule == "ceasefire");
        found.filter_map(|cue| cue.when).map(|when| when.from().to_string()).next()
    };
    let told =
        day("Brandt won in May 1995. Fighting went on until 7 May 1996, when the two sides signed a truce.");
    assert_eq!(told.as_deref(), Some("1996-05-07"));
    let own = day("Fighting went on until May 1996, when on 9 May the two sides signed a truce.");
    assert_ne!(own.as_deref(), Some("1996-05-01"));
}

#[test]
fn a_truce_with_a_length_ends() {
    let ends = |text: &str| {
        let found = cues(text).into_iter().filter(|cue| cue.rule == "truce-term");
        found.filter_map(|cue| cue.when).map(|when| when.from().to_string()).next()
    };
    let told = ends("The army and the Front signed a seven-day ceasefire agreement on 20 May 1996.");
    assert_eq!(told.as_deref(), Some("1996-05-27"));
    let told = ends("On 3 May 1996 the army and the Front agreed on a truce of thirty days.");
    assert_eq!(told.as_deref(), Some("1996-06-02"));
    assert_eq!(ends("On 3 May 1996 they signed a ceasefire that ended three weeks of fighting."), None);
}
