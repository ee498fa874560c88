//! Persons' names: the name inside a mention, its title, and which names may be one person's.

use std::ops::Range;

use super::gazetteer::fold::folded;
use super::lexicon::WordClass;
use super::view::{Shape, TokenView, View};

/// The tokens of a mention that are the person's own name: "Philip Marsh" of "Foreign Secretary Philip Marsh".
///
/// Empty where the mention only describes ("the minister").
pub(super) fn name_in(view: &View<'_>, span: Range<usize>) -> Range<usize> {
    let mut end = span.end;
    while end > span.start && !is_name_word(&view.tokens[end - 1]) {
        // "Marsh's", "Marsh,": but not the name before a description.
        if view.tokens[end - 1].shape < Shape::Number && !view.tokens[end - 1].text.starts_with(['\'', '’'])
        {
            return span.end..span.end;
        }
        end -= 1;
    }
    let mut start = end;
    let mut at = end;
    while at > span.start {
        at -= 1;
        let token = &view.tokens[at];
        if is_name_word(token) {
            start = at;
        } else if !is_inside_name(token) {
            break;
        }
    }
    while start > span.start && is_prefix(&view.tokens[start - 1]) {
        start -= 1;
    }
    if is_of_another(view, span.start..start) { span.end..span.end } else { start..end }
}

/// Whether what stands before a name tells of somebody else: "an aide to President", "the brother of".
///
/// "secretary of state" before a name is that person's own office: what follows "of" is neither title nor name.
fn is_of_another(view: &View<'_>, before: Range<usize>) -> bool {
    let tokens = &view.tokens[before];
    let titled = |token: &&TokenView<'_>| {
        let office = token.classes.has(WordClass::Title) || token.classes.has(WordClass::Role);
        office && token.shape != Shape::Lower || token.own.is_some_and(|own| own.kind.is_people())
    };
    let titles = tokens.iter().rev().take_while(titled).count();
    let Some((link, described)) = tokens[..tokens.len() - titles].split_last() else { return false };
    let person = |token: &TokenView<'_>| {
        let somebody = token.classes.has(WordClass::Role) || token.classes.has(WordClass::Person);
        somebody && token.shape == Shape::Lower
    };
    matches!(&*link.lower, "to" | "of" | "for") && described.last().is_some_and(person)
}

fn is_name_word(token: &TokenView<'_>) -> bool {
    let capital =
        matches!(token.shape, Shape::Capitalised | Shape::Mixed | Shape::Initial | Shape::AllCapitals);
    let named = token.flags.given_name() || token.flags.surname();
    let office = token.classes.has(WordClass::Title) || token.classes.has(WordClass::Role);
    capital
        && !office
        && (named || !token.flags.common_word())
        && token.own.is_none_or(|sense| sense.kind.is_place() && (named || sense.weight < 18))
}

/// Small words and marks between the parts of a name.
fn is_inside_name(token: &TokenView<'_>) -> bool {
    matches!(token.text, "-" | "." | "‐" | "‑")
        || (token.classes.has(WordClass::Particle) && !matches!(&*token.lower, "of" | "and" | "for" | "the"))
}

/// Small words before a surname that stands alone: "al-Masri", "de Vries".
fn is_prefix(token: &TokenView<'_>) -> bool {
    matches!(token.text, "-" | "‐")
        || (token.classes.has(WordClass::Particle)
            && !matches!(&*token.lower, "of" | "and" | "for" | "the" | "an" | "as" | "at" | "o" | "y" | "e"))
}

/// A person's name in parts, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PersonName {
    parts: Vec<String>,
}

impl PersonName {
    pub(super) fn new(name: &str) -> Self {
        let spaced = name.replace('.', ". ");
        let parts =
            spaced.split_whitespace().map(folded).filter(|part| part.chars().any(char::is_alphanumeric));
        Self { parts: parts.collect() }
    }

    /// Surname or given name alone.
    pub(super) fn is_short(&self) -> bool {
        self.parts.len() < 2
    }

    /// The last part: most often the surname.
    pub(super) fn last(&self) -> &str {
        self.parts.last().map_or("", String::as_str)
    }

    pub(super) fn parts(&self) -> &[String] {
        &self.parts
    }

    /// Whether this name may be a shorter form of `full`: the same surname, and what stands before it the same or an
    /// initial of it.
    pub(super) fn may_be(&self, full: &Self) -> bool {
        if self.parts.len() > full.parts.len() {
            return false;
        }
        if self.is_short() {
            return full.parts.iter().any(|part| part == self.last());
        }
        let mut rest = full.parts.iter();
        self.parts.iter().all(|part| rest.any(|other| agrees(part, other))) && self.last() == full.last()
    }
}

fn agrees(part: &str, other: &str) -> bool {
    let letter = |word: &str| word.trim_end_matches('.').chars().count() == 1;
    part == other || ((letter(part) || letter(other)) && part.chars().next() == other.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Pipeline, segments_of};

    #[test]
    fn the_name_without_its_title() {
        for (text, name) in [
            ("Foreign Secretary Philip Marsh", "Philip Marsh"),
            ("Lt. Gen. Stephen J. Marsh", "Stephen J. Marsh"),
            ("Marsh", "Marsh"),
            ("the minister", ""),
            ("the Foreign Minister", ""),
            ("Sajida Karim al-Masri", "Sajida Karim al-Masri"),
        ] {
            let analysis = Pipeline::new().analyse(text, &segments_of(text));
            let view = View::new(text, &analysis);
            let name_tokens = name_in(&view, 0..view.tokens.len());
            let found = match view.tokens.get(name_tokens.clone()) {
                Some([first, .., last]) => &text[first.span.start..last.span.end],
                Some([only]) => only.text,
                _ => "",
            };
            assert_eq!(found, name, "{text}");
        }
    }

    #[test]
    fn short_forms() {
        for (short, full, same) in [
            ("Marsh", "Philip Marsh", true),
            ("P.Marsh", "Philip Marsh", true),
            ("P. Marsh", "Philip Marsh", true),
            ("R. Marsh", "Philip Marsh", false),
            ("Philip J. Marsh", "Philip Marsh", false),
            ("Philip Marsh", "Philip J. Marsh", true),
            ("Philip", "Philip Marsh", true),
            ("Mrs", "Philip Marsh", false),
        ] {
            assert_eq!(PersonName::new(short).may_be(&PersonName::new(full)), same, "{short}");
        }
    }
}
