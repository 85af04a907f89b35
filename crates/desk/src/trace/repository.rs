//! The repository as clients of the REST binding meet it: events and worlds within a view, captures that go on after the
//! answer, and what clients have left with us (named queries, subscriptions).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use zhiheng_base::Diagnostic;
use zhiheng_trace::Event;
use zhiheng_trace::query::{Page, Query};
use zhiheng_trace::store::{MasterBook, Restored};
use zhiheng_trace::world::{Arrival, AsOf, Log, World};

use super::capture::{Capture, Job};
use super::named::Named;
use super::owned::{Owned, View, holds};
use super::recall::Seen;
use super::sites::{Known, Sites, Told, each};
use super::{Tracing, internal};
use crate::trouble::Trouble;

/// Worlds of enterprises that are kept.
const WORLDS: usize = 8;

/// The repository of a project.
pub struct Repository {
    tracing: Tracing,
    named: Named,
    owned: tokio::sync::Mutex<Owned>,
    known: tokio::sync::Mutex<Known>,
    /// The newest last.
    worlds: Mutex<Vec<Arc<Own>>>,
    running: Arc<Mutex<BTreeSet<String>>>,
}

/// What the events of one enterprise tell.
struct Own {
    enterprise: String,
    size: u64,
    world: World,
    sites: Sites,
    /// Master data that it handed in itself: what others said of their places is not its to read.
    book: MasterBook,
}

impl Repository {
    /// The repository over a project's traceability.
    pub fn new(tracing: Tracing, named: Named) -> Repository {
        Repository {
            tracing,
            named,
            owned: tokio::sync::Mutex::default(),
            known: tokio::sync::Mutex::default(),
            worlds: Mutex::default(),
            running: Arc::default(),
        }
    }

    /// The traceability below.
    pub fn tracing(&self) -> &Tracing {
        &self.tracing
    }

    /// Named queries and subscriptions.
    pub fn named(&self) -> &Named {
        &self.named
    }

    /// A page of the events in view that fit a query.
    ///
    /// # Errors
    ///
    /// Those of [`Tracing::ask`].
    pub async fn ask(&self, view: &View, query: &Query) -> Result<Page, Trouble> {
        match view {
            View::All => self.tracing.ask(query).await,
            View::Of(enterprise) => {
                let runs = self.runs(enterprise).await?;
                self.tracing.ask_among(query, |entry| holds(&runs, entry)).await
            }
        }
    }

    /// The first events from entry `since` on that are in view and fit a query in the order of capture, with the entry up to which these
    /// are all.
    ///
    /// # Errors
    ///
    /// Those of the ledger.
    pub async fn since(&self, view: &View, query: &Query, since: u64) -> Result<(Vec<Event>, u64), Trouble> {
        let runs = match view {
            View::All => None,
            View::Of(enterprise) => Some(self.runs(enterprise).await?),
        };
        let size = self.tracing.ledger().size().await?;
        let within =
            |entry| (since..size).contains(&entry) && runs.as_ref().is_none_or(|runs| holds(runs, entry));
        let (entries, next) = self.tracing.entries_among(query, within).await?;
        let to = next.and(entries.last()).map_or(size, |last| last + 1);
        let mut events = Vec::with_capacity(entries.len());
        for entry in entries {
            events.push(self.tracing.recorded(entry).await?);
        }
        Ok((events, to))
    }

    /// The event at an entry, if it is in view.
    ///
    /// # Errors
    ///
    /// ZH9555 if there is none, and those of the ledger.
    pub async fn event(&self, view: &View, entry: u64) -> Result<(Restored, i64), Trouble> {
        if let View::Of(enterprise) = view
            && !holds(&self.runs(enterprise).await?, entry)
        {
            return Err(Diagnostic::error("ZH9555").arg("entry", entry).into());
        }
        self.tracing.event(entry).await
    }

    async fn runs(&self, enterprise: &str) -> Result<Vec<std::ops::Range<u64>>, Trouble> {
        let mut owned = self.owned.lock().await;
        owned.follow(self.tracing.ledger()).await?;
        Ok(owned.of(enterprise).to_vec())
    }

    /// Asks the world in view, brought up to the ledger. For an enterprise it is the world that its own events tell.
    ///
    /// # Errors
    ///
    /// Those of the ledger.
    pub async fn world<T>(&self, view: &View, ask: impl FnOnce(&World) -> T) -> Result<T, Trouble> {
        match view {
            View::All => {
                self.tracing.settled().await?;
                Ok(ask(&self.tracing.held().world))
            }
            View::Of(enterprise) => Ok(ask(&self.own(enterprise).await?.world)),
        }
    }

    /// The world in view as it was known when the ledger had `size` entries.
    ///
    /// # Errors
    ///
    /// Those of the ledger.
    pub async fn world_as_of<T>(
        &self,
        view: &View,
        size: u64,
        ask: impl FnOnce(&World) -> T,
    ) -> Result<T, Trouble> {
        let then = match view {
            View::All => {
                self.tracing.refresh().await?;
                self.tracing.as_of(size).await?.0
            }
            View::Of(enterprise) => self.own(enterprise).await?.world.as_of(AsOf { size, ..AsOf::NOW }),
        };
        Ok(ask(&then))
    }

    /// Asks the world in view together with the master data in view, as they are or as they were known when the ledger had `size` entries.
    ///
    /// # Errors
    ///
    /// Those of the ledger.
    pub async fn look<T>(
        &self,
        view: &View,
        size: Option<u64>,
        ask: impl FnOnce(Seen<'_>) -> T,
    ) -> Result<T, Trouble> {
        match view {
            View::All => {
                self.tracing.settled().await?;
                let asked = {
                    let held = self.tracing.held();
                    let Some(size) = size.filter(|size| *size < held.size) else {
                        return Ok(ask(Seen { world: &held.world, masters: &held.masters, size: held.size }));
                    };
                    size
                };
                let (world, masters) = self.tracing.as_of(asked).await?;
                Ok(ask(Seen { world: &world, masters: &masters, size: asked }))
            }
            View::Of(enterprise) => {
                let own = self.own(enterprise).await?;
                let size = size.unwrap_or(own.size).min(own.size);
                let masters = own.book.masters_at(size);
                if size == own.size {
                    return Ok(ask(Seen { world: &own.world, masters: &masters, size }));
                }
                let world = own.world.as_of(AsOf { size, ..AsOf::NOW });
                Ok(ask(Seen { world: &world, masters: &masters, size }))
            }
        }
    }

    /// Asks which places are in view.
    ///
    /// # Errors
    ///
    /// Those of the ledger.
    pub async fn sites<T>(&self, view: &View, ask: impl FnOnce(&Sites) -> T) -> Result<T, Trouble> {
        match view {
            View::All => {
                let mut known = self.known.lock().await;
                known.follow(self.tracing.ledger()).await?;
                Ok(ask(&known.sites))
            }
            View::Of(enterprise) => Ok(ask(&self.own(enterprise).await?.sites)),
        }
    }

    /// What the events of an enterprise tell, as the ledger stands.
    async fn own(&self, enterprise: &str) -> Result<Arc<Own>, Trouble> {
        let size = self.tracing.ledger().size().await?;
        {
            let worlds = self.worlds.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(own) = worlds.iter().find(|own| own.enterprise == enterprise && own.size == size) {
                return Ok(Arc::clone(own));
            }
        }
        let runs = self.runs(enterprise).await?;
        let (mut log, mut sites, mut book) = (Log::default(), Sites::default(), MasterBook::default());
        let mut learn = |told: Told| {
            if let Some(restored) = &told.restored {
                sites.add(&restored.event);
                let redacted = !restored.erased.is_empty();
                let arrival = Arrival { recorded: told.at, entry: told.entry, mark: restored.mark, redacted };
                log.push(&restored.event, &arrival);
            }
            if let Some(master) = told.master {
                book.add(told.entry, master);
            }
        };
        for run in &runs {
            each(self.tracing.ledger(), run.clone(), &mut learn).await?;
        }
        // Whoever withdrew or corrected it, it no longer counts.
        for (old, new) in self.tracing.ledger().superseded(size).await? {
            if holds(&runs, old) {
                log.end(old, new);
                book.remove(old);
            }
        }
        let folded = tokio::task::spawn_blocking(move || World::fold(Arc::new(log), AsOf::NOW));
        let world = folded.await.map_err(internal)?;
        let own = Arc::new(Own { enterprise: enterprise.to_owned(), size, world, sites, book });
        let mut worlds = self.worlds.lock().unwrap_or_else(PoisonError::into_inner);
        worlds.retain(|other| other.enterprise != enterprise);
        worlds.push(Arc::clone(&own));
        if worlds.len() > WORLDS {
            worlds.remove(0);
        }
        Ok(own)
    }

    /// Captures a document, and goes on if that takes longer than `wait`: then the job is answered as it stands, not finished.
    ///
    /// # Errors
    ///
    /// Those of [`Tracing::capture`] that come within `wait`.
    pub async fn capture(&self, capture: Capture, wait: Duration) -> Result<Job, Trouble> {
        let begun = Job::begun(self.tracing.jobs().id(capture.at)?, &capture);
        // It can be asked for from now on, and a crash leaves a trace.
        self.tracing.jobs().keep(&begun)?;
        lock(&self.running).insert(begun.id.clone());
        let (tracing, running, id) = (self.tracing.clone(), Arc::clone(&self.running), begun.id.clone());
        let mut failed = begun.clone();
        let work = tokio::spawn(async move {
            let done = tracing.capture_as(id.clone(), capture).await;
            if let Err(trouble) = &done {
                failed.finished = Some(jiff::Timestamp::now().max(failed.created));
                failed.problems = match trouble {
                    Trouble::Problems(problems) => problems.clone(),
                    Trouble::Machine(problem) => vec![problem.clone()],
                    Trouble::Internal(_) => vec![Diagnostic::error("ZH9590")],
                };
                // The ledger's trouble is told; a full disk would only add its own.
                let _ = tracing.jobs().keep(&failed);
            }
            lock(&running).remove(&id);
            done
        });
        match tokio::time::timeout(wait, work).await {
            Ok(done) => done.map_err(internal)?,
            Err(_) => Ok(begun),
        }
    }

    /// Whether a job is still at work. One that is neither finished nor at work was interrupted.
    pub fn is_running(&self, job: &Job) -> bool {
        job.finished.is_none() && lock(&self.running).contains(&job.id)
    }
}

fn lock(running: &Mutex<BTreeSet<String>>) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
    running.lock().unwrap_or_else(PoisonError::into_inner)
}
