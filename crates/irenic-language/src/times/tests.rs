//! The examples and counter-examples of the rules, and what the engine promises of any text.

use irenic_model::{Grain, Span};

use super::rules::{written_modifiers, written_rules};
use super::*;

fn derive(text: &str, published: &str) -> Vec<Derivation> {
    let context = TimeContext { document_date: published.parse().ok(), ..TimeContext::default() };
    explain(text, &[Span::new(0, text.len())], &context)
}

fn shown(text: &str, found: &Derivation) -> String {
    let time = &found.time;
    let words = time.span.of(text);
    let modifier = time.modifier.map_or(String::new(), |modifier| format!(" {}", modifier.name()));
    format!("{words} {} {}{modifier}", time.kind.name(), time.value)
}

/// What is wrong with the examples and counter-examples of a rule.
///
/// An example must be read as written, and by this rule; a counter-example is a text without a time.
fn faults(name: &str, examples: &[Vec<String>], counter: &[String]) -> Vec<String> {
    let mut wrong = Vec::new();
    for example in examples {
        let derived = derive(&example[0], &example[1]);
        let found: Vec<_> = derived.iter().map(|it| shown(&example[0], it)).collect();
        if found != example[2..] {
            wrong.push(format!("{name}: {:?}\n  wants {:?}\n  finds {found:?}", example[0], &example[2..]));
        }
        let used = |it: &Derivation| [Some(it.rule), it.joined_rule, it.modifier_rule].contains(&Some(name));
        if !derived.iter().any(used) {
            let rules: Vec<_> = derived.iter().map(|it| it.rule).collect();
            wrong.push(format!("{name}: {:?} is read by {rules:?}", example[0]));
        }
    }
    for text in counter {
        let found: Vec<_> = derive(text, "2024-05-03").iter().map(|it| shown(text, it)).collect();
        if !found.is_empty() {
            wrong.push(format!("{name}: {text:?} is no time, finds {found:?}"));
        }
    }
    wrong
}

#[test]
fn rules_and_their_examples() {
    let mut wrong = Vec::new();
    for (layer, rule) in written_rules().unwrap() {
        wrong.extend(faults(&rule.name, &rule.examples, &rule.counter_examples));
        // A rule of exclusions has only texts in which nothing is found.
        if layer != "exclusions" && rule.denotes() && rule.examples.is_empty() {
            wrong.push(format!("{} has no example", rule.name));
        }
        if rule.counter_examples.is_empty() {
            wrong.push(format!("{} has no counter-example", rule.name));
        }
    }
    for modifier in written_modifiers().unwrap() {
        wrong.extend(faults(&modifier.name, &modifier.examples, &modifier.counter_examples));
        if modifier.examples.is_empty() || modifier.counter_examples.is_empty() {
            wrong.push(format!("{} lacks an example or a counter-example", modifier.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_narrative_leans_on_what_it_told_last() {
    for (text, last) in [
        // The year that was told holds the day, however late in the year its end lies.
        (
            "By its resolution 12 of 2002 the council called on them to leave. They left on 2 April.",
            "2002-04-02",
        ),
        (
            "They left on 17 March 2015. They had held it since 1 September 2014. The town fell on 3 May.",
            "2015-05-03",
        ),
        ("Since 1994 they have talked. They met on 3 May.", "1994-05-03"),
    ] {
        let found = explain(text, &[Span::new(0, text.len())], &TimeContext::default());
        let found = found.last().map(|it| it.time.value.as_str());
        assert_eq!(found, Some(last), "{text}");
    }
}

#[test]
fn named_events_and_their_examples() {
    let mut wrong = Vec::new();
    let examples = super::named::written_examples();
    assert!(!examples.is_empty());
    for example in examples {
        let text = example.text.as_str();
        let segments = [Span::new(0, text.len())];
        let mut events = NamedEvents::default();
        events.learn(text, &segments, &times(text, &segments, &TimeContext::default()));
        events.settle();
        let context = TimeContext { events: Some(&events), ..TimeContext::default() };
        let derived = explain(text, &segments, &context);
        let leaning = derived.iter().filter(|it| matches!(it.reference, Some(Reference::Event(_))));
        let found: Vec<_> = leaning.map(|it| shown(text, it)).collect();
        if found != example.finds {
            wrong.push(format!("{text:?}\n  wants {:?}\n  finds {found:?}", example.finds));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_text_speaks_of_an_event_to_come_or_of_a_stale_description() {
    let told = "The ceasefire took effect on 10 November 2020.";
    let segments = [Span::new(0, told.len())];
    let mut events = NamedEvents::default();
    events.learn(told, &segments, &times(told, &segments, &TimeContext::default()));
    events.settle();
    let text = "Nobody has come since the ceasefire.";
    for (published, found) in [("2021-03-01", 1), ("2020-06-01", 0), ("2031-01-01", 0)] {
        let date = published.parse().ok();
        let context = TimeContext { document_date: date, events: Some(&events), ..TimeContext::default() };
        assert_eq!(times(text, &[Span::new(0, text.len())], &context).len(), found, "{published}");
    }
}

#[test]
fn intervals_keep_their_thirds() {
    let cases = [
        ("in the early 1990s", "1990-01-01", "1993-12-31", Grain::PartOfDecade),
        ("in early November 2022", "2022-11-01", "2022-11-10", Grain::PartOfMonth),
        ("in late 1990", "1990-09-01", "1990-12-31", Grain::PartOfYear),
        ("in the summer of 1992", "1992-06-01", "1992-08-31", Grain::Season),
        ("in the 19th century", "1801-01-01", "1900-12-31", Grain::Century),
        ("before January 1, 2024", "2024-01-01", "2024-01-01", Grain::Day),
    ];
    for (text, from, until, grain) in cases {
        let days = derive(text, "")[0].time.interval.unwrap();
        assert_eq!(
            (days.from().to_string(), days.until().to_string()),
            (from.into(), until.into()),
            "{text}"
        );
        assert_eq!(days.grain(), grain, "{text}");
    }
}

#[test]
fn decades_ago_are_not_precise() {
    let days = derive("It was built two decades ago.", "1999-05-03")[0].time.interval.unwrap();
    assert_eq!((days.from().year(), days.until().year()), (1977, 1981));
}

#[test]
fn any_text_is_read() {
    let texts = [
        "",
        "1990",
        "May",
        "31 February 2020",
        "99999999999999999999",
        "early",
        "in the",
        "12-",
        "٣ مايو",
        "½ ½ year",
    ];
    for text in texts {
        for date in ["", "0001-01-01", "9999-12-31", "-009999-01-01"] {
            let _ = derive(text, date);
            let _ = derive(&format!("999999999 centuries ago and {text} last year, next century"), date);
        }
    }
}

/// What a weekday means hangs on the verbs around it, which a tree tells.
#[test]
fn weekdays_follow_their_clause() {
    let cases = [
        ("He predicted Wednesday that it would end.", "2000-01-07", "2000-01-05"),
        ("Until Thursday, they had not called him a suspect.", "1999-05-07", "1999-05-06"),
        ("The ban holds until Thursday.", "1999-05-07", "1999-05-13"),
        ("The government announced a decision to leave on Friday.", "2000-01-05", "2000-01-07"),
        ("On Tuesday, the council will hold a meeting.", "1998-10-26", "1998-10-27"),
        ("On Tuesday, the council held a meeting.", "1998-10-26", "1998-10-20"),
        ("The service planned for Saturday was canceled.", "1999-10-24", "1999-10-23"),
        ("The service planned for Saturday was canceled.", "1999-10-21", "1999-10-23"),
        ("The service planned for Saturday will be held.", "1999-10-24", "1999-10-30"),
    ];
    for (text, published, value) in cases {
        let segments = [Span::new(0, text.len())];
        let analysis = crate::Pipeline::new().analyse(text, &segments);
        let document_date = published.parse().ok();
        let context = TimeContext { document_date, analysis: Some(&analysis), ..TimeContext::default() };
        let found: Vec<_> = times(text, &segments, &context).into_iter().map(|time| time.value).collect();
        assert_eq!(found, [value], "{text}");
    }
}

/// What others are measured from is not where the narrative stands.
#[test]
fn a_thing_measured_from_does_not_move_the_narrative() {
    let text = "Clashes began on 27 September 2020. They were the worst since the 1994 ceasefire. They ended on 10 November.";
    let found: Vec<String> = explain(text, &[Span::new(0, text.len())], &TimeContext::default())
        .iter()
        .map(|it| it.time.value.clone())
        .collect();
    assert_eq!(found, ["2020-09-27", "1994", "2020-11-10"]);
}

/// A dated account of the past speaks of the year it has got to; news of its own.
#[test]
fn the_year_is_the_one_that_is_spoken_of() {
    let text = "Riots broke out in March 1989. By the end of the year the army and the rebels were at war.";
    let segments = [Span::new(0, text.len())];
    let analysis = crate::Pipeline::new().analyse(text, &segments);
    for (kind, value) in [(DocumentKind::Report, "1989"), (DocumentKind::News, "2020")] {
        let document_date = "2020-03-12".parse().ok();
        let context =
            TimeContext { document_date, kind, analysis: Some(&analysis), ..TimeContext::default() };
        let found = times(text, &segments, &context);
        assert_eq!(found.last().map(|time| time.value.as_str()), Some(value), "{kind:?}");
    }
}
