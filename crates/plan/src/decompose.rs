//! Whether the parts of a target make up the whole.
//!
//! Counts and sums add up; rates meet the whole in their mean by stated weights, or each by itself; indices and levels only each
//! by itself. “Meets” follows the indicator: where higher is better the parts must not come to less, where lower is
//! better not to more. Values are compared as they are, without rounding; a tolerance is stated in the target and named in
//! the finding, and so is a reason for falling short that was decided (an exception): it passes, and is listed.
//!
//! Targets with milestones are compared on every day on which one of them bends, others on their last day.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use zhiheng_base::exact::exact_add;
use zhiheng_base::{Date, Decimal, Diagnostic, Place, RegionCode, Regions};
use zhiheng_catalog::Catalog;
use zhiheng_catalog::model::{Better, Indicator, IndicatorKind, MethodKind, Unit};

use crate::target::{Rule, Target};

mod fit;
mod weigh;

/// What the check must know of an indicator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Yardstick {
    /// Which direction is better.
    pub better: Better,
    /// How its figures go together.
    pub nature: Nature,
}

/// How figures of several places go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// They add up: counts, sums.
    Adds,
    /// They have a mean: rates.
    Rate,
    /// They stand for themselves: indices, changes.
    Level,
    /// The definition does not say (figures handed in, formulas).
    Open,
}

impl Nature {
    /// Whether targets for such figures may be shared out by `rule`.
    pub fn takes(self, rule: Rule) -> bool {
        match self {
            Nature::Adds => rule != Rule::WeightedMean,
            Nature::Rate => rule != Rule::Sum,
            Nature::Level => rule == Rule::Each,
            Nature::Open => true,
        }
    }
}

impl Yardstick {
    /// What the definition says.
    pub fn of(indicator: &Indicator) -> Yardstick {
        let nature = match &indicator.kind {
            IndicatorKind::Count(_) | IndicatorKind::Sum { .. } | IndicatorKind::Register(_) => Nature::Adds,
            IndicatorKind::Mean { .. }
            | IndicatorKind::Ratio { .. }
            | IndicatorKind::Proportion { .. }
            | IndicatorKind::Comparable(_) => Nature::Rate,
            IndicatorKind::Change { .. } => Nature::Level,
            IndicatorKind::Method(by) => match by.word {
                MethodKind::Spc | MethodKind::Signal => Nature::Adds,
                MethodKind::Latent | MethodKind::Index | MethodKind::SmallArea => Nature::Level,
            },
            IndicatorKind::Reported { .. } | IndicatorKind::Derived { .. } => match indicator.unit {
                Unit::Percent | Unit::Points => Nature::Rate,
                Unit::Of(_) => Nature::Open,
            },
        };
        Yardstick { better: indicator.better, nature }
    }

    /// Those of a catalog, by indicator.
    pub fn all(catalog: &Catalog) -> BTreeMap<String, Yardstick> {
        catalog.indicators.iter().map(|(id, indicator)| (id.clone(), Yardstick::of(indicator))).collect()
    }

    /// How much `value` falls short of `wanted`: above 0 it does.
    pub(crate) fn short(self, wanted: Decimal, value: Decimal) -> Option<Decimal> {
        match self.better {
            Better::Higher => exact_add(wanted, -value),
            Better::Lower => exact_add(value, -wanted),
            Better::Neither => exact_add(wanted, -value).map(|gap| gap.abs()),
        }
    }
}

/// What came of comparing parts with their whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decomposition {
    /// Number of the whole target.
    pub target: String,
    /// Indicator.
    pub indicator: String,
    /// Rule by which the parts make it up.
    pub rule: Rule,
    /// Day of the comparison: of the largest shortfall, or the last one.
    pub on: Date,
    /// The whole target's value on that day.
    pub whole: Decimal,
    /// Sum, mean or worst value of the parts, to 10 digits.
    pub parts_come_to: Decimal,
    /// By how much they fall short; negative: room to spare.
    pub short: Decimal,
    /// Shortfall that counts as rounding.
    pub tolerance: Decimal,
    /// What it amounts to.
    pub outcome: Outcome,
    /// The reason that was stated for falling short.
    pub exception: Option<String>,
    /// The parts on that day.
    pub parts: Vec<Part>,
}

/// One part of a whole target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Number.
    pub target: String,
    /// Region.
    pub region: RegionCode,
    /// Department.
    pub unit: Option<String>,
    /// Value on the day.
    pub value: Decimal,
    /// Weight, for means.
    pub weight: Option<Decimal>,
    /// Its own outcome, where each part must meet the whole.
    pub outcome: Option<Outcome>,
    /// The reason that was stated for falling short.
    pub exception: Option<String>,
}

/// What a comparison amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Met by the full values.
    Met,
    /// Short by no more than the stated tolerance.
    WithinTolerance,
    /// Short, for a stated reason.
    Excused,
    /// Short.
    Short,
}

impl Outcome {
    /// The word of answers and texts.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Met => "met",
            Outcome::WithinTolerance => "within-tolerance",
            Outcome::Excused => "excused",
            Outcome::Short => "short",
        }
    }
}

/// Checks the whole tree. Findings that must be put right are errors; what was decided and is only listed stands in the
/// decompositions.
pub fn check(
    targets: &[Target],
    yardsticks: &BTreeMap<String, Yardstick>,
    regions: &Regions,
) -> (Vec<Decomposition>, Vec<Diagnostic>) {
    let mut problems = fit::structure(targets, yardsticks);
    let mut children: BTreeMap<&str, Vec<&Target>> = BTreeMap::new();
    for target in targets {
        if let Some(parent) = target.parent.as_deref() {
            children.entry(parent).or_default().push(target);
        }
    }
    let mut found = Vec::new();
    for whole in targets {
        let (Some(parts), Some(yardstick)) =
            (children.get(whole.id.as_str()), yardsticks.get(&whole.indicator))
        else {
            continue;
        };
        let parts = fit::parts(whole, parts, regions, &mut problems);
        let Some(rule) = whole.rule else {
            problems.push(about("ZH8513", whole));
            continue;
        };
        if !yardstick.nature.takes(rule) {
            problems.push(about("ZH8512", whole).arg("rule", rule.word()).arg("indicator", &whole.indicator));
            continue;
        }
        if parts.is_empty() {
            continue;
        }
        match weigh::weigh(whole, rule, &parts, *yardstick) {
            Ok(decomposition) => {
                problems.extend(weigh::told(whole, &decomposition));
                found.push(decomposition);
            }
            Err(problem) => problems.push(problem),
        }
    }
    (found, problems)
}

/// A problem of a target, with its place.
pub(crate) fn about(code: &'static str, target: &Target) -> Diagnostic {
    Diagnostic::error(code)
        .arg("target", &target.id)
        .at(Place::Entry(target.entry))
        .rule("responsibility.target")
}
