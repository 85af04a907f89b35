//! What was begun and must come back: a login at a provider, a challenge for a key. Each is taken once, by the browser in which it
//! was begun, within its time.

use jiff::Timestamp;

use super::Access;
use crate::error::LedgerError;
use crate::store::db::on;

/// Something begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// SHA-256 of the random value with which it comes back, hex.
    pub hash: String,
    /// What it is for: one kind cannot serve as another.
    pub kind: String,
    /// Hash of the cookie of the browser in which it was begun.
    pub owner: String,
    /// What has to be known when it comes back.
    pub data: String,
    /// When it is over.
    pub ends_at: Timestamp,
}

impl Access {
    /// Keeps what was begun. What is over goes here as well: nobody has to sweep.
    pub async fn begin_pending(&self, new: &Pending, at: Timestamp) -> Result<(), LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        on!(conn, c => sqlx::query("DELETE FROM pending WHERE ends_at < $1").bind(at.as_microsecond()).execute(c).await.map(drop))?;
        on!(conn, c => sqlx::query("INSERT INTO pending (hash, kind, owner, data, ends_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(&new.hash).bind(&new.kind).bind(&new.owner).bind(&new.data).bind(new.ends_at.as_microsecond())
            .execute(c).await.map(drop))?;
        Ok(tx.commit().await?)
    }

    /// Takes what was begun, and answers what was kept with it: nothing if it is unknown, taken before, over, of another kind or
    /// of another browser. Whoever asked, it is gone afterwards.
    pub async fn take_pending(
        &self,
        hash: &str,
        kind: &str,
        owner: &str,
        at: Timestamp,
    ) -> Result<Option<String>, LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        let found: Option<(String, String, String, i64)> = on!(conn, c => sqlx::query_as(
                "DELETE FROM pending WHERE hash = $1 RETURNING kind, owner, data, ends_at")
            .bind(hash).fetch_optional(c).await)?;
        tx.commit().await?;
        let good = |(its, whose, _, ends_at): &(String, String, String, i64)| {
            its == kind && whose == owner && *ends_at > at.as_microsecond()
        };
        Ok(found.filter(good).map(|(_, _, data, _)| data))
    }
}
