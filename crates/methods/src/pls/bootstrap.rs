//! How far chance moves a path model: the bootstrap.
//!
//! **What it answers.** Which paths are there beyond chance, and how exact is the index?
//!
//! **Formula.** The model is estimated from as many rows, drawn with replacement, many times over. Standard error:
//! the standard deviation of the replicates. Percentile interval: their quantiles (type 7 of Hyndman and Fan);
//! bias-corrected: at the probabilities `Φ(2 z₀ ± z)` with `Φ(z₀)` the share of replicates below the estimate.
//!
//! **Source.** Efron and Tibshirani (1993), *An Introduction to the Bootstrap*, chapters 13 and 14; signs:
//! Tenenhaus, Esposito Vinzi, Chatelin and Lauro (2005), *Computational Statistics & Data Analysis* 48:159–205,
//! section 2.4.
//!
//! **When not to use it.** With weights or clusters in the sample (whole clusters would have to be drawn); below
//! some 50 answers; for a percentile of a coefficient that is 0 by construction.

use rayon::prelude::*;

use crate::interval::{Interval, level_tail};
use crate::random::check_draws;
use crate::refusal::{Refusal, same_length};
use crate::special::{normal_cdf, normal_quantile, normal_upper, normal_upper_quantile};

use super::data::answers;
use super::fit::{Fit, Settings, check, of_moments};
use super::index::Bounds;
use super::model::Model;
use super::resample::{Plan, values};

/// What becomes of replicates whose signs are turned round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signs {
    /// They stay as [`super::fit::Orientation`] leaves them.
    AsEstimated,
    /// Each path, loading, weight and total effect takes the sign of the original one: intervals then end at 0.
    Individual,
    /// A construct is turned if its loadings lie nearer to the original ones the other way.
    Construct,
}

/// Options of [`bootstrap`].
#[derive(Debug, Clone, PartialEq)]
pub struct Bootstrap {
    /// Number of replicates: 5000 for intervals, 500 for standard errors.
    pub replicates: usize,
    /// Seed of the random numbers; the same seed gives the same answer on every machine.
    pub seed: u64,
    /// Level of the intervals.
    pub level: f64,
    /// What becomes of signs.
    pub signs: Signs,
    /// Marks of every item, if the index is wanted.
    pub bounds: Option<Vec<Bounds>>,
    /// Whether HTMT is wanted: of all quantities it costs most.
    pub htmt: bool,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Self { replicates: 5000, seed: 1, level: 0.95, signs: Signs::AsEstimated, bounds: None, htmt: true }
    }
}

/// What a bootstrapped figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Path coefficient from construct `row` to `column`.
    Path,
    /// Total effect of construct `row` on `column`.
    Total,
    /// Loading of item `row` on construct `column`.
    Loading,
    /// Weight of item `row` for construct `column`.
    Weight,
    /// R² of construct `row`.
    RSquared,
    /// HTMT of constructs `row` and `column`.
    Htmt,
    /// Index of construct `row`.
    Index,
}

/// A figure of the model: for those of one construct `row` and `column` are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// What it is.
    pub what: What,
    /// Construct, or item for loadings and weights.
    pub row: usize,
    /// Construct.
    pub column: usize,
}

/// A figure with what the bootstrap says of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Which figure.
    pub quantity: Quantity,
    /// From the sample itself.
    pub original: f64,
    /// Mean of the replicates.
    pub mean: f64,
    /// Standard deviation of the replicates: the standard error.
    pub standard_error: f64,
    /// Original over standard error; `None` if the replicates do not vary.
    pub t: Option<f64>,
    /// Probability of such a `t` (normal) if the figure were 0; not meant for HTMT, R² and the index.
    pub p_value: Option<f64>,
    /// Percentile interval.
    pub percentile: Interval,
    /// Bias-corrected interval.
    pub corrected: Interval,
}

/// A bootstrapped model.
#[derive(Debug, Clone)]
pub struct Bootstrapped {
    /// The original estimate.
    pub fit: Fit,
    /// Replicates that gave an answer.
    pub replicates: usize,
    /// Replicates that did not (an item without variation, weights that did not settle).
    pub failed: usize,
    /// Figures in the order paths, total effects, loadings, weights, R², HTMT, index.
    pub estimates: Vec<Estimate>,
}

/// Estimates `model` from `columns` and bootstraps it, on all processors; the answer does not depend on them.
///
/// Errors: as [`super::fit::fit`]; a level outside (0, 1); fewer than 2 replicates or more than 100,000, or more than
/// half of them failed; bounds of another length than the items.
pub fn bootstrap(
    model: &Model,
    columns: &[Vec<f64>],
    settings: &Settings,
    options: &Bootstrap,
) -> Result<Bootstrapped, Refusal> {
    check(settings)?;
    let tail = level_tail(options.level)?;
    check_draws("replicates", options.replicates)?;
    if let Some(bounds) = &options.bounds {
        same_length("bound", bounds.len(), model.columns().len())?;
    }
    let answers = answers(model, columns, settings.missing)?;
    let fit = of_moments(model, &answers.moments(model, None)?, &answers, settings)?;
    let quantities = quantities(&fit, options);
    let bounds = options.bounds.as_deref();
    let originals = values(&fit, &quantities, bounds)?;
    if let Some(row) = originals.iter().position(|value| !value.is_finite()) {
        return Err(Refusal::NotFinite { what: "bootstrapped value", row });
    }
    let plan = Plan {
        original: &fit,
        answers: &answers,
        quantities: &quantities,
        signs: options.signs,
        bounds,
        seed: options.seed,
    };
    let drawn: Vec<Option<Vec<f64>>> =
        (0..options.replicates as u64).into_par_iter().map(|stream| plan.replicate(stream).ok()).collect();
    let good: Vec<Vec<f64>> = drawn.into_iter().flatten().collect();
    let failed = options.replicates - good.len();
    if good.len() < 2 || failed > options.replicates / 2 {
        return Err(Refusal::NotConverged {
            what: "more than half of the replicates",
            steps: options.replicates,
        });
    }
    let estimates = (0..quantities.len())
        .into_par_iter()
        .map(|at| {
            let (quantity, original) = (quantities[at], originals[at]);
            let signed = matches!(quantity.what, What::Path | What::Total | What::Loading | What::Weight);
            let individual = signed && options.signs == Signs::Individual;
            let one = |values: &Vec<f64>| {
                if individual { values[at].abs().copysign(original) } else { values[at] }
            };
            summarised(quantity, original, good.iter().map(one).collect(), tail)
        })
        .collect();
    Ok(Bootstrapped { replicates: good.len(), failed, estimates, fit })
}

/// Everything that is bootstrapped.
fn quantities(it: &Fit, options: &Bootstrap) -> Vec<Quantity> {
    let k = it.k();
    let mut all = Vec::new();
    let mut push = |what, row, column| all.push(Quantity { what, row, column });
    for &(from, to) in it.model.paths() {
        push(What::Path, from, to);
    }
    let reached = super::effects::total(&it.paths.map(|path| f64::from(u8::from(path != 0.0))));
    for from in 0..k {
        for to in 0..k {
            if reached[(from, to)] > 0.0 {
                push(What::Total, from, to);
            }
        }
    }
    for what in [What::Loading, What::Weight] {
        for item in 0..it.weights.len() {
            push(what, item, it.model.block_of(item));
        }
    }
    for block in (0..k).filter(|block| it.r_squared[*block].is_some()) {
        push(What::RSquared, block, block);
    }
    if options.htmt {
        for one in 0..k {
            for other in 0..one {
                push(What::Htmt, one, other);
            }
        }
    }
    if options.bounds.is_some() {
        for block in 0..k {
            push(What::Index, block, block);
        }
    }
    all
}

fn summarised(quantity: Quantity, original: f64, mut drawn: Vec<f64>, tail: f64) -> Estimate {
    let mean = crate::sum::mean(&drawn);
    let standard_error = crate::sum::variance(&drawn).sqrt();
    drawn.sort_unstable_by(f64::total_cmp);
    // What never varies (a loading of 1) differs by roundings only.
    let varies = standard_error > 1e-12 * original.abs();
    let t = varies.then(|| original / standard_error);
    // Half of the ties count as below, so that a symmetric sample is not corrected.
    let below = drawn.partition_point(|value| *value < original);
    let at_most = drawn.partition_point(|value| *value <= original);
    let n = drawn.len() as f64;
    let share = (0.5 * (below + at_most) as f64 / n).clamp(0.5 / n, 1.0 - 0.5 / n);
    let (shift, z) = (2.0 * normal_quantile(share), normal_upper_quantile(tail));
    Estimate {
        quantity,
        original,
        mean,
        standard_error,
        t,
        p_value: t.map(|t| (2.0 * normal_upper(t.abs())).min(1.0)),
        percentile: Interval::new(quantile(&drawn, tail), quantile(&drawn, 1.0 - tail)),
        corrected: Interval::new(
            quantile(&drawn, normal_cdf(shift - z)),
            quantile(&drawn, normal_cdf(shift + z)),
        ),
    }
}

/// The quantile of sorted values, type 7: linear between the ranks `1 + p (n − 1)`.
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let place = p.clamp(0.0, 1.0) * (sorted.len() - 1) as f64;
    let below = libm::floor(place) as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}
