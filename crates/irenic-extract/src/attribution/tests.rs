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
