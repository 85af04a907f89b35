//! What people bring beside the figures: points for items that they score, and which items are proven.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_base::{Decimal, RegionCode};

/// Points given by people, and proofs, by item and place. What is not in here is not given and not proven.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    points: BTreeMap<String, BTreeMap<RegionCode, Decimal>>,
    proven: BTreeMap<String, BTreeSet<RegionCode>>,
}

impl Given {
    /// Points that count at the end; the last of an item and place holds.
    pub fn give(&mut self, item: &str, place: RegionCode, points: Decimal) {
        self.points.entry(item.to_owned()).or_default().insert(place, points);
    }

    /// The item's evidence is there.
    pub fn prove(&mut self, item: &str, place: RegionCode) {
        self.proven.entry(item.to_owned()).or_default().insert(place);
    }

    /// The points given.
    pub fn points(&self, item: &str, place: RegionCode) -> Option<Decimal> {
        self.points.get(item)?.get(&place).copied()
    }

    /// Whether the evidence is there.
    pub fn is_proven(&self, item: &str, place: RegionCode) -> bool {
        self.proven.get(item).is_some_and(|places| places.contains(&place))
    }
}
