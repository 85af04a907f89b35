//! Records as plans read them: fields by name, each problem with its entry.
//!
//! Why not the record types of the catalog: this crate stands before the ledger and takes whatever JSON object it
//! is given, also one that no checker has seen. What cannot be read is a diagnostic, never a guess.

use serde_json::{Map, Value};
use zhiheng_base::exact::parse_decimal;
use zhiheng_base::{Date, Decimal, Diagnostic, Period, Place, RegionCode};

/// One record.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Its place in the ledger.
    pub entry: u64,
    /// Its fields.
    pub data: &'a Map<String, Value>,
}

/// What can be read from one record.
pub trait FromRow: Sized {
    /// Record type that it is read from.
    const OF: &'static str;

    /// Reads `row`; the first field that cannot be read is the problem.
    fn from_row(row: Row<'_>) -> Result<Self, Diagnostic>;
}

/// Reads all rows; those that cannot be read are left out and told.
pub fn read<'a, T: FromRow>(rows: impl IntoIterator<Item = Row<'a>>) -> (Vec<T>, Vec<Diagnostic>) {
    let (mut read, mut problems) = (Vec::new(), Vec::new());
    for row in rows {
        match T::from_row(row) {
            Ok(value) => read.push(value),
            Err(problem) => problems.push(problem.at(Place::Entry(row.entry)).rule(T::OF)),
        }
    }
    (read, problems)
}

impl Row<'_> {
    /// The text of `field`, trimmed; `None` if it is empty or not there. Numbers are taken as their text.
    pub fn may_text(&self, field: &str) -> Result<Option<String>, Diagnostic> {
        let text = match self.data.get(field) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            Some(other) => return Err(unreadable(field, &other.to_string())),
        };
        Ok((!text.is_empty()).then_some(text))
    }

    /// The text of `field`, which must be there.
    pub fn text(&self, field: &str) -> Result<String, Diagnostic> {
        required(field, self.may_text(field)?)
    }

    /// The texts of a field that holds several.
    pub fn texts(&self, field: &str) -> Result<Vec<String>, Diagnostic> {
        let Some(Value::Array(items)) = self.data.get(field) else {
            return Ok(self.may_text(field)?.into_iter().collect());
        };
        let text = |item: &Value| match item {
            Value::String(text) => Ok(text.trim().to_owned()),
            other => Err(unreadable(field, &other.to_string())),
        };
        let texts: Vec<String> = items.iter().map(text).collect::<Result<_, _>>()?;
        Ok(texts.into_iter().filter(|text| !text.is_empty()).collect())
    }

    /// The decimal in `field`, if any.
    pub fn may_decimal(&self, field: &str) -> Result<Option<Decimal>, Diagnostic> {
        let text = self.may_text(field)?;
        text.map(|text| parse_decimal(&text).map_err(|_| unreadable(field, &text))).transpose()
    }

    /// The decimal in `field`.
    pub fn decimal(&self, field: &str) -> Result<Decimal, Diagnostic> {
        required(field, self.may_decimal(field)?)
    }

    /// The whole number in `field`, if any.
    pub fn may_whole(&self, field: &str) -> Result<Option<i64>, Diagnostic> {
        let text = self.may_text(field)?;
        text.map(|text| text.parse().map_err(|_| unreadable(field, &text))).transpose()
    }

    /// The whole number in `field`.
    pub fn whole(&self, field: &str) -> Result<i64, Diagnostic> {
        required(field, self.may_whole(field)?)
    }

    /// The day in `field`, if any.
    pub fn may_date(&self, field: &str) -> Result<Option<Date>, Diagnostic> {
        let text = self.may_text(field)?;
        text.map(|text| text.parse().map_err(|_| unreadable(field, &text))).transpose()
    }

    /// The day in `field`.
    pub fn date(&self, field: &str) -> Result<Date, Diagnostic> {
        required(field, self.may_date(field)?)
    }

    /// The region in `field`, if any.
    pub fn may_region(&self, field: &str) -> Result<Option<RegionCode>, Diagnostic> {
        let text = self.may_text(field)?;
        text.map(|text| RegionCode::parse(&text).map_err(|_| unreadable(field, &text))).transpose()
    }

    /// The region in `field`.
    pub fn region(&self, field: &str) -> Result<RegionCode, Diagnostic> {
        required(field, self.may_region(field)?)
    }

    /// The period in `field`.
    pub fn period(&self, field: &str) -> Result<Period, Diagnostic> {
        let text = self.text(field)?;
        Period::parse(&text).map_err(|_| unreadable(field, &text))
    }

    /// The word in `field` as one of `words`.
    pub fn word<T: Copy>(&self, field: &str, words: &[(&str, T)]) -> Result<T, Diagnostic> {
        required(field, self.may_word(field, words)?)
    }

    /// The word in `field` as one of `words`, if any.
    pub fn may_word<T: Copy>(&self, field: &str, words: &[(&str, T)]) -> Result<Option<T>, Diagnostic> {
        let Some(text) = self.may_text(field)? else { return Ok(None) };
        let known = words.iter().find(|(word, _)| *word == text).map(|&(_, value)| value);
        known.map(Some).ok_or_else(|| unreadable(field, &text))
    }
}

fn required<T>(field: &str, value: Option<T>) -> Result<T, Diagnostic> {
    value.ok_or_else(|| Diagnostic::error("ZH8501").arg("field", field))
}

/// `value` cannot be read as what `field` holds.
pub(crate) fn unreadable(field: &str, value: &str) -> Diagnostic {
    let shown: String = value.chars().take(60).collect();
    Diagnostic::error("ZH8502").arg("field", field).arg("value", shown)
}
