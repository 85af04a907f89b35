//! Why a method gives no answer: typed, so that a caller can say it in any language.
//!
//! The names in the variants are those of the method's arguments or columns, as its documentation spells them.

use std::fmt;

/// What stops a method from answering. Rows count from 0.
#[derive(Debug, Clone, PartialEq)]
pub enum Refusal {
    /// No value at all.
    Empty {
        /// Argument or column.
        what: &'static str,
    },
    /// Fewer values, groups or periods than the method needs.
    TooFew {
        /// Argument or column.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Two inputs that belong together differ in length.
    Lengths {
        /// The shorter or offending argument.
        what: &'static str,
        /// Its length.
        found: usize,
        /// The length it should have.
        needed: usize,
    },
    /// A value is NaN or infinite where a number is needed.
    NotFinite {
        /// Argument or column.
        what: &'static str,
        /// Row of the first such value.
        row: usize,
    },
    /// A value lies outside what the method is defined for.
    OutOfRange {
        /// Argument or column.
        what: &'static str,
        /// The value.
        value: f64,
        /// The range, as `(0, 1)` or `>= 2`.
        allowed: &'static str,
    },
    /// All values are equal, so that what the method divides by is zero.
    NoVariation {
        /// Argument, column or group.
        what: String,
    },
    /// A group (stratum, domain, rater, item) has nothing to compute from.
    EmptyGroup {
        /// Which group.
        what: String,
    },
    /// A matrix that must be inverted has no inverse: columns depend on each other.
    Singular {
        /// Which matrix or model.
        what: &'static str,
    },
    /// An iteration did not settle.
    NotConverged {
        /// Which iteration.
        what: &'static str,
        /// Steps taken.
        steps: usize,
    },
    /// The inputs contradict each other or the method's conditions.
    Contradiction {
        /// What is wrong, as one English clause.
        what: String,
    },
    /// A table has no such column, or an option no such value. Only [`crate::run`] says this.
    Unknown {
        /// `column`, `option` or `value`.
        kind: &'static str,
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// A cell of a table is not what its column holds. Only [`crate::run`] says this.
    Cell {
        /// Column.
        column: String,
        /// Row, from 0, without the header.
        row: usize,
        /// What it says.
        text: String,
        /// What is needed: `number`, `count`, `date`.
        needed: &'static str,
    },
}

impl Refusal {
    /// The parts of a sentence in any language: `kind` to look it up by, `what` it is about, what was `found` and what is
    /// `needed`, and the English sentence as `said`.
    ///
    /// ```
    /// use zhiheng_methods::Refusal;
    /// let parts = Refusal::TooFew { what: "y", found: 1, needed: 3 }.parts();
    /// assert_eq!(parts[..2], [("kind", "too-few".to_owned()), ("what", "y".to_owned())]);
    /// ```
    pub fn parts(&self) -> [(&'static str, String); 5] {
        let (kind, what) = match self {
            Refusal::Empty { what } => ("empty", (*what).to_owned()),
            Refusal::TooFew { what, .. } => ("too-few", (*what).to_owned()),
            Refusal::NotFinite { what, .. } => ("not-finite", (*what).to_owned()),
            Refusal::OutOfRange { what, .. } => ("out-of-range", (*what).to_owned()),
            Refusal::NoVariation { what } => ("no-variation", what.clone()),
            Refusal::Unknown { kind, name, .. } => (*kind, name.clone()),
            Refusal::Cell { column, .. } => ("cell", column.clone()),
            _ => ("other", String::new()),
        };
        let (found, needed) = match self {
            Refusal::TooFew { found, needed, .. } => (found.to_string(), needed.to_string()),
            Refusal::OutOfRange { value, allowed, .. } => (value.to_string(), (*allowed).to_owned()),
            Refusal::Unknown { known, .. } => (String::new(), known.join(", ")),
            Refusal::Cell { text, needed, .. } => (text.chars().take(60).collect(), (*needed).to_owned()),
            _ => (String::new(), String::new()),
        };
        let kind = kind.to_owned();
        [("kind", kind), ("what", what), ("found", found), ("needed", needed), ("said", self.to_string())]
    }

    /// The row that it speaks of, from 0 without the header, if it does.
    pub fn row(&self) -> Option<usize> {
        match self {
            Refusal::NotFinite { row, .. } | Refusal::Cell { row, .. } => Some(*row),
            _ => None,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Empty { what } => write!(f, "{what} has no values"),
            Refusal::TooFew { what, found, needed } => write!(f, "{what}: {found} found, {needed} needed"),
            Refusal::Lengths { what, found, needed } => {
                write!(f, "{what} has {found} values where {needed} belong")
            }
            Refusal::NotFinite { what, row } => write!(f, "{what}, row {row}: not a finite number"),
            Refusal::OutOfRange { what, value, allowed } => {
                write!(f, "{what} = {value} is not in {allowed}")
            }
            Refusal::NoVariation { what } => write!(f, "{what} does not vary"),
            Refusal::EmptyGroup { what } => write!(f, "{what} is empty"),
            Refusal::Singular { what } => write!(f, "{what} is singular: its columns depend on each other"),
            Refusal::NotConverged { what, steps } => {
                write!(f, "{what} did not settle in {steps} steps")
            }
            Refusal::Contradiction { what } => f.write_str(what),
            Refusal::Unknown { kind, name, known } => {
                write!(f, "no {kind} {name}; there are {}", known.join(", "))
            }
            Refusal::Cell { column, row, text, needed } => {
                write!(f, "{column}, row {row}: {text:?} is not a {needed}")
            }
        }
    }
}

impl std::error::Error for Refusal {}

/// `values` if all are finite, else which is not.
pub(crate) fn finite<'a>(what: &'static str, values: &'a [f64]) -> Result<&'a [f64], Refusal> {
    match values.iter().position(|value| !value.is_finite()) {
        None => Ok(values),
        Some(row) => Err(Refusal::NotFinite { what, row }),
    }
}

/// Refuses fewer than `needed` values.
pub(crate) fn at_least(what: &'static str, found: usize, needed: usize) -> Result<(), Refusal> {
    if found == 0 {
        Err(Refusal::Empty { what })
    } else if found < needed {
        Err(Refusal::TooFew { what, found, needed })
    } else {
        Ok(())
    }
}

/// Refuses a length other than `needed`.
pub(crate) fn same_length(what: &'static str, found: usize, needed: usize) -> Result<(), Refusal> {
    if found == needed { Ok(()) } else { Err(Refusal::Lengths { what, found, needed }) }
}
