//! The crate's figures against the reference: 60-digit vectors, R's output, and laws that must hold.
#![expect(clippy::print_stderr, reason = "the worst error found is worth a line in the test's output")]

mod disproportionality;
mod disproportionality_laws;
mod early_warning;
mod early_warning_laws;
mod early_warning_r;
mod guide;
mod properties;
mod r;
mod shared;
mod table;
mod vectors;
