//! `cargo xtask bench trace`: capture, folding and the questions of a recall, as a table in `docs/operating/benchmarks-trace.md`.
//!
//! Capture through the ledger and recalls over HTTP are timed by `tests/load/recall.js`, with the command.
//!
//! Ours is one process and one thread without a database (`crates/trace/examples/trace_speed.rs`). The peers, SQLite, DuckDB and PostgreSQL, get the
//! same world as tables that already hold the last place of everything (`benches/trace_sql.py`), and must count the same things.

use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::machine::{describe, peers};
use super::place::Place;
use super::table::{Line, Section, Table, publish, thousands};
use crate::postgres::Postgres;
use crate::run::{cache, cargo, ensure, output, say, step, target};

/// Runs it. `--rows N`: so many events instead of a million.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let n: u64 = match args {
        [] => 1_000_000,
        ["--rows", text] => {
            text.replace('_', "").parse().with_context(|| format!("--rows {text}: no number"))?
        }
        _ => bail!("say: bench trace [--rows N]"),
    };
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let dir = cache().join("bench/trace");
    let tables = dir.join("tables");
    std::fs::create_dir_all(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
    let mut build = cargo();
    let build = build.args(["build", "--release", "-p", "zhiheng-trace", "--example", "trace_speed"]);
    step("build for release", build)?;
    say(&format!("==> bench trace, {n} events"));
    let mut ours = Command::new(target().join("release/examples/trace_speed"));
    let ours: Value = serde_json::from_str(&output(ours.arg(n.to_string()).arg(&tables))?)?;
    let mut peer = Command::new(Place::python()?);
    let server = Postgres::start()?;
    peer.arg(crate::root().join("benches/trace_sql.py")).arg(&tables).arg(server.url());
    let peer: Value = serde_json::from_str(&output(&mut peer)?)?;
    let served = served(&dir, n)?;
    let results = dir.join("results.json");
    let mut table = Table::read(&results)?;
    let mut all = lines(&ours, &peer)?;
    all.extend(over_http(&served)?);
    table.replace("trace", all);
    table.write(&results)?;
    let busy = load.split(' ').next().unwrap_or_default();
    let machine = describe(&peers()?, "cargo xtask bench trace");
    let events = ours["events"].as_u64().unwrap_or_default();
    let section = Section {
        key: format!("{n} events"),
        heading: format!("{} events", thousands(events as f64)),
        ratio: "peer ÷ ours",
        machine: format!("{machine}Other work on the machine when it began (load average): {busy}.\n"),
    };
    let page = crate::root().join("docs/operating/benchmarks-trace.md");
    publish(&page, &section, &table)?;
    say(&format!("written to {}", page.display()));
    Ok(())
}

/// Captures a world through the ledger with the command and asks a server for a recall; not more than a million events.
fn served(dir: &std::path::Path, n: u64) -> Result<Value> {
    ensure("wrk", "wrk")?;
    step("build the command for release", cargo().args(["build", "--release", "--package", "zhiheng"]))?;
    let mut ask = Command::new("node");
    ask.arg(crate::root().join("tests/load/recall.js")).arg(dir.join("served"));
    ask.arg(n.min(1_000_000).to_string()).arg("10");
    ask.env("ZHIHENG_BROWSER_MODULES", crate::browser::modules()?);
    ask.env("ZHIHENG_COMMAND", target().join("release/zhiheng"));
    Ok(serde_json::from_str(&output(&mut ask)?)?)
}

/// Capture with the ledger, and recalls over HTTP.
fn over_http(said: &Value) -> Result<Vec<Line>> {
    let number = |path: &str| {
        let found = said.pointer(path).and_then(Value::as_f64);
        found.with_context(|| format!("no {path}"))
    };
    let events = number("/capture/events")?;
    let work = number("/capture/user")? + number("/capture/system")?;
    let line = |what: &str, goal: (f64, &str), ours: f64, unit: &str, is_met: bool, note: String| Line {
        what: what.into(),
        goal: format!("{} {} {unit}", goal.1, thousands(goal.0)),
        ours: thousands(ours),
        unit: unit.into(),
        met: Some(is_met),
        note,
        ..Line::default()
    };
    let rate = events / work;
    let bytes = number("/capture/bytes")? / events;
    let mut lines = vec![
        line(
            "capture through the ledger, per second of processor",
            (60_000.0, "≥"),
            rate,
            "events/s",
            rate >= 60_000.0,
            format!(
                "{} events in {} documents; {} s of processor, {} s by the clock",
                thousands(events),
                number("/capture/documents")?,
                thousands(work),
                thousands(number("/capture/clock")?)
            ),
        ),
        line("the ledger on the disk", (100.0, "≤"), bytes, "bytes an event", bytes <= 100.0, String::new()),
    ];
    for (of, who) in [("alone", "one reader"), ("crowd", "eight readers at once")] {
        let millis = |path: &str| number(&format!("/{of}/{path}")).map(|micros| micros / 1000.0);
        let slow = millis("wire/p99")?;
        lines.push(line(
            &format!("recall of a premix over HTTP, {who}, 99th percentile"),
            (10.0, "≤"),
            slow,
            "ms",
            slow <= 10.0,
            format!(
                "{} pieces, summary of {} bytes; median {} ms, the server's own {} and {} ms; {} answers/s",
                thousands(number("/pieces")?),
                number("/bytes")?,
                thousands(millis("wire/p50")?),
                thousands(millis("server/p50")?),
                thousands(millis("server/p99")?),
                thousands(number(&format!("/{of}/per_second"))?)
            ),
        ));
    }
    Ok(lines)
}

/// All peers.
const PEERS: [&str; 3] = ["sqlite", "duckdb", "postgres"];

fn lines(ours: &Value, peer: &Value) -> Result<Vec<Line>> {
    let number = |name: &str| ours[name].as_f64().with_context(|| format!("no {name}"));
    let two = |name: &str| -> Result<(f64, f64)> {
        let at = |place: usize| ours[name][place].as_f64().with_context(|| format!("no {name}"));
        Ok((at(0)?, at(1)?))
    };
    let rate = |what: &str, name: &str| -> Result<Line> {
        Ok(Line {
            what: what.into(),
            ours: thousands(number(name)?),
            unit: "events/s".into(),
            ..Line::default()
        })
    };
    let micros = |what: &str, name: &str, goal: f64| -> Result<Line> {
        let (median, slow) = two(name)?;
        Ok(Line {
            what: what.into(),
            goal: if goal > 0.0 { format!("≤ {goal} µs") } else { String::new() },
            ours: thousands(median * 1e6),
            unit: "µs".into(),
            met: (goal > 0.0).then_some(median * 1e6 <= goal),
            note: format!("99th percentile {} µs", thousands(slow * 1e6)),
            ..Line::default()
        })
    };
    // the best of some peers by name
    let best = |peers: &[&str], question: &str| {
        let of = |name: &str| {
            peer[format!("{name}_{question}")].as_f64().map(|seconds| (seconds, name.to_owned()))
        };
        peers.iter().filter_map(|name| of(name)).min_by(|a, b| a.0.total_cmp(&b.0))
    };
    let against =
        |what: &str, seconds: f64, question: &str, peers: &[&str], goal: f64, note: &str| -> Result<Line> {
            let (other, name) = best(peers, question).context("no peer")?;
            Ok(Line {
                what: what.into(),
                goal: format!("≥ {goal}× the peer"),
                ours: thousands(seconds * 1e3),
                peer: thousands(other * 1e3),
                unit: "ms".into(),
                ratio: thousands(other / seconds),
                met: Some(other / seconds >= goal),
                note: format!("the peer is {name}; {note}"),
                ..Line::default()
            })
        };
    let plain = |what: &str, value: f64, unit: &str| Line {
        what: what.into(),
        ours: thousands(value),
        unit: unit.into(),
        ..Line::default()
    };
    let pieces = format!("{} pieces", thousands(number("pieces")?));
    let small = format!("{} pieces", thousands(number("small_pieces")?));
    let warm = format!("{} things", thousands(number("warm_things")?));
    Ok(vec![
        rate("capture: JSON read and checked", "read")?,
        rate("capture: event hash", "hash")?,
        rate("capture: hash, mark, leaf with salted parts (no ledger)", "prepare")?,
        rate("rows of the log from events", "learn")?,
        plain("log on the disk", number("size")? / f64::from(1 << 20), "MiB"),
        plain("log read back", number("load")?, "s"),
        plain("world folded from the log", number("fold")?, "s"),
        plain(
            "most memory held, by the log and its bytes or the log and the world",
            number("memory")?,
            "MiB",
        ),
        micros("history of a carton, with its containers", "history", 50.0)?,
        micros("backward from a carton", "up", 50.0)?,
        against("recall of a raw lot, with places", two("small")?.0, "small", &["postgres"], 50.0, &small)?,
        against("the same beside the best", two("small")?.0, "small", &PEERS, 1.0, &small)?,
        against("recall of a premix, with places", two("warm")?.0, "large", &PEERS, 100.0, &pieces)?,
        against("the same, asked for the first time", number("cold")?, "large", &PEERS, 100.0, &pieces)?,
        against("things that were too warm", two("exposure")?.0, "sweep", &["duckdb"], 10.0, &warm)?,
        against("the same beside the best", two("exposure")?.0, "sweep", &PEERS, 1.0, &warm)?,
        plain("scope of a premix without places", two("scope")?.0 * 1e3, "ms"),
        plain("exposures of all things, warm or not", number("all_exposures")?, "s"),
    ])
}
