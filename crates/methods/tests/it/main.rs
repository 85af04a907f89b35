//! The crate's figures against the reference: 60-digit vectors, R's output, and laws that must hold.
#![expect(clippy::print_stderr, reason = "the worst error found is worth a line in the test's output")]

mod guide;
mod pls;
mod pls_laws;
mod properties;
mod r;
mod shared;
mod table;
mod trend;
mod trend_laws;
mod vectors;
