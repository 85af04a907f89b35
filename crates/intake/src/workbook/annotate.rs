//! The user's own workbook back: wrong cells filled and commented, and a list of errors that links to them.
//!
//! Everything else stays: formats, merged cells, drop-downs, formulas, widths. Marks of an earlier round are taken
//! away first. Runs in the child process: the workbook is still the hostile one.

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};

use umya_spreadsheet::structs::Comment;
use umya_spreadsheet::{Workbook, Worksheet};
use zhiheng_base::{Diagnostic, Lang};

use super::mark::{self, AUTHOR, FLAGGED, Line, WRONG};
use super::table;
use crate::worker::{Done, Request};

/// Marks `problems` in `file`: an `.xlsx` keeps all it has, any other format becomes an `.xlsx`.
pub fn annotate(
    mut file: File,
    request: &Request,
    problems: &[Diagnostic],
    done: &Done,
    lang: Lang,
) -> Result<Vec<u8>, Diagnostic> {
    let site = crate::problem::Site { file: request.name.clone(), sheet: None };
    let unreadable = |error: std::io::Error| site.file_error("ZH3001").arg("why", error);
    let lines = mark::lines(problems, lang);
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    let mut start = [0_u8; 4];
    let is_workbook = file.read_exact(&mut start).is_ok() && &start == b"PK\x03\x04";
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    if !is_workbook {
        return table::annotated(file, request, &lines, done, lang);
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    let sheet = problems.iter().find_map(|problem| match &problem.at {
        zhiheng_base::Place::Cell { sheet, .. } => sheet.clone(),
        _ => None,
    });
    let broken = |why: &dyn std::fmt::Display| site.file_error("ZH3022").arg("why", why);
    let mut book = umya_spreadsheet::reader::xlsx::read_reader(Cursor::new(bytes), true)
        .map_err(|error| broken(&error))?;
    take_away(&mut book, lang);
    if let Some(sheet) = &sheet {
        let marked = book.sheet_by_name_mut(sheet).map_err(|error| broken(&error))?;
        mark_cells(marked, &lines);
        add_list(&mut book, sheet, &lines, lang).map_err(|why| broken(&why))?;
    }
    let mut out = Vec::new();
    umya_spreadsheet::writer::xlsx::write_writer(&book, &mut out).map_err(|error| broken(&error))?;
    // The process ends with this answer; taking millions of cells apart first would only make it wait.
    std::mem::forget(book);
    Ok(out)
}

fn argb(rgb: u32) -> String {
    format!("FF{rgb:06X}")
}

/// Removes what an earlier round has marked.
fn take_away(book: &mut Workbook, lang: Lang) {
    for language in [lang, Lang::Zh, Lang::En] {
        // There is none the first time.
        let _ = book.remove_sheet_by_name(&mark::sheet_name(language));
    }
    for sheet in book.sheet_collection_mut() {
        let ours: Vec<(u32, u32)> = sheet
            .comments()
            .iter()
            .filter(|comment| comment.author() == AUTHOR)
            .map(|comment| (comment.coordinate().col_num(), comment.coordinate().row_num()))
            .collect();
        if ours.is_empty() {
            continue;
        }
        sheet.comments_mut().retain(|comment| comment.author() != AUTHOR);
        for place in ours {
            let style = sheet.style_mut(place);
            let filled = style.background_color().map(|color| color.argb_str().to_owned());
            if filled.is_some_and(|color| color == argb(WRONG) || color == argb(FLAGGED)) {
                style.remove_fill();
            }
        }
    }
}

fn mark_cells(sheet: &mut Worksheet, lines: &[Line]) {
    for ((_, cell), (severity, text)) in mark::comments(lines) {
        sheet.style_mut(cell.as_str()).set_background_color(argb(mark::fill(severity)));
        // One comment a cell: a note of the user's own stays, and ours stands in the list.
        let taken = sheet.comments().iter().any(|comment| comment.coordinate().to_string() == cell);
        if !taken {
            let mut comment = Comment::default();
            comment.new_comment(cell.as_str());
            comment.set_author(AUTHOR);
            comment.set_text_string(text);
            sheet.add_comments(comment);
        }
    }
}

fn add_list(book: &mut Workbook, marked: &str, lines: &[Line], lang: Lang) -> Result<(), String> {
    let list = book.new_sheet(mark::sheet_name(lang)).map_err(|error| error.to_string())?;
    for (column, title) in mark::titles(lang).into_iter().enumerate() {
        let place = (column as u32 + 1, 1);
        list.cell_mut(place).set_value_string(title);
        list.style_mut(place).font_mut().set_bold(true);
        list.column_dimension_by_number_mut(place.0).set_width(mark::WIDTHS[column]);
    }
    for (at, line) in lines.iter().enumerate() {
        let row = at as u32 + 2;
        for (column, text) in mark::cells(line, lang).into_iter().enumerate() {
            let cell = list.cell_mut((column as u32 + 1, row));
            match column {
                0 => {
                    cell.set_value_number(line.row as f64);
                }
                // As text, whatever it begins with: nothing here is ever a formula.
                _ => {
                    cell.set_value_string(text);
                }
            }
            if column == 1 {
                cell.hyperlink_mut().set_location(true).set_url(format!(
                    "{}!{}",
                    mark::quoted_sheet(marked),
                    line.cell
                ));
            }
        }
    }
    Ok(())
}
