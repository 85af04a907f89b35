//! One proportion: one file for each interval. Callers reach them through [`crate::interval`].

pub(crate) mod agresti_coull;
pub(crate) mod arcsine;
pub(crate) mod clopper_pearson;
pub(crate) mod jeffreys;
pub(crate) mod mid_p;
pub(crate) mod wald;
pub(crate) mod wilson;
