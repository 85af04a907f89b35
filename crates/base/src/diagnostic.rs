//! What a person can put right: a code, a place, a message and a hint.
//!
//! Problems in users' data and definitions are values, never `Err`: functions that read such data
//! return `(T, Vec<Diagnostic>)`. Texts stand in `i18n/<language>/*.ftl` under the code in lower
//! case, with the remedy as attribute `hint`:
//!
//! ```text
//! zh1301 = 代码“{ $value }”有 { $length } 位，应为 { $wanted } 位
//!     .hint = …
//! ```
//!
//! Ranges: ZH1 base · ZH2 catalog · ZH3 import · ZH4 ledger · ZH5 measure · ZH6 publish, press · ZH7 command, and from ZH75 server ·
//! ZH8 act, and from ZH85 plan · ZH9 judge, and from ZH95 trace.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::words::{Lang, say, say_attribute};

/// How much a [`Diagnostic`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is refused.
    Note,
    /// Kept, and flagged wherever it is used.
    Warning,
    /// Refused.
    Error,
}

/// Where a [`Diagnostic`] points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// Nowhere in particular.
    #[default]
    Nowhere,
    /// A stretch of a text file.
    Text {
        /// Path as the user wrote it.
        file: String,
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
        /// Length in characters, at least 1.
        len: u32,
        /// The whole line, for showing.
        excerpt: String,
    },
    /// A row, or one cell of it, in a file of records.
    Cell {
        /// Path as the user wrote it.
        file: String,
        /// Sheet, for workbooks.
        sheet: Option<String>,
        /// Row as the user counts it in the file, from 1 (the header counts).
        row: u64,
        /// Column header or letter; `None` means the whole row.
        column: Option<String>,
    },
    /// A ledger entry.
    Entry(u64),
    /// A whole file.
    File(String),
}

/// One problem, warning or note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// `ZH` and four digits.
    pub code: Cow<'static, str>,
    /// How much it matters.
    pub severity: Severity,
    /// Where.
    pub at: Place,
    /// The rule that was broken, as `id (file:line)`, if one is declared.
    pub rule: Option<String>,
    /// Arguments of the message, by name.
    pub args: BTreeMap<String, String>,
}

impl Diagnostic {
    /// An error with `code` and no place yet.
    pub fn error(code: &'static str) -> Diagnostic {
        Diagnostic::new(code, Severity::Error)
    }

    /// A warning with `code` and no place yet.
    pub fn warning(code: &'static str) -> Diagnostic {
        Diagnostic::new(code, Severity::Warning)
    }

    fn new(code: &'static str, severity: Severity) -> Diagnostic {
        Diagnostic { code: code.into(), severity, at: Place::Nowhere, rule: None, args: BTreeMap::new() }
    }

    /// Adds a message argument.
    #[must_use]
    #[allow(clippy::needless_pass_by_value)] // so that callers write `.arg("row", 17)` without `&`
    pub fn arg(mut self, name: &str, value: impl ToString) -> Diagnostic {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Diagnostic {
        self.at = place;
        self
    }

    /// Names the broken rule.
    #[must_use]
    pub fn rule(mut self, rule: impl Into<String>) -> Diagnostic {
        self.rule = Some(rule.into());
        self
    }

    /// True for errors.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The message in `lang`.
    pub fn message(&self, lang: Lang) -> String {
        say(lang, &self.code.to_ascii_lowercase(), &self.pairs())
    }

    /// The remedy in `lang`, if the message has one.
    pub fn hint(&self, lang: Lang) -> Option<String> {
        say_attribute(lang, &self.code.to_ascii_lowercase(), "hint", &self.pairs())
    }

    fn pairs(&self) -> Vec<(&str, &str)> {
        self.args.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }
}
