//! What changes how entries are read, without changing them: corrections, withdrawals, erasures; and the acts of
//! adopting a catalog and releasing a report.

use jiff::Timestamp;
use serde_json::{Value, json};
use zhiheng_base::draft::Draft;
use zhiheng_base::{Diagnostic, canonical};

use super::Ledger;
use super::change::{Change, Ground, append, correct, withdraw};
use super::writer::Writer;
use crate::entry::{EntryKind, Provenance};
use crate::error::LedgerError;
use crate::leaf::Envelope;
use crate::store::projections::{Act, acts, put_act, put_erasure};
use crate::store::secrets;

/// An act in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its entry.
    pub entry: u64,
    /// The signed checkpoint after it, or the present one if nothing was written.
    pub checkpoint: String,
    /// True when the act had been done before and nothing was written now.
    pub repeated: bool,
}

impl Ledger {
    /// Replaces the record of which entry `index` is a version by `draft`, with a reason. With `expected` the newest version
    /// must still be that entry: otherwise ZH4033 names the newer one, and nothing is written. A withdrawn record
    /// comes back by a correction.
    pub async fn correct(
        &self,
        index: u64,
        draft: Draft,
        reason: &str,
        by: &str,
        at: Timestamp,
        expected: Option<u64>,
    ) -> Result<Written, LedgerError> {
        check_reason(reason)?;
        let mut writer = Writer::begin(&self.inner, at.as_microsecond()).await?;
        let work = async {
            let ground = Ground { expected, by, reason, cause: None };
            match correct(&mut writer, index, draft, &ground).await? {
                Change::Written(entry) => commit(writer, entry).await,
                Change::Standing(latest) => Err(Diagnostic::error("ZH4036").arg("entry", latest).into()),
            }
        };
        let done = work.await;
        self.inner.note(done)
    }

    /// Withdraws the record of which entry `index` is a version, with a reason. Withdrawing it again writes
    /// nothing and answers the first withdrawal.
    pub async fn withdraw(
        &self,
        index: u64,
        reason: &str,
        by: &str,
        at: Timestamp,
        expected: Option<u64>,
    ) -> Result<Written, LedgerError> {
        check_reason(reason)?;
        let mut writer = Writer::begin(&self.inner, at.as_microsecond()).await?;
        let work = async {
            let ground = Ground { expected, by, reason, cause: None };
            match withdraw(&mut writer, index, &ground).await? {
                Change::Written(entry) => commit(writer, entry).await,
                Change::Standing(entry) => Ok(repeated(&writer, entry)),
            }
        };
        let done = work.await;
        self.inner.note(done)
    }

    /// Erases a personal value: its salt and text are overwritten, the entry and all proofs stay.
    /// Erasing it again answers the first erasure.
    pub async fn erase(
        &self,
        entry: u64,
        field: &str,
        reason: &str,
        by: &str,
        at: Timestamp,
    ) -> Result<Written, LedgerError> {
        check_reason(reason)?;
        let mut writer = Writer::begin(&self.inner, at.as_microsecond()).await?;
        let work = async {
            let Some(secret) = secrets::personal(&mut writer.conn(), entry, field).await? else {
                return Err(Diagnostic::error("ZH4041").arg("entry", entry).arg("field", field).into());
            };
            if let Some(erased) = secret.erased {
                return Ok(repeated(&writer, erased));
            }
            let data = data_of(&json!({ "entry": entry, "field": field }))?;
            let act = append_act(&mut writer, EntryKind::Erase, by, Some(reason), &data)?;
            secrets::blank_personal(&mut writer.conn(), &secret).await?;
            put_erasure(&mut writer.conn(), act, entry, field).await?;
            commit(writer, act).await
        };
        let written = self.inner.note(work.await)?;
        // Also after an erasure that was interrupted here before.
        for table in ["personal", "personal_pack"] {
            self.inner.db.forget(table).await?;
        }
        Ok(written)
    }

    /// Adopts a catalog by its digest. The digest adopted last is not adopted again. `file` is the SHA-256 of the kept file that
    /// holds the definitions, if they are kept.
    pub async fn adopt(
        &self,
        digest: &str,
        file: Option<&str>,
        by: &str,
        at: Timestamp,
    ) -> Result<Written, LedgerError> {
        let data = match file {
            Some(file) => json!({ "digest": digest, "file": file }),
            None => json!({ "digest": digest }),
        };
        self.act(EntryKind::Adopt, "adopt", digest, data, by, at).await
    }

    /// Records that a report with this hash was released, and what it pins (ledger size, catalog digest, …).
    /// Pins are texts and whole numbers. The report released last is not released again.
    pub async fn release(
        &self,
        hash: &str,
        pins: Value,
        by: &str,
        at: Timestamp,
    ) -> Result<Written, LedgerError> {
        self.act(EntryKind::Release, "release", hash, json!({ "digest": hash, "pins": pins }), by, at).await
    }

    async fn act(
        &self,
        kind: EntryKind,
        name: &str,
        digest: &str,
        data: Value,
        by: &str,
        at: Timestamp,
    ) -> Result<Written, LedgerError> {
        let mut writer = Writer::begin(&self.inner, at.as_microsecond()).await?;
        let work = async {
            let before = acts(&mut writer.conn()).await?.into_iter().rfind(|act| act.kind == name);
            if let Some(act) = before.filter(|act| act.digest == digest) {
                return Ok(repeated(&writer, act.entry));
            }
            let data = data_of(&data)?;
            let entry = append_act(&mut writer, kind, by, None, &data)?;
            let act = Act { entry, kind: name.to_owned(), digest: digest.to_owned() };
            put_act(&mut writer.conn(), &act).await?;
            commit(writer, entry).await
        };
        let done = work.await;
        self.inner.note(done)
    }
}

/// Refuses an empty reason.
pub(super) fn check_reason(reason: &str) -> Result<(), LedgerError> {
    if reason.trim().is_empty() { Err(Diagnostic::error("ZH4040").into()) } else { Ok(()) }
}

fn repeated(writer: &Writer, entry: u64) -> Written {
    Written { entry, checkpoint: writer.before.checkpoint.clone(), repeated: true }
}

/// Closes and commits a writer whose last entry is `entry`.
async fn commit(mut writer: Writer, entry: u64) -> Result<Written, LedgerError> {
    let known = writer.close().await?;
    let checkpoint = known.checkpoint.clone();
    writer.commit(known).await?;
    Ok(Written { entry, checkpoint, repeated: false })
}

/// The canonical bytes of an act's data.
pub(super) fn data_of(value: &Value) -> Result<Vec<u8>, LedgerError> {
    canonical::to_vec(value)
        .map_err(|number| Diagnostic::error("ZH4039").arg("row", 0).arg("detail", number).into())
}

fn append_act(
    writer: &mut Writer,
    kind: EntryKind,
    by: &str,
    reason: Option<&str>,
    data: &[u8],
) -> Result<u64, LedgerError> {
    let envelope = Envelope {
        at: writer.at,
        by,
        cause: None,
        corrects: None,
        kind,
        of: None,
        provenance: Provenance::Reported,
        reason,
        submission: None,
    };
    let frame = envelope.frame();
    append(writer, |out| frame.write(out, data, None))
}
