//! Readings by what they are of, kept in order while the world is folded, and what they reach: their own thing, and all that was in
//! it while it was in it.
//!
//! Each thing that has readings keeps its lowest and its highest, by which a limit finds it. Which things have more than one way to
//! readings, and so must be looked at by themselves ([`super::warm`]), is noted when a stay begins or a thing is measured for the
//! first time.

use std::collections::{BTreeSet, HashMap};
use std::ops::Bound::{Excluded, Unbounded};

use zhiheng_base::Decimal;

use super::bits::Bits;
use super::chain::NONE;
use super::contain::contents;
use super::expose::{Exposure, Limit, Reading, extremes, sum};
use super::{Deed, Log, Node, World};

/// All readings, by what they are of.
#[derive(Debug, Default)]
pub(super) struct Gauges {
    pub(super) list: Vec<Gauge>,
    numbers: HashMap<Node, u32>,
    /// Things that have readings of their own.
    pub(super) measured: Bits,
    /// Things that were in something measured.
    reached: Bits,
    /// Things that more than one stay in something measured reaches, or a nested one, or that have readings themselves.
    pub(super) mixed: Bits,
    /// Readings that did not come in order.
    unsorted: Vec<u32>,
    /// The list by the highest reading and by the lowest, so that a limit finds what is beyond it without looking at the rest.
    by_high: BTreeSet<(Decimal, u32)>,
    by_low: BTreeSet<(Decimal, u32)>,
}

/// The readings of one thing, in order.
#[derive(Debug)]
pub(super) struct Gauge {
    pub(super) node: Node,
    low: Decimal,
    high: Decimal,
    pub(super) readings: Vec<Reading>,
    /// The longest stretch of any of them.
    longest: i64,
    is_sorted: bool,
}

impl World {
    /// Takes the readings of an event that counts.
    pub(super) fn gauge(&mut self, log: &Log, deed: &Deed) {
        let readings = deed.readings.of(&log.readings);
        if readings.is_empty() {
            return;
        }
        for same in deed.named.of(&log.named).chunk_by(|a, b| a.node == b.node) {
            let Some(node) = same.first().map(|named| named.node) else { continue };
            let next = u32::try_from(self.gauges.list.len()).unwrap_or(NONE);
            let number = *self.gauges.numbers.entry(node).or_insert(next);
            if number == next {
                let inside = contents(&self.stays, self.seat(node).content);
                self.gauges.begin(node, inside.map(|stay| stay.thing));
            }
            self.gauges.take(number, readings);
        }
    }

    /// Notes what a stay that begins lets readings reach, before it is among the stays.
    pub(super) fn note_stay(&mut self, thing: Node, container: Node) {
        let (inner, outer) = (self.seat(thing), self.seat(container));
        if inner.content != NONE {
            self.gauges.mixed.meet(thing.at());
            if inner.stay == NONE {
                for stay in contents(&self.stays, inner.content) {
                    self.gauges.mixed.meet(stay.thing.at());
                }
            }
        }
        if outer.stay != NONE || thing == container {
            self.gauges.mixed.meet(container.at());
            self.gauges.mixed.meet(thing.at());
        }
        if self.gauges.measured.has(container.at()) {
            self.gauges.reach(thing);
        }
    }
}

impl Gauges {
    /// Makes room for things below `n`.
    pub(super) fn reserve(&mut self, n: usize) {
        for bits in [&mut self.measured, &mut self.reached, &mut self.mixed] {
            bits.reserve(n);
        }
    }

    /// Brings readings that did not come in order into it.
    pub(super) fn sort(&mut self) {
        for number in self.unsorted.drain(..) {
            let Some(gauge) = self.list.get_mut(number as usize) else { continue };
            gauge.readings.sort_unstable();
            gauge.readings.dedup();
            gauge.is_sorted = true;
        }
    }

    pub(super) fn of(&self, thing: Node) -> Option<&Gauge> {
        if !self.measured.has(thing.at()) {
            return None;
        }
        self.list.get(*self.numbers.get(&thing)? as usize)
    }

    /// A thing is measured for the first time, and so is what is or was in it.
    fn begin(&mut self, node: Node, inside: impl Iterator<Item = Node>) {
        self.measured.meet(node.at());
        self.mixed.meet(node.at());
        inside.for_each(|thing| self.reach(thing));
        let (low, high) = (Decimal::MAX, Decimal::MIN);
        self.list.push(Gauge { node, low, high, readings: Vec::new(), longest: 0, is_sorted: true });
    }

    /// One more stay in something measured.
    fn reach(&mut self, thing: Node) {
        if !self.reached.meet(thing.at()) {
            self.mixed.meet(thing.at());
        }
    }

    /// What has a reading beyond the limits, in the order of the list.
    pub(super) fn outside(&self, limit: &Limit) -> Vec<u32> {
        let above = limit.above.map(|above| self.by_high.range((Excluded((above, NONE)), Unbounded)));
        let below = limit.below.map(|below| self.by_low.range(..(below, 0)));
        let mut out: Vec<u32> =
            above.into_iter().flatten().chain(below.into_iter().flatten()).map(|own| own.1).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    fn take(&mut self, number: u32, readings: &[Reading]) {
        let Some(gauge) = self.list.get_mut(number as usize) else { return };
        let (low, high) = (gauge.low, gauge.high);
        for reading in readings {
            let &(start, end, low, high) = reading;
            (gauge.low, gauge.high) = (gauge.low.min(low), gauge.high.max(high));
            // whatever has an end is a stretch, even one that ends before it begins
            gauge.longest = gauge.longest.max(end.map_or(0, |end| (end - start).max(1)));
            if gauge.is_sorted && gauge.readings.last().is_some_and(|last| last >= reading) {
                gauge.is_sorted = false;
                self.unsorted.push(number);
            }
            gauge.readings.push(*reading);
        }
        for (list, old, new) in [(&mut self.by_low, low, gauge.low), (&mut self.by_high, high, gauge.high)] {
            if old != new {
                list.remove(&(old, number));
                list.insert((new, number));
            }
        }
    }
}

impl Gauge {
    /// How it fared itself.
    pub(super) fn whole(&self, limit: &Limit) -> Exposure {
        sum(&self.readings, (self.low, self.high), limit)
    }

    /// How everything fared that was in it between two moments, and nowhere else; `readings` is room to work in.
    pub(super) fn between(
        &self,
        from: i64,
        to: i64,
        limit: &Limit,
        readings: &mut Vec<Reading>,
    ) -> Option<Exposure> {
        if self.longest > 0 {
            readings.clear();
            self.shared(from, to, readings);
            return told(readings, limit);
        }
        // without stretches nothing is cut, and what is in order stays so
        let first = self.readings.partition_point(|reading| reading.0 < from);
        let end = self.readings.partition_point(|reading| reading.0 < to);
        match self.readings.get(first..end) {
            Some(all) if all.len() == self.readings.len() => Some(self.whole(limit)),
            Some(own) => extremes(own).map(|extremes| sum(own, extremes, limit)),
            None => None,
        }
    }

    /// Adds the readings between two moments, cut at these.
    pub(super) fn shared(&self, from: i64, to: i64, out: &mut Vec<Reading>) {
        let first = self.readings.partition_point(|reading| reading.0 < from.saturating_sub(self.longest));
        let own = self.readings.iter().skip(first).take_while(|reading| reading.0 < to);
        for &(start, end, low, high) in own.filter(|reading| reading.1.unwrap_or(reading.0) >= from) {
            out.push((start.max(from), end.map(|end| end.min(to)), low, high));
        }
    }
}

/// What readings say together; nothing without any.
pub(super) fn told(readings: &mut Vec<Reading>, limit: &Limit) -> Option<Exposure> {
    readings.sort_unstable();
    readings.dedup();
    extremes(readings).map(|extremes| sum(readings, extremes, limit))
}
