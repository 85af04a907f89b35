//! Upper tiers of the roll-ups, decoded and held in memory.
//!
//! A page asks for dozens of figures of a region, and each is a few rows of a few files. Opening a file costs more than
//! reading it, and the tiers above the leaves are small. Files are named by their content, so nothing held here goes stale;
//! what is no longer asked for goes when the room is full.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use zhiheng_base::Diagnostic;

use super::Tier;
use super::file::{self, Ask, Found};

/// Most bytes held.
const BYTES_MAX: usize = 96 << 20;
/// Most rows of a tier of one file; larger ones are read where they lie.
const ROWS_MAX: usize = 8_192;

/// The rows of one tier of a file, in its order.
#[derive(Debug, Default)]
struct Rows {
    regions: Vec<u64>,
    values: Vec<Option<Arc<str>>>,
    counts: Vec<i64>,
    sums: Vec<i128>,
    /// More rows than are held: read the file.
    is_large: bool,
}

impl Rows {
    fn bytes(&self) -> usize {
        128 + self.regions.len() * 8 + self.values.len() * 16 + self.counts.len() * 8 + self.sums.len() * 16
    }
}

#[derive(Debug, Default)]
struct Room {
    tiers: HashMap<(String, Tier), Arc<Rows>>,
    bytes: usize,
}

/// What is held.
#[derive(Debug, Default)]
pub(super) struct Held {
    room: Mutex<Room>,
    pub(super) is_on: bool,
}

/// Number of counts, number of sums, and whether there are values: what a file of a cuboid has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Width {
    pub(super) counts: usize,
    pub(super) sums: usize,
    pub(super) has_value: bool,
}

impl Held {
    /// As [`file::read`], from memory where the tier is small.
    pub(super) fn read(
        &self,
        dir: &Path,
        name: &str,
        width: Width,
        ask: &Ask<'_>,
        each: &mut impl FnMut(&Found<'_>),
    ) -> Result<(), Diagnostic> {
        if !self.is_on {
            return file::read(&dir.join(name), ask, each);
        }
        let rows = self.rows(dir, name, width, ask.tier)?;
        if rows.is_large {
            return file::read(&dir.join(name), ask, each);
        }
        let mut counts = vec![0; ask.counts.len()];
        let mut sums = vec![0; ask.sums.len()];
        for (at, &region) in rows.regions.iter().enumerate() {
            if !ask.ranges.iter().any(|range| range.0 <= region && region <= range.1) {
                continue;
            }
            let from = rows.counts.get(at * width.counts..).unwrap_or_default();
            counts.iter_mut().zip(ask.counts).for_each(|(to, &at)| *to = from.get(at).copied().unwrap_or(0));
            let from = rows.sums.get(at * width.sums..).unwrap_or_default();
            sums.iter_mut().zip(ask.sums).for_each(|(to, &at)| *to = from.get(at).copied().unwrap_or(0));
            let value = rows.values.get(at).and_then(Option::as_deref).filter(|_| ask.has_value);
            each(&Found { region, value, counts: &counts, sums: &sums });
        }
        Ok(())
    }

    fn rows(&self, dir: &Path, name: &str, width: Width, tier: Tier) -> Result<Arc<Rows>, Diagnostic> {
        let key = (name.to_owned(), tier);
        {
            let room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(rows) = room.tiers.get(&key) {
                return Ok(Arc::clone(rows));
            }
        }
        let counts: Vec<usize> = (0..width.counts).collect();
        let sums: Vec<usize> = (0..width.sums).collect();
        let whole =
            Ask { tier, ranges: &[(0, u64::MAX)], has_value: width.has_value, counts: &counts, sums: &sums };
        let mut rows = Rows::default();
        file::read(&dir.join(name), &whole, |found| {
            if rows.regions.len() >= ROWS_MAX {
                rows.is_large = true;
                return;
            }
            rows.regions.push(found.region);
            if width.has_value {
                rows.values.push(found.value.map(Arc::from));
            }
            rows.counts.extend_from_slice(found.counts);
            rows.sums.extend_from_slice(found.sums);
        })?;
        if rows.is_large {
            rows = Rows { is_large: true, ..Rows::default() };
        }
        let rows = Arc::new(rows);
        let mut room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        if room.bytes + rows.bytes() > BYTES_MAX {
            *room = Room::default();
        }
        room.bytes += rows.bytes();
        room.tiers.insert(key, Arc::clone(&rows));
        Ok(rows)
    }
}
