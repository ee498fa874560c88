//! Names, countries and titles of mentions, as a table.

use std::time::Instant;

use irenic_language::mentions::{Alias, MentionContext, MentionFinder};
use irenic_language::{Pipeline, segments_of};
use irenic_model::{Mention, MentionKind};

fn find(text: &str, context: &MentionContext) -> Vec<Mention> {
    let analysis = Pipeline::new().analyse(text, &segments_of(text));
    MentionFinder::new().mentions(text, &analysis, context)
}

/// The mention of the last place where `words` stand.
fn last<'m>(text: &str, mentions: &'m [Mention], words: &str) -> &'m Mention {
    let at = text.rfind(words).unwrap_or_else(|| panic!("{words:?} stands in {text:?}"));
    mentions
        .iter()
        .find(|mention| mention.span.start == at && mention.span.of(text) == words)
        .unwrap_or_else(|| panic!("{words:?} is found in {text:?}: {mentions:#?}"))
}

#[test]
fn names() {
    for (text, words, name) in [
        ("Philip Marsh met farmers. Marsh said the road was open.", "Marsh", "Philip Marsh"),
        ("President Ruben Vasquez spoke. R. Vasquez left.", "R. Vasquez", "Ruben Vasquez"),
        ("Foreign Secretary Philip Marsh spoke in London.", "Foreign Secretary Philip Marsh", "Philip Marsh"),
        (
            "The National Council of Farmers (NCF) met in Lima. Police blamed the NCF for the fire.",
            "the NCF",
            "National Council of Farmers",
        ),
        ("He flew to Rangoon. Officials in Yangon said nothing.", "Yangon", "Rangoon"),
        ("The UN sent observers to Nepal.", "UN", "United Nations"),
        ("Soldiers of the Soviet Union left Hungary.", "the Soviet Union", "Soviet Union"),
        ("Ana Marsh spoke in Oslo. Later she flew home.", "she", "Ana Marsh"),
        ("Shelling hit the city of Goma on Monday.", "the city of Goma", "Goma"),
    ] {
        let mentions = find(text, &MentionContext::default());
        assert_eq!(last(text, &mentions, words).name, name, "{words:?} in {text:?}");
    }
}

#[test]
fn countries() {
    for (text, words, country) in [
        ("Turkish authorities closed the border.", "Turkish authorities", "TUR"),
        ("Moscow rejected the proposal.", "Moscow", "RUS"),
        ("The Sudanese government denied it.", "The Sudanese government", "SDN"),
        ("Talks in the US failed.", "US", "USA"),
        ("The army of Zaire withdrew from Goma.", "Zaire", "COD"),
        ("Ana Marsh, the Bolivian interior minister, resigned.", "Ana Marsh", "BOL"),
    ] {
        let mentions = find(text, &MentionContext::default());
        assert_eq!(last(text, &mentions, words).country.as_deref(), Some(country), "{words:?} in {text:?}");
    }
}

#[test]
fn titles_are_kept() {
    for (text, words, note) in [
        ("Ana Marsh, assistant to the president, spoke in Oslo.", "Ana Marsh", "assistant to the president"),
        ("Foreign Minister Philip Marsh spoke in Oslo. Marsh left.", "Marsh", "Foreign Minister"),
    ] {
        let mentions = find(text, &MentionContext::default());
        assert_eq!(last(text, &mentions, words).note.as_deref(), Some(note), "{words:?} in {text:?}");
    }
}

#[test]
fn the_caller_knows_better() {
    let context = MentionContext {
        aliases: vec![Alias {
            alias: "the Blue Shirts".to_owned(),
            name: "Popular League".to_owned(),
            kind: MentionKind::Organisation,
            country: Some("NPL".to_owned()),
        }],
    };
    let text = "Witnesses saw the Blue Shirts near the bridge.";
    let mentions = find(text, &context);
    let found = last(text, &mentions, "the Blue Shirts");
    assert_eq!((found.name.as_str(), found.country.as_deref()), ("Popular League", Some("NPL")));
}

#[test]
fn a_folder_teaches_names() {
    let first = "The National Council of Farmers (NCF) met in Lima.";
    let mut context = MentionContext::default();
    context.learn(first, &find(first, &context));
    let second = "Police blamed the NCF for the fire.";
    let mentions = find(second, &context);
    assert_eq!(last(second, &mentions, "NCF").name, "National Council of Farmers");
}

#[test]
fn a_name_changes_nothing_but_names() {
    let pattern = "Foreign Minister PERSON said on Monday that troops from COUNTRY had left TOWN. PERSON spoke in TOWN.";
    let kinds = |person: &str, country: &str, town: &str| {
        let text = pattern.replace("PERSON", person).replace("COUNTRY", country).replace("TOWN", town);
        let mentions = find(&text, &MentionContext::default());
        mentions.iter().map(|mention| mention.kind.name()).collect::<Vec<_>>()
    };
    let first = kinds("Anders Brekke", "Norway", "Goma");
    for (person, country, town) in [
        ("Tomas Ribeiro", "Ethiopia", "Kandy"),
        ("Farid Zoubek", "Honduras", "Gulu"),
        ("Yusra Haddad", "Bolivia", "Bouake"),
    ] {
        assert_eq!(kinds(person, country, town), first, "{person}");
    }
}

#[test]
fn time_grows_with_the_text_only() {
    for unit in ["(", "\"", "Marsh ", "Ana Marsh, ", "the city of ", "(AB) ", "[", "-"] {
        let seconds = |copies: usize| {
            let text = unit.repeat(copies);
            let analysis = Pipeline::new().analyse(&text, &segments_of(&text));
            let start = Instant::now();
            let mentions = MentionFinder::new().mentions(&text, &analysis, &MentionContext::default());
            assert!(mentions.iter().all(|mention| mention.span.get(&text).is_some()));
            start.elapsed().as_secs_f64()
        };
        let (one, eight) = (seconds(400), seconds(3_200));
        assert!(eight < 40.0 * one + 0.5, "{unit:?}: {one} s, then {eight} s for eight times the text");
    }
}
