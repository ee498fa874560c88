//! What became of figures side by side: those kept apart with the reason, and those that one speaker revised.

use std::collections::BTreeMap;

use irenic_model::{ApartReason, Content, Figure, FigureSeries, KeptApart, StatementRef};

use crate::SourceView;
use crate::items::{Item, Items};
use crate::names::{kind_of_people, stems};
use crate::sources::Sources;

/// Above so many times the days of the shorter period, the longer one is taken for a total over time.
const TOTAL_TIMES: i32 = 3;

/// A figure with its speaker.
struct Count<'a> {
    item: &'a Item<'a>,
    figure: &'a Figure,
}

/// Figures of the same kind that are not held against each other, each pair once with the reason: the largest of each kind
/// against the others.
///
/// `together` tells whether two statements already stand in one account.
#[must_use]
pub fn kept_apart(
    sources: &[SourceView<'_>],
    together: impl Fn(StatementRef, StatementRef) -> bool,
) -> Vec<KeptApart> {
    let known = Sources::new(sources);
    let items = Items::new(sources, &known);
    let mut found = Vec::new();
    for counts in by_kind(&items).into_values() {
        let Some(largest) = counts.iter().max_by(|a, b| a.figure.value.total_cmp(&b.figure.value)) else {
            continue;
        };
        for other in counts.iter().filter(|other| other.item.at != largest.item.at) {
            if together(largest.item.at, other.item.at) {
                continue;
            }
            if let Some(reason) = reason(largest.figure, other.figure) {
                found.push(KeptApart { larger: largest.item.at, other: other.item.at, reason });
            }
        }
    }
    found.sort_by_key(|pair| (pair.larger, pair.other));
    found
}

/// Figures that count the same of the same people, by what they count.
fn by_kind<'s>(items: &'s Items<'s>) -> BTreeMap<(String, String, String, String), Vec<Count<'s>>> {
    let mut kinds: BTreeMap<_, Vec<Count<'_>>> = BTreeMap::new();
    let figures = items.of(|content| if let Content::Figure(figure) = content { Some(figure) } else { None });
    for (item, figure) in figures.into_iter().filter(|(item, _)| item.statement.stance.is_factual()) {
        let Some(counts) = figure.counts.clone() else { continue };
        let group = figure.group.as_deref().unwrap_or_default();
        let peoples: Vec<String> = stems(group).into_iter().collect();
        let key = (figure.unit.clone(), counts, kind_of_people(group), peoples.join(" "));
        kinds.entry(key).or_default().push(Count { item, figure });
    }
    kinds
}

/// Why two figures of one kind cannot be held against each other; `None` where they could be.
fn reason(larger: &Figure, other: &Figure) -> Option<ApartReason> {
    if larger.part_of.is_some() != other.part_of.is_some() {
        return Some(ApartReason::PartAndTotal);
    }
    match (larger.period, other.period) {
        (Some(long), Some(short)) if !long.overlaps(&short) => Some(ApartReason::OtherTime),
        (Some(one), Some(two)) => {
            let (short, long) = (one.days().min(two.days()), one.days().max(two.days()));
            (short * TOTAL_TIMES < long).then_some(ApartReason::IncidentAndTotal)
        }
        (None, None) => None,
        _ => Some(ApartReason::NotDated),
    }
}

/// Figures that one speaker gives again with another number in a later source, in order of publication.
#[must_use]
pub fn revisions(sources: &[SourceView<'_>]) -> Vec<FigureSeries> {
    let known = Sources::new(sources);
    let items = Items::new(sources, &known);
    let mut series: Vec<FigureSeries> = Vec::new();
    for counts in by_kind(&items).into_values() {
        let mut by_speaker: BTreeMap<&str, Vec<&Count<'_>>> = BTreeMap::new();
        for count in counts.iter().filter(|count| count.figure.part_of.is_none()) {
            by_speaker.entry(count.item.speaker.as_str()).or_default().push(count);
        }
        for mut said in by_speaker.into_values() {
            let published = |count: &Count<'_>| sources[count.item.at.document].source.published;
            said.retain(|count| published(count).is_some());
            said.sort_by_key(|count| (published(count), count.item.at));
            // Of one source the largest counts: a later, smaller number there is of something else.
            let mut steps: Vec<&Count<'_>> = Vec::new();
            for count in said {
                match steps.last_mut() {
                    Some(last) if published(last) == published(count) => {
                        if last.figure.value < count.figure.value {
                            *last = count;
                        }
                    }
                    Some(last) if same_time(last.figure, count.figure) => steps.push(count),
                    Some(_) => {}
                    None => steps.push(count),
                }
            }
            let differ =
                steps.windows(2).any(|pair| pair[0].figure.value.to_bits() != pair[1].figure.value.to_bits());
            if differ {
                let holder = steps[0].item.backer().name;
                series.push(FigureSeries {
                    holder,
                    statements: steps.iter().map(|count| count.item.at).collect(),
                });
            }
        }
    }
    series.sort_by_key(|one| one.statements.first().copied());
    series
}

/// Whether both speak of one time: of overlapping periods, or neither gives one.
fn same_time(a: &Figure, b: &Figure) -> bool {
    match (a.period, b.period) {
        (Some(first), Some(second)) => first.overlaps(&second),
        (None, None) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use irenic_model::jiff::civil::{Date, date};
    use irenic_model::{Bound, DateInterval};

    use super::*;
    use crate::papers::{Paper, views};

    fn figure(value: f64, period: Option<DateInterval>) -> Figure {
        Figure {
            value,
            upper: None,
            bound: Bound::Exact,
            unit: "person".to_owned(),
            counts: Some("killed".to_owned()),
            group: Some("civilians".to_owned()),
            period,
            part_of: None,
        }
    }

    fn paper(publisher: &str, day: Date, figures: Vec<Figure>) -> Paper {
        let name = format!("{publisher} of {day}");
        let mut paper = Paper::of_author(&name, figures.into_iter().map(Content::Figure));
        paper.source.publisher = Some(publisher.to_owned());
        paper.source.published = Some(day);
        paper
    }

    #[test]
    fn an_incident_is_not_held_against_a_total() {
        let day = |day| Some(DateInterval::day(date(2020, 5, day)));
        let cases = [
            (
                figure(900.0, DateInterval::year(2020)),
                figure(4.0, day(2)),
                Some(ApartReason::IncidentAndTotal),
            ),
            (figure(9.0, day(1)), figure(4.0, day(2)), Some(ApartReason::OtherTime)),
            (figure(9.0, day(1)), figure(4.0, None), Some(ApartReason::NotDated)),
            (figure(9.0, day(1)), figure(4.0, day(1)), None),
        ];
        for (larger, other, expected) in cases {
            let papers = [paper("Post", date(2020, 6, 1), vec![larger, other])];
            let found: Vec<ApartReason> =
                kept_apart(&views(&papers), |_, _| false).into_iter().map(|pair| pair.reason).collect();
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_speaker_revises_a_figure() {
        let year = DateInterval::year(2020);
        let papers = [
            paper("Post", date(2020, 6, 3), vec![figure(12.0, year)]),
            paper("Post", date(2020, 6, 1), vec![figure(9.0, year)]),
            paper("Echo", date(2020, 6, 2), vec![figure(30.0, year)]),
        ];
        let found = revisions(&views(&papers));
        assert_eq!(found.len(), 1);
        let documents: Vec<usize> = found[0].statements.iter().map(|at| at.document).collect();
        assert_eq!((found[0].holder.as_str(), documents), ("Post", vec![1, 0]));
    }
}
