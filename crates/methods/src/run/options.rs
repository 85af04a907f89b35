//! Options of a method, as text.

use std::collections::BTreeMap;

use super::Choice;
use crate::refusal::Refusal;

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

    /// As [`Options::count`], `None` if it is blank.
    pub fn count_or_blank(&self, choice: &Choice) -> Result<Option<u64>, Refusal> {
        if self.text(choice).trim().is_empty() { Ok(None) } else { self.count(choice).map(Some) }
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
