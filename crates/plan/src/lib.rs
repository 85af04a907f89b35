//! What a year's quality work is to come to, who does what by when, and who is inspected.
//!
//! In reading order: [`row`] (records as plans read them), [`target`] and [`decompose`](mod@decompose) (targets over regions and
//! departments, and whether the parts make up the whole), [`succeed`] (targets of regions that changed), [`cycle`] (the
//! dates of the year), [`clause`], [`task`] and [`letter`] (who promised what, and what both signed), [`norm`] (numbers that
//! offices set), [`visit`] (planned inspections), [`draw`] (who is drawn, so that anyone can draw again), [`pair`] (who inspects whom), [`quota`],
//! [`burden`] and [`repeat`] (how many, how often, and never the same product twice).
//!
//! All of it is pure: records in, findings and new records out. Today is an argument, so is what counts as a rest day.

// A diagnostic carries its place and arguments by value: it is made where a person's data is wrong.
#![allow(clippy::result_large_err)]

pub mod burden;
pub mod clause;
pub mod cycle;
pub mod decompose;
pub mod draw;
mod hash;
pub mod letter;
pub mod norm;
pub mod pair;
pub mod quota;
pub mod repeat;
pub mod row;
pub mod succeed;
pub mod target;
pub mod task;
pub mod visit;

pub use row::{FromRow, Row, read};
