//! The outlook while fighting goes on, and the record's table by ending and by implementation.

use irenic::OutlookRecord;
use irenic::world_record::{
    ActiveOutlook, Chance, Ending, ImplementationTable, Level, Settings, relapse_by_ending,
};
use maud::{Markup, html};

/// The answer while fighting goes on.
pub(super) fn answer(outlook: &ActiveOutlook) -> Markup {
    html! {
        p {
            "Fighting goes on. Unit: " (outlook.level.name()) ". Reference class: " (outlook.class) "; " (outlook.cases)
            " cases. Source: " (outlook.source) "."
        }
        @for at in &outlook.chances { p { (at.in_words(outlook.level)) } }
        table {
            thead { tr {
                th { "Years ahead" } th { "Fighting ended" } th { "Goes on as minor conflict" } th { "Goes on as war" }
                th { "Any intensity, ended" }
            } }
            tbody { @for at in &outlook.chances { tr {
                td { (at.years) } td { (chance(&at.ended)) } td { (chance(&at.minor)) } td { (chance(&at.war)) }
                td { (percent(at.baseline_ended)) }
            } } }
        }
        p { "Limits in brackets: 95%, by a bootstrap that draws whole conflicts. Rates are drawn towards those of any intensity." }
        h3 { "Most similar past cases" }
        ul { @for case in &outlook.similar {
            li { (case.spell.name) ", " (case.year) " (since " (case.spell.start) "): " (case.fate) }
        } }
    }
}

/// How often fighting came back in the world's record: by ending, at both levels, and after agreements by implementation.
pub(super) fn theory() -> Markup {
    let implementation = ImplementationTable::built_in();
    let settings = Settings::built_in();
    html! {
        details {
            summary { "The world's record: how often fighting came back, by how it ended and whether an agreement was carried on" }
            @for level in [Level::Conflict, Level::Dyad] {
                @let record = OutlookRecord::built_in(level);
                table {
                    caption { "Unit: " (level.name()) ". " (record.source()) }
                    thead { tr { th { "Ending" } th { "Cases" } th { "Came back" } th { "Quiet after 5 years" } th { "After 10" } } }
                    tbody {
                        @for row in relapse_by_ending(&record, &settings) { tr {
                            td { (row.ending.map_or("any", Ending::name)) } td { (row.cases) }
                            td { (shares(row.returned as f64 / row.cases.max(1) as f64, row.returned_limits)) }
                            td { (shares(row.quiet[0], row.quiet_limits[0])) } td { (shares(row.quiet[1], row.quiet_limits[1])) }
                        } }
                        @for row in implementation.rows.iter().filter(|row| row.level == level) {
                            @if let Some(carried_on) = row.carried_on { tr {
                                td { (if carried_on { "agreement, carried on" } else { "agreement, not carried on" }) } td { (row.cases) }
                                td { (shares(row.returned as f64 / row.cases.max(1) as f64, row.returned_limits)) }
                                td { (shares(row.quiet[0], row.quiet_limits[0])) } td { (shares(row.quiet[1], row.quiet_limits[1])) }
                            } }
                        }
                    }
                }
            }
            p { "Carried on: in the first quiet year there is a further agreement that implements or renews it, for agreements since 1990. ("
                (implementation.source) "). Limits: 95%, by a bootstrap that draws whole conflicts." }
        }
    }
}

fn chance(chance: &Chance) -> String {
    shares(chance.share, chance.limits_95)
}

fn shares(share: f64, (low, high): (f64, f64)) -> String {
    format!("{} ({}–{})", percent(share), percent(low), percent(high))
}

fn percent(share: f64) -> String {
    format!("{:.0}%", 100.0 * share)
}
