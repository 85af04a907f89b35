//! Which natural keys there are: those of the ledger, and those added by the writer since.
//!
//! A small submission reads a block per run and key. One that would read a good part of all
//! blocks loads them instead: 13 bytes a key, searched by interpolation.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use super::keys::{Sorted, add_run, find_in_block, load_run, read_fences};
use crate::error::LedgerError;
use crate::store::Conn;
use crate::store::keys::{RunRow, block, runs};

/// New keys live in this many maps, so that none of them is large when it grows.
const SHARDS: usize = 64;

/// New keys that are kept in maps before they are sorted into an array.
const FRESH_MAX: usize = 14_000_000;

/// Keys are hashes already.
#[derive(Default)]
pub(crate) struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

type Shard = HashMap<u64, u64, BuildHasherDefault<Identity>>;

/// Keys by prefix.
#[derive(Default)]
pub(crate) struct Seen {
    runs: Option<Vec<RunRow>>,
    fences: Vec<Vec<u64>>,
    loaded: Option<Vec<(u64, Sorted)>>,
    cache: BTreeMap<(u64, u64), Vec<u8>>,
    reads: usize,
    shards: Vec<Shard>,
    fresh: usize,
    /// Further entries under a prefix that a shard has already.
    more: BTreeMap<u64, Vec<u64>>,
    frozen: Vec<Sorted>,
}

impl Seen {
    async fn open(&mut self, conn: &mut Conn<'_>) -> Result<(), LedgerError> {
        if self.runs.is_none() {
            let rows = runs(conn).await?;
            self.fences = rows.iter().map(|run| read_fences(&run.fences)).collect();
            self.runs = Some(rows);
        }
        Ok(())
    }

    /// Appends the entries under `prefix` to `found`, oldest runs first.
    pub(crate) async fn candidates(
        &mut self,
        conn: &mut Conn<'_>,
        prefix: u64,
        found: &mut Vec<u64>,
    ) -> Result<(), LedgerError> {
        if let Some(loaded) = &self.loaded {
            for (_, sorted) in loaded {
                sorted.find(prefix, found);
            }
        } else {
            self.read_blocks(conn, prefix, found).await?;
        }
        for sorted in &self.frozen {
            sorted.find(prefix, found);
        }
        if let Some(entry) = self.shards.get(shard(prefix)).and_then(|shard| shard.get(&prefix)) {
            found.push(*entry);
            if let Some(more) = self.more.get(&prefix) {
                found.extend_from_slice(more);
            }
        }
        Ok(())
    }

    async fn read_blocks(
        &mut self,
        conn: &mut Conn<'_>,
        prefix: u64,
        found: &mut Vec<u64>,
    ) -> Result<(), LedgerError> {
        self.open(conn).await?;
        let rows = self.runs.as_deref().unwrap_or_default();
        let total: usize = self.fences.iter().map(Vec::len).sum();
        if self.reads > 64 + total / 8 {
            let mut loaded = Vec::with_capacity(rows.len());
            for run in rows {
                loaded.push((run.low, load_run(conn, run).await?));
            }
            for (_, sorted) in &loaded {
                sorted.find(prefix, found);
            }
            self.loaded = Some(loaded);
            self.cache.clear();
            return Ok(());
        }
        for (run, fences) in rows.iter().zip(&self.fences) {
            for n in fences.partition_point(|fence| *fence < prefix)..fences.len() {
                let key = (run.low, n as u64);
                if let std::collections::btree_map::Entry::Vacant(vacant) = self.cache.entry(key) {
                    self.reads += 1;
                    let bytes = block(conn, run.low, n as u64).await?.ok_or_else(|| {
                        LedgerError::damage("ZH4108", run.low, format!("block {n} is missing"))
                    })?;
                    vacant.insert(bytes);
                }
                if !self.cache.get(&key).is_some_and(|block| find_in_block(block, prefix, found)) {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Adds a new key.
    pub(crate) fn insert(&mut self, prefix: u64, entry: u64) {
        if self.shards.is_empty() {
            self.shards.resize_with(SHARDS, Shard::default);
        }
        match self.shards[shard(prefix)].entry(prefix) {
            std::collections::hash_map::Entry::Vacant(vacant) => {
                vacant.insert(entry);
            }
            std::collections::hash_map::Entry::Occupied(_) => {
                self.more.entry(prefix).or_default().push(entry);
            }
        }
        self.fresh += 1;
        if self.fresh == FRESH_MAX {
            self.freeze();
        }
    }

    fn freeze(&mut self) {
        let mut pairs = Vec::with_capacity(self.fresh);
        for shard in &mut self.shards {
            // The order of a hash map does not matter: the pairs are sorted next.
            #[expect(clippy::iter_over_hash_type)]
            for pair in shard.drain() {
                pairs.push(pair);
            }
        }
        for (prefix, entries) in std::mem::take(&mut self.more) {
            pairs.extend(entries.into_iter().map(|entry| (prefix, entry)));
        }
        self.shards = Vec::new();
        self.fresh = 0;
        self.frozen.push(Sorted::from_pairs(pairs));
    }

    /// Writes the new keys of a commit that covers the entries from `low` to `high`.
    pub(crate) async fn write(mut self, conn: &mut Conn<'_>, low: u64, high: u64) -> Result<(), LedgerError> {
        if self.fresh > 0 {
            self.freeze();
        }
        if self.frozen.is_empty() {
            return Ok(());
        }
        self.open(conn).await?;
        let rows = self.runs.take().unwrap_or_default();
        add_run(conn, rows, self.loaded.take().unwrap_or_default(), (low, high), self.frozen).await
    }
}

fn shard(prefix: u64) -> usize {
    // Not the top or bottom bits: a map uses those itself.
    (prefix >> 32) as usize % SHARDS
}
