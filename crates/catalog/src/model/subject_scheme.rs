//! Grading of subjects: how what is known of an enterprise becomes a grade.
//!
//! A [`SubjectScheme`] reads statements (records of one type that name their holder) instead of figures of places. Items count or
//! add up statements of a window before the day; the sum gives a grade by bands, or lets the holder climb a ladder.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Words};

use super::{Band, Head, Origin, RoundRule, Score};
use crate::formula::{Formula, Value};

/// Most items, vetoes or rungs of a scheme each.
pub const PARTS_MAX: usize = 60;

/// A scheme that grades subjects from statements.
#[derive(Clone, Debug, PartialEq)]
pub struct SubjectScheme {
    /// Name, basis, owner, validity.
    pub head: Head,
    /// Record type of the statements.
    pub of: String,
    /// Field that names the holder.
    pub holder: String,
    /// Field with the day of a statement.
    pub day: String,
    /// Fields with the first and last day of a statement's validity.
    pub valid: Option<(String, String)>,
    /// Statements that count at all; all of them without it.
    pub filter: Option<Formula>,
    /// Statements that count and are told as doubtful.
    pub doubtful: Option<Formula>,
    /// Points that all items together can give, bonuses and deductions apart.
    pub full: Decimal,
    /// How printed points are rounded. Grades are given by the unrounded sum.
    pub round: RoundRule,
    /// Items in order.
    pub items: Vec<SubjectItem>,
    /// How the sum becomes a grade.
    pub grades: Grades,
    /// Events that set or cap the grade whatever the points.
    pub vetoes: Vec<SubjectVeto>,
    /// Whether it is for authorities alone, so that no report to others names its grades.
    pub internal: bool,
    /// Worked examples.
    pub examples: Vec<SubjectExample>,
}

/// How the sum becomes a grade.
#[derive(Clone, Debug, PartialEq)]
pub enum Grades {
    /// By the sum alone: grades by falling sums. Which end is good is the scheme's affair.
    Bands(Vec<Band>),
    /// Rungs from the lowest up, climbed one at a time.
    Ladder(Vec<Rung>),
}

/// A rung of a ladder.
#[derive(Clone, Debug, PartialEq)]
pub struct Rung {
    /// Code, `AA`.
    pub grade: String,
    /// Name.
    pub name: Words,
    /// Smallest sum with which it is reached and kept.
    pub from: Decimal,
    /// How long the rung below must have been held.
    pub after: Option<Wait>,
    /// Statements that ask for it: it is reached on the day of one only. Without it the rung is reached by itself.
    pub asks: Option<Formula>,
    /// Id of the clock that states the wait.
    pub clock: Option<String>,
}

/// How long a rung must be held before the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wait {
    /// So many months, to the corresponding day or the last of its month.
    Months(u32),
    /// To the first day of the following year.
    NextYear,
}

impl Wait {
    /// The first day on which the wait that began on `day` is over; the last day of the calendar if it has none.
    pub fn over(self, day: Date) -> Date {
        match self {
            Wait::Months(months) => months_after(day, months),
            Wait::NextYear => {
                day.year().checked_add(1).and_then(|year| Date::new(year, 1, 1).ok()).unwrap_or(Date::MAX)
            }
        }
    }
}

/// The corresponding day so many months later, or the last day of that month; the last day of the calendar beyond it.
pub fn months_after(day: Date, months: u32) -> Date {
    let span = jiff::Span::new().try_months(i64::from(months));
    span.and_then(|span| day.checked_add(span)).unwrap_or(Date::MAX)
}

/// What is assessed of a subject.
#[derive(Clone, Debug, PartialEq)]
pub struct SubjectItem {
    /// Identifier within the scheme.
    pub id: String,
    /// Name.
    pub name: Words,
    /// Most points; what a bonus can add at most.
    pub points: Decimal,
    /// Statements that it counts or adds up.
    pub filter: Formula,
    /// What is added up of each; without it they are counted.
    pub sum: Option<Formula>,
    /// For how many months a statement counts, both its own day and the corresponding last day included; for ever without it.
    pub months: Option<u32>,
    /// Whether a statement counts only while it is valid.
    pub valid: bool,
    /// Whether fewer is better.
    pub falls: bool,
    /// How the count or sum becomes points.
    pub score: Score,
}

/// An event that sets the grade of bands, or the highest rung, whatever the points.
#[derive(Clone, Debug, PartialEq)]
pub struct SubjectVeto {
    /// Statements that make the veto.
    pub filter: Formula,
    /// For how many months, as for items.
    pub months: Option<u32>,
    /// Grade that it sets or caps at.
    pub grade: String,
    /// What has happened.
    pub says: Words,
}

/// A worked example: statements and the grade of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct SubjectExample {
    /// Where it is written.
    pub origin: Origin,
    /// What it shows.
    pub says: Option<Words>,
    /// Day of grading.
    pub on: Date,
    /// Statements by field.
    pub statements: Vec<Vec<(String, Value)>>,
    /// Grade.
    pub grade: String,
    /// Points, if they are to be checked.
    pub points: Option<Decimal>,
    /// First day of the grade, if it is to be checked.
    pub since: Option<Date>,
    /// First day on which the next rung is open, if it is to be checked.
    pub next: Option<Date>,
}

impl SubjectScheme {
    /// Codes of the grades in their order.
    pub fn grade_codes(&self) -> Vec<&str> {
        match &self.grades {
            Grades::Bands(bands) => bands.iter().map(|band| band.grade.as_str()).collect(),
            Grades::Ladder(rungs) => rungs.iter().map(|rung| rung.grade.as_str()).collect(),
        }
    }

    /// Name of a grade.
    pub fn grade_name(&self, code: &str) -> Option<&Words> {
        match &self.grades {
            Grades::Bands(bands) => bands.iter().find(|band| band.grade == code).map(|band| &band.name),
            Grades::Ladder(rungs) => rungs.iter().find(|rung| rung.grade == code).map(|rung| &rung.name),
        }
    }

    /// A sum as it is printed.
    pub fn printed(&self, points: Decimal) -> String {
        let rounded = self.round.rule.round(points, self.round.digits);
        format!("{rounded:.*}", self.round.digits as usize)
    }

    /// All formulas that it reads a statement with.
    pub fn formulas(&self) -> impl Iterator<Item = &Formula> {
        let rungs: &[Rung] = match &self.grades {
            Grades::Ladder(rungs) => rungs,
            Grades::Bands(_) => &[],
        };
        (self.filter.iter().chain(&self.doubtful))
            .chain(self.items.iter().flat_map(|item| std::iter::once(&item.filter).chain(&item.sum)))
            .chain(self.vetoes.iter().map(|veto| &veto.filter))
            .chain(rungs.iter().filter_map(|rung| rung.asks.as_ref()))
    }
}
