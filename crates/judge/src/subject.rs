//! Statements of enterprises and a scheme → grades, why, and the credit report.
//!
//! In reading order: [`rules`] (a scheme made ready, a statement as it sees one), [`spans`] (when each statement counts), [`walk`]
//! (the grade from the first day to the last), [`verdict`] (what comes out for one holder), [`explain`] (why), [`grades`] (all
//! holders, kept up to date), [`identity`] (one enterprise, many codes), [`file`](mod@file) (a credit file), [`report`](mod@report)
//! (its report in three scopes).
//!
//! A grade is a pure function of the scheme, the statements known at a ledger size, and a day. A period runs from the day of the
//! statement to the corresponding day, that day included, or to the last day of its month where there is none (Civil Code, articles
//! 200 to 202). Statements of one day are one event: what takes the grade down comes before what lifts it.

pub mod example;
pub mod explain;
pub mod file;
pub mod grades;
pub mod identity;
pub mod report;
pub mod rules;
pub mod spans;
pub mod verdict;
pub mod walk;

pub use example::run_examples;
pub use explain::explain;
pub use file::{CreditFile, Entry};
pub use grades::Subjects;
pub use identity::{By, Identity, Match};
pub use report::{CreditReport, Pins, Scope, report};
pub use rules::{Rules, Statement};
pub use verdict::{ItemJudged, Later, Need, Next, SubjectVerdict, verdict};
pub use walk::{Cause, Standing, Step};
