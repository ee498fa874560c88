//! Downloading a data set: one blocking request after another, resumed where the connection broke.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ureq::http::{HeaderMap, StatusCode, header};
use ureq::{Agent, Body};

use crate::error::Kept;
use crate::part::Part;
use crate::receipt::{disk, sum};
use crate::{Entry, FetchError, Receipt};

/// How a data set is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchConfig {
    /// Requests in a row that may bring nothing before it is given up.
    pub attempts_max: u32,
    /// The longest wait for a connection, and for the next bytes.
    pub patience: Duration,
    /// Whether a proxy that the environment names is used.
    pub proxy_of_environment: bool,
}

impl Default for FetchConfig {
    fn default() -> Self {
        Self { attempts_max: 3, patience: Duration::from_secs(30), proxy_of_environment: true }
    }
}

/// What happens while a data set is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Bytes begin to come: so many are there already, and so many will be in all where the server says so.
    Begun {
        /// Bytes there already.
        already: u64,
        /// Bytes in all.
        total: Option<u64>,
    },
    /// So many bytes came.
    Received(u64),
}

/// A data set in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// The file.
    pub file: PathBuf,
    /// What was written down of it.
    pub receipt: Receipt,
    /// Whether it had been there, whole, and nothing was downloaded.
    pub was_there: bool,
}

/// Fetches a data set into a folder, which is made where it is not there.
///
/// A file that is there and agrees with its receipt is left as it is. A file without a receipt is not written over by this
/// alone: it is replaced only when the download is whole.
///
/// # Errors
///
/// If there is no address, the server cannot be reached or does not have the file, the connection keeps breaking, the disk
/// refuses, or what came has another size or checksum than the catalogue says. A broken connection leaves the part that
/// came, and the next call goes on from there; all else leaves nothing new.
///
/// ```
/// use irenic_catalogue::{Catalogue, FetchConfig, FetchError, fetch};
/// let catalogue = Catalogue::built_in();
/// let account = catalogue.get("acled").unwrap();
/// let folder = std::env::temp_dir();
/// let error = fetch(account, &folder, &FetchConfig::default(), &mut |_| ()).unwrap_err();
/// assert!(matches!(error, FetchError::NoAddress { .. }));
/// ```
pub fn fetch(
    entry: &Entry,
    folder: &Path,
    config: &FetchConfig,
    told: &mut dyn FnMut(Step),
) -> Result<Fetched, FetchError> {
    let Some(address) = entry.address.as_deref() else {
        return Err(FetchError::NoAddress {
            key: entry.key.clone(),
            how: entry.how.clone().unwrap_or_default(),
            page: entry.page.clone(),
        });
    };
    fs::create_dir_all(folder).map_err(disk(folder))?;
    let file = folder.join(&entry.file);
    if let Some(receipt) = Receipt::of(&file).filter(|receipt| receipt.address == address)
        && sum(&file).is_ok_and(|found| found == (receipt.bytes, receipt.sha256.clone()))
    {
        return Ok(Fetched { file, receipt, was_there: true });
    }
    let download = Download { entry, address, agent: agent(address, config) };
    let part = download.whole(&file, config, told)?;
    let (bytes, sha256) = sum(part.path()).map_err(disk(part.path()))?;
    if let Some(wrong) = download.wrong(bytes, &sha256) {
        part.discard()?;
        return Err(wrong);
    }
    part.finish(&file)?;
    let receipt = Receipt {
        key: entry.key.clone(),
        version: entry.version.clone(),
        address: address.to_owned(),
        bytes,
        sha256,
    };
    receipt.write(&file)?;
    Ok(Fetched { file, receipt, was_there: false })
}

fn agent(address: &str, config: &FetchConfig) -> Agent {
    let patience = Some(config.patience);
    let builder = Agent::config_builder()
        // A redirect must not lead from a protected connection to an open one.
        .https_only(address.starts_with("https:"))
        .http_status_as_error(false)
        .timeout_connect(patience)
        .timeout_recv_response(patience)
        .timeout_per_read(patience)
        .user_agent(concat!("irenic/", env!("CARGO_PKG_VERSION")));
    let builder = if config.proxy_of_environment { builder } else { builder.proxy(None) };
    builder.build().new_agent()
}

/// How a request ended without an error.
enum Ended {
    /// All of the file is there.
    Whole,
    /// The connection broke, by what the system says.
    Cut(String),
    /// What is there is of another edition: begin anew.
    Stale,
}

struct Download<'a> {
    entry: &'a Entry,
    address: &'a str,
    agent: Agent,
}

impl Download<'_> {
    fn key(&self) -> String {
        self.entry.key.clone()
    }

    /// Asks until the file is whole.
    fn whole(
        &self,
        file: &Path,
        config: &FetchConfig,
        told: &mut dyn FnMut(Step),
    ) -> Result<Part, FetchError> {
        let mut part = Part::of(file, self.address);
        let mut in_vain = 0;
        loop {
            let before = part.bytes();
            let ended = match self.request(&mut part, told) {
                Err(error @ (FetchError::TooLarge { .. } | FetchError::WebPage { .. })) => {
                    part.discard()?;
                    return Err(error);
                }
                ended => ended?,
            };
            let cause = match ended {
                Ended::Whole => return Ok(part),
                Ended::Stale => "the publisher changed the file".to_owned(),
                Ended::Cut(cause) => cause,
            };
            // Without a mark each request begins anew, so that what came before does not count.
            let grew = part.mark().is_some() && before < part.bytes();
            in_vain = if grew { 0 } else { in_vain + 1 };
            if in_vain >= config.attempts_max {
                let received = part.bytes();
                let kept = if part.mark().is_some() { Kept::Bytes(received) } else { Kept::Nothing };
                if kept == Kept::Nothing {
                    part.discard()?;
                }
                return Err(FetchError::Cut { key: self.key(), received, cause, kept });
            }
        }
    }

    fn request(&self, part: &mut Part, told: &mut dyn FnMut(Step)) -> Result<Ended, FetchError> {
        let mut request = self.agent.get(self.address);
        let mark = part.mark().map(str::to_owned);
        if let Some(mark) = &mark {
            request = request.header("Range", format!("bytes={}-", part.bytes())).header("If-Range", mark);
        }
        let response = match request.call() {
            Ok(response) => response,
            Err(error) if is_cut(&error) && part.bytes() > 0 => return Ok(Ended::Cut(error.to_string())),
            Err(error) => return Err(self.unreachable(part, &error)),
        };
        let (head, body) = response.into_parts();
        let length = number(&head.headers, header::CONTENT_LENGTH);
        match head.status {
            StatusCode::OK => {
                self.refuse(&head.headers, length)?;
                part.begin(self.address, edition(&head.headers).as_deref())?;
                self.receive(part, body, length, told)
            }
            StatusCode::PARTIAL_CONTENT if mark.is_some() => {
                let (from, total) = range(&head.headers);
                if from != Some(part.bytes()) {
                    part.begin(self.address, None)?;
                    return Ok(Ended::Stale);
                }
                let total = total.or_else(|| Some(part.bytes() + length?));
                self.refuse(&head.headers, total)?;
                part.go_on()?;
                self.receive(part, body, total, told)
            }
            StatusCode::RANGE_NOT_SATISFIABLE if mark.is_some() => {
                // Asked for what comes after the end: either all is there, or the file has changed.
                if range(&head.headers).1 == Some(part.bytes()) {
                    return Ok(Ended::Whole);
                }
                part.begin(self.address, None)?;
                Ok(Ended::Stale)
            }
            status => Err(FetchError::Status {
                key: self.key(),
                status: status.as_u16(),
                address: self.address.to_owned(),
                page: self.entry.page.clone(),
            }),
        }
    }

    /// What need not be received at all.
    fn refuse(&self, headers: &HeaderMap, total: Option<u64>) -> Result<(), FetchError> {
        let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if kind.starts_with("text/html") {
            return Err(FetchError::WebPage {
                key: self.key(),
                address: self.address.to_owned(),
                page: self.entry.page.clone(),
            });
        }
        if total.is_some_and(|total| self.entry.bytes_max < total) { Err(self.too_large()) } else { Ok(()) }
    }

    fn too_large(&self) -> FetchError {
        FetchError::TooLarge { key: self.key(), limit: self.entry.bytes_max }
    }

    fn receive(
        &self,
        part: &mut Part,
        body: Body,
        total: Option<u64>,
        told: &mut dyn FnMut(Step),
    ) -> Result<Ended, FetchError> {
        told(Step::Begun { already: part.bytes(), total });
        let mut reader = body.into_with_config().limit(u64::MAX).reader();
        let mut buffer = vec![0; 1 << 16];
        loop {
            let count = match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) => return Ok(Ended::Cut(error.to_string())),
            };
            if self.entry.bytes_max < part.bytes() + count as u64 {
                return Err(self.too_large());
            }
            part.add(&buffer[..count])?;
            told(Step::Received(count as u64));
        }
        match total {
            Some(total) if part.bytes() < total => Ok(Ended::Cut("the server hung up".to_owned())),
            _ => Ok(Ended::Whole),
        }
    }

    fn unreachable(&self, part: &Part, error: &ureq::Error) -> FetchError {
        let kept = if part.bytes() > 0 { Kept::Bytes(part.bytes()) } else { Kept::Nothing };
        FetchError::Unreachable {
            key: self.key(),
            host: host(self.address).to_owned(),
            cause: error.to_string(),
            kept,
        }
    }

    /// Whether what came is another file than the catalogue's.
    fn wrong(&self, bytes: u64, sha256: &str) -> Option<FetchError> {
        if let Some(expected) = self.entry.bytes.filter(|expected| *expected != bytes) {
            return Some(FetchError::Size { key: self.key(), received: bytes, expected });
        }
        let expected = self.entry.sha256.clone().filter(|expected| expected != sha256)?;
        Some(FetchError::Checksum { key: self.key(), found: sha256.to_owned(), expected })
    }
}

/// Whether a connection was made and then lost.
fn is_cut(error: &ureq::Error) -> bool {
    matches!(error, ureq::Error::Io(cause) if cause.kind() != std::io::ErrorKind::ConnectionRefused)
}

fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

fn number(headers: &HeaderMap, name: header::HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// The mark of an edition: a strong `ETag`, else `Last-Modified`. A weak one does not promise the same bytes.
fn edition(headers: &HeaderMap) -> Option<String> {
    let text = |name| headers.get(name)?.to_str().ok().map(str::to_owned);
    text(header::ETAG).filter(|tag: &String| !tag.starts_with("W/")).or_else(|| text(header::LAST_MODIFIED))
}

/// The first byte and the total of `Content-Range: bytes 5-9/10` or `bytes */10`.
fn range(headers: &HeaderMap) -> (Option<u64>, Option<u64>) {
    let text = headers.get(header::CONTENT_RANGE).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let Some((bytes, total)) = text.trim().strip_prefix("bytes ").and_then(|it| it.split_once('/')) else {
        return (None, None);
    };
    let from = bytes.split_once('-').and_then(|(from, _)| from.trim().parse().ok());
    (from, total.trim().parse().ok())
}
