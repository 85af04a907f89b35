//! `cargo xtask bench server`: pages under load (`tests/load`), as a table in `docs/operating/benchmarks-server.md`. There is no
//! peer: nobody else has these pages.

use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::machine::describe;
use super::table::{Line, Section, Table, publish, thousands};
use crate::run::{cache, cargo, ensure, output, say, step, target};

/// Milliseconds of the server's own time within which nineteen of twenty answers to a single reader are to be made.
const ALONE: f64 = 10.0;
/// Answers a second of the public API.
const API: f64 = 3_000.0;

/// Builds for release, runs the load and writes the page. The word is how many seconds fifty connections ask for each page.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let seconds = match args {
        [] => "10",
        [seconds] if seconds.parse::<u32>().is_ok() => seconds,
        _ => bail!("bench server takes a number of seconds, or nothing"),
    };
    ensure("wrk", "wrk")?;
    step("build the command for release", cargo().args(["build", "--release", "--package", "zhiheng"]))?;
    let project = cache().join("bench/pages");
    if project.exists() {
        std::fs::remove_dir_all(&project)?;
    }
    std::fs::create_dir_all(project.parent().context("the cache")?)?;
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let text = output(
        Command::new("node")
            .arg(crate::root().join("tests/load/load.js"))
            .arg(&project)
            .arg(seconds)
            .env("ZHIHENG_BROWSER_MODULES", crate::browser::modules()?)
            .env("ZHIHENG_COMMAND", target().join("release/zhiheng")),
    )?;
    say(&text);
    let mut table = Table::default();
    for line in text.lines() {
        let said: Value = serde_json::from_str(line).context("a line of JSON")?;
        let name = said["name"].as_str().context("a name")?;
        table.replace(name, if name == "server" { process(&said)? } else { lines(&said)? });
    }
    let busy = load.split(' ').next().unwrap_or_default();
    let machine = format!(
        "{}Other work on the machine when it began (load average): {busy}.\n",
        describe("wrk 4.1.0", &format!("cargo xtask bench server {seconds}"))
    );
    let page = crate::root().join("docs/operating/benchmarks-server.md");
    let section = Section { key: "server".into(), heading: "Figures".into(), ratio: "ours ÷ peer", machine };
    publish(&page, &section, &table)?;
    say(&format!("written to {}", page.display()));
    Ok(())
}

/// What the server itself takes.
fn process(said: &Value) -> Result<Vec<Line>> {
    let number = |name: &str| said[name].as_f64().with_context(|| format!("no {name}"));
    let line = |what: &str, most: f64, ours: f64, unit: &str| Line {
        what: what.to_owned(),
        goal: if most > 0.0 { format!("≤ {most} {unit}") } else { String::new() },
        ours: thousands(ours),
        unit: unit.to_owned(),
        met: (most > 0.0).then_some(ours <= most),
        ..Line::default()
    };
    Ok(vec![
        line("from the command to open doors, over the demonstration", 2.0, number("start")?, "s"),
        line("memory, idle", 300.0, number("idle")?, "MiB"),
        line("memory, after all of this", 0.0, number("after")?, "MiB"),
    ])
}

/// A page's two lines: one reader's server time, and what fifty connections get.
fn lines(said: &Value) -> Result<Vec<Line>> {
    let millis = |of: &str, part: &str| said[of][part].as_f64().map(|micros| micros / 1000.0);
    let path = said["path"].as_str().unwrap_or_default();
    let shown = |of: &str| {
        let part = |part: &str| millis(of, part).map_or_else(|| "–".to_owned(), |ms| format!("{ms:.1}"));
        format!("p50 {}, p95 {}, p99 {} ms", part("p50"), part("p95"), part("p99"))
    };
    let alone = millis("alone", "p95").context("no times of a single reader")?;
    let rate = said["per_second"].as_f64().context("no rate")?;
    let is_api = path.starts_with("/api/");
    Ok(vec![
        Line {
            what: format!("`{path}`, one reader: server time, p95"),
            goal: format!("≤ {ALONE} ms"),
            ours: thousands(alone),
            unit: "ms".to_owned(),
            met: Some(alone <= ALONE),
            note: shown("alone"),
            ..Line::default()
        },
        Line {
            what: format!("`{path}`, fifty connections: answers a second"),
            goal: if is_api { format!("≥ {}", thousands(API)) } else { String::new() },
            ours: thousands(rate),
            unit: "1/s".to_owned(),
            met: is_api.then_some(rate >= API),
            note: format!(
                "server {}; wire {}; {} refused, {} broken",
                shown("crowd"),
                shown("wire"),
                said["refused"],
                said["broken"]
            ),
            ..Line::default()
        },
    ])
}
