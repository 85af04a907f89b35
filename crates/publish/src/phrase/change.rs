//! A figure against that of another period: up, down, no difference to be seen, or not comparable.

use crate::words::say;
use rust_decimal::Decimal;
use zhiheng_base::exact::{Rate, points_between, relative_change};
use zhiheng_base::{Lang, Period};
use zhiheng_catalog::model::{Better, Indicator, IndicatorKind, Unit};
use zhiheng_measure::{Flag, Measure};

use super::fixed;
use super::test::{Tested, counts, two_rates};
use crate::language::From;

/// What a comparison found.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Two rates with their parts.
    Rates {
        /// Difference in percentage points, rounded once from the exact parts.
        points: Decimal,
        /// The test.
        tested: Tested,
    },
    /// Two rates of which no test is possible (handed in, weighted).
    Untested {
        /// Difference in percentage points.
        points: Decimal,
    },
    /// Two totals.
    Totals {
        /// Difference in the unit.
        difference: Decimal,
        /// Change in per cent of the earlier one; `None` from zero.
        percent: Option<Decimal>,
    },
    /// The definition or the data changed between the two.
    Broken {
        /// Why, if the indicator says so.
        reason: Option<String>,
    },
    /// The earlier, or the later figure is missing.
    Missing {
        /// True if the later one is.
        later: bool,
    },
    /// One of the two is suppressed.
    Suppressed,
}

/// Compares `later` with `earlier`, both of `indicator`.
pub fn compare(indicator: &Indicator, later: &Measure, earlier: &Measure, lang: Lang) -> Change {
    if let Some(broken) = broken(indicator, later, earlier, lang) {
        return broken;
    }
    if [later, earlier].iter().any(|measure| measure.flags.contains(&Flag::Suppressed)) {
        return Change::Suppressed;
    }
    if later.value.is_none() || earlier.value.is_none() {
        return Change::Missing { later: later.value.is_none() };
    }
    if let Some((points, tested)) = handed_over(later, earlier) {
        return Change::Rates { points, tested };
    }
    let (rule, digits) = (indicator.round.rule, indicator.round.digits);
    let found = match indicator.unit {
        Unit::Percent | Unit::Points => {
            let tested = matches!(
                indicator.kind,
                IndicatorKind::Proportion { weight: None, weights: None, design: None, .. }
            )
            .then(|| two_rates(counts(later)?, counts(earlier)?))
            .flatten();
            let points = match (tested, parts(later), parts(earlier)) {
                (Some(_), Some(later), Some(earlier)) => {
                    points_between(earlier, later, digits, rule).map(|points| points.0)
                }
                // No counts behind it: the printed figures are all there is.
                _ => printed(later).zip(printed(earlier)).map(|(later, earlier)| later - earlier),
            };
            points.map(|points| match tested {
                Some(tested) => Change::Rates { points, tested },
                None => Change::Untested { points },
            })
        }
        Unit::Of(_) => amount(later).zip(amount(earlier)).map(|(later, earlier)| Change::Totals {
            difference: rule.round(later - earlier, digits),
            percent: relative_change(
                Rate::new(earlier, Decimal::ONE),
                Rate::new(later, Decimal::ONE),
                1,
                rule,
            )
            .map(|change| change.0),
        }),
    };
    found.unwrap_or(Change::Missing { later: false })
}

fn broken(indicator: &Indicator, later: &Measure, earlier: &Measure, lang: Lang) -> Option<Change> {
    let (from, to) = (earlier.address.period, later.address.period);
    let found = indicator.breaks.iter().find(|found| from.start() < found.on && found.on < to.end());
    match found {
        Some(found) => Some(Change::Broken { reason: Some(found.says.get(lang).to_owned()) }),
        None if later.flags.contains(&Flag::NotComparable) => Some(Change::Broken { reason: None }),
        None => None,
    }
}

/// The test that came with a comparable rate, which no one can repeat from the two values alone.
fn handed_over(later: &Measure, earlier: &Measure) -> Option<(Decimal, Tested)> {
    let found = later.comparison.as_ref().filter(|found| found.from.period == earlier.address.period)?;
    let tested = Tested {
        points: found.number?,
        limits: found.low.zip(found.high),
        p_value: found.p_value?,
        exact: false,
    };
    Some((found.difference?, tested))
}

fn parts(measure: &Measure) -> Option<Rate> {
    Some(Rate::new(measure.top?, measure.bottom?))
}

fn printed(measure: &Measure) -> Option<Decimal> {
    measure.value.as_deref()?.parse().ok()
}

/// A total is its numerator; a mean or ratio its printed value.
fn amount(measure: &Measure) -> Option<Decimal> {
    if measure.bottom.is_some() { printed(measure) } else { measure.top.or_else(|| printed(measure)) }
}

/// The sentence part.
pub fn phrase(
    change: &Change,
    from: From,
    earlier: Period,
    indicator: &Indicator,
    unit: &str,
    lang: Lang,
) -> String {
    let kind = match from {
        From::YearBefore => "year",
        From::Previous => "previous",
        From::Year | From::Named(_) => "other",
    };
    let name = earlier.title(lang);
    let tell = |id: &str, more: &[(&str, &str)]| {
        let mut args = vec![("from", kind), ("name", name.as_str())];
        args.extend_from_slice(more);
        say(lang, id, &args)
    };
    let better = if indicator.better == Better::Higher { "higher" } else { "other" };
    let digits = indicator.round.digits;
    match change {
        Change::Rates { points, tested } => {
            let size = points.abs().to_string();
            if points.is_zero() {
                tell("change-same", &[])
            } else if tested.carried() {
                let id = if *points > Decimal::ZERO { "change-rise" } else { "change-fall" };
                tell(id, &[("points", &size), ("better", better)])
            } else {
                match tested.limits {
                    Some((low, high)) => tell(
                        "change-none-limits",
                        &[("points", &size), ("low", &fixed(low, digits)), ("high", &fixed(high, digits))],
                    ),
                    None => tell("change-none", &[("points", &size)]),
                }
            }
        }
        Change::Untested { points } if points.is_zero() => tell("change-same", &[]),
        Change::Untested { points } => {
            let id = if *points > Decimal::ZERO { "change-untested-above" } else { "change-untested-below" };
            tell(id, &[("points", &points.abs().to_string())])
        }
        Change::Totals { difference, .. } if difference.is_zero() => tell("change-same", &[]),
        Change::Totals { difference, percent: Some(percent) } if !percent.is_zero() => {
            let id = if *difference > Decimal::ZERO { "change-grew" } else { "change-shrank" };
            tell(id, &[("percent", &percent.abs().to_string())])
        }
        Change::Totals { difference, percent } => {
            // From zero, or too little to show in per cent: the difference itself.
            let id = match (percent.is_none(), *difference > Decimal::ZERO) {
                (true, _) => "change-from-zero",
                (false, true) => "change-more",
                (false, false) => "change-fewer",
            };
            tell(id, &[("difference", &difference.abs().to_string()), ("unit", unit)])
        }
        Change::Broken { reason: Some(reason) } => tell("change-broken", &[("reason", reason)]),
        Change::Broken { reason: None } => tell("change-broken-unsaid", &[]),
        Change::Missing { later: true } => tell("change-no-data-now", &[]),
        Change::Missing { later: false } => tell("change-no-data-then", &[]),
        Change::Suppressed => tell("change-suppressed", &[]),
    }
}

/// The change as a table shows it, and whether it stands in brackets because no test carries it.
pub fn cell(change: &Change) -> Option<(String, Decimal, bool)> {
    let signed = |value: Decimal| if value > Decimal::ZERO { format!("+{value}") } else { value.to_string() };
    match change {
        Change::Rates { points, tested } => {
            let carried = tested.carried();
            let text = signed(*points);
            Some((if carried { text } else { format!("({text})") }, *points, !carried))
        }
        Change::Untested { points } => Some((format!("({})", signed(*points)), *points, true)),
        Change::Totals { percent, .. } => percent.map(|percent| (signed(percent), percent, false)),
        Change::Broken { .. } | Change::Missing { .. } | Change::Suppressed => None,
    }
}
