//! The tree above the bundles, in memory: the roots of all full bundles and of the levels above them.
//!
//! 100 million entries have 390,625 bundles, so the spine takes 12.5 MB. It is read once, checked against
//! the signed root, and from then on every bundle that is read is checked against it.

use std::sync::Arc;

use crate::bundle::WIDTH;
use crate::verify::hash::{node_hash, perfect_root};
use crate::verify::{Hash, Nodes};

/// Level `k` holds the roots of the complete subtrees of 256^(k+1) leaves. Chunks of 256 are shared, so
/// that a copy is cheap.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spine {
    levels: Vec<Level>,
}

#[derive(Clone, Debug, Default)]
struct Level {
    full: Vec<Arc<[Hash]>>,
    open: Vec<Hash>,
}

impl Level {
    fn len(&self) -> u64 {
        self.full.len() as u64 * WIDTH + self.open.len() as u64
    }

    fn get(&self, index: u64) -> Option<Hash> {
        self.tile(index / WIDTH)?.get((index % WIDTH) as usize).copied()
    }

    fn tile(&self, n: u64) -> Option<&[Hash]> {
        let n = usize::try_from(n).ok()?;
        match self.full.get(n) {
            Some(tile) => Some(tile),
            None if n == self.full.len() && !self.open.is_empty() => Some(&self.open),
            None => None,
        }
    }
}

impl Spine {
    /// Number of full bundles.
    pub(crate) fn len(&self) -> u64 {
        self.levels.first().map_or(0, Level::len)
    }

    /// Root of the full bundle `n`.
    pub(crate) fn bundle(&self, n: u64) -> Option<Hash> {
        self.levels.first()?.get(n)
    }

    /// Adds the root of the next full bundle.
    pub(crate) fn push(&mut self, root: Hash) {
        let mut hash = root;
        for k in 0.. {
            if self.levels.len() == k {
                self.levels.push(Level::default());
            }
            let level = &mut self.levels[k];
            level.open.push(hash);
            if (level.open.len() as u64) < WIDTH {
                return;
            }
            hash = perfect_root(&level.open);
            level.full.push(std::mem::take(&mut level.open).into());
        }
    }

    /// Tile levels that hold anything, from 1 (roots of bundles).
    pub(crate) fn tile_levels(&self) -> u64 {
        self.levels.iter().filter(|level| level.len() > 0).count() as u64
    }

    /// Number of hashes at tile level `level`, from 1.
    pub(crate) fn hashes_at(&self, level: u64) -> u64 {
        self.levels.get(level as usize - 1).map_or(0, Level::len)
    }

    /// Tile `n` of tile level `level`, from 1: its hashes, 256 unless it is the last.
    pub(crate) fn tile(&self, level: u64, n: u64) -> Option<&[Hash]> {
        self.levels.get(usize::try_from(level).ok()?.checked_sub(1)?)?.tile(n)
    }

    /// Complete subtrees of the first `bundles` bundles, largest first.
    pub(crate) fn peaks(&self, bundles: u64) -> Option<Vec<(u32, Hash)>> {
        let mut peaks = Vec::new();
        let mut from = 0;
        for bit in (0..56).rev() {
            if bundles >> bit & 1 == 1 {
                peaks.push((bit + 8, self.at(bit + 8, from >> bit)?));
                from += 1 << bit;
            }
        }
        Some(peaks)
    }

    /// Root of the complete subtree of 2^`height` leaves, `height` at least 8.
    fn at(&self, height: u32, index: u64) -> Option<Hash> {
        let level = self.levels.get((height / 8) as usize - 1)?;
        let below = height % 8;
        let mut hashes = (index << below..(index + 1) << below)
            .map(|each| level.get(each))
            .collect::<Option<Vec<Hash>>>()?;
        while hashes.len() > 1 {
            hashes = hashes.chunks(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
        }
        hashes.pop()
    }
}

/// The spine with the leaf hashes of those bundles that a proof passes through.
pub(crate) struct Opened<'a> {
    pub(crate) spine: &'a Spine,
    /// Bundle number and its leaf hashes.
    pub(crate) bundles: Vec<(u64, Vec<Hash>)>,
}

impl Nodes for Opened<'_> {
    fn node(&self, height: u32, index: u64) -> Option<Hash> {
        if height >= 8 {
            return self.spine.at(height, index);
        }
        let first = index << height;
        let (_, hashes) = self.bundles.iter().find(|(n, _)| *n == first / WIDTH)?;
        let start = (first % WIDTH) as usize;
        hashes.get(start..start + (1 << height)).map(perfect_root)
    }
}
