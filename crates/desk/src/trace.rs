//! Traceability on a project's ledger: events captured into it, and the world that they tell kept up with it.
//!
//! The ledger is the truth; [`Tracing`] holds a picture of it in memory that can be made again at any time. A picture on
//! the disk ([`picture`]) saves the reading of old entries at the next start, nothing else.

mod capture;
mod cron;
mod jobs;
mod named;
mod owned;
mod picture;
mod query;
pub mod recall;
mod repository;
mod sites;
mod speech;

use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use zhiheng_base::Diagnostic;
use zhiheng_record::{EntryKind, Ledger, Project, Whole};
use zhiheng_trace::query::Masters;
use zhiheng_trace::store::{Master, MasterBook, RECORD, Restored, master};
use zhiheng_trace::world::{Arrival, AsOf, Index, World};

use crate::trouble::Trouble;

pub use capture::{Capture, Job};
pub use cron::Schedule;
pub use jobs::Jobs;
pub use named::{Named, Standing, Subscription, When};
pub use owned::View;
pub use repository::Repository;
pub use sites::Sites;
pub use speech::{Speech, level};

/// Entries read at once.
const CHUNK: u64 = 8192;

/// What the marks of events are made with; see [`zhiheng_trace::store::mark`].
const MARKS: &str = "trace marks 1";

/// The traceability of a project.
#[derive(Clone)]
pub struct Tracing {
    ledger: Ledger,
    key: [u8; 32],
    dir: PathBuf,
    jobs: Jobs,
    held: Arc<RwLock<Held>>,
    /// Whoever brings the picture up to the ledger holds this.
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// The picture.
#[derive(Default)]
pub struct Held {
    /// The world as it is known.
    pub world: World,
    /// Where events stand by identifier.
    pub index: Index,
    /// What was said beside events.
    pub book: MasterBook,
    /// The same as queries see it.
    pub masters: Arc<Masters>,
    /// Entries of the ledger that it shows.
    pub size: u64,
    /// Entries that the picture on the disk shows.
    kept: u64,
}

impl Tracing {
    /// Opens the traceability of a project over its ledger and brings it up to date.
    ///
    /// Errors: those of the ledger and of its key.
    pub async fn open(project: &Project, ledger: Ledger) -> Result<Tracing, Trouble> {
        let key = project.key()?.secret(MARKS);
        let dir = project.lake().join("trace");
        let held = picture::load(&dir, &ledger).await?.unwrap_or_default();
        let tracing = Tracing {
            ledger,
            key,
            dir,
            jobs: Jobs::new(project.dir().join("trace")),
            held: Arc::new(RwLock::new(held)),
            turn: Arc::default(),
        };
        tracing.refresh().await?;
        Ok(tracing)
    }

    /// The picture, to ask it something; what was captured since the last question is taken over first, so that many captures in a
    /// row cost no folding. Whoever holds it keeps captures from showing.
    pub fn held(&self) -> RwLockReadGuard<'_, Held> {
        loop {
            let held = self.unsettled();
            if held.world.is_settled() {
                return held;
            }
            drop(held);
            self.change(|held| held.world.settle());
        }
    }

    /// The picture, whose log and index are up to date and whose world may not be.
    fn unsettled(&self) -> RwLockReadGuard<'_, Held> {
        self.held.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Capture jobs.
    pub fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    /// The ledger below.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Brings log and index up to the ledger.
    ///
    /// Errors: those of the ledger; ZH9555 for an entry that is no event.
    pub async fn refresh(&self) -> Result<(), Trouble> {
        let _turn = self.turn.lock().await;
        self.follow().await
    }

    /// Brings the whole picture up to the ledger, so that [`Tracing::held`] answers at once. A late event lets the world fold anew, which
    /// takes seconds for a million events: that is done beside the threads that answer others, and whoever comes meanwhile waits here.
    ///
    /// Errors: those of [`Tracing::refresh`].
    pub async fn settled(&self) -> Result<(), Trouble> {
        let _turn = self.turn.lock().await;
        self.follow().await?;
        if self.unsettled().world.is_settled() {
            return Ok(());
        }
        let tracing = self.clone();
        let settle = move || tracing.change(|held| held.world.settle());
        tokio::task::spawn_blocking(settle).await.map_err(internal)
    }

    async fn follow(&self) -> Result<(), Trouble> {
        let mut at = self.unsettled().size;
        let size = self.ledger.size().await?;
        if at >= size {
            return Ok(());
        }
        if at > 0 && !self.ledger.erasures_in(at..size).await?.is_empty() {
            // what was erased must be in no picture
            picture::forget(&self.dir)?;
            self.change(|held| *held = Held::default());
            at = 0;
        }
        let from = at;
        while at < size {
            let next = size.min(at + CHUNK);
            let rows = self.ledger.whole(RECORD, at..next).await?;
            let restored = tokio::task::spawn_blocking(move || restore(rows)).await.map_err(internal)??;
            self.change(|held| {
                let Held { world, book, .. } = held;
                world.learn(|log| {
                    for (whole, read) in restored {
                        if let Some(old) = whole.corrects {
                            book.remove(old);
                            log.end(old, whole.entry);
                        }
                        match read {
                            Read::Event(restored) => log.push(&restored.event, &arrival(&whole, &restored)),
                            Read::Master(master) => book.add(whole.entry, master),
                            Read::Nothing => {}
                        }
                    }
                });
                held.size = next;
            });
            at = next;
        }
        self.change(|held| {
            held.index.follow(held.world.log());
            held.masters = Arc::new(held.book.masters());
        });
        if size - from > picture::WORTH {
            self.keep_picture().await?;
        }
        Ok(())
    }

    /// Writes the picture to the disk.
    async fn keep_picture(&self) -> Result<(), Trouble> {
        let (size, bytes) = {
            let held = self.unsettled();
            (held.size, picture::bytes(&held))
        };
        picture::save(&self.dir, &self.ledger, size, bytes).await?;
        self.change(|held| held.kept = size);
        Ok(())
    }

    fn change<T>(&self, change: impl FnOnce(&mut Held) -> T) -> T {
        change(&mut self.held.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// The world and the master data as they were known when the ledger had `size` entries. What was erased since is missing there, too.
    ///
    /// Errors: the thread that folds it ends before its time.
    pub async fn as_of(&self, size: u64) -> Result<(World, Masters), Trouble> {
        let tracing = self.clone();
        let fold = move || {
            let held = tracing.unsettled();
            (held.world.as_of(AsOf { size, ..AsOf::NOW }), held.book.masters_at(size))
        };
        tokio::task::spawn_blocking(fold).await.map_err(internal)
    }

    /// The event at an entry of the ledger, with the names of parts that were erased.
    ///
    /// Errors: those of the ledger; ZH9555 if there is none.
    pub async fn event(&self, entry: u64) -> Result<(Restored, i64), Trouble> {
        let rows = self.ledger.whole(RECORD, entry..entry + 1).await?;
        let whole = rows.first().filter(|whole| whole.kind != EntryKind::Withdraw);
        whole
            .and_then(|whole| Some((Restored::from_ledger(&whole.data, &whole.personal)?, whole.at)))
            .ok_or_else(|| Diagnostic::error("ZH9555").arg("entry", entry).into())
    }

    /// Makes sure that an entry of the ledger is an event or master data.
    ///
    /// Errors: those of the ledger; ZH9555 if it is neither.
    pub async fn has(&self, entry: u64) -> Result<(), Trouble> {
        let rows = self.ledger.whole(RECORD, entry..entry + 1).await?;
        let is_ours = |whole: &&Whole| {
            whole.kind != EntryKind::Withdraw
                && (master(&whole.data, &whole.personal).is_some()
                    || Restored::from_ledger(&whole.data, &whole.personal).is_some())
        };
        let found = rows.first().filter(is_ours);
        found.map(|_| ()).ok_or_else(|| Diagnostic::error("ZH9555").arg("entry", entry).into())
    }

    /// The folder of the picture.
    pub fn dir(&self) -> &Path {
        &self.dir
    }
}

fn arrival(whole: &Whole, restored: &Restored) -> Arrival {
    Arrival {
        recorded: whole.at,
        entry: whole.entry,
        mark: restored.mark,
        redacted: !restored.erased.is_empty(),
    }
}

/// What an entry holds.
enum Read {
    Event(Box<Restored>),
    Master(Master),
    /// It withdraws another, or all that it said was erased.
    Nothing,
}

fn restore(rows: Vec<Whole>) -> Result<Vec<(Whole, Read)>, Trouble> {
    rows.into_iter()
        .map(|whole| {
            if whole.kind == EntryKind::Withdraw {
                return Ok((whole, Read::Nothing));
            }
            if let Some(read) = master(&whole.data, &whole.personal) {
                return Ok((whole, read.map_or(Read::Nothing, Read::Master)));
            }
            let restored = Restored::from_ledger(&whole.data, &whole.personal);
            let restored = restored.ok_or_else(|| Diagnostic::error("ZH9555").arg("entry", whole.entry))?;
            Ok((whole, Read::Event(Box::new(restored))))
        })
        .collect()
}

pub(crate) fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Trouble {
    Trouble::Internal(Box::new(error))
}
