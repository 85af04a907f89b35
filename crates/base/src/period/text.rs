//! Written forms of periods: for machines (`2013Q4`) and for people.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::{Period, PeriodKind};
use crate::Diagnostic;
use crate::strict::{is_digits, plain};
use crate::words::{Lang, say};

impl Period {
    /// Reads `2013`, `2013H1`, `2013Q4`, `2013-07`, `2013-W32`, `2014AY07`, `2013-03-01..2013-05-15` or a
    /// single day `2013-03-01`.
    ///
    /// # Errors
    ///
    /// ZH1101 if the text has none of these forms, ZH1102 outside 1900–2200, ZH1103 for a thirteenth
    /// month, a 53rd week in a year of 52 and the like, ZH1104 for an end before the start, ZH1401
    /// and ZH1402 for full-width characters and spaces.
    pub fn parse(text: &str) -> Result<Period, Diagnostic> {
        plain(text)?;
        read(text).map_err(|problem| match problem.code.as_ref() {
            // The reader names a part; people look for the whole.
            "ZH1102" | "ZH1103" => problem.arg("value", text),
            _ => problem,
        })
    }

    /// The period's name for people: "2013 Q4" and its Chinese counterpart.
    pub fn title(&self, lang: Lang) -> String {
        let date = self.start();
        let year = date.year().to_string();
        match self.kind() {
            PeriodKind::Year => say(lang, "period-year", &[("year", &year)]),
            // The wording depends on the number, so each has a message of its own.
            PeriodKind::Half => {
                say(lang, &format!("period-half-{}", (date.month() + 5) / 6), &[("year", &year)])
            }
            PeriodKind::Quarter => {
                say(lang, &format!("period-quarter-{}", (date.month() + 2) / 3), &[("year", &year)])
            }
            PeriodKind::Month => {
                let month = date.month().to_string();
                let padded = format!("{:02}", date.month());
                say(lang, "period-month", &[("year", &year), ("month", &month), ("padded", &padded)])
            }
            PeriodKind::Week => {
                let iso = date.iso_week_date();
                say(
                    lang,
                    "period-week",
                    &[("year", &iso.year().to_string()), ("week", &iso.week().to_string())],
                )
            }
            PeriodKind::Assessment { .. } => {
                let (first, last) = (self.start(), self.last_day());
                say(
                    lang,
                    "period-assessment",
                    &[
                        ("year", &last.year().to_string()),
                        ("first-year", &first.year().to_string()),
                        ("first-month", &first.month().to_string()),
                        ("last-year", &last.year().to_string()),
                        ("last-month", &last.month().to_string()),
                    ],
                )
            }
            PeriodKind::Days => {
                let (first, last) = (date_title(lang, self.start()), date_title(lang, self.last_day()));
                if self.n_days() == 1 {
                    first
                } else {
                    say(lang, "period-days", &[("first", &first), ("last", &last)])
                }
            }
        }
    }
}

/// A date for people.
pub fn date_title(lang: Lang, date: Date) -> String {
    let (year, month, day) = (date.year().to_string(), date.month().to_string(), date.day().to_string());
    say(lang, "date", &[("year", &year), ("month", &month), ("day", &day), ("iso", &date.to_string())])
}

fn read(text: &str) -> Result<Period, Diagnostic> {
    let wrong = || Diagnostic::error("ZH1101").arg("value", text);
    if let Some((first, last)) = text.split_once("..") {
        return Period::days(read_date(first).ok_or_else(wrong)??, read_date(last).ok_or_else(wrong)??);
    }
    if let Some(date) = read_date(text) {
        let date = date?;
        return Period::days(date, date);
    }
    let (year, rest) = text.split_at_checked(4).ok_or_else(wrong)?;
    let year: i16 =
        Some(year).filter(|year| is_digits(year)).and_then(|y| y.parse().ok()).ok_or_else(wrong)?;
    let number = |digits: &str, len: usize| -> Result<i8, Diagnostic> {
        if digits.len() == len && is_digits(digits) {
            digits.parse().map_err(|_| wrong())
        } else {
            Err(wrong())
        }
    };
    if rest.is_empty() {
        Period::year(year)
    } else if let Some(half) = rest.strip_prefix('H') {
        Period::half(year, number(half, 1)?)
    } else if let Some(quarter) = rest.strip_prefix('Q') {
        Period::quarter(year, number(quarter, 1)?)
    } else if let Some(week) = rest.strip_prefix("-W") {
        Period::week(year, number(week, 2)?)
    } else if let Some(month) = rest.strip_prefix('-') {
        Period::month(year, number(month, 2)?)
    } else if let Some(month) = rest.strip_prefix("AY") {
        Period::assessment(year, number(month, 2)?)
    } else {
        Err(wrong())
    }
}

/// `None` if the text is not shaped like `2013-03-01`; an error if no calendar has that day.
fn read_date(text: &str) -> Option<Result<Date, Diagnostic>> {
    let shaped = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    shaped.then(|| text.parse().map_err(|_| Diagnostic::error("ZH1103").arg("value", text)))
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, last) = (self.start(), self.last_day());
        let (year, month) = (start.year(), start.month());
        let text = match self.kind() {
            PeriodKind::Year => format!("{year:04}"),
            PeriodKind::Half => format!("{year:04}H{}", (month + 5) / 6),
            PeriodKind::Quarter => format!("{year:04}Q{}", (month + 2) / 3),
            PeriodKind::Month => format!("{year:04}-{month:02}"),
            PeriodKind::Week => {
                let iso = start.iso_week_date();
                format!("{:04}-W{:02}", iso.year(), iso.week())
            }
            PeriodKind::Assessment { first_month } => format!("{:04}AY{first_month:02}", last.year()),
            PeriodKind::Days if start == last => start.to_string(),
            PeriodKind::Days => format!("{start}..{last}"),
        };
        f.pad(&text)
    }
}

impl FromStr for Period {
    type Err = Diagnostic;

    fn from_str(text: &str) -> Result<Period, Diagnostic> {
        Period::parse(text)
    }
}
