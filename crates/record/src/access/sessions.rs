//! Sessions: opened at login, found by the hash of their cookie, ended by time, by the person or by an administrator.

use jiff::{SignedDuration, Timestamp};

use super::Access;
use super::accounts::{account_of, time};
use super::model::{Account, AccountState, Grant, NewSession, Session};
use crate::error::LedgerError;
use crate::store::Conn;
use crate::store::db::on;

/// A session's last use is written at most this often: a page is no write.
const TOUCH: SignedDuration = SignedDuration::from_secs(60);

type Row = (String, String, String, i64, i64, i64, Option<i64>);

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT hash, account, client, made_at, seen_at, ends_at, strong_at FROM session ", $rest)
    };
}

fn session((hash, account, client, made_at, seen_at, ends_at, strong_at): Row) -> Session {
    Session {
        hash,
        account,
        client,
        made_at: time(made_at),
        seen_at: time(seen_at),
        ends_at: time(ends_at),
        strong_at: strong_at.map(time),
    }
}

impl Access {
    /// Opens a session. `before` is the session that the same browser had: it ends, so that a session planted before
    /// the login is worth nothing after it.
    pub async fn open_session(
        &self,
        new: &NewSession,
        before: Option<&str>,
        at: Timestamp,
    ) -> Result<(), LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        if let Some(before) = before {
            on!(conn, c => sqlx::query("DELETE FROM session WHERE hash = $1").bind(before).execute(c).await.map(drop))?;
        }
        // Ended ones go here as well: nobody has to sweep.
        on!(conn, c => sqlx::query("DELETE FROM session WHERE ends_at < $1").bind(at.as_microsecond()).execute(c).await.map(drop))?;
        on!(conn, c => sqlx::query("INSERT INTO session (hash, account, client, made_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $4, $5)")
            .bind(&new.hash).bind(&new.account).bind(&new.client)
            .bind(at.as_microsecond()).bind(new.ends_at.as_microsecond()).execute(c).await.map(drop))?;
        Ok(tx.commit().await?)
    }

    /// The session with this hash, its account and its rights, if it is alive at `at`: not ended, used within `idle`,
    /// of an account that is active. One look at the database for every request: what is revoked is revoked at once.
    pub async fn session(
        &self,
        hash: &str,
        idle: SignedDuration,
        at: Timestamp,
    ) -> Result<Option<(Session, Account, Vec<Grant>)>, LedgerError> {
        let mut held = self.db.read().await?;
        let conn = &mut held.conn();
        let row: Option<Row> =
            on!(conn, c => sqlx::query_as(select!("WHERE hash = $1")).bind(hash).fetch_optional(c).await)?;
        let Some(session) = row.map(session) else { return Ok(None) };
        // Idle time is measured from the last use that was written, which may be a minute old.
        if session.ends_at <= at || at.duration_since(session.seen_at) > idle.saturating_add(TOUCH) {
            return Ok(None);
        }
        let Some(found) = usable(conn, &session.account).await? else { return Ok(None) };
        drop(held);
        if at.duration_since(session.seen_at) >= TOUCH {
            self.touch(hash, at).await?;
        }
        Ok(Some((session, found.0, found.1)))
    }

    async fn touch(&self, hash: &str, at: Timestamp) -> Result<(), LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        on!(conn, c => sqlx::query("UPDATE session SET seen_at = $1 WHERE hash = $2 AND seen_at < $1")
            .bind(at.as_microsecond()).bind(hash).execute(c).await.map(drop))?;
        Ok(tx.commit().await?)
    }

    /// Notes that a second factor was shown in this session.
    pub async fn strengthen_session(&self, hash: &str, at: Timestamp) -> Result<(), LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        on!(conn, c => sqlx::query("UPDATE session SET strong_at = $1 WHERE hash = $2")
            .bind(at.as_microsecond()).bind(hash).execute(c).await.map(drop))?;
        Ok(tx.commit().await?)
    }

    /// The sessions of an account that have not ended, newest first.
    pub async fn sessions(&self, account: &str, at: Timestamp) -> Result<Vec<Session>, LedgerError> {
        let mut held = self.db.read().await?;
        let conn = &mut held.conn();
        let rows: Vec<Row> = on!(conn, c => sqlx::query_as(select!("WHERE account = $1 AND ends_at > $2 ORDER BY made_at DESC"))
            .bind(account).bind(at.as_microsecond()).fetch_all(c).await)?;
        Ok(rows.into_iter().map(session).collect())
    }

    /// Ends a session of this account; false if there was none.
    pub async fn close_session(&self, account: &str, hash: &str) -> Result<bool, LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        let ended = on!(conn, c => sqlx::query("DELETE FROM session WHERE account = $1 AND hash = $2")
            .bind(account).bind(hash).execute(c).await.map(|done| done.rows_affected()))?;
        tx.commit().await?;
        Ok(ended > 0)
    }

    /// Ends all sessions of an account but `kept`; answers how many.
    pub async fn close_sessions(&self, account: &str, kept: Option<&str>) -> Result<u64, LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        let ended = on!(conn, c => sqlx::query("DELETE FROM session WHERE account = $1 AND hash <> $2")
            .bind(account).bind(kept.unwrap_or_default()).execute(c).await.map(|done| done.rows_affected()))?;
        tx.commit().await?;
        Ok(ended)
    }
}

/// An account that may be used, with its rights.
pub(super) async fn usable(
    conn: &mut Conn<'_>,
    id: &str,
) -> Result<Option<(Account, Vec<Grant>)>, sqlx::Error> {
    let found = account_of(conn, id).await?.filter(|account| account.state == AccountState::Active);
    let Some(account) = found else { return Ok(None) };
    let grants = super::grants_row::of_account(conn, id).await?;
    Ok(Some((account, grants)))
}
