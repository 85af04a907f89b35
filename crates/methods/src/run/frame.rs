//! A table of text with named columns, and options as text: read with refusals that name the place.

use std::collections::BTreeMap;

use super::Choice;
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
}

/// Options by name, as text.
#[derive(Debug, Clone, Default)]
pub struct Options(BTreeMap<String, String>);

impl Options {
    /// From pairs of name and value; the last of a name counts.
    pub fn new(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(pairs.into_iter().collect())
    }

    /// Refuses names and values that are not among `choices`.
    pub(super) fn check(&self, choices: &[Choice]) -> Result<(), Refusal> {
        for (name, value) in &self.0 {
            let Some(choice) = choices.iter().find(|choice| choice.name == name) else {
                let known = choices.iter().map(|choice| choice.name.to_owned()).collect();
                return Err(Refusal::Unknown { kind: "option", name: name.clone(), known });
            };
            if !choice.values.is_empty() && !choice.values.contains(&value.as_str()) {
                let known = choice.values.iter().map(|value| (*value).to_owned()).collect();
                return Err(Refusal::Unknown { kind: "value", name: format!("{name}={value}"), known });
            }
        }
        Ok(())
    }

    /// The text of an option, or its default.
    pub fn text<'a>(&'a self, choice: &'a Choice) -> &'a str {
        self.0.get(choice.name).map_or(choice.default, String::as_str)
    }

    /// The number of an option, or its default; `None` if it is blank.
    pub fn number(&self, choice: &Choice) -> Result<Option<f64>, Refusal> {
        let text = self.text(choice).trim();
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Some(value)),
            _ => Err(Refusal::Unknown {
                kind: "value",
                name: format!("{}={text}", choice.name),
                known: vec!["a number".to_owned()],
            }),
        }
    }

    /// As [`Options::number`], refused when blank.
    pub fn real(&self, choice: &Choice) -> Result<f64, Refusal> {
        self.number(choice)?.ok_or(Refusal::Empty { what: choice.name })
    }

    /// A whole number from 0.
    pub fn count(&self, choice: &Choice) -> Result<u64, Refusal> {
        let value = self.real(choice)?;
        if value < 0.0 || libm::trunc(value) != value || value > 9e15 {
            return Err(Refusal::OutOfRange { what: choice.name, value, allowed: "whole numbers from 0" });
        }
        Ok(value as u64)
    }
}
