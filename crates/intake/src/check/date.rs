//! Days: between 1900 and the day of entry, in the forms that offices write.

use jiff::fmt::strtime::BrokenDownTime;
use zhiheng_base::{Date, Diagnostic};

use super::typed::Typed;
use crate::problem::quoted;
use crate::read::{Kind, SerialDate, serial_date};
use crate::text::{half_width, has_full_width};

const FIRST: Date = Date::constant(1900, 1, 1);
/// Serial numbers of days from 1900-01-01 to 2100: what a workbook shows when a day lost its format.
const SERIALS: std::ops::Range<f64> = 1.0..73_051.0;

/// The rule of a date field.
#[derive(Clone, Debug)]
pub(super) struct Day {
    /// Days after `today` are allowed.
    pub(super) future: bool,
    /// The day of entry.
    pub(super) today: Date,
    /// Declared form of a source.
    pub(super) form: Option<String>,
}

impl Day {
    pub(super) fn check(&self, kind: Kind, text: &str) -> Result<Typed<'static>, Diagnostic> {
        let day = match (&self.form, kind) {
            (Some(form), Kind::Text | Kind::Number) => by_form(form, text)?,
            _ => read(kind, text)?,
        };
        if day < FIRST {
            return Err(Diagnostic::error("ZH3209").arg("value", day));
        }
        if !self.future && day > self.today {
            return Err(Diagnostic::error("ZH3210").arg("value", day).arg("today", self.today));
        }
        Ok(Typed::Date(day))
    }
}

fn by_form(form: &str, text: &str) -> Result<Date, Diagnostic> {
    BrokenDownTime::parse(form, text)
        .and_then(|parts| parts.to_date())
        .map_err(|_| Diagnostic::error("ZH3207").arg("value", quoted(text)).arg("suggestion", form))
}

fn read(kind: Kind, text: &str) -> Result<Date, Diagnostic> {
    if let Some(day) = iso(text.as_bytes()) {
        return day.ok_or_else(|| Diagnostic::error("ZH3208").arg("value", quoted(text)));
    }
    let wrong = |suggestion: String| {
        Diagnostic::error("ZH3207").arg("value", quoted(text)).arg("suggestion", suggestion)
    };
    if has_full_width(text) {
        return Err(Diagnostic::error("ZH3222")
            .arg("value", quoted(text))
            .arg("suggestion", half_width(text)));
    }
    let Some((year, month, day)) = parts(text) else {
        if kind == Kind::Number
            && let Ok(serial) = text.parse::<f64>()
            && SERIALS.contains(&serial)
            && let SerialDate::Day(day) = serial_date(serial, false)
        {
            return Err(wrong(day.to_string()));
        }
        return Err(wrong("2013-10-21".to_owned()));
    };
    Date::new(year, month, day).map_err(|_| Diagnostic::error("ZH3208").arg("value", quoted(text)))
}

/// `2013-10-21`, alone or before a time. `None`: not of this form; `Some(None)`: no such day.
fn iso(text: &[u8]) -> Option<Option<Date>> {
    let (day, rest) = text.split_at_checked(10)?;
    if !rest.is_empty() && !matches!(rest[0], b'T' | b' ') {
        return None;
    }
    let number = |range: std::ops::Range<usize>| {
        day[range]
            .iter()
            .try_fold(0_i16, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i16::from(byte - b'0')))
    };
    if day[4] != b'-' || day[7] != b'-' {
        return None;
    }
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    Some(Date::new(year, month as i8, day as i8).ok())
}

/// `2013/10/1`, `2013.10.1`, `20131021`, and the form with the Chinese signs for year, month and day.
fn parts(text: &str) -> Option<(i16, i8, i8)> {
    let date = text.split([' ', 'T']).next()?;
    if date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((date[..4].parse().ok()?, date[4..6].parse().ok()?, date[6..].parse().ok()?));
    }
    // Year, month, day.
    let signs = ['\u{5e74}', '\u{6708}', '\u{65e5}'];
    let date = date.trim_end_matches(signs[2]);
    let mut parts = date.split(|c: char| matches!(c, '-' | '/' | '.') || signs.contains(&c));
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let short = |part: &str| part.len() <= 2 && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if parts.next().is_some() || year.len() != 4 || !short(month) || !short(day) {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str, kind: Kind) -> Result<String, String> {
        let rule = Day { future: false, today: Date::constant(2026, 3, 1), form: None };
        match rule.check(kind, text) {
            Ok(Typed::Date(day)) => Ok(day.to_string()),
            Ok(other) => Err(format!("{other:?}")),
            Err(problem) => Err(problem.code.into_owned()),
        }
    }

    #[test]
    fn forms_of_a_day() {
        for text in [
            "2013-10-21",
            "2013/10/21",
            "2013.10.21",
            "20131021",
            "2013年10月21日",
            "2013-10-21T08:00:00+00:00",
            "2013-10-21 00:00:00",
        ] {
            assert_eq!(day(text, Kind::Text), Ok("2013-10-21".into()), "{text}");
        }
        assert_eq!(day("2013/1/2", Kind::Text), Ok("2013-01-02".into()));
    }

    #[test]
    fn days_that_are_refused() {
        for (text, code) in [
            ("2026-02-30", "ZH3208"),
            ("2026年2月30日", "ZH3208"),
            ("1899-12-31", "ZH3209"),
            ("2026-03-02", "ZH3210"),
            ("yesterday", "ZH3207"),
            ("10/21/2013", "ZH3207"),
            ("2013-1x-01", "ZH3207"),
            ("41568", "ZH3207"),
            ("\u{ff12}013-10-21", "ZH3222"),
            ("13-10-21", "ZH3207"),
            ("", "ZH3207"),
        ] {
            assert_eq!(day(text, Kind::Text), Err(code.into()), "{text}");
        }
        let rule = Day { future: true, today: Date::constant(2026, 3, 1), form: None };
        assert!(rule.check(Kind::Text, "2030-01-01").is_ok());
        let lost = rule.check(Kind::Number, "41568").unwrap_err();
        assert_eq!(lost.args["suggestion"], "2013-10-21");
    }

    #[test]
    fn a_declared_form_is_followed() {
        let rule = Day { future: false, today: Date::constant(2026, 3, 1), form: Some("%m/%d/%Y".into()) };
        assert_eq!(rule.check(Kind::Text, "10/21/2013").unwrap(), Typed::Date(Date::constant(2013, 10, 21)));
        assert_eq!(rule.check(Kind::Text, "2013-10-21").unwrap_err().code, "ZH3207");
    }
}
