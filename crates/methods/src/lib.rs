#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod interval;
pub mod special;
pub mod two_samples;

mod proportion;

pub use interval::Interval;
