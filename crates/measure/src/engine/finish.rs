//! States → a number: value, parts, interval, excluded records, target, flags. Everything is rounded once, here.

use zhiheng_base::exact::{Bound, Comparison as Limit, exact_mul, meets};
use zhiheng_base::{Decimal, Diagnostic, Period, Rate};
use zhiheng_catalog::model::{Indicator, IndicatorKind, IntervalMethod, SmallThen, Target, Unit};
use zhiheng_methods::{Interval, interval, mean, poisson};

use crate::address::Address;
use crate::atoms::{Parts, Plan};
use crate::formula::rows::decimal_of;
use crate::measure::{Excluded, Flag, Measure, TargetState};

/// Whether the quotient is a share that is printed in per cent.
pub(crate) fn is_share(indicator: &Indicator) -> bool {
    indicator.unit == Unit::Percent
        && matches!(
            indicator.kind,
            IndicatorKind::Proportion { .. } | IndicatorKind::Ratio { .. } | IndicatorKind::Comparable(_)
        )
}

/// A decimal rounded by the indicator's rule, with all its digits.
pub(crate) fn printed(value: Decimal, indicator: &Indicator) -> String {
    let digits = indicator.round.digits;
    let rounded = indicator.round.rule.round(value, digits);
    format!("{rounded:.*}", digits as usize)
}

/// A float rounded by the indicator's rule. The float is first taken to 15 significant digits, which is all it has.
pub(crate) fn printed_float(value: f64, indicator: &Indicator) -> Option<String> {
    Decimal::try_from(value).ok().map(|value| printed(value, indicator))
}

/// The value of a quotient in the indicator's unit, printed.
pub(crate) fn printed_rate(rate: Rate, indicator: &Indicator) -> Option<String> {
    let round = indicator.round;
    let value = if is_share(indicator) {
        rate.percent(round.digits, round.rule)
    } else {
        rate.value(round.digits, round.rule)
    };
    value.map(|value| format!("{value:.*}", round.digits as usize))
}

/// A decimal as a float.
pub(crate) fn float(value: Decimal) -> f64 {
    f64::try_from(value).unwrap_or(f64::NAN)
}

/// Sets value and parts of a measure from a quotient or a total.
pub(crate) fn set_value(measure: &mut Measure, indicator: &Indicator, top: Decimal, bottom: Option<Decimal>) {
    measure.top = Some(top);
    measure.bottom = bottom;
    let scale = if is_share(indicator) { 100.0 } else { 1.0 };
    match bottom {
        None => {
            measure.value = Some(printed(top, indicator));
            measure.number = Some(float(top));
        }
        Some(bottom) if bottom.is_zero() => {}
        Some(bottom) => {
            measure.value = printed_rate(Rate::new(top, bottom), indicator);
            measure.number = Some(float(top) / float(bottom) * scale);
        }
    }
}

/// Sets the interval, given in the unit of the quotient.
pub(crate) fn set_interval(
    measure: &mut Measure,
    indicator: &Indicator,
    limits: Interval,
    name: &str,
    level: f64,
) {
    let scale = if is_share(indicator) { 100.0 } else { 1.0 };
    let (low, high) = (limits.low * scale, limits.high * scale);
    measure.low = printed_float(low, indicator);
    measure.high = printed_float(high, indicator);
    measure.limits = Some((low, high));
    measure.interval = Some(format!("{name} {} %", percent(level)));
}

/// Sets limits that a method gives in the indicator's unit; one of them may be missing.
pub(crate) fn set_limits(
    measure: &mut Measure,
    indicator: &Indicator,
    (low, high): (Option<f64>, Option<f64>),
    name: &str,
    level: Option<f64>,
) {
    measure.low = low.and_then(|low| printed_float(low, indicator));
    measure.high = high.and_then(|high| printed_float(high, indicator));
    measure.limits = low.zip(high);
    if low.or(high).is_some() {
        let level = level.map(|level| format!(" {} %", percent(level))).unwrap_or_default();
        measure.interval = Some(format!("{name}{level}"));
    }
}

/// `0.95` as `95`, `0.999` as `99.9`.
pub(crate) fn percent(level: f64) -> String {
    Decimal::try_from(level * 100.0)
        .map_or_else(|_| level.to_string(), |level| level.round_dp(6).normalize().to_string())
}

/// A number of an indicator that is made of records.
///
/// # Errors
///
/// ZH5012 if a sum has more digits than can be kept exactly.
pub(crate) fn finish(
    indicator: &Indicator,
    plan: &Plan,
    parts: &Parts,
    address: Address,
) -> Result<Measure, Diagnostic> {
    let too_long = || Diagnostic::error("ZH5012").arg("indicator", &indicator.head.id);
    let layout = plan.layouts.get(&indicator.head.id).cloned().unwrap_or_default();
    let sum = |units: i128, at: Option<usize>| decimal_of(units, plan.places(at)).ok_or_else(too_long);
    let distinct = indicator.kind.over().is_some_and(|over| over.distinct.is_some());
    let mut measure = Measure::empty(address);
    let (k, n) = if distinct { parts.distinct } else { (parts.k, parts.n) };
    measure.records = n as u64;
    measure.synthetic = parts.synthetic as u64;
    measure.published = parts.published as u64;
    let rule = indicator.interval;
    match &indicator.kind {
        IndicatorKind::Count(_) | IndicatorKind::Register(_) => {
            set_value(&mut measure, indicator, n.into(), None);
            if let Some(rule) = rule.filter(|rule| rule.method == IntervalMethod::Poisson)
                && let Some(limits) = poisson::exact(n as u64, 1.0, rule.level)
            {
                set_interval(&mut measure, indicator, limits, "poisson", rule.level);
            }
        }
        IndicatorKind::Sum { .. } => {
            if n > 0 {
                set_value(&mut measure, indicator, sum(parts.top, layout.top)?, None);
            }
        }
        IndicatorKind::Mean { weight, .. } => {
            let top = sum(parts.top, layout.top)?;
            let bottom = if weight.is_some() { sum(parts.bottom, layout.bottom)? } else { n.into() };
            measure.weighted = weight.is_some();
            set_value(&mut measure, indicator, top, Some(bottom));
            if let Some(rule) =
                rule.filter(|rule| rule.method == IntervalMethod::StudentT && weight.is_none())
            {
                let squares = sum(parts.squares, layout.squares).map_or(f64::NAN, float);
                if let Some(found) = mean::from_sums(n as u64, float(top), squares, rule.level) {
                    set_interval(&mut measure, indicator, found.interval, "student-t", rule.level);
                }
            }
        }
        IndicatorKind::Ratio { .. } => {
            let (top, bottom) = (sum(parts.top, layout.top)?, sum(parts.bottom, layout.bottom)?);
            set_value(&mut measure, indicator, top, Some(bottom));
        }
        IndicatorKind::Proportion { weight: Some(_), .. } => {
            measure.weighted = true;
            let (top, bottom) = (sum(parts.top, layout.top)?, sum(parts.bottom, layout.bottom)?);
            set_value(&mut measure, indicator, top, Some(bottom));
            measure.plain = printed_rate(Rate::of_counts(k, n), indicator);
        }
        IndicatorKind::Proportion { .. } => {
            set_value(&mut measure, indicator, k.into(), Some(n.into()));
            if let Some(rule) = rule
                && let Some(limits) = proportion_interval(rule.method, k as u64, n as u64, rule.level)
            {
                set_interval(&mut measure, indicator, limits, rule.method.word(), rule.level);
            }
        }
        _ => {}
    }
    measure.excluded = excluded(indicator, parts);
    Ok(measure)
}

/// Interval of a simple proportion.
pub(crate) fn proportion_interval(method: IntervalMethod, k: u64, n: u64, level: f64) -> Option<Interval> {
    match method {
        IntervalMethod::Wilson => interval::wilson(k, n, level),
        IntervalMethod::ClopperPearson => interval::clopper_pearson(k, n, level),
        _ => None,
    }
}

/// Records left out, by reason, with the rule behind it.
pub(crate) fn excluded(indicator: &Indicator, parts: &Parts) -> Vec<Excluded> {
    let filter = indicator.kind.over().and_then(|over| over.filter.as_ref()).map_or("", |f| f.text.as_str());
    let base = match &indicator.kind {
        IndicatorKind::Proportion { bottom, .. } => bottom.text.as_str(),
        _ => "",
    };
    let unknown = match &indicator.kind {
        IndicatorKind::Sum { value, .. } | IndicatorKind::Mean { value, .. } => value.text.as_str(),
        IndicatorKind::Ratio { bottom, .. } => bottom.text.as_str(),
        _ if base.is_empty() => filter,
        _ => base,
    };
    [
        ("filter", filter, parts.filter),
        ("bottom", base, parts.base),
        ("unknown", unknown, parts.unknown),
        ("withdrawn", "", parts.withdrawn),
    ]
    .into_iter()
    .filter(|(_, _, records)| *records > 0)
    .map(|(reason, rule, records)| Excluded {
        reason: reason.to_owned(),
        rule: rule.to_owned(),
        records: records as u64,
    })
    .collect()
}

/// What every number gets in the end, whatever its kind: target, flags, small-number rule, pins.
pub(crate) fn complete(measure: &mut Measure, indicator: &Indicator, catalog: &str) {
    measure.catalog = catalog.to_owned();
    measure.ledger_size = measure.address.as_of.unwrap_or(measure.ledger_size);
    measure.target =
        target_of(indicator, &measure.address).map(|target| state_of(target, measure, indicator));
    let mut flags = std::mem::take(&mut measure.flags);
    if !indicator.head.confirmed {
        flags.push(Flag::Unconfirmed);
    }
    if measure.synthetic > 0 {
        flags.push(Flag::Synthetic);
    }
    if measure.published > 0 {
        flags.push(Flag::Published);
    }
    if breaks_at(indicator, measure.address.period) {
        flags.push(Flag::Break);
    }
    if let Some(small) =
        indicator.small.filter(|small| measure.records < small.below && measure.value.is_some())
    {
        flags.push(match small.then {
            SmallThen::Flag => Flag::Small,
            SmallThen::Suppress => Flag::Suppressed,
        });
        if small.then == SmallThen::Suppress {
            suppress(measure);
        }
    }
    flags.sort_unstable();
    flags.dedup();
    measure.flags = flags;
}

/// Takes out whatever would tell the suppressed value; the size of the base stays.
fn suppress(measure: &mut Measure) {
    measure.value = None;
    measure.top = None;
    measure.number = None;
    measure.low = None;
    measure.high = None;
    measure.limits = None;
    measure.plain = None;
    measure.comparison = None;
    measure.beside.clear();
    measure.steps.clear();
    if let Some(target) = &mut measure.target {
        target.met = None;
        target.certain = false;
    }
}

/// A break inside the period, or on its first day, so that it does not compare with the period before.
fn breaks_at(indicator: &Indicator, period: Period) -> bool {
    indicator.breaks.iter().any(|one| period.start() <= one.on && one.on < period.end())
}

/// The target of exactly this region and period.
pub(crate) fn target_of<'a>(indicator: &'a Indicator, address: &Address) -> Option<&'a Target> {
    indicator.targets.iter().find(|target| {
        address.cuts.is_empty()
            && zhiheng_base::RegionCode::parse(&target.region).is_ok_and(|region| region == address.region)
            && Period::parse(&target.period).is_ok_and(|period| period == address.period)
    })
}

/// Compared by the full value (GB/T 8170 4.3.2).
fn state_of(target: &Target, measure: &Measure, indicator: &Indicator) -> TargetState {
    let bound = if target.at_least { Bound::AtLeast } else { Bound::AtMost };
    let met = match (measure.value.is_some(), measure.top, measure.bottom) {
        (true, Some(top), None) => Some(meets(top, bound, target.value, Limit::FullValue)),
        (true, Some(top), Some(bottom)) if is_share(indicator) => {
            Rate::new(top, bottom).meets_percent(bound, target.value, Limit::FullValue)
        }
        (true, Some(top), Some(bottom)) => {
            exact_mul(target.value, bottom).map(|limit| meets(top, bound, limit, Limit::FullValue))
        }
        _ => None,
    };
    let limit = float(target.value);
    let certain = measure.limits.is_some_and(|(low, high)| high < limit || limit < low);
    TargetState { value: target.value, at_least: target.at_least, met, certain, basis: target.basis.clone() }
}
