//! The outlook: the class's curve with this conflict's place on it, the chances, and natural frequencies.

use irenic::Reconstruction;
use irenic::world_record::{Chance, Outlook, Refusal};
use maud::{Markup, html};

use super::active;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 44.0;
const BOTTOM: f64 = 36.0;
const TOP: f64 = 12.0;

/// The section, or the reason why there is no outlook.
pub(super) fn section(found: &Reconstruction) -> Markup {
    let refused = |refusal: Refusal| html! { p { (refusal.to_string()) "." } };
    let answer = match found.outlook(&[]) {
        Ok(outlook) => answer(&outlook),
        Err(Refusal::Active(_)) => match found.active_outlook(&[]) {
            Ok(outlook) => active::answer(&outlook),
            Err(refusal) => refused(refusal),
        },
        Err(refusal) => refused(refusal),
    };
    html! { (answer) (active::theory()) }
}

fn answer(outlook: &Outlook) -> Markup {
    html! {
        p {
            "Unit: " (outlook.level.name()) ". Reference class: " (outlook.class) "; " (outlook.cases) " cases, "
            (outlook.followed) " of them followed after " (years(outlook.quiet_years)) " of quiet. Source: "
            (outlook.source) "."
        }
        @for at in &outlook.chances { p { (at.in_words(outlook.level)) } }
        (curve(outlook))
        table {
            thead { tr {
                th { "Years ahead" } th { "Still quiet" } th { "Back as minor conflict" } th { "Back as war" }
                th { "All endings, still quiet" }
            } }
            tbody { @for at in &outlook.chances { tr {
                td { (at.years) } td { (chance(&at.quiet)) } td { (chance(&at.minor)) } td { (chance(&at.war)) }
                td { (percent(at.baseline_quiet)) }
            } } }
        }
        (by_implementation(outlook))
        p { "Limits in brackets: 95%, by a bootstrap that draws whole conflicts. A class's rates are drawn towards those of all endings." }
        h3 { "Most similar past cases" }
        ul { @for case in &outlook.similar {
            li { (case.spell.name) ", " (case.spell.start) "–" (case.spell.end) ": " (case.fate) }
        } }
    }
}

/// The narrower class of agreements that were, or were not, carried on; or why it is not shown.
fn by_implementation(outlook: &Outlook) -> Markup {
    match &outlook.by_implementation {
        None => html! {},
        Some(Err(refusal)) => html! { p { "By implementation: " (refusal.to_string()) "." } },
        Some(Ok(narrow)) => html! {
            p {
                "By implementation, as far as PA-X knows of it: " (narrow.class) "; " (narrow.cases) " cases, "
                (narrow.followed) " followed as long. This class has not forecast better than all agreements, so it stands beside."
            }
            ul { @for at in &narrow.chances { li { (at.in_words(outlook.level)) " Still quiet: " (chance(&at.quiet)) "." } } }
        },
    }
}

/// The class's curve as an SVG: the share still quiet by years since the end of fighting, its limits, the same over all
/// endings, and a mark where this conflict stands.
#[must_use]
pub fn curve(outlook: &Outlook) -> Markup {
    let last = outlook.curve.last().map_or(1, |point| point.quiet_years.max(1));
    let x = |years: f64| round(LEFT + years / f64::from(last) * (WIDTH - LEFT - 12.0));
    let y = |share: f64| round(TOP + (1.0 - share) * (HEIGHT - TOP - BOTTOM));
    let points = |part: &dyn Fn(usize) -> f64| -> Vec<String> {
        let at =
            |place: usize| format!("{},{}", x(f64::from(outlook.curve[place].quiet_years)), y(part(place)));
        (0..outlook.curve.len()).map(at).collect()
    };
    let own = points(&|at| outlook.curve[at].quiet).join(" ");
    let baseline = points(&|at| outlook.curve[at].baseline).join(" ");
    let mut band = points(&|at| outlook.curve[at].limits_95.1);
    band.extend(points(&|at| outlook.curve[at].limits_95.0).into_iter().rev());
    let here = outlook.curve.iter().find(|point| point.quiet_years == outlook.quiet_years);
    html! {
        svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label="Share still quiet by years since the end of fighting"
            xmlns="http://www.w3.org/2000/svg" style="max-width:44rem" font-size="12" fill="currentColor" {
            @for tenth in [0.0, 0.25, 0.5, 0.75, 1.0] {
                line x1=(LEFT) x2=(WIDTH - 12.0) y1=(y(tenth)) y2=(y(tenth)) stroke="currentColor" stroke-opacity="0.15" {}
                text x=(LEFT - 6.0) y=(y(tenth) + 4.0) text-anchor="end" { (percent(tenth)) }
            }
            @for year in (0..=last).step_by(5) {
                text x=(x(f64::from(year))) y=(HEIGHT - BOTTOM + 16.0) text-anchor="middle" { (year) }
            }
            text x=(WIDTH / 2.0) y=(HEIGHT - 4.0) text-anchor="middle" { "quiet years since the end of fighting" }
            polygon points=(band.join(" ")) fill="currentColor" fill-opacity="0.12" { title { "limits, 95%" } }
            polyline points=(baseline) fill="none" stroke="currentColor" stroke-dasharray="4 4" stroke-opacity="0.6" { title { "all endings" } }
            polyline points=(own) fill="none" stroke="currentColor" stroke-width="2" { title { (outlook.class) } }
            @if let Some(point) = here {
                circle cx=(x(f64::from(point.quiet_years))) cy=(y(point.quiet)) r="5" { title { "this conflict" } }
                text x=(x(f64::from(point.quiet_years)) + 9.0) y=(y(point.quiet) - 6.0) { "this conflict" }
            }
        }
    }
}

fn chance(chance: &Chance) -> String {
    let (low, high) = chance.limits_95;
    format!("{} ({}–{})", percent(chance.share), percent(low), percent(high))
}

fn percent(share: f64) -> String {
    format!("{:.0}%", 100.0 * share)
}

fn years(count: i16) -> String {
    if count == 1 { "1 year".to_owned() } else { format!("{count} years") }
}

fn round(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}
