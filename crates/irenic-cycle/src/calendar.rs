//! Days as numbers and back, and months added to them by the calendar.

use irenic_model::jiff::{ToSpan as _, civil::Date};
use irenic_model::{Grain, date_of, day_number};

/// The date of a day number; one outside the calendar is the calendar's last day.
pub(crate) fn date(day: i32) -> Date {
    date_of(day).unwrap_or(if day < 0 { Date::MIN } else { Date::MAX })
}

/// The day `months` later: the same day of the month, or the last one of a shorter month.
pub(crate) fn after_months(day: i32, months: u64) -> i32 {
    let months = i32::try_from(months).unwrap_or(i32::MAX).min(100_000);
    date(day).checked_add(months.months()).map_or(i32::MAX, day_number)
}

/// The first day of the calendar year of `day`.
pub(crate) fn start_of_year(day: i32) -> i32 {
    let date = date(day);
    day - i32::from(date.day_of_year()) + 1
}

/// The last day of the week, month, year, decade that begins with `day`'s, as the grain says.
pub(crate) fn end_of_unit(day: i32, grain: Grain) -> i32 {
    let date = date(day);
    match grain {
        Grain::Day => day,
        Grain::Week => day.saturating_add(6),
        Grain::PartOfMonth => day.saturating_add(9),
        Grain::Month => day_number(date.last_of_month()),
        Grain::Season | Grain::PartOfYear => after_months(day, 3) - 1,
        Grain::Year => day_number(date.last_of_year()),
        Grain::PartOfDecade => after_months(day, 36) - 1,
        Grain::Decade => after_months(day, 120) - 1,
        Grain::Century => after_months(day, 1200) - 1,
    }
}

/// The first day of the unit that ends with `day`'s.
pub(crate) fn start_of_unit(day: i32, grain: Grain) -> i32 {
    let date = date(day);
    match grain {
        Grain::Day => day,
        Grain::Week => day - 6,
        Grain::PartOfMonth => day - 9,
        Grain::Month => day_number(date.first_of_month()),
        Grain::Season | Grain::PartOfYear => day - 90,
        Grain::Year => day_number(date.first_of_year()),
        Grain::PartOfDecade => day - 3 * 365,
        Grain::Decade => day - 10 * 365,
        Grain::Century => day - 100 * 365,
    }
}
