//! Reference data as maps from column to cell, for tests that look rows up by what they say.

use std::collections::BTreeMap;

use crate::table::Table;

/// A row by column names.
pub(crate) type Cells = BTreeMap<String, String>;

/// The rows of a file of `../shared/data`, if it is there.
pub(crate) fn shared(name: &str) -> Option<Vec<Cells>> {
    crate::table::shared(name, rows)
}

/// Rows of CSV text.
pub(crate) fn rows(text: &str) -> Vec<Cells> {
    let Table { header, rows } = Table::parse(text);
    rows.into_iter().map(|cells| header.iter().cloned().zip(cells).collect()).collect()
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
