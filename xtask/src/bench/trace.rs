//! `cargo xtask bench trace`: capture, folding and the questions of a recall, as a table in `docs/operating/benchmarks-trace.md`.
//!
//! Ours is one process and one thread without a database (`crates/trace/examples/trace_speed.rs`). The peers, SQLite and DuckDB, get the
//! same world as tables that already hold the last place of everything (`benches/trace_sql.py`), and must count the same pieces.

use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::machine::{describe, peers};
use super::place::Place;
use super::table::{Line, Section, Table, publish, thousands};
use crate::run::{cache, cargo, output, say, step, target};

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
    peer.arg(crate::root().join("benches/trace_sql.py")).arg(&tables);
    let peer: Value = serde_json::from_str(&output(&mut peer)?)?;
    let results = dir.join("results.json");
    let mut table = Table::read(&results)?;
    table.replace("trace", lines(&ours, &peer)?);
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
    let best = |size: &str| {
        let of =
            |name: &str| peer[format!("{name}_{size}")].as_f64().map(|seconds| (seconds, name.to_owned()));
        of("sqlite").into_iter().chain(of("duckdb")).min_by(|a, b| a.0.total_cmp(&b.0))
    };
    let against = |what: &str, seconds: f64, size: &str, goal: f64, note: String| -> Result<Line> {
        let (other, name) = best(size).context("no peer")?;
        Ok(Line {
            what: what.into(),
            goal: format!("≥ {goal}× the peer"),
            ours: thousands(seconds * 1e3),
            peer: thousands(other * 1e3),
            unit: "ms".into(),
            ratio: thousands(other / seconds),
            met: Some(other / seconds >= goal),
            note: format!("the best peer is {name}; {note}"),
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
    Ok(vec![
        rate("capture: JSON read and checked", "read")?,
        rate("capture: event hash", "hash")?,
        rate("capture: hash, mark, leaf with salted parts (no ledger)", "prepare")?,
        rate("rows of the log from events", "learn")?,
        plain("log on the disk", number("size")? / f64::from(1 << 20), "MiB"),
        plain("log read back", number("load")?, "s"),
        plain("world folded from the log", number("fold")?, "s"),
        plain("most memory held, both copies of the log and the world", number("memory")?, "MiB"),
        micros("history of a carton, with its containers", "history", 50.0)?,
        micros("backward from a carton", "up", 50.0)?,
        against("recall of a raw lot, with places", two("small")?.0, "small", 50.0, small)?,
        against(
            "recall of a premix, with places, asked again",
            two("warm")?.0,
            "large",
            100.0,
            pieces.clone(),
        )?,
        against("the same, asked for the first time", number("cold")?, "large", 100.0, pieces)?,
        plain("scope of a premix without places", two("scope")?.0 * 1e3, "ms"),
        plain("all exposures above 8 °C through containers", two("exposure")?.0, "s"),
    ])
}
