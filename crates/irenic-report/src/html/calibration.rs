//! Calibration curves: of forecasts with about the same chance, the share that came true, beside the line of the honest.

use irenic::world_record::CalibrationBin;
use maud::{Markup, html};

const SIDE: f64 = 300.0;
const LEFT: f64 = 48.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 44.0;
const LEGEND: f64 = 250.0;

/// The dashes that tell the curves of one panel apart, on paper too.
const DASHES: [&str; 4] = ["none", "8 4", "2 3", "8 3 2 3"];

/// One design and horizon, with the bins of each variant.
pub struct Panel {
    /// What was forecast, and how.
    pub title: String,
    /// The variants by name.
    pub curves: Vec<(String, Vec<CalibrationBin>)>,
}

/// The panels as one SVG, one below the other: each point a bin, its size the number of forecasts, its line the limits (95%,
/// Wilson 1927) of the share.
///
/// The limits take forecasts on one conflict for independent, so they are rather too narrow.
#[must_use]
pub fn calibration(panels: &[Panel]) -> Markup {
    let height = TOP + SIDE + BOTTOM;
    html! {
        svg viewBox={ "0 0 " (LEFT + SIDE + LEGEND) " " (height * panels.len() as f64) } role="img" aria-label="Calibration curves"
            xmlns="http://www.w3.org/2000/svg" style="max-width:44rem" font-size="12" fill="currentColor" {
            @for (number, panel) in panels.iter().enumerate() {
                g transform={ "translate(0 " (number as f64 * height) ")" } { (drawn(panel)) }
            }
        }
    }
}

fn drawn(panel: &Panel) -> Markup {
    let x = |chance: f64| round(LEFT + chance * SIDE);
    let y = |share: f64| round(TOP + (1.0 - share) * SIDE);
    html! {
        text x=(LEFT) y="16" font-weight="bold" { (panel.title) }
        @for quarter in [0.0, 0.25, 0.5, 0.75, 1.0] {
            line x1=(x(0.0)) x2=(x(1.0)) y1=(y(quarter)) y2=(y(quarter)) stroke="currentColor" stroke-opacity="0.15" {}
            text x=(LEFT - 6.0) y=(y(quarter) + 4.0) text-anchor="end" { (percent(quarter)) }
            text x=(x(quarter)) y=(TOP + SIDE + 16.0) text-anchor="middle" { (percent(quarter)) }
        }
        text x=(LEFT + SIDE / 2.0) y=(TOP + SIDE + 34.0) text-anchor="middle" { "chance that was forecast; upwards, the share that came" }
        line x1=(x(0.0)) y1=(y(0.0)) x2=(x(1.0)) y2=(y(1.0)) stroke="currentColor" stroke-opacity="0.4" { title { "as forecast" } }
        @for (place, (name, bins)) in panel.curves.iter().enumerate() {
            @let dash = DASHES[place % DASHES.len()];
            @let foot = TOP + 14.0 + place as f64 * 20.0;
            @let points: Vec<String> = bins.iter().map(|bin| format!("{},{}", x(bin.mean_chance), y(bin.share))).collect();
            polyline points=(points.join(" ")) fill="none" stroke="currentColor" stroke-dasharray=(dash) { title { (name) } }
            @for bin in bins {
                @let (low, high) = wilson(bin.share, bin.forecasts);
                line x1=(x(bin.mean_chance)) x2=(x(bin.mean_chance)) y1=(y(low)) y2=(y(high)) stroke="currentColor" stroke-opacity="0.4" {}
                circle cx=(x(bin.mean_chance)) cy=(y(bin.share)) r=(round(2.0 + (bin.forecasts as f64).sqrt() / 3.0)) {
                    title { (name) ": " (bin.forecasts) " forecasts of " (percent(bin.mean_chance)) " on average, " (percent(bin.share)) " came" }
                }
            }
            line x1=(LEFT + SIDE + 16.0) x2=(LEFT + SIDE + 46.0) y1=(foot) y2=(foot) stroke="currentColor" stroke-dasharray=(dash) {}
            text x=(LEFT + SIDE + 52.0) y=(foot + 4.0) { (name) }
        }
    }
}

/// The limits (95%) of a share of so many.
fn wilson(share: f64, count: usize) -> (f64, f64) {
    let (z, n) = (1.959_964, count.max(1) as f64);
    let middle = share + z * z / (2.0 * n);
    let reach = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z * z / n;
    ((middle - reach) / whole, (middle + reach) / whole)
}

fn percent(share: f64) -> String {
    format!("{:.0}%", 100.0 * share)
}

fn round(x: f64) -> f64 {
    (x * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilsons_limits_by_hand() {
        // 8 of 10: (0.8 + 3.8415/20 ± 1.96 · sqrt(0.016 + 3.8415/400)) / (1 + 3.8415/10).
        let (low, high) = wilson(0.8, 10);
        assert!((low - 0.4902).abs() < 5e-4 && (high - 0.9433).abs() < 5e-4, "{low} {high}");
        let (low, high) = wilson(0.0, 5);
        assert!(low.abs() < 1e-12 && 0.4 < high && high < 0.5);
    }

    #[test]
    fn a_bin_stands_at_its_chance_and_share() {
        let bin = CalibrationBin { from: 0.4, until: 0.6, forecasts: 9, mean_chance: 0.5, share: 1.0 };
        let panel = Panel { title: "ours".to_owned(), curves: vec![("class rate".to_owned(), vec![bin])] };
        let drawn = calibration(&[panel]).into_string();
        assert!(drawn.contains("cx=\"198\" cy=\"30\" r=\"3\""), "{drawn}");
        assert!(drawn.contains("9 forecasts of 50% on average, 100% came"));
    }
}
