//! Days as numbers, and which step of a series lies a year back.
//!
//! A series either has a fixed number of steps to the year (52 weeks: simple, off by a day or two each
//! year) or the date on which each step begins. Days are counted from 1970-01-01 (day 0, a Thursday).
//!
//! **Source.** Gregorian calendar; ISO 8601:2019. Dates that do not exist (29 February a year back) roll over
//! to the next day that does, as in R's `seq.Date`.

use crate::refusal::Refusal;

/// How the steps of a series lie in the year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Calendar<'a> {
    /// So many steps to the year: 52 for weeks, 12 for months.
    Steps(usize),
    /// The day on which each step begins, strictly increasing, as long as the series.
    Days {
        /// Days since 1970-01-01.
        days: &'a [i32],
        /// What a step is.
        step: Step,
    },
}

/// The length of a step between dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A day.
    Day,
    /// Seven days; a week a year back begins on the same day of the week.
    Week,
    /// A month; a month a year back begins on the same day of the month.
    Month,
}

/// The number of a day since 1970-01-01. Months and days beyond their range roll over.
///
/// ```
/// use zhiheng_methods::early_warning::calendar::{day_number, date};
/// assert_eq!(day_number(1970, 1, 1), 0);
/// assert_eq!(date(day_number(2013, 2, 29)), (2013, 3, 1));
/// ```
pub fn day_number(year: i32, month: i32, day: i32) -> i32 {
    let months = i64::from(year) * 12 + i64::from(month) - 1;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
    // years that begin on 1 March, so that the leap day is the last one
    let shifted = if month < 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 10) % 12) + 2) / 5 + i64::from(day) - 1;
    let number =
        365 * shifted + shifted.div_euclid(4) - shifted.div_euclid(100) + shifted.div_euclid(400) + of_year
            - 719_468;
    i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
}

/// Year, month (1–12) and day of the month of a day since 1970-01-01.
pub fn date(day: i32) -> (i32, i32, i32) {
    let day = i64::from(day) + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = 400 * era + year + i64::from(month <= 2);
    (year as i32, month as i32, of_month as i32)
}

/// The day of the week, 1 for Monday to 7 for Sunday (ISO 8601).
pub fn weekday(day: i32) -> i32 {
    day.saturating_add(3).rem_euclid(7) + 1
}

/// The same date `months` later (or earlier).
pub(super) fn add_months(day: i32, months: i32) -> i32 {
    let (year, month, of_month) = date(day);
    day_number(year, month.saturating_add(months), of_month)
}

impl Calendar<'_> {
    /// Refuses a calendar that does not fit a series of `n` steps.
    pub(super) fn check(&self, n: usize) -> Result<(), Refusal> {
        match *self {
            Calendar::Steps(0) => {
                Err(Refusal::OutOfRange { what: "steps per year", value: 0.0, allowed: ">= 1" })
            }
            Calendar::Steps(_) => Ok(()),
            Calendar::Days { days, .. } => {
                crate::refusal::same_length("day", days.len(), n)?;
                if let Some(&day) = days.iter().find(|day| day.unsigned_abs() > 3_000_000) {
                    let allowed = "-3000000 to 3000000 (years up to 9999)";
                    return Err(Refusal::OutOfRange { what: "day", value: f64::from(day), allowed });
                }
                match days.windows(2).position(|pair| pair[0] >= pair[1]) {
                    None => Ok(()),
                    Some(row) => Err(Refusal::Contradiction {
                        what: format!("day {} is not later than the day before it", row + 1),
                    }),
                }
            }
        }
    }

    /// The time of a step in steps, by the length of the first one: months differ.
    pub(super) fn time(&self, at: usize) -> f64 {
        match *self {
            Calendar::Days { days, .. } if days.len() > 1 => {
                f64::from(days[at] - days[0]) / f64::from(days[1] - days[0])
            }
            _ => at as f64,
        }
    }

    /// The steps that lie 0 to `years` years before `now`, latest first.
    pub(super) fn anniversaries(&self, now: usize, years: usize) -> Result<Vec<usize>, Refusal> {
        match *self {
            Calendar::Steps(per_year) => {
                super::enough_past(now, per_year.saturating_mul(years))?;
                Ok((0..=years).map(|back| now - back * per_year).collect())
            }
            Calendar::Days { days, step } => (0..=years)
                .map(|back| {
                    let day = anniversary(days[now], back, step);
                    days.binary_search(&day).map_err(|_| {
                        let (year, month, of_month) = date(day);
                        Refusal::Contradiction {
                            what: format!(
                                "no step begins on {year}-{month:02}-{of_month:02}, {back} years back"
                            ),
                        }
                    })
                })
                .collect(),
        }
    }
}

/// The day `years` years before `day`; for weeks, the nearest with the same day of the week.
fn anniversary(day: i32, years: usize, step: Step) -> i32 {
    let back = add_months(day, -12 * i32::try_from(years).unwrap_or(i32::MAX / 12));
    if step == Step::Week { nearest_weekday(back, day) } else { back }
}

/// The day nearest to `day` on the day of the week of `like`.
pub(super) fn nearest_weekday(day: i32, like: i32) -> i32 {
    let forward = (like.wrapping_sub(day)).rem_euclid(7);
    if forward <= 3 { day + forward } else { day + forward - 7 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_agree() {
        for day in (-200_000..200_000).step_by(61) {
            let (year, month, of_month) = date(day);
            assert_eq!(day_number(year, month, of_month), day);
        }
        assert_eq!(date(day_number(2000, 2, 29)), (2000, 2, 29));
        assert_eq!(date(day_number(1900, 2, 29)), (1900, 3, 1));
        assert_eq!(date(day_number(2013, 14, 1)), (2014, 2, 1));
        // 1 July 2013 was a Monday
        assert_eq!(weekday(day_number(2013, 7, 1)), 1);
    }
}
