//! Report, table and figure models; what a published sentence may say.
//!
//! In reading order: [`model`] (what a report is), [`chart`] (figures), then the report language and its evaluation.

pub mod chart;
pub mod model;
