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
/// Answers a second of a public page that is kept ready.
const CACHED: f64 = 10_000.0;
/// Hundredths that a filter by jurisdiction may cost.
const FILTER: f64 = 5.0;
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
        let lines = match name {
            "server" => process(&said)?,
            _ if said.get("filter").is_some() => filter(&said)?,
            _ => lines(&said)?,
        };
        table.replace(name, lines);
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
        line(
            "from the command to open doors, with a million new rows to take up",
            0.0,
            number("start_new")?,
            "s",
        ),
        line("from the command to open doors, over all rows", 0.0, number("start_full")?, "s"),
        line("memory, idle, over all rows", 0.0, number("idle_full")?, "MiB"),
        line("memory, after all of this", 0.0, number("after")?, "MiB"),
    ])
}

/// What it costs that a reader sees a part only: the same page for readers who see the same.
fn filter(said: &Value) -> Result<Vec<Line>> {
    let path = said["path"].as_str().unwrap_or_default();
    let of = |reader: &str| {
        let micros = said["filter"][reader].as_f64();
        micros.with_context(|| format!("no time of {reader}")).map(|micros| micros / 1000.0)
    };
    let (whole, part) = (of("country")?, of("prefecture")?);
    let more = (part / whole - 1.0) * 100.0;
    Ok(vec![Line {
        what: format!(
            "`{path}`, a reader with a prefecture beside one with the whole country, who see the same: more time"
        ),
        goal: format!("≤ {FILTER} %"),
        ours: format!("{more:.1}"),
        unit: "%".to_owned(),
        met: Some(more <= FILTER),
        note: format!("p50 {part:.2} and {whole:.2} ms, medians of sixteen turns"),
        ..Line::default()
    }])
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
    let least = match path {
        _ if path.starts_with("/api/") || path.starts_with("/open/v1/") => Some(API),
        _ if said["name"] == "public home" => Some(CACHED),
        _ => None,
    };
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
            goal: least.map_or_else(String::new, |least| format!("≥ {}", thousands(least))),
            ours: thousands(rate),
            unit: "1/s".to_owned(),
            met: least.map(|least| rate >= least),
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
