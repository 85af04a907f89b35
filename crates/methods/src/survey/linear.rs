//! Totals, means and ratios by linearisation.
//!
//! Source: Woodruff (1971), *Journal of the American Statistical Association* 66:411–414; design effect in
//! Kish (1965), *Survey Sampling*, section 8.2.

use super::domain::{Domain, Missing};
use super::estimate::{Estimate, design_effects};
use crate::refusal::Refusal;
use crate::sum::Sum;

/// Sums over the rows of an estimate.
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
        let used = self.used(&[("y", y)], missing)?;
        let sums = self.sums(&used, y)?;
        let variance = self.variance(&used, |at| self.weight(at) * self.value(y, at))?;
        let scatter = self.scatter(&used, &sums, |at| self.value(y, at) - sums.total / sums.size);
        Ok(self.estimate(sums.total, variance, scatter, &sums, sums.size * sums.size))
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
        let used = self.used(&[("y", y)], missing)?;
        let sums = self.sums(&used, y)?;
        let mean = sums.total / sums.size;
        let away = |at| self.value(y, at) - mean;
        let variance = self.variance(&used, |at| self.weight(at) * away(at) / sums.size)?;
        Ok(self.estimate(mean, variance, self.scatter(&used, &sums, away), &sums, 1.0))
    }

    /// The ratio of the totals of `top` and `bottom` (by row of the data) in the domain.
    ///
    /// Rows that lack either count as missing. Refusals as [`Domain::total`], and a bottom of total 0.
    pub fn ratio(&self, top: &[f64], bottom: &[f64], missing: Missing) -> Result<Estimate, Refusal> {
        let used = self.used(&[("top", top), ("bottom", bottom)], missing)?;
        let below = self.sums(&used, bottom)?;
        if below.total == 0.0 {
            return Err(Refusal::NoVariation { what: "bottom (total 0)".to_owned() });
        }
        let ratio = self.sums(&used, top)?.total / below.total;
        let away = |at| (self.value(top, at) - ratio * self.value(bottom, at)) / below.total;
        let variance = self.variance(&used, |at| self.weight(at) * away(at))?;
        let scatter = self.scatter(&used, &below, away);
        Ok(self.estimate(ratio, variance, scatter, &below, below.size * below.size))
    }

    /// Rows with a weight, their weights' sum and the weighted total.
    fn sums(&self, used: &[u32], y: &[f64]) -> Result<Sums, Refusal> {
        let (mut size, mut total, mut n) = (Sum::default(), Sum::default(), 0);
        for &at in used {
            let weight = self.weight(at);
            n += usize::from(weight != 0.0);
            size.add(weight);
            total.add(weight * self.value(y, at));
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

    /// Variance of the total of `z`, which gets a position and has its weight in it.
    fn variance(&self, used: &[u32], z: impl Fn(u32) -> f64) -> Result<f64, Refusal> {
        let it = self.covariance(used, 1, |k, values| values[0] = z(used[k]))?;
        if it[0].is_finite() {
            Ok(it[0].max(0.0))
        } else {
            Err(Refusal::NotFinite { what: "the variance", row: 0 })
        }
    }

    /// The estimated variance of the values in the population, from their distances to the mean.
    fn scatter(&self, used: &[u32], sums: &Sums, away: impl Fn(u32) -> f64) -> f64 {
        let (mut squares, mut rest) = (Sum::default(), Sum::default());
        for &at in used {
            let (weight, away) = (self.weight(at), away(at));
            squares.add(weight * away * away);
            rest.add(weight * away);
        }
        let rest = rest.value() / sums.size;
        let n = sums.n as f64;
        (squares.value() / sums.size - rest * rest).max(0.0) * n / (n - 1.0)
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
