//! Salted values outside the tree, which can be erased: one by one in rows, or many in a pack.

use zhiheng_base::draft::PersonalValue;

use super::db::{Conn, on};
use crate::error::LedgerError;
use crate::pack::{Pack, unpack};

/// A salted value; once erased, salt and value are blank.
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
    /// The value of an entry.
    pub(crate) fn new(entry: u64, own: PersonalValue) -> Secret {
        Secret { entry, field: own.field, salt: own.salt.to_vec(), value: own.value, erased: None }
    }

    /// Whether nothing can be read from it.
    pub(crate) fn is_blank(&self) -> bool {
        self.salt.iter().all(|byte| *byte == 0) && self.value.bytes().all(|byte| byte == b' ')
    }
}

type SecretRow = (i64, String, Vec<u8>, String, Option<i64>);

fn secret((entry, field, salt, value, erased): SecretRow) -> Secret {
    Secret { entry: entry as u64, field, salt, value, erased: erased.map(|entry| entry as u64) }
}

type PackRow = (i64, i64, Vec<u8>);

fn open((low, high, bytes): &PackRow) -> Result<Vec<Secret>, LedgerError> {
    let (low, high) = (*low as u64, *high as u64);
    unpack(low, high, bytes).ok_or_else(|| LedgerError::damage("ZH4112", low, "pack"))
}

/// The value of a field of an entry, wherever it lies.
pub(crate) async fn personal(
    conn: &mut Conn<'_>,
    entry: u64,
    field: &str,
) -> Result<Option<Secret>, LedgerError> {
    let row: Option<SecretRow> = on!(conn, c => sqlx::query_as(
        "SELECT p.entry, p.field, p.salt, p.value, e.act FROM personal p \
         LEFT JOIN erasure e ON e.entry = p.entry AND e.field = p.field WHERE p.entry = $1 AND p.field = $2")
        .bind(entry as i64).bind(field).fetch_optional(c).await)?;
    if let Some(row) = row {
        return Ok(Some(secret(row)));
    }
    let Some(pack) = pack_of(conn, entry).await? else { return Ok(None) };
    Ok(open(&pack)?.into_iter().find(|secret| secret.entry == entry && secret.field == field))
}

/// The pack that an entry lies in.
async fn pack_of(conn: &mut Conn<'_>, entry: u64) -> Result<Option<PackRow>, sqlx::Error> {
    let row: Option<PackRow> = on!(conn, c => sqlx::query_as(
        "SELECT low, high, bytes FROM personal_pack WHERE low <= $1 ORDER BY low DESC LIMIT 1")
        .bind(entry as i64).fetch_optional(c).await)?;
    Ok(row.filter(|(_, high, _)| (entry as i64) < *high))
}

/// The values of entries from `low` up to and without `high`, by entry.
pub(crate) async fn personal_between(
    conn: &mut Conn<'_>,
    low: u64,
    high: u64,
) -> Result<Vec<Secret>, LedgerError> {
    let rows: Vec<SecretRow> = on!(conn, c => sqlx::query_as(
        "SELECT p.entry, p.field, p.salt, p.value, e.act FROM personal p \
         LEFT JOIN erasure e ON e.entry = p.entry AND e.field = p.field \
         WHERE p.entry >= $1 AND p.entry < $2 ORDER BY p.entry")
        .bind(low as i64).bind(high as i64).fetch_all(c).await)?;
    let mut packs: Vec<PackRow> = on!(conn, c => sqlx::query_as(
        "SELECT low, high, bytes FROM personal_pack WHERE low > $1 AND low < $2 ORDER BY low")
        .bind(low as i64).bind(high as i64).fetch_all(c).await)?;
    packs.extend(pack_of(conn, low).await?);
    if packs.is_empty() {
        return Ok(rows.into_iter().map(secret).collect());
    }
    // What is erased is taken out of its pack; a pack that still holds such a value is wrong, and shows by this.
    let erased: Vec<(i64, i64, String)> = on!(conn, c => sqlx::query_as(
        "SELECT act, entry, field FROM erasure WHERE entry >= $1 AND entry < $2")
        .bind(low as i64).bind(high as i64).fetch_all(c).await)?;
    let mut secrets: Vec<Secret> = rows.into_iter().map(secret).collect();
    for pack in &packs {
        secrets.extend(open(pack)?.into_iter().filter(|own| (low..high).contains(&own.entry)).map(|own| {
            let is_own =
                |(_, entry, field): &&(i64, i64, String)| *entry as u64 == own.entry && *field == own.field;
            Secret { erased: erased.iter().find(is_own).map(|(act, _, _)| *act as u64), ..own }
        }));
    }
    secrets.sort_by_key(|secret| secret.entry);
    Ok(secrets)
}

/// Number of rows and packs outside the entries below `size`.
pub(crate) async fn count_personal_outside(conn: &mut Conn<'_>, size: u64) -> Result<i64, sqlx::Error> {
    let rows: i64 = on!(conn, c => sqlx::query_scalar("SELECT count(*) FROM personal WHERE entry < 0 OR entry >= $1")
        .bind(size as i64).fetch_one(&mut *c).await)?;
    let packs: i64 = on!(conn, c => sqlx::query_scalar(
        "SELECT count(*) FROM personal_pack WHERE low < 0 OR high > $1 OR low >= high")
        .bind(size as i64).fetch_one(c).await)?;
    Ok(rows + packs)
}

/// Writes values, many rows a statement.
pub(crate) async fn put_personal(conn: &mut Conn<'_>, rows: &[Secret]) -> Result<(), sqlx::Error> {
    for chunk in rows.chunks(500) {
        on!(conn, c => {
            let mut insert = sqlx::QueryBuilder::new("INSERT INTO personal (entry, field, salt, value) ");
            insert.push_values(chunk, |mut row, each| {
                row.push_bind(each.entry as i64)
                    .push_bind(each.field.clone())
                    .push_bind(each.salt.clone())
                    .push_bind(each.value.clone());
            });
            insert.build().execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Writes a pack; one that is too large becomes rows.
pub(crate) async fn put_pack(conn: &mut Conn<'_>, pack: Pack) -> Result<(), LedgerError> {
    if pack.is_empty() {
        return Ok(());
    }
    if pack.is_large() {
        put_personal(conn, &pack.into_rows()).await?;
        return Ok(());
    }
    let (low, high, bytes) = pack.seal().map_err(|source| LedgerError::Io { path: "zstd".into(), source })?;
    on!(conn, c => sqlx::query("INSERT INTO personal_pack (low, high, bytes) VALUES ($1, $2, $3)")
        .bind(low as i64).bind(high as i64).bind(bytes).execute(c).await.map(drop))?;
    Ok(())
}

/// Overwrites salt and value by as many zeros and spaces. SQLite writes a row of the same length where the old
/// one stood, so that no copy of it stays in the file. A pack that holds the value is taken apart, since its seed tells all salts: its
/// bytes are overwritten, and what is not erased becomes rows.
pub(crate) async fn blank_personal(conn: &mut Conn<'_>, secret: &Secret) -> Result<(), LedgerError> {
    if let Conn::Sqlite(c) = conn {
        sqlx::query("PRAGMA secure_delete = ON").fetch_all(&mut **c).await?;
    }
    let (salt, value) = (vec![0_u8; secret.salt.len()], " ".repeat(secret.value.len()));
    let rows = on!(conn, c => sqlx::query("UPDATE personal SET salt = $1, value = $2 WHERE entry = $3 AND field = $4")
        .bind(&salt).bind(&value).bind(secret.entry as i64).bind(&secret.field)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if rows == 0
        && let Some(pack) = pack_of(conn, secret.entry).await?
    {
        let mut apart = open(&pack)?;
        for own in &mut apart {
            if own.entry == secret.entry && own.field == secret.field {
                (own.salt, own.value) = (salt.clone(), value.clone());
            }
        }
        let (low, _, bytes) = pack;
        on!(conn, c => sqlx::query("UPDATE personal_pack SET bytes = $1 WHERE low = $2")
            .bind(vec![0_u8; bytes.len()]).bind(low).execute(c).await.map(drop))?;
        on!(conn, c => sqlx::query("DELETE FROM personal_pack WHERE low = $1").bind(low).execute(c).await.map(drop))?;
        put_personal(conn, &apart).await?;
    }
    if let Conn::Sqlite(c) = conn {
        sqlx::query("PRAGMA secure_delete = FAST").fetch_all(&mut **c).await?;
    }
    Ok(())
}
