//! What the language engine reads, one case for each kind of expression that it promises: times by the kind of text, names
//! and what they refer to, and who says what.

use irenic::{Engine, Knowledge, document_of_text};
use irenic_model::Extraction;

fn read(text: &str, published: &str) -> Extraction {
    let document = document_of_text("note", published.parse().ok(), text);
    Engine::new().extract(&document, &Knowledge::default())
}

/// Texts, the day that each was published on or nothing, and the values of its times with their modifiers.
const TIMES: &[(&str, &str, &[&str])] = &[
    // News leans on its day, a narrative on what it told last, a report on the past that it tells of.
    ("It fell in May.", "2020-03-02", &["2019-05"]),
    (
        "The war began in 1994. In May the army withdrew. Three years later it returned.",
        "",
        &["1994", "1994-05", "1997"],
    ),
    (
        "The front was founded in 1991. It took arms in 1993, signed a truce in 1995 and broke it in February 1996. In March the \
         talks failed. Talks go on today.",
        "2010-06-01",
        &["1991", "1993", "1995", "1996-02", "1996-03", "2010-06-01"],
    ),
    // Modifiers.
    (
        "It began in early 1993 and lasted until mid-March 1995 or late May 1996.",
        "",
        &["1993 START", "1995-03 MID", "1996-05 END"],
    ),
    (
        "It took more than two years, about a week, at least three days and less than an hour.",
        "",
        &["P2Y MORE_THAN", "P1W APPROX", "P3D EQUAL_OR_MORE", "PT1H LESS_THAN"],
    ),
    // Sets and fuzzy references.
    ("They meet every month, twice a week and each Monday.", "", &["P1M", "P1W", "XXXX-WXX-1"]),
    (
        "It grew recently. It will soon end. It is now open. In the coming weeks it closes.",
        "",
        &["PAST_REF", "FUTURE_REF", "PRESENT_REF", "PXW"],
    ),
    // Fiscal and school years, seasons, decades, centuries, halves.
    (
        "In fiscal 2019 it grew; in the 2018/19 school year it fell; it rose in the summer of 1992.",
        "",
        &["2019", "2018/2019", "1992-SU"],
    ),
    (
        "It slept in the 1990s and in the 19th century, and woke in the first half of 2021.",
        "",
        &["199", "18", "2021-H1"],
    ),
    // Ranges and lists: each date is a time of its own.
    (
        "They met between 2021 and 2023, on September 25 and 29, and from June 10 to August 30, 1976.",
        "2024-01-10",
        &["2021", "2023", "2023-09-25", "2023-09-29", "1976-06-10", "1976-08-30"],
    ),
    // Holidays that conflicts are dated by.
    (
        "It began at Easter 1998, at Christmas 1979, in Ramadan 2023 and on the Lunar New Year 1968.",
        "",
        &["1998-04-12", "1979-12-25", "2023-03-23/2023-04-21", "1968-01-29"],
    ),
    // Events that the text dates by name.
    (
        "The Second River War (27 September to 10 November 2020) was short. Nothing has moved since the Second River War.",
        "",
        &["2020-09-27", "2020-11-10", "2020-11-10"],
    ),
];

#[test]
fn times() {
    for (text, published, values) in TIMES {
        let found: Vec<String> = read(text, published)
            .times
            .iter()
            .map(|time| {
                let modifier =
                    time.modifier.map_or(String::new(), |modifier| format!(" {}", modifier.name()));
                format!("{}{modifier}", time.value)
            })
            .collect();
        assert_eq!(found, *values, "{text}");
    }
}

/// Texts, words of each, and what they name: kind, name, and where it is looked at the country.
const NAMES: &[(&str, &str, &str)] = &[
    ("The envoy came from Kyiv, or Kiev, on Monday.", "Kiev", "location Kyiv UKR"),
    ("Moscow said on Monday that the truce would hold.", "Moscow", "location Moscow RUS"),
    ("The French and the Germans agreed.", "French", "nationality French FRA"),
    ("U.S. President Anna Reyes came to the talks.", "Anna Reyes", "person Anna Reyes USA"),
    (
        "The Free River League (FRL) rejected it. The FRL said it would fight on.",
        "FRL",
        "organisation Free River League",
    ),
    ("Rebels attacked the camp on Monday. The rebels fled.", "The rebels", "organisation Rebels -"),
    ("We left the town on Monday.", "We", "organisation We -"),
];

#[test]
fn names() {
    for (text, words, expected) in NAMES {
        let found = read(text, "2020-03-02").mentions;
        let of = |mention: &&irenic_model::Mention| mention.span.of(text) == *words;
        let mention = found.iter().rfind(of).unwrap_or_else(|| panic!("{words:?} in {text:?}: {found:?}"));
        let country = mention.country.as_deref().unwrap_or("-");
        let read = format!("{} {} {country}", mention.kind.name(), mention.name);
        assert!(read.starts_with(expected), "{text}: {read}, not {expected}");
    }
}

/// A quotation goes on behind its sentence, and what is passed on twice has its chain.
#[test]
fn voices() {
    let text = "\"We will stay,\" the commander said. \"Nobody will drive us out. We have food for months.\"";
    let said = &read(text, "").attributions[0];
    let words: Vec<&str> = said.content.iter().map(|span| span.of(text)).collect();
    assert_eq!(words, ["We will stay", "Nobody will drive us out", "We have food for months"]);

    let text = "The minister said that the rebels had claimed that the bridge was gone.";
    let found = read(text, "").attributions;
    let chains: Vec<Vec<&str>> = found
        .iter()
        .filter_map(|said| said.holder.as_ref())
        .map(|holder| holder.chain().iter().map(|voice| voice.name.as_str()).collect())
        .collect();
    assert!(chains.iter().any(|chain| chain.len() == 2), "{chains:?}");
}
