//! Small files written here, whole and hostile, and what reading makes of them.

use irenic_model::BlockKind;

use super::*;

/// A PDF whose objects have these bodies, numbered from 1; the first is the catalogue.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (at, body) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.extend(format!("{} 0 obj\n{body}\nendobj\n", at + 1).bytes());
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    offsets.iter().for_each(|offset| file.extend(format!("{offset:010} 00000 n \n").bytes()));
    file.extend(
        format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).bytes(),
    );
    file
}

fn stream(dictionary: &str, content: &str) -> String {
    format!("<< {dictionary} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// One page for each content, set in Helvetica.
fn pages(contents: &[&str]) -> Vec<u8> {
    let kids: Vec<String> = (0..contents.len()).map(|at| format!("{} 0 R", 4 + 2 * at)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {} /MediaBox [0 0 600 800] >>",
            kids.join(" "),
            kids.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    for (at, content) in contents.iter().enumerate() {
        let number = 5 + 2 * at;
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /Contents {number} 0 R /Resources << /Font << /F 3 0 R >> /XObject << /X {number} 0 R >> >> >>"
        ));
        objects.push(stream("/Subtype /Form", content));
    }
    pdf(&objects)
}

/// Lines at these heights and sizes.
fn lines(lines: &[(f64, f64, &str)]) -> String {
    let line =
        |(y, size, text): &(f64, f64, &str)| format!("BT /F {size} Tf 1 0 0 1 60 {y} Tm ({text}) Tj ET\n");
    lines.iter().map(line).collect()
}

fn read_pdf(bytes: &[u8]) -> Result<Document, ReadError> {
    crate::read_bytes("a.pdf", bytes, &ReadConfig::default())
}

#[test]
fn pages_become_paragraphs() {
    let first = lines(&[
        (770.0, 9.0, "The Gazette, 12 May 1994"),
        (720.0, 18.0, "Talks in Northton"),
        (680.0, 11.0, "The two sides met at the old bridge of the town and agreed on a cease-"),
        (666.0, 11.0, "fire that holds for thirty days. A mission of the neighbours is to watch it and"),
        (652.0, 11.0, "to report."),
        (630.0, 11.0, "Nobody can say how long the calm will last, for the guns of both of the armies"),
        (100.0, 8.0, "1 A note of the author."),
        (30.0, 9.0, "Page 1"),
    ]);
    let second = lines(&[
        (770.0, 9.0, "The Gazette, 12 May 1994"),
        (720.0, 11.0, "stay where they stood."),
        (30.0, 9.0, "Page 2"),
    ]);
    let document = read_pdf(&pages(&[&first, &second])).unwrap();
    let blocks: Vec<_> =
        document.blocks.iter().map(|block| (block.kind, block.page, block.span.of(&document.text))).collect();
    assert_eq!(
        blocks,
        [
            (BlockKind::Heading(1), Some(1), "Talks in Northton"),
            (
                BlockKind::Paragraph,
                Some(1),
                "The two sides met at the old bridge of the town and agreed on a ceasefire that holds for thirty days. \
                 A mission of the neighbours is to watch it and to report."
            ),
            (
                BlockKind::Paragraph,
                Some(1),
                "Nobody can say how long the calm will last, for the guns of both of the armies stay where they stood."
            ),
            (BlockKind::Footnote, Some(1), "1 A note of the author."),
        ]
    );
}

#[test]
fn what_cannot_be_read_is_told_apart() {
    let whole = pages(&[&lines(&[(700.0, 11.0, "Some words.")])]);
    assert!(read_pdf(&whole).is_ok());
    assert!(read_pdf(&whole[..whole.len() / 2]).unwrap_err().is_damaged());
    assert!(read_pdf(b"%PDF-1.7\nnothing of the kind").unwrap_err().is_damaged());
    assert!(read_pdf(&pages(&[""])).unwrap_err().is_empty());
    let locked = String::from_utf8(whole).unwrap().replace(
        "/Root 1 0 R",
        "/Root 1 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 1 /R 2 \
         /O <000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f> \
         /U <000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f> /P -4 >>",
    );
    let error = read_pdf(locked.as_bytes()).unwrap_err();
    assert!(error.is_encrypted(), "{error}");
}

#[test]
fn a_form_that_draws_itself_ends() {
    let content = format!("{} /X Do", lines(&[(700.0, 11.0, "Some words.")]));
    let document = read_pdf(&pages(&[&content]));
    assert!(document.is_ok() || document.is_err_and(|error| error.is_empty()));
}

#[test]
fn a_bomb_is_refused() {
    use std::io::Write as _;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&vec![b' '; 2 << 20]).unwrap();
    let packed = packed.finish().unwrap();
    let mut file = b"%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n".to_vec();
    file.extend(packed);
    let config = ReadConfig { unpacked_bytes_max: 1 << 20, ..ReadConfig::default() };
    assert!(crate::read_bytes("a.pdf", &file, &config).unwrap_err().is_too_large());
}
