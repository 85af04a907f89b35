//! The crate's figures against the reference: 60-digit vectors, R's output, and laws that must hold.
#![expect(clippy::print_stderr, reason = "the worst error found is worth a line in the test's output")]

mod guide;
mod properties;
mod r;
mod shared;
mod small_area;
mod survey_data;
mod survey_laws;
mod survey_r;
mod survey_run;
mod survey_shared;
mod table;
mod vectors;
