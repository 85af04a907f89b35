//! Head, bundles, tiles, submissions and personal values.

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

/// A row of `personal`; once erased, salt and value are blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Secret {
    pub(crate) entry: u64,
    pub(crate) field: String,
    pub(crate) salt: Vec<u8>,
    pub(crate) value: String,
    /// The `Erase` entry, once erased.
    pub(crate) erased: Option<u64>,
}

impl Secret {
    /// Whether nothing can be read from it.
    pub(crate) fn is_blank(&self) -> bool {
        self.salt.iter().all(|byte| *byte == 0) && self.value.bytes().all(|byte| byte == b' ')
    }
}

type SecretRow = (i64, String, Vec<u8>, String, Option<i64>);

fn secret((entry, field, salt, value, erased): SecretRow) -> Secret {
    Secret { entry: entry as u64, field, salt, value, erased: erased.map(|entry| entry as u64) }
}

pub(crate) async fn personal(
    conn: &mut Conn<'_>,
    entry: u64,
    field: &str,
) -> Result<Option<Secret>, sqlx::Error> {
    let row: Option<SecretRow> = on!(conn, c => sqlx::query_as(
        "SELECT p.entry, p.field, p.salt, p.value, e.act FROM personal p \
         LEFT JOIN erasure e ON e.entry = p.entry AND e.field = p.field WHERE p.entry = $1 AND p.field = $2")
        .bind(entry as i64).bind(field).fetch_optional(c).await)?;
    Ok(row.map(secret))
}

/// Personal rows of entries from `low` up to and without `high`.
pub(crate) async fn personal_between(
    conn: &mut Conn<'_>,
    low: u64,
    high: u64,
) -> Result<Vec<Secret>, sqlx::Error> {
    let rows: Vec<SecretRow> = on!(conn, c => sqlx::query_as(
        "SELECT p.entry, p.field, p.salt, p.value, e.act FROM personal p \
         LEFT JOIN erasure e ON e.entry = p.entry AND e.field = p.field \
         WHERE p.entry >= $1 AND p.entry < $2 ORDER BY p.entry")
        .bind(low as i64).bind(high as i64).fetch_all(c).await)?;
    Ok(rows.into_iter().map(secret).collect())
}

/// Number of personal rows outside the entries below `size`.
pub(crate) async fn count_personal_outside(conn: &mut Conn<'_>, size: u64) -> Result<i64, sqlx::Error> {
    on!(conn, c => sqlx::query_scalar("SELECT count(*) FROM personal WHERE entry < 0 OR entry >= $1")
        .bind(size as i64).fetch_one(c).await)
}

/// Writes personal values, many rows a statement.
pub(crate) async fn put_personal(
    conn: &mut Conn<'_>,
    rows: &[(u64, zhiheng_base::draft::PersonalValue)],
) -> Result<(), sqlx::Error> {
    for chunk in rows.chunks(500) {
        on!(conn, c => {
            let mut insert = sqlx::QueryBuilder::new("INSERT INTO personal (entry, field, salt, value) ");
            insert.push_values(chunk, |mut row, (entry, each)| {
                row.push_bind(*entry as i64)
                    .push_bind(each.field.clone())
                    .push_bind(each.salt.to_vec())
                    .push_bind(each.value.clone());
            });
            insert.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Overwrites salt and value by as many zeros and spaces. SQLite writes a row of the same length where the old
/// one stood, so that no copy of it stays in the file.
pub(crate) async fn blank_personal(conn: &mut Conn<'_>, secret: &Secret) -> Result<(), sqlx::Error> {
    if let Conn::Sqlite(c) = conn {
        sqlx::query("PRAGMA secure_delete = ON").fetch_all(&mut **c).await?;
    }
    on!(conn, c => sqlx::query("UPDATE personal SET salt = $1, value = $2 WHERE entry = $3 AND field = $4")
        .bind(vec![0_u8; secret.salt.len()]).bind(" ".repeat(secret.value.len()))
        .bind(secret.entry as i64).bind(&secret.field).execute(c).await.map(drop))?;
    if let Conn::Sqlite(c) = conn {
        sqlx::query("PRAGMA secure_delete = FAST").fetch_all(&mut **c).await?;
    }
    Ok(())
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
