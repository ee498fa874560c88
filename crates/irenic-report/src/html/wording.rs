//! Dates, numbers and rules in plain words.

use irenic_model::jiff::civil::Date;
use irenic_model::{DateInterval, Grain, MONTHS};

fn month(date: Date) -> &'static str {
    MONTHS[usize::from(date.month().unsigned_abs()) - 1]
}

/// "12 May 1994"
pub(super) fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// A date as finely as it is known: a day as a day, a year as a year.
pub(super) fn when(days: &DateInterval) -> String {
    let (from, until) = (days.from(), days.until());
    match days.grain() {
        Grain::Day if from == until => day(from),
        Grain::Month if from.first_of_month() == until.first_of_month() => {
            format!("{} {}", month(from), from.year())
        }
        Grain::Year if from.year() == until.year() => from.year().to_string(),
        Grain::Year | Grain::Decade | Grain::PartOfDecade => format!("{} to {}", from.year(), until.year()),
        _ if is_year(from, until) => from.year().to_string(),
        _ if from == from.first_of_month() && until == from.last_of_month() => {
            format!("{} {}", month(from), from.year())
        }
        _ if from.first_of_month() == until.first_of_month() => {
            format!("{} to {} {} {}", from.day(), until.day(), month(from), from.year())
        }
        _ if from.year() == until.year()
            && from == from.first_of_month()
            && until == until.last_of_month() =>
        {
            format!("{} to {} {}", month(from), month(until), from.year())
        }
        _ => format!("{} to {}", day(from), day(until)),
    }
}

fn is_year(from: Date, until: Date) -> bool {
    from.year() == until.year() && from == from.first_of_year() && until == until.last_of_year()
}

/// A number with its thousands apart: "100,000", "0.7".
pub(super) fn number(value: f64) -> String {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(a, b)| (a, Some(b)));
    let digits = whole.trim_start_matches('-');
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if whole.starts_with('-') { "-" } else { "" };
    fraction.map_or_else(|| format!("{sign}{grouped}"), |fraction| format!("{sign}{grouped}.{fraction}"))
}

/// "first", "second", "5th"
pub(super) fn ordinal(number: u32) -> String {
    const WORDS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let word = (number as usize).checked_sub(1).and_then(|at| WORDS.get(at));
    word.map_or_else(|| format!("{number}th"), |word| (*word).to_owned())
}

/// What a rule of the Irenic model means.
pub(super) fn rule(name: &str) -> String {
    match name {
        "claim" | "claim-after-settlement" => "incompatible claims are raised",
        "pressure" => "threats or coercion, without sustained violence",
        "sporadic-violence" => "violence too slight for a confrontation",
        "sustained-fighting" => "sustained armed clashes",
        "war" => "called a war, or as deadly as one",
        "relapse" => "fighting comes back, long or heavy enough to count as a relapse",
        "ceasefire" => "a truce that holds",
        "ceasefire-ends" => "a ceasefire is denounced or breaks down",
        "violence-stops" => "violence stops without a deal",
        "peace-agreement" => "a peace agreement is signed",
        "carried-out" => "an undertaking is carried out",
        "settled" | "settled-by-force" => "the issue is settled",
        "violation" => "breaches too short or too slight for a relapse",
        "goes-on" => "meanwhile",
        other => return other.replace('-', " "),
    }
    .to_owned()
}

/// "1 line", "3 lines".
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(count as f64), if count == 1 { one } else { many })
}

/// The words with a capital at the beginning.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The years of a stage: "1994–2020", "2020", "since 2022", "undated".
pub(super) fn span_of_years(from: Option<Date>, until: Option<Date>) -> String {
    match (from, until) {
        (Some(from), Some(until)) if from.year() == until.year() => from.year().to_string(),
        (Some(from), Some(until)) => format!("{}–{}", from.year(), until.year()),
        (Some(from), None) => format!("since {}", from.year()),
        (None, Some(until)) => format!("to {}", until.year()),
        (None, None) => "undated".to_owned(),
    }
}

/// What a document is called, without the date at the end.
pub(super) fn undated(label: &str) -> &str {
    let year = |words: &str| words.len() >= 4 && words.ends_with(|last: char| last.is_ascii_digit());
    match label.rsplit_once(", ") {
        Some((name, date)) if year(date) && date.starts_with(|first: char| first.is_ascii_digit()) => name,
        _ => label,
    }
}

#[cfg(test)]
mod tests {
    use irenic_model::Certainty;
    use irenic_model::jiff::civil::date;

    use super::*;

    #[test]
    fn dates_are_no_finer_than_they_are_known() {
        let interval = |from, until, grain| DateInterval::new(from, until, grain, Certainty::Stated).unwrap();
        let cases = [
            (DateInterval::day(date(1994, 5, 12)), "12 May 1994"),
            (DateInterval::month(1994, 5).unwrap(), "May 1994"),
            (DateInterval::year(1994).unwrap(), "1994"),
            (interval(date(2022, 11, 1), date(2022, 11, 10), Grain::PartOfMonth), "1 to 10 November 2022"),
            (interval(date(1990, 1, 1), date(1993, 12, 31), Grain::PartOfDecade), "1990 to 1993"),
            (interval(date(1992, 6, 1), date(1992, 8, 31), Grain::Season), "June to August 1992"),
        ];
        for (days, expected) in cases {
            assert_eq!(when(&days), expected);
        }
    }

    #[test]
    fn a_label_loses_its_date_and_nothing_else() {
        for (label, expected) in [
            ("Daily News, 9 May 2020", "Daily News"),
            ("Smith, A.", "Smith, A."),
            ("A, B, 1 June 1999", "A, B"),
        ] {
            assert_eq!(undated(label), expected);
        }
    }

    #[test]
    fn stages_have_their_years() {
        let of = |year| Some(Date::constant(year, 3, 1));
        for (from, until, expected) in [
            (of(1994), of(2020), "1994–2020"),
            (of(2020), of(2020), "2020"),
            (of(2022), None, "since 2022"),
            (None, None, "undated"),
        ] {
            assert_eq!(span_of_years(from, until), expected);
        }
    }

    #[test]
    fn numbers_are_grouped() {
        for (value, expected) in [(100_000.0, "100,000"), (0.7, "0.7"), (371.0, "371"), (1234.5, "1,234.5")] {
            assert_eq!(number(value), expected);
        }
    }
}
