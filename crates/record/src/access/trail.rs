//! The trail: who signed in, changed accounts and rights, and read personal data.
//!
//! Rows are only appended, and each carries a seal over itself and the seal before it: whoever changes or removes one
//! breaks every seal after it. Kept for at least [`RETENTION_DAYS_MIN`] days (网络安全法: six months).

use jiff::{SignedDuration, Timestamp};
use zhiheng_base::Diagnostic;

use super::Access;
use super::accounts::time;
use super::model::{Deed, DeedKind, TrailFilter};
use crate::error::LedgerError;
use crate::store::Conn;
use crate::store::db::on;
use crate::verify::hash::sha256;
use crate::verify::to_hex;

/// Fewer days are refused.
pub const RETENTION_DAYS_MIN: u32 = 183;

/// Longest text of a row.
const TEXT_MAX: usize = 300;

type Row = (i64, i64, String, Option<String>, String, String, String, String);

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT n, at, kind, account, subject, purpose, request, seal FROM trail ", $rest)
    };
}

impl Access {
    /// Appends a deed.
    pub async fn note(&self, deed: &Deed) -> Result<(), LedgerError> {
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        if let Conn::Pg(c) = conn {
            sqlx::query("LOCK TABLE trail IN SHARE ROW EXCLUSIVE MODE").execute(&mut **c).await?;
        }
        let last: Option<(i64, String)> = on!(conn, c => sqlx::query_as("SELECT n, seal FROM trail ORDER BY n DESC LIMIT 1").fetch_optional(c).await)?;
        let (n, before) = last.map_or((1, String::new()), |(n, seal)| (n + 1, seal));
        let row: Row = (
            n,
            deed.at.as_microsecond(),
            deed.kind.word().to_owned(),
            deed.account.clone(),
            cut(&deed.subject),
            cut(&deed.purpose),
            cut(&deed.request),
            String::new(),
        );
        let seal = seal(&before, &row);
        on!(conn, c => sqlx::query("INSERT INTO trail (n, at, kind, account, subject, purpose, request, seal) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(row.0).bind(row.1).bind(&row.2).bind(&row.3).bind(&row.4).bind(&row.5).bind(&row.6).bind(&seal)
            .execute(c).await.map(drop))?;
        Ok(tx.commit().await?)
    }

    /// Deeds, newest first.
    pub async fn trail(&self, filter: &TrailFilter) -> Result<Vec<Deed>, LedgerError> {
        let mut held = self.db.read().await?;
        let conn = &mut held.conn();
        let before = filter.before.map_or(i64::MAX, |n| n as i64);
        let rows: Vec<Row> = on!(conn, c => {
            let mut query = sqlx::QueryBuilder::new(select!("WHERE n < "));
            query.push_bind(before);
            if let Some(account) = &filter.account {
                query.push(" AND account = ").push_bind(account.as_str());
            }
            if let Some(kind) = filter.kind {
                query.push(" AND kind = ").push_bind(kind.word());
            }
            query.push(" ORDER BY n DESC LIMIT ").push_bind(i64::from(filter.limit));
            query.build_query_as().fetch_all(c).await
        })?;
        Ok(rows.into_iter().filter_map(deed).collect())
    }

    /// Removes deeds older than `days`; answers how many.
    ///
    /// # Errors
    ///
    /// ZH4208 for fewer than [`RETENTION_DAYS_MIN`] days.
    pub async fn forget_trail(&self, days: u32, at: Timestamp) -> Result<u64, LedgerError> {
        if days < RETENTION_DAYS_MIN {
            return Err(Diagnostic::error("ZH4208")
                .arg("days", days)
                .arg("least", RETENTION_DAYS_MIN)
                .into());
        }
        let edge =
            at.saturating_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN);
        let mut tx = self.db.write().await?;
        let conn = &mut tx.conn();
        // The newest row stays, so that the chain goes on from it.
        let gone = on!(conn, c => sqlx::query("DELETE FROM trail WHERE at < $1 AND n < (SELECT max(n) FROM trail)")
            .bind(edge.as_microsecond()).execute(c).await.map(|done| done.rows_affected()))?;
        tx.commit().await?;
        Ok(gone)
    }

    /// The first place at which the trail's seals do not fit, if there is one. The oldest row's own seal rests on rows
    /// that are gone and is taken as given.
    pub async fn check_trail(&self) -> Result<Option<u64>, LedgerError> {
        let mut before: Option<(i64, String)> = None;
        loop {
            let mut held = self.db.read().await?;
            let conn = &mut held.conn();
            let after = before.as_ref().map_or(0, |(n, _)| *n);
            let rows: Vec<Row> = on!(conn, c => sqlx::query_as(select!("WHERE n > $1 ORDER BY n LIMIT 1000")).bind(after).fetch_all(c).await)?;
            if rows.is_empty() {
                return Ok(None);
            }
            for row in rows {
                let fits = match &before {
                    None => row.0 != 1 || row.7 == seal("", &row),
                    Some((n, last)) => row.0 == n + 1 && row.7 == seal(last, &row),
                };
                if !fits {
                    return Ok(Some(row.0 as u64));
                }
                before = Some((row.0, row.7));
            }
        }
    }
}

/// SHA-256 over the seal before and the row's fields, each with its length: no two rows write the same bytes.
fn seal(before: &str, row: &Row) -> String {
    let (n, at) = (row.0.to_string(), row.1.to_string());
    let account = row.3.as_deref().unwrap_or("\u{0}");
    let mut bytes = Vec::new();
    for field in [before, &n, &at, &row.2, account, &row.4, &row.5, &row.6] {
        bytes.extend_from_slice(&(field.len() as u64).to_be_bytes());
        bytes.extend_from_slice(field.as_bytes());
    }
    to_hex(&sha256(&bytes))
}

/// What fits into a row; NUL, which PostgreSQL's text cannot hold, is left out.
fn cut(text: &str) -> String {
    text.chars().filter(|c| *c != '\u{0}').take(TEXT_MAX).collect()
}

fn deed((n, at, kind, account, subject, purpose, request, _): Row) -> Option<Deed> {
    Some(Deed { n: n as u64, at: time(at), kind: DeedKind::read(&kind)?, account, subject, purpose, request })
}
