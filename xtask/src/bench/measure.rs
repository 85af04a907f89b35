//! Roll-ups and single numbers, against DuckDB over the same Parquet files.
//!
//! What a roll-up costs is the processor time of a whole command that has to make it, less that of the same command with
//! nothing to do. DuckDB's time begins after its library is loaded.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::import::note;
use super::meter::{Cost, in_turn, median, metered, ours, shown};
use super::place::{EXTRA, Place};
use super::table::{Line, thousands};

/// All of the generated rows.
const EVERYTHING: &str = "100000/2010-01-01..2019-12-31";
/// One county, one quarter.
const COUNTY: &str = "621122/2013Q3";
/// Deliveries of ten thousand rows.
const N_EXTRA: u64 = 5;

/// A project with what it holds.
struct Subject {
    project: PathBuf,
    of: &'static str,
    indicator: &'static str,
}

impl Subject {
    /// The shipped record type with all its indicators.
    fn shipped(place: &Place) -> Result<Subject> {
        place.filled()?;
        Ok(Subject { project: place.project(), of: "sampling.batch", indicator: "sampling.pass_rate" })
    }

    /// The same rows as a record type with one indicator and one dimension: the peer's question and no more.
    fn lean(place: &Place) -> Result<Subject> {
        place.filled_lean()?;
        Ok(Subject { project: place.lean(), of: "spotcheck.batch", indicator: "spotcheck.pass_rate" })
    }

    /// `measure show` of one number of this project.
    fn show(&self, place: &Place, what: &str) -> Command {
        let mut command = place.at(&self.project, &["measure", "show"]);
        command.arg(format!("{}/{what}", self.indicator)).args(["--format", "json"]);
        command
    }

    /// The Parquet files.
    fn files(&self) -> PathBuf {
        self.project.join("lake").join(self.of)
    }

    /// Forgets the roll-ups, not the lake.
    fn forget_rollup(&self) -> Result<()> {
        let dir = self.project.join("lake/rollup");
        if dir.exists() {
            std::fs::remove_dir_all(&dir).with_context(|| dir.display().to_string())?;
        }
        Ok(())
    }

    /// Costs of a command that finds everything done.
    fn idle(&self, place: &Place) -> Result<Vec<Cost>> {
        let show = self.show(place, EVERYTHING);
        ours(place, &show, &[0])?;
        (0..place.n_runs.max(5)).map(|_| Ok(ours(place, &show, &[0])?.0)).collect()
    }
}

/// DuckDB's own figures: seconds on the clock and of processor, and its answer.
fn duckdb(place: &Place, args: &[&str], files: &Path) -> Result<(Command, Cost, Value)> {
    let mut command = Command::new(Place::python()?);
    command.arg(crate::root().join("benches/duckdb_lake.py")).arg(files).args(args);
    let (whole, said) = metered(place, &command, &[0])?;
    let told: Value = serde_json::from_str(&said).with_context(|| said.clone())?;
    let number = |name: &str| told[name].as_f64().with_context(|| format!("no {name} in {said}"));
    let cost = Cost { wall: number("wall")?, cpu: number("cpu")?, peak: whole.peak };
    Ok((command, cost, told["answer"].clone()))
}

/// Filling the lake, then rolling up from it.
pub(crate) fn rollup(place: &Place) -> Result<Vec<Line>> {
    let lean = Subject::lean(place)?;
    let mut lines = vec![fill(place, &lean)?];
    let sink = place.dir().join("groups.parquet").to_string_lossy().into_owned();
    lines.push(cold(
        place,
        &lean,
        &["rollup"],
        "Cold national roll-up by processor time (3 levels × 40 quarters × 200 products)",
        true,
    )?);
    lines.push(cold(
        place,
        &lean,
        &["rollup", "--sink", &sink],
        "the same, DuckDB, too, writing its groups to a file",
        false,
    )?);
    let shipped = Subject::shipped(place)?;
    lines.push(fill(place, &shipped)?);
    let what = "Everything that is kept of sampling.batch: nation to township × quarter × 6 dimensions";
    lines.push(cold(place, &shipped, &["cube", "--sink", &sink], what, false)?);
    Ok(lines)
}

/// From the ledger to the Parquet files, for information.
fn fill(place: &Place, subject: &Subject) -> Result<Line> {
    let lake = subject.project.join("lake");
    if lake.exists() {
        std::fs::remove_dir_all(&lake)?;
    }
    std::fs::create_dir_all(&lake)?;
    let show = subject.show(place, EVERYTHING);
    let (cost, _) = ours(place, &show, &[0])?;
    Ok(Line {
        what: format!(
            "First question after an import: lake and roll-ups of {} made from the ledger",
            subject.of
        ),
        ours: thousands(place.rows as f64 / cost.wall),
        unit: "rows/s".into(),
        note: note(&[cost]),
        commands: vec![shown(&show)],
        ..Line::default()
    })
}

/// Rolling up everything from the lake.
fn cold(place: &Place, subject: &Subject, peer: &[&str], what: &str, is_goal: bool) -> Result<Line> {
    let files = subject.files();
    let show = subject.show(place, EVERYTHING);
    let idle = median(subject.idle(place)?.iter().map(|cost| cost.cpu).collect());
    let (peer_command, _, _) = duckdb(place, peer, &files)?;
    let (mine, theirs) = in_turn(
        place.n_runs.max(3),
        || {
            subject.forget_rollup()?;
            ours(place, &show, &[0])
        },
        || duckdb(place, peer, &files),
    )?;
    if peer == ["rollup"] {
        same(&mine[0].1, &theirs[0].2)?;
    }
    let mine: Vec<Cost> = mine.into_iter().map(|(cost, _)| cost).collect();
    let theirs: Vec<Cost> = theirs.into_iter().map(|(_, cost, _)| cost).collect();
    let a = median(mine.iter().map(|cost| cost.cpu).collect()) - idle;
    let b = median(theirs.iter().map(|cost| cost.cpu).collect());
    Ok(Line {
        what: what.into(),
        goal: if is_goal { "≤ 1.2× the peer".into() } else { String::new() },
        ours: thousands(a),
        peer: thousands(b),
        unit: "s of processor".into(),
        ratio: thousands(a / b),
        met: is_goal.then_some(a <= 1.2 * b),
        note: format!(
            "{}, of which {} s of processor with nothing to do; DuckDB {}",
            note(&mine),
            thousands(idle),
            note(&theirs)
        ),
        commands: vec![format!("rm -r lake/rollup; {}", shown(&show)), shown(&peer_command)],
    })
}

/// Both sides counted the same: DuckDB's sums run over three levels.
fn same(ours: &str, theirs: &Value) -> Result<()> {
    let measure: Value = serde_json::from_str(ours).with_context(|| ours.to_owned())?;
    let count = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
    for (at, part) in [(1, "top"), (2, "bottom")] {
        let (mine, peer) = (count(&measure[part]), count(&theirs[at]));
        if mine.is_none() || mine.map(|n| 3 * n) != peer {
            bail!("{part}: ours {} and the peer's {} / 3 differ", measure[part], theirs[at]);
        }
    }
    Ok(())
}

/// Ten thousand rows more: what the next question costs, of a roll-up from scratch.
pub(crate) fn append(place: &Place) -> Result<Vec<Line>> {
    let lean = Subject::lean(place)?;
    let show = lean.show(place, EVERYTHING);
    let idle = median(lean.idle(place)?.iter().map(|cost| cost.cpu).collect());
    let mut cold = Vec::new();
    for _ in 0..place.n_runs.max(3) {
        lean.forget_rollup()?;
        cold.push(ours(place, &show, &[0])?.0);
    }
    let mut after = Vec::new();
    let mut imports = Vec::new();
    for n in 0..N_EXTRA {
        let data = place.extra(n)?;
        let id = format!("extra-{n}");
        imports.push(ours(place, &place.import_lean(&data, &id), &[0])?.0);
        after.push(ours(place, &show, &[0])?.0);
    }
    // These rows are not part of what the other benches measure.
    std::fs::remove_dir_all(place.lean())?;
    let whole = median(cold.iter().map(|cost| cost.cpu).collect()) - idle;
    let delta = median(after.iter().map(|cost| cost.cpu).collect()) - idle;
    let share = 100.0 * delta / whole;
    Ok(vec![
        Line {
            what: format!(
                "After {} more rows: ledger to roll-ups, of a cold roll-up's processor time",
                thousands(EXTRA as f64)
            ),
            goal: "≤ 1 %".into(),
            ours: thousands(share),
            unit: "%".into(),
            met: Some(share <= 1.0),
            note: format!(
                "{} of {} ms; {}, of which {} s of processor with nothing to do",
                thousands(1000.0 * delta),
                thousands(1000.0 * whole),
                note(&after),
                thousands(idle)
            ),
            commands: vec![shown(&show)],
            ..Line::default()
        },
        Line {
            what: format!("Import of {} rows into the full ledger", thousands(EXTRA as f64)),
            ours: thousands(median(imports.iter().map(|cost| cost.wall).collect())),
            unit: "s".into(),
            note: note(&imports),
            commands: vec![shown(&place.import_lean(&place.extra(0)?, "extra-0"))],
            ..Line::default()
        },
    ])
}

/// One number, as a whole command.
pub(crate) fn single(place: &Place) -> Result<Vec<Line>> {
    let shipped = Subject::shipped(place)?;
    let files = shipped.files();
    let show = shipped.show(place, COUNTY);
    ours(place, &show, &[0])?;
    let ask = ["single", "621122", "2013-07-01", "2013-09-30"];
    let (peer_command, _, _) = duckdb(place, &ask, &files)?;
    let n = 4 * place.n_runs.max(5);
    let (mine, theirs) =
        in_turn(n, || Ok(ours(place, &show, &[0])?.0), || Ok(duckdb(place, &ask, &files)?.1))?;
    let mut ask = place.in_project(&["bench", "ask"]);
    ask.arg(format!("{}/{COUNTY}", shipped.indicator));
    let (cost, said) = metered(place, &ask, &[0])?;
    let told: Value = serde_json::from_str(&said).with_context(|| said.clone())?;
    let warm = told["median_ms"].as_f64().with_context(|| format!("no median_ms in {said}"))?;
    let start = place.zhiheng(&["--version"]);
    let bare: Vec<Cost> = (0..n).map(|_| Ok(ours(place, &start, &[0])?.0)).collect::<Result<_>>()?;
    let wall = |costs: &[Cost]| 1000.0 * median(costs.iter().map(|cost| cost.wall).collect());
    let (a, b) = (wall(&mine), wall(&theirs));
    Ok(vec![
        Line {
            what: "A single measure, everything open".into(),
            goal: "≤ 15 ms".into(),
            ours: thousands(warm),
            peer: thousands(b),
            unit: "ms".into(),
            ratio: thousands(warm / b),
            met: Some(warm <= 15.0),
            note: format!(
                "{}; as a whole {}",
                said.split_whitespace().collect::<Vec<_>>().join(" "),
                note(&[cost])
            ),
            commands: vec![shown(&ask), shown(&peer_command)],
        },
        Line {
            what: "the same as a whole command, from start to answer".into(),
            ours: thousands(a),
            peer: thousands(b),
            unit: "ms".into(),
            ratio: thousands(a / b),
            note: format!(
                "{n} runs, medians; `zhiheng --version` takes {} ms; DuckDB's figure is a warm connection's query, without its start",
                thousands(wall(&bare))
            ),
            commands: vec![shown(&show), shown(&peer_command)],
            ..Line::default()
        },
    ])
}
