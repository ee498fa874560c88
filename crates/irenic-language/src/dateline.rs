//! Datelines: the place and the day that stand before a dispatch's first sentence, "NORTHTON, 21 May 2023 (Agency) -".

/// So many bytes of a text may stand before the dash of its dateline.
const DATELINE_BYTES_MAX: usize = 80;
/// Fewer letters in capitals are an abbreviation that begins a sentence, not a place.
const PLACE_LETTERS_MIN: usize = 3;

/// A text that opens with a dateline as the dateline, its dash included, and what is told behind it.
///
/// The place is in capitals; day and agency follow it with capitals, digits or marks; what is told begins with a capital
/// or a digit. A headline in capitals that runs on into its sentence is read alike.
///
/// ```
/// use irenic_language::split_dateline;
/// let (line, told) = split_dateline("NORTHTON, 21 May 2023 (Agency) - The army withdrew.").expect("it has one");
/// assert_eq!(line, "NORTHTON, 21 May 2023 (Agency) -");
/// assert_eq!(told, "The army withdrew.");
/// assert_eq!(split_dateline("The army - or what is left of it - withdrew."), None);
/// ```
#[must_use]
pub fn split_dateline(text: &str) -> Option<(&str, &str)> {
    let dash = dash_of(text)?;
    let before = &text[..dash];
    let (place, _) =
        before.split_once(|it: char| matches!(it, ',' | '(') || it.is_ascii_digit()).unwrap_or((before, ""));
    let of_line = |word: &str| !word.starts_with(char::is_lowercase);
    if !is_place(place) || !before.split_whitespace().all(of_line) {
        return None;
    }
    let told = text[dash..].trim_start_matches(is_dash).trim_start();
    let begins = told.starts_with(|it: char| it.is_uppercase() || it.is_ascii_digit());
    let line = text[..text.len() - told.len()].trim_end();
    begins.then_some((line, told))
}

/// Where the first dash is that parts two phrases: a short one stands apart from the word before it, a long one need not.
fn dash_of(text: &str) -> Option<usize> {
    let apart = |at: usize| text[..at].ends_with([' ', ')', '\n', '\t']);
    let long = |at: usize| text[at..].starts_with('\u{2014}') || text[at..].starts_with("--");
    let mut dashes = text.match_indices(is_dash).map(|(at, _)| at);
    dashes.find(|&at| apart(at) || long(at)).filter(|dash| (1..=DATELINE_BYTES_MAX).contains(dash))
}

fn is_dash(it: char) -> bool {
    matches!(it, '-' | '\u{2013}' | '\u{2014}' | '_')
}

fn is_place(place: &str) -> bool {
    let letters = place.chars().filter(|it| it.is_alphabetic()).count();
    PLACE_LETTERS_MIN <= letters && !place.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::split_dateline;

    #[test]
    fn datelines() {
        for (text, line) in [
            ("NORTHTON - The army withdrew.", "NORTHTON -"),
            ("NORTHTON, 4 Jan (Agency) -- Two soldiers died.", "NORTHTON, 4 Jan (Agency) --"),
            ("PORT-AU-MER, Norland (AG) \u{2014} The army withdrew.", "PORT-AU-MER, Norland (AG) \u{2014}"),
            ("NORTHTON, Jan. 4 (AG)--The army withdrew.", "NORTHTON, Jan. 4 (AG)--"),
            (
                "ST. ANNE 4\u{2013}5 May 2021 \u{2013} 12 people died.",
                "ST. ANNE 4\u{2013}5 May 2021 \u{2013}",
            ),
        ] {
            assert_eq!(split_dateline(text).map(|(line, _)| line), Some(line), "{text}");
        }
    }

    #[test]
    fn other_dashes() {
        for text in [
            "Northton - The army withdrew.",
            "PRO-NORLAND rebels - The last of them - withdrew.",
            "HLF-led rebels withdrew.",
            "UN - The council met.",
            "NORTHTON - which the army left - is quiet.",
            "NORTHTON is quiet, says the army - The rebels deny it.",
            "- The army withdrew.",
            "NORTHTON -",
            "",
        ] {
            assert_eq!(split_dateline(text), None, "{text}");
        }
    }
}
