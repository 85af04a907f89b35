//! Corrections and withdrawals inside a commit: alone, or with whatever else the commit writes.

use zhiheng_base::Diagnostic;
use zhiheng_base::draft::Draft;

use super::natural::{commits_to, holds, prefix, same_record, stated_fields, submit_entry};
use super::read::latest_of;
use super::seen::Seen;
use super::writer::Writer;
use crate::entry::EntryKind;
use crate::error::LedgerError;
use crate::leaf::{Envelope, LEAF_MAX, Leaf, natural_key};
use crate::store::projections::{TypeCount, Version, add_tally, put_version, version_at};
use crate::store::secrets::{Secret, put_personal};
use crate::verify::Hash;

/// Who changes a record, why, and on what ground.
pub(super) struct Ground<'a> {
    /// The newest version must still be this entry.
    pub(super) expected: Option<u64>,
    pub(super) by: &'a str,
    pub(super) reason: &'a str,
    /// The case event of which it is an effect.
    pub(super) cause: Option<u64>,
}

/// What became of a change.
pub(super) enum Change {
    /// It is this entry.
    Written(u64),
    /// Nothing was written: this entry says the same already.
    Standing(u64),
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

    fn latest(&self) -> u64 {
        self.latest.map_or(self.first, |version| version.entry)
    }
}

/// Replaces the record of which entry `index` is a version by `draft`.
pub(super) async fn correct(
    writer: &mut Writer,
    index: u64,
    draft: Draft,
    ground: &Ground<'_>,
) -> Result<Change, LedgerError> {
    let record = record(writer, index).await?;
    let latest = record.latest();
    check_expected(index, ground.expected, latest)?;
    let malformed = |detail: &str| Diagnostic::error("ZH4039").arg("row", 0).arg("detail", detail);
    // The newest version that is a record; below a withdrawal that is what it withdrew.
    let standing = match record.latest {
        Some(version) if version.withdrawn => version.replaces,
        _ => latest,
    };
    let old = leaf_bytes(writer, standing).await?;
    let old = Leaf::parse(&old).map_err(|_| LedgerError::damage("ZH4113", standing, "not an entry"))?;
    if latest == standing
        && same_record(&mut writer.conn(), standing, old.data, &draft.data, &draft.personal).await?
    {
        return Ok(Change::Standing(latest));
    }
    let of = old.of.as_deref().unwrap_or_default();
    let owner = old.submission.as_deref().unwrap_or_default();
    let fields = fields_of(writer, owner).await?;
    if let Some(both) = draft.personal.iter().find(|each| fields.contains(&each.field)) {
        return Err(Diagnostic::error("ZH4038").arg("field", &both.field).into());
    }
    let key = natural_key(of, &draft.data, &fields).map_err(|error| malformed(&error.to_string()))?;
    if !commits_to(&draft.data, &draft.personal) {
        return Err(malformed("personal commitment").into());
    }
    let before =
        natural_key(of, old.data, &fields).map_err(|_| LedgerError::damage("ZH4113", standing, "no key"))?;
    let mask = writer.inner.prefix_mask;
    let moved = prefix(&before, mask) != prefix(&key, mask);
    let mut seen = Seen::default();
    // After a withdrawal another record may have taken the key.
    if before != key || latest != standing {
        check_free(writer, &mut seen, of, &key, record.first).await?;
    }
    let envelope = Envelope {
        at: writer.at,
        by: ground.by,
        cause: ground.cause,
        corrects: Some(latest),
        kind: EntryKind::Correct,
        of: Some(of),
        provenance: old.provenance,
        reason: Some(ground.reason),
        submission: Some(owner),
    };
    let frame = envelope.frame();
    let entry = append(writer, |out| frame.write(out, &draft.data, draft.place.as_ref()))?;
    let version = Version { entry, first: record.first, replaces: latest, withdrawn: false };
    record_version(writer, of, version).await?;
    let rows: Vec<_> = draft.personal.into_iter().map(|each| Secret::new(entry, each)).collect();
    put_personal(&mut writer.conn(), &rows).await?;
    if moved {
        seen.insert(prefix(&key, mask), entry);
        seen.write(&mut writer.conn(), entry, entry + 1).await?;
    }
    Ok(Change::Written(entry))
}

/// Withdraws the record of which entry `index` is a version.
pub(super) async fn withdraw(
    writer: &mut Writer,
    index: u64,
    ground: &Ground<'_>,
) -> Result<Change, LedgerError> {
    let record = record(writer, index).await?;
    if let Some(version) = record.latest.filter(|version| version.withdrawn) {
        return Ok(Change::Standing(version.entry));
    }
    let latest = record.latest();
    check_expected(index, ground.expected, latest)?;
    let old = record.leaf()?;
    let of = old.of.as_deref().unwrap_or_default();
    let envelope = Envelope {
        at: writer.at,
        by: ground.by,
        cause: ground.cause,
        corrects: Some(latest),
        kind: EntryKind::Withdraw,
        of: Some(of),
        provenance: old.provenance,
        reason: Some(ground.reason),
        submission: old.submission.as_deref(),
    };
    let frame = envelope.frame();
    let entry = append(writer, |out| frame.write(out, b"{}", None))?;
    let version = Version { entry, first: record.first, replaces: latest, withdrawn: true };
    record_version(writer, of, version).await?;
    Ok(Change::Written(entry))
}

/// Appends a leaf, or refuses it as too long.
pub(super) fn append(writer: &mut Writer, write: impl FnOnce(&mut Vec<u8>)) -> Result<u64, LedgerError> {
    writer
        .append(write)
        .map_err(|bytes| Diagnostic::error("ZH4032").arg("bytes", bytes).arg("max", LEAF_MAX).into())
}

async fn record(writer: &mut Writer, index: u64) -> Result<Record, LedgerError> {
    let size = writer.size;
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
    writer: &mut Writer,
    seen: &mut Seen,
    of: &str,
    key: &Hash,
    own: u64,
) -> Result<(), LedgerError> {
    let mut found = Vec::new();
    let mask = writer.inner.prefix_mask;
    seen.candidates(&mut writer.conn(), prefix(key, mask), &mut found).await?;
    for candidate in found {
        let chain = latest_of(&mut writer.conn(), candidate).await?;
        let live = match chain {
            Some(version) if version.withdrawn || version.first == own => continue,
            Some(version) => version.entry,
            None => candidate,
        };
        let bytes = leaf_bytes(writer, live).await?;
        let leaf = Leaf::parse(&bytes).map_err(|_| LedgerError::damage("ZH4113", live, "not an entry"))?;
        let fields = fields_of(writer, leaf.submission.as_deref().unwrap_or_default()).await?;
        if holds(&leaf, of, key, &fields) {
            return Err(Diagnostic::error("ZH4037").arg("entry", live).into());
        }
    }
    Ok(())
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
