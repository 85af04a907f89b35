//! Which value is the quantile of weighted values.
//!
//! Source: Hyndman and Fan (1996), *The American Statistician* 50:361–365, definitions 1–9, with cumulative
//! weights in place of ranks, as R `survey` 4.1.1 (`qrule`) extends them. Where the share lies below the first
//! value's weight, 4.1.1 answers with the second value; this answers with the first.

use crate::sum::Sum;

/// Definitions of a quantile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum QuantileRule {
    /// The least value whose cumulative share reaches `p` (R's `math` and `hf1`).
    #[default]
    Math,
    /// As `Math`, but half way to the next value where the share is met exactly (`school`, `hf2`).
    School,
    /// Nearest even value (`hf3`).
    Hf3,
    /// Linear in the cumulative share (`hf4`).
    Hf4,
    /// Linear between the middles of the steps (`hf5`).
    Hf5,
    /// Linear, with one more last weight below (`hf6`).
    Hf6,
    /// Linear from the first to the last value (`hf7`, R's default without weights).
    Hf7,
    /// Approximately median-unbiased (`hf8`).
    Hf8,
    /// Approximately unbiased for the normal (`hf9`).
    Hf9,
}

/// Weighted values in ascending order; rows without a weight are left out.
pub(super) struct Sorted {
    x: Vec<f64>,
    w: Vec<f64>,
    /// Weights up to and with each value.
    cumulative: Vec<f64>,
}

impl Sorted {
    pub(super) fn new(pairs: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut pairs: Vec<(f64, f64)> = pairs.filter(|pair| pair.1 != 0.0).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut sum = Sum::default();
        let cumulative = pairs
            .iter()
            .map(|pair| {
                sum.add(pair.1);
                sum.value()
            })
            .collect();
        Self {
            x: pairs.iter().map(|pair| pair.0).collect(),
            w: pairs.iter().map(|pair| pair.1).collect(),
            cumulative,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.x.is_empty()
    }

    /// A weight below 0, with which quantiles have no meaning.
    pub(super) fn negative_weight(&self) -> Option<f64> {
        self.w.iter().copied().find(|&weight| weight < 0.0)
    }

    /// The quantile at the share `p` in 0–1; there must be a value.
    pub(super) fn quantile(&self, rule: QuantileRule, p: f64) -> f64 {
        match rule {
            QuantileRule::Math | QuantileRule::School => self.step(rule, p),
            QuantileRule::Hf3 => self.nearest_even(p),
            QuantileRule::Hf4 => self.between(p),
            _ => self.line(rule, p),
        }
    }

    fn total(&self) -> f64 {
        self.cumulative.last().copied().unwrap_or(f64::NAN)
    }

    /// How many values lie in the share `p`.
    fn reached(&self, p: f64) -> usize {
        let limit = p * self.total();
        self.cumulative.partition_point(|&weights| weights <= limit)
    }

    fn step(&self, rule: QuantileRule, p: f64) -> f64 {
        let reached = self.reached(p);
        let last = self.x.len() - 1;
        let above = self.x[reached.min(last)];
        let exact = reached > 0 && p - self.cumulative[reached - 1] / self.total() == 0.0;
        match (exact, rule) {
            (false, _) => above,
            (true, QuantileRule::School) => f64::midpoint(self.x[reached - 1], above),
            (true, _) => self.x[reached - 1],
        }
    }

    /// As [`Sorted::step`] over distinct values; met exactly, the lower one counts if its rank is even.
    fn nearest_even(&self, p: f64) -> f64 {
        let mut distinct: Vec<(f64, f64)> = Vec::new();
        for (&x, &weights) in self.x.iter().zip(&self.cumulative) {
            match distinct.last_mut() {
                Some(last) if last.0 == x => last.1 = weights,
                _ => distinct.push((x, weights)),
            }
        }
        let limit = p * self.total();
        let reached = distinct.partition_point(|pair| pair.1 <= limit);
        let above = distinct[reached.min(distinct.len() - 1)].0;
        let exact = reached > 0 && p - distinct[reached - 1].1 / self.total() == 0.0;
        if exact && reached % 2 == 0 { distinct[reached - 1].0 } else { above }
    }

    /// Linear in the cumulative share.
    fn between(&self, p: f64) -> f64 {
        let reached = self.reached(p);
        if reached == 0 || reached == self.x.len() {
            return self.x[reached.min(self.x.len() - 1)];
        }
        let below = p - self.cumulative[reached - 1] / self.total();
        let above = self.cumulative[reached] / self.total() - p;
        let share = below / (below + above);
        self.x[reached - 1] * (1.0 - share) + self.x[reached] * share
    }

    /// Linear between points that the rule puts at each value, level beyond the ends.
    fn line(&self, rule: QuantileRule, p: f64) -> f64 {
        let n = self.x.len();
        if n == 1 {
            return self.x[0];
        }
        let (total, last) = (self.total(), self.w[n - 1]);
        let at = |k: usize| {
            let (with, own) = (self.cumulative[k], self.w[k]);
            let before = if k == 0 { 0.0 } else { self.cumulative[k - 1] };
            match rule {
                QuantileRule::Hf5 => (with - own / 2.0) / total,
                QuantileRule::Hf6 => with / (total + last),
                QuantileRule::Hf8 => (before / 3.0 + with * 2.0 / 3.0) / (total + last / 3.0),
                QuantileRule::Hf9 => (before * 3.0 / 8.0 + with * 5.0 / 8.0) / (total + last / 4.0),
                _ => before / self.cumulative[n - 2],
            }
        };
        let (mut low, mut high) = (0, n - 1);
        if p <= at(low) {
            return self.x[low];
        }
        if p >= at(high) {
            return self.x[high];
        }
        while high - low > 1 {
            let middle = usize::midpoint(low, high);
            if at(middle) <= p {
                low = middle;
            } else {
                high = middle;
            }
        }
        let share = (p - at(low)) / (at(high) - at(low));
        self.x[low] + (self.x[high] - self.x[low]) * share
    }
}
