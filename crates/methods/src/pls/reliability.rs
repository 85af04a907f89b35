//! Do the items of a construct belong together?
//!
//! **What it answers.** May the answers to these questions be put into one score, and how exact is it?
//!
//! **Formula.** Cronbach's alpha of standardised items, `k r̄ / (1 + (k − 1) r̄)`; composite reliability
//! `ρ_c = (Σλ)² / ((Σλ)² + Σ(1 − λ²))`; `ρ_A` of the weighted score; average variance extracted `Σλ² / k`.
//! Eigenvalues of the items' correlations: one above 1 says one dimension.
//!
//! **Source.** Cronbach (1951), *Psychometrika* 16:297–334; Dillon and Goldstein (1984), *Multivariate
//! Analysis*, page 480; Dijkstra and Henseler (2015), *MIS Quarterly* 39:297–316; Fornell and Larcker (1981),
//! *Journal of Marketing Research* 18:39–50.
//!
//! **When not to use it.** In mode B items need not agree: look at their VIF. Usual demands: 0.7 for the
//! reliabilities, 0.5 for AVE.

use nalgebra::DMatrix;

use super::fit::Fit;

/// Reliability of one construct; all 1 for a single item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    /// Cronbach's alpha of standardised items.
    pub alpha: f64,
    /// Composite reliability ρ_c (Dillon–Goldstein), from the model's loadings.
    pub rho_c: f64,
    /// Reliability ρ_A of the score; 1 in mode B.
    pub rho_a: f64,
    /// Average variance extracted.
    pub ave: f64,
}

/// Whether a construct's items have one dimension.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dimension {
    /// ρ_c from the loadings on the first principal component.
    pub rho_c: f64,
    /// Greatest eigenvalue of the items' correlations.
    pub first: f64,
    /// Second greatest; `None` for a single item.
    pub second: Option<f64>,
}

/// Reliabilities, one per construct.
pub fn reliability(it: &Fit) -> Vec<Reliability> {
    (0..it.k())
        .map(|block| {
            let range = it.model.items(block);
            if range.len() == 1 {
                return Reliability { alpha: 1.0, rho_c: 1.0, rho_a: 1.0, ave: 1.0 };
            }
            let count = range.len() as f64;
            let whole: f64 =
                range.clone().flat_map(|i| range.clone().map(move |j| it.item_correlation(i, j))).sum();
            let loadings = &it.loadings[range];
            let squares: f64 = loadings.iter().map(|loading| loading * loading).sum();
            Reliability {
                alpha: count / (count - 1.0) * (1.0 - count / whole),
                rho_c: composite(loadings),
                rho_a: it.rho_a[block],
                ave: squares / count,
            }
        })
        .collect()
}

/// Dimensions, one per construct.
pub fn dimension(it: &Fit) -> Vec<Dimension> {
    (0..it.k())
        .map(|block| {
            let range = it.model.items(block);
            let first_item = range.start;
            let matrix = DMatrix::from_fn(range.len(), range.len(), |i, j| {
                it.item_correlation(first_item + i, first_item + j)
            });
            let eigen = matrix.symmetric_eigen();
            let mut order: Vec<usize> = (0..range.len()).collect();
            order.sort_by(|&a, &b| eigen.eigenvalues[b].total_cmp(&eigen.eigenvalues[a]));
            let top = order[0];
            let first = eigen.eigenvalues[top];
            let loadings: Vec<f64> =
                eigen.eigenvectors.column(top).iter().map(|part| part * first.max(0.0).sqrt()).collect();
            let second = order.get(1).map(|&at| eigen.eigenvalues[at]);
            Dimension { rho_c: composite(&loadings), first, second }
        })
        .collect()
}

fn composite(loadings: &[f64]) -> f64 {
    let sum: f64 = loadings.iter().sum();
    let rest: f64 = loadings.iter().map(|loading| 1.0 - loading * loading).sum();
    sum * sum / (sum * sum + rest)
}
