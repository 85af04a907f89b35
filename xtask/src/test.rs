//! `cargo xtask test`: everything that must hold, in one command.

use anyhow::Result;

use crate::run::{Scratch, cache, cargo, ensure, say, step};
use crate::{demo, fonts, postgres, tidy};

/// Where property tests begin to draw their cases.
const SEED: &str = "PROPTEST_RNG_SEED";

/// Runs it all. `--full` takes the long counts of the kill and flip tests; other words go to `cargo test`.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let full = args.contains(&"--full");
    let rest: Vec<&&str> = args.iter().filter(|arg| **arg != "--full").collect();
    ensure("python3", "python3")?;
    ensure("strace", "strace")?;
    ensure("cc", "gcc")?;
    ensure("pdftotext", "poppler-utils")?;
    tidy::run()?;
    crate::web::run(true)?;
    let fonts = fonts::setup(&cache().join("fonts"))?;
    let server = postgres::Postgres::start()?;
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--no-fail-fast"]).args(rest);
    tests.env("ZHIHENG_TEST_PG", server.url()).env("ZHIHENG_FONTS", &fonts);
    if !full && std::env::var_os(SEED).is_none() {
        // The usual run can be repeated to the letter; the full one draws new cases.
        tests.env(SEED, "20131021");
    }
    if full {
        tests.env("ZHIHENG_KILLS", "200").env("ZHIHENG_FLIPS", "2000").env("ZHIHENG_TRACE_STEP", "10");
    }
    step("all tests, on SQLite and on PostgreSQL", &mut tests)?;
    drop(server);
    let scratch = Scratch::new("demo")?;
    let dir = scratch.path().join("demo");
    demo::run(&["--dir", &dir.to_string_lossy(), "--no-server"])?;
    demo::check(&dir)?;
    crate::browser::run(if full { &["--examples", "200"] } else { &[] })?;
    say("everything holds");
    Ok(())
}
