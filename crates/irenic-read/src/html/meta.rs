//! What a page says of itself: title, author, publisher, date, address.

use irenic_model::Source;
use scraper::{Html, Node};
use serde_json::Value;

use crate::dates;

/// Names of the `meta` elements that state each thing, best first.
const TITLES: &[&str] = &["og:title", "dc.title", "citation_title", "twitter:title"];
const AUTHORS: &[&str] =
    &["author", "dc.creator", "citation_author", "article:author", "byl", "parsely-author"];
const PUBLISHERS: &[&str] =
    &["og:site_name", "dc.publisher", "citation_publisher", "publisher", "application-name"];
const DATES: &[&str] = &[
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "citation_publication_date",
    "citation_date",
    "pubdate",
    "publish-date",
    "parsely-pub-date",
    "og:published_time",
];
const ADDRESSES: &[&str] = &["og:url", "twitter:url"];

/// Fills what the source does not know yet.
pub(super) fn describe(source: &mut Source, page: &Html) {
    let mut found = Found::default();
    for node in page.tree.root().descendants() {
        let Node::Element(element) = node.value() else { continue };
        match element.name() {
            "meta" => found.meta(element),
            "title" if found.page_title.is_none() => found.page_title = Some(text_of(node)),
            "link" if element.attr("rel") == Some("canonical") => {
                found.canonical = element.attr("href").map(str::to_owned);
            }
            "script" if element.attr("type") == Some("application/ld+json") => {
                found.linked_data(&text_of(node))
            }
            "time" if found.time.is_none() => found.time = element.attr("datetime").map(str::to_owned),
            _ => {}
        }
    }
    found.describe(source);
}

fn text_of(node: ego_tree::NodeRef<'_, Node>) -> String {
    node.descendants().filter_map(|node| node.value().as_text().map(|text| &**text)).collect()
}

#[derive(Default)]
struct Found {
    metas: Vec<(String, String)>,
    page_title: Option<String>,
    canonical: Option<String>,
    time: Option<String>,
    data: Vec<Value>,
}

impl Found {
    fn meta(&mut self, element: &scraper::node::Element) {
        let name = ["name", "property", "itemprop"].iter().find_map(|key| element.attr(key));
        if let (Some(name), Some(content)) = (name, element.attr("content"))
            && !content.trim().is_empty()
        {
            self.metas.push((name.to_ascii_lowercase(), content.trim().to_owned()));
        }
    }

    fn linked_data(&mut self, json: &str) {
        match serde_json::from_str(json) {
            Ok(Value::Array(values)) => self.data.extend(values),
            Ok(value) => {
                self.data
                    .extend(value.get("@graph").and_then(Value::as_array).into_iter().flatten().cloned());
                self.data.push(value);
            }
            // Data that the page's own scripts would refuse says nothing.
            Err(_) => {}
        }
    }

    fn describe(self, source: &mut Source) {
        let meta = |names: &[&str]| {
            names
                .iter()
                .find_map(|name| self.metas.iter().find(|(known, _)| known == name))
                .map(|(_, value)| value.clone())
        };
        let data = |key: &str| {
            let values = self.data.iter().filter_map(|one| one.get(key));
            values.filter_map(first_text).next()
        };
        let folded = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let some = |text: Option<String>| text.map(folded).filter(|text| !text.is_empty());
        source.title = source
            .title
            .take()
            .or_else(|| some(meta(TITLES).or_else(|| data("headline")).or(self.page_title.clone())));
        source.author = source.author.take().or_else(|| {
            some(meta(AUTHORS).or_else(|| data("author"))).filter(|author| !author.contains("://"))
        });
        source.publisher =
            source.publisher.take().or_else(|| some(meta(PUBLISHERS).or_else(|| data("publisher"))));
        source.address =
            source.address.take().or_else(|| some(self.canonical.clone().or_else(|| meta(ADDRESSES))));
        let dates = [meta(DATES), data("datePublished"), self.time.clone()];
        source.published = source
            .published
            .or_else(|| dates.iter().flatten().find_map(|date| dates::parse(&date.replace('/', "-"))));
    }
}

/// A text, or the name of a thing, or the first of a list of either.
fn first_text(value: &Value) -> Option<String> {
    let value = value.as_array().and_then(|list| list.first()).unwrap_or(value);
    value.as_str().or_else(|| value.get("name")?.as_str()).map(str::to_owned)
}
