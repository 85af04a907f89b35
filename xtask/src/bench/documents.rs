//! Workbooks checked and given back, reports pressed.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::import::note;
use super::meter::{Cost, in_turn, median, metered, ours, shown};
use super::place::Place;
use super::table::{Line, thousands};
use crate::fonts;
use crate::run::{cache, output, step};

/// Rows of the workbook.
const BOOK_ROWS: &str = "20000";
/// Regions and years of the yearbook: nearly four pages for each pair.
const REGIONS: [&str; 8] = ["621100", "621102", "621121", "621122", "621123", "621124", "621125", "621126"];
const YEARS: [&str; 2] = ["2012", "2013"];

/// A returned workbook: read, checked, annotated, saved; against openpyxl with the checks written by hand.
pub(crate) fn workbook(place: &Place) -> Result<Vec<Line>> {
    place.filled()?;
    let python = Place::python()?;
    let script = crate::root().join("benches/workbook.py");
    let book = place.dir().join("book.xlsx");
    if !book.exists() {
        let mut make = Command::new(&python);
        step("make a workbook", make.arg(&script).arg("make").arg(place.data()?).arg(BOOK_ROWS).arg(&book))?;
    }
    let annotated = place.dir().join("annotated.xlsx");
    let mut check = place.in_project(&["record", "check"]);
    check
        .arg(&book)
        .args(["--type", "sampling.batch", "--annotate"])
        .arg(&annotated)
        .args(["--format", "json"]);
    let mut peer = Command::new(&python);
    peer.arg(&script).arg("check").arg(&book).arg(place.dir().join("annotated-peer.xlsx"));
    // Wrong rows make `record check` end with 1: that is its answer.
    ours(place, &check, &[1])?;
    let (mine, theirs) = in_turn(
        place.n_runs.max(3),
        || Ok(ours(place, &check, &[1])?.0),
        || Ok(metered(place, &peer, &[0])?.0),
    )?;
    let (a, b) = (wall(&mine), wall(&theirs));
    Ok(vec![Line {
        what: "Workbook of 20,000 rows (200 wrong): read, checked, annotated, saved".into(),
        goal: "≤ 1 s".into(),
        ours: thousands(a),
        peer: thousands(b),
        unit: "s".into(),
        ratio: thousands(a / b),
        met: Some(a <= 1.0),
        note: format!("{}; openpyxl {}", note(&mine), note(&theirs)),
        commands: vec![shown(&check), shown(&peer)],
    }])
}

/// A yearbook of sixty pages over the demonstration, and the ordinary report over the big project.
pub(crate) fn report(place: &Place) -> Result<Vec<Line>> {
    Place::pdf_tools()?;
    let fonts = fonts::setup(&cache().join("fonts"))?;
    let demo = place.dir().join("demo");
    if !demo.join("zhiheng.toml").exists() {
        step(
            "make the demonstration",
            &mut place.zhiheng(&["init", &demo.to_string_lossy(), "--example", "dingxi"]),
        )?;
    }
    let catalog = yearbook(place)?;
    let pdf = place.dir().join("yearbook.pdf");
    let mut long = place
        .zhiheng(&["report", "build", "yearbook", "--region", "621100", "--period", "2013", "--to", "pdf"]);
    long.arg("--catalog").arg(&catalog).arg("-o").arg(&pdf);
    long.env("ZHIHENG_PROJECT", &demo).env("ZHIHENG_FONTS", &fonts);
    let costs = repeated(place, &long)?;
    let n_pages = pages(&pdf)?;
    if n_pages < 60 {
        bail!("the yearbook has only {n_pages} pages");
    }
    place.filled()?;
    let province = place.dir().join("province.pdf");
    let mut wide = place.in_project(&[
        "report",
        "build",
        "quality-status",
        "--region",
        "620000",
        "--period",
        "2013",
        "--to",
        "pdf",
    ]);
    wide.arg("-o").arg(&province).env("ZHIHENG_FONTS", &fonts);
    let wide_costs = repeated(place, &wide)?;
    let line = |what: String, goal: bool, costs: &[Cost], command: &Command| Line {
        what,
        goal: if goal { "≤ 2 s".into() } else { String::new() },
        ours: thousands(wall(costs)),
        unit: "s".into(),
        met: goal.then(|| wall(costs) <= 2.0),
        note: note(costs),
        commands: vec![shown(command)],
        ..Line::default()
    };
    let rows = thousands(place.rows as f64);
    Ok(vec![
        line(format!("Report of {n_pages} pages, from the ledger to the PDF"), true, &costs, &long),
        line(
            format!("the province's report of {} pages out of {rows} rows", pages(&province)?),
            false,
            &wide_costs,
            &wide,
        ),
    ])
}

/// A folder of definitions with the yearbook: one section for each region and year.
fn yearbook(place: &Place) -> Result<PathBuf> {
    let source = crate::root().join("benches/yearbook");
    let read = |name: &str| {
        std::fs::read_to_string(source.join(name)).with_context(|| format!("benches/yearbook/{name}"))
    };
    let (mut text, section) = (read("head.md")?, read("section.md")?);
    for region in REGIONS {
        for year in YEARS {
            text += &section.replace("REGION", region).replace("YEAR", year);
        }
    }
    let folder = place.dir().join("catalog");
    std::fs::create_dir_all(folder.join("reports"))?;
    std::fs::write(folder.join("reports/yearbook.md"), text)?;
    Ok(folder)
}

fn repeated(place: &Place, command: &Command) -> Result<Vec<Cost>> {
    ours(place, command, &[0])?; // the first run brings lake and roll-ups up to date
    (0..place.n_runs.max(3)).map(|_| Ok(ours(place, command, &[0])?.0)).collect()
}

fn wall(costs: &[Cost]) -> f64 {
    median(costs.iter().map(|cost| cost.wall).collect())
}

fn pages(pdf: &std::path::Path) -> Result<u32> {
    let said = output(Command::new("pdfinfo").arg(pdf))?;
    let line = said.lines().find_map(|line| line.strip_prefix("Pages:")).context("pdfinfo names no pages")?;
    Ok(line.trim().parse()?)
}
