//! What a number is: its value, its two parts, its uncertainty, its target, its definition, its rows.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::Address;

/// One number with everything that is needed to stand behind it.
///
/// Rates are held as exact parts; `value`, `low` and `high` are the printed forms, rounded once by the
/// indicator's rule. All are `None` when there is no data (zero denominator, nothing reported).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// Where it lives, with the ledger size it was computed at.
    #[serde(with = "crate::measure::as_text")]
    pub address: Address,
    /// Printed value in the indicator's unit, without the unit sign (`85.9`).
    pub value: Option<String>,
    /// Exact numerator (count, sum); for totals the total itself.
    pub top: Option<Decimal>,
    /// Exact denominator; `None` for totals.
    pub bottom: Option<Decimal>,
    /// Unrounded value in the unit (per cent for rates), for drawing and comparing only.
    pub number: Option<f64>,
    /// Printed lower limit.
    pub low: Option<String>,
    /// Printed upper limit.
    pub high: Option<String>,
    /// Unrounded limits in the unit.
    pub limits: Option<(f64, f64)>,
    /// Interval method and level, `wilson 95 %`.
    pub interval: Option<String>,
    /// Records counted in the denominator (or the total).
    pub records: u64,
    /// Of these, how many are synthetic.
    pub synthetic: u64,
    /// Of these, how many are published figures.
    pub published: u64,
    /// Records of the same region, period and cut that were not counted, by reason.
    pub excluded: Vec<Excluded>,
    /// Target of this region and period, if one is set.
    pub target: Option<TargetState>,
    /// What a reader must be told.
    pub flags: Vec<Flag>,
    /// Ledger size.
    pub ledger_size: u64,
    /// Catalog digest.
    pub catalog: String,
}

/// Records left out, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excluded {
    /// Reason: `filter`, `bottom`, `unknown` (the formula is null), `withdrawn`, ….
    pub reason: String,
    /// The formula or text behind it.
    pub rule: String,
    /// How many.
    pub records: u64,
}

/// A target and whether it is met.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetState {
    /// Target in the unit.
    pub value: Decimal,
    /// True: at least; false: at most.
    pub at_least: bool,
    /// Compared by the full value (GB/T 8170), not the printed one. `None` when there is no data.
    pub met: Option<bool>,
    /// Whether the interval lies wholly on one side of the target.
    pub certain: bool,
    /// Where it is set.
    pub basis: String,
}

/// What a reader must be told beside a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// The base is below the small-number threshold.
    Small,
    /// Suppressed because the base is small.
    Suppressed,
    /// The definition rests on an unconfirmed rule.
    Unconfirmed,
    /// Some or all records are synthetic.
    Synthetic,
    /// A published figure, not computed from rows.
    Published,
    /// The series breaks inside or before this period.
    Break,
    /// Weights cover less than the declared share.
    LowCoverage,
    /// Compared with a period on the other side of a break.
    NotComparable,
}

/// (De)serialises an address as its text.
pub mod as_text {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::Address;

    /// Writes the text.
    pub fn serialize<S: Serializer>(address: &Address, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(address)
    }

    /// Reads the text.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Address, D::Error> {
        let text = String::deserialize(from)?;
        text.parse().map_err(|problem: zhiheng_base::Diagnostic| {
            serde::de::Error::custom(problem.message(zhiheng_base::Lang::En))
        })
    }
}
