//! Periods: intervals of days with a name (`2013`, `2013H1`, `2013Q4`, `2013-07`, `2013-W32`).

use jiff::civil::Date;

/// What rule names a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodKind {
    /// Calendar year, `2013`.
    Year,
    /// Half year, `2013H1`.
    Half,
    /// Quarter, `2013Q4`.
    Quarter,
    /// Month, `2013-07`.
    Month,
    /// ISO 8601 week, `2013-W32`.
    Week,
    /// Assessment year starting on the first of a month, named by the year in which it ends: `2014AY07`.
    Assessment {
        /// First month, 2 to 12.
        first_month: i8,
    },
    /// Any stretch of days, `2013-03-01..2013-05-15` (both ends included in the text).
    Days,
}

/// An interval of days, `start` included, `end` excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    kind: PeriodKind,
    start: Date,
    end: Date,
}
