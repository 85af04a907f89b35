//! The variance of totals under a multi-stage plan, in one pass over sorted rows.
//!
//! Stratum by stratum and unit by unit, since rows come sorted. Units of a stratum without a row here count
//! with 0, which is what makes a domain more than a filtered file.
//!
//! Source: Särndal, Swensson and Wretman (1992), *Model Assisted Survey Sampling*, result 4.3.1 (stages);
//! Brewer (2002), *Combined Survey Sampling Inference*, ch. 9 (unequal probabilities).

use std::ops::Range;

use super::layout::Layout;
use super::plan::Lonely;
use crate::refusal::Refusal;
use crate::sum::Sum;

/// Below this share left out of the sample a stratum counts as taken whole.
const CENSUS: f64 = 1e-7;

/// The covariance matrix (row by row, `p × p`) of the totals of `p` weighted values.
///
/// `rows` are ascending positions; `fill(k, values)` writes the values of the row `rows[k]`.
pub(super) fn covariance(
    layout: &Layout,
    rows: &[u32],
    p: usize,
    fill: impl FnMut(usize, &mut [f64]),
) -> Result<Vec<f64>, Refusal> {
    Pass { layout, rows, p, fill }.stage(0, 0..rows.len())
}

struct Pass<'a, F> {
    layout: &'a Layout,
    rows: &'a [u32],
    p: usize,
    fill: F,
}

/// Totals of the units of one stratum that have rows here.
struct Units {
    /// `p` totals per unit.
    totals: Vec<f64>,
    /// Share left out of the sample, by unit.
    left: Vec<f64>,
}

impl<F: FnMut(usize, &mut [f64])> Pass<'_, F> {
    /// What the stage `depth` and those below add over the rows in `range`.
    fn stage(&mut self, depth: usize, range: Range<usize>) -> Result<Vec<f64>, Refusal> {
        let layout = self.layout;
        let level = &layout.levels[depth];
        let p = self.p;
        let mut here = vec![0.0; p * p];
        let mut below = vec![0.0; p * p];
        let (mut strata, mut known) = (0.0, 0.0);
        let mut units = Units { totals: Vec::new(), left: Vec::new() };
        let mut values = vec![0.0; p];
        let mut sums = vec![Sum::default(); p];
        let mut at = range.start;
        while at < range.end {
            let stratum = level.stratum[self.unit(depth, at)];
            units.totals.clear();
            units.left.clear();
            while at < range.end && level.stratum[self.unit(depth, at)] == stratum {
                let unit = self.unit(depth, at);
                let start = at;
                sums.fill(Sum::default());
                while at < range.end && self.unit(depth, at) == unit {
                    (self.fill)(at, &mut values);
                    for (sum, &value) in sums.iter_mut().zip(&values) {
                        sum.add(value);
                    }
                    at += 1;
                }
                units.totals.extend(sums.iter().map(|sum| sum.value()));
                units.left.push(level.left[unit]);
                if depth + 1 < layout.levels.len() && level.drawn[unit] > 0.0 {
                    let inner = self.stage(depth + 1, start..at)?;
                    for (sum, value) in below.iter_mut().zip(inner) {
                        *sum += value * level.drawn[unit];
                    }
                }
            }
            strata += 1.0;
            known += f64::from(u8::from(self.stratum(depth, stratum as usize, &units, &mut here)?));
        }
        if strata > 0.0 && known == 0.0 {
            return Err(Refusal::TooFew { what: "units in each stratum", found: 1, needed: 2 });
        }
        // Strata about which nothing is known (Lonely::Average) count as the others do on average.
        let blow_up = if strata == known { 1.0 } else { strata / known };
        Ok(here.iter().zip(below).map(|(here, below)| here * blow_up + below).collect())
    }

    fn unit(&self, depth: usize, at: usize) -> usize {
        self.layout.levels[depth].unit[self.rows[at] as usize] as usize
    }

    /// Adds a stratum's share to `sum`; false if its variance is unknown and the average has to serve.
    fn stratum(&self, depth: usize, stratum: usize, units: &Units, sum: &mut [f64]) -> Result<bool, Refusal> {
        let level = &self.layout.levels[depth];
        let (p, here) = (self.p, units.left.len());
        let n = level.sampled[stratum] as usize;
        if units.left.iter().all(|&left| left < CENSUS) {
            return Ok(true);
        }
        let lonely = self.layout.lonely;
        let lonely_here = here == 1 && n > 1 && self.layout.adjust_domain_lonely;
        if n == 1 && lonely == Lonely::Fail {
            return Err(Refusal::TooFew { what: "units in a stratum", found: 1, needed: 2 });
        }
        if (n == 1 || lonely_here) && lonely == Lonely::Average {
            return Ok(false);
        }
        let centred = lonely != Lonely::Adjust || !(n == 1 || lonely_here);
        let mut centre = vec![0.0; p];
        if centred {
            let mut sums = vec![Sum::default(); p];
            for total in units.totals.chunks_exact(p) {
                for (sum, &value) in sums.iter_mut().zip(total) {
                    sum.add(value);
                }
            }
            for (centre, sum) in centre.iter_mut().zip(sums) {
                *centre = sum.value() / n as f64;
            }
        }
        let factor = if n > 1 { n as f64 / (n as f64 - 1.0) } else { 1.0 };
        // Units without a row here have total 0, so that each lies `centre` away from it.
        let absent = if here < n { level.left_sum[stratum] - units.left.iter().sum::<f64>() } else { 0.0 };
        for j in 0..p {
            for k in 0..=j {
                let mut square = Sum::default();
                for (total, left) in units.totals.chunks_exact(p).zip(&units.left) {
                    square.add(left * (total[j] - centre[j]) * (total[k] - centre[k]));
                }
                square.add(absent * centre[j] * centre[k]);
                let share = factor * square.value();
                sum[j * p + k] += share;
                if j != k {
                    sum[k * p + j] += share;
                }
            }
        }
        Ok(true)
    }
}
