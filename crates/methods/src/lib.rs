#![doc = include_str!("../README.md")]
#![deny(missing_docs)]
#![expect(clippy::many_single_char_names, reason = "formulas keep the letters of their sources")]
#![expect(clippy::float_cmp, reason = "only exact ends (0, 1) are compared, and must be exactly")]

pub mod acceptance;
pub mod agreement;
pub mod brand;
pub mod certainty;
pub mod composite;
pub mod decision;
pub mod disclosure;
pub mod disproportionality;
pub mod early_warning;
pub mod energy;
pub mod interval;
pub mod mean;
pub mod pls;
pub mod poisson;
pub mod random;
pub mod refusal;
pub mod risk;
pub mod run;
pub mod sample_size;
pub mod small_area;
pub mod spc;
pub mod special;
pub mod survey;
pub mod trend;
pub mod truth;
pub mod two_samples;
pub mod weighted;

mod basis;
mod frame;
mod halving;
mod proportion;
mod sum;

pub use interval::Interval;
pub use refusal::Refusal;
