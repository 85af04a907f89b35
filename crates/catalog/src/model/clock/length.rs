//! Lengths and limits: 60 days, 15 working days, 3 months, by 30 June; with or without the number itself.

use std::fmt;

use jiff::civil::Date;
use zhiheng_base::words::{Lang, say};

/// How long a clock runs. A length is at least 1 and at most [`Length::most`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Length {
    /// Calendar days.
    Days(i64),
    /// Working days of the calendar.
    WorkingDays(i64),
    /// Months, to the same number of the day or the month's last day (Civil Code, article 202).
    Months(i64),
    /// Years, likewise.
    Years(i64),
    /// Hours, from the very moment (Civil Code, article 201).
    Hours(i64),
}

impl Length {
    /// The number.
    pub fn number(self) -> i64 {
        match self {
            Length::Days(n)
            | Length::WorkingDays(n)
            | Length::Months(n)
            | Length::Years(n)
            | Length::Hours(n) => n,
        }
    }

    /// The largest number that a definition may give: all fit between 1900 and 2200.
    pub fn most(self) -> i64 {
        match self {
            Length::Days(_) => 100_000,
            Length::WorkingDays(_) => 70_000,
            Length::Months(_) => 3_600,
            Length::Years(_) => 300,
            Length::Hours(_) => 2_400_000,
        }
    }

    /// The length of so many in a row; `None` if it does not fit.
    pub fn times(self, n: i64) -> Option<Length> {
        let product = self.number().checked_mul(n)?;
        let times = match self {
            Length::Days(_) => Length::Days(product),
            Length::WorkingDays(_) => Length::WorkingDays(product),
            Length::Months(_) => Length::Months(product),
            Length::Years(_) => Length::Years(product),
            Length::Hours(_) => Length::Hours(product),
        };
        (product <= times.most()).then_some(times)
    }

    /// The length in words.
    pub fn text(self, lang: Lang) -> String {
        let id = match self {
            Length::Days(_) => "clock-days",
            Length::WorkingDays(_) => "clock-working-days",
            Length::Months(_) => "clock-months",
            Length::Years(_) => "clock-years",
            Length::Hours(_) => "clock-hours",
        };
        // English has a word of its own for one.
        let id = if self.number() == 1 { format!("{id}-one") } else { id.to_owned() };
        say(lang, &id, &[("n", &self.number().to_string())])
    }
}

/// Whether the number itself belongs to it (Civil Code, article 1259).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Bound {
    /// With the number: 以内, 届满, 以上, 以下.
    #[default]
    Included,
    /// Without it: 不满, 超过, 以外.
    Excluded,
}

/// A day of the year: 30 June, or the last day of February.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MonthDay {
    month: i8,
    /// `None` is the last day of the month.
    day: Option<i8>,
}

impl MonthDay {
    /// Reads `06-30` or `02-last`; 29 February is refused, since most years have none.
    pub fn parse(text: &str) -> Option<MonthDay> {
        let (month, day) = text.split_once('-').filter(|(month, _)| month.len() == 2)?;
        let month: i8 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
        let day = match day {
            "last" => None,
            // 2023 has 365 days.
            _ => Some(
                day.parse()
                    .ok()
                    .filter(|&number| day.len() == 2 && Date::new(2023, month, number).is_ok())?,
            ),
        };
        Some(MonthDay { month, day })
    }

    /// The day in a year.
    fn in_year(self, year: i16) -> Option<Date> {
        let first = Date::new(year, self.month, 1).ok()?;
        match self.day {
            Some(day) => Date::new(year, self.month, day).ok(),
            None => Some(first.last_of_month()),
        }
    }

    /// The first such day on or after `date`, or strictly after it.
    pub fn next(self, date: Date, bound: Bound) -> Option<Date> {
        let fits = |day: &Date| *day > date || (*day == date && bound == Bound::Included);
        self.in_year(date.year()).filter(fits).or_else(|| self.in_year(date.year().checked_add(1)?))
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.day {
            Some(day) => write!(f, "{:02}-{day:02}", self.month),
            None => write!(f, "{:02}-last", self.month),
        }
    }
}

/// One end of a clock: so long after the start, or on a day of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// So long after the start.
    After(Length),
    /// The next such day of the year.
    On(MonthDay),
}

/// A mark and whether it belongs to the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limit {
    /// Where.
    pub mark: Mark,
    /// With or without the number; for days of the year, whether the start day itself may be it.
    pub bound: Bound,
}

impl Limit {
    /// The limit in words.
    pub fn text(self, lang: Lang) -> String {
        let (id, what) = match (self.mark, self.bound) {
            (Mark::After(length), Bound::Included) => ("clock-included", length.text(lang)),
            (Mark::After(length), Bound::Excluded) => ("clock-excluded", length.text(lang)),
            (Mark::On(day), _) => ("clock-by", day.to_string()),
        };
        say(lang, id, &[("what", &what)])
    }
}
