//! Classes of characters.

/// White space, the no-break kinds and control characters included.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Characters that do not show and belong to no word: soft hyphens, zero-width spaces, direction marks.
pub(crate) const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Letters, digits and the marks that combine with them; superscript digits not, since they are note marks.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    (c.is_alphanumeric() && !is_superscript(c)) || is_mark(c)
}

/// Superscript digits, as footnotes use them.
pub(crate) const fn is_superscript(c: char) -> bool {
    matches!(c, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}'..='\u{2079}')
}

/// Marks that combine with the character before.
pub(crate) const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}'
        | '\u{93c}' | '\u{94d}' | '\u{20d0}'..='\u{20f0}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Apostrophes, straight, curly and makeshift.
pub(crate) const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '´' | 'ʼ')
}

/// Punctuation that repeats into one token: "!!!", "--", "....".
pub(crate) const fn runs(c: char) -> bool {
    matches!(c, '.' | '-' | '!' | '?' | '*' | '=' | '_' | '~' | '#' | '+' | '<' | '>' | '|' | '^' | '…')
}

/// Quotation marks and brackets that open.
pub(crate) fn is_opener(token: &str) -> bool {
    matches!(token, "(" | "[" | "{" | "“" | "‘" | "``" | "«" | "„" | "\"" | "'" | "`" | "<<")
}

/// Quotation marks and brackets that close.
pub(crate) fn is_closer(token: &str) -> bool {
    matches!(token, ")" | "]" | "}" | "”" | "’" | "''" | "»" | "\"" | "'" | ">>" | "’’")
}
