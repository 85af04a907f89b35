//! Quantiles, with Woodruff's interval.
//!
//! **What it answers.** Below which value does half (or any share) of the population lie, and how sure is
//! that?
//!
//! **Formula.** The interval of the share of values at or below the estimated quantile, carried back to
//! values by the same quantile rule; the standard error is the interval's length over twice its t.
//!
//! **Source.** Woodruff (1952), *Journal of the American Statistical Association* 47:635–646; Francisco and
//! Fuller (1991), *Annals of Statistics* 19:454–469. Equals R `survey::svyquantile` 4.1.1.
//!
//! **When not to use it.** For extreme quantiles of few rows (an end is then missing), or values rounded so
//! much that many rows share one.

use super::domain::{Domain, Missing};
use super::estimate::{Estimate, quantile as critical};
use super::quantile_rule::{QuantileRule, Sorted};
use super::share::{ShareInterval, share_interval};
use crate::interval::level_tail;
use crate::refusal::Refusal;

/// How a quantile and its interval are found.
#[derive(Debug, Clone, Copy)]
pub struct QuantileOptions {
    /// Definition of the quantile.
    pub rule: QuantileRule,
    /// Interval of the share below.
    pub interval: QuantileInterval,
    /// Confidence level.
    pub level: f64,
    /// Degrees of freedom instead of the domain's own; infinite for normal intervals.
    pub freedom: Option<f64>,
    /// Rows without a value.
    pub missing: Missing,
}

/// Interval of the share below a quantile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QuantileInterval {
    /// Symmetric about the share.
    #[default]
    Mean,
    /// [`ShareInterval::Beta`].
    Beta,
    /// [`ShareInterval::Xlogit`].
    Xlogit,
    /// [`ShareInterval::Asin`].
    Asin,
}

impl Default for QuantileOptions {
    fn default() -> Self {
        Self {
            rule: QuantileRule::Math,
            interval: QuantileInterval::Mean,
            level: 0.95,
            freedom: None,
            missing: Missing::Refuse,
        }
    }
}

/// An estimated quantile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantile {
    /// The quantile, in the unit of the values.
    pub value: f64,
    /// Lower end; `None` where the share's interval falls below 0.
    pub low: Option<f64>,
    /// Upper end; `None` where the share's interval rises above 1.
    pub high: Option<f64>,
    /// `(high − low) / 2t`; `None` without both ends.
    pub standard_error: Option<f64>,
}

impl Domain<'_> {
    /// The quantile of `y` (by row of the data) at the share `p`.
    ///
    /// Refused: `p` outside (0, 1), a level outside (0, 1), no rows, values not finite (NaN may be dropped), weights that
    /// calibration has made negative.
    /// Where the share below the quantile is 1 (one value takes all), there is no interval.
    ///
    /// ```
    /// use zhiheng_methods::survey::{Design, Plan, QuantileOptions};
    /// let design = Design::prepare(&Plan { n_rows: 5, ..Plan::default() }).unwrap();
    /// let it = design.whole().quantile(&[3.0, 1.0, 5.0, 2.0, 4.0], 0.5, &QuantileOptions::default()).unwrap();
    /// assert_eq!(it.value, 3.0);
    /// ```
    pub fn quantile(&self, y: &[f64], p: f64, options: &QuantileOptions) -> Result<Quantile, Refusal> {
        let used = self.used(&[("y", y)], options.missing)?;
        let sorted = Sorted::new(used.iter().map(|&at| (self.value(y, at), self.weight(at))));
        let below = |value: f64| {
            let share = Domain { design: self.design, rows: used.to_vec() };
            share.mean(&at_most(y, value), Missing::Drop)
        };
        quantile(&sorted, p, options, self.n_counted(), self.freedom(), below)
    }
}

/// 1 where `y` is at most `value`, 0 above, NaN where missing.
pub(super) fn at_most(y: &[f64], value: f64) -> Vec<f64> {
    y.iter().map(|&y| if y.is_nan() { f64::NAN } else { f64::from(u8::from(y <= value)) }).collect()
}

/// The quantile of sorted values; `below` estimates the share of values at or below one.
pub(super) fn quantile(
    sorted: &Sorted,
    p: f64,
    options: &QuantileOptions,
    n_rows: usize,
    design_freedom: f64,
    below: impl Fn(f64) -> Result<Estimate, Refusal>,
) -> Result<Quantile, Refusal> {
    if !(p > 0.0 && p < 1.0) {
        return Err(Refusal::OutOfRange { what: "p", value: p, allowed: "(0, 1)" });
    }
    level_tail(options.level)?;
    if let Some(value) = sorted.negative_weight() {
        return Err(Refusal::OutOfRange { what: "weights", value, allowed: ">= 0" });
    }
    if sorted.is_empty() {
        return Err(Refusal::EmptyGroup { what: "the domain".to_owned() });
    }
    let value = sorted.quantile(options.rule, p);
    let method = match options.interval {
        QuantileInterval::Mean => ShareInterval::Mean,
        QuantileInterval::Beta => ShareInterval::Beta,
        QuantileInterval::Xlogit => ShareInterval::Xlogit,
        QuantileInterval::Asin => ShareInterval::Asin,
    };
    let freedom = options.freedom.unwrap_or(design_freedom);
    let share = share_interval(&below(value)?, n_rows, design_freedom, method, options.level, freedom);
    let (low, high) = match share {
        Ok(share) => (
            (share.low >= 0.0).then(|| sorted.quantile(options.rule, share.low)),
            (share.high <= 1.0).then(|| sorted.quantile(options.rule, share.high)),
        ),
        // all values at or below the quantile, or no degrees of freedom: no interval
        Err(_) => (None, None),
    };
    let standard_error = match (low, high, critical(options.level, freedom)) {
        (Some(low), Some(high), Some(t)) => Some((high - low) / (2.0 * t)),
        _ => None,
    };
    Ok(Quantile { value, low, high, standard_error })
}
