//! `cargo xtask bench`: how fast, against peers in the same run, as a table in `docs/operating/benchmarks.md`.
//!
//! Every figure is of whole processes as a user would start them, release build, measured by `benches/meter.py`. Ours
//! and the peer's runs take turns, after a warm-up where a step can be repeated, and the median is printed.

mod credit;
mod documents;
mod import;
mod judge;
mod machine;
mod measure;
mod meter;
mod methods;
mod place;
mod server;
mod table;
mod trace;

use anyhow::{Context, Result, bail};

use crate::run::say;
use place::Place;
use table::{Line, Table};

/// Rows without a flag, and with `--full`.
const ROWS: u64 = 2_000_000;
const ROWS_FULL: u64 = 20_000_000;

/// A group of figures: its name and what measures it.
type Bench = (&'static str, fn(&Place) -> Result<Vec<Line>>);

/// In the order in which they run: the import makes the project that the others read.
const BENCHES: [Bench; 8] = [
    ("import", import::import),
    ("copy", import::copy),
    ("verify", import::verify),
    ("rollup", measure::rollup),
    ("append", measure::append),
    ("single", measure::single),
    ("workbook", documents::workbook),
    ("report", documents::report),
];

/// Runs what is named, or everything; `methods`, `judge`, `credit` and `server` are benches of their own with pages of their own. `--rows N`, `--full` (20 million rows), `--runs N` per step.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    if let ["methods", rest @ ..] = args {
        return methods::run(rest);
    }
    if let ["judge", rest @ ..] = args {
        return judge::run(rest);
    }
    if let ["credit", rest @ ..] = args {
        return credit::run(rest);
    }
    if let ["trace", rest @ ..] = args {
        return trace::run(rest);
    }
    if let ["server", rest @ ..] = args {
        return server::run(rest);
    }
    let (mut rows, mut n_runs, mut names) = (ROWS, None, Vec::new());
    let mut words = args.iter();
    while let Some(word) = words.next() {
        let mut number = || -> Result<u64> {
            let text = words.next().with_context(|| format!("{word} needs a number"))?;
            text.replace('_', "").parse().with_context(|| format!("{word} {text}: no number"))
        };
        match *word {
            "--full" => rows = ROWS_FULL,
            "--rows" => rows = number()?.max(1),
            "--runs" => n_runs = Some(number()?.max(1) as usize),
            "memory" => names.push("memory"),
            name => match BENCHES.iter().find(|bench| bench.0 == name) {
                Some(bench) => names.push(bench.0),
                None => {
                    bail!(
                        "no bench {name}; there are {}, memory, and methods, judge, credit and server alone",
                        BENCHES.map(|bench| bench.0).join(", ")
                    )
                }
            },
        }
    }
    // Large steps are minutes each: once is what one gets.
    let place = Place::new(rows, n_runs.unwrap_or(if rows > 5_000_000 { 1 } else { 3 }))?;
    let mut table = Table::read(&place.results())?;
    for (name, bench) in BENCHES {
        if names.is_empty() || names.contains(&name) {
            say(&format!("==> bench {name}, {rows} rows"));
            table.replace(name, bench(&place)?);
            table.write(&place.results())?;
        }
    }
    if names.is_empty() || names.contains(&"memory") {
        table.replace("memory", vec![memory(&place)?]);
        table.write(&place.results())?;
    }
    let page = crate::root().join("docs/operating/benchmarks.md");
    let section = table::Section {
        key: format!("{rows} rows"),
        heading: format!("{} rows", table::thousands(rows as f64)),
        ratio: "ours ÷ peer",
        machine: machine::describe(&machine::peers()?, &format!("cargo xtask bench --rows {rows}")),
    };
    table::publish(&page, &section, &table)?;
    say(&format!("written to {}", page.display()));
    Ok(())
}

/// The most memory that any of our commands held, over everything measured at this size.
fn memory(place: &Place) -> Result<Line> {
    let (command, peak) = place.largest()?.context("no command has been measured yet")?;
    Ok(Line {
        what: "Most memory that a command held, all its processes".into(),
        goal: "≤ 2,048 MiB".into(),
        ours: table::thousands(peak),
        unit: "MiB".into(),
        met: Some(peak <= 2048.0),
        note: format!("by `{command}`"),
        ..Line::default()
    })
}
