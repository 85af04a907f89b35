//! A CSV, JSON or Parquet file as an annotated workbook.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use rust_xlsxwriter::{Color, Format, Note, Url, Workbook, Worksheet, XlsxError};
use zhiheng_base::{Diagnostic, Lang, Severity};

use super::mark::{self, Line};
use crate::problem::Site;
use crate::read::{self, Head, RowBuf, RowSink, Wanted};
use crate::text::column_letters;
use crate::worker::{Done, Request};

/// Rows up to which the whole table is carried; beyond, only rows with problems.
const WHOLE: u64 = 200_000;
/// Longest text that a cell takes, in characters.
const CELL: usize = 32_767;
/// Last row of a sheet, from 0.
const LAST: u32 = 1_048_575;

struct Table<'a> {
    wanted: Wanted,
    sheet: Worksheet,
    comments: &'a BTreeMap<(u64, String), (Severity, String)>,
    /// Rows to carry; `None` means all.
    only: Option<BTreeSet<u64>>,
    next: u32,
    /// Row in the file → row in the sheet, from 1, where they differ or not.
    rows: BTreeMap<u64, u32>,
    site: Site,
    header: Vec<String>,
}

impl Table<'_> {
    fn failed(&self, error: &XlsxError) -> Diagnostic {
        self.site.file_error("ZH3022").arg("why", error)
    }

    fn title(&mut self, column: usize, title: &str) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold();
        self.sheet.write_string_with_format(0, column as u16, cut(title), &bold)?;
        Ok(())
    }

    fn put(&mut self, row: &RowBuf) -> Result<(), XlsxError> {
        let plain = Format::new();
        for column in 0..row.len() {
            let (_, text) = row.cell(column);
            let name = format!("{}{}", column_letters(column), row.number);
            let text = cut(text.trim_matches('\u{1f}'));
            let marked = self.comments.get(&(row.number, name));
            let format = match marked {
                Some((severity, _)) => Format::new().set_background_color(Color::RGB(mark::fill(*severity))),
                None => plain.clone(),
            };
            if text.is_empty() {
                if marked.is_some() {
                    self.sheet.write_blank(self.next, column as u16, &format)?;
                }
            } else if marked.is_some() {
                self.sheet.write_string_with_format(self.next, column as u16, text, &format)?;
            } else {
                self.sheet.write_string(self.next, column as u16, text)?;
            }
            if let Some((_, comment)) = marked {
                let note = Note::new(comment).set_author(mark::AUTHOR).add_author_prefix(false);
                self.sheet.insert_note(self.next, column as u16, &note)?;
            }
        }
        // A missing cell at the end of a row is marked too.
        for ((_, name), (severity, comment)) in self.comments.range((row.number, String::new())..) {
            let Some(column) = column_of(name, row.number) else { break };
            if column >= row.len() {
                let format = Format::new().set_background_color(Color::RGB(mark::fill(*severity)));
                self.sheet.write_blank(self.next, column as u16, &format)?;
                let note = Note::new(comment).set_author(mark::AUTHOR).add_author_prefix(false);
                self.sheet.insert_note(self.next, column as u16, &note)?;
            }
        }
        self.rows.insert(row.number, self.next + 1);
        self.next += 1;
        Ok(())
    }
}

/// Column of a cell's name, if it is in this row.
fn column_of(name: &str, row: u64) -> Option<usize> {
    let letters = name.strip_suffix(&row.to_string())?;
    if letters.is_empty() || !letters.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    Some(letters.bytes().fold(0, |sum, byte| sum * 26 + usize::from(byte - b'A') + 1) - 1)
}

fn cut(text: &str) -> &str {
    if text.len() <= CELL {
        return text;
    }
    // A workbook counts UTF-16 units; stay well below.
    text.char_indices().nth(CELL / 2).map_or(text, |(end, _)| &text[..end])
}

impl RowSink for Table<'_> {
    fn wanted(&self) -> &Wanted {
        &self.wanted
    }

    fn head(&mut self, head: &Head) -> Result<(), Diagnostic> {
        self.header.clone_from(&head.columns);
        for (column, title) in head.columns.iter().enumerate() {
            self.title(column, title).map_err(|error| self.failed(&error))?;
        }
        Ok(())
    }

    fn column(&mut self, name: &str) -> Result<(), Diagnostic> {
        let column = self.header.len();
        self.header.push(name.to_owned());
        self.title(column, name).map_err(|error| self.failed(&error))
    }

    fn row(&mut self, row: &RowBuf) -> Result<(), Diagnostic> {
        let carried = self.only.as_ref().is_none_or(|only| only.contains(&row.number));
        if carried && self.next <= LAST { self.put(row).map_err(|error| self.failed(&error)) } else { Ok(()) }
    }

    fn bad(&mut self, _row: u64, _problem: Diagnostic) -> Result<(), Diagnostic> {
        Ok(())
    }
}

/// The file as a workbook: its table with the wrong cells marked, and the list of errors.
pub(super) fn annotated(
    file: File,
    request: &Request,
    lines: &[Line],
    done: &Done,
    lang: Lang,
) -> Result<Vec<u8>, Diagnostic> {
    let site = Site { file: request.name.clone(), sheet: None };
    let comments = mark::comments(lines);
    let mut sheet = Worksheet::new();
    let failed = |error: XlsxError| site.file_error("ZH3022").arg("why", error);
    sheet.set_name("Data").map_err(failed)?;
    let mut table = Table {
        wanted: Wanted::default(),
        sheet,
        comments: &comments,
        only: (done.seen > WHOLE).then(|| lines.iter().map(|line| line.row).collect()),
        next: 1,
        rows: BTreeMap::new(),
        site: site.clone(),
        header: Vec::new(),
    };
    read::read(file, &site, request.format, &request.limits, &mut table)?;
    let Table { mut sheet, rows, .. } = table;
    let mut list = Worksheet::new();
    list.set_name(mark::sheet_name(lang)).map_err(failed)?;
    fill_list(&mut list, lines, &rows, lang).map_err(failed)?;
    sheet.set_freeze_panes(1, 0).map_err(failed)?;
    let mut book = Workbook::new();
    book.push_worksheet(sheet);
    book.push_worksheet(list);
    book.save_to_buffer().map_err(failed)
}

fn fill_list(
    list: &mut Worksheet,
    lines: &[Line],
    rows: &BTreeMap<u64, u32>,
    lang: Lang,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, title) in mark::titles(lang).iter().enumerate() {
        list.write_string_with_format(0, column as u16, title, &bold)?;
        list.set_column_width(column as u16, mark::WIDTHS[column])?;
    }
    for (at, line) in lines.iter().enumerate() {
        let row = at as u32 + 1;
        for (column, text) in mark::cells(line, lang).iter().enumerate() {
            match column {
                0 => list.write_number(row, 0, line.row as f64)?,
                1 => match rows.get(&line.row) {
                    Some(there) => {
                        let letters = line.cell.trim_end_matches(|c: char| c.is_ascii_digit());
                        let url = Url::new(format!("internal:Data!{letters}{there}")).set_text(text);
                        list.write_url(row, 1, url)?
                    }
                    None => list.write_string(row, 1, text)?,
                },
                _ => list.write_string(row, column as u16, text)?,
            };
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells_read_back() {
        for column in [0, 25, 26, 700, 1_023] {
            assert_eq!(column_of(&format!("{}17", column_letters(column)), 17), Some(column));
        }
        assert_eq!(column_of("A18", 17), None);
    }
}
