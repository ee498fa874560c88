//! One chunk between white space to tokens, in one pass with bounded looking about.

use std::ops::Range;

use super::characters::{is_apostrophe, is_mark, is_superscript, is_word, runs};
use super::rules::{Abbreviation, Rules};

/// Web and mail addresses are looked for only in chunks up to this length, so that time stays linear. Bytes.
const ADDRESS_MAX: usize = 2_000;

/// Parts of a domain name after the first that are looked at.
const LABELS_MAX: usize = 6;

/// Longest part of a domain name, in bytes (RFC 1035).
const LABEL_MAX: usize = 63;

/// How far ahead or back a rule looks, in bytes, where the text sets no bound.
const LOOK_MAX: usize = 24;

/// A chunk under the knife.
pub(super) struct Chunk<'a> {
    text: &'a str,
    /// The chunk that follows, for "No. 5".
    next: &'a str,
    rules: &'a Rules,
}

impl<'a> Chunk<'a> {
    pub(super) const fn new(text: &'a str, next: &'a str, rules: &'a Rules) -> Self {
        Self { text, next, rules }
    }

    /// Gives the tokens to `emit`, in order. They leave out nothing.
    pub(super) fn split(&self, mut emit: impl FnMut(Range<usize>)) {
        if self.rules.is_emoticon(self.text) || self.is_clitic_alone() {
            return emit(0..self.text.len());
        }
        let address = self.address();
        let mut at = 0;
        while at < self.text.len() {
            if let Some(found) = address.as_ref().filter(|found| found.start == at) {
                emit(found.clone());
                at = found.end;
                continue;
            }
            let limit = address.as_ref().map_or(self.text.len(), |found| {
                if at < found.start { found.start } else { self.text.len() }
            });
            let end = self.token(at, limit);
            self.emit_word(at..end, &mut emit);
            at = end;
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// End of the token that starts at `at`.
    fn token(&self, at: usize, limit: usize) -> usize {
        let first = self.char_at(at).expect("called inside the chunk");
        let second = self.char_at(at + first.len_utf8());
        let end = if first.is_ascii_digit() || (self.signs_number(at, first) && at == 0) {
            self.number(at, limit)
        } else if is_word(first) {
            self.word(at, limit)
        } else if is_apostrophe(first) && self.starts_elided(at, first) {
            self.word(at + first.len_utf8(), limit)
        } else {
            self.symbol(at, first, second)
        };
        end.min(limit)
    }

    /// "+44" and ".22" are numbers with their sign.
    fn signs_number(&self, at: usize, first: char) -> bool {
        matches!(first, '+' | '.') && self.char_at(at + 1).is_some_and(|c| c.is_ascii_digit())
    }

    /// "'73" for the year, at the start of a chunk.
    fn starts_elided(&self, at: usize, first: char) -> bool {
        let rest = &self.text[at + first.len_utf8()..];
        at == 0 && rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_digit())
    }

    fn symbol(&self, at: usize, first: char, second: Option<char>) -> usize {
        let rest = &self.text[at..];
        if rest.starts_with("``") || rest.starts_with("''") || rest.starts_with("’’") {
            return at + 2 * first.len_utf8();
        }
        if matches!(first, '!' | '?') {
            return at + rest.find(|c| !matches!(c, '!' | '?')).unwrap_or(rest.len());
        }
        if runs(first) && second == Some(first) {
            return at + rest.find(|c| c != first).unwrap_or(rest.len());
        }
        if is_superscript(first) {
            return at + rest.find(|c| !is_superscript(c)).unwrap_or(rest.len());
        }
        let after = at + first.len_utf8();
        let tail = &self.text[after..];
        after + tail.find(|c| !is_mark(c)).unwrap_or(tail.len())
    }

    /// End of a number: grouped digits, decimals, times, dates, telephone numbers, ordinals and decades.
    fn number(&self, start: usize, limit: usize) -> usize {
        let mut at = start + usize::from(!self.text.as_bytes()[start].is_ascii_digit());
        let bytes = &self.text.as_bytes()[..limit];
        let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        at += digits(at);
        while at + 1 < limit && matches!(bytes[at], b'.' | b',' | b':') && bytes[at + 1].is_ascii_digit() {
            at += 1 + digits(at + 1);
        }
        at = self.slashes_and_hyphens(start, at, limit);
        let suffix = self.text[at..limit].find(|c| !is_word(c)).map_or(limit, |end| at + end);
        let letters = &self.text[at..suffix];
        if letters.is_empty() {
            return self.decade(at, limit);
        }
        if self.rules.is_unit(letters) { at } else { self.word(at, limit) }
    }

    /// "1590's" is one word.
    fn decade(&self, at: usize, limit: usize) -> usize {
        let Some(mark) = self.char_at(at).filter(|&c| is_apostrophe(c)) else { return at };
        let after = at + mark.len_utf8();
        let ends = self.char_at(after + 1).is_none_or(|c| !is_word(c));
        if self.char_at(after) == Some('s') && ends { (after + 1).min(limit) } else { at }
    }

    /// "9/11", "11/28/2000", "2001-02-03" and "713-853-3989" are one token, "1969-1970" is three.
    fn slashes_and_hyphens(&self, start: usize, at: usize, limit: usize) -> usize {
        let bytes = &self.text.as_bytes()[..limit];
        let Some(&mark @ (b'/' | b'-')) = bytes.get(at) else { return at };
        let mut groups = vec![at - start];
        let mut end = at;
        while groups.len() < 6 && bytes.get(end) == Some(&mark) {
            let count = bytes[end + 1..].iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
            if count == 0 {
                break;
            }
            groups.push(count);
            end += 1 + count;
        }
        let joined = matches!(
            (mark, &groups[..]),
            (b'/', [1 | 2, 1 | 2] | [1 | 2, 1 | 2, 2 | 4] | [4, 1 | 2, 1 | 2])
                | (b'-', [1 | 2, 1 | 2, 2 | 4] | [4, 2, 2] | [3, 4])
                | (b'-', [1..=3, 3, 3 | 4] | [1, 3, 3, 4])
        );
        if joined { end } else { at }
    }

    /// End of a word, with its inner apostrophes, full stops, ampersands, and hyphens after prefixes.
    fn word(&self, start: usize, limit: usize) -> usize {
        let mut part = start;
        let mut at = start;
        loop {
            let rest = &self.text[at..limit];
            at += rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let Some(c) = self.char_at(at).filter(|_| at < limit) else { return at };
            let after = at + c.len_utf8();
            let next = self.char_at(after).filter(|_| after < limit);
            let joins = next.is_some_and(is_word);
            match c {
                '.' => return self.full_stop(part, at, limit),
                '-' if joins && self.rules.is_prefix(&self.text[part..at]) => part = after,
                '&' if joins && self.is_upper(part..at) => {}
                '_' | '@' if joins => {}
                _ if is_apostrophe(c) && joins => {}
                _ => return at,
            }
            at = after;
        }
    }

    /// Whether a short part is all in capitals: "AT" in "AT&T".
    fn is_upper(&self, range: Range<usize>) -> bool {
        range.len() <= LOOK_MAX && self.text[range].chars().all(char::is_uppercase)
    }

    /// What becomes of a full stop at `at` after the word that starts at `part`: end of the token.
    fn full_stop(&self, part: usize, at: usize, limit: usize) -> usize {
        let word = &self.text[part..at];
        if self.text[at..].starts_with("..") {
            return at;
        }
        if word.chars().count() == 1 && word.chars().all(char::is_alphabetic) {
            return self.initials(part, at, limit);
        }
        if self.is_abbreviation(word, at + 1) {
            return at + 1;
        }
        self.domain(at, limit).unwrap_or(at)
    }

    /// "U.S.", "J.F." and "e.g." are one token; "R.Smith" is "R." and "Smith".
    fn initials(&self, start: usize, stop: usize, limit: usize) -> usize {
        let mut end = stop + 1;
        while let Some(letter) = self.char_at(end).filter(|c| end < limit && c.is_alphabetic()) {
            let after = end + letter.len_utf8();
            match self.char_at(after).filter(|_| after < limit) {
                Some('.') => end = after + 1,
                Some(c) if is_word(c) => break,
                // "U.S.A" without its last stop.
                _ => return after,
            }
        }
        let several = end > stop + 1;
        if several || self.is_initial(start, end) { end } else { stop }
    }

    /// Whether a single letter with a full stop is a name's initial.
    fn is_initial(&self, start: usize, end: usize) -> bool {
        let letter = &self.text[start..end - 1];
        if let Some(kind) = self.rules.abbreviation(letter) {
            return kind != Abbreviation::BeforeNumber || self.number_follows(end);
        }
        let follower = if end < self.text.len() { &self.text[end..] } else { self.next };
        let capital = letter.chars().all(char::is_uppercase);
        // "You and I." and an item's "A." at the start of a line are told apart by what follows only.
        capital && letter != "I" && follower.chars().next().is_some_and(|c| c.is_uppercase() || c == ',')
    }

    /// The word right after `end`, in this chunk or the next; cut short if it is long.
    fn follower(&self, end: usize) -> &'a str {
        let rest = if end < self.text.len() { &self.text[end..] } else { self.next };
        let length = rest
            .char_indices()
            .take(LOOK_MAX)
            .take_while(|&(_, c)| is_word(c))
            .map(|(at, c)| at + c.len_utf8());
        &rest[..length.last().unwrap_or(0)]
    }

    fn number_follows(&self, end: usize) -> bool {
        let word = self.follower(end);
        word.starts_with(|c: char| c.is_ascii_digit())
            || (!word.is_empty() && word.len() <= 8 && word.bytes().all(|byte| b"IVXLC".contains(&byte)))
    }

    fn is_abbreviation(&self, word: &str, end: usize) -> bool {
        let Some(kind) = self.rules.abbreviation(word) else { return false };
        if kind == Abbreviation::BeforeNumber {
            return self.number_follows(end);
        }
        if !self.rules.is_doubtful(word) {
            return true;
        }
        let follower = self.follower(end);
        let capital = word.starts_with(|c: char| c.is_uppercase());
        capital && !follower.is_empty() && !self.rules.is_opener(follower)
    }

    /// "example.com", "report.doc": a full stop before a known last part joins.
    fn domain(&self, stop: usize, limit: usize) -> Option<usize> {
        let mut end = stop;
        let mut known = None;
        for _ in 0..LABELS_MAX {
            if !self.text[end..limit].starts_with('.') {
                break;
            }
            let rest = &self.text[end + 1..limit];
            let ends = |&(at, c): &(usize, char)| at > LABEL_MAX || !(is_word(c) || c == '-');
            let label = rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at);
            if label == 0 || label > LABEL_MAX {
                break;
            }
            end += 1 + label;
            if self.rules.is_domain(&rest[..label]) {
                known = Some(end);
            }
        }
        known
    }

    /// A web or mail address in the chunk, without the punctuation around it.
    fn address(&self) -> Option<Range<usize>> {
        if self.text.len() > ADDRESS_MAX {
            return None;
        }
        self.web_address().or_else(|| self.mail_address())
    }

    fn web_address(&self) -> Option<Range<usize>> {
        if !self.text.contains("://") && !self.text.contains("www.") && !self.text.contains("mailto:") {
            return None;
        }
        let start = ["http://", "https://", "ftp://", "www.", "mailto:", "HTTP://"]
            .iter()
            .filter_map(|scheme| self.text.find(scheme))
            .min()?;
        let rest = &self.text[start..];
        let end = rest.find(['<', '>', '"', '”', '“', '»']).unwrap_or(rest.len());
        let mut address = &rest[..end];
        loop {
            let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']', '}']);
            let shorter = match shorter.strip_suffix(')') {
                Some(inner) if !inner.contains('(') => inner,
                _ => shorter,
            };
            if shorter.len() == address.len() {
                break;
            }
            address = shorter;
        }
        (address.len() > 4).then(|| start..start + address.len())
    }

    fn mail_address(&self) -> Option<Range<usize>> {
        let at = self.text.find('@')?;
        let bytes = self.text.as_bytes();
        let name = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
        let host = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
        let start = at - bytes[..at].iter().rev().take_while(|byte| name(byte)).count();
        let mut end = at + 1 + bytes[at + 1..].iter().take_while(|byte| host(byte)).count();
        while end > at + 1 && matches!(bytes[end - 1], b'.' | b'-') {
            end -= 1;
        }
        (start < at && end > at + 1).then_some(start..end)
    }

    /// Emits a word, with its clitic or second half apart.
    fn emit_word(&self, range: Range<usize>, emit: &mut impl FnMut(Range<usize>)) {
        let word = &self.text[range.clone()];
        match self.rules.split(word).or_else(|| clitic(word)) {
            Some(at) => {
                emit(range.start..range.start + at);
                emit(range.start + at..range.end);
            }
            None => emit(range),
        }
    }

    fn is_clitic_alone(&self) -> bool {
        let mut chars = self.text.chars();
        let marked = chars.next().is_some_and(is_apostrophe);
        (marked && is_clitic_ending(chars.as_str())) || is_negation(self.text)
    }
}

/// Where the clitic of a word begins: "n't", "'s", "'re", "'ve", "'ll", "'d", "'m".
fn clitic(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().take(4).find(|&(_, c)| is_apostrophe(c))?;
    let ending = &word[at + mark.len_utf8()..];
    let before = &word[..at];
    if ending.eq_ignore_ascii_case("t") {
        let stem = before.strip_suffix(['n', 'N']).filter(|stem| !stem.is_empty())?;
        return Some(stem.len());
    }
    let number = before.starts_with(|c: char| c.is_ascii_digit());
    (!before.is_empty() && !number && is_clitic_ending(ending)).then_some(at)
}

fn is_clitic_ending(ending: &str) -> bool {
    ["s", "re", "ve", "ll", "d", "m"].iter().any(|known| ending.eq_ignore_ascii_case(known))
}

fn is_negation(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|c| matches!(c, 'n' | 'N'))
        && chars.next().is_some_and(is_apostrophe)
        && chars.as_str().eq_ignore_ascii_case("t")
}
