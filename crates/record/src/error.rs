//! What can go wrong with a ledger: refusals that a person can act on, damage, and machine failures.

use std::path::{Path, PathBuf};

use zhiheng_base::{Diagnostic, Place};

/// Why a call on the ledger did not do what was asked. Nothing is half-written in any case.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// Not as asked, and a person can put it right (ZH40xx).
    #[error("refused: {} {:?}", .0.code, .0.args)]
    Refused(Box<Diagnostic>),
    /// What the database holds is not what was signed (ZH41xx); the ledger takes no more writes.
    #[error("damaged: {} at {:?} {:?}", .0.code, .0.at, .0.args)]
    Damaged(Box<Diagnostic>),
    /// The database answered with an error.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A background task failed.
    #[error("background task: {0}")]
    Task(#[from] tokio::task::JoinError),
    /// The system gave no random numbers.
    #[error("random numbers: {0}")]
    Random(String),
}

impl LedgerError {
    /// An error of the file or folder `path`.
    pub fn io(path: &Path, source: std::io::Error) -> LedgerError {
        LedgerError::Io { path: path.to_owned(), source }
    }

    /// Damage with `code` at an entry, with technical detail for whoever repairs it.
    pub(crate) fn damage(code: &'static str, entry: u64, detail: impl ToString) -> LedgerError {
        LedgerError::Damaged(Box::new(damage(code, entry, detail)))
    }

    /// The text for people, if there is one: refusals, damage, and what the machine does to us.
    pub fn diagnostic(&self) -> Option<Diagnostic> {
        match self {
            LedgerError::Refused(diagnostic) | LedgerError::Damaged(diagnostic) => {
                Some((**diagnostic).clone())
            }
            LedgerError::Database(error) => of_database(error),
            LedgerError::Io { path, source } => of_disk(path, source),
            _ => None,
        }
    }

    /// Whether the machine is at fault (a full or failing disk, another writer) and not what was asked.
    pub fn is_machine(&self) -> bool {
        !matches!(self, LedgerError::Refused(_) | LedgerError::Damaged(_))
    }

    /// Turns what the database says about a broken file into [`LedgerError::Damaged`].
    pub(crate) fn sharpen(self) -> LedgerError {
        match &self {
            LedgerError::Database(error)
                if matches!(sqlite_code(error), Some(11 | 26))
                    || matches!(
                        error,
                        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::RowNotFound
                    ) =>
            {
                LedgerError::Damaged(Box::new(Diagnostic::error("ZH4115").arg("detail", error)))
            }
            _ => self,
        }
    }
}

/// A damage report: `code` (ZH41xx) at an entry.
pub(crate) fn damage(code: &'static str, entry: u64, detail: impl ToString) -> Diagnostic {
    Diagnostic::error(code).arg("entry", entry).arg("detail", detail).at(Place::Entry(entry))
}

impl From<Diagnostic> for LedgerError {
    fn from(diagnostic: Diagnostic) -> LedgerError {
        LedgerError::Refused(Box::new(diagnostic))
    }
}

/// SQLite's primary result codes and PostgreSQL's error codes that a person can do something about.
fn of_database(error: &sqlx::Error) -> Option<Diagnostic> {
    let code = error.as_database_error().and_then(|error| error.code());
    match (sqlite_code(error), code.as_deref()) {
        (Some(5 | 6), _) => Some(Diagnostic::error("ZH4060")),
        (Some(11 | 26), _) => Some(Diagnostic::error("ZH4115").arg("detail", error)),
        (Some(13), _) | (None, Some("53100")) => Some(Diagnostic::error("ZH4061")),
        (Some(10), _) | (None, Some("58030")) => Some(Diagnostic::error("ZH4063").arg("detail", error)),
        _ => None,
    }
}

fn of_disk(path: &Path, error: &std::io::Error) -> Option<Diagnostic> {
    use std::io::ErrorKind::{QuotaExceeded, StorageFull};
    match error.kind() {
        StorageFull | QuotaExceeded => Some(Diagnostic::error("ZH4061")),
        _ if error.raw_os_error() == Some(EIO) => {
            Some(Diagnostic::error("ZH4063").arg("detail", format!("{}: {error}", path.display())))
        }
        _ => None,
    }
}

/// "Input/output error" of Linux, macOS and the BSDs; it has no kind of its own in the standard library.
const EIO: i32 = 5;

/// Primary result code of SQLite, if the error is one of its own.
fn sqlite_code(error: &sqlx::Error) -> Option<u32> {
    let database = error.as_database_error()?;
    database.try_downcast_ref::<sqlx::sqlite::SqliteError>()?;
    database.code()?.parse::<u32>().ok().map(|code| code & 0xff)
}
