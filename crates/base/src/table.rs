//! Plain-text tables with aligned Chinese columns: no box, two spaces between columns, a rule under the header.

use std::fmt;

use crate::width::{Align, pad, width};

/// Spaces between two columns.
const GUTTER: &str = "  ";

/// A table of text.
///
/// ```
/// use zhiheng_base::{table::Table, width::Align};
///
/// let mut table = Table::new([("地区", Align::Left), ("合格率", Align::Right)]);
/// table.row(["陇西县", "98.25"]);
/// table.row(["岷县", "7"]);
/// let lines: Vec<String> = table.to_string().lines().map(str::to_owned).collect();
/// assert_eq!(lines, ["地区    合格率", "──────  ──────", "陇西县   98.25", "岷县         7"]);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Table {
    headers: Vec<String>,
    aligns: Vec<Align>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table with headers and alignments.
    pub fn new<H: Into<String>>(columns: impl IntoIterator<Item = (H, Align)>) -> Table {
        let (headers, aligns) = columns.into_iter().map(|(header, align)| (header.into(), align)).unzip();
        Table { headers, aligns, rows: Vec::new() }
    }

    /// Adds a row. Missing cells are empty; cells beyond the last column are left out. Line breaks and
    /// other control characters in a cell become spaces.
    pub fn row<C: Into<String>>(&mut self, cells: impl IntoIterator<Item = C>) -> &mut Table {
        let mut row: Vec<String> = cells.into_iter().map(|cell| one_line(cell.into())).collect();
        row.resize(self.headers.len(), String::new());
        self.rows.push(row);
        self
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True if there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn widths(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = self.headers.iter().map(|header| width(header)).collect();
        for row in &self.rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = (*widest).max(width(cell));
            }
        }
        widths
    }

    fn line(&self, cells: &[String], widths: &[usize]) -> String {
        let padded: Vec<String> = cells
            .iter()
            .zip(widths)
            .zip(&self.aligns)
            .map(|((cell, &columns), &align)| pad(cell, columns, align))
            .collect();
        padded.join(GUTTER).trim_end().to_owned()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        writeln!(f, "{}", self.line(&self.headers, &widths))?;
        let rule: Vec<String> = widths.iter().map(|&columns| "─".repeat(columns)).collect();
        writeln!(f, "{}", rule.join(GUTTER))?;
        for row in &self.rows {
            writeln!(f, "{}", self.line(row, &widths))?;
        }
        Ok(())
    }
}

/// Control characters become spaces; the escape that begins a colour stays.
fn one_line(cell: String) -> String {
    if cell.contains(|c: char| c.is_control() && c != '\u{1b}') {
        cell.chars().map(|c| if c.is_control() && c != '\u{1b}' { ' ' } else { c }).collect()
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other() {
        let mut table = Table::new([("地区", Align::Left), ("批次", Align::Right), ("note", Align::Center)]);
        table.row(["陇西县", "1650", "x"]).row(["Min", "7"]).row(["a\nb", "1", "é", "beyond"]);
        insta::assert_snapshot!(table.to_string().trim_end(), @r"
        地区    批次  note
        ──────  ────  ────
        陇西县  1650   x
        Min        7
        a b        1   é
        ");
        assert_eq!((table.len(), table.is_empty()), (3, false));
        assert!(table.to_string().lines().all(|line| line == line.trim_end()));
    }

    #[test]
    fn an_empty_table_is_its_header() {
        let table = Table::new([("a", Align::Left)]);
        assert_eq!(table.to_string(), "a\n─\n");
        assert_eq!(Table::default().to_string(), "\n\n");
    }
}
