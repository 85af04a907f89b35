//! Roll-ups: additive states of every additive indicator, by region, quarter and at most one dimension, kept
//! beside the lake and brought forward from what was added since.
//!
//! For each record type and quarter there is a list of *runs*. A run is one Parquet file per cuboid (no dimension,
//! or one of the dimensions that indicators are cut by) with rows (level, region, value) → states. The first run
//! covers the quarter as it was when it was first rolled up; each later one covers only the rows that were added
//! since. Reading adds the runs up. More than [`RUNS_MAX`] runs are merged; a correction of an older row makes
//! the quarter *dirty*, and it is rolled up again from the lake.
//!
//! Leaves (regions as recorded) are aggregated first, from parts sorted by region; counties, cities, provinces and
//! the nation follow from the leaves, by present codes. In reading order: [`cube`] (the aggregation), [`rows`]
//! (lake rows → states), [`file`] (states ↔ Parquet), `held` (its upper tiers in memory), [`store`] (which files belong to what).

pub mod cube;
pub mod file;
mod held;
pub mod rows;
pub mod store;

pub use store::{RolledUp, Rollup};

/// Runs that a quarter may have before they are merged.
pub const RUNS_MAX: usize = 16;

/// Level of a row in a run: small ones first, so that they lie together at the start of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The nation, by present codes.
    Nation = 0,
    /// Provinces.
    Province = 1,
    /// Cities.
    City = 2,
    /// Counties.
    County = 3,
    /// Regions as recorded.
    Leaf = 4,
}

impl Tier {
    /// All tiers as they stand in a file.
    pub const ALL: [Tier; 5] = [Tier::Nation, Tier::Province, Tier::City, Tier::County, Tier::Leaf];

    /// The tier that holds a region of this level by itself.
    pub fn of(level: zhiheng_base::Level) -> Tier {
        match level {
            zhiheng_base::Level::Nation => Tier::Nation,
            zhiheng_base::Level::Province => Tier::Province,
            zhiheng_base::Level::City => Tier::City,
            zhiheng_base::Level::County => Tier::County,
            zhiheng_base::Level::Township | zhiheng_base::Level::Village => Tier::Leaf,
        }
    }
}
