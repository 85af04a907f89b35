//! The character sets of GS1 identifiers, and the check pair of the model number.

/// Character set 82 in the order of its values.
const SET_82: &str = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
/// The characters of a check pair: no 0, 1, I or O, which people confuse.
const SET_32: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Weights from the right (General Specifications, 7.9.5).
const PRIMES: [u32; 23] =
    [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83];

/// True if `c` belongs to the set `kind`: `N` and `D` digits, `X` set 82, `Y` set 39, `Z` set 64.
pub(crate) fn is_in(kind: char, c: char) -> bool {
    match kind {
        'N' | 'D' => c.is_ascii_digit(),
        'X' => SET_82.contains(c),
        'Y' => c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, '#' | '-' | '/'),
        'Z' => c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '='),
        _ => false,
    }
}

/// True if all of `text` are digits and there is at least one.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The two check characters after the first characters of a global model number; `None` if there are
/// none or too many, or foreign ones.
pub(crate) fn model_check(body: &str) -> Option<String> {
    if body.is_empty() || body.len() > PRIMES.len() {
        return None;
    }
    let mut sum = 0;
    for (c, weight) in body.chars().rev().zip(PRIMES) {
        sum += u32::try_from(SET_82.find(c)?).ok()? * weight;
    }
    let sum = (sum % 1021) as usize;
    let character = |value: usize| SET_32.get(value).copied().map(char::from);
    Some([character(sum >> 5)?, character(sum & 31)?].iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sets_have_their_sizes() {
        let count = |kind| (0..128_u8).filter(|&byte| is_in(kind, char::from(byte))).count();
        assert_eq!((count('N'), count('X'), count('Y'), count('Z')), (10, 82, 39, 65));
    }

    #[test]
    fn check_pair_of_the_standard() {
        // the example of the General Specifications
        assert_eq!(model_check("1987654Ad4X4bL5ttr2310c").as_deref(), Some("2K"));
        // by hand: '1' has value 14 in set 82, weight 2: 28 = 0 * 32 + 28
        assert_eq!(model_check("1").as_deref(), Some("2W"));
        assert_eq!((model_check(""), model_check("a b")), (None, None));
    }
}
