//! Watched series as they stand: what the newest step of each says, since when, and which of them somebody has muted.
//!
//! A state is never better than what is known. A series without records, one whose method gives no figure and one whose newest step
//! nobody could judge are told apart from one that is in order.

mod mute;
mod reading;
mod watch;

pub use mute::{MUTE, Mute, Mutes};
pub use reading::{RECENT, Reading};
pub use watch::{Watched, Window, is_watched};

use std::collections::BTreeMap;

use jiff::Span;
use zhiheng_base::words::say;
use zhiheng_base::{Date, Diagnostic, Lang, Node, Period, PeriodKind};
use zhiheng_measure::Step;

/// How a watched series stands; what asks for more comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The newest step is out of the ordinary.
    Alarm,
    /// There are records, and no judgement.
    Failed,
    /// The newest step is in order, and one shortly before it was not.
    Recovering,
    /// Nothing is known of the newest step.
    NoData,
    /// The newest step was judged and is in order.
    Normal,
}

impl State {
    /// Its word in texts, addresses and data.
    pub fn word(self) -> &'static str {
        match self {
            State::Alarm => "alarm",
            State::Failed => "error",
            State::Recovering => "recovering",
            State::NoData => "no-data",
            State::Normal => "normal",
        }
    }
}

/// On which side of its limits a step lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Above the upper limit.
    Above,
    /// Below the lower limit.
    Below,
    /// Within both: another rule of the method marks it.
    Within,
}

impl Side {
    /// Where a step lies.
    pub fn of(step: &Step) -> Side {
        match (step.value, step.low, step.high) {
            (Some(value), _, Some(high)) if value > high => Side::Above,
            (Some(value), Some(low), _) if value < low => Side::Below,
            _ => Side::Within,
        }
    }

    /// Its word in texts and data.
    pub fn word(self) -> &'static str {
        match self {
            Side::Above => "above",
            Side::Below => "below",
            Side::Within => "within",
        }
    }
}

/// Why there is no judgement.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// The method refuses, in parts of a sentence.
    Refused(BTreeMap<String, String>),
    /// The question itself cannot be answered.
    Problem(Diagnostic),
    /// The newest step has a value and no limits.
    Unjudged,
}

impl Fault {
    /// The reason, as a sentence.
    pub fn sentence(&self, lang: Lang) -> String {
        match self {
            Fault::Refused(parts) => {
                let node = Node::new("explain-method-refused");
                parts.iter().fold(node, |node, (name, value)| node.arg(name, value)).sentence(lang)
            }
            Fault::Problem(problem) => problem.message(lang),
            Fault::Unjudged => say(lang, "signals-unjudged", &[]),
        }
    }
}

/// The calendar year to look at when all days up to `until` are over, and the last of its days that counts: the year that holds the
/// newest whole month, so that January, too, begins with steps that are over.
///
/// Errors: ZH1102 for a day outside the years that periods have.
pub fn year_to(until: Date) -> Result<(Period, Date), Diagnostic> {
    let month = Span::new().months(1);
    let after = until.tomorrow().unwrap_or(until);
    let year = Period::of(PeriodKind::Year, after.checked_sub(month).unwrap_or(until))?;
    Ok((year, until.min(year.last_day())))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_year_is_that_of_the_newest_whole_month() {
        for (until, year, last) in [
            (date(2014, 1, 14), "2013", date(2013, 12, 31)),
            (date(2014, 1, 31), "2014", date(2014, 1, 31)),
            (date(2013, 10, 20), "2013", date(2013, 10, 20)),
            (date(2015, 3, 31), "2015", date(2015, 3, 31)),
        ] {
            let (found, end) = year_to(until).expect("a year");
            assert_eq!((found.to_string().as_str(), end), (year, last), "{until}");
        }
    }
}
