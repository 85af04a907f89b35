//! Rows of `role_grant`.

use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};
use zhiheng_base::Date;

use super::accounts::time;
use super::model::{Grant, Taken};
use crate::store::Conn;
use crate::store::db::on;

/// A row, with the digest of the catalog by which the right was given.
#[derive(Clone, Debug)]
pub(super) struct GrantRow {
    pub(super) id: String,
    pub(super) account: String,
    pub(super) role: String,
    pub(super) region: String,
    pub(super) line: Option<String>,
    pub(super) enterprise: Option<String>,
    pub(super) level: String,
    pub(super) since_day: String,
    pub(super) until_day: Option<String>,
    pub(super) reason: String,
    pub(super) catalog: String,
    pub(super) given_by: String,
    pub(super) given_at: i64,
    pub(super) entry: Option<i64>,
    pub(super) taken_by: Option<String>,
    pub(super) taken_at: Option<i64>,
    pub(super) taken_why: Option<String>,
    pub(super) taken_entry: Option<i64>,
}

// By hand: the derive macros of sqlx are a feature of their own, and tuples end at sixteen.
impl<'r, R: Row> FromRow<'r, R> for GrantRow
where
    &'static str: ColumnIndex<R>,
    String: Decode<'r, R::Database> + Type<R::Database>,
    Option<String>: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    Option<i64>: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> Result<GrantRow, sqlx::Error> {
        Ok(GrantRow {
            id: row.try_get("id")?,
            account: row.try_get("account")?,
            role: row.try_get("role")?,
            region: row.try_get("region")?,
            line: row.try_get("line")?,
            enterprise: row.try_get("enterprise")?,
            level: row.try_get("level")?,
            since_day: row.try_get("since_day")?,
            until_day: row.try_get("until_day")?,
            reason: row.try_get("reason")?,
            catalog: row.try_get("catalog")?,
            given_by: row.try_get("given_by")?,
            given_at: row.try_get("given_at")?,
            entry: row.try_get("entry")?,
            taken_by: row.try_get("taken_by")?,
            taken_at: row.try_get("taken_at")?,
            taken_why: row.try_get("taken_why")?,
            taken_entry: row.try_get("taken_entry")?,
        })
    }
}

impl GrantRow {
    /// The right; one whose days nobody can read is over since ever.
    pub(super) fn grant(self) -> Grant {
        let day = |text: &str| text.parse::<Date>().unwrap_or(Date::MIN);
        let taken = self.taken_at.map(|at| Taken {
            by: self.taken_by.unwrap_or_default(),
            at: time(at),
            reason: self.taken_why.unwrap_or_default(),
            entry: self.taken_entry.map(|entry| entry as u64),
        });
        Grant {
            id: self.id,
            account: self.account,
            role: self.role,
            region: self.region,
            line: self.line,
            enterprise: self.enterprise,
            level: self.level,
            since: self.since_day.parse().unwrap_or(Date::MAX),
            until: self.until_day.as_deref().map(day),
            reason: self.reason,
            given_by: self.given_by,
            given_at: time(self.given_at),
            entry: self.entry.map(|entry| entry as u64),
            taken,
        }
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, account, role, region, line, enterprise, level, since_day, until_day, reason, catalog, given_by, given_at, ",
            "entry, taken_by, taken_at, taken_why, taken_entry FROM role_grant ",
            $rest
        )
    };
}

pub(super) async fn of_account(conn: &mut Conn<'_>, account: &str) -> Result<Vec<Grant>, sqlx::Error> {
    let rows: Vec<GrantRow> = on!(conn, c => sqlx::query_as(select!("WHERE account = $1 ORDER BY id")).bind(account).fetch_all(c).await)?;
    Ok(rows.into_iter().map(GrantRow::grant).collect())
}

pub(super) async fn by_id(conn: &mut Conn<'_>, id: &str) -> Result<Option<GrantRow>, sqlx::Error> {
    on!(conn, c => sqlx::query_as(select!("WHERE id = $1")).bind(id).fetch_optional(c).await)
}

/// Rows by id after `after`.
pub(super) async fn page(conn: &mut Conn<'_>, after: &str, limit: i64) -> Result<Vec<GrantRow>, sqlx::Error> {
    on!(conn, c => sqlx::query_as(select!("WHERE id > $1 ORDER BY id LIMIT $2")).bind(after).bind(limit).fetch_all(c).await)
}

/// Rows of which the ledger has not everything yet.
pub(super) async fn unwritten(conn: &mut Conn<'_>) -> Result<Vec<GrantRow>, sqlx::Error> {
    on!(conn, c => sqlx::query_as(select!("WHERE entry IS NULL OR (taken_at IS NOT NULL AND taken_entry IS NULL) ORDER BY id"))
        .fetch_all(c).await)
}

pub(super) async fn insert(conn: &mut Conn<'_>, row: &GrantRow) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::query("INSERT INTO role_grant (id, account, role, region, line, enterprise, level, since_day, until_day, reason, catalog, given_by, given_at) \
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
        .bind(&row.id).bind(&row.account).bind(&row.role).bind(&row.region).bind(&row.line).bind(&row.enterprise)
        .bind(&row.level).bind(&row.since_day).bind(&row.until_day).bind(&row.reason).bind(&row.catalog)
        .bind(&row.given_by).bind(row.given_at).execute(c).await.map(drop))
}
