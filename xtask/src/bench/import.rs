//! Taking rows in, against PostgreSQL's COPY; checking the whole ledger.

use std::process::Command;

use anyhow::{Context, Result, bail};

use super::meter::{Cost, in_turn, median, metered, ours, shown};
use super::place::Place;
use super::table::{Line, thousands};
use crate::postgres::Postgres;
use crate::run::output;

/// Rows a second that an import is to take.
const RATE: f64 = 150_000.0;
/// Records a second that a verification is to check.
const VERIFY_RATE: f64 = 200_000.0;

/// Only ours: rows a second of a whole `record import` into an empty project.
pub(crate) fn import(place: &Place) -> Result<Vec<Line>> {
    let costs: Vec<Cost> = (0..place.n_runs).map(|_| once(place)).collect::<Result<_>>()?;
    let rate = place.rows as f64 / median(costs.iter().map(|cost| cost.wall).collect());
    Ok(vec![Line {
        what: format!(
            "Import of {} rows from CSV: checks, duplicates, hashes, signature, durable",
            thousands(place.rows as f64)
        ),
        goal: format!("≥ {}", thousands(RATE)),
        ours: thousands(rate),
        unit: "rows/s".into(),
        met: Some(rate >= RATE),
        note: note(&costs),
        commands: vec![shown(&place.import(&place.data()?, "all"))],
        ..Line::default()
    }])
}

/// Ours and COPY in turn.
pub(crate) fn copy(place: &Place) -> Result<Vec<Line>> {
    let server = Postgres::start()?;
    let url = server.url();
    let script = crate::root().join("benches/copy_postgres.sh");
    let call = |step: &str| {
        let mut command = Command::new(&script);
        command.args([step, &url]);
        command
    };
    output(&mut call("tune"))?;
    let data = place.data()?;
    let mut load = call("copy");
    load.arg(&data);
    let regions = regions(place)?;
    let digits = std::path::PathBuf::from("digits");
    let peer = |more: &[&std::path::PathBuf]| -> Result<(Cost, f64)> {
        output(call("table").args(more))?;
        let (cost, said) = metered(place, &load, &[0])?;
        Ok((cost, said.trim().parse().with_context(|| format!("processor seconds of the server: {said:?}"))?))
    };
    let (mine, theirs) = in_turn(place.n_runs, || once(place), || peer(&[&regions, &digits]))?;
    let with_regions = peer(&[&regions])?;
    let form_only = peer(&[])?;
    let rows = place.rows as f64;
    let rate = |wall: Vec<f64>| rows / median(wall);
    let ours = rate(mine.iter().map(|cost| cost.wall).collect());
    let same = rate(theirs.iter().map(|(cost, _)| cost.wall).collect());
    let server_cpu = median(theirs.iter().map(|(_, cpu)| *cpu).collect());
    let walls: Vec<String> = theirs.iter().map(|(cost, _)| thousands(cost.wall)).collect();
    let line = |what: &str, goal: bool, peer: f64, note: String| Line {
        what: what.into(),
        goal: if goal { "≥ 2× the peer".into() } else { String::new() },
        ours: thousands(ours),
        peer: thousands(peer),
        unit: "rows/s".into(),
        ratio: thousands(ours / peer),
        met: goal.then_some(ours >= 2.0 * peer),
        note,
        commands: vec![shown(&load)],
    };
    let less = |what: &str, (cost, cpu): (Cost, f64)| {
        let note =
            format!("COPY {} s, server {} s of processor, one run.", thousands(cost.wall), thousands(cpu));
        line(what, false, rows / cost.wall, note)
    };
    Ok(vec![
        line(
            "Import against PostgreSQL COPY into a table with the same constraints",
            true,
            same,
            format!(
                "ours {}; COPY {} s, server {} s of processor.",
                note(&mine),
                walls.join(", "),
                thousands(server_cpu)
            ),
        ),
        less("the same where PostgreSQL does not check check digits", with_regions),
        less("the same where PostgreSQL checks neither check digits nor regions", form_only),
    ])
}

/// One import into an empty project; refuses to count an import that did not take every row.
fn once(place: &Place) -> Result<Cost> {
    let data = place.data()?;
    place.fresh()?;
    let (cost, _) = ours(place, &place.import(&data, "all"), &[0])?;
    let size = size(place)?;
    if size < place.rows {
        bail!("the ledger holds {size} entries after an import of {} rows", place.rows);
    }
    Ok(cost)
}

/// Entries of the ledger.
pub(crate) fn size(place: &Place) -> Result<u64> {
    let said = output(&mut place.in_project(&["ledger", "status", "--format", "json"]))?;
    let status: serde_json::Value = serde_json::from_str(&said).with_context(|| said.clone())?;
    status["size"].as_u64().with_context(|| format!("ledger status has no size: {said}"))
}

/// The region codes that occur in the rows, one a line.
fn regions(place: &Place) -> Result<std::path::PathBuf> {
    let path = place.dir().join("regions.txt");
    let script = "cut -d, -f5 \"$1\" | tail -n +2 | sort -u > \"$2\"";
    output(Command::new("sh").args(["-c", script, "sh"]).arg(place.data()?).arg(&path))?;
    Ok(path)
}

/// `ledger verify` over everything.
pub(crate) fn verify(place: &Place) -> Result<Vec<Line>> {
    place.filled()?;
    let command = place.in_project(&["ledger", "verify"]);
    let costs: Vec<Cost> =
        (0..place.n_runs).map(|_| Ok(ours(place, &command, &[0])?.0)).collect::<Result<_>>()?;
    let rate = size(place)? as f64 / median(costs.iter().map(|cost| cost.wall).collect());
    Ok(vec![Line {
        what: "Full verification: every record, hash, key and receipt derived again".into(),
        goal: format!("≥ {}", thousands(VERIFY_RATE)),
        ours: thousands(rate),
        unit: "records/s".into(),
        met: Some(rate >= VERIFY_RATE),
        note: note(&costs),
        commands: vec![shown(&command)],
        ..Line::default()
    }])
}

/// Single runs: wall, processor, memory.
pub(crate) fn note(costs: &[Cost]) -> String {
    let each = |figure: fn(&Cost) -> f64| {
        costs.iter().map(|cost| thousands(figure(cost))).collect::<Vec<_>>().join(", ")
    };
    format!(
        "{} s; {} s of processor; {} MiB",
        each(|cost| cost.wall),
        each(|cost| cost.cpu),
        each(|cost| cost.peak)
    )
}
