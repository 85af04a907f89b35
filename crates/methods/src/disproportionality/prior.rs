//! Fitting the prior of the gamma-Poisson shrinker to all pairs.
//!
//! **What it answers.** Which mixture of ratios would make the observed counts most likely?
//!
//! **Formula.** Maximum likelihood of `Σ w ln[P f₁(n) + (1 − P) f₂(n)]`, `f` negative binomial, given `n ≥
//! least` (1: pairs without report are not in the data; 0: they are). From five starts, by BFGS with exact
//! gradients on the logarithms of the parameters, then Newton steps; the best of the maxima counts. The
//! part with the larger mean is the first.
//!
//! **Source.** DuMouchel (1999), *The American Statistician* 53:177–190; DuMouchel and Pregibon (2001), KDD
//! '01, 67–76. The likelihood is that of R `openEBGM::autoHyper` (`negLL`, `negLLsquash`, `negLLzero`); the
//! optimiser is not, so judge by the likelihood reached.
//!
//! **When not to use it.** With few pairs (below some hundreds the five parameters are guesses), and where
//! two maxima are nearly as good: see [`Fit::agreeing`].

use super::gps::Prior;
use super::likelihood::{Free, Points, free, prior};
use super::squash::Point;
use crate::refusal::{Refusal, at_least};
use nalgebra::SMatrix;

/// A fitted prior.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// The prior.
    pub prior: Prior,
    /// Negative log-likelihood reached.
    pub negative_log_likelihood: f64,
    /// Starts that led to it, of five (within 0.01 of the likelihood).
    pub agreeing: usize,
}

/// Where the search starts: the starts of the reference's own examples.
const STARTS: [Prior; 5] = [
    Prior { alpha1: 0.2, beta1: 0.1, alpha2: 2.0, beta2: 4.0, p: 1.0 / 3.0 },
    Prior { alpha1: 0.1, beta1: 0.1, alpha2: 10.0, beta2: 10.0, p: 0.2 },
    Prior { alpha1: 0.3, beta1: 0.5, alpha2: 6.0, beta2: 6.0, p: 0.5 },
    Prior { alpha1: 0.5, beta1: 0.3, alpha2: 12.0, beta2: 12.0, p: 0.8 },
    Prior { alpha1: 0.2, beta1: 0.2, alpha2: 5.0, beta2: 5.0, p: 0.4 },
];

/// Parameters beyond e¹² or below e⁻¹² mean that the likelihood has no maximum inside.
const EDGE: f64 = 12.0;

/// The most likely prior for `points` with `n ≥ least`.
///
/// Refuses less than 6 points, expected counts that are not above 0, weights that are not above 0, a
/// `least` above 1000, and data that settle on no prior.
///
/// ```
/// use zhiheng_methods::disproportionality::{prior::fit, squash::Point};
/// use zhiheng_methods::{random::Stream, special::{gamma_lower_quantile, gamma_upper}};
/// // every fifth ratio is about 6 (gamma 9, 1.5), the others about 1 (gamma 10, 10); 20 reports expected
/// let mut draw = Stream::new(1, 0);
/// let mut point = |i| {
///     let (shape, rate) = if i % 5 == 0 { (9.0, 1.5) } else { (10.0, 10.0) };
///     let mean = 20.0 * gamma_lower_quantile(draw.uniform(), shape) / rate;
///     let u = draw.uniform();
///     let n = (0..).find(|&n| gamma_upper(f64::from(n) + 1.0, mean) >= u).unwrap();
///     Point { n: n.try_into().unwrap(), expected: 20.0, weight: 1.0 }
/// };
/// let points: Vec<Point> = (0..1000).map(&mut point).collect();
/// let it = fit(&points, 1).unwrap();
/// assert!((it.prior.p - 0.2).abs() < 0.03, "{it:?}");
/// assert!((it.prior.alpha1 / it.prior.beta1 - 6.0).abs() < 0.4, "{it:?}");
/// ```
pub fn fit(points: &[Point], least: u64) -> Result<Fit, Refusal> {
    if least > 1000 {
        return Err(Refusal::OutOfRange { what: "least", value: least as f64, allowed: "0 to 1000" });
    }
    for point in points {
        for (what, value) in [("expected", point.expected), ("weight", point.weight)] {
            if !(value > 0.0 && value.is_finite()) {
                return Err(Refusal::OutOfRange { what, value, allowed: "> 0" });
            }
        }
    }
    let data = Points::new(points.iter().map(|point| (point.n, point.expected, point.weight)), least);
    at_least("pairs", data.len(), 6)?;
    let ends: Vec<(f64, Free)> = STARTS.iter().filter_map(|start| climb(&data, free(start))).collect();
    let best = ends.iter().min_by(|x, y| x.0.total_cmp(&y.0)).copied();
    let Some((value, mut at)) = best else {
        return Err(Refusal::NotConverged { what: "prior", steps: STEPS });
    };
    if mean(&at, 0) < mean(&at, 2) {
        at = Free::from([at[2], at[3], at[0], at[1], -at[4]]);
    }
    let agreeing = ends.iter().filter(|end| end.0 < value + 0.01).count();
    Ok(Fit { prior: prior(&at), negative_log_likelihood: value, agreeing })
}

/// Negative log-likelihood of a prior, by which fits are compared.
///
/// Refuses a prior outside its range and no points.
pub fn negative_log_likelihood(points: &[Point], least: u64, of: &Prior) -> Result<f64, Refusal> {
    of.check()?;
    let data = Points::new(points.iter().map(|point| (point.n, point.expected, point.weight)), least);
    at_least("pairs", data.len(), 1)?;
    Ok(data.evaluate(&free(of)).0)
}

fn mean(at: &Free, part: usize) -> f64 {
    at[part] - at[part + 1]
}

const STEPS: usize = 500;

/// Down to a minimum inside the edges; `None` if there is none to be found.
fn climb(data: &Points, start: Free) -> Option<(f64, Free)> {
    let weight = data.weight();
    let mut at = start;
    let (mut value, mut gradient) = data.evaluate(&at);
    let mut inverse = SMatrix::<f64, 5, 5>::identity() / weight;
    for _ in 0..STEPS {
        if gradient.amax() < 1e-7 * weight {
            break;
        }
        let mut direction = -(inverse * gradient);
        if direction.dot(&gradient) >= 0.0 {
            inverse = SMatrix::identity() / weight;
            direction = -(inverse * gradient);
        }
        direction *= (1.5 / direction.amax()).min(1.0);
        let Some((to, next, slope)) = descend(data, &at, &direction, value, direction.dot(&gradient)) else {
            // nothing lower within rounding: the polish decides whether this is a minimum
            break;
        };
        let (moved, bent) = (to - at, slope - gradient);
        let curvature = moved.dot(&bent);
        if curvature > 1e-12 * moved.norm() * bent.norm() {
            let turn = SMatrix::<f64, 5, 5>::identity() - moved * bent.transpose() / curvature;
            inverse = turn * inverse * turn.transpose() + moved * moved.transpose() / curvature;
        }
        let gain = value - next;
        (at, value, gradient) = (to, next, slope);
        if at.amax() > EDGE {
            return None;
        }
        if gain <= 1e-13 * value.abs() {
            break;
        }
    }
    polish(data, at, value, gradient)
}

/// Newton steps with the Hessian from differences of the exact gradient, while they lead down.
fn polish(data: &Points, at: Free, value: f64, gradient: Free) -> Option<(f64, Free)> {
    let (mut at, mut value, mut gradient) = (at, value, gradient);
    for _ in 0..8 {
        let mut hessian = SMatrix::<f64, 5, 5>::zeros();
        for i in 0..5 {
            let mut step = Free::zeros();
            step[i] = 1e-5;
            let difference = (data.evaluate(&(at + step)).1 - data.evaluate(&(at - step)).1) / 2e-5;
            hessian.set_column(i, &difference);
        }
        let hessian = 0.5 * (hessian + hessian.transpose());
        let Some(step) = hessian.cholesky().map(|factor| factor.solve(&gradient)) else { break };
        let to = at - step;
        let (next, slope) = data.evaluate(&to);
        if next.is_nan() || next > value || slope.amax() > gradient.amax() {
            break;
        }
        (at, value, gradient) = (to, next, slope);
    }
    // flat enough that the likelihood has nothing more to give
    (gradient.amax() < 1e-5 * data.weight() && at.amax() <= EDGE).then_some((value, at))
}

/// Along a direction of descent until the value falls enough (Armijo).
fn descend(data: &Points, at: &Free, direction: &Free, value: f64, slope: f64) -> Option<(Free, f64, Free)> {
    let mut length = 1.0;
    for _ in 0..50 {
        let to = at + direction * length;
        let (next, gradient) = data.evaluate(&to);
        if next <= value + 1e-4 * length * slope {
            return Some((to, next, gradient));
        }
        length *= 0.4;
    }
    None
}
