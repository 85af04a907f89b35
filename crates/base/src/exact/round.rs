//! Rounding of decimals, and sums and products that refuse to lose a digit.

use rust_decimal::Decimal;

use super::Rounding;
use super::wide::{Fraction, signed};

impl Rounding {
    /// `value` with exactly `digits` places, rounded in one step.
    ///
    /// ```
    /// use zhiheng_base::{Decimal, exact::{Rounding, parse_decimal}};
    ///
    /// let value = parse_decimal("80.985")?;
    /// assert_eq!(Rounding::Gbt8170.round(value, 2).to_string(), "80.98");
    /// assert_eq!(Rounding::HalfUp.round(value, 2).to_string(), "80.99");
    /// assert_eq!(Rounding::HalfUp.round(Decimal::TWO, 1).to_string(), "2.0");
    /// # Ok::<(), zhiheng_base::Diagnostic>(())
    /// ```
    ///
    /// Where so many places cannot be held (28 digits in all) the value keeps the places it has.
    pub fn round(self, value: Decimal, digits: u32) -> Decimal {
        let digits = digits.min(Decimal::MAX_SCALE);
        let mut rounded = value.round_dp_with_strategy(digits, self.strategy());
        rounded.rescale(digits);
        if rounded.is_zero() {
            rounded.set_sign_positive(true);
        }
        rounded
    }

    /// The multiple of `interval` nearest to `value`: GB/T 8170 intervals of 10^n, and of 0.5 and 0.2 of them.
    ///
    /// `None` if `interval` is not positive or the result does not fit a decimal. In a tie, half-even looks at
    /// the count of intervals, as the standard does by doubling or multiplying by five.
    pub fn round_to(self, value: Decimal, interval: Decimal) -> Option<Decimal> {
        if interval <= Decimal::ZERO {
            return None;
        }
        let ratio = Fraction::new(value, interval)?;
        let count = signed(ratio.is_negative(), ratio.nearest(0, self)?, 0)?;
        exact_mul(count, interval)
    }

    fn strategy(self) -> rust_decimal::RoundingStrategy {
        match self {
            Rounding::Gbt8170 => rust_decimal::RoundingStrategy::MidpointNearestEven,
            Rounding::HalfUp => rust_decimal::RoundingStrategy::MidpointAwayFromZero,
        }
    }
}

/// The sum, or `None` if no decimal holds it exactly (the plain operator would round).
pub fn exact_add(left: Decimal, right: Decimal) -> Option<Decimal> {
    let (left, right) = (left.normalize(), right.normalize());
    let scale = left.scale().max(right.scale());
    let aligned = |value: Decimal| value.mantissa().checked_mul(10_i128.checked_pow(scale - value.scale())?);
    held(aligned(left)?.checked_add(aligned(right)?)?, scale)
}

/// The product, or `None` if no decimal holds it exactly (the plain operator would round).
pub fn exact_mul(left: Decimal, right: Decimal) -> Option<Decimal> {
    let (left, right) = (left.normalize(), right.normalize());
    held(left.mantissa().checked_mul(right.mantissa())?, left.scale() + right.scale())
}

/// `count` units of 10^-`scale`, with trailing zeros dropped as far as needed to fit.
fn held(mut count: i128, mut scale: u32) -> Option<Decimal> {
    loop {
        if let Ok(decimal) = Decimal::try_from_i128_with_scale(count, scale) {
            return Some(decimal);
        }
        if scale == 0 || count % 10 != 0 {
            return None;
        }
        count /= 10;
        scale -= 1;
    }
}
