//! Where files are handed in: the drafts, where returns stand, and the work on drafts that goes on behind the pages.
//!
//! Reading a file takes as long as the file; no request waits for it. Each draft is worked on by one job at a time, few at once; a job
//! can be watched and stopped. When the server stops, what was not done stays as it was and is taken up at the next start.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use zhiheng_base::Diagnostic;
use zhiheng_desk::handin::draft::State;
use zhiheng_desk::handin::examine::examine;
use zhiheng_desk::handin::read::{Found, Reading};
use zhiheng_desk::handin::{Draft, Drafts, Places, Sending, send};
use zhiheng_desk::{Moment, Trouble};
use zhiheng_record::Project;

use crate::problem::Problem;
use crate::server::Server;

/// Files that are read at once; each child may take a gigabyte.
const AT_ONCE: usize = 2;
/// How long the end of work that was stopped is waited for.
const STOPPED_WITHIN: Duration = Duration::from_secs(10);

/// Drafts, places and jobs.
pub(crate) struct Counter {
    pub(crate) drafts: Drafts,
    pub(crate) places: Places,
    pub(crate) reading: Reading,
    turns: Arc<Semaphore>,
    running: Mutex<BTreeMap<String, Arc<Job>>>,
    closing: AtomicBool,
}

/// Work on one draft.
pub(crate) struct Job {
    seen: AtomicU64,
    refused: AtomicU64,
    stop: AtomicBool,
    pause: AtomicBool,
    told: watch::Sender<()>,
    ended: watch::Sender<bool>,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Rows seen.
    pub(crate) seen: u64,
    /// Rows refused.
    pub(crate) refused: u64,
}

impl Job {
    fn new() -> Job {
        Job {
            seen: AtomicU64::new(0),
            refused: AtomicU64::new(0),
            stop: AtomicBool::new(false),
            pause: AtomicBool::new(false),
            told: watch::Sender::new(()),
            ended: watch::Sender::new(false),
        }
    }

    /// How far it is.
    pub(crate) fn progress(&self) -> Progress {
        Progress { seen: self.seen.load(Ordering::Relaxed), refused: self.refused.load(Ordering::Relaxed) }
    }

    fn hear(&self, seen: u64, refused: u64) {
        // Frames of rows and problems bring no count.
        self.seen.fetch_max(seen, Ordering::Relaxed);
        self.refused.fetch_max(refused, Ordering::Relaxed);
        self.told.send_replace(());
    }

    /// Waits for news, or for the end.
    pub(crate) async fn news(&self) {
        let (mut told, mut ended) = (self.told.subscribe(), self.ended.subscribe());
        tokio::select! {
            _ = told.changed() => {},
            _ = ended.wait_for(|ended| *ended) => {},
        }
    }

    /// Stops it, and waits for its end.
    async fn stopped(&self) -> Result<(), Problem> {
        self.stop.store(true, Ordering::Relaxed);
        let ended = tokio::time::timeout(STOPPED_WITHIN, self.end()).await;
        ended.map_err(|_| Diagnostic::error("ZH7319").into())
    }

    /// Waits for the end.
    pub(crate) async fn end(&self) {
        // The sender lives as long as the job.
        let _ = self.ended.subscribe().wait_for(|ended| *ended).await;
    }
}

impl Counter {
    /// The counter of a project.
    pub(crate) fn new(project: &Project, reading: Reading) -> Result<Counter, Trouble> {
        Ok(Counter {
            drafts: Drafts::of(project)?,
            places: Places::default(),
            reading,
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            running: Mutex::default(),
            closing: AtomicBool::new(false),
        })
    }

    /// The job on a draft, if there is one.
    pub(crate) fn job(&self, id: &str) -> Option<Arc<Job>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// Ends the reading of a draft for now: nothing is kept waiting for it, and it begins anew when its owner says so.
    ///
    /// Errors: ZH7319 the reading does not end.
    pub(crate) async fn pause(&self, id: &str) -> Result<(), Problem> {
        if let Some(job) = self.job(id) {
            job.pause.store(true, Ordering::Relaxed);
            job.stopped().await?;
        }
        Ok(())
    }

    /// Stops the work on a draft, of which nothing stays, and forgets the draft.
    ///
    /// Errors: ZH7319 it is being sent, or the work does not end.
    pub(crate) async fn forget(&self, draft: &Draft) -> Result<(), Problem> {
        if let State::Sending { .. } = draft.state {
            return Err(Diagnostic::error("ZH7319").into());
        }
        if let Some(job) = self.job(&draft.id) {
            job.stopped().await?;
        }
        Ok(self.drafts.forget(&draft.id)?)
    }

    /// Waits for a turn to start a child.
    pub(crate) async fn turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        Arc::clone(&self.turns).acquire_owned().await.map_err(Problem::ours)
    }

    /// Ends all jobs, because the server stops; they are taken up again.
    pub(crate) fn close(&self) {
        self.closing.store(true, Ordering::Relaxed);
        for job in self.running.lock().unwrap_or_else(PoisonError::into_inner).values() {
            job.stop.store(true, Ordering::Relaxed);
        }
    }

    fn begin(&self, id: &str) -> Option<Arc<Job>> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.contains_key(id) || self.closing.load(Ordering::Relaxed) {
            return None;
        }
        let job = Arc::new(Job::new());
        running.insert(id.to_owned(), Arc::clone(&job));
        Some(job)
    }

    fn ended(&self, id: &str) {
        let job = self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        if let Some(job) = job {
            job.ended.send_replace(true);
        }
    }
}

/// Begins the work that a draft's state asks for; there may be somebody at it already.
pub(crate) fn work(server: &Arc<Server>, draft: &Draft) {
    let Some(counter) = server.counter() else { return };
    let Some(job) = counter.begin(&draft.id) else { return };
    let (server, draft) = (Arc::clone(server), draft.clone());
    tokio::spawn(async move {
        let Some(counter) = server.counter() else { return };
        let id = draft.id.clone();
        let done = match draft.state.clone() {
            State::Checking => check(&server, draft, &job).await,
            State::Sending { explanation, drop_missing } => {
                sent(&server, draft, &explanation, drop_missing).await
            }
            _ => Ok(()),
        };
        if let Err(trouble) = done {
            server.log.text(&format!("draft {id}: {trouble}"));
        }
        counter.ended(&id);
    });
}

/// Takes up what an earlier server left, and forgets what is old.
pub(crate) fn resume(server: &Arc<Server>) {
    let Some(counter) = server.counter() else { return };
    if let Err(trouble) = counter.drafts.tidy(server.now()) {
        server.log.text(&format!("the drafts were not tidied: {trouble}"));
    }
    for draft in counter.drafts.all().unwrap_or_default().iter().filter(|draft| draft.is_busy()) {
        work(server, draft);
    }
}

fn moment(server: &Server) -> Moment {
    Moment { at: server.now(), today: server.today() }
}

async fn check(server: &Arc<Server>, mut draft: Draft, job: &Arc<Job>) -> Result<(), Trouble> {
    let Some(counter) = server.counter() else { return Ok(()) };
    let turns = Arc::clone(&counter.turns);
    let _turn = turns.acquire_owned().await.map_err(|error| Trouble::Internal(Box::new(error)))?;
    let outcome = read(server, &draft, job).await;
    let found = match outcome {
        Ok(Some(found)) => found,
        // Stopped: by its owner, or because the server stops and will take it up again.
        Ok(None) if counter.closing.load(Ordering::Relaxed) => return Ok(()),
        Ok(None) if job.pause.load(Ordering::Relaxed) => {
            draft.state = State::Paused;
            return counter.drafts.save(&draft);
        }
        Ok(None) => {
            draft.state = State::Failed { why: vec![Diagnostic::error("ZH7316")] };
            return counter.drafts.save(&draft);
        }
        Err(trouble) => return failed(server, draft, trouble),
    };
    let examined = async {
        let office = server.office.as_ref().ok_or_else(|| Diagnostic::error("ZH7305"))?;
        let desk = office.desk().await.map_err(|problem| problem.diagnostic)?;
        let what = draft.what(&desk.catalog, server.today())?;
        let both = (&counter.drafts, &counter.places);
        examine(&desk, both, (&draft, &what), found, moment(server)).await
    };
    match examined.await {
        Ok(checked) => {
            counter.drafts.save_checked(&draft.id, &checked)?;
            draft.state = State::Checked;
            counter.drafts.save(&draft)
        }
        Err(trouble) => failed(server, draft, trouble),
    }
}

/// The child reads where waiting holds up nobody.
async fn read(server: &Arc<Server>, draft: &Draft, job: &Arc<Job>) -> Result<Option<Found>, Trouble> {
    let (Some(counter), Some(office)) = (server.counter(), server.office.as_ref()) else { return Ok(None) };
    let catalog = office.catalog().await;
    let today = server.today();
    let what = draft.what(&catalog, today)?;
    let (source, spool) = (counter.drafts.source(&draft.id)?, counter.drafts.spool(&draft.id)?);
    let (reading, draft, job) = (counter.reading.clone(), draft.clone(), Arc::clone(job));
    let work = move || {
        reading.read(&catalog, (&draft, &what), (&source, &spool), today, |seen, refused| {
            job.hear(seen, refused);
            !job.stop.load(Ordering::Relaxed)
        })
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Trouble::Internal(Box::new(error)))?
}

async fn sent(
    server: &Arc<Server>,
    mut draft: Draft,
    explanation: &str,
    drop_missing: bool,
) -> Result<(), Trouble> {
    let (Some(counter), Some(office)) = (server.counter(), server.office.as_ref()) else { return Ok(()) };
    let outcome = async {
        let checked = counter.drafts.checked(&draft.id).ok_or_else(|| Diagnostic::error("ZH7305"))?;
        let desk = office.desk().await.map_err(|problem| problem.diagnostic)?;
        let sending = Sending { draft: &draft, checked: &checked, explanation, drop_missing };
        send(&desk, &counter.drafts, &counter.places, sending, moment(server)).await
    };
    match outcome.await {
        Ok(done) => {
            draft.state = State::Sent { submission: done.receipt.submission, case: done.case };
            counter.drafts.sent(&draft)
        }
        Err(trouble) => failed(server, draft, trouble),
    }
}

/// What a person can put right is kept with the draft; the rest goes to the log, and the draft says so.
fn failed(server: &Arc<Server>, mut draft: Draft, trouble: Trouble) -> Result<(), Trouble> {
    let Some(counter) = server.counter() else { return Ok(()) };
    let (why, trouble) = match trouble {
        Trouble::Problems(why) => (why, None),
        Trouble::Machine(why) => (vec![why], None),
        other => (vec![Diagnostic::error("ZH7500")], Some(other)),
    };
    draft.state = State::Failed { why };
    counter.drafts.save(&draft)?;
    trouble.map_or(Ok(()), Err)
}
