//! Kendall's coefficient of concordance: orders.
//!
//! **What it answers.** How far do several raters put the subjects into the same order?
//!
//! **Formula.** With `R_i` the sum of the places of subject `i`, `m` raters, `n` subjects and `T = Σ(t³ − t)` over the groups
//! of tied places of all raters: `W = 12 Σ(R_i − R̄)²/(m²(n³ − n) − m T)`; without the correction `T = 0`. Test:
//! `χ² = m(n − 1)W` on `n − 1` degrees of freedom.
//!
//! **Source.** Kendall and Babington Smith (1939), *Annals of Mathematical Statistics* 10:275–287; Kendall (1948), *Rank
//! Correlation Methods*, chapter 6. Equals `kendall` of R's irr.
//!
//! **When not to use it.** With fewer than about 8 subjects the χ² test is too timid. Subjects with a missing rating are
//! left out as a whole.

use super::Ratings;
use crate::composite::rank::{Ties, ascending};
use crate::refusal::{Refusal, at_least};
use crate::special::gamma_upper;
use crate::sum::{mean, sum};

/// Kendall's W.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kendall {
    /// From 0 (no agreement) to 1 (the same order).
    pub w: f64,
    /// Test statistic.
    pub chi_square: f64,
    /// Its degrees of freedom.
    pub freedom: f64,
    /// The probability of a greater one if raters order at random.
    pub p_value: f64,
    /// Whether a rater put subjects on equal places.
    pub has_ties: bool,
    /// Subjects that all raters rated.
    pub n_subjects: usize,
}

/// Kendall's W over the subjects that all raters rated, corrected for ties or not. Refuses raters who all put everything on
/// one place.
///
/// ```
/// use zhiheng_methods::agreement::{Ratings, kendall::kendall};
/// let ratings = Ratings::from_raters(&[vec![1.0, 2.0, 3.0], vec![1.0, 3.0, 2.0]]).unwrap();
/// assert!((kendall(&ratings, true).unwrap().w - 0.75).abs() < 1e-15);
/// ```
pub fn kendall(ratings: &Ratings, corrected: bool) -> Result<Kendall, Refusal> {
    let complete = ratings.complete()?;
    let n_subjects = complete.n_subjects();
    at_least("subjects", n_subjects, 2)?;
    let (n, m) = (n_subjects as f64, complete.n_raters() as f64);
    let mut sums = vec![0.0; n_subjects];
    let mut ties = 0.0;
    for rater in 0..complete.n_raters() {
        let mut places = ascending(&complete.rater(rater), Ties::Average);
        for (sum, place) in sums.iter_mut().zip(&places) {
            *sum += place;
        }
        places.sort_unstable_by(f64::total_cmp);
        for group in places.chunk_by(|a, b| a == b) {
            let t = group.len() as f64;
            ties += t * (t * t - 1.0);
        }
    }
    let correction = if corrected { m * ties } else { 0.0 };
    let most = m * m * n * (n * n - 1.0) - correction;
    if most <= 0.0 {
        return Err(Refusal::NoVariation { what: "ratings".into() });
    }
    let centre = mean(&sums);
    let w = 12.0 * sum(sums.iter().map(|sum| (sum - centre) * (sum - centre))) / most;
    let (chi_square, freedom) = (m * (n - 1.0) * w, n - 1.0);
    let p_value = gamma_upper(freedom / 2.0, chi_square / 2.0);
    Ok(Kendall { w, chi_square, freedom, p_value, has_ties: ties > 0.0, n_subjects })
}
