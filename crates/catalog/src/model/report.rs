//! Report sources: Markdown with directives. The body is parsed in the publish crate, where its
//! directives are checked against the catalog.

use serde::{Deserialize, Serialize};

use super::Head;

/// A report file: front matter and body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportFile {
    /// Name, basis, owner, validity; id `reports.<file stem>`.
    pub head: Head,
    /// The rest of the front matter.
    pub front: ReportFront,
    /// Markdown after the front matter.
    pub body: String,
    /// Line of the file on which `body` begins, from 1.
    pub body_line: u32,
}

/// Front matter of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportFront {
    /// `annual`, `quarterly`, `special`.
    pub kind: String,
    /// Levels it is written for (`county`, `city`, …); empty means any.
    #[serde(rename = "for")]
    pub levels: Vec<String>,
    /// Layout (`gbt9704`).
    pub layout: String,
}
