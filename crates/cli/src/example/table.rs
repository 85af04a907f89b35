//! A file of records about to be written as CSV.

use std::io::Write;
use std::path::Path;

use zhiheng_base::csv;

/// Rows for one record type.
#[derive(Debug)]
pub(crate) struct FileOfRecords {
    /// Record type id.
    pub(crate) of: &'static str,
    /// File name.
    pub(crate) name: &'static str,
    /// True for quoted figures, false for made rows.
    pub(crate) published: bool,
    /// Column headers: field ids.
    pub(crate) headers: Vec<String>,
    /// Cells.
    pub(crate) rows: Vec<Vec<String>>,
}

/// Column headers.
pub(crate) fn titles(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|&id| id.to_owned()).collect()
}

impl FileOfRecords {
    /// Writes CSV (UTF-8).
    pub(crate) fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
        for row in std::iter::once(&self.headers).chain(&self.rows) {
            writeln!(out, "{}", csv::line(row, ','))?;
        }
        out.flush()
    }
}
