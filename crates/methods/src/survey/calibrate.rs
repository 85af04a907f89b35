//! Calibration: weights as near as possible to the design's that give known totals of auxiliary values.
//!
//! **What it answers.** The register knows last year's score and the type of every school. Which weights
//! give these totals exactly, and how sure are this year's estimates with them?
//!
//! **Formula.** `w' = w F(x·λ/v)` with `Σ w' x` equal to the totals; `F(u) = 1 + u` (linear), `e^u`
//! (raking) or the logit function between bounds, each cut at bounds if such are given. Variance by the
//! residuals of the regression on `x`.
//!
//! **Source.** Deville and Särndal (1992), *Journal of the American Statistical Association* 87:376–382.
//! Newton's steps, their start and their end are those of R `survey` 4.1.1 (`calibrate`, `grake`), so that
//! weights agree beyond the tolerance.
//!
//! **When not to use it.** With auxiliary values measured otherwise in the sample than in the register, or
//! with nearly as many of them as rows.

use super::adjust::Adjustment;
use super::design::Design;
use super::newton::Model;
use crate::refusal::{Refusal, finite, same_length};
use crate::sum::Sum;

/// What to calibrate to, and how.
#[derive(Debug, Clone, Copy)]
pub struct Calibration<'a> {
    /// Auxiliary values, each by row of the data. An intercept is a column of ones.
    pub columns: &'a [&'a [f64]],
    /// Total of each column in the population.
    pub totals: &'a [f64],
    /// Distance kept small.
    pub distance: Distance,
    /// Least and greatest factor on a weight; [`Distance::Logit`] must have them.
    pub bounds: Option<(f64, f64)>,
    /// Whether `bounds` bound the weights instead of the factors.
    pub bounds_of_weights: bool,
    /// Variance of each row in the model, up to a factor; none means equal.
    pub variance: Option<&'a [f64]>,
    /// Stage (from 0) within whose units weights change by the same factor; columns then count by their
    /// mean in the unit.
    pub same_within: Option<usize>,
    /// Factors outside are cut, and what is cut off is spread over the others: totals then hold no more.
    pub trim: Option<(f64, f64)>,
    /// Greatest misfit of a total, over 1 plus the total.
    pub tolerance: f64,
    /// Newton's steps at most.
    pub steps: usize,
}

/// The distance between weights that calibration keeps small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Distance {
    /// Squares; factors `1 + u`, which can be negative without bounds.
    #[default]
    Linear,
    /// Entropy; factors `e^u`.
    Raking,
    /// Factors on a logistic curve between the bounds, which must lie around 1.
    Logit,
}

impl Default for Calibration<'_> {
    fn default() -> Self {
        Self {
            columns: &[],
            totals: &[],
            distance: Distance::Linear,
            bounds: None,
            bounds_of_weights: false,
            variance: None,
            same_within: None,
            trim: None,
            tolerance: 1e-7,
            steps: 50,
        }
    }
}

impl Design {
    /// Calibrates the weights.
    ///
    /// Refused: no columns, lengths that differ, negative weights, columns that depend on each other (linear
    /// without bounds), a column of zeros whose total is not 0, bounds not around 1, and totals that cannot
    /// be met within the bounds or the steps.
    ///
    /// ```
    /// use zhiheng_methods::survey::{Calibration, Design, Plan};
    /// let design = Design::prepare(&Plan { n_rows: 3, ..Plan::default() }).unwrap();
    /// let (ones, x) = ([1.0; 3], [1.0, 2.0, 3.0]);
    /// let to = Calibration { columns: &[&ones, &x], totals: &[3.0, 8.0], ..Calibration::default() };
    /// let weights = design.calibrate(&to).unwrap().weights();
    /// for (found, expected) in weights.iter().zip([0.0, 1.0, 2.0]) {
    ///     assert!((found - expected).abs() < 1e-14);
    /// }
    /// ```
    pub fn calibrate(&self, to: &Calibration) -> Result<Self, Refusal> {
        let model = self.model(to)?;
        let weights = self.averaged(&self.weights, to.same_within)?;
        let (factors, basis) = model.factors(&weights)?;
        let scale = factors.iter().zip(&weights).zip(&model.variance);
        let scale = scale.map(|((factor, weight), variance)| {
            factor * weight.sqrt() * if model.exact { variance.sqrt() } else { 1.0 }
        });
        let adjustment = Adjustment::Regression { basis, scale: scale.collect() };
        let weights = self.weights.iter().zip(&factors).map(|(weight, factor)| weight * factor).collect();
        Ok(self.adjusted(weights, adjustment))
    }

    /// The calibration with everything in the order of the positions.
    pub(super) fn model(&self, to: &Calibration) -> Result<Model, Refusal> {
        let n = self.n_rows();
        if to.columns.is_empty() {
            return Err(Refusal::Empty { what: "columns" });
        }
        same_length("totals", to.totals.len(), to.columns.len())?;
        finite("totals", to.totals)?;
        let (mut columns, mut totals) = (Vec::new(), Vec::new());
        for (column, &total) in to.columns.iter().zip(to.totals) {
            same_length("columns", column.len(), n)?;
            finite("columns", column)?;
            if column.iter().any(|&value| value != 0.0) {
                columns.push(self.averaged(&self.in_order(column), to.same_within)?);
                totals.push(total);
            } else if total != 0.0 {
                return Err(Refusal::Contradiction {
                    what: format!("a column of zeros cannot have total {total}"),
                });
            }
        }
        let mut variance = vec![1.0; n];
        if let Some(given) = to.variance {
            same_length("variance", given.len(), n)?;
            finite("variance", given)?;
            if let Some(&value) = given.iter().find(|&&value| value <= 0.0) {
                return Err(Refusal::OutOfRange { what: "variance", value, allowed: "> 0" });
            }
            variance = self.in_order(given);
        }
        let (low, high) = to.bounds.unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        let around_one = low < 1.0 && 1.0 < high;
        if low.is_nan() || high.is_nan() || low >= high || !(around_one || to.bounds_of_weights) {
            return Err(Refusal::OutOfRange { what: "bounds", value: low, allowed: "low < 1 < high" });
        }
        if to.distance == Distance::Logit && !(low.is_finite() && high.is_finite()) {
            return Err(Refusal::Contradiction { what: "logit calibration needs finite bounds".to_owned() });
        }
        let exact = to.distance == Distance::Linear && low == f64::NEG_INFINITY && high == f64::INFINITY;
        if exact {
            variance = self.averaged(&variance, to.same_within)?;
        }
        Ok(Model {
            columns,
            totals,
            variance,
            exact,
            distance: to.distance,
            bounds: (low, high),
            bounds_of_weights: to.bounds_of_weights,
            trim: to.trim,
            tolerance: to.tolerance,
            steps: to.steps,
        })
    }

    /// Values replaced by their mean in the units of a stage.
    pub(super) fn averaged(&self, values: &[f64], within: Option<usize>) -> Result<Vec<f64>, Refusal> {
        let Some(depth) = within else { return Ok(values.to_vec()) };
        let Some(level) = self.layout.levels.get(depth) else {
            return Err(Refusal::OutOfRange {
                what: "same_within",
                value: depth as f64,
                allowed: "the plan's stages",
            });
        };
        let mut sums = vec![(Sum::default(), 0.0); level.stratum.len()];
        for (&value, &unit) in values.iter().zip(&level.unit) {
            sums[unit as usize].0.add(value);
            sums[unit as usize].1 += 1.0;
        }
        Ok(level.unit.iter().map(|&unit| sums[unit as usize].0.value() / sums[unit as usize].1).collect())
    }
}
