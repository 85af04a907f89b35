//! Eigenvalues of small symmetric matrices, and principal components.
//!
//! **What it answers.** Along which combinations of indicators do the units differ most, and how much of all differences
//! do these carry?
//!
//! **Formula.** Rotations in the plane of two coordinates remove the elements off the diagonal one after the other, round
//! after round, until they are below rounding. Principal components are the eigenvectors of the correlation matrix, each
//! turned so that its elements have a sum that is not negative.
//!
//! **Source.** Jacobi (1846), *Journal für die reine und angewandte Mathematik* 30:51–94; Golub and Van Loan (2013),
//! *Matrix Computations*, 4th ed., section 8.5; Jolliffe (2002), *Principal Component Analysis*, 2nd ed., chapter 2.
//!
//! **When not to use it.** As weights without a look at the signs: a component is what varies together, not what is good.

use nalgebra::DMatrix;

use super::check_criteria;
use super::weights::correlation;
use crate::refusal::Refusal;

/// Eigenvalues in descending order with their vectors of length 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Components {
    /// Variance along each component; for correlations they sum to the number of indicators.
    pub variances: Vec<f64>,
    /// `vectors[k][j]` is the share of indicator `j` in component `k`.
    pub vectors: Vec<Vec<f64>>,
}

/// Principal components of indicators (each as long as there are units) by their correlations.
///
/// Refuses missing values and indicators that do not vary.
///
/// ```
/// let columns = [vec![1.0, 2.0, 3.0], vec![2.0, 4.0, 6.0]];
/// let it = zhiheng_methods::decision::eigen::principal_components(&columns).unwrap();
/// assert!((it.variances[0] - 2.0).abs() < 1e-12 && (it.vectors[0][0] - 0.5_f64.sqrt()).abs() < 1e-12);
/// ```
pub fn principal_components(columns: &[Vec<f64>]) -> Result<Components, Refusal> {
    check_criteria(columns)?;
    let width = columns.len();
    let mut correlations = DMatrix::identity(width, width);
    for j in 0..width {
        // an indicator against itself tells whether it varies
        correlation(&columns[j], &columns[j])
            .ok_or_else(|| Refusal::NoVariation { what: format!("criterion {j}") })?;
        for k in 0..j {
            let r = correlation(&columns[j], &columns[k]).unwrap_or(0.0);
            correlations[(j, k)] = r;
            correlations[(k, j)] = r;
        }
    }
    symmetric(correlations)
}

/// Eigenvalues and vectors of a symmetric matrix.
pub(crate) fn symmetric(mut a: DMatrix<f64>) -> Result<Components, Refusal> {
    let n = a.nrows();
    let mut v = DMatrix::identity(n, n);
    let size = a.amax();
    for _ in 0..MOST_ROUNDS {
        let off = (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|at| a[at].abs()).fold(0.0, f64::max);
        if off <= f64::EPSILON * 1e-2 * size {
            return Ok(sorted(&a, &v));
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut a, &mut v, p, q);
            }
        }
    }
    Err(Refusal::NotConverged { what: "eigenvalues", steps: MOST_ROUNDS })
}

/// Convergence is quadratic: ten rounds are plenty for hundreds of coordinates.
const MOST_ROUNDS: usize = 60;

/// Turns coordinates `p` and `q` so that their element off the diagonal vanishes.
fn rotate(a: &mut DMatrix<f64>, v: &mut DMatrix<f64>, p: usize, q: usize) {
    let off = a[(p, q)];
    if off == 0.0 {
        return;
    }
    let theta = (a[(q, q)] - a[(p, p)]) / (2.0 * off);
    // the smaller of the two angles; for huge theta the square would overflow
    let t = if theta.abs() > 1e150 {
        0.5 / theta
    } else {
        theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt())
    };
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    let n = a.nrows();
    for k in 0..n {
        let (kp, kq) = (a[(k, p)], a[(k, q)]);
        a[(k, p)] = c * kp - s * kq;
        a[(k, q)] = s * kp + c * kq;
    }
    for k in 0..n {
        let (pk, qk) = (a[(p, k)], a[(q, k)]);
        a[(p, k)] = c * pk - s * qk;
        a[(q, k)] = s * pk + c * qk;
        let (vp, vq) = (v[(k, p)], v[(k, q)]);
        v[(k, p)] = c * vp - s * vq;
        v[(k, q)] = s * vp + c * vq;
    }
    (a[(p, q)], a[(q, p)]) = (0.0, 0.0);
}

fn sorted(a: &DMatrix<f64>, v: &DMatrix<f64>) -> Components {
    let mut order: Vec<usize> = (0..a.nrows()).collect();
    order.sort_by(|&i, &j| a[(j, j)].total_cmp(&a[(i, i)]));
    let vector = |&k: &usize| {
        let column: Vec<f64> = v.column(k).iter().copied().collect();
        let sign = if crate::sum::sum(column.iter().copied()) < 0.0 { -1.0 } else { 1.0 };
        column.into_iter().map(|x| sign * x).collect()
    };
    Components {
        variances: order.iter().map(|&k| a[(k, k)]).collect(),
        vectors: order.iter().map(vector).collect(),
    }
}
