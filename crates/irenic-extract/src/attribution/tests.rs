//! What holds for any text.

use irenic_language::{Pipeline, segments_of};

use super::attributions;

fn found(text: &str) -> Vec<irenic_model::Attribution> {
    let analysis = Pipeline::new().analyse(text, &segments_of(text));
    attributions(text, &analysis, &[])
}

#[test]
fn any_text_is_read_without_a_fault() {
    let texts = [
        "",
        ":",
        "“",
        "\"\"\"\"",
        "according to",
        "said",
        "He said: \n\n",
        "( ( ( said ) ) )",
        "\u{ad}\u{feff}“”’’",
    ];
    for text in texts {
        for said in found(text) {
            assert!(said.content.iter().all(|span| span.get(text).is_some()), "{text}");
        }
    }
}

#[test]
fn a_semicolon_ends_indirect_speech() {
    let text =
        "The northern ministry said that 12 soldiers had died; the southern ministry claimed that 90 had.";
    let rival = text.find("90").unwrap();
    for said in found(text) {
        let speaker = said.source.iter().any(|source| source.of(text).contains("northern"));
        assert!(!speaker || said.content.iter().all(|content| !content.holds(rival)), "{said:?}");
    }
}
