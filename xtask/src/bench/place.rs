//! Where the bench works: data, projects, the peers' Python packages, the release build.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::run::{apt, cache, cargo, ensure, has, output, step, target};

/// Rows of the delivery that comes after the big one.
pub(crate) const EXTRA: u64 = 10_000;
/// Packages of the peers.
const PACKAGES: [&str; 2] = ["duckdb==2.0.0", "openpyxl==3.1.5"];

/// One size of data, and everything that belongs to it.
pub(crate) struct Place {
    dir: PathBuf,
    /// Rows of the big delivery.
    pub(crate) rows: u64,
    /// How often a step runs.
    pub(crate) n_runs: usize,
}

impl Place {
    /// Builds the command and makes the folder; data are made when first asked for.
    pub(crate) fn new(rows: u64, n_runs: usize) -> Result<Place> {
        ensure("python3", "python3")?;
        let dir = cache().join("bench").join(rows.to_string());
        std::fs::create_dir_all(&dir).with_context(|| format!("cannot make {}", dir.display()))?;
        step("build the command for release", cargo().args(["build", "--release", "--package", "zhiheng"]))?;
        Ok(Place { dir, rows, n_runs })
    }

    /// Folder of this size.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Figures measured so far.
    pub(crate) fn results(&self) -> PathBuf {
        self.dir.join("results.json")
    }

    /// The command, outside any project.
    pub(crate) fn zhiheng(&self, args: &[&str]) -> Command {
        let mut command = Command::new(target().join("release/zhiheng"));
        command.args(args).current_dir(&self.dir);
        command.env("ZHIHENG_NO_PROGRESS", "true").env("ZHIHENG_LANG", "en").env("ZHIHENG_COLOR", "never");
        command
    }

    /// The command in a project.
    pub(crate) fn at(&self, project: &Path, args: &[&str]) -> Command {
        let mut command = self.zhiheng(args);
        command.env("ZHIHENG_PROJECT", project);
        if project == self.lean() {
            command.arg("--catalog").arg(crate::root().join("benches/catalog"));
        }
        command
    }

    /// The command in the project that holds the rows.
    pub(crate) fn in_project(&self, args: &[&str]) -> Command {
        self.at(&self.project(), args)
    }

    /// The project's folder.
    pub(crate) fn project(&self) -> PathBuf {
        self.dir.join("project")
    }

    /// The project that holds the rows as a record type with one indicator.
    pub(crate) fn lean(&self) -> PathBuf {
        self.dir.join("lean")
    }

    /// The rows; the same for everyone who asks for as many.
    pub(crate) fn data(&self) -> Result<PathBuf> {
        self.generated("rows.csv", self.rows, 1, 40)
    }

    /// Ten thousand more, all of one quarter; other ones for each `n`.
    pub(crate) fn extra(&self, n: u64) -> Result<PathBuf> {
        self.generated(&format!("extra-{n}.csv"), EXTRA, 2 + n, 1)
    }

    fn generated(&self, name: &str, rows: u64, seed: u64, quarters: u32) -> Result<PathBuf> {
        let path = self.dir.join(name);
        if !path.exists() {
            let unfinished = self.dir.join(format!("{name}.part"));
            let mut make = self.zhiheng(&[
                "bench",
                "generate",
                "--rows",
                &rows.to_string(),
                "--seed",
                &seed.to_string(),
            ]);
            make.args(["--quarters", &quarters.to_string(), "-o"]).arg(&unfinished);
            step(&format!("make {rows} rows"), &mut make)?;
            std::fs::rename(&unfinished, &path)?;
        }
        Ok(path)
    }

    /// An empty project in place of whatever was there.
    pub(crate) fn fresh(&self) -> Result<()> {
        self.empty(&self.project())?;
        // What an earlier run still has in memory is not to be written during the measured step.
        output(&mut Command::new("sync"))?;
        Ok(())
    }

    fn empty(&self, dir: &Path) -> Result<()> {
        if dir.exists() {
            std::fs::remove_dir_all(dir)?;
        }
        output(&mut self.zhiheng(&["init", &dir.to_string_lossy(), "--origin", "bench.example/quality"]))?;
        Ok(())
    }

    /// The command that takes the rows in.
    pub(crate) fn import(&self, file: &Path, id: &str) -> Command {
        self.taking(&self.project(), "sampling.batch", file, id)
    }

    /// The same for the lean project.
    pub(crate) fn import_lean(&self, file: &Path, id: &str) -> Command {
        self.taking(&self.lean(), "spotcheck.batch", file, id)
    }

    fn taking(&self, project: &Path, of: &str, file: &Path, id: &str) -> Command {
        let mut command = self.at(project, &["record", "import"]);
        command.arg(file).args(["--type", of, "--accept", "good", "--provenance", "synthetic"]);
        command.args(["--basis", "generated", "--id", id, "--format", "json", "--receipt"]);
        command.arg(self.dir.join("receipt.json"));
        command
    }

    /// Makes sure that the project holds the rows.
    pub(crate) fn filled(&self) -> Result<()> {
        self.fill(&self.project(), |data| self.import(data, "all"))
    }

    /// Makes sure that the lean project holds the rows.
    pub(crate) fn filled_lean(&self) -> Result<()> {
        self.fill(&self.lean(), |data| self.import_lean(data, "all"))
    }

    fn fill(&self, project: &Path, import: impl Fn(&Path) -> Command) -> Result<()> {
        // The mark is set last: an import that was broken off is begun again.
        let mark = project.join("filled");
        let is_full = mark.exists() || (project == self.project() && self.holds_all());
        if !is_full {
            self.empty(project)?;
            let data = self.data()?;
            step("import the rows", import(&data).stdout(std::process::Stdio::null()))?;
        }
        std::fs::write(&mark, "")?;
        Ok(())
    }

    /// Whether the last measured import left the project full.
    fn holds_all(&self) -> bool {
        super::import::size(self).is_ok_and(|size| size >= self.rows)
    }

    /// Python with the peers' packages, in a folder of its own.
    pub(crate) fn python() -> Result<PathBuf> {
        python(&cache().join("bench/python"), &PACKAGES)
    }

    /// Makes sure of a tool of Debian's `poppler-utils`.
    pub(crate) fn pdf_tools() -> Result<()> {
        if has("pdfinfo") { Ok(()) } else { apt(&["poppler-utils"]) }
    }

    /// Remembers the most memory of each of our commands.
    pub(crate) fn note_memory(&self, command: &str, peak: f64) -> Result<()> {
        let path = self.dir.join("memory.json");
        let mut known = read(&path)?;
        if known[command].as_f64().is_none_or(|before| before < peak) {
            known[command] = peak.into();
            std::fs::write(&path, serde_json::to_string_pretty(&known)?)?;
        }
        Ok(())
    }

    /// The command that held most memory, and how much, MiB.
    pub(crate) fn largest(&self) -> Result<Option<(String, f64)>> {
        let known = read(&self.dir.join("memory.json"))?;
        let commands = known.as_object().into_iter().flatten();
        let peaks = commands.filter_map(|(command, peak)| Some((command.clone(), peak.as_f64()?)));
        Ok(peaks.max_by(|a, b| a.1.total_cmp(&b.1)))
    }
}

/// Python with `packages` in the folder `dir`, which is made if it is not there.
pub(crate) fn python(dir: &Path, packages: &[&str]) -> Result<PathBuf> {
    let python = dir.join("bin/python");
    if !python.exists() {
        let made = Command::new("python3").args(["-m", "venv"]).arg(dir).output()?;
        if !made.status.success() {
            apt(&["python3-venv"])?;
            step("make a folder for Python packages", Command::new("python3").args(["-m", "venv"]).arg(dir))?;
        }
    }
    let present = output(Command::new(&python).args(["-m", "pip", "freeze"]))?;
    if !packages.iter().all(|package| present.lines().any(|line| line == *package)) {
        step("install the peers", Command::new(&python).args(["-m", "pip", "install", "-q"]).args(packages))?;
    }
    Ok(python)
}

fn read(path: &Path) -> Result<Value> {
    Ok(if path.exists() { serde_json::from_slice(&std::fs::read(path)?)? } else { serde_json::json!({}) })
}
