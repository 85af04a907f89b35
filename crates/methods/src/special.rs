//! Special functions behind the methods, to about 1e-13 relative, all through `libm` so that every
//! machine gives the same bits.
//!
//! Reading order: [`normal`], then the saddle-point probabilities, then the incomplete beta and gamma
//! functions with their inverses.

mod normal;

pub use normal::{normal_cdf, normal_quantile, normal_upper, normal_upper_quantile};
