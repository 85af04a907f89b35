//! Any file → rows of cells, streaming, with bounded memory.
//!
//! Every format is a function that pushes rows into one [`RowSink`]; pushing (rather than an iterator) lets the
//! workbook reader lend its strings without copies. A row that cannot be read is reported and passed over; only
//! what makes the rest unreadable (an unclosed quote, a broken archive) ends the reading.

mod archive;
mod decode;
mod delimited;
mod footer;
mod header;
mod json;
mod json_value;
mod parquet;
mod records;
mod row;
mod serial;
mod sniff;
mod xlsx;

use std::fs::File;

use serde::{Deserialize, Serialize};
use zhiheng_base::Diagnostic;
use zhiheng_catalog::model::FileFormat;

use crate::limits::Limits;
use crate::problem::Site;

pub use header::Wanted;
pub use row::{Kind, RowBuf};
pub use serial::{SerialDate, serial_date};
pub(crate) use xlsx::TEMPLATE_SHEET;

/// What is known of a file once its header has been found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Format, declared or recognised.
    pub format: FileFormat,
    /// True for `.gz`.
    pub packed: bool,
    /// Character encoding as far as it is certain (`UTF-8`, `GB18030`, `UTF-16LE`); `None` while everything
    /// read so far is ASCII, and for formats that state it themselves.
    pub encoding: Option<String>,
    /// Sheet, for workbooks.
    pub sheet: Option<String>,
    /// Row of the header, from 1; 0 where there is none (JSON, Parquet).
    pub header_row: u64,
    /// Column titles in order.
    pub columns: Vec<String>,
    /// What the hidden sheet of a template says, by key.
    pub template: Vec<(String, String)>,
}

/// What is known only at the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tail {
    /// Character encoding of the whole file.
    pub encoding: Option<String>,
    /// Rows without any content, which are not counted as seen.
    pub blank: u64,
}

/// Takes rows as they are read. An `Err` ends the reading and becomes its result.
pub trait RowSink {
    /// Titles to look for when the header is searched.
    fn wanted(&self) -> &Wanted;

    /// The header has been found; called once, before any row.
    fn head(&mut self, head: &Head) -> Result<(), Diagnostic>;

    /// A column that appeared later (JSON objects need not have the same names); its index is the number of
    /// columns before.
    fn column(&mut self, name: &str) -> Result<(), Diagnostic>;

    /// A row.
    fn row(&mut self, row: &RowBuf) -> Result<(), Diagnostic>;

    /// A row that could not be read.
    fn bad(&mut self, row: u64, problem: Diagnostic) -> Result<(), Diagnostic>;

    /// Bytes of the file consumed so far, for progress.
    fn progress(&mut self, _bytes: u64) {}
}

/// Reads `file` (open at its beginning) into `sink`. Without a declared format, the first bytes tell it.
pub fn read(
    file: File,
    site: &Site,
    format: Option<FileFormat>,
    limits: &Limits,
    sink: &mut dyn RowSink,
) -> Result<Tail, Diagnostic> {
    let opened = sniff::open(file, site, format, limits)?;
    match opened {
        sniff::Opened::Workbook(file) => xlsx::read(file, site, limits, sink),
        sniff::Opened::Parquet(file) => parquet::read(file, site, limits, sink),
        sniff::Opened::Text { format, packed, source } => match format {
            FileFormat::Jsonl | FileFormat::Json => json::read(source, format, packed, site, limits, sink),
            _ => delimited::read(source, format, packed, site, limits, sink),
        },
    }
}
