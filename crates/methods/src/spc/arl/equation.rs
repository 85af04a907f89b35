//! The integral equation of a run length, at Gauss–Legendre nodes.

use crate::refusal::Refusal;
use crate::spc::quadrature::{legendre, solve};

/// A chart's statistic that lives on `[low, high]` and signals outside.
pub(super) struct Process<K, A> {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Width of the density, to choose the number of nodes.
    pub(super) width: f64,
    /// Density of the next value `x` after `z`.
    pub(super) density: K,
    /// Probability of being held at `low` after `z`; 0 without a barrier.
    pub(super) held: A,
}

/// The run lengths at the nodes (and at the barrier), solved.
pub(super) struct Solved<K, A> {
    process: Process<K, A>,
    pub(super) nodes: Vec<(f64, f64)>,
    at_barrier: f64,
    at_nodes: Vec<f64>,
}

/// Widest interval that is solved, in widths of the density: 1,100 equations.
const WIDEST: f64 = 300.0;

/// Nodes for an interval of so many widths of the density: enough for twelve digits.
pub(super) fn n_nodes(widths: f64) -> usize {
    (24.0 + 3.5 * widths).ceil() as usize
}

impl<K: Fn(f64, f64) -> f64, A: Fn(f64) -> f64> Process<K, A> {
    /// Solves the equation. Refused when it has no solution in double precision.
    pub(super) fn solve(self) -> Result<Solved<K, A>, Refusal> {
        let widths = (self.high - self.low) / self.width;
        if widths > WIDEST {
            let allowed = "up to 300 times the step of the statistic";
            return Err(Refusal::OutOfRange { what: "width of the limits", value: widths, allowed });
        }
        let n = n_nodes(widths);
        let nodes = legendre(n, self.low, self.high);
        let from = std::iter::once(self.low).chain(nodes.iter().map(|(x, _)| *x));
        let mut rows = Vec::with_capacity(n + 1);
        for (i, z) in from.enumerate() {
            let mut row = Vec::with_capacity(n + 1);
            row.push(-(self.held)(z));
            row.extend(nodes.iter().map(|&(x, weight)| -weight * (self.density)(z, x)));
            if let Some(cell) = row.get_mut(i) {
                *cell += 1.0;
            }
            rows.push(row);
        }
        let lengths =
            solve(rows, vec![1.0; n + 1]).ok_or(Refusal::Singular { what: "run length equation" })?;
        let (at_barrier, at_nodes) = match lengths.split_first() {
            Some((first, rest)) => (*first, rest.to_vec()),
            None => return Err(Refusal::Empty { what: "nodes" }),
        };
        Ok(Solved { process: self, nodes, at_barrier, at_nodes })
    }
}

impl<K: Fn(f64, f64) -> f64, A: Fn(f64) -> f64> Solved<K, A> {
    /// The run length from `z`.
    pub(super) fn from(&self, z: f64) -> f64 {
        let ahead = self.nodes.iter().zip(&self.at_nodes);
        let passing: f64 =
            ahead.map(|(&(x, weight), length)| weight * (self.process.density)(z, x) * length).sum();
        1.0 + (self.process.held)(z) * self.at_barrier + passing
    }
}

/// The standard normal density.
pub(super) fn density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / std::f64::consts::TAU.sqrt()
}
