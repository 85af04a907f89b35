//! Krippendorff's alpha: any number of raters, any level of measurement, gaps allowed.
//!
//! **What it answers.** How much less do raters disagree on a subject than they would if ratings were shuffled among the
//! subjects?
//!
//! **Formula.** `α = 1 − D_o/D_e`. With `m_u` ratings of subject `u` (subjects with fewer than two say nothing), `n` ratings
//! in all: `D_o = (1/n) Σ_u Σ_{i≠j} δ(x_i, x_j)/(m_u − 1)`, `D_e = Σ_{i≠j} δ(x_i, x_j)/(n(n − 1))` over all ratings. `δ`:
//! nominal 0 or 1; interval `(c − k)²`; ratio `((c − k)/(c + k))²`; ordinal the square of the number of ratings between `c`
//! and `k`, half of each end included.
//!
//! **Source.** Krippendorff (2004), *Content Analysis*, 2nd ed., chapter 11; Krippendorff (2011), *Computing Krippendorff's
//! alpha-reliability*.
//!
//! **When not to use it.** Where almost all ratings are equal the little disagreement there is makes α low or negative.
//!
//! Where no rating is missing R's irr 0.84.1 does not divide by `m_u − 1`, so that it has `n − 1/(m − 1)` where the source has
//! `n − 1`; [`krippendorff_like_irr`] repeats its digits. For two raters, and where ratings are missing, both agree.

use super::Ratings;
use crate::refusal::Refusal;
use crate::sum::{Sum, sum};

/// Level of measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Categories without order.
    Nominal,
    /// Categories in order.
    Ordinal,
    /// Values with equal distances.
    Interval,
    /// Values with a true zero; none negative.
    Ratio,
}

/// Krippendorff's alpha.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alpha {
    /// 1 for full agreement, 0 for chance.
    pub value: f64,
    /// Subjects with at least two ratings.
    pub n_subjects: usize,
    /// Their ratings.
    pub n_ratings: usize,
}

/// Alpha of all subjects with at least two ratings. Refuses ratings that are all equal.
///
/// ```
/// use zhiheng_methods::agreement::{Ratings, krippendorff::{Level, krippendorff}};
/// // Krippendorff (2011), section C: four observers, twelve units, nominal .743
/// let gap = f64::NAN;
/// let ratings = Ratings::from_raters(&[
///     vec![1.0, 2.0, 3.0, 3.0, 2.0, 1.0, 4.0, 1.0, 2.0, gap, gap, gap],
///     vec![1.0, 2.0, 3.0, 3.0, 2.0, 2.0, 4.0, 1.0, 2.0, 5.0, gap, 3.0],
///     vec![gap, 3.0, 3.0, 3.0, 2.0, 3.0, 4.0, 2.0, 2.0, 5.0, 1.0, gap],
///     vec![1.0, 2.0, 3.0, 3.0, 2.0, 4.0, 4.0, 1.0, 2.0, 5.0, 1.0, gap],
/// ]).unwrap();
/// let value = |level| format!("{:.3}", krippendorff(&ratings, level).unwrap().value);
/// assert_eq!([value(Level::Nominal), value(Level::Ordinal)], ["0.743", "0.815"]);
/// assert_eq!([value(Level::Interval), value(Level::Ratio)], ["0.849", "0.797"]);
/// ```
pub fn krippendorff(ratings: &Ratings, level: Level) -> Result<Alpha, Refusal> {
    compute(ratings, level, 1.0)
}

/// As [`krippendorff`], with the digits of R's irr 0.84.1 where no rating is missing.
pub fn krippendorff_like_irr(ratings: &Ratings, level: Level) -> Result<Alpha, Refusal> {
    let fewer = if ratings.is_complete() { 1.0 / (ratings.n_raters() as f64 - 1.0) } else { 1.0 };
    compute(ratings, level, fewer)
}

fn compute(ratings: &Ratings, level: Level, fewer: f64) -> Result<Alpha, Refusal> {
    let known =
        |subject: &[f64]| subject.iter().copied().filter(|rating| !rating.is_nan()).collect::<Vec<f64>>();
    let subjects: Vec<Vec<f64>> = ratings.subjects().map(known).filter(|known| known.len() > 1).collect();
    if subjects.is_empty() {
        return Err(Refusal::EmptyGroup { what: "subjects with two ratings".into() });
    }
    if let (Level::Ratio, Some(&value)) = (level, subjects.iter().flatten().find(|rating| **rating < 0.0)) {
        return Err(Refusal::OutOfRange { what: "ratings", value, allowed: ">= 0" });
    }
    let values = Values::new(&subjects);
    // on the ordinal level the number of ratings below stands for a value
    let place = |x: f64| if level == Level::Ordinal { values.middle(x) } else { x };
    let mut observed = Sum::default();
    for subject in &subjects {
        let places: Vec<f64> = subject.iter().map(|&x| place(x)).collect();
        observed.add(pairs(&places, level) / (places.len() as f64 - 1.0));
    }
    let expected = values.expected(level);
    if expected.is_nan() || expected <= 0.0 {
        return Err(Refusal::NoVariation { what: "ratings".into() });
    }
    let n_ratings: usize = subjects.iter().map(Vec::len).sum();
    let value = 1.0 - (n_ratings as f64 - fewer) * observed.value() / expected;
    if !value.is_finite() {
        return Err(super::too_large());
    }
    Ok(Alpha { value, n_subjects: subjects.len(), n_ratings })
}

/// Σ of the distances over the pairs of one subject's ratings.
fn pairs(ratings: &[f64], level: Level) -> f64 {
    let each = ratings.iter().enumerate();
    sum(each.flat_map(|(i, &a)| ratings[i + 1..].iter().map(move |&b| distance(a, b, level))))
}

fn distance(a: f64, b: f64, level: Level) -> f64 {
    match level {
        _ if a == b => 0.0,
        Level::Nominal => 1.0,
        Level::Ordinal | Level::Interval => (a - b) * (a - b),
        Level::Ratio => ((a - b) / (a + b)) * ((a - b) / (a + b)),
    }
}

/// The values that occur, ascending, how often, and how many ratings lie below the middle of each.
struct Values {
    distinct: Vec<f64>,
    counts: Vec<f64>,
    middles: Vec<f64>,
}

impl Values {
    fn new(subjects: &[Vec<f64>]) -> Self {
        let mut all: Vec<f64> = subjects.iter().flatten().copied().collect();
        all.sort_unstable_by(f64::total_cmp);
        let (mut distinct, mut counts, mut middles) = (Vec::new(), Vec::new(), Vec::new());
        let mut below = 0.0;
        for group in all.chunk_by(|a, b| a == b) {
            let count = group.len() as f64;
            distinct.push(group[0]);
            counts.push(count);
            middles.push(below + count / 2.0);
            below += count;
        }
        Self { distinct, counts, middles }
    }

    fn middle(&self, value: f64) -> f64 {
        self.middles[self.distinct.partition_point(|&other| other < value)]
    }

    /// Σ of the distances over all pairs of ratings.
    fn expected(&self, level: Level) -> f64 {
        let n = sum(self.counts.iter().copied());
        let weighted = |values: &[f64]| sum(values.iter().zip(&self.counts).map(|(x, count)| x * count));
        // Σ over pairs of (a − b)² is n times the sum of squares about the mean
        let squares = |values: &[f64]| {
            let centre = weighted(values) / n;
            let off: Vec<f64> = values.iter().map(|x| (x - centre) * (x - centre)).collect();
            n * weighted(&off)
        };
        match level {
            Level::Nominal => (n * n - sum(self.counts.iter().map(|count| count * count))) / 2.0,
            Level::Interval => squares(&self.distinct),
            Level::Ordinal => squares(&self.middles),
            Level::Ratio => {
                let each = self.distinct.iter().zip(&self.counts).enumerate();
                sum(each.map(|(i, (a, count_a))| {
                    let later = self.distinct[i + 1..].iter().zip(&self.counts[i + 1..]);
                    sum(later.map(|(b, count_b)| count_a * count_b * distance(*a, *b, level)))
                }))
            }
        }
    }
}
