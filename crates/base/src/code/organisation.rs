//! The organisation code, GB 11714-1997: eight characters and a check character, `12345678-X`.

use super::{Verdict, judge, weighted};

const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Judges an organisation code, with or without its hyphen.
///
/// ```
/// use zhiheng_base::code::{organisation_code, Verdict};
/// assert_eq!(organisation_code("71526726-X"), Verdict::Ok);
/// ```
pub fn organisation_code(text: &str) -> Verdict {
    let joined = match text.as_bytes() {
        [.., b'-', _] if text.len() == 10 => text.replacen('-', "", 1),
        _ => text.to_owned(),
    };
    judge(
        &joined,
        &[9],
        |place, byte| match place {
            8 => byte.is_ascii_digit() || byte == b'X',
            _ => value(byte).is_some(),
        },
        organisation_check,
    )
}

/// The check character of the first eight; `None` if they are no digits and capitals.
pub fn organisation_check(body: &str) -> Option<char> {
    Some(match 11 - weighted(body, &WEIGHTS, value)? % 11 {
        10 => 'X',
        11 => '0',
        check => char::from_digit(check, 10)?,
    })
}

/// 0 to 9, then A to Z as 10 to 35.
fn value(byte: u8) -> Option<u32> {
    match byte {
        b'0'..=b'9' => Some(u32::from(byte - b'0')),
        b'A'..=b'Z' => Some(u32::from(byte - b'A') + 10),
        _ => None,
    }
}
