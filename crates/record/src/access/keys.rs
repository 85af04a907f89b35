//! Security keys of accounts: what a key said of itself when it was added, and how far its counter has come.

use jiff::Timestamp;
use zhiheng_base::Diagnostic;

use super::Access;
use super::accounts::time;
use crate::error::LedgerError;
use crate::store::db::on;

/// A security key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityKey {
    /// The id that it gave itself (base64url).
    pub id: String,
    /// Account.
    pub account: String,
    /// What the person calls it.
    pub name: String,
    /// Its public key: COSE in base64url.
    pub public_key: String,
    /// Its counter when it was last used; 0 for keys that do not count.
    pub counter: u32,
    /// When it was added.
    pub made_at: Timestamp,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

/// A key to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSecurityKey {
    /// The id that it gave itself (base64url).
    pub id: String,
    /// Account.
    pub account: String,
    /// What the person calls it.
    pub name: String,
    /// Its public key: COSE in base64url.
    pub public_key: String,
    /// Its counter.
    pub counter: u32,
}

type Row = (String, String, String, String, i64, i64, Option<i64>);

fn key((id, account, name, public_key, counter, made_at, used_at): Row) -> SecurityKey {
    SecurityKey {
        id,
        account,
        name,
        public_key,
        // What does not fit counts as the greatest: such a key is refused, not trusted.
        counter: u32::try_from(counter).unwrap_or(u32::MAX),
        made_at: time(made_at),
        used_at: used_at.map(time),
    }
}

impl Access {
    /// Keeps a key.
    ///
    /// # Errors
    ///
    /// ZH4210 if it is known already, whosever it is.
    pub async fn add_key(&self, new: &NewSecurityKey, at: Timestamp) -> Result<(), LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        let written = on!(conn, c => sqlx::query("INSERT INTO security_key (id, account, name, public_key, counter, made_at) \
                VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING")
            .bind(&new.id).bind(&new.account).bind(&new.name).bind(&new.public_key)
            .bind(i64::from(new.counter)).bind(at.as_microsecond()).execute(c).await.map(|done| done.rows_affected()))?;
        if written == 0 {
            return Err(Diagnostic::error("ZH4210").into());
        }
        Ok(tx.commit().await?)
    }

    /// The keys of an account, the oldest first.
    pub async fn keys(&self, account: &str) -> Result<Vec<SecurityKey>, LedgerError> {
        let mut held = self.db.read().await?;
        let conn = &mut held.conn();
        let rows: Vec<Row> = on!(conn, c => sqlx::query_as("SELECT id, account, name, public_key, counter, made_at, used_at \
                FROM security_key WHERE account = $1 ORDER BY made_at, id")
            .bind(account).fetch_all(c).await)?;
        Ok(rows.into_iter().map(key).collect())
    }

    /// Moves a key's counter on; false if it would not move forward, which a copy of the key would try. A key that does not count
    /// stays at 0. The database compares: of two answers with one count, one is refused.
    pub async fn use_key(&self, id: &str, counter: u32, at: Timestamp) -> Result<bool, LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        let moved = on!(conn, c => sqlx::query("UPDATE security_key SET counter = $1, used_at = $2 \
                WHERE id = $3 AND (counter < $1 OR (counter = 0 AND $1 = 0))")
            .bind(i64::from(counter)).bind(at.as_microsecond()).bind(id)
            .execute(c).await.map(|done| done.rows_affected()))?;
        tx.commit().await?;
        Ok(moved > 0)
    }

    /// Forgets a key of this account; false if there was none.
    pub async fn remove_key(&self, account: &str, id: &str) -> Result<bool, LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        let done = on!(conn, c => sqlx::query("DELETE FROM security_key WHERE account = $1 AND id = $2")
            .bind(account).bind(id).execute(c).await.map(|done| done.rows_affected()))?;
        tx.commit().await?;
        Ok(done > 0)
    }
}
