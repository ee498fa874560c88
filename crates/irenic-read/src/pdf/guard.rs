//! What would cost a PDF's reader its memory, time or stack, found and taken out before reading.

use std::collections::BTreeMap;
use std::io::Read as _;

use flate2::read::ZlibDecoder;
use pdf_extract::content::Content;
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

/// Forms may stand in forms this deep. Layout programs stay below ten.
const FORM_DEPTH_MAX: usize = 24;

/// A page may draw so many forms, those in forms counted each time.
const FORMS_DRAWN_MAX: u64 = 20_000;

/// How much of a stream's dictionary is looked at before the stream, in bytes.
const DICTIONARY_BYTES: usize = 512;

/// Whether the compressed streams of a file unpack to more than `bytes_max`, images left out.
///
/// The reader unpacks streams whole while it loads the file, so they are counted here first.
pub(super) fn is_bomb(bytes: &[u8], bytes_max: u64) -> bool {
    let mut left = bytes_max;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let start = at + found;
        at = start + b"stream".len();
        let dictionary = &bytes[start.saturating_sub(DICTIONARY_BYTES)..start];
        let dictionary = &dictionary[rfind(dictionary, b" obj").unwrap_or(0)..];
        if dictionary.ends_with(b"end") || find(dictionary, b"/Image").is_some() {
            continue;
        }
        let data = bytes[at..].trim_ascii_start();
        if data.first().is_none_or(|&first| first & 0x0f != 8) {
            continue;
        }
        let (read, unpacked) = unpacked(data, left);
        match left.checked_sub(unpacked) {
            Some(still) => left = still,
            None => return true,
        }
        at = bytes.len() - data.len() + read;
    }
    false
}

/// How many bytes of `data` a stream takes, and how many it unpacks to; reading ends soon after `left`.
fn unpacked(data: &[u8], left: u64) -> (usize, u64) {
    let mut decoder = ZlibDecoder::new(data);
    let mut buffer = vec![0; 64 << 10];
    let mut total = 0;
    // Damage ends a stream: the reader will say so.
    while let Ok(read @ 1..) = decoder.read(&mut buffer) {
        total += read as u64;
        if total > left {
            break;
        }
    }
    let taken = usize::try_from(decoder.total_in()).unwrap_or(data.len());
    (taken.min(data.len()), total)
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

fn rfind(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).rposition(|window| window == needle)
}

/// Empties what is drawn but holds no words (images), and forms that draw themselves, too deep or too often.
pub(super) fn tame(document: &mut Document) {
    let mut forms: BTreeMap<ObjectId, Vec<ObjectId>> = BTreeMap::new();
    let mut blanks = Vec::new();
    for (&id, object) in &document.objects {
        let Object::Stream(stream) = object else { continue };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => blanks.push(id),
            Ok(b"Form") => match forms_drawn(document, stream) {
                Some(drawn) => drop(forms.insert(id, drawn)),
                None => blanks.push(id),
            },
            _ => {}
        }
    }
    blanks.extend(wild_forms(&forms));
    for id in blanks {
        if let Some(Object::Stream(stream)) = document.objects.get_mut(&id) {
            stream.dict.remove(b"Filter");
            stream.set_content(Vec::new());
        }
    }
}

/// The forms that a form draws; `None` where it draws what only the page around it can name.
fn forms_drawn(document: &Document, form: &Stream) -> Option<Vec<ObjectId>> {
    let content = form.decompressed_content().unwrap_or_else(|_| form.content.clone());
    let operations = Content::decode(&content).ok()?.operations;
    let names: Vec<&[u8]> = operations
        .iter()
        .filter(|operation| operation.operator == "Do")
        .filter_map(|operation| operation.operands.first()?.as_name().ok())
        .collect();
    if names.is_empty() {
        return Some(Vec::new());
    }
    let objects = dictionary(document, dictionary(document, &form.dict, b"Resources")?, b"XObject")?;
    names.into_iter().map(|name| objects.get(name).and_then(Object::as_reference).ok()).collect()
}

fn dictionary<'d>(document: &'d Document, from: &'d Dictionary, key: &[u8]) -> Option<&'d Dictionary> {
    let (_, object) = document.dereference(from.get(key).ok()?).ok()?;
    object.as_dict().ok()
}

/// The forms that draw themselves, nest too deep or draw too much in all.
fn wild_forms(forms: &BTreeMap<ObjectId, Vec<ObjectId>>) -> Vec<ObjectId> {
    let mut known: BTreeMap<ObjectId, Size> = BTreeMap::new();
    let mut wild = Vec::new();
    for &root in forms.keys() {
        let mut open = vec![(root, 0)];
        while let Some((form, next)) = open.pop() {
            if known.contains_key(&form) {
                continue;
            }
            let drawn = forms.get(&form).map_or(&[][..], Vec::as_slice);
            match drawn.get(next) {
                Some(inner) if *inner == form || open.iter().any(|(above, _)| above == inner) => {
                    wild.push(form);
                    known.insert(form, Size::default());
                }
                Some(inner) => {
                    open.push((form, next + 1));
                    open.push((*inner, 0));
                }
                None => {
                    let size = size_of(drawn, &known);
                    let is_wild = size.depth > FORM_DEPTH_MAX || size.drawn > FORMS_DRAWN_MAX;
                    wild.extend(is_wild.then_some(form));
                    known.insert(form, if is_wild { Size::default() } else { size });
                }
            }
        }
    }
    wild
}

/// How deep and how often a form draws others.
#[derive(Clone, Copy, Default)]
struct Size {
    depth: usize,
    drawn: u64,
}

fn size_of(drawn: &[ObjectId], known: &BTreeMap<ObjectId, Size>) -> Size {
    let inner = drawn.iter().map(|form| known.get(form).copied().unwrap_or_default());
    inner.fold(Size { depth: 1, drawn: 1 }, |size, inner| Size {
        depth: size.depth.max(inner.depth + 1),
        drawn: size.drawn.saturating_add(inner.drawn),
    })
}
