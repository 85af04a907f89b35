//! The crate's figures against the reference: 60-digit vectors, R's output, and laws that must hold.
#![expect(clippy::print_stderr, reason = "the worst error found is worth a line in the test's output")]

mod agreement;
mod agreement_laws;
mod any_table;
mod beside;
mod by_name;
mod composite;
mod composite_laws;
mod decision;
mod decision_laws;
mod guide;
mod properties;
mod r;
mod shared;
mod table;
mod vectors;
