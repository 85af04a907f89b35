//! Rosner's generalised test for up to `k` outliers among normal values.

use super::{enough, positive};
use crate::refusal::Refusal;
use crate::special::student_upper_quantile;
use crate::sum::{mean, variance};

/// One step: the value farthest from the mean of those that are left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EsdStep {
    /// Row of the value.
    pub row: usize,
    /// The value.
    pub value: f64,
    /// Mean of the values left before this step.
    pub mean: f64,
    /// Their standard deviation.
    pub deviation: f64,
    /// `|value − mean| / deviation`.
    pub statistic: f64,
    /// Critical value at the level.
    pub critical: f64,
}

/// The steps and how many outliers they show.
#[derive(Debug, Clone, PartialEq)]
pub struct Esd {
    /// The number of outliers: the last step whose statistic is beyond its critical value.
    pub outliers: usize,
    /// All steps.
    pub steps: Vec<EsdStep>,
}

/// Tests for up to `k` outliers at two-sided level `alpha` (0.05).
///
/// Refuses NaN, `k` of 0 or more than half of the values, fewer than 15 values (25 are recommended), and values
/// without variation, also after some are taken out.
///
/// ```
/// use zhiheng_methods::truth::outlier::esd;
/// let mut values: Vec<f64> = (1..=30).map(f64::from).collect();
/// values[7] = 90.0;
/// let it = esd(&values, 3, 0.05).unwrap();
/// assert_eq!((it.outliers, it.steps[0].row), (1, 7));
/// ```
pub fn esd(values: &[f64], k: usize, alpha: f64) -> Result<Esd, Refusal> {
    enough(values, 15)?;
    positive("alpha", alpha)?;
    if alpha >= 1.0 {
        return Err(Refusal::OutOfRange { what: "alpha", value: alpha, allowed: "(0, 1)" });
    }
    if k == 0 || 2 * k > values.len() {
        return Err(Refusal::OutOfRange { what: "k", value: k as f64, allowed: "1 to half of the values" });
    }
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut left: Vec<f64> = order.iter().map(|&row| values[row]).collect();
    let mut steps = Vec::with_capacity(k);
    for step in 1..=k {
        let (centre, deviation) = (mean(&left), variance(&left).sqrt());
        // Ascending values: the farthest is the first or the last.
        let (Some(&low), Some(&high)) = (left.first(), left.last()) else { break };
        if deviation <= 0.0 || low == high {
            return Err(Refusal::NoVariation { what: format!("values left at step {step}") });
        }
        let take_last = high - centre >= centre - low;
        let value = if take_last { high } else { low };
        let place = if take_last { left.len() - 1 } else { 0 };
        let row = order.remove(place);
        left.remove(place);
        let statistic = (value - centre).abs() / deviation;
        steps.push(EsdStep {
            row,
            value,
            mean: centre,
            deviation,
            statistic,
            critical: critical(values.len(), step, alpha),
        });
    }
    let outliers = steps.iter().rposition(|step| step.statistic > step.critical).map_or(0, |i| i + 1);
    Ok(Esd { outliers, steps })
}

/// Rosner's `λᵢ`, equation 2.5.
fn critical(n: usize, step: usize, alpha: f64) -> f64 {
    let left = (n - step) as f64;
    let t = student_upper_quantile(alpha / (2.0 * (left + 1.0)), left - 1.0);
    left * t / ((left - 1.0 + t * t) * (left + 1.0)).sqrt()
}
