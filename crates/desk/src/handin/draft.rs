//! Files that were given and not yet sent: a folder for each in the project's `drafts/`, gone after some days.
//!
//! ```text
//! drafts/<id>/head.json      whose, of which return, in which state
//! drafts/<id>/source         the file as given
//! drafts/<id>/rows.spool     what the child made of it
//! drafts/<id>/checked.json   what was found
//! ```
//!
//! Each file is there whole or not at all, so whatever a crash leaves behind can be read; a draft that was being checked or sent is
//! taken up again.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Diagnostic};
use zhiheng_catalog::Catalog;
use zhiheng_intake::worker::Done;
use zhiheng_record::Project;

use super::compare::Compared;
use super::duty::Return;
use super::table::Table;
use super::totals::{Outlier, Totals};
use crate::trouble::Trouble;

/// Drafts that one account may have at once.
const MOST_OF_ACCOUNT: usize = 20;

/// Days after which a draft that nobody sent is forgotten.
const KEPT_DAYS: i64 = 14;

/// What was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Given {
    /// A file.
    File,
    /// A table that was pasted; it can be mended in place.
    Table,
    /// Nothing: there is nothing to report.
    Nil,
}

/// Where a draft stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is being read.
    Checking,
    /// Its reading was paused by its owner; it begins anew when it goes on.
    Paused,
    /// It was read; see [`Checked`].
    Checked,
    /// It is on its way into the ledger.
    Sending {
        /// What the sender says to it.
        explanation: String,
        /// Whether records of the last hand-in that are not in this one are withdrawn.
        drop_missing: bool,
    },
    /// It is in the ledger, under this receipt.
    Sent {
        /// Submission id.
        submission: String,
        /// Case number.
        case: String,
    },
    /// It could not be read or sent.
    Failed {
        /// Why.
        why: Vec<Diagnostic>,
    },
}

/// A draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Its id, which nobody guesses.
    pub id: String,
    /// Account whose it is.
    pub account: String,
    /// Login of the account, under which it acts in cases.
    pub login: String,
    /// Record type.
    pub of: String,
    /// Region of the unit.
    pub region: String,
    /// Period.
    pub period: String,
    /// What was given.
    pub given: Given,
    /// Name of the file as its owner knows it.
    pub name: String,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
    /// When.
    pub at: Timestamp,
    /// Where it stands.
    pub state: State,
}

/// What was found in a draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// The account of its rows.
    pub done: Done,
    /// Its first problems, as the child tells them.
    pub problems: Vec<Diagnostic>,
    /// What its rows come to.
    pub totals: Totals,
    /// What the records of the period before come to.
    pub before: Totals,
    /// Values far from the others.
    pub outliers: Vec<Outlier>,
    /// What the ledger has of it already.
    pub compared: Compared,
    /// SHA-256 of the rows that are sent, once they are confirmed.
    pub rows: String,
    /// Digest of the catalog by which it was read.
    pub catalog: String,
}

impl Checked {
    /// Rows that stand in the way.
    pub fn refused(&self) -> u64 {
        self.done.refused
    }

    /// Whether something must be said to it before it is sent.
    pub fn needs_explanation(&self) -> bool {
        self.done.flagged > 0 || !self.outliers.is_empty() || self.compared.changes() > 0
    }
}

impl Draft {
    /// The return that it is for.
    ///
    /// Errors: those of [`Return::named`].
    pub fn what(&self, catalog: &Catalog, today: Date) -> Result<Return, Diagnostic> {
        let region = zhiheng_base::RegionCode::parse(&self.region)?;
        Return::named(catalog, (&self.of, region, &self.period), today)
    }

    /// Id of the submission that it becomes: the same file for the same return is the same submission.
    pub fn submission(&self) -> String {
        let hash = self.sha256.get(..16).unwrap_or_default();
        format!("{}:{}:{}:{hash}", self.of, self.region, self.period)
    }

    /// Whether somebody works on it.
    pub fn is_busy(&self) -> bool {
        matches!(self.state, State::Checking | State::Sending { .. })
    }
}

/// The drafts of a project.
#[derive(Clone, Debug)]
pub struct Drafts {
    dir: PathBuf,
}

impl Drafts {
    /// Those in the project's folder, which is made if it is not there.
    ///
    /// Errors: the folder cannot be made.
    pub fn of(project: &Project) -> Result<Drafts, Trouble> {
        let dir = project.dir().join("drafts");
        fs::create_dir_all(&dir)?;
        // What is not handed in yet is nobody else's on this machine either: it holds personal values.
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o700))?;
        Ok(Drafts { dir })
    }

    /// The folder into which files are received: the same disk, so that they are moved and not copied.
    pub fn inbox(&self) -> &Path {
        &self.dir
    }

    /// Keeps a draft with the file at `source`, which is moved in.
    ///
    /// Errors: ZH7304 the account has too many, and those of the disk.
    pub fn put(&self, draft: &Draft, source: &Path) -> Result<(), Trouble> {
        let own = |each: &&Draft| each.account == draft.account && !matches!(each.state, State::Sent { .. });
        if self.all()?.iter().filter(own).count() >= MOST_OF_ACCOUNT {
            return Err(Diagnostic::error("ZH7304").arg("most", MOST_OF_ACCOUNT).into());
        }
        let folder = self.folder(&draft.id)?;
        fs::create_dir_all(&folder)?;
        fs::rename(source, folder.join("source"))?;
        self.save(draft)
    }

    /// Writes a draft's head.
    ///
    /// Errors: those of the disk.
    pub fn save(&self, draft: &Draft) -> Result<(), Trouble> {
        write(&self.folder(&draft.id)?.join("head.json"), draft)
    }

    /// Writes what was found in a draft.
    ///
    /// Errors: those of the disk.
    pub fn save_checked(&self, id: &str, checked: &Checked) -> Result<(), Trouble> {
        write(&self.folder(id)?.join("checked.json"), checked)
    }

    /// Replaces the file of a draft.
    ///
    /// Errors: those of the disk.
    pub fn replace(&self, id: &str, bytes: &[u8]) -> Result<(), Trouble> {
        write_bytes(&self.folder(id)?.join("source"), bytes)
    }

    /// Keeps the table that was pasted, cell by cell.
    ///
    /// Errors: those of the disk.
    pub fn save_table(&self, id: &str, table: &Table) -> Result<(), Trouble> {
        write(&self.folder(id)?.join("table.json"), table)
    }

    /// The table that was pasted; `None` if it was a file.
    pub fn table(&self, id: &str) -> Option<Table> {
        read(&self.folder(id).ok()?.join("table.json"))
    }

    /// The draft with this id; `None` if there is none (any more).
    pub fn get(&self, id: &str) -> Option<Draft> {
        read(&self.folder(id).ok()?.join("head.json"))
    }

    /// What was found in it, once it was read.
    pub fn checked(&self, id: &str) -> Option<Checked> {
        read(&self.folder(id).ok()?.join("checked.json"))
    }

    /// Where its file lies.
    ///
    /// Errors: the id is none.
    pub fn source(&self, id: &str) -> Result<PathBuf, Trouble> {
        Ok(self.folder(id)?.join("source"))
    }

    /// Where its rows lie.
    ///
    /// Errors: the id is none.
    pub fn spool(&self, id: &str) -> Result<PathBuf, Trouble> {
        Ok(self.folder(id)?.join("rows.spool"))
    }

    /// Every draft, the newest first.
    ///
    /// Errors: those of the disk.
    pub fn all(&self) -> Result<Vec<Draft>, Trouble> {
        let mut found: Vec<Draft> = fs::read_dir(&self.dir)?
            .flatten()
            .filter_map(|entry| read(&entry.path().join("head.json")))
            .collect();
        found.sort_by(|a: &Draft, b: &Draft| b.at.cmp(&a.at).then_with(|| a.id.cmp(&b.id)));
        Ok(found)
    }

    /// Marks a draft as sent: what was in it is in the ledger now, and is kept here no longer.
    ///
    /// Errors: those of the disk.
    pub fn sent(&self, draft: &Draft) -> Result<(), Trouble> {
        self.save(draft)?;
        for name in ["source", "rows.spool", "checked.json", "table.json"] {
            match fs::remove_file(self.folder(&draft.id)?.join(name)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    /// Forgets a draft.
    ///
    /// Errors: those of the disk.
    pub fn forget(&self, id: &str) -> Result<(), Trouble> {
        match fs::remove_dir_all(self.folder(id)?) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Forgets what is older than two weeks, and files that were never received whole.
    ///
    /// Errors: those of the disk.
    pub fn tidy(&self, now: Timestamp) -> Result<usize, Trouble> {
        let old = |at: Timestamp| now.duration_since(at) > SignedDuration::from_hours(24 * KEPT_DAYS);
        let mut forgotten = 0;
        for draft in self.all()?.iter().filter(|draft| !draft.is_busy() && old(draft.at)) {
            self.forget(&draft.id)?;
            forgotten += 1;
        }
        for entry in fs::read_dir(&self.dir)?.flatten() {
            let changed = entry.metadata().and_then(|data| data.modified());
            let at = changed.ok().and_then(|at| Timestamp::try_from(at).ok());
            let whole = entry.path().join("head.json").is_file();
            if !whole && at.is_some_and(old) {
                let path = entry.path();
                if path.is_dir() {
                    fs::remove_dir_all(path)?
                } else {
                    fs::remove_file(path)?
                }
                forgotten += 1;
            }
        }
        Ok(forgotten)
    }

    fn folder(&self, id: &str) -> Result<PathBuf, Trouble> {
        let good = (16..=64).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        if good { Ok(self.dir.join(id)) } else { Err(Diagnostic::error("ZH7305").into()) }
    }
}

pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

pub(crate) fn write(path: &Path, value: &impl Serialize) -> Result<(), Trouble> {
    write_bytes(path, &serde_json::to_vec(value)?)
}

/// Whole or not at all.
fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let part = path.with_extension("part");
    let mut file = fs::File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&part, path)?;
    Ok(())
}
