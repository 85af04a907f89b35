//! The nested-error regression: one intercept that varies between areas, fitted by (restricted) likelihood.
//!
//! With `λ = σ_u²/σ_e²` everything needed is `W + Σ_d n_d/(1 + λ n_d) z̄_d z̄_d'`, where `W` are the squares and
//! products of `z = (x, y)` within areas. So the likelihood of one variable is cheap however many units there are.
//! It is scanned for its greatest value, since it can have more than one peak, and solved for where its slope is 0.
//!
//! Source: Battese, Harter and Fuller (1988), *Journal of the American Statistical Association* 83:28–36; Pinheiro
//! and Bates (2000), *Mixed-Effects Models in S and S-PLUS*, section 2.2.

use std::f64::consts::TAU;

use nalgebra::{Cholesky, DMatrix, DVector, Dyn};

use super::unit_level::UnitMethod;
use crate::refusal::Refusal;
use crate::sum::Sum;

/// Units by area: sizes, means and products within areas of the columns and, last, of `y`.
pub(super) struct Products {
    pub(super) sizes: Vec<f64>,
    /// Mean of each area, columns then `y`.
    pub(super) means: Vec<DVector<f64>>,
    within: DMatrix<f64>,
    n: f64,
}

/// The fit.
pub(super) struct Fit {
    pub(super) beta: DVector<f64>,
    /// Covariance of `beta`.
    pub(super) covariance: DMatrix<f64>,
    pub(super) between: f64,
    pub(super) error: f64,
    pub(super) log_likelihood: f64,
    /// Predicted random effect of each area.
    pub(super) effects: Vec<f64>,
}

/// What the likelihood at one `λ` is made of.
struct At {
    beta: DVector<f64>,
    squares: Cholesky<f64, Dyn>,
    residual: f64,
    /// Minus twice the log-likelihood, without its constants.
    value: f64,
    slope: f64,
}

impl Products {
    /// From columns and `y` by unit, with the area of each unit below `n_areas`.
    pub(super) fn new(columns: &[Vec<f64>], y: &[f64], area: &[u32], n_areas: usize) -> Self {
        let p = columns.len() + 1;
        let value = |unit: usize, j: usize| if j + 1 < p { columns[j][unit] } else { y[unit] };
        let mut sizes = vec![0.0; n_areas];
        let mut sums = vec![vec![Sum::default(); p]; n_areas];
        for (unit, &area) in area.iter().enumerate() {
            sizes[area as usize] += 1.0;
            for (j, sum) in sums[area as usize].iter_mut().enumerate() {
                sum.add(value(unit, j));
            }
        }
        let means: Vec<DVector<f64>> = sums
            .iter()
            .zip(&sizes)
            .map(|(sums, size)| DVector::from_iterator(p, sums.iter().map(|sum| sum.value() / size)))
            .collect();
        let mut products = vec![Sum::default(); p * p];
        for (unit, &area) in area.iter().enumerate() {
            let mean = &means[area as usize];
            for j in 0..p {
                for k in 0..=j {
                    products[j * p + k].add((value(unit, j) - mean[j]) * (value(unit, k) - mean[k]));
                }
            }
        }
        let within = DMatrix::from_fn(p, p, |j, k| products[j.max(k) * p + j.min(k)].value());
        Self { sizes, means, within, n: y.len() as f64 }
    }

    fn at(&self, method: UnitMethod, lambda: f64) -> Result<At, Refusal> {
        let p = self.within.nrows() - 1;
        let mut all = self.within.clone();
        let mut slopes = DMatrix::zeros(p, p);
        for (size, mean) in self.sizes.iter().zip(&self.means) {
            let weight = size / (1.0 + lambda * size);
            all.ger(weight, mean, mean, 1.0);
            let x = mean.rows(0, p);
            slopes.ger(weight * weight, &x, &x, 1.0);
        }
        let squares = Cholesky::new(all.view((0, 0), (p, p)).into_owned());
        let squares = squares.ok_or(Refusal::Singular { what: "columns" })?;
        let beta = squares.solve(&all.view((0, p), (p, 1)).column(0).into_owned());
        let residual = self.residual(&beta, lambda);
        let logs = crate::sum::sum(self.sizes.iter().map(|size| libm::log1p(lambda * size)));
        let (mut pulled, mut spread) = (Sum::default(), Sum::default());
        for (size, mean) in self.sizes.iter().zip(&self.means) {
            let weight = size / (1.0 + lambda * size);
            let away = mean[p] - beta.dot(&mean.rows(0, p));
            pulled.add(weight * weight * away * away);
            spread.add(weight);
        }
        let freedom = self.freedom(method);
        let mut value = freedom * libm::log(residual) + logs;
        let mut slope = spread.value() - freedom * pulled.value() / residual;
        if method == UnitMethod::Reml {
            value += 2.0 * squares.l().diagonal().iter().map(|entry| libm::log(*entry)).sum::<f64>();
            slope -= squares.solve(&slopes).trace();
        }
        Ok(At { beta, squares, residual, value, slope })
    }

    /// Squares of the residuals, within areas and, less weighted, between them.
    fn residual(&self, beta: &DVector<f64>, lambda: f64) -> f64 {
        let p = beta.len();
        let turned = DVector::from_fn(p + 1, |j, _| if j < p { -beta[j] } else { 1.0 });
        let mut squares = Sum::default();
        squares.add((&self.within * &turned).dot(&turned).max(0.0));
        for (size, mean) in self.sizes.iter().zip(&self.means) {
            let away = mean.dot(&turned);
            squares.add(size / (1.0 + lambda * size) * away * away);
        }
        squares.value()
    }

    fn freedom(&self, method: UnitMethod) -> f64 {
        if method == UnitMethod::Reml { self.n - (self.within.nrows() - 1) as f64 } else { self.n }
    }

    /// The fit where the likelihood is greatest.
    pub(super) fn fit(&self, method: UnitMethod) -> Result<Fit, Refusal> {
        let lambda = self.ratio(method)?;
        let at = self.at(method, lambda)?;
        let freedom = self.freedom(method);
        let error = at.residual / freedom;
        let constants = freedom * (libm::log(TAU) + 1.0 - libm::log(freedom));
        let p = at.beta.len();
        let effects = self
            .sizes
            .iter()
            .zip(&self.means)
            .map(|(size, mean)| {
                let away = mean[p] - at.beta.dot(&mean.rows(0, p));
                lambda * size / (1.0 + lambda * size) * away
            })
            .collect();
        Ok(Fit {
            covariance: at.squares.inverse() * error,
            beta: at.beta,
            between: lambda * error,
            error,
            log_likelihood: -0.5 * (at.value + constants),
            effects,
        })
    }

    /// `σ_u²/σ_e²` where the likelihood is greatest.
    fn ratio(&self, method: UnitMethod) -> Result<f64, Refusal> {
        let zero = self.at(method, 0.0)?;
        let scale = self.within[(self.within.nrows() - 1, self.within.nrows() - 1)];
        if scale <= 0.0 || zero.residual <= 0.0 {
            return Err(Refusal::NoVariation { what: "y within areas".to_owned() });
        }
        // Ratios from 1e-8 to 1e10, five for each power of ten.
        let grid: Vec<f64> =
            std::iter::once(0.0).chain((-40..=50).map(|k| libm::exp10(f64::from(k) / 5.0))).collect();
        let mut best = (0, zero.value);
        for (k, &lambda) in grid.iter().enumerate().skip(1) {
            let value = self.at(method, lambda)?.value;
            if value < best.1 {
                best = (k, value);
            }
        }
        if best.0 + 1 == grid.len() || best.1.is_nan() {
            return Err(Refusal::NoVariation { what: "y within areas".to_owned() });
        }
        if best.0 == 0 && zero.slope >= 0.0 {
            return Ok(0.0);
        }
        // Bisection for the change of sign of the slope, which rises through 0 at the peak.
        let (mut low, mut high) = (grid[best.0.saturating_sub(1)], grid[best.0 + 1]);
        for _ in 0..200 {
            let middle = f64::midpoint(low, high);
            if middle <= low || middle >= high {
                break;
            }
            if self.at(method, middle)?.slope < 0.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
        Ok(high)
    }
}
