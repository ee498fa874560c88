//! The chart's axis of time. A long prehistory is compressed, and the place where it ends is known, so that it can be marked.

use irenic_model::day_number;
use irenic_model::jiff::civil::Date;

/// Years before the first stage after the dispute are compressed when they would take more than this share of the axis.
const PREHISTORY_SHARE_MAX: f64 = 0.25;
/// And then they take this share.
const PREHISTORY_SHARE: f64 = 0.10;
/// Empty days at both ends.
const MARGIN_DAYS: i32 = 60;

/// A piecewise linear axis from days to places.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    /// Days and their places, both rising; at least two.
    points: Vec<(i32, f64)>,
}

impl Scale {
    /// An axis from `first` to `last` between two places; `core` is where the time begins that must not be compressed.
    pub(super) fn new(first: Date, core: Date, last: Date, left: f64, right: f64) -> Self {
        let begin = day_number(first) - MARGIN_DAYS;
        let end = (day_number(last) + MARGIN_DAYS).max(begin + 1);
        let core = day_number(core) - MARGIN_DAYS;
        let mut points = vec![(begin, left), (end, right)];
        if f64::from(core - begin) > PREHISTORY_SHARE_MAX * f64::from(end - begin) && core < end {
            points.insert(1, (core, left + PREHISTORY_SHARE * (right - left)));
        }
        Self { points }
    }

    /// The place of a day.
    pub(super) fn x(&self, day: Date) -> f64 {
        let day = day_number(day);
        let at = self.points[1..].partition_point(|(end, _)| *end < day).min(self.points.len() - 2);
        let ((from, left), (to, right)) = (self.points[at], self.points[at + 1]);
        left + f64::from(day - from) / f64::from((to - from).max(1)) * (right - left)
    }

    /// The first day of the axis.
    pub(super) fn first_day(&self) -> Date {
        irenic_model::date_of(self.points[0].0).unwrap_or(Date::constant(1900, 1, 1))
    }

    /// Where the axis ends.
    pub(super) fn right(&self) -> f64 {
        self.points[self.points.len() - 1].1
    }

    /// Where the compressed years end, with the year.
    pub(super) fn knee(&self) -> Option<(i16, f64)> {
        (self.points.len() > 2).then(|| (year_of(self.points[1].0), self.points[1].1))
    }

    /// Years to label, at most about `most`, with their places.
    pub(super) fn years(&self, most: i16) -> Vec<(i16, f64)> {
        let (core, last) = (self.points[self.points.len() - 2].0, self.points[self.points.len() - 1].0);
        let (from, to) = (year_of(core) + 1, year_of(last));
        let step =
            [1, 2, 5, 10, 20, 50, 100].into_iter().find(|step| (to - from) / step < most).unwrap_or(200);
        let mut years: Vec<i16> = (from..=to).filter(|year| year % step == 0).collect();
        if years.is_empty() {
            years.push(to);
        }
        if self.points.len() > 2 {
            years.insert(0, year_of(self.points[0].0 + MARGIN_DAYS));
        }
        years
            .into_iter()
            .filter_map(|year| Some((year, super::round(self.x(Date::new(year, 1, 1).ok()?)))))
            .collect()
    }
}

fn year_of(day: i32) -> i16 {
    irenic_model::date_of(day).map_or(0, |day| day.year())
}

#[cfg(test)]
mod tests {
    use irenic_model::jiff::civil::date;

    use super::*;

    #[test]
    fn a_long_prehistory_is_compressed_and_the_order_of_days_kept() {
        let scale = Scale::new(date(1900, 1, 1), date(1990, 1, 1), date(2020, 1, 1), 0.0, 1000.0);
        assert_eq!(scale.knee().map(|(year, x)| (year, x.round())), Some((1989, 100.0)));
        let places: Vec<f64> =
            [1900, 1950, 1989, 1990, 2005, 2020].map(|year| scale.x(date(year, 1, 1))).into();
        assert!(places.is_sorted() && places[0] >= 0.0 && places[5] <= 1000.0, "{places:?}");
        assert!(scale.x(date(2005, 1, 1)) - scale.x(date(1990, 1, 1)) > 400.0);
    }

    #[test]
    fn a_short_one_is_drawn_as_it_is() {
        let scale = Scale::new(date(1988, 1, 1), date(1988, 2, 20), date(2020, 1, 1), 0.0, 1000.0);
        assert_eq!(scale.knee(), None);
        assert_eq!(
            scale.years(8).iter().map(|(year, _)| *year).collect::<Vec<_>>(),
            [1990, 1995, 2000, 2005, 2010, 2015, 2020]
        );
    }

    #[test]
    fn a_single_day_has_an_axis() {
        let scale = Scale::new(date(2020, 3, 1), date(2020, 3, 1), date(2020, 3, 1), 0.0, 100.0);
        assert!((scale.x(date(2020, 3, 1)) - 50.0).abs() < 1.0);
        assert_eq!(scale.years(8).len(), 1);
    }
}
