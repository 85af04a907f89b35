//! The rule that names a period.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Diagnostic;
use crate::strict::serde_error;
use crate::words::{Lang, say};

/// What rule names a period.
///
/// Written `year`, `half`, `quarter`, `month`, `week`, `assessment-07` (by its first month) and `days`.
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

impl PeriodKind {
    /// Reads the written form.
    ///
    /// # Errors
    ///
    /// ZH1105 if no kind is written so.
    pub fn parse(text: &str) -> Result<PeriodKind, Diagnostic> {
        Ok(match text {
            "year" => PeriodKind::Year,
            "half" => PeriodKind::Half,
            "quarter" => PeriodKind::Quarter,
            "month" => PeriodKind::Month,
            "week" => PeriodKind::Week,
            "days" => PeriodKind::Days,
            _ => {
                let month = text
                    .strip_prefix("assessment-")
                    .filter(|month| month.len() == 2)
                    .and_then(|month| month.parse().ok())
                    .filter(|month| (2..=12).contains(month));
                match month {
                    Some(first_month) => PeriodKind::Assessment { first_month },
                    None => return Err(Diagnostic::error("ZH1105").arg("value", text)),
                }
            }
        })
    }

    /// Length in months, if it is a number of whole months.
    pub(super) fn months(self) -> Option<i32> {
        match self {
            PeriodKind::Year | PeriodKind::Assessment { .. } => Some(12),
            PeriodKind::Half => Some(6),
            PeriodKind::Quarter => Some(3),
            PeriodKind::Month => Some(1),
            PeriodKind::Week | PeriodKind::Days => None,
        }
    }

    /// The kind's name for people.
    pub fn title(self, lang: Lang) -> String {
        match self {
            PeriodKind::Assessment { first_month } => {
                say(lang, "period-kind-assessment", &[("month", &first_month.to_string())])
            }
            other => say(lang, &format!("period-kind-{other}"), &[]),
        }
    }
}

impl fmt::Display for PeriodKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PeriodKind::Year => f.pad("year"),
            PeriodKind::Half => f.pad("half"),
            PeriodKind::Quarter => f.pad("quarter"),
            PeriodKind::Month => f.pad("month"),
            PeriodKind::Week => f.pad("week"),
            PeriodKind::Assessment { first_month } => write!(f, "assessment-{first_month:02}"),
            PeriodKind::Days => f.pad("days"),
        }
    }
}

impl Serialize for PeriodKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for PeriodKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PeriodKind, D::Error> {
        let text = String::deserialize(deserializer)?;
        PeriodKind::parse(&text).map_err(|diagnostic| serde_error(&diagnostic))
    }
}
