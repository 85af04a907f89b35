//! Indicators: what is counted, over what, and how the figure is printed.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use zhiheng_base::Words;
use zhiheng_base::exact::Rounding;

use super::{ByMethod, Head, MethodRows};
use crate::Formula;

/// An indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// Name, basis, owner, validity.
    pub head: Head,
    /// What it is computed from.
    pub kind: IndicatorKind,
    /// Dimensions by which it may be cut, besides region and period: field ids of its record.
    pub by: Vec<String>,
    /// Unit of the printed value.
    pub unit: Unit,
    /// Which way is good.
    pub better: Better,
    /// Whether pages of regions begin with it; of several the first by id counts.
    pub headline: bool,
    /// How uncertainty is stated; `None` for totals that are complete counts.
    pub interval: Option<IntervalRule>,
    /// What happens when the base is small.
    pub small: Option<SmallRule>,
    /// How the printed value is rounded.
    pub round: RoundRule,
    /// Days on which the definition or the data changed so that figures do not compare.
    pub breaks: Vec<Break>,
    /// Targets by region and period.
    pub targets: Vec<Target>,
}

/// What an indicator is computed from. `Aggregate` gives the record type and the filter.
#[derive(Clone, Debug, PartialEq)]
pub enum IndicatorKind {
    /// Number of records.
    Count(Aggregate),
    /// Sum of a decimal over records.
    Sum {
        /// Records.
        over: Aggregate,
        /// What is added.
        value: Formula,
    },
    /// Mean of a decimal over records; with a weight, the weighted mean.
    Mean {
        /// Records.
        over: Aggregate,
        /// What is averaged.
        value: Formula,
        /// Weight of a record.
        weight: Option<Formula>,
    },
    /// Ratio of two sums.
    Ratio {
        /// Records.
        over: Aggregate,
        /// Numerator of a record.
        top: Formula,
        /// Denominator of a record.
        bottom: Formula,
    },
    /// Share of records that meet `top` among those that meet `bottom`.
    Proportion {
        /// Records.
        over: Aggregate,
        /// Boolean.
        top: Formula,
        /// Boolean; records that do not meet it are excluded, and shown as excluded.
        bottom: Formula,
        /// Design weight of a record.
        weight: Option<Formula>,
        /// Output weighting in layers (cell rates weighted by output, regions combined by output).
        weights: Option<Weights>,
        /// How the records were drawn, if they are a sample by design: the interval rests on it.
        design: Option<Design>,
    },
    /// Proportion over the cells that exist in both periods, weighted by the base period.
    Comparable(Comparable),
    /// Difference to another period: percentage points for rates, relative change for totals.
    Change {
        /// Indicator id.
        of: String,
        /// `true`: same period last year; `false`: previous period.
        year_before: bool,
        /// `true`: relative change in percent; `false`: difference (points).
        relative: bool,
    },
    /// Number of records valid on the last day of the period.
    Register(Aggregate),
    /// Handed in by a department as a figure: the record with region, period and value.
    Reported {
        /// Records.
        over: Aggregate,
        /// The figure.
        value: Formula,
    },
    /// A formula over other indicators of the same region and period; names are indicator ids with
    /// `.` written as `__` inside the formula tree, as ids with a dot in the file.
    Derived {
        /// The formula.
        formula: Formula,
        /// Indicator ids in it.
        of: Vec<String>,
    },
    /// What a method makes of a table of records, places or steps of time.
    Method(ByMethod),
}

impl IndicatorKind {
    /// The records that it reads itself; `None` for kinds made of other figures.
    pub fn over(&self) -> Option<&Aggregate> {
        match self {
            IndicatorKind::Count(over)
            | IndicatorKind::Register(over)
            | IndicatorKind::Sum { over, .. }
            | IndicatorKind::Mean { over, .. }
            | IndicatorKind::Ratio { over, .. }
            | IndicatorKind::Proportion { over, .. }
            | IndicatorKind::Reported { over, .. } => Some(over),
            IndicatorKind::Method(ByMethod { rows: MethodRows::Records(over), .. }) => Some(over),
            IndicatorKind::Comparable(_)
            | IndicatorKind::Change { .. }
            | IndicatorKind::Derived { .. }
            | IndicatorKind::Method(_) => None,
        }
    }

    /// Indicators that it is computed from, each once.
    pub fn inputs(&self) -> Vec<&str> {
        match self {
            IndicatorKind::Comparable(comparable) => vec![&comparable.follows],
            IndicatorKind::Change { of, .. } => vec![of],
            IndicatorKind::Derived { of, .. } => of.iter().map(String::as_str).collect(),
            IndicatorKind::Method(by) => by.inputs(),
            _ => Vec::new(),
        }
    }
}

/// Which records an indicator reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Aggregate {
    /// Record type id.
    pub record: String,
    /// Only records that meet this.
    pub filter: Option<Formula>,
    /// Count distinct values of this field instead of records (enterprises, not certificates).
    pub distinct: Option<String>,
}

/// Two-layer output weighting (Domain 2.1).
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// Record type with the weights (`base.output`), an observation per cell and year.
    pub record: String,
    /// Its decimal field with the weight.
    pub value: String,
    /// Field of the indicator's record that names the cell (`industry`), with the same id in the weights.
    pub cell: String,
    /// Coverage under which the figure is flagged.
    pub coverage_below: Decimal,
}

/// How a sample was drawn. All records of the period that pass the filter are the sample; a place is a part of it, not a
/// sample of its own, so that the interval counts the clusters that were drawn and hold nothing of the place.
#[derive(Clone, Debug, PartialEq)]
pub struct Design {
    /// Field that names the stratum.
    pub strata: Option<String>,
    /// Field that names the unit drawn first within the stratum (village, school, shop); without it each record is one.
    pub cluster: Option<String>,
    /// Units of the first stage in the stratum, for the finite-population correction.
    pub population: Option<Formula>,
    /// What a stratum with a single unit says of its variance.
    pub lonely: Lonely,
}

/// What a stratum with a single unit says of its variance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lonely {
    /// It says nothing: no interval.
    Fail,
    /// It was certain to be drawn: no variance.
    Certainty,
    /// Its distance from the mean of all.
    Adjust,
    /// As much as the other strata on average.
    Average,
}

/// Comparable tracked rate (Domain 2.3).
#[derive(Clone, Debug, PartialEq)]
pub struct Comparable {
    /// A proportion's id.
    pub follows: String,
    /// Fields that make a cell; `region` stands for the record's region.
    pub cell: Vec<String>,
    /// Compared with the same period last year (`true`) or the previous one.
    pub year_before: bool,
}

/// Unit of a printed value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Per cent; the exact value is a fraction.
    Percent,
    /// Percentage points.
    Points,
    /// A counted thing, with its classifier: `批次` / `batches`.
    Of(Words),
}

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// Higher is better.
    Higher,
    /// Lower is better.
    Lower,
    /// Neither.
    Neither,
}

/// How uncertainty is stated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct IntervalRule {
    /// Method.
    pub method: IntervalMethod,
    /// Confidence level, 0.95.
    pub level: f64,
}

/// Interval methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IntervalMethod {
    /// Wilson score.
    Wilson,
    /// Clopper–Pearson exact.
    ClopperPearson,
    /// Exact Poisson, for counts of events.
    Poisson,
    /// Student's t, for means.
    StudentT,
    /// By design, on the logit scale.
    Logit,
    /// By design, where the likelihood allows.
    Likelihood,
    /// By design, Clopper–Pearson with the effective sample size (Korn and Graubard).
    Beta,
    /// By design, on the arcsine scale.
    Asin,
    /// By design, the share itself ± t standard errors.
    Mean,
}

impl IntervalMethod {
    /// All, with the words in files.
    pub const ALL: [(&'static str, IntervalMethod); 9] = [
        ("wilson", IntervalMethod::Wilson),
        ("clopper-pearson", IntervalMethod::ClopperPearson),
        ("poisson", IntervalMethod::Poisson),
        ("student-t", IntervalMethod::StudentT),
        ("logit", IntervalMethod::Logit),
        ("likelihood", IntervalMethod::Likelihood),
        ("beta", IntervalMethod::Beta),
        ("asin", IntervalMethod::Asin),
        ("mean", IntervalMethod::Mean),
    ];

    /// The methods that rest on a design.
    pub const BY_DESIGN: [&'static str; 5] = ["logit", "likelihood", "beta", "asin", "mean"];

    /// The word in files.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, method)| *method == self).map_or("", |(word, _)| word)
    }
}

/// Small-number rule: what happens when the denominator is below `below`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SmallRule {
    /// Smallest base that is not small.
    pub below: u64,
    /// What then.
    pub then: SmallThen,
}

/// What is done with a small base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmallThen {
    /// Printed and flagged.
    Flag,
    /// Not printed.
    Suppress,
}

/// How the printed value is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRule {
    /// Rule.
    pub rule: Rounding,
    /// Digits after the point.
    pub digits: u32,
}

/// A day on which a series breaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Break {
    /// First day of the new basis.
    pub on: Date,
    /// Why.
    pub says: Words,
}

/// A target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Region code as text.
    pub region: String,
    /// Period as text (`2015`).
    pub period: String,
    /// Value in the indicator's unit (90 for 90 %).
    pub value: Decimal,
    /// True: at least; false: at most.
    pub at_least: bool,
    /// Where it is set.
    pub basis: String,
}
