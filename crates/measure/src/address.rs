//! The address of a number: `sampling.pass_rate/621100/2013`, with cuts `;product=馒头` and `@1234` for
//! the ledger size. The same text in command, page, API, log and PDF.

use serde::{Deserialize, Serialize};
use zhiheng_base::{Period, RegionCode};

mod table;
mod text;

pub use table::{Split, TableAddress};

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
///
/// ```
/// let address: zhiheng_measure::Address = "sampling.pass_rate/621100/2013;size=small@1234".parse()?;
/// assert_eq!(address.cuts, [("size".to_owned(), "small".to_owned())]);
/// assert_eq!(address.as_of, Some(1234));
/// assert_eq!(address.to_string(), "sampling.pass_rate/621100/2013;size=small@1234");
/// # Ok::<(), zhiheng_base::Diagnostic>(())
/// ```
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

impl Address {
    /// The number of an indicator for a whole region, as now, from the newest records.
    pub fn new(indicator: impl Into<String>, region: RegionCode, period: Period) -> Address {
        Address {
            indicator: indicator.into(),
            region,
            basis: Basis::AsNow,
            period,
            cuts: Vec::new(),
            as_of: None,
        }
    }

    /// The same address for another indicator.
    #[must_use]
    pub fn of(&self, indicator: impl Into<String>) -> Address {
        Address { indicator: indicator.into(), ..self.clone() }
    }

    /// The same address in another period.
    #[must_use]
    pub fn in_period(&self, period: Period) -> Address {
        Address { period, ..self.clone() }
    }

    /// The same address in another region.
    #[must_use]
    pub fn in_region(&self, region: RegionCode) -> Address {
        Address { region, ..self.clone() }
    }

    /// The same address with one more cut; a cut of the same dimension is replaced.
    #[must_use]
    pub fn cut(&self, dimension: &str, value: impl Into<String>) -> Address {
        let mut cuts: Vec<(String, String)> =
            self.cuts.iter().filter(|(name, _)| name != dimension).cloned().collect();
        cuts.push((dimension.to_owned(), value.into()));
        cuts.sort();
        Address { cuts, ..self.clone() }
    }

    /// The same address at a ledger size.
    #[must_use]
    pub fn at_size(&self, size: u64) -> Address {
        Address { as_of: Some(size), ..self.clone() }
    }
}
