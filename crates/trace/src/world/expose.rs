//! Exposure: which things were too warm (or too cold) for how long, through all that they were packed in.
//!
//! A reading holds until the next one, but not longer than the greatest gap between readings that is still a log:
//! behind that, nobody knows. No reading is no proof that all was well, so unknown time is told beside time above.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use zhiheng_base::Decimal;

use super::{Node, Standing, World};
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
pub(super) type Reading = (i64, Option<i64>, Decimal, Decimal);

impl World {
    /// The exposure of everything that readings reach, directly or through containers.
    pub fn exposures(&self, limit: &Limit) -> BTreeMap<Node, Exposure> {
        let mut own: HashMap<Node, Log> = HashMap::new();
        for fact in self.facts().filter(|fact| fact.standing == Standing::Stands) {
            let readings = fact.deed.readings.of(&self.log.readings);
            if readings.is_empty() {
                continue;
            }
            let mut before = None;
            for named in fact.deed.named.of(&self.log.named) {
                if before.replace(named.node) != Some(named.node) {
                    own.entry(named.node).or_default().readings.extend(readings);
                }
            }
        }
        let mut things: BTreeSet<Node> = own.keys().copied().collect();
        let measured: Vec<Node> = things.iter().copied().collect();
        for container in measured {
            things.extend(self.ever_inside(container));
        }
        own.values_mut().for_each(Log::close);
        let mut out = BTreeMap::new();
        for thing in things {
            let mut readings = own.get(&thing).map(|log| log.readings.clone()).unwrap_or_default();
            for (container, from, to) in self.containers(thing) {
                if let Some(log) = own.get(&container) {
                    log.shared(from, to, &mut readings);
                }
            }
            readings.sort_unstable();
            readings.dedup();
            if !readings.is_empty() {
                out.insert(thing, sum(&readings, limit));
            }
        }
        out
    }
}

/// The readings of one thing.
#[derive(Default)]
struct Log {
    readings: Vec<Reading>,
    /// The longest stretch of any of them.
    longest: i64,
}

impl Log {
    fn close(&mut self) {
        self.readings.sort_unstable();
        self.readings.dedup();
        let stretches = self.readings.iter().map(|&(start, end, _, _)| end.map_or(0, |end| end - start));
        self.longest = stretches.max().unwrap_or(0).max(0);
    }

    /// Adds the readings between two moments, cut at these.
    fn shared(&self, from: i64, to: i64, out: &mut Vec<Reading>) {
        let first = self.readings.partition_point(|reading| reading.0 < from.saturating_sub(self.longest));
        let own = self.readings.iter().skip(first).take_while(|reading| reading.0 < to);
        for &(start, end, low, high) in own.filter(|reading| reading.1.unwrap_or(reading.0) >= from) {
            out.push((start.max(from), end.map(|end| end.min(to)), low, high));
        }
    }
}

/// Time outside the limits: each reading holds until the next, a stretch until its end, none longer than the gap.
fn sum(readings: &[Reading], limit: &Limit) -> Exposure {
    let mut out = Exposure::default();
    let mut known_until: Option<i64> = None;
    for (place, &(start, end, low, high)) in readings.iter().enumerate() {
        out.highest = Some(out.highest.map_or(high, |best| best.max(high)));
        out.lowest = Some(out.lowest.map_or(low, |best| best.min(low)));
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
        let is_outside =
            limit.above.is_some_and(|above| high > above) || limit.below.is_some_and(|below| low < below);
        if is_outside {
            out.outside += length;
        }
        known_until = Some(known_until.map_or(holds, |until| until.max(holds)));
    }
    out
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
