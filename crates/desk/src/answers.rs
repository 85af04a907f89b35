//! Answers that were given to programs, kept for whoever did not hear them: a request that comes again under the same key gets the
//! same answer and does nothing.
//!
//! An answer is on the disk before it goes out, each under the account and key that it belongs to. Only what was done is kept: a
//! refusal changed nothing, and the request can come again under its key. What a server that died had begun and not answered is done
//! again; acts of cases have a name of their own by which the ledger takes them once ([`act_name`]).

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use zhiheng_base::Diagnostic;
use zhiheng_record::Project;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;

use crate::handin::draft::{read, write};
use crate::trouble::Trouble;

/// Hours for which an answer is kept.
pub const KEPT_HOURS: i64 = 72;

/// Longest key.
const KEY_MAX: usize = 255;

/// How often old answers are looked for.
const TIDIED_HOURS: i64 = 1;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// SHA-256 of what was asked, in hex.
    pub request: String,
    /// When it was given.
    pub at: Timestamp,
    /// HTTP status.
    pub status: u16,
    /// Headers of its own, in lower case.
    pub headers: Vec<(String, String)>,
    /// Its JSON.
    pub body: String,
}

/// The answers of a project.
#[derive(Clone, Debug)]
pub struct Answers {
    dir: PathBuf,
    running: Arc<Mutex<BTreeSet<String>>>,
    tidied: Arc<Mutex<Option<Timestamp>>>,
}

/// Whether a request is new.
#[derive(Debug)]
pub enum Asked {
    /// It is: do it, and keep the answer.
    New(Turn),
    /// It was answered.
    Again(Told),
}

/// A request that is being done; nobody else does it meanwhile.
#[derive(Debug)]
pub struct Turn {
    name: String,
    path: PathBuf,
    running: Arc<Mutex<BTreeSet<String>>>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.name);
    }
}

impl Turn {
    /// Keeps the answer, durably, and ends the turn.
    ///
    /// Errors: those of the disk.
    pub fn keep(self, told: &Told) -> Result<(), Trouble> {
        write(&self.path, told)?;
        // The name too must be there after the power fails.
        if let Some(dir) = self.path.parent() {
            fs::File::open(dir)?.sync_all()?;
        }
        Ok(())
    }
}

impl Answers {
    /// Those in the project's folder.
    pub fn of(project: &Project) -> Answers {
        Answers { dir: project.dir().join("answers"), running: Arc::default(), tidied: Arc::default() }
    }

    /// Begins a request of an account under its key; `request` is the SHA-256 of what it asks.
    ///
    /// Errors: ZH7571 the key is none, ZH7572 it was used for another request, ZH7573 the same request is being done; and those of the
    /// disk.
    pub fn begin(&self, account: &str, key: &str, request: &str, now: Timestamp) -> Result<Asked, Trouble> {
        if key.is_empty() || key.len() > KEY_MAX || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Diagnostic::error("ZH7571").arg("most", KEY_MAX).into());
        }
        let name = name_of(account, key);
        let path = self.dir.join(format!("{name}.json"));
        if !self.running.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone()) {
            return Err(Diagnostic::error("ZH7573").into());
        }
        let turn = Turn { name, path, running: Arc::clone(&self.running) };
        fs::create_dir_all(&self.dir)?;
        fs::set_permissions(&self.dir, fs::Permissions::from_mode(0o700))?;
        self.tidy(now)?;
        match read::<Told>(&turn.path).filter(|told| !is_old(told.at, now)) {
            Some(told) if told.request == request => Ok(Asked::Again(told)),
            Some(told) => Err(Diagnostic::error("ZH7572").arg("at", told.at).into()),
            None => Ok(Asked::New(turn)),
        }
    }

    /// Forgets what is older than [`KEPT_HOURS`], now and then.
    fn tidy(&self, now: Timestamp) -> Result<(), Trouble> {
        {
            let mut tidied = self.tidied.lock().unwrap_or_else(PoisonError::into_inner);
            if tidied.is_some_and(|at| now.duration_since(at) < SignedDuration::from_hours(TIDIED_HOURS)) {
                return Ok(());
            }
            *tidied = Some(now);
        }
        for entry in fs::read_dir(&self.dir)?.flatten() {
            let path = entry.path();
            let is_done = read::<Told>(&path).is_none_or(|told| is_old(told.at, now));
            if is_done && !self.is_running(&path) {
                match fs::remove_file(&path) {
                    Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Whether the answer that would lie here is being made.
    fn is_running(&self, path: &Path) -> bool {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        path.file_stem().and_then(|name| name.to_str()).is_some_and(|name| running.contains(name))
    }
}

fn is_old(at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(at) > SignedDuration::from_hours(KEPT_HOURS)
}

fn name_of(account: &str, key: &str) -> String {
    to_hex(&sha256(format!("{account}\0{key}").as_bytes()))
}

/// Name of the `n`th act of a request, under which the ledger takes it once.
pub fn act_name(account: &str, key: &str, n: usize) -> String {
    let hash = name_of(account, key);
    format!("api/{}/{n}", hash.get(..32).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(dir: &Path) -> Answers {
        Answers { dir: dir.join("answers"), running: Arc::default(), tidied: Arc::default() }
    }

    fn code(result: Result<Asked, Trouble>) -> String {
        match result {
            Err(Trouble::Problems(problems)) => problems[0].code.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_request_is_done_once_and_its_answer_kept_three_days() {
        let dir = tempfile::tempdir().unwrap();
        let now: Timestamp = "2013-10-21T00:00:00Z".parse().unwrap();
        let later = |hours| now + SignedDuration::from_hours(hours);
        let all = answers(dir.path());
        let Asked::New(turn) = all.begin("a", "k-1", "r", now).unwrap() else { panic!("new") };
        assert_eq!(code(all.begin("a", "k-1", "r", now)), "ZH7573", "it is being done");
        let Asked::New(other) = all.begin("b", "k-1", "r", now).unwrap() else { panic!("another account") };
        drop(other);
        let told = Told { request: "r".into(), at: now, status: 201, headers: Vec::new(), body: "{}".into() };
        turn.keep(&told).unwrap();
        // Another process reads what this one wrote.
        for all in [&all, &answers(dir.path())] {
            assert!(
                matches!(all.begin("a", "k-1", "r", later(25)).unwrap(), Asked::Again(one) if one == told)
            );
            assert_eq!(code(all.begin("a", "k-1", "other", later(25))), "ZH7572");
            assert!(matches!(all.begin("b", "k-1", "other", now).unwrap(), Asked::New(_)), "not kept for b");
        }
        for bad in ["", "a b", "质", &"k".repeat(256)] {
            assert_eq!(code(all.begin("a", bad, "r", now)), "ZH7571", "{bad}");
        }
        assert!(
            matches!(all.begin("a", "k-1", "other", later(73)).unwrap(), Asked::New(_)),
            "too old to count"
        );
        // Whatever is asked next clears away what is old.
        let all = answers(dir.path());
        assert!(matches!(all.begin("a", "k-2", "r", later(73)).unwrap(), Asked::New(_)));
        assert_eq!(fs::read_dir(dir.path().join("answers")).unwrap().count(), 0, "the old one is gone");
    }

    #[test]
    fn acts_of_requests_have_names_of_their_own() {
        let names: BTreeSet<String> = [("a", "k", 0), ("a", "k", 1), ("a", "l", 0), ("b", "k", 0)]
            .map(|(a, k, n)| act_name(a, k, n))
            .into();
        assert_eq!(names.len(), 4);
    }
}
