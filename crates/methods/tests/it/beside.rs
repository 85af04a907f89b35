//! Reference data beside the repository, and vectors in it, as rows of named cells.

use std::collections::BTreeMap;

/// A row by column names.
pub(crate) type Cells = BTreeMap<String, String>;

/// The rows of a file of `../shared/data`, or `None` with a line saying so; on CI its absence is a failure.
pub(crate) fn shared(name: &str) -> Option<Vec<Cells>> {
    let path = format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR"));
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(rows(&text)),
        Err(error) => {
            assert!(std::env::var_os("CI").is_none(), "{path}: {error}");
            eprintln!("did not run: {path}: {error}");
            None
        }
    }
}

/// Rows of CSV text; quoted cells may hold commas, not line ends.
pub(crate) fn rows(text: &str) -> Vec<Cells> {
    let mut lines = text.lines();
    let header = split(lines.next().unwrap_or_default());
    lines.map(|line| header.iter().cloned().zip(split(line)).collect()).collect()
}

/// The number in a cell; NaN if it is blank or `NA`.
pub(crate) fn number(row: &Cells, column: &str) -> f64 {
    match row.get(column).map_or("", String::as_str) {
        "" | "NA" => f64::NAN,
        text => text.parse().unwrap_or_else(|_| panic!("{column}: {text} is not a number")),
    }
}

/// One column of numbers.
pub(crate) fn column(rows: &[Cells], name: &str) -> Vec<f64> {
    rows.iter().map(|row| number(row, name)).collect()
}

fn split(line: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.trim_end_matches('\r').chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    cells.push(cell);
    cells
}
