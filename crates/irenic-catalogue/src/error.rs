//! What can go wrong, in the user's words.

/// A catalogue that cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogueError {
    /// It is not TOML, or lacks a value.
    #[error("the catalogue cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// Two data sets have one key or one file, or a file's name leads elsewhere.
    #[error("the catalogue cannot be used: {0}")]
    Entry(String),
}

/// Why a data set could not be fetched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// There is no address to fetch from: registration, or a page to click through.
    #[error("{key}: cannot be fetched by a program; {how}: {page}")]
    NoAddress {
        /// The data set.
        key: String,
        /// What to do.
        how: String,
        /// The publisher's page.
        page: String,
    },
    /// No connection: offline, refused, or no such host.
    #[error("{key}: {host} cannot be reached ({cause}); is the machine online? {kept}")]
    Unreachable {
        /// The data set.
        key: String,
        /// The host that was asked.
        host: String,
        /// What the system says.
        cause: String,
        /// Whether anything was kept.
        kept: Kept,
    },
    /// The server answers with another status than success.
    #[error("{key}: the server answers {status} for {address}{}; look at {page}", hint(*status))]
    Status {
        /// The data set.
        key: String,
        /// The status, as 404.
        status: u16,
        /// The address.
        address: String,
        /// The publisher's page.
        page: String,
    },
    /// The connection broke again and again.
    #[error("{key}: the connection broke after {received} bytes ({cause}); {kept}")]
    Cut {
        /// The data set.
        key: String,
        /// Bytes that were received in all.
        received: u64,
        /// What the system says.
        cause: String,
        /// Whether anything was kept.
        kept: Kept,
    },
    /// More bytes than the catalogue allows.
    #[error("{key}: the file has more than {limit} bytes, which this data set cannot have; nothing was kept")]
    TooLarge {
        /// The data set.
        key: String,
        /// The limit.
        limit: u64,
    },
    /// Another size than the catalogue has.
    #[error("{key}: {received} bytes were received where the catalogue has {expected}; nothing was kept")]
    Size {
        /// The data set.
        key: String,
        /// Bytes received.
        received: u64,
        /// Bytes expected.
        expected: u64,
    },
    /// Another checksum than the catalogue has.
    #[error(
        "{key}: the file's checksum is {found}, the catalogue's {expected}; nothing was kept. The publisher may have \
         changed the file without a new version"
    )]
    Checksum {
        /// The data set.
        key: String,
        /// What was received.
        found: String,
        /// What was expected.
        expected: String,
    },
    /// What came is a web page, not the data set.
    #[error("{key}: {address} gives a web page instead of the data set; look at {page}")]
    WebPage {
        /// The data set.
        key: String,
        /// The address.
        address: String,
        /// The publisher's page.
        page: String,
    },
    /// The disk.
    #[error("{file}: {cause}")]
    Disk {
        /// The file.
        file: String,
        /// What the system says.
        #[source]
        cause: std::io::Error,
    },
}

/// Whether a part of the file was kept, to go on from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Nothing.
    Nothing,
    /// So many bytes.
    Bytes(u64),
}

impl std::fmt::Display for Kept {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nothing => out.write_str("nothing was kept"),
            Self::Bytes(bytes) => {
                write!(out, "{bytes} bytes are kept, and the same command goes on from there")
            }
        }
    }
}

const fn hint(status: u16) -> &'static str {
    match status {
        401 | 403 => " (the publisher asks for an account, or refuses)",
        404 | 410 => " (the publisher has moved or withdrawn the file)",
        429 | 503 => " (too many requests; try later)",
        _ => "",
    }
}
