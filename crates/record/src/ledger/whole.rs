//! Records with their personal values, many at a time, for programs that keep a picture of their own beside the ledger.

use std::ops::Range;

use super::Ledger;
use super::natural::commitment;
use crate::bundle::WIDTH;
use crate::entry::EntryKind;
use crate::error::LedgerError;
use crate::leaf::Leaf;
use crate::scan::members;
use crate::store::{projections, secrets};

/// A record with its personal values, as a program needs it that keeps a picture of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// Its entry.
    pub entry: u64,
    /// What the entry does: a record, a correction or a withdrawal.
    pub kind: EntryKind,
    /// When the ledger took it, in microseconds.
    pub at: i64,
    /// The entry that it corrects or withdraws.
    pub corrects: Option<u64>,
    /// Canonical JSON of its fields.
    pub data: Vec<u8>,
    /// Personal fields and their values, sorted by field; `None` where one was erased.
    pub personal: Vec<(String, Option<String>)>,
}

impl Ledger {
    /// The records of type `of` in `range`, with corrections, withdrawals and personal values, each value checked against the commitment in
    /// its entry. The range is read at once: ask for some thousands of entries at a time.
    pub async fn whole(&self, of: &str, range: Range<u64>) -> Result<Vec<Whole>, LedgerError> {
        let mut view = self.view().await?;
        let end = range.end.min(view.known.size);
        let mut out: Vec<Whole> = Vec::new();
        let mut at = range.start;
        let conn = &mut view.tx.conn();
        while at < end {
            let n = at / WIDTH;
            let (bundle, _) = self.inner.note(self.inner.bundle(conn, &view.known, n).await)?;
            let next = end.min((n + 1) * WIDTH);
            for (index, leaf) in (n * WIDTH..next).zip(bundle.leaves()).skip((at % WIDTH) as usize) {
                let damaged = || LedgerError::damage("ZH4113", index, "not an entry");
                let leaf = self.inner.note(Leaf::parse(leaf).map_err(|_| damaged()))?;
                if leaf.of.as_deref() == Some(of) && is_record(leaf.kind) {
                    out.push(Whole {
                        entry: index,
                        kind: leaf.kind,
                        at: leaf.at,
                        corrects: leaf.corrects,
                        data: leaf.data.to_vec(),
                        personal: Vec::new(),
                    });
                }
            }
            at = next;
        }
        let read = secrets::personal_between(conn, range.start, end).await;
        for secret in self.inner.note(read)? {
            let Ok(place) = out.binary_search_by_key(&secret.entry, |whole| whole.entry) else { continue };
            let whole = &mut out[place];
            let value = if secret.erased.is_some() {
                None
            } else {
                let commitment = commitment(&secret.salt, &secret.value);
                let good = members(&whole.data)
                    .any(|member| member == Ok((secret.field.as_bytes(), commitment.as_bytes())));
                if !good {
                    return self.inner.note(Err(LedgerError::damage("ZH4112", whole.entry, &secret.field)));
                }
                Some(secret.value)
            };
            whole.personal.push((secret.field, value));
        }
        for whole in &mut out {
            whole.personal.sort();
        }
        Ok(out)
    }

    /// The erasures among the entries of `range`: which entry's field each of them erased.
    pub async fn erasures_in(&self, range: Range<u64>) -> Result<Vec<(u64, String)>, LedgerError> {
        let mut view = self.view().await?;
        let all = projections::erasures(&mut view.tx.conn()).await?;
        Ok(all
            .into_iter()
            .filter(|(act, _, _)| range.contains(act))
            .map(|(_, entry, field)| (entry, field))
            .collect())
    }
}

fn is_record(kind: EntryKind) -> bool {
    matches!(kind, EntryKind::Record | EntryKind::Correct | EntryKind::Withdraw)
}
