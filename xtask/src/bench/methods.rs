//! `cargo xtask bench methods`: the statistics against their reference implementations, as a table in
//! `docs/operating/benchmarks-methods.md`.
//!
//! Both sides read the same files and print the seconds of the computation alone (`crates/methods/examples/methods_speed`,
//! `benches/methods`). Their answers are compared before anything is written: a figure of two programs that compute
//! different things would say nothing.

mod agree;
mod cases;
mod side;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::machine::describe;
use super::meter::{median, shown};
use super::table::{Line, Section, Table, publish, thousands};
use crate::run::{cache, cargo, say, step, target};
use cases::{CASES, Case, Cores, Figure, Goal};
use side::{Seconds, Side};

/// Runs the cases that are named, or all. `--runs N`: how often each side's program runs, in turn.
pub(crate) fn run(args: &[&str]) -> Result<()> {
    let (mut n_runs, mut names) = (3, Vec::new());
    let mut words = args.iter();
    while let Some(word) = words.next() {
        if *word == "--runs" {
            let text = words.next().context("--runs needs a number")?;
            n_runs = text.parse::<usize>().with_context(|| format!("--runs {text}: no number"))?.max(1);
        } else if CASES.iter().any(|case| case.name == *word) {
            names.push(*word);
        } else {
            bail!("no bench {word} of methods; there are {}", CASES.map(|case| case.name).join(", "));
        }
    }
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let dir = cache().join("bench/methods");
    std::fs::create_dir_all(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
    let mut build = cargo();
    step(
        "build for release",
        build.args(["build", "--release", "-p", "zhiheng-methods", "--example", "methods_speed"]),
    )?;
    let program = target().join("release/examples/methods_speed");
    step("make the data", std::process::Command::new(&program).arg("make").arg(&dir))?;

    let results = dir.join("results.json");
    let mut table = Table::read(&results)?;
    for case in CASES {
        if names.is_empty() || names.contains(&case.name) {
            say(&format!("==> bench methods {}", case.name));
            table.replace(case.name, measure(&case, &program, &dir, n_runs)?);
            table.write(&results)?;
        }
    }
    let page = crate::root().join("docs/operating/benchmarks-methods.md");
    let busy = load.split(' ').next().unwrap_or_default();
    let section = Section {
        key: "methods".into(),
        heading: "Figures".into(),
        ratio: "peer ÷ ours",
        machine: format!(
            "{}Other work on the machine when it began (load average): {busy}.\n",
            describe(&side::versions(), "cargo xtask bench methods")
        )
        .replace("`.\n", "`.  \n"),
    };
    publish(&page, &section, &table)?;
    say(&format!("written to {}", page.display()));
    Ok(())
}

/// One case: both sides in turn, their answers compared, its figures.
fn measure(case: &Case, program: &Path, dir: &Path, n_runs: usize) -> Result<Vec<Line>> {
    let ours = Side::ours(program, case.ours, dir);
    let alone = ours.alone();
    let peer = Side::peer(case, dir)?;
    let (mut all, mut one, mut theirs) = (Seconds::default(), Seconds::default(), Seconds::default());
    for _ in 0..n_runs {
        all.run(&ours)?;
        one.run(&alone)?;
        theirs.run(&peer)?;
    }
    let n_alike = agree::check(&answers(dir, case.ours, "ours"), &answers(dir, case.answers(), "peer"))
        .with_context(|| format!("{}: the peer says something else", case.name))?;
    let commands = vec![shown(ours.command()), shown(peer.command())];
    case.figures.iter().map(|figure| line(figure, [&all, &one, &theirs], n_alike, &commands)).collect()
}

fn answers(dir: &Path, name: &str, side: &str) -> PathBuf {
    dir.join(format!("{name}.{side}.csv"))
}

fn line(
    figure: &Figure,
    [all, one, theirs]: [&Seconds; 3],
    n_alike: usize,
    commands: &[String],
) -> Result<Line> {
    let seconds = |of: &Seconds| figure.timings.iter().map(|name| of.per_item(name)).sum::<Result<f64>>();
    let whole = |of: &Seconds| figure.timings.iter().map(|name| of.whole(name)).sum::<Result<f64>>();
    let side = if figure.cores == Cores::One { one } else { all };
    let ours = seconds(side)?;
    let peer = seconds(theirs)?;
    let ratio = peer / ours;
    let (goal, met) = match figure.goal {
        Goal::None => (String::new(), None),
        Goal::Times(least) => (format!("≥ {least}× the peer"), Some(ratio >= least)),
        Goal::Within(most) => (format!("≤ {most} s"), Some(whole(side)? <= most)),
    };
    let cell = |per_item: f64, whole: f64| thousands(figure.unit.of(per_item, whole));
    let runs =
        |of: &Seconds| figure.timings.iter().map(|name| of.listed(name)).collect::<Vec<_>>().join("; ");
    let ours_note = format!("all cores {}; one core {}", runs(all), runs(one));
    let note = if figure.has_peer {
        format!("{ours_note}; peer {}; {n_alike} answers alike", runs(theirs))
    } else {
        ours_note
    };
    Ok(Line {
        what: figure.what.into(),
        goal,
        ours: cell(ours, whole(side)?),
        peer: if figure.has_peer { cell(peer, whole(theirs)?) } else { String::new() },
        unit: figure.unit.name().into(),
        ratio: if figure.has_peer { thousands(ratio) } else { String::new() },
        met,
        note,
        commands: commands[..if figure.has_peer { 2 } else { 1 }].to_vec(),
    })
}

impl Seconds {
    /// Median over the runs, per item of the timing `name`.
    fn per_item(&self, name: &str) -> Result<f64> {
        let timing = self.timing(name)?;
        Ok(median(timing.seconds.clone()) / timing.n)
    }

    /// Median over the runs.
    fn whole(&self, name: &str) -> Result<f64> {
        Ok(median(self.timing(name)?.seconds.clone()))
    }

    /// Every run, for the notes.
    fn listed(&self, name: &str) -> String {
        let all = self.timing(name).map(|timing| timing.seconds.clone()).unwrap_or_default();
        format!("{} s", all.iter().map(|&seconds| thousands(seconds)).collect::<Vec<_>>().join(", "))
    }
}
