//! A place for one test's ledger: a SQLite file or a PostgreSQL schema, and what tests put into it.

#[path = "../../../../tests/shared/postgres.rs"]
mod postgres;

use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Connection as _};
use zhiheng_base::draft::{Draft, PersonalValue, SourcePlace};
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;
use zhiheng_record::{
    Appender, Begun, Ledger, LedgerError, LedgerKey, Outcome, Provenance, Receipt, SourceFile, Submission,
};

/// Where a test's ledger lives.
pub(crate) struct Home {
    /// Address of the database.
    pub(crate) url: String,
    pub(crate) dir: tempfile::TempDir,
}

/// The key of all test ledgers.
pub(crate) fn key() -> LedgerKey {
    LedgerKey::from_seed("test.example/quality", &[42; 32]).expect("a key")
}

impl Home {
    pub(crate) fn sqlite() -> Home {
        let dir = tempfile::tempdir().expect("a folder");
        Home { url: dir.path().join("ledger.sqlite").display().to_string(), dir }
    }

    /// A schema of its own on the server of tests, if there is one.
    pub(crate) async fn postgres(test: &str) -> Option<Home> {
        let url = postgres::schema(test).await?;
        Some(Home { url, dir: tempfile::tempdir().expect("a folder") })
    }

    pub(crate) async fn create(&self) -> Ledger {
        Ledger::create(&self.url, key()).await.expect("a new ledger")
    }

    pub(crate) async fn open(&self) -> Ledger {
        Ledger::open(&self.url, key()).await.expect("a ledger")
    }

    /// Runs a statement behind the ledger's back.
    pub(crate) async fn tamper(&self, statement: &str) -> u64 {
        if self.url.starts_with("postgres") {
            let mut connection = sqlx::PgConnection::connect(&self.url).await.expect("a connection");
            let done = sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await;
            done.expect("a statement").rows_affected()
        } else {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.expect("a connection");
            let done = sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await;
            done.expect("a statement").rows_affected()
        }
    }
}

impl Home {
    /// Rows of a table.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        let sql = AssertSqlSafe(format!("SELECT count(*) FROM {table}"));
        if self.url.starts_with("postgres") {
            let mut connection = sqlx::PgConnection::connect(&self.url).await.expect("a connection");
            sqlx::query_scalar(sql).fetch_one(&mut connection).await.expect("a count")
        } else {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.expect("a connection");
            sqlx::query_scalar(sql).fetch_one(&mut connection).await.expect("a count")
        }
    }

    /// The bytes of all packs.
    pub(crate) async fn packs(&self) -> Vec<Vec<u8>> {
        let sql = "SELECT bytes FROM personal_pack ORDER BY low";
        if self.url.starts_with("postgres") {
            let mut connection = sqlx::PgConnection::connect(&self.url).await.expect("a connection");
            sqlx::query_scalar(sql).fetch_all(&mut connection).await.expect("packs")
        } else {
            let mut connection = sqlx::SqliteConnection::connect(&self.url).await.expect("a connection");
            sqlx::query_scalar(sql).fetch_all(&mut connection).await.expect("packs")
        }
    }
}

/// Runs tests on both databases.
macro_rules! on_both {
    ($($test:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                super::$test(crate::home::Home::sqlite()).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                if let Some(home) = crate::home::Home::postgres(stringify!($test)).await {
                    super::$test(home).await;
                }
            })*
        }
    };
}
pub(crate) use on_both;

/// A time in seconds after 2013-01-01.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_356_998_400 + seconds).expect("a time")
}

/// A submission with `id`, of inspection results with the key field `no`.
pub(crate) fn submission(id: &str) -> Submission {
    Submission {
        id: id.to_owned(),
        by: "bureau-621100".to_owned(),
        at: at(0),
        of: "sampling.result".to_owned(),
        provenance: Provenance::Reported,
        basis: Some("test".to_owned()),
        catalog: to_hex(&sha256(b"catalog")),
        files: vec![SourceFile { name: "results.csv".into(), sha256: to_hex(&sha256(b"file")), size: 4 }],
        body: to_hex(&sha256(id.as_bytes())),
        key: vec!["no".to_owned()],
    }
}

/// The inspection result number `n` with this result.
pub(crate) fn draft(n: u64, result: &str) -> Draft {
    Draft {
        key: [0; 32],
        data: format!(r#"{{"no":"GS-{n}","result":"{result}"}}"#).into_bytes(),
        personal: Vec::new(),
        place: Some(SourcePlace { file: 0, sheet: None, row: n + 2 }),
    }
}

/// A complaint with a person's name in it, salted with `salt`.
pub(crate) fn complaint(n: u64, name: &str, salt: u8) -> Draft {
    salted(n, name, [salt; 32])
}

/// The same with any salt.
pub(crate) fn salted(n: u64, name: &str, salt: [u8; 32]) -> Draft {
    let commitment = to_hex(&sha256(&[&salt[..], name.as_bytes()].concat()));
    Draft {
        key: [0; 32],
        data: format!(r#"{{"name":"sha256:{commitment}","no":"GS-{n}"}}"#).into_bytes(),
        personal: vec![PersonalValue { field: "name".to_owned(), salt, value: name.to_owned() }],
        place: None,
    }
}

/// Begins a submission that must be new.
pub(crate) async fn begin(ledger: &Ledger, submission: Submission) -> Appender {
    match ledger.begin(submission).await.expect("a submission") {
        Begun::Fresh(appender) => appender,
        Begun::Repeated(receipt) => panic!("repeated: {receipt:?}"),
    }
}

/// Appends records `range` with result `pass` under the submission `id`.
pub(crate) async fn append(
    ledger: &Ledger,
    id: &str,
    range: std::ops::Range<u64>,
) -> (Receipt, Vec<Outcome>) {
    let mut appender = begin(ledger, submission(id)).await;
    let drafts = range.map(|n| draft(n, "pass")).collect();
    let outcomes = appender.push(drafts).await.expect("outcomes");
    (appender.commit().await.expect("a receipt"), outcomes)
}

/// The code of a refusal.
pub(crate) fn code<T>(result: Result<T, LedgerError>) -> String {
    match result {
        Ok(_) => "taken".to_owned(),
        Err(error) => {
            error.diagnostic().map_or_else(|| error.to_string(), |diagnostic| diagnostic.code.into_owned())
        }
    }
}

/// Verifies, and fails with the first problem.
pub(crate) async fn assert_sound(ledger: &Ledger) {
    let verification = ledger.verify(|_, _| {}).await.expect("a verification");
    assert_eq!(verification.problems, [], "{verification:?}");
    assert_eq!(verification.entries, verification.size);
}
