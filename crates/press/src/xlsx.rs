//! XLSX: the annex of numbers. One sheet a table and a figure, numbers as numbers, definitions and imprint.
//!
//! Text is written as text: a cell that begins with `=`, `+`, `-` or `@` is never a formula. Links are
//! written once a cell, up to the number that spreadsheet programs accept.

use std::collections::BTreeSet;

use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Url, Workbook, Worksheet, XlsxError,
};
use zhiheng_publish::model::{Block, Cell, Inline, Report, Table};

use crate::clean;
use crate::columns::ems;
use crate::error::PressError;
use crate::imprint::Imprint;
use crate::links::link;
use crate::options::PressOptions;
use crate::wording::Wording;

/// Links that a worksheet may hold; the format allows 65,530.
const LINKS: usize = 60_000;

/// Rows of a sheet above the table: caption and an empty row.
const ABOVE: u32 = 2;

/// Writes the tables and the figures' data of `report` as an XLSX file.
///
/// # Errors
///
/// [`PressError::Write`] when a table has more rows or columns than a sheet.
pub fn xlsx(report: &Report, options: &PressOptions) -> Result<Vec<u8>, PressError> {
    let report = clean::report(report);
    workbook(&report, options).map_err(|problem| PressError::write("xlsx", problem))
}

/// A table with the name of its sheet.
struct Annex<'a> {
    sheet: String,
    table: &'a Table,
    caption: String,
    source: Option<&'a str>,
}

fn workbook(report: &Report, options: &PressOptions) -> Result<Vec<u8>, XlsxError> {
    let words = Wording::of(report);
    let annexes = annexes(report);
    let mut book = Workbook::new();
    let date = options.date.map_or((1980, 1, 1), |date| (date.year(), date.month(), date.day()));
    let date = ExcelDateTime::from_ymd(
        u16::try_from(date.0).unwrap_or(1980),
        u8::try_from(date.1).unwrap_or(1),
        u8::try_from(date.2).unwrap_or(1),
    )?;
    book.set_properties(
        &DocProperties::new()
            .set_title(&report.title)
            .set_author(report.issue.office.as_deref().unwrap_or(""))
            .set_keywords(Imprint::of(report, options).line())
            .set_creation_datetime(&date),
    );
    for annex in &annexes {
        write_table(book.add_worksheet(), annex, options, words)?;
    }
    write_notes(book.add_worksheet(), report, &annexes)?;
    write_imprint(book.add_worksheet(), report)?;
    book.save_to_buffer()
}

fn annexes(report: &Report) -> Vec<Annex<'_>> {
    let words = Wording::of(report);
    let mut taken = BTreeSet::new();
    let mut found = Vec::new();
    for block in &report.blocks {
        let (number, table, source, caption) = match block {
            Block::Table(table) => (words.table(table.number), table, None, &table.caption),
            Block::Figure(figure) => {
                (words.figure(figure.number), &figure.twin, Some(figure.source.as_str()), &figure.caption)
            }
            _ => continue,
        };
        if table.columns.is_empty() {
            continue;
        }
        let wanted = if number.is_empty() { words.word("table").trim().to_owned() } else { number.clone() };
        let sheet = sheet_name(&wanted, &mut taken);
        found.push(Annex { sheet, table, caption: words.caption(&number, caption), source });
    }
    found
}

/// A name that a sheet may have and no other sheet has.
fn sheet_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let clean: String = wanted
        .chars()
        .filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\''))
        .take(24)
        .collect();
    let mut name = clean.clone();
    let mut n = 2;
    while name.is_empty() || !taken.insert(name.to_lowercase()) {
        name = format!("{clean} {n}");
        n += 1;
    }
    name
}

fn heading() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border_top(FormatBorder::Medium)
        .set_border_bottom(FormatBorder::Thin)
}

fn write_table(
    sheet: &mut Worksheet,
    annex: &Annex<'_>,
    options: &PressOptions,
    words: Wording,
) -> Result<(), XlsxError> {
    let table = annex.table;
    sheet.set_name(&annex.sheet)?;
    sheet.write_string_with_format(0, 0, &annex.caption, &Format::new().set_bold().set_font_size(13))?;
    for (index, column) in (0_u16..).zip(&table.columns) {
        let head = words.column(&column.title, column.unit.as_deref());
        let side = if column.number { FormatAlign::Right } else { FormatAlign::Left };
        sheet.write_string_with_format(ABOVE, index, &head, &heading().set_align(side))?;
        let cells =
            table.rows.iter().filter_map(|row| row.get(usize::from(index))).map(|cell| ems(&cell.text));
        let widest = cells.fold(ems(&head).min(14.0), f64::max);
        sheet.set_column_width(index, (widest * 2.0 + 2.0).clamp(8.0, 60.0))?;
    }
    let mut links = 0;
    for (line, row) in (ABOVE + 1..).zip(&table.rows) {
        for (index, cell) in (0_u16..).zip(row) {
            let numeric = table.columns.get(usize::from(index)).is_some_and(|column| column.number);
            write_cell(sheet, line, index, cell, numeric, words)?;
            let url = cell.address.as_deref().and_then(|address| link(&options.links, address));
            if let Some(url) = url.filter(|_| links < LINKS) {
                links += add_link(sheet, line, index, &url, cell, numeric, words)?;
            }
        }
    }
    let last = ABOVE + u32::try_from(table.rows.len()).unwrap_or(u32::MAX - ABOVE);
    let right = u16::try_from(table.columns.len() - 1).unwrap_or(u16::MAX);
    sheet.set_freeze_panes(ABOVE + 1, u16::from(!table.columns[0].number))?;
    if last > ABOVE {
        sheet.autofilter(ABOVE, 0, last, right)?;
    }
    let start = words.word("remark");
    let remarks =
        table.remarks.iter().map(String::as_str).chain(annex.source).filter(|text| !text.is_empty());
    for (offset, remark) in (2_u32..).zip(remarks) {
        let text = if offset == 2 && annex.source != Some(remark) {
            format!("{start}{remark}")
        } else {
            remark.to_owned()
        };
        sheet.write_string(last + offset, 0, text)?;
    }
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_repeat_rows(ABOVE, ABOVE)?;
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// The format of a cell: as many decimals as are printed, a mark behind values on a small base.
fn format(cell: &Cell, numeric: bool, words: Wording) -> Format {
    let format =
        if numeric { Format::new().set_align(FormatAlign::Right) } else { Format::new().set_text_wrap() };
    if cell.value.is_none() {
        return format.set_num_format("@");
    }
    let decimals = match cell.text.split_once('.') {
        Some((_, part)) => part.chars().take_while(char::is_ascii_digit).count(),
        None => 0,
    };
    let grouped = if cell.text.contains(',') { "#,##0" } else { "0" };
    let percent = if cell.text.contains('%') { "\"%\"" } else { "" };
    let mark =
        if cell.small { format!("\"{}\"", words.word("small-mark").replace('"', "")) } else { String::new() };
    let point = if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals)) };
    let number = format!("{grouped}{point}{percent}{mark}");
    let signed = if cell.text.starts_with('+') { format!("+{number};-{number};{number}") } else { number };
    format.set_num_format(signed)
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    numeric: bool,
    words: Wording,
) -> Result<(), XlsxError> {
    let format = format(cell, numeric, words);
    match cell.value.and_then(|value| value.to_f64()) {
        Some(value) if numeric => sheet.write_number_with_format(row, column, value, &format)?,
        _ if cell.text.is_empty() => sheet.write_blank(row, column, &format)?,
        _ => sheet.write_string_with_format(row, column, shown(cell, words), &format.set_num_format("@"))?,
    };
    Ok(())
}

/// The text of a cell with its mark.
fn shown(cell: &Cell, words: Wording) -> String {
    let mark = if cell.small { words.word("small-mark") } else { String::new() };
    format!("{}{mark}", cell.text)
}

/// Puts a link on a cell that keeps its value. Answers how many links were written.
fn add_link(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    url: &str,
    cell: &Cell,
    numeric: bool,
    words: Wording,
) -> Result<usize, XlsxError> {
    // Spreadsheets know only some schemes; another one would be taken for a file name.
    if !["http://", "https://"].iter().any(|scheme| url.starts_with(scheme)) {
        return Ok(0);
    }
    sheet.write_url_with_format(
        row,
        column,
        Url::new(url).set_text(shown(cell, words)),
        &format(cell, numeric, words),
    )?;
    write_cell(sheet, row, column, cell, numeric, words)?;
    Ok(1)
}

/// Captions, units, remarks and sources of all sheets, then the notes of the report.
fn write_notes(sheet: &mut Worksheet, report: &Report, annexes: &[Annex<'_>]) -> Result<(), XlsxError> {
    let words = Wording::of(report);
    sheet.set_name(words.word("sheet-notes"))?;
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (index, (name, width)) in (0_u16..).zip([
        ("sheet-kind", 12.0),
        ("sheet-caption", 44.0),
        ("sheet-unit", 24.0),
        ("sheet-remark", 80.0),
    ]) {
        sheet.write_string_with_format(0, index, words.word(name), &heading())?;
        sheet.set_column_width(index, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let mut row = 1;
    for annex in annexes {
        let units: BTreeSet<&str> =
            annex.table.columns.iter().filter_map(|column| column.unit.as_deref()).collect();
        let units = units.into_iter().collect::<Vec<_>>().join("\u{3001}");
        let remarks: Vec<&str> = annex.table.remarks.iter().map(String::as_str).chain(annex.source).collect();
        for (index, text) in (0_u16..).zip([&annex.sheet, &annex.caption, &units, &remarks.join("\n")]) {
            sheet.write_string_with_format(row, index, text.as_str(), &wrap)?;
        }
        row += 1;
    }
    if !report.notes.is_empty() {
        row += 1;
        sheet.write_string_with_format(row, 0, words.word("notes"), &heading())?;
    }
    for (index, note) in report.notes.iter().enumerate() {
        row += 1;
        sheet.write_string(row, 0, format!("[{}]", index + 1))?;
        sheet.write_string(row, 1, plain(note))?;
    }
    Ok(())
}

/// A stretch of text without links.
fn plain(content: &[Inline]) -> String {
    content.iter().fold(String::new(), |mut out, inline| {
        match inline {
            Inline::Text(text) | Inline::Strong(text) | Inline::Number { text, .. } => out.push_str(text),
            Inline::NoteRef(n) => out.push_str(&format!("[{n}]")),
        }
        out
    })
}

/// What the report was computed from, one line an item.
fn write_imprint(sheet: &mut Worksheet, report: &Report) -> Result<(), XlsxError> {
    let words = Wording::of(report);
    sheet.set_name(words.word("sheet-imprint"))?;
    sheet.set_column_width(0, 20)?;
    sheet.set_column_width(1, 80)?;
    sheet.write_string_with_format(0, 0, words.word("item"), &heading())?;
    sheet.write_string_with_format(0, 1, words.word("content"), &heading())?;
    let pins = &report.pins;
    let lines = [
        ("report", report.id.clone()),
        ("region", pins.region.clone()),
        ("period", pins.period.clone()),
        ("ledger-size", pins.ledger_size.to_string()),
        ("ledger-root", pins.ledger_root.clone()),
        ("catalog-digest", pins.catalog.clone()),
        ("version", pins.program.clone()),
    ];
    for (row, (name, text)) in (1_u32..).zip(&lines) {
        sheet.write_string(row, 0, words.word(name))?;
        sheet.write_string(row, 1, text)?;
    }
    let end = u32::try_from(lines.len()).unwrap_or(0) + 2;
    for (row, text) in
        (end..).zip([words.verify(report), words.word("edited")].iter().chain(&report.synthetic))
    {
        sheet.write_string(row, 0, text)?;
    }
    Ok(())
}
