//! Random values that open something. The database keeps their SHA-256 alone: they are long enough that nobody tries them
//! all, so no salt and no slow hash is needed, and the look-up by hash leaks nothing by its timing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::problem::Problem;

/// 256 random bits as text for a cookie or a header.
pub(crate) fn random() -> Result<String, Problem> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(Problem::ours)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What the database keeps of a value: SHA-256 in hex, with what it is for, so that one kind cannot serve as another.
pub(crate) fn hashed(kind: &str, value: &str) -> String {
    let bytes = Sha256::new().chain_update(kind).chain_update([0]).chain_update(value).finalize();
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(digit), 16).unwrap_or('0'));
        }
        text
    })
}

/// Whether a text can be such a value at all.
pub(crate) fn is_plausible(value: &str) -> bool {
    value.len() == 43 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
