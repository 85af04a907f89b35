//! Stretches of time in options: `over="last 12 quarters"`, `from="previous"`, `period=year`.

use zhiheng_base::{Period, PeriodKind};

/// Most periods of a series.
const PERIODS_MAX: usize = 400;

/// Several periods in order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// The last so many periods of a kind, up to the report's last day.
    Last(usize, PeriodKind),
    /// From one period to another of the same kind.
    Between(Period, Period),
}

impl Over {
    /// Reads `last 12 quarters` or `2010..2013`.
    pub fn parse(text: &str) -> Option<Over> {
        if let Some((first, last)) = text.split_once("..") {
            let (first, last) = (Period::parse(first.trim()).ok()?, Period::parse(last.trim()).ok()?);
            return (first.kind() == last.kind() && first <= last).then_some(Over::Between(first, last));
        }
        let mut words = text.split_whitespace();
        if words.next()? != "last" {
            return None;
        }
        let n: usize = words.next()?.parse().ok()?;
        let kind = match words.next()? {
            "year" | "years" => PeriodKind::Year,
            "half" | "halves" => PeriodKind::Half,
            "quarter" | "quarters" => PeriodKind::Quarter,
            "month" | "months" => PeriodKind::Month,
            "week" | "weeks" => PeriodKind::Week,
            _ => return None,
        };
        (words.next().is_none() && (1..=PERIODS_MAX).contains(&n)).then_some(Over::Last(n, kind))
    }

    /// The periods, seen from the report's period.
    pub fn periods(self, report: Period) -> Vec<Period> {
        match self {
            Over::Last(n, kind) => {
                Period::of(kind, report.last_day()).map(|last| last.last(n)).unwrap_or_default()
            }
            Over::Between(first, last) => std::iter::successors(Some(first), Period::next)
                .take_while(|period| *period <= last)
                .take(PERIODS_MAX)
                .collect(),
        }
    }
}

/// The period with which another is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The same period of the year before.
    YearBefore,
    /// The period before.
    Previous,
    /// The calendar year that holds the period's last day.
    Year,
    /// A period by name.
    Named(Period),
}

impl From {
    /// The relative forms.
    pub const WORDS: &'static [&'static str] = &["same period last year", "previous", "year"];

    /// Reads a relative form or a period.
    pub fn parse(text: &str) -> Option<From> {
        match text {
            "same period last year" => Some(From::YearBefore),
            "previous" => Some(From::Previous),
            "year" => Some(From::Year),
            _ => Period::parse(text).ok().map(From::Named),
        }
    }

    /// The period seen from `period`; `None` at the edge of the calendar.
    pub fn period(self, period: Period) -> Option<Period> {
        match self {
            From::YearBefore => period.year_before(),
            From::Previous => period.previous(),
            From::Year => Period::of(PeriodKind::Year, period.last_day()).ok(),
            From::Named(named) => Some(named),
        }
    }
}
