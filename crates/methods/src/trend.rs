//! Trend and season of one series of figures: what rises, what recurs, what is left over.
//!
//! Reading order: [`stl`] and [`decompose`] split a series, [`holt_winters`] carries it on, [`mann_kendall`]
//! asks whether it rises at all, [`sen`] by how much, [`pettitt`] when it broke, [`chain`] links indices.

pub mod autocorrelated;
pub mod chain;
pub mod decompose;
pub mod forecast;
pub mod growth;
pub mod holt_winters;
pub mod mann_kendall;
pub mod pettitt;
pub mod sen;
pub mod several;
pub mod stl;

mod bounded;
mod line_search;
mod loess;
mod pairs;
mod parabola;
mod partial_sort;
mod start;
mod subspace;
