//! An end of a clock: the day, what was counted for it, whether it moved and why not.

use jiff::Timestamp;
use zhiheng_base::Date;

use crate::clock::calendar::{Calendar, plus_days};
use crate::clock::count::{Count, Stretch};
use crate::clock::{Length, Limit, Mark};

/// One end of a clock, explained.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// The limit; for the first of several, the one that was reached.
    pub limit: Limit,
    /// The day; `None` while the clock stands still.
    pub day: Option<Date>,
    /// The instant, for clocks in hours.
    pub at: Option<Timestamp>,
    /// The day to which was counted, before it moved.
    pub counted_to: Option<Date>,
    /// Whether the last day moved.
    pub moving: Moving,
    /// The end from which was counted back, for clocks that run before something.
    pub goal: Option<Date>,
    /// What was counted, in order.
    pub stretches: Vec<Stretch>,
    /// Days that are still to be counted when a pause ends that lasts.
    pub left: i64,
    /// The first day that the calendar did not know, if the day rests on it: it may still change.
    pub provisional: Option<Date>,
    /// Set if a counter was passed first.
    pub reached: Option<Reached>,
}

/// Whether a last day moved off a rest day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moving {
    /// It is a working day.
    Unneeded,
    /// Moved to the next working day (Civil Code, article 203), over these days.
    Moved(Box<Stretch>),
    /// A rest day, and stays; the nearest working day on the safe side, if there is one.
    Kept(Kept, Option<Date>),
    /// No last day yet.
    Open,
}

/// Why a last day that is a rest day stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// A day of the year is a date and no period.
    Date,
    /// Something ends by itself, and nobody has to act.
    Term,
    /// Hours run through.
    Hours,
    /// Counted back from an end: moving on would shorten the time that is to lie between.
    Before,
    /// The first day of a window; article 203 speaks of the last.
    Opening,
    /// The definition says so.
    Rule,
}

/// A counter that passed its limit before the time was over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The counter.
    pub counter: String,
    /// The last reading that would still be inside.
    pub limit: i64,
    /// The reading that passed it.
    pub value: i64,
    /// When that was read; the clock ended the day before at the latest.
    pub on: Date,
    /// The day of the reading before, if there is one.
    pub previous: Option<Date>,
}

impl End {
    /// The days one by one, from the day after the start to the one to which was counted: date, and its number if it
    /// was counted. A pause that lasts ends the list.
    pub fn day_by_day<'a>(
        &'a self,
        calendar: &'a Calendar,
    ) -> impl Iterator<Item = (Date, Option<i64>)> + 'a {
        let working = matches!(self.limit.mark, Mark::After(Length::WorkingDays(_)));
        let mut number = 0;
        let days = |stretch: &'a Stretch| {
            (0..stretch.days()).filter_map(move |day| Some((stretch, plus_days(stretch.first, day)?)))
        };
        self.stretches.iter().flat_map(days).map(move |(stretch, date)| {
            let counts = stretch.paused.is_empty() && (!working || calendar.is_working(date));
            number += i64::from(counts);
            (date, counts.then_some(number))
        })
    }

    /// An end that was counted and has not moved yet.
    pub(super) fn counted(limit: Limit, counted: Count, day: Option<Date>, provisional: Option<Date>) -> End {
        End {
            limit,
            day,
            at: None,
            counted_to: counted.last,
            moving: if day.is_some() { Moving::Unneeded } else { Moving::Open },
            goal: None,
            stretches: counted.stretches,
            left: if day.is_some() { 0 } else { counted.left.max(1) },
            provisional,
            reached: None,
        }
    }
}
