//! Moments as they were written, and as they are compared.
//!
//! EPCIS times carry an offset (`xsd:dateTimeStamp`). Two events an hour apart in two zones may be the same
//! moment, so comparing takes the moment; showing and hashing take the text.

use jiff::civil;

/// A moment with the text that stated it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    text: Box<str>,
    micros: i64,
    millis_hashed: i64,
}

const DAY: i64 = 86_400_000_000;

impl Time {
    /// Reads `2020-03-04T11:00:30.000+01:00`; `None` if it is no moment (a wrong date, no offset).
    ///
    /// A leap second (`:60`) is taken as the last microsecond before the next minute.
    pub fn read(text: &str) -> Option<Time> {
        let bytes = text.as_bytes();
        let number = |from: usize, to: usize| -> Option<i64> {
            let part = text.get(from..to)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten()
        };
        let mark = |at: usize, wanted: &[u8]| bytes.get(at).is_some_and(|byte| wanted.contains(byte));
        let marks_fit = mark(4, b"-") && mark(7, b"-") && mark(10, b"Tt") && mark(13, b":") && mark(16, b":");
        if !marks_fit {
            return None;
        }
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
        let rest = text.get(19..)?;
        let places = match rest.strip_prefix('.') {
            None => "",
            Some(rest) => {
                let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                let places = rest.get(..end)?;
                if places.is_empty() {
                    return None;
                }
                places
            }
        };
        let zone = rest.get(if places.is_empty() { 0 } else { places.len() + 1 }..)?;
        let offset_minutes = offset(zone)?;
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let date = civil::Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()?;
        let days = i64::from(civil::date(1970, 1, 1).until(date).ok()?.get_days());
        let digit = |place: usize| places.as_bytes().get(place).map_or(0, |byte| i64::from(byte - b'0'));
        let mut micros = (0..6).fold(0, |sum, place| sum * 10 + digit(place));
        let mut whole = second;
        if second == 60 {
            (whole, micros) = (59, 999_999);
        }
        let base = days * DAY + ((hour * 60 + minute - offset_minutes) * 60 + whole) * 1_000_000;
        // the hash rounds by the fourth digit alone: 5 to 9 go up
        let millis_hashed =
            base / 1000 + (0..3).fold(0, |sum, place| sum * 10 + digit(place)) + i64::from(digit(3) >= 5);
        Some(Time { text: text.into(), micros: base + micros, millis_hashed })
    }

    /// A moment by its microseconds since 1970, written in UTC.
    pub fn at(micros: i64) -> Option<Time> {
        Time::read(&utc(micros.div_euclid(1000), 3)?).map(|time| Time { micros, ..time })
    }

    /// A second since 1970 in the years that events have; the nearest of these otherwise.
    pub(crate) fn second(seconds: i64) -> Time {
        let millis = seconds.clamp(0, 4_102_444_800) * 1000;
        let text = utc(millis, 3).unwrap_or_default();
        Time { text: text.into(), micros: millis * 1000, millis_hashed: millis }
    }

    /// The text that stated it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Microseconds since 1970-01-01T00:00Z.
    pub fn micros(&self) -> i64 {
        self.micros
    }

    /// UTC with milliseconds, as the event hash wants it.
    pub fn hashed(&self) -> String {
        utc(self.millis_hashed, 3).unwrap_or_else(|| self.text.to_string())
    }
}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Time) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Time {
    fn cmp(&self, other: &Time) -> std::cmp::Ordering {
        (self.micros, &self.text).cmp(&(other.micros, &other.text))
    }
}

/// `Z`, `+01:00` or `-06:00` in minutes.
pub(crate) fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" || zone == "z" {
        return Some(0);
    }
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let part = |from: usize, to: usize| -> Option<i64> {
        let part = zone.get(from..to)?;
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok()).flatten()
    };
    let (hours, minutes) = (part(1, 3)?, part(4, 6)?);
    let fits = zone.len() == 6 && zone.get(3..4) == Some(":") && hours <= 14 && minutes <= 59;
    (fits && hours * 60 + minutes <= 840).then_some(sign * (hours * 60 + minutes))
}

/// True for the offset of an event: `+08:00`, never `Z`.
pub(crate) fn is_event_offset(zone: &str) -> bool {
    zone.len() == 6 && offset(zone).is_some()
}

fn utc(millis: i64, places: usize) -> Option<String> {
    let days = i32::try_from(millis.div_euclid(DAY / 1000)).ok()?;
    let rest = millis.rem_euclid(DAY / 1000);
    let date = civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    let (seconds, millis) = (rest / 1000, rest % 1000);
    Some(format!(
        "{date}T{:02}:{:02}:{:02}.{millis:0places$}Z",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_by_hand() {
        // the published rounding examples, and a carry over the end of a year
        for (text, hashed) in [
            ("2023-02-02T12:04:03.1415+01:00", "2023-02-02T11:04:03.142Z"),
            ("2023-02-02T12:04:03.14149999+01:00", "2023-02-02T11:04:03.141Z"),
            ("2020-03-04T11:00:30+01:00", "2020-03-04T10:00:30.000Z"),
            ("2019-12-31T23:59:59.9996Z", "2020-01-01T00:00:00.000Z"),
            ("2005-04-03T20:33:31.116-06:00", "2005-04-04T02:33:31.116Z"),
            ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(Time::read(text).map(|time| time.hashed()).as_deref(), Some(hashed), "{text}");
        }
        // 2001-09-09T01:46:40Z is the billionth second
        assert_eq!(Time::read("2001-09-09T09:46:40+08:00").map(|t| t.micros()), Some(1_000_000_000_000_000));
    }

    #[test]
    fn what_is_no_moment() {
        for text in [
            "22-07-2026",
            "2026-02-30T00:00:00Z",
            "2026-01-01T00:00:00",
            "2026-01-01T24:00:00Z",
            "2026-01-01",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00+15:00",
            "2026-01-01T00:00:00+01",
            "",
            "２026-01-01T00:00:00Z",
        ] {
            assert_eq!(Time::read(text), None, "{text}");
        }
    }

    #[test]
    fn offsets_of_events() {
        for (zone, is) in [
            ("+08:00", true),
            ("-06:00", true),
            ("+14:00", true),
            ("+14:30", false),
            ("Z", false),
            ("+8:00", false),
        ] {
            assert_eq!(is_event_offset(zone), is, "{zone}");
        }
    }
}
