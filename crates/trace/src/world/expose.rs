//! Exposure: which things were too warm (or too cold) for how long, through all that they were packed in.
//!
//! A reading holds until the next one, but not longer than the greatest gap between readings that is still a log:
//! behind that, nobody knows. No reading is no proof that all was well, so unknown time is told beside time above.
//! Which readings reach which things is found in [`super::warm`].

use zhiheng_base::Decimal;

use crate::Number;
use crate::Time;
use crate::event::{Event, Field, Measured};
use crate::node::Scalar;
use crate::vocabulary::Vocabulary;

/// What counts as too warm or too cold.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Degrees Celsius above which a reading is a breach.
    pub above: Option<Decimal>,
    /// Degrees Celsius below which it is.
    pub below: Option<Decimal>,
    /// Microseconds that a reading may stand alone.
    pub gap: i64,
}

impl Limit {
    /// True if what lies between `low` and `high` is not all within the limits.
    pub(super) fn is_outside(&self, low: Decimal, high: Decimal) -> bool {
        self.above.is_some_and(|above| high > above) || self.below.is_some_and(|below| low < below)
    }
}

/// How a thing fared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exposure {
    /// Microseconds outside the limits.
    pub outside: i64,
    /// Microseconds covered by readings.
    pub covered: i64,
    /// Microseconds between its first reading and its last that no reading covers.
    pub unknown: i64,
    /// The highest reading.
    pub highest: Option<Decimal>,
    /// The lowest.
    pub lowest: Option<Decimal>,
}

/// One temperature: from when, until when if it was stated for a stretch, lowest and highest.
pub type Reading = (i64, Option<i64>, Decimal, Decimal);

/// Time outside the limits: each reading holds until the next, a stretch until its end, none longer than the gap.
/// `extremes` are the lowest and the highest of them.
pub(super) fn sum(readings: &[Reading], extremes: (Decimal, Decimal), limit: &Limit) -> Exposure {
    let mut out = Exposure { lowest: Some(extremes.0), highest: Some(extremes.1), ..Exposure::default() };
    let mut known_until: Option<i64> = None;
    for (place, &(start, end, low, high)) in readings.iter().enumerate() {
        let next = readings.get(place + 1).map(|reading| reading.0);
        let holds = match (end, next) {
            (Some(end), _) => end,
            (None, Some(next)) if next - start <= limit.gap => next,
            (None, Some(_)) => start + limit.gap,
            (None, None) => start,
        };
        let from = known_until.map_or(start, |until| until.max(start));
        if let Some(until) = known_until.filter(|until| *until < start) {
            out.unknown += start - until;
        }
        let length = (holds - from).max(0);
        out.covered += length;
        if limit.is_outside(low, high) {
            out.outside += length;
        }
        known_until = Some(known_until.map_or(holds, |until| until.max(holds)));
    }
    out
}

/// The lowest and the highest reading.
pub(super) fn extremes(readings: &[Reading]) -> Option<(Decimal, Decimal)> {
    let low = readings.iter().map(|reading| reading.2).min();
    let high = readings.iter().map(|reading| reading.3).max();
    low.zip(high)
}

/// The temperatures of an event, in degrees Celsius.
pub(super) fn temperatures(event: &Event) -> Vec<Reading> {
    let mut out = Vec::new();
    for element in &event.sensors {
        let metadata = element.metadata.as_ref();
        for report in &element.reports {
            let is_temperature = report
                .text(Field::Type)
                .is_some_and(|kind| Vocabulary::Measurement.web(kind).ends_with("Temperature"));
            if !is_temperature {
                continue;
            }
            let number = |field: Field| celsius(report, field);
            let low =
                number(Field::MinValue).or_else(|| number(Field::Value)).or_else(|| number(Field::MeanValue));
            let high =
                number(Field::MaxValue).or_else(|| number(Field::Value)).or_else(|| number(Field::MeanValue));
            let (Some(low), Some(high)) = (low.or(high), high.or(low)) else { continue };
            let moment = |field: Field| {
                let text = report.text(field).or_else(|| metadata.and_then(|own| own.text(field)))?;
                Time::read(text).map(|time| time.micros())
            };
            let start = moment(Field::StartTime).or_else(|| moment(Field::Time));
            out.push((start.unwrap_or(event.time.micros()), moment(Field::EndTime), low, high));
        }
    }
    out
}

fn celsius(report: &Measured, field: Field) -> Option<Decimal> {
    let Some(Scalar::Number(number)) = report.get(field) else { return None };
    let value = Number::decimal(number)?;
    match report.text(Field::Uom) {
        None | Some("CEL") => Some(value),
        Some("KEL") => value.checked_sub(Decimal::new(27315, 2)),
        Some("FAH") => {
            value.checked_sub(Decimal::from(32))?.checked_mul(Decimal::from(5))?.checked_div(Decimal::from(9))
        }
        Some(_) => None,
    }
}
