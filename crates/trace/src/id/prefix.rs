//! How long company prefixes are, as far as anyone has told us.
//!
//! GS1 publishes a table of prefix lengths and changes it; it is data, never a rule in this crate. What a URN
//! states about its own prefix can be learned as well.

use std::collections::BTreeMap;

use super::Identifier;
use super::character::is_digits;

/// Known lengths of company prefixes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefixes {
    /// Leading digits → digits of the company prefix that starts with them.
    rows: BTreeMap<String, u8>,
}

impl Prefixes {
    /// Nothing is known.
    pub fn none() -> Prefixes {
        Prefixes::default()
    }

    /// Lengths from a table: leading digits, then digits of the prefix. Lengths outside 4 to 12 and rows that
    /// are not digits are left out; the second value says how many.
    pub fn from_rows<'a>(rows: impl IntoIterator<Item = (&'a str, u8)>) -> (Prefixes, usize) {
        let mut prefixes = Prefixes::default();
        let mut left_out = 0;
        for (start, length) in rows {
            if is_digits(start) && start.len() <= 12 && (4..=12).contains(&length) {
                prefixes.rows.insert(start.to_owned(), length);
            } else {
                left_out += 1;
            }
        }
        (prefixes, left_out)
    }

    /// Learns the prefix that a URN stated.
    pub fn learn(&mut self, identifier: &Identifier) {
        let Some(length) = identifier.prefix() else { return };
        let Some((_, _, fields)) = identifier.fields(usize::from(length)) else { return };
        if let Some(company) = fields.into_iter().next() {
            self.rows.insert(company, length);
        }
    }

    /// The length of the company prefix that `digits` start with; the longest known start decides.
    pub fn length(&self, digits: &str) -> Option<usize> {
        (1..=digits.len().min(12))
            .rev()
            .find_map(|end| self.rows.get(digits.get(..end)?))
            .map(|&length| usize::from(length))
    }
}
