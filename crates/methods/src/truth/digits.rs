//! Digits of numbers as they were written: from the shortest decimal that reads back as the same number, so
//! that 0.3 has the leading digit 3 and not 2.

use std::fmt::Write;

use crate::refusal::Refusal;

/// The first `n` significant digits of `value` as one number (`n` from 1 to 9), filled up with zeros: 5 gives
/// 50 for two digits. `None` for 0, which has none.
pub(crate) fn leading(value: f64, n: u32) -> Option<u32> {
    if value == 0.0 || !value.is_finite() {
        return None;
    }
    let mut text = Short::default();
    // A short f64 in this form has at most 24 characters; were it longer, the rest would be cut.
    let _ = write!(text, "{:e}", value.abs());
    let digits = text.bytes().iter().take_while(|&&b| b != b'e').filter(|b| b.is_ascii_digit());
    let (found, number) = digits
        .take(n as usize)
        .fold((0, 0), |(found, number), &b| (found + 1, number * 10 + u32::from(b - b'0')));
    Some(number * 10_u32.pow(n - found))
}

/// Every value as a whole number of units of `10^-decimals`.
///
/// Refuses NaN, a value with more decimals than that and one beyond 2⁵³ units.
pub(crate) fn in_units(what: &'static str, values: &[f64], decimals: u32) -> Result<Vec<i64>, Refusal> {
    if decimals > 9 {
        return Err(Refusal::OutOfRange { what: "decimals", value: f64::from(decimals), allowed: "0 to 9" });
    }
    let scale = f64::from(10_u32.pow(decimals));
    let mut units = Vec::with_capacity(values.len());
    for (row, &value) in values.iter().enumerate() {
        if !value.is_finite() {
            return Err(Refusal::NotFinite { what, row });
        }
        let scaled = value * scale;
        if scaled.abs() > 9_007_199_254_740_992.0 {
            return Err(Refusal::OutOfRange { what, value, allowed: "2^53 units of the last decimal" });
        }
        let whole = libm::round(scaled);
        // A sum of written decimals is off by some units of the last place of its own size.
        if (scaled - whole).abs() > 1e-6_f64.max(whole.abs() * 1e-14) {
            return Err(Refusal::Contradiction {
                what: format!("{what}, row {row}: {value} has more than {decimals} decimals"),
            });
        }
        units.push(whole as i64);
    }
    Ok(units)
}

/// The greatest number of decimals written in any of `texts`; what is no plain decimal counts as 0.
///
/// Numbers lose their closing zeros when they are read (12.50 becomes 12.5), so that how finely a column was
/// recorded can only be seen in its text.
///
/// ```
/// assert_eq!(zhiheng_methods::truth::decimals_of(["3", "12.50", "7.1"]), 2);
/// ```
pub fn decimals_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> u32 {
    let of = |text: &str| {
        let decimals = text.trim().split_once('.').map_or("", |(_, decimals)| decimals);
        if decimals.bytes().all(|b| b.is_ascii_digit()) { decimals.len() as u32 } else { 0 }
    };
    texts.into_iter().map(of).max().unwrap_or(0)
}

/// A text on the stack.
#[derive(Default)]
struct Short {
    bytes: [u8; 32],
    length: usize,
}

impl Short {
    fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Write for Short {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for &byte in text.as_bytes() {
            let place = self.bytes.get_mut(self.length).ok_or(std::fmt::Error)?;
            *place = byte;
            self.length += 1;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_as_written() {
        for (value, n, digits) in [
            (0.3, 1, 3),
            (0.1 + 0.2, 3, 300),
            (5.0, 2, 50),
            (-1417.0, 2, 14),
            (9.99e-300, 3, 999),
            (1e22, 2, 10),
            (f64::MAX, 3, 179),
            (5e-324, 2, 50),
        ] {
            assert_eq!(leading(value, n), Some(digits), "{value}");
        }
        assert_eq!(leading(0.0, 1), None);
    }

    #[test]
    fn units() {
        assert_eq!(in_units("x", &[0.1 + 0.2, -12.5, 7.0], 1).unwrap(), [3, -125, 70]);
        assert!(in_units("x", &[0.25], 1).is_err());
        assert!(in_units("x", &[f64::NAN], 1).is_err());
        assert!(in_units("x", &[1e300], 1).is_err());
    }
}
