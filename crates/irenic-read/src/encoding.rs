//! Bytes to text: byte-order marks, UTF-8, UTF-16 without a mark, and the older encodings.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use irenic_model::{Diagnostic, Severity};

use crate::ReadError;

/// Of so many bytes, at most one may be a control character in something that we call text.
const BYTES_PER_CONTROL: usize = 32;

/// How much of a file is looked at to tell text from other bytes.
const HEAD_BYTES: usize = 64 << 10;

/// The text of `bytes` without a byte-order mark, and what decoding had to say.
///
/// UTF-8 that is owned is not copied.
pub(crate) fn decode(file: &str, bytes: Cow<'_, [u8]>) -> Result<(String, Vec<Diagnostic>), ReadError> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        let (text, bad) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if text.chars().take(HEAD_BYTES).any(|c| c == '\0') {
            return Err(ReadError::binary(file));
        }
        return Ok((text.into_owned(), replaced(encoding, bad).into_iter().collect()));
    }
    if let Some(encoding) = unmarked_utf16(&bytes) {
        return Ok(decode_as(encoding, &bytes));
    }
    if looks_binary(&bytes) {
        return Err(ReadError::binary(file));
    }
    match String::from_utf8(bytes.into_owned()) {
        Ok(text) => Ok((text, Vec::new())),
        Err(error) => Ok(decode_as(detect(error.as_bytes()), error.as_bytes())),
    }
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    let mut diagnostics = Vec::new();
    if encoding != UTF_8 {
        let message = format!("the text is not UTF-8; its encoding was guessed as {}", encoding.name());
        diagnostics
            .push(Diagnostic::new("read.encoding", Severity::Note, message).hint("save the file as UTF-8"));
    }
    diagnostics.extend(replaced(encoding, bad));
    (text.into_owned(), diagnostics)
}

fn replaced(encoding: &'static Encoding, bad: bool) -> Option<Diagnostic> {
    bad.then(|| {
        let message = format!("some bytes are not {}; they stand as \u{fffd} in the text", encoding.name());
        Diagnostic::new("read.replaced", Severity::Warning, message).hint("save the file as UTF-8")
    })
}

/// UTF-16 without a mark: mostly Latin text has a zero in every other byte, always on the same side.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD_BYTES) & !1];
    let zeros = |side: usize| head.iter().skip(side).step_by(2).filter(|&&byte| byte == 0).count();
    let (high, low) = (zeros(0), zeros(1));
    let units = head.len() / 2;
    match () {
        () if units < 4 => None,
        () if high == 0 && low * 10 > units * 7 => Some(UTF_16LE),
        () if low == 0 && high * 10 > units * 7 => Some(UTF_16BE),
        () => None,
    }
}

/// UTF-8 with a few bad bytes is still UTF-8; otherwise the detector decides.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut faults = 0usize;
    let mut wide = 0usize;
    for chunk in bytes.utf8_chunks() {
        faults += usize::from(!chunk.invalid().is_empty());
        wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
    }
    if wide > faults {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn looks_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD_BYTES)];
    if head.contains(&0) {
        return true;
    }
    let controls =
        head.iter().filter(|&&byte| byte < 32 && !matches!(byte, b'\t' | b'\n' | b'\r' | 12)).count();
    controls * BYTES_PER_CONTROL > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let cases: [(&[u8], &str, usize); 8] = [
            (b"plain", "plain", 0),
            (b"\xef\xbb\xbfmarked", "marked", 0),
            (b"\xff\xfeA\0b\0", "Ab", 0),
            (b"\xfe\xff\0A\0b", "Ab", 0),
            (b"T\0a\0l\0k\0s\0", "Talks", 1),
            ("Şuşa – 1992".as_bytes(), "Şuşa – 1992", 0),
            (b"the caf\xe9 \x96 it\x92s closed", "the café – it’s closed", 1),
            (b"\xc5\x9eu\xc5\x9fa \xff \xe2\x80\x93 done", "Şuşa \u{fffd} – done", 1),
        ];
        for (bytes, text, diagnostics) in cases {
            let (got, said) = decode("f.txt", bytes.into()).unwrap();
            assert_eq!((got.as_str(), said.len()), (text, diagnostics), "{bytes:?}");
        }
    }

    #[test]
    fn random_bytes_are_not_text() {
        let junk: Vec<u8> = (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decode("f.txt", junk.into()).unwrap_err().is_binary());
    }
}
