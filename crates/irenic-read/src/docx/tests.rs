//! Small files made here, whole and hostile, and what reading makes of them.

use std::io::{Cursor, Write as _};

use irenic_model::jiff::civil::date;
use zip::write::SimpleFileOptions;

use super::*;

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn read_parts(parts: &[(&str, &str)]) -> Result<Document, ReadError> {
    let bytes = archive(parts);
    crate::read_bytes("a.docx", &bytes, &ReadConfig::default())
}

fn blocks(document: &Document) -> Vec<(BlockKind, &str)> {
    document.blocks.iter().map(|block| (block.kind, block.span.of(&document.text))).collect()
}

const STYLES: &str = "<w:styles><w:style w:styleId='H1'><w:name w:val='heading 1'/></w:style></w:styles>";
const RELATIONS: &str = "<Relationships><Relationship Id='r1' Target='https://example.org/a' TargetMode='External'/></Relationships>";
const CORE: &str = "<cp:coreProperties><dc:title>The Talks</dc:title><dc:creator>Ann Example</dc:creator>\
                    <dcterms:created>2023-10-12T09:00:00Z</dcterms:created></cp:coreProperties>";
const NOTE_PART: &str = "<w:footnotes><w:footnote w:id='0' w:type='separator'><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>\
                     <w:footnote w:id='5'><w:p><w:r><w:footnoteRef/><w:t xml:space='preserve'> A report.</w:t></w:r></w:p><w:p><w:r><w:t>Its page 3.</w:t></w:r></w:p>\
                     </w:footnote></w:footnotes>";
const BODY: &str = "<w:document><w:body><w:p><w:pPr><w:pStyle w:val='H1'/></w:pPr><w:r><w:t>Talks</w:t></w:r></w:p>\
    <w:p><w:r><w:t xml:space='preserve'>The sides &amp; </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>\
    <w:hyperlink r:id='r1'><w:r><w:t>guests</w:t></w:r></w:hyperlink><w:r><w:t xml:space='preserve'> met&#8212;at last.</w:t></w:r>\
    <w:r><w:footnoteReference w:id='5'/></w:r></w:p>\
    <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>An item</w:t></w:r></w:p>\
    <w:p><w:pPr><w:numPr><w:ilvl w:val='1'/></w:numPr></w:pPr><w:r><w:t>Below it</w:t></w:r></w:p>\
    <w:tbl><w:tr><w:tc><w:p><w:r><w:t>North</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12 killed</w:t></w:r></w:p>\
    <w:p><w:r><w:t>3 missing</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:body></w:document>";

#[test]
fn paragraphs_tables_notes_and_properties() {
    let document = read_parts(&[
        ("word/document.xml", BODY),
        ("word/styles.xml", STYLES),
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/footnotes.xml", NOTE_PART),
        ("docProps/core.xml", CORE),
    ])
    .unwrap();
    assert_eq!(
        blocks(&document),
        [
            (BlockKind::Heading(1), "Talks"),
            (BlockKind::Paragraph, "The sides & guests met—at last.[1]"),
            (BlockKind::ListItem, "An item"),
            (BlockKind::ListItem, "Below it"),
            (BlockKind::TableRow, "North | 12 killed\n3 missing"),
            (BlockKind::Footnote, "[1] A report.\nIts page 3."),
        ]
    );
    let links: Vec<_> =
        document.links.iter().map(|link| (link.span.of(&document.text), &link.target)).collect();
    let note = LinkTarget::Note(document.blocks[5].span);
    assert_eq!(links, [("guests", &LinkTarget::Address("https://example.org/a".into())), ("[1]", &note)]);
    assert_eq!((document.blocks[2].depth, document.blocks[3].depth), (1, 2));
    assert_eq!(document.source.title.as_deref(), Some("The Talks"));
    assert_eq!(document.source.published, Some(date(2023, 10, 12)));
}

#[test]
fn a_bomb_is_refused() {
    let body = format!("<w:document><w:t>{}</w:t></w:document>", "0".repeat(64 << 20));
    assert!(read_parts(&[("word/document.xml", &body)]).unwrap_err().is_too_large());
}

#[test]
fn paths_that_lead_out_are_ignored() {
    let document =
        read_parts(&[("word/document.xml", BODY), ("../../etc/passwd", "x"), ("/tmp/x", "x")]).unwrap();
    let codes: Vec<_> = document.diagnostics.iter().map(|one| one.code).collect();
    assert_eq!(codes, ["read.archive-path", "read.archive-path"]);
}

#[test]
fn entities_are_not_expanded() {
    let body = "<!DOCTYPE w [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><w:document><w:p><w:r><w:t>x&b;y</w:t></w:r></w:p></w:document>";
    assert_eq!(read_parts(&[("word/document.xml", body)]).unwrap().text, "xy");
}

#[test]
fn what_is_no_docx_is_told_apart() {
    let config = ReadConfig::default();
    let read = |bytes: &[u8]| crate::read_bytes("a.docx", bytes, &config).unwrap_err();
    assert!(read(b"PK\x03\x04 cut").is_damaged());
    assert!(read(&archive(&[("mimetype", "x")])).is_damaged());
    assert!(read(&archive(&[("word/document.xml", "<w:document><w:body>")])).is_empty());
    let mut ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    assert!(read(&ole).is_damaged());
    ole.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert!(read(&ole).is_encrypted());
    let whole = archive(&[("word/document.xml", BODY)]);
    assert!(read(&whole[..whole.len() / 2]).is_damaged());
}
