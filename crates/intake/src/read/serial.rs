//! Numbers and days of workbooks.
//!
//! A workbook keeps IEEE doubles: fifteen significant digits survive, and a day is the count of days since
//! 1900-01-00 (with a 29 February 1900 that never was, serial 60) or since 1904-01-01.

use zhiheng_base::Date;

/// What a serial number of days means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SerialDate {
    /// This day.
    Day(Date),
    /// Serial 60 of the 1900 system: 1900-02-29, which never was.
    NoSuchDay,
    /// Before the epoch or after the year 9999.
    OutOfRange,
}

/// The day of a workbook's serial number; the time of day is dropped.
pub fn serial_date(serial: f64, is_1904: bool) -> SerialDate {
    let days = serial.floor();
    if !(0.0..3_000_000.0).contains(&days) {
        return SerialDate::OutOfRange;
    }
    let days = days as i64;
    let (epoch, days) = match (is_1904, days) {
        (true, _) => (Date::constant(1904, 1, 1), days),
        (false, 0) => return SerialDate::OutOfRange,
        (false, 1..=59) => (Date::constant(1899, 12, 31), days),
        (false, 60) => return SerialDate::NoSuchDay,
        (false, _) => (Date::constant(1899, 12, 30), days),
    };
    match epoch.checked_add(jiff::Span::new().days(days)) {
        Ok(day) => SerialDate::Day(day),
        Err(_) => SerialDate::OutOfRange,
    }
}

/// Integers from here on have more digits than a workbook keeps.
const INEXACT_FROM: f64 = 1e15;

/// The shortest decimal that reads back as `number`, without an exponent, and whether it can be what was
/// typed.
pub(super) fn write_number(out: &mut String, number: f64) -> bool {
    use std::fmt::Write as _;
    out.clear();
    // Writing to a String cannot fail.
    let _ = write!(out, "{number}");
    number.is_finite() && number.abs() < INEXACT_FROM
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_of_both_systems() {
        let day = |y, m, d| SerialDate::Day(Date::constant(y, m, d));
        assert_eq!(serial_date(1.0, false), day(1900, 1, 1));
        assert_eq!(serial_date(59.0, false), day(1900, 2, 28));
        assert_eq!(serial_date(60.0, false), SerialDate::NoSuchDay);
        assert_eq!(serial_date(60.75, false), SerialDate::NoSuchDay);
        assert_eq!(serial_date(61.0, false), day(1900, 3, 1));
        assert_eq!(serial_date(41_568.5, false), day(2013, 10, 21));
        assert_eq!(serial_date(40_106.0, true), day(2013, 10, 21));
        for wrong in [-1.0, 0.0, 1e12, f64::NAN, f64::INFINITY] {
            assert_eq!(serial_date(wrong, false), SerialDate::OutOfRange, "{wrong}");
        }
    }

    #[test]
    fn numbers_are_shortest() {
        let mut out = String::new();
        assert!(write_number(&mut out, 85.9));
        assert_eq!(out, "85.9");
        assert!(write_number(&mut out, 1650.0));
        assert_eq!(out, "1650");
        assert!(!write_number(&mut out, 9_007_199_254_740_992.0));
        assert!(!write_number(&mut out, f64::NAN));
    }
}
