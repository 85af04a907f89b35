//! What happened: the start, pauses, restarts, readings, what was done.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Diagnostic};

use super::calendar::{index, plus_days};
use super::define::Clock;

/// The day in China at an instant: Beijing time, eight hours ahead of UTC, all year (as since 1992).
///
/// ```
/// use zhiheng_act::clock::beijing_date;
/// // 16:00 UTC is midnight in Beijing.
/// assert_eq!(beijing_date("2024-02-28T15:59:59Z".parse().unwrap()).to_string(), "2024-02-28");
/// assert_eq!(beijing_date("2024-02-28T16:00:00Z".parse().unwrap()).to_string(), "2024-02-29");
/// ```
pub fn beijing_date(instant: Timestamp) -> Date {
    Offset::constant(8).to_datetime(instant).date()
}

/// When something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Moment {
    /// On a day.
    Day(Date),
    /// At an instant; its day is the day in Beijing.
    At(Timestamp),
}

impl Moment {
    /// The day in Beijing.
    pub fn date(self) -> Date {
        match self {
            Moment::Day(date) => date,
            Moment::At(instant) => beijing_date(instant),
        }
    }
}

/// Days that do not count: testing, appraisal, a hearing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// First day that does not count.
    pub from: Date,
    /// Last day that does not count; `None` while it lasts.
    pub to: Option<Date>,
    /// Why, as the clock's definition names it: `testing`.
    pub reason: String,
}

/// A reading of a counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The counter, such as `km`.
    pub counter: String,
    /// When it was read.
    pub on: Date,
    /// What it showed.
    pub value: i64,
}

/// A clock that stopped mattering: replaced by another rule or case, withdrawn, or at its goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ended {
    /// From this day on.
    pub on: Date,
    /// By what: the other clock's id, a decision's number.
    pub by: String,
}

/// What is known of one running clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// When the start event happened.
    pub start: Moment,
    /// Events that start it anew, such as a supplemented application; the latest holds.
    #[serde(default)]
    pub restarts: Vec<Moment>,
    /// Stretches that do not count, in any order; they may overlap.
    #[serde(default)]
    pub pauses: Vec<Pause>,
    /// When the act was done; several times for clocks that come again.
    #[serde(default)]
    pub done: Vec<Date>,
    /// Set if the clock was superseded or ended.
    #[serde(default)]
    pub ended: Option<Ended>,
    /// Readings of counters, in any order.
    #[serde(default)]
    pub readings: Vec<Reading>,
}

impl Facts {
    /// A start and nothing else.
    pub fn on(day: Date) -> Facts {
        Facts::from(Moment::Day(day))
    }

    /// A start at an instant and nothing else.
    pub fn at(instant: Timestamp) -> Facts {
        Facts::from(Moment::At(instant))
    }

    fn from(start: Moment) -> Facts {
        Facts {
            start,
            restarts: Vec::new(),
            pauses: Vec::new(),
            done: Vec::new(),
            ended: None,
            readings: Vec::new(),
        }
    }

    /// The start that holds: the latest restart, or the start. ZH8125 for a restart before the start.
    pub(crate) fn holding(&self) -> Result<Moment, Diagnostic> {
        if let Some(early) = self.restarts.iter().find(|restart| restart.date() < self.start.date()) {
            let problem = Diagnostic::error("ZH8125").arg("restart", early.date());
            return Err(problem.arg("start", self.start.date()));
        }
        let order = |moment: &Moment| match moment {
            Moment::Day(day) => (*day, None),
            Moment::At(instant) => (moment.date(), Some(*instant)),
        };
        let latest = self.restarts.iter().copied().max_by_key(order);
        Ok(latest.unwrap_or(self.start))
    }
}

/// Pauses put together: in order, apart from each other by at least a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) first: Date,
    /// `None` while it lasts.
    pub(crate) last: Option<Date>,
    /// Each once, in order of text.
    pub(crate) reasons: BTreeSet<String>,
}

/// The pauses that stop a clock, put together, with warnings for those that do not (ZH8126).
///
/// Errors: ZH8120 for a pause that ends before it begins, ZH8122 for days outside 1900–2200.
pub(crate) fn stops(
    clock: &Clock,
    pauses: &[Pause],
    remarks: &mut Vec<Diagnostic>,
) -> Result<Vec<Stop>, Diagnostic> {
    let (mut found, mut ignored) = (Vec::new(), BTreeSet::new());
    for pause in pauses {
        if let Some(to) = pause.to.filter(|to| *to < pause.from) {
            return Err(Diagnostic::error("ZH8120").arg("from", pause.from).arg("to", to));
        }
        in_range(pause.from)?;
        in_range(pause.to.unwrap_or(pause.from))?;
        if clock.pauses.contains(&pause.reason) {
            found.push(pause);
        } else if ignored.insert(&pause.reason) {
            remarks.push(Diagnostic::warning("ZH8126").arg("reason", &pause.reason).arg("id", &clock.id));
        }
    }
    found.sort_by_key(|pause| pause.from);
    let mut stops: Vec<Stop> = Vec::new();
    for pause in found {
        match stops.last_mut() {
            Some(stop)
                if stop.last.is_none_or(|last| plus_days(last, 1).is_none_or(|next| pause.from <= next)) =>
            {
                stop.last = stop.last.zip(pause.to).map(|(last, to)| last.max(to));
                stop.reasons.insert(pause.reason.clone());
            }
            _ => stops.push(Stop {
                first: pause.from,
                last: pause.to,
                reasons: BTreeSet::from([pause.reason.clone()]),
            }),
        }
    }
    Ok(stops)
}

/// ZH8122 for days outside 1900–2200.
pub(crate) fn in_range(day: Date) -> Result<(), Diagnostic> {
    match index(day) {
        Some(_) => Ok(()),
        None => Err(Diagnostic::error("ZH8122").arg("date", day)),
    }
}
