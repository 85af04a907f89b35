//! Newton's method on the logarithm of a tail probability.
//!
//! Every quantile here is the root of `tail(t) = target`, where `t` is chosen (a logit, a logarithm, a
//! log odds ratio) so that the distribution is log-concave in `t`. Then `ln tail` is monotone and concave:
//! a Newton step never passes the root from its flat side, and one step from the other side lands there.
//! A bound on the step and the bracket of values seen keep the walk out of underflow.

/// Where to start, how far to step at most, and in which unit the root has spread.
pub(crate) struct Climb {
    /// First value of `t`.
    pub(crate) start: f64,
    /// A standard deviation of the distribution in `t`: the scale of steps and of convergence.
    pub(crate) scale: f64,
    /// Whether the tail probability grows with `t`.
    pub(crate) rising: bool,
}

impl Climb {
    /// The `t` at which the tail is `target`; `tail` returns the probability and `|d tail / dt|`.
    pub(crate) fn solve(&self, target: f64, mut tail: impl FnMut(f64) -> (f64, f64)) -> f64 {
        let step_max = 6.0 * self.scale;
        let side = if self.rising { 1.0 } else { -1.0 };
        // The ends already seen to be too low and too high, in the direction in which the tail grows.
        let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
        let mut t = side * self.start;
        for _ in 0..500 {
            let (value, slope) = tail(side * t);
            if value.is_nan() || slope.is_nan() {
                return f64::NAN;
            }
            if value < target {
                low = t;
            } else {
                high = t;
            }
            let step = if value <= 0.0 {
                step_max
            } else if slope <= 0.0 {
                -step_max
            } else {
                // ln(target / value) · value / slope, without rounding the ratio near 1
                let log_ratio = libm::log1p((target - value) / value);
                (log_ratio * value / slope).clamp(-step_max, step_max)
            };
            // Convergence is quadratic in units of the scale: the error left is about the square of this.
            // With the narrowest distributions `t` itself has no further digits before that.
            if step.abs() <= 1e-8 * self.scale.min(1.0) || step.abs() <= 2.0 * f64::EPSILON * t.abs() {
                t += step;
                break;
            }
            t = if t + step > low && t + step < high { t + step } else { f64::midpoint(low, high) };
        }
        side * t
    }
}

#[cfg(test)]
mod tests {
    use super::Climb;

    #[test]
    fn finds_a_rising_and_a_falling_root_from_far_away() {
        // a logistic distribution: tail 1/(1 + e^-t), slope p(1 - p)
        let p = |t: f64| 1.0 / (1.0 + libm::exp(-t));
        for start in [-30.0, -1.0, 0.0, 2.0, 25.0] {
            let up = Climb { start, scale: 1.8, rising: true }.solve(0.025, |t| (p(t), p(t) * p(-t)));
            assert!((up + 3.663_561_646_129_646).abs() < 1e-14, "{start} {up}");
            let down = Climb { start, scale: 1.8, rising: false }.solve(0.025, |t| (p(-t), p(t) * p(-t)));
            assert!((down - 3.663_561_646_129_646).abs() < 1e-14, "{start} {down}");
        }
    }
}
