//! Lengths, days of the year and counters as a definition writes them, checked.

use zhiheng_base::Diagnostic;

use super::super::node::Node;
use crate::model::clock::{Bound, Length, Limit, Mark, MonthDay};

/// What a table says of a limit.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) days: Option<i64>,
    pub(super) working: bool,
    pub(super) months: Option<i64>,
    pub(super) years: Option<i64>,
    pub(super) hours: Option<i64>,
    pub(super) bound: Bound,
    pub(super) date: Option<&'a str>,
    pub(super) counter: Option<&'a str>,
    pub(super) limit: Option<i64>,
}

impl<'a> Written<'a> {
    /// The keys have been checked before.
    pub(super) fn of(node: &Node<'a>) -> Written<'a> {
        Written {
            days: node.whole("days"),
            working: node.text("kind") == Some("working"),
            months: node.whole("months"),
            years: node.whole("years"),
            hours: node.whole("hours"),
            bound: if node.text("bound") == Some("excluded") { Bound::Excluded } else { Bound::Included },
            date: node.text("date"),
            counter: node.text("counter"),
            limit: node.whole("limit"),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.days.is_none()
            && self.months.is_none()
            && self.years.is_none()
            && self.hours.is_none()
            && self.date.is_none()
    }

    pub(super) fn limit(&self) -> Result<Limit, Diagnostic> {
        let mark = match self.date {
            Some(text) if Written { date: None, ..*self }.is_empty() => {
                Mark::On(MonthDay::parse(text).ok_or_else(|| Diagnostic::error("ZH8108").arg("value", text))?)
            }
            Some(_) => return Err(Diagnostic::error("ZH8106")),
            None => Mark::After(self.length()?),
        };
        Ok(Limit { mark, bound: self.bound })
    }

    pub(super) fn length(&self) -> Result<Length, Diagnostic> {
        let length = match (self.days, self.months, self.years, self.hours) {
            (Some(n), None, None, None) if self.working => Length::WorkingDays(n),
            (Some(n), None, None, None) => Length::Days(n),
            (None, Some(n), None, None) if !self.working => Length::Months(n),
            (None, None, Some(n), None) if !self.working => Length::Years(n),
            (None, None, None, Some(n)) if !self.working => Length::Hours(n),
            _ => return Err(Diagnostic::error("ZH8106")),
        };
        if self.counter.is_some() || self.limit.is_some() {
            return Err(Diagnostic::error("ZH8106"));
        }
        let n = length.number();
        if (1..=length.most()).contains(&n) { Ok(length) } else { Err(number(n, length.most())) }
    }
}

pub(super) fn number(value: i64, most: i64) -> Diagnostic {
    Diagnostic::error("ZH8105").arg("value", value).arg("most", most)
}
