//! What changes how entries are read, without changing them: corrections, withdrawals, erasures; and the acts of
//! adopting a catalog and releasing a report.

use jiff::Timestamp;
use serde_json::{Value, json};
use zhiheng_base::draft::Draft;
use zhiheng_base::{Diagnostic, canonical};

use super::Ledger;
use super::natural::{commits_to, holds, prefix, same_record, stated_fields, submit_entry};
use super::read::latest_of;
use super::seen::Seen;
use super::writer::Writer;
use crate::entry::{EntryKind, Provenance};
use crate::error::LedgerError;
use crate::leaf::{Envelope, LEAF_MAX, Leaf, natural_key};
use crate::store::projections::{
    Act, TypeCount, Version, acts, add_tally, put_act, put_erasure, put_version, version_at,
};
use crate::store::tree;
use crate::verify::Hash;

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

/// A record entry as it is needed for a successor.
struct Record {
    bytes: Vec<u8>,
    first: u64,
    latest: Option<Version>,
}

impl Record {
    fn leaf(&self) -> Result<Leaf<'_>, LedgerError> {
        Leaf::parse(&self.bytes).map_err(|_| LedgerError::damage("ZH4113", self.first, "not an entry"))
    }
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
            let record = self.record(&mut writer, index).await?;
            let latest = record.latest.map_or(record.first, |version| version.entry);
            check_expected(index, expected, latest)?;
            let malformed = |detail: &str| Diagnostic::error("ZH4039").arg("row", 0).arg("detail", detail);
            // The newest version that is a record; below a withdrawal that is what it withdrew.
            let standing = match record.latest {
                Some(version) if version.withdrawn => version.replaces,
                _ => latest,
            };
            let old = leaf_bytes(&mut writer, standing).await?;
            let old =
                Leaf::parse(&old).map_err(|_| LedgerError::damage("ZH4113", standing, "not an entry"))?;
            if latest == standing
                && same_record(&mut writer.conn(), standing, old.data, &draft.data, &draft.personal).await?
            {
                return Err(Diagnostic::error("ZH4036").arg("entry", latest).into());
            }
            let of = old.of.as_deref().unwrap_or_default();
            let owner = old.submission.as_deref().unwrap_or_default();
            let fields = fields_of(&mut writer, owner).await?;
            if let Some(both) = draft.personal.iter().find(|each| fields.contains(&each.field)) {
                return Err(Diagnostic::error("ZH4038").arg("field", &both.field).into());
            }
            let key = natural_key(of, &draft.data, &fields).map_err(|error| malformed(&error.to_string()))?;
            if !commits_to(&draft.data, &draft.personal) {
                return Err(malformed("personal commitment").into());
            }
            let before = natural_key(of, old.data, &fields)
                .map_err(|_| LedgerError::damage("ZH4113", standing, "no key"))?;
            let mask = self.inner.prefix_mask;
            let moved = prefix(&before, mask) != prefix(&key, mask);
            let mut seen = Seen::default();
            // After a withdrawal another record may have taken the key.
            if before != key || latest != standing {
                self.check_free(&mut writer, &mut seen, of, &key, record.first).await?;
            }
            let envelope = Envelope {
                at: writer.at,
                by,
                corrects: Some(latest),
                kind: EntryKind::Correct,
                of: Some(of),
                provenance: old.provenance,
                reason: Some(reason),
                submission: Some(owner),
            };
            let frame = envelope.frame();
            let entry = append(&mut writer, |out| frame.write(out, &draft.data, draft.place.as_ref()))?;
            let known = writer.close().await?;
            let version = Version { entry, first: record.first, replaces: latest, withdrawn: false };
            record_version(&mut writer, of, version).await?;
            let rows: Vec<_> = draft.personal.iter().cloned().map(|each| (entry, each)).collect();
            tree::put_personal(&mut writer.conn(), &rows).await?;
            if moved {
                seen.insert(prefix(&key, mask), entry);
                seen.write(&mut writer.conn(), entry, known.size).await?;
            }
            finish(writer, known, entry).await
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
            let record = self.record(&mut writer, index).await?;
            if let Some(version) = record.latest.filter(|version| version.withdrawn) {
                return Ok(repeated(&writer, version.entry));
            }
            let latest = record.latest.map_or(record.first, |version| version.entry);
            check_expected(index, expected, latest)?;
            let old = record.leaf()?;
            let of = old.of.as_deref().unwrap_or_default();
            let envelope = Envelope {
                at: writer.at,
                by,
                corrects: Some(latest),
                kind: EntryKind::Withdraw,
                of: Some(of),
                provenance: old.provenance,
                reason: Some(reason),
                submission: old.submission.as_deref(),
            };
            let frame = envelope.frame();
            let entry = append(&mut writer, |out| frame.write(out, b"{}", None))?;
            let known = writer.close().await?;
            let version = Version { entry, first: record.first, replaces: latest, withdrawn: true };
            record_version(&mut writer, of, version).await?;
            finish(writer, known, entry).await
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
            let Some(secret) = tree::personal(&mut writer.conn(), entry, field).await? else {
                return Err(Diagnostic::error("ZH4041").arg("entry", entry).arg("field", field).into());
            };
            if let Some(erased) = secret.erased {
                return Ok(repeated(&writer, erased));
            }
            let data = data_of(&json!({ "entry": entry, "field": field }))?;
            let act = append_act(&mut writer, EntryKind::Erase, by, Some(reason), &data)?;
            let known = writer.close().await?;
            tree::blank_personal(&mut writer.conn(), &secret).await?;
            put_erasure(&mut writer.conn(), act, entry, field).await?;
            finish(writer, known, act).await
        };
        let written = self.inner.note(work.await)?;
        // Also after an erasure that was interrupted here before.
        self.inner.db.forget_erased().await?;
        Ok(written)
    }

    /// Adopts a catalog by its digest. The digest adopted last is not adopted again.
    pub async fn adopt(&self, digest: &str, by: &str, at: Timestamp) -> Result<Written, LedgerError> {
        self.act(EntryKind::Adopt, "adopt", digest, json!({ "digest": digest }), by, at).await
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
            let known = writer.close().await?;
            let act = Act { entry, kind: name.to_owned(), digest: digest.to_owned() };
            put_act(&mut writer.conn(), &act).await?;
            finish(writer, known, entry).await
        };
        let done = work.await;
        self.inner.note(done)
    }

    async fn record(&self, writer: &mut Writer, index: u64) -> Result<Record, LedgerError> {
        let size = writer.before.size;
        if index >= size {
            return Err(Diagnostic::error("ZH4034").arg("entry", index).arg("size", size).into());
        }
        let first = version_at(&mut writer.conn(), index).await?.map_or(index, |version| version.first);
        let bytes = leaf_bytes(writer, first).await?;
        let latest = latest_of(&mut writer.conn(), first).await?;
        let record = Record { bytes, first, latest };
        if record.leaf()?.kind == EntryKind::Record {
            Ok(record)
        } else {
            Err(Diagnostic::error("ZH4035").arg("entry", index).into())
        }
    }

    /// Refuses a correction that would take the natural key of another record.
    async fn check_free(
        &self,
        writer: &mut Writer,
        seen: &mut Seen,
        of: &str,
        key: &Hash,
        own: u64,
    ) -> Result<(), LedgerError> {
        let mut found = Vec::new();
        seen.candidates(&mut writer.conn(), prefix(key, self.inner.prefix_mask), &mut found).await?;
        for candidate in found {
            let chain = latest_of(&mut writer.conn(), candidate).await?;
            let live = match chain {
                Some(version) if version.withdrawn || version.first == own => continue,
                Some(version) => version.entry,
                None => candidate,
            };
            let bytes = leaf_bytes(writer, live).await?;
            let leaf =
                Leaf::parse(&bytes).map_err(|_| LedgerError::damage("ZH4113", live, "not an entry"))?;
            let fields = fields_of(writer, leaf.submission.as_deref().unwrap_or_default()).await?;
            if holds(&leaf, of, key, &fields) {
                return Err(Diagnostic::error("ZH4037").arg("entry", live).into());
            }
        }
        Ok(())
    }
}

fn check_reason(reason: &str) -> Result<(), LedgerError> {
    if reason.trim().is_empty() { Err(Diagnostic::error("ZH4040").into()) } else { Ok(()) }
}

fn check_expected(index: u64, expected: Option<u64>, latest: u64) -> Result<(), LedgerError> {
    match expected {
        Some(expected) if expected != latest => Err(Diagnostic::error("ZH4033")
            .arg("entry", index)
            .arg("expected", expected)
            .arg("latest", latest)
            .into()),
        _ => Ok(()),
    }
}

fn repeated(writer: &Writer, entry: u64) -> Written {
    Written { entry, checkpoint: writer.before.checkpoint.clone(), repeated: true }
}

async fn finish(writer: Writer, known: super::known::Known, entry: u64) -> Result<Written, LedgerError> {
    let checkpoint = known.checkpoint.clone();
    writer.commit(known).await?;
    Ok(Written { entry, checkpoint, repeated: false })
}

async fn leaf_bytes(writer: &mut Writer, index: u64) -> Result<Vec<u8>, LedgerError> {
    let (bundle, place) = writer.bundle_of(index).await?;
    bundle.leaf(place).map(<[u8]>::to_vec).ok_or_else(|| LedgerError::damage("ZH4102", index, "no such leaf"))
}

async fn fields_of(writer: &mut Writer, submission: &str) -> Result<Vec<String>, LedgerError> {
    let submit = submit_entry(&mut writer.conn(), submission).await?;
    let bytes = leaf_bytes(writer, submit).await?;
    Leaf::parse(&bytes)
        .ok()
        .and_then(|leaf| stated_fields(&leaf))
        .ok_or_else(|| LedgerError::damage("ZH4113", submit, "not a submission"))
}

fn data_of(value: &Value) -> Result<Vec<u8>, LedgerError> {
    canonical::to_vec(value)
        .map_err(|number| Diagnostic::error("ZH4039").arg("row", 0).arg("detail", number).into())
}

fn append(writer: &mut Writer, write: impl FnOnce(&mut Vec<u8>)) -> Result<u64, LedgerError> {
    writer
        .append(write)
        .map_err(|bytes| Diagnostic::error("ZH4032").arg("bytes", bytes).arg("max", LEAF_MAX).into())
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

/// Adds a version to the links and counts.
async fn record_version(writer: &mut Writer, of: &str, version: Version) -> Result<(), LedgerError> {
    let conn = &mut writer.conn();
    put_version(conn, version).await?;
    let withdrawn = u64::from(version.withdrawn);
    let tally = TypeCount {
        of: of.to_owned(),
        corrections: 1 - withdrawn,
        withdrawals: withdrawn,
        ..TypeCount::default()
    };
    add_tally(conn, &tally).await?;
    Ok(())
}
