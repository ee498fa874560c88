//! Feasts that texts date events by: fixed days, and those that the moon moves.

use irenic_model::jiff::civil::{Date, Weekday};
use irenic_model::{Certainty, DateInterval, Grain, date_of};

/// The days of a feast in a year of the common calendar, by its name in the rules:
/// `12-25` for a fixed day, `easter-2` for days from Easter, `11-thu-4` for the fourth Thursday of November, `hijri-9`
/// for a month of the Islamic calendar and `hijri-10-1` for one of its days, `lunar-new-year`.
pub(super) fn days(name: &str, year: i16) -> Option<DateInterval> {
    if let Some(rest) = name.strip_prefix("easter") {
        let shift: i32 = if rest.is_empty() { 0 } else { rest.parse().ok()? };
        return one(date_of(irenic_model::day_number(easter(year)?) + shift)?);
    }
    if let Some(rest) = name.strip_prefix("hijri-") {
        return hijri(rest, year);
    }
    if name == "lunar-new-year" {
        return one(lunar_new_year(year)?);
    }
    let mut parts = name.split('-');
    let month: i8 = parts.next()?.parse().ok()?;
    let second = parts.next()?;
    match parts.next() {
        Some(number) => {
            let weekday = weekday(second)?;
            one(Date::new(year, month, 1).ok()?.nth_weekday_of_month(number.parse().ok()?, weekday).ok()?)
        }
        None => one(Date::new(year, month, second.parse().ok()?).ok()?),
    }
}

fn one(day: Date) -> Option<DateInterval> {
    Some(DateInterval::day(day))
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "mon" => Weekday::Monday,
        "tue" => Weekday::Tuesday,
        "wed" => Weekday::Wednesday,
        "thu" => Weekday::Thursday,
        "fri" => Weekday::Friday,
        "sat" => Weekday::Saturday,
        "sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// Easter Sunday of the western churches (Meeus, *Astronomical Algorithms*, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// A month or a day of the Islamic calendar that begins in the given year, by the tabular calendar (leap years 2, 5,
/// 7, 10, 13, 16, 18, 21, 24, 26, 29 of thirty). What was observed may differ by a day or two.
fn hijri(name: &str, year: i16) -> Option<DateInterval> {
    let (month, day) = match name.split_once('-') {
        Some((month, day)) => (month.parse::<i32>().ok()?, Some(day.parse::<i32>().ok()?)),
        None => (name.parse::<i32>().ok()?, None),
    };
    // A Hijri year is shorter than ours, so that at most two of the three begin the feast in this year.
    let near = (i32::from(year) - 622) * 33 / 32;
    (near - 1..=near + 2).find_map(|hijri_year| {
        let from = date_of(hijri_day(hijri_year, month, day.unwrap_or(1)))?;
        if from.year() != year {
            return None;
        }
        if day.is_some() {
            return one(from);
        }
        let until = date_of(hijri_day(hijri_year, month + 1, 1) - 1)?;
        DateInterval::new(from, until, Grain::Month, Certainty::Stated)
    })
}

/// The day number (from 1 January 1970) of a day of the tabular Islamic calendar.
fn hijri_day(year: i32, month: i32, day: i32) -> i32 {
    // 1 Muharram 1 is 19 July 622 of the proleptic Gregorian calendar, 492 148 days before the epoch.
    const EPOCH: i32 = -492_148;
    let months = 29 * (month - 1) + month / 2;
    EPOCH + (day - 1) + months + (year - 1) * 354 + (3 + 11 * year).div_euclid(30)
}

/// The first day of the lunar year as East Asia keeps it: the new moon that falls from 21 January to 20 February,
/// by mean lunations with the largest periodic terms (Meeus, chapter 49), at seven hours east of Greenwich.
fn lunar_new_year(year: i16) -> Option<Date> {
    let from = irenic_model::day_number(Date::new(year, 1, 21).ok()?);
    let guess = ((f64::from(year) + 0.05 - 2000.0) * 12.3685).floor() as i32;
    (guess - 2..=guess + 3).map(new_moon).find(|&day| (from..from + 31).contains(&day)).and_then(date_of)
}

/// The day number of the new moon with the given lunation since January 2000.
fn new_moon(lunation: i32) -> i32 {
    let k = f64::from(lunation);
    let t = k / 1236.85;
    let radians = |degrees: f64| degrees.to_radians();
    let sun = radians(2.5534 + 29.105_356_70 * k);
    let moon = radians(201.5643 + 385.816_935_28 * k + 0.010_758_2 * t * t);
    let node = radians(160.7108 + 390.670_502_84 * k);
    let terms = -0.407_20 * moon.sin()
        + 0.172_41 * sun.sin()
        + 0.016_08 * (2.0 * moon).sin()
        + 0.010_39 * (2.0 * node).sin()
        + 0.007_39 * (moon - sun).sin()
        - 0.005_14 * (moon + sun).sin();
    let julian = 2_451_550.097_66 + 29.530_588_861 * k + 0.000_154_37 * t * t + terms;
    // From Julian day to days since 1970, at seven hours east; dynamical time is a minute ahead at most.
    (julian - 2_440_587.5 + 7.0 / 24.0).floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feasts_fall_on_their_days() {
        let cases = [
            ("12-25", 1979, "1979-12-25"),
            ("easter", 1916, "1916-04-23"),
            ("easter", 2023, "2023-04-09"),
            ("easter-2", 1998, "1998-04-10"),
            ("11-thu-4", 1999, "1999-11-25"),
            ("lunar-new-year", 1968, "1968-01-29"),
            ("lunar-new-year", 2023, "2023-01-22"),
        ];
        for (name, year, first) in cases {
            assert_eq!(days(name, year).unwrap().from().to_string(), first, "{name} {year}");
        }
    }

    /// The tabular calendar is within a day of what was observed.
    #[test]
    fn months_of_the_moon_are_within_a_day() {
        for (name, year, observed) in [
            ("hijri-9", 2023, "2023-03-23"),
            ("hijri-10-1", 2016, "2016-07-06"),
            ("hijri-9", 1973, "1973-09-28"),
        ] {
            let observed: Date = observed.parse().unwrap();
            let found = irenic_model::day_number(days(name, year).unwrap().from());
            assert!((found - irenic_model::day_number(observed)).abs() <= 1, "{name} {year}");
        }
    }
}
