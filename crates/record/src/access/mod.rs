//! Accounts, sessions, tokens, rights and the trail of who read what: what a server has to know about the people who use it.
//!
//! In reading order: [`model`] (what there is), `accounts`, `sessions`, `tokens`, `identities` (accounts elsewhere),
//! `keys` (security keys), `pending` (what must come back), `grants`, `trail`.
//!
//! This is **no part of the ledger**: names and passwords of people must be erasable, and a ledger that is handed to others
//! must not carry them. It is a database of its own (`access.sqlite` beside the ledger; on PostgreSQL tables of
//! the same server), because on SQLite an import holds the ledger's only writer for as long as it takes, and people
//! must be able to sign in meanwhile. What must be provable for ever, who gave whom which right, *is* in the ledger: as
//! records of the type `base.grant`, of which the table `role_grant` is the working copy (see `grants`).

pub mod model;

mod accounts;
mod grants;
mod grants_row;
mod identities;
mod keys;
mod pending;
mod schema;
mod sessions;
mod tokens;
mod trail;
mod views;

pub use identities::{Identity, NewIdentity};
pub use keys::{NewSecurityKey, SecurityKey};
pub use model::{
    Account, AccountState, Deed, DeedKind, Grant, NewAccount, NewGrant, NewSession, NewToken, Session, Taken,
    Token, TrailFilter,
};
pub use pending::Pending;
pub use trail::RETENTION_DAYS_MIN;
pub use views::KeptView;

use crate::error::LedgerError;
use crate::store::Db;

/// The access database, open. Copies share the connections.
#[derive(Clone, Debug)]
pub struct Access {
    pub(crate) db: Db,
}

impl Access {
    /// Opens the database `url` (a path of a SQLite file, or a `postgres://` address), making or updating its tables.
    ///
    /// # Errors
    ///
    /// ZH4201 if a newer program made it.
    pub async fn open(url: &str) -> Result<Access, LedgerError> {
        let db = Db::connect(url, true).await?;
        private(url)?;
        let mut tx = db.write().await?;
        schema::migrate(&mut tx.conn()).await?;
        tx.commit().await?;
        Ok(Access { db })
    }

    /// Closes the connections.
    pub async fn close(&self) {
        self.db.close().await;
    }
}

/// Lets nobody but the owner read a SQLite file with password hashes.
pub(crate) fn private(url: &str) -> Result<(), LedgerError> {
    if crate::store::db::is_postgres(url) {
        return Ok(());
    }
    #[cfg(unix)]
    {
        let path = std::path::Path::new(url.strip_prefix("sqlite:").unwrap_or(url));
        let owner = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(path, owner).map_err(|source| LedgerError::io(path, source))?;
    }
    Ok(())
}

/// A random id: `prefix` and 128 bits in hex, which nobody guesses.
pub(crate) fn random_id(prefix: &str) -> Result<String, LedgerError> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| LedgerError::Random(error.to_string()))?;
    Ok(format!("{prefix}{}", crate::verify::to_hex(&bytes)))
}
