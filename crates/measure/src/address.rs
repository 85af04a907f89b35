//! The address of a number: `sampling.pass_rate/621100/2013`, with cuts `;product=馒头` and `@1234` for
//! the ledger size. The same text in command, page, API, log and PDF.

use serde::{Deserialize, Serialize};
use zhiheng_base::{Period, RegionCode};

/// Whether regions are taken as they were or as they are now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// As now: old codes are mapped to their successors (the default).
    #[default]
    AsNow,
    /// As then: codes as recorded. Written `~then` at the end of the region.
    AsThen,
}

/// The address of one number.
///
/// Grammar: `indicator / region[~then] / period [;dimension=value]* [@size]`.
/// Characters `/ ; = @ % ~` and space in values are percent-encoded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// Indicator id.
    pub indicator: String,
    /// Region.
    pub region: RegionCode,
    /// As then or as now.
    pub basis: Basis,
    /// Period.
    pub period: Period,
    /// Cuts: dimension and value, in order of dimension.
    pub cuts: Vec<(String, String)>,
    /// Ledger size; `None` is the newest.
    pub as_of: Option<u64>,
}
