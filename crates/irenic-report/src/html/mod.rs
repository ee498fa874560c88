//! The report: one HTML file, readable without script, with nothing loaded from the network.
//!
//! Every line of it leads to the words it rests on. Text of the documents arrives as words, never as markup: it passes
//! through the template's escaping alone.

mod balance;
mod chart;
mod context;
pub mod outlook;
mod sections;
mod texts;
mod wording;

use irenic::Reconstruction;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use context::{Context, Layout};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// Above so many bytes of text a report should be a folder, with a page for each document.
pub const ONE_PAGE_BYTES_MAX: usize = 500_000;

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
    let context = Context::new(found, Layout::OnePage);
    let mut body = sections(&context);
    // The texts come last: they need to know which of their words the sections link to.
    body.push(("texts", "Texts", texts::texts(&context)));
    index(&context, &body)
}

/// The report as files of a folder, by name: the index, and a page for each document's text.
///
/// ```
/// use irenic::{Dossier, Options, document_of_text};
/// let document = document_of_text("note.txt", None, "Both sides signed a ceasefire on 12 May 1994.");
/// let found = Dossier::of_documents("Examplia", vec![document]).reconstruct(Options::default(), &());
/// let names: Vec<String> = irenic_report::html::pages(&found).into_iter().map(|(name, _)| name).collect();
/// assert_eq!(names, ["index.html", "text-0001.html"]);
/// ```
#[must_use]
pub fn pages(found: &Reconstruction) -> Vec<(String, String)> {
    let context = Context::new(found, Layout::PageEach);
    let mut body = sections(&context);
    body.push(("texts", "Texts", texts::list(&context)));
    let mut files = vec![("index.html".to_owned(), index(&context, &body))];
    for (number, reading) in found.readings.iter().enumerate() {
        let title = reading.document.source.title.as_deref().unwrap_or(&reading.document.source.id);
        let body = html! { main id="main" { section { (texts::page_of(&context, number)) } } };
        files.push((context::file(number), frame(title, &body)));
    }
    files
}

type Section = (&'static str, &'static str, Markup);

fn sections(found: &Context<'_>) -> Vec<Section> {
    vec![
        ("stands", "Where it stands", sections::answer(found)),
        ("cycle", "Life cycle", chart::life_cycle(found)),
        ("outlook", "Outlook", outlook::section(found)),
        ("issue", "The issue and its parties", sections::issue(found)),
        ("chronicle", "Chronicle", sections::chronicle(found)),
        ("accounts", "Rival accounts", sections::rivals(found)),
        ("terms", "The battle over perceptions", sections::framings(found)),
        ("figures", "Figures", sections::figures(found)),
        ("commitments", "Commitments", sections::commitments(found)),
        ("sources", "Sources", sections::sources(found)),
    ]
}

fn index(found: &Context<'_>, body: &[Section]) -> String {
    let content = html! {
        a.skip href="#main" { "Skip to the answer" }
        header {
            h1 { (found.name) }
            p.lead {
                "Life cycle reconstructed from " (found.readings.len()) " documents, as of " (wording::day(found.as_of))
                @if let Some(day) = found.known_by { ", with what was published by " (wording::day(day)) } "."
            }
            nav aria-label="Sections" { @for (id, title, _) in body { a href={ "#" (id) } { (title) } " " } }
        }
        main id="main" {
            @for (id, title, section) in body {
                section id=(id) aria-labelledby={ "h-" (id) } { h2 id={ "h-" (id) } { (title) } (section) }
            }
        }
        script { (PreEscaped(SCRIPT)) }
    };
    frame(&format!("{} – life cycle", found.name), &content)
}

fn frame(title: &str, body: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                link rel="icon" href="data:,";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { (body) }
        }
    }
    .into_string()
}
