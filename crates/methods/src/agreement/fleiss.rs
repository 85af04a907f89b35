//! Fleiss' kappa and Conger's exact form: many raters, categories.
//!
//! **What it answers.** How far do raters agree beyond chance, over all categories and on each?
//!
//! **Formula.** With `n_ij` the raters who put subject `i` into category `j`, `N` subjects, `m` raters, `p_j` the share of
//! category `j`: `P = Σ(Σ n_ij² − m)/(N m(m − 1))`, `κ = (P − Σp²)/(1 − Σp²)`; variance under 0
//! `2 ((Σpq)² − Σ pq(q − p))/(N m(m − 1)(Σpq)²)`. On category `j`:
//! `κ_j = 1 − Σ n_ij(m − n_ij)/(N m(m − 1) p_j q_j)`, variance `2/(N m(m − 1))`. Conger: chance agreement is the mean over
//! pairs of raters, each with his own frequencies.
//!
//! **Source.** Fleiss (1971), *Psychological Bulletin* 76:378–382; Fleiss, Nee and Landis (1979), *Psychological Bulletin*
//! 86:974–977; Conger (1980), *Psychological Bulletin* 88:322–328. Kappa and z equal `kappam.fleiss` of R's irr; on single
//! categories the variance is that of the 1979 paper.
//!
//! **When not to use it.** Ordered categories (a near miss counts as a miss: use [`super::krippendorff`] or weights), or
//! subjects with missing ratings (they are left out as a whole).

use super::{Ratings, Tested, coded, tested};
use crate::refusal::{Refusal, at_least};
use crate::sum::{mean, sum, variance};

/// Fleiss' kappa.
#[derive(Debug, Clone, PartialEq)]
pub struct Fleiss {
    /// Kappa and the test that it is 0.
    pub kappa: Tested,
    /// Share of agreeing pairs of raters.
    pub agreement: f64,
    /// The same by chance.
    pub by_chance: f64,
    /// Kappa of each category, ascending; with two categories both equal the whole.
    pub categories: Vec<(f64, Tested)>,
    /// Subjects that all raters rated.
    pub n_subjects: usize,
}

/// Fleiss' kappa over the subjects that all raters rated. Refuses ratings that are all of one category.
///
/// ```
/// use zhiheng_methods::agreement::{Ratings, fleiss::fleiss};
/// let ratings = Ratings::from_raters(&[vec![1.0, 1.0, 2.0], vec![1.0, 2.0, 2.0], vec![1.0, 2.0, 2.0]]).unwrap();
/// // 7 of 9 pairs agree; shares 4/9 and 5/9
/// let it = fleiss(&ratings).unwrap();
/// assert!((it.kappa.value - (7.0 / 9.0 - 41.0 / 81.0) / (40.0 / 81.0)).abs() < 1e-15);
/// ```
pub fn fleiss(ratings: &Ratings) -> Result<Fleiss, Refusal> {
    let table = Counts::new(ratings)?;
    let shares: Vec<f64> = table.shares();
    let by_chance = sum(shares.iter().map(|p| p * p));
    let agreement = table.agreement();
    // Σ p (1 − p), without the cancellation of 1 − Σ p²
    let chance_left = sum(shares.iter().map(|p| p * (1.0 - p)));
    let pairs = table.n * table.m * (table.m - 1.0);
    let skew = sum(shares.iter().map(|p| p * (1.0 - p) * (1.0 - 2.0 * p)));
    let spread = 2.0 * (chance_left * chance_left - skew) / (pairs * chance_left * chance_left);
    let kappa = tested((agreement - by_chance) / chance_left, spread)?;
    let category = |(j, category): (usize, &f64)| {
        let p = shares[j];
        let split = sum(table.subjects.iter().map(|subject| subject[j] * (table.m - subject[j])));
        Ok((*category, tested(1.0 - split / (pairs * p * (1.0 - p)), 2.0 / pairs)?))
    };
    let categories = table.categories.iter().enumerate().map(category).collect::<Result<_, Refusal>>()?;
    Ok(Fleiss { kappa, agreement, by_chance, categories, n_subjects: table.subjects.len() })
}

/// Conger's kappa (irr: `exact = TRUE`): chance agreement with each rater's own frequencies. For two raters it is Cohen's.
pub fn conger(ratings: &Ratings) -> Result<f64, Refusal> {
    let table = Counts::new(ratings)?;
    let complete = ratings.complete()?;
    let mut by_rater = vec![vec![0.0; complete.n_raters()]; table.categories.len()];
    for subject in complete.subjects() {
        for (rater, j) in coded(subject, &table.categories).into_iter().enumerate() {
            by_rater[j][rater] += 1.0 / table.n;
        }
    }
    // mean over pairs: Σ p̄² less the variance between raters by their number
    let by_chance = sum(by_rater.iter().map(|shares| {
        let p = mean(shares);
        p * p - variance(shares) / table.m
    }));
    if 1.0 - by_chance <= 1e-15 {
        return Err(Refusal::NoVariation { what: "ratings".into() });
    }
    Ok((table.agreement() - by_chance) / (1.0 - by_chance))
}

/// How many raters put each subject into each category.
struct Counts {
    categories: Vec<f64>,
    subjects: Vec<Vec<f64>>,
    n: f64,
    m: f64,
}

impl Counts {
    fn new(ratings: &Ratings) -> Result<Self, Refusal> {
        let complete = ratings.complete()?;
        let categories = complete.categories();
        at_least("categories", categories.len(), 2)
            .map_err(|_| Refusal::NoVariation { what: "ratings".into() })?;
        let count = |subject: &[f64]| {
            let mut counts = vec![0.0; categories.len()];
            for j in coded(subject, &categories) {
                counts[j] += 1.0;
            }
            counts
        };
        let subjects: Vec<Vec<f64>> = complete.subjects().map(count).collect();
        let (n, m) = (subjects.len() as f64, complete.n_raters() as f64);
        Ok(Self { categories, subjects, n, m })
    }

    fn shares(&self) -> Vec<f64> {
        let all = self.n * self.m;
        (0..self.categories.len())
            .map(|j| sum(self.subjects.iter().map(|subject| subject[j])) / all)
            .collect()
    }

    fn agreement(&self) -> f64 {
        let squares = sum(self.subjects.iter().flatten().map(|count| count * count));
        (squares - self.n * self.m) / (self.n * self.m * (self.m - 1.0))
    }
}
