//! Local regression at equally spaced positions, the smoother inside STL.
//!
//! Source: Cleveland, R. B., Cleveland, W. S., McRae and Terpenning (1990), *Journal of Official Statistics*
//! 6:3–73, section 2 (the smoother) and section 4.3 (values only at every `jump`-th position, lines between).

/// A smoother: `window` neighbours, a local constant or line, evaluated at every `jump`-th position.
#[derive(Debug, Clone, Copy)]
pub(super) struct Loess {
    pub(super) window: usize,
    pub(super) linear: bool,
    pub(super) jump: usize,
}

impl Loess {
    /// Smooths `y` into `out`; `given` are robustness weights, `room` is scratch as long as `y`.
    pub(super) fn smooth(self, y: &[f64], given: Option<&[f64]>, out: &mut [f64], room: &mut [f64]) {
        let n = y.len();
        if n < 2 {
            out.copy_from_slice(y);
            return;
        }
        let jump = self.jump.min(n - 1);
        let mut last = 0;
        for at in (0..n).step_by(jump) {
            let (left, right) = self.neighbours(at, n);
            out[at] = self.fit(y, given, at as f64, left, right, room).unwrap_or(y[at]);
            last = at;
        }
        if jump == 1 {
            return;
        }
        for left in (0..last).step_by(jump) {
            line(out, left, left + jump);
        }
        if last != n - 1 {
            // The end is fitted with the neighbours of the last position visited, as the authors do.
            let (left, right) = self.neighbours(last, n);
            out[n - 1] = self.fit(y, given, (n - 1) as f64, left, right, room).unwrap_or(y[n - 1]);
            line(out, last, n - 1);
        }
    }

    /// First and last of the `window` positions nearest to `at` among `n`.
    fn neighbours(self, at: usize, n: usize) -> (usize, usize) {
        if self.window >= n {
            return (0, n - 1);
        }
        let half = self.window.div_ceil(2);
        let left = (at + 1).saturating_sub(half).min(n - self.window);
        (left, left + self.window - 1)
    }

    /// The fit at position `x` (also just outside) from the values `left..=right`; `None` if all have weight 0.
    pub(super) fn fit(
        self,
        y: &[f64],
        given: Option<&[f64]>,
        x: f64,
        left: usize,
        right: usize,
        room: &mut [f64],
    ) -> Option<f64> {
        let n = y.len();
        let mut reach = (x - left as f64).max(right as f64 - x);
        // A window wider than the series reaches beyond it, so that its weights flatten.
        reach += ((self.window.max(n) - n) / 2) as f64;
        let (near, far) = (0.001 * reach, 0.999 * reach);
        let weights = &mut room[left..=right];
        let mut total = 0.0;
        for (j, weight) in weights.iter_mut().enumerate() {
            let distance = ((left + j) as f64 - x).abs();
            *weight = if distance > far {
                0.0
            } else if distance <= near {
                1.0
            } else {
                let share = distance / reach;
                let rest = 1.0 - share * share * share;
                rest * rest * rest
            };
            if let Some(given) = given {
                *weight *= given[left + j];
            }
            total += *weight;
        }
        if total <= 0.0 {
            return None;
        }
        for weight in weights.iter_mut() {
            *weight /= total;
        }
        if self.linear && reach > 0.0 {
            let place = |j: usize| (left + j) as f64;
            let centre: f64 = weights.iter().enumerate().map(|(j, weight)| weight * place(j)).sum();
            let spread: f64 =
                weights.iter().enumerate().map(|(j, weight)| weight * (place(j) - centre).powi(2)).sum();
            // Positions on one heap have no slope: the constant stays.
            if spread.sqrt() > 0.001 * (n - 1) as f64 {
                let slope = (x - centre) / spread;
                for (j, weight) in weights.iter_mut().enumerate() {
                    *weight *= slope * (place(j) - centre) + 1.0;
                }
            }
        }
        Some(weights.iter().zip(&y[left..=right]).map(|(weight, y)| weight * y).sum())
    }
}

/// A straight line between `out[left]` and `out[right]`.
fn line(out: &mut [f64], left: usize, right: usize) {
    let step = (out[right] - out[left]) / (right - left) as f64;
    for at in left + 1..right {
        out[at] = out[left] + step * (at - left) as f64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_a_line() {
        let y: Vec<f64> = (0..20).map(|i| 3.0 - 0.5 * f64::from(i)).collect();
        for (window, jump) in [(5, 1), (7, 3), (41, 4)] {
            let (mut out, mut room) = (vec![0.0; 20], vec![0.0; 20]);
            Loess { window, linear: true, jump }.smooth(&y, None, &mut out, &mut room);
            assert!(out.iter().zip(&y).all(|(a, b)| (a - b).abs() < 1e-12), "{window} {jump}");
        }
    }
}
