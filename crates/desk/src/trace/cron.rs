//! When a standing query is asked: the schedule of the REST binding (`second` to `dayOfWeek`).
//!
//! A field is a list of numbers and ranges, `0,15,[30-45]`. A field that is left out matches every value, but one that is finer than
//! all given ones matches its smallest: `hour=1, minute=5` is once a day, not sixty times. Days count on China's clock.
//! (The patterns in the official file mean single characters, `[0-59]`; the ranges of its texts are read here.)

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{TimeZone, offset};
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};
use zhiheng_base::Diagnostic;

/// Fields by name with their smallest and greatest values, from the finest to the coarsest.
const FIELDS: [(&str, i8, i8); 6] = [
    ("second", 0, 59),
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("dayOfMonth", 1, 31),
    ("month", 1, 12),
    ("dayOfWeek", 1, 7),
];

/// The fields that are finer than a day.
const OF_A_DAY: usize = 3;

/// Days in which the next time is looked for: every date of the calendar, and each weekday of it, comes within 40 years.
const DAYS: usize = 40 * 366;

/// A schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// The fields as they were given, in the order of [`FIELDS`].
    fields: [Option<String>; 6],
}

impl Schedule {
    /// Whether `name` is a field of schedules.
    pub fn has(name: &str) -> bool {
        FIELDS.iter().any(|(field, _, _)| *field == name)
    }

    /// Reads fields by name.
    ///
    /// # Errors
    ///
    /// ZH9584 for a field that there is not or that cannot be read, and for a schedule that never comes.
    pub fn read<'f>(
        given: impl IntoIterator<Item = (&'f str, &'f str)>,
        now: Timestamp,
    ) -> Result<Schedule, Diagnostic> {
        let wrong = |name: &str, value: &str| {
            let shown: String = value.chars().take(60).collect();
            Diagnostic::error("ZH9584").arg("name", name).arg("value", shown)
        };
        let mut schedule = Schedule::default();
        for (name, value) in given {
            let place = FIELDS.iter().position(|(field, _, _)| *field == name);
            let slot = place.and_then(|place| Some((FIELDS.get(place)?, schedule.fields.get_mut(place)?)));
            let Some(((_, low, high), slot)) = slot else { return Err(wrong(name, value)) };
            values(value, *low, *high).ok_or_else(|| wrong(name, value))?;
            *slot = Some(value.to_owned());
        }
        if schedule.fields.iter().all(Option::is_none) {
            return Err(wrong("schedule", ""));
        }
        if schedule.next(now).is_none() {
            return Err(wrong("schedule", &format!("{:?}", schedule.fields)));
        }
        Ok(schedule)
    }

    /// The fields that were given.
    pub fn given(&self) -> impl Iterator<Item = (&'static str, &str)> {
        FIELDS.iter().zip(&self.fields).filter_map(|((name, _, _), text)| Some((*name, text.as_deref()?)))
    }

    /// The first time after `after`.
    pub fn next(&self, after: Timestamp) -> Option<Timestamp> {
        let zone = TimeZone::fixed(offset(8));
        let from = after.to_zoned(zone.clone()).datetime();
        let sets: Vec<BTreeSet<i8>> = self.sets();
        let [seconds, minutes, hours, days, months, weekdays] = sets.as_slice() else { return None };
        let fits = |date: Date| {
            days.contains(&date.day())
                && months.contains(&date.month())
                && weekdays.contains(&number(date.weekday()))
        };
        let mut date = from.date();
        for _ in 0..DAYS {
            if fits(date) {
                for hour in hours {
                    for minute in minutes {
                        for second in seconds {
                            let time: DateTime = date.at(*hour, *minute, *second, 0);
                            if time > from {
                                return time.to_zoned(zone).ok().map(|time| time.timestamp());
                            }
                        }
                    }
                }
            }
            date = date.checked_add(1.day()).ok()?;
        }
        None
    }

    /// The values of each field.
    fn sets(&self) -> Vec<BTreeSet<i8>> {
        // days of the week are as coarse as days of the month
        let finest = self.fields.iter().position(Option::is_some).unwrap_or(0).min(OF_A_DAY);
        FIELDS
            .iter()
            .zip(&self.fields)
            .enumerate()
            .map(|(place, ((_, low, high), text))| match text {
                Some(text) => values(text, *low, *high).unwrap_or_default(),
                None if place < finest => BTreeSet::from([*low]),
                None => (*low..=*high).collect(),
            })
            .collect()
    }
}

fn number(day: Weekday) -> i8 {
    day.to_monday_one_offset()
}

/// `1,3,[5-7]` as numbers within limits.
fn values(text: &str, low: i8, high: i8) -> Option<BTreeSet<i8>> {
    let number = |text: &str| {
        let digits = !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<i8>().ok().filter(|number| digits && (low..=high).contains(number))
    };
    if text.len() > 400 {
        return None;
    }
    let mut out = BTreeSet::new();
    for element in text.split(',').map(str::trim) {
        match element.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(range) => {
                let (from, to) = range.split_once('-')?;
                let (from, to) = (number(from)?, number(to)?);
                if from > to {
                    return None;
                }
                out.extend(from..=to);
            }
            None => {
                out.insert(number(element)?);
            }
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::Schedule;
    use jiff::Timestamp;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn times(fields: &[(&str, &str)], after: &str, count: usize) -> Vec<String> {
        let mut time = at(after);
        let schedule = Schedule::read(fields.iter().copied(), time).expect("a schedule");
        (0..count)
            .map(|_| {
                time = schedule.next(time).expect("a next time");
                time.to_string()
            })
            .collect()
    }

    #[test]
    fn times_by_hand() {
        // China is eight hours ahead: 01:05 there is 17:05 of the day before in UTC.
        assert_eq!(
            times(&[("hour", "1"), ("minute", "5")], "2026-01-01T17:05:00Z", 2),
            ["2026-01-02T17:05:00Z", "2026-01-03T17:05:00Z"]
        );
        assert_eq!(
            times(&[("minute", "5")], "2026-01-01T00:06:00Z", 2),
            ["2026-01-01T01:05:00Z", "2026-01-01T02:05:00Z"]
        );
        assert_eq!(
            times(&[("second", "0,[20-21]")], "2026-01-01T00:00:20Z", 3),
            ["2026-01-01T00:00:21Z", "2026-01-01T00:01:00Z", "2026-01-01T00:01:20Z"]
        );
        // 2026-11-23 is a Monday; it begins in China at 16:00 UTC of the 22nd.
        assert_eq!(
            times(&[("dayOfWeek", "1")], "2026-11-21T22:00:00Z", 2),
            ["2026-11-22T16:00:00Z", "2026-11-29T16:00:00Z"]
        );
        // The 29th of February that is a Sunday: 2032.
        let rare = [("dayOfMonth", "29"), ("month", "2"), ("dayOfWeek", "7"), ("hour", "12")];
        assert_eq!(times(&rare, "2026-01-01T00:00:00Z", 1), ["2032-02-29T04:00:00Z"]);
        // Hours and seconds given: every minute between.
        assert_eq!(
            times(&[("hour", "8"), ("second", "30")], "2026-01-01T00:00:00Z", 2),
            ["2026-01-01T00:00:30Z", "2026-01-01T00:01:30Z"]
        );
    }

    #[test]
    fn what_is_no_schedule_is_refused() {
        let now = at("2026-01-01T00:00:00Z");
        for fields in [
            vec![],
            vec![("second", "60")],
            vec![("second", "")],
            vec![("second", "1,")],
            vec![("second", "-1")],
            vec![("second", "+1")],
            vec![("second", "[5-1]")],
            vec![("second", "[1-60]")],
            vec![("second", "1-5")],
            vec![("hour", "24")],
            vec![("dayOfMonth", "0")],
            vec![("month", "13")],
            vec![("dayOfWeek", "8")],
            vec![("year", "2026")],
            vec![("dayOfMonth", "30"), ("month", "2")],
        ] {
            assert!(Schedule::read(fields.clone(), now).is_err(), "{fields:?}");
        }
        let long = "1,".repeat(300) + "1";
        assert!(Schedule::read([("second", long.as_str())], now).is_err());
    }
}
