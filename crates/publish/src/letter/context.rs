//! The facts that a letter is written from: those of the case at the step that writes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use zhiheng_base::Date;

use crate::shown::Shown;

/// What a letter is written from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterContext {
    /// Number of the letter, the next of its series; empty as long as none was taken (a preview).
    pub number: String,
    /// Whom it is for.
    pub to: String,
    /// The office that writes.
    pub unit: String,
    /// Who signs off a letter to an office above (a post); empty for all others.
    #[serde(default)]
    pub signer: String,
    /// Day of the step.
    pub on: Date,
    /// Number of the case.
    pub case_no: String,
    /// The sheet, by field.
    pub fields: BTreeMap<String, Shown>,
    /// The clocks of the case, by instance.
    pub clocks: BTreeMap<String, ClockShown>,
    /// Size of the ledger that it was written from.
    pub ledger: u64,
    /// Digest of the catalog.
    pub catalog: String,
    /// Code with which the letter is checked.
    pub verify: String,
}

/// The days of a clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockShown {
    /// First day of a window.
    pub opens: Option<Date>,
    /// Last day.
    pub due: Option<Date>,
    /// The days may still move, since the holidays of a year have not been announced.
    pub provisional: bool,
}
