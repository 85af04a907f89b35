//! A credit report as it is handed over: the part of its JSON form that is printed.
//!
//! It is drawn where statements are judged; here only its form is known, so that a report that was kept as a file prints
//! as well as one drawn this moment. What a later version adds is passed over.

use serde::Deserialize;
use zhiheng_base::{Date, Node, Words};

/// Who reads the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The enterprise itself.
    #[serde(rename = "self")]
    Own,
    /// Authorities.
    Authority,
    /// Anyone.
    Public,
}

impl Scope {
    /// The word, as in commands and files.
    pub fn word(self) -> &'static str {
        match self {
            Scope::Own => "self",
            Scope::Authority => "authority",
            Scope::Public => "public",
        }
    }
}

/// What the report was drawn from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct CreditPins {
    /// Number of ledger entries.
    pub ledger_size: u64,
    /// Root hash of the ledger at that size, if it is known.
    pub ledger_root: Option<String>,
    /// Digest of the catalog.
    pub catalog: String,
}

/// A credit report.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CreditReport {
    /// Who reads it.
    pub scope: Scope,
    /// Credit code.
    pub holder: String,
    /// Name as last recorded.
    pub name: Option<String>,
    /// Whether a check character is wrong, so that the register should be asked.
    pub doubtful_code: bool,
    /// Other codes under which statements were recorded.
    pub other_codes: Vec<String>,
    /// Day of the report.
    pub day: Date,
    /// First and last day of what it shows.
    pub period: Option<(Date, Date)>,
    /// What it was drawn from.
    pub pins: CreditPins,
    /// What a reader must know.
    pub front: Vec<Node>,
    /// Grades.
    pub grades: Vec<GradeShown>,
    /// Statements by section.
    pub sections: Vec<Section>,
    /// Sources, and how many statements each gave.
    pub sources: Vec<(String, u32)>,
    /// Verification code over all of the above.
    pub code: String,
}

/// A grade as shown.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct GradeShown {
    /// Name of the scheme.
    pub name: Words,
    /// Whether its rules were seen in an official text.
    pub confirmed: bool,
    /// Grade.
    pub grade: Option<String>,
    /// Name of the grade.
    pub grade_name: Option<Words>,
    /// First day of the grade.
    pub since: Option<Date>,
    /// Printed points; not for the public.
    pub points: Option<String>,
    /// Changes so far: day and grade.
    pub history: Vec<(Date, Option<String>)>,
}

/// A section of the report.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Section {
    /// Its name.
    pub name: Words,
    /// Statements, the latest first.
    pub statements: Vec<StatementShown>,
}

/// A statement as shown.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct StatementShown {
    /// Number of its ledger entry.
    pub entry: u64,
    /// Name of its kind.
    pub name: Words,
    /// Its day.
    pub day: Date,
    /// What an objection has done to it.
    pub standing: Standing,
    /// Whether its validity has ended.
    pub ended: bool,
    /// Its other fields.
    pub facts: Vec<Fact>,
    /// Source.
    pub source: Option<String>,
    /// The code under which it was recorded, if that is not the holder's.
    pub via: Option<String>,
}

/// What an objection has done to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// No objection.
    Stands,
    /// Under objection.
    Doubted,
    /// The objection was rejected.
    Upheld,
    /// The objection was upheld: it does not count.
    Struck,
}

/// A field of a statement as shown.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Fact {
    /// Its name.
    pub label: Words,
    /// Value in both languages.
    pub value: Words,
}
