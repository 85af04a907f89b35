//! Why a report could not be pressed.

use zhiheng_base::Diagnostic;

/// A failure of the press.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    /// Something a person can put right: fonts that are missing, a figure without words.
    #[error("{}", .0.code)]
    Fixable(Box<Diagnostic>),
    /// The typesetter refused the document; its messages, one a line.
    #[error("the typesetter stopped: {0}")]
    Typeset(String),
    /// A drawing could not be turned into a picture.
    #[error("figure {number} cannot be drawn: {reason}")]
    Drawing {
        /// Number of the figure.
        number: u32,
        /// What the renderer said.
        reason: String,
    },
    /// A file could not be put together.
    #[error("the {format} file cannot be written: {reason}")]
    Write {
        /// `docx`, `html` or `xlsx`.
        format: &'static str,
        /// What the writer said.
        reason: String,
    },
}

impl From<Diagnostic> for PressError {
    fn from(problem: Diagnostic) -> PressError {
        PressError::Fixable(Box::new(problem))
    }
}

impl PressError {
    /// The problem, if a person can put it right.
    pub fn diagnostic(&self) -> Option<&Diagnostic> {
        match self {
            PressError::Fixable(problem) => Some(problem),
            _ => None,
        }
    }

    /// A failure to write `format`.
    pub(crate) fn write(format: &'static str, reason: impl ToString) -> PressError {
        PressError::Write { format, reason: reason.to_string() }
    }
}
