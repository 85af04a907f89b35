//! The likelihood of the prior behind the gamma-Poisson shrinker, with its gradient.
//!
//! Counts are a mixture of two negative binomial distributions; counts below `least` are not in the data,
//! so each distribution is divided by its probability of at least that count. What depends on the count
//! alone is computed once per distinct count, so that a point costs a few logarithms.
//!
//! Source: DuMouchel (1999), equation 12; DuMouchel and Pregibon (2001), KDD '01, 67–76.

use super::gps::Prior;
use crate::special::{beta_lower, digamma, ln_gamma, logistic};
use crate::sum::Sum;
use nalgebra::SVector;
use rayon::prelude::*;

/// Logarithms of shapes and rates, and the logit of the share.
pub(super) type Free = SVector<f64, 5>;

/// Counts with expected counts and weights, sorted by count.
pub(super) struct Points {
    /// Distinct counts.
    counts: Vec<u64>,
    rows: Vec<Point>,
    least: u64,
}

struct Point {
    n: f64,
    /// Place of `n` among the distinct counts.
    of: usize,
    expected: f64,
    weight: f64,
}

/// Points that one task adds up: fixed, so that sums do not depend on the number of cores.
const TASK: usize = 2048;

impl Points {
    /// From `(count, expected, weight)`; counts below `least` are left out.
    pub(super) fn new(rows: impl Iterator<Item = (u64, f64, f64)>, least: u64) -> Self {
        let mut rows: Vec<(u64, f64, f64)> = rows.filter(|row| row.0 >= least).collect();
        rows.sort_by(|x, y| x.0.cmp(&y.0).then(x.1.total_cmp(&y.1)).then(x.2.total_cmp(&y.2)));
        let mut counts: Vec<u64> = Vec::new();
        let mut points = Vec::with_capacity(rows.len());
        for (n, expected, weight) in rows {
            if counts.last() != Some(&n) {
                counts.push(n);
            }
            points.push(Point { n: n as f64, of: counts.len() - 1, expected, weight });
        }
        Self { counts, rows: points, least }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn weight(&self) -> f64 {
        crate::sum::sum(self.rows.iter().map(|point| point.weight))
    }

    /// Negative log-likelihood and its gradient.
    pub(super) fn evaluate(&self, free: &Free) -> (f64, Free) {
        let prior = prior(free);
        let one = Component::new(prior.alpha1, prior.beta1, self);
        let two = Component::new(prior.alpha2, prior.beta2, self);
        let (share, rest) = (logistic(free[4]), logistic(-free[4]));
        let (ln_share, ln_rest) = (ln_logistic(free[4]), ln_logistic(-free[4]));
        let tasks: Vec<[Sum; 6]> = self
            .rows
            .par_chunks(TASK)
            .map(|points| {
                let mut sums = [Sum::default(); 6];
                for point in points {
                    let (f, g) = (one.at(point), two.at(point));
                    let (x, y) = (ln_share + f.ln, ln_rest + g.ln);
                    // the larger one apart, so that neither overflows
                    let (large, small) = if x > y { (x, y) } else { (y, x) };
                    let total = large + libm::log1p(libm::exp(small - large));
                    let of_one = logistic(x - y);
                    let of_two = 1.0 - of_one;
                    let parts = [
                        total,
                        of_one * f.by_alpha,
                        of_one * f.by_beta,
                        of_two * g.by_alpha,
                        of_two * g.by_beta,
                        of_one * rest - of_two * share,
                    ];
                    for (sum, part) in sums.iter_mut().zip(parts) {
                        sum.add(point.weight * part);
                    }
                }
                sums
            })
            .collect();
        let total = |i: usize| {
            let mut sum = Sum::default();
            for task in &tasks {
                sum.add(task[i].value());
            }
            -sum.value()
        };
        (total(0), Free::from_fn(|i, _| total(i + 1)))
    }
}

/// The prior that free values stand for.
pub(super) fn prior(free: &Free) -> Prior {
    let [alpha1, beta1, alpha2, beta2] = [0, 1, 2, 3].map(|i| libm::exp(free[i]));
    Prior { alpha1, beta1, alpha2, beta2, p: logistic(free[4]) }
}

/// The free values of a prior.
pub(super) fn free(prior: &Prior) -> Free {
    let logit = libm::log(prior.p) - libm::log1p(-prior.p);
    let [a, b, c, d] = [prior.alpha1, prior.beta1, prior.alpha2, prior.beta2].map(libm::log);
    Free::from([a, b, c, d, logit])
}

/// `ln(1/(1 + e^−t))` without overflow.
fn ln_logistic(t: f64) -> f64 {
    if t > 0.0 { -libm::log1p(libm::exp(-t)) } else { t - libm::log1p(libm::exp(t)) }
}

/// One of the two distributions, with what depends on the counts alone.
struct Component {
    alpha: f64,
    beta: f64,
    ln_beta: f64,
    /// `ln Γ(α + n) − ln Γ(α) − ln n!` and its derivative by `α`, per distinct count.
    of_count: Vec<(f64, f64)>,
    /// The same for the counts that are not in the data.
    missing: Vec<(f64, f64)>,
}

/// `ln P(n)` given that the count is in the data, with derivatives by `ln α` and `ln β`.
struct Term {
    ln: f64,
    by_alpha: f64,
    by_beta: f64,
}

impl Component {
    fn new(alpha: f64, beta: f64, points: &Points) -> Self {
        let (base, slope) = (ln_gamma(alpha), digamma(alpha));
        let of = |n: u64| {
            let n = n as f64;
            (ln_gamma(alpha + n) - base - ln_gamma(n + 1.0), digamma(alpha + n) - slope)
        };
        Self {
            alpha,
            beta,
            ln_beta: libm::log(beta),
            of_count: points.counts.iter().map(|&n| of(n)).collect(),
            missing: (0..points.least).map(of).collect(),
        }
    }

    fn at(&self, point: &Point) -> Term {
        let whole = libm::log(self.beta + point.expected);
        // logarithms of β/(β + E) and E/(β + E)
        let (ln_p, ln_q) = (self.ln_beta - whole, libm::log(point.expected) - whole);
        let q = point.expected / (self.beta + point.expected);
        let term = |count: f64, (base, slope): (f64, f64)| Term {
            ln: base + self.alpha * ln_p + count * ln_q,
            by_alpha: self.alpha * (slope + ln_p),
            by_beta: self.alpha * q - count * (1.0 - q),
        };
        let mut it = term(point.n, self.of_count[point.of]);
        if self.missing.is_empty() {
            return it;
        }
        // ln P(N ≥ least): from the tail itself, which may be tiny
        let tail = if self.missing.len() == 1 {
            -libm::expm1(self.alpha * ln_p)
        } else {
            beta_lower(q, self.missing.len() as f64, self.alpha)
        };
        it.ln -= libm::log(tail);
        for (count, &of) in self.missing.iter().enumerate() {
            let one = term(count as f64, of);
            let share = libm::exp(one.ln) / tail;
            it.by_alpha += share * one.by_alpha;
            it.by_beta += share * one.by_beta;
        }
        it
    }
}
