//! Deaths by the tables beside the documents, as bars under the stages.

use irenic_model::jiff::civil::Date;
use irenic_model::{Observation, Provenance};
use maud::{Markup, html};

use super::scale::Scale;
use super::{Context, round};
use crate::html::wording::{day, number};

/// The height of the highest bar.
pub(super) const HEIGHT: f64 = 56.0;

/// Deaths by row of the tables beside the documents: first and last day, and the count as stated or at least.
pub(super) fn deaths(found: &Context<'_>) -> Vec<(Date, Date, u64)> {
    let of_row = |piece: &irenic_model::Evidence| match (&piece.provenance, &piece.observation, piece.when) {
        (Provenance::Row { .. }, Observation::Deaths { low, .. }, Some(when)) => {
            Some((when.from(), when.until(), *low))
        }
        _ => None,
    };
    found.evidence.iter().filter_map(of_row).collect()
}

/// Bars of deaths; heights by the root of the count, so that small years stay visible beside great ones.
pub(super) fn bars(deaths: &[(Date, Date, u64)], scale: &Scale, top: f64) -> Markup {
    let most = deaths.iter().map(|(_, _, count)| *count).max().unwrap_or(1).max(1) as f64;
    html! {
        text.label x="0" y=(top + HEIGHT) { "Deaths" }
        @for (from, until, count) in deaths {
            @let high = round((*count as f64 / most).sqrt() * HEIGHT);
            @let (x, end) = (scale.x(*from), scale.x(*until));
            rect.deaths x=(round(x)) y=(round(top + HEIGHT - high)) width=(round((end - x).max(1.0))) height=(high) {
                title { (number(*count as f64)) " deaths at least, " (day(*from)) " to " (day(*until)) " (table)" }
            }
        }
    }
}
