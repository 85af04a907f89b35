//! The working-day calendar: weekends, public holidays and the rest days that are worked for them.
//!
//! The State Council sets holidays anew each year and takes weekends for them (make-up working days), so
//! the calendar is a dated table and not a formula. Beyond the table it knows weekends only; whatever is computed there is
//! provisional. Counts are kept as running totals: a span of a century costs as much as a week.

use jiff::ToSpan;
use zhiheng_base::period::{FIRST_DAY, LAST_DAY};
use zhiheng_base::{Date, Words};

mod read;

/// What a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// Worked as every Monday to Friday.
    Working,
    /// A Saturday or Sunday that is worked for a holiday.
    MakeUp,
    /// A Saturday or Sunday.
    Weekend,
    /// A day off of a festival, in lieu or at the weekend too.
    Holiday,
}

impl DayKind {
    /// Whether it counts as a working day.
    pub fn is_working(self) -> bool {
        matches!(self, DayKind::Working | DayKind::MakeUp)
    }
}

/// A day of which the table speaks.
#[derive(Clone, Copy, Debug)]
struct Special {
    index: usize,
    worked: bool,
    /// Place in `Calendar::names`.
    name: usize,
}

/// The working days of 1900 to 2200, from a dated table.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// `totals[i]` working days among the first `i` days from [`FIRST_DAY`] on.
    totals: Vec<u32>,
    /// In order of day.
    specials: Vec<Special>,
    names: Vec<Words>,
    known: (Date, Date),
    source: String,
}

impl Calendar {
    /// The days of which the table knows whether they are worked, first and last.
    pub fn known(&self) -> (Date, Date) {
        self.known
    }

    /// Where the table comes from: its first line.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Whether the table covers all days from `first` to `last`.
    pub fn knows(&self, first: Date, last: Date) -> bool {
        self.known.0 <= first && last <= self.known.1
    }

    /// What a day is; days outside 1900–2200 are judged by their weekday.
    pub fn kind(&self, day: Date) -> DayKind {
        let weekend = day.weekday().to_monday_zero_offset() >= 5;
        match self.special(day) {
            Some(Special { worked: true, .. }) if weekend => DayKind::MakeUp,
            Some(Special { worked: true, .. }) => DayKind::Working,
            Some(_) => DayKind::Holiday,
            None if weekend => DayKind::Weekend,
            None => DayKind::Working,
        }
    }

    /// Whether a day is worked.
    pub fn is_working(&self, day: Date) -> bool {
        self.kind(day).is_working()
    }

    /// The festival for which a day is off or is worked.
    pub fn festival(&self, day: Date) -> Option<&Words> {
        self.special(day).and_then(|special| self.names.get(special.name))
    }

    /// Working days from `first` to `last`, both included; none if `last` is earlier or a day lies outside 1900–2200.
    pub fn working_days(&self, first: Date, last: Date) -> i64 {
        match (index(first), index(last)) {
            (Some(first), Some(last)) if first <= last => {
                i64::from(self.total(last + 1)) - i64::from(self.total(first))
            }
            _ => 0,
        }
    }

    /// The `n`-th working day after `day`, for `n` from 1; `None` beyond 2200.
    pub fn after(&self, day: Date, n: i64) -> Option<Date> {
        let before = i64::from(self.total(index(day)? + 1));
        self.numbered(before.checked_add(n)?)
    }

    /// The `n`-th working day before `day`, for `n` from 1; `None` before 1900.
    pub fn before(&self, day: Date, n: i64) -> Option<Date> {
        let before = i64::from(self.total(index(day)?));
        self.numbered(before.checked_sub(n)?.checked_add(1)?)
    }

    /// `day` itself if it is worked, else the next working day; `None` beyond 2200.
    pub fn on_or_after(&self, day: Date) -> Option<Date> {
        let before = i64::from(self.total(index(day)?));
        self.numbered(before.checked_add(1)?)
    }

    /// `day` itself if it is worked, else the last working day before it; `None` before 1900.
    pub fn on_or_before(&self, day: Date) -> Option<Date> {
        self.numbered(i64::from(self.total(index(day)? + 1)))
    }

    /// The working day with a running number, from 1.
    fn numbered(&self, number: i64) -> Option<Date> {
        let number = u32::try_from(number).ok().filter(|&number| number > 0)?;
        let days = self.totals.partition_point(|&total| total < number);
        if days >= self.totals.len() { None } else { date_at(days.checked_sub(1)?) }
    }

    fn total(&self, days: usize) -> u32 {
        self.totals.get(days).or(self.totals.last()).copied().unwrap_or(0)
    }

    fn special(&self, day: Date) -> Option<Special> {
        let index = index(day)?;
        let at = self.specials.binary_search_by_key(&index, |special| special.index).ok()?;
        self.specials.get(at).copied()
    }

    /// Days of the table from `first` to `last`: date, whether worked, festival.
    pub(crate) fn specials(&self, first: Date, last: Date) -> impl Iterator<Item = (Date, bool, &Words)> {
        let from = index(first).unwrap_or(0);
        let to = index(last).unwrap_or(0);
        let start = self.specials.partition_point(|special| special.index < from);
        let specials = self.specials.iter().skip(start).take_while(move |special| special.index <= to);
        specials.filter_map(|special| {
            Some((date_at(special.index)?, special.worked, self.names.get(special.name)?))
        })
    }
}

/// Days from [`FIRST_DAY`] to a date; `None` outside 1900–2200.
pub(crate) fn index(date: Date) -> Option<usize> {
    (FIRST_DAY..=LAST_DAY).contains(&date).then(|| days_between(FIRST_DAY, date) as usize)
}

/// Days from one date to another, negative if the other comes first.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// A date some days later or earlier; `None` outside 1900–2200.
pub(crate) fn plus_days(date: Date, days: i64) -> Option<Date> {
    let at = i64::try_from(index(date)?).ok()?.checked_add(days)?;
    date_at(usize::try_from(at).ok()?)
}

/// A date some months later: the same number of the day, or the month's last; `None` outside 1900–2200.
pub(crate) fn plus_months(date: Date, months: i64) -> Option<Date> {
    // 301 years; more would not fit and must not reach the library, whose spans panic far outside.
    if !(-3612..=3612).contains(&months) {
        return None;
    }
    let later = date.checked_add(months.months()).ok()?;
    index(later).map(|_| later)
}

fn date_at(index: usize) -> Option<Date> {
    let days = i64::try_from(index).ok().filter(|&days| days < 200_000)?;
    FIRST_DAY.checked_add(days.days()).ok().filter(|date| *date <= LAST_DAY)
}

#[cfg(test)]
mod tests;
