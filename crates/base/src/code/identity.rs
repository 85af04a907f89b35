//! The citizen identity number, GB 11643-1999: region, date of birth, sequence, check character.

use super::{Verdict, digit, judge, weighted};
use crate::{Date, Diagnostic};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

/// Judges a citizen identity number of eighteen characters; a date of birth that no calendar has is malformed
/// (ZH1304). Diagnostics carry the number: mask it before showing.
pub fn citizen_id(text: &str) -> Verdict {
    let verdict =
        judge(text, &[18], |place, byte| byte.is_ascii_digit() || place == 17 && byte == b'X', citizen_check);
    if verdict.is_acceptable() && !has_birth_date(text) {
        return Verdict::Malformed(Diagnostic::error("ZH1304").arg("value", citizen_masked(text)));
    }
    verdict
}

fn has_birth_date(text: &str) -> bool {
    let part = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse().ok());
    let (Some(year), Some(month), Some(day)) = (part(6, 10), part(10, 12), part(12, 14)) else {
        return false;
    };
    year >= 1800 && Date::new(year, month as i8, day as i8).is_ok()
}

/// The check character by ISO 7064 MOD 11-2 of the first seventeen digits; `None` if they are not digits.
pub fn citizen_check(body: &str) -> Option<char> {
    let sum = weighted(body, &WEIGHTS, digit)?;
    CHECKS.get((sum % 11) as usize).map(|&byte| char::from(byte))
}

/// The number for public pages: the province, then asterisks.
pub fn citizen_masked(text: &str) -> String {
    text.chars().enumerate().map(|(place, c)| if place < 2 { c } else { '*' }).collect()
}
