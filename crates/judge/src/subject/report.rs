//! The credit report of an enterprise, in three scopes, with a code by which anyone can check that nothing was changed.
//!
//! To the public goes what is public, as long as it is; never personal data, points, or grades that are for authorities alone. The
//! enterprise gets what is public and what is its own. Authorities get everything, statements with an upheld objection included and
//! marked. Names are in both languages and sentences are messages, so that one report reads in either.

mod code;
mod mask;
mod section;

use serde::{Deserialize, Serialize};
use zhiheng_base::{Date, Node, Words};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{RecordType, SubjectScheme};

use super::file::CreditFile;
use super::verdict::SubjectVerdict;
use super::walk::Step;

pub use section::{Fact, Objection, Section, Shown};

/// Who reads the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

    /// The scope of a word.
    pub fn parse(word: &str) -> Option<Scope> {
        [Scope::Own, Scope::Authority, Scope::Public].into_iter().find(|scope| scope.word() == word)
    }
}

/// What the report is drawn from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pins {
    /// Number of ledger entries.
    pub ledger_size: u64,
    /// Root hash of the ledger at that size, if it is known.
    pub ledger_root: Option<String>,
    /// Digest of the catalog.
    pub catalog: String,
}

/// A credit report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreditReport {
    /// Form of the report.
    pub version: u32,
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
    /// What it is drawn from.
    pub pins: Pins,
    /// Objectivity, scope, period, cycle, data, access.
    pub front: Vec<Node>,
    /// Grades.
    pub grades: Vec<GradeShown>,
    /// Statements by section, in the order of the code list.
    pub sections: Vec<Section>,
    /// Sources, and how many statements each gave.
    pub sources: Vec<(String, u32)>,
    /// Verification code over all of the above.
    pub code: String,
}

/// A grade as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GradeShown {
    /// Scheme.
    pub scheme: String,
    /// Its name.
    pub name: Words,
    /// Whether its rules were seen in an official text.
    pub confirmed: bool,
    /// Grade.
    pub grade: Option<String>,
    /// Name of the grade.
    pub grade_name: Option<Words>,
    /// First day of the grade.
    pub since: Option<Date>,
    /// Printed points; not for the public, who cannot see all that is behind them.
    pub points: Option<String>,
    /// Changes so far: day and grade.
    pub history: Vec<(Date, Option<String>)>,
    /// The same with causes; not for the public.
    pub steps: Vec<Step>,
}

/// Draws the report. `record` is the type of the statements, `graded` the grades of `day` with their schemes.
pub fn report(
    catalog: &Catalog,
    record: &RecordType,
    file: &CreditFile,
    graded: &[(&SubjectScheme, &SubjectVerdict)],
    scope: Scope,
    day: Date,
    pins: Pins,
) -> CreditReport {
    let sections = section::sections(catalog, record, file, scope, day);
    let shown = || sections.iter().flat_map(|section| &section.statements);
    let period = shown().map(|one| one.day).min().zip(shown().map(|one| one.day).max());
    let grades = (graded.iter())
        .filter(|(scheme, _)| scope == Scope::Authority || !scheme.internal)
        .map(|(scheme, verdict)| grade(scheme, verdict, scope))
        .collect();
    let mut report = CreditReport {
        version: 1,
        scope,
        holder: file.holder.clone(),
        name: section::name(file, record.date_field(), day)
            .map(|name| if scope == Scope::Public { mask::mask(&name) } else { name }),
        doubtful_code: file.doubtful,
        other_codes: section::other_codes(file, shown()),
        day,
        period,
        front: front(scope, day, period, &pins),
        pins,
        grades,
        sources: section::sources(shown()),
        sections,
        code: String::new(),
    };
    report.code = code::code(&report);
    report
}

fn grade(scheme: &SubjectScheme, verdict: &SubjectVerdict, scope: Scope) -> GradeShown {
    let open = scope != Scope::Public;
    let code = verdict.grade.as_deref();
    GradeShown {
        scheme: scheme.head.id.clone(),
        name: scheme.head.name.clone(),
        confirmed: scheme.head.confirmed,
        grade: verdict.grade.clone(),
        grade_name: code.and_then(|code| scheme.grade_name(code)).cloned(),
        since: verdict.since,
        points: verdict.points.filter(|_| open).map(|points| scheme.printed(points)),
        history: verdict.history.iter().map(|step| (step.day, step.grade.clone())).collect(),
        steps: if open { verdict.history.clone() } else { Vec::new() },
    }
}

/// What a reader must know before reading.
fn front(scope: Scope, day: Date, period: Option<(Date, Date)>, pins: &Pins) -> Vec<Node> {
    let scoped = match scope {
        Scope::Own => "credit-front-self",
        Scope::Authority => "credit-front-authority",
        Scope::Public => "credit-front-public",
    };
    let period = match period {
        Some((from, to)) => Node::new("credit-front-period").arg("from", from).arg("to", to),
        None => Node::new("credit-front-nothing"),
    };
    let cycle = Node::new("credit-front-cycle").arg("day", day).arg("size", pins.ledger_size);
    vec![
        Node::new("credit-front-objective"),
        Node::new(scoped),
        period,
        cycle,
        Node::new("credit-front-data"),
        Node::new("credit-front-access"),
    ]
}

impl CreditReport {
    /// Whether the report is as it was drawn.
    pub fn verifies(&self) -> bool {
        !self.code.is_empty() && code::code(self) == self.code
    }
}
