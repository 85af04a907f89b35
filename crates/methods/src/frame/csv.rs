//! A [`Frame`] from the bytes of a CSV file, with the place of whatever is wrong with it.
//!
//! RFC 4180 with comma or tab (whichever the header uses), UTF-8 with or without a byte order mark. Every row must
//! have as many cells as the header: a cell too many or too few means that commas stand where they should not, and
//! guessing would move figures from one column to another.

use std::fmt;

use super::Frame;
use crate::refusal::Refusal;

/// Most columns that are read.
const COLUMNS_MAX: usize = 4096;

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Row as one counts it in the file, from 1; the header counts.
    pub row: u64,
    /// Title of the column, if one is meant.
    pub column: Option<String>,
    /// What is wrong.
    pub what: Wrong,
}

/// What can be wrong with a CSV file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// There is no header.
    Empty,
    /// The bytes are not UTF-8.
    NotUtf8,
    /// A null character.
    Nul,
    /// A quote is opened and never closed.
    Unclosed,
    /// Text stands between a closing quote and the next comma.
    AfterQuote,
    /// The row has another number of cells than the header.
    Cells {
        /// Cells of the row.
        found: usize,
        /// Cells of the header.
        needed: usize,
    },
    /// A column of the header has no title.
    NoTitle,
    /// Two columns have this title.
    Twice,
    /// The header has more columns than are read.
    ManyColumns,
}

impl Wrong {
    /// A word for the kind, which a caller can look its sentence up by.
    pub fn word(&self) -> &'static str {
        match self {
            Wrong::Empty => "empty",
            Wrong::NotUtf8 => "encoding",
            Wrong::Nul => "nul",
            Wrong::Unclosed => "unclosed",
            Wrong::AfterQuote => "after-quote",
            Wrong::Cells { .. } => "cells",
            Wrong::NoTitle => "no-title",
            Wrong::Twice => "twice",
            Wrong::ManyColumns => "many-columns",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}", self.row)?;
        if let Some(column) = &self.column {
            write!(f, ", column {column:?}")?;
        }
        write!(f, ": {}", self.what.word())?;
        if let Wrong::Cells { found, needed } = self.what {
            write!(f, ", {found} where {needed} belong")?;
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Refusal::Contradiction { what: fault.to_string() }
    }
}

impl Frame {
    /// Reads a table of the catalog: a CSV file that may begin with lines of remarks, each after `#`.
    pub fn from_table(text: &str) -> Result<Frame, Fault> {
        let remarks = text.split_inclusive('\n').take_while(|line| line.starts_with('#'));
        let (lines, bytes) = remarks.fold((0, 0), |(lines, bytes), line| (lines + 1, bytes + line.len()));
        let table = text.as_bytes().get(bytes..).unwrap_or_default();
        Frame::from_csv(table).map_err(|fault| Fault { row: fault.row + lines, ..fault })
    }

    /// Reads a whole file.
    ///
    /// Empty lines at the end are dropped; elsewhere an empty line is a row with one blank cell. Rows of a
    /// [`crate::Refusal`] count from 0 without the header, so that row `r` there is row `r + 2` of a file without
    /// line breaks inside its cells.
    ///
    /// ```
    /// use zhiheng_methods::run::Frame;
    /// let frame = Frame::from_csv("x,n\n3,\"4\"\n".as_bytes()).unwrap();
    /// assert_eq!(frame.counts("n").unwrap(), [4]);
    /// let fault = Frame::from_csv(b"x,n\n3,4\n5\n").unwrap_err();
    /// assert_eq!(fault.to_string(), "row 3: cells, 1 where 2 belong");
    /// ```
    pub fn from_csv(bytes: &[u8]) -> Result<Frame, Fault> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
            Err(error) => {
                let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let row = before.split(|&byte| byte == b'\n').count() as u64;
                return Err(Fault { row, column: None, what: Wrong::NotUtf8 });
            }
        };
        let text = text.trim_end_matches(['\n', '\r']);
        let first = text.lines().next().unwrap_or_default();
        if first.trim().is_empty() {
            return Err(Fault { row: 1, column: None, what: Wrong::Empty });
        }
        let comma = if first.contains('\t') && !first.contains(',') { '\t' } else { ',' };
        let mut rows = Rows { rest: Some(text), comma, row: 0 };
        let header = rows.next_row().transpose();
        let header = header.map_err(|fault| Fault { column: None, ..fault })?.unwrap_or_default();
        check_header(&header)?;
        let mut body = Vec::new();
        while let Some(cells) = rows.next_row() {
            let cells = cells.map_err(|fault| fault.named(&header))?;
            if cells.len() != header.len() {
                let what = Wrong::Cells { found: cells.len(), needed: header.len() };
                return Err(Fault { row: rows.row, column: None, what });
            }
            body.push(cells);
        }
        Ok(Frame::new(&header, body))
    }
}

fn check_header(header: &[String]) -> Result<(), Fault> {
    let wrong = |column: Option<&String>, what| Err(Fault { row: 1, column: column.cloned(), what });
    if header.len() > COLUMNS_MAX {
        return wrong(None, Wrong::ManyColumns);
    }
    let mut titles: Vec<&str> = header.iter().map(|title| title.trim()).collect();
    if let Some(at) = titles.iter().position(|title| title.is_empty()) {
        // Nothing to call it by but its place.
        return wrong(Some(&(at + 1).to_string()), Wrong::NoTitle);
    }
    titles.sort_unstable();
    match titles.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => wrong(Some(&pair[0].to_owned()), Wrong::Twice),
        None => Ok(()),
    }
}

/// The rows of a text, cut one after the other.
struct Rows<'a> {
    rest: Option<&'a str>,
    comma: char,
    row: u64,
}

impl Fault {
    /// Replaces the number of a cell by the title of its column.
    fn named(mut self, header: &[String]) -> Fault {
        let place = self.column.as_ref().and_then(|place| place.parse::<usize>().ok());
        if let Some(place) = place {
            self.column = header.get(place).cloned();
        }
        self
    }
}

impl Rows<'_> {
    fn next_row(&mut self) -> Option<Result<Vec<String>, Fault>> {
        let mut rest = self.rest?;
        self.row += 1;
        let mut cells = Vec::new();
        loop {
            let fault = |what| {
                let column = Some(cells.len().to_string());
                Some(Err(Fault { row: self.row, column, what }))
            };
            let (cell, after) = if let Some(quoted) = rest.strip_prefix('"') {
                let Some(parts) = unquote(quoted) else { return fault(Wrong::Unclosed) };
                parts
            } else {
                let end = rest.find([self.comma, '\n']).unwrap_or(rest.len());
                let (cell, after) = rest.split_at(end);
                // The carriage return belongs to the end of the line.
                let ends = !after.starts_with(self.comma);
                let cell = if ends { cell.strip_suffix('\r').unwrap_or(cell) } else { cell };
                (cell.to_owned(), after)
            };
            if cell.contains('\0') {
                return fault(Wrong::Nul);
            }
            let after = after
                .strip_prefix('\r')
                .filter(|after| after.is_empty() || after.starts_with('\n'))
                .unwrap_or(after);
            if let Some(next) = after.strip_prefix(self.comma) {
                cells.push(cell);
                rest = next;
            } else if let Some(next) = after.strip_prefix('\n') {
                cells.push(cell);
                self.rest = Some(next);
                return Some(Ok(cells));
            } else if after.is_empty() {
                cells.push(cell);
                self.rest = None;
                return Some(Ok(cells));
            } else {
                return fault(Wrong::AfterQuote);
            }
        }
    }
}

/// The text up to the closing quote, doubled quotes halved, and what follows; `None` if none closes.
fn unquote(quoted: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = quoted;
    loop {
        let (before, after) = rest.split_once('"')?;
        cell.push_str(before);
        match after.strip_prefix('"') {
            Some(next) => {
                cell.push('"');
                rest = next;
            }
            None => return Some((cell, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str, column: &str) -> Vec<String> {
        Frame::from_csv(text.as_bytes()).unwrap().texts(column).unwrap().to_vec()
    }

    #[test]
    fn good_files() {
        assert_eq!(cells("\u{feff}a,b\r\n1,2\r\n", "b"), ["2"]);
        assert_eq!(cells("a,b\n\"x, \"\"y\"\"\nz\",2", "a"), ["x, \"y\"\nz"]);
        assert_eq!(cells("a\tb\n1,5\t2\n", "a"), ["1,5"]);
        assert_eq!(cells("a\n1\n\n3\n\n", "a"), ["1", "", "3"]);
        assert_eq!(cells("a,b\n1,\n", "b"), [""]);
        assert_eq!(cells(" a ,b\n\"1\",2\r\n", "a"), ["1"]);
        assert!(cells("a\n", "a").is_empty());
    }

    #[test]
    fn remarks_come_first() {
        let frame = Frame::from_table("# one, two\n# three\na,b\n1,#2\n").unwrap();
        assert_eq!(frame.texts("b").unwrap(), ["#2"]);
        let fault = Frame::from_table("# one\na,b\n1\n").unwrap_err();
        assert_eq!(fault.to_string(), "row 3: cells, 1 where 2 belong");
        assert!(Frame::from_table("# one").is_err());
    }

    #[test]
    fn bad_files_name_the_place() {
        let said = |bytes: &[u8]| Frame::from_csv(bytes).unwrap_err().to_string();
        assert_eq!(said(b""), "row 1: empty");
        assert_eq!(said(b"\n\n1"), "row 1: empty");
        assert_eq!(said(b"a,b\n1,2\n\xff,3"), "row 3: encoding");
        assert_eq!(said(b"a,b\n1,\"2\n3,4\n"), "row 2, column \"b\": unclosed");
        assert_eq!(said(b"a,b\n\"1\"x,2\n"), "row 2, column \"a\": after-quote");
        assert_eq!(said(b"a,b\n1,2\0\n"), "row 2, column \"b\": nul");
        assert_eq!(said(b"a,b\n1,2,3\n"), "row 2: cells, 3 where 2 belong");
        assert_eq!(said(b"a,a\n1,2\n"), "row 1, column \"a\": twice");
        assert_eq!(said(b"a,,c\n1,2,3\n"), "row 1, column \"2\": no-title");
        assert_eq!(said(",".repeat(5000).replace(',', "a,").as_bytes()), "row 1: many-columns");
    }
}
