//! Weights from judgements in pairs: the analytic hierarchy process.
//!
//! **What it answers.** What weights do statements like “A matters three times as much as B” add up to, and do they agree
//! with each other?
//!
//! **Formula.** `a_ij` says how many times `i` matters as much as `j`, `a_ji = 1/a_ij`. Weights: the eigenvector of the
//! greatest eigenvalue `λ` (found by iterating `w ← Aw`), or the geometric means of the rows. Consistency index
//! `(λ − n)/(n − 1)`, ratio: index by the mean index of random judgements.
//!
//! **Source.** Saaty (1980), *The Analytic Hierarchy Process*, pp. 17–21; Crawford and Williams (1985), *Journal of
//! Mathematical Psychology* 29:387–405 (geometric means); random indices of Saaty (n = 3–10: 0.58 … 1.49; 11–15 from Saaty
//! 1994) and of Tummala and Ling (1998), *Theory and Decision* 44:221–230; Aczél and Saaty (1983), *Journal of Mathematical
//! Psychology* 27:93–102 (several judges).
//!
//! **When not to use it.** With a ratio above 0.1 ask again instead of computing; with more than nine items split them into
//! groups.

use crate::refusal::{Refusal, at_least, same_length};
use crate::sum::sum;

/// Whose mean consistency index of random judgements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RandomIndex {
    /// Saaty's two-place table.
    #[default]
    Saaty,
    /// Tummala and Ling's four-place table.
    TummalaLing,
}

/// Weights and consistency.
#[derive(Debug, Clone, PartialEq)]
pub struct Ahp {
    /// Weights by the eigenvector; they sum to 1.
    pub weights: Vec<f64>,
    /// Weights by the geometric means of the rows; they sum to 1.
    pub geometric: Vec<f64>,
    /// Greatest eigenvalue; the number of items for judgements that agree.
    pub eigenvalue: f64,
    /// Consistency index; 0 for judgements that agree.
    pub index: f64,
    /// Consistency ratio; 0 for two items, `None` above 15, of which there is no random index.
    pub ratio: Option<f64>,
}

impl Ahp {
    /// Whether the ratio is at most 0.1.
    pub fn is_consistent(&self) -> Option<bool> {
        self.ratio.map(|ratio| ratio <= 0.1)
    }
}

/// Weights from judgements, `matrix[i][j]` in row `i`.
///
/// Refuses judgements that are not positive, a diagonal other than 1, and reciprocals off by more than 1 % (0.33 for 3
/// passes; 0.3 does not).
///
/// ```
/// use zhiheng_methods::decision::ahp::{RandomIndex, ahp};
/// let it = ahp(&[vec![1.0, 2.0, 4.0], vec![0.5, 1.0, 2.0], vec![0.25, 0.5, 1.0]], RandomIndex::Saaty).unwrap();
/// assert!((it.weights[0] - 4.0 / 7.0).abs() < 1e-12 && it.index.abs() < 1e-12);
/// ```
pub fn ahp(matrix: &[Vec<f64>], random: RandomIndex) -> Result<Ahp, Refusal> {
    check(matrix)?;
    let n = matrix.len();
    let logs = matrix.iter().map(|row| sum(row.iter().map(|&a| libm::log(a))) / n as f64);
    let geometric = to_one(logs.map(libm::exp).collect());
    let (weights, eigenvalue) = eigenvector(matrix, &geometric)?;
    let index = if n > 1 { (eigenvalue - n as f64) / (n as f64 - 1.0) } else { 0.0 };
    let ratio = match (n, random_index(n, random)) {
        (..=2, _) => Some(0.0),
        (_, random) => random.map(|random| index / random),
    };
    Ok(Ahp { weights, geometric, eigenvalue, index, ratio })
}

/// The judgements of several judges as one: geometric means, judgement by judgement.
///
/// ```
/// let (one, two) = (vec![vec![1.0, 2.0], vec![0.5, 1.0]], vec![vec![1.0, 8.0], vec![0.125, 1.0]]);
/// let both = zhiheng_methods::decision::ahp::combine(&[one, two]).unwrap();
/// assert!((both[0][1] - 4.0).abs() < 1e-12 && (both[1][0] - 0.25).abs() < 1e-12);
/// ```
pub fn combine(judges: &[Vec<Vec<f64>>]) -> Result<Vec<Vec<f64>>, Refusal> {
    at_least("judges", judges.len(), 1)?;
    let n = judges.first().map_or(0, Vec::len);
    for matrix in judges {
        same_length("judgements", matrix.len(), n)?;
        check(matrix)?;
    }
    let cell = |i: usize, j: usize| {
        libm::exp(sum(judges.iter().map(|matrix| libm::log(matrix[i][j]))) / judges.len() as f64)
    };
    Ok((0..n).map(|i| (0..n).map(|j| cell(i, j)).collect()).collect())
}

/// The eigenvector of the greatest eigenvalue of a positive matrix (Perron), from a start near it.
fn eigenvector(matrix: &[Vec<f64>], start: &[f64]) -> Result<(Vec<f64>, f64), Refusal> {
    const MOST_STEPS: usize = 10_000;
    let mut weights = start.to_vec();
    for _ in 0..MOST_STEPS {
        let product: Vec<f64> =
            matrix.iter().map(|row| sum(row.iter().zip(&weights).map(|(a, w)| a * w))).collect();
        let eigenvalue = sum(product.iter().copied());
        let next = to_one(product);
        let moved = next.iter().zip(&weights).map(|(a, b)| ((a - b) / a).abs()).fold(0.0, f64::max);
        weights = next;
        if moved <= 1e-14 {
            return Ok((weights, eigenvalue));
        }
    }
    Err(Refusal::NotConverged { what: "eigenvector", steps: MOST_STEPS })
}

fn to_one(raw: Vec<f64>) -> Vec<f64> {
    let total = sum(raw.iter().copied());
    raw.into_iter().map(|weight| weight / total).collect()
}

fn check(matrix: &[Vec<f64>]) -> Result<(), Refusal> {
    at_least("items", matrix.len(), 1)?;
    for row in matrix {
        same_length("row of judgements", row.len(), matrix.len())?;
        // far beyond any scale of judgement, but inside what can be multiplied
        if let Some(&value) = row.iter().find(|a| !(1e-9..=1e9).contains(*a)) {
            return Err(Refusal::OutOfRange { what: "judgement", value, allowed: "[1e-9, 1e9]" });
        }
    }
    for (i, row) in matrix.iter().enumerate() {
        for (j, a) in row.iter().enumerate() {
            let off = (a * matrix[j][i] - 1.0).abs();
            if off > 0.0101 || (i == j && *a != 1.0) {
                let what = format!("judgements {i}, {j} and {j}, {i} are not reciprocal");
                return Err(Refusal::Contradiction { what });
            }
        }
    }
    Ok(())
}

fn random_index(n: usize, random: RandomIndex) -> Option<f64> {
    const SAATY: [f64; 13] = [0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];
    const TUMMALA_LING: [f64; 13] = [
        0.5799, 0.8921, 1.1159, 1.2358, 1.3322, 1.3952, 1.4537, 1.4882, 1.5117, 1.5356, 1.5571, 1.5714,
        1.5831,
    ];
    let table = match random {
        RandomIndex::Saaty => SAATY,
        RandomIndex::TummalaLing => TUMMALA_LING,
    };
    table.get(n.checked_sub(3)?).copied()
}
