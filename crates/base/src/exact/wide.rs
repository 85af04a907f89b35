//! Unsigned 512-bit integers, and rounding of their quotients.
//!
//! Why: a `Decimal` has 96 bits and 28 places; the difference of two rates has a numerator of up to
//! 380 bits, and 100 more for the digits to print. With 512 bits nothing is ever cut before the one
//! rounding step.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::Rounding;

const LIMBS: usize = 16;

/// An unsigned integer of 512 bits, lowest limb first. Arithmetic answers `None` on overflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wide([u32; LIMBS]);

impl Wide {
    pub(super) const ZERO: Wide = Wide([0; LIMBS]);

    pub(super) fn new(value: u128) -> Wide {
        let mut limbs = [0; LIMBS];
        for (place, limb) in limbs.iter_mut().take(4).enumerate() {
            *limb = (value >> (32 * place)) as u32;
        }
        Wide(limbs)
    }

    /// The value, if 128 bits hold it.
    pub(super) fn to_u128(self) -> Option<u128> {
        if self.0[4..].iter().any(|&limb| limb != 0) {
            return None;
        }
        Some((0..4).map(|place| u128::from(self.0[place]) << (32 * place)).sum())
    }

    pub(super) fn is_zero(self) -> bool {
        self == Wide::ZERO
    }

    pub(super) fn add(self, other: Wide) -> Option<Wide> {
        let mut sum = Wide::ZERO;
        let mut carry = 0;
        for place in 0..LIMBS {
            let total = u64::from(self.0[place]) + u64::from(other.0[place]) + carry;
            sum.0[place] = total as u32;
            carry = total >> 32;
        }
        (carry == 0).then_some(sum)
    }

    /// `self - other`; `None` if `other` is greater.
    pub(super) fn sub(self, other: Wide) -> Option<Wide> {
        let mut difference = Wide::ZERO;
        let mut borrow = 0;
        for place in 0..LIMBS {
            let total = i64::from(self.0[place]) - i64::from(other.0[place]) - borrow;
            difference.0[place] = total as u32;
            borrow = i64::from(total < 0);
        }
        (borrow == 0).then_some(difference)
    }

    pub(super) fn mul(self, other: Wide) -> Option<Wide> {
        let mut product = Wide::ZERO;
        for (shift, &factor) in other.0.iter().enumerate().filter(|(_, factor)| **factor != 0) {
            let mut carry = 0;
            for (place, &limb) in self.0.iter().enumerate() {
                let Some(target) = product.0.get_mut(place + shift) else {
                    if limb != 0 || carry != 0 {
                        return None;
                    }
                    continue;
                };
                let total = u64::from(limb) * u64::from(factor) + u64::from(*target) + carry;
                *target = total as u32;
                carry = total >> 32;
            }
            // What the last limb carries falls beyond the 512 bits.
            if shift == 0 && carry != 0 {
                return None;
            }
        }
        Some(product)
    }

    pub(super) fn pow10(exponent: u32) -> Option<Wide> {
        let mut power = Wide::new(1);
        for _ in 0..exponent {
            power = power.mul(Wide::new(10))?;
        }
        Some(power)
    }

    fn bit(self, place: usize) -> u32 {
        (self.0[place / 32] >> (place % 32)) & 1
    }

    fn bits(self) -> usize {
        self.0
            .iter()
            .rposition(|&limb| limb != 0)
            .map_or(0, |top| 32 * top + 32 - self.0[top].leading_zeros() as usize)
    }

    /// Quotient and remainder; `None` for a zero divisor.
    fn divide(self, divisor: Wide) -> Option<(Wide, Wide)> {
        if divisor.is_zero() {
            return None;
        }
        if let (Some(top), Some(bottom)) = (self.to_u128(), divisor.to_u128()) {
            return Some((Wide::new(top / bottom), Wide::new(top % bottom)));
        }
        let (mut quotient, mut rest) = (Wide::ZERO, Wide::ZERO);
        for place in (0..self.bits()).rev() {
            rest = rest.add(rest)?;
            rest.0[0] |= self.bit(place);
            if let Some(less) = rest.sub(divisor) {
                rest = less;
                quotient.0[place / 32] |= 1 << (place % 32);
            }
        }
        Some((quotient, rest))
    }

    fn compare(self, other: Wide) -> Ordering {
        self.0.iter().rev().cmp(other.0.iter().rev())
    }
}

/// A fraction of two wide integers with a sign: exact, and only rounded by [`Fraction::round`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Fraction {
    negative: bool,
    top: Wide,
    bottom: Wide,
}

impl Fraction {
    /// `top / bottom`; `None` for a zero divisor.
    pub(super) fn new(top: Decimal, bottom: Decimal) -> Option<Fraction> {
        if bottom.is_zero() {
            return None;
        }
        let (top, bottom) = (top.normalize(), bottom.normalize());
        let places = i64::from(bottom.scale()) - i64::from(top.scale());
        let up = Wide::pow10(u32::try_from(places.max(0)).ok()?)?;
        let down = Wide::pow10(u32::try_from((-places).max(0)).ok()?)?;
        Some(Fraction {
            negative: top.is_sign_negative() != bottom.is_sign_negative(),
            top: Wide::new(top.mantissa().unsigned_abs()).mul(up)?,
            bottom: Wide::new(bottom.mantissa().unsigned_abs()).mul(down)?,
        })
    }

    /// `self - other`.
    pub(super) fn minus(self, other: Fraction) -> Option<Fraction> {
        let (left, right) = (self.top.mul(other.bottom)?, other.top.mul(self.bottom)?);
        let bottom = self.bottom.mul(other.bottom)?;
        let (negative, top) = signed_difference((self.negative, left), (other.negative, right))?;
        Some(Fraction { negative, top, bottom })
    }

    /// `self / other - 1`, relative to the size of `other`; `None` if `other` is zero.
    pub(super) fn change_from(self, other: Fraction) -> Option<Fraction> {
        if other.top.is_zero() {
            return None;
        }
        let (left, right) = (self.top.mul(other.bottom)?, other.top.mul(self.bottom)?);
        let (negative, top) = signed_difference((self.negative, left), (other.negative, right))?;
        Some(Fraction { negative, top, bottom: right })
    }

    /// In percent.
    pub(super) fn times_hundred(self) -> Option<Fraction> {
        Some(Fraction { top: self.top.mul(Wide::new(100))?, ..self })
    }

    /// Compares exactly with a decimal.
    pub(super) fn compare(self, limit: Decimal) -> Option<Ordering> {
        let difference = self.minus(Fraction::new(limit, Decimal::ONE)?)?;
        Some(match (difference.top.is_zero(), difference.negative) {
            (true, _) => Ordering::Equal,
            (false, true) => Ordering::Less,
            (false, false) => Ordering::Greater,
        })
    }

    /// The nearest multiple of 10^-`digits` after multiplying by 10^`shift`, in one step, with
    /// exactly `digits` places. `None` if no `Decimal` holds it.
    pub(super) fn round(self, shift: u32, digits: u32, rounding: Rounding) -> Option<Decimal> {
        let count = self.nearest(shift + digits, rounding)?;
        signed(self.negative, count, digits)
    }

    /// The nearest integer to the absolute value times 10^`places`.
    pub(super) fn nearest(self, places: u32, rounding: Rounding) -> Option<u128> {
        let (quotient, rest) = self.top.mul(Wide::pow10(places)?)?.divide(self.bottom)?;
        let quotient = quotient.to_u128()?;
        let up = match (rest.add(rest)?.compare(self.bottom), rounding) {
            (Ordering::Less, _) => false,
            (Ordering::Greater, _) | (Ordering::Equal, Rounding::HalfUp) => true,
            (Ordering::Equal, Rounding::Gbt8170) => quotient % 2 == 1,
        };
        quotient.checked_add(u128::from(up))
    }

    pub(super) fn is_negative(self) -> bool {
        self.negative
    }
}

fn signed_difference(left: (bool, Wide), right: (bool, Wide)) -> Option<(bool, Wide)> {
    if left.0 != right.0 {
        return Some((left.0, left.1.add(right.1)?));
    }
    Some(match left.1.sub(right.1) {
        Some(difference) => (left.0, difference),
        None => (!left.0, right.1.sub(left.1)?),
    })
}

/// A decimal from sign, count of units and scale; zero has no sign.
pub(super) fn signed(negative: bool, count: u128, scale: u32) -> Option<Decimal> {
    let count = i128::try_from(count).ok()?;
    let count = if negative { -count } else { count };
    Decimal::try_from_i128_with_scale(count, scale).ok()
}
