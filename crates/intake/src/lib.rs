//! Files from outside → checked drafts.
//!
//! Whatever a person or another office hands in is hostile until it has been read: a 1.4 KB workbook can ask
//! for 550 GB, a 31-byte Parquet file for 19 GB. So files are opened by a child process with limits
//! ([`worker`]), and what comes back is a stream of small, checked frames.
//!
//! In reading order: [`limits`] (how much of anything is read), [`read`] (any format → rows of cells),
//! [`map`] (columns → fields), [`check`] (cells → typed values → drafts or refusals), [`worker`] (the child
//! process and its protocol), [`workbook`] (templates, and the user's own workbook back with its errors
//! marked).

pub mod check;
pub mod limits;
pub mod map;
pub mod problem;
pub mod read;
pub mod text;
pub mod workbook;
pub mod worker;

pub use limits::Limits;
pub use worker::{Frame, Request, run_here, spawn};
