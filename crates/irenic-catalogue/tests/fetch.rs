//! Fetching from a server that the test starts: success, resume after a cut, and everything that can go wrong.

#![allow(clippy::unwrap_used, reason = "a test panics")]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use irenic_catalogue::{
    Catalogue, Entry, FetchConfig, FetchError, Fetched, Receipt, Standing, Step, check, fetch,
};
use sha2::{Digest as _, Sha256};

/// What the server does with one request, given its head.
type Turn = Box<dyn FnOnce(&str, &mut TcpStream) + Send>;

/// A server that answers so many requests, and hands on their heads.
fn serve(turns: Vec<Turn>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/data.csv", listener.local_addr().unwrap());
    let (send, receive) = channel();
    thread::spawn(move || {
        for turn in turns {
            let (mut stream, _) = listener.accept().unwrap();
            let mut head = String::new();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            while !head.ends_with("\r\n\r\n") {
                assert!(reader.read_line(&mut head).unwrap() > 0, "the client hung up");
            }
            turn(&head, &mut stream);
            send.send(head).unwrap();
        }
    });
    (address, receive)
}

fn answer(status: &'static str, headers: &'static str, body: Vec<u8>, length: usize) -> Turn {
    Box::new(move |_, stream| {
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: text/csv\r\nContent-Length: {length}\r\nConnection: close\r\n{headers}\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        // The client may have hung up, as it does when it refuses.
        let _ = stream.write_all(&body);
    })
}

fn whole(headers: &'static str) -> Turn {
    answer("200 OK", headers, content(), content().len())
}

fn cut(headers: &'static str, after: usize) -> Turn {
    answer("200 OK", headers, content()[..after].to_vec(), content().len())
}

/// A table that Irenic knows, larger than one buffer.
fn content() -> Vec<u8> {
    let mut text = "conflict_id,year,intensity_level,type_of_conflict\n".to_owned();
    (0..20_000).for_each(|row| text.push_str(&format!("{row},2001,1,3\n")));
    text.into_bytes()
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn entry(address: &str, more: &str) -> Entry {
    let text = format!(
        "[[data_set]]\nkey = 'sample'\ntitle = 'S'\npublisher = 'P'\nlicence = 'L'\ncitation = 'C'\n\
         page = 'https://example.org/'\nversion = '1'\nfile = 'sample.csv'\nformat = 'csv'\naddress = '{address}'\n{more}\n"
    );
    let text = if more.contains("bytes_max") { text } else { format!("{text}bytes_max = 1_000_000\n") };
    Catalogue::from_toml(&text).unwrap().entries()[0].clone()
}

fn config() -> FetchConfig {
    FetchConfig { attempts_max: 2, patience: Duration::from_secs(5), proxy_of_environment: false }
}

struct Tried {
    folder: tempfile::TempDir,
    steps: Vec<Step>,
}

impl Tried {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), steps: Vec::new() }
    }

    fn fetch(&mut self, entry: &Entry) -> Result<Fetched, FetchError> {
        self.steps.clear();
        fetch(entry, self.folder.path(), &config(), &mut |step| self.steps.push(step))
    }

    fn files(&self) -> Vec<String> {
        let names = fs::read_dir(self.folder.path()).unwrap().map(|it| it.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }
}

#[test]
fn a_data_set_is_fetched_checked_and_not_fetched_again() {
    let (address, _heads) = serve(vec![whole("")]);
    let mut tried = Tried::new();
    let sum = hash(&content());
    let entry = entry(&address, &format!("bytes = {}\nsha256 = '{sum}'", content().len()));
    assert_eq!(check(&entry, tried.folder.path()).standing, Standing::Missing);
    let fetched = tried.fetch(&entry).unwrap();
    assert_eq!(fs::read(&fetched.file).unwrap(), content());
    assert_eq!((fetched.was_there, fetched.receipt.sha256.as_str()), (false, sum.as_str()));
    assert_eq!(tried.files(), ["sample.csv", "sample.csv.receipt.toml"]);
    assert_eq!(tried.steps[0], Step::Begun { already: 0, total: Some(content().len() as u64) });
    let received: u64 =
        tried.steps[1..].iter().map(|step| if let Step::Received(n) = step { *n } else { 0 }).sum();
    assert_eq!(received, content().len() as u64);
    // The server answers one request only: a second would fail.
    assert!(tried.fetch(&entry).unwrap().was_there);
    let checked = check(&entry, tried.folder.path());
    assert_eq!(checked.standing, Standing::Whole);
    assert_eq!(checked.read_as, Some(("UCDP/PRIO Armed Conflict", None)));
}

#[test]
fn a_broken_connection_is_gone_on_with() {
    let rest = |head: &str, stream: &mut TcpStream| {
        let from: usize = head
            .lines()
            .find_map(|line| line.to_ascii_lowercase().strip_prefix("range: bytes=").map(str::to_owned))
            .and_then(|range| range.trim_end_matches('-').parse().ok())
            .expect("a range is asked for");
        let total = content().len();
        let head = format!(
            "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {from}-{}/{total}\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n",
            total - 1,
            total - from
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&content()[from..]).unwrap();
    };
    let (address, heads) = serve(vec![cut("ETag: \"one\"\r\n", 100_000), Box::new(rest)]);
    let mut tried = Tried::new();
    let fetched = tried.fetch(&entry(&address, "")).unwrap();
    assert_eq!(fs::read(&fetched.file).unwrap(), content());
    let second = heads.iter().nth(1).unwrap().to_ascii_lowercase();
    assert!(second.contains("if-range: \"one\""), "{second}");
    assert!(tried.steps.contains(&Step::Begun { already: 100_000, total: Some(content().len() as u64) }));
}

#[test]
fn a_part_outlives_the_program_and_a_changed_file_begins_anew() {
    // The first call gets a part, then the server only hangs up; the next call finds a new edition, all of which `If-Range`
    // makes it send.
    let hang_up = || -> Turn { Box::new(|_, _| ()) };
    let turns = vec![cut("ETag: \"one\"\r\n", 100_000), hang_up(), hang_up(), whole("ETag: \"two\"\r\n")];
    let (address, heads) = serve(turns);
    let mut tried = Tried::new();
    let entry = entry(&address, "");
    let error = tried.fetch(&entry).unwrap_err();
    assert!(error.to_string().contains("100000 bytes are kept"), "{error}");
    assert_eq!(tried.files(), ["sample.csv.part", "sample.csv.part.toml"]);
    let fetched = tried.fetch(&entry).unwrap();
    assert!(heads.iter().nth(3).unwrap().to_ascii_lowercase().contains("range: bytes=100000-"));
    assert_eq!(fs::read(&fetched.file).unwrap(), content());
    assert_eq!(tried.files(), ["sample.csv", "sample.csv.receipt.toml"]);
}

#[test]
fn without_a_mark_of_the_edition_all_is_asked_for_again() {
    let (address, heads) = serve(vec![cut("ETag: W/\"weak\"\r\n", 100_000), whole("")]);
    let mut tried = Tried::new();
    tried.fetch(&entry(&address, "")).unwrap();
    assert!(heads.iter().take(2).all(|head| !head.to_ascii_lowercase().contains("range:")));
    let (address, _heads) = serve(vec![cut("", 10), cut("", 20)]);
    let mut tried = Tried::new();
    let error = tried.fetch(&entry(&address, "")).unwrap_err();
    assert!(matches!(error, FetchError::Cut { received: 20, .. }), "{error}");
    assert_eq!(tried.files(), Vec::<String>::new(), "{error}");
}

#[test]
fn another_checksum_or_size_keeps_nothing() {
    for (more, word) in [
        (format!("sha256 = '{}'", "0".repeat(64)), "checksum"),
        ("bytes = 5".to_owned(), "the catalogue has 5"),
    ] {
        let (address, _heads) = serve(vec![whole("")]);
        let mut tried = Tried::new();
        let old = tried.folder.path().join("sample.csv");
        fs::write(&old, "the user's own").unwrap();
        let error = tried.fetch(&entry(&address, &more)).unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
        assert_eq!(tried.files(), ["sample.csv"]);
        assert_eq!(fs::read_to_string(old).unwrap(), "the user's own");
    }
}

#[test]
fn what_the_server_refuses_is_said() {
    for (status, hint) in [("404 Not Found", "moved or withdrawn"), ("403 Forbidden", "account")] {
        let (address, _heads) = serve(vec![answer(status, "", b"no".to_vec(), 2)]);
        let error = Tried::new().fetch(&entry(&address, "")).unwrap_err();
        assert!(matches!(error, FetchError::Status { .. }) && error.to_string().contains(hint), "{error}");
        assert!(error.to_string().contains("https://example.org/"), "the publisher's page: {error}");
    }
}

#[test]
fn no_server_is_told_from_a_wrong_address() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/x", listener.local_addr().unwrap());
    drop(listener);
    let mut tried = Tried::new();
    let error = tried.fetch(&entry(&address, "")).unwrap_err();
    assert!(matches!(error, FetchError::Unreachable { .. }), "{error:?}");
    assert!(error.to_string().contains("is the machine online?") && error.to_string().contains("127.0.0.1"));
    assert_eq!(tried.files(), Vec::<String>::new());
    let error = tried.fetch(&entry("http://no-such-host.invalid/x", "")).unwrap_err();
    assert!(matches!(error, FetchError::Unreachable { .. }), "{error:?}");
}

#[test]
fn too_many_bytes_are_refused() {
    // Once by what the server announces, once by what comes without an announcement.
    let (address, _heads) = serve(vec![whole("")]);
    let error = Tried::new().fetch(&entry(&address, "bytes_max = 1000")).unwrap_err();
    assert!(matches!(error, FetchError::TooLarge { limit: 1000, .. }), "{error}");
    let endless: Turn = Box::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nETag: \"e\"\r\nConnection: close\r\n\r\n").unwrap();
        let _ = stream.write_all(&content());
    });
    let (address, _heads) = serve(vec![endless]);
    let mut tried = Tried::new();
    let error = tried.fetch(&entry(&address, "bytes_max = 1000")).unwrap_err();
    assert!(matches!(error, FetchError::TooLarge { .. }), "{error}");
    assert_eq!(tried.files(), Vec::<String>::new());
}

#[test]
fn a_page_to_click_through_is_no_data_set() {
    let page: Turn = Box::new(|_, stream| {
        let head =
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 5\r\n\r\nhello";
        stream.write_all(head.as_bytes()).unwrap();
    });
    let (address, _heads) = serve(vec![page]);
    let mut tried = Tried::new();
    let error = tried.fetch(&entry(&address, "")).unwrap_err();
    assert!(matches!(error, FetchError::WebPage { .. }), "{error}");
    assert_eq!(tried.files(), Vec::<String>::new());
}

#[test]
fn a_file_that_was_changed_is_told_and_fetched_again() {
    let (address, _heads) = serve(vec![whole(""), whole("")]);
    let mut tried = Tried::new();
    let entry = entry(&address, "");
    let file = tried.fetch(&entry).unwrap().file;
    let mut damaged = content();
    damaged.truncate(1000);
    fs::write(&file, damaged).unwrap();
    assert_eq!(check(&entry, tried.folder.path()).standing, Standing::Changed);
    assert!(!tried.fetch(&entry).unwrap().was_there);
    assert_eq!(check(&entry, tried.folder.path()).standing, Standing::Whole);
    fs::remove_file(Receipt::path_of(&file)).unwrap();
    assert_eq!(check(&entry, tried.folder.path()).standing, Standing::Unknown);
    fs::write(&file, "").unwrap();
    assert!(check(&entry, tried.folder.path()).trouble.unwrap().contains("is empty"));
}
