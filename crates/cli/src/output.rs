//! Data on stdout in the asked format, everything else on stderr.

use std::io::{IsTerminal, Write};

use serde_json::{Map, Value};
use zhiheng_base::csv;
use zhiheng_base::table::Table;
use zhiheng_base::width::Align;

use crate::args::Format;

/// Columns and rows of one answer. A column is named twice: for machines and for people.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    columns: Vec<Column>,
    rows: Vec<Vec<Value>>,
}

#[derive(Debug)]
struct Column {
    id: String,
    title: String,
    number: bool,
}

impl Listing {
    /// A listing of columns `(id, title, is number)`.
    pub(crate) fn new<I: Into<String>, T: Into<String>>(
        columns: impl IntoIterator<Item = (I, T, bool)>,
    ) -> Listing {
        let columns = columns
            .into_iter()
            .map(|(id, title, number)| Column { id: id.into(), title: title.into(), number })
            .collect();
        Listing { columns, rows: Vec::new() }
    }

    /// Adds a row of values, as many as columns.
    pub(crate) fn row(&mut self, cells: Vec<Value>) {
        self.rows.push(cells);
    }

    /// Leaves out columns without any value: wide records stay readable on a terminal.
    pub(crate) fn drop_empty_columns(&mut self) {
        let keep: Vec<bool> =
            (0..self.columns.len()).map(|i| self.rows.iter().any(|row| !row[i].is_null())).collect();
        let mut kept = keep.iter();
        self.columns.retain(|_| *kept.next().unwrap_or(&true));
        for row in &mut self.rows {
            let mut kept = keep.iter();
            row.retain(|_| *kept.next().unwrap_or(&true));
        }
    }

    /// Writes the listing to stdout.
    pub(crate) fn print(&self, format: Format) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        match format {
            Format::Table => write!(out, "{}", self.table()),
            Format::Md => self.markdown(&mut out),
            Format::Csv => self.delimited(&mut out, ','),
            Format::Tsv => self.delimited(&mut out, '\t'),
            Format::Json => {
                let all: Vec<Value> = self.objects().collect();
                writeln!(out, "{}", serde_json::to_string_pretty(&all)?)
            }
            Format::Jsonl => self.objects().try_for_each(|object| writeln!(out, "{object}")),
        }
    }

    fn objects(&self) -> impl Iterator<Item = Value> {
        self.rows.iter().map(|row| {
            let pairs = self.columns.iter().zip(row).map(|(column, cell)| (column.id.clone(), cell.clone()));
            Value::Object(pairs.collect::<Map<String, Value>>())
        })
    }

    fn table(&self) -> Table {
        let align = |column: &Column| if column.number { Align::Right } else { Align::Left };
        let mut table = Table::new(self.columns.iter().map(|column| (column.title.clone(), align(column))));
        for row in &self.rows {
            table.row(row.iter().map(text));
        }
        table
    }

    fn markdown(&self, out: &mut impl Write) -> std::io::Result<()> {
        let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
        let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        writeln!(out, "{}", line(self.columns.iter().map(|column| cell(&column.title)).collect()))?;
        let rule = |column: &Column| if column.number { "---:" } else { "---" }.to_owned();
        writeln!(out, "{}", line(self.columns.iter().map(rule).collect()))?;
        for row in &self.rows {
            writeln!(out, "{}", line(row.iter().map(|value| cell(&text(value))).collect()))?;
        }
        Ok(())
    }

    fn delimited(&self, out: &mut impl Write, separator: char) -> std::io::Result<()> {
        writeln!(out, "{}", csv::line(self.columns.iter().map(|column| &column.id), separator))?;
        for row in &self.rows {
            writeln!(out, "{}", csv::line(row.iter().map(spreadsheet_cell), separator))?;
        }
        Ok(())
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => "—".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A value as a spreadsheet takes it: nothing is empty, text is no formula.
fn spreadsheet_cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => csv::harmless(text).into_owned(),
        other => other.to_string(),
    }
}

/// One line on stdout.
pub(crate) fn line(text: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout().lock(), "{text}")
}

/// One line on stderr.
pub(crate) fn note(text: &str) {
    // A closed stderr is no reason to stop.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Pretty JSON on stdout.
pub(crate) fn json(value: &impl serde::Serialize) -> std::io::Result<()> {
    line(&serde_json::to_string_pretty(value)?)
}

/// Table on a terminal, tab-separated values in a pipe.
pub(crate) fn default_format() -> Format {
    if std::io::stdout().is_terminal() { Format::Table } else { Format::Tsv }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Listing {
        let mut listing = Listing::new([("region", "地区", false), ("rate", "合格率", true)]);
        listing.row(vec!["陇西县".into(), "87.6".into()]);
        listing.row(vec!["=HYPERLINK(\"x\")".into(), Value::Null]);
        listing
    }

    #[test]
    fn formulas_are_defused_in_csv() {
        let mut out = Vec::new();
        sample().delimited(&mut out, ',').unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "region,rate\n陇西县,87.6\n\"'=HYPERLINK(\"\"x\"\")\",\n");
    }

    #[test]
    fn negative_numbers_stay_numbers() {
        assert_eq!(spreadsheet_cell(&"-3.5".into()), "-3.5");
        assert_eq!(spreadsheet_cell(&"-3.5+1".into()), "'-3.5+1");
        assert_eq!(spreadsheet_cell(&Value::Null), "");
    }

    #[test]
    fn markdown_aligns_numbers() {
        let mut out = Vec::new();
        sample().markdown(&mut out).unwrap();
        assert!(String::from_utf8(out).unwrap().starts_with("| 地区 | 合格率 |\n| --- | ---: |\n"));
    }
}
