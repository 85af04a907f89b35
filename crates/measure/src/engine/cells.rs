//! Comparable rates: the same cells (product, standard, link, region, …) in two periods.
//!
//! Only cells with records in both periods count. Each keeps its share of the base period's records, so a change of
//! what was sampled does not look like a change of quality (direct standardisation; Domain 2.3). The test beside it
//! is the two-proportion score test over the pooled records of these cells; it carries a difference only if the
//! standardised and the pooled rates move the same way.

use std::collections::{BTreeMap, BTreeSet};

use zhiheng_base::exact::points_between;
use zhiheng_base::{Decimal, Diagnostic, Rate};
use zhiheng_catalog::model::{Comparable, Indicator};
use zhiheng_methods::two_samples;
use zhiheng_methods::weighted::{Part, wilson_kish};

use super::Engine;
use super::ask::{Ask, Group, Standing, span};
use super::figures::{Figures, Spec, earlier};
use super::finish::{excluded, float, is_share, printed_rate, set_interval, set_value};
use super::query::Key;
use crate::atoms::Parts;
use crate::measure::{Comparison, Coverage, Flag, Measure};

/// One cell's counts: met and all, before and now.
#[derive(Clone, Debug, Default)]
struct Cell {
    before: (i64, i64),
    now: (i64, i64),
}

/// All cells of one number.
#[derive(Debug, Default)]
struct Cells {
    cells: BTreeMap<(Vec<Option<String>>, u64), Cell>,
    now: Parts,
}

impl Engine {
    pub(crate) async fn comparable(
        &self,
        spec: &Spec<'_>,
        comparable: &Comparable,
    ) -> Result<Figures, Diagnostic> {
        let inner = self.indicator(&comparable.follows)?;
        let by_region = comparable.cell.iter().any(|name| name == "region");
        let fields: Vec<String> = comparable.cell.iter().filter(|name| *name != "region").cloned().collect();
        // Cells first, then what the question splits by.
        let by: Vec<String> = fields.iter().chain(&spec.query.by).cloned().collect();
        let group = Group::of(spec.query.area);
        let standing = match group {
            Group::Below(region, level) => Some(Standing::new(self, region, level)),
            _ => None,
        };
        let mut figures = Figures::new();
        for key in self.expected(spec) {
            figures.insert(key.clone(), Measure::empty(self.address_of(spec, &key)));
        }
        for (at, period) in spec.query.periods.iter().enumerate() {
            let Some(base) = earlier(*period, comparable.year_before) else { continue };
            let ask = Ask {
                indicator: inner,
                group: if by_region || standing.is_some() { Group::Each(group.within()) } else { group },
                spans: vec![span(base), span(*period)],
                cuts: &spec.query.cuts,
                by: &by,
                basis: spec.query.basis,
                as_of: spec.as_of,
                on: None,
            };
            let mut numbers: BTreeMap<Key, Cells> = BTreeMap::new();
            for (found, parts) in self.answers(&ask).await? {
                let region = match &standing {
                    Some(standing) => match standing.of(found.region - found.region % standing.unit()) {
                        Some(region) => region,
                        None => continue,
                    },
                    None => group.within().as_u64(),
                };
                let (cell, values) = found.values.split_at(fields.len());
                let number = numbers.entry(Key { region, period: at, values: values.to_vec() }).or_default();
                let place = if by_region { found.region } else { 0 };
                let cell = number.cells.entry((cell.to_vec(), place)).or_default();
                if found.period == 0 {
                    cell.before.0 += parts.k;
                    cell.before.1 += parts.n;
                } else {
                    cell.now.0 += parts.k;
                    cell.now.1 += parts.n;
                    number.now.add(&parts);
                }
            }
            for (key, cells) in numbers {
                let mut measure = Measure::empty(self.address_of(spec, &key));
                fill(&mut measure, spec.indicator, inner, &cells, base);
                figures.insert(key, measure);
            }
        }
        Ok(figures)
    }
}

fn fill(
    measure: &mut Measure,
    indicator: &Indicator,
    inner: &Indicator,
    cells: &Cells,
    base: zhiheng_base::Period,
) {
    measure.weighted = true;
    measure.plain = printed_rate(Rate::of_counts(cells.now.k, cells.now.n), inner);
    measure.excluded = excluded(inner, &cells.now);
    let matched: Vec<&Cell> =
        cells.cells.values().filter(|cell| cell.before.1 > 0 && cell.now.1 > 0).collect();
    measure.cells = Some(matched.len() as u64);
    let total = |pick: fn(&Cell) -> i64| matched.iter().map(|cell| pick(cell)).sum::<i64>();
    let (k0, n0) = (total(|cell| cell.before.0), total(|cell| cell.before.1));
    let (k1, n1) = (total(|cell| cell.now.0), total(|cell| cell.now.1));
    measure.records = n1 as u64;
    measure.synthetic = cells.now.synthetic as u64;
    measure.published = cells.now.published as u64;
    measure.coverage = coverage(n1.into(), cells.now.n.into());
    if matched.is_empty() {
        return;
    }
    // Σ n₀ · k₁/n₁ over Σ n₀; quotients to 28 digits.
    let top = matched.iter().try_fold(Decimal::ZERO, |sum, cell| {
        let part = Decimal::from(cell.before.1).checked_mul(cell.now.0.into())?;
        sum.checked_add(part.checked_div(cell.now.1.into())?)
    });
    let Some(top) = top else { return };
    set_value(measure, indicator, top, Some(n0.into()));
    let level = indicator.interval.or(inner.interval).map_or(0.95, |rule| rule.level);
    if indicator.interval.is_some() {
        let parts: Vec<Part> = matched
            .iter()
            .map(|cell| Part { x: cell.now.0 as u64, n: cell.now.1 as u64, weight: cell.before.1 as f64 })
            .collect();
        if let Some(found) = wilson_kish(&parts, level) {
            set_interval(measure, indicator, found.interval, "wilson on effective sample size", level);
        }
    }
    let period = measure.address.period;
    if inner.breaks.iter().any(|one| base.start() < one.on && one.on < period.end()) {
        measure.flags.push(Flag::NotComparable);
        return;
    }
    let earlier = Rate::of_counts(k0, n0);
    let later = Rate::new(top, n0.into());
    let round = indicator.round;
    let difference = points_between(earlier, later, round.digits, round.rule).map(|points| points.0);
    let scale = if is_share(indicator) { 100.0 } else { 1.0 };
    let number = (float(top) - k0 as f64) / n0 as f64 * scale;
    let test = two_samples::score(k1 as u64, n1 as u64, k0 as u64, n0 as u64, level);
    measure.comparison = Some(Comparison {
        from: measure.address.of(&inner.head.id).in_period(base),
        from_value: printed_rate(earlier, indicator),
        from_top: Some(k0.into()),
        from_bottom: Some(n0.into()),
        difference,
        number: Some(number),
        carried: test.map(|test| test.p_value < 1.0 - level && test.difference * number > 0.0),
        p_value: test.map(|test| test.p_value),
        low: test.map(|test| test.interval.low * scale),
        high: test.map(|test| test.interval.high * scale),
        test: Some("two-proportion score test over the matched cells".to_owned()),
    });
}

/// Part and whole, with their quotient to four places.
pub(crate) fn coverage(covered: Decimal, whole: Decimal) -> Option<Coverage> {
    let share = Rate::new(covered, whole).value(4, zhiheng_base::Rounding::Gbt8170)?;
    Some(Coverage { covered, whole, share })
}

/// Names of dimensions, each once, in the order first named.
pub(crate) fn once(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names.into_iter().filter(|name| seen.insert(name.clone())).collect()
}
