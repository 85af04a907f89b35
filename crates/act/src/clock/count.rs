//! Counting days, and keeping what was counted: stretches that ran, stretches that stood still, what was skipped.

use zhiheng_base::{Date, Diagnostic, Words};

use super::calendar::{Calendar, days_between, plus_days};
use super::facts::Stop;

/// Which days count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Calendar,
    Working,
}

/// Days of a festival that were not worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Festival {
    /// Its name.
    pub name: Words,
    /// First day off within the stretch.
    pub first: Date,
    /// Last day off within the stretch.
    pub last: Date,
    /// Days off.
    pub days: i64,
}

/// A stretch of days of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First day.
    pub first: Date,
    /// Last day; `None` while a pause lasts.
    pub last: Option<Date>,
    /// Why nothing was counted: reasons of pauses; empty where the clock ran.
    pub paused: Vec<String>,
    /// Days that were counted.
    pub counted: i64,
    /// Saturdays and Sundays of no festival that were not counted.
    pub weekends: i64,
    /// Festivals whose days were not counted.
    pub festivals: Vec<Festival>,
    /// Saturdays and Sundays that were counted, being worked.
    pub made_up: Vec<Date>,
}

impl Stretch {
    /// Days from first to last, counted or not; 0 while a pause lasts.
    pub fn days(&self) -> i64 {
        self.last.map_or(0, |last| days_between(self.first, last) + 1)
    }

    /// A stretch that ran, both ends included.
    pub(crate) fn ran(calendar: &Calendar, first: Date, last: Date, unit: Unit) -> Stretch {
        let days = days_between(first, last) + 1;
        let mut stretch = Stretch {
            first,
            last: Some(last),
            paused: Vec::new(),
            counted: days,
            weekends: 0,
            festivals: Vec::new(),
            made_up: Vec::new(),
        };
        if unit == Unit::Working {
            stretch.counted = calendar.working_days(first, last);
            let mut days_off = 0;
            for (date, worked, name) in calendar.specials(first, last) {
                if worked {
                    if !calendar.kind(date).eq(&super::DayKind::Working) {
                        stretch.made_up.push(date);
                    }
                    continue;
                }
                days_off += 1;
                match stretch.festivals.last_mut() {
                    Some(festival) if festival.name == *name && plus_days(festival.last, 1) == Some(date) => {
                        festival.last = date;
                        festival.days += 1;
                    }
                    _ => {
                        stretch.festivals.push(Festival {
                            name: name.clone(),
                            first: date,
                            last: date,
                            days: 1,
                        });
                    }
                }
            }
            stretch.weekends = days - stretch.counted - days_off;
        }
        stretch
    }

    fn stood(first: Date, stop: &Stop) -> Stretch {
        Stretch {
            first,
            last: stop.last,
            paused: stop.reasons.iter().cloned().collect(),
            counted: 0,
            weekends: 0,
            festivals: Vec::new(),
            made_up: Vec::new(),
        }
    }
}

/// How far a count came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    /// The day on which the last one was counted; `None` while a pause lasts.
    pub(crate) last: Option<Date>,
    /// Days not yet counted when a pause began that lasts.
    pub(crate) left: i64,
    pub(crate) stretches: Vec<Stretch>,
}

/// Counts `n` days after `start`, without the days of pauses. ZH8123 beyond 2200.
pub(crate) fn count(
    calendar: &Calendar,
    start: Date,
    n: i64,
    unit: Unit,
    stops: &[Stop],
) -> Result<Count, Diagnostic> {
    let beyond = || Diagnostic::error("ZH8123").arg("start", start);
    let mut count = Count { last: Some(start), left: n, stretches: Vec::new() };
    // The last day that is dealt with.
    let mut upto = start;
    for stop in stops {
        if count.left == 0 {
            break;
        }
        if stop.last.is_some_and(|last| last <= upto) {
            continue;
        }
        let next = plus_days(upto, 1).ok_or_else(beyond)?;
        if next < stop.first {
            let end = plus_days(stop.first, -1).ok_or_else(beyond)?;
            let counted = match unit {
                Unit::Calendar => days_between(next, end) + 1,
                Unit::Working => calendar.working_days(next, end),
            };
            if counted >= count.left {
                break;
            }
            count.stretches.push(Stretch::ran(calendar, next, end, unit));
            count.left -= counted;
        }
        count.stretches.push(Stretch::stood(stop.first.max(next), stop));
        let Some(last) = stop.last else {
            count.last = None;
            return Ok(count);
        };
        upto = last;
    }
    if count.left > 0 {
        let last = match unit {
            Unit::Calendar => plus_days(upto, count.left),
            Unit::Working => calendar.after(upto, count.left),
        };
        let last = last.ok_or_else(beyond)?;
        let next = plus_days(upto, 1).ok_or_else(beyond)?;
        count.stretches.push(Stretch::ran(calendar, next, last, unit));
        count.last = Some(last);
        count.left = 0;
    }
    Ok(count)
}
