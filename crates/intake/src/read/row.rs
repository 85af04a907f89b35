//! One row of cells in one reused buffer.

/// What a file says a cell is. Formats without types have only `Text` and `Empty`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    Empty,
    /// Text.
    Text,
    /// A number, as its shortest exact decimal or as written.
    Number,
    /// A number with more digits than the file can hold (a workbook keeps fifteen).
    Inexact,
    /// `true` or `false`.
    Bool,
    /// A day, `2013-10-21`, perhaps with a time after `T`.
    Date,
    /// An error value (`#N/A`) or a day that no calendar has.
    Fault,
    /// Several texts, separated by U+001F.
    List,
    /// An object or a list of objects where one value was expected.
    Nested,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    kind: Kind,
    start: u32,
    end: u32,
}

const EMPTY: Cell = Cell { kind: Kind::Empty, start: 0, end: 0 };

/// A row; its memory is reused from one row to the next.
#[derive(Clone, Debug, Default)]
pub struct RowBuf {
    /// Row as the user counts it in the file, from 1.
    pub number: u64,
    text: String,
    cells: Vec<Cell>,
}

impl RowBuf {
    /// Empties the row for reuse.
    pub fn clear(&mut self, number: u64) {
        self.number = number;
        self.text.clear();
        self.cells.clear();
    }

    /// Sets the cell at `index`; cells between are empty. The caller bounds `index` and the length of texts.
    pub fn set(&mut self, index: usize, kind: Kind, text: &str) {
        if self.cells.len() <= index {
            self.cells.resize(index + 1, EMPTY);
        }
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let kind =
            if text.is_empty() && matches!(kind, Kind::Text | Kind::Number) { Kind::Empty } else { kind };
        self.cells[index] = Cell { kind, start, end: self.text.len() as u32 };
    }

    /// Kind and text of the cell at `index`; cells beyond the end are empty.
    #[inline]
    pub fn cell(&self, index: usize) -> (Kind, &str) {
        match self.cells.get(index) {
            // `get` rather than slicing: a byte that is lost at a cell's edge must not end the process.
            Some(cell) => {
                (cell.kind, self.text.get(cell.start as usize..cell.end as usize).unwrap_or("\u{fffd}"))
            }
            None => (Kind::Empty, ""),
        }
    }

    /// Number of cells, trailing empty ones included.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// True if there is no cell at all.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// True if no cell from `index` on holds anything but spaces.
    pub fn blank_from(&self, index: usize) -> bool {
        (index..self.cells.len()).all(|at| {
            let (kind, text) = self.cell(at);
            kind == Kind::Empty || kind == Kind::Text && text.trim().is_empty()
        })
    }

    /// Bytes of all cells.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Gives the byte buffer away for filling; [`RowBuf::put_back`] takes it back.
    pub(super) fn take_bytes(&mut self) -> Vec<u8> {
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        bytes.clear();
        bytes
    }

    /// A text cell over a stretch of the buffer that will be put back.
    pub(super) fn push_span(&mut self, start: usize, end: usize) {
        let kind = if start == end { Kind::Empty } else { Kind::Text };
        self.cells.push(Cell { kind, start: start as u32, end: end as u32 });
    }

    /// Takes the buffer back; false if it is not UTF-8, and then the row is empty.
    pub(super) fn put_back(&mut self, bytes: Vec<u8>) -> bool {
        match String::from_utf8(bytes) {
            Ok(text) => {
                self.text = text;
                true
            }
            Err(error) => {
                let mut bytes = error.into_bytes();
                bytes.clear();
                self.text = String::from_utf8(bytes).unwrap_or_default();
                self.cells.clear();
                false
            }
        }
    }
}
