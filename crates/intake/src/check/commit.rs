//! Personal values: the record holds a salted commitment, the value stands beside it and can be erased.

use std::rc::Rc;

use sha2::{Digest as _, Sha256};
use zhiheng_base::draft::PersonalValue;
use zhiheng_base::{Diagnostic, Severity};

/// The commitment of a personal value, and the value for the side table.
pub(super) fn commit(field: &str, value: &[u8]) -> Result<(Rc<str>, PersonalValue), Diagnostic> {
    let mut salt = [0; 32];
    getrandom::fill(&mut salt).map_err(|error| {
        let mut problem = Diagnostic::error("ZH3408").arg("why", error);
        problem.severity = Severity::Error;
        problem
    })?;
    let digest = Sha256::new().chain_update(salt).chain_update(value).finalize();
    let mut text = String::with_capacity(71);
    text.push_str("sha256:");
    for byte in digest {
        use std::fmt::Write as _;
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    let value = String::from_utf8_lossy(value).into_owned();
    Ok((Rc::from(text), PersonalValue { field: field.to_owned(), salt, value }))
}
