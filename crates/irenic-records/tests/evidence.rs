//! Ceasefires with their ends, and agreements with their provisions, as evidence for the life cycle.

#![allow(clippy::unwrap_used, reason = "a test panics")]

use irenic_model::Observation;
use irenic_records::{Level, Table, evidence_by_unit, evidence_of_table};

/// Rule, first day, and what is shown, of the rows on conflict 9.
fn shown(rows: &str) -> Vec<(String, String, Observation)> {
    let table = Table::of_bytes("table.csv", rows.into()).unwrap();
    let found = evidence_of_table(table, &[9].into()).unwrap();
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    let of = |it: irenic_model::Evidence| (it.rule, it.when.unwrap().from().to_string(), it.observation);
    found.evidence.into_iter().map(of).collect()
}

const CEASEFIRES: &str = "uniq_id,cf_id,actor_name,ucdp_acd_id,cf_dec_yr,cf_dec_month,cf_dec_day,partial,fixed,ended,\
                          end_yr,end_month,end_day\n";

fn ceasefires(rows: &[&str]) -> Vec<(String, Observation)> {
    let all = shown(&format!("{CEASEFIRES}{}\n", rows.join("\n")));
    all.into_iter().map(|(_, day, observation)| (day, observation)).collect()
}

#[test]
fn a_ceasefire_that_was_broken_off_ends() {
    use Observation::{Ceasefire, CeasefireEnds};
    let begun = |day: &str| (day.to_owned(), Ceasefire);
    // Declared ended, or broken by fighting.
    for ended in ["2", "4"] {
        let found = ceasefires(&[&format!("1,1,A,9,2001,3,1,0,0,{ended},2001,6,5")]);
        assert_eq!(found, [begun("2001-03-01"), ("2001-06-05".to_owned(), CeasefireEnds)]);
    }
    // Ran out, lasts, or went over into another deal.
    for ended in ["1,2001,3,4", "0,0,0,0", "3,2001,6,5"] {
        assert_eq!(ceasefires(&[&format!("1,1,A,9,2001,3,1,0,1,{ended}")]), [begun("2001-03-01")]);
    }
    // Nobody knows how: the end of one for a fixed time is its running out.
    assert_eq!(ceasefires(&["1,1,A,9,2001,3,1,0,0,-1,2001,6,5"]).len(), 2);
    assert_eq!(ceasefires(&["1,1,A,9,2001,3,1,0,1,-1,2001,6,5"]).len(), 1);
    // Nobody knows when: a month is a month.
    let month = ceasefires(&["1,1,A,9,2001,3,1,0,0,4,2001,6,-1"]);
    assert_eq!(month[1], ("2001-06-01".to_owned(), CeasefireEnds));
    assert_eq!(ceasefires(&["1,1,A,9,2001,3,1,0,0,4,-1,-1,-1"]).len(), 1);
}

#[test]
fn what_another_ceasefire_replaced_ends_nothing() {
    let first = "1,1,A,9,2001,3,1,0,0,4,2001,6,5";
    let both = |second: &str| {
        let found = ceasefires(&[first, second]);
        found.iter().filter(|(_, it)| *it == Observation::CeasefireEnds).count()
    };
    assert_eq!(both("2,2,A,9,2001,6,1,0,0,0,0,0,0"), 0, "the second holds when the first ends");
    assert_eq!(both("2,2,A,9,2001,6,1,0,0,4,2001,6,3"), 2, "it had ended before");
    assert_eq!(both("2,2,A,9,2001,6,1,1,0,0,0,0,0"), 1, "it was local");
    assert_eq!(both("2,2,A,8,2001,6,1,0,0,0,0,0,0"), 1, "it was another conflict's");
    assert_eq!(both("2,2,A,9,2001,8,1,0,0,0,0,0,0"), 1, "it came later");
}

const PAX: &str = "AgtId,Agt,Dat,Agtp,Stage,UcdpCon,Ce\n";

fn pax(row: &str) -> Vec<(String, Observation)> {
    shown(&format!("{PAX}1,Accord,1999-07-10,{row}\n"))
        .into_iter()
        .map(|(rule, _, observation)| (rule, observation))
        .collect()
}

#[test]
fn agreements_are_what_their_stage_and_provisions_say() {
    use Observation::{Agreement, Ceasefire, Implementation, Talks};
    let cases: [(&str, &[Observation]); 8] = [
        ("Intra,SubComp,9,0", &[Agreement]),
        ("Intra,SubPar,9,1", &[Agreement]),
        ("Intra,SubComp,9,3", &[Ceasefire, Agreement]),
        ("Intra,Imp,9,0", &[Implementation]),
        ("Intra,Ren,9,2", &[Implementation]),
        ("Intra,Cea,9,3", &[Ceasefire]),
        ("Intra,Pre,9,0", &[Talks]),
        ("IntraLocal,SubComp,9,3", &[Talks]),
    ];
    for (row, expected) in cases {
        let found: Vec<Observation> = pax(row).into_iter().map(|(_, it)| it).collect();
        assert_eq!(found, expected, "{row}");
    }
    assert_eq!(pax("Intra,SubComp,8,3"), [], "another conflict's");
    assert_eq!(pax("Intra,Pre,9,2")[0].0, "record-provision");
}

#[test]
fn a_row_on_several_conflicts_belongs_to_each() {
    let rows = "paid,pa_name,year,pa_date,conflict_id,dyad_id,pa_type\n1,Accord,1999,1999-07-10,\"8, 9\",5,1\n\
                2,Second,2001,2001-01-02,9,5,1\n";
    let table = || Table::of_bytes("table.csv", rows.into()).unwrap();
    let (found, problems) = evidence_by_unit(table(), None, Level::Conflict).unwrap();
    assert!(problems.is_empty());
    assert_eq!((found[&8].evidence.len(), found[&9].evidence.len()), (1, 2));
    let together = evidence_of_table(table(), &[8, 9].into()).unwrap();
    assert_eq!(together.evidence.len(), 2, "once, where both are wanted");
    assert_eq!(together.until.unwrap().to_string(), "2001-01-02");
}

#[test]
fn dyads_have_rows_of_their_own() {
    let years = "conflict_id,dyad_id,year,intensity_level,type_of_conflict\n9,91,2001,1,3\n9,92,2001,2,3\n9,91,2003,1,3\n";
    let of = |rows: &str| {
        let table = Table::of_bytes("table.csv", rows.into()).unwrap();
        evidence_by_unit(table, None, Level::Dyad).unwrap().0
    };
    let found = of(years);
    let first: Vec<u64> = found.values().map(|it| it.evidence.len() as u64).collect();
    assert_eq!((first, found[&91].conflict_id), (vec![2, 2], Some(9)), "92 was quiet in 2002");
    // A truce with one group does not take the place of a truce with another.
    let header = CEASEFIRES.replace("ucdp_acd_id,", "ucdp_acd_id,ucdp_dyad,");
    let rows = "1,1,A,9,91,2001,3,1,0,0,4,2001,6,5\n1,1,B,9,91,2001,3,1,0,0,4,2001,6,5\n2,2,A,9,92,2001,6,1,0,0,0,0,0,0\n";
    let found = of(&format!("{header}{rows}"));
    assert_eq!((found[&91].evidence.len(), found[&92].evidence.len()), (2, 1));
    // Deaths of two dyads together are those of neither.
    let deaths = "conflict_id,dyad_id,location_inc,year,bd_best,bd_low,bd_high\n9,\"91, 92\",E,2001,56,50,60\n9,91,E,2002,30,30,30\n";
    let found = of(deaths);
    assert_eq!(found.keys().copied().collect::<Vec<_>>(), [91]);
}

#[test]
fn after_the_last_active_year_a_table_that_goes_on_tells_of_quiet() {
    let rows = "conflict_id,year,intensity_level,type_of_conflict\n9,2001,1,3\n9,2003,1,3\n8,2006,1,3\n";
    let found = shown(rows);
    assert_eq!(found.len(), 3);
    assert_eq!(found[2], ("record-inactive-year".to_owned(), "2004-01-01".to_owned(), Observation::Calm));
    let to_the_end = shown(&rows.replace("8,2006", "8,2003"));
    assert_eq!(to_the_end.len(), 2, "2004 is not covered");
}
