//! Exact fractions, so that a probability on the border of a band falls where the rule says.
//!
//! One in ten times one in a hundred is exactly one in a thousand, which is *not* above 1/1000; in binary
//! fractions it would be a matter of luck.

use std::cmp::Ordering;
use std::fmt;

use crate::refusal::Refusal;

/// A fraction from 0 on, in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    top: u128,
    bottom: u128,
}

impl Fraction {
    /// One.
    pub const ONE: Self = Self { top: 1, bottom: 1 };

    /// `top/bottom` in lowest terms. Refuses a bottom of 0.
    pub fn new(top: u128, bottom: u128) -> Result<Self, Refusal> {
        if bottom == 0 {
            return Err(Refusal::OutOfRange { what: "bottom", value: 0.0, allowed: ">= 1" });
        }
        let divisor = greatest_divisor(top, bottom);
        Ok(Self { top: top / divisor, bottom: bottom / divisor })
    }

    /// Reads `1/50`, `0.02`, `2%`, `1e-6` without rounding. `None` for anything else, signs included.
    ///
    /// ```
    /// use zhiheng_methods::risk::fraction::Fraction;
    /// let two_percent = Fraction::read("1/50").unwrap();
    /// assert_eq!(Fraction::read("0.02"), Some(two_percent));
    /// assert_eq!(Fraction::read("2%"), Some(two_percent));
    /// assert_eq!(two_percent.to_string(), "1/50");
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((top, bottom)) = text.split_once('/') {
            let (top, bottom) = (decimal(top.trim())?, decimal(bottom.trim())?);
            return top.times(bottom.inverse()?).ok();
        }
        match text.strip_suffix('%') {
            Some(number) => decimal(number.trim())?.times(Self { top: 1, bottom: 100 }).ok(),
            None => decimal(text),
        }
    }

    /// The product. Refuses one whose terms have more than 38 digits.
    pub fn times(self, other: Self) -> Result<Self, Refusal> {
        // Crosswise first, so that only true products can be too large.
        let (a, b) = (greatest_divisor(self.top, other.bottom), greatest_divisor(other.top, self.bottom));
        let top = (self.top / a).checked_mul(other.top / b);
        let bottom = (self.bottom / b).checked_mul(other.bottom / a);
        match (top, bottom) {
            (Some(top), Some(bottom)) => Self::new(top, bottom),
            _ => {
                Err(Refusal::Contradiction { what: format!("{self} times {other} has more than 38 digits") })
            }
        }
    }

    /// The nearest floating-point number, for printing.
    pub fn to_f64(self) -> f64 {
        self.top as f64 / self.bottom as f64
    }

    fn inverse(self) -> Option<Self> {
        (self.top > 0).then_some(Self { top: self.bottom, bottom: self.top })
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    /// By whole parts, then by the inverses of what is left: no product that could overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b) = (*self, *other);
        let mut turned = false;
        loop {
            let order = (a.top / a.bottom).cmp(&(b.top / b.bottom));
            let order = order.then_with(|| match (a.top % a.bottom, b.top % b.bottom) {
                (0, 0) => Ordering::Equal,
                (0, _) => Ordering::Less,
                (_, 0) => Ordering::Greater,
                _ => Ordering::Equal,
            });
            let (rest_a, rest_b) = (a.top % a.bottom, b.top % b.bottom);
            if order != Ordering::Equal || rest_a == 0 {
                return if turned { order.reverse() } else { order };
            }
            (a, b) = (Self { top: a.bottom, bottom: rest_a }, Self { top: b.bottom, bottom: rest_b });
            turned = !turned;
        }
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.bottom == 1 { write!(f, "{}", self.top) } else { write!(f, "{}/{}", self.top, self.bottom) }
    }
}

/// A plain decimal, possibly with an exponent, of at most 30 digits.
fn decimal(text: &str) -> Option<Fraction> {
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let digits = [whole, decimals].concat();
    if digits.is_empty() || digits.len() > 30 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let power = exponent.checked_sub(decimals.len() as i32)?;
    let ten = 10_u128.checked_pow(power.unsigned_abs())?;
    let top: u128 = digits.parse().ok()?;
    if power < 0 { Fraction::new(top, ten).ok() } else { Fraction::new(top.checked_mul(ten)?, 1).ok() }
}

fn greatest_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_reading() {
        let read = |text| Fraction::read(text).unwrap();
        assert!(read("1/3") > read("0.333333333333333333333333"));
        assert!(read("1/1000") == read("0.1").times(read("1e-2")).unwrap());
        assert!(read("7") > read("6.99") && read("0") < read("1e-30"));
        for bad in ["", "-1", "1/0", "1/2/3", "abc", "1e99", ".", "%", "1,5", "+1", "0x1"] {
            assert_eq!(Fraction::read(bad), None, "{bad}");
        }
        let huge = Fraction::new(1, u128::MAX).unwrap();
        assert!(huge.times(read("1/2")).is_err());
        assert!(huge < read("1e-30") && huge == huge);
    }
}
