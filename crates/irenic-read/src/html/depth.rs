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

/// The same text without the tags that nest deeper than `depth_max`; their words stay.
pub(super) fn flatten(html: &str, depth_max: usize) -> Cow<'_, str> {
    let mut depth = 0usize;
    let mut cut: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(found) = memchr(html, at) {
        let end = tag_end(html, found);
        let (name, is_end, is_empty) = parts(&html[found..end]);
        at = end.max(found + 1);
        if name.is_empty() || is_empty || is_one_of(VOID, name) {
            continue;
        }
        if is_end {
            let beyond = depth > depth_max;
            if !is_one_of(CLOSING, name) {
                depth = depth.saturating_sub(1);
            }
            if beyond {
                cut.push((found, end));
            }
            continue;
        }
        if !is_one_of(CLOSING, name) {
            depth += 1;
        }
        if depth > depth_max {
            cut.push((found, end));
        }
    }
    without(html, &cut)
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

fn without<'h>(html: &'h str, cut: &[(usize, usize)]) -> Cow<'h, str> {
    if cut.is_empty() {
        return Cow::Borrowed(html);
    }
    let mut kept = String::with_capacity(html.len());
    let mut at = 0;
    for &(start, end) in cut {
        kept.push_str(&html[at..start]);
        kept.push(' ');
        at = end;
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
    }
}
