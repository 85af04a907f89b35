//! The ratios behind [`super::likelihood_ratio`], for one stretch between two alarms.

use super::likelihood_ratio::{Direction, Distribution, LikelihoodRatio};
use crate::halving::first;

/// Counts and in-control means since the last alarm, and the count before.
pub(super) struct Stretch<'a> {
    pub(super) counts: &'a [f64],
    pub(super) means: &'a [f64],
    pub(super) before: f64,
}

/// The CUSUM's step.
pub(super) fn add(sum: f64, ratio: f64) -> f64 {
    (sum + ratio).max(0.0)
}

impl Stretch<'_> {
    /// `ln f_κ(x)/f_0(x)` of one week.
    pub(super) fn ratio(&self, now: usize, kappa: f64, distribution: Distribution) -> f64 {
        let (x, mu) = (self.counts[now], self.means[now]);
        match distribution {
            Distribution::Poisson => kappa * x - libm::expm1(kappa) * mu,
            Distribution::NegativeBinomial { alpha } => {
                kappa * x + (x + 1.0 / alpha) * shrink(mu, kappa, alpha)
            }
        }
    }

    /// The count with which [`Self::ratio`] fills what is `left` to the threshold.
    pub(super) fn cases_of_known(
        &self,
        now: usize,
        kappa: f64,
        distribution: Distribution,
        left: f64,
    ) -> f64 {
        let mu = self.means[now];
        match distribution {
            Distribution::Poisson => (left + mu * libm::expm1(kappa)) / kappa,
            Distribution::NegativeBinomial { alpha } => {
                let shrink = shrink(mu, kappa, alpha);
                (left - shrink / alpha) / (kappa + shrink)
            }
        }
    }

    /// The generalised ratio at `now` and, if asked for, the count at which it would have reached the
    /// threshold. `None` while the stretch is too short.
    pub(super) fn generalised(
        &self,
        now: usize,
        direction: Direction,
        options: &LikelihoodRatio,
    ) -> Option<(f64, Option<f64>)> {
        // starts of the shift that are looked at
        let low = options.window.map_or(0, |window| now.saturating_sub(window));
        let high = match (options.distribution, options.window) {
            (Distribution::Poisson, None) if now + 1 >= options.shortest => now,
            (Distribution::Poisson, None) => return None,
            (Distribution::Poisson, Some(_)) => now.checked_sub(options.shortest)?,
            (Distribution::NegativeBinomial { .. }, _) => (now + 1).checked_sub(options.shortest)?,
        };
        let statistic = |count: f64| match options.distribution {
            Distribution::Poisson => self.poisson(now, count, low, high, direction),
            Distribution::NegativeBinomial { alpha } => {
                self.negative_binomial(now, count, low, high, direction, alpha)
            }
        };
        let cases = options.cases.then(|| match direction {
            Direction::Increase => least(|count| statistic(count) >= options.threshold),
            Direction::Decrease => least(|count| statistic(count) <= options.threshold),
        });
        Some((statistic(self.counts[now]), cases))
    }

    fn poisson(&self, now: usize, count: f64, low: usize, high: usize, direction: Direction) -> f64 {
        let (mut cases, mut expected) = (count, self.means[now]);
        let mut best = 0.0_f64;
        for start in (low..=now).rev() {
            if start < now {
                cases += self.counts[start];
                expected += self.means[start];
            }
            let shifted = match direction {
                Direction::Increase => cases > expected,
                Direction::Decrease => cases < expected,
            };
            if start <= high && shifted {
                let evidence = if cases > 0.0 { cases * libm::log(cases / expected) } else { 0.0 };
                best = best.max(evidence + expected - cases);
            }
        }
        best
    }

    fn negative_binomial(
        &self,
        now: usize,
        count: f64,
        low: usize,
        high: usize,
        direction: Direction,
        alpha: f64,
    ) -> f64 {
        let x = |week: usize| if week == now { count } else { self.counts[week] };
        let mut best = 0.0_f64;
        let mut kappa = 0.0;
        for start in low..=high {
            kappa = match most_likely(kappa, direction, |kappa| {
                // score and information of κ
                let (mut score, mut information) = (0.0, 0.0);
                let factor = libm::exp(kappa);
                for week in start..=now {
                    let mu = factor * self.means[week];
                    let room = 1.0 + alpha * mu;
                    score += (x(week) - mu) / room;
                    information += mu * (1.0 + alpha * x(week)) / (room * room);
                }
                (score, information)
            }) {
                Some(kappa) => kappa,
                None => continue,
            };
            let mut sum = 0.0;
            for week in start..=now {
                let x = x(week);
                // without any case the factor goes to 0 and takes the first term along
                let cases = if x > 0.0 { kappa * x } else { 0.0 };
                sum += cases + (x + 1.0 / alpha) * shrink(self.means[week], kappa, alpha);
            }
            best = best.max(sum);
        }
        best
    }

    /// The ratio of the epidemic alternative, maximised over `λ ≥ 0` and the start.
    pub(super) fn epidemic(&self, now: usize, options: &LikelihoodRatio) -> Option<f64> {
        let low = options.window.map_or(0, |window| now.saturating_sub(window));
        let high = (now + 1).checked_sub(options.shortest)?;
        let previous = |week: usize| if week == 0 { self.before } else { self.counts[week - 1] };
        let mut best = 0.0_f64;
        for start in low..=high {
            let derivatives = |lambda: f64| {
                let (mut first, mut second) = (0.0, 0.0);
                for week in start..=now {
                    let share = previous(week) / (lambda * previous(week) + self.means[week]);
                    first += self.counts[week] * share - previous(week);
                    second -= self.counts[week] * share * share;
                }
                (first, second)
            };
            // The ratio is concave in λ and 0 at λ = 0.
            if derivatives(0.0).0 <= 0.0 {
                continue;
            }
            let (mut below, mut above) = (0.0, 1.0);
            while derivatives(above).0 > 0.0 && above < 1e12 {
                below = above;
                above *= 2.0;
            }
            let mut lambda = 0.5 * (below + above);
            for _ in 0..200 {
                let (first, second) = derivatives(lambda);
                if first > 0.0 {
                    below = lambda;
                } else {
                    above = lambda;
                }
                let newton = lambda - first / second;
                let next = if newton > below && newton < above { newton } else { 0.5 * (below + above) };
                if (next - lambda).abs() <= 1e-13 * lambda {
                    break;
                }
                lambda = next;
            }
            let mut sum = 0.0;
            for week in start..=now {
                let added = lambda * previous(week);
                sum += self.counts[week] * libm::log1p(added / self.means[week]) - added;
            }
            best = best.max(sum);
        }
        Some(best)
    }
}

/// `ln[(1 + α μ)/(1 + α μ e^κ)]`; `κ` may be minus infinity.
fn shrink(mu: f64, kappa: f64, alpha: f64) -> f64 {
    libm::log1p(alpha * mu) - libm::log1p(alpha * mu * libm::exp(kappa))
}

/// The root of a falling score in the direction of the change, minus infinity if there is none below;
/// `None` if the best is no change at all.
fn most_likely(near: f64, direction: Direction, score: impl Fn(f64) -> (f64, f64)) -> Option<f64> {
    let (at_none, _) = score(0.0);
    let (mut low, mut high) = match direction {
        Direction::Increase => {
            if at_none <= 0.0 {
                return None;
            }
            let mut high = 1.0;
            while score(high).0 > 0.0 && high < 700.0 {
                high += 1.0;
            }
            (high - 1.0, high)
        }
        Direction::Decrease => {
            if at_none >= 0.0 {
                return None;
            }
            let mut low = -1.0;
            while score(low).0 < 0.0 {
                low -= 1.0;
                if low < -40.0 {
                    return Some(f64::NEG_INFINITY);
                }
            }
            (low, low + 1.0)
        }
    };
    let mut kappa = if near > low && near < high { near } else { 0.5 * (low + high) };
    for _ in 0..100 {
        let (value, information) = score(kappa);
        if value > 0.0 {
            low = kappa;
        } else {
            high = kappa;
        }
        let newton = kappa + value / information;
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        let moved = (next - kappa).abs();
        kappa = next;
        if moved < 1e-9 {
            break;
        }
    }
    Some(kappa)
}

/// The least count from 0 with which `enough` holds; it holds for all larger ones.
fn least(enough: impl Fn(f64) -> bool) -> f64 {
    if enough(0.0) {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    while !enough(high) && high < 1e15 {
        low = high;
        high *= 2.0;
    }
    first(low as u64 + 1, high as u64, |count| enough(count as f64)) as f64
}
