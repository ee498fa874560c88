//! Neutral words for headings and summaries, made of the statements' parts.

use irenic_model::{DateInterval, Figure, Framing, Grain, MONTHS, Participant, Quantity};

/// A number as people write it: "2,906", "0.2".
pub(crate) fn number(value: f64) -> String {
    let text = value.to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let digits: Vec<char> = whole.chars().collect();
    let mut grouped = String::new();
    for (at, digit) in digits.iter().enumerate() {
        if at > 0
            && (digits.len() - at).is_multiple_of(3)
            && digit.is_ascii_digit()
            && digits[at - 1].is_ascii_digit()
        {
            grouped.push(',');
        }
        grouped.push(*digit);
    }
    if rest.is_empty() { grouped } else { format!("{grouped}.{rest}") }
}

/// "at least 30", "50 to 1,000 tonne".
pub(crate) fn quantity(quantity: &Quantity) -> String {
    let bound = quantity.bound.before_number();
    let upper = quantity.upper.map(|upper| format!(" to {}", number(upper))).unwrap_or_default();
    let unit = if matches!(quantity.unit.as_str(), "person" | "item") {
        String::new()
    } else {
        format!(" {}", quantity.unit)
    };
    format!("{bound}{}{upper}{unit}", number(quantity.value))
}

/// What a figure counts: "killed: Norland soldiers".
pub(crate) fn counted(figure: &Figure, group: Option<&str>) -> String {
    match (&figure.counts, group) {
        (Some(counts), Some(group)) => format!("{counts}: {group}"),
        (Some(counts), None) => counts.clone(),
        (None, Some(group)) => group.to_owned(),
        (None, None) => figure.unit.clone(),
    }
}

/// An interval of days: "2 April 2016", "2 to 5 April 2016", "2016".
pub(crate) fn period(when: DateInterval) -> String {
    let (from, until) = (when.from(), when.until());
    let whole_years = (from.month(), from.day(), until.month(), until.day()) == (1, 1, 12, 31);
    let whole_month = from.year() == until.year()
        && from.month() == until.month()
        && from.day() == 1
        && until == until.last_of_month();
    if from == until {
        return format!("{} {} {}", from.day(), month(from.month()), from.year());
    }
    if whole_years {
        return if from.year() == until.year() {
            from.year().to_string()
        } else {
            format!("{} to {}", from.year(), until.year())
        };
    }
    if whole_month && when.grain() >= Grain::Month {
        return format!("{} {}", month(from.month()), from.year());
    }
    format!(
        "{} {} {} to {} {} {}",
        from.day(),
        month(from.month()),
        from.year(),
        until.day(),
        month(until.month()),
        until.year()
    )
}

const fn month(number: i8) -> &'static str {
    // jiff's months run from 1 to 12.
    MONTHS[(number - 1) as usize]
}

/// "A, B", with what is a holder's own term in quotation marks: no party's wording becomes ours.
pub(crate) fn list(participants: &[Participant], framings: &[Framing]) -> String {
    let mut names: Vec<String> = Vec::new();
    for participant in participants {
        let framed = framings.iter().any(|framing| framing.span.overlaps(participant.span));
        let quoted = participant.text.starts_with(['“', '"', '«']);
        let name =
            if framed && !quoted { format!("“{}”", participant.text) } else { participant.text.clone() };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use irenic_model::jiff::civil::date;
    use irenic_model::{Certainty, Grain};

    use super::*;

    #[test]
    fn numbers_have_thousands() {
        for (value, expected) in
            [(2906.0, "2,906"), (0.2, "0.2"), (1_500_000.0, "1,500,000"), (30.0, "30"), (-1000.0, "-1,000")]
        {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn periods_are_short() {
        let interval = |from, until, grain| DateInterval::new(from, until, grain, Certainty::Stated).unwrap();
        assert_eq!(period(DateInterval::year(2016).unwrap()), "2016");
        assert_eq!(period(DateInterval::month(2016, 4).unwrap()), "April 2016");
        assert_eq!(period(DateInterval::day(date(2016, 4, 2))), "2 April 2016");
        assert_eq!(period(interval(date(1988, 1, 1), date(1994, 12, 31), Grain::Year)), "1988 to 1994");
        assert_eq!(
            period(interval(date(2016, 4, 2), date(2016, 4, 5), Grain::Day)),
            "2 April 2016 to 5 April 2016"
        );
    }

    #[test]
    fn a_holders_own_term_is_quoted() {
        use irenic_model::{FramingMark, Span};
        let named = |text: &str, start: usize| Participant {
            text: text.to_owned(),
            span: Span::new(start, start + text.len()),
            country: None,
            role: None,
        };
        let framing = Framing {
            span: Span::new(10, 22),
            term: "gang of thugs".to_owned(),
            of: None,
            holder: None,
            mark: FramingMark::Loaded,
        };
        let both = [named("the council", 40), named("gang of thugs", 10), named("the council", 80)];
        assert_eq!(list(&both, &[framing]), "the council, “gang of thugs”");
    }
}
