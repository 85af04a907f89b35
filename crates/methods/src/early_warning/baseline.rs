//! Which past weeks the Farrington methods compare with, and in which part of the year each lies.
//!
//! The same weeks of `years` past years with `half_window` weeks to each side; for the flexible method the
//! weeks between them too, cut into `periods − 1` parts of the year, so that a season can be fitted.

use super::calendar::{Calendar, Step, add_months, nearest_weekday};
use crate::refusal::Refusal;

/// Weeks by index, oldest first, with their part of the year (0 is that of the judged week).
#[derive(Debug, Default)]
pub(super) struct Baseline {
    pub(super) weeks: Vec<usize>,
    pub(super) part: Vec<u16>,
    /// Part of every week of the series, or `NONE`; kept to spare allocations.
    marks: Vec<u16>,
}

const NONE: u16 = u16::MAX;

impl Baseline {
    /// Windows around the same weeks of past years; weeks before the series began are left out.
    pub(super) fn windows(&mut self, calendar: &Calendar, now: usize, years: usize, half_window: usize) {
        self.weeks.clear();
        match *calendar {
            Calendar::Steps(per_year) => {
                for back in (1..=years).rev() {
                    // both ends in whole numbers that may lie before the first week
                    let same = now as i64 - (back * per_year) as i64;
                    let window = same - half_window as i64..=same + half_window as i64;
                    self.weeks.extend(
                        window.filter(|&week| week >= 0 && week < now as i64).map(|week| week as usize),
                    );
                }
            }
            Calendar::Days { days, step } => {
                for back in 1..=years {
                    let same = add_months(days[now], -12 * i32::try_from(back).unwrap_or(i32::MAX / 12));
                    for offset in -(half_window as i32)..=half_window as i32 {
                        if let Ok(week) = days.binary_search(&shifted(same, offset, step, days[now]))
                            && week < now
                        {
                            self.weeks.push(week);
                        }
                    }
                }
            }
        }
        self.part.clear();
        self.part.resize(self.weeks.len(), 0);
    }

    /// Windows and the parts between them, without the last `left_out` weeks before the judged one.
    pub(super) fn parts(
        &mut self,
        calendar: &Calendar,
        now: usize,
        years: usize,
        half_window: usize,
        periods: usize,
        left_out: usize,
    ) -> Result<(), Refusal> {
        let same = calendar.anniversaries(now, years)?;
        self.marks.clear();
        self.marks.resize(now + 1, NONE);
        self.mark(now.saturating_sub(half_window), now + 1, 0);
        for pair in same.windows(2) {
            let (later, week) = (pair[0], pair[1]);
            // the first window may begin one step before the series, as in the reference
            super::enough_past(week + 1, half_window)?;
            self.mark(week.saturating_sub(half_window), week + half_window + 1, 0);
            if periods > 1 {
                self.cut(week + half_window + 1, later.saturating_sub(half_window), periods - 1)?;
            }
        }
        let end = now.saturating_sub(left_out);
        self.weeks.clear();
        self.part.clear();
        for (week, &part) in self.marks[..end].iter().enumerate() {
            if part != NONE {
                self.weeks.push(week);
                self.part.push(part);
            }
        }
        Ok(())
    }

    /// Cuts the weeks from `start` to before `end` into `parts` runs of nearly one length, the longer ones
    /// first.
    fn cut(&mut self, start: usize, end: usize, parts: usize) -> Result<(), Refusal> {
        let between = end.saturating_sub(start);
        if between < parts {
            let allowed = "at most one part per week between the windows, and one for the windows";
            return Err(Refusal::OutOfRange { what: "periods", value: (parts + 1) as f64, allowed });
        }
        let (length, rest) = (between / parts, between % parts);
        let mut from = start;
        for part in 1..=parts {
            let to = from + length + usize::from(part <= rest);
            self.mark(from, to, part as u16);
            from = to;
        }
        Ok(())
    }

    fn mark(&mut self, from: usize, to: usize, part: u16) {
        let end = to.min(self.marks.len());
        self.marks[from.min(end)..end].fill(part);
    }
}

/// The day `offset` steps from `day`, moved to the day of the week or of the month of `like`.
fn shifted(day: i32, offset: i32, step: Step, like: i32) -> i32 {
    match step {
        Step::Day => day + offset,
        Step::Week => nearest_weekday(day + 7 * offset, like),
        Step::Month => {
            let (_, _, wanted) = super::calendar::date(like);
            let moved = add_months(day, offset);
            let (_, _, found) = super::calendar::date(moved);
            moved - (found - wanted)
        }
    }
}
