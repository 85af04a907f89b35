//! Small areas: estimates for places or groups with too few sampled rows to stand alone.
//!
//! **What it answers.** A province's sample gives a county three batches. What can be said about the county,
//! if counties with like figures in the registers behave alike, and how far off could it be?
//!
//! **How to use it.** With one direct estimate and its variance per area: [`fay_herriot`]. With the sampled
//! units themselves and the areas' means of the auxiliary values: [`unit_level`].
//!
//! **Formula.** Both predict `γ_d · (what the area itself says) + (1 − γ_d) · (what the model says)`, with `γ_d`
//! the share of the area's own variation in all variation. See the two methods.
//!
//! **Source.** Rao and Molina (2015), *Small Area Estimation*, 2nd ed., ch. 5–7. Figures equal R `sae` 1.3.
//!
//! **When not to use it.** To rank areas or to judge one: predictions are drawn to the model. Never publish
//! them as measured figures; say that they are modelled.

mod area_fit;
mod fay_herriot;
mod nested_error;
mod unit_bootstrap;
mod unit_level;

pub use fay_herriot::{AreaEstimate, AreaMethod, AreaModel, FayHerriot, fay_herriot};
pub use unit_bootstrap::unit_level_mse;
pub use unit_level::{Target, UnitEstimate, UnitLevel, UnitMethod, UnitModel, unit_level};

use crate::special::normal_upper;

/// A coefficient of a model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// Its value.
    pub value: f64,
    /// Its standard error, with the variances taken as known.
    pub standard_error: f64,
    /// Value over standard error.
    pub z: f64,
    /// Two-sided probability of such a `z` if the coefficient were 0.
    pub p_value: f64,
}

impl Coefficient {
    fn new(value: f64, standard_error: f64) -> Self {
        let z = value / standard_error;
        Self { value, standard_error, z, p_value: (2.0 * normal_upper(z.abs())).min(1.0) }
    }
}
