//! The language of values as rules are written in it: operations and their arguments.
//!
//! A value is an operation and its arguments: captures (`$year`), numbers, words; `-` for none. The operations are
//! the variants of [`Op`], in kebab case.

use super::lexicon::{Lexicon, Value};
use super::pattern::name_of;

/// What a rule computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// `date YEAR MONTH DAY`: any of them may be missing from the right; without a year it is found.
    Date,
    /// `stamp NUMBER`: a day in eight digits.
    Stamp,
    /// `week-of YEAR MONTH DAY`.
    WeekOf,
    /// `month MONTH STEP`: "last May".
    Month,
    /// `weekday WEEKDAY STEP DAYS`: "Friday", "next Friday", and so many days beside it.
    Weekday,
    /// `anaphor-weekday WEEKDAY STEP`: the same from where the narrative has got to: "the previous Friday".
    AnaphorWeekday,
    /// `season SEASON YEAR STEP`.
    Season,
    /// `quarter NUMBER YEAR`.
    Quarter,
    /// `latest-quarter YEARS`: the quarter that the text speaks of, shifted by years.
    LatestQuarter,
    /// `half NUMBER YEAR`.
    Half,
    /// `decade YEAR`, `century NUMBER`.
    Decade,
    Century,
    /// `holiday NAME YEAR STEP UNIT`: its days, or the week or weekend around the first of them.
    Holiday,
    /// `shift STEP UNIT`: the unit that lies so many steps from today: "last month".
    Shift,
    /// `spoken-of STEP UNIT`: the same from today in news and of what is to come, from where the narrative has got to in an
    /// account of the past: "the end of the year".
    SpokenOf,
    /// `anaphor STEP UNIT`: so many steps from where the narrative has got to: "the following day".
    Anaphor,
    /// `ago NUMBER UNIT`, `ahead NUMBER UNIT` from today; `earlier` and `later` from the narrative's time.
    Ago,
    Ahead,
    Earlier,
    Later,
    /// `year-before`: "a year earlier", of the quarter where the text speaks of one.
    YearBefore,
    /// `weekend`: the one that was, or the one to come by tense.
    Weekend,
    /// `quarter-in YEAR`: "the 1988 period".
    QuarterIn,
    /// `school-year FIRST LAST`: the years of a school or fiscal year that spans two.
    SchoolYear,
    /// `duration NUMBER UNIT [NUMBER UNIT]`.
    Duration,
    /// `half-of UNIT`, `one-and-a-half UNIT`: lengths.
    HalfOf,
    OneAndAHalf,
    /// `anaphor-part PART STEP`: a part of the day so many steps from where the narrative has got to: "that night".
    AnaphorPart,
    /// `every NUMBER UNIT`, `every-weekday WEEKDAY PART`, `every-month MONTH`, `every-season SEASON`.
    Every,
    EveryWeekday,
    EveryMonth,
    EverySeason,
    /// `clock HOUR MINUTE HALF`: a time of day; `military NUMBER`.
    Clock,
    Military,
    /// `day-part PART STEP`: a part of a day, or of the day so many steps from today.
    DayPart,
    /// `raw VALUE`: the value as it stands.
    Raw,
    /// `unless-past VALUE`: the same, but nothing in a clause that looks back: "he was soon released".
    UnlessPast,
}

impl Op {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "date" => Self::Date,
            "stamp" => Self::Stamp,
            "week-of" => Self::WeekOf,
            "month" => Self::Month,
            "weekday" => Self::Weekday,
            "anaphor-weekday" => Self::AnaphorWeekday,
            "season" => Self::Season,
            "quarter" => Self::Quarter,
            "latest-quarter" => Self::LatestQuarter,
            "half" => Self::Half,
            "decade" => Self::Decade,
            "century" => Self::Century,
            "holiday" => Self::Holiday,
            "shift" => Self::Shift,
            "spoken-of" => Self::SpokenOf,
            "anaphor" => Self::Anaphor,
            "ago" => Self::Ago,
            "ahead" => Self::Ahead,
            "earlier" => Self::Earlier,
            "later" => Self::Later,
            "year-before" => Self::YearBefore,
            "weekend" => Self::Weekend,
            "quarter-in" => Self::QuarterIn,
            "school-year" => Self::SchoolYear,
            "duration" => Self::Duration,
            "half-of" => Self::HalfOf,
            "one-and-a-half" => Self::OneAndAHalf,
            "anaphor-part" => Self::AnaphorPart,
            "every" => Self::Every,
            "every-weekday" => Self::EveryWeekday,
            "every-month" => Self::EveryMonth,
            "every-season" => Self::EverySeason,
            "clock" => Self::Clock,
            "military" => Self::Military,
            "day-part" => Self::DayPart,
            "raw" => Self::Raw,
            "unless-past" => Self::UnlessPast,
            _ => return None,
        })
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Arg {
    None,
    Capture(u16),
    Fixed(Value),
}

/// A compiled value.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    pub(super) op: Op,
    pub(super) args: [Arg; 4],
}

impl Expression {
    /// Compiles a value, or says what is wrong with it.
    pub(super) fn compile(
        text: &str,
        lexicon: &mut Lexicon,
        names: &mut Vec<String>,
    ) -> Result<Self, String> {
        let mut words = text.split_whitespace();
        let name = words.next().unwrap_or_default();
        let op = Op::parse(name).ok_or_else(|| format!("no operation is called {name:?}"))?;
        let mut args = [Arg::None; 4];
        for (at, word) in words.enumerate() {
            let arg = match word.strip_prefix('$') {
                Some(capture) => Arg::Capture(name_of(names, capture)),
                None if word == "-" => Arg::None,
                None => Arg::Fixed(lexicon.value(word)),
            };
            *args.get_mut(at).ok_or_else(|| format!("too many arguments: {text}"))? = arg;
        }
        Ok(Self { op, args })
    }
}
