//! Head, bundles, tiles and submissions.

use super::db::{Conn, on};

/// The row `head`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) size: u64,
    pub(crate) at: i64,
    pub(crate) checkpoint: String,
}

/// Reads the head; with `lock`, no other writer gets past it before this transaction ends.
pub(crate) async fn head(conn: &mut Conn<'_>, lock: bool) -> Result<Option<Head>, sqlx::Error> {
    let row: Option<(i64, i64, String)> = match conn {
        Conn::Pg(c) if lock => {
            sqlx::query_as("SELECT size, at, checkpoint FROM head WHERE one = 1 FOR UPDATE")
                .fetch_optional(&mut **c)
                .await?
        }
        _ => {
            on!(conn, c => sqlx::query_as("SELECT size, at, checkpoint FROM head WHERE one = 1").fetch_optional(c).await)?
        }
    };
    Ok(row.map(|(size, at, checkpoint)| Head { size: size as u64, at, checkpoint }))
}

pub(crate) async fn insert_head(conn: &mut Conn<'_>, head: &Head) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::query("INSERT INTO head (one, size, at, checkpoint) VALUES (1, $1, $2, $3)")
        .bind(head.size as i64).bind(head.at).bind(&head.checkpoint).execute(c).await.map(drop))
}

/// Moves the head on from the size `from`; false if it is no longer there.
pub(crate) async fn move_head(conn: &mut Conn<'_>, from: u64, head: &Head) -> Result<bool, sqlx::Error> {
    let rows = on!(conn, c => sqlx::query("UPDATE head SET size = $1, at = $2, checkpoint = $3 WHERE one = 1 AND size = $4")
        .bind(head.size as i64).bind(head.at).bind(&head.checkpoint).bind(from as i64)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(rows == 1)
}

/// A bundle's row: number of entries and compressed bytes.
pub(crate) async fn bundle(conn: &mut Conn<'_>, n: u64) -> Result<Option<(i64, Vec<u8>)>, sqlx::Error> {
    on!(conn, c => sqlx::query_as("SELECT entries, bytes FROM bundle WHERE n = $1").bind(n as i64).fetch_optional(c).await)
}

/// At most `limit` bundles from number `n` on.
pub(crate) async fn bundles(
    conn: &mut Conn<'_>,
    n: u64,
    limit: u64,
) -> Result<Vec<(i64, i64, Vec<u8>)>, sqlx::Error> {
    on!(conn, c => sqlx::query_as("SELECT n, entries, bytes FROM bundle WHERE n >= $1 ORDER BY n LIMIT $2")
        .bind(n as i64).bind(limit as i64).fetch_all(c).await)
}

/// Number of bundles and the sum of their entries.
pub(crate) async fn count_bundles(conn: &mut Conn<'_>) -> Result<(i64, i64), sqlx::Error> {
    on!(conn, c => sqlx::query_as("SELECT count(*), CAST(coalesce(sum(entries), 0) AS BIGINT) FROM bundle").fetch_one(c).await)
}

pub(crate) async fn put_bundle(
    conn: &mut Conn<'_>,
    n: u64,
    entries: usize,
    packed: Vec<u8>,
) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::query("INSERT INTO bundle (n, entries, bytes) VALUES ($1, $2, $3) \
            ON CONFLICT (n) DO UPDATE SET entries = excluded.entries, bytes = excluded.bytes")
        .bind(n as i64).bind(entries as i64).bind(packed).execute(c).await.map(drop))
}

/// Width and bytes of the tiles of `level` from number `n` on.
pub(crate) async fn tiles(
    conn: &mut Conn<'_>,
    level: u64,
    n: u64,
) -> Result<Vec<(i64, i64, Vec<u8>)>, sqlx::Error> {
    on!(conn, c => sqlx::query_as("SELECT n, width, bytes FROM tile WHERE level = $1 AND n >= $2 ORDER BY n")
        .bind(level as i64).bind(n as i64).fetch_all(c).await)
}

/// Number of tiles of all levels.
pub(crate) async fn count_tiles(conn: &mut Conn<'_>) -> Result<i64, sqlx::Error> {
    on!(conn, c => sqlx::query_scalar("SELECT count(*) FROM tile").fetch_one(c).await)
}

pub(crate) async fn put_tile(
    conn: &mut Conn<'_>,
    level: u64,
    n: u64,
    hashes: &[crate::verify::Hash],
) -> Result<(), sqlx::Error> {
    let bytes = hashes.concat();
    on!(conn, c => sqlx::query("INSERT INTO tile (level, n, width, bytes) VALUES ($1, $2, $3, $4) \
            ON CONFLICT (level, n) DO UPDATE SET width = excluded.width, bytes = excluded.bytes")
        .bind(level as i64).bind(n as i64).bind(hashes.len() as i64).bind(bytes).execute(c).await.map(drop))
}

/// A row of `submission`.
#[derive(Clone, Debug)]
pub(crate) struct Taken {
    pub(crate) first: u64,
    pub(crate) id: String,
    pub(crate) body: String,
    pub(crate) receipt: String,
    pub(crate) seal: String,
}

type TakenRow = (i64, String, String, String, String);

fn taken((first, id, body, receipt, seal): TakenRow) -> Taken {
    Taken { first: first as u64, id, body, receipt, seal }
}

pub(crate) async fn submission(conn: &mut Conn<'_>, id: &str) -> Result<Option<Taken>, sqlx::Error> {
    let row: Option<TakenRow> = on!(conn, c => sqlx::query_as("SELECT first, id, body, receipt, seal FROM submission WHERE id = $1")
        .bind(id).fetch_optional(c).await)?;
    Ok(row.map(taken))
}

/// At most `limit` submissions whose first entry is at or after `first`.
pub(crate) async fn submissions(
    conn: &mut Conn<'_>,
    first: u64,
    limit: i64,
) -> Result<Vec<Taken>, sqlx::Error> {
    let rows: Vec<TakenRow> = on!(conn, c => sqlx::query_as(
        "SELECT first, id, body, receipt, seal FROM submission WHERE first >= $1 ORDER BY first LIMIT $2")
        .bind(first as i64).bind(limit).fetch_all(c).await)?;
    Ok(rows.into_iter().map(taken).collect())
}

pub(crate) async fn count_submissions(conn: &mut Conn<'_>) -> Result<i64, sqlx::Error> {
    on!(conn, c => sqlx::query_scalar("SELECT count(*) FROM submission").fetch_one(c).await)
}

pub(crate) async fn put_submission(conn: &mut Conn<'_>, taken: &Taken) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::query("INSERT INTO submission (first, id, body, receipt, seal) VALUES ($1, $2, $3, $4, $5)")
        .bind(taken.first as i64).bind(&taken.id).bind(&taken.body).bind(&taken.receipt).bind(&taken.seal)
        .execute(c).await.map(drop))
}

/// What SQLite's own check of the file's structure finds; empty if it is sound. Nothing on PostgreSQL.
pub(crate) async fn integrity(conn: &mut Conn<'_>) -> Result<Vec<String>, sqlx::Error> {
    match conn {
        Conn::Sqlite(c) => {
            let lines: Vec<String> =
                sqlx::query_scalar("PRAGMA integrity_check(5)").fetch_all(&mut **c).await?;
            Ok(lines.into_iter().filter(|line| line != "ok").collect())
        }
        Conn::Pg(_) => Ok(Vec::new()),
    }
}
