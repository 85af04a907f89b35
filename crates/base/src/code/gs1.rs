//! GS1 numbers: goods (GTIN), places (GLN), logistic units (SSCC), all with the same check digit.

use super::{Verdict, digit, judge};

/// Judges a GTIN of 8, 12, 13 or 14 digits.
///
/// ```
/// use zhiheng_base::code::{gtin, Verdict};
/// assert_eq!(gtin("6901234567892"), Verdict::Ok);
/// assert_eq!(gtin("6901234567893"), Verdict::CheckMismatch { expected: '2' });
/// ```
pub fn gtin(text: &str) -> Verdict {
    judge(text, &[8, 12, 13, 14], is_digit, gs1_check)
}

/// Judges a GLN of 13 digits.
pub fn gln(text: &str) -> Verdict {
    judge(text, &[13], is_digit, gs1_check)
}

/// Judges an SSCC of 18 digits.
pub fn sscc(text: &str) -> Verdict {
    judge(text, &[18], is_digit, gs1_check)
}

/// The check digit of the digits before it (GS1 General Specifications, 7.9): from the right, weights
/// 3, 1, 3, …; `None` if `body` is not all digits.
pub fn gs1_check(body: &str) -> Option<char> {
    let mut sum = 0;
    for (place, byte) in body.bytes().rev().enumerate() {
        sum += digit(byte)? * if place % 2 == 0 { 3 } else { 1 };
    }
    char::from_digit((10 - sum % 10) % 10, 10)
}

/// The GTIN as fourteen digits, for matching across lengths; `None` if it is no GTIN.
pub fn gtin14(text: &str) -> Option<String> {
    gtin(text).is_acceptable().then(|| format!("{text:0>14}"))
}

fn is_digit(_: usize, byte: u8) -> bool {
    byte.is_ascii_digit()
}
