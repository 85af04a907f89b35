//! The child process that reads files, and its parent's side.
//!
//! The parent opens the file and hands it to the child as standard input; the child limits itself before it reads
//! a byte, and answers with small, counted, checksummed frames. A child that dies, for whatever reason, is
//! one clear diagnostic.

mod batch;
mod cage;
mod child;
mod done;
mod frame;
mod parent;
mod request;
mod run;
mod tally;

pub use child::main;
pub use done::{Done, Group};
pub use frame::{Frame, MAX_FRAME};
pub use parent::{Frames, annotate, read, spawn};
pub use request::{Aim, Request, Task, Within};
pub use run::run_here;

/// Name of the hidden subcommand that calls [`main`].
pub const SUBCOMMAND: &str = "intake-worker";
