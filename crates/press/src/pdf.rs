//! PDF, set by Typst on the grid of GB/T 9704-2012.
//!
//! A4, margins 37/35/28/26 mm, 22 lines of 28 characters in 16 pt Fangsong; the measures stand in
//! `templates/grid.typ`, on which reports (`gbt9704.typ`) and letters (`letter.typ`) are set. Either goes to its template as `/report.json`; no text of a user is ever
//! markup. The file is PDF/UA-1: tagged, with bookmarks, a title and a language; a figure without words is
//! refused. Every number links to its address.

mod blocks;
mod letter;
mod sheet;
mod world;

use std::collections::BTreeSet;

use serde::Serialize;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfStandard, PdfStandards, Timestamp};
use zhiheng_publish::letter::Letter;
use zhiheng_publish::model::Report;

use crate::clean;
use crate::error::PressError;
use crate::fonts::{FontSet, Role};
use crate::imprint::{Imprint, LetterImprint};
use crate::options::PressOptions;
use world::{PressWorld, Template};

/// Prints `report` as a PDF/UA-1 file.
///
/// # Errors
///
/// ZH6501 for a figure without text alternative; [`PressError::Typeset`] when a drawing is not SVG.
pub fn pdf(report: &Report, fonts: &FontSet, options: &PressOptions) -> Result<Vec<u8>, PressError> {
    let document = typeset_report(report, fonts, options)?;
    export(&document, Imprint::of(report, options).line(), &report.pins.program, options)
}

/// Prints `letter` as a PDF/UA-1 file.
///
/// # Errors
///
/// As for [`pdf`].
pub fn letter_pdf(letter: &Letter, fonts: &FontSet, options: &PressOptions) -> Result<Vec<u8>, PressError> {
    let letter = clean::letter(letter);
    let sheet = letter::sheet(&letter, fonts, options)?;
    let document = typeset(Template::Letter, &sheet, fonts)?;
    export(&document, LetterImprint::of(&letter, options).line(), env!("CARGO_PKG_VERSION"), options)
}

/// How many pages the print has.
///
/// # Errors
///
/// As for [`pdf`].
pub fn pages(report: &Report, fonts: &FontSet, options: &PressOptions) -> Result<usize, PressError> {
    Ok(typeset_report(report, fonts, options)?.pages().len())
}

fn typeset_report(
    report: &Report,
    fonts: &FontSet,
    options: &PressOptions,
) -> Result<PagedDocument, PressError> {
    let report = clean::report(report);
    typeset(Template::Report, &sheet::sheet(&report, fonts, options)?, fonts)
}

fn typeset(template: Template, sheet: &impl Serialize, fonts: &FontSet) -> Result<PagedDocument, PressError> {
    let json = serde_json::to_string(sheet).map_err(|problem| PressError::Typeset(problem.to_string()))?;
    let world = PressWorld::new(fonts.clone(), template, printable(json, fonts).into_bytes())?;
    typst::compile::<PagedDocument>(&world).output.map_err(|problems| refusal(&problems))
}

fn export(
    document: &PagedDocument,
    imprint: String,
    program: &str,
    options: &PressOptions,
) -> Result<Vec<u8>, PressError> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1])
        .map_err(|problem| PressError::Typeset(problem.message().to_string()))?;
    let pdf_options = typst_pdf::PdfOptions {
        // The identifier follows from what the document is, not from when it was printed.
        ident: Smart::Custom(imprint),
        creator: Smart::Custom(Some(format!("Zhiheng {program}"))),
        timestamp: options.date.and_then(timestamp),
        standards,
        ..typst_pdf::PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(document, &pdf_options).map_err(|problems| refusal(&problems))?;
    // Results of two more prints stay in memory for the next one; a server would grow without this.
    typst::comemo::evict(2);
    Ok(bytes)
}

/// Stands for a character that no font has, as printers' substitutes do.
const SUBSTITUTE: char = '\u{3013}';

/// The data with a substitute for every character that no font has: PDF/UA refuses a file with an empty box, and
/// one rare name must not keep a report from being printed. [`crate::check()`] names such characters.
fn printable(json: String, fonts: &FontSet) -> String {
    let chars: BTreeSet<char> = json.chars().filter(|c| !c.is_ascii()).collect();
    let missing: BTreeSet<char> = Role::ALL.iter().flat_map(|role| fonts.missing(*role, &chars)).collect();
    if missing.is_empty() {
        return json;
    }
    json.chars().map(|c| if missing.contains(&c) { SUBSTITUTE } else { c }).collect()
}

fn timestamp(date: zhiheng_base::Date) -> Option<Timestamp> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    let datetime = typst::foundations::Datetime::from_ymd_hms(i32::from(date.year()), month, day, 0, 0, 0)?;
    Some(Timestamp::new_utc(datetime))
}

fn refusal(problems: &[SourceDiagnostic]) -> PressError {
    let lines: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    PressError::Typeset(lines.join("\n"))
}
