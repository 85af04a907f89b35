//! ARCHITECTURE.md's table of crates against what cargo says.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use crate::run::{cargo, output};

/// A row of the table: `| crate | job | alone may know | must not contain |`, in import order.
struct Row {
    name: String,
    alone: Vec<String>,
}

/// Imports that point right, crates that the table does not name, libraries in a crate that may not know them.
pub(super) fn check() -> Result<Vec<String>> {
    let text = std::fs::read_to_string(crate::root().join("ARCHITECTURE.md")).context("ARCHITECTURE.md")?;
    let rows = rows(&text);
    let metadata: serde_json::Value =
        serde_json::from_str(&output(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?)?;
    let mut problems = Vec::new();
    let place: BTreeMap<&str, usize> =
        rows.iter().enumerate().map(|(i, row)| (row.name.as_str(), i)).collect();
    let packages = metadata["packages"].as_array().context("cargo metadata without packages")?;
    let mut seen = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        if name == "xtask" {
            continue;
        }
        seen.push(name);
        let Some(&here) = place.get(name) else {
            problems.push(format!("ARCHITECTURE.md: no row for {name}"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            if dependency["kind"].as_str() == Some("dev") {
                continue;
            }
            let on = dependency["name"].as_str().unwrap_or_default();
            if let Some(&there) = place.get(on)
                && there >= here
            {
                problems.push(format!("{name} imports {on}, which stands to its right"));
            }
            for row in rows.iter().filter(|row| row.name != name) {
                if row.alone.iter().any(|library| library == on) {
                    problems.push(format!("{name} imports {on}, which only {} may know", row.name));
                }
            }
        }
    }
    for row in rows.iter().filter(|row| !seen.contains(&row.name.as_str())) {
        problems.push(format!("ARCHITECTURE.md: {} is no crate", row.name));
    }
    Ok(problems)
}

fn rows(text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    for line in text.lines().filter(|line| line.starts_with("| `zhiheng")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let ticked =
            |cell: &str| -> Vec<String> { cell.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
        if let [name, _job, alone, _absent] = cells.as_slice() {
            rows.extend(ticked(name).into_iter().map(|name| Row { name, alone: ticked(alone) }));
        }
    }
    rows
}
