//! Worked examples of a clock: facts and the dates that must come out, checked with a calendar in hand.

use jiff::Timestamp;
use serde::Deserialize;
use toml::value::Datetime;
use zhiheng_base::{Date, Diagnostic, Words};

use super::Clock;
use super::read::date;
use crate::clock::{Calendar, Facts, Moment, Pause, Reading, reckon};

/// A worked example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// What it shows.
    pub why: Option<Words>,
    /// What happened.
    pub facts: Facts,
    /// The first day that must come out, if the clock opens.
    pub opens: Option<Date>,
    /// The last day that must come out; `None` if there is none.
    pub due: Option<Date>,
    /// The instant that must come out, for clocks in hours.
    pub at: Option<Timestamp>,
    /// Whether the dates must be provisional.
    pub provisional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExample {
    why: Option<Words>,
    start: Datetime,
    #[serde(default)]
    restarts: Vec<Datetime>,
    #[serde(default)]
    pauses: Vec<RawPause>,
    #[serde(default)]
    readings: Vec<RawReading>,
    #[serde(default)]
    done: Vec<Datetime>,
    opens: Option<Datetime>,
    due: Option<Datetime>,
    at: Option<Datetime>,
    #[serde(default)]
    provisional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPause {
    from: Datetime,
    to: Option<Datetime>,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReading {
    counter: String,
    on: Datetime,
    value: i64,
}

/// A day, or an instant with its offset. ZH8108 for anything else.
fn moment(written: &Datetime) -> Result<Moment, Diagnostic> {
    if written.time.is_none() {
        return date(written).map(Moment::Day);
    }
    instant(written).map(Moment::At)
}

fn instant(written: &Datetime) -> Result<Timestamp, Diagnostic> {
    let text = written.to_string();
    text.parse().map_err(|_| Diagnostic::error("ZH8108").arg("value", text))
}

impl RawExample {
    pub(super) fn checked(self) -> Result<Example, Diagnostic> {
        let pause = |raw: RawPause| {
            let (from, to) = (date(&raw.from)?, raw.to.as_ref().map(date).transpose()?);
            Ok(Pause { from, to, reason: raw.reason })
        };
        let reading =
            |raw: RawReading| Ok(Reading { on: date(&raw.on)?, counter: raw.counter, value: raw.value });
        Ok(Example {
            facts: Facts {
                start: moment(&self.start)?,
                restarts: self.restarts.iter().map(moment).collect::<Result<_, _>>()?,
                pauses: self.pauses.into_iter().map(pause).collect::<Result<_, _>>()?,
                done: self.done.iter().map(date).collect::<Result<_, _>>()?,
                ended: None,
                readings: self.readings.into_iter().map(reading).collect::<Result<_, _>>()?,
            },
            opens: self.opens.as_ref().map(date).transpose()?,
            due: self.due.as_ref().map(date).transpose()?,
            at: self.at.as_ref().map(instant).transpose()?,
            provisional: self.provisional,
            why: self.why,
        })
    }
}

/// Reckons the examples of a clock; ZH8111 for each that comes out otherwise, or the problem it runs into.
pub fn run_examples(clock: &Clock, calendar: &Calendar) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for example in &clock.examples {
        let reckoned = match reckon(clock, &example.facts, calendar) {
            Ok(reckoned) => reckoned,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let opens = reckoned.opens.as_ref().and_then(|end| end.day);
        let at = reckoned.closes.as_ref().and_then(|end| end.at);
        let got = (opens, reckoned.due(), at, reckoned.is_provisional());
        let wanted = (example.opens, example.due, example.at, example.provisional);
        if got != wanted {
            let problem = Diagnostic::error("ZH8111").arg("id", &clock.id).arg("start", reckoned.start);
            problems.push(problem.arg("got", result_text(got)).arg("wanted", result_text(wanted)));
        }
    }
    problems
}

/// First day, last day, instant, and a question mark if provisional.
fn result_text(result: (Option<Date>, Option<Date>, Option<Timestamp>, bool)) -> String {
    let (opens, due, at, provisional) = result;
    let day = |day: Option<Date>| day.map_or_else(|| "–".to_owned(), |day| day.to_string());
    let at = at.map(|at| format!(" ({at})")).unwrap_or_default();
    format!("{}..{}{at}{}", day(opens), day(due), if provisional { "?" } else { "" })
}
