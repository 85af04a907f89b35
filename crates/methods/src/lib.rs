#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

pub mod interval;
pub mod mean;
pub mod poisson;
pub mod sample_size;
pub mod special;
pub mod two_samples;
pub mod weighted;

mod proportion;

pub use interval::Interval;
