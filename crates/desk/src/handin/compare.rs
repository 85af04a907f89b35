//! What the ledger has of a draft's rows already: a submission that is begun and never committed tells.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use zhiheng_base::Diagnostic;
use zhiheng_base::draft::Draft;
use zhiheng_measure::engine::records::Standing;
use zhiheng_record::{Begun, EntryKind, Ledger, Outcome, Submission};

use super::spool::Reader;
use crate::trouble::Trouble;

/// Rows that are looked at together.
pub(super) const TOGETHER: usize = 2_000;

/// Most corrections and withdrawals of one hand-in: they are one transaction with the step of the case.
pub(super) const CHANGES_MAX: usize = 20_000;

/// Counts of a comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Rows that the ledger has not.
    pub new: u64,
    /// Rows that it has as they are.
    pub same: u64,
    /// Rows that it has, corrected since: the correction stands.
    pub older: u64,
    /// Rows that it has with other content: they correct it.
    pub changed: u64,
    /// Rows that were withdrawn and come back.
    pub back: u64,
    /// Records of the last hand-in that are not among the rows.
    pub missing: u64,
}

impl Compared {
    /// Records that would be corrected.
    pub fn changes(&self) -> u64 {
        self.changed + self.back
    }

    /// Whether the ledger would get anything from it.
    pub fn brings(&self) -> bool {
        self.new + self.changes() > 0
    }
}

/// A row that corrects a record.
#[derive(Clone, Debug)]
pub(super) struct Correction {
    /// A version of the record.
    pub entry: u64,
    /// The row.
    pub draft: Draft,
}

/// What a comparison found.
#[derive(Clone, Debug, Default)]
pub(super) struct Differences {
    pub counts: Compared,
    pub corrections: Vec<Correction>,
    /// Newest versions of records that are missing.
    pub missing: Vec<u64>,
}

/// Compares the rows at `spool` with the ledger. `own` are the records that earlier hand-ins of this return brought, as they stand.
///
/// Errors: ZH7308 more changes than one hand-in may make, and those of the ledger and the disk.
pub(super) async fn differences(
    ledger: &Ledger,
    submission: &Submission,
    spool: &Path,
    own: &[Standing],
) -> Result<Differences, Trouble> {
    let mut found = Differences::default();
    // (entry, row): what becomes of them is looked up when the writer is free again.
    let mut there: Vec<(u64, Draft)> = Vec::new();
    let mut keys = BTreeSet::new();
    let asked = Submission { id: format!("?{}", submission.id), ..submission.clone() };
    let size = ledger.size().await?;
    let superseded = ledger.superseded(size).await?;
    let replaced = |entry: u64| superseded.binary_search_by_key(&entry, |pair| pair.0).is_ok();
    if let Begun::Fresh(mut appender) = ledger.begin(asked).await? {
        let mut rows = Reader::open(spool)?;
        loop {
            let drafts = rows.next(TOGETHER)?;
            if drafts.is_empty() {
                break;
            }
            for draft in &drafts {
                keys.insert(key_of(&submission.key, &serde_json::from_slice(&draft.data)?));
            }
            let outcomes = appender.push(drafts.clone()).await?;
            for (outcome, draft) in outcomes.into_iter().zip(drafts) {
                match outcome {
                    Outcome::New(_) => found.counts.new += 1,
                    Outcome::Same(entry) if !replaced(entry) => found.counts.same += 1,
                    Outcome::Same(entry) => there.push((entry, draft)),
                    Outcome::Different(entry) => {
                        found.counts.changed += 1;
                        found.corrections.push(Correction { entry, draft });
                    }
                    Outcome::TooLong(_) => {
                        let row = draft.place.map_or(0, |place| place.row);
                        let problem = outcome.diagnostic(0).unwrap_or_else(|| Diagnostic::error("ZH7307"));
                        return Err(problem.arg("row", row).into());
                    }
                }
                if found.corrections.len() + there.len() > CHANGES_MAX {
                    return Err(Diagnostic::error("ZH7308").arg("most", CHANGES_MAX).into());
                }
            }
        }
        appender.rollback();
    }
    for (entry, draft) in there {
        let latest = ledger.latest(entry).await?;
        let newest = ledger.entry(latest).await?;
        if newest.kind == EntryKind::Withdraw {
            found.counts.back += 1;
            found.corrections.push(Correction { entry, draft });
        } else {
            let data: Json = serde_json::from_slice(&draft.data)?;
            if newest.data == data { found.counts.same += 1 } else { found.counts.older += 1 }
        }
    }
    let missing = own.iter().filter(|one| !keys.contains(&key_of(&submission.key, &one.data)));
    found.missing = missing.map(|one| one.entry).collect();
    found.counts.missing = found.missing.len() as u64;
    Ok(found)
}

/// The natural key as text.
fn key_of(fields: &[String], data: &Map<String, Json>) -> String {
    let parts: Vec<&Json> = fields.iter().map(|field| data.get(field).unwrap_or(&Json::Null)).collect();
    serde_json::to_string(&parts).unwrap_or_default()
}
