//! The verification code: SHA-256 over the canonical JSON of the report without it, the first 64 bits of it.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};
use zhiheng_base::canonical;

use super::CreditReport;

/// The code of a report, whatever code it carries: four groups of four hex digits. Empty for a report that has no canonical form.
pub(super) fn code(report: &CreditReport) -> String {
    let Ok(mut value) = serde_json::to_value(report) else { return String::new() };
    if let Some(map) = value.as_object_mut() {
        map.remove("code");
    }
    let Ok(bytes) = canonical::to_vec(&value) else { return String::new() };
    let hash = Sha256::digest(&bytes);
    let mut code = String::new();
    for (at, byte) in hash.iter().take(8).enumerate() {
        if at > 0 && at % 2 == 0 {
            code.push('-');
        }
        // Writing to a String cannot fail.
        let _ = write!(code, "{byte:02X}");
    }
    code
}
