//! The account of an import: kept + refused + left out = seen.

use serde::{Deserialize, Serialize};
use zhiheng_base::{Severity, Words};

/// Problems of one kind in one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Code of the problem.
    pub code: String,
    /// Field id; empty for problems of whole rows.
    pub field: String,
    /// Its names, if it is a field.
    pub name: Option<Words>,
    /// How much it matters.
    pub severity: Severity,
    /// How often.
    pub count: u64,
    /// The first row.
    pub first: u64,
}

/// Rows left out by one rule of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Why.
    pub says: Words,
    /// How many.
    pub count: u64,
}

/// The account of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Rows with content after the header.
    pub seen: u64,
    /// Rows that became drafts.
    pub kept: u64,
    /// Rows with at least one error.
    pub refused: u64,
    /// Rows left out on purpose, by rule.
    pub left_out: Vec<LeftOut>,
    /// Kept rows with at least one warning.
    pub flagged: u64,
    /// Rows without content, not counted as seen.
    pub blank: u64,
    /// Character encoding of the file, if it has one.
    pub encoding: Option<String>,
    /// Problems by code and field, worst first.
    pub groups: Vec<Group>,
    /// Problems that were handed back in full.
    pub told: u64,
    /// Digest of the catalog by which the file was read.
    pub catalog: String,
    /// Time it took, in milliseconds.
    pub millis: u64,
}

impl Done {
    /// Rows left out by all rules.
    pub fn left_out_rows(&self) -> u64 {
        self.left_out.iter().map(|rule| rule.count).sum()
    }

    /// Whether every row is accounted for.
    pub fn adds_up(&self) -> bool {
        self.kept + self.refused + self.left_out_rows() == self.seen
    }
}
