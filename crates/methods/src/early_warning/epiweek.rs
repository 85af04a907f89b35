//! Weeks of the year, as health and quality bulletins number them.
//!
//! **What it answers.** Which week of which year does a day belong to, and on which day does a week begin?
//!
//! **Formula.** A week belongs to the year in which most of its days lie, so week 1 is the one with at
//! least four days of January. ISO weeks begin on Monday, MMWR weeks (United States) on Sunday.
//!
//! **Source.** ISO 8601:2019, 4.4; CDC, *MMWR Weeks* (NNDSS Event Code List).
//!
//! **When not to use it.** For series of 52 steps to the year: years of 53 weeks shift them; give the days
//! instead ([`super::calendar::Calendar::Days`]).

use super::calendar::{date, day_number, weekday};
use crate::refusal::Refusal;

/// Which day a week begins on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// ISO 8601: Monday.
    Iso,
    /// Morbidity and Mortality Weekly Report: Sunday.
    Mmwr,
}

/// A week of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Week {
    /// The year it belongs to, which near the new year may differ from its day's.
    pub year: i32,
    /// 1 to 52 or 53.
    pub week: i32,
}

/// The week of a day (since 1970-01-01).
///
/// ```
/// use zhiheng_methods::early_warning::{calendar::day_number, epiweek::{week, System, Week}};
/// // 31 December 2012 was a Monday: the first day of 2013's first ISO week
/// let day = day_number(2012, 12, 31);
/// assert_eq!(week(day, System::Iso), Week { year: 2013, week: 1 });
/// assert_eq!(week(day - 1, System::Iso), Week { year: 2012, week: 52 });
/// assert_eq!(week(day - 1, System::Mmwr), Week { year: 2013, week: 1 });
/// ```
pub fn week(day: i32, system: System) -> Week {
    // The fourth day of the week decides which year it belongs to.
    let middle = begin(day, system).saturating_add(3);
    let (year, _, _) = date(middle);
    Week { year, week: (middle - day_number(year, 1, 1)) / 7 + 1 }
}

/// The first day of a week, refused if the year has no such week.
///
/// ```
/// use zhiheng_methods::early_warning::{calendar::date, epiweek::{first_day, System, Week}};
/// let begin = first_day(Week { year: 2020, week: 53 }, System::Iso).unwrap();
/// assert_eq!(date(begin), (2020, 12, 28));
/// assert!(first_day(Week { year: 2021, week: 53 }, System::Iso).is_err());
/// ```
pub fn first_day(of: Week, system: System) -> Result<i32, Refusal> {
    if of.year.abs() > 9999 {
        return Err(Refusal::OutOfRange {
            what: "year",
            value: f64::from(of.year),
            allowed: "-9999 to 9999",
        });
    }
    // 4 January always lies in week 1.
    let day = begin(day_number(of.year, 1, 4), system).saturating_add(7 * of.week.saturating_sub(1).min(60));
    if of.week < 1 || week(day, system) != of {
        let allowed = "1 to the weeks of the year";
        return Err(Refusal::OutOfRange { what: "week", value: f64::from(of.week), allowed });
    }
    Ok(day)
}

/// How many weeks a year has: 52 or 53.
pub fn weeks_in(year: i32, system: System) -> i32 {
    // 28 December always lies in the last week: the next begins on the 29th or later and has four days of
    // January.
    week(day_number(year, 12, 28), system).week
}

/// Counts of events per week, from the week of the first day to that of the last, and the day on which the
/// first week begins. Weeks without events count 0.
///
/// Refuses no days at all, and more than 100,000 weeks (a date is wrong).
///
/// ```
/// use zhiheng_methods::early_warning::epiweek::{weekly, System};
/// // 1970-01-01 was a Thursday; its ISO week began on day -3
/// assert_eq!(weekly(&[0, 1, 12], System::Iso).unwrap(), (-3, vec![2.0, 0.0, 1.0]));
/// ```
pub fn weekly(days: &[i32], system: System) -> Result<(i32, Vec<f64>), Refusal> {
    let empty = Refusal::Empty { what: "day" };
    let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else { return Err(empty) };
    let start = begin(*first, system);
    let weeks = (i64::from(*last) - i64::from(start)) / 7 + 1;
    if weeks > 100_000 {
        return Err(Refusal::OutOfRange { what: "weeks", value: weeks as f64, allowed: "1 to 100000" });
    }
    let mut counts = vec![0.0; weeks as usize];
    for day in days {
        counts[((day - start) / 7) as usize] += 1.0;
    }
    Ok((start, counts))
}

/// The first day of the week of a day.
fn begin(day: i32, system: System) -> i32 {
    let past = match system {
        System::Iso => weekday(day) - 1,
        System::Mmwr => weekday(day) % 7,
    };
    day.saturating_sub(past)
}
