//! Procedures: states, clocks, letters, cases → records.
//!
//! [`clock`] turns a definition (within 60 days of the order) and facts (the order's date, pauses) into a date that explains
//! itself; [`case`] turns a procedure and what people did into a state, duties, letters and records. There is no I/O and no clock of the machine here: today is an
//! argument, and so are the texts of calendar and definitions.

// A diagnostic carries its place and arguments by value: it is made where a person's data is wrong.
#![allow(clippy::result_large_err)]

pub mod case;
pub mod clock;
