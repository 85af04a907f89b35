//! The fifteen-digit business registration number used before credit codes, GS 15-2006.
//!
//! Six digits of the registering office, eight of sequence, and a check digit by ISO 7064 MOD 11,10.

use super::{Verdict, digit, judge};

/// Judges a fifteen-digit registration number.
///
/// ```
/// use zhiheng_base::code::{registration_number_15, Verdict};
/// assert_eq!(registration_number_15("110108000000016"), Verdict::Ok);
/// ```
pub fn registration_number_15(text: &str) -> Verdict {
    judge(text, &[15], |_, byte| byte.is_ascii_digit(), registration_check)
}

/// The check digit by ISO 7064 MOD 11,10 of any string of digits; `None` if it is not one.
pub fn registration_check(body: &str) -> Option<char> {
    let mut product = 10;
    for byte in body.bytes() {
        let sum = (product + digit(byte)?) % 10;
        product = if sum == 0 { 10 } else { sum } * 2 % 11;
    }
    char::from_digit((11 - product) % 10, 10)
}
