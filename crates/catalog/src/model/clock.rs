//! A clock as data: what starts it, how long it runs, who acts, what follows if nobody does, and on whose word.

use zhiheng_base::{Date, RegionCode, Words};

use super::Origin;

mod facts;
mod length;

pub use facts::{Ended, Example, Facts, Moment, Pause, Reading, beijing_date};
pub use length::{Bound, Length, Limit, Mark, MonthDay};

/// A clock of a procedure, as a definition file states it.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    /// Identifier, such as `B3`.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// The event that starts it, such as `order`.
    pub from: String,
    /// The event in words.
    pub start: Words,
    /// How it runs.
    pub rule: Rule,
    /// What its end means.
    pub sense: Sense,
    /// Whether a last day that is a rest day moves to the next working day (Civil Code, article 203).
    pub moves: bool,
    /// Reasons of pauses that stop it, such as `testing`; others do not.
    pub pauses: Vec<String>,
    /// Days before the end on which to remind, in the clock's own days.
    pub remind: Vec<i64>,
    /// Who acts.
    pub who: Option<Words>,
    /// What follows if nobody does.
    pub missed: Option<Words>,
    /// How to read it, where the source leaves room.
    pub says: Option<Words>,
    /// Laws and sources.
    pub basis: Vec<String>,
    /// Whether the source was seen; if not, every date says so.
    pub confirmed: bool,
    /// Region for which it holds; `None` is everywhere.
    pub region: Option<RegionCode>,
    /// First day on which a start falls under it.
    pub since: Option<Date>,
    /// First day on which a start no longer does.
    pub until: Option<Date>,
    /// Worked examples; no part of the digest.
    pub examples: Vec<Example>,
    /// Where it is written.
    pub origin: Origin,
}

impl Clock {
    /// Whether a clock that starts on `day` runs by this definition.
    pub fn holds(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day < until)
    }

    /// Whether its days are working days, for reminders and spans.
    pub fn in_working_days(&self) -> bool {
        let length = match &self.rule {
            Rule::Window { closes: Some(limit), .. } | Rule::Window { opens: Some(limit), .. } => limit.mark,
            Rule::Every { length } | Rule::Before { length, .. } => Mark::After(*length),
            _ => return false,
        };
        matches!(length, Mark::After(Length::WorkingDays(_)))
    }
}

/// How a clock runs.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// From one limit to another; most clocks only close, some only open ("not before").
    Window {
        /// The first day; `None` is the start.
        opens: Option<Limit>,
        /// The last day; `None` is never.
        closes: Option<Limit>,
    },
    /// Again and again after each such length, counted from the start, until ended.
    Every {
        /// Between one end and the next.
        length: Length,
    },
    /// So long before an end; the end lies `after` the start, or is the start event itself.
    Before {
        /// From the start to the end.
        after: Option<Length>,
        /// Back from the end.
        length: Length,
        /// Excluded: so many clear days between.
        bound: Bound,
    },
    /// Until the first of several is reached.
    First {
        /// Lengths of time.
        lengths: Vec<Length>,
        /// Readings of counters.
        counters: Vec<Counter>,
    },
}

/// A limit that is read off, such as kilometres driven.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    /// Identifier, with its unit: `km`.
    pub name: String,
    /// The last reading that is still inside.
    pub limit: i64,
}

/// What the end of a clock means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sense {
    /// Somebody must act; afterwards it is overdue.
    #[default]
    Duty,
    /// Somebody may act; afterwards it is too late.
    Right,
    /// Something ends by itself; nobody has to act, so its last day does not move.
    Term,
}
