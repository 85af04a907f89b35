//! Copies of a database, whole and of one moment, while it is in use.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use zhiheng_base::Diagnostic;

use super::db::Db;
use crate::access::Access;
use crate::error::LedgerError;
use crate::ledger::Ledger;
use crate::sign::LedgerKey;

impl Ledger {
    /// Writes a copy of the database to a file that is not there yet: all that was committed when it was begun. Others go on reading
    /// and writing.
    ///
    /// # Errors
    ///
    /// ZH4064 on PostgreSQL, whose own tools make copies.
    pub async fn copy_to(&self, path: &Path) -> Result<(), LedgerError> {
        self.database().copy_to(path).await
    }

    /// Opens a copy for reading only: nothing is written beside it either, so that it may lie on a medium that cannot be written.
    ///
    /// # Errors
    ///
    /// As of [`Ledger::open`]; ZH4007 also if an older program made it, for it cannot be brought up to date.
    pub async fn open_copy(path: &Path, key: LedgerKey) -> Result<Ledger, LedgerError> {
        Ledger::reading(Db::frozen(path).await?, &path.display().to_string(), key).await
    }
}

impl Access {
    /// Writes a copy of the database to a file that is not there yet, for nobody but the owner to read.
    ///
    /// # Errors
    ///
    /// ZH4064 on PostgreSQL.
    pub async fn copy_to(&self, path: &Path) -> Result<(), LedgerError> {
        self.db.copy_to(path).await?;
        crate::access::private(&path.display().to_string())
    }
}

impl Db {
    async fn copy_to(&self, path: &Path) -> Result<(), LedgerError> {
        let Db::Sqlite(pool) = self else { return Err(Diagnostic::error("ZH4064").into()) };
        let Some(text) = path.to_str() else {
            let odd = std::io::Error::from(std::io::ErrorKind::InvalidFilename);
            return Err(LedgerError::io(path, odd));
        };
        sqlx::query("VACUUM INTO ?").bind(text).execute(pool).await?;
        Ok(())
    }

    /// A file that nobody writes to.
    async fn frozen(path: &Path) -> Result<Db, LedgerError> {
        if !path.is_file() {
            return Err(Diagnostic::error("ZH4005").arg("database", path.display()).into());
        }
        let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(true);
        Ok(Db::Sqlite(SqlitePoolOptions::new().max_connections(4).connect_with(options).await?))
    }
}
