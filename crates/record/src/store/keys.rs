//! Runs of natural keys.

use super::db::{Conn, on};

/// A row of `key_run`: the commits of entries from `low` up to and without `high`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RunRow {
    pub(crate) low: u64,
    pub(crate) high: u64,
    pub(crate) pairs: u64,
    /// Last key prefix of each block, eight little-endian bytes each.
    pub(crate) fences: Vec<u8>,
}

/// All runs, oldest first.
pub(crate) async fn runs(conn: &mut Conn<'_>) -> Result<Vec<RunRow>, sqlx::Error> {
    let rows: Vec<(i64, i64, i64, Vec<u8>)> = on!(conn, c => sqlx::query_as("SELECT low, high, pairs, fences FROM key_run ORDER BY low").fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(low, high, pairs, fences)| RunRow {
            low: low as u64,
            high: high as u64,
            pairs: pairs as u64,
            fences,
        })
        .collect())
}

pub(crate) async fn block(conn: &mut Conn<'_>, run: u64, n: u64) -> Result<Option<Vec<u8>>, sqlx::Error> {
    on!(conn, c => sqlx::query_scalar("SELECT bytes FROM key_block WHERE run = $1 AND n = $2")
        .bind(run as i64).bind(n as i64).fetch_optional(c).await)
}

/// At most `limit` blocks of a run from number `n` on.
pub(crate) async fn blocks(
    conn: &mut Conn<'_>,
    run: u64,
    n: u64,
    limit: i64,
) -> Result<Vec<(i64, Vec<u8>)>, sqlx::Error> {
    on!(conn, c => sqlx::query_as("SELECT n, bytes FROM key_block WHERE run = $1 AND n >= $2 ORDER BY n LIMIT $3")
        .bind(run as i64).bind(n as i64).bind(limit).fetch_all(c).await)
}

/// Number of blocks of all runs.
pub(crate) async fn count_blocks(conn: &mut Conn<'_>) -> Result<i64, sqlx::Error> {
    on!(conn, c => sqlx::query_scalar("SELECT count(*) FROM key_block").fetch_one(c).await)
}

pub(crate) async fn put_block(
    conn: &mut Conn<'_>,
    run: u64,
    n: u64,
    bytes: Vec<u8>,
) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::query("INSERT INTO key_block (run, n, bytes) VALUES ($1, $2, $3)")
        .bind(run as i64).bind(n as i64).bind(bytes).execute(c).await.map(drop))
}

pub(crate) async fn put_run(conn: &mut Conn<'_>, run: &RunRow) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::query("INSERT INTO key_run (low, high, pairs, fences) VALUES ($1, $2, $3, $4)")
        .bind(run.low as i64).bind(run.high as i64).bind(run.pairs as i64).bind(&run.fences)
        .execute(c).await.map(drop))
}

pub(crate) async fn drop_run(conn: &mut Conn<'_>, low: u64) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::query("DELETE FROM key_block WHERE run = $1").bind(low as i64).execute(c).await.map(drop))?;
    on!(conn, c => sqlx::query("DELETE FROM key_run WHERE low = $1").bind(low as i64).execute(c).await.map(drop))
}
