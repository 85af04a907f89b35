//! The tables of the access database, with a version of their own.

use zhiheng_base::Diagnostic;

use crate::error::LedgerError;
use crate::store::Conn;
use crate::store::db::on;

/// Steps of the schema: SQLite's text and PostgreSQL's.
const STEPS: [(&str, &str); 3] = [
    (
        include_str!("../../migrations/access/sqlite/0001_access.sql"),
        include_str!("../../migrations/access/postgres/0001_access.sql"),
    ),
    (
        include_str!("../../migrations/access/sqlite/0002_signin.sql"),
        include_str!("../../migrations/access/postgres/0002_signin.sql"),
    ),
    (
        include_str!("../../migrations/access/sqlite/0003_views.sql"),
        include_str!("../../migrations/access/postgres/0003_views.sql"),
    ),
];

/// Brings the tables up to this program's, inside the transaction of `conn`.
pub(super) async fn migrate(conn: &mut Conn<'_>) -> Result<(), LedgerError> {
    // Two processes may open it at once: the second one waits here and finds it done.
    if let Conn::Pg(c) = conn {
        sqlx::query("SELECT pg_advisory_xact_lock(7512460291)").execute(&mut **c).await?;
    }
    on!(conn, c => sqlx::raw_sql("CREATE TABLE IF NOT EXISTS access_schema (version BIGINT PRIMARY KEY)")
        .execute(c).await.map(drop))?;
    let found: i64 = on!(conn, c => sqlx::query_scalar("SELECT CAST(coalesce(max(version), 0) AS BIGINT) FROM access_schema")
        .fetch_one(c).await)?;
    let known = STEPS.len() as i64;
    if found > known {
        return Err(Diagnostic::error("ZH4201").arg("found", found).arg("known", known).into());
    }
    for (version, (sqlite, postgres)) in (1..).zip(STEPS).filter(|(version, _)| *version > found) {
        match conn {
            Conn::Sqlite(c) => sqlx::raw_sql(sqlite).execute(&mut **c).await.map(drop)?,
            Conn::Pg(c) => sqlx::raw_sql(postgres).execute(&mut **c).await.map(drop)?,
        }
        on!(conn, c => sqlx::query("INSERT INTO access_schema VALUES ($1)").bind(version).execute(c).await.map(drop))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::STEPS;

    #[test]
    fn both_databases_have_the_same_steps_and_tables() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/access");
        for database in ["sqlite", "postgres"] {
            let files = std::fs::read_dir(folder.join(database)).expect("a folder").count();
            assert_eq!(files, STEPS.len(), "{database}");
        }
        let columns = |text: &str| -> Vec<String> {
            let lines = text.lines().map(str::trim).filter(|line| !line.starts_with("--"));
            lines.filter_map(|line| line.split([' ', ',', ';']).next().map(str::to_owned)).collect()
        };
        for (sqlite, postgres) in STEPS {
            assert_eq!(columns(sqlite), columns(postgres));
        }
    }
}
