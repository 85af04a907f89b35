//! Addresses that an account keeps under names of its own: a page with its filters is its address.

use jiff::Timestamp;
use zhiheng_base::Diagnostic;

use super::Access;
use crate::error::LedgerError;
use crate::store::db::on;

/// Views that one account may keep.
const MOST: i64 = 100;

/// A view that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptView {
    /// Its name, of which the account has one.
    pub name: String,
    /// Path and query of the page.
    pub path: String,
}

impl Access {
    /// Keeps a view; one of the same name is replaced.
    ///
    /// # Errors
    ///
    /// ZH4212 the account has as many as it may.
    pub async fn keep_view(&self, account: &str, view: &KeptView, at: Timestamp) -> Result<(), LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        on!(conn, c => sqlx::query("INSERT INTO kept_view (account, name, path, made_at) VALUES ($1, $2, $3, $4) \
                ON CONFLICT (account, name) DO UPDATE SET path = excluded.path, made_at = excluded.made_at")
            .bind(account).bind(&view.name).bind(&view.path).bind(at.as_microsecond()).execute(c).await.map(drop))?;
        let count: i64 = on!(conn, c => sqlx::query_scalar("SELECT COUNT(*) FROM kept_view WHERE account = $1")
            .bind(account).fetch_one(c).await)?;
        if count > MOST {
            return Err(Diagnostic::error("ZH4212").arg("most", MOST).into());
        }
        Ok(tx.commit().await?)
    }

    /// The views of an account, by name.
    pub async fn views(&self, account: &str) -> Result<Vec<KeptView>, LedgerError> {
        let mut held = self.db.read().await?;
        let conn = &mut held.conn();
        let rows: Vec<(String, String)> = on!(conn, c => sqlx::query_as(
                "SELECT name, path FROM kept_view WHERE account = $1 ORDER BY name")
            .bind(account).fetch_all(c).await)?;
        Ok(rows.into_iter().map(|(name, path)| KeptView { name, path }).collect())
    }

    /// Forgets a view.
    pub async fn drop_view(&self, account: &str, name: &str) -> Result<(), LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        on!(conn, c => sqlx::query("DELETE FROM kept_view WHERE account = $1 AND name = $2")
            .bind(account).bind(name).execute(c).await.map(drop))?;
        Ok(tx.commit().await?)
    }
}
