//! Making the projections again from the entries: the same bytes as before.

use std::collections::VecDeque;

use super::Ledger;
use super::audit::{Audit, NO_KEY};
use super::keys::{Sorted, write_run};
use super::writer::Writer;
use crate::bundle::WIDTH;
use crate::error::LedgerError;
use crate::leaf::Leaf;
use crate::store::projections::{add_tally, clear, put_act, put_erasure, put_file, put_version};

/// Pairs that are sorted at once.
const PART: usize = 14_000_000;

impl Ledger {
    /// Deletes keys, versions, counts, files, acts, cases and the list of erasures, and derives them again from the entries, in one transaction.
    /// Entries, receipts and personal values are not touched. `progress` is told the entries done and all.
    pub async fn rebuild(&self, mut progress: impl FnMut(u64, u64)) -> Result<(), LedgerError> {
        let mut writer = Writer::begin(&self.inner, i64::MIN).await?;
        let work = async {
            let known = std::sync::Arc::clone(&writer.before);
            let mut audit = Audit::new(self.inner.prefix_mask, known.size);
            for n in 0..known.size.div_ceil(WIDTH) {
                let (bundle, count) = self.inner.bundle(&mut writer.conn(), &known, n).await?;
                for (index, bytes) in (n * WIDTH..).zip(bundle.leaves().take(count)) {
                    let leaf = Leaf::parse(bytes)
                        .map_err(|_| LedgerError::damage("ZH4113", index, "not an entry"))?;
                    if audit.open.is_some() && !audit.continues(&leaf) {
                        audit.end();
                    }
                    audit
                        .take(index, &leaf)
                        .map_err(|(code, detail)| LedgerError::damage(code, index, detail))?;
                }
                progress(n * WIDTH + count as u64, known.size);
            }
            audit.end();
            let conn = &mut writer.conn();
            clear(conn).await?;
            for (low, high, _) in &audit.layout.runs {
                let mut parts = VecDeque::new();
                let mut pairs = Vec::new();
                for entry in *low..*high {
                    let prefix = audit.prefixes[entry as usize];
                    if prefix != NO_KEY {
                        pairs.push((prefix, entry));
                    }
                    if pairs.len() == PART {
                        parts.push_back(Sorted::from_pairs(std::mem::take(&mut pairs)));
                    }
                }
                parts.push_back(Sorted::from_pairs(pairs));
                write_run(conn, *low, *high, parts.make_contiguous()).await?;
            }
            for version in &audit.versions {
                put_version(conn, *version).await?;
            }
            for tally in audit.tallies.values() {
                add_tally(conn, tally).await?;
            }
            for file in &audit.files {
                put_file(conn, file).await?;
            }
            for (act, entry, field) in &audit.erased {
                put_erasure(conn, *act, *entry, field).await?;
            }
            for act in &audit.acts {
                put_act(conn, act).await?;
            }
            audit.cases.write(conn).await?;
            writer.commit((*known).clone()).await
        };
        let done = work.await;
        self.inner.note(done)
    }
}
