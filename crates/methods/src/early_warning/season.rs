//! The mean that a series has when nothing happens: level, trend and a smooth season.
//!
//! **What it answers.** Which count is to be expected in each week? The charts [`super::cusum`] and
//! [`super::likelihood_ratio`] compare with it.
//!
//! **Formula.** `ln μ_t = β₀ + β₁ t + Σ_s (a_s cos 2πst/P + b_s sin 2πst/P)`, by maximum likelihood for
//! Poisson counts, or for negative binomial ones with variance `μ + α μ²`, `α` given or estimated with the
//! rest.
//!
//! **Source.** McCullagh and Nelder (1989), *Generalized Linear Models*, ch. 6; Lawless (1987), *Canadian
//! Journal of Statistics* 15:209–225; Höhle and Paul (2008), *Computational Statistics & Data Analysis*
//! 52:4357–4368. Equals R `glm`, `MASS::glm.nb` with the same terms.
//!
//! **When not to use it.** With outbreaks in the past weeks: they raise the mean (leave them out as
//! missing). With less than two years, season and trend cannot be told apart.

use super::likelihood_ratio::Distribution;
use crate::refusal::{Refusal, at_least};
use crate::special::{digamma, trigamma};
use nalgebra::{DMatrix, DVector};
use std::f64::consts::TAU;

/// What the mean is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Season {
    /// Waves per year: 1 for one cosine, 2 for its half-year wave too; 0 for no season.
    pub harmonics: usize,
    /// Whether there is a straight line in time.
    pub trend: bool,
    /// Steps to the year.
    pub per_year: f64,
    /// How the counts vary about their mean; `None` for negative binomial with `α` estimated.
    pub distribution: Option<Distribution>,
}

/// A fitted mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    season: Season,
    /// Coefficients: level, trend (per step), then cosine and sine of each wave.
    pub coefficients: Vec<f64>,
    /// Given or estimated.
    pub distribution: Distribution,
}

impl Fitted {
    /// The expected count of the week with this index (0 is the first week of the fitted past).
    pub fn mean(&self, week: usize) -> f64 {
        let line = row(&self.season, week as f64).zip(&self.coefficients).map(|(x, b)| x * b);
        libm::exp(crate::sum::sum(line))
    }
}

/// Fits the mean to `past`, one count per step; missing counts (NaN) are left out.
///
/// Refuses too few counts, nothing but zeros, columns that depend on each other (a season in steps of a
/// year), counts that are not overdispersed when `α` is to be estimated, and a fit that does not settle.
///
/// ```
/// use zhiheng_methods::early_warning::{likelihood_ratio::Distribution, season::{Season, fit}};
/// // no season, no trend: the mean
/// let distribution = Some(Distribution::Poisson);
/// let season = Season { harmonics: 0, trend: false, per_year: 52.0, distribution };
/// let it = fit(&[1.0, 2.0, 3.0, 6.0], &season).unwrap();
/// assert!((it.mean(10) - 3.0).abs() < 1e-12);
/// ```
pub fn fit(past: &[f64], season: &Season) -> Result<Fitted, Refusal> {
    if !(season.per_year > 0.0 && season.per_year.is_finite()) {
        return Err(Refusal::OutOfRange { what: "steps per year", value: season.per_year, allowed: "> 0" });
    }
    if season.harmonics > 26 {
        let value = season.harmonics as f64;
        return Err(Refusal::OutOfRange { what: "harmonics", value, allowed: "0 to 26" });
    }
    let weeks: Vec<usize> = (0..past.len()).filter(|&week| !past[week].is_nan()).collect();
    if !past.is_empty() {
        super::checked(past, &(0..past.len()))?;
    }
    let columns = 1 + usize::from(season.trend) + 2 * season.harmonics;
    at_least("past counts", weeks.len(), columns + 1)?;
    let y = DVector::from_iterator(weeks.len(), weeks.iter().map(|&week| past[week]));
    if y.iter().all(|&count| count == 0.0) {
        return Err(Refusal::NoVariation { what: "past counts".to_owned() });
    }
    let x = DMatrix::from_fn(weeks.len(), columns, |i, j| {
        row(season, weeks[i] as f64).nth(j).unwrap_or_default()
    });
    let (coefficients, distribution) = match season.distribution {
        Some(distribution) => {
            let alpha = distribution.alpha()?;
            (regress(&x, &y, alpha, None)?, distribution)
        }
        None => joint(&x, &y)?,
    };
    Ok(Fitted { season: *season, coefficients: coefficients.iter().copied().collect(), distribution })
}

/// The terms of one week.
fn row(season: &Season, week: f64) -> impl Iterator<Item = f64> {
    let (trend, per_year) = (season.trend.then_some(week), season.per_year);
    let waves = (1..=season.harmonics).flat_map(move |wave| {
        let angle = TAU * wave as f64 * (week / per_year);
        [libm::cos(angle), libm::sin(angle)]
    });
    std::iter::once(1.0).chain(trend).chain(waves)
}

/// Regression and dispersion in turn until neither moves.
fn joint(x: &DMatrix<f64>, y: &DVector<f64>) -> Result<(DVector<f64>, Distribution), Refusal> {
    let mut beta = regress(x, y, 0.0, None)?;
    let mut alpha = 0.0;
    for _ in 0..200 {
        let mu = (x * &beta).map(libm::exp);
        let next = overdispersion(y, &mu)?;
        beta = regress(x, y, next, Some(beta))?;
        if (next - alpha).abs() <= 1e-11 * next {
            return Ok((beta, Distribution::NegativeBinomial { alpha: next }));
        }
        alpha = next;
    }
    Err(Refusal::NotConverged { what: "season and dispersion", steps: 200 })
}

/// Iteratively reweighted least squares with weights `μ/(1 + α μ)`.
fn regress(
    x: &DMatrix<f64>,
    y: &DVector<f64>,
    alpha: f64,
    start: Option<DVector<f64>>,
) -> Result<DVector<f64>, Refusal> {
    let n = y.len();
    let singular = Refusal::Singular { what: "season" };
    let mut eta = match &start {
        Some(beta) => x * beta,
        None => y.map(|count| libm::log(count + 0.1)),
    };
    let mut beta = start.unwrap_or_else(|| DVector::zeros(x.ncols()));
    // columns of like size, so that a long trend does not look singular
    let scale: Vec<f64> = (0..x.ncols()).map(|j| x.column(j).amax().max(f64::MIN_POSITIVE)).collect();
    for step in 0..100 {
        let mut root = DMatrix::zeros(n, x.ncols());
        let mut side = DVector::zeros(n);
        for i in 0..n {
            let mu = libm::exp(eta[i]).max(f64::EPSILON);
            let weight = libm::sqrt(mu / (1.0 + alpha * mu));
            for j in 0..x.ncols() {
                root[(i, j)] = weight * x[(i, j)] / scale[j];
            }
            side[i] = weight * (eta[i] + (y[i] - mu) / mu);
        }
        let qr = root.qr();
        let r = qr.r();
        let diagonal = r.diagonal().abs();
        if diagonal.iter().any(|value| !value.is_finite()) || diagonal.min() < 1e-10 * diagonal.max() {
            return Err(singular);
        }
        qr.q_tr_mul(&mut side);
        let Some(solution) = r.solve_upper_triangular(&side.rows(0, x.ncols())) else { return Err(singular) };
        let next = DVector::from_fn(x.ncols(), |j, _| solution[j] / scale[j]);
        let new = x * &next;
        let moved = (&new - &eta).amax();
        beta = next;
        eta = new;
        if step > 0 && moved < 1e-11 {
            return Ok(beta);
        }
        if !moved.is_finite() {
            break;
        }
    }
    drop(beta);
    Err(Refusal::NotConverged { what: "season", steps: 100 })
}

/// The most likely `α` at given means: the root of the score in `θ = 1/α`, by Newton steps in `ln θ` inside
/// a bracket.
fn overdispersion(y: &DVector<f64>, mu: &DVector<f64>) -> Result<f64, Refusal> {
    // score and its derivative by ln θ
    let score = |theta: f64| {
        let (mut first, mut second) = (0.0, 0.0);
        for (&y, &mu) in y.iter().zip(mu.iter()) {
            first += digamma(theta + y) - digamma(theta) + libm::log(theta / (theta + mu)) + 1.0
                - (y + theta) / (mu + theta);
            second += trigamma(theta + y) - trigamma(theta) + 1.0 / theta - 2.0 / (mu + theta)
                + (y + theta) / ((mu + theta) * (mu + theta));
        }
        (first, theta * second)
    };
    let (mut low, mut high) = (libm::log(1e-8), libm::log(1e7));
    if score(1e7).0 > 0.0 {
        let what = "the past counts are not overdispersed: take a Poisson season".to_owned();
        return Err(Refusal::Contradiction { what });
    }
    let mut at = 0.0;
    for _ in 0..200 {
        let (value, slope) = score(libm::exp(at));
        if value > 0.0 {
            low = at;
        } else {
            high = at;
        }
        let newton = at - value / slope;
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        if (next - at).abs() < 1e-13 || high - low < 1e-13 {
            return Ok(libm::exp(-next));
        }
        at = next;
    }
    Err(Refusal::NotConverged { what: "dispersion", steps: 200 })
}
