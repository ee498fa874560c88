//! The words of a name, as names are compared: folded, without particles.

use super::super::gazetteer::fold::folded;

/// Words inside a name that spellings keep or leave out: "Bashar al-Assad", "Bashar Assad".
const PARTICLES: [&str; 17] = [
    "al", "el", "as", "ad", "ul", "de", "la", "da", "do", "dos", "das", "del", "di", "van", "von", "der",
    "bin",
];

/// The words of a name, folded, in order; hyphens part words, particles are left out.
pub(super) fn name_words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| c.is_whitespace() || c == '-' || c == '‑' || c == '.');
    words.map(folded).filter(|word| !word.is_empty() && !PARTICLES.contains(&word.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_come_out_alike() {
        for (one, other) in [
            ("Ana al-Masri", "Ana Masri"),
            ("Óscar Arias", "Oscar Arias"),
            ("P.J. Marsh", "P. J. Marsh"),
            ("Lee Park-jun", "Lee Park Jun"),
        ] {
            assert_eq!(name_words(one), name_words(other));
        }
        assert_eq!(name_words("dos Santos"), ["santos"]);
    }
}
