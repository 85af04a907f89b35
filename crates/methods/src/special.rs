//! Special functions behind the methods, to about 1e-13 relative, all through `libm` so that every
//! machine gives the same bits.
//!
//! Reading order: the normal distribution; log-gamma and Loader's saddle-point probabilities; the
//! incomplete gamma and beta functions, their inverses and Student's t, which are built on them.
//! `vectors/make_proportion.py` holds the comparison at 50 digits; the README has the errors found.

mod beta;
mod climb;
mod digamma;
mod gamma;
mod large;
mod noncentral;
mod normal;
mod saddle;
mod student;

pub use beta::{beta_lower, beta_lower_quantile, beta_upper, beta_upper_quantile};
pub use digamma::{digamma, trigamma};
pub use gamma::{gamma_lower, gamma_lower_quantile, gamma_upper, gamma_upper_quantile, ln_beta, ln_gamma};
pub use normal::{normal_cdf, normal_quantile, normal_upper, normal_upper_quantile};
pub use saddle::{binomial_pmf, hypergeometric_pmf, poisson_pmf};
pub use student::{student_upper, student_upper_quantile};

pub(crate) use beta::{beta_logit_quantile, beta_terms, logistic};
pub(crate) use climb::Climb;
pub(crate) use gamma::GammaShape;
pub(crate) use noncentral::noncentral_t;
pub(crate) use saddle::{ln_binomial, ln_hypergeometric};
