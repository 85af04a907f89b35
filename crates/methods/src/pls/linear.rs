//! Small symmetric systems on flat storage, without allocation: they are solved millions of times.

/// Replaces the lower triangle of the `n × n` matrix `a` by its Cholesky factor; `false` if a pivot falls below
/// 1e-12 of its diagonal (then some row depends on the others).
pub(super) fn factor(a: &mut [f64], n: usize) -> bool {
    for j in 0..n {
        let whole = a[j * n + j];
        let mut pivot = whole;
        for k in 0..j {
            pivot -= a[j * n + k] * a[j * n + k];
        }
        if pivot.is_nan() || pivot <= 1e-12 * whole.abs() {
            return false;
        }
        let root = pivot.sqrt();
        a[j * n + j] = root;
        for i in j + 1..n {
            let mut value = a[i * n + j];
            for k in 0..j {
                value -= a[i * n + k] * a[j * n + k];
            }
            a[i * n + j] = value / root;
        }
    }
    true
}

/// Solves with a factor from [`factor`], in place.
pub(super) fn solve(factor: &[f64], n: usize, b: &mut [f64]) {
    for i in 0..n {
        for k in 0..i {
            b[i] -= factor[i * n + k] * b[k];
        }
        b[i] /= factor[i * n + i];
    }
    for i in (0..n).rev() {
        for k in i + 1..n {
            b[i] -= factor[k * n + i] * b[k];
        }
        b[i] /= factor[i * n + i];
    }
}

/// Solves the symmetric, not necessarily definite system `a x = b` by elimination with pivots; `false` if it has no
/// single solution. For correlations corrected for unreliability, which need not be those of anything.
pub(super) fn solve_any(a: &[f64], n: usize, b: &mut [f64]) -> bool {
    let matrix = nalgebra::DMatrix::from_row_slice(n, n, a);
    let lu = matrix.lu();
    let smallest = (0..n).map(|i| lu.u()[(i, i)].abs()).fold(f64::INFINITY, f64::min);
    if smallest <= 1e-12 {
        return false;
    }
    match lu.solve(&nalgebra::DVector::from_column_slice(b)) {
        Some(x) if x.iter().all(|value| value.is_finite()) => {
            b.copy_from_slice(x.as_slice());
            true
        }
        _ => false,
    }
}
