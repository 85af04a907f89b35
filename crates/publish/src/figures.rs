//! Where a report's numbers come from: the engine of measures behind a small trait, so that reports can be
//! evaluated over any source of figures.

use zhiheng_base::{Diagnostic, Level, Period};
use zhiheng_catalog::Catalog;
use zhiheng_measure::{Address, Measure};

mod engine;

pub use engine::EngineFigures;

/// A source of measures.
pub trait Figures {
    /// The definitions behind the figures.
    fn catalog(&self) -> &Catalog;

    /// One number. A place without data is a measure without value, not an error.
    fn measure(&self, address: &Address) -> Result<Measure, Diagnostic>;

    /// Several numbers that differ in one respect, in any order; addresses without any record may be left out.
    fn series(&self, series: &Series) -> Result<Vec<Measure>, Diagnostic>;
}

/// Numbers that differ in one respect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// What they share. Its region is the whole for [`By::Region`], its period is unused for [`By::Period`].
    pub base: Address,
    /// In what they differ.
    pub by: By,
}

/// In what the numbers of a series differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// All regions of a level inside the base's region.
    Region(Level),
    /// These periods.
    Period(Vec<Period>),
    /// All values of a dimension.
    Dimension(String),
}
