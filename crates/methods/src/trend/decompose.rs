//! Classical decomposition by moving averages.
//!
//! **What it answers.** How much does each month stand above or below the trend, if every year has the same
//! season?
//!
//! **Formula.** Trend: a centred moving average over one cycle (ends halved for an even period), or a filter of
//! one's own. Season: the mean over the years of `value − trend` (or `value / trend`), shifted (or scaled) so
//! that one cycle averages 0 (or 1). Remainder: the rest.
//!
//! **Source.** Kendall and Stuart (1983), *The Advanced Theory of Statistics*, volume 3, pages 410–414. Equals
//! R's `decompose` (R 4.2.2).
//!
//! **When not to use it.** Where the season changes, or single wild values occur: see [`super::stl`]. The trend
//! has no value for half a cycle at both ends.

use crate::refusal::Refusal;

/// How season and trend combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `value = trend + season + remainder`.
    Additive,
    /// `value = trend × season × remainder`.
    Multiplicative,
}

/// The parts of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct Classical {
    /// The trend; `None` where the filter reaches over an end or a gap.
    pub trend: Vec<Option<f64>>,
    /// The season, as long as the series.
    pub seasonal: Vec<f64>,
    /// The remainder; `None` where the trend or the value is missing.
    pub remainder: Vec<Option<f64>>,
    /// The season of one cycle, beginning with the first value's season.
    pub figure: Vec<f64>,
}

/// Splits `values` (NaN is a gap) with `period` values per cycle.
///
/// `filter` replaces the moving average; its middle weight stands on the value (of an even number of weights
/// one more stands on later values than on earlier ones, as in R), its first weight on the latest value.
///
/// Errors: infinite values; fewer than two cycles of values; a period below 2; an empty filter; a season that
/// has no trend beside it; for [`Kind::Multiplicative`] a trend or season of zero.
///
/// ```
/// use zhiheng_methods::trend::decompose::{Kind, decompose};
/// let it = decompose(&[1.0, 3.0, 2.0, 4.0, 3.0, 5.0], 2, Kind::Additive, None).unwrap();
/// assert_eq!(it.trend[1], Some(2.25));
/// assert_eq!(it.figure, [-0.75, 0.75]);
/// ```
pub fn decompose(
    values: &[f64],
    period: usize,
    kind: Kind,
    filter: Option<&[f64]>,
) -> Result<Classical, Refusal> {
    if period < 2 {
        return Err(Refusal::OutOfRange { what: "period", value: period as f64, allowed: ">= 2" });
    }
    if let Some(row) = values.iter().position(|value| value.is_infinite()) {
        return Err(Refusal::NotFinite { what: "value", row });
    }
    let present = values.iter().filter(|value| !value.is_nan()).count();
    crate::refusal::at_least("value", present, period.saturating_mul(2))?;
    let of_cycle = centred(period);
    let filter = filter.unwrap_or(&of_cycle);
    crate::refusal::at_least("filter", filter.len(), 1)?;
    crate::refusal::finite("filter", filter)?;

    let trend = filtered(values, filter);
    let figure = figure(values, &trend, period, kind)?;
    let seasonal: Vec<f64> = (0..values.len()).map(|i| figure[i % period]).collect();
    let remainder = (0..values.len())
        .map(|i| {
            let rest = match kind {
                Kind::Additive => values[i] - seasonal[i] - trend[i]?,
                Kind::Multiplicative => values[i] / seasonal[i] / trend[i]?,
            };
            rest.is_finite().then_some(rest)
        })
        .collect();
    Ok(Classical { trend, seasonal, remainder, figure })
}

/// Weights of the centred moving average over one cycle.
fn centred(period: usize) -> Vec<f64> {
    let one = 1.0 / period as f64;
    if period % 2 == 1 {
        return vec![one; period];
    }
    let mut weights = vec![one; period + 1];
    weights[0] = 0.5 * one;
    weights[period] = 0.5 * one;
    weights
}

/// The filter at every position; the first weight belongs to the latest value, as in a convolution.
fn filtered(values: &[f64], filter: &[f64]) -> Vec<Option<f64>> {
    let (width, ahead) = (filter.len(), filter.len() / 2);
    let one = |i: usize| {
        let first = (i + ahead + 1).checked_sub(width)?;
        let window = values.get(first..=i + ahead)?;
        let total = crate::sum::sum(window.iter().rev().zip(filter).map(|(value, weight)| value * weight));
        (!total.is_nan()).then_some(total)
    };
    (0..values.len()).map(one).collect()
}

fn figure(values: &[f64], trend: &[Option<f64>], period: usize, kind: Kind) -> Result<Vec<f64>, Refusal> {
    let mut figure = Vec::with_capacity(period);
    for first in 0..period {
        let mut rest = Vec::new();
        for i in (first..values.len()).step_by(period) {
            let Some(trend) = trend[i].filter(|_| !values[i].is_nan()) else { continue };
            rest.push(match kind {
                Kind::Additive => values[i] - trend,
                Kind::Multiplicative if trend == 0.0 => return Err(zero("trend")),
                Kind::Multiplicative => values[i] / trend,
            });
        }
        if rest.is_empty() {
            return Err(Refusal::EmptyGroup { what: format!("season {}", first + 1) });
        }
        figure.push(crate::sum::mean(&rest));
    }
    let centre = crate::sum::mean(&figure);
    for value in &mut figure {
        match kind {
            Kind::Additive => *value -= centre,
            Kind::Multiplicative => *value /= centre,
        }
    }
    let broken = |value: &f64| !value.is_finite() || (kind == Kind::Multiplicative && *value == 0.0);
    if figure.iter().any(broken) { Err(zero("season")) } else { Ok(figure) }
}

fn zero(what: &str) -> Refusal {
    Refusal::Contradiction { what: format!("the {what} is zero somewhere, so nothing can be divided by it") }
}
