//! Characters with their places, gathered to lines.

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

/// A gap of this part of the font size parts two words.
const SPACE_GAP: f64 = 0.15;

/// A gap of this many font sizes inside a line may part two columns of a table.
const COLUMN_GAP: f64 = 1.2;

/// Stands in a line's text where a wide gap may part two cells.
pub(super) const CELL_END: char = '\t';

/// Characters lie on one line if their feet differ by less than this part of the font size.
const LINE_SHIFT: f64 = 0.55;

/// A page may hold so many characters.
const PAGE_CHARS_MAX: usize = 2_000_000;

/// One line of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    /// The distance of its foot from the page's top, in points.
    pub(super) foot: f64,
    /// The font size of its first characters, in points.
    pub(super) size: f64,
    pub(super) page: u32,
}

/// Gathers the characters of one page.
#[derive(Default)]
pub(super) struct Page {
    number: u32,
    top: f64,
    pub(super) height: f64,
    chars: usize,
    pub(super) lines: Vec<Line>,
    /// Lines of text that does not run from left to right: stamps in a margin, or a page that lies on its side.
    turned: Vec<Line>,
}

impl Page {
    /// The lines that run the page's way.
    pub(super) fn finish(self) -> Vec<Line> {
        let chars = |lines: &[Line]| lines.iter().map(|line| line.text.len()).sum::<usize>();
        let lines = if chars(&self.turned) > chars(&self.lines) { self.turned } else { self.lines };
        lines.into_iter().filter(|line| !line.text.trim().is_empty()).collect()
    }
}

impl OutputDev for Page {
    fn begin_page(
        &mut self,
        number: u32,
        media: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.number = number;
        self.top = media.ury;
        self.height = media.ury - media.lly;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _: f64,
        size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        self.chars += 1;
        if self.chars > PAGE_CHARS_MAX {
            return Err(OutputError::FormatError(std::fmt::Error));
        }
        let is_turned = at.m12.abs() > at.m11.abs();
        let scale =
            if is_turned { at.m12.hypot(at.m11) } else { (at.m11 * at.m22 - at.m12 * at.m21).abs().sqrt() };
        let size = (size * scale).abs();
        let (left, foot) = match (is_turned, at.m12 > 0.0) {
            (false, _) => (at.m31, self.top - at.m32),
            (true, true) => (at.m32, at.m31),
            (true, false) => (-at.m32, -at.m31),
        };
        if !(left.is_finite() && foot.is_finite() && size.is_finite()) || size <= 0.0 {
            return Ok(());
        }
        let mark = Glyph { text, left, right: left + width * size, foot, size };
        let lines = if is_turned { &mut self.turned } else { &mut self.lines };
        match lines.last_mut().filter(|line| line.takes(&mark)) {
            Some(line) => line.add(&mark),
            None => lines.push(Line::begin(&mark, self.number)),
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

struct Glyph<'t> {
    text: &'t str,
    left: f64,
    right: f64,
    foot: f64,
    size: f64,
}

impl Line {
    fn begin(mark: &Glyph<'_>, page: u32) -> Self {
        let mut line = Self {
            left: mark.left,
            right: mark.left,
            foot: mark.foot,
            size: mark.size,
            page,
            ..Self::default()
        };
        line.add(mark);
        line
    }

    /// Whether a character stands on this line, behind what is there.
    fn takes(&self, mark: &Glyph<'_>) -> bool {
        let reach = self.size.max(mark.size);
        (mark.foot - self.foot).abs() < reach * LINE_SHIFT && mark.left > self.right - reach
    }

    fn add(&mut self, mark: &Glyph<'_>) {
        let gap = mark.left - self.right;
        if gap > self.size * COLUMN_GAP {
            self.text.push(CELL_END);
        } else if gap > self.size * SPACE_GAP && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
        let raised = mark.size < self.size * 0.85 && mark.foot < self.foot - self.size * 0.1;
        let printable = mark.text.chars().filter(|c| !c.is_control());
        if raised {
            self.text.extend(printable.map(super::raise));
        } else {
            // A line that begins with a small raised mark takes the size of the words behind it.
            if mark.size > self.size && self.text.trim().chars().count() <= 3 {
                let marks: String = self.text.chars().map(super::raise).collect();
                self.text = marks;
                self.size = mark.size;
                self.foot = mark.foot;
            }
            self.text.extend(printable);
        }
        self.right = self.right.max(mark.right);
    }
}
