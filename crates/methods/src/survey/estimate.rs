//! An estimate with its standard error, degrees of freedom and design effect.

use crate::interval::{Interval, tail};
use crate::special::{normal_upper_quantile, student_upper_quantile};

/// An estimated quantity of the population.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate, in the unit of the values.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Degrees of freedom of the domain: first-stage units less strata. 0 or less allows no t interval.
    pub freedom: f64,
    /// Rows the estimate rests on: in the domain, with a value and a weight.
    pub n: usize,
    /// Sum of their weights: the estimated size of the domain.
    pub size: f64,
    /// Variance over that of simple random sampling without replacement of as many rows. `None` where that
    /// is 0 or not defined (one row, no variation, weights that sum to less than the rows).
    pub deff: Option<f64>,
    /// Variance over that of simple random sampling with replacement.
    pub deff_replace: Option<f64>,
}

impl Estimate {
    /// Coefficient of variation: standard error over estimate; `None` for an estimate of 0.
    pub fn cv(&self) -> Option<f64> {
        (self.value != 0.0).then(|| self.standard_error / self.value)
    }

    /// `value ± t · standard_error` with `t` on `freedom` degrees of freedom; infinite freedom gives the
    /// normal interval. `None` for a level outside (0, 1) or no freedom.
    ///
    /// ```
    /// use zhiheng_methods::survey::{Design, Missing, Plan};
    /// let design = Design::prepare(&Plan { n_rows: 4, ..Plan::default() }).unwrap();
    /// let mean = design.whole().mean(&[1.0, 2.0, 3.0, 4.0], Missing::Refuse).unwrap();
    /// let it = mean.interval(0.95, mean.freedom).unwrap();
    /// assert_eq!(format!("{:.4} {:.4}", it.low, it.high), "0.4457 4.5543"); // Student's interval
    /// ```
    pub fn interval(&self, level: f64, freedom: f64) -> Option<Interval> {
        let half = quantile(level, freedom)? * self.standard_error;
        Some(Interval::new(self.value - half, self.value + half))
    }
}

/// The upper quantile that a two-sided interval takes; infinite freedom means normal.
pub(super) fn quantile(level: f64, freedom: f64) -> Option<f64> {
    let tail = tail(level)?;
    if freedom == f64::INFINITY {
        Some(normal_upper_quantile(tail))
    } else if freedom > 0.0 {
        Some(student_upper_quantile(tail, freedom))
    } else {
        None
    }
}

/// The two design effects of a variance: against `s²` per row of `n` rows that stand for `size`.
///
/// `times` is what turns the variance of a mean into that of the estimate (1, or `size²` for a total).
pub(super) fn design_effects(
    variance: f64,
    scatter: f64,
    n: usize,
    size: f64,
    times: f64,
) -> (Option<f64>, Option<f64>) {
    let n = n as f64;
    let with = scatter * times / n;
    let without = with * (size - n) / size;
    let effect = |simple: f64| (simple > 0.0 && simple.is_finite()).then(|| variance / simple);
    (effect(without), effect(with))
}
