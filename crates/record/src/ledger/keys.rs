//! Natural keys as sorted runs of (first eight bytes of the key's hash, entry), merged as they grow.
//!
//! Each commit adds a run; while the run before it is less than four times as long (or shorter than a
//! block) the two become one. So there are few runs, an old key is rewritten rarely, and the runs are a
//! function of the commits alone: a rebuild gives the same bytes.

use crate::error::LedgerError;
use crate::store::Conn;
use crate::store::keys::{RunRow, blocks, drop_run, put_block, put_run};

/// Pairs of a block, except the last of a run.
pub(crate) const BLOCK_PAIRS: usize = 1024;

/// Bytes of a pair: prefix, big-endian, and entry, five bytes little-endian.
const PAIR: usize = 13;

/// Whether a run of `before` pairs is merged with the run of `pairs` that follows it.
pub(crate) fn merges(before: u64, pairs: u64) -> bool {
    before < (4 * pairs).max(BLOCK_PAIRS as u64)
}

/// The runs that commits leave behind: for each commit the entries it covers and its number of pairs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    /// Low entry, high entry (exclusive), pairs.
    pub(crate) runs: Vec<(u64, u64, u64)>,
}

impl Layout {
    /// Adds a commit; one without pairs leaves no run.
    pub(crate) fn commit(&mut self, low: u64, high: u64, pairs: u64) {
        if pairs == 0 {
            return;
        }
        let mut run = (low, high, pairs);
        while let Some(&(before_low, _, before)) = self.runs.last() {
            if !merges(before, run.2) {
                break;
            }
            run = (before_low, run.1, before + run.2);
            self.runs.pop();
        }
        self.runs.push(run);
    }
}

/// Pairs in order, 13 bytes each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sorted {
    prefixes: Vec<u64>,
    entries: Vec<[u8; 5]>,
}

impl Sorted {
    /// Sorts pairs.
    pub(crate) fn from_pairs(mut pairs: Vec<(u64, u64)>) -> Sorted {
        pairs.sort_unstable();
        let mut sorted = Sorted::with_capacity(pairs.len());
        for (prefix, entry) in pairs {
            sorted.push(prefix, entry);
        }
        sorted
    }

    pub(crate) fn with_capacity(pairs: usize) -> Sorted {
        Sorted { prefixes: Vec::with_capacity(pairs), entries: Vec::with_capacity(pairs) }
    }

    pub(crate) fn push(&mut self, prefix: u64, entry: u64) {
        let bytes = entry.to_le_bytes();
        self.prefixes.push(prefix);
        self.entries.push([bytes[0], bytes[1], bytes[2], bytes[3], bytes[4]]);
    }

    pub(crate) fn len(&self) -> usize {
        self.prefixes.len()
    }

    fn get(&self, place: usize) -> Option<(u64, u64)> {
        let mut entry = [0; 8];
        entry[..5].copy_from_slice(self.entries.get(place)?);
        Some((*self.prefixes.get(place)?, u64::from_le_bytes(entry)))
    }

    /// Appends the entries of all pairs with `prefix` to `found`.
    pub(crate) fn find(&self, prefix: u64, found: &mut Vec<u64>) {
        let len = self.prefixes.len();
        // Hashes are spread evenly, so the place is near `prefix / 2^64 * len`; gallop from there.
        let guess = ((u128::from(prefix) * len as u128) >> 64) as usize;
        let (mut low, mut high, mut step) = (guess, guess, 8);
        while low > 0 && self.prefixes[low.min(len - 1)] >= prefix {
            low = low.saturating_sub(step);
            step *= 2;
        }
        step = 8;
        while high < len && self.prefixes[high] < prefix {
            high = (high + step).min(len);
            step *= 2;
        }
        let mut place = low + self.prefixes[low..high].partition_point(|each| *each < prefix);
        while let Some((each, entry)) = self.get(place) {
            if each != prefix {
                break;
            }
            found.push(entry);
            place += 1;
        }
    }

    /// Appends the pairs of a block; false if it is not one.
    pub(crate) fn extend(&mut self, block: &[u8]) -> bool {
        if block.is_empty() || !block.len().is_multiple_of(PAIR) {
            return false;
        }
        for (prefix, entry) in block_pairs(block) {
            self.push(prefix, entry);
        }
        true
    }
}

/// The pairs of a block.
pub(crate) fn block_pairs(block: &[u8]) -> impl Iterator<Item = (u64, u64)> {
    block.chunks_exact(PAIR).map(|pair| {
        let mut prefix = [0; 8];
        prefix.copy_from_slice(&pair[..8]);
        let mut entry = [0; 8];
        entry[..5].copy_from_slice(&pair[8..]);
        (u64::from_be_bytes(prefix), u64::from_le_bytes(entry))
    })
}

/// The entries under `prefix` in a block, and whether the next block may hold more.
pub(crate) fn find_in_block(block: &[u8], prefix: u64, found: &mut Vec<u64>) -> bool {
    let count = block.len() / PAIR;
    let at = |place: usize| {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&block[place * PAIR..place * PAIR + 8]);
        u64::from_be_bytes(bytes)
    };
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if at(middle) < prefix {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    let mut last_matches = false;
    for (each, entry) in block_pairs(&block[low * PAIR..]) {
        last_matches = each == prefix;
        if !last_matches {
            break;
        }
        found.push(entry);
    }
    last_matches
}

/// Last prefixes of a run's blocks.
pub(crate) fn read_fences(bytes: &[u8]) -> Vec<u64> {
    bytes
        .chunks_exact(8)
        .map(|each| {
            let mut fence = [0; 8];
            fence.copy_from_slice(each);
            u64::from_le_bytes(fence)
        })
        .collect()
}

/// Reads a run into memory.
pub(crate) async fn load_run(conn: &mut Conn<'_>, run: &RunRow) -> Result<Sorted, LedgerError> {
    let mut sorted = Sorted::with_capacity(run.pairs.min(1 << 20) as usize);
    let mut next = 0;
    loop {
        let chunk = blocks(conn, run.low, next, 256).await?;
        let Some((last, _)) = chunk.last() else { break };
        let last = *last as u64;
        for (_, block) in &chunk {
            if !sorted.extend(block) || sorted.len() as u64 > run.pairs {
                return Err(LedgerError::damage("ZH4108", run.low, "a block is not whole"));
            }
        }
        next = last + 1;
    }
    if sorted.len() as u64 == run.pairs {
        Ok(sorted)
    } else {
        Err(LedgerError::damage("ZH4108", run.low, "blocks are missing"))
    }
}

/// Merges `sources` into the run of the entries from `low` to `high` and writes it.
pub(crate) async fn write_run(
    conn: &mut Conn<'_>,
    low: u64,
    high: u64,
    sources: &[Sorted],
) -> Result<(), LedgerError> {
    let mut places = vec![0; sources.len()];
    let mut fences = Vec::new();
    let mut block = Vec::with_capacity(BLOCK_PAIRS * PAIR);
    let (mut n, mut pairs) = (0, 0_u64);
    loop {
        let next = sources
            .iter()
            .zip(&places)
            .enumerate()
            .filter_map(|(source, (sorted, place))| Some((sorted.get(*place)?, source)))
            .min();
        if let Some(((prefix, entry), source)) = next {
            places[source] += 1;
            pairs += 1;
            block.extend_from_slice(&prefix.to_be_bytes());
            block.extend_from_slice(&entry.to_le_bytes()[..5]);
        }
        if block.len() == BLOCK_PAIRS * PAIR || (next.is_none() && !block.is_empty()) {
            let last = block_pairs(&block).last().map_or(0, |(prefix, _)| prefix);
            fences.extend_from_slice(&last.to_le_bytes());
            put_block(conn, low, n, std::mem::take(&mut block)).await?;
            n += 1;
        }
        if next.is_none() {
            break;
        }
    }
    put_run(conn, &RunRow { low, high, pairs, fences }).await?;
    Ok(())
}

/// Adds a commit's pairs to the runs: merges what is to be merged. `loaded` may hold runs already in memory, by
/// their low entry.
pub(crate) async fn add_run(
    conn: &mut Conn<'_>,
    mut runs: Vec<RunRow>,
    mut loaded: Vec<(u64, Sorted)>,
    (low, high): (u64, u64),
    mut sources: Vec<Sorted>,
) -> Result<(), LedgerError> {
    let mut pairs: u64 = sources.iter().map(|each| each.len() as u64).sum();
    if pairs == 0 {
        return Ok(());
    }
    let mut low = low;
    while let Some(before) = runs.pop() {
        if !merges(before.pairs, pairs) {
            break;
        }
        let place = loaded.iter().position(|(each, _)| *each == before.low);
        sources.push(match place {
            Some(place) => loaded.swap_remove(place).1,
            None => load_run(conn, &before).await?,
        });
        drop_run(conn, before.low).await?;
        low = before.low;
        pairs += before.pairs;
    }
    write_run(conn, low, high, &sources).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_pair_and_no_other() {
        let mut pairs: Vec<(u64, u64)> =
            (0..5000_u64).map(|n| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15), n)).collect();
        pairs.extend([(0, 9000), (0, 9001), (u64::MAX, 9002), (u64::MAX, 9003)]);
        let sorted = Sorted::from_pairs(pairs.clone());
        for (prefix, entry) in &pairs {
            let mut found = Vec::new();
            sorted.find(*prefix, &mut found);
            assert!(found.contains(entry), "{prefix:x}");
            assert_eq!(found.len(), pairs.iter().filter(|(each, _)| each == prefix).count());
        }
        for absent in [1, 77, u64::MAX - 1] {
            let mut found = Vec::new();
            sorted.find(absent, &mut found);
            assert!(found.is_empty());
        }
        let mut none = Vec::new();
        Sorted::default().find(5, &mut none);
        assert!(none.is_empty());
    }

    #[test]
    fn runs_stay_few() {
        let mut layout = Layout::default();
        for n in 0..100_000 {
            layout.commit(n, n + 1, 1);
            assert!(layout.runs.len() <= 8, "{}", layout.runs.len());
        }
        assert_eq!(layout.runs.iter().map(|run| run.2).sum::<u64>(), 100_000);
    }
}
