//! Where a figure stands in the tables that a method answers with.

use zhiheng_catalog::model::{AnswerAt, Token};
use zhiheng_methods::Refusal;
use zhiheng_methods::run::{Answer, Cell, Sheet};

use crate::engine::finish::float;

/// The table that holds the figures, with the places of its columns.
pub(super) struct Place<'a> {
    at: &'a AnswerAt,
    sheet: &'a Sheet,
    find: Vec<(usize, &'a str)>,
    value: Option<usize>,
    low: Option<usize>,
    high: Option<usize>,
    centre: Option<usize>,
    scale: f64,
    alarm: Vec<usize>,
    also: Vec<usize>,
}

/// What stands in for tokens when a row is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    pub(super) region: &'a str,
    /// Number of the row or step, from 1.
    pub(super) number: usize,
}

impl<'a> Place<'a> {
    /// Refuses tables and columns that the answer does not have.
    pub(super) fn new(at: &'a AnswerAt, answer: &'a Answer) -> Result<Place<'a>, Refusal> {
        let sheet = match &at.table {
            None => answer.sheets.first(),
            Some(name) => answer.sheets.iter().find(|sheet| sheet.name == name),
        };
        let sheet = sheet.ok_or_else(|| Refusal::Unknown {
            kind: "table",
            name: at.table.clone().unwrap_or_default(),
            known: answer.sheets.iter().map(|sheet| sheet.name.to_owned()).collect(),
        })?;
        let column = |name: &str| {
            sheet.columns.iter().position(|column| column == name).ok_or_else(|| Refusal::Unknown {
                kind: "column",
                name: name.to_owned(),
                known: sheet.columns.clone(),
            })
        };
        let maybe = |name: &Option<String>| name.as_deref().map(column).transpose();
        let all = |names: &[String]| names.iter().map(|name| column(name)).collect::<Result<_, _>>();
        Ok(Place {
            find: (at.find.iter())
                .map(|(name, text)| Ok((column(name)?, text.as_str())))
                .collect::<Result<_, Refusal>>()?,
            value: maybe(&at.value)?,
            low: maybe(&at.low)?,
            high: maybe(&at.high)?,
            centre: maybe(&at.centre)?,
            scale: at.scale.map_or(1.0, float),
            alarm: all(&at.alarm)?,
            also: all(&at.also)?,
            at,
            sheet,
        })
    }

    /// The row that answers, if there is one.
    pub(super) fn row(&self, wanted: Wanted<'_>) -> Option<Found<'_>> {
        let says = |cell: &Cell, text: &str| match Token::of(text) {
            Some(Token::Region) => is(cell, wanted.region),
            Some(Token::Step | Token::Steps) => is(cell, &wanted.number.to_string()),
            None => is(cell, text),
        };
        let rows = &self.sheet.rows;
        let fits = |row: &&Vec<Cell>| self.find.iter().all(|(at, text)| says(&row[*at], text));
        // Steps mostly stand where their numbers say.
        let near = wanted.number.checked_sub(1).and_then(|at| rows.get(at)).filter(fits);
        let row = near.or_else(|| rows.iter().find(fits))?;
        Some(Found { place: self, row })
    }
}

/// A row of the answer.
pub(super) struct Found<'a> {
    place: &'a Place<'a>,
    row: &'a [Cell],
}

impl Found<'_> {
    pub(super) fn value(&self) -> Option<f64> {
        self.number(self.place.value)
    }

    pub(super) fn limits(&self) -> (Option<f64>, Option<f64>) {
        (self.number(self.place.low), self.number(self.place.high))
    }

    pub(super) fn centre(&self) -> Option<f64> {
        self.number(self.place.centre)
    }

    /// Whether any of the columns marks the row as out of the ordinary.
    pub(super) fn alarm(&self) -> bool {
        self.place.alarm.iter().any(|&at| match &self.row[at] {
            Cell::Flag(flag) => *flag,
            Cell::Text(text) => !matches!(text.trim(), "" | "false"),
            Cell::Count(count) => *count != 0,
            Cell::Real(value) => *value != 0.0,
            Cell::Missing => false,
        })
    }

    /// Further columns, by name.
    pub(super) fn also(&self) -> Vec<(String, String)> {
        let pairs = self.place.at.also.iter().zip(&self.place.also);
        pairs.map(|(name, &at)| (name.clone(), text(&self.row[at]))).collect()
    }

    fn number(&self, at: Option<usize>) -> Option<f64> {
        let number = match self.row[at?] {
            Cell::Real(value) => value,
            Cell::Count(count) => count as f64,
            _ => return None,
        };
        Some(number * self.place.scale)
    }
}

fn is(cell: &Cell, wanted: &str) -> bool {
    match cell {
        Cell::Real(value) => wanted.parse() == Ok(*value),
        cell => text(cell).trim() == wanted,
    }
}

/// A cell as people read it; numbers to six digits.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Missing => String::new(),
        Cell::Real(value) => super::decimal(*value)
            .and_then(|value| value.round_sf(6))
            .map_or_else(|| value.to_string(), |value| value.normalize().to_string()),
    }
}
