//! The examples and counter-examples of `models/gazetteer/heads-examples.tsv`.

use irenic_model::Span;

use super::*;
use crate::mentions::{MentionContext, MentionFinder};
use crate::times::{TimeContext, times};
use crate::{Pipeline, segments_of};

static EXAMPLES: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/gazetteer/heads-examples.tsv"));

fn read(text: &str, published: &str) -> Vec<Mention> {
    let analysis = Pipeline::new().analyse(text, &segments_of(text));
    let mut mentions = MentionFinder::new().mentions(text, &analysis, &MentionContext::default());
    let published = published.parse().ok();
    let context =
        TimeContext { document_date: published, analysis: Some(&analysis), ..TimeContext::default() };
    let times = times(text, &[Span::new(0, text.len())], &context);
    name_heads(text, &analysis, &mut mentions, published, &times);
    mentions
}

/// A line: the text, the day of publication or nothing, words at their last place, the name and the country that their
/// mention must have; "-" where it must have no country.
#[test]
fn the_examples_of_the_table() {
    let mut wrong = Vec::new();
    for line in EXAMPLES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let [text, published, words, name, country] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("five columns: {line:?}")
        };
        let mentions = read(text, published);
        let at = text.rfind(words).unwrap_or_else(|| panic!("{words:?} stands in {text:?}"));
        let found = mentions.iter().find(|it| it.span.start <= at && at + words.len() <= it.span.end);
        let found = found.map(|it| (it.name.as_str(), it.country.as_deref().unwrap_or("-")));
        if found != Some((name, country)) {
            wrong.push(format!("{text}\n  {published} {words}: wants {name} {country}, finds {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
