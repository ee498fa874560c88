//! Control and negotiations on the passages annotated by hand have not got worse.

use fieldtest::passages;

#[test]
fn control_and_negotiations_hold() {
    let mut said = Vec::new();
    let sets = passages::measure(&mut |passage, errors| said.push(format!("{}: {errors:#?}", passage.name)))
        .expect("the passages are read");
    let floors = passages::Gold::read().expect("the passages are read").floors;
    assert_eq!(floors.len(), sets.len());
    for (set, floors) in floors {
        for (name, floor) in floors {
            let tally = sets[&set].get(name.as_str()).unwrap_or_else(|| panic!("no figure {name}"));
            let f1 = tally.f1();
            assert!(f1 > floor - 0.5, "{set} {name}: F1 {f1:.1}, was {floor}\n{}", said.join("\n"));
        }
    }
}
