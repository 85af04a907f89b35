//! How a clock stands on a day: waiting, running, paused, due, overdue, done.

use jiff::Timestamp;
use zhiheng_base::Date;

use super::calendar::{Calendar, days_between};
use super::reckon::{End, Reckoning};
use super::{Moment, Rule, Sense};

/// A span up to an end or since it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lapse {
    /// Calendar days.
    pub days: i64,
    /// Working days among them.
    pub working_days: i64,
    /// Whole minutes, where both ends are instants.
    pub minutes: Option<i64>,
}

/// How a clock stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The day lies before the start.
    NotStarted,
    /// A window that opens later; `None` while a pause keeps the day unknown.
    Waiting(Option<Lapse>),
    /// Up to the end; `None` if a pause that lasts keeps the day unknown.
    Running(Option<Lapse>),
    /// The last day.
    LastDay(Lapse),
    /// Opened, and never closes.
    Free,
    /// Standing still.
    Paused {
        /// First day of the pause.
        since: Date,
        /// Reasons.
        reasons: Vec<String>,
        /// Days counted before.
        counted: i64,
    },
    /// Nobody acted in time.
    Overdue(Lapse),
    /// A term has run out, or it is too late for a right.
    Over(Lapse),
    /// Done, so many days after the last one (0: in time).
    Done {
        /// When.
        on: Date,
        /// Calendar days after the last day.
        late: i64,
    },
    /// Superseded or ended.
    Ended {
        /// From this day on.
        on: Date,
        /// By what.
        by: String,
    },
}

impl Reckoning<'_> {
    /// How the clock stands at a moment; a day stands for the whole day.
    pub fn state(&self, calendar: &Calendar, now: Moment) -> State {
        let today = now.date();
        let ended = self.facts.ended.as_ref().filter(|ended| ended.on <= today);
        // What was done before the clock was ended stays done.
        if !matches!(self.clock.rule, Rule::Every { .. })
            && let Some(&on) = self.facts.done.iter().filter(|on| **on <= today).min()
            && ended.is_none_or(|ended| on <= ended.on)
        {
            let late = self.due().map_or(0, |due| days_between(due, on).max(0));
            return State::Done { on, late };
        }
        if let Some(ended) = ended {
            return State::Ended { on: ended.on, by: ended.by.clone() };
        }
        let counts_back = matches!(self.clock.rule, Rule::Before { .. });
        if today < self.start && !counts_back {
            return State::NotStarted;
        }
        let end = match (&self.opens, &self.closes) {
            (Some(opens), closes) if opens.day.is_none_or(|day| today < day) => {
                return paused(opens, today).unwrap_or_else(|| {
                    // A window that cannot open any more is over, not waiting.
                    match closes.as_ref().and_then(|end| end.day).filter(|last| *last < today) {
                        Some(last) => State::Over(lapse(calendar, last, today)),
                        None => State::Waiting(opens.day.map(|day| lapse(calendar, today, day))),
                    }
                });
            }
            (_, Some(end)) => end,
            (_, None) => return State::Free,
        };
        let after = match (end.at, now) {
            (Some(at), Moment::At(now)) => now > at,
            _ => end.day.is_some_and(|day| day < today),
        };
        if !after && let Some(state) = paused(end, today) {
            return state;
        }
        let Some(day) = end.day else { return State::Running(None) };
        let minutes = end.at.and_then(|at| minutes(at, now));
        if after {
            let lapse = Lapse { minutes, ..lapse(calendar, day, today) };
            let duty = self.clock.sense == Sense::Duty;
            return if duty { State::Overdue(lapse) } else { State::Over(lapse) };
        }
        let lapse = Lapse { minutes, ..lapse(calendar, today, day) };
        if day == today { State::LastDay(lapse) } else { State::Running(Some(lapse)) }
    }
}

/// The pause in which a day lies, if any.
fn paused(end: &End, today: Date) -> Option<State> {
    let mut counted = 0;
    for stretch in &end.stretches {
        if stretch.first > today {
            break;
        }
        if !stretch.paused.is_empty() && stretch.last.is_none_or(|last| today <= last) {
            return Some(State::Paused { since: stretch.first, reasons: stretch.paused.clone(), counted });
        }
        counted += stretch.counted;
    }
    None
}

/// Days after `from` up to `to`.
fn lapse(calendar: &Calendar, from: Date, to: Date) -> Lapse {
    let working_days = from.tomorrow().map_or(0, |next| calendar.working_days(next, to));
    Lapse { days: days_between(from, to), working_days, minutes: None }
}

/// Whole minutes between an instant and now, whichever comes first.
fn minutes(at: Timestamp, now: Moment) -> Option<i64> {
    let Moment::At(now) = now else { return None };
    Some((at.as_second() - now.as_second()).abs() / 60)
}
