//! SHA-256 over canonical JSON: the one way in which this crate names content.

use serde_json::Value;
use sha2::{Digest, Sha256};
use zhiheng_base::canonical;

/// `sha256:` and the hex digest of the canonical bytes of `value`.
///
/// The values hashed here are made by this crate from texts and small whole numbers, so that they always have a
/// canonical form; were one not to, its bytes would be those of its error, which nobody can sign by accident.
pub(crate) fn of(value: &Value) -> String {
    let bytes =
        canonical::to_vec(value).unwrap_or_else(|number| format!("not canonical: {number}").into_bytes());
    of_bytes(&bytes)
}

/// `sha256:` and the hex digest of `bytes`.
pub(crate) fn of_bytes(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut text = String::from("sha256:");
    for byte in Sha256::digest(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
