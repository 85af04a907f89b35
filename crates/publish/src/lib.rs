//! Report, table and figure models; what a published sentence may say.
//!
//! In reading order: [`model`] (what a report is), [`chart`] (figures as data), [`mod@language`] (the source of a report),
//! [`mod@figures`] (where numbers come from), [`phrase`] (what a sentence may say), [`mod@evaluate`] (source and numbers into a
//! report), [`svg`] (figures drawn); [`mod@letter`] (templates and cases into official letters), [`credit`] (an enterprise's
//! credit report) and [`mod@shown`] (values as
//! people read them).

pub mod chart;
pub mod credit;
pub mod evaluate;
#[cfg(test)]
mod fake;
pub mod figures;
pub mod language;
pub mod letter;
pub mod model;
pub mod names;
pub mod phrase;
pub mod shown;
pub mod svg;
mod words;

pub use evaluate::{EvaluationRequest, evaluate};
pub use figures::{By, Figures, Series};
