//! An orthonormal basis of columns, and what of a vector lies outside it.
//!
//! Modified Gram–Schmidt, twice. Source: Giraud, Langou and Rozložník (2005), *Computers and Mathematics
//! with Applications* 50:1069–1075: two passes are enough.

use crate::sum::sum;

/// A column counts as dependent on those before it when less than this share of its length is left.
const DEPENDENT: f64 = 1e-7;

/// Orthonormal columns `q` with `columns = q · r`.
#[derive(Debug)]
pub(crate) struct Basis {
    q: Vec<Vec<f64>>,
    /// By column, its coefficients on `q`; empty for dependent columns.
    r: Vec<Vec<f64>>,
}

impl Basis {
    pub(crate) fn of(columns: Vec<Vec<f64>>) -> Self {
        let mut basis = Basis { q: Vec::new(), r: Vec::new() };
        for mut column in columns {
            let length = norm(&column);
            let mut coefficients = vec![0.0; basis.q.len()];
            for _ in 0..2 {
                for (q, coefficient) in basis.q.iter().zip(&mut coefficients) {
                    *coefficient += take_out(q, &mut column);
                }
            }
            let left = norm(&column);
            if left > DEPENDENT * length {
                for value in &mut column {
                    *value /= left;
                }
                coefficients.push(left);
                basis.q.push(column);
                basis.r.push(coefficients);
            } else {
                basis.r.push(Vec::new());
            }
        }
        basis
    }

    /// Columns that do not depend on others.
    pub(crate) fn rank(&self) -> usize {
        self.q.len()
    }

    /// Takes the part of `vector` out that lies in the space of the columns.
    pub(crate) fn residual(&self, vector: &mut [f64]) {
        for _ in 0..2 {
            for q in &self.q {
                take_out(q, vector);
            }
        }
    }

    /// The coefficients of the columns nearest to `vector`; `None` when columns depend on each other.
    pub(crate) fn coefficients(&self, vector: &[f64]) -> Option<Vec<f64>> {
        if self.rank() < self.r.len() {
            return None;
        }
        let mut rest = vector.to_vec();
        let along = self.q.iter().map(|q| take_out(q, &mut rest)).collect();
        Some(self.back(along))
    }

    /// `(columnsᵀ columns)⁻¹` by columns; `None` when columns depend on each other.
    pub(crate) fn inverse_squares(&self) -> Option<Vec<Vec<f64>>> {
        let n = self.r.len();
        let unit = |j: usize| (0..n).map(|k| f64::from(u8::from(j == k))).collect::<Vec<f64>>();
        (0..n).map(|j| self.solve_squares(&unit(j))).collect()
    }

    /// The `t` with `(columnsᵀ columns) t = d`; `None` when columns depend on each other.
    pub(crate) fn solve_squares(&self, d: &[f64]) -> Option<Vec<f64>> {
        let n = self.r.len();
        if self.rank() < n {
            return None;
        }
        // rᵀ s = d forwards, then r t = s backwards; r[j] holds column j of the upper triangle
        let mut t = d.to_vec();
        for j in 0..n {
            for i in 0..j {
                t[j] -= self.r[j][i] * t[i];
            }
            t[j] /= self.r[j][j];
        }
        Some(self.back(t))
    }

    /// The `t` with `r t = s`, backwards.
    fn back(&self, mut t: Vec<f64>) -> Vec<f64> {
        for j in (0..t.len()).rev() {
            for k in j + 1..t.len() {
                t[j] -= self.r[k][j] * t[k];
            }
            t[j] /= self.r[j][j];
        }
        t
    }
}

fn norm(values: &[f64]) -> f64 {
    sum(values.iter().map(|value| value * value)).sqrt()
}

/// Takes out of `vector` its part along `q`, which has length 1; returns that part's length.
fn take_out(q: &[f64], vector: &mut [f64]) -> f64 {
    let along = sum(q.iter().zip(vector.iter()).map(|(q, value)| q * value));
    for (value, q) in vector.iter_mut().zip(q) {
        *value -= along * q;
    }
    along
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_four_points() {
        let columns = vec![vec![1.0; 4], vec![1.0, 2.0, 3.0, 4.0], vec![3.0, 4.0, 5.0, 6.0]];
        let all = Basis::of(columns.clone());
        assert_eq!((all.rank(), all.solve_squares(&[1.0, 1.0, 1.0])), (2, None));
        let two = Basis::of(columns[..2].to_vec());
        // Σ1 = 4, Σx = 10, Σx² = 30: 4a + 10b = 14, 10a + 30b = 40
        let t = two.solve_squares(&[14.0, 40.0]).unwrap();
        assert!((t[0] - 1.0).abs() < 1e-13 && (t[1] - 1.0).abs() < 1e-13, "{t:?}");
        let inverse = two.inverse_squares().unwrap();
        assert!((inverse[0][0] - 1.5).abs() < 1e-13 && (inverse[1][0] + 0.5).abs() < 1e-13, "{inverse:?}");
        let mut y = vec![2.0, 3.0, 4.0, 6.0];
        let line = two.coefficients(&y).unwrap();
        assert!((line[0] - 0.5).abs() < 1e-13 && (line[1] - 1.3).abs() < 1e-13, "{line:?}");
        two.residual(&mut y);
        for (found, expected) in y.iter().zip([0.2, -0.1, -0.4, 0.3]) {
            assert!((found - expected).abs() < 1e-14, "{y:?}");
        }
    }
}
