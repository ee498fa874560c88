//! The examples and counter-examples of `rules/en/negotiations.toml`.

use irenic_model::{Content, Participant};

use super::negotiations;
use crate::frames::examples::check;

#[test]
fn examples_and_counter_examples() {
    check(include_str!("../../../../rules/en/negotiations.toml"), negotiations, |statement| {
        let Content::Negotiation(told) = &statement.content else { return None };
        let names =
            |list: &[Participant]| list.iter().map(|one| one.text.clone()).collect::<Vec<_>>().join(", ");
        let places = [
            ("who", names(&told.who)),
            ("whom", names(&told.whom)),
            ("what", told.what.clone().unwrap_or_default()),
        ];
        let filled = places.into_iter().filter(|(_, words)| !words.is_empty()).collect();
        Some((told.step.name().to_owned(), filled))
    });
}
