//! Tables as a workbook: the twin of a page for those who go on reckoning. Numbers are numbers, text is never a formula.

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, Response};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet, XlsxError};

use super::sheet::Table;
use crate::problem::Problem;
use crate::route::Answer;

const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Most letters of a sheet's name.
const NAME_MAX: usize = 31;

/// A workbook with a sheet for each table; `facts` say where it comes from.
pub(crate) fn answer(tables: &[&Table], facts: &[(String, String)]) -> Answer {
    let bytes = book(tables, facts).map_err(Problem::ours)?;
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(KIND));
    headers.insert(CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    Ok(response)
}

fn book(tables: &[&Table], facts: &[(String, String)]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same page gives the same bytes, whenever it is asked for.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(1980, 1, 1)?));
    for (n, table) in tables.iter().enumerate() {
        let sheet = book.add_worksheet();
        sheet.set_name(name(n, &table.title))?;
        fill(sheet, table)?;
    }
    if !facts.is_empty() {
        let sheet = book.add_worksheet();
        sheet.set_name(format!("{}", tables.len() + 1))?;
        for (row, (name, text)) in (0..).zip(facts) {
            sheet.write_string(row, 0, name)?;
            sheet.write_string(row, 1, text)?;
        }
        sheet.set_column_width(0, 18)?;
        sheet.set_column_width(1, 60)?;
    }
    book.save_to_buffer()
}

/// A name that a sheet may have: short, without the letters that the format forbids, and not given twice.
fn name(n: usize, title: &str) -> String {
    let kept = title.chars().filter(|c| !"[]:*?/\\'".contains(*c) && !c.is_control());
    format!("{} {}", n + 1, kept.take(NAME_MAX - 3).collect::<String>()).trim().to_owned()
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
    for (column, title) in (0..).zip(&table.columns) {
        sheet.write_string_with_format(0, column, &title.title, &head)?;
        let widest = table.rows.iter().filter_map(|row| row.get(usize::from(column)));
        let widest = widest.map(|cell| width(&cell.text)).chain([width(&title.title)]).max().unwrap_or(8);
        sheet.set_column_width(column, (widest + 2).clamp(6, 60) as f64)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, cells) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            let is_number = table.columns.get(usize::from(column)).is_some_and(|column| column.number);
            match number(&cell.text).filter(|_| is_number) {
                Some((value, digits, percent)) => {
                    let format = Format::new().set_num_format(shape(digits, percent));
                    sheet.write_number_with_format(row, column, value, &format)?;
                }
                None => {
                    sheet.write_string(row, column, &cell.text)?;
                }
            }
        }
    }
    Ok(())
}

/// Letters of a cell; wide ones count twice.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

/// A printed number, its decimals, and whether it is in per cent.
fn number(text: &str) -> Option<(f64, usize, bool)> {
    let (bare, percent) = text.strip_suffix('%').map_or((text, false), |bare| (bare, true));
    let bare = bare.replace(',', "");
    let plain = bare.strip_prefix('-').unwrap_or(&bare);
    let is_plain = plain.starts_with(|c: char| c.is_ascii_digit())
        && plain.chars().all(|c| c.is_ascii_digit() || c == '.')
        && plain.matches('.').count() <= 1;
    // More digits than a double keeps stay text, so that no entry or code is changed.
    let n_digits = plain.chars().filter(char::is_ascii_digit).count();
    let digits = plain.split_once('.').map_or(0, |(_, rest)| rest.len());
    let value = bare.parse().ok().filter(|_| is_plain && n_digits <= 15)?;
    Some((value, digits, percent))
}

/// The value stays as printed: `85.9` with a per cent sign, not 0.859.
fn shape(digits: usize, percent: bool) -> String {
    let decimals = if digits > 0 { format!(".{}", "0".repeat(digits)) } else { String::new() };
    format!("0{decimals}{}", if percent { "\"%\"" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::{name, number, shape};

    #[test]
    fn printed_numbers_are_numbers_and_codes_are_not() {
        assert_eq!(number("85.9%"), Some((85.9, 1, true)));
        assert_eq!(number("-1,234.50"), Some((-1234.5, 2, false)));
        for text in ["", "—", "12 家", "=1+1", "1e9", "1.2.3", "91621122123456788012", "59.6–98.2"] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!((shape(1, true), shape(0, false)), ("0.0\"%\"".to_owned(), "0".to_owned()));
    }

    #[test]
    fn sheets_have_names_that_may_be() {
        assert_eq!(name(0, "a/b: [c]"), "1 ab c");
        assert!(name(9, &"x".repeat(80)).chars().count() <= 31);
    }
}
