//! Changes: the difference of one figure between two periods, and whether a test carries it.
//!
//! Rates that are simple proportions are compared by the two-proportion score test at the level of their interval.
//! Complete counts, sums and figures handed in have no test: their change is a fact about what was counted.

use zhiheng_base::exact::{Rate, points_between, relative_change};
use zhiheng_base::{Decimal, Diagnostic, Period};
use zhiheng_catalog::model::{Indicator, IndicatorKind};
use zhiheng_methods::two_samples;

use super::Engine;
use super::figures::{Figures, Spec, counts, earlier, exact_value};
use super::finish::{is_share, percent, printed, printed_float};
use super::query::Key;
use crate::measure::{Comparison, Flag, Measure};

impl Engine {
    /// The difference to another period.
    pub(crate) async fn change(&self, spec: &Spec<'_>) -> Result<Figures, Diagnostic> {
        let IndicatorKind::Change { of, year_before, relative } = &spec.indicator.kind else {
            return Ok(Figures::new());
        };
        let inner = self.indicator(of)?;
        let before: Vec<Option<Period>> =
            spec.query.periods.iter().map(|period| earlier(*period, *year_before)).collect();
        let now = self.figures(self.inner(spec, inner, spec.query.periods.clone())).await?;
        let asked: Vec<Period> = before.iter().copied().flatten().collect();
        let then = if asked.is_empty() {
            Figures::new()
        } else {
            self.figures(self.inner(spec, inner, asked)).await?
        };
        let mut figures = Figures::new();
        for (key, now) in now {
            let mut measure = Measure::empty(self.address_of(spec, &key));
            measure.records = now.records;
            measure.synthetic = now.synthetic;
            measure.published = now.published;
            let base_period = before.get(key.period).copied().flatten();
            let place = before.iter().take(key.period).flatten().count();
            let then = base_period.and_then(|_| then.get(&Key { period: place, ..key.clone() }));
            if let Some(then) = then {
                measure.synthetic += then.synthetic;
                measure.published += then.published;
                change_of(&mut measure, spec.indicator, inner, &now, then, *relative);
            }
            figures.insert(key, measure);
        }
        Ok(figures)
    }
}

/// Fills in a change: value, comparison and test.
fn change_of(
    measure: &mut Measure,
    indicator: &Indicator,
    inner: &Indicator,
    now: &Measure,
    then: &Measure,
    relative: bool,
) {
    let mut comparison = Comparison {
        from: then.address.clone(),
        from_value: then.value.clone(),
        from_top: then.top,
        from_bottom: then.bottom,
        difference: None,
        number: None,
        carried: None,
        p_value: None,
        low: None,
        high: None,
        test: None,
    };
    let (first, last) = (then.address.period.start(), now.address.period.end());
    if inner.breaks.iter().any(|one| first < one.on && one.on < last) {
        measure.flags.push(Flag::NotComparable);
        measure.comparison = Some(comparison);
        return;
    }
    if now.value.is_none() || then.value.is_none() {
        measure.comparison = Some(comparison);
        return;
    }
    let rate = |of: &Measure| Some(Rate::new(of.top?, of.bottom.unwrap_or(Decimal::ONE)));
    let (Some(earlier), Some(later)) = (rate(then), rate(now)) else { return };
    let round = indicator.round;
    let share = is_share(inner);
    // Without a share in per cent the points are differences of the quotient itself.
    let difference = if relative {
        relative_change(earlier, later, round.digits, round.rule).map(|change| change.0)
    } else if share {
        points_between(earlier, later, round.digits, round.rule).map(|points| points.0)
    } else {
        exact_value(now, inner)
            .zip(exact_value(then, inner))
            .and_then(|(now, then)| now.checked_sub(then))
            .map(|difference| round.rule.round(difference, round.digits))
    };
    let number = match (now.number, then.number) {
        (Some(now), Some(then)) if relative => (then != 0.0).then(|| (now / then - 1.0) * 100.0),
        (Some(now), Some(then)) => Some(now - then),
        _ => None,
    };
    measure.value = difference.map(|difference| printed(difference, indicator));
    measure.top = difference;
    measure.number = number;
    comparison.difference = difference;
    comparison.number = number;
    // Simple proportions have a test; complete counts and sums need none, weighted figures have none yet.
    let is_simple =
        matches!(&inner.kind, IndicatorKind::Proportion { weight: None, weights: None, design: None, .. });
    if let (true, Some((k1, n1)), Some((k0, n0))) = (is_simple, counts(now), counts(then)) {
        let level = inner.interval.map_or(0.95, |rule| rule.level);
        if let Some(test) = two_samples::score(k1, n1, k0, n0, level) {
            comparison.p_value = Some(test.p_value);
            comparison.carried = Some(test.p_value < 1.0 - level);
            comparison.test = Some("two-proportion score test".to_owned());
            if !relative {
                let scale = if share { 100.0 } else { 1.0 };
                let (low, high) = (test.interval.low * scale, test.interval.high * scale);
                comparison.low = Some(low);
                comparison.high = Some(high);
                measure.limits = Some((low, high));
                measure.low = printed_float(low, indicator);
                measure.high = printed_float(high, indicator);
                measure.interval = Some(format!("difference of two proportions {} %", percent(level)));
            }
        }
    }
    measure.comparison = Some(comparison);
}
