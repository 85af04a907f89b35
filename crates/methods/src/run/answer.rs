//! What a method answers over a table: one or more tables.

/// All that a method answers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answer {
    /// Tables, the most asked-for first.
    pub sheets: Vec<Sheet>,
}

/// A table of the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Identifier of the table: `result`, `paths`, `limits` …
    pub name: &'static str,
    /// Identifiers of its columns; the guide explains them.
    pub columns: Vec<String>,
    /// Rows as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a [`Sheet`].
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text, as a group's name.
    Text(String),
    /// A number; never NaN.
    Real(f64),
    /// A whole number.
    Count(i64),
    /// Yes or no.
    Flag(bool),
    /// Nothing to say.
    Missing,
}

impl Answer {
    /// An answer of one table called `result`.
    pub fn one(columns: &[&str], rows: Vec<Vec<Cell>>) -> Self {
        Self { sheets: vec![Sheet::new("result", columns, rows)] }
    }
}

impl Sheet {
    /// A table.
    pub fn new(name: &'static str, columns: &[&str], rows: Vec<Vec<Cell>>) -> Self {
        Self { name, columns: columns.iter().map(|&column| column.to_owned()).collect(), rows }
    }
}

impl From<f64> for Cell {
    /// NaN is [`Cell::Missing`].
    fn from(value: f64) -> Self {
        if value.is_nan() { Cell::Missing } else { Cell::Real(value) }
    }
}

impl From<u64> for Cell {
    fn from(value: u64) -> Self {
        i64::try_from(value).map_or(Cell::Real(value as f64), Cell::Count)
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Cell::Flag(value)
    }
}

impl From<&str> for Cell {
    fn from(value: &str) -> Self {
        Cell::Text(value.to_owned())
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Missing, Into::into)
    }
}
