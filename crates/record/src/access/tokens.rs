//! Tokens with which programs draw on the rights of an account, within scopes.

use jiff::{SignedDuration, Timestamp};

use super::accounts::time;
use super::model::{Account, Grant, NewToken, Token};
use super::{Access, random_id};
use crate::error::LedgerError;
use crate::store::db::on;

/// A token's last use is written at most this often.
const TOUCH: SignedDuration = SignedDuration::from_secs(60);

type Row = (String, String, String, String, i64, i64, Option<i64>, Option<i64>);

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT id, account, name, scopes, made_at, ends_at, used_at, revoked_at FROM token ", $rest)
    };
}

fn token((id, account, name, scopes, made_at, ends_at, used_at, revoked_at): Row) -> Token {
    Token {
        id,
        account,
        name,
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
        made_at: time(made_at),
        ends_at: time(ends_at),
        used_at: used_at.map(time),
        revoked_at: revoked_at.map(time),
    }
}

impl Access {
    /// Keeps a token; answers its id.
    pub async fn add_token(&self, new: &NewToken, at: Timestamp) -> Result<String, LedgerError> {
        let id = random_id("t")?;
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        on!(conn, c => sqlx::query("INSERT INTO token (id, hash, account, name, scopes, made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(&id).bind(&new.hash).bind(&new.account).bind(&new.name).bind(new.scopes.join(" "))
            .bind(at.as_microsecond()).bind(new.ends_at.as_microsecond()).execute(c).await.map(drop))?;
        tx.commit().await?;
        Ok(id)
    }

    /// The token with this hash, its account and its rights, if it can be used at `at`.
    pub async fn token(
        &self,
        hash: &str,
        at: Timestamp,
    ) -> Result<Option<(Token, Account, Vec<Grant>)>, LedgerError> {
        let mut held = self.db.read().await?;
        let conn = &mut held.conn();
        let row: Option<Row> =
            on!(conn, c => sqlx::query_as(select!("WHERE hash = $1")).bind(hash).fetch_optional(c).await)?;
        let Some(token) = row.map(token) else { return Ok(None) };
        if token.revoked_at.is_some() || token.ends_at <= at {
            return Ok(None);
        }
        let Some((account, grants)) = super::sessions::usable(conn, &token.account).await? else {
            return Ok(None);
        };
        drop(held);
        if token.used_at.is_none_or(|used| at.duration_since(used) >= TOUCH) {
            let mut tx = self.db.write().await?;
            let conn = &mut tx.conn();
            on!(conn, c => sqlx::query("UPDATE token SET used_at = $1 WHERE id = $2")
                .bind(at.as_microsecond()).bind(&token.id).execute(c).await.map(drop))?;
            tx.commit().await?;
        }
        Ok(Some((token, account, grants)))
    }

    /// The tokens of an account, by id.
    pub async fn tokens(&self, account: &str) -> Result<Vec<Token>, LedgerError> {
        let mut held = self.db.read().await?;
        let conn = &mut held.conn();
        let rows: Vec<Row> = on!(conn, c => sqlx::query_as(select!("WHERE account = $1 ORDER BY id")).bind(account).fetch_all(c).await)?;
        Ok(rows.into_iter().map(token).collect())
    }

    /// Revokes a token of this account; false if there was none that could be used.
    pub async fn revoke_token(&self, account: &str, id: &str, at: Timestamp) -> Result<bool, LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        let done = on!(conn, c => sqlx::query("UPDATE token SET revoked_at = $1 WHERE account = $2 AND id = $3 AND revoked_at IS NULL")
            .bind(at.as_microsecond()).bind(account).bind(id).execute(c).await.map(|done| done.rows_affected()))?;
        tx.commit().await?;
        Ok(done > 0)
    }
}
