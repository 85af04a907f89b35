//! Accounts: made, found, given a password, locked, erased.

use jiff::Timestamp;
use zhiheng_base::Diagnostic;

use super::model::{Account, AccountState, NewAccount, unknown};
use super::{Access, random_id};
use crate::error::LedgerError;
use crate::store::Conn;
use crate::store::db::on;

type Row = (
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    i64,
    String,
    i64,
    Option<i64>,
    i64,
);

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, login, name, person, password, must_change, state, failed, failed_at, made_at FROM account ",
            $rest
        )
    };
}

pub(super) fn time(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn account(row: Row) -> Account {
    let (id, login, name, person, password, must_change, state, failed, failed_at, made_at) = row;
    Account {
        id,
        login: login.unwrap_or_default(),
        name: name.unwrap_or_default(),
        person: person.unwrap_or_default(),
        password,
        must_change: must_change != 0,
        state: AccountState::read(&state),
        failed: u32::try_from(failed).unwrap_or(u32::MAX),
        failed_at: failed_at.map(time),
        made_at: time(made_at),
    }
}

impl Access {
    /// Makes an account.
    ///
    /// # Errors
    ///
    /// ZH4203 if the login is taken, ZH4204 if it cannot be one.
    pub async fn add_account(&self, new: NewAccount, at: Timestamp) -> Result<Account, LedgerError> {
        let login = new.login.trim().to_lowercase();
        let good = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
        if login.is_empty() || login.len() > 60 || !login.chars().all(good) {
            return Err(Diagnostic::error("ZH4204").arg("login", &login).into());
        }
        let id = random_id("a")?;
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        let written = on!(conn, c => sqlx::query("INSERT INTO account (id, login, name, person, password, must_change, state, failed, made_at, changed_at) \
                VALUES ($1, $2, $3, $4, $5, $6, 'active', 0, $7, $7) ON CONFLICT (login) DO NOTHING")
            .bind(&id).bind(&login).bind(&new.name).bind(&new.person).bind(&new.password)
            .bind(i64::from(new.must_change)).bind(at.as_microsecond()).execute(c).await.map(|done| done.rows_affected()))?;
        if written == 0 {
            return Err(Diagnostic::error("ZH4203").arg("login", &login).into());
        }
        tx.commit().await?;
        self.account(&id).await?.ok_or_else(|| unknown(&id).into())
    }

    /// The account with this id.
    pub async fn account(&self, id: &str) -> Result<Option<Account>, LedgerError> {
        let mut held = self.db.read().await?;
        Ok(account_of(&mut held.conn(), id).await?)
    }

    /// The account that is typed in as `login`, whatever the case of its letters.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>, LedgerError> {
        let login = login.trim().to_lowercase();
        let mut held = self.db.read().await?;
        let conn = &mut held.conn();
        let row: Option<Row> =
            on!(conn, c => sqlx::query_as(select!("WHERE login = $1")).bind(&login).fetch_optional(c).await)?;
        Ok(row.map(account))
    }

    /// Accounts by id after `after`, at most `limit`.
    pub async fn accounts(&self, after: &str, limit: u32) -> Result<Vec<Account>, LedgerError> {
        let mut held = self.db.read().await?;
        let conn = &mut held.conn();
        let rows: Vec<Row> = on!(conn, c => sqlx::query_as(select!("WHERE id > $1 ORDER BY id LIMIT $2"))
            .bind(after).bind(i64::from(limit)).fetch_all(c).await)?;
        Ok(rows.into_iter().map(account).collect())
    }

    /// Sets a password (its hash), and ends all sessions of the account but `kept`: whoever had them by the old
    /// password is out.
    pub async fn set_password(
        &self,
        id: &str,
        phc: &str,
        must_change: bool,
        kept: Option<&str>,
        at: Timestamp,
    ) -> Result<(), LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        let done = on!(conn, c => sqlx::query("UPDATE account SET password = $1, must_change = $2, failed = 0, failed_at = NULL, changed_at = $3 \
                WHERE id = $4 AND state <> 'erased'")
            .bind(phc).bind(i64::from(must_change)).bind(at.as_microsecond()).bind(id)
            .execute(c).await.map(|done| done.rows_affected()))?;
        if done == 0 {
            return Err(unknown(id).into());
        }
        on!(conn, c => sqlx::query("DELETE FROM session WHERE account = $1 AND hash <> $2")
            .bind(id).bind(kept.unwrap_or_default()).execute(c).await.map(drop))?;
        tx.commit().await?;
        Ok(())
    }

    /// Counts a failed login. The count is made in the database: two at once are two.
    pub async fn note_failure(&self, id: &str, at: Timestamp) -> Result<(), LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        on!(conn, c => sqlx::query("UPDATE account SET failed = failed + 1, failed_at = $1 WHERE id = $2")
            .bind(at.as_microsecond()).bind(id).execute(c).await.map(drop))?;
        Ok(tx.commit().await?)
    }

    /// Forgets failed logins after a good one.
    pub async fn note_success(&self, id: &str) -> Result<(), LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        on!(conn, c => sqlx::query("UPDATE account SET failed = 0, failed_at = NULL WHERE id = $1")
            .bind(id).execute(c).await.map(drop))?;
        Ok(tx.commit().await?)
    }

    /// Locks or opens an account. Locking ends its sessions; its tokens rest.
    pub async fn set_locked(&self, id: &str, locked: bool, at: Timestamp) -> Result<(), LedgerError> {
        let state = if locked { AccountState::Locked } else { AccountState::Active };
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        let done = on!(conn, c => sqlx::query("UPDATE account SET state = $1, failed = 0, changed_at = $2 WHERE id = $3 AND state <> 'erased'")
            .bind(state.word()).bind(at.as_microsecond()).bind(id).execute(c).await.map(|done| done.rows_affected()))?;
        if done == 0 {
            return Err(unknown(id).into());
        }
        if locked {
            on!(conn, c => sqlx::query("DELETE FROM session WHERE account = $1").bind(id).execute(c).await.map(drop))?;
        }
        Ok(tx.commit().await?)
    }

    /// Erases name, login, person and password. The id stays, for what the account did; its sessions, tokens, identities
    /// elsewhere, keys and kept views go.
    pub async fn erase_account(&self, id: &str, at: Timestamp) -> Result<(), LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        let done = on!(conn, c => sqlx::query("UPDATE account SET login = NULL, name = NULL, person = NULL, password = NULL, state = 'erased', changed_at = $1 \
                WHERE id = $2")
            .bind(at.as_microsecond()).bind(id).execute(c).await.map(|done| done.rows_affected()))?;
        if done == 0 {
            return Err(unknown(id).into());
        }
        for statement in [
            "DELETE FROM session WHERE account = $1",
            "DELETE FROM token WHERE account = $1",
            "DELETE FROM identity WHERE account = $1",
            "DELETE FROM security_key WHERE account = $1",
            "DELETE FROM kept_view WHERE account = $1",
        ] {
            on!(conn, c => sqlx::query(statement).bind(id).execute(c).await.map(drop))?;
        }
        tx.commit().await?;
        self.db.forget("account").await?;
        Ok(())
    }
}

pub(super) async fn account_of(conn: &mut Conn<'_>, id: &str) -> Result<Option<Account>, sqlx::Error> {
    let row: Option<Row> =
        on!(conn, c => sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(c).await)?;
    Ok(row.map(account))
}
