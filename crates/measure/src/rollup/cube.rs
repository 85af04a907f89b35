//! Aggregation of states by (region, value of one dimension).
//!
//! Rows of a sorted part come region by region, so the groups of one region are found through a small table of the
//! dimension's values, with no hashing; a region that comes again (small unsorted parts, several parts) makes a
//! second group of the same key, and equal keys are added up when the groups are put in order.

use std::collections::HashMap;

use zhiheng_base::Level;

use super::Tier;
use crate::places::{Places, cut};

/// Groups with their states, in columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// Region of each group.
    pub regions: Vec<u64>,
    /// Index into [`Groups::values`].
    pub value_at: Vec<u32>,
    /// Values of the dimension; index 0 is "no value".
    pub values: Vec<Option<String>>,
    /// `n_counts` counts per group; half as wide as in files, as these are most of what a roll-up holds in memory.
    pub counts: Vec<u32>,
    /// `n_sums` sums per group.
    pub sums: Vec<i128>,
}

/// Groups being filled.
#[derive(Debug)]
pub struct Cube {
    n_counts: usize,
    n_sums: usize,
    groups: Groups,
    ids: HashMap<String, u32>,
    region: Option<u64>,
    epoch: u32,
    /// Per value: the epoch in which its group was made, and that group.
    slots: Vec<(u32, u32)>,
}

impl Cube {
    /// Without groups.
    pub fn new(n_counts: usize, n_sums: usize) -> Cube {
        Cube {
            n_counts,
            n_sums,
            groups: Groups { values: vec![None], ..Groups::default() },
            ids: HashMap::new(),
            region: None,
            epoch: 0,
            slots: vec![(0, 0)],
        }
    }

    /// The id of a value of the dimension.
    pub fn value(&mut self, text: Option<&str>) -> u32 {
        let Some(text) = text else { return 0 };
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        let id = self.groups.values.len() as u32;
        self.groups.values.push(Some(text.to_owned()));
        self.slots.push((0, 0));
        self.ids.insert(text.to_owned(), id);
        id
    }

    /// The group of a region and a value id, made if it is not there.
    #[inline]
    pub fn slot(&mut self, region: u64, value: u32) -> usize {
        if self.region != Some(region) {
            self.region = Some(region);
            self.epoch += 1;
        }
        let slot = &mut self.slots[value as usize];
        if slot.0 == self.epoch {
            return slot.1 as usize;
        }
        let at = self.groups.regions.len();
        *slot = (self.epoch, at as u32);
        self.groups.regions.push(region);
        self.groups.value_at.push(value);
        self.groups.counts.resize((at + 1) * self.n_counts, 0);
        self.groups.sums.resize((at + 1) * self.n_sums, 0);
        at
    }

    /// Adds to a count of a group.
    #[inline]
    pub fn count(&mut self, slot: usize, count: usize, by: u32) {
        self.groups.counts[slot * self.n_counts + count] += by;
    }

    /// Adds to a sum of a group.
    #[inline]
    pub fn sum(&mut self, slot: usize, sum: usize, by: i128) {
        self.groups.sums[slot * self.n_sums + sum] += by;
    }

    /// Adds a whole state to a group.
    pub fn add(&mut self, region: u64, value: u32, counts: &[u32], sums: &[i128]) {
        let slot = self.slot(region, value);
        for (at, by) in counts.iter().enumerate() {
            self.count(slot, at, *by);
        }
        for (at, by) in sums.iter().enumerate() {
            self.sum(slot, at, *by);
        }
    }

    /// The groups in order of region and value, each key once, values in order of text.
    pub fn finish(self) -> Groups {
        let (n_counts, n_sums) = (self.n_counts, self.n_sums);
        let from = self.groups;
        let mut by_text: Vec<u32> = (0..from.values.len() as u32).collect();
        by_text.sort_by(|&a, &b| from.values[a as usize].cmp(&from.values[b as usize]));
        let mut rank = vec![0; by_text.len()];
        for (place, &id) in by_text.iter().enumerate() {
            rank[id as usize] = place as u32;
        }
        let mut order: Vec<(u64, u32, u32)> = from
            .regions
            .iter()
            .zip(&from.value_at)
            .enumerate()
            .map(|(at, (&region, &value))| (region, rank[value as usize], at as u32))
            .collect();
        order.sort_unstable();
        let mut to = Groups {
            values: by_text.iter().map(|&id| from.values[id as usize].clone()).collect(),
            regions: Vec::with_capacity(order.len()),
            value_at: Vec::with_capacity(order.len()),
            counts: Vec::with_capacity(order.len() * n_counts),
            sums: Vec::with_capacity(order.len() * n_sums),
        };
        for (region, value, at) in order {
            let counts = &from.counts[at as usize * n_counts..][..n_counts];
            let sums = &from.sums[at as usize * n_sums..][..n_sums];
            if to.regions.last() == Some(&region) && to.value_at.last() == Some(&value) {
                let group = to.regions.len() - 1;
                to.counts[group * n_counts..].iter_mut().zip(counts).for_each(|(to, by)| *to += by);
                to.sums[group * n_sums..].iter_mut().zip(sums).for_each(|(to, by)| *to += by);
            } else {
                to.regions.push(region);
                to.value_at.push(value);
                to.counts.extend_from_slice(counts);
                to.sums.extend_from_slice(sums);
            }
        }
        to
    }
}

impl Groups {
    /// Number of groups.
    pub fn len(&self) -> usize {
        self.regions.len()
    }

    /// True without groups.
    pub fn is_empty(&self) -> bool {
        self.regions.is_empty()
    }

    /// The groups one level up: regions cut to `level`, those outside it left out. With `places` recorded codes
    /// are first replaced by present ones.
    fn up(&self, level: Level, places: Option<&Places>, n_counts: usize, n_sums: usize) -> Groups {
        let mut cube = Cube::new(n_counts, n_sums);
        let ids: Vec<u32> = self.values.iter().map(|value| cube.value(value.as_deref())).collect();
        let mut memory = (u64::MAX, None);
        for group in 0..self.len() {
            let region = self.regions[group];
            if memory.0 != region {
                let now = places.map_or(region, |places| places.now(region));
                memory = (region, cut(now, level));
            }
            if let Some(above) = memory.1 {
                cube.add(
                    above,
                    ids[self.value_at[group] as usize],
                    &self.counts[group * n_counts..][..n_counts],
                    &self.sums[group * n_sums..][..n_sums],
                );
            }
        }
        cube.finish()
    }

    /// The leaves themselves and the groups of every level above, in the order of [`Tier::ALL`].
    pub fn tiers(self, places: &Places, n_counts: usize, n_sums: usize) -> Vec<(Tier, Groups)> {
        let county = self.up(Level::County, Some(places), n_counts, n_sums);
        let city = county.up(Level::City, None, n_counts, n_sums);
        let province = city.up(Level::Province, None, n_counts, n_sums);
        // Records of the nation itself stand among the leaves only, so the nation is made of these.
        let nation = self.up(Level::Nation, Some(places), n_counts, n_sums);
        vec![
            (Tier::Nation, nation),
            (Tier::Province, province),
            (Tier::City, city),
            (Tier::County, county),
            (Tier::Leaf, self),
        ]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn groups_do_not_depend_on_the_order_of_rows(
            rows in proptest::collection::vec((0_u64..5, 0_u32..4, 0_u32..9, -9_i128..9), 0..200),
        ) {
            let mut want: BTreeMap<(u64, Option<String>), (u32, i128)> = BTreeMap::new();
            let mut cube = Cube::new(1, 1);
            for (region, value, count, sum) in &rows {
                let text = (*value > 0).then(|| format!("v{}", 9 - value));
                let id = cube.value(text.as_deref());
                cube.add(*region, id, &[*count], &[*sum]);
                let slot = want.entry((*region, text)).or_default();
                slot.0 += count;
                slot.1 += sum;
            }
            let groups = cube.finish();
            let found: Vec<_> = (0..groups.len())
                .map(|at| {
                    let value = groups.values[groups.value_at[at] as usize].clone();
                    ((groups.regions[at], value), (groups.counts[at], groups.sums[at]))
                })
                .collect();
            prop_assert_eq!(found, want.into_iter().collect::<Vec<_>>());
        }
    }
}
