//! Estimating a path model by partial least squares.
//!
//! **What it answers.** How strongly does each item count for its construct, and how strongly do image, quality
//! and value drive satisfaction?
//!
//! **Formula.** Scores start as sums of standardised items. In turn, each construct's proxy is a weighted sum of
//! the scores around it (path scheme: regression on what drives it, correlation with what it drives), and its
//! items get weights by correlation with the proxy (mode A) or by regression of it (mode B), until the sum of
//! the changes falls below the tolerance. Path coefficients are regressions among the scores. For common
//! factors, correlations are divided by `√ρ_A` of both ends (consistent PLS).
//!
//! **Source.** Wold (1982); Lohmöller (1989), *Latent Variable Path Modeling with Partial Least Squares*;
//! Tenenhaus, Esposito Vinzi, Chatelin and Lauro (2005), *Computational Statistics & Data Analysis* 48:159–205;
//! Dijkstra and Henseler (2015), *MIS Quarterly* 39:297–316. Figures equal R's seminr 2.3.4 and, at the settled
//! weights, plspm.
//!
//! **When not to use it.** Below some 100 answers, or fewer than ten times the most paths into one construct. To
//! test whether a model is true: PLS explains and predicts. Composites understate paths when items are unreliable.

use nalgebra::DMatrix;

use crate::refusal::Refusal;

use super::consistent;
use super::data::{Answers, Moments, answers};
use super::linear::solve_any;
use super::model::{Mode, Model};
use super::settle::settle;

/// How a construct's proxy weighs its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Drivers by regression, driven ones by correlation.
    Path,
    /// All by the sign of the correlation.
    Centroid,
    /// All by correlation.
    Factorial,
}

/// What becomes of missing answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// They are refused.
    Refused,
    /// They take the mean of their item, which lowers its variance: see [`Fit::replaced`].
    Mean,
    /// Rows with a missing answer are left out.
    WholeRows,
}

/// In which scale items enter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scaling {
    /// Every item has variance 1.
    Standardised,
    /// Items keep their unit, so that items that vary more weigh more. For items on one common scale.
    Centred,
}

/// What becomes of signs, which PLS leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    /// A construct most of whose items load negatively is turned round.
    Dominant,
    /// As it comes.
    AsItComes,
}

/// Which constructs consistent PLS corrects, once a common factor is in the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Correct {
    /// Common factors only: composites are what they are.
    Factors,
    /// Composites in mode A and sums too, as R's seminr did up to version 2.3.
    FactorsAndModeA,
}

/// Settings of [`fit`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// How proxies weigh their neighbours.
    pub scheme: Scheme,
    /// What becomes of missing answers.
    pub missing: Missing,
    /// In which scale items enter.
    pub scaling: Scaling,
    /// What becomes of signs.
    pub orientation: Orientation,
    /// Which constructs consistent PLS corrects.
    pub correct: Correct,
    /// The sum of absolute changes of all weights below which the iteration ends.
    pub tolerance: f64,
    /// Rounds after which it is given up, at most 10,000.
    pub steps: usize,
}

impl Default for Settings {
    /// Path scheme, standardised items, no missing answers, dominant signs, 1e-10 within 1000 rounds.
    fn default() -> Self {
        Self {
            scheme: Scheme::Path,
            missing: Missing::Refused,
            scaling: Scaling::Standardised,
            orientation: Orientation::Dominant,
            correct: Correct::Factors,
            tolerance: 1e-10,
            steps: 1000,
        }
    }
}

/// Most rounds: weights that have not settled by then turn in a circle.
const STEPS_MAX: usize = 10_000;

/// An estimated path model. Constructs and items are numbered as in its [`Model`].
#[derive(Debug, Clone)]
pub struct Fit {
    /// The model.
    pub model: Model,
    /// Rounds until the weights settled, not counting the first.
    pub iterations: usize,
    /// Answers (rows) used.
    pub n: usize,
    /// Missing answers to single items that took the mean: report their share of `n` times the items.
    pub replaced: usize,
    /// Weights of standardised items; scores have variance 1.
    pub weights: Vec<f64>,
    /// Correlations of items with their construct's score; corrected for common factors.
    pub loadings: Vec<f64>,
    /// Correlations of items (rows) with all scores (columns).
    pub cross_loadings: DMatrix<f64>,
    /// Correlations among scores.
    pub score_correlations: DMatrix<f64>,
    /// Correlations among constructs: those among scores, corrected for common factors.
    pub correlations: DMatrix<f64>,
    /// Path coefficients from row to column; 0 where there is no path.
    pub paths: DMatrix<f64>,
    /// Share of each construct's variance that its drivers explain; `None` if nothing drives it.
    pub r_squared: Vec<Option<f64>>,
    /// The same, less what as many random drivers would explain; `None` also if there are too few answers.
    pub r_squared_adjusted: Vec<Option<f64>>,
    /// Reliability ρ_A of each construct's score; 1 in mode B and for single items.
    pub rho_a: Vec<f64>,
    /// Means of the items.
    pub means: Vec<f64>,
    /// Standard deviations of the items (divisor n − 1), after missing answers took the mean.
    pub deviations: Vec<f64>,
    pub(super) item_correlations: Vec<f64>,
    pub(super) settings: Settings,
}

/// Scores of the answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// Rows of the data they belong to.
    pub rows: Vec<usize>,
    /// One vector per construct: mean 0, variance 1 (divisor n − 1).
    pub of: Vec<Vec<f64>>,
}

/// Estimates `model` from `columns`, one vector per item of the table, as long as each other; NaN is missing.
///
/// Errors: columns missing or of different lengths; infinite values; fewer than 3 rows, or no more than paths into
/// one construct; items that do not vary; collinear items in mode B; collinear scores that drive a construct; a
/// common factor without positive reliability; weights that do not settle.
///
/// ```
/// use zhiheng_methods::pls::{fit::{Settings, fit}, model::Model};
/// let names = ["q".to_owned(), "s".to_owned()];
/// let model = Model::read("Quality = q; Satisfaction = s; Satisfaction ~ Quality", &names).unwrap();
/// let columns = [vec![1.0, 2.0, 3.0, 4.0], vec![1.0, 3.0, 2.0, 4.0]];
/// // one item each: the path is their correlation
/// let it = fit(&model, &columns, &Settings::default()).unwrap();
/// assert!((it.paths[(0, 1)] - 0.8).abs() < 1e-12);
/// ```
pub fn fit(model: &Model, columns: &[Vec<f64>], settings: &Settings) -> Result<Fit, Refusal> {
    check(settings)?;
    let answers = answers(model, columns, settings.missing)?;
    of_moments(model, &answers.moments(model, None)?, &answers, settings)
}

/// Scores of the answers that `it` was estimated from.
///
/// Errors: as [`fit`].
pub fn scores(it: &Fit, columns: &[Vec<f64>]) -> Result<Scores, Refusal> {
    let answers = answers(&it.model, columns, it.settings.missing)?;
    let raw: Vec<f64> = it.weights.iter().zip(&it.deviations).map(|(weight, sd)| weight / sd).collect();
    let of = (0..it.model.blocks().len())
        .map(|block| {
            let range = it.model.items(block);
            let one = |values: &[f64]| {
                let terms = values[range.clone()].iter().zip(&raw[range.clone()]);
                terms.map(|(value, weight)| if value.is_nan() { 0.0 } else { value * weight }).sum()
            };
            answers.centred.chunks_exact(answers.width).map(one).collect()
        })
        .collect();
    Ok(Scores { rows: answers.rows, of })
}

pub(super) fn check(settings: &Settings) -> Result<(), Refusal> {
    let value = settings.tolerance;
    if value.is_nan() || value <= 0.0 {
        return Err(Refusal::OutOfRange { what: "tolerance", value, allowed: "> 0" });
    }
    if settings.steps > STEPS_MAX {
        let value = settings.steps as f64;
        return Err(Refusal::OutOfRange { what: "steps", value, allowed: "0 to 10000" });
    }
    Ok(())
}

/// The estimate from the moments of a sample of `answers`.
pub(super) fn of_moments(
    model: &Model,
    moments: &Moments,
    answers: &Answers,
    settings: &Settings,
) -> Result<Fit, Refusal> {
    let n = answers.n();
    let most = (0..model.blocks().len()).map(|block| model.sources(block).len()).max().unwrap_or(0);
    crate::refusal::at_least("answer", n, most + 2)?;
    let means = answers.means.iter().zip(&moments.shifts).map(|(mean, shift)| mean + shift).collect();
    let mut it = of_correlations(model, &moments.correlations, &moments.deviations, settings)?;
    it.n = n;
    it.replaced = answers.gaps;
    it.means = means;
    it.adjust();
    Ok(it)
}

/// The estimate from correlations and deviations alone; `n` and means are left open.
pub(super) fn of_correlations(
    model: &Model,
    correlations: &[f64],
    deviations: &[f64],
    settings: &Settings,
) -> Result<Fit, Refusal> {
    let p = deviations.len();
    let settled = match settings.scaling {
        Scaling::Standardised => settle(model, correlations, settings)?,
        Scaling::Centred => {
            let covariances: Vec<f64> =
                (0..p * p).map(|at| correlations[at] * deviations[at / p] * deviations[at % p]).collect();
            let mut settled = settle(model, &covariances, settings)?;
            settled.weights.iter_mut().zip(deviations).for_each(|(weight, sd)| *weight *= sd);
            settled
        }
    };
    let mut it = Fit {
        model: model.clone(),
        iterations: settled.iterations,
        n: 0,
        replaced: 0,
        loadings: vec![0.0; p],
        cross_loadings: DMatrix::zeros(0, 0),
        score_correlations: DMatrix::zeros(0, 0),
        correlations: DMatrix::zeros(0, 0),
        paths: DMatrix::zeros(0, 0),
        r_squared: Vec::new(),
        r_squared_adjusted: Vec::new(),
        rho_a: consistent::rho_a(model, correlations, &settled.weights),
        weights: settled.weights,
        means: Vec::new(),
        deviations: deviations.to_vec(),
        item_correlations: correlations.to_vec(),
        settings: *settings,
    };
    it.correlate();
    if settings.orientation == Orientation::Dominant {
        let turned: Vec<bool> = (0..model.blocks().len())
            .map(|block| {
                let sum: i64 = model.items(block).map(|i| sign(it.loadings[i])).sum();
                sum < 0
            })
            .collect();
        it.turn(&turned);
    }
    it.explain()?;
    Ok(it)
}

fn sign(value: f64) -> i64 {
    i64::from(value > 0.0) - i64::from(value < 0.0)
}

impl Fit {
    /// Number of constructs.
    pub(super) fn k(&self) -> usize {
        self.model.blocks().len()
    }

    /// Correlation of two items.
    pub(super) fn item_correlation(&self, one: usize, other: usize) -> f64 {
        self.item_correlations[one * self.weights.len() + other]
    }

    /// Weights of items in their own unit, for scores of variance 1.
    pub fn raw_weights(&self) -> Vec<f64> {
        self.weights.iter().zip(&self.deviations).map(|(weight, sd)| weight / sd).collect()
    }

    /// Cross loadings, loadings of the scores and correlations among them, from the weights.
    fn correlate(&mut self) {
        let (p, k) = (self.weights.len(), self.k());
        let cross = DMatrix::from_fn(p, k, |item, block| {
            self.model
                .items(block)
                .map(|other| self.item_correlation(item, other) * self.weights[other])
                .sum()
        });
        self.score_correlations = DMatrix::from_fn(k, k, |one, other| {
            if one == other {
                return 1.0;
            }
            self.model.items(one).map(|item| self.weights[item] * cross[(item, other)]).sum()
        });
        for item in 0..p {
            self.loadings[item] = cross[(item, self.model.block_of(item))];
        }
        self.cross_loadings = cross;
    }

    /// Turns the marked constructs round: signs of weights, loadings and correlations.
    pub(super) fn turn(&mut self, turned: &[bool]) {
        if !turned.contains(&true) {
            return;
        }
        for item in 0..self.weights.len() {
            if turned[self.model.block_of(item)] {
                self.weights[item] = -self.weights[item];
            }
        }
        self.correlate();
    }

    /// Paths and what they explain, consistent if there are common factors.
    pub(super) fn explain(&mut self) -> Result<(), Refusal> {
        let k = self.k();
        self.correlations = consistent::correlations(self)?;
        consistent::load(self);
        self.paths = DMatrix::zeros(k, k);
        self.r_squared = vec![None; k];
        for target in 0..k {
            let sources = self.model.sources(target);
            if sources.is_empty() {
                continue;
            }
            let matrix: Vec<f64> =
                sources.iter().flat_map(|i| sources.iter().map(|j| self.correlations[(*i, *j)])).collect();
            let with: Vec<f64> = sources.iter().map(|i| self.correlations[(*i, target)]).collect();
            let mut coefficients = with.clone();
            if !solve_any(&matrix, sources.len(), &mut coefficients) {
                return Err(Refusal::Singular { what: "the scores that drive a construct" });
            }
            for (from, coefficient) in sources.iter().zip(&coefficients) {
                self.paths[(*from, target)] = *coefficient;
            }
            self.r_squared[target] = Some(with.iter().zip(&coefficients).map(|(a, b)| a * b).sum());
        }
        self.adjust();
        Ok(())
    }

    fn adjust(&mut self) {
        self.r_squared_adjusted = (0..self.k())
            .map(|target| {
                let free =
                    self.n.checked_sub(self.model.sources(target).len() + 1).filter(|free| *free > 0)?;
                Some(1.0 - (1.0 - self.r_squared[target]?) * (self.n as f64 - 1.0) / free as f64)
            })
            .collect();
    }

    /// Whether every correlation, loading and R² lies where it can: after the correction of common factors they
    /// need not, which means that the model or the sample does not carry it.
    pub fn is_admissible(&self) -> bool {
        let within = |value: &f64| value.abs() <= 1.0 + 1e-9;
        self.correlations.iter().all(within)
            && self.loadings.iter().all(within)
            && self.r_squared.iter().flatten().all(|share| (-1e-9..=1.0 + 1e-9).contains(share))
    }

    /// Whether consistent PLS corrects construct `block`.
    pub(super) fn is_corrected(&self, block: usize) -> bool {
        match self.model.blocks()[block].mode {
            Mode::Factor => true,
            Mode::A | Mode::Sum => {
                self.settings.correct == Correct::FactorsAndModeA && self.model.has_factors()
            }
            Mode::B => false,
        }
    }
}
