//! A plain list as XLSX: one sheet, a head that stays in sight, a filter on every column, so that a reader can sort it.
//!
//! Text is written as text: a cell that begins with `=` is never a formula.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::error::PressError;

/// A cell of a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
}

/// Characters that a cell may hold, by the format.
const LONGEST: usize = 32_767;

/// Writes a list with a head as an XLSX file. The same list gives the same bytes.
///
/// # Errors
///
/// [`PressError::Write`] when the list has more rows or columns than a sheet.
pub fn sheet(
    title: &str,
    head: &[String],
    rows: impl Iterator<Item = Vec<Cell>>,
) -> Result<Vec<u8>, PressError> {
    write(title, head, rows).map_err(|problem| PressError::write("xlsx", problem))
}

fn write(title: &str, head: &[String], rows: impl Iterator<Item = Vec<Cell>>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let date = ExcelDateTime::from_ymd(1980, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&date));
    let sheet = book.add_worksheet();
    sheet.set_name(title)?;
    let bold = Format::new().set_bold();
    for (column, text) in (0..).zip(head) {
        sheet.write_string_with_format(0, column, text, &bold)?;
        sheet.set_column_width(column, if column == 0 { 44 } else { 18 })?;
    }
    let mut last = 0;
    for (row, cells) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Number(number) => drop(sheet.write_number(row, column, number)?),
                Cell::Text(text) => {
                    let text: String = text.chars().take(LONGEST).collect();
                    sheet.write_string(row, column, text)?;
                }
            }
        }
        last = row;
    }
    sheet.set_freeze_panes(1, 0)?;
    if let Some(width) = head.len().checked_sub(1) {
        sheet.autofilter(0, 0, last, u16::try_from(width).unwrap_or(u16::MAX))?;
    }
    book.save_to_buffer()
}
