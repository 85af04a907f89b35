#![doc = include_str!("../README.md")]
#![deny(missing_docs)]
#![allow(clippy::many_single_char_names, reason = "formulas keep the letters of their sources")]
#![allow(clippy::float_cmp, reason = "only exact ends (0, 1) are compared, and must be exactly")]

pub mod acceptance;
pub mod interval;
pub mod mean;
pub mod poisson;
pub mod random;
pub mod refusal;
pub mod run;
pub mod sample_size;
pub mod spc;
pub mod special;
pub mod two_samples;
pub mod weighted;

mod proportion;
mod sum;

pub use interval::Interval;
pub use refusal::Refusal;
