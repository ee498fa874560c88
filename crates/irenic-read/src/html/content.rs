//! What of a page is its content: the element that holds the text, and the furniture around it.

use std::collections::HashMap;

use ego_tree::iter::Edge;
use ego_tree::{NodeId, NodeRef};
use scraper::Node;
use scraper::node::Element;

/// Elements that hold no text to read, wherever they stand.
const FURNITURE: &[&str] = &[
    "script", "style", "noscript", "template", "nav", "footer", "form", "button", "select", "option",
    "input", "textarea", "svg", "math", "iframe", "object", "canvas", "audio", "video", "dialog", "head",
    "title", "menu",
];

/// Roles of furniture.
const ROLES: &[&str] =
    &["navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog", "menu"];

/// Words in the class or identifier of furniture.
const NAMES: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "editsection",
    "footer",
    "gdpr",
    "masthead",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navbox",
    "navigation",
    "newsletter",
    "noprint",
    "pagination",
    "popup",
    "promo",
    "recommended",
    "related",
    "share",
    "sharing",
    "sidebar",
    "skip",
    "social",
    "sponsored",
    "subscribe",
    "toc",
    "toolbar",
    "widget",
];

/// Furniture by its name alone holds less than this share of the page's text: a page may call its body anything.
const NAMED_SHARE_MAX: f64 = 0.3;

/// The content holds at least this share of the page's text outside links.
const CONTENT_SHARE_MIN: f64 = 0.5;

/// A child that holds this share of the page's text is the content rather than its parent.
const CHILD_SHARE_MIN: f64 = 0.9;

/// How much text each element holds, furniture and links left out.
pub(super) struct Weights {
    by_node: HashMap<NodeId, usize>,
    total: usize,
}

impl Weights {
    /// Weighs `root` and what is below it, in one walk.
    pub(super) fn of(root: NodeRef<'_, Node>) -> Self {
        let mut by_node = HashMap::new();
        let mut open = vec![0usize];
        let mut hidden = 0usize;
        let mut links = 0usize;
        for edge in root.traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Element(element) => {
                        hidden += usize::from(is_furniture(element));
                        links += usize::from(element.name() == "a");
                        open.push(0);
                    }
                    Node::Text(text) if hidden == 0 && links == 0 => {
                        let words = text.chars().filter(|c| !c.is_whitespace()).count();
                        if let Some(last) = open.last_mut() {
                            *last += words;
                        }
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    let Node::Element(element) = node.value() else { continue };
                    hidden -= usize::from(is_furniture(element));
                    links -= usize::from(element.name() == "a");
                    let weight = open.pop().unwrap_or(0);
                    by_node.insert(node.id(), weight);
                    if let Some(last) = open.last_mut() {
                        *last += weight;
                    }
                }
            }
        }
        let total = open.first().copied().unwrap_or(0).max(by_node.get(&root.id()).copied().unwrap_or(0));
        Self { by_node, total }
    }

    /// The share of the page's text that lies in a node.
    fn share(&self, node: NodeId) -> f64 {
        let weight = self.by_node.get(&node).copied().unwrap_or(0);
        weight as f64 / self.total.max(1) as f64
    }

    /// Whether an element is furniture: by what it is, by its name if it holds little, or
    /// because it lists nothing but links.
    pub(super) fn is_dropped(&self, node: NodeRef<'_, Node>, element: &Element) -> bool {
        let share = || self.share(node.id());
        is_furniture(element)
            || (is_named_furniture(element) && share() < NAMED_SHARE_MAX)
            || (matches!(element.name(), "header" | "ul" | "ol") && share() == 0.0 && !has_heading(node))
    }
}

/// The element that holds the content of the page.
pub(super) fn find<'t>(root: NodeRef<'t, Node>, weights: &Weights) -> NodeRef<'t, Node> {
    let named = root.descendants().filter(|node| node.value().as_element().is_some_and(is_named_content));
    let heaviest = named.fold(None, |best: Option<(f64, NodeRef<'t, Node>)>, node| {
        let share = weights.share(node.id());
        best.filter(|(most, _)| *most >= share).or(Some((share, node)))
    });
    if let Some((share, node)) = heaviest
        && share >= CONTENT_SHARE_MIN
    {
        return node;
    }
    let mut node = root;
    while let Some(child) = node.children().find(|child| weights.share(child.id()) >= CHILD_SHARE_MIN) {
        let is_whole = child.value().as_element().is_some_and(|element| {
            !matches!(
                element.name(),
                "html" | "body" | "div" | "section" | "center" | "td" | "tr" | "tbody" | "table"
            )
        });
        if is_whole {
            break;
        }
        node = child;
    }
    // A cell is no place to start from: rows need their table.
    node.ancestors()
        .find(|one| one.value().as_element().is_some_and(|e| e.name() == "table"))
        .filter(|_| in_row(node))
        .unwrap_or(node)
}

fn in_row(node: NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_some_and(|element| matches!(element.name(), "tr" | "tbody"))
}

fn is_named_content(element: &Element) -> bool {
    matches!(element.name(), "article" | "main")
        || element.attr("role") == Some("main")
        || element.attr("itemprop") == Some("articleBody")
}

fn has_heading(node: NodeRef<'_, Node>) -> bool {
    let is_heading = |element: &Element| matches!(element.name(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    node.descendants().any(|below| below.value().as_element().is_some_and(is_heading))
}

/// Furniture by what the element is. An infobox in an `aside` is content.
fn is_furniture(element: &Element) -> bool {
    FURNITURE.contains(&element.name())
        || (element.name() == "aside" && !names(element).any(|name| name.starts_with("infobox")))
        || element.attr("role").is_some_and(|role| ROLES.contains(&role))
        || element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || element.attr("style").is_some_and(is_invisible)
}

fn is_invisible(style: &str) -> bool {
    let bare: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    bare.contains("display:none") || bare.contains("visibility:hidden")
}

fn is_named_furniture(element: &Element) -> bool {
    !matches!(element.name(), "html" | "body" | "article" | "main")
        && names(element).any(|name| NAMES.iter().any(|known| known.eq_ignore_ascii_case(name)))
}

/// The words of an element's class and identifier.
fn names(element: &Element) -> impl Iterator<Item = &str> {
    let values = element.attr("class").into_iter().chain(element.attr("id"));
    values.flat_map(|value| value.split(|c: char| !c.is_alphanumeric())).filter(|name| !name.is_empty())
}
