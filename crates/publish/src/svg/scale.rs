//! Axes: round steps, and from values to places.

/// A linear axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    /// Place of `low`.
    pub(super) from: f64,
    /// Place of `high`.
    pub(super) to: f64,
    pub(super) ticks: Vec<f64>,
    digits: u32,
}

impl Scale {
    /// An axis over `values` with about `n` steps of 1, 2 or 5 times a power of ten. `floor` and `ceiling` are
    /// the ends beyond which no value lies (0 and 100 for per cent).
    pub(super) fn over(values: &[f64], n: usize, floor: Option<f64>, ceiling: Option<f64>) -> Scale {
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        let mut low = finite().fold(f64::INFINITY, f64::min);
        let mut high = finite().fold(f64::NEG_INFINITY, f64::max);
        if low > high {
            (low, high) = (0.0, 1.0);
        }
        if high - low <= f64::EPSILON * high.abs().max(1.0) {
            let margin = (high.abs() * 0.05).max(0.5);
            (low, high) = (low - margin, high + margin);
        }
        let (step, digits) = step((high - low) / n.max(1) as f64);
        low = floor.map_or(low, |floor| low.max(floor));
        high = ceiling.map_or(high, |ceiling| high.min(ceiling));
        let first = (low / step + 1e-9).floor() * step;
        let last = (high / step - 1e-9).ceil() * step;
        let first = floor.map_or(first, |floor| first.max(floor));
        let last = ceiling.map_or(last, |ceiling| last.min(ceiling)).max(first + step);
        let count = ((last - first) / step).round() as usize;
        let ticks = (0..=count).map(|i| first + step * i as f64).collect();
        Scale { low: first, high: last, from: 0.0, to: 1.0, ticks, digits }
    }

    /// The same axis between two places.
    pub(super) fn between(self, from: f64, to: f64) -> Scale {
        Scale { from, to, ..self }
    }

    /// The place of `value`.
    pub(super) fn at(&self, value: f64) -> f64 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0);
        self.from + share * (self.to - self.from)
    }

    /// A tick as printed.
    pub(super) fn label(&self, tick: f64) -> String {
        crate::phrase::fixed(tick, self.digits)
    }
}

/// The round step at or above `raw`, and the decimals it needs.
fn step(raw: f64) -> (f64, u32) {
    let mut unit = 1.0;
    let mut digits = 0;
    while unit > raw && digits < 9 {
        unit /= 10.0;
        digits += 1;
    }
    while unit * 10.0 <= raw {
        unit *= 10.0;
    }
    for times in [1.0, 2.0, 5.0] {
        if unit * times >= raw * (1.0 - 1e-9) {
            return (unit * times, digits);
        }
    }
    (unit * 10.0, digits.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round() {
        let steps = [0.7, 1.0, 3.0, 6.0, 24.0, 0.013].map(|raw| crate::phrase::fixed(step(raw).0, 2));
        assert_eq!(steps, ["1.00", "1.00", "5.00", "10.00", "50.00", "0.02"]);
        let scale = Scale::over(&[84.1, 87.5], 5, Some(0.0), Some(100.0));
        assert_eq!((scale.low, scale.high), (84.0, 88.0));
        assert_eq!(
            scale.ticks.iter().map(|tick| scale.label(*tick)).collect::<Vec<_>>(),
            ["84", "85", "86", "87", "88"]
        );
    }

    #[test]
    fn one_value_and_none_have_an_axis_too() {
        let one = Scale::over(&[100.0], 5, Some(0.0), Some(100.0));
        assert!(one.low < 100.0 && one.high >= 100.0);
        let none = Scale::over(&[], 5, None, None);
        assert!(none.low < none.high && !none.ticks.is_empty());
    }
}
