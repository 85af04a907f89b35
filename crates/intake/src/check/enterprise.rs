//! Codes of enterprises and products: right, wrong in the check character alone, or no code.

use zhiheng_base::{Diagnostic, code};

use crate::problem::quoted;

/// Judges a credit code, an old organisation code or an old registration number. A wrong check character is a
/// warning: some codes in force break their own rule.
pub(super) fn judge(text: &str) -> Result<Option<Diagnostic>, Diagnostic> {
    let verdict = match text.len() {
        9 | 10 => code::organisation_code(text),
        15 => code::registration_number_15(text),
        _ => code::uscc(text),
    };
    match verdict {
        code::Verdict::Ok => Ok(None),
        code::Verdict::CheckMismatch { expected } => {
            Ok(Some(Diagnostic::warning("ZH3216").arg("value", text).arg("expected", expected)))
        }
        code::Verdict::Malformed(why) => Err(why),
    }
}

/// Judges a GTIN. Its check digit knows no exceptions.
pub(super) fn judge_gtin(text: &str) -> Result<(), Diagnostic> {
    match code::gtin(text) {
        code::Verdict::Ok => Ok(()),
        code::Verdict::CheckMismatch { expected } => {
            let mut meant = text.to_owned();
            meant.pop();
            meant.push(expected);
            Err(Diagnostic::error("ZH3219").arg("value", quoted(text)).arg("suggestion", meant))
        }
        code::Verdict::Malformed(why) => Err(why),
    }
}

/// True if `text` has the look of a GTIN.
pub(super) fn is_gtin_like(text: &str) -> bool {
    matches!(text.len(), 8 | 12 | 13 | 14) && text.bytes().all(|byte| byte.is_ascii_digit())
}
