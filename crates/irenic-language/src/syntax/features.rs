//! What the network sees of a word: hashes of its form, endings, beginnings and shape.

/// Whether upper and lower case tell anything in the text around a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Case {
    /// Running text.
    Mixed,
    /// All capitals, or no capital at all: case is left out of the features.
    None,
}

/// Kinds of features a word has, one of each.
pub const KINDS: usize = 8;

/// The kind that is the whole word; the trainer drops it at times, so that the network learns to do without.
pub const WORD: usize = 0;

/// The hashes of a word's features, one a kind.
///
/// ```
/// use irenic_language::syntax::features::{Case, features};
/// assert_eq!(features("Talks", Case::None), features("TALKS", Case::None));
/// assert_ne!(features("Talks", Case::Mixed), features("TALKS", Case::Mixed));
/// ```
#[must_use]
pub fn features(form: &str, case: Case) -> [u32; KINDS] {
    let word = normalise(form);
    let chars: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let count = chars.len() - 1;
    let prefix = |n: usize| &word[..chars[n.min(count)]];
    let suffix = |n: usize| &word[chars[count.saturating_sub(n)]..];
    let shape = shape(form, case);
    [
        hash(0, &word),
        hash(1, suffix(1)),
        hash(2, suffix(2)),
        hash(3, suffix(3)),
        hash(4, suffix(4)),
        hash(5, prefix(2)),
        hash(6, prefix(3)),
        hash(7, &shape),
    ]
}

/// Longest form that is looked at, in bytes; the rest of a longer one is left out.
const FORM_MAX: usize = 64;

/// Lower case, digits as zero, typographic variants of a mark as one, hidden characters left out.
fn normalise(form: &str) -> String {
    match form {
        "``" | "''" | "“" | "”" | "«" | "»" | "„" | "’’" => return "\"".into(),
        "—" | "–" | "―" | "---" => return "--".into(),
        "…" => return "...".into(),
        "[" | "{" => return "(".into(),
        "]" | "}" => return ")".into(),
        _ => {}
    }
    let mut word = String::with_capacity(form.len());
    for c in form.chars().filter(|&c| !crate::tokenise::is_hidden(c)) {
        match c {
            '’' | '‘' | '`' | '´' => word.push('\''),
            c if c.is_ascii_digit() => word.push('0'),
            c if c.is_ascii() => word.push(c.to_ascii_lowercase()),
            c => word.extend(c.to_lowercase()),
        }
        if word.len() >= FORM_MAX {
            break;
        }
    }
    word
}

/// Upper, lower, digit and other characters, runs shortened to two.
fn shape(form: &str, case: Case) -> String {
    let mut shape = String::with_capacity(8);
    let mut last = (' ', 0);
    for c in form.chars().take(FORM_MAX) {
        let class = match c {
            c if c.is_ascii_digit() => 'd',
            c if c.is_alphabetic() && case == Case::None => 'a',
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if crate::tokenise::is_hidden(c) => continue,
            c if c.is_ascii() => c,
            _ => 'o',
        };
        last = if class == last.0 { (class, last.1 + 1) } else { (class, 1) };
        if last.1 <= 2 && shape.len() < 8 {
            shape.push(class);
        }
    }
    shape
}

/// FNV-1a over the kind and the text, folded to 32 bits.
fn hash(kind: u8, text: &str) -> u32 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let hash = text.bytes().fold(step(0xcbf2_9ce4_8422_2325, kind), step);
    (hash ^ (hash >> 32)) as u32
}
