//! Path models of satisfaction by partial least squares: from questionnaires to drivers and an index.
//!
//! Reading order: [`model`] says what is asked, [`fit`] estimates it, [`reliability`] and [`validity`] judge the
//! questionnaire, [`effects`] the model, [`bootstrap`] the chance in it; [`index`] gives the figure of 0–100
//! and [`map`] what to work on.
//!
//! Everything works on the matrix of correlations, so that a bootstrap costs microseconds per replicate.

pub mod bootstrap;
pub mod effects;
pub mod fit;
pub mod index;
pub mod map;
pub mod model;
pub mod reliability;
pub mod validity;

mod consistent;
mod data;
mod linear;
mod resample;
mod settle;
mod text;
