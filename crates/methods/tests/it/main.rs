//! The crate's figures against the reference: 60-digit vectors, R's output, and laws that must hold.
#![expect(clippy::print_stderr, reason = "the worst error found is worth a line in the test's output")]

mod acceptance;
mod acceptance_laws;
mod guide;
mod properties;
mod r;
mod shared;
mod spc;
mod spc_laws;
mod spc_r;
mod table;
mod vectors;
