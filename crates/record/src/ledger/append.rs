//! Submissions: records that go in together, or not at all.

use std::sync::Arc;

use zhiheng_base::Diagnostic;
use zhiheng_base::draft::Draft;

use super::Ledger;
use super::taking::{Started, Taking};
use super::writer::Writer;
use crate::entry::{Receipt, Submission};
use crate::error::LedgerError;
use crate::pack::Salts;

/// Rows between two looks at the threads that hash and compress.
const SETTLE_EVERY: usize = 1024;

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
    taking: Taking,
}

impl Ledger {
    /// Begins a submission, or finds that it was taken before. The same id with another body, record type or provenance
    /// is refused (ZH4030). Waits for the writer before it.
    pub async fn begin(&self, submission: Submission) -> Result<Begun, LedgerError> {
        check_id(&submission.id)?;
        let mut writer = Writer::begin(&self.inner, submission.at.as_microsecond()).await?;
        match Taking::begin(&mut writer, submission, None).await? {
            Started::Repeated(receipt) => Ok(Begun::Repeated(receipt)),
            Started::Fresh(taking) => Ok(Begun::Fresh(Appender { writer, taking })),
        }
    }
}

/// Refuses what cannot be a submission's id.
pub(super) fn check_id(id: &str) -> Result<(), LedgerError> {
    if id.is_empty() || id.len() > 255 || id.chars().any(char::is_control) {
        return Err(Diagnostic::error("ZH4043").arg("id", id.escape_debug()).into());
    }
    Ok(())
}

impl Appender {
    /// Index of the submission's `Submit` entry.
    pub fn first(&self) -> u64 {
        self.taking.first
    }

    /// Outcomes so far.
    pub fn counts(&self) -> Counts {
        self.taking.counts
    }

    /// Takes drafts in order. `Draft::key` is not trusted: the key is made from the data and the submission's key fields.
    /// An error ends the submission: drop it.
    pub async fn push(&mut self, drafts: Vec<Draft>) -> Result<Vec<Outcome>, LedgerError> {
        let inner = Arc::clone(&self.writer.inner);
        let mut outcomes = Vec::with_capacity(drafts.len());
        for (place, draft) in drafts.into_iter().enumerate() {
            outcomes.push(inner.note(self.taking.take(&mut self.writer, draft).await)?);
            if place % SETTLE_EVERY == SETTLE_EVERY - 1 {
                self.taking.settle(&mut self.writer).await?;
            }
        }
        self.taking.settle(&mut self.writer).await?;
        Ok(outcomes)
    }

    /// Takes drafts whose salts are the next ones of `salts`, in order, and keeps their personal values together in one pack. Worth
    /// it from a dozen values on; some hundreds are a good size, since whoever reads one value reads the pack.
    pub async fn push_packed(
        &mut self,
        drafts: Vec<Draft>,
        salts: Salts,
    ) -> Result<Vec<Outcome>, LedgerError> {
        self.taking.begin_pack(&salts);
        let outcomes = self.push(drafts).await?;
        self.taking.end_pack(&mut self.writer).await?;
        Ok(outcomes)
    }

    /// The time of the submission's entries, in microseconds: when it was handed in, or later.
    pub fn at(&self) -> i64 {
        self.writer.at
    }

    /// Makes everything durable and visible at once; the receipt proves it. A reply that is lost is no loss: the
    /// same submission again gives the same receipt.
    pub async fn commit(mut self) -> Result<Receipt, LedgerError> {
        let known = self.writer.close().await?;
        let receipt = self.taking.finish(&mut self.writer, &known).await?;
        self.writer.commit(known).await?;
        Ok(receipt)
    }

    /// Writes nothing. (Dropping the appender does the same.)
    pub fn rollback(self) {
        drop(self);
    }
}
