//! Capture: a document of a stranger becomes entries of the ledger, all at once, or none.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zhiheng_base::{Diagnostic, Severity};
use zhiheng_record::{Begun, Outcome, Provenance, Submission};
use zhiheng_trace::store::{Batch, Behaviour, KEY, Media, RECORD, Ready, Sorted};
use zhiheng_trace::{Limits, Problems};

use super::{Tracing, internal};
use crate::trouble::Trouble;

/// Drafts handed to the ledger at once.
const CHUNK: usize = 2048;

/// A document to capture.
#[derive(Clone, Debug)]
pub struct Capture {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its syntax.
    pub media: Media,
    /// What is done if some events are wrong.
    pub behaviour: Behaviour,
    /// Who hands it in.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// How the events came about.
    pub provenance: Provenance,
    /// How much of it is read.
    pub limits: Limits,
}

/// What became of a capture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// Its identifier.
    pub id: String,
    /// When it began.
    pub created: Timestamp,
    /// When it was done.
    pub finished: Option<Timestamp>,
    /// Everything that was asked for was done.
    pub success: bool,
    /// `rollback` or `proceed`.
    pub behaviour: String,
    /// SHA-256 of the document, hex.
    pub document: String,
    /// Who handed it in.
    pub by: String,
    /// Events of the document.
    pub events: u64,
    /// Events that are in the ledger now and were not before.
    pub new: u64,
    /// Events that were there already.
    pub same: u64,
    /// Events that were refused.
    pub refused: u64,
    /// The first entry of the ledger that it wrote.
    pub first: Option<u64>,
    /// What is wrong or worth knowing.
    pub problems: Vec<Diagnostic>,
}

impl Tracing {
    /// Captures a document. What is wrong with it stands in the job; the job is kept, whether it succeeded or not.
    ///
    /// Errors: those of the ledger and of the disk.
    pub async fn capture(&self, capture: Capture) -> Result<Job, Trouble> {
        let document = hex(&Sha256::digest(&capture.bytes));
        let mut job = Job {
            id: self.jobs.id(capture.at)?,
            created: capture.at,
            finished: None,
            success: false,
            behaviour: capture.behaviour.name().to_owned(),
            document,
            by: capture.by.clone(),
            events: 0,
            new: 0,
            same: 0,
            refused: 0,
            first: None,
            problems: Vec::new(),
        };
        let (bytes, media, limits) = (capture.bytes, capture.media, capture.limits);
        let read = tokio::task::spawn_blocking(move || Batch::read(&bytes, media, &limits));
        let mut batch = read.await.map_err(internal)?;
        job.events = batch.n_events as u64;
        if batch.is_readable {
            self.refresh().await?;
            let tracing = self.clone();
            let sorting = tokio::task::spawn_blocking(move || {
                let held = tracing.held();
                let log = held.world.log();
                let sorted =
                    batch.sort(&tracing.key, |id, mark, declares| log.seen(&held.index, id, mark, declares));
                drop(held);
                (batch, sorted)
            });
            let (read, sorted) = sorting.await.map_err(internal)?;
            batch = read;
            let form = Form {
                behaviour: capture.behaviour,
                by: capture.by,
                at: capture.at,
                provenance: capture.provenance,
            };
            self.enter(form, sorted, &mut job, &mut batch.problems).await?;
        } else {
            job.refused = job.events;
            batch.problems.push(Diagnostic::error("ZH9557"));
        }
        job.finished = Some(Timestamp::now().max(capture.at));
        job.problems = batch.problems.into_list();
        self.jobs.keep(&job)?;
        self.refresh().await?;
        Ok(job)
    }

    /// Hands the new events to the ledger.
    async fn enter(
        &self,
        form: Form,
        sorted: Sorted,
        job: &mut Job,
        problems: &mut Problems,
    ) -> Result<(), Trouble> {
        let all_or_nothing = form.behaviour == Behaviour::Rollback;
        (job.same, job.refused) = (sorted.same as u64, sorted.refused as u64);
        let refuse = |job: &mut Job, problems: &mut Problems| {
            (job.new, job.first, job.success) = (0, None, false);
            let told = Diagnostic::error("ZH9552").arg("n", job.events).arg("refused", job.refused);
            problems.push(told);
        };
        if all_or_nothing && sorted.refused > 0 {
            refuse(job, problems);
            return Ok(());
        }
        job.success = true;
        if sorted.ready.is_empty() {
            return Ok(());
        }
        let submission = form.submission(job, &sorted.ready);
        let mut appender = match self.ledger.begin(submission).await? {
            Begun::Repeated(receipt) => {
                (job.same, job.first) = (job.same + sorted.ready.len() as u64, Some(receipt.first));
                return Ok(());
            }
            Begun::Fresh(appender) => appender,
        };
        let mut ready = sorted.ready.into_iter().peekable();
        while ready.peek().is_some() {
            let mut salts = Salts::default();
            let mut places = Vec::with_capacity(CHUNK);
            let mut drafts = Vec::with_capacity(CHUNK);
            for Ready { place, parts } in ready.by_ref().take(CHUNK) {
                places.push(place);
                salts.fill()?;
                drafts.push(parts.draft(|| salts.take()));
            }
            let outcomes = appender.push(drafts).await?;
            for (outcome, place) in outcomes.iter().zip(places) {
                match outcome {
                    Outcome::New(_) => job.new += 1,
                    Outcome::Same(_) => job.same += 1,
                    Outcome::Different(_) => {
                        job.refused += 1;
                        problems.push(Batch::conflict(place, ""));
                    }
                    Outcome::TooLong(bytes) => {
                        job.refused += 1;
                        let told = Diagnostic::error("ZH9554")
                            .arg("path", format!("/eventList/{place}"))
                            .arg("bytes", bytes)
                            .arg("most", u16::MAX);
                        problems.push(told);
                    }
                }
            }
        }
        if all_or_nothing && job.refused > 0 {
            appender.rollback();
            refuse(job, problems);
        } else if job.new == 0 {
            appender.rollback();
        } else {
            job.first = Some(appender.commit().await?.first);
        }
        Ok(())
    }
}

/// How a capture is entered.
struct Form {
    behaviour: Behaviour,
    by: String,
    at: Timestamp,
    provenance: Provenance,
}

impl Form {
    /// The same new events of the same document are one submission, however often it is tried; once some of them are
    /// there, what is left is another.
    fn submission(self, job: &Job, ready: &[Ready]) -> Submission {
        let mut hash = Sha256::new().chain_update(job.document.as_bytes());
        for ready in ready {
            hash.update((ready.place as u64).to_be_bytes());
        }
        let body = hex(&hash.finalize());
        Submission {
            id: format!("{RECORD}:{}", body.get(..32).unwrap_or_default()),
            by: self.by,
            at: self.at,
            of: RECORD.to_owned(),
            provenance: self.provenance,
            basis: Some(format!("sha256:{}", job.document)),
            catalog: "epcis-2.0".to_owned(),
            files: Vec::new(),
            body,
            key: KEY.iter().map(|field| (*field).to_owned()).collect(),
        }
    }
}

/// Random bytes, asked of the system a few kilobytes at a time.
#[derive(Default)]
struct Salts {
    bytes: Vec<u8>,
}

impl Salts {
    /// Makes sure that there are enough for one event.
    fn fill(&mut self) -> Result<(), Trouble> {
        if self.bytes.len() < 32 * zhiheng_trace::store::PARTS.len() {
            let mut fresh = vec![0; 32 * 256];
            getrandom::fill(&mut fresh)
                .map_err(|error| internal(std::io::Error::other(error.to_string())))?;
            self.bytes.extend(fresh);
        }
        Ok(())
    }

    fn take(&mut self) -> [u8; 32] {
        let mut salt = [0; 32];
        let rest = self.bytes.len().saturating_sub(32);
        salt.iter_mut().zip(self.bytes.drain(rest..)).for_each(|(own, byte)| *own = byte);
        salt
    }
}

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

impl Job {
    /// The problems that are errors.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error)
    }
}
