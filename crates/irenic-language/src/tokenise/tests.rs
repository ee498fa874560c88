//! Tables of token boundaries.

use irenic_model::Span;

use super::tokenise;

fn words(text: &str) -> Vec<&str> {
    tokenise(text, Span::new(0, text.len())).into_iter().map(|span| span.of(text)).collect()
}

/// Text with `|` where a token ends without a space.
const CASES: &[&str] = &[
    "Gen. Smith met Dr. Jones|.",
    "the U.S. army|, the U.N.|, and the U.S.A. too",
    "No. 5|, Art. 12|, p. 3",
    "I said no|.",
    "J.F. Kennedy and N. Smith",
    "R.|Smith",
    "NAIROBI|, Kenya (|AP|) _ Police",
    "killed|.|[|3|]",
    "killed|.|¹²",
    "1,000 men and 3.5 km on 22.09.2023 at 10:30",
    "a 15|-|year term|, oil|-|rich",
    "do|n't|, ca|n't|, can|not|, it|’s|, they|'ll",
    "John|'s parents|' house",
    "see https://example.org/a_(b)?c=d|.",
    "mail a.b@example.org|, please",
    "example.com|.",
    "wait|... what|?!",
    "``|quoted|'' -- he said|--|twice",
    "the 1980s|, the 1590's|, '73|, 23rd",
    "$|5|, 50|%",
    "9/11|, 11/28/2000|, 2001-02-03|, 555-1234|, 1969|-|1970",
    "and|/|or",
    "e-mail re-election anti-tank mid-July",
    "end|.|Next",
    "“|Never|,|” she said|.",
    "D'Arcy O'Neill",
    "U.S.|-|led",
    "a.k.a. somebody|, e.g. this|, i.e. that",
    "AT&T and R&D",
    "10|km|, 35|mm|, 5|pm",
    "in the sun|.",
    "cease\u{ad}fire holds\u{200b}|.",
    "one\u{a0}two",
];

#[test]
fn boundaries() {
    for case in CASES {
        let text = case.replace('|', "");
        let expected: Vec<&str> =
            case.split([' ', '|', '\u{a0}']).map(|token| token.trim_matches('\u{200b}')).collect();
        assert_eq!(words(&text), expected, "{text}");
    }
}
