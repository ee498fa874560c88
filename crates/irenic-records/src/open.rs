//! Files to bytes: plain, gzip, or the one table of a zip archive, as a stream.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::Crc;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use zip::CompressionMethod;

use crate::error::Kind;

pub(crate) type Bytes = Box<dyn Read + Send>;

/// The files in an archive that may be tables.
const TABLE_ENDINGS: &[&str] = &[".csv", ".tsv", ".tab", ".txt"];

pub(crate) fn open(path: &Path) -> Result<Bytes, Kind> {
    let mut file = File::open(path)?;
    let mut magic = Vec::with_capacity(4);
    (&mut file).take(4).read_to_end(&mut magic)?;
    file.seek(SeekFrom::Start(0))?;
    match magic.as_slice() {
        [0x1f, 0x8b, ..] => Ok(Box::new(MultiGzDecoder::new(io::BufReader::new(file)))),
        b"PK\x03\x04" => archived(file),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Err(Kind::Utf16),
        [0xd0, 0xcf, 0x11, 0xe0] => Err(Kind::Spreadsheet),
        _ => Ok(Box::new(file)),
    }
}

/// The table in an archive, read from where it lies, so that the stream owns its file.
fn archived(file: File) -> Result<Bytes, Kind> {
    let mut archive = zip::ZipArchive::new(file).map_err(io::Error::from)?;
    if archive.file_names().flatten().any(|name| name.starts_with("xl/")) {
        return Err(Kind::Spreadsheet);
    }
    let is_table = |name: &str| {
        let name = name.to_ascii_lowercase();
        !name.starts_with("__macosx/") && TABLE_ENDINGS.iter().any(|ending| name.ends_with(ending))
    };
    let tables: Vec<usize> = (0..archive.len())
        .filter(|&index| {
            archive.name_for_index(index).and_then(Result::ok).is_some_and(|name| is_table(&name))
        })
        .collect();
    let &[index] = tables.as_slice() else { return Err(Kind::ManyTables(tables.len())) };
    let (start, size, method, crc) = {
        let entry = archive.by_index(index).map_err(io::Error::from)?;
        let start = entry.data_start().ok_or_else(|| io::Error::other("an entry without a place"))?;
        (start, entry.compressed_size(), entry.compression(), entry.crc32())
    };
    let mut file = archive.into_inner();
    file.seek(SeekFrom::Start(start))?;
    let packed = io::BufReader::new(file).take(size);
    match method {
        CompressionMethod::Stored => Ok(Box::new(Checked::new(packed, crc))),
        CompressionMethod::Deflated => Ok(Box::new(Checked::new(DeflateDecoder::new(packed), crc))),
        other => Err(io::Error::other(format!("packed by {other}, which is not read; unpack it")).into()),
    }
}

/// Holds what was unpacked against the archive's checksum at the end.
struct Checked<R> {
    inner: R,
    crc: Crc,
    expected: u32,
}

impl<R: Read> Checked<R> {
    fn new(inner: R, expected: u32) -> Self {
        Self { inner, crc: Crc::new(), expected }
    }
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.crc.update(&buffer[..read]);
        if read == 0 && !buffer.is_empty() && self.crc.sum() != self.expected {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the archive is damaged (checksum)"));
        }
        Ok(read)
    }
}
