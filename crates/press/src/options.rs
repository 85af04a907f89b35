//! What may differ between two prints of one report.

use serde::{Deserialize, Serialize};
use zhiheng_base::Date;

/// Options of a print. They are part of the imprint, so that a file can be made again from itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PressOptions {
    /// What stands before an address in the link of a number: `zhiheng:measure/`, or the address of a server.
    pub links: String,
    /// The name over the red line, as the issuing office wants it. `None` prints no red head: it belongs to
    /// the office, not to the program.
    pub head: Option<String>,
    /// Date in the file's metadata. `None` leaves it out; the clock is never read.
    pub date: Option<Date>,
    /// Whether a table of contents is printed.
    pub contents: Contents,
}

impl Default for PressOptions {
    fn default() -> PressOptions {
        PressOptions {
            links: "zhiheng:measure/".to_owned(),
            head: None,
            date: None,
            contents: Contents::default(),
        }
    }
}

/// Whether a table of contents is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Contents {
    /// From [`Contents::LONG`] headings on.
    #[default]
    Auto,
    /// Always.
    Yes,
    /// Never.
    No,
}

impl Contents {
    /// Headings from which a reader needs a table of contents: about twelve pages of text.
    pub const LONG: usize = 20;

    /// The choice for a report with that many headings.
    pub(crate) fn printed(self, headings: usize) -> bool {
        match self {
            Contents::Auto => headings >= Contents::LONG,
            Contents::Yes => true,
            Contents::No => false,
        }
    }
}
