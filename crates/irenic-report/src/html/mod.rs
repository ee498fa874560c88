//! The report: one HTML file, readable without script, with nothing loaded from the network.
//!
//! Every line of it leads to the words it rests on. Text of the documents arrives as words, never as markup: it passes
//! through the template's escaping alone.

mod chart;
mod sections;
mod texts;

use irenic::Reconstruction;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("report.css");

/// The whole report as one page.
///
/// ```
/// use irenic::{Dossier, Options, document_of_text};
/// let document = document_of_text("note.txt", None, "Both sides <b>signed</b> a ceasefire on 12 May 1994.");
/// let found = Dossier::of_documents("Examplia", vec![document]).reconstruct(Options::default(), &());
/// let page = irenic_report::html::page(&found);
/// assert!(page.contains("Examplia") && page.contains("&lt;b&gt;"));
/// ```
#[must_use]
pub fn page(found: &Reconstruction) -> String {
    let body: Vec<(&str, &str, Markup)> = vec![
        ("stands", "Where it stands", sections::answer(found)),
        ("cycle", "Life cycle", chart::life_cycle(found)),
        ("issue", "The issue and its parties", sections::issue(found)),
        ("chronicle", "Chronicle", sections::chronicle(found)),
        ("accounts", "Rival accounts", sections::rivals(found)),
        ("terms", "Terms", sections::framings(found)),
        ("figures", "Figures", sections::figures(found)),
        ("commitments", "Commitments", sections::commitments(found)),
        ("sources", "Sources", sections::sources(found)),
        ("texts", "Texts", texts::texts(found)),
    ];
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (found.name) " – life cycle" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (found.name) }
                    p.lead {
                        "Life cycle reconstructed from " (found.readings.len()) " documents, as of " (found.as_of)
                        @if let Some(day) = found.known_by { ", with what was published by " (day) } "."
                    }
                    nav aria-label="Sections" {
                        @for (id, title, _) in &body { a href={ "#" (id) } { (title) } " " }
                    }
                }
                main {
                    @for (id, title, section) in &body {
                        section id=(id) { h2 { (title) } (section) }
                    }
                }
            }
        }
    }
    .into_string()
}
