//! The examples of the rule files, and what frames alone do not show.

use irenic_model::jiff::civil::{Date, date};
use irenic_model::{
    Content, DateInterval, Event, EventClass, Span, Stance, Statement, TimeExpression, TimeType,
};
use serde::Deserialize;

use super::events;
use super::lexicon::FRAME_FILES;
use crate::reading::Reading;

fn statements(text: &str) -> Vec<Statement> {
    with_times(text, &[])
}

fn with_times(text: &str, times: &[TimeExpression]) -> Vec<Statement> {
    let reading = Reading { times: times.to_vec(), ..Reading::of(text).with_mentions() };
    events(&reading.input())
}

fn found(text: &str) -> Vec<(Event, Stance)> {
    statements(text).into_iter().filter_map(event_of).collect()
}

fn event_of(statement: Statement) -> Option<(Event, Stance)> {
    match statement.content {
        Content::Event(event) => Some((event, statement.stance)),
        _ => None,
    }
}

#[derive(Deserialize)]
struct FrameFile {
    frame: Vec<Frame>,
}

#[derive(Deserialize)]
struct Frame {
    class: String,
    mode: Option<String>,
    #[serde(default)]
    examples: Vec<String>,
    #[serde(default)]
    counter_examples: Vec<String>,
}

fn raw_frames() -> Vec<(&'static str, Frame)> {
    let read = |&(name, file): &(&'static str, &str)| {
        let file: FrameFile = toml::from_str(file).expect("a file of frames");
        file.frame.into_iter().map(move |frame| (name, frame))
    };
    FRAME_FILES.iter().flat_map(read).collect()
}

#[test]
fn the_examples_of_the_rules() {
    let mut wrong = Vec::new();
    for (file, frame) in raw_frames() {
        for example in &frame.examples {
            let trigger = example.find('[').expect("an example marks its trigger");
            let text = example.replace(['[', ']'], "");
            let events = found(&text);
            let hit = events.iter().any(|(event, _)| {
                event.class.name() == frame.class && event.mode == frame.mode && event.trigger.holds(trigger)
            });
            if !hit {
                let got: Vec<_> =
                    events.iter().map(|(e, _)| (e.class, e.mode.clone(), e.trigger.of(&text))).collect();
                wrong
                    .push(format!("{file}: {example}: want {} {:?}, found {got:?}", frame.class, frame.mode));
            }
        }
        for counter in &frame.counter_examples {
            let events = found(counter);
            if events.iter().any(|(event, _)| event.class.name() == frame.class && event.mode == frame.mode) {
                wrong.push(format!(
                    "{file}: counter-example: {counter}: found {} {:?}",
                    frame.class, frame.mode
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} wrong", wrong.join("\n"), wrong.len());
}

/// An event with the days of the times given, each a piece of the text and a date.
fn dated(text: &str, times: &[(&str, Date)]) -> Vec<(Event, Stance)> {
    let times: Vec<TimeExpression> = times
        .iter()
        .map(|(words, day)| {
            let start = text.find(words).expect("the time stands in the text");
            TimeExpression {
                span: Span::new(start, start + words.len()),
                kind: TimeType::Date,
                value: day.to_string(),
                modifier: None,
                interval: Some(DateInterval::day(*day)),
            }
        })
        .collect();
    with_times(text, &times).into_iter().filter_map(event_of).collect()
}

#[test]
fn meetings_on_two_days_are_two_events() {
    let days = [("June 25", date(2011, 6, 25)), ("29, 2011", date(2011, 6, 29))];
    let events =
        dated("Further two meetings on June 25 and 29, 2011 have been held in Riga and Tartu.", &days);
    let found: Vec<_> = events.iter().map(|(event, _)| event.when.map(|when| when.from())).collect();
    assert_eq!(found, [Some(date(2011, 6, 25)), Some(date(2011, 6, 29))]);
    let ids: Vec<_> = with_times("Two meetings were held.", &[]).iter().map(|s| s.id).collect();
    assert_eq!(ids.len(), 1);
}

#[test]
fn a_range_is_one_stretch() {
    let days = [("3", date(2011, 6, 3)), ("9 June 2011", date(2011, 6, 9))];
    let events = dated("The rebels shelled the port between 3 and 9 June 2011.", &days);
    let when = events[0].0.when.expect("a date");
    assert_eq!((when.from(), when.until()), (date(2011, 6, 3), date(2011, 6, 9)));
    assert_eq!(events.len(), 1);
}

#[test]
fn what_came_after_the_day_of_a_sentence_is_of_no_day_told_before() {
    let text = "The mine opened on 4 May 1972. On 1 September 1975, two weeks before the army took the town, they met in Riga.";
    let days = [("4 May 1972", date(1972, 5, 4)), ("1 September 1975", date(1975, 9, 1))];
    let when = |class: EventClass| {
        let told = dated(text, &days).into_iter().find(|(event, _)| event.class == class);
        told.and_then(|(event, _)| event.when).map(|when| when.from())
    };
    assert_eq!(when(EventClass::Assault), None);
    assert_eq!(when(EventClass::Consult), Some(date(1975, 9, 1)));
}

#[test]
fn what_is_spoken_of_has_not_happened() {
    for (text, expected) in [
        (
            "The rebels demanded the withdrawal of the troops.",
            vec![
                (EventClass::Request, Stance::Asserted, false),
                (EventClass::Retreat, Stance::Demanded, false),
            ],
        ),
        (
            "If the rebels attack the port, the army will leave.",
            vec![
                (EventClass::Assault, Stance::Hypothetical, false),
                (EventClass::Agree, Stance::Planned, false),
            ],
        ),
        ("The army would have attacked the port.", vec![(EventClass::Assault, Stance::Hypothetical, false)]),
        ("The army is to attack the port.", vec![(EventClass::Assault, Stance::Planned, false)]),
        ("Will the rebels attack the port?", vec![(EventClass::Assault, Stance::Hypothetical, false)]),
        ("The army did not attack the port.", vec![(EventClass::Assault, Stance::Asserted, true)]),
        (
            "Norway has refused to recognise the new state.",
            vec![
                (EventClass::Reject, Stance::Asserted, false),
                (EventClass::Support, Stance::Hypothetical, false),
            ],
        ),
        ("The envoy said that both armies must stop.", vec![(EventClass::Request, Stance::Asserted, false)]),
        ("The road is long and the evening is warm.", vec![]),
        ("The envoy did not rule out a delay.", vec![]),
        (
            "The king was elected president of the council.",
            vec![(EventClass::Other, Stance::Asserted, false)],
        ),
    ] {
        let found: Vec<_> =
            found(text).iter().map(|(event, stance)| (event.class, *stance, event.negated)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn what_sets_the_scene_has_happened() {
    let happened = |text: &str, word: &str| {
        found(text)
            .iter()
            .any(|(event, stance)| event.trigger.of(text) == word && stance.is_factual() && !event.negated)
    };
    assert!(happened("The rebels did not want to leave despite the shelling of the port.", "shelling"));
    assert!(!happened("The rebels will leave after the shelling of the port.", "shelling"));
}

#[test]
fn a_meeting_that_was_planned_and_held_was_held() {
    let talks = |text: &str| -> Vec<Stance> {
        let all = found(text).into_iter().filter(|(event, _)| event.class == EventClass::Consult);
        all.map(|(_, stance)| stance).collect()
    };
    assert_eq!(talks("The talks planned for May were held in Riga."), [Stance::Asserted]);
    assert_eq!(talks("The talks, which had been scheduled for May, opened in Riga."), [Stance::Asserted]);
    assert!(!talks("The army opposed the talks scheduled for May in Riga.").contains(&Stance::Asserted));
}

#[test]
fn any_text_is_survived() {
    for text in
        ["", " ", "\"", "attack", "Attack attack attack.", "é", "met, met, met", "(((killed", "to to to to"]
    {
        for statement in statements(text) {
            assert!(statement.span.get(text).is_some(), "{text:?}");
        }
    }
}

#[derive(Deserialize)]
struct RoleFile {
    example: Vec<RoleExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleExample {
    text: String,
    trigger: String,
    #[serde(default)]
    actor: String,
    #[serde(default)]
    instruments: String,
    #[serde(default)]
    people: String,
    #[serde(default)]
    property: String,
    #[serde(default)]
    effects: String,
}

/// Every example names all that is told: what it leaves out must not be found.
#[test]
fn the_examples_of_roles_and_harm() {
    let file: RoleFile = toml::from_str(super::harm::RULES).expect("the file of roles");
    let mut wrong = Vec::new();
    for example in file.example {
        let text = &example.text;
        let events = found(text);
        let Some((event, _)) = events.iter().find(|(event, _)| event.trigger.of(text) == example.trigger)
        else {
            wrong.push(format!("{text}: no event at {}", example.trigger));
            continue;
        };
        let words = |list: &[irenic_model::Participant]| -> String {
            let heads: Vec<_> = list.iter().map(|one| one.text.rsplit(' ').next().unwrap_or("")).collect();
            heads.join(" ")
        };
        let role =
            event.actors.first().and_then(|actor| actor.role).map_or("", irenic_model::ActorRole::name);
        let effects: Vec<_> = event.harm.effects.iter().map(|effect| effect.name()).collect();
        let told = (words(&event.harm.instruments), words(&event.harm.people), words(&event.harm.property));
        let wanted = (example.instruments, example.people, example.property);
        if role != example.actor
            || effects.join(" ") != example.effects
            || (&told.0, &told.1) != (&wanted.0, &wanted.1)
            || told.2 != wanted.2
        {
            wrong.push(format!("{text}: {role:?} {told:?} {effects:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_body_beside_a_government_is_no_fellow_of_its_leader() {
    for text in [
        "The government of Otto Brandt and the Highland Union signed a peace agreement in Dorn.",
        "The government and the Highland Union signed a peace agreement in Dorn.",
    ] {
        let events = found(text);
        let (deal, _) =
            events.iter().find(|(event, _)| event.mode.as_deref() == Some("peace-agreement")).expect(text);
        let actors: Vec<&str> = deal.actors.iter().map(|actor| actor.text.as_str()).collect();
        assert!(actors.iter().any(|actor| actor.ends_with("Highland Union")), "{text} {actors:?}");
        assert!(actors.len() == 2, "{text} {actors:?}");
    }
}

#[test]
fn an_attempt_does_nothing_by_itself() {
    let events = found("Attempts to negotiate peace failed in 1993.");
    assert!(events.iter().all(|(event, _)| event.actors.is_empty()), "{events:?}");
}

#[test]
fn a_month_does_not_march() {
    let marched = |text: &str, month: &str| {
        let events = dated(text, &[(month, date(2001, 3, 1))]);
        events.iter().any(|(event, _)| event.mode.as_deref() == Some("demo"))
    };
    assert!(!marched("The war in Norland began in March 2001.", "March 2001"));
    assert!(!marched("The war in Norland began on Monday March 5.", "March 5"));
    assert!(marched("Thousands marched in the capital in March 2001.", "March 2001"));
    assert!(marched("Students joined the Salt March in 1930.", "1930"));
}

#[test]
fn an_event_whose_name_gives_its_date_is_told() {
    let text = "The army left the port after the Riga Massacre by its soldiers.";
    let events = dated(text, &[("the Riga Massacre", date(2001, 3, 4))]);
    let told =
        |(event, _): &(Event, Stance)| event.mode.as_deref() == Some("massacre") && event.when.is_some();
    assert!(events.iter().any(told), "{events:?}");
}

#[test]
fn the_absence_of_violence_is_no_clash() {
    for text in [
        "The mission noted the absence of violence in the valley.",
        "No clashes between the two armies were reported.",
        "Violence did not break out in the port.",
        "The march ended without violence.",
        "There were no reports of clashes between the two armies.",
        "The monitors saw no sign of fighting between the two armies.",
    ] {
        let clash = |(event, _): &(Event, Stance)| event.class == EventClass::Assault && !event.negated;
        assert!(!found(text).iter().any(clash), "{text}");
    }
    let told = found("There were reports of clashes between the two armies.");
    assert!(told.iter().any(|(event, _)| event.class == EventClass::Assault && !event.negated));
}

fn who(text: &str) -> Vec<String> {
    let all = found(text).into_iter().flat_map(|(event, _)| event.actors.into_iter().chain(event.recipients));
    all.map(|one| one.text).collect()
}

#[test]
fn the_place_that_a_deal_is_called_by_is_no_party_to_it() {
    for text in
        ["The government and the council signed the Riga agreement.", "The council signed the Riga Accords."]
    {
        let who = who(text);
        assert!(!who.is_empty() && !who.iter().any(|name| name.contains("Riga")), "{text}: {who:?}");
    }
    assert!(who("Norway signed an agreement with Latvia.").iter().any(|name| name == "Latvia"));
}

#[test]
fn officials_of_two_are_two() {
    let two = who("Swedish and Norwegian officials met in Riga on 3 May 2019.");
    assert!(
        two.iter().any(|name| name == "Swedish") && two.iter().any(|name| name == "Norwegian officials"),
        "{two:?}"
    );
    for text in ["Senior and Norwegian officials met the king.", "Old and young officers met the king."] {
        let who = who(text);
        assert!(who.iter().any(|name| name.contains(" and ")), "{text}: {who:?}");
    }
}

#[test]
fn a_truce_that_time_is_measured_from_is_none_of_that_day() {
    let told = |text: &str| found(text).iter().any(|(event, _)| event.mode.as_deref() == Some("ceasefire"));
    assert!(!told("No shots were heard in the valley following the latest ceasefire."));
    assert!(!told("The government declared martial law. The ceasefire had lasted five months."));
    assert!(told("The sides agreed on a ceasefire."));
}

#[test]
fn what_stands_between_dashes_parts_nothing() {
    let text = "The team did not come across any reports – neither from the villagers nor from the priests – of violence against civilians.";
    let told = found(text);
    assert!(
        told.iter().filter(|(event, _)| event.class == EventClass::Assault).all(|(event, _)| event.negated),
        "{told:?}"
    );
}
