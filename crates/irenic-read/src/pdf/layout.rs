//! Lines to paragraphs: what repeats on every page goes, broken words are joined, notes wait for the end of their
//! page.

use std::collections::{BTreeMap, HashSet};

use irenic_model::BlockKind;

use super::lines::{CELL_END, Line};
use crate::builder::Builder;
use crate::plain;

/// This part of a page's height, at its top and its foot, may hold running heads and page numbers.
const MARGIN_SHARE: f64 = 0.12;

/// A line that stands on so large a part of the pages, with other numbers perhaps, is a running head.
const REPEATED_SHARE: f64 = 0.3;

/// A gap of this many times the usual one between lines parts two paragraphs.
const PARAGRAPH_GAP: f64 = 1.35;

/// A gap of this many font sizes parts two headings.
const HEADING_GAP: f64 = 1.6;

/// A heading's font is this much larger than that of the text.
const HEADING_SCALE: f64 = 1.12;

/// A note's font is at most this part of that of the text.
const NOTE_SCALE: f64 = 0.93;

/// A line that ends before this part of the column's width ends its paragraph.
const FULL_SHARE: f64 = 0.85;

/// Lines of one page, with its height.
pub(super) struct PageLines {
    pub(super) height: f64,
    pub(super) lines: Vec<Line>,
}

/// A paragraph under construction.
struct Paragraph {
    text: String,
    page: u32,
    size: f64,
    lines: usize,
    /// Whether its last line fills the column.
    is_full: bool,
    is_note: bool,
    /// Whether it is a row of a table, its cells parted by tabs.
    is_row: bool,
}

/// Writes the pages' paragraphs to the builder.
pub(super) fn write(builder: &mut Builder, mut pages: Vec<PageLines>) {
    let body = body_size(&pages);
    drop_running_heads(&mut pages, body);
    let compounds = compounds(&pages);
    let mut done: Vec<Paragraph> = Vec::new();
    let mut notes: Vec<Paragraph> = Vec::new();
    for page in &pages {
        let mut paragraphs = paragraphs_of(&page.lines, body, &compounds);
        let first_body = paragraphs.iter().position(|one| !one.is_note);
        if let (Some(last), Some(at)) = (done.last_mut(), first_body)
            && goes_on(last, &paragraphs[at])
        {
            let next = paragraphs.remove(at);
            join(&mut last.text, &next.text, &compounds);
            last.lines += next.lines;
            last.is_full = next.is_full;
        }
        flush(builder, &mut done, body);
        if first_body.is_some() {
            flush(builder, &mut notes, body);
        }
        for paragraph in paragraphs {
            if paragraph.is_note { notes.push(paragraph) } else { done.push(paragraph) }
        }
    }
    flush(builder, &mut done, body);
    flush(builder, &mut notes, body);
}

fn flush(builder: &mut Builder, paragraphs: &mut Vec<Paragraph>, body: f64) {
    let mut in_table = false;
    for paragraph in paragraphs.drain(..) {
        builder.page(paragraph.page);
        if paragraph.is_row {
            if !in_table {
                builder.table();
            }
            builder.row(paragraph.text.split(CELL_END));
        } else {
            builder.begin(kind_of(&paragraph, body));
            builder.words(&paragraph.text);
            builder.end();
        }
        in_table = paragraph.is_row;
    }
}

fn kind_of(paragraph: &Paragraph, body: f64) -> BlockKind {
    let words = paragraph.text.trim();
    let larger = paragraph.size > body * HEADING_SCALE;
    match plain::kind_of(words) {
        _ if paragraph.is_note => BlockKind::Footnote,
        BlockKind::Heading(_) if larger && paragraph.size > body * 1.5 => BlockKind::Heading(1),
        BlockKind::Heading(_) if larger || (paragraph.lines == 1 && !paragraph.is_full) => {
            BlockKind::Heading(2)
        }
        BlockKind::Heading(_) => BlockKind::Paragraph,
        kind => kind,
    }
}

/// Takes out lines in the margins that stand on many pages, and page numbers. A line in large letters stays: the title
/// of the first page may be the running head of the others.
fn drop_running_heads(pages: &mut [PageLines], body: f64) {
    let in_margin = |page: &PageLines, line: &Line| {
        let margin = page.height * MARGIN_SHARE;
        line.foot < margin || line.foot > page.height - margin
    };
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages.iter() {
        let shapes: HashSet<String> =
            page.lines.iter().filter(|line| in_margin(page, line)).map(|line| shape(&line.text)).collect();
        shapes.into_iter().for_each(|shape| *seen.entry(shape).or_default() += 1);
    }
    let often = ((pages.len() as f64 * REPEATED_SHARE).ceil() as usize).max(2);
    for page in pages {
        let lines = std::mem::take(&mut page.lines);
        let kept = |line: &Line| {
            let large = line.size > body * HEADING_SCALE;
            let repeated = !large && seen.get(&shape(&line.text)).is_some_and(|&count| count >= often);
            !in_margin(page, line) || !(repeated || is_page_number(&line.text))
        };
        let kept: Vec<Line> = lines.into_iter().filter(kept).collect();
        page.lines = kept;
    }
}

/// A line without its numbers, so that "Page 3" and "Page 4" are one.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for c in text.trim().chars() {
        if !c.is_numeric() {
            shape.push(c);
        } else if !shape.ends_with('#') {
            shape.push('#');
        }
    }
    shape
}

fn is_page_number(text: &str) -> bool {
    let bare = text.trim().trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let bare = bare.strip_prefix("page").unwrap_or(&bare).trim();
    let numbers = bare.split(['/', ' ']).filter(|word| *word != "of" && !word.is_empty());
    let is_number = |word: &str| word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let roman = bare.len() <= 6 && bare.bytes().all(|byte| b"ivxl".contains(&byte));
    !bare.is_empty() && (roman || numbers.into_iter().all(is_number))
}

/// The font size that most characters have.
fn body_size(pages: &[PageLines]) -> f64 {
    let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        *sizes.entry((line.size * 4.0).round() as i64).or_default() += line.text.len();
    }
    let most = sizes.iter().max_by_key(|(size, count)| (**count, **size));
    most.map_or(10.0, |(size, _)| *size as f64 / 4.0)
}

/// Words with a hyphen that stand inside a line somewhere: these keep it when a line breaks there.
fn compounds(pages: &[PageLines]) -> HashSet<String> {
    let words = pages.iter().flat_map(|page| &page.lines).flat_map(|line| line.text.split_whitespace());
    let bare = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    bare.filter(|word| word.contains('-')).map(str::to_lowercase).collect()
}

fn paragraphs_of(lines: &[Line], body: f64, compounds: &HashSet<String>) -> Vec<Paragraph> {
    let gap = usual_gap(lines);
    let left = edge(lines, body, |line| line.left, f64::min);
    let right = edge(lines, body, |line| line.right, f64::max);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let column = Column { gap, left, right, body };
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &lines[before]);
        let is_row = is_row(lines, at);
        match (before, paragraphs.last_mut()) {
            (Some(before), Some(last))
                if !is_row && !last.is_row && !column.begins_anew(before, line, last) =>
            {
                join(&mut last.text, &line.text, compounds);
                last.lines += 1;
                last.is_full = column.is_full(line);
            }
            _ => {
                let small = line.size <= body * NOTE_SCALE && !is_row;
                let carried = small && paragraphs.last().is_some_and(|last| last.is_note);
                let is_note = small && (plain::has_note_label(line.text.trim()) || carried);
                let text = line.text.trim().to_owned();
                let is_full = column.is_full(line);
                paragraphs.push(Paragraph {
                    text,
                    page: line.page,
                    size: line.size,
                    lines: 1,
                    is_full,
                    is_note,
                    is_row,
                });
            }
        }
    }
    paragraphs
}

/// Whether a line is a row of a table: it has wide gaps, and as many as the line before or after it.
fn is_row(lines: &[Line], at: usize) -> bool {
    let gaps = |line: &Line| line.text.trim().matches(CELL_END).count();
    let own = gaps(&lines[at]);
    let alike = |other: Option<&Line>| other.is_some_and(|other| gaps(other) == own);
    own > 0 && (alike(at.checked_sub(1).and_then(|before| lines.get(before))) || alike(lines.get(at + 1)))
}

/// The measures of the lines around.
struct Column {
    gap: f64,
    left: f64,
    right: f64,
    body: f64,
}

impl Column {
    fn is_full(&self, line: &Line) -> bool {
        line.right >= self.left + (self.right - self.left) * FULL_SHARE
    }

    /// The largest distance between two lines of one paragraph; lines of headings stand further apart.
    fn gap_max(&self, line: &Line) -> f64 {
        if line.size > self.body * HEADING_SCALE { line.size * HEADING_GAP } else { self.gap * PARAGRAPH_GAP }
    }

    /// Whether `line` begins a paragraph of its own after `before`.
    fn begins_anew(&self, before: &Line, line: &Line, last: &Paragraph) -> bool {
        let down = line.foot - before.foot;
        let words = line.text.trim();
        let ended =
            before.text.trim_end().ends_with(['.', '!', '?', '”', '"', ':', ')', ']']) || last.lines == 0;
        let new_size = (line.size - before.size).abs() > before.size * 0.1;
        let new_column = down < -before.size;
        let full = self.is_full(before);
        let indented = line.left > before.left + line.size && line.left > self.left + line.size;
        match () {
            () if new_size || plain::is_bullet(words) => true,
            () if new_column => ended || !words.starts_with(char::is_lowercase),
            () if down > self.gap_max(line) => true,
            () if last.is_note => plain::has_note_label(words),
            () if plain::label_style(words).is_some() && ended => true,
            () if line.size > self.body * HEADING_SCALE => false,
            () => ended && (indented || !full),
        }
    }
}

/// The distance between lines that is met most.
fn usual_gap(lines: &[Line]) -> f64 {
    let mut gaps: Vec<f64> =
        lines.windows(2).map(|pair| pair[1].foot - pair[0].foot).filter(|gap| *gap > 1.0).collect();
    gaps.sort_by(f64::total_cmp);
    gaps.get(gaps.len() / 3).copied().unwrap_or(12.0)
}

fn edge(lines: &[Line], body: f64, side: impl Fn(&Line) -> f64, pick: impl Fn(f64, f64) -> f64) -> f64 {
    let body_lines = lines.iter().filter(|line| (line.size - body).abs() < body * 0.1);
    body_lines.map(side).reduce(pick).unwrap_or(0.0)
}

/// Whether a paragraph goes on at the top of the next page.
fn goes_on(last: &Paragraph, next: &Paragraph) -> bool {
    let open = !last.text.trim_end().ends_with(['.', '!', '?', '”', '"', ':']);
    let same = (last.size - next.size).abs() <= last.size * 0.05;
    open && same && last.is_full && next.text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
}

/// Joins a line to the text before it: a word that the line's end broke is made whole.
fn join(text: &mut String, line: &str, compounds: &HashSet<String>) {
    let line = line.trim();
    let kept = text.trim_end().len();
    text.truncate(kept);
    let broken = text.strip_suffix(['-', '\u{ad}', '\u{2010}']).is_some_and(|head| {
        head.ends_with(char::is_alphabetic) && line.starts_with(char::is_lowercase)
            || head.ends_with(char::is_uppercase) && line.starts_with(char::is_uppercase)
    });
    if !broken {
        text.push(' ');
    } else if text.ends_with('\u{ad}') || !compounds.contains(&compound(text, line)) {
        text.pop();
    }
    text.push_str(line);
}

/// The word with a hyphen that the two sides of a line's end make.
fn compound(text: &str, line: &str) -> String {
    let head = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let tail = line.split(char::is_whitespace).next().unwrap_or_default();
    let word = format!("{head}{tail}").to_lowercase();
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}
