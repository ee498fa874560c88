//! Control and negotiations on the passages annotated by hand have not got worse.

use fieldtest::passages;

#[test]
fn control_and_negotiations_hold() {
    let mut said = Vec::new();
    let figures = passages::measure(&mut |name, errors| said.push(format!("{name}: {errors:#?}")))
        .expect("the passages are read");
    let floors = passages::Gold::read().expect("the passages are read").floors;
    assert!(!floors.is_empty());
    for (name, floor) in floors {
        let tally = figures.get(name.as_str()).unwrap_or_else(|| panic!("no figure {name}"));
        assert!(tally.f1() > floor - 0.5, "{name}: F1 {:.1}, was {floor}\n{}", tally.f1(), said.join("\n"));
    }
}
