//! Capture: a document of a stranger becomes entries of the ledger, all at once, or none.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zhiheng_base::{Diagnostic, Severity};
use zhiheng_record::{Appender, Begun, Outcome, Provenance, Salts, Submission};
use zhiheng_trace::store::{Batch, Behaviour, KEY, Media, Parts, RECORD, Ready, Sorted};
use zhiheng_trace::world::Arrival;
use zhiheng_trace::{Limits, Problems};

use super::{Tracing, internal, picture};
use crate::trouble::Trouble;

/// Events whose parts lie in one pack of the ledger, at most.
const PACK: usize = 512;

/// Bytes of text after which a pack is full.
const PACK_BYTES: usize = 1 << 20;

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
    /// Elements of master data that are in the ledger now and were not before like this.
    #[serde(default)]
    pub masters: u64,
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
        self.capture_as(self.jobs.id(capture.at)?, capture).await
    }

    /// The same as the job `id`, which [`Jobs::id`](super::Jobs) made.
    pub(super) async fn capture_as(&self, id: String, capture: Capture) -> Result<Job, Trouble> {
        let mut job = Job::begun(id, &capture);
        job.document = hex(&Sha256::digest(&capture.bytes));
        let (bytes, media, limits) = (capture.bytes, capture.media, capture.limits);
        let read = tokio::task::spawn_blocking(move || Batch::read(&bytes, media, &limits));
        let mut batch = read.await.map_err(internal)?;
        job.events = batch.n_events as u64;
        if batch.is_readable {
            self.refresh().await?;
            let tracing = self.clone();
            let sorting = tokio::task::spawn_blocking(move || {
                let held = tracing.unsettled();
                let log = held.world.log();
                let sorted =
                    batch.sort(&tracing.key, |id, mark, declares| log.seen(&held.index, id, mark, declares));
                let masters = held.book.fresh(&batch.masters, &batch.namespaces, &tracing.key);
                drop(held);
                (batch, sorted, masters)
            });
            let (read, sorted, masters) = sorting.await.map_err(internal)?;
            batch = read;
            let form = Form {
                behaviour: capture.behaviour,
                by: capture.by,
                at: capture.at,
                provenance: capture.provenance,
            };
            let entered = self.enter(form, (sorted, masters), &mut job, &mut batch.problems).await?;
            job.problems = std::mem::take(&mut batch.problems).into_list();
            // Before anything else, so that what is acknowledged is known.
            self.take_over(&batch, entered).await?;
        } else {
            job.refused = job.events;
            batch.problems.push(Diagnostic::error("ZH9557"));
            job.problems = batch.problems.into_list();
        }
        job.finished = Some(Timestamp::now().max(capture.at));
        self.jobs.keep(&job)?;
        Ok(job)
    }

    /// Hands the new events to the ledger; what it took.
    async fn enter(
        &self,
        form: Form,
        (sorted, masters): (Sorted, Vec<Parts>),
        job: &mut Job,
        problems: &mut Problems,
    ) -> Result<Entered, Trouble> {
        let all_or_nothing = form.behaviour == Behaviour::Rollback;
        (job.same, job.refused) = (sorted.same as u64, sorted.refused as u64);
        let refuse = |job: &mut Job, problems: &mut Problems| {
            (job.new, job.masters, job.first, job.success) = (0, 0, None, false);
            let told = Diagnostic::error("ZH9552").arg("n", job.events).arg("refused", job.refused);
            problems.push(told);
        };
        if all_or_nothing && sorted.refused > 0 {
            refuse(job, problems);
            return Ok(Entered::default());
        }
        job.success = true;
        if sorted.ready.is_empty() && masters.is_empty() {
            return Ok(Entered::default());
        }
        let submission = form.submission(job, &sorted.ready, &masters);
        let mut appender = match self.ledger.begin(submission).await? {
            Begun::Repeated(receipt) => {
                (job.same, job.first) = (job.same + sorted.ready.len() as u64, Some(receipt.first));
                return Ok(Entered::default());
            }
            Begun::Fresh(appender) => appender,
        };
        let mut entered = Entered { first: appender.first(), events: Vec::with_capacity(sorted.ready.len()) };
        let mut ready = sorted.ready.into_iter().peekable();
        while ready.peek().is_some() {
            let mut pack = Vec::new();
            let mut bytes = 0;
            while let Some(next) = ready.next_if(|_| pack.len() < PACK && bytes < PACK_BYTES) {
                bytes += next.parts.len();
                pack.push(next);
            }
            self.enter_pack(&mut appender, pack, job, problems, &mut entered).await?;
        }
        if !masters.is_empty() {
            let mut salts = Salts::fresh()?;
            let drafts = masters.into_iter().map(|parts| parts.draft(|| salts.take())).collect();
            // what another process wrote at this moment says the same
            let outcomes = appender.push_packed(drafts, salts).await?;
            let new = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::New(_))).count();
            job.masters += new as u64;
        }
        if all_or_nothing && job.refused > 0 {
            appender.rollback();
            refuse(job, problems);
            return Ok(Entered::default());
        }
        if job.new == 0 && job.masters == 0 {
            appender.rollback();
            return Ok(Entered::default());
        }
        let receipt = appender.commit().await?;
        job.first = Some(receipt.first);
        // Master data are few, and read back.
        Ok(if job.masters == 0 { entered } else { Entered::default() })
    }

    /// Hands some events to the ledger, with their parts in one pack.
    async fn enter_pack(
        &self,
        appender: &mut Appender,
        pack: Vec<Ready>,
        job: &mut Job,
        problems: &mut Problems,
        entered: &mut Entered,
    ) -> Result<(), Trouble> {
        let mut salts = Salts::fresh()?;
        let mut drafts = Vec::with_capacity(pack.len());
        let mut places = Vec::with_capacity(pack.len());
        for Ready { place, parts, mark } in pack {
            places.push((place, mark));
            drafts.push(parts.draft(|| salts.take()));
        }
        let recorded = appender.at();
        let outcomes = appender.push_packed(drafts, salts).await?;
        for (outcome, (place, mark)) in outcomes.into_iter().zip(places) {
            match outcome {
                Outcome::New(entry) => {
                    job.new += 1;
                    entered.events.push((place, Arrival { recorded, entry, mark, redacted: false }));
                }
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
        Ok(())
    }

    /// Takes over into the picture what was captured just now. What else the ledger got in the meantime is read.
    async fn take_over(&self, batch: &Batch, entered: Entered) -> Result<(), Trouble> {
        let end = entered.events.last().map(|(_, arrival)| arrival.entry + 1);
        if let Some(end) = end {
            let _turn = self.turn.lock().await;
            self.change(|held| {
                // Otherwise somebody wrote before us; what both wrote is read in its order.
                if held.size != entered.first {
                    return;
                }
                held.world.learn(|log| {
                    for (place, arrival) in &entered.events {
                        if let Some(event) = batch.event(*place) {
                            log.push(event, arrival);
                        }
                    }
                });
                held.index.follow(held.world.log());
                held.size = end;
            });
            let is_worth = {
                let held = self.unsettled();
                held.size.saturating_sub(held.kept) > picture::WORTH.max(held.kept / 4)
            };
            if is_worth {
                self.keep_picture().await?;
            }
        }
        self.refresh().await
    }
}

/// What the ledger took of a document.
#[derive(Default)]
struct Entered {
    /// The first entry of the submission.
    first: u64,
    /// Places of events in the document, and how they came to the ledger, in order.
    events: Vec<(usize, Arrival)>,
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
    fn submission(self, job: &Job, ready: &[Ready], masters: &[Parts]) -> Submission {
        let mut hash = Sha256::new().chain_update(job.document.as_bytes());
        for ready in ready {
            hash.update((ready.place as u64).to_be_bytes());
        }
        for master in masters {
            hash.update(master.key().unwrap_or_default().as_bytes());
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

/// Bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

impl Job {
    /// A job of which nothing is done.
    pub(super) fn begun(id: String, capture: &Capture) -> Job {
        Job {
            id,
            created: capture.at,
            finished: None,
            success: false,
            behaviour: capture.behaviour.name().to_owned(),
            document: String::new(),
            by: capture.by.clone(),
            events: 0,
            new: 0,
            same: 0,
            refused: 0,
            masters: 0,
            first: None,
            problems: Vec::new(),
        }
    }

    /// The problems that are errors.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error)
    }
}
