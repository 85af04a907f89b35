//! Totals, means and ratios by linearisation.
//!
//! Source: Woodruff (1971), *Journal of the American Statistical Association* 66:411–414; design effect in
//! Kish (1965), *Survey Sampling*, section 8.2.

use std::borrow::Cow;

use super::domain::{Domain, Missing};
use super::estimate::{Estimate, design_effects};
use crate::refusal::{Refusal, same_length};
use crate::sum::Sum;

/// Values of a column at the rows of an estimate, with their sums.
struct Column<'a> {
    rows: Cow<'a, [u32]>,
    y: Vec<f64>,
    sums: Sums,
}

/// Sums over the rows of an estimate.
#[derive(Clone, Copy)]
struct Sums {
    n: usize,
    size: f64,
    total: f64,
}

impl Domain<'_> {
    /// The total of `y` (by row of the data) in the domain.
    ///
    /// Refused: no rows left, NaN unless dropped, infinite values, a stratum with one unit unless the plan
    /// says what to do with it.
    pub fn total(&self, y: &[f64], missing: Missing) -> Result<Estimate, Refusal> {
        let it = self.column(y, missing)?;
        let mean = it.sums.total / it.sums.size;
        let variance = self.variance(&it.rows, |weight, k| weight * it.y[k])?;
        let scatter = self.scatter(&it.rows, &it.sums, |k| it.y[k] - mean);
        Ok(self.estimate(it.sums.total, variance, scatter, &it.sums, it.sums.size * it.sums.size))
    }

    /// The mean of `y` (by row of the data) in the domain: `Σ w y / Σ w`.
    ///
    /// Refusals as [`Domain::total`].
    ///
    /// ```
    /// use zhiheng_methods::survey::{Design, Missing, Plan, Stage};
    /// // 3 clusters with totals 3, 7, 5 of 2 rows each: mean 2.5, deviations -2, 2, 0 from 5
    /// let stage = Stage { clusters: Some(&[1, 1, 2, 2, 3, 3]), ..Stage::default() };
    /// let design = Design::prepare(&Plan { n_rows: 6, stages: &[stage], ..Plan::default() }).unwrap();
    /// let mean = design.whole().mean(&[1.0, 2.0, 3.0, 4.0, 2.0, 3.0], Missing::Refuse).unwrap();
    /// assert_eq!((mean.value, mean.freedom), (2.5, 2.0));
    /// // √(3/2 · (4 + 4)) / 6
    /// assert!((mean.standard_error - 12.0_f64.sqrt() / 6.0).abs() < 1e-14);
    /// ```
    pub fn mean(&self, y: &[f64], missing: Missing) -> Result<Estimate, Refusal> {
        let it = self.column(y, missing)?;
        let mean = it.sums.total / it.sums.size;
        let variance = self.variance(&it.rows, |weight, k| weight * (it.y[k] - mean) / it.sums.size)?;
        let scatter = self.scatter(&it.rows, &it.sums, |k| it.y[k] - mean);
        Ok(self.estimate(mean, variance, scatter, &it.sums, 1.0))
    }

    /// The ratio of the totals of `top` and `bottom` (by row of the data) in the domain.
    ///
    /// Rows that lack either count as missing. Refusals as [`Domain::total`], and a bottom of total 0.
    pub fn ratio(&self, top: &[f64], bottom: &[f64], missing: Missing) -> Result<Estimate, Refusal> {
        let rows = self.used(&[("top", top), ("bottom", bottom)], missing)?;
        let of = |values: &[f64]| rows.iter().map(|&at| self.value(values, at)).collect::<Vec<f64>>();
        let (top, bottom) = (of(top), of(bottom));
        let below = self.sums(&rows, &bottom)?;
        if below.total == 0.0 {
            return Err(Refusal::NoVariation { what: "bottom (total 0)".to_owned() });
        }
        let ratio = self.sums(&rows, &top)?.total / below.total;
        let away = |k: usize| (top[k] - ratio * bottom[k]) / below.total;
        let variance = self.variance(&rows, |weight, k| weight * away(k))?;
        let scatter = self.scatter(&rows, &below, away);
        Ok(self.estimate(ratio, variance, scatter, &below, below.size * below.size))
    }

    /// The values of a column in the domain: the one pass that jumps about in the data.
    fn column(&self, y: &[f64], missing: Missing) -> Result<Column<'_>, Refusal> {
        same_length("y", y.len(), self.design.n_rows())?;
        let mut values: Vec<f64> = self.rows.iter().map(|&at| self.value(y, at)).collect();
        let mut rows = Cow::Borrowed(self.rows.as_slice());
        if values.iter().any(|value| !value.is_finite()) {
            rows = Cow::Owned(self.used(&[("y", y)], missing)?.into_owned());
            values = rows.iter().map(|&at| self.value(y, at)).collect();
        }
        let sums = self.sums(&rows, &values)?;
        Ok(Column { rows, y: values, sums })
    }

    /// Rows with a weight, their weights' sum and the weighted total of `y`, which is by used row.
    fn sums(&self, used: &[u32], y: &[f64]) -> Result<Sums, Refusal> {
        let (mut size, mut total, mut n) = (Sum::default(), Sum::default(), 0);
        for (&at, y) in used.iter().zip(y) {
            let weight = self.weight(at);
            n += usize::from(weight != 0.0);
            size.add(weight);
            total.add(weight * y);
        }
        let (size, total) = (size.value(), total.value());
        if n == 0 || size == 0.0 {
            return Err(Refusal::EmptyGroup { what: "the domain".to_owned() });
        }
        if !(size.is_finite() && total.is_finite()) {
            return Err(Refusal::NotFinite { what: "the weighted total", row: 0 });
        }
        Ok(Sums { n, size, total })
    }

    /// Variance of the total of `z`, which gets the weight and the number of a used row.
    fn variance(&self, used: &[u32], z: impl Fn(f64, usize) -> f64) -> Result<f64, Refusal> {
        let it = self.covariance(used, 1, |k, values| values[0] = z(self.weight(used[k]), k))?;
        if it[0].is_finite() {
            Ok(it[0].max(0.0))
        } else {
            Err(Refusal::NotFinite { what: "the variance", row: 0 })
        }
    }

    /// The estimated variance of the values in the population, from their distances to the mean.
    fn scatter(&self, used: &[u32], sums: &Sums, away: impl Fn(usize) -> f64) -> f64 {
        let mut squares = Sum::default();
        for (k, &at) in used.iter().enumerate() {
            let away = away(k);
            squares.add(self.weight(at) * away * away);
        }
        let n = sums.n as f64;
        (squares.value() / sums.size).max(0.0) * n / (n - 1.0)
    }

    fn estimate(&self, value: f64, variance: f64, scatter: f64, sums: &Sums, times: f64) -> Estimate {
        let (deff, deff_replace) = design_effects(variance, scatter, sums.n, sums.size, times);
        Estimate {
            value,
            standard_error: variance.sqrt(),
            freedom: self.freedom(),
            n: sums.n,
            size: sums.size,
            deff,
            deff_replace,
        }
    }
}
