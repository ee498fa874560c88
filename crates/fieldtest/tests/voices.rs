//! Whose words stand where, on the passages in our own words, has not got worse.

use fieldtest::voices;

#[test]
fn voices_in_our_own_words_hold() {
    let mut said = Vec::new();
    let figures = voices::measure(&mut |passage, errors| said.push(format!("{}: {errors:#?}", passage.name)))
        .expect("the passages are read");
    let floors = voices::Gold::read().expect("the passages are read").floors;
    assert_eq!(floors.len(), figures.len());
    for (name, floor) in floors {
        let now = figures.get(name.as_str()).unwrap_or_else(|| panic!("no figure {name}")).recall();
        assert!(now > floor - 0.5, "{name}: {now:.1}, was {floor}\n{}", said.join("\n"));
    }
}
