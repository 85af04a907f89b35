//! The PostgreSQL server that `ZHIHENG_TEST_PG` names, for tests of any crate, which take this file as a module.

use std::io::Write;

use sqlx::Connection as _;

/// Address of the server. Without one the test says that it did not run; in CI that is a failure.
pub(crate) fn server(test: &str) -> Option<String> {
    let server = std::env::var("ZHIHENG_TEST_PG").ok();
    if server.is_none() {
        assert!(std::env::var_os("CI").is_none(), "ZHIHENG_TEST_PG is not set");
        let _ = writeln!(std::io::stderr(), "did not run: {test} on PostgreSQL (ZHIHENG_TEST_PG is not set)");
    }
    server
}

/// Address of a new, empty schema of that server, for one test alone.
pub(crate) async fn schema(test: &str) -> Option<String> {
    let server = server(test)?;
    let make = format!("DROP SCHEMA IF EXISTS t_{test} CASCADE; CREATE SCHEMA t_{test}");
    let mut connection = sqlx::PgConnection::connect(&server).await.expect("a server");
    sqlx::raw_sql(sqlx::AssertSqlSafe(make)).execute(&mut connection).await.expect("a schema");
    connection.close().await.expect("an end");
    let joint = if server.contains('?') { '&' } else { '?' };
    Some(format!("{server}{joint}options=-c%20search_path%3Dt_{test}"))
}
