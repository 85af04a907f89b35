//! What happened to one running clock: the start, pauses, restarts, readings, what was done.

use jiff::Timestamp;
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Words};

/// The day in China at an instant: Beijing time, eight hours ahead of UTC, all year (as since 1992).
///
/// ```
/// use zhiheng_catalog::model::clock::beijing_date;
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
    /// The last day as somebody set it, in place of the definition's length.
    #[serde(default)]
    pub until: Option<Date>,
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
            until: None,
            ended: None,
            readings: Vec::new(),
        }
    }
}

/// A worked example: facts and the dates that must come out.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What it shows.
    pub why: Option<Words>,
    /// What happened.
    pub facts: Facts,
    /// The first day that must come out, if the clock opens.
    pub opens: Option<Date>,
    /// The last day that must come out; `None` if there is none.
    pub due: Option<Date>,
    /// The instant that must come out, for clocks in hours.
    pub at: Option<Timestamp>,
    /// Whether the dates must be provisional.
    pub provisional: bool,
}
