//! `cargo xtask bench judge`: grades of 3,000 places by 120 items, and how sure they are, as a table in
//! `docs/operating/benchmarks-judge.md`. There is no peer: nobody else grades by these schemes.

use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::machine::describe;
use super::table::{Line, Section, Table, publish, thousands};
use crate::run::{cargo, output, say, step, target};

/// What the program times, what that is, and within how many seconds it is to be.
const FIGURES: [(&str, &str, f64); 3] = [
    ("judge", "Verdicts alone", 0.0),
    ("explain", "Verdicts with the explanation of each", 2.0),
    ("robust", "1,000 draws of all figures and points: sums, ranks, grades, runs", 5.0),
];

/// Builds the program, runs it and writes the page.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    if let Some(word) = args.first() {
        bail!("bench judge takes nothing, so no {word}");
    }
    let mut build = cargo();
    step(
        "build for release",
        build.args(["build", "--release", "-p", "zhiheng-judge", "--example", "speed"]),
    )?;
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let text = output(&mut Command::new(target().join("release/examples/speed")))?;
    let said: Vec<Value> =
        text.lines().map(serde_json::from_str).collect::<Result<_, _>>().context("lines of JSON")?;
    let mut table = Table::default();
    for (name, what, goal) in FIGURES {
        let found = said.iter().find(|one| one["what"] == name).with_context(|| format!("no {name}"))?;
        let seconds = found["median"].as_f64().context("no seconds")?;
        let line = Line {
            what: what.to_owned(),
            goal: if goal > 0.0 { format!("≤ {goal} s") } else { String::new() },
            ours: thousands(seconds),
            unit: "s".to_owned(),
            met: (goal > 0.0).then_some(seconds <= goal),
            note: format!("runs {}", found["seconds"]),
            ..Line::default()
        };
        table.replace(name, vec![line]);
    }
    let busy = load.split(' ').next().unwrap_or_default();
    let machine = format!(
        "{}Other work on the machine when it began (load average): {busy}.\n",
        describe("no peer", "cargo xtask bench judge")
    );
    let page = crate::root().join("docs/operating/benchmarks-judge.md");
    let section = Section { key: "judge".into(), heading: "Figures".into(), ratio: "ours ÷ peer", machine };
    publish(&page, &section, &table)?;
    say(&format!("written to {}", page.display()));
    Ok(())
}
