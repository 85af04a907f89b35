//! Diagnostics of import: one place where file, sheet, row, cell and field are put into words' arguments.

use zhiheng_base::{Diagnostic, Place};

use crate::text::{column_letters, shown};

/// Longest piece of a cell that a message repeats, in characters.
const SHOWN: usize = 60;

/// The file (and sheet) that is being read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Path as the user wrote it.
    pub file: String,
    /// Sheet, for workbooks.
    pub sheet: Option<String>,
}

impl Site {
    /// A problem with the whole file.
    pub fn file_error(&self, code: &'static str) -> Diagnostic {
        Diagnostic::error(code).arg("file", &self.file).at(Place::File(self.file.clone()))
    }

    /// A place in the file: a row, and the header of a column if one is meant.
    pub fn cell(&self, row: u64, column: Option<&str>) -> Place {
        Place::Cell {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            row,
            column: column.map(str::to_owned),
        }
    }

    /// A row that is refused as a whole.
    pub fn row_error(&self, code: &'static str, row: u64) -> Diagnostic {
        Diagnostic::error(code).arg("row", row).at(self.cell(row, None))
    }
}

/// Adds the name of the cell (`E17`) to a diagnostic, so that a workbook can be marked.
#[must_use]
pub fn name_cell(diagnostic: Diagnostic, column: usize, row: u64) -> Diagnostic {
    diagnostic.arg("cell", format!("{}{row}", column_letters(column)))
}

/// A cell's text as messages repeat it: short, and without anything a terminal would act on.
pub fn quoted(text: &str) -> String {
    shown(text, SHOWN)
}
