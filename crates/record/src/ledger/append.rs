//! Submissions: records that go in together, or not at all.

use std::collections::BTreeMap;
use std::sync::Arc;

use zhiheng_base::Diagnostic;
use zhiheng_base::draft::{Draft, PersonalValue};

use super::Ledger;
use super::natural::{KeyFields, commits_to, holds, prefix, same_record, stated_fields, submit_entry};
use super::receipt::{fingerprint, listed, read_receipt, receipt_text, submit_data};
use super::seen::Seen;
use super::writer::Writer;
use crate::entry::{EntryKind, Receipt, Submission};
use crate::error::LedgerError;
use crate::leaf::{Envelope, Frame, Leaf, natural_key, provenance_name};
use crate::store::projections::{TypeCount, Version, add_tally, put_file, versions, versions_of};
use crate::store::tree::{self, Taken};
use crate::verify::hash::sha256;
use crate::verify::{Hash, to_hex};

/// Rows between two looks at the threads that hash and compress.
const SETTLE_EVERY: usize = 1024;

/// Hits after which all corrections are read at once instead of one record's at a time.
const MANY_HITS: usize = 64;

/// What became of [`Ledger::begin`].
#[expect(clippy::large_enum_variant, reason = "made once a submission")]
pub enum Begun {
    /// This submission was taken before: its receipt, marked as repeated.
    Repeated(Receipt),
    /// It is new: push its records, then commit.
    Fresh(Appender),
}

/// What became of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is a new record with this index.
    New(u64),
    /// The ledger holds it already, with the same content, at this index: nothing is written.
    Same(u64),
    /// The ledger holds a record with its natural key and other content, at this index: refused; that
    /// record is to be corrected.
    Different(u64),
    /// The entry would have this many bytes, more than an entry may have: refused.
    TooLong(usize),
}

impl Outcome {
    /// Why the draft was refused, if it was. `first` is the index of the submission's first entry
    /// ([`Appender::first`]): a record after it came with the same submission.
    pub fn diagnostic(&self, first: u64) -> Option<Diagnostic> {
        match self {
            Outcome::New(_) | Outcome::Same(_) => None,
            Outcome::Different(entry) if *entry > first => {
                Some(Diagnostic::error("ZH4042").arg("entry", entry).arg("earlier", entry - first))
            }
            Outcome::Different(entry) => Some(Diagnostic::error("ZH4031").arg("entry", entry)),
            Outcome::TooLong(bytes) => {
                Some(Diagnostic::error("ZH4032").arg("bytes", bytes).arg("max", crate::leaf::LEAF_MAX))
            }
        }
    }
}

/// How many drafts met which outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Recorded.
    pub new: u64,
    /// There already.
    pub same: u64,
    /// Refused: another record has the key.
    pub different: u64,
    /// Refused: too long.
    pub too_long: u64,
}

/// A submission being written. Nothing of it can be seen before [`Appender::commit`]; dropping it writes nothing.
pub struct Appender {
    writer: Writer,
    seen: Seen,
    submission: Submission,
    frame: Frame,
    keys: Arc<[String]>,
    first: u64,
    counts: Counts,
    personal: Vec<(u64, PersonalValue)>,
    fields: KeyFields,
    hits: usize,
    /// Corrections by their first record, once there were many hits.
    corrected: Option<BTreeMap<u64, Vec<Version>>>,
    found: Vec<u64>,
}

impl Ledger {
    /// Begins a submission, or finds that it was taken before. The same id with another body, record type or provenance
    /// is refused (ZH4030). Waits for the writer before it.
    pub async fn begin(&self, submission: Submission) -> Result<Begun, LedgerError> {
        if submission.id.is_empty()
            || submission.id.len() > 255
            || submission.id.chars().any(char::is_control)
        {
            return Err(Diagnostic::error("ZH4043").arg("id", submission.id.escape_debug()).into());
        }
        let mut writer = Writer::begin(&self.inner, submission.at.as_microsecond()).await?;
        let body = fingerprint(&submission.of, provenance_name(submission.provenance), &submission.body);
        if let Some(taken) = tree::submission(&mut writer.conn(), &submission.id).await? {
            if taken.body != body {
                let refused = Diagnostic::error("ZH4030").arg("id", &submission.id).arg("entry", taken.first);
                return Err(refused.into());
            }
            let mut receipt = self.inner.note(read_receipt(&taken))?;
            receipt.repeated = true;
            return Ok(Begun::Repeated(receipt));
        }
        let envelope = |kind| Envelope {
            at: writer.at,
            by: &submission.by,
            corrects: None,
            kind,
            of: Some(&submission.of),
            provenance: submission.provenance,
            reason: None,
            submission: Some(&submission.id),
        };
        let submit = envelope(EntryKind::Submit).frame();
        let frame = envelope(EntryKind::Record).frame();
        let data = submit_data(&submission)?;
        let first = writer.append(|out| submit.write(out, &data, None)).map_err(|bytes| {
            Diagnostic::error("ZH4032").arg("bytes", bytes).arg("max", crate::leaf::LEAF_MAX)
        })?;
        Ok(Begun::Fresh(Appender {
            writer,
            seen: Seen::default(),
            keys: submission.key.clone().into(),
            submission,
            frame,
            first,
            counts: Counts::default(),
            personal: Vec::new(),
            fields: KeyFields::default(),
            hits: 0,
            corrected: None,
            found: Vec::new(),
        }))
    }
}

impl Appender {
    /// Index of the submission's `Submit` entry.
    pub fn first(&self) -> u64 {
        self.first
    }

    /// Outcomes so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Takes drafts in order. `Draft::key` is not trusted: the key is made from the data and the submission's key fields.
    /// An error ends the submission: drop it.
    pub async fn push(&mut self, drafts: Vec<Draft>) -> Result<Vec<Outcome>, LedgerError> {
        let inner = Arc::clone(&self.writer.inner);
        let mut outcomes = Vec::with_capacity(drafts.len());
        for (place, draft) in drafts.into_iter().enumerate() {
            outcomes.push(inner.note(self.take(draft).await)?);
            if place % SETTLE_EVERY == SETTLE_EVERY - 1 {
                self.settle().await?;
            }
        }
        self.settle().await?;
        Ok(outcomes)
    }

    async fn settle(&mut self) -> Result<(), LedgerError> {
        self.writer.settle().await?;
        if self.personal.len() > 4000 {
            self.write_personal().await?;
        }
        Ok(())
    }

    async fn write_personal(&mut self) -> Result<(), LedgerError> {
        let rows = std::mem::take(&mut self.personal);
        tree::put_personal(&mut self.writer.conn(), &rows).await?;
        Ok(())
    }

    async fn take(&mut self, draft: Draft) -> Result<Outcome, LedgerError> {
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
        let prefix = prefix(&key, self.writer.inner.prefix_mask);
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        self.seen.candidates(&mut self.writer.conn(), prefix, &mut found).await?;
        let mut standing = None;
        for candidate in &found {
            match self.standing(*candidate, &key, &draft).await? {
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
        match self.writer.append(|out| frame.write(out, data, place)) {
            Ok(index) => {
                self.seen.insert(prefix, index);
                self.personal.extend(draft.personal.into_iter().map(|each| (index, each)));
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
        candidate: u64,
        key: &Hash,
        draft: &Draft,
    ) -> Result<Option<Outcome>, LedgerError> {
        // The same type and data have the same key: most rows that are handed in again end here.
        let (bundle, place) = self.writer.bundle_of(candidate).await?;
        let same = bundle.leaf(place).and_then(|leaf| Leaf::parse(leaf).ok()).is_some_and(|leaf| {
            matches!(leaf.kind, EntryKind::Record | EntryKind::Correct)
                && leaf.of.as_deref() == Some(self.submission.of.as_str())
                && leaf.data == draft.data
        });
        if same {
            return Ok(Some(Outcome::Same(candidate)));
        }
        let holds = self.holds_key(candidate, key).await?;
        let chain = self.chain(candidate).await?;
        // A correction that moved the key to one with the same prefix is found under the record it corrects.
        if !holds {
            let Some(last) = chain.last() else { return Ok(None) };
            if last.withdrawn || !self.holds_key(last.entry, key).await? {
                return Ok(None);
            }
        }
        let first = chain.first().map_or(candidate, |version| version.first);
        // Equal to any version: a file handed in again undoes neither corrections nor withdrawals.
        for entry in
            std::iter::once(first).chain(chain.iter().filter(|each| !each.withdrawn).map(|each| each.entry))
        {
            if !draft.personal.is_empty() && !self.personal.is_empty() {
                self.write_personal().await?;
            }
            let (bundle, place) = self.writer.bundle_of(entry).await?;
            let old = bundle.leaf(place).and_then(|leaf| Leaf::parse(leaf).ok());
            let old = old.ok_or_else(|| LedgerError::damage("ZH4113", entry, "not an entry"))?;
            if same_record(&mut self.writer.conn(), entry, old.data, &draft.data, &draft.personal).await? {
                return Ok(Some(Outcome::Same(entry)));
            }
        }
        match chain.last() {
            None => Ok(Some(Outcome::Different(candidate))),
            Some(last) if last.withdrawn => Ok(None),
            Some(last) if self.holds_key(last.entry, key).await? => Ok(Some(Outcome::Different(last.entry))),
            Some(_) => Ok(None),
        }
    }

    async fn holds_key(&mut self, entry: u64, key: &Hash) -> Result<bool, LedgerError> {
        let (bundle, place) = self.writer.bundle_of(entry).await?;
        let leaf = bundle.leaf(place).and_then(|leaf| Leaf::parse(leaf).ok());
        let leaf = leaf.ok_or_else(|| LedgerError::damage("ZH4113", entry, "not an entry"))?;
        let owner = leaf.submission.as_deref().unwrap_or_default();
        let fields = if owner == self.submission.id {
            Arc::clone(&self.keys)
        } else if let Some(fields) = self.fields.get(owner) {
            fields
        } else {
            let submit = submit_entry(&mut self.writer.conn(), owner).await?;
            let (bundle, place) = self.writer.bundle_of(submit).await?;
            let stated = bundle.leaf(place).and_then(|leaf| stated_fields(&Leaf::parse(leaf).ok()?));
            let stated = stated.ok_or_else(|| LedgerError::damage("ZH4113", submit, "not a submission"))?;
            let fields: Arc<[String]> = stated.into();
            self.fields.put(owner, Arc::clone(&fields));
            fields
        };
        Ok(holds(&leaf, &self.submission.of, key, &fields))
    }

    /// Corrections and withdrawals of the record that `candidate` is a version of.
    async fn chain(&mut self, candidate: u64) -> Result<Vec<Version>, LedgerError> {
        if candidate >= self.first {
            return Ok(Vec::new());
        }
        self.hits += 1;
        if self.hits == MANY_HITS {
            let mut all: BTreeMap<u64, Vec<Version>> = BTreeMap::new();
            for version in versions(&mut self.writer.conn(), u64::MAX >> 1).await? {
                all.entry(version.first).or_default().push(version);
            }
            self.corrected = Some(all);
        }
        let first = self.origin_of(candidate).await?;
        match &self.corrected {
            Some(all) => Ok(all.get(&first).cloned().unwrap_or_default()),
            None => Ok(versions_of(&mut self.writer.conn(), first).await?),
        }
    }

    /// The record as first handed in, of which `entry` is a version.
    async fn origin_of(&mut self, entry: u64) -> Result<u64, LedgerError> {
        let (bundle, place) = self.writer.bundle_of(entry).await?;
        let corrects =
            bundle.leaf(place).and_then(|leaf| Leaf::parse(leaf).ok()).and_then(|leaf| leaf.corrects);
        if corrects.is_none() {
            return Ok(entry);
        }
        let version = crate::store::projections::version_at(&mut self.writer.conn(), entry).await?;
        version.map(|each| each.first).ok_or_else(|| LedgerError::damage("ZH4110", entry, "no version row"))
    }

    /// Makes everything durable and visible at once; the receipt proves it. A reply that is lost is no loss: the
    /// same submission again gives the same receipt.
    pub async fn commit(mut self) -> Result<Receipt, LedgerError> {
        self.write_personal().await?;
        let known = self.writer.close().await?;
        let (leaf, proof) = self
            .writer
            .first_proof(&known)
            .ok_or_else(|| LedgerError::damage("ZH4104", self.first, "no proof of a new entry"))?;
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
        let conn = &mut self.writer.conn();
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
        self.writer.commit(known).await?;
        Ok(receipt)
    }

    /// Writes nothing. (Dropping the appender does the same.)
    pub fn rollback(self) {
        drop(self);
    }
}
