//! Looking back, and proving: what the ledger was at an earlier size or time.

use jiff::Timestamp;
use zhiheng_base::Diagnostic;

use super::Ledger;
use super::read::View;
use super::spine::Opened;
use crate::bundle::WIDTH;
use crate::error::LedgerError;
use crate::leaf::Leaf;
use crate::store::projections::versions;
use crate::verify::{Hash, consistency_proof, inclusion_proof, leaf_hash, root_of};

/// An inclusion proof with what it proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    /// The entry.
    pub index: u64,
    /// Size of the tree.
    pub size: u64,
    /// Hash of the entry's leaf.
    pub leaf: Hash,
    /// Hashes from the leaf up.
    pub proof: Vec<Hash>,
    /// Root of the tree.
    pub root: Hash,
}

impl Ledger {
    /// Entries that were superseded when the ledger had `size` entries, each with the correction or withdrawal that
    /// replaced it, sorted by the superseded entry. Each version is replaced at most once.
    pub async fn superseded(&self, size: u64) -> Result<Vec<(u64, u64)>, LedgerError> {
        let mut view = self.view().await?;
        let mut pairs: Vec<(u64, u64)> = versions(&mut view.tx.conn(), size.min(view.known.size))
            .await?
            .into_iter()
            .map(|version| (version.replaces, version.entry))
            .collect();
        pairs.sort_unstable();
        Ok(pairs)
    }

    /// Number of entries that the ledger had at `time`: those taken at or before it.
    pub async fn size_at(&self, time: Timestamp) -> Result<u64, LedgerError> {
        let mut view = self.view().await?;
        let at = time.as_microsecond();
        // Times never go back, so the first later entry can be searched: the bundle, then the place in it.
        let (mut low, mut high) = (0, view.known.size.div_ceil(WIDTH));
        while low < high {
            let middle = u64::midpoint(low, high);
            if self.times(&mut view, middle).await?.first().is_some_and(|first| *first <= at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let Some(n) = low.checked_sub(1) else { return Ok(0) };
        let times = self.times(&mut view, n).await?;
        Ok(n * WIDTH + times.partition_point(|each| *each <= at) as u64)
    }

    async fn times(&self, view: &mut View, n: u64) -> Result<Vec<i64>, LedgerError> {
        let read = self.inner.bundle(&mut view.tx.conn(), &view.known, n).await;
        let (bundle, count) = self.inner.note(read)?;
        let times = bundle.leaves().take(count).map(|leaf| Leaf::parse(leaf).ok().map(|leaf| leaf.at));
        times.collect::<Option<_>>().ok_or_else(|| LedgerError::damage("ZH4113", n * WIDTH, "not an entry"))
    }

    /// Leaf hashes of the bundles that hold the leaves below these sizes, for proofs.
    async fn opened(&self, view: &mut View, places: &[u64]) -> Result<Vec<(u64, Vec<Hash>)>, LedgerError> {
        let mut bundles = Vec::new();
        for n in places.iter().map(|place| place / WIDTH) {
            if n < view.known.size.div_ceil(WIDTH) && !bundles.iter().any(|(each, _)| *each == n) {
                let read = self.inner.bundle(&mut view.tx.conn(), &view.known, n).await;
                let (bundle, count) = self.inner.note(read)?;
                let mut hashes = bundle.hashes();
                hashes.truncate(count);
                bundles.push((n, hashes));
            }
        }
        Ok(bundles)
    }

    /// Root of the first `size` entries.
    pub async fn root_at(&self, size: u64) -> Result<Hash, LedgerError> {
        let mut view = self.view().await?;
        let bundles = self.opened(&mut view, &[size]).await?;
        root_of(&Opened { spine: &view.known.spine, bundles }, size)
            .ok_or_else(|| beyond(size, view.known.size))
    }

    /// Proves that entry `index` is among the first `size` entries.
    pub async fn prove_inclusion(&self, index: u64, size: u64) -> Result<Inclusion, LedgerError> {
        let mut view = self.view().await?;
        let top = view.known.size;
        if size > top {
            return Err(beyond(size, top));
        }
        if index >= size {
            return Err(Diagnostic::error("ZH4034").arg("entry", index).arg("size", size).into());
        }
        let bytes = self.inner.note(self.inner.leaf(&mut view.tx.conn(), &view.known, index).await)?;
        let bundles = self.opened(&mut view, &[index, size]).await?;
        let nodes = Opened { spine: &view.known.spine, bundles };
        match (inclusion_proof(&nodes, index, size), root_of(&nodes, size)) {
            (Some(proof), Some(root)) => Ok(Inclusion { index, size, leaf: leaf_hash(&bytes), proof, root }),
            _ => Err(LedgerError::damage("ZH4104", index, "a node is missing")),
        }
    }

    /// Proves that the first `old` entries are the beginning of the first `new` ones.
    pub async fn prove_consistency(&self, old: u64, new: u64) -> Result<Vec<Hash>, LedgerError> {
        let mut view = self.view().await?;
        let bundles = self.opened(&mut view, &[old, new]).await?;
        if new > view.known.size || old > new {
            return Err(beyond(old.max(new), view.known.size));
        }
        consistency_proof(&Opened { spine: &view.known.spine, bundles }, old, new)
            .ok_or_else(|| LedgerError::damage("ZH4104", old, "a node is missing"))
    }
}

fn beyond(size: u64, top: u64) -> LedgerError {
    Diagnostic::error("ZH4050").arg("size", size).arg("top", top).into()
}
