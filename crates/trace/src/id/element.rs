//! Element strings: what a scanner gives (`]C1…` with FNC1 as a separator) and what stands below the bars
//! (`(01)06901234567892(10)ABC`).

use std::fmt::Write;

use zhiheng_base::Diagnostic;

use super::link::split_joined;
use super::{Detail, Identifier, Key, ai, unknown};
use crate::problem::shorten;

/// FNC1 inside a string, as scanners send it.
const SEPARATOR: char = '\u{1d}';

/// Symbology identifiers that announce GS1 data: Code 128, DataBar and composite, DataMatrix, QR, DotCode.
const SYMBOLOGIES: [&str; 5] = ["]C1", "]e0", "]d2", "]Q3", "]J1"];

/// One application identifier with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// The application identifier.
    pub ai: String,
    /// The value.
    pub value: String,
    /// The right check digit, if the value has a wrong one.
    pub expected: Option<char>,
}

/// An element string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elements(Vec<Element>);

impl Elements {
    /// Reads either form. Wrong check digits are kept and told in the element.
    ///
    /// # Errors
    ///
    /// ZH9507 for an unknown application identifier, ZH9508 for a value that does not fit.
    pub fn read(text: &str) -> Result<Elements, Diagnostic> {
        let elements = if text.starts_with('(') { read_brackets(text)? } else { read_separated(text)? };
        if elements.is_empty() {
            return Err(unknown(text));
        }
        Ok(Elements(elements))
    }

    /// The elements in their order.
    pub fn list(&self) -> &[Element] {
        &self.0
    }

    /// The value of an application identifier.
    pub fn get(&self, ai: &str) -> Option<&str> {
        self.0.iter().find(|element| element.ai == ai).map(|element| element.value.as_str())
    }

    /// The identifier in it, at the finest level.
    ///
    /// # Errors
    ///
    /// ZH9501 if there is no key in it.
    pub fn identifier(&self) -> Result<Identifier, Diagnostic> {
        let (key, value) = self
            .0
            .iter()
            .find_map(|element| Some((Key::of_ai(&element.ai)?, &element.value)))
            .ok_or_else(|| unknown(&self.brackets()))?;
        let (body, joined) = split_joined(key, value);
        let own = |ai: &str| self.get(ai).map(str::to_owned);
        let detail = match key {
            Key::Gtin | Key::Itip => own("21")
                .map(Detail::Serial)
                .or_else(|| own("235").filter(|_| key == Key::Gtin).map(Detail::ThirdParty))
                .or_else(|| own("10").map(Detail::Lot))
                .unwrap_or(Detail::None),
            Key::Gln => own("254").map_or(Detail::None, Detail::Extension),
            Key::Cpid => own("8011").map_or(Detail::None, Detail::Serial),
            _ => joined,
        };
        Identifier::new(key, body, detail)
    }

    /// The lot, also beside a serial.
    pub fn lot(&self) -> Option<&str> {
        self.get("10")
    }

    /// The form for people, with brackets.
    pub fn brackets(&self) -> String {
        let mut out = String::new();
        for element in &self.0 {
            let _ = write!(out, "({}){}", element.ai, element.value);
        }
        out
    }

    /// The form for printers, with separators where they are needed.
    pub fn separated(&self) -> String {
        let mut out = String::new();
        for (place, element) in self.0.iter().enumerate() {
            out.push_str(&element.ai);
            out.push_str(&element.value);
            if place + 1 < self.0.len() && ai::predefined_length(&element.ai).is_none() {
                out.push(SEPARATOR);
            }
        }
        out
    }
}

fn element(ai: &str, value: &str) -> Result<Element, Diagnostic> {
    let Some(format) = ai::format(ai) else { return Err(unknown_ai(ai)) };
    let expected = match format.fault(value) {
        None => None,
        Some(ai::Fault::Check(expected)) => Some(expected),
        Some(_) => return Err(misfit(ai, value)),
    };
    Ok(Element { ai: ai.to_owned(), value: value.to_owned(), expected })
}

fn unknown_ai(text: &str) -> Diagnostic {
    Diagnostic::error("ZH9507").arg("value", shorten(text))
}

fn misfit(ai: &str, value: &str) -> Diagnostic {
    Diagnostic::error("ZH9508").arg("ai", ai).arg("value", shorten(value))
}

/// `(01)…(10)…`; a bracket inside a value counts as one unless a known identifier stands in it.
fn read_brackets(text: &str) -> Result<Vec<Element>, Diagnostic> {
    let mut elements = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (ai, after) = bracketed(rest).ok_or_else(|| unknown_ai(rest))?;
        let end = after
            .char_indices()
            .filter(|(_, c)| *c == '(')
            .map(|(at, _)| at)
            .find(|&at| after.get(at..).and_then(bracketed).is_some())
            .unwrap_or(after.len());
        let (value, next) = after.split_at(end);
        elements.push(element(ai, value)?);
        rest = next;
    }
    Ok(elements)
}

fn bracketed(text: &str) -> Option<(&str, &str)> {
    let (ai, after) = text.strip_prefix('(')?.split_once(')')?;
    ai::format(ai).map(|_| (ai, after))
}

/// `]C101…10ABC<FNC1>21…`
fn read_separated(text: &str) -> Result<Vec<Element>, Diagnostic> {
    let text = SYMBOLOGIES.iter().find_map(|symbology| text.strip_prefix(symbology)).unwrap_or(text);
    let mut rest = text.strip_prefix(SEPARATOR).unwrap_or(text);
    let mut elements = Vec::new();
    while !rest.is_empty() {
        let ai = ai::leading(rest).ok_or_else(|| unknown_ai(rest))?;
        let after = rest.get(ai.len()..).unwrap_or_default();
        let end = match ai::predefined_length(ai) {
            Some(length) => length.min(after.len()),
            None => after.find(SEPARATOR).unwrap_or(after.len()),
        };
        let Some((value, next)) = after.split_at_checked(end) else { return Err(misfit(ai, after)) };
        elements.push(element(ai, value)?);
        rest = next.strip_prefix(SEPARATOR).unwrap_or(next);
    }
    Ok(elements)
}

impl From<&Identifier> for Elements {
    fn from(identifier: &Identifier) -> Elements {
        let element =
            |ai: &str, value: &str| Element { ai: ai.to_owned(), value: value.to_owned(), expected: None };
        let (ai, body) = (identifier.key().ai(), identifier.body());
        let pair = |second: &str, text: &str| vec![element(ai, body), element(second, text)];
        Elements(match identifier.detail() {
            Detail::None => vec![element(ai, body)],
            Detail::Serial(text) if identifier.key().joins_serial() => {
                vec![element(ai, &format!("{body}{text}"))]
            }
            Detail::Serial(text) if identifier.key() == Key::Cpid => pair("8011", text),
            Detail::Serial(text) => pair("21", text),
            Detail::Lot(text) => pair("10", text),
            Detail::ThirdParty(text) => pair("235", text),
            Detail::Extension(text) => pair("254", text),
        })
    }
}
