//! A guard before parsing: nesting beyond a depth is flattened, because the tree builder looks through all open
//! elements at each tag, and ten thousand of them would cost the square of that.

use std::borrow::Cow;

/// Elements without content, which never nest.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "!doctype",
];

/// Elements whose end tag may be left out: they close one another.
const CLOSING: &[&str] =
    &["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup"];

/// Elements that only change the look of words. The tree builder opens them anew in each block until they close, so
/// that a few hundred of them, never closed, would swell a page a few hundred times.
const LOOKS: &[&str] = &["b", "big", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements whose content is no markup.
const RAW: &[&str] = &["script", "style", "textarea", "title"];

/// The same text without the tags that nest deeper than `depth_max` or only change the look of words; their words
/// stay.
pub(super) fn flatten(html: &str, depth_max: usize) -> Cow<'_, str> {
    let mut depth = 0usize;
    let mut cut: Vec<Cut> = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr(html, at) {
        if html[found..].starts_with("<!--") {
            let Some(end) = html[found..].find("-->") else { break };
            at = found + end;
            continue;
        }
        let end = tag_end(html, found);
        let (name, is_end, is_empty) = parts(&html[found..end]);
        at = end.max(found + 1);
        if is_one_of(RAW, name) && !is_end {
            at = raw_end(html, at, name);
            continue;
        }
        if is_one_of(LOOKS, name) {
            cut.push(Cut { start: found, end, space: false });
            continue;
        }
        if name.is_empty() || is_empty || is_one_of(VOID, name) {
            continue;
        }
        let nests = usize::from(!is_one_of(CLOSING, name));
        let deepest = if is_end { depth } else { depth + nests };
        depth = if is_end { depth.saturating_sub(nests) } else { depth + nests };
        if deepest > depth_max {
            cut.push(Cut { start: found, end, space: true });
        }
    }
    without(html, &cut)
}

/// A tag to take out, and whether a space takes its place.
struct Cut {
    start: usize,
    end: usize,
    space: bool,
}

/// Where the content of an element that holds no markup ends.
fn raw_end(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html[at..].find("</") {
        at += found + 2;
        if html.as_bytes()[at..]
            .get(..name.len())
            .is_some_and(|ahead| ahead.eq_ignore_ascii_case(name.as_bytes()))
        {
            return at - 2;
        }
    }
    html.len()
}

fn memchr(html: &str, from: usize) -> Option<usize> {
    html.get(from..)?.find('<').map(|found| from + found)
}

/// The offset after the tag that begins at `start`; the end of the text where it never ends.
fn tag_end(html: &str, start: usize) -> usize {
    html[start..].find('>').map_or(html.len(), |found| start + found + 1)
}

/// A tag's name, whether it is an end tag, and whether it closes itself.
fn parts(tag: &str) -> (&str, bool, bool) {
    let inner = &tag[1..];
    let (inner, is_end) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let length = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '!').unwrap_or(inner.len());
    (&inner[..length], is_end, tag.ends_with("/>") && !is_end)
}

fn is_one_of(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn without<'h>(html: &'h str, cut: &[Cut]) -> Cow<'h, str> {
    if cut.is_empty() {
        return Cow::Borrowed(html);
    }
    let mut kept = String::with_capacity(html.len());
    let mut at = 0;
    for tag in cut {
        kept.push_str(&html[at..tag.start]);
        if tag.space {
            kept.push(' ');
        }
        at = tag.end;
    }
    kept.push_str(&html[at..]);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_tags_go_and_words_stay() {
        let html = "<div><div><div>deep</div> up</div></div><p>next<br></p>";
        assert_eq!(flatten(html, 2), "<div><div> deep  up</div></div><p>next<br></p>");
        assert_eq!(flatten(html, 3), html);
        assert_eq!(flatten("a < b <", 1), "a < b <");
        assert_eq!(
            flatten("<p><b>Bo</b>ld<!-- <div><div> --><script><div><div></script><div>x", 1),
            "<p>Bold<!-- <div><div> --><script><div><div></script><div>x"
        );
    }
}
