//! The unified social credit code, GB 32100-2015.
//!
//! Eighteen characters: department, category, six digits of the region of first registration, the
//! nine characters of the organisation code, check character.

use super::{Verdict, judge, place_in, weighted};
use crate::RegionCode;

/// Digits and letters without I, O, Z, S and V.
const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// 3^i mod 31.
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// Judges a unified social credit code.
///
/// ```
/// use zhiheng_base::code::{uscc, Verdict};
///
/// assert_eq!(uscc("91110000802100433B"), Verdict::Ok);
/// // A real and legal code of 2015 that breaks the rule.
/// assert_eq!(uscc("91350100M0001TGQXM"), Verdict::CheckMismatch { expected: '1' });
/// ```
pub fn uscc(text: &str) -> Verdict {
    judge(
        text,
        &[18],
        |place, byte| match place {
            2..=7 => byte.is_ascii_digit(),
            _ => place_in(ALPHABET, byte).is_some(),
        },
        uscc_check,
    )
}

/// The check character of the first seventeen; `None` if they are not of the alphabet.
pub fn uscc_check(body: &str) -> Option<char> {
    let sum = weighted(body, &WEIGHTS, |byte| place_in(ALPHABET, byte))?;
    ALPHABET.get(((31 - sum % 31) % 31) as usize).map(|&byte| char::from(byte))
}

/// The organisation code inside a credit code, as older files write it: `71526726-X`. `None` if `text` is
/// no credit code.
pub fn organisation_of(text: &str) -> Option<String> {
    uscc(text).is_acceptable().then(|| format!("{}-{}", &text[8..16], &text[16..17]))
}

/// The region of first registration. Never the present region: firms move, and regions are recoded.
pub fn region_of(text: &str) -> Option<RegionCode> {
    uscc(text).is_acceptable().then(|| RegionCode::parse(&text[2..8]).ok()).flatten()
}

/// The code with the organisation hidden, for public lists: department, category and region, then asterisks.
/// Anything that is no credit code becomes asterisks altogether.
pub fn uscc_masked(text: &str) -> String {
    let shown = if uscc(text).is_acceptable() { 8 } else { 0 };
    text.chars().enumerate().map(|(place, c)| if place < shown { c } else { '*' }).collect()
}
