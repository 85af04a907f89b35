//! Lengths, days of the year and counters as a definition writes them, checked.

use serde::Deserialize;
use zhiheng_base::Diagnostic;

use crate::clock::length::{Bound, Length, Limit, Mark, MonthDay};

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLimit {
    pub(super) days: Option<i64>,
    pub(super) kind: Option<String>,
    pub(super) months: Option<i64>,
    pub(super) years: Option<i64>,
    pub(super) hours: Option<i64>,
    pub(super) bound: Option<String>,
    pub(super) date: Option<String>,
    pub(super) counter: Option<String>,
    pub(super) limit: Option<i64>,
}

impl RawLimit {
    pub(super) fn is_empty(&self) -> bool {
        self.days.is_none()
            && self.months.is_none()
            && self.years.is_none()
            && self.hours.is_none()
            && self.date.is_none()
    }

    pub(super) fn limit(&self) -> Result<Limit, Diagnostic> {
        let mark = match &self.date {
            Some(text) if RawLimit { date: None, ..self.clone() }.is_empty() => {
                Mark::On(MonthDay::parse(text).ok_or_else(|| Diagnostic::error("ZH8108").arg("value", text))?)
            }
            Some(_) => return Err(Diagnostic::error("ZH8106")),
            None => Mark::After(self.length()?),
        };
        Ok(Limit { mark, bound: self.bound()? })
    }

    pub(super) fn length(&self) -> Result<Length, Diagnostic> {
        let working = match self.kind.as_deref() {
            None | Some("calendar") => false,
            Some("working") => true,
            Some(other) => return Err(word(other, "calendar, working")),
        };
        let length = match (self.days, self.months, self.years, self.hours) {
            (Some(n), None, None, None) if working => Length::WorkingDays(n),
            (Some(n), None, None, None) => Length::Days(n),
            (None, Some(n), None, None) if !working => Length::Months(n),
            (None, None, Some(n), None) if !working => Length::Years(n),
            (None, None, None, Some(n)) if !working => Length::Hours(n),
            _ => return Err(Diagnostic::error("ZH8106")),
        };
        if self.counter.is_some() || self.limit.is_some() {
            return Err(Diagnostic::error("ZH8106"));
        }
        let n = length.number();
        if (1..=length.most()).contains(&n) { Ok(length) } else { Err(number(n, length.most())) }
    }

    pub(super) fn bound(&self) -> Result<Bound, Diagnostic> {
        match self.bound.as_deref() {
            None | Some("included") => Ok(Bound::Included),
            Some("excluded") => Ok(Bound::Excluded),
            Some(other) => Err(word(other, "included, excluded")),
        }
    }
}

pub(super) fn number(value: i64, most: i64) -> Diagnostic {
    Diagnostic::error("ZH8105").arg("value", value).arg("most", most)
}

pub(super) fn word(value: &str, all: &str) -> Diagnostic {
    Diagnostic::error("ZH8107").arg("value", value).arg("all", all)
}
