//! A logistic model with nothing but an intercept, for intervals of a share.
//!
//! Iteratively reweighted least squares from R's start to R's end (`glm`, relative change of the deviance
//! below 1e-8), because the share it stops at differs from the exact one in the ninth digit, and figures
//! published from R carry it. The profile interval exists twice: solved, and as R interpolates it.
//!
//! Source: McCullagh and Nelder (1989), *Generalized Linear Models*, section 4.4; profile steps in Venables
//! and Ripley (2002), *Modern Applied Statistics with S*, section 8.4; spline in Forsythe, Malcolm and Moler
//! (1977), *Computer Methods for Mathematical Computations*, ch. 4.

use super::domain::{Domain, Missing};
use super::share::expit;
use crate::interval::Interval;
use crate::refusal::Refusal;
use crate::special::{normal_upper, student_upper_quantile};
use crate::sum::Sum;

const STEPS: usize = 25;
const CHANGE: f64 = 1e-8;
/// Steps of the profile to each side, at most.
const PROFILE_STEPS: usize = 9;

/// The fitted model.
pub(super) struct Logistic {
    /// The logit of the share.
    logit: f64,
    /// The share by weights, which the model approaches.
    exact_share: f64,
    /// Rows with a value.
    n: usize,
    /// Sum of the weights, scaled to mean 1 over the domain.
    trials: f64,
    /// Design variance of the logit.
    variance: f64,
    /// Variance of the logit if rows were independent trials.
    naive: f64,
    dispersion: f64,
}

impl Logistic {
    /// Fits the share of `event` (0, 1 or missing; neither share 0 nor 1).
    pub(super) fn fit(domain: &Domain, event: &[f64], missing: Missing) -> Result<Self, Refusal> {
        let used = domain.used(&[("event", event)], missing)?;
        let mut all = Sum::default();
        for &at in &domain.rows {
            all.add(domain.weight(at));
        }
        let mean_weight = all.value() / domain.n_counted() as f64;
        let rows = || used.iter().map(|&at| (domain.weight(at) / mean_weight, domain.value(event, at)));

        let (mut trials, mut events, mut n_weighted) = (Sum::default(), Sum::default(), 0.0);
        for (weight, y) in rows() {
            trials.add(weight);
            events.add(weight * y);
            n_weighted += f64::from(u8::from(weight != 0.0));
        }
        let trials = trials.value();
        let exact_share = events.value() / trials;
        let (mut logit, mut deviance_before) = first_step(rows());
        let mut slope = f64::NAN;
        let mut settled = false;
        for step in 0..STEPS {
            let mu = expit(logit);
            let now = deviance(trials, exact_share, mu);
            if (now - deviance_before).abs() / (now.abs() + 0.1) < CHANGE {
                settled = true;
                break;
            }
            if step + 1 < STEPS {
                deviance_before = now;
                slope = mu * (1.0 - mu);
                logit += (exact_share - mu) / slope;
            }
        }
        if !settled || slope.is_nan() {
            return Err(Refusal::NotConverged { what: "the logistic model", steps: STEPS });
        }
        let mu = expit(logit);
        let last_slope = mu * (1.0 - mu);
        let size = trials * mean_weight;
        let variance = domain.covariance(&used, 1, |k, values| {
            let at = used[k];
            values[0] = domain.weight(at) * (domain.value(event, at) - mu) / (size * last_slope);
        })?[0];
        // Pearson residuals have this variance; rows without a value shift the mean weight behind it.
        let n_kept = if domain.design.keeps_rows() { domain.n_counted() } else { used.len() };
        let shift = size / n_kept as f64 / mean_weight;
        let dispersion =
            exact_share * (1.0 - exact_share) / last_slope * shift * n_weighted / (n_weighted - 1.0);
        let n = domain.n_counted() - (domain.n_rows() - used.len());
        Ok(Self { logit, exact_share, n, trials, variance, naive: 1.0 / (trials * slope), dispersion })
    }

    /// The share the iteration stopped at.
    pub(super) fn share(&self) -> f64 {
        expit(self.logit)
    }

    /// Wald's interval on the logit scale.
    pub(super) fn wald(&self, t: f64) -> Result<Interval, Refusal> {
        let half = t * self.variance.max(0.0).sqrt();
        finite(expit(self.logit - half), expit(self.logit + half))
    }

    /// Where the deviance, over the dispersion, exceeds its least by `t²` times the design's variance over
    /// that of independent trials.
    pub(super) fn likelihood(&self, t: f64) -> Result<Interval, Refusal> {
        let limit = t * t * self.variance / self.naive * self.dispersion;
        let least = deviance(self.trials, self.exact_share, self.exact_share);
        let beyond = |logit: f64| {
            let mu = expit(logit);
            deviance(self.trials, self.exact_share, mu) - least > limit
        };
        let start = libm::log(self.exact_share / (1.0 - self.exact_share));
        let end = |sign: f64| {
            let mut width = 1.0;
            while !beyond(start + sign * width) && width < 512.0 {
                width *= 2.0;
            }
            let (mut inside, mut outside) = (0.0, width);
            for _ in 0..100 {
                let middle = f64::midpoint(inside, outside);
                if beyond(start + sign * middle) {
                    outside = middle;
                } else {
                    inside = middle;
                }
            }
            expit(start + sign * inside)
        };
        finite(end(-1.0), end(1.0))
    }

    /// The same limits as R finds them: the root of the deviance at steps of a fifth of its greatest
    /// value, a spline through them, and a straight line between three times as many points on it.
    pub(super) fn likelihood_like_r(&self, t: f64) -> Result<Interval, Refusal> {
        let cutoff = t * (self.variance / self.naive).sqrt();
        let alpha = normal_upper(cutoff) / 2.0;
        let z_max = student_upper_quantile(alpha / 2.0, self.n as f64 - 1.0);
        let step = z_max / 5.0 * self.variance.sqrt();
        let least = deviance(self.trials, self.exact_share, self.share());
        let mut points = vec![(self.logit, 0.0)];
        for sign in [-1.0, 1.0] {
            let mut z: f64 = 0.0;
            let mut k = 0;
            while k < PROFILE_STEPS && z.abs() < z_max {
                k += 1;
                let logit = self.logit + sign * k as f64 * step;
                let mu = expit(logit);
                let excess = (deviance(self.trials, self.exact_share, mu) - least) / self.dispersion;
                z = sign * excess.max(0.0).sqrt();
                points.push((logit, z));
            }
        }
        points.sort_by(|a, b| a.1.total_cmp(&b.1));
        let fine = on_spline(&points, 3 * points.len());
        let at = |z: f64| {
            let pair = fine.windows(2).find(|pair| pair[0].1 <= z && z <= pair[1].1)?;
            let share = (z - pair[0].1) / (pair[1].1 - pair[0].1);
            Some(expit(pair[0].0 + share * (pair[1].0 - pair[0].0)))
        };
        match (at(-cutoff), at(cutoff)) {
            (Some(low), Some(high)) => finite(low, high),
            _ => Err(Refusal::NotConverged { what: "the likelihood interval", steps: PROFILE_STEPS }),
        }
    }
}

fn finite(low: f64, high: f64) -> Result<Interval, Refusal> {
    if low.is_finite() && high.is_finite() {
        Ok(Interval::new(low, high))
    } else {
        Err(Refusal::NotConverged { what: "the interval on the logit scale", steps: STEPS })
    }
}

/// The first step starts from each row's own `(w y + ½)/(w + 1)`; also the deviance there.
fn first_step(rows: impl Iterator<Item = (f64, f64)>) -> (f64, f64) {
    let (mut top, mut bottom, mut deviance) = (Sum::default(), Sum::default(), Sum::default());
    for (weight, y) in rows {
        let start = (weight * y + 0.5) / (weight + 1.0);
        let eta = libm::log(start / (1.0 - start));
        let mu = expit(eta);
        let slope = mu * (1.0 - mu);
        top.add(weight * slope * (eta + (y - mu) / slope));
        bottom.add(weight * slope);
        deviance.add(-2.0 * weight * libm::log(if y > 0.5 { mu } else { 1.0 - mu }));
    }
    (top.value() / bottom.value(), deviance.value())
}

/// The deviance of `trials` with the share `p` where the model says `mu`.
fn deviance(trials: f64, p: f64, mu: f64) -> f64 {
    -2.0 * trials * (p * libm::log(mu) + (1.0 - p) * libm::log1p(-mu))
}

/// `n` points equally spaced in the first coordinate on the cubic spline through `points`, whose ends have
/// the third derivative of the cubic through the last four points.
fn on_spline(points: &[(f64, f64)], n: usize) -> Vec<(f64, f64)> {
    let m = points.len();
    let width: Vec<f64> = points.windows(2).map(|pair| pair[1].0 - pair[0].0).collect();
    let slope: Vec<f64> =
        points.windows(2).zip(&width).map(|(pair, width)| (pair[1].1 - pair[0].1) / width).collect();
    // tridiagonal system for a sixth of the second derivatives
    let mut diagonal: Vec<f64> = vec![-width[0]];
    let mut c = vec![0.0];
    for i in 1..m - 1 {
        diagonal.push(2.0 * (width[i - 1] + width[i]));
        c.push(slope[i] - slope[i - 1]);
    }
    diagonal.push(-width[m - 2]);
    c.push(0.0);
    if m > 3 {
        let x = |i: usize| points[i].0;
        let third = |i: usize| c[i + 1] / (x(i + 2) - x(i)) - c[i] / (x(i + 1) - x(i - 1));
        let (first, last) = (third(1), third(m - 3));
        c[0] = first * width[0] * width[0] / (x(3) - x(0));
        c[m - 1] = -last * width[m - 2] * width[m - 2] / (x(m - 1) - x(m - 4));
    }
    for i in 1..m {
        let share = width[i - 1] / diagonal[i - 1];
        diagonal[i] -= share * width[i - 1];
        c[i] -= share * c[i - 1];
    }
    c[m - 1] /= diagonal[m - 1];
    for i in (0..m - 1).rev() {
        c[i] = (c[i] - width[i] * c[i + 1]) / diagonal[i];
    }
    let (from, to) = (points[0].0, points[m - 1].0);
    let mut piece = 0;
    let each = (0..n).map(|k| {
        let x = from + (to - from) * k as f64 / (n - 1) as f64;
        while piece + 2 < m && x >= points[piece + 1].0 {
            piece += 1;
        }
        let (dx, h) = (x - points[piece].0, width[piece]);
        let linear = slope[piece] - h * (c[piece + 1] + 2.0 * c[piece]);
        let cubic = (c[piece + 1] - c[piece]) / h;
        (x, points[piece].1 + dx * (linear + dx * (3.0 * c[piece] + dx * cubic)))
    });
    each.collect()
}
