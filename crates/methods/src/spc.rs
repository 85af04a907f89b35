//! Statistical process control: control charts, rules, capability, run lengths, Pareto tables and yields.
//!
//! Reading order: [`chart`] says what a chart is; [`variables`], [`individuals`], [`attributes`] and
//! [`laney`] draw the Shewhart charts; [`rules`] reads them; [`cusum`] and [`ewma`] find small shifts;
//! [`arl`] says how long each takes; [`capability`] compares a process with its specification; [`pareto`] and
//! [`yields`] count.
//!
//! Missing values: a blank measurement is left out of its subgroup, whose size falls by one. Subgroups
//! without a value, and counts without a size, are refused.

pub mod arl;
pub mod attributes;
pub mod capability;
pub mod chart;
pub mod constants;
pub mod cusum;
pub mod ewma;
pub mod individuals;
pub mod laney;
pub mod pareto;
pub mod rules;
pub mod subgroups;
pub mod variables;
pub mod yields;

pub use chart::{Chart, Point, Settings, Width};
pub use constants::Constants;
pub use subgroups::Subgroups;

mod quadrature;
