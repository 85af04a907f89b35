//! DOCX: the draft that circulates and is edited, with the same structure as the PDF.
//!
//! WordprocessingML is written here directly (ECMA-376, transitional): the writers at hand know neither the
//! repeated header row of a table nor the text alternative of a picture, number their parts from a global
//! counter, and so give other bytes each time. Styles carry the measures of GB/T 9704-2012; fonts are named,
//! not embedded. A header says that an edited copy stands for itself.

mod body;
mod letter;
mod package;
mod table;
mod xml;

use zhiheng_publish::letter::Letter;
use zhiheng_publish::model::Report;

use crate::clean;
use crate::error::PressError;
use crate::fonts::FontSet;
use crate::options::PressOptions;
use package::Particulars;

/// Writes `report` as a DOCX file; drawings become pictures in the fonts of the documents.
///
/// # Errors
///
/// [`PressError::Drawing`] when a drawing is not SVG, [`PressError::Write`] when the file cannot be put
/// together.
pub fn docx(report: &Report, fonts: &FontSet, options: &PressOptions) -> Result<Vec<u8>, PressError> {
    let report = clean::report(report);
    let content = body::body(&report, fonts, options)?;
    package::package(&Particulars::of(&report, options), options, content)
}

/// Writes `letter` as a DOCX file.
///
/// # Errors
///
/// As for [`docx`].
pub fn letter_docx(letter: &Letter, fonts: &FontSet, options: &PressOptions) -> Result<Vec<u8>, PressError> {
    let letter = clean::letter(letter);
    let content = letter::body(&letter, fonts, options)?;
    package::package(&letter::particulars(&letter, options), options, content)
}
