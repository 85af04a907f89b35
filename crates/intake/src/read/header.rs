//! Where the header is: among the first twenty rows, the one whose titles are known.
//!
//! Offices put merged titles, units and dates above a table, so the header is searched by what it says.

use zhiheng_base::Diagnostic;

use super::{Head, Kind, RowBuf, RowSink};
use crate::problem::Site;
use crate::text::fold_header;

/// Rows in which the header is searched.
pub(super) const SEARCHED: usize = 20;

/// Column titles to look for: per field the folded titles that mean it, and whether it must be there.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Folded titles and whether a column is required.
    pub columns: Vec<(Vec<String>, bool)>,
}

impl Wanted {
    /// How well a row of titles fits: columns found, and whether all required ones are among them.
    pub fn score(&self, row: &RowBuf) -> (usize, bool) {
        let titles: Vec<String> = (0..row.len())
            .map(|at| row.cell(at))
            .filter(|(kind, text)| *kind == Kind::Text && text.len() <= 400)
            .map(|(_, text)| fold_header(text))
            .collect();
        let mut found = 0;
        let mut complete = true;
        for (names, required) in &self.columns {
            if names.iter().any(|name| titles.contains(name)) {
                found += 1;
            } else if *required {
                complete = false;
            }
        }
        (found, complete && found > 0)
    }
}

/// Holds the first rows back until the header is among them, then lets rows through.
pub(super) struct HeaderSearch<'s> {
    sink: &'s mut dyn RowSink,
    site: &'s Site,
    head: Head,
    held: Vec<RowBuf>,
    width: Option<usize>,
    /// Rows with more or fewer cells than the header are refused (text formats; a workbook has no ends of
    /// rows).
    strict: bool,
    /// Blank rows after the header.
    pub(super) blank: u64,
}

impl<'s> HeaderSearch<'s> {
    pub(super) fn new(
        sink: &'s mut dyn RowSink,
        site: &'s Site,
        head: Head,
        strict: bool,
    ) -> HeaderSearch<'s> {
        HeaderSearch { sink, site, head, held: Vec::new(), width: None, strict, blank: 0 }
    }

    /// What is known of the encoding may change until the header is settled.
    pub(super) fn encoding(&mut self, encoding: Option<&'static str>) {
        if self.width.is_none() {
            self.head.encoding = encoding.map(str::to_owned);
        }
    }

    pub(super) fn push(&mut self, row: &RowBuf) -> Result<(), Diagnostic> {
        let Some(width) = self.width else {
            if row.blank_from(0) {
                return Ok(());
            }
            self.held.push(row.clone());
            let (_, complete) = self.sink.wanted().score(row);
            if complete || self.held.len() == SEARCHED {
                self.settle()?
            }
            return Ok(());
        };
        self.forward(row, width)
    }

    fn forward(&mut self, row: &RowBuf, width: usize) -> Result<(), Diagnostic> {
        if row.blank_from(0) {
            self.blank += 1;
            return Ok(());
        }
        if self.strict && (row.len() < width || !row.blank_from(width)) {
            let problem =
                self.site.row_error("ZH3101", row.number).arg("cells", row.len()).arg("columns", width);
            return self.sink.bad(row.number, problem);
        }
        self.sink.row(row)
    }

    /// A row that could not be read. Above the header it is of no interest.
    pub(super) fn bad(&mut self, row: u64, problem: Diagnostic) -> Result<(), Diagnostic> {
        if self.width.is_none() && !self.held.is_empty() {
            // Rows are numbered in order, so the header must be settled before anything is refused.
            self.settle()?;
        }
        if self.width.is_none() {
            return Err(problem);
        }
        self.sink.bad(row, problem)
    }

    pub(super) fn progress(&mut self, bytes: u64) {
        self.sink.progress(bytes);
    }

    fn settle(&mut self) -> Result<(), Diagnostic> {
        let held = std::mem::take(&mut self.held);
        let mut best = (0, 0);
        for (at, row) in held.iter().enumerate() {
            let (found, complete) = self.sink.wanted().score(row);
            let score = found + usize::from(complete) * 1_000;
            if score > best.1 {
                best = (at, score);
            }
        }
        let Some(header) = held.get(best.0) else {
            return Err(self.site.file_error("ZH3003"));
        };
        let mut columns: Vec<String> =
            (0..header.len()).map(|at| header.cell(at).1.trim().to_owned()).collect();
        while columns.last().is_some_and(String::is_empty) {
            columns.pop();
        }
        let width = columns.len();
        self.head.columns = columns;
        self.head.header_row = header.number;
        self.width = Some(width);
        self.sink.head(&self.head)?;
        for row in &held[best.0 + 1..] {
            self.forward(row, width)?;
        }
        Ok(())
    }

    /// No more rows.
    pub(super) fn finish(mut self) -> Result<u64, Diagnostic> {
        if self.width.is_none() {
            self.settle()?;
        }
        Ok(self.blank)
    }
}
