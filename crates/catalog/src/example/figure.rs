//! Examples of indicators: a few rows with counts → one figure, printed by the indicator's rule.

use rust_decimal::Decimal;
use zhiheng_base::exact::Rate;
use zhiheng_base::{Date, Diagnostic};
use zhiheng_methods::{interval, mean, poisson};

use super::{Cells, many};
use crate::formula::{Formula, Value};
use crate::load::Catalog;
use crate::model::{Aggregate, Expected, Given, Indicator, IndicatorKind, IntervalMethod, RecordKind, Unit};

/// A figure with its exact parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// Exact numerator or total.
    pub top: Option<Decimal>,
    /// Exact denominator; `None` for totals.
    pub bottom: Option<Decimal>,
    /// Unrounded limits in the unit of the quotient (shares, not per cent).
    pub limits: Option<(f64, f64)>,
}

/// Equal rows in one of the two periods.
pub(super) struct Rows<'a> {
    pub(super) record: &'a str,
    pub(super) count: u64,
    pub(super) cells: Cells,
    pub(super) before: bool,
}

/// What a figure is computed from.
pub(super) struct Input<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) rows: Vec<Rows<'a>>,
    pub(super) given: &'a [Given],
    pub(super) on: Option<Date>,
}

pub(super) fn run(
    catalog: &Catalog,
    id: &str,
    given: &[Given],
    on: Option<Date>,
    expect: &Expected,
) -> Vec<Diagnostic> {
    let Some(indicator) = catalog.indicators.get(id) else { return Vec::new() };
    let Some(figure) = figure(catalog, id, given, on) else {
        return vec![Diagnostic::error("ZH2805")];
    };
    let (low, high) = figure.limits.unzip();
    let none = || "none".to_owned();
    let mut pairs = vec![(
        "value",
        expect.value.clone().unwrap_or_else(none),
        figure.value(indicator).map_or_else(none, |value| value.to_string()),
    )];
    for (what, expected, limit) in [("low", &expect.low, low), ("high", &expect.high, high)] {
        if let Some(expected) = expected {
            pairs.push((what, expected.clone(), limit.map_or_else(none, |limit| printed(limit, indicator))));
        }
    }
    for (what, expected, exact) in [("top", expect.top, figure.top), ("bottom", expect.bottom, figure.bottom)]
    {
        if let Some(expected) = expected {
            let text = |exact: Decimal| exact.normalize().to_string();
            pairs.push((what, text(expected), exact.map_or_else(none, text)));
        }
    }
    pairs
        .into_iter()
        .filter(|(_, expected, found)| expected != found)
        .map(|(what, expected, found)| {
            Diagnostic::error("ZH2801").arg("what", what).arg("expected", expected).arg("found", found)
        })
        .collect()
}

/// The figure an indicator gives over `given`; `None` if the indicator is unknown.
pub fn figure(catalog: &Catalog, id: &str, given: &[Given], on: Option<Date>) -> Option<Figure> {
    let own = catalog.record_behind(id);
    let rows = given
        .iter()
        .filter_map(|one| match one {
            Given::Rows { record, count, fields, before, again } => Some(Rows {
                record: record.as_deref().or(own)?,
                // The catalog's own reckoning knows no days: rows that come again count together.
                count: *count * again.map_or(1, |(_, times)| u64::from(times)),
                cells: Cells(fields.iter().cloned().collect()),
                before: *before,
            }),
            Given::Measure { .. } => None,
        })
        .collect();
    Input { catalog, rows, given, on }.figure(catalog.indicators.get(id)?, false)
}

impl Figure {
    /// The quotient, or the total; `None` without data.
    pub fn exact(&self) -> Option<Decimal> {
        match self.bottom {
            None => self.top,
            Some(bottom) => self.top?.checked_div(bottom),
        }
    }

    /// The value as printed by the indicator's rule, with all its digits.
    pub fn value(&self, indicator: &Indicator) -> Option<String> {
        let round = indicator.round;
        let value = match (self.bottom, self.is_share(indicator)) {
            (Some(bottom), true) => Rate::new(self.top?, bottom).percent(round.digits, round.rule)?,
            (Some(bottom), false) => Rate::new(self.top?, bottom).value(round.digits, round.rule)?,
            (None, _) => round.rule.round(self.top?, round.digits),
        };
        Some(fixed(value, round.digits))
    }

    /// Whether the quotient is a share that is printed in per cent. Only quotients are: a total of a record
    /// type or a formula that is already in per cent stays as it is.
    fn is_share(&self, indicator: &Indicator) -> bool {
        self.bottom.is_some()
            && indicator.unit == Unit::Percent
            && matches!(
                indicator.kind,
                IndicatorKind::Proportion { .. }
                    | IndicatorKind::Ratio { .. }
                    | IndicatorKind::Comparable(_)
                    | IndicatorKind::Change { .. }
            )
    }
}

/// Text with exactly so many digits; a rounded minus zero loses its sign.
fn fixed(value: Decimal, digits: u32) -> String {
    let value = if value.is_zero() { Decimal::ZERO } else { value };
    format!("{value:.*}", digits as usize)
}

fn printed(limit: f64, indicator: &Indicator) -> String {
    let share = indicator.unit == Unit::Percent && matches!(indicator.kind, IndicatorKind::Proportion { .. });
    let scaled = if share { limit * 100.0 } else { limit };
    match Decimal::try_from(scaled) {
        Ok(exact) => fixed(indicator.round.rule.round(exact, indicator.round.digits), indicator.round.digits),
        Err(_) => scaled.to_string(),
    }
}

impl Input<'_> {
    /// The figure of one period.
    pub(super) fn figure(&self, indicator: &Indicator, before: bool) -> Option<Figure> {
        let level = indicator.interval.map(|rule| (rule.method, rule.level));
        match &indicator.kind {
            IndicatorKind::Count(over) | IndicatorKind::Register(over) => {
                let count = self.count(over, before);
                let limits = match level {
                    Some((IntervalMethod::Poisson, level)) => poisson::exact(count, 1.0, level),
                    _ => None,
                };
                let limits = limits.map(|it| (it.low, it.high));
                Some(Figure { top: Some(count.into()), bottom: None, limits })
            }
            IndicatorKind::Sum { over, value } => {
                Some(Figure { top: self.sum(over, before, &[value]), ..Figure::default() })
            }
            IndicatorKind::Reported { over, value } => {
                // Nothing handed in is no data, not zero.
                let any = self.rows(over, before).any(|row| row.count > 0);
                Some(Figure { top: self.sum(over, before, &[value]).filter(|_| any), ..Figure::default() })
            }
            IndicatorKind::Mean { over, value, weight } => {
                self.mean(over, before, value, weight.as_ref(), level)
            }
            IndicatorKind::Ratio { over, top, bottom } => Some(Figure {
                top: self.sum(over, before, &[top]),
                bottom: self.sum(over, before, &[bottom]),
                limits: None,
            }),
            IndicatorKind::Proportion { over, top, bottom, weight, weights, .. } => match weights {
                Some(weights) => many::weighted(self, over, (top, bottom), weights, before),
                None => self.proportion(over, (top, bottom), weight.as_ref(), level, before),
            },
            IndicatorKind::Comparable(comparable) => many::comparable(self, comparable, before),
            IndicatorKind::Change { of, relative, .. } => {
                let of = self.catalog.indicators.get(of)?;
                let (now, then) = (self.figure(of, false)?.exact(), self.figure(of, true)?.exact());
                let scale =
                    if of.unit == Unit::Percent && !relative { Decimal::ONE_HUNDRED } else { Decimal::ONE };
                let difference = now.zip(then).and_then(|(now, then)| now.checked_sub(then));
                Some(match relative {
                    true => Figure { top: difference, bottom: then, limits: None },
                    false => {
                        Figure { top: difference.and_then(|it| it.checked_mul(scale)), ..Figure::default() }
                    }
                })
            }
            IndicatorKind::Derived { formula, .. } => {
                let mut cells = Cells::default();
                for one in self.given {
                    if let Given::Measure { of, value, before: when } = one
                        && *when == before
                    {
                        cells.0.insert(of.replace('.', "__"), Value::Decimal(*value));
                    }
                }
                Some(Figure { top: formula.eval(&cells).to_decimal(), ..Figure::default() })
            }
            IndicatorKind::Method(_) => None,
        }
    }

    /// Rows of an aggregate in one period, its filter applied.
    pub(super) fn rows(&self, over: &Aggregate, before: bool) -> impl Iterator<Item = &Rows<'_>> {
        let register = match self.catalog.records.get(&over.record).map(|record| &record.kind) {
            Some(RecordKind::Register { from, until }) => Some((from.clone(), until.clone())),
            _ => None,
        };
        let on = self.on;
        let valid = move |row: &Rows<'_>| match (&register, on) {
            (Some((from, until)), Some(on)) => {
                let date = |field: &str| row.cells.0.get(field).cloned();
                let begun = !matches!(date(from), Some(Value::Date(from)) if from > on);
                begun && !matches!(date(until), Some(Value::Date(until)) if until < on)
            }
            _ => true,
        };
        let (record, filter) = (over.record.clone(), over.filter.clone());
        self.rows.iter().filter(move |row| {
            row.record == record
                && row.before == before
                && valid(row)
                && filter.as_ref().is_none_or(|filter| filter.holds(&row.cells) == Some(true))
        })
    }

    fn count(&self, over: &Aggregate, before: bool) -> u64 {
        match &over.distinct {
            None => self.rows(over, before).map(|row| row.count).sum(),
            Some(field) => {
                let mut seen: Vec<&Value> = Vec::new();
                for row in self.rows(over, before).filter(|row| row.count > 0) {
                    if let Some(value) = row.cells.0.get(field).filter(|value| !seen.contains(value)) {
                        seen.push(value);
                    }
                }
                seen.len() as u64
            }
        }
    }

    /// Σ of the product of the formulas; rows where any is null are left out. `None` on overflow.
    fn sum(&self, over: &Aggregate, before: bool, formulas: &[&Formula]) -> Option<Decimal> {
        let mut sum = Decimal::ZERO;
        for row in self.rows(over, before) {
            let mut product = Some(Decimal::from(row.count));
            for formula in formulas {
                product = match formula.eval(&row.cells).to_decimal() {
                    Some(value) => product.and_then(|product| product.checked_mul(value)),
                    None => Some(Decimal::ZERO),
                };
            }
            sum = sum.checked_add(product?)?;
        }
        Some(sum)
    }

    fn mean(
        &self,
        over: &Aggregate,
        before: bool,
        value: &Formula,
        weight: Option<&Formula>,
        level: Option<(IntervalMethod, f64)>,
    ) -> Option<Figure> {
        let (mut top, mut bottom, mut squares, mut n) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO, 0);
        for row in self.rows(over, before) {
            let number = |formula: &Formula| formula.eval(&row.cells).to_decimal();
            let Some(value) = number(value) else { continue };
            let Some(weight) = weight.map_or(Some(Decimal::ONE), number) else { continue };
            let weight = weight.checked_mul(row.count.into())?;
            let product = weight.checked_mul(value)?;
            top = top.checked_add(product)?;
            bottom = bottom.checked_add(weight)?;
            squares = squares.checked_add(product.checked_mul(value)?)?;
            n += row.count;
        }
        let limits = match (level, weight) {
            (Some((IntervalMethod::StudentT, level)), None) => {
                let float = |exact: Decimal| f64::try_from(exact).unwrap_or(f64::NAN);
                mean::from_sums(n, float(top), float(squares), level)
                    .map(|it| (it.interval.low, it.interval.high))
            }
            _ => None,
        };
        Some(Figure { top: Some(top), bottom: Some(bottom), limits })
    }

    fn proportion(
        &self,
        over: &Aggregate,
        parts: (&Formula, &Formula),
        weight: Option<&Formula>,
        level: Option<(IntervalMethod, f64)>,
        before: bool,
    ) -> Option<Figure> {
        let (top, bottom) = match (&over.distinct, weight) {
            (Some(field), _) => many::by_subject(self, over, parts, field, before),
            (None, None) => many::counts(self.rows(over, before), parts),
            (None, Some(weight)) => {
                let (mut top, mut bottom) = (Decimal::ZERO, Decimal::ZERO);
                for row in self.rows(over, before) {
                    let Some(weight) = weight.eval(&row.cells).to_decimal() else { continue };
                    let share = weight.checked_mul(row.count.into())?;
                    if parts.1.holds(&row.cells) == Some(true) {
                        bottom = bottom.checked_add(share)?;
                        if parts.0.holds(&row.cells) == Some(true) {
                            top = top.checked_add(share)?;
                        }
                    }
                }
                return Some(Figure { top: Some(top), bottom: Some(bottom), limits: None });
            }
        };
        let limits = match level {
            Some((IntervalMethod::Wilson, level)) => interval::wilson(top, bottom, level),
            Some((IntervalMethod::ClopperPearson, level)) => interval::clopper_pearson(top, bottom, level),
            _ => None,
        };
        Some(Figure {
            top: Some(top.into()),
            bottom: Some(bottom.into()),
            limits: limits.map(|it| (it.low, it.high)),
        })
    }
}
