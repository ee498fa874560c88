//! How a rule computes what its match denotes.

use irenic_model::jiff::civil::{Date, Weekday};
use irenic_model::{Certainty, DateInterval};

use super::calendar::{self, Unit};
use super::holidays;
use super::lexicon::{Lexicon, Value};
use super::operations::{Arg, Expression, Op};
use super::pattern::Capture;
use super::reference::{Clock, DocumentKind, Reference, completed_quarter};
use super::tense::{Clause, Tense};

/// What a match denotes.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning {
    pub(super) value: String,
    pub(super) interval: Option<DateInterval>,
    pub(super) reference: Option<Reference>,
    /// The quarter that the text speaks of from here.
    pub(super) quarter: Option<(i16, i8)>,
}

/// What an expression is evaluated with.
pub(super) struct Scene<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) captures: &'a [Capture],
    pub(super) clock: &'a Clock,
    /// The clause that the expression stands in; with `true`, also through a noun that it stands before.
    pub(super) clause: &'a dyn Fn(bool) -> Clause,
}

type Found = Option<(String, DateInterval)>;

impl Scene<'_> {
    /// What the expression denotes here; `None` where it denotes nothing, as 31 February.
    pub(super) fn evaluate(&self, expression: &Expression) -> Option<Meaning> {
        let args = expression.args.map(|arg| self.resolve(arg));
        match expression.op {
            Op::Date => self.date(args),
            Op::Stamp => {
                let number = number(args[0]?)?;
                let (month, day) = (number / 100 % 100, number % 100);
                let year = (1800..2100).contains(&(number / 10_000)).then_some(number / 10_000)?;
                stated(calendar::day(small(year)?, tiny(month)?, tiny(day)?))
            }
            Op::WeekOf => {
                let day = self.date(args)?;
                let (value, interval) = Unit::Week.around(day.interval?.from())?;
                Some(Meaning { value, interval: Some(interval), ..day })
            }
            Op::Month => self.month(tiny(number(args[0]?)?)?, args[1]),
            Op::Weekday => {
                let found = self.weekday(self.clock.deictic(), tiny(number(args[0]?)?)?, args[1])?;
                beside(found, args[2].and_then(number))
            }
            Op::AnaphorWeekday => self.weekday(self.clock.anaphoric(), tiny(number(args[0]?)?)?, args[1]),
            Op::Season => self.season(self.lexicon.text(args[0]?)?, args[1], args[2]),
            Op::Quarter => self.quarter(tiny(number(args[0]?)?)?, args[1]),
            Op::LatestQuarter => self.latest_quarter(number(args[0]?)?),
            Op::Half => self.half(tiny(number(args[0]?)?)?, args[1]),
            Op::Decade => stated(calendar::decade(small(number(args[0]?)?)?)),
            Op::Century => stated(calendar::century(small(number(args[0]?)?)?)),
            Op::Holiday => {
                let found = self.holiday(self.lexicon.text(args[0]?)?, args[1], args[2])?;
                match args[3] {
                    Some(unit) => around(&found, self.unit(unit)?),
                    None => Some(found),
                }
            }
            Op::Shift => self.stepped(self.clock.deictic(), number(args[0]?)?, self.unit(args[1]?)?),
            Op::SpokenOf => {
                let reference = self.clock.incomplete(|| self.tense());
                self.stepped(reference, number(args[0]?)?, self.unit(args[1]?)?)
            }
            Op::Anaphor => self.stepped(self.clock.anaphoric(), number(args[0]?)?, self.unit(args[1]?)?),
            Op::Ago => self.counted(self.clock.deictic(), args[0]?, self.unit(args[1]?)?, -1),
            Op::Ahead => self.counted(self.clock.deictic(), args[0]?, self.unit(args[1]?)?, 1),
            Op::Earlier => self.counted(self.clock.anaphoric(), args[0]?, self.unit(args[1]?)?, -1),
            Op::Later => self.counted(self.clock.anaphoric(), args[0]?, self.unit(args[1]?)?, 1),
            Op::YearBefore => self.year_before(),
            Op::Weekend => self.weekend(),
            Op::QuarterIn => self.quarter_in(args[0]?),
            Op::SchoolYear => school_year(number(args[0]?)?, number(args[1]?)?),
            Op::Duration => self.duration(args),
            Op::HalfOf => plain(calendar::duration(Some(500), self.unit(args[0]?)?)?),
            Op::OneAndAHalf => plain(calendar::duration(Some(1500), self.unit(args[0]?)?)?),
            Op::AnaphorPart => {
                let part = self.lexicon.text(args[0]?)?;
                let Some(reference) = self.clock.anaphoric() else {
                    return plain(format!("XXXX-XX-XXT{part}"));
                };
                let day = Unit::Day.shift(reference.day(), args[1].and_then(number).unwrap_or(0))?;
                leaning(Some((format!("{day}T{part}"), DateInterval::day(day))), reference)
            }
            Op::Every => {
                let value = calendar::duration(thousandths(args[0]?), self.unit(args[1]?)?)?;
                Some(Meaning { value, ..Meaning::default() })
            }
            Op::EveryWeekday => {
                let part = args[1].and_then(|part| self.lexicon.text(part)).unwrap_or_default();
                let mark = if part.is_empty() { "" } else { "T" };
                plain(format!("XXXX-WXX-{}{mark}{part}", number(args[0]?)?))
            }
            Op::EveryMonth => plain(format!("XXXX-{:02}", number(args[0]?)?)),
            Op::EverySeason => plain(format!("XXXX-{}", self.lexicon.text(args[0]?)?)),
            Op::Clock => self.clock(args),
            Op::Military => {
                let number = number(args[0]?)?;
                plain(format!("T{:02}:{:02}", number / 100, number % 100))
            }
            Op::DayPart => self.day_part(self.lexicon.text(args[0]?)?, args[1]),
            Op::UnlessPast if self.tense() == Tense::Past => None,
            Op::Raw | Op::UnlessPast => plain(self.lexicon.text(args[0]?)?.to_owned()),
        }
    }

    fn resolve(&self, arg: Arg) -> Option<Value> {
        match arg {
            Arg::None => None,
            Arg::Fixed(value) => Some(value),
            Arg::Capture(name) => {
                self.captures.iter().find(|capture| capture.name == name).map(|it| it.value)
            }
        }
    }

    fn unit(&self, value: Value) -> Option<Unit> {
        Unit::parse(self.lexicon.text(value)?)
    }

    /// A year in four or two digits, or a shift from the year of the reference ("y-1").
    fn year(&self, value: Value) -> Option<(i16, Option<Reference>)> {
        if let Some(written) = number(value) {
            return Some((calendar::full_year(small(written)?), None));
        }
        let shift: i16 = self.lexicon.text(value)?.strip_prefix('y')?.parse().ok()?;
        let reference = self.clock.deictic()?;
        Some((reference.day().year().checked_add(shift)?, Some(reference)))
    }

    fn date(&self, args: [Option<Value>; 4]) -> Option<Meaning> {
        let month = args[1].map(|value| number(value).and_then(tiny));
        let day = args[2].map(|value| number(value).and_then(tiny));
        if let Some(value) = args[0] {
            let (year, reference) = self.year(value)?;
            let found = match (month, day) {
                (Some(month), Some(day)) => calendar::day(year, month?, day?),
                (Some(month), None) => calendar::month(year, month?),
                (None, _) => calendar::year(year),
            };
            return Some(Meaning { reference, ..stated(found)? });
        }
        let month = month??;
        let place = |year: i16| Date::new(year, month, day.flatten().unwrap_or(1)).ok();
        let Some(reference) = self.clock.incomplete(|| self.tense()) else {
            return Some(Meaning {
                value: match day {
                    Some(day) => format!("XXXX-{month:02}-{:02}", day?),
                    None => format!("XXXX-{month:02}"),
                },
                ..Meaning::default()
            });
        };
        let year = self.year_near(reference, day.is_none(), place);
        let found = match day {
            Some(day) => calendar::day(year, month, day?),
            None => calendar::month(year, month),
        };
        leaning(found, reference)
    }

    fn year_near(&self, reference: Reference, coarse: bool, place: impl Fn(i16) -> Option<Date>) -> i16 {
        // "in September" said in September is this one, and of the past only until its end.
        let found = reference.year_of((self.clause)(false), &place);
        let here = place(reference.day().year());
        let same = coarse && here.is_some_and(|here| here.month() == reference.day().month());
        if same { reference.day().year() } else { found }
    }

    fn month(&self, month: i8, step: Option<Value>) -> Option<Meaning> {
        let reference = self.clock.deictic()?;
        let today = reference.day();
        let step = step.and_then(number).unwrap_or(0);
        let year = match step {
            -1 => today.year() - i16::from(month >= today.month()),
            1 => today.year() + i16::from(month <= today.month()),
            _ => today.year(),
        };
        leaning(calendar::month(year, month), reference)
    }

    /// `weekday` counts from Monday, 1 to 7. Step -1 is the last before today, 1 the next after, 0 the coming one.
    fn weekday(&self, reference: Option<Reference>, weekday: i8, step: Option<Value>) -> Option<Meaning> {
        let name = Weekday::from_monday_one_offset(weekday).ok()?;
        let Some(reference) = reference else { return plain(format!("XXXX-WXX-{weekday}")) };
        let today = reference.day();
        let same = today.weekday() == name;
        let nearer = || {
            let ahead = name.since(today.weekday());
            0 < ahead && ahead <= 3
        };
        let forward = match step.and_then(number) {
            Some(-1) => return leaning(at(today.nth_weekday(-1, name).ok()), reference),
            Some(1) => return leaning(at(today.nth_weekday(1, name).ok()), reference),
            Some(_) => self.tense() != Tense::Past,
            None => match self.tense() {
                Tense::Future => true,
                Tense::Either => nearer(),
                Tense::Past | Tense::Unknown => false,
            },
        };
        let found = match (same, forward) {
            (true, _) => today,
            (_, true) => today.nth_weekday(1, name).ok()?,
            (_, false) => today.nth_weekday(-1, name).ok()?,
        };
        leaning(at(Some(found)), reference)
    }

    fn season(&self, name: &str, year: Option<Value>, step: Option<Value>) -> Option<Meaning> {
        if let Some(year) = year {
            let (year, reference) = self.year(year)?;
            return Some(Meaning { reference, ..stated(calendar::season(year, name))? });
        }
        let reference =
            if step.is_some() { self.clock.deictic() } else { self.clock.incomplete(|| self.tense()) };
        let Some(reference) = reference else { return plain(format!("XXXX-{name}")) };
        let today = reference.day();
        let first = |year: i16| calendar::season(year, name).map(|(_, days)| days.from());
        let end = calendar::season(today.year(), name)?.1.until();
        let year = match step.and_then(number) {
            Some(-1) => today.year() - i16::from(end >= today),
            Some(1) => today.year() + i16::from(first(today.year())? <= today),
            Some(_) => today.year(),
            None => reference.year_of((self.clause)(false), first),
        };
        leaning(calendar::season(year, name), reference)
    }

    fn quarter(&self, number: i8, year: Option<Value>) -> Option<Meaning> {
        if let Some(year) = year {
            let (year, reference) = self.year(year)?;
            let found = stated(calendar::quarter(year, number))?;
            let quarter = self.is_over(&found).then_some((year, number));
            return Some(Meaning { reference, quarter, ..found });
        }
        let Some(reference) = self.clock.incomplete(|| self.tense()) else {
            return plain(format!("XXXX-Q{number}"));
        };
        // A quarter is spoken of from its year's start on, the last of the year before into spring.
        let today = reference.day();
        let past = number == 4 && today.month() <= 4 && self.tense() != Tense::Future;
        let year = today.year() - i16::from(past);
        let found = leaning(calendar::quarter(year, number), reference)?;
        // What "the latest quarter" and "a year earlier" take up is a quarter that is over.
        let over = self.is_over(&found) || (self.clause)(true).tense == Tense::Past;
        Some(Meaning { quarter: over.then_some((year, number)), ..found })
    }

    /// Whether what a time denotes ended before the document's date.
    fn is_over(&self, found: &Meaning) -> bool {
        let end = found.interval.map(|days| days.until());
        end.zip(self.clock.document).is_none_or(|(end, today)| end < today)
    }

    fn tense(&self) -> Tense {
        (self.clause)(false).tense
    }

    fn latest_quarter(&self, years: i64) -> Option<Meaning> {
        let reference = self.clock.deictic()?;
        let (year, number) = self.clock.quarter.or_else(|| completed_quarter(reference.day()))?;
        leaning(calendar::quarter(year.checked_add(small(years)?)?, number), reference)
    }

    fn half(&self, number: i8, year: Option<Value>) -> Option<Meaning> {
        let (year, reference) = match year {
            Some(year) => self.year(year)?,
            None => {
                let reference = self.clock.incomplete(|| self.tense())?;
                (reference.day().year(), Some(reference))
            }
        };
        Some(Meaning { reference, ..stated(calendar::half(year, number))? })
    }

    fn holiday(&self, name: &str, year: Option<Value>, step: Option<Value>) -> Option<Meaning> {
        let days = |year: i16| {
            let found = holidays::days(name, year)?;
            let value = if found.days() == 1 {
                found.from().to_string()
            } else {
                format!("{}/{}", found.from(), found.until())
            };
            Some((value, found))
        };
        if let Some(year) = year {
            let (year, reference) = self.year(year)?;
            return Some(Meaning { reference, ..stated(days(year))? });
        }
        let reference =
            if step.is_some() { self.clock.deictic() } else { self.clock.incomplete(|| self.tense()) }?;
        let first = |year: i16| days(year).map(|(_, days)| days.from());
        let today = reference.day();
        let year = match step.and_then(number) {
            Some(-1) => today.year() - i16::from(first(today.year())? >= today),
            Some(1) => today.year() + i16::from(first(today.year())? <= today),
            Some(_) => today.year(),
            None => reference.year_of((self.clause)(false), first),
        };
        leaning(days(year), reference)
    }

    fn stepped(&self, reference: Option<Reference>, step: i64, unit: Unit) -> Option<Meaning> {
        let Some(reference) = reference else {
            let value = if step < 0 {
                "PAST_REF"
            } else if step > 0 {
                "FUTURE_REF"
            } else {
                "PRESENT_REF"
            };
            return plain(value.to_owned());
        };
        // The weekend that is "this" or "last" ends before a weekday in the middle of the week.
        let day = unit.shift(reference.day(), step)?;
        let found = leaning(unit.around(day), reference)?;
        let quarter =
            (unit == Unit::Quarter && self.is_over(&found)).then(|| (day.year(), (day.month() + 2) / 3));
        Some(Meaning { quarter, ..found })
    }

    fn counted(&self, reference: Option<Reference>, count: Value, unit: Unit, sign: i64) -> Option<Meaning> {
        let vague = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
        let (Some(reference), Some(thousandths)) = (reference, thousandths(count)) else {
            return plain(vague.to_owned());
        };
        let whole = thousandths % 1000 == 0;
        if !whole && unit == Unit::Year {
            let months = sign.checked_mul(thousandths.checked_mul(12)? / 1000)?;
            return leaning(Unit::Month.around(Unit::Month.shift(reference.day(), months)?), reference);
        }
        let day = unit.shift(reference.day(), sign.checked_mul(thousandths / 1000)?)?;
        if unit > Unit::Year {
            return leaning(calendar::about_year(day.year(), unit), reference);
        }
        leaning(unit.around(day), reference)
    }

    fn year_before(&self) -> Option<Meaning> {
        let reference = match self.clock.kind {
            DocumentKind::News => self.clock.deictic(),
            _ => self.clock.anaphoric(),
        };
        match self.clock.quarter {
            Some(_) if !self.clock.longer => self.latest_quarter(-1),
            _ => self.counted(reference, Value::whole(1), Unit::Year, -1),
        }
    }

    /// The weekend that was, or the one ahead where the clause looks forward; on one, it is that.
    fn weekend(&self) -> Option<Meaning> {
        let reference = self.clock.deictic()?;
        let during = reference.day().weekday().to_monday_zero_offset() >= 5;
        let ahead = self.tense() == Tense::Future;
        self.stepped(Some(reference), if during || ahead { 0 } else { -1 }, Unit::Weekend)
    }

    /// A quarter of a year without its number is the one that the text speaks of.
    fn quarter_in(&self, year: Value) -> Option<Meaning> {
        let (year, reference) = self.year(year)?;
        match self.clock.quarter {
            Some((_, number)) => Some(Meaning { reference, ..stated(calendar::quarter(year, number))? }),
            None => Some(Meaning { reference, ..stated(calendar::year(year))? }),
        }
    }

    fn duration(&self, args: [Option<Value>; 4]) -> Option<Meaning> {
        let mut value = calendar::duration(thousandths(args[0]?), self.unit(args[1]?)?)?;
        if let (Some(count), Some(unit)) = (args[2], args[3]) {
            let second = calendar::duration(thousandths(count), self.unit(unit)?)?;
            let second = second.trim_start_matches('P');
            value.push_str(if value.contains('T') { second.trim_start_matches('T') } else { second });
        }
        plain(value)
    }

    fn clock(&self, args: [Option<Value>; 4]) -> Option<Meaning> {
        let mut hour = number(args[0]?)?;
        match args[2].and_then(|half| self.lexicon.text(half)) {
            Some("pm") if hour < 12 => hour += 12,
            Some("am") if hour == 12 => hour = 0,
            Some(_) if hour > 12 => return None,
            _ => {}
        }
        let minute = args[1].and_then(number).unwrap_or(0);
        (hour <= 24).then(|| plain(format!("T{hour:02}:{minute:02}")))?
    }

    fn day_part(&self, part: &str, step: Option<Value>) -> Option<Meaning> {
        let Some(step) = step.and_then(number) else { return plain(format!("T{part}")) };
        let Some(reference) = self.clock.deictic() else { return plain("PRESENT_REF".to_owned()) };
        let day = Unit::Day.shift(reference.day(), step)?;
        leaning(Some((format!("{day}T{part}"), DateInterval::day(day))), reference)
    }
}

/// The day so many days from one that was found; what has no days of its own has none beside it.
fn beside(found: Meaning, days: Option<i64>) -> Option<Meaning> {
    let Some(days) = days else { return Some(found) };
    let (interval, reference) = (found.interval?, found.reference?);
    leaning(at(Unit::Day.shift(interval.from(), days)), reference)
}

/// The week or weekend that holds the first day of what was found.
fn around(found: &Meaning, unit: Unit) -> Option<Meaning> {
    leaning(unit.around(found.interval?.from()), found.reference?)
}

fn at(day: Option<Date>) -> Found {
    day.map(|day| (day.to_string(), DateInterval::day(day)))
}

fn plain(value: String) -> Option<Meaning> {
    Some(Meaning { value, ..Meaning::default() })
}

fn stated(found: Found) -> Option<Meaning> {
    let (value, interval) = found?;
    Some(Meaning { value, interval: Some(interval), ..Meaning::default() })
}

fn leaning(found: Found, reference: Reference) -> Option<Meaning> {
    let (value, interval) = found?;
    let interval = Some(interval.with_certainty(Certainty::Derived));
    Some(Meaning { value, interval, reference: Some(reference), quarter: None })
}

/// "2023/24", "1989-90": two years that make one.
fn school_year(first: i64, last: i64) -> Option<Meaning> {
    let year = small(first)?;
    let fits = last == first + 1 || last < 100 && last == (first + 1) % 100;
    let days = DateInterval::year(year)?.cover(&DateInterval::year(year.checked_add(1)?)?);
    fits.then(|| stated(Some((format!("{year}/{}", year + 1), days))))?
}

/// A whole number.
fn number(value: Value) -> Option<i64> {
    match value {
        Value::Number(thousandths) if thousandths % 1000 == 0 => Some(thousandths / 1000),
        _ => None,
    }
}

fn thousandths(value: Value) -> Option<i64> {
    match value {
        Value::Number(thousandths) => Some(thousandths),
        Value::Text(_) => None,
    }
}

fn small(number: i64) -> Option<i16> {
    i16::try_from(number).ok()
}

fn tiny(number: i64) -> Option<i8> {
    i8::try_from(number).ok()
}
