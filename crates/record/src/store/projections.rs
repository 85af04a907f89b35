//! Versions, tallies, files and acts: what can be made again from the entries.

use super::db::{Conn, on};

/// A row of `version`: a correction or withdrawal, and where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version {
    pub(crate) entry: u64,
    /// The record as first handed in.
    pub(crate) first: u64,
    /// The version that it replaces.
    pub(crate) replaces: u64,
    pub(crate) withdrawn: bool,
}

type VersionRow = (i64, i64, i64, i64);

fn version((entry, first, replaces, withdrawn): VersionRow) -> Version {
    Version { entry: entry as u64, first: first as u64, replaces: replaces as u64, withdrawn: withdrawn != 0 }
}

/// The corrections and withdrawals of the record `first`, oldest first.
pub(crate) async fn versions_of(conn: &mut Conn<'_>, first: u64) -> Result<Vec<Version>, sqlx::Error> {
    let rows: Vec<VersionRow> = on!(conn, c => sqlx::query_as(
        "SELECT entry, first, replaces, withdrawn FROM version WHERE first = $1 ORDER BY entry")
        .bind(first as i64).fetch_all(c).await)?;
    Ok(rows.into_iter().map(version).collect())
}

/// The version that entry `entry` is, if it is a correction or withdrawal.
pub(crate) async fn version_at(conn: &mut Conn<'_>, entry: u64) -> Result<Option<Version>, sqlx::Error> {
    let row: Option<VersionRow> = on!(conn, c => sqlx::query_as(
        "SELECT entry, first, replaces, withdrawn FROM version WHERE entry = $1")
        .bind(entry as i64).fetch_optional(c).await)?;
    Ok(row.map(version))
}

/// All versions below `size`, in the order of their entries.
pub(crate) async fn versions(conn: &mut Conn<'_>, size: u64) -> Result<Vec<Version>, sqlx::Error> {
    let rows: Vec<VersionRow> = on!(conn, c => sqlx::query_as(
        "SELECT entry, first, replaces, withdrawn FROM version WHERE entry < $1 ORDER BY entry")
        .bind(size as i64).fetch_all(c).await)?;
    Ok(rows.into_iter().map(version).collect())
}

pub(crate) async fn put_version(conn: &mut Conn<'_>, version: Version) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::query("INSERT INTO version (entry, first, replaces, withdrawn) VALUES ($1, $2, $3, $4)")
        .bind(version.entry as i64).bind(version.first as i64).bind(version.replaces as i64)
        .bind(i64::from(version.withdrawn)).execute(c).await.map(drop))
}

/// What a record type has in the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeCount {
    /// Record type id.
    pub of: String,
    /// Submissions of this type.
    pub submissions: u64,
    /// Records as handed in.
    pub records: u64,
    /// Corrections.
    pub corrections: u64,
    /// Withdrawals.
    pub withdrawals: u64,
}

/// All tallies by type id.
pub(crate) async fn tallies(conn: &mut Conn<'_>) -> Result<Vec<TypeCount>, sqlx::Error> {
    let rows: Vec<(String, i64, i64, i64, i64)> = on!(conn, c => sqlx::query_as(
        "SELECT type, submissions, records, corrections, withdrawals FROM tally").fetch_all(c).await)?;
    let mut counts: Vec<TypeCount> = rows
        .into_iter()
        .map(|(of, submissions, records, corrections, withdrawals)| TypeCount {
            of,
            submissions: submissions as u64,
            records: records as u64,
            corrections: corrections as u64,
            withdrawals: withdrawals as u64,
        })
        .collect();
    // Not ORDER BY: the two databases collate differently.
    counts.sort();
    Ok(counts)
}

/// Adds to the tally of a type.
pub(crate) async fn add_tally(conn: &mut Conn<'_>, add: &TypeCount) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::query("INSERT INTO tally (type, submissions, records, corrections, withdrawals) \
            VALUES ($1, $2, $3, $4, $5) ON CONFLICT (type) DO UPDATE SET \
            submissions = tally.submissions + excluded.submissions, records = tally.records + excluded.records, \
            corrections = tally.corrections + excluded.corrections, \
            withdrawals = tally.withdrawals + excluded.withdrawals")
        .bind(&add.of).bind(add.submissions as i64).bind(add.records as i64).bind(add.corrections as i64)
        .bind(add.withdrawals as i64).execute(c).await.map(drop))
}

/// A file of a submission, as listed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListedFile {
    /// The `Submit` entry.
    pub entry: u64,
    /// Place among the submission's files, from 0.
    pub n: u64,
    /// Name without folders.
    pub name: String,
    /// Lower-case hex.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

pub(crate) async fn files(conn: &mut Conn<'_>) -> Result<Vec<ListedFile>, sqlx::Error> {
    let rows: Vec<(i64, i64, String, String, i64)> = on!(conn, c => sqlx::query_as(
        "SELECT entry, n, name, sha256, size FROM source_file ORDER BY entry, n").fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|(entry, n, name, sha256, size)| ListedFile {
            entry: entry as u64,
            n: n as u64,
            name,
            sha256,
            size: size as u64,
        })
        .collect())
}

pub(crate) async fn put_file(conn: &mut Conn<'_>, file: &ListedFile) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::query("INSERT INTO source_file (entry, n, name, sha256, size) VALUES ($1, $2, $3, $4, $5)")
        .bind(file.entry as i64).bind(file.n as i64).bind(&file.name).bind(&file.sha256).bind(file.size as i64)
        .execute(c).await.map(drop))
}

/// A catalog adopted or a report released.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Act {
    /// Its entry.
    pub entry: u64,
    /// `adopt` or `release`.
    pub kind: String,
    /// Digest of the catalog, or hash of the report.
    pub digest: String,
}

pub(crate) async fn acts(conn: &mut Conn<'_>) -> Result<Vec<Act>, sqlx::Error> {
    let rows: Vec<(i64, String, String)> = on!(conn, c => sqlx::query_as("SELECT entry, kind, digest FROM act ORDER BY entry").fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(entry, kind, digest)| Act { entry: entry as u64, kind, digest }).collect())
}

pub(crate) async fn put_act(conn: &mut Conn<'_>, act: &Act) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::query("INSERT INTO act (entry, kind, digest) VALUES ($1, $2, $3)")
        .bind(act.entry as i64).bind(&act.kind).bind(&act.digest).execute(c).await.map(drop))
}

/// The erasures: entry and field, by the act that erased them.
pub(crate) async fn erasures(conn: &mut Conn<'_>) -> Result<Vec<(u64, u64, String)>, sqlx::Error> {
    let rows: Vec<(i64, i64, String)> = on!(conn, c => sqlx::query_as("SELECT act, entry, field FROM erasure ORDER BY act").fetch_all(c).await)?;
    Ok(rows.into_iter().map(|(act, entry, field)| (act as u64, entry as u64, field)).collect())
}

pub(crate) async fn put_erasure(
    conn: &mut Conn<'_>,
    act: u64,
    entry: u64,
    field: &str,
) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::query("INSERT INTO erasure (act, entry, field) VALUES ($1, $2, $3)")
        .bind(act as i64).bind(entry as i64).bind(field).execute(c).await.map(drop))
}

/// Empties every projection.
pub(crate) async fn clear(conn: &mut Conn<'_>) -> Result<(), sqlx::Error> {
    on!(conn, c => sqlx::raw_sql("DELETE FROM key_run; DELETE FROM key_block; DELETE FROM version; \
        DELETE FROM tally; DELETE FROM source_file; DELETE FROM act; DELETE FROM erasure").execute(c).await.map(drop))?;
    super::cases::clear(conn).await
}
