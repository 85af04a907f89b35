//! Which temperatures reach which things: their own, and those of all that they were in while they were in it.
//!
//! Few pallets of many get too warm. Each event's lowest and highest reading is kept, so that finding the pallets is one
//! pass over a short list; only what was ever in these is gone into, and cartons that shared a pallet from the same moment
//! to the same moment share the answer.

use std::collections::{BTreeMap, HashMap};

use zhiheng_base::Decimal;

use super::bits::Bits;
use super::chain::NONE;
use super::expose::{Exposure, Limit, Reading, sum};
use super::{Deed, Log, Node, World};

/// The readings of an event, for one of the things that it names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gauged {
    node: Node,
    low: Decimal,
    high: Decimal,
}

/// A time in a container.
type Shared = (Node, i64, i64);

impl World {
    /// Takes the readings of an event that counts.
    pub(super) fn gauge(&mut self, log: &Log, deed: &Deed) {
        let readings = deed.readings.of(&log.readings);
        let low = readings.iter().map(|reading| reading.2).min();
        let high = readings.iter().map(|reading| reading.3).max();
        let (Some(low), Some(high)) = (low, high) else { return };
        for same in deed.named.of(&log.named).chunk_by(|a, b| a.node == b.node) {
            let Some(first) = same.first() else { continue };
            self.measured.meet(first.node.at());
            self.gauged.push(Gauged { node: first.node, low, high });
        }
    }

    /// The exposure of everything that readings reach, directly or through containers.
    pub fn exposures(&self, limit: &Limit) -> BTreeMap<Node, Exposure> {
        self.fares(self.reached_by(|_| true), limit).into_iter().collect()
    }

    /// Everything that was outside the limits for some time, in the order of its numbers. It is what
    /// [`World::exposures`] has outside them, without looking at everything that was not.
    pub fn exposed(&self, limit: &Limit) -> Vec<(Node, Exposure)> {
        let things = self.reached_by(|gauged| limit.is_outside(gauged.low, gauged.high));
        let mut fares = self.fares(things, limit);
        fares.retain(|(_, own)| own.outside > 0);
        fares
    }

    /// The exposure of one thing; `None` if no reading reaches it.
    pub fn exposure(&self, thing: Node, limit: &Limit) -> Option<Exposure> {
        self.fares(vec![thing], limit).pop().map(|(_, own)| own)
    }

    /// The temperatures of a thing itself, in order: from when, until when if they are of a stretch, lowest, highest.
    pub fn temperatures(&self, thing: Node) -> Vec<Reading> {
        self.series(&mut HashMap::new(), thing).readings.clone()
    }

    /// What such readings are of, and all that was ever in it, in the order of numbers.
    fn reached_by(&self, is_wanted: impl Fn(&Gauged) -> bool) -> Vec<Node> {
        let mut met = Bits::new(self.seats.len());
        let mut out: Vec<Node> = Vec::new();
        for gauged in self.gauged.iter().filter(|gauged| is_wanted(gauged)) {
            let mut next = out.len();
            if met.meet(gauged.node.at()) {
                out.push(gauged.node);
            }
            while let Some(&outer) = out.get(next) {
                next += 1;
                out.extend(self.rows_in(outer).map(|stay| stay.thing).filter(|thing| met.meet(thing.at())));
            }
        }
        met.numbers().map(Node).collect()
    }

    fn fares(&self, things: Vec<Node>, limit: &Limit) -> Vec<(Node, Exposure)> {
        let mut series: HashMap<Node, Series> = HashMap::new();
        let mut out = Vec::with_capacity(things.len());
        let (mut shared, mut before): (Vec<Shared>, Vec<Shared>) = (Vec::new(), Vec::new());
        let mut answer: Option<Exposure> = None;
        for thing in things {
            shared.clear();
            self.measured_containers(thing, &mut shared);
            let has_own = self.measured.has(thing.at());
            if has_own || shared != before {
                let mut readings: Vec<Reading> = Vec::new();
                if has_own {
                    readings.extend(&self.series(&mut series, thing).readings);
                }
                for &(container, from, to) in &shared {
                    self.series(&mut series, container).shared(from, to, &mut readings);
                }
                readings.sort_unstable();
                readings.dedup();
                answer = (!readings.is_empty()).then(|| sum(&readings, limit));
                // what has readings of its own shares its answer with nothing
                before.clear();
                if !has_own {
                    before.extend(&shared);
                }
            }
            // without readings of its own or a measured container nothing is known
            if has_own || !shared.is_empty() {
                out.extend(answer.map(|answer| (thing, answer)));
            }
        }
        out
    }

    /// Containers of a thing that have readings, with the time that it shared.
    fn measured_containers(&self, thing: Node, out: &mut Vec<Shared>) {
        for stay in self.rows_of(thing).filter(|stay| stay.container != thing) {
            if self.seat(stay.container).stay != NONE {
                // nested: all ways up
                out.clear();
                let all = self.containers(thing).into_iter();
                out.extend(all.filter(|(container, _, _)| self.measured.has(container.at())));
                return;
            }
            if self.measured.has(stay.container.at()) {
                out.push((stay.container, stay.from, stay.to));
            }
        }
    }

    /// The readings of a thing itself.
    fn series<'a>(&self, known: &'a mut HashMap<Node, Series>, thing: Node) -> &'a Series {
        known.entry(thing).or_insert_with(|| {
            let mut readings: Vec<Reading> = self
                .mentioning(thing, i64::MIN, i64::MAX)
                .filter_map(|(place, _)| self.fact(place))
                .flat_map(|fact| fact.deed.readings.of(&self.log.readings).iter().copied())
                .collect();
            readings.sort_unstable();
            readings.dedup();
            let stretches = readings.iter().map(|&(start, end, _, _)| end.map_or(0, |end| end - start));
            let longest = stretches.max().unwrap_or(0).max(0);
            Series { readings, longest }
        })
    }
}

/// The readings of one thing.
struct Series {
    readings: Vec<Reading>,
    /// The longest stretch of any of them.
    longest: i64,
}

impl Series {
    /// Adds the readings between two moments, cut at these.
    fn shared(&self, from: i64, to: i64, out: &mut Vec<Reading>) {
        let first = self.readings.partition_point(|reading| reading.0 < from.saturating_sub(self.longest));
        let own = self.readings.iter().skip(first).take_while(|reading| reading.0 < to);
        for &(start, end, low, high) in own.filter(|reading| reading.1.unwrap_or(reading.0) >= from) {
            out.push((start.max(from), end.map(|end| end.min(to)), low, high));
        }
    }
}
