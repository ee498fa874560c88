//! Front matter: what a Markdown file says of itself, and the infoboxes in it.
//!
//! YAML and TOML both become entries, a path of keys and a value; what names the source goes to the source, and
//! everything else becomes rows of tables, because casualty figures live there.

use irenic_model::{Diagnostic, Severity};
use saphyr_parser::{Event, Parser};

use crate::builder::Builder;
use crate::dates;

/// The longest front matter that is read, in bytes.
const BYTES_MAX: usize = 1 << 20;

/// The deepest nesting that is followed.
const DEPTH_MAX: usize = 32;

/// Keys whose values are about how an entry looks, not about what it says.
const LOOKS: &[&str] =
    &["links", "formatting", "img", "image", "image_size", "width", "map_size", "colwidth"];

/// A value and the keys that lead to it, outermost first; a place in a list is its number.
struct Entry {
    keys: Vec<String>,
    value: String,
}

/// Splits a text into its front matter, with the fence that encloses it, and the rest.
pub(crate) fn split(text: &str) -> Option<(&str, &str, &str)> {
    let fence = ["---", "+++"].into_iter().find(|fence| text.starts_with(fence))?;
    let body = text[3..].strip_prefix('\r').unwrap_or(&text[3..]).strip_prefix('\n')?;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some((fence, &body[..at], &body[at + line.len()..]));
        }
        at += line.len();
        if at > BYTES_MAX {
            return None;
        }
    }
    None
}

/// Reads front matter into the source and the first tables of the document.
pub(crate) fn read(builder: &mut Builder, fence: &str, matter: &str) {
    let entries = if fence == "+++" { toml_entries(matter) } else { yaml_entries(matter) };
    let (entries, error) = entries;
    if let Some(error) = error {
        builder.diagnostics.push(
            Diagnostic::new(
                "read.front-matter",
                Severity::Warning,
                format!("the front matter is not whole: {error}"),
            )
            .hint("mend the lines between the fences at the head of the file"),
        );
    }
    let mut table = None;
    for entry in &entries {
        if entry.keys.iter().any(|key| is_look(key)) || describes_source(builder, entry) {
            continue;
        }
        let group = group_of(&entry.keys);
        if table.as_ref() != Some(&group) {
            builder.table();
            table = Some(group);
        }
        rows(builder, &label(&entry.keys), &entry.value);
    }
    builder.end();
}

fn is_look(key: &str) -> bool {
    LOOKS.contains(&key.to_ascii_lowercase().as_str())
}

/// Takes an entry that says who published what, when and where; what the program does not know stays a row.
fn describes_source(builder: &mut Builder, entry: &Entry) -> bool {
    let [key] = &entry.keys[..] else { return false };
    let source = &mut builder.source;
    let slot = match key.to_ascii_lowercase().as_str() {
        "title" => &mut source.title,
        "author" | "authors" | "by" => &mut source.author,
        "publisher" | "site" => &mut source.publisher,
        "url" | "address" | "link" | "canonical" | "source_url" => &mut source.address,
        "side" => &mut source.side,
        "date" | "pubdate" | "published" | "publishdate" => {
            source.published = source.published.or_else(|| dates::parse(&entry.value));
            return source.published.is_some();
        }
        "kind" | "layout" | "draft" | "slug" | "lang" | "language" => return true,
        _ => return false,
    };
    slot.get_or_insert_with(|| entry.value.trim().to_owned());
    true
}

/// Entries that belong to one infobox share these keys.
fn group_of(keys: &[String]) -> Vec<String> {
    keys.iter().take_while(|key| is_list_name(key) || is_number(key)).cloned().collect()
}

fn is_list_name(key: &str) -> bool {
    matches!(key, "infobox" | "infoboxes")
}

fn is_number(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit())
}

/// The keys without those that only build the structure.
fn label(keys: &[String]) -> String {
    let kept = keys.iter().filter(|key| !is_list_name(key) && !is_number(key) && *key != "text");
    kept.map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// A row of key and text for each line of a value. A line that ends with a colon heads the lines after it, and
/// stands between key and text in each of their rows, so that each row can be read alone.
fn rows(builder: &mut Builder, key: &str, value: &str) {
    let mut head: Option<(&str, bool)> = None;
    for line in value.lines().map(item).filter(|line| !line.is_empty()) {
        if line.ends_with(':') {
            if let Some((unused, false)) = head.replace((line, false)) {
                builder.row([key, unused]);
            }
            continue;
        }
        match &mut head {
            Some((head, used)) => {
                *used = true;
                builder.row([key, head, line]);
            }
            None => builder.row([key, line]),
        }
    }
    if let Some((unused, false)) = head {
        builder.row([key, unused]);
    }
}

fn item(line: &str) -> &str {
    line.trim().trim_start_matches(['*', '•']).trim()
}

/// The entries of YAML, and what is wrong with it. Aliases are not followed: they can unfold without bounds.
fn yaml_entries(text: &str) -> (Vec<Entry>, Option<String>) {
    let mut path = Path::default();
    let mut entries = Vec::new();
    for event in Parser::new_from_str(text) {
        let event = match event {
            Ok((event, _)) => event,
            Err(error) => return (entries, Some(error.to_string())),
        };
        match event {
            Event::Scalar(value, ..) => entries.extend(path.scalar(&value)),
            Event::MappingStart(..) => path.open(true),
            Event::SequenceStart(..) => path.open(false),
            Event::MappingEnd | Event::SequenceEnd => path.close(),
            Event::Alias(_) => drop(path.scalar("")),
            _ => {}
        }
        if path.open.len() > DEPTH_MAX {
            return (entries, Some(format!("it nests deeper than {DEPTH_MAX}")));
        }
    }
    (entries, None)
}

/// An open mapping or list of YAML.
struct Container {
    is_mapping: bool,
    /// The key whose value comes next, or the number of the next item.
    key: Option<String>,
    count: usize,
}

/// Where the reader of YAML stands.
#[derive(Default)]
struct Path {
    open: Vec<Container>,
}

impl Path {
    /// Takes a scalar: a key, or a value and thus an entry.
    fn scalar(&mut self, text: &str) -> Option<Entry> {
        match self.open.last_mut() {
            Some(last) if last.is_mapping && last.key.is_none() => {
                last.key = Some(text.to_owned());
                None
            }
            Some(_) => {
                let entry = Entry { keys: self.keys(), value: text.to_owned() };
                self.value_done();
                Some(entry).filter(|entry| !entry.value.trim().is_empty())
            }
            None => None,
        }
    }

    fn keys(&self) -> Vec<String> {
        let key = |container: &Container| match &container.key {
            Some(key) => key.clone(),
            None => container.count.to_string(),
        };
        self.open.iter().map(key).collect()
    }

    fn open(&mut self, is_mapping: bool) {
        self.open.push(Container { is_mapping, key: None, count: 0 });
    }

    fn close(&mut self) {
        self.open.pop();
        self.value_done();
    }

    /// A value ended: a mapping waits for a key again, a list counts on. A mapping that was a key becomes an empty key.
    fn value_done(&mut self) {
        if let Some(last) = self.open.last_mut() {
            last.count += 1;
            last.key = if last.is_mapping && last.key.is_none() { Some(String::new()) } else { None };
        }
    }
}

/// The entries of TOML, and what is wrong with it.
fn toml_entries(text: &str) -> (Vec<Entry>, Option<String>) {
    let table = match text.parse::<toml::Table>() {
        Ok(table) => table,
        Err(error) => return (Vec::new(), Some(error.message().to_owned())),
    };
    let mut entries = Vec::new();
    let mut open = vec![(Vec::new(), toml::Value::Table(table))];
    while let Some((keys, value)) = open.pop() {
        let under = |key: String| keys.iter().cloned().chain([key]).collect::<Vec<String>>();
        match value {
            toml::Value::Table(table) => {
                let inner: Vec<_> = table.into_iter().map(|(key, value)| (under(key), value)).collect();
                open.extend(inner.into_iter().rev());
            }
            toml::Value::Array(array) => {
                let inner: Vec<_> =
                    array.into_iter().enumerate().map(|(at, value)| (under(at.to_string()), value)).collect();
                open.extend(inner.into_iter().rev());
            }
            toml::Value::String(value) => entries.push(Entry { keys, value }),
            value => entries.push(Entry { keys, value: value.to_string() }),
        }
    }
    (entries, None)
}

#[cfg(test)]
mod tests {
    use irenic_model::{Document, Source};

    use super::*;

    fn read_matter(fence: &str, matter: &str) -> Document {
        let mut builder = Builder::new(Source::new("a.md", b"-"));
        read(&mut builder, fence, matter);
        builder.finish()
    }

    fn rows_of(document: &Document) -> Vec<(Option<u32>, Vec<&str>)> {
        let cells = |cells: &[irenic_model::Span]| cells.iter().map(|cell| cell.of(&document.text)).collect();
        document.blocks.iter().map(|block| (block.table, cells(&block.cells))).collect()
    }

    #[test]
    fn infoboxes_become_rows() {
        let matter = "pubDate: \"2022-02-13\"\ninfoboxes:\n  - conflict:\n      text: A war\n      links:\n        - page: War\n    \
                      losses1:\n      text: |-\n        Soldiers:\n        * 40 killed\n        * 3 missing\n    image:\n      text: x.jpg\n  - \
                      conflict: Another\ntitle: The title\nregion: North\n";
        let document = read_matter("---", matter);
        assert_eq!(
            rows_of(&document),
            [
                (Some(0), vec!["conflict", "A war"]),
                (Some(0), vec!["losses1", "Soldiers:", "40 killed"]),
                (Some(0), vec!["losses1", "Soldiers:", "3 missing"]),
                (Some(1), vec!["conflict", "Another"]),
                (Some(2), vec!["region", "North"]),
            ]
        );
        assert_eq!(document.source.title.as_deref(), Some("The title"));
        assert!(document.source.published.is_some());
    }

    #[test]
    fn toml_is_read_too() {
        let document = read_matter("+++", "title = \"T\"\ndate = 2024-05-01\n[figures]\nkilled = \"12\"\n");
        assert_eq!(rows_of(&document), [(Some(0), vec!["figures killed", "12"])]);
        assert!(document.source.published.is_some());
    }

    #[test]
    fn broken_or_hostile_matter_is_a_warning() {
        let deep = "[".repeat(5000);
        for (fence, matter) in [("---", "a: [1, 2\nb: }"), ("+++", "a = = 1"), ("---", deep.as_str())] {
            assert_eq!(read_matter(fence, matter).diagnostics.len(), 1, "{fence}");
        }
        let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
        assert_eq!(rows_of(&read_matter("---", bomb)).len(), 2);
    }

    #[test]
    fn a_fence_that_never_closes_is_text() {
        assert!(split("---\ntitle: x\n").is_none());
        assert_eq!(split("---\r\na: 1\r\n---\r\nBody"), Some(("---", "a: 1\r\n", "Body")));
    }
}
