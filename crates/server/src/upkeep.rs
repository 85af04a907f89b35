//! Care of the system: long work of the administrator, one piece at a time, what came of the last ones, and the daily backup.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError, Weak};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde::Deserialize;
use tokio::sync::watch;
use zhiheng_base::{Diagnostic, Period};
use zhiheng_desk::Trouble;
use zhiheng_desk::backup::{self, Backup};
use zhiheng_desk::shifts::{Shifts, pending, shifts};

use crate::office::{Office, year_of};
use crate::problem::Problem;
use crate::server::Server;

/// Pieces of work that are remembered.
const REMEMBERED: usize = 20;
/// How often the daily backup is thought of.
const MINUTE: Duration = Duration::from_secs(60);
/// How long a daily backup that failed waits for its next try.
const AGAIN: jiff::SignedDuration = jiff::SignedDuration::from_hours(1);

/// Where and when backups are made.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BackupSettings {
    /// Folder of the backups, relative to the project's; better one of another disk. None: no backups from the pages.
    pub folder: Option<PathBuf>,
    /// Time of the day in China at which one is made, such as `02:30`. None: only when asked for.
    pub daily_at: Option<Time>,
    /// How many of the newest are kept.
    pub keep: usize,
}

impl Default for BackupSettings {
    fn default() -> BackupSettings {
        BackupSettings { folder: None, daily_at: None, keep: 14 }
    }
}

/// A kind of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// The ledger is verified from its first entry on.
    Verify,
    /// A backup is made.
    Backup,
    /// A backup is checked; its name.
    Check(String),
    /// Figures are counted by the definitions in the folders.
    Compare,
}

impl Task {
    /// Its word, for texts and the trail.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Task::Verify => "verify",
            Task::Backup => "backup",
            Task::Check(_) => "check",
            Task::Compare => "compare",
        }
    }
}

/// What came of it.
#[derive(Clone, Debug)]
pub(crate) enum Done {
    /// Entries and root of the ledger.
    Verified(u64, String),
    /// Name and bytes of the backup.
    Backed(String, u64),
    /// Name of the backup, its files and entries.
    Checked(String, usize, u64),
    /// What would change.
    Compared(Arc<Shifts>),
}

/// A piece of work.
pub(crate) struct Work {
    pub(crate) task: Task,
    pub(crate) begun: Timestamp,
    done: AtomicU64,
    total: AtomicU64,
    gate: Gate,
    end: OnceLock<(Timestamp, Result<Done, Vec<Diagnostic>>)>,
    ended: watch::Sender<bool>,
}

impl Work {
    fn new(task: Task, begun: Timestamp) -> Work {
        let (done, total) = (AtomicU64::new(0), AtomicU64::new(0));
        let (gate, end, ended) = (Gate::default(), OnceLock::new(), watch::Sender::new(false));
        Work { task, begun, done, total, gate, end, ended }
    }

    /// Tenths of a per cent.
    pub(crate) fn share(&self) -> u64 {
        let total = self.total.load(Ordering::Relaxed).max(1);
        self.done.load(Ordering::Relaxed).min(total).saturating_mul(1000) / total
    }

    /// When it ended, and how.
    pub(crate) fn end(&self) -> Option<&(Timestamp, Result<Done, Vec<Diagnostic>>)> {
        self.end.get()
    }

    /// Waits for its end.
    pub(crate) async fn wait(&self) {
        // The sender lives as long as the work.
        let _ = self.ended.subscribe().wait_for(|ended| *ended).await;
    }

    /// Whether it stands still until somebody lets it go on.
    pub(crate) fn is_paused(&self) -> bool {
        self.end.get().is_none() && self.gate.is_shut()
    }

    /// Lets it stand still at its next piece, or go on.
    pub(crate) fn pause(&self, shut: bool) {
        self.gate.shut(shut);
    }

    fn hear(&self, done: u64, total: u64) {
        self.total.store(total, Ordering::Relaxed);
        self.done.store(done, Ordering::Relaxed);
        // The work has a thread of its own: nothing else waits here.
        self.gate.pass();
    }
}

/// Where a work waits while it is paused.
#[derive(Default)]
struct Gate {
    shut: Mutex<bool>,
    moved: Condvar,
}

impl Gate {
    fn is_shut(&self) -> bool {
        *self.shut.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn shut(&self, shut: bool) {
        *self.shut.lock().unwrap_or_else(PoisonError::into_inner) = shut;
        self.moved.notify_all();
    }

    fn pass(&self) {
        let mut shut = self.shut.lock().unwrap_or_else(PoisonError::into_inner);
        while *shut {
            shut = self.moved.wait(shut).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// The works, newest first.
#[derive(Default)]
pub(crate) struct Upkeep(Mutex<VecDeque<Arc<Work>>>);

impl Upkeep {
    /// All that is remembered.
    pub(crate) fn all(&self) -> Vec<Arc<Work>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// What goes on now.
    pub(crate) fn running(&self) -> Option<Arc<Work>> {
        self.all().into_iter().find(|work| work.end().is_none())
    }

    /// The newest comparison of definitions that came to an end.
    pub(crate) fn compared(&self) -> Option<Arc<Shifts>> {
        self.all().iter().find_map(|work| match work.end() {
            Some((_, Ok(Done::Compared(shifts)))) => Some(Arc::clone(shifts)),
            _ => None,
        })
    }

    /// Takes a task up, unless another one is being worked on (ZH7550).
    fn begin(&self, task: Task, at: Timestamp) -> Result<Arc<Work>, Diagnostic> {
        let mut works = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if works.iter().any(|work| work.end().is_none()) {
            return Err(Diagnostic::error("ZH7550"));
        }
        let work = Arc::new(Work::new(task, at));
        works.push_front(Arc::clone(&work));
        works.truncate(REMEMBERED);
        Ok(work)
    }
}

/// Folder of the backups; none if the operator has named none.
pub(crate) async fn folder(server: &Server) -> Option<PathBuf> {
    let folder = server.settings.backup.folder.as_ref()?;
    let office = server.office.as_ref()?;
    Some(office.project().await.dir().join(folder))
}

/// Begins a task; it goes on behind the pages.
pub(crate) fn begin(server: &Arc<Server>, task: Task) -> Result<Arc<Work>, Diagnostic> {
    let work = server.upkeep.begin(task, server.now())?;
    let (server, done) = (Arc::clone(server), Arc::clone(&work));
    tokio::spawn(async move {
        // On a thread of its own: hours of counting hold up no page, and even a panic in it comes to an end here.
        let (inner, progress) = (Arc::clone(&server), Arc::clone(&done));
        let runtime = tokio::runtime::Handle::current();
        let work = tokio::task::spawn_blocking(move || runtime.block_on(run(&inner, &progress)));
        let outcome = match work.await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(Trouble::Problems(why))) => Err(why),
            Ok(Err(Trouble::Machine(why))) => Err(vec![why]),
            Ok(Err(trouble)) => Err(unexpected(&server, &trouble)),
            Err(error) => Err(unexpected(&server, &error)),
        };
        let _ = done.end.set((server.now(), outcome));
        done.ended.send_replace(true);
    });
    Ok(work)
}

fn unexpected(server: &Server, error: &dyn std::error::Error) -> Vec<Diagnostic> {
    server.log.text(&format!("upkeep: {error}"));
    vec![Diagnostic::error("ZH7500")]
}

async fn run(server: &Arc<Server>, work: &Arc<Work>) -> Result<Done, Trouble> {
    let office = server.office.as_ref().ok_or_else(|| Diagnostic::error("ZH7551"))?;
    match &work.task {
        Task::Verify => {
            let found = server.ledger.verify(|done, total| work.hear(done, total)).await?;
            match found.is_sound() {
                true => Ok(Done::Verified(found.entries, found.root)),
                false => Err(found.problems.into()),
            }
        }
        Task::Backup => {
            let folder = folder(server).await.ok_or_else(|| Diagnostic::error("ZH7551"))?;
            let project = office.project().await;
            let (ledger, access) = (&server.ledger, Some(&server.access));
            let heard = Arc::clone(work);
            let progress: backup::Progress = Arc::new(move |done, total| heard.hear(done, total));
            let made = backup::make(&project, ledger, access, &folder, work.begun, progress).await?;
            let keep = server.settings.backup.keep;
            on_disk(move || backup::prune(&folder, keep)).await?;
            Ok(Done::Backed(made.name(), made.manifest.bytes()))
        }
        Task::Check(name) => {
            let found = backups(server).await?.into_iter().find(|backup| backup.name() == *name);
            let found = found.ok_or_else(|| Diagnostic::error("ZH7552").arg("name", name))?;
            let heard = Arc::clone(work);
            let progress: backup::Progress = Arc::new(move |done, total| heard.hear(done, total));
            let checked = backup::check(&found.dir, progress).await?;
            Ok(Done::Checked(name.clone(), checked.files, checked.entries))
        }
        Task::Compare => {
            let folders = office.folders();
            let other = on_disk(move || Ok(pending(&folders))).await?;
            if other.problems.iter().any(Diagnostic::is_error) {
                return Err(other.problems.into());
            }
            let newest = newest(server, office).await.map_err(|problem| problem.diagnostic)?;
            let periods: Vec<_> = newest.previous().into_iter().chain([newest]).collect();
            let (project, both) = (office.project().await, (office.catalog().await, other.catalog));
            let told = |done, total| work.hear(done, total);
            let found = shifts((&project, &server.ledger), both, office.region, &periods, told).await?;
            Ok(Done::Compared(Arc::new(found)))
        }
    }
}

/// The newest year with figures.
async fn newest(server: &Server, office: &Office) -> Result<Period, Problem> {
    let desk = office.desk().await?;
    office.newest(&desk, office.region, year_of(server.today())?).await
}

/// Work on files, where waiting holds up nobody.
pub(crate) async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Trouble> + Send + 'static,
) -> Result<T, Trouble> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Trouble::Internal(Box::new(error)))?
}

/// The backups there are, newest first.
pub(crate) async fn backups(server: &Server) -> Result<Vec<Backup>, Trouble> {
    match folder(server).await {
        Some(folder) => on_disk(move || backup::backups(&folder)).await,
        None => Ok(Vec::new()),
    }
}

/// Makes the daily backup when its time has come; what was missed while the server was down is made up for.
pub(crate) async fn daily(server: Weak<Server>, mut stopped: watch::Receiver<bool>) {
    let mut tried: Option<Timestamp> = None;
    loop {
        if let Some(server) = server.upgrade() {
            let newest =
                backups(&server).await.ok().and_then(|all| all.first().map(|one| one.manifest.made_at));
            let waited = tried.is_none_or(|at| server.now().duration_since(at) >= AGAIN);
            if waited && is_due(server.settings.backup.daily_at, newest, server.now()) {
                // Another work under way: the next minute will do.
                if begin(&server, Task::Backup).is_ok() {
                    tried = Some(server.now());
                }
            }
        }
        tokio::select! {
            () = tokio::time::sleep(MINUTE) => {},
            _ = stopped.wait_for(|stopped| *stopped) => return,
        }
    }
}

/// Whether the newest backup is older than the last time at which one was to be made.
fn is_due(daily_at: Option<Time>, newest: Option<Timestamp>, now: Timestamp) -> bool {
    let Some(daily_at) = daily_at else { return false };
    let china = TimeZone::fixed(jiff::tz::offset(8));
    let here = now.to_zoned(china.clone()).datetime();
    let today = here.date().to_datetime(daily_at);
    let last =
        if today <= here { Ok(today) } else { here.date().yesterday().map(|day| day.to_datetime(daily_at)) };
    let Some(last) = last.ok().and_then(|last| last.to_zoned(china).ok()) else { return false };
    newest.is_none_or(|newest| newest < last.timestamp())
}

/// Bytes of a file; 0 if it is not there.
pub(crate) fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |meta| meta.len())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use jiff::Timestamp;
    use jiff::civil::time;

    use super::{Task, Work, is_due};

    #[test]
    fn a_paused_work_stands_still_until_it_goes_on() {
        let work = Arc::new(Work::new(Task::Verify, Timestamp::UNIX_EPOCH));
        work.pause(true);
        let doing = Arc::clone(&work);
        let (told, heard) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            for done in 1..=3 {
                doing.hear(done, 3);
                told.send(done).expect("somebody listens");
            }
        });
        assert!(heard.recv_timeout(Duration::from_millis(200)).is_err(), "it stands still");
        assert!(work.is_paused() && work.share() == 333, "it did its first piece: {}", work.share());
        work.pause(false);
        assert_eq!(heard.iter().collect::<Vec<_>>(), [1, 2, 3]);
        thread.join().expect("it ended");
        assert!(!work.is_paused());
    }

    #[test]
    fn a_backup_is_due_once_a_day() {
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let daily = Some(time(2, 30, 0, 0));
        // 02:30 in China is 18:30 of the day before in UTC
        let cases = [
            (None, "2026-03-01T18:31:00Z", true),
            (Some("2026-03-01T18:30:05Z"), "2026-03-01T18:31:00Z", false),
            (Some("2026-02-28T18:30:05Z"), "2026-03-01T18:29:59Z", false),
            (Some("2026-02-28T18:30:05Z"), "2026-03-01T18:30:00Z", true),
            (Some("2026-02-20T18:30:05Z"), "2026-03-01T10:00:00Z", true),
            (Some("2026-03-01T12:00:00Z"), "2026-03-01T18:30:00Z", true),
        ];
        for (newest, now, due) in cases {
            assert_eq!(is_due(daily, newest.map(at), at(now)), due, "{newest:?} {now}");
        }
        assert!(!is_due(None, None, at("2026-03-01T18:31:00Z")));
    }
}
