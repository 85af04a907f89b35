//! On what and with which versions was it measured.

use std::process::Command;

use anyhow::Result;

use super::place::Place;
use crate::run::output;

/// A line about the machine, one about versions (the peers' too), one with the date and the command.
pub(crate) fn describe(peers: &str, command: &str) -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| {
        let line = info.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map_or("", |(_, value)| value).trim().to_owned()
    };
    let memory = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib: f64 = memory.split_whitespace().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0.0);
    format!(
        "Machine: {} (family {}, model {}), {} cores, {:.0} GiB of memory, Linux {}, virtual disk.  \n\
         Versions: commit {}, {}, {peers}.  \n\
         Measured on {}; the table is written by `{command}`.\n",
        field("model name"),
        field("cpu family"),
        field("model\t"),
        std::thread::available_parallelism().map_or(1, usize::from),
        kib / f64::from(1 << 20),
        said("uname", &["-r"]).split('-').next().unwrap_or_default(),
        said("git", &["-C", &crate::root().to_string_lossy(), "rev-parse", "--short", "HEAD"]),
        said("rustc", &["--version"]),
        said("date", &["+%F"]),
    )
}

/// What a program says, in one line.
pub(crate) fn said(program: &str, args: &[&str]) -> String {
    output(Command::new(program).args(args)).map_or_else(|_| "unknown".into(), |text| text.trim().to_owned())
}

/// Versions of the command's peers.
pub(crate) fn peers() -> Result<String> {
    let python = Place::python()?.to_string_lossy().into_owned();
    let packages = said(
        &python,
        &[
            "-c",
            "import duckdb, openpyxl; print('DuckDB', duckdb.__version__ + ', openpyxl', openpyxl.__version__)",
        ],
    );
    let postgres = said("psql", &["--version"]).replace("psql (PostgreSQL)", "PostgreSQL");
    Ok(format!("{postgres}, {packages}, {}", said("python3", &["--version"])))
}
