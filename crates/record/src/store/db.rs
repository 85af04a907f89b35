//! Connections to SQLite or PostgreSQL, and the schema.
//!
//! Statements are written once; the macro `on!` expands them for both drivers, so that types are checked against each.

use std::str::FromStr as _;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, Postgres, Sqlite, Transaction};
use zhiheng_base::Diagnostic;

use crate::error::LedgerError;

/// How long a writer waits for another process.
const BUSY: Duration = Duration::from_secs(30);

/// A pool of connections.
#[derive(Clone, Debug)]
pub(crate) enum Db {
    Sqlite(SqlitePool),
    Pg(PgPool),
}

/// A borrowed connection.
pub(crate) enum Conn<'a> {
    Sqlite(&'a mut SqliteConnection),
    Pg(&'a mut PgConnection),
}

/// A connection held for reading.
pub(crate) enum Held {
    Sqlite(PoolConnection<Sqlite>),
    Pg(PoolConnection<Postgres>),
}

/// A transaction; dropping it without commit writes nothing.
pub(crate) enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Pg(Transaction<'static, Postgres>),
}

/// Runs one statement for whichever database `$conn` (a `Conn`) belongs to.
macro_rules! on {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::store::db::Conn::Sqlite($c) => {
                let $c = &mut **$c;
                $body
            }
            $crate::store::db::Conn::Pg($c) => {
                let $c = &mut **$c;
                $body
            }
        }
    };
}
pub(crate) use on;

impl Held {
    pub(crate) fn conn(&mut self) -> Conn<'_> {
        match self {
            Held::Sqlite(held) => Conn::Sqlite(held),
            Held::Pg(held) => Conn::Pg(held),
        }
    }
}

impl Tx {
    pub(crate) fn conn(&mut self) -> Conn<'_> {
        match self {
            Tx::Sqlite(tx) => Conn::Sqlite(tx),
            Tx::Pg(tx) => Conn::Pg(tx),
        }
    }

    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            Tx::Sqlite(tx) => tx.commit().await,
            Tx::Pg(tx) => tx.commit().await,
        }
    }
}

/// Whether `url` names a PostgreSQL database; anything else is a path of a SQLite file.
pub(crate) fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres://") || url.starts_with("postgresql://")
}

impl Db {
    /// Connects. With `create`, a SQLite file that does not exist is made.
    pub(crate) async fn connect(url: &str, create: bool) -> Result<Db, LedgerError> {
        if is_postgres(url) {
            let options = PgConnectOptions::from_str(url)?.application_name("zhiheng");
            let pool =
                PgPoolOptions::new().max_connections(8).acquire_timeout(BUSY).connect_with(options).await?;
            return Ok(Db::Pg(pool));
        }
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        if !create && !std::path::Path::new(path).is_file() {
            return Err(Diagnostic::error("ZH4005").arg("database", path).into());
        }
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(create)
            // Bundles and key blocks are tens of kilobytes: larger pages mean shorter overflow chains.
            .page_size(8192)
            .journal_mode(SqliteJournalMode::Wal)
            // An acknowledged commit is on the disk.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY)
            .pragma("cache_size", "-65536")
            .pragma("journal_size_limit", "67108864")
            .pragma("cell_size_check", "1")
            // Pages that are split leave no copies of personal values behind.
            .pragma("secure_delete", "FAST");
        let pool = SqlitePoolOptions::new()
            .max_connections(8)
            // Waiting writers queue in the process; a long import must not run this out for readers.
            .acquire_timeout(BUSY)
            .connect_with(options)
            .await?;
        Ok(Db::Sqlite(pool))
    }

    /// A connection for reading.
    pub(crate) async fn read(&self) -> Result<Held, sqlx::Error> {
        Ok(match self {
            Db::Sqlite(pool) => Held::Sqlite(pool.acquire().await?),
            Db::Pg(pool) => Held::Pg(pool.acquire().await?),
        })
    }

    /// A transaction that sees one state of the database throughout.
    pub(crate) async fn snapshot(&self) -> Result<Tx, sqlx::Error> {
        Ok(match self {
            Db::Sqlite(pool) => Tx::Sqlite(pool.begin().await?),
            Db::Pg(pool) => Tx::Pg(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?),
        })
    }

    /// A transaction for writing. SQLite has one writer at a time; on PostgreSQL the writer locks the head.
    pub(crate) async fn write(&self) -> Result<Tx, sqlx::Error> {
        Ok(match self {
            Db::Sqlite(pool) => Tx::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Db::Pg(pool) => Tx::Pg(pool.begin().await?),
        })
    }

    pub(crate) async fn close(&self) {
        match self {
            Db::Sqlite(pool) => pool.close().await,
            Db::Pg(pool) => pool.close().await,
        }
    }

    /// Makes what was erased in `table` unreadable in the files as well: SQLite's log is emptied, PostgreSQL's dead
    /// rows are cleared. (On SQLite, `secure_delete` zeroed the page itself.)
    pub(crate) async fn forget(&self, table: &'static str) -> Result<(), sqlx::Error> {
        match self {
            Db::Sqlite(pool) => {
                sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_all(pool).await?;
            }
            Db::Pg(pool) => {
                sqlx::query(AssertSqlSafe(format!("VACUUM {table}"))).execute(pool).await?;
            }
        }
        Ok(())
    }
}

/// One step of the schema, for both databases.
struct Step {
    version: i64,
    sqlite: &'static str,
    postgres: &'static str,
}

const STEPS: &[Step] = &[
    Step {
        version: 1,
        sqlite: include_str!("../../migrations/sqlite/0001_ledger.sql"),
        postgres: include_str!("../../migrations/postgres/0001_ledger.sql"),
    },
    Step {
        version: 2,
        sqlite: include_str!("../../migrations/sqlite/0002_cases.sql"),
        postgres: include_str!("../../migrations/postgres/0002_cases.sql"),
    },
    Step {
        version: 3,
        sqlite: include_str!("../../migrations/sqlite/0003_region_of_cases.sql"),
        postgres: include_str!("../../migrations/postgres/0003_region_of_cases.sql"),
    },
    Step {
        version: 4,
        sqlite: include_str!("../../migrations/sqlite/0004_packs.sql"),
        postgres: include_str!("../../migrations/postgres/0004_packs.sql"),
    },
];

/// Newest schema that this program knows.
pub(crate) const SCHEMA: i64 = 4;

/// Version of the schema in the database; `None` if it holds no ledger.
pub(crate) async fn schema_version(conn: &mut Conn<'_>) -> Result<Option<i64>, sqlx::Error> {
    let exists: i64 = match conn {
        Conn::Sqlite(c) => {
            sqlx::query_scalar("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'ledger_schema'")
                .fetch_one(&mut **c)
                .await?
        }
        Conn::Pg(c) => {
            sqlx::query_scalar(
                "SELECT count(*) FROM pg_tables WHERE tablename = 'ledger_schema' AND schemaname = current_schema()",
            )
            .fetch_one(&mut **c)
            .await?
        }
    };
    if exists == 0 {
        return Ok(None);
    }
    on!(conn, c => sqlx::query_scalar("SELECT max(version) FROM ledger_schema").fetch_one(c).await)
}

/// Brings the schema from `from` (0: nothing) to [`SCHEMA`], inside the transaction of `conn`.
pub(crate) async fn migrate(conn: &mut Conn<'_>, from: i64) -> Result<(), sqlx::Error> {
    if from == 0 {
        on!(conn, c => sqlx::raw_sql("CREATE TABLE ledger_schema (version BIGINT PRIMARY KEY)").execute(c).await.map(drop))?;
    }
    for step in STEPS.iter().filter(|step| step.version > from) {
        match conn {
            Conn::Sqlite(c) => sqlx::raw_sql(step.sqlite).execute(&mut **c).await.map(drop)?,
            Conn::Pg(c) => sqlx::raw_sql(step.postgres).execute(&mut **c).await.map(drop)?,
        }
        on!(conn, c => sqlx::query("INSERT INTO ledger_schema VALUES ($1)").bind(step.version).execute(c).await.map(drop))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{SCHEMA, STEPS};

    #[test]
    fn both_databases_have_the_same_steps() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        let names = |database: &str| {
            let mut names: Vec<_> = std::fs::read_dir(folder.join(database))
                .expect("a folder of migrations")
                .map(|entry| entry.expect("an entry").file_name())
                .collect();
            names.sort();
            names
        };
        assert_eq!(names("sqlite"), names("postgres"));
        assert_eq!(names("sqlite").len(), STEPS.len());
        assert_eq!(STEPS.last().map(|step| step.version), Some(SCHEMA));
    }
}
