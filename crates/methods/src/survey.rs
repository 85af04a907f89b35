//! Design-based estimation: what a sample with strata, clusters and weights says about its population.
//!
//! **What it answers.** A sample was drawn by a plan: strata, clusters in one or more stages, unequal
//! probabilities. What are the population's mean, total, ratio, shares and quantiles, also in parts of it
//! (domains), and how far could they be off?
//!
//! **How to use it.** A [`Plan`] says how the sample was drawn; [`Design::prepare`] sorts it once. A
//! [`Domain`] is the whole or a part of it; its methods estimate. A design can be adjusted to known totals
//! ([`Design::post_stratify`], [`Design::rake`], [`Design::calibrate`]), or turned into [`Replicates`]
//! (jackknife, bootstrap). Independent of a sample are the [`allocation`] of one to strata and
//! [`inclusion_probabilities`].
//!
//! **Formula.** With first-stage units `i` of stratum `h`, sampled `n_h` of `N_h`, the variance of a total
//! of `z` (already weighted) is `Σ_h (1 − n_h/N_h) n_h/(n_h − 1) Σ_i (z_hi − z̄_h)²` plus `n_h/N_h` times
//! the same sum over the second stage within each unit, and so on. A mean, ratio or share is a total of its
//! linearised values: `z = w (y − ȳ)/Σw` for a mean. A unit without a row in a domain counts with 0.
//!
//! **Source.** Särndal, Swensson and Wretman (1992), *Model Assisted Survey Sampling*, ch. 4, 5, 10; Lumley
//! (2010), *Complex Surveys*, ch. 2, 3, 7. Figures equal R `survey` 4.1.1.
//!
//! **When not to use it.** When nobody knows how the sample was drawn: weights do not turn a convenience
//! sample into a random one. With few rows in a domain prefer [`crate::small_area`].

mod adjust;
mod allocation;
mod calibrate;
mod design;
mod domain;
mod estimate;
mod inclusion;
mod layout;
mod likelihood;
mod linear;
mod newton;
mod plan;
mod quantile;
mod quantile_rule;
mod rake;
mod replicate_estimate;
mod replicates;
mod resample;
mod share;
mod shares;
mod table_test;
mod variance;

pub use allocation::{Allocation, AllocationRule, Stratum, allocation};
pub use calibrate::{Calibration, Distance};
pub use design::Design;
pub use domain::{Domain, Missing};
pub use estimate::Estimate;
pub use inclusion::inclusion_probabilities;
pub use plan::{Lonely, Plan, Stage};
pub use quantile::{Quantile, QuantileInterval, QuantileOptions};
pub use quantile_rule::QuantileRule;
pub use rake::{Margin, RakingControl};
pub use replicates::Replicates;
pub use resample::Bootstrap;
pub use share::{Share, ShareInterval};
pub use table_test::{TableStatistic, TableTest};
