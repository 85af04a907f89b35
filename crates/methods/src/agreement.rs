//! Agreement of raters: do several people who judge the same things judge alike?
//!
//! **What it answers.** Can examiners, jurors or laboratories stand in for each other; who is severe, who lenient; which
//! single judgement is out of line?
//!
//! * categories: [`cohen`] for two raters, [`fleiss`] (with Conger's exact form) and [`light`] for more;
//! * measured values: [`icc`]; orders: [`kendall`]; anything with gaps: [`krippendorff`];
//! * one rater or one judgement: [`leniency`].
//!
//! **Source.** Each method has its own; the digits are those of the R package irr 0.84.1, with the exceptions named there.
//!
//! **When not to use it.** Agreement is not correctness: raters can agree and all be wrong. And coefficients depend on how
//! varied the subjects are: do not compare them between unlike samples.
//!
//! Ratings are numbers; categories are numbered by their order. Missing ratings are `NaN`.

pub mod bootstrap;
pub mod cohen;
pub mod fleiss;
pub mod icc;
pub mod kendall;
pub mod krippendorff;
pub mod leniency;
pub mod light;

mod judgement;

pub use judgement::{Judgement, Rater};

use crate::refusal::{Refusal, at_least, same_length};
use crate::special::normal_upper;

/// Subjects rated by raters.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratings {
    n_raters: usize,
    /// Row by row: all ratings of the first subject, then of the second.
    cells: Vec<f64>,
}

/// A coefficient with the test that it is 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested {
    /// The coefficient.
    pub value: f64,
    /// Its standard error if the true value is 0.
    pub standard_error: f64,
    /// Value by standard error.
    pub z: f64,
    /// Two-sided, from the normal distribution.
    pub p_value: f64,
}

impl Ratings {
    /// From one column per rater, each as long as there are subjects; NaN is missing, infinite is refused. At least 2 raters
    /// and 1 subject.
    ///
    /// ```
    /// use zhiheng_methods::agreement::Ratings;
    /// let it = Ratings::from_raters(&[vec![1.0, 2.0], vec![1.0, f64::NAN]]).unwrap();
    /// assert_eq!((it.n_subjects(), it.n_raters(), it.complete().unwrap().n_subjects()), (2, 2, 1));
    /// ```
    pub fn from_raters(raters: &[Vec<f64>]) -> Result<Self, Refusal> {
        at_least("raters", raters.len(), 2)?;
        let n_subjects = raters.first().map_or(0, Vec::len);
        at_least("subjects", n_subjects, 1)?;
        for rater in raters {
            same_length("rater", rater.len(), n_subjects)?;
            if let Some(row) = rater.iter().position(|rating| rating.is_infinite()) {
                return Err(Refusal::NotFinite { what: "ratings", row });
            }
        }
        // adding 0 makes -0 the same category as 0
        let cells = (0..n_subjects).flat_map(|subject| raters.iter().map(move |rater| rater[subject] + 0.0));
        Ok(Self { n_raters: raters.len(), cells: cells.collect() })
    }

    /// Number of subjects.
    pub fn n_subjects(&self) -> usize {
        self.cells.len() / self.n_raters
    }

    /// Number of raters.
    pub fn n_raters(&self) -> usize {
        self.n_raters
    }

    /// The ratings of each subject.
    pub fn subjects(&self) -> impl Iterator<Item = &[f64]> {
        self.cells.chunks_exact(self.n_raters)
    }

    /// All ratings of one rater.
    pub fn rater(&self, rater: usize) -> Vec<f64> {
        self.subjects().filter_map(|subject| subject.get(rater).copied()).collect()
    }

    /// Whether no rating is missing.
    pub fn is_complete(&self) -> bool {
        !self.cells.iter().any(|rating| rating.is_nan())
    }

    /// The subjects that all raters rated; at least one.
    pub fn complete(&self) -> Result<Self, Refusal> {
        let whole = self.subjects().filter(|subject| !subject.iter().any(|rating| rating.is_nan()));
        let cells: Vec<f64> = whole.flatten().copied().collect();
        if cells.is_empty() {
            return Err(Refusal::EmptyGroup { what: "subjects that all raters rated".into() });
        }
        Ok(Self { n_raters: self.n_raters, cells })
    }

    /// The subjects in these rows, in this order, repeated where a row is.
    pub(crate) fn rows(&self, rows: &[usize]) -> Self {
        let cells = rows.iter().flat_map(|row| &self.cells[row * self.n_raters..(row + 1) * self.n_raters]);
        Self { n_raters: self.n_raters, cells: cells.copied().collect() }
    }

    /// The categories that occur, ascending.
    pub fn categories(&self) -> Vec<f64> {
        let mut found: Vec<f64> = self.cells.iter().copied().filter(|rating| !rating.is_nan()).collect();
        found.sort_unstable_by(f64::total_cmp);
        found.dedup();
        found
    }
}

/// The position of each rating of a complete table among `categories`.
pub(crate) fn coded(ratings: &[f64], categories: &[f64]) -> Vec<usize> {
    ratings.iter().map(|rating| categories.partition_point(|category| category < rating)).collect()
}

/// Squares beyond the range of floating-point numbers.
pub(crate) fn too_large() -> Refusal {
    Refusal::Contradiction { what: "the ratings are too large to be squared".into() }
}

/// A coefficient, its standard error under 0, and the test; refuses a standard error of 0.
pub(crate) fn tested(value: f64, variance: f64) -> Result<Tested, Refusal> {
    let standard_error = variance.sqrt();
    if !(standard_error > 0.0 && value.is_finite()) {
        return Err(Refusal::NoVariation { what: "ratings".into() });
    }
    let z = value / standard_error;
    Ok(Tested { value, standard_error, z, p_value: 2.0 * normal_upper(z.abs()) })
}
