//! A table of text with named columns, read with refusals that name the place.

mod csv;

pub use csv::{Fault, Wrong};

use crate::refusal::Refusal;

/// A table: every column as long as the others.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    columns: Vec<(String, Vec<String>)>,
}

impl Frame {
    /// A table from its header and its rows; short rows are filled with blanks, long ones cut.
    pub fn new<R>(header: &[String], rows: impl IntoIterator<Item = R>) -> Self
    where
        R: IntoIterator<Item = String>,
    {
        let mut columns: Vec<(String, Vec<String>)> =
            header.iter().map(|name| (name.trim().to_owned(), Vec::new())).collect();
        for row in rows {
            let mut cells = row.into_iter();
            for (_, column) in &mut columns {
                column.push(cells.next().unwrap_or_default());
            }
        }
        Self { columns }
    }

    /// Names of the columns, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name.as_str())
    }

    /// Number of rows.
    pub fn n_rows(&self) -> usize {
        self.columns.first().map_or(0, |(_, cells)| cells.len())
    }

    /// Whether there is such a column.
    pub fn has(&self, column: &str) -> bool {
        self.names().any(|name| name == column)
    }

    /// The cells of a column.
    pub fn texts(&self, column: &str) -> Result<&[String], Refusal> {
        match self.columns.iter().find(|(name, _)| name == column) {
            Some((_, cells)) => Ok(cells),
            None => Err(Refusal::Unknown {
                kind: "column",
                name: column.to_owned(),
                known: self.names().map(str::to_owned).collect(),
            }),
        }
    }

    /// Numbers; a blank cell (also `NA`) is NaN.
    pub fn numbers(&self, column: &str) -> Result<Vec<f64>, Refusal> {
        self.each(column, "number", |text| match text {
            "" | "NA" => Some(f64::NAN),
            text => text.parse().ok().filter(|value: &f64| value.is_finite()),
        })
    }

    /// Whole numbers from 0; a blank cell is refused.
    pub fn counts(&self, column: &str) -> Result<Vec<u64>, Refusal> {
        self.each(column, "count", |text| text.parse().ok())
    }

    /// Whatever `read` makes of each trimmed cell; `needed` is what it is called where it makes nothing.
    pub fn each<T>(
        &self,
        column: &str,
        needed: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, Refusal> {
        let cells = self.texts(column)?.iter().enumerate();
        cells
            .map(|(row, text)| {
                read(text.trim()).ok_or_else(|| Refusal::Cell {
                    column: column.to_owned(),
                    row,
                    text: text.clone(),
                    needed,
                })
            })
            .collect()
    }

    /// The rows whose `column` says `value`; if that is blank, those of the last value in the table, which is the
    /// newest where editions follow each other.
    ///
    /// ```
    /// use zhiheng_methods::run::Frame;
    /// let frame = Frame::from_csv(b"edition,p\n2008,1\n2020,2\n").unwrap();
    /// assert_eq!(frame.part("edition", "").unwrap().counts("p").unwrap(), [2]);
    /// assert_eq!(frame.part("edition", "1999").unwrap_err().to_string(), "no edition 1999; there are 2008, 2020");
    /// ```
    pub fn part(&self, column: &'static str, value: &str) -> Result<Self, Refusal> {
        let cells = self.texts(column)?;
        let wanted = if value.is_empty() { cells.last().map_or("", String::as_str) } else { value };
        let rows: Vec<usize> = (0..cells.len()).filter(|&row| cells[row] == wanted).collect();
        if rows.is_empty() {
            let mut known = cells.to_vec();
            known.dedup();
            return Err(Refusal::Unknown { kind: column, name: value.to_owned(), known });
        }
        let pick = |cells: &Vec<String>| rows.iter().map(|&row| cells[row].clone()).collect();
        Ok(Self { columns: self.columns.iter().map(|(name, cells)| (name.clone(), pick(cells))).collect() })
    }
}
