//! Sums in a fixed order with compensation (Neumaier), so that the answer depends neither on threads nor on
//! the size of the first terms.
//!
//! Source: Neumaier, A. (1974), *Zeitschrift für Angewandte Mathematik und Mechanik* 54:39–51.

/// A running sum with its lost digits.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    pub(crate) fn add(&mut self, value: f64) {
        let total = self.total + value;
        self.lost += if self.total.abs() >= value.abs() {
            (self.total - total) + value
        } else {
            (value - total) + self.total
        };
        self.total = total;
    }

    pub(crate) fn value(self) -> f64 {
        // Once a sum is infinite the lost part is NaN and has nothing to say.
        if self.total.is_finite() { self.total + self.lost } else { self.total }
    }
}

/// The sum of `values`.
pub(crate) fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut all = Sum::default();
    for value in values {
        all.add(value);
    }
    all.value()
}

/// The arithmetic mean; NaN for no values.
pub(crate) fn mean(values: &[f64]) -> f64 {
    sum(values.iter().copied()) / values.len() as f64
}

/// The variance with divisor `n - 1`; NaN for fewer than two values.
pub(crate) fn variance(values: &[f64]) -> f64 {
    let centre = mean(values);
    sum(values.iter().map(|value| (value - centre) * (value - centre))) / (values.len() as f64 - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_terms_survive_large_ones() {
        assert_eq!(sum([1.0, 1e100, 1.0, -1e100]), 2.0);
        assert_eq!(sum([f64::MAX, f64::MAX]), f64::INFINITY);
        assert_eq!(sum([]), 0.0);
    }

    #[test]
    fn variance_of_far_away_values() {
        assert_eq!(variance(&[1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0]), 30.0);
        assert!(variance(&[1.0]).is_nan());
    }
}
