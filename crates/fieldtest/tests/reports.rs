//! Events, figures and commitments on the sentences in our own words have not got worse.

use fieldtest::reports;

#[test]
fn sentences_in_our_own_words_hold() {
    let mut said = Vec::new();
    let sets = reports::measure(&mut |written, errors| said.push(format!("{}: {errors:#?}", written.text)))
        .expect("the sentences are read");
    let floors = reports::Gold::read().expect("the sentences are read").floors;
    assert_eq!(floors.len(), sets.len());
    for (set, floors) in floors {
        for (figure, floor) in floors {
            let (name, measure) = figure.split_once('.').expect("a figure and its measure");
            let tally = sets[&set].get(name).unwrap_or_else(|| panic!("no figure {name}"));
            let now = if measure == "recall" { tally.recall() } else { tally.precision() };
            assert!(now > floor - 0.5, "{set} {figure}: {now:.1}, was {floor}\n{}", said.join("\n"));
        }
    }
}
