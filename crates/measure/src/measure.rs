//! What a number is: its value, its two parts, its uncertainty, its target, its definition, its rows.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use zhiheng_base::Lang;

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
    /// For changes and comparable rates: the other period and the test between the two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// For weighted and comparable rates: how much of the whole the figure rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// For weighted and comparable rates: cells (product, industry, …) that carry the figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cells: Option<u64>,
    /// For weighted and comparable rates: the unweighted rate of all records, printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plain: Option<String>,
    /// For figures of a method: what else it says of the place, by the name of its column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<(String, String)>,
    /// For control charts and signals: the steps of the series, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Why the method gives no figure, in parts of a sentence ([`zhiheng_methods::Refusal::parts`]).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub refusal: BTreeMap<String, String>,
    /// True if records or cells were weighted: such a figure must not stand in one series with plain ones.
    #[serde(default)]
    pub weighted: bool,
    /// Ledger size.
    pub ledger_size: u64,
    /// Catalog digest.
    pub catalog: String,
}

impl Measure {
    /// A number without data at this address.
    pub fn empty(address: Address) -> Measure {
        Measure {
            ledger_size: address.as_of.unwrap_or(0),
            address,
            value: None,
            top: None,
            bottom: None,
            number: None,
            low: None,
            high: None,
            limits: None,
            interval: None,
            records: 0,
            synthetic: 0,
            published: 0,
            excluded: Vec::new(),
            target: None,
            flags: Vec::new(),
            comparison: None,
            coverage: None,
            cells: None,
            plain: None,
            beside: Vec::new(),
            steps: Vec::new(),
            refusal: BTreeMap::new(),
            weighted: false,
            catalog: String::new(),
        }
    }

    /// Says why a method gives no figure, or no interval.
    pub(crate) fn refuse(&mut self, flag: Flag, method: &str, refusal: &zhiheng_methods::Refusal) {
        self.flags.push(flag);
        let parts = refusal.parts().into_iter().map(|(name, value)| (name.to_owned(), value));
        self.refusal = parts.chain([("id".to_owned(), method.to_owned())]).collect();
    }

    /// True if this flag is set.
    pub fn has(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }
}

/// One step of a watched series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Week, month or quarter, as text.
    pub period: String,
    /// Value; `None` without data.
    pub value: Option<f64>,
    /// Centre line or expectation.
    pub centre: Option<f64>,
    /// Lower limit.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
    /// Whether it is out of the ordinary.
    pub alarm: bool,
    /// Whether it lies before the period, so that it only says what is ordinary.
    pub base: bool,
    /// What else the method says of it, by the name of its column.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<(String, String)>,
}

/// The other period of a change, and whether the difference is carried by a test.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The figure compared with.
    #[serde(with = "crate::measure::as_text")]
    pub from: Address,
    /// Its printed value.
    pub from_value: Option<String>,
    /// Its parts; a total has no second one.
    pub from_top: Option<Decimal>,
    /// See `from_top`.
    pub from_bottom: Option<Decimal>,
    /// Difference, rounded once from the exact parts: percentage points for rates, percent for relative
    /// changes, the unit itself for totals.
    pub difference: Option<Decimal>,
    /// Unrounded difference, for drawing only.
    pub number: Option<f64>,
    /// Whether the two-sample test at the indicator's level carries the difference. `None` where no test
    /// applies: complete counts, sums, figures handed in.
    pub carried: Option<bool>,
    /// Two-sided p-value of that test.
    pub p_value: Option<f64>,
    /// Interval of the difference in the same unit.
    pub low: Option<f64>,
    /// See `low`.
    pub high: Option<f64>,
    /// Test, such as `two-proportion score test`.
    pub test: Option<String>,
}

/// How much of the whole a weighted figure rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// Weight (output, samples) of the cells with data.
    pub covered: Decimal,
    /// Weight of all cells.
    pub whole: Decimal,
    /// `covered / whole`, 0 to 1, rounded to four places.
    pub share: Decimal,
}

/// Records left out, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excluded {
    /// Reason: `filter` (another kind of record), `bottom` (outside the base), `unknown` (the formula is null),
    /// `withdrawn`, `older` (a later figure was handed in).
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
    /// Several live figures were handed in for this region and period; the latest counts.
    Several,
    /// The sample does not carry an interval, and says why.
    NoInterval,
    /// The method gives no figure, and says why.
    Refused,
}

impl Flag {
    /// The word used in data and in the names of sentences: `small`, `low-coverage`.
    pub fn word(self) -> &'static str {
        match self {
            Flag::Small => "small",
            Flag::Suppressed => "suppressed",
            Flag::Unconfirmed => "unconfirmed",
            Flag::Synthetic => "synthetic",
            Flag::Published => "published",
            Flag::Break => "break",
            Flag::LowCoverage => "low-coverage",
            Flag::NotComparable => "not-comparable",
            Flag::Several => "several",
            Flag::NoInterval => "no-interval",
            Flag::Refused => "refused",
        }
    }

    /// What a reader must be told, as a sentence.
    pub fn sentence(self, lang: Lang) -> String {
        zhiheng_base::words::say(lang, &format!("flag-{}", self.word()), &[])
    }
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
