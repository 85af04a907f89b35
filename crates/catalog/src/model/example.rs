//! Worked examples: given rows, expected answer. They are run as tests and shown with the definition.

use jiff::ToSpan;
use rust_decimal::Decimal;
use zhiheng_base::{Date, Period, RegionCode};

use super::Origin;
use crate::Value;

/// A worked example of a definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Id of the record type or indicator.
    pub of: String,
    /// Where it is written.
    pub origin: Origin,
    /// What is given and expected.
    pub case: ExampleCase,
}

/// What an example shows.
#[derive(Clone, Debug, PartialEq)]
pub enum ExampleCase {
    /// A row and what becomes of it.
    Record {
        /// Cells as a file would hold them, by field id.
        row: Vec<(String, String)>,
        /// What becomes of it.
        outcome: RowOutcome,
    },
    /// Rows and the figure they give.
    Indicator {
        /// What is given.
        given: Vec<Given>,
        /// Last day of the period, where the figure depends on it (registers).
        on: Option<Date>,
        /// Place and period that are asked for; the nation and 2013 if not named.
        at: (Option<RegionCode>, Option<Period>),
        /// The figure.
        expect: Expected,
    },
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowOutcome {
    /// Kept without a warning.
    Kept,
    /// Refused by the rule of this field, or by a check that reads it.
    Refused(String),
    /// Kept and flagged by a check that reads this field.
    Flagged(String),
}

/// Steps by which rows of an example come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// Each day.
    Day,
    /// Each week.
    Week,
    /// Each month, on the same-number day or the last one.
    Month,
    /// Each year.
    Year,
}

impl Every {
    /// `date` so many steps later; `None` beyond the calendar.
    pub fn after(self, date: Date, steps: u32) -> Option<Date> {
        let steps = i64::from(steps);
        let span = match self {
            Every::Day => steps.days(),
            Every::Week => steps.weeks(),
            Every::Month => steps.months(),
            Every::Year => steps.years(),
        };
        date.checked_add(span).ok()
    }
}

/// Equal rows, or the value of another indicator.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// So many rows with these fields; fields that are not named are empty.
    Rows {
        /// Record type, if it is not the indicator's own (weights).
        record: Option<String>,
        /// How many.
        count: u64,
        /// Values by field id.
        fields: Vec<(String, Value)>,
        /// Again so many times, each one step later; once without.
        again: Option<(Every, u32)>,
        /// In the compared period instead of the current one.
        before: bool,
    },
    /// The value of an indicator, for derived ones.
    Measure {
        /// Indicator id.
        of: String,
        /// Its value.
        value: Decimal,
        /// In the compared period instead of the current one.
        before: bool,
    },
}

/// The expected figure, as printed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expected {
    /// Printed value; `None` means no data.
    pub value: Option<String>,
    /// Printed lower limit, if it is to be checked.
    pub low: Option<String>,
    /// Printed upper limit, if it is to be checked.
    pub high: Option<String>,
    /// Exact numerator, if it is to be checked.
    pub top: Option<Decimal>,
    /// Exact denominator, if it is to be checked.
    pub bottom: Option<Decimal>,
}
