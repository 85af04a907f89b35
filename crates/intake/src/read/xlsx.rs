//! Workbooks, cell by cell.
//!
//! Never a range: a range of the cells A1 and XFD1048576 is 17 billion cells. The sheet is the visible one whose
//! first rows fit the wanted columns best.

use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use zhiheng_base::Diagnostic;
use zhiheng_catalog::model::FileFormat;

use super::archive::guard;
use super::header::{HeaderSearch, SEARCHED};
use super::serial::{SerialDate, serial_date, write_number};
use super::{Head, Kind, RowBuf, RowSink, Tail};
use crate::limits::Limits;
use crate::problem::Site;

/// Name of the hidden sheet by which a template knows its record type and catalog.
pub(crate) const TEMPLATE_SHEET: &str = "_zhiheng";

type Book = Xlsx<BufReader<File>>;

pub(super) fn read(
    mut file: File,
    site: &Site,
    limits: &Limits,
    sink: &mut dyn RowSink,
) -> Result<Tail, Diagnostic> {
    guard(&file, site, limits)?;
    file.seek(SeekFrom::Start(0)).map_err(|error| site.file_error("ZH3001").arg("why", error))?;
    let mut book = Xlsx::new(BufReader::new(file)).map_err(|error| broken(site, &error))?;
    let sheet = choose(&mut book, site, limits, sink)?;
    let template = template_marks(&mut book, site, limits)?;
    let head = Head {
        format: FileFormat::Xlsx,
        packed: false,
        encoding: None,
        sheet: Some(sheet.clone()),
        header_row: 0,
        columns: Vec::new(),
        template,
    };
    let site = Site { file: site.file.clone(), sheet: Some(sheet.clone()) };
    let mut search = HeaderSearch::new(sink, &site, head, false);
    let end = rows(&mut book, &sheet, &site, limits, &mut |event| {
        match event {
            Event::Row(row) => search.push(row)?,
            Event::Bad(row, problem) => search.bad(row, problem)?,
        }
        Ok(true)
    });
    end?;
    let blank = search.finish()?;
    Ok(Tail { encoding: None, blank })
}

fn broken(site: &Site, error: &XlsxError) -> Diagnostic {
    match error {
        XlsxError::Password => site.file_error("ZH3020"),
        _ => site.file_error("ZH3011").arg("why", error),
    }
}

/// The visible sheet whose first rows fit best; the first one if none fits.
fn choose(
    book: &mut Book,
    site: &Site,
    limits: &Limits,
    sink: &mut dyn RowSink,
) -> Result<String, Diagnostic> {
    let names: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut best: Option<(usize, String)> = None;
    for name in names {
        let mut score = 0;
        let mut seen = 0;
        let wanted = sink.wanted();
        rows(book, &name, site, limits, &mut |event| {
            if let Event::Row(row) = event {
                let (found, complete) = wanted.score(row);
                score = score.max(found + usize::from(complete) * 1_000);
            }
            seen += 1;
            Ok(seen < SEARCHED)
        })?;
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, name));
        }
    }
    best.map(|(_, name)| name).ok_or_else(|| site.file_error("ZH3003"))
}

/// Key and value pairs of the hidden template sheet, at most twenty.
fn template_marks(
    book: &mut Book,
    site: &Site,
    limits: &Limits,
) -> Result<Vec<(String, String)>, Diagnostic> {
    let mut marks = Vec::new();
    if book.sheets_metadata().iter().any(|sheet| sheet.name == TEMPLATE_SHEET) {
        rows(book, TEMPLATE_SHEET, site, limits, &mut |event| {
            if let Event::Row(row) = event {
                let text = |at| crate::text::shown(row.cell(at).1, 200);
                marks.push((text(0), text(1)));
            }
            Ok(marks.len() < 20)
        })?;
    }
    Ok(marks)
}

enum Event<'a> {
    Row(&'a RowBuf),
    Bad(u64, Diagnostic),
}

/// Streams the rows of a sheet; `each` answers whether to go on.
fn rows(
    book: &mut Book,
    sheet: &str,
    site: &Site,
    limits: &Limits,
    each: &mut dyn FnMut(Event<'_>) -> Result<bool, Diagnostic>,
) -> Result<(), Diagnostic> {
    let is_1904 = book.has_1904_epoch();
    let mut cells = match book.worksheet_cells_reader(sheet) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return Err(broken(site, &error)),
    };
    let mut row = RowBuf::default();
    let mut fault: Option<Diagnostic> = None;
    let mut number = String::new();
    let mut count = 0_u64;
    let mut current: Option<u32> = None;
    loop {
        let cell = cells.next_cell().map_err(|error| broken(site, &error))?;
        let place = cell.as_ref().map(calamine::Cell::get_position);
        if place.map(|(line, _)| line) != current {
            if current.is_some() {
                let event = match fault.take() {
                    Some(problem) => Event::Bad(row.number, problem),
                    None => Event::Row(&row),
                };
                if !each(event)? {
                    return Ok(());
                }
            }
            let Some((line, _)) = place else { return Ok(()) };
            if current.is_some_and(|before| line < before) {
                return Err(site
                    .file_error("ZH3011")
                    .arg("why", format!("row {} after row {}", line + 1, row.number)));
            }
            current = Some(line);
            row.clear(u64::from(line) + 1);
        }
        let Some(cell) = cell else { return Ok(()) };
        count += 1;
        if count > limits.cells {
            return Err(site.file_error("ZH3010").arg("what", "cells").arg("limit", limits.cells));
        }
        let column = cell.get_position().1 as usize;
        let value = cell.get_value();
        if matches!(value, DataRef::Empty) || fault.is_some() {
            continue;
        }
        if column >= limits.columns {
            fault = Some(site.row_error("ZH3018", row.number).arg("limit", limits.columns));
            continue;
        }
        if !row.is_empty() && column < row.len() {
            fault = Some(site.row_error("ZH3109", row.number));
            continue;
        }
        put(&mut row, column, value, is_1904, &mut number);
        if row.bytes() > limits.row_bytes {
            fault = Some(site.row_error("ZH3105", row.number).arg("limit", limits.row_bytes));
        } else if row.cell(column).1.len() > limits.cell_bytes {
            fault = Some(site.row_error("ZH3104", row.number).arg("limit", limits.cell_bytes));
        }
    }
}

fn put(row: &mut RowBuf, column: usize, value: &DataRef<'_>, is_1904: bool, number: &mut String) {
    match value {
        DataRef::Empty => {}
        DataRef::String(text) => row.set(column, Kind::Text, text),
        DataRef::SharedString(text) => row.set(column, Kind::Text, text),
        DataRef::Int(whole) => row.set(column, Kind::Number, &whole.to_string()),
        DataRef::Float(float) => {
            let exact = write_number(number, *float);
            row.set(column, if exact { Kind::Number } else { Kind::Inexact }, number);
        }
        DataRef::Bool(truth) => row.set(column, Kind::Bool, if *truth { "true" } else { "false" }),
        DataRef::DateTime(moment) if moment.is_datetime() => match serial_date(moment.as_f64(), is_1904) {
            SerialDate::Day(day) => row.set(column, Kind::Date, &day.to_string()),
            SerialDate::NoSuchDay => row.set(column, Kind::Fault, "1900-02-29"),
            SerialDate::OutOfRange => row.set(column, Kind::Fault, &moment.as_f64().to_string()),
        },
        DataRef::DateTime(span) => {
            let exact = write_number(number, span.as_f64());
            row.set(column, if exact { Kind::Number } else { Kind::Inexact }, number);
        }
        DataRef::DateTimeIso(text) => row.set(column, Kind::Date, text),
        DataRef::DurationIso(text) => row.set(column, Kind::Text, text),
        DataRef::Error(error) => row.set(column, Kind::Fault, &error.to_string()),
    }
}
