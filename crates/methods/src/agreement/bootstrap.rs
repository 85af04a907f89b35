//! Intervals of agreement coefficients by drawing the subjects again.
//!
//! **What it answers.** Between which values would the coefficient lie in other samples of subjects?
//!
//! **Formula.** Subjects are drawn with replacement, as many as there are; the interval holds the middle share `level` of
//! the coefficients (quantiles of type 7).
//!
//! **Source.** Efron (1979), *Annals of Statistics* 7:1–26; Hayes and Krippendorff (2007), *Communication Methods and
//! Measures* 1:77–89.
//!
//! **When not to use it.** With fewer than some 20 subjects, or where a single subject decides; the raters are taken as given.

use rayon::prelude::*;

use super::Ratings;
use crate::composite::rank::quantile;
use crate::interval::{Interval, level_tail};
use crate::random::{Stream, check_draws_of};
use crate::refusal::Refusal;

/// An interval by resampling.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resampled {
    /// The interval.
    pub interval: Interval,
    /// Standard deviation of the coefficients.
    pub standard_error: f64,
    /// Resamples that had no coefficient (all ratings equal, say) and were left out.
    pub left_out: usize,
}

/// Resamples any coefficient. Refuses fewer than 2 replicates or more than 100,000, replicates of more than 20 million
/// subjects in all, and coefficients of which fewer than half exist.
///
/// ```
/// use zhiheng_methods::agreement::{Ratings, bootstrap::resample, krippendorff::{Level, krippendorff}};
/// let ratings = Ratings::from_raters(&[vec![1.0, 2.0, 3.0, 4.0, 1.0, 2.0], vec![1.0, 2.0, 3.0, 3.0, 1.0, 2.0]]).unwrap();
/// let it = resample(&ratings, 500, 7, 0.95, |r| Ok(krippendorff(r, Level::Interval)?.value)).unwrap();
/// assert!(it.interval.low < 0.95 && it.interval.high <= 1.0);
/// ```
pub fn resample(
    ratings: &Ratings,
    replicates: usize,
    seed: u64,
    level: f64,
    coefficient: impl Fn(&Ratings) -> Result<f64, Refusal> + Sync,
) -> Result<Resampled, Refusal> {
    let side = level_tail(level)?;
    check_draws_of("replicates", replicates, ratings.n_subjects())?;
    coefficient(ratings)?;
    let n = ratings.n_subjects();
    let one = |replicate: usize| {
        let mut stream = Stream::new(seed, replicate as u64);
        let rows: Vec<usize> = (0..n).map(|_| stream.below(n as u64) as usize).collect();
        coefficient(&ratings.rows(&rows)).ok().filter(|value| value.is_finite())
    };
    let mut drawn: Vec<f64> = (0..replicates).into_par_iter().filter_map(one).collect();
    if drawn.len() < 2 || drawn.len() * 2 < replicates {
        return Err(Refusal::TooFew {
            what: "resamples",
            found: drawn.len(),
            needed: replicates.div_ceil(2),
        });
    }
    let standard_error = crate::sum::variance(&drawn).sqrt();
    drawn.sort_unstable_by(f64::total_cmp);
    Ok(Resampled {
        interval: Interval::new(quantile(&drawn, side), quantile(&drawn, 1.0 - side)),
        standard_error,
        left_out: replicates - drawn.len(),
    })
}
