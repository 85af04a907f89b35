//! Correction of common factors for the unreliability of their scores (consistent PLS).
//!
//! Source: Dijkstra and Henseler (2015), *MIS Quarterly* 39:297–316, equations 2–6.

use nalgebra::DMatrix;

use crate::refusal::Refusal;

use super::fit::Fit;
use super::model::{Mode, Model};

/// Reliability ρ_A of every construct's score: `(w′w)² · w′(S − diag S)w / w′(ww′ − diag ww′)w`. It is 1 in mode B
/// and for single items.
pub(super) fn rho_a(model: &Model, correlations: &[f64], weights: &[f64]) -> Vec<f64> {
    let p = weights.len();
    let of = |block: usize| {
        let range = model.items(block);
        if range.len() == 1 || model.blocks()[block].mode == Mode::B {
            return 1.0;
        }
        let (mut squares, mut fourths, mut shared) = (0.0, 0.0, 0.0);
        for i in range.clone() {
            let square = weights[i] * weights[i];
            squares += square;
            fourths += square * square;
            for j in range.clone().filter(|&j| j != i) {
                shared += weights[i] * weights[j] * correlations[i * p + j];
            }
        }
        squares * squares * shared / (squares * squares - fourths)
    };
    (0..model.blocks().len()).map(of).collect()
}

/// Correlations among constructs: those among scores, divided by the roots of both reliabilities where corrected.
pub(super) fn correlations(it: &Fit) -> Result<DMatrix<f64>, Refusal> {
    let mut roots = Vec::with_capacity(it.k());
    for block in 0..it.k() {
        let rho = if it.is_corrected(block) { it.rho_a[block] } else { 1.0 };
        if !(rho.is_finite() && rho > 1e-12) {
            let name = &it.model.blocks()[block].name;
            let what =
                format!("{name} has no positive reliability (ρ_A = {rho:.3}), so nothing can be corrected");
            return Err(Refusal::Contradiction { what });
        }
        roots.push(rho.sqrt());
    }
    Ok(DMatrix::from_fn(it.k(), it.k(), |i, j| {
        if i == j { 1.0 } else { it.score_correlations[(i, j)] / (roots[i] * roots[j]) }
    }))
}

/// Replaces the loadings of common factors: proportional to the weights, `w √ρ_A / w′w`.
pub(super) fn load(it: &mut Fit) {
    for block in 0..it.k() {
        let range = it.model.items(block);
        if it.model.blocks()[block].mode != Mode::Factor {
            continue;
        }
        let squares: f64 = range.clone().map(|item| it.weights[item] * it.weights[item]).sum();
        let scale = it.rho_a[block].sqrt() / squares;
        for item in range {
            it.loadings[item] = it.weights[item] * scale;
        }
    }
}
