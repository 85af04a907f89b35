//! Disclosure control of tables: which cells tell too much about whoever stands behind them, and which others must go with them
//! so that they cannot be worked out from the totals.
//!
//! In reading order: [`Rule`] (what is too much), [`Table`] (cells with their totals), [`intervals`] (what anybody can work out of
//! a table with gaps), [`protect`] (the gaps that keep everything safe), [`Summary`] (what is written down of it).
//!
//! A table of counts or sums with its totals is a network: rows and columns are nodes, cells are arcs, and to be consistent is
//! to be a circulation. What a gap can hold, at least and at most, is then a maximum flow, in whole numbers and exactly. So every
//! protection that is claimed here is proven by solving for it, whatever the search for it left out.
//!
//! Sources: Hundepool, Domingo-Ferrer, Franconi, Giessing, Nordholt, Spicer and de Wolf, *Statistical Disclosure Control*, Wiley
//! 2012, chapter 4 (rules, safety levels, secondary suppression, the singleton problem); Cox, “Network models for complementary
//! cell suppression”, *Journal of the American Statistical Association* 90, 1995, 1453–1462 (tables as networks); Kelly, Golden
//! and Assad, “Cell suppression: disclosure protection for sensitive tabular data”, *Networks* 22, 1992, 397–417 (the search).

mod audit;
mod network;
mod rule;
mod search;
mod summary;
mod table;

pub use audit::{Interval, intervals};
pub use rule::{Reason, Rule};
pub use search::{Judged, Protection, Weight, protect};
pub use summary::Summary;
pub use table::{Cell, Table};
