//! Gauss–Legendre nodes and weights, and small systems of equations, the same bits on every machine.
//!
//! Source: Abramowitz and Stegun 25.4.29; the roots of the Legendre polynomial by Newton's method from `cos(π
//! (i − 1/4)/(n + 1/2))`, 22.16.6. Elimination with partial pivoting: Golub and Van Loan, *Matrix
//! Computations* (4th ed., 2013), 3.4. It stands here because a library may choose its instructions by the
//! machine.

/// `n` nodes with their weights for the integral over `[low, high]`, rising.
pub(super) fn legendre(n: usize, low: f64, high: f64) -> Vec<(f64, f64)> {
    let (middle, half) = (0.5 * (low + high), 0.5 * (high - low));
    (1..=n)
        .map(|i| {
            let start = libm::cos(std::f64::consts::PI * (i as f64 - 0.25) / (n as f64 + 0.5));
            let mut x = start;
            let mut slope = 1.0;
            for _ in 0..100 {
                let (value, derivative) = polynomial(n, x);
                slope = derivative;
                let step = value / derivative;
                x -= step;
                if step.abs() < 1e-15 {
                    break;
                }
            }
            (middle - half * x, half * 2.0 / ((1.0 - x * x) * slope * slope))
        })
        .collect()
}

/// The Legendre polynomial of degree `n` and its derivative.
fn polynomial(n: usize, x: f64) -> (f64, f64) {
    let (mut before, mut here) = (1.0, x);
    for k in 2..=n {
        let k = k as f64;
        (before, here) = (here, ((2.0 * k - 1.0) * x * here - (k - 1.0) * before) / k);
    }
    if n == 0 {
        return (1.0, 0.0);
    }
    (here, n as f64 * (x * here - before) / (x * x - 1.0))
}

/// Solves `rows · x = right`; `None` if the matrix is singular.
pub(super) fn solve(mut rows: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let n = right.len();
    for column in 0..n {
        let size = |row: usize, rows: &[Vec<f64>]| {
            rows.get(row).and_then(|row| row.get(column)).map_or(0.0, |it| it.abs())
        };
        let mut best = column;
        for row in column + 1..n {
            if size(row, &rows) > size(best, &rows) {
                best = row;
            }
        }
        if size(best, &rows) == 0.0 || !size(best, &rows).is_finite() {
            return None;
        }
        rows.swap(column, best);
        right.swap(column, best);
        let (above, below) = rows.split_at_mut(column + 1);
        let pivot = above.last()?;
        let head = *right.get(column)?;
        for (row, value) in below.iter_mut().zip(right.iter_mut().skip(column + 1)) {
            let factor = row.get(column)? / pivot.get(column)?;
            if factor != 0.0 {
                for (cell, above) in row.iter_mut().zip(pivot).skip(column) {
                    *cell -= factor * above;
                }
                *value -= factor * head;
            }
        }
    }
    for row in (0..n).rev() {
        let cells = rows.get(row)?;
        let known: f64 = cells.iter().zip(&right).skip(row + 1).map(|(cell, x)| cell * x).sum();
        let value = (right.get(row)? - known) / cells.get(row)?;
        *right.get_mut(row)? = value;
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::{legendre, solve};

    #[test]
    fn a_system_is_solved() {
        let rows = vec![vec![0.0, 2.0, 1.0], vec![1.0, -2.0, -3.0], vec![-1.0, 1.0, 2.0]];
        let x = solve(rows, vec![-8.0, 0.0, 3.0]).unwrap();
        for (found, expected) in x.iter().zip([-4.0, -5.0, 2.0]) {
            assert!((found - expected).abs() < 1e-14);
        }
        assert!(solve(vec![vec![1.0, 2.0], vec![2.0, 4.0]], vec![1.0, 2.0]).is_none());
    }

    #[test]
    fn polynomials_are_exact() {
        for n in [1, 2, 5, 20, 101] {
            let nodes = legendre(n, 0.0, 2.0);
            for degree in 0..(2 * n).min(30) {
                let found: f64 = nodes.iter().map(|(x, w)| w * x.powi(degree as i32)).sum();
                let expected = 2.0_f64.powi(degree as i32 + 1) / (degree as f64 + 1.0);
                assert!((found / expected - 1.0).abs() < 1e-12, "{n} {degree} {found} {expected}");
            }
        }
    }
}
