//! The examples and counter-examples of `rules/en/control.toml`.

use irenic_model::Content;

use super::control;
use crate::frames::examples::check;

#[test]
fn examples_and_counter_examples() {
    let rules = include_str!("../../../../rules/en/control.toml");
    check(rules, control, |statement| {
        let Content::Control(told) = &statement.content else { return None };
        let places = [("by", told.by.text.clone()), ("place", told.place.text.clone())];
        Some((told.change.name().to_owned(), places.into_iter().collect()))
    });
}
