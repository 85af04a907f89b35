//! Which things were outside the limits, and for how long: those that readings reach ([`super::gauge`]).
//!
//! Few pallets of many get too warm. A limit finds the warm ones; cartons that shared one from the same moment to the same moment share
//! the answer, and they were packed as numbers in a row. Only what has more than one way to readings is looked at by itself.

use std::collections::BTreeMap;

use super::bits::Bits;
use super::chain::NONE;
use super::expose::{Exposure, Limit, Reading};
use super::gauge::told;
use super::{Node, World};

/// Things that were outside the limits, each with how long, in the order of their numbers. Things in a row that fared alike, the
/// cartons of a pallet, are kept as one.
#[derive(Clone, Debug, Default)]
pub struct Exposed {
    rows: Vec<Row>,
}

/// Things in a row that fared alike.
#[derive(Clone, Copy, Debug)]
struct Row {
    start: u32,
    end: u32,
    exposure: Exposure,
}

/// Things to be looked at one by one, each once.
struct Closely {
    met: Bits,
    list: Vec<Node>,
}

/// A time in a container.
type Shared = (Node, i64, i64);

impl World {
    /// The exposure of everything that readings reach, directly or through containers.
    pub fn exposures(&self, limit: &Limit) -> BTreeMap<Node, Exposure> {
        let all = 0..u32::try_from(self.gauges.list.len()).unwrap_or(NONE);
        self.reached_by(all, limit, |_| true).iter().collect()
    }

    /// Everything that was outside the limits for some time. It is what [`World::exposures`] has outside them, without looking at
    /// everything that was not.
    pub fn exposed(&self, limit: &Limit) -> Exposed {
        self.reached_by(self.gauges.outside(limit).into_iter(), limit, |own| own.outside > 0)
    }

    /// The exposure of one thing; `None` if no reading reaches it.
    pub fn exposure(&self, thing: Node, limit: &Limit) -> Option<Exposure> {
        self.fares(vec![thing], limit).pop().map(|(_, own)| own)
    }

    /// The temperatures of a thing itself, in order: from when, until when if they are of a stretch, lowest, highest.
    pub fn temperatures(&self, thing: Node) -> Vec<Reading> {
        self.gauges.of(thing).map_or_else(Vec::new, |gauge| gauge.readings.clone())
    }

    /// How everything fared that these readings reach, in the order of numbers; of it what is kept.
    fn reached_by(
        &self,
        gauges: impl Iterator<Item = u32>,
        limit: &Limit,
        is_kept: impl Fn(&Exposure) -> bool,
    ) -> Exposed {
        let mut rows: Vec<Row> = Vec::new();
        let mut closely = Closely { met: Bits::new(self.seats.len()), list: Vec::new() };
        let mut readings: Vec<Reading> = Vec::new();
        for gauge in gauges.filter_map(|number| self.gauges.list.get(number as usize)) {
            if self.seat(gauge.node).stay == NONE {
                let own = Some(gauge.whole(limit)).filter(&is_kept);
                rows.extend(own.map(|exposure| Row::one(gauge.node, exposure)));
            } else {
                closely.meet(gauge.node);
            }
            let (mut span, mut answer) = (None, None);
            for stay in self.rows_in(gauge.node) {
                let thing = stay.thing;
                if self.gauges.mixed.has(thing.at()) {
                    closely.meet(thing);
                    continue;
                }
                if span != Some((stay.from, stay.to)) {
                    span = Some((stay.from, stay.to));
                    answer = gauge.between(stay.from, stay.to, limit, &mut readings).filter(&is_kept);
                } else if let Some(row) =
                    rows.last_mut().filter(|row| answer.is_some() && row.start == thing.0 + 1)
                {
                    row.start = thing.0;
                    continue;
                }
                rows.extend(answer.map(|exposure| Row::one(thing, exposure)));
            }
        }
        let mut next = 0;
        while let Some(&outer) = closely.list.get(next) {
            next += 1;
            // what is in a thing that was itself in something is mixed; all else was met above
            let inside = self.rows_in(outer).map(|stay| stay.thing);
            inside.filter(|thing| self.gauges.mixed.has(thing.at())).for_each(|thing| closely.meet(thing));
        }
        closely.list.sort_unstable();
        let fares = self.fares(closely.list, limit).into_iter().filter(|(_, own)| is_kept(own));
        rows.extend(fares.map(|(node, exposure)| Row::one(node, exposure)));
        rows.sort_unstable_by_key(|row| row.start);
        Exposed { rows }
    }

    fn fares(&self, things: Vec<Node>, limit: &Limit) -> Vec<(Node, Exposure)> {
        let mut out = Vec::with_capacity(things.len());
        let (mut shared, mut before): (Vec<Shared>, Vec<Shared>) = (Vec::new(), Vec::new());
        let mut readings: Vec<Reading> = Vec::new();
        let mut answer: Option<Exposure> = None;
        for thing in things {
            shared.clear();
            self.measured_containers(thing, &mut shared);
            let own = self.gauges.of(thing);
            if own.is_some() || shared != before {
                readings.clear();
                readings.extend(own.into_iter().flat_map(|own| &own.readings));
                for &(container, from, to) in &shared {
                    if let Some(gauge) = self.gauges.of(container) {
                        gauge.shared(from, to, &mut readings);
                    }
                }
                answer = told(&mut readings, limit);
                // what has readings of its own shares its answer with nothing
                before.clear();
                if own.is_none() {
                    before.extend(&shared);
                }
            }
            // without readings of its own or a measured container nothing is known
            if own.is_some() || !shared.is_empty() {
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
                out.extend(all.filter(|(container, _, _)| self.gauges.measured.has(container.at())));
                return;
            }
            if self.gauges.measured.has(stay.container.at()) {
                out.push((stay.container, stay.from, stay.to));
            }
        }
    }
}

impl Exposed {
    /// How many things there are.
    pub fn len(&self) -> usize {
        self.rows.iter().map(|row| (row.end - row.start) as usize).sum()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// All things.
    pub fn iter(&self) -> impl Iterator<Item = (Node, Exposure)> + '_ {
        self.rows.iter().flat_map(|row| (row.start..row.end).map(|number| (Node(number), row.exposure)))
    }
}

impl Row {
    fn one(node: Node, exposure: Exposure) -> Row {
        Row { start: node.0, end: node.0 + 1, exposure }
    }
}

impl Closely {
    fn meet(&mut self, thing: Node) {
        self.list.extend(self.met.meet(thing.at()).then_some(thing));
    }
}
