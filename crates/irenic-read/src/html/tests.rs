//! Pages in small, and what reading makes of them.

use irenic_model::jiff::civil::date;

use super::*;

fn read_page(html: &str) -> Document {
    read(Source::new("a.html", html.as_bytes()), html.as_bytes().into(), &ReadConfig::default()).unwrap()
}

fn blocks(document: &Document) -> Vec<(BlockKind, &str)> {
    document.blocks.iter().map(|block| (block.kind, block.span.of(&document.text))).collect()
}

#[test]
fn furniture_is_left_out() {
    let document = read_page(
        "<html><head><title>Talks - The Gazette</title></head><body><header><a href=/>Home</a></header><nav>Menu here</nav>\
         <div class='cookie-banner'>We use cookies.</div><div id=content><h1>Talks in Northton</h1><p>The sides <b>met</b> at the \
         bridge and agreed on a truce.</p><div class='share-tools'>Share this</div><p>It holds.</p><aside>Most read</aside></div>\
         <footer>Contact</footer><script>let x;</script></body></html>",
    );
    assert_eq!(
        blocks(&document),
        [
            (BlockKind::Heading(1), "Talks in Northton"),
            (BlockKind::Paragraph, "The sides met at the bridge and agreed on a truce."),
            (BlockKind::Paragraph, "It holds."),
        ]
    );
}

#[test]
fn tables_lists_and_quotations() {
    let document = read_page(
        "<article><h2>Losses</h2><table class=infobox><tr><th>Side<td>Killed<tr><th>North<td>12<br>3 missing<tr><th>South<td></table>\
         <ul><li>One<li>Two<ul><li>Deep</ul></ul><blockquote><p>Never again.</p></blockquote>Loose words<br>on lines.<br><br>Apart.\
         <pre>a  b</pre><dl><dt>A term<dd>What it is</dl></article>",
    );
    assert_eq!(
        blocks(&document),
        [
            (BlockKind::Heading(2), "Losses"),
            (BlockKind::TableRow, "Side | Killed"),
            (BlockKind::TableRow, "North | 12\n3 missing"),
            (BlockKind::TableRow, "South | "),
            (BlockKind::ListItem, "One"),
            (BlockKind::ListItem, "Two"),
            (BlockKind::ListItem, "Deep"),
            (BlockKind::Quotation, "Never again."),
            (BlockKind::Paragraph, "Loose words\non lines."),
            (BlockKind::Paragraph, "Apart."),
            (BlockKind::Literal, "a  b"),
            (BlockKind::ListItem, "A term"),
            (BlockKind::ListItem, "What it is"),
        ]
    );
    let depths: Vec<_> = document.blocks.iter().map(|block| block.depth).collect();
    assert_eq!(depths, [0, 0, 0, 0, 1, 1, 2, 0, 0, 0, 0, 1, 2]);
    let cells: Vec<_> = document.blocks[2].cells.iter().map(|cell| cell.of(&document.text)).collect();
    assert_eq!(cells, ["North", "12\n3 missing"]);
}

#[test]
fn marks_are_tied_to_their_notes() {
    let document = read_page(
        "<main><p id=top>Forty fled.<sup id=r1><a href='#n1'>1</a></sup> On 5 km<sup>2</sup>, see <a href='https://example.org/x'>here</a>.</p>\
         <p><a href='#top'>Up</a> we go, and some more words.</p><ol><li id=n1><a href='#r1'>^</a> A report.</li></ol></main>",
    );
    let text = &document.text;
    let links: Vec<_> = document.links.iter().map(|link| (link.span.of(text), &link.target)).collect();
    let note = document.blocks.last().unwrap();
    assert_eq!(note.kind, BlockKind::Footnote);
    assert_eq!(
        links,
        [("¹", &LinkTarget::Note(note.span)), ("here", &LinkTarget::Address("https://example.org/x".into()))]
    );
    assert!(text.contains("5 km²"));
}

#[test]
fn the_page_describes_itself() {
    let document = read_page(
        "<head><title>T</title><meta property='og:site_name' content='The Gazette'><link rel=canonical href='https://example.org/t'>\
         <script type='application/ld+json'>{\"author\":[{\"name\":\"Ann Example\"}],\"datePublished\":\"2023-10-12T09:00:00Z\"}</script>\
         </head><body><p>Words.</p></body>",
    );
    let source = &document.source;
    assert_eq!(source.title.as_deref(), Some("T"));
    assert_eq!(source.publisher.as_deref(), Some("The Gazette"));
    assert_eq!(source.author.as_deref(), Some("Ann Example"));
    assert_eq!(source.address.as_deref(), Some("https://example.org/t"));
    assert_eq!(source.published, Some(date(2023, 10, 12)));
}

#[test]
fn ten_thousand_nested_elements() {
    let html = format!("<body>{}The words.{}</body>", "<div><b>".repeat(10_000), "</b></div>".repeat(10_000));
    assert_eq!(read_page(&html).text, "The words.");
}

#[test]
fn a_page_of_layout_tables_is_read_as_text() {
    let document = read_page(
        "<table><tr><td><table><tr><td>Menu</td></tr></table></td><td><p>One paragraph.</p><p>Another.</p></td></tr></table>",
    );
    assert!(document.blocks.iter().all(|block| block.kind == BlockKind::Paragraph), "{document:?}");
}
