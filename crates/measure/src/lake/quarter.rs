//! Quarters as whole numbers: the partitions of the lake and of the roll-ups.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A quarter, `year × 4 + quarter − 1`; written `2013Q4`. Records without a usable date lie in
/// [`Quarter::UNDATED`], which no period asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter(pub i32);

impl Quarter {
    /// The partition of records without a date.
    pub const UNDATED: Quarter = Quarter(i32::MIN);

    /// The quarter of a day counted from 1970-01-01.
    pub fn of_day(day: i32) -> Quarter {
        let (year, month) = year_month(day);
        Quarter(year * 4 + (month - 1) / 3)
    }

    /// First day of the quarter, counted from 1970-01-01.
    pub fn first_day(self) -> i32 {
        day_number(self.0.div_euclid(4), self.0.rem_euclid(4) * 3 + 1, 1)
    }

    fn parse(text: &str) -> Option<Quarter> {
        if text == "undated" {
            return Some(Quarter::UNDATED);
        }
        let (year, quarter) = text.split_once('Q')?;
        let (year, quarter): (i32, i32) = (year.parse().ok()?, quarter.parse().ok()?);
        (1..=4).contains(&quarter).then_some(Quarter(year.checked_mul(4)?.checked_add(quarter - 1)?))
    }
}

/// Days from 1970-01-01 to a date of the proleptic Gregorian calendar (Hinnant, *chrono-Compatible Low-Level
/// Date Algorithms*).
pub fn day_number(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year and month of a day; the inverse of [`day_number`].
fn year_month(day: i32) -> (i32, i32) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i32::from(month <= 2), month)
}

/// The day number of a civil date.
pub fn day_of(date: zhiheng_base::Date) -> i32 {
    day_number(i32::from(date.year()), i32::from(date.month()), i32::from(date.day()))
}

/// The civil date of a day number; `None` outside the calendar.
pub fn date_of(day: i32) -> Option<zhiheng_base::Date> {
    let (year, month) = year_month(day);
    let first = day_number(year, month, 1);
    zhiheng_base::Date::new(i16::try_from(year).ok()?, month as i8, (day - first + 1) as i8).ok()
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Quarter::UNDATED {
            f.write_str("undated")
        } else {
            write!(f, "{:04}Q{}", self.0.div_euclid(4), self.0.rem_euclid(4) + 1)
        }
    }
}

impl Serialize for Quarter {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Quarter {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Quarter, D::Error> {
        let text = String::deserialize(from)?;
        Quarter::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("no quarter: {text}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_quarters_agree_with_the_calendar() {
        let mut date = zhiheng_base::period::FIRST_DAY;
        let start = day_of(date);
        for offset in 0..110_000 {
            let day = start + offset;
            assert_eq!(day_of(date), day);
            assert_eq!(date_of(day), Some(date));
            let quarter = Quarter::of_day(day);
            assert_eq!(quarter.to_string(), format!("{:04}Q{}", date.year(), (date.month() - 1) / 3 + 1));
            assert!(quarter.first_day() <= day && day < Quarter(quarter.0 + 1).first_day());
            assert_eq!(Quarter::parse(&quarter.to_string()), Some(quarter));
            date = date.tomorrow().unwrap();
        }
        assert_eq!(day_number(1970, 1, 1), 0);
    }
}
