//! One side of a comparison: our program or a peer's script, and the seconds that it prints.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::super::machine::said;
use super::super::meter::median;
use super::super::place::python;
use super::cases::{Case, Peer};
use crate::run::{apt, cache, has, output};

/// R and the packages of the references that Debian has.
const DEBIAN: [&str; 5] =
    ["r-base-core", "r-cran-surveillance", "r-cran-survey", "r-cran-psych", "r-cran-lme4"];
/// The package of path models, with the last version of its data frames that it works with.
const PYTHON: [&str; 2] = ["plspm==0.5.7", "pandas==2.2.3"];

/// A program that prints lines of JSON: what was timed, how many items, seconds of each run.
pub(super) struct Side(Command);

impl Side {
    /// Our program on all cores.
    pub(super) fn ours(program: &Path, name: &str, dir: &Path) -> Side {
        let mut command = Command::new(program);
        command.arg(name).arg(dir);
        Side(command)
    }

    /// The same on one core.
    pub(super) fn alone(&self) -> Side {
        let mut command = Command::new(self.0.get_program());
        command.args(self.0.get_args()).env("RAYON_NUM_THREADS", "1");
        Side(command)
    }

    /// The peer's script; what it needs is installed.
    pub(super) fn peer(case: &Case, dir: &Path) -> Result<Side> {
        let scripts = crate::root().join("benches/methods");
        let mut command = match case.peer {
            Peer::R(script) => {
                install_r()?;
                let mut command = Command::new("Rscript");
                command.arg("--vanilla").arg(scripts.join(script));
                command
            }
            Peer::Python(script) => {
                let mut command = Command::new(python(&cache().join("bench/python-methods"), &PYTHON)?);
                command.arg(scripts.join(script));
                command
            }
        };
        command.arg(dir);
        Ok(Side(command))
    }

    /// What is run.
    pub(super) fn command(&self) -> &Command {
        &self.0
    }
}

/// R with the packages, from Debian.
fn install_r() -> Result<()> {
    let find = "find.package(c('surveillance', 'survey', 'psych', 'lme4'))";
    if has("Rscript") && output(Command::new("Rscript").args(["-e", find])).is_ok() {
        return Ok(());
    }
    apt(&DEBIAN)
}

/// Versions of all peers.
pub(super) fn versions() -> String {
    let packages = "v <- function(p) paste(p, packageVersion(p)); \
                    cat(R.version.string, v('surveillance'), v('survey'), v('psych'), basename(extSoftVersion()[['BLAS']]), sep = ', ')";
    format!("{}, {}", said("Rscript", &["-e", packages]), PYTHON[0].replace("==", " "))
}

/// Seconds by the name of what was timed.
#[derive(Default)]
pub(super) struct Seconds(BTreeMap<String, Timing>);

/// Seconds of one timing.
pub(super) struct Timing {
    /// Items that each run went through.
    pub(super) n: f64,
    /// Median of each process.
    pub(super) seconds: Vec<f64>,
}

impl Seconds {
    /// Runs a side once more.
    pub(super) fn run(&mut self, side: &Side) -> Result<()> {
        let mut command = Command::new(side.0.get_program());
        command.args(side.0.get_args());
        command.envs(side.0.get_envs().filter_map(|(name, value)| Some((name, value?))));
        for line in output(&mut command)?.lines() {
            let it: Value = serde_json::from_str(line).with_context(|| format!("no timing: {line}"))?;
            let what = it["what"].as_str().context("a timing without a name")?;
            let n = it["n"].as_f64().context("a timing without a number of items")?;
            let runs = it["seconds"].as_array().context("a timing without seconds")?;
            let timing = self.0.entry(what.to_owned()).or_insert(Timing { n, seconds: Vec::new() });
            timing.seconds.push(median(runs.iter().filter_map(Value::as_f64).collect()));
        }
        Ok(())
    }

    /// What was timed under `name`.
    pub(super) fn timing(&self, name: &str) -> Result<&Timing> {
        self.0.get(name).with_context(|| format!("nobody timed {name}"))
    }
}
