//! `cargo xtask bench credit`: the grading of a million enterprises, as a table in `docs/operating/benchmarks-credit.md`.
//!
//! There is no peer: the figures are held against the goals. The program (`crates/judge/examples/credit_speed.rs`) makes its
//! statements as it goes, so the seconds hold the making of the rows too.

use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::machine::{describe, said};
use super::table::{Line, Section, Table, publish, thousands};
use crate::run::{cache, cargo, output, say, step, target};

/// Seconds for a cold grading, and milliseconds for one new statement.
const GOALS: (f64, f64) = (30.0, 10.0);

/// Runs it. `--rows N`: so many enterprises instead of a million.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let n = match args {
        [] => 1_000_000,
        ["--rows", text] => {
            text.replace('_', "").parse().with_context(|| format!("--rows {text}: no number"))?
        }
        _ => bail!("say: bench credit [--rows N]"),
    };
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let dir = cache().join("bench/credit");
    std::fs::create_dir_all(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
    let mut build = cargo();
    let build = build.args(["build", "--release", "-p", "zhiheng-judge", "--example", "credit_speed"]);
    step("build for release", build)?;
    say(&format!("==> bench credit, {n} enterprises"));
    let text = output(Command::new(target().join("release/examples/credit_speed")).arg(n.to_string()))?;
    let results = dir.join("results.json");
    let mut table = Table::read(&results)?;
    for line in text.lines() {
        let one: Value = serde_json::from_str(line)?;
        let name = one["scheme"].as_str().context("no scheme")?.to_owned();
        table.replace(&name, lines(&one)?);
    }
    table.write(&results)?;
    let page = crate::root().join("docs/operating/benchmarks-credit.md");
    let busy = load.split(' ').next().unwrap_or_default();
    let machine = describe(&said("cargo", &["--version"]), "cargo xtask bench credit");
    let section = Section {
        key: format!("{n} enterprises"),
        heading: format!("{} enterprises, ten statements each", thousands(n as f64)),
        ratio: "ours ÷ peer",
        machine: format!("{machine}Other work on the machine when it began (load average): {busy}.\n"),
    };
    publish(&page, &section, &table)?;
    say(&format!("written to {}", page.display()));
    Ok(())
}

/// The figures of one scheme.
fn lines(one: &Value) -> Result<Vec<Line>> {
    let number = |name: &str| one[name].as_f64().with_context(|| format!("no {name}"));
    let (cold, single, worst) = (number("cold")?, number("single")? * 1e3, number("worst")? * 1e3);
    let line = |what: &str, goal: &str, ours: f64, unit: &str, met: Option<bool>, note: String| Line {
        what: what.into(),
        goal: goal.into(),
        ours: thousands(ours),
        unit: unit.into(),
        met,
        note,
        ..Line::default()
    };
    let reading =
        format!("of which rows and formulas {} s; grades {}", thousands(number("read")?), one["grades"]);
    let touched = format!("{} enterprises looked at", thousands(number("touched")?));
    Ok(vec![
        line("all of them, cold", "≤ 30 s", cold, "s", Some(cold <= GOALS.0), reading),
        line(
            "one new statement, mean of 1,000",
            "≤ 10 ms",
            single,
            "ms",
            Some(single <= GOALS.1),
            String::new(),
        ),
        line("one new statement, the slowest", "≤ 10 ms", worst, "ms", Some(worst <= GOALS.1), String::new()),
        line("the next day", "", number("day")?, "s", None, touched),
    ])
}
