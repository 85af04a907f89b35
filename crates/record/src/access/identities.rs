//! Who an account is elsewhere: bound to a subject of an identity provider, by the person or by an administrator.
//!
//! What a provider says makes no account and gives no right: it only finds the account that was bound to its subject before.

use jiff::Timestamp;
use zhiheng_base::Diagnostic;

use super::accounts::{account_of, time};
use super::model::{Account, AccountState, unknown};
use super::{Access, random_id};
use crate::error::LedgerError;
use crate::store::db::on;

/// An identity elsewhere to which an account is bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Its id here.
    pub id: String,
    /// The provider's issuer.
    pub issuer: String,
    /// Who it is there.
    pub subject: String,
    /// The account.
    pub account: String,
    /// Account that bound it: the same, or an administrator's.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
    /// When somebody last came with it.
    pub used_at: Option<Timestamp>,
}

/// An identity to be bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewIdentity {
    /// The provider's issuer.
    pub issuer: String,
    /// Who it is there.
    pub subject: String,
    /// The account.
    pub account: String,
    /// Account that binds it.
    pub by: String,
}

type Row = (String, String, String, String, String, i64, Option<i64>);

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, issuer, subject, account, made_by, made_at, used_at FROM identity ", $rest)
    };
}

fn identity((id, issuer, subject, account, made_by, made_at, used_at): Row) -> Identity {
    Identity { id, issuer, subject, account, made_by, made_at: time(made_at), used_at: used_at.map(time) }
}

impl Access {
    /// Binds an account to an identity; answers the binding's id.
    ///
    /// # Errors
    ///
    /// ZH4202 if there is no such account, ZH4209 if the identity is bound already.
    pub async fn bind_identity(&self, new: &NewIdentity, at: Timestamp) -> Result<String, LedgerError> {
        let id = random_id("i")?;
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        let found = account_of(conn, &new.account).await?;
        if found.is_none_or(|account| account.state == AccountState::Erased) {
            return Err(unknown(&new.account).into());
        }
        let written = on!(conn, c => sqlx::query("INSERT INTO identity (id, issuer, subject, account, made_by, made_at) \
                VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (issuer, subject) DO NOTHING")
            .bind(&id).bind(&new.issuer).bind(&new.subject).bind(&new.account).bind(&new.by)
            .bind(at.as_microsecond()).execute(c).await.map(|done| done.rows_affected()))?;
        if written == 0 {
            return Err(Diagnostic::error("ZH4209").into());
        }
        tx.commit().await?;
        Ok(id)
    }

    /// The account that is bound to an identity, whatever its state; notes that somebody came with it.
    pub async fn account_by_identity(
        &self,
        issuer: &str,
        subject: &str,
        at: Timestamp,
    ) -> Result<Option<Account>, LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        let found: Option<(String,)> = on!(conn, c => sqlx::query_as(
                "UPDATE identity SET used_at = $1 WHERE issuer = $2 AND subject = $3 RETURNING account")
            .bind(at.as_microsecond()).bind(issuer).bind(subject).fetch_optional(c).await)?;
        let Some((account,)) = found else { return Ok(None) };
        let account = account_of(conn, &account).await?;
        tx.commit().await?;
        Ok(account)
    }

    /// The identities of an account, the oldest first.
    pub async fn identities(&self, account: &str) -> Result<Vec<Identity>, LedgerError> {
        let mut held = self.db.read().await?;
        let conn = &mut held.conn();
        let rows: Vec<Row> = on!(conn, c => sqlx::query_as(select!("WHERE account = $1 ORDER BY made_at, id"))
            .bind(account).fetch_all(c).await)?;
        Ok(rows.into_iter().map(identity).collect())
    }

    /// Sets an account free from an identity; answers what it was, or nothing if it was not this account's.
    pub async fn unbind_identity(&self, account: &str, id: &str) -> Result<Option<Identity>, LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        let row: Option<Row> = on!(conn, c => sqlx::query_as(select!("WHERE account = $1 AND id = $2"))
            .bind(account).bind(id).fetch_optional(c).await)?;
        on!(conn, c => sqlx::query("DELETE FROM identity WHERE account = $1 AND id = $2")
            .bind(account).bind(id).execute(c).await.map(drop))?;
        tx.commit().await?;
        Ok(row.map(identity))
    }
}
