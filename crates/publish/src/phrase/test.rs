//! Whether two rates differ.

use rust_decimal::prelude::ToPrimitive;
use zhiheng_measure::{Flag, Measure};
use zhiheng_methods::two_samples::{fisher, newcombe, score};

/// Level at which a difference is said to be there: 5 %.
pub const SIGNIFICANCE: f64 = 0.05;

/// Smallest expected count for which the score test is used.
const EXPECTED_MIN: f64 = 5.0;

/// What a comparison of two rates found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tested {
    /// First rate minus second, in percentage points.
    pub points: f64,
    /// 95 % interval of the difference in points (Newcombe).
    pub limits: Option<(f64, f64)>,
    /// Two-sided p-value.
    pub p_value: f64,
    /// Whether Fisher's exact test stood in for the score test.
    pub exact: bool,
}

impl Tested {
    /// True if the difference is carried at 5 %.
    pub fn carried(&self) -> bool {
        self.p_value < SIGNIFICANCE
    }
}

/// Compares `top` of `bottom` with another pair. `None` without data.
pub fn two_rates(first: (u64, u64), second: (u64, u64)) -> Option<Tested> {
    let ((x1, n1), (x2, n2)) = (first, second);
    let found = score(x1, n1, x2, n2, 0.95)?;
    let (n1f, n2f) = (n1 as f64, n2 as f64);
    let pooled = (x1 as f64 + x2 as f64) / (n1f + n2f);
    let expected = n1f.min(n2f) * pooled.min(1.0 - pooled);
    let exact = if expected < EXPECTED_MIN { fisher(x1, n1, x2, n2, 0.95) } else { None };
    Some(Tested {
        points: 100.0 * found.difference,
        limits: newcombe(x1, n1, x2, n2, 0.95).map(|it| (100.0 * it.low, 100.0 * it.high)),
        p_value: exact.as_ref().map_or(found.p_value, |exact| exact.p_value),
        exact: exact.is_some(),
    })
}

/// The parts of a measured rate as counts; `None` for weighted rates, figures handed in, and suppressed or
/// missing values.
pub fn counts(measure: &Measure) -> Option<(u64, u64)> {
    if measure.flags.iter().any(|flag| matches!(flag, Flag::Suppressed | Flag::Published)) {
        return None;
    }
    let (top, bottom) = (measure.top?, measure.bottom?);
    if !top.fract().is_zero() || !bottom.fract().is_zero() || bottom.is_zero() {
        return None;
    }
    let (top, bottom) = (top.to_u64()?, bottom.to_u64()?);
    (top <= bottom).then_some((top, bottom))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_hundred_batches_do_not_carry_two_point_eight_points() {
        let found = two_rates((263, 300), (254, 300)).unwrap();
        assert!(!found.carried() && !found.exact);
        assert!(found.limits.is_some_and(|(low, high)| low < 0.0 && high > 0.0));
        assert!(two_rates((2628, 3000), (2544, 3000)).unwrap().carried());
    }

    #[test]
    fn few_cases_are_tested_exactly_and_no_cases_not_at_all() {
        assert!(two_rates((9, 10), (5, 10)).unwrap().exact);
        assert_eq!(two_rates((0, 0), (5, 10)), None);
        assert!(!two_rates((10, 10), (20, 20)).unwrap().carried());
    }
}
