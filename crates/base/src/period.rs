//! Periods: intervals of days with a name (`2013`, `2013H1`, `2013Q4`, `2013-07`, `2013-W32`).
//!
//! A period is half open: `start` belongs to it, `end` is the first day after it. Its text form is
//! the one used in files, on the command line and in addresses of figures.

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday, date};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Diagnostic;
use crate::strict::serde_error;

mod kind;
mod text;
mod walk;

#[cfg(test)]
mod tests;

pub use kind::PeriodKind;
pub use text::date_title;

/// First day that a period may contain.
pub const FIRST_DAY: Date = date(1900, 1, 1);
/// Last day that a period may contain.
pub const LAST_DAY: Date = date(2200, 12, 31);

/// An interval of days, `start` included, `end` excluded.
///
/// ```
/// use zhiheng_base::{Lang, Period};
///
/// let quarter = Period::parse("2013Q4")?;
/// assert_eq!(quarter.start().to_string(), "2013-10-01");
/// assert_eq!(quarter.last_day().to_string(), "2013-12-31");
/// assert_eq!(quarter.next().unwrap().to_string(), "2014Q1");
/// assert_eq!(quarter.title(Lang::Zh), "2013年第四季度");
/// # Ok::<(), zhiheng_base::Diagnostic>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    kind: PeriodKind,
    start: Date,
    end: Date,
}

impl Period {
    /// The calendar year.
    ///
    /// # Errors
    ///
    /// Like all constructors: ZH1102 outside 1900–2200, ZH1103 for numbers that no calendar has.
    pub fn year(year: i16) -> Result<Period, Diagnostic> {
        Period::months(PeriodKind::Year, year, 1)
    }

    /// The first (1) or second (2) half of a year.
    pub fn half(year: i16, half: i8) -> Result<Period, Diagnostic> {
        numbered(half, 2)?;
        Period::months(PeriodKind::Half, year, (half - 1) * 6 + 1)
    }

    /// A quarter, 1 to 4.
    pub fn quarter(year: i16, quarter: i8) -> Result<Period, Diagnostic> {
        numbered(quarter, 4)?;
        Period::months(PeriodKind::Quarter, year, (quarter - 1) * 3 + 1)
    }

    /// A month, 1 to 12.
    pub fn month(year: i16, month: i8) -> Result<Period, Diagnostic> {
        numbered(month, 12)?;
        Period::months(PeriodKind::Month, year, month)
    }

    /// An ISO 8601 week, Monday to Sunday, of an ISO week year.
    pub fn week(year: i16, week: i8) -> Result<Period, Diagnostic> {
        in_range(year)?;
        let monday = ISOWeekDate::new(year, week, Weekday::Monday).map_err(|_| impossible(week))?.date();
        Period::between(PeriodKind::Week, monday, monday.checked_add(7.days()).ok())
    }

    /// The assessment year that begins on the first of `first_month` (2 to 12) and ends in `year`.
    pub fn assessment(year: i16, first_month: i8) -> Result<Period, Diagnostic> {
        if !(2..=12).contains(&first_month) {
            return Err(impossible(first_month));
        }
        in_range(year)?;
        Period::months(PeriodKind::Assessment { first_month }, year - 1, first_month)
    }

    /// Any stretch of days, both ends included.
    ///
    /// # Errors
    ///
    /// ZH1104 if `last` comes before `first`, ZH1102 outside 1900–2200.
    pub fn days(first: Date, last: Date) -> Result<Period, Diagnostic> {
        if last < first {
            return Err(Diagnostic::error("ZH1104").arg("first", first).arg("last", last));
        }
        Period::between(PeriodKind::Days, first, last.tomorrow().ok())
    }

    /// The period of `kind` that contains `date`; for [`PeriodKind::Days`] that day alone.
    pub fn of(kind: PeriodKind, date: Date) -> Result<Period, Diagnostic> {
        let (year, month) = (date.year(), date.month());
        match kind {
            PeriodKind::Year => Period::year(year),
            PeriodKind::Half => Period::half(year, (month - 1) / 6 + 1),
            PeriodKind::Quarter => Period::quarter(year, (month - 1) / 3 + 1),
            PeriodKind::Month => Period::month(year, month),
            PeriodKind::Week => {
                let week = date.iso_week_date();
                Period::week(week.year(), week.week())
            }
            PeriodKind::Assessment { first_month } => Period::assessment(
                if month >= first_month { year.saturating_add(1) } else { year },
                first_month,
            ),
            PeriodKind::Days => Period::days(date, date),
        }
    }

    /// A period of whole months.
    fn months(kind: PeriodKind, year: i16, month: i8) -> Result<Period, Diagnostic> {
        in_range(year)?;
        let start = Date::new(year, month, 1).map_err(|_| impossible(month))?;
        let end = kind.months().and_then(|months| start.checked_add(i64::from(months).months()).ok());
        Period::between(kind, start, end)
    }

    /// Checks the range; `end` is missing if the calendar itself ended.
    fn between(kind: PeriodKind, start: Date, end: Option<Date>) -> Result<Period, Diagnostic> {
        match end {
            Some(end) if start >= FIRST_DAY && end.yesterday().is_ok_and(|last| last <= LAST_DAY) => {
                Ok(Period { kind, start, end })
            }
            _ => Err(Diagnostic::error("ZH1102").arg("value", start)),
        }
    }

    /// The rule that names it.
    pub fn kind(&self) -> PeriodKind {
        self.kind
    }

    /// First day.
    pub fn start(&self) -> Date {
        self.start
    }

    /// First day after the period.
    pub fn end(&self) -> Date {
        self.end
    }

    /// Last day.
    pub fn last_day(&self) -> Date {
        // `end` is later than FIRST_DAY, so there is always a day before.
        self.end.yesterday().unwrap_or(self.start)
    }

    /// Number of days.
    pub fn n_days(&self) -> i32 {
        self.end.duration_since(self.start).as_hours() as i32 / 24
    }

    /// True if `date` lies in the period.
    pub fn contains(&self, date: Date) -> bool {
        self.start <= date && date < self.end
    }

    /// True if `other` lies wholly in the period.
    pub fn covers(&self, other: Period) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// True if the two share a day.
    pub fn overlaps(&self, other: Period) -> bool {
        self.start < other.end && other.start < self.end
    }
}

fn numbered(number: i8, most: i8) -> Result<(), Diagnostic> {
    if (1..=most).contains(&number) { Ok(()) } else { Err(impossible(number)) }
}

fn impossible(number: i8) -> Diagnostic {
    Diagnostic::error("ZH1103").arg("value", number)
}

fn in_range(year: i16) -> Result<(), Diagnostic> {
    if (FIRST_DAY.year()..=LAST_DAY.year()).contains(&year) {
        Ok(())
    } else {
        Err(Diagnostic::error("ZH1102").arg("value", year))
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Period, D::Error> {
        let text = String::deserialize(deserializer)?;
        Period::parse(&text).map_err(|diagnostic| serde_error(&diagnostic))
    }
}
