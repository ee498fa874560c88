//! The report: one HTML file, readable without script, with nothing loaded from the network.
//!
//! Every line of it leads to the words it rests on. Text of the documents arrives as words, never as markup: it passes
//! through the template's escaping alone.

mod active;
mod answer;
mod balance;
pub mod calibration;
mod chart;
mod chronicle;
mod compared;
mod context;
mod control;
mod figures;
mod issue;
mod ledger;
mod map;
mod negotiations;
pub mod outlook;
mod parts;
mod rivals;
mod sources;
mod terms;
mod texts;
mod wording;

use irenic::Reconstruction;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use context::{Context, Layout};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// Above so many bytes of text a report should be a folder, with a page for each document.
pub const ONE_PAGE_BYTES_MAX: usize = 500_000;

/// From so many bytes on a page lays out its sections as they come into view. Anchors then only hold where the page jumps
/// to them instead of gliding, so that shorter pages do without.
const LONG_PAGE_BYTES: usize = 1_000_000;

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
    body.push(Section::new("texts", "Texts", "Texts", texts::texts(&context)));
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
    body.push(Section::new("texts", "Texts", "Texts", texts::list(&context)));
    let mut files = vec![("index.html".to_owned(), index(&context, &body))];
    for (number, reading) in found.readings.iter().enumerate() {
        let title = reading.document.source.title.as_deref().unwrap_or(&reading.document.source.id);
        let body = html! { main id="main" { section { (texts::page_of(&context, number)) } } };
        files.push((context::file(number), frame(title, &body)));
    }
    files
}

/// A section: its place on the page, its title, a shorter one for the way there, and what it says.
struct Section {
    id: &'static str,
    title: &'static str,
    short: &'static str,
    body: Markup,
}

impl Section {
    const fn new(id: &'static str, title: &'static str, short: &'static str, body: Markup) -> Self {
        Self { id, title, short, body }
    }
}

fn sections(found: &Context<'_>) -> Vec<Section> {
    vec![
        Section::new("stands", "Where it stands", "Now", answer::answer(found)),
        Section::new("cycle", "Life cycle", "Life cycle", chart::life_cycle(found)),
        Section::new("outlook", "Outlook", "Outlook", outlook::section(found)),
        Section::new("issue", "The issue and its parties", "Issue", issue::issue(found)),
        Section::new("chronicle", "Chronicle", "Chronicle", chronicle::chronicle(found)),
        Section::new("negotiations", "Negotiations", "Talks", negotiations::section(found)),
        Section::new("control", "Control of places", "Places", control::section(found)),
        Section::new("accounts", "Rival accounts", "Rivals", rivals::rivals(found)),
        Section::new("terms", "The battle over perceptions", "Terms", terms::terms(found)),
        Section::new(
            "figures",
            "Figures",
            "Figures",
            html! { (figures::figures(found)) (compared::section(found)) },
        ),
        Section::new("commitments", "Commitments", "Commitments", ledger::section(found)),
        Section::new("sources", "Sources", "Sources", sources::sources(found)),
    ]
}

fn index(found: &Context<'_>, body: &[Section]) -> String {
    let content = html! {
        a.skip href="#main" { "Skip to the answer" }
        header.top {
            p.kicker { "Life cycle of a conflict" }
            h1 { (found.name) }
            p.lead {
                "As of " (wording::day(found.as_of)) ", from " (wording::counted(found.readings.len(), "document", "documents"))
                @if let Some(day) = found.known_by { " published by " (wording::day(day)) } "."
            }
        }
        nav.sections aria-label="Sections" { ol { @for section in body { li { a href={ "#" (section.id) } title=[(section.short != section.title).then_some(section.title)] { (section.short) } } } } }
        main id="main" {
            @for section in body {
                section id=(section.id) aria-labelledby={ "h-" (section.id) } { h2 id={ "h-" (section.id) } { (section.title) } (section.body) }
            }
        }
        (footer(found))
        script { (PreEscaped(SCRIPT)) }
    };
    frame(&format!("{} – life cycle", found.name), &content)
}

/// How the report was made, and what it is not.
fn footer(found: &Context<'_>) -> Markup {
    html! {
        footer {
            p { "Made by Irenic " (env!("CARGO_PKG_VERSION")) " from the documents alone, by rules and small models, without a network. "
                "What a document says is its holder’s, not this report’s. A rule can misread a sentence: follow the link to the words before you rely on a line." }
            p { "As of " (wording::day(found.as_of)) " with all that the documents tell"
                @if let Some(day) = found.known_by { " by " (wording::day(day)) }
                ". The same documents give the same report, byte for byte." }
        }
    }
}

fn frame(title: &str, body: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="en" class=[(body.0.len() >= LONG_PAGE_BYTES).then_some("long")] {
            head {
                meta charset="utf-8";
                // The reader passes over what bears this: a report is no source on the conflict.
                meta name="generator" content="Irenic";
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
