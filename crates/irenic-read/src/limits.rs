//! Limits that keep reading within bounded memory and time.

/// How much reading may take in.
///
/// ```
/// use irenic_read::{ReadConfig, read_bytes};
/// let config = ReadConfig { file_bytes_max: 4, ..ReadConfig::default() };
/// assert!(read_bytes("note.txt", b"Five!", &config).unwrap_err().is_too_large());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadConfig {
    /// The largest file, or line of a corpus, that is read, in bytes.
    pub file_bytes_max: u64,
    /// The longest text that is taken as one document, in bytes. What is found in a text takes up to a hundred times its
    /// size in memory.
    pub text_bytes_max: u64,
    /// The most bytes that the parts of an archive (a DOCX) may unpack to, all together.
    pub unpacked_bytes_max: u64,
    /// The most bytes that one packed byte may unpack to; above it an archive is taken for a bomb. Word's own files
    /// stay below 30.
    pub unpack_ratio_max: u64,
    /// The deepest nesting of HTML elements that is kept; deeper elements are dropped, their words are not.
    pub html_depth_max: usize,
    /// The most pages of a PDF that are read.
    pub pdf_pages_max: usize,
}

impl Default for ReadConfig {
    /// 512 MiB a file, 24 MiB of text a document, 256 MiB unpacked, 200 bytes a packed byte, 256 nested elements, 5000 pages.
    fn default() -> Self {
        Self {
            file_bytes_max: 512 << 20,
            text_bytes_max: 24 << 20,
            unpacked_bytes_max: 256 << 20,
            unpack_ratio_max: 200,
            html_depth_max: 256,
            pdf_pages_max: 5000,
        }
    }
}
