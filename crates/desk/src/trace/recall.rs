//! A recall as an office works with it: what lies where, in which region, and who has to be told of what.
//!
//! The world counts ([`zhiheng_trace::world::scope`]); here its counts are put beside what master data say of places. In reading order:
//! [`region`] (in which region a place is), [`spread`] (how much lies in each part of a region), [`addressee`] (who got which
//! goods), [`notice`] (what is written to them), [`tables`] (all of it as lists for an authority).
//!
//! Nothing is dropped on the way: what has no place or no region is told as that, so that the parts always make up the whole.

pub mod addressee;
pub mod notice;
pub mod region;
pub mod spread;
pub mod tables;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use zhiheng_base::{RegionCode, Regions};
use zhiheng_trace::dictionary::TermId;
use zhiheng_trace::query::Masters;
use zhiheng_trace::world::ledger::Dimension;
use zhiheng_trace::world::scope::{Fate, Summary};
use zhiheng_trace::world::{Node, World};

use region::Atlas;

/// What somebody may ask: the world of a view, with the master data of the same view, at a size of the ledger.
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    /// What events tell.
    pub world: &'a World,
    /// What was said beside them.
    pub masters: &'a Masters,
    /// Entries of the ledger that both show.
    pub size: u64,
}

/// So much of the affected goods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Single pieces.
    pub pieces: usize,
    /// Stock of lots and classes in base units, as far as amounts are recorded. It may be of the same goods as the pieces, so the two are
    /// never added.
    pub stock: BTreeMap<Dimension, Decimal>,
}

impl Held {
    /// Puts something to it.
    pub fn add(&mut self, other: &Held) {
        self.pieces += other.pieces;
        for (dimension, amount) in &other.stock {
            *self.stock.entry(*dimension).or_default() += *amount;
        }
    }

    /// Whether there is nothing of either.
    pub fn is_empty(&self) -> bool {
        self.pieces == 0 && self.stock.is_empty()
    }
}

/// A place with affected goods.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// How much is there.
    pub held: Held,
    /// Its region, if master data tell.
    pub region: Option<RegionCode>,
}

/// A stock that is less than nothing: something is missing in the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The lot or class.
    pub thing: Node,
    /// Where; `None` if nobody said.
    pub site: Option<TermId>,
    /// What is measured.
    pub dimension: Dimension,
    /// How much; below zero.
    pub amount: Decimal,
}

/// The scope of a recall with its places.
pub struct Recall<'a> {
    /// What it was asked of.
    pub seen: Seen<'a>,
    /// Where regions of places come from.
    pub atlas: Atlas<'a>,
    /// What is recalled.
    pub start: Node,
    /// Its figures.
    pub summary: Summary,
    /// Places with affected goods.
    pub places: BTreeMap<TermId, Place>,
    /// Goods that are somewhere, though nobody recorded where.
    pub nowhere: Held,
    /// Stocks below nothing.
    pub short: Vec<Shortage>,
}

impl<'a> Recall<'a> {
    /// The scope of recalling `start`.
    pub fn of(seen: Seen<'a>, regions: &'a Regions, start: Node) -> Recall<'a> {
        let atlas = Atlas::new(regions, seen.masters);
        let summary = seen.world.summary(&[start]);
        let (mut places, mut nowhere, mut short) =
            (BTreeMap::<TermId, Place>::new(), Held::default(), Vec::new());
        for (site, count) in &summary.sites {
            places.entry(*site).or_default().held.pieces = *count;
        }
        let somewhere: usize = summary.sites.values().sum();
        nowhere.pieces = summary.pieces.get(&Fate::At).map_or(0, |all| all.saturating_sub(somewhere));
        let lots = seen.world.affected(&[start]).into_iter().map(|(node, ..)| node);
        for thing in lots.filter(|node| !seen.world.is_piece(*node)) {
            for ((site, dimension), amount) in seen.world.stock(thing, i64::MAX) {
                if amount < Decimal::ZERO {
                    short.push(Shortage { thing, site, dimension, amount });
                } else if amount > Decimal::ZERO {
                    let held = site.map_or(&mut nowhere, |site| &mut places.entry(site).or_default().held);
                    *held.stock.entry(dimension).or_default() += amount;
                }
            }
        }
        for (site, place) in &mut places {
            place.region = atlas.region(seen.world.term(*site));
        }
        Recall { seen, atlas, start, summary, places, nowhere, short }
    }

    /// How many pieces there are, whatever has become of them.
    pub fn pieces(&self) -> usize {
        self.summary.pieces.values().sum()
    }

    /// How many pieces have a fate.
    pub fn with(&self, fate: Fate) -> usize {
        self.summary.pieces.get(&fate).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
