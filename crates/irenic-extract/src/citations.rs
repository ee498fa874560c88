//! Citations: marks tied to their notes, links to their addresses, and what a note says of the cited work.

use irenic_model::{Citation, DateInterval, Document, LinkTarget, Span, TimeExpression, TimeType};

/// A publisher's name has at most so many words; longer stretches are titles.
const PUBLISHER_WORDS_MAX: usize = 7;

/// An author's name has at most so many words.
const AUTHOR_WORDS_MAX: usize = 4;

/// Words that open the citation inside a note that explains something.
const OPENERS: &[&str] = &["see:", "see also:", "see also ", "cited in:", "quoted in:", "source:", "see "];

/// Words that lead to an address or a date and belong to neither the title nor the publisher.
const LEADS: &[&str] = &[
    "available at",
    "available from",
    "accessed on",
    "accessed",
    "retrieved from",
    "retrieved on",
    "retrieved",
    "issued on",
    "published on",
    "published",
    "updated on",
    "last visited",
    "online at",
    "url",
    "at",
    "on",
    "doi",
];

/// Abbreviations whose stop does not end a part of a citation.
const ABBREVIATIONS: &[&str] = &[
    "vol", "no", "nos", "pp", "p", "ed", "eds", "vs", "v", "dr", "mr", "mrs", "ms", "st", "gen", "col", "lt",
    "art", "para", "ch", "cf", "al", "ibid", "trans", "univ", "dept", "res", "doc",
];

/// What follows the name of a journal or a series.
const ISSUE_WORDS: &[&str] =
    &["vol", "vol.", "volume", "issue", "no", "no.", "number", "pp", "pp.", "p.", "ed.", "edition"];

/// The citations of a document: one for each mark in the body that leads to a note, and one for each link.
///
/// `times` are the expressions of time of the whole document, in text order; they date the cited works.
#[must_use]
pub fn citations(document: &Document, times: &[TimeExpression]) -> Vec<Citation> {
    let text = &document.text;
    document
        .links
        .iter()
        .map(|link| {
            let marker = link.span.of(text).to_owned();
            match &link.target {
                LinkTarget::Note(note) => {
                    let work = Work::of_note(text, *note, times);
                    Citation {
                        span: link.span,
                        marker,
                        note: Some(*note),
                        title: work.title,
                        publisher: work.publisher,
                        date: work.date,
                        url: work.url,
                    }
                }
                LinkTarget::Address(address) => Citation {
                    span: link.span,
                    title: None,
                    publisher: host(address),
                    marker,
                    note: None,
                    date: None,
                    url: Some(address.clone()),
                },
            }
        })
        .collect()
}

/// What a note says of the work it cites.
#[derive(Debug, Default)]
struct Work {
    title: Option<String>,
    publisher: Option<String>,
    date: Option<DateInterval>,
    url: Option<String>,
}

impl Work {
    fn of_note(text: &str, note: Span, times: &[TimeExpression]) -> Self {
        let body = after_label(text, note);
        let address = find_address(body.of(text));
        let head_end = address.as_ref().map_or(body.end, |(at, _)| body.start + at);
        let head = after_opener(text, Span::new(body.start, head_end));
        let date = date_in(head, times).map(|(span, date)| (span, *date)).or_else(|| bare_year(text, head));
        let url = address.map(|(_, address)| address);
        let (title, publisher) = title_and_publisher(text, head, date.as_ref().map(|date| date.0));
        let publisher = publisher.or_else(|| url.as_deref().and_then(host));
        Self { title, publisher, date: date.map(|date| date.1), url }
    }
}

/// The note without its own label: `[4] `, `4. `, `⁴ `.
fn after_label(text: &str, note: Span) -> Span {
    let words = note.of(text);
    let is_label = |c: char| c.is_ascii_digit() || "[]^.)*†⁰¹²³⁴⁵⁶⁷⁸⁹:".contains(c) || c.is_whitespace();
    let rest = words.trim_start_matches(is_label);
    let start = note.end - rest.len();
    Span::new(start, start + rest.trim_end().len())
}

/// From the last word that opens a citation inside an explaining note; the whole head where there is none.
fn after_opener(text: &str, head: Span) -> Span {
    let words = head.of(text);
    let lower = words.to_ascii_lowercase();
    let at = OPENERS
        .iter()
        .filter_map(|opener| {
            let at = lower.rfind(opener)?;
            let is_word = !lower[..at].ends_with(|c: char| c.is_alphanumeric());
            is_word.then_some(at + opener.len())
        })
        .max();
    // "See" in running words, before a name in small letters, opens nothing.
    let start = at
        .filter(|&at| words[at..].trim_start().starts_with(|c: char| c.is_uppercase() || "“\"‘".contains(c)));
    Span::new(head.start + start.unwrap_or(0), head.end)
}

/// The first address in a note: where it begins, and its characters.
fn find_address(note: &str) -> Option<(usize, String)> {
    let at = ["https://", "http://", "www."].iter().filter_map(|lead| note.find(lead)).min()?;
    let address = note[at..].split(|c: char| c.is_whitespace() || "<>\"”“".contains(c)).next()?;
    let address = address.trim_end_matches(['.', ',', ';', ':', ')', ']', '’']);
    (address.len() > "https://".len()).then(|| (at, address.to_owned()))
}

/// The name of the machine that an address names, without `www.`.
fn host(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then(|| host.to_ascii_lowercase())
}

/// The last date in the head: where it stands and what it denotes. A day counts before a year, since volumes and
/// titles have years.
fn date_in(head: Span, times: &[TimeExpression]) -> Option<(Span, &DateInterval)> {
    let first = times.partition_point(|time| time.span.start < head.start);
    let inside: Vec<_> = times[first..]
        .iter()
        .take_while(|time| time.span.end <= head.end)
        .filter(|time| time.kind == TimeType::Date && time.value.starts_with(|c: char| c.is_ascii_digit()))
        .filter_map(|time| Some((time.span, time.interval.as_ref()?)))
        .collect();
    let is_full = |interval: &DateInterval| interval.from() == interval.until();
    inside.iter().rev().find(|(_, interval)| is_full(interval)).or(inside.last()).copied()
}

/// A year that stands alone between commas, stops or brackets: "Issue 17, 2005, p. 25".
fn bare_year(text: &str, head: Span) -> Option<(Span, DateInterval)> {
    let words = head.of(text);
    let mut start = 0;
    let mut found = None;
    for piece in words.split_inclusive([',', '.', '(', ')', ';']) {
        let year = piece.trim_matches(|c: char| !c.is_ascii_digit());
        let is_alone = piece.trim().trim_end_matches([',', '.', ')', ';']) == year;
        if is_alone
            && year.len() == 4
            && let Some(interval) =
                year.parse().ok().filter(|year| (1800..2100).contains(year)).and_then(DateInterval::year)
        {
            let at = head.start + start + piece.find(year).unwrap_or(0);
            found = Some((Span::new(at, at + 4), interval));
        }
        start += piece.len();
    }
    found
}

fn title_and_publisher(text: &str, head: Span, date: Option<Span>) -> (Option<String>, Option<String>) {
    let words = head.of(text);
    if let Some((title, rest)) = quoted_title(words) {
        let until = date.map_or(words.len(), |date| date.start - head.start);
        let rest_at = words.len() - rest.len();
        let rest = if until > rest_at { &words[rest_at..until] } else { rest };
        return (clean(title), container(rest));
    }
    let kept = match date {
        // What stands after the date is pages and the like; a date at the head is followed by the rest.
        Some(date) if date.start - head.start > words.len() / 4 => &words[..date.start - head.start],
        Some(date) => &words[date.end - head.start..],
        None => words,
    };
    let mut parts: Vec<&str> = parts(kept).into_iter().filter(|part| !is_lead(part)).collect();
    if parts.len() > 1 && is_author(parts[0]) {
        parts.remove(0);
    }
    let inner = parts.iter().position(|part| part.to_ascii_lowercase().starts_with("in: "));
    if let Some(at) = inner.filter(|&at| at > 0) {
        let publisher = parts[at..].iter().rev().find_map(|part| container(part));
        return (clean(&parts[..at].join(". ")), publisher);
    }
    let mut publisher = None;
    if parts.len() > 1
        && let Some(name) = parts.last().and_then(|last| publisher_of(last))
    {
        publisher = Some(name);
        parts.pop();
    }
    let mut title = parts.join(". ");
    if publisher.is_none()
        && let Some((before, last)) = title.trim_end_matches([',', ' ']).rsplit_once(", ")
        && is_site(last)
    {
        publisher = clean(last);
        title = before.to_owned();
    }
    if publisher.is_none()
        && let Some(agency) = closing_acronym(&title)
    {
        publisher = Some(agency.to_owned());
    }
    (clean(&title), publisher)
}

/// A title in quotation marks, and what follows it.
fn quoted_title(head: &str) -> Option<(&str, &str)> {
    let (open, close) = [('“', '”'), ('"', '"'), ('«', '»')]
        .into_iter()
        .filter_map(|(open, close)| Some((head.find(open)?, open, close)))
        .min()
        .map(|(at, open, close)| (at + open.len_utf8(), close))?;
    let end = open + head[open..].find(close)?;
    let title = &head[open..end];
    (title.split_whitespace().count() > 2).then(|| (title, &head[end + close.len_utf8()..]))
}

/// The journal, book or publisher that a stretch names: without "In:", up to its volume, issue, date or place.
fn container(part: &str) -> Option<String> {
    let part = part.trim_matches(|c: char| c.is_whitespace() || ".,;–—-(".contains(c));
    let part = part
        .strip_prefix("In:")
        .or_else(|| part.strip_prefix("In "))
        .or_else(|| part.strip_prefix("in "))
        .unwrap_or(part);
    let kept: Vec<&str> = part
        .split(',')
        .map(str::trim)
        .take_while(|piece| {
            let first = piece.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
            !ISSUE_WORDS.contains(&first.as_str()) && !first.starts_with(|c: char| c.is_ascii_digit())
        })
        .collect();
    let name = kept.first()?;
    if is_lead(name) || name.split_whitespace().count() > PUBLISHER_WORDS_MAX {
        return None;
    }
    clean(name)
}

/// The name of a publisher or a site, if that is what the part is.
fn publisher_of(part: &str) -> Option<String> {
    let name = part.trim_matches(|c: char| c.is_whitespace() || ",;–—-".contains(c));
    let words = name.split_whitespace().count();
    let is_name = || name.starts_with(char::is_uppercase) && words <= PUBLISHER_WORDS_MAX;
    (is_site(name) || is_name()).then(|| container(name)).flatten()
}

/// `news.example`: one word with a dot inside.
fn is_site(name: &str) -> bool {
    let name = name.trim();
    let Some((before, after)) = name.rsplit_once('.') else { return false };
    !name.contains(char::is_whitespace)
        && !before.is_empty()
        && (2..=6).contains(&after.len())
        && after.chars().all(|c| c.is_ascii_lowercase())
}

/// "(AFP)" at the end of a title: an agency.
fn closing_acronym(title: &str) -> Option<&str> {
    let inner = title.trim_end_matches(['.', ' ', ',']).strip_suffix(')')?;
    let name = &inner[inner.rfind('(')? + 1..];
    ((2..=6).contains(&name.len()) && name.chars().all(|c| c.is_ascii_uppercase())).then_some(name)
}

/// Two to four capitalised words, initials among them: a person's name, or several joined by "and".
fn is_author(part: &str) -> bool {
    let words: Vec<&str> =
        part.split_whitespace().filter(|word| !matches!(*word, "and" | "&" | "de" | "von")).collect();
    let is_name = |word: &&str| {
        let mut chars = word.chars();
        chars.next().is_some_and(char::is_uppercase)
            && chars.all(|c| c.is_lowercase() || ".,-’'".contains(c) || c.is_uppercase())
            && !word.chars().all(|c| c.is_uppercase() && word.len() > 3)
    };
    (2..=AUTHOR_WORDS_MAX).contains(&words.len()) && words.iter().all(is_name)
}

fn is_lead(part: &str) -> bool {
    let word = part.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    word.is_empty() || LEADS.contains(&word.as_str())
}

/// Splits at stops that end a part: before a space and a capital, not after initials and abbreviations.
fn parts(head: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in head.match_indices(['.', '?', '!']) {
        let rest = &head[at + 1..];
        let opens = rest.trim_start().chars().next();
        if !rest.starts_with(char::is_whitespace) || opens.is_none_or(char::is_lowercase) {
            continue;
        }
        let word = head[start..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        if is_initial || ABBREVIATIONS.contains(&word.to_ascii_lowercase().as_str()) {
            continue;
        }
        found.push(&head[start..at]);
        start = at + 1;
    }
    found.push(&head[start..]);
    found.into_iter().map(str::trim).filter(|part| part.chars().any(char::is_alphanumeric)).collect()
}

/// Without the dashes, stops and brackets around it, with single spaces; `None` if nothing is left.
fn clean(part: &str) -> Option<String> {
    let joined = part.split_whitespace().collect::<Vec<_>>().join(" ");
    let trimmed = joined.trim_matches(|c: char| c.is_whitespace() || ".,;:–—-".contains(c));
    (!trimmed.is_empty()).then(|| trimmed.to_owned())
}

#[cfg(test)]
mod tests {
    use irenic_model::{Certainty, Grain, Link, Source};

    use super::*;

    /// The work that a note cites, its date given by the words `date` in it.
    fn work(note: &str, date: &str) -> [String; 4] {
        let body = "It began.[1]\n\n";
        let text = format!("{body}[1] {note}");
        let span = Span::new(body.len(), text.len());
        let mut document = Document {
            source: Source::new("a.txt", text.as_bytes()),
            text: text.clone(),
            blocks: Vec::new(),
            links: Vec::new(),
            diagnostics: Vec::new(),
        };
        document.links.push(Link { span: Span::new(9, 12), target: LinkTarget::Note(span) });
        let day = jiff_date(2021, 1, 3);
        let times: Vec<TimeExpression> = text
            .find(date)
            .filter(|_| !date.is_empty())
            .map(|at| TimeExpression {
                span: Span::new(at, at + date.len()),
                kind: TimeType::Date,
                value: "2021-01-03".to_owned(),
                modifier: None,
                interval: DateInterval::new(day, day, Grain::Day, Certainty::Stated),
            })
            .into_iter()
            .collect();
        let found = citations(&document, &times);
        assert_eq!(found.len(), 1);
        let citation = found.into_iter().next().expect("one was found");
        assert_eq!((citation.marker.as_str(), citation.note), ("[1]", Some(span)));
        let dated = citation.date.map(|date| date.from().to_string());
        [citation.title, citation.publisher, dated, citation.url].map(Option::unwrap_or_default)
    }

    fn jiff_date(year: i16, month: i8, day: i8) -> irenic_model::jiff::civil::Date {
        irenic_model::jiff::civil::date(year, month, day)
    }

    #[test]
    fn notes_are_read() {
        let cases = [
            (
                "Jane Doe. A road to somewhere. Example.org, 3 January 2021 – https://example.org/a/b_c",
                "3 January 2021",
                ["A road to somewhere", "Example.org", "2021-01-03", "https://example.org/a/b_c"],
            ),
            (
                "Jane Q. Doe. “Mapping a Valley: Notes and Queries.” In: The Review of Maps, vol. 2, no. 1, 2021, pp. 2–6.",
                "2021",
                ["Mapping a Valley: Notes and Queries", "The Review of Maps", "2021-01-03", ""],
            ),
            (
                "Many thought otherwise (see: J. Doe. A view. In: Series. The long title. Peace Press, Issue 1, 2021, p.2 – https://a.org/x.pdf",
                "2021",
                ["A view", "Peace Press", "2021-01-03", "https://a.org/x.pdf"],
            ),
            (
                "J. Doe. A view. The Valley Post, 1999, p.25 – https://a.org/x.pdf",
                "",
                ["A view", "The Valley Post", "1999-01-01", "https://a.org/x.pdf"],
            ),
            (
                "Statement by the President and the Prime Minister, 3 January 2021 – https://www.president.example/45923",
                "3 January 2021",
                [
                    "Statement by the President and the Prime Minister",
                    "president.example",
                    "2021-01-03",
                    "https://www.president.example/45923",
                ],
            ),
            (
                "Team completes mission, valley.un.org, 03 January 2021 – https://valley.un.org/1.",
                "03 January 2021",
                ["Team completes mission", "valley.un.org", "2021-01-03", "https://valley.un.org/1"],
            ),
            (
                "City denies claims (AFP). Issued on: 03/01/2021 – https://a.example/1",
                "03/01/2021",
                ["City denies claims (AFP)", "AFP", "2021-01-03", "https://a.example/1"],
            ),
            (
                "A title alone – http://a.example/x",
                "",
                ["A title alone", "a.example", "", "http://a.example/x"],
            ),
            ("Ibid.", "", ["Ibid", "", "", ""]),
        ];
        for (note, date, expected) in cases {
            assert_eq!(work(note, date), expected, "{note}");
        }
    }
}
