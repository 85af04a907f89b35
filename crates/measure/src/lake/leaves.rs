//! Where leaves come from. The lake needs of a ledger only its size and its leaves in order.

use std::ops::Range;

use zhiheng_base::Diagnostic;

/// Leaves in a row: canonical JSON of entries, the first one at index `first`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundle {
    /// Index of the first leaf.
    pub first: u64,
    /// Leaf bytes, in order.
    pub leaves: Vec<Vec<u8>>,
}

/// A ledger as the lake sees it.
pub trait Leaves: Sync {
    /// Number of entries.
    fn size(&self) -> impl Future<Output = Result<u64, Diagnostic>> + Send;

    /// The leaves of `range` (within the size) in bundles of any length, in order and without gaps.
    /// May answer fewer bundles than asked for, but at least one; the caller asks again for the rest.
    fn read(&self, range: Range<u64>) -> impl Future<Output = Result<Vec<Bundle>, Diagnostic>> + Send;
}

/// Leaves in memory, for tests, examples in the catalog and benchmarks.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// All leaves, the first one at index 0.
    pub leaves: Vec<Vec<u8>>,
}

/// Leaves per bundle of [`Memory`].
const MEMORY_BUNDLE: u64 = 4096;

impl Leaves for Memory {
    async fn size(&self) -> Result<u64, Diagnostic> {
        Ok(self.leaves.len() as u64)
    }

    async fn read(&self, range: Range<u64>) -> Result<Vec<Bundle>, Diagnostic> {
        let end = range.end.min(self.leaves.len() as u64).min(range.start + MEMORY_BUNDLE);
        let leaves = self.leaves.get(range.start as usize..end as usize).unwrap_or_default();
        Ok(vec![Bundle { first: range.start, leaves: leaves.to_vec() }])
    }
}
