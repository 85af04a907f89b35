//! A table that was pasted from a spreadsheet: text between tabs, which becomes a file like any other, and whose wrong cells can be
//! mended in place.

use serde::{Deserialize, Serialize};
use zhiheng_base::{Diagnostic, Lang, Place, csv};
use zhiheng_catalog::model::RecordType;

/// Rows that can be pasted.
pub const ROWS_MAX: usize = 5_000;

/// A pasted table; the first row holds titles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Column titles.
    pub titles: Vec<String>,
    /// Cells.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads pasted text. Without a row of titles, the columns are those of the form, in order.
    ///
    /// Errors: ZH7314 nothing was pasted, ZH7315 too many rows.
    pub fn parse(text: &str, record: &RecordType, lang: Lang) -> Result<Table, Diagnostic> {
        let mut rows = cells(text);
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        if rows.is_empty() {
            return Err(Diagnostic::error("ZH7314"));
        }
        if rows.len() > ROWS_MAX {
            return Err(Diagnostic::error("ZH7315").arg("n", rows.len()).arg("most", ROWS_MAX));
        }
        let known = |cell: &String| {
            let cell = cell.trim_end_matches(['*', '＊']).trim();
            record.fields.iter().any(|field| {
                field.id == cell
                    || field.name.zh == cell
                    || field.name.en == cell
                    || field.also.iter().any(|also| also == cell)
            })
        };
        let first = rows.first().map(Vec::as_slice).unwrap_or_default();
        // Half of the cells being titles is no accident: no value of a form reads like the title of a column.
        let titled = first.iter().filter(|cell| known(cell)).count() * 2 > first.len();
        let titles = if titled {
            rows.remove(0)
        } else {
            record.fields.iter().map(|field| field.name.get(lang).to_owned()).collect()
        };
        let width = rows.iter().map(Vec::len).fold(titles.len(), usize::max);
        let titles = (0..width).map(|at| titles.get(at).cloned().unwrap_or_default()).collect();
        for row in &mut rows {
            row.resize(width, String::new());
        }
        Ok(Table { titles, rows })
    }

    /// The table as a file.
    pub fn to_csv(&self) -> Vec<u8> {
        let mut text = csv::line(&self.titles, ',') + "\n";
        for row in &self.rows {
            text += &csv::line(row, ',');
            text.push('\n');
        }
        text.into_bytes()
    }

    /// Row and column of the cell that a problem is of; both from 0.
    pub fn cell_of(&self, problem: &Diagnostic) -> Option<(usize, usize)> {
        let Place::Cell { row, column, .. } = &problem.at else { return None };
        let column = column.as_ref()?;
        let at = self.titles.iter().position(|title| title == column)?;
        // A cell of several lines takes several lines of the file.
        let mut line = 2;
        for (n, cells) in self.rows.iter().enumerate() {
            if line == *row {
                return Some((n, at));
            }
            line += 1 + cells.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
        }
        None
    }

    /// Puts another text into a cell.
    pub fn mend(&mut self, (row, column): (usize, usize), text: &str) {
        if let Some(cell) = self.rows.get_mut(row).and_then(|row| row.get_mut(column)) {
            text.trim().clone_into(cell);
        }
    }
}

/// What a spreadsheet puts on the clipboard: tabs between cells, lines between rows, quotes around cells that hold either.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new()];
    let mut cell = String::new();
    let mut quoted = false;
    let mut begun = false;
    let mut signs = text.chars().peekable();
    let end = |cell: &mut String, rows: &mut Vec<Vec<String>>| {
        if let Some(row) = rows.last_mut() {
            row.push(std::mem::take(cell).trim().to_owned());
        }
    };
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if !begun => (quoted, begun) = (true, true),
            '\r' if !quoted => {}
            '\t' if !quoted => {
                end(&mut cell, &mut rows);
                begun = false;
            }
            '\n' if !quoted => {
                end(&mut cell, &mut rows);
                rows.push(Vec::new());
                begun = false;
            }
            sign => {
                begun = true;
                cell.push(sign);
            }
        }
    }
    end(&mut cell, &mut rows);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> RecordType {
        zhiheng_catalog::load(&[]).catalog.records["sampling.batch"].clone()
    }

    #[test]
    fn titles_are_recognised_and_cells_keep_their_lines() {
        let text = "任务编号*\t抽样单编号*\t备注\r\nT1\t0001\t\"第一行\n说\"\"好\"\"\"\r\n\r\nT1\t0002\r\n";
        let mut table = Table::parse(text, &record(), Lang::Zh).unwrap();
        assert_eq!(table.titles, ["任务编号*", "抽样单编号*", "备注"]);
        assert_eq!(table.rows, [vec!["T1", "0001", "第一行\n说\"好\""], vec!["T1", "0002", ""]]);
        // Lines of the file: 1 titles, 2 and 3 the first row, 4 the second.
        let at = |row: u64, column: &str| {
            let place =
                Place::Cell { file: String::new(), sheet: None, row, column: Some(column.to_owned()) };
            table.cell_of(&Diagnostic::error("ZH3201").at(place))
        };
        assert_eq!(
            (at(2, "备注"), at(4, "抽样单编号*"), at(3, "备注"), at(4, "别的")),
            (Some((0, 2)), Some((1, 1)), None, None)
        );
        table.mend((1, 2), " 补 ");
        assert_eq!(
            String::from_utf8(table.to_csv()).unwrap(),
            "任务编号*,抽样单编号*,备注\nT1,0001,\"第一行\n说\"\"好\"\"\"\nT1,0002,补\n"
        );
    }

    #[test]
    fn without_titles_the_columns_are_those_of_the_form() {
        let table = Table::parse("T1\t0001\tcounty", &record(), Lang::En).unwrap();
        assert_eq!(table.titles[..3], ["Task", "Sampling sheet", "Level"]);
        assert_eq!(table.rows[0][..3], ["T1", "0001", "county"]);
        assert_eq!(table.rows[0].len(), table.titles.len());
        assert_eq!(Table::parse(" \n\t\n", &record(), Lang::Zh).unwrap_err().code, "ZH7314");
        let many = "a\tb\n".repeat(ROWS_MAX + 2);
        assert_eq!(Table::parse(&many, &record(), Lang::Zh).unwrap_err().code, "ZH7315");
    }
}
