//! Who handed in which records of a type, without their contents.

use std::ops::Range;

use futures::TryStreamExt as _;

use super::Ledger;
use crate::entry::EntryKind;
use crate::error::LedgerError;
use crate::leaf::Leaf;

impl Ledger {
    /// Runs of records of type `of` in `range` that one sender handed in, with the sender, in order. Corrections belong to who
    /// corrected.
    pub async fn senders(
        &self,
        of: &str,
        range: Range<u64>,
    ) -> Result<Vec<(Range<u64>, String)>, LedgerError> {
        let mut out: Vec<(Range<u64>, String)> = Vec::new();
        let mut bundles = std::pin::pin!(self.leaves(range));
        while let Some((first, leaves)) = bundles.try_next().await? {
            for (entry, leaf) in (first..).zip(&leaves) {
                let leaf =
                    Leaf::parse(leaf).map_err(|_| LedgerError::damage("ZH4113", entry, "not an entry"))?;
                let is_record = matches!(leaf.kind, EntryKind::Record | EntryKind::Correct);
                if !is_record || leaf.of.as_deref() != Some(of) {
                    continue;
                }
                match out.last_mut() {
                    Some((run, by)) if run.end == entry && *by == leaf.by => run.end += 1,
                    _ => out.push((entry..entry + 1, leaf.by.into_owned())),
                }
            }
        }
        Ok(out)
    }
}
