//! Reference data by columns, with groups as codes, for the survey tests.

use crate::table::{Table, shared};

/// A table by columns.
pub(crate) struct Data(Table);

impl Data {
    pub(crate) fn parse(text: &str) -> Self {
        Self(Table::parse(text))
    }

    /// A file of `../shared/data`, if it is there.
    pub(crate) fn shared(name: &str) -> Option<Self> {
        shared(name, Self::parse)
    }

    pub(crate) fn n_rows(&self) -> usize {
        self.0.rows.len()
    }

    /// The rows for which `keep` holds for the text in `column`.
    pub(crate) fn only(&self, column: &str, keep: impl Fn(&str) -> bool) -> Self {
        let at = self.at(column);
        let rows = self.0.rows.iter().filter(|row| keep(&row[at])).cloned().collect();
        Self(Table { header: self.0.header.clone(), rows })
    }

    pub(crate) fn texts(&self, column: &str) -> Vec<&str> {
        let at = self.at(column);
        self.0.rows.iter().map(|row| row[at].as_str()).collect()
    }

    /// Numbers; NaN where blank.
    pub(crate) fn reals(&self, column: &str) -> Vec<f64> {
        self.texts(column).iter().map(|text| real(text)).collect()
    }

    /// Numbers of the groups and their names in order; blank is `u32::MAX`.
    pub(crate) fn codes(&self, column: &str) -> (Vec<u32>, Vec<String>) {
        let texts = self.texts(column);
        let mut names: Vec<&str> = texts.iter().copied().filter(|text| !text.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let code = |text: &&str| names.iter().position(|name| name == text).map_or(u32::MAX, |at| at as u32);
        (texts.iter().map(code).collect(), names.iter().map(|name| (*name).to_owned()).collect())
    }

    /// Whether each row has `text` in `column`, as 1, 0 or NaN.
    pub(crate) fn is(&self, column: &str, text: &str) -> Vec<f64> {
        let each = self.texts(column).into_iter();
        each.map(|cell| if cell.is_empty() { f64::NAN } else { f64::from(u8::from(cell == text)) }).collect()
    }

    fn at(&self, column: &str) -> usize {
        let at = self.0.header.iter().position(|name| name == column);
        at.unwrap_or_else(|| panic!("no column {column}"))
    }
}

pub(crate) fn real(text: &str) -> f64 {
    match text {
        "" | "NA" => f64::NAN,
        "Inf" => f64::INFINITY,
        text => text.parse().unwrap_or_else(|_| panic!("{text} is not a number")),
    }
}
