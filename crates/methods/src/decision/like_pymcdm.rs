//! Digits of pymcdm 1.4 where it departs from the methods: for comparison, not for decisions.
//!
//! **What it answers.** What would that package have printed?
//!
//! **Formula.** COPRAS: the package computes `(min S⁻ · S⁻)/(S⁻ · min S⁻/S⁻)`, which is `S⁻` itself, so that costs raise
//! the score: `(S⁺ + S⁻)/max(S⁺ + S⁻)`. PROMETHEE II: its flows are plain floating-point sums (rows by NumPy's pairwise
//! summation, columns one after the other), and equal net flows are told apart by their rounding.
//!
//! **Source.** Kizielewicz, Shekhovtsov and Sałabun (2023), *SoftwareX* 22:101368 (pymcdm); Higham (1993), *SIAM Journal on
//! Scientific Computing* 14:783–799 (pairwise summation).
//!
//! **When not to use it.** Always, but to check a figure that came from there: use [`super::ratio::copras`] and
//! [`super::outranking::promethee`].

use super::outranking::Preference;
use super::ratio::{relative, shares};
use super::{Order, Problem};
use crate::composite::rank::{Ties, ascending};
use crate::refusal::{Refusal, same_length};

/// What the package prints for COPRAS.
pub fn copras(problem: &Problem) -> Result<Order, Refusal> {
    let (gains, costs) = shares(problem)?;
    let scores: Vec<f64> = gains.iter().zip(&costs).map(|(gain, cost)| gain + cost).collect();
    relative(&scores)
}

/// What the package prints for PROMETHEE II, to the last bit.
pub fn promethee(problem: &Problem, preferences: &[Preference]) -> Result<Order, Refusal> {
    same_length("preferences", preferences.len(), problem.criteria().len())?;
    for preference in preferences {
        preference.check()?;
    }
    let n = problem.n_alternatives();
    let mut preferred = vec![vec![0.0; n]; n];
    for ((column, direction, weight), preference) in problem.each().zip(preferences) {
        for (a, row) in preferred.iter_mut().enumerate() {
            for (b, cell) in row.iter_mut().enumerate() {
                *cell += weight * preference.of(direction.sign() * (column[a] - column[b]));
            }
        }
    }
    let others = n as f64 - 1.0;
    let entering = |b: usize| preferred.iter().map(|row| row[b]).sum::<f64>() / others;
    let scores: Vec<f64> =
        preferred.iter().enumerate().map(|(a, row)| pairwise(row) / others - entering(a)).collect();
    let turned: Vec<f64> = scores.iter().map(|score| -score).collect();
    Ok(Order { ranks: ascending(&turned, Ties::Average), scores })
}

/// NumPy's sum of a row: eight running sums up to 128 terms, halves above.
fn pairwise(terms: &[f64]) -> f64 {
    const BLOCK: usize = 128;
    if terms.len() < 8 {
        return terms.iter().sum();
    }
    if terms.len() > BLOCK {
        let half = terms.len() / 2;
        let (first, second) = terms.split_at(half - half % 8);
        return pairwise(first) + pairwise(second);
    }
    let mut lanes = [0.0; 8];
    let chunks = terms.chunks_exact(8);
    let rest = chunks.remainder();
    for chunk in chunks {
        for (lane, term) in lanes.iter_mut().zip(chunk) {
            *lane += term;
        }
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    rest.iter().fold(((a + b) + (c + d)) + ((e + f) + (g + h)), |sum, term| sum + term)
}
