//! The records of a submission on their way into a commit: which are new, which are there already, which are refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use zhiheng_base::Diagnostic;
use zhiheng_base::draft::Draft;

use super::append::{Counts, Outcome};
use super::known::Known;
use super::natural::{KeyFields, commits_to, holds, prefix, same_record, stated_fields, submit_entry};
use super::receipt::{fingerprint, listed, read_receipt, receipt_text, submit_data};
use super::seen::Seen;
use super::writer::Writer;
use crate::entry::{EntryKind, Receipt, Submission};
use crate::error::LedgerError;
use crate::leaf::{Envelope, Frame, Leaf, natural_key, provenance_name};
use crate::pack::{Pack, Salts};
use crate::store::projections::{TypeCount, Version, add_tally, put_file, versions, versions_of};
use crate::store::secrets::{Secret, put_pack, put_personal};
use crate::store::tree::{self, Taken};
use crate::verify::hash::sha256;
use crate::verify::{Hash, to_hex};

/// Hits after which all corrections are read at once instead of one record's at a time.
const MANY_HITS: usize = 64;

/// What became of [`Taking::begin`].
#[expect(clippy::large_enum_variant, reason = "made once a submission")]
pub(super) enum Started {
    /// This submission was taken before: its receipt, marked as repeated.
    Repeated(Receipt),
    /// It is new.
    Fresh(Taking),
}

/// A submission being taken.
pub(super) struct Taking {
    seen: Seen,
    submission: Submission,
    frame: Frame,
    keys: Arc<[String]>,
    pub(super) first: u64,
    pub(super) counts: Counts,
    /// Salted values that are not yet written.
    personal: Vec<Secret>,
    /// Where they go instead, while records are taken whose salts are of one seed.
    pack: Option<Pack>,
    fields: KeyFields,
    hits: usize,
    /// Corrections by their first record, once there were many hits.
    corrected: Option<BTreeMap<u64, Vec<Version>>>,
    found: Vec<u64>,
}

impl Taking {
    /// Begins a submission in `writer`, or finds that it was taken before; `cause` is the case event of which it is an
    /// effect.
    pub(super) async fn begin(
        writer: &mut Writer,
        submission: Submission,
        cause: Option<u64>,
    ) -> Result<Started, LedgerError> {
        let body = fingerprint(&submission.of, provenance_name(submission.provenance), &submission.body);
        if let Some(taken) = tree::submission(&mut writer.conn(), &submission.id).await? {
            if taken.body != body {
                let refused = Diagnostic::error("ZH4030").arg("id", &submission.id).arg("entry", taken.first);
                return Err(refused.into());
            }
            let inner = Arc::clone(&writer.inner);
            let mut receipt = inner.note(read_receipt(&taken))?;
            receipt.repeated = true;
            return Ok(Started::Repeated(receipt));
        }
        let envelope = |kind, cause| Envelope {
            at: writer.at,
            by: &submission.by,
            cause,
            corrects: None,
            kind,
            of: Some(&submission.of),
            provenance: submission.provenance,
            reason: None,
            submission: Some(&submission.id),
        };
        let submit = envelope(EntryKind::Submit, cause).frame();
        let frame = envelope(EntryKind::Record, None).frame();
        let data = submit_data(&submission)?;
        let first = writer.append(|out| submit.write(out, &data, None)).map_err(|bytes| {
            Diagnostic::error("ZH4032").arg("bytes", bytes).arg("max", crate::leaf::LEAF_MAX)
        })?;
        Ok(Started::Fresh(Taking {
            seen: Seen::default(),
            keys: submission.key.clone().into(),
            submission,
            frame,
            first,
            counts: Counts::default(),
            personal: Vec::new(),
            pack: None,
            fields: KeyFields::default(),
            hits: 0,
            corrected: None,
            found: Vec::new(),
        }))
    }

    pub(super) async fn settle(&mut self, writer: &mut Writer) -> Result<(), LedgerError> {
        writer.settle().await?;
        if self.personal.len() > 4000 {
            self.write_personal(writer).await?;
        }
        Ok(())
    }

    async fn write_personal(&mut self, writer: &mut Writer) -> Result<(), LedgerError> {
        let rows = std::mem::take(&mut self.personal);
        put_personal(&mut writer.conn(), &rows).await?;
        Ok(())
    }

    /// The salted values of the records that come next go into one pack.
    pub(super) fn begin_pack(&mut self, salts: &Salts) {
        self.pack = Some(Pack::new(salts));
    }

    /// Writes the pack.
    pub(super) async fn end_pack(&mut self, writer: &mut Writer) -> Result<(), LedgerError> {
        match self.pack.take() {
            Some(pack) => put_pack(&mut writer.conn(), pack).await,
            None => Ok(()),
        }
    }

    /// Makes sure that what was taken so far can be looked up. A pack ends by it, and so does its seed: two rows in the database that
    /// hold one seed could not be erased one by one. What would have gone into it becomes rows.
    async fn show_personal(&mut self, writer: &mut Writer) -> Result<(), LedgerError> {
        if let Some(pack) = self.pack.take() {
            self.personal.extend(pack.into_rows());
        }
        self.write_personal(writer).await
    }

    /// Takes a draft.
    pub(super) async fn take(&mut self, writer: &mut Writer, draft: Draft) -> Result<Outcome, LedgerError> {
        let malformed = |detail: String| {
            let row = draft.place.as_ref().map_or(0, |place| place.row);
            LedgerError::from(Diagnostic::error("ZH4039").arg("row", row).arg("detail", detail))
        };
        let key = natural_key(&self.submission.of, &draft.data, &self.keys)
            .map_err(|error| malformed(error.to_string()))?;
        if let Some(both) = draft.personal.iter().find(|each| self.keys.contains(&each.field)) {
            return Err(Diagnostic::error("ZH4038").arg("field", &both.field).into());
        }
        if !commits_to(&draft.data, &draft.personal) {
            return Err(malformed("personal commitment".to_owned()));
        }
        let salts = draft.personal.iter().map(|each| &each.salt);
        let claimed = match &mut self.pack {
            Some(pack) => Some(pack.claim(salts).ok_or_else(|| malformed("salt".to_owned()))?),
            None => None,
        };
        let prefix = prefix(&key, writer.inner.prefix_mask);
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        self.seen.candidates(&mut writer.conn(), prefix, &mut found).await?;
        let mut standing = None;
        for candidate in &found {
            match self.standing(writer, *candidate, &key, &draft).await? {
                Some(Outcome::Same(entry)) => {
                    standing = Some(Outcome::Same(entry));
                    break;
                }
                Some(other) => standing = Some(other),
                None => {}
            }
        }
        self.found = found;
        if let Some(outcome) = standing {
            match outcome {
                Outcome::Same(_) => self.counts.same += 1,
                _ => self.counts.different += 1,
            }
            return Ok(outcome);
        }
        let (frame, data, place) = (&self.frame, &draft.data, draft.place.as_ref());
        match writer.append(|out| frame.write(out, data, place)) {
            Ok(index) => {
                self.seen.insert(prefix, index);
                for (place, each) in (0..).zip(draft.personal) {
                    match (&mut self.pack, claimed) {
                        (Some(pack), Some(first)) => pack.add(index, first + place, each.field, each.value),
                        _ => self.personal.push(Secret::new(index, each)),
                    }
                }
                self.counts.new += 1;
                Ok(Outcome::New(index))
            }
            Err(bytes) => {
                self.counts.too_long += 1;
                Ok(Outcome::TooLong(bytes))
            }
        }
    }

    /// How a draft stands to the entry `candidate`, which has its key's prefix; `None` if it does not hold the key.
    async fn standing(
        &mut self,
        writer: &mut Writer,
        candidate: u64,
        key: &Hash,
        draft: &Draft,
    ) -> Result<Option<Outcome>, LedgerError> {
        // The same type and data have the same key: most rows that are handed in again end here.
        let (bundle, place) = writer.bundle_of(candidate).await?;
        let same = bundle.leaf(place).and_then(|leaf| Leaf::parse(leaf).ok()).is_some_and(|leaf| {
            matches!(leaf.kind, EntryKind::Record | EntryKind::Correct)
                && leaf.of.as_deref() == Some(self.submission.of.as_str())
                && leaf.data == draft.data
        });
        if same {
            return Ok(Some(Outcome::Same(candidate)));
        }
        let holds = self.holds_key(writer, candidate, key).await?;
        let chain = self.chain(writer, candidate).await?;
        // A correction that moved the key to one with the same prefix is found under the record it corrects.
        if !holds {
            let Some(last) = chain.last() else { return Ok(None) };
            if last.withdrawn || !self.holds_key(writer, last.entry, key).await? {
                return Ok(None);
            }
        }
        let first = chain.first().map_or(candidate, |version| version.first);
        // Equal to any version: a file handed in again undoes neither corrections nor withdrawals.
        for entry in
            std::iter::once(first).chain(chain.iter().filter(|each| !each.withdrawn).map(|each| each.entry))
        {
            if !draft.personal.is_empty() {
                self.show_personal(writer).await?;
            }
            let (bundle, place) = writer.bundle_of(entry).await?;
            let old = bundle.leaf(place).and_then(|leaf| Leaf::parse(leaf).ok());
            let old = old.ok_or_else(|| LedgerError::damage("ZH4113", entry, "not an entry"))?;
            if same_record(&mut writer.conn(), entry, old.data, &draft.data, &draft.personal).await? {
                return Ok(Some(Outcome::Same(entry)));
            }
        }
        match chain.last() {
            None => Ok(Some(Outcome::Different(candidate))),
            Some(last) if last.withdrawn => Ok(None),
            Some(last) if self.holds_key(writer, last.entry, key).await? => {
                Ok(Some(Outcome::Different(last.entry)))
            }
            Some(_) => Ok(None),
        }
    }

    async fn holds_key(&mut self, writer: &mut Writer, entry: u64, key: &Hash) -> Result<bool, LedgerError> {
        let (bundle, place) = writer.bundle_of(entry).await?;
        let leaf = bundle.leaf(place).and_then(|leaf| Leaf::parse(leaf).ok());
        let leaf = leaf.ok_or_else(|| LedgerError::damage("ZH4113", entry, "not an entry"))?;
        let owner = leaf.submission.as_deref().unwrap_or_default();
        let fields = if owner == self.submission.id {
            Arc::clone(&self.keys)
        } else if let Some(fields) = self.fields.get(owner) {
            fields
        } else {
            let submit = submit_entry(&mut writer.conn(), owner).await?;
            let (bundle, place) = writer.bundle_of(submit).await?;
            let stated = bundle.leaf(place).and_then(|leaf| stated_fields(&Leaf::parse(leaf).ok()?));
            let stated = stated.ok_or_else(|| LedgerError::damage("ZH4113", submit, "not a submission"))?;
            let fields: Arc<[String]> = stated.into();
            self.fields.put(owner, Arc::clone(&fields));
            fields
        };
        Ok(holds(&leaf, &self.submission.of, key, &fields))
    }

    /// Corrections and withdrawals of the record that `candidate` is a version of.
    async fn chain(&mut self, writer: &mut Writer, candidate: u64) -> Result<Vec<Version>, LedgerError> {
        if candidate >= self.first {
            return Ok(Vec::new());
        }
        self.hits += 1;
        if self.hits == MANY_HITS {
            let mut all: BTreeMap<u64, Vec<Version>> = BTreeMap::new();
            for version in versions(&mut writer.conn(), u64::MAX >> 1).await? {
                all.entry(version.first).or_default().push(version);
            }
            self.corrected = Some(all);
        }
        let first = self.origin_of(writer, candidate).await?;
        match &self.corrected {
            Some(all) => Ok(all.get(&first).cloned().unwrap_or_default()),
            None => Ok(versions_of(&mut writer.conn(), first).await?),
        }
    }

    /// The record as first handed in, of which `entry` is a version.
    async fn origin_of(&mut self, writer: &mut Writer, entry: u64) -> Result<u64, LedgerError> {
        let (bundle, place) = writer.bundle_of(entry).await?;
        let corrects =
            bundle.leaf(place).and_then(|leaf| Leaf::parse(leaf).ok()).and_then(|leaf| leaf.corrects);
        if corrects.is_none() {
            return Ok(entry);
        }
        let version = crate::store::projections::version_at(&mut writer.conn(), entry).await?;
        version.map(|each| each.first).ok_or_else(|| LedgerError::damage("ZH4110", entry, "no version row"))
    }

    /// Writes what the submission leaves beside its entries, the newest of this commit, of which `known` is the tree; the
    /// receipt proves it.
    pub(super) async fn finish(mut self, writer: &mut Writer, known: &Known) -> Result<Receipt, LedgerError> {
        self.write_personal(writer).await?;
        let (leaf, proof) = writer.proof(self.first, known).await?;
        let receipt = Receipt {
            submission: self.submission.id.clone(),
            first: self.first,
            count: known.size - self.first,
            unchanged: self.counts.same,
            checkpoint: known.checkpoint.clone(),
            leaf: to_hex(&leaf),
            proof: proof.iter().map(|step| to_hex(step)).collect(),
            repeated: false,
        };
        let text = receipt_text(&receipt);
        let taken = Taken {
            first: self.first,
            id: self.submission.id.clone(),
            body: fingerprint(
                &self.submission.of,
                provenance_name(self.submission.provenance),
                &self.submission.body,
            ),
            seal: to_hex(&sha256(text.as_bytes())),
            receipt: text,
        };
        let conn = &mut writer.conn();
        tree::put_submission(conn, &taken).await?;
        for file in listed(&self.submission, self.first) {
            put_file(conn, &file).await?;
        }
        let tally = TypeCount {
            of: self.submission.of.clone(),
            submissions: 1,
            records: self.counts.new,
            ..TypeCount::default()
        };
        add_tally(conn, &tally).await?;
        self.seen.write(conn, self.first, known.size).await?;
        Ok(receipt)
    }
}
