//! Codes with check characters: enterprises, products, places, citizens.
//!
//! A code can be right, wrong in its check character, or no such code at all. The middle case is kept apart,
//! because real registers contain codes that break their own rule: some early credit codes of Fujian, for
//! instance, are legal all the same. Such codes are accepted and flagged.

use crate::Diagnostic;
use crate::strict::plain;

mod gs1;
mod identity;
mod organisation;
mod registration15;
#[cfg(test)]
mod tests;
mod uscc;

pub use gs1::{gln, gs1_check, gtin, gtin14, sscc};
pub use identity::{citizen_check, citizen_id, citizen_masked};
pub use organisation::{organisation_check, organisation_code};
pub use registration15::{registration_check, registration_number_15};
pub use uscc::{organisation_of, region_of, uscc, uscc_check, uscc_masked};

/// What a check of a code found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The code keeps its rule.
    Ok,
    /// Well formed, but the check character should be another one: accept, warn, ask the register.
    CheckMismatch {
        /// The check character by the rule.
        expected: char,
    },
    /// No such code.
    Malformed(Diagnostic),
}

impl Verdict {
    /// True if the code keeps its rule.
    pub fn is_ok(&self) -> bool {
        *self == Verdict::Ok
    }

    /// True if the code may enter the books: right, or wrong in the check character alone.
    pub fn is_acceptable(&self) -> bool {
        !matches!(self, Verdict::Malformed(_))
    }

    /// The verdict on `code` as a diagnostic: a warning (ZH1305) for a wrong check character.
    pub fn diagnostic(self, code: &str) -> Option<Diagnostic> {
        match self {
            Verdict::Ok => None,
            Verdict::CheckMismatch { expected } => {
                Some(Diagnostic::warning("ZH1305").arg("value", code).arg("expected", expected))
            }
            Verdict::Malformed(diagnostic) => Some(diagnostic),
        }
    }
}

/// The steps that all codes share: plain text, length, then the characters, then the check character.
fn judge(
    text: &str,
    lengths: &[usize],
    is_allowed: impl Fn(usize, u8) -> bool,
    check: impl Fn(&str) -> Option<char>,
) -> Verdict {
    if let Err(diagnostic) = plain(text) {
        return Verdict::Malformed(diagnostic);
    }
    let length = text.chars().count();
    if !lengths.contains(&length) {
        let wanted: Vec<String> = lengths.iter().map(usize::to_string).collect();
        return Verdict::Malformed(
            Diagnostic::error("ZH1301")
                .arg("value", text)
                .arg("length", length)
                .arg("wanted", wanted.join("/")),
        );
    }
    for (place, c) in text.chars().enumerate() {
        if u8::try_from(c).is_ok_and(|byte| byte.is_ascii() && is_allowed(place, byte)) {
            continue;
        }
        // Small letters are the commonest slip; say so rather than "not allowed".
        let code = if u8::try_from(c.to_ascii_uppercase())
            .is_ok_and(|byte| byte.is_ascii() && is_allowed(place, byte))
        {
            "ZH1303"
        } else {
            "ZH1302"
        };
        return Verdict::Malformed(
            Diagnostic::error(code)
                .arg("value", text)
                .arg("character", c)
                .arg("place", place + 1)
                .arg("mended", text.to_ascii_uppercase()),
        );
    }
    // All characters are ASCII here, so the last byte is the last character.
    let (body, last) = text.split_at(text.len() - 1);
    match check(body) {
        Some(expected) if last.starts_with(expected) => Verdict::Ok,
        Some(expected) => Verdict::CheckMismatch { expected },
        None => Verdict::Malformed(
            Diagnostic::error("ZH1302").arg("value", text).arg("character", last).arg("place", text.len()),
        ),
    }
}

/// The position of `byte` in `alphabet`.
fn place_in(alphabet: &[u8], byte: u8) -> Option<u32> {
    alphabet.iter().position(|&letter| letter == byte).map(|place| place as u32)
}

/// The sum of weight times value; `None` if the lengths differ or a character has no value.
fn weighted(body: &str, weights: &[u32], value: impl Fn(u8) -> Option<u32>) -> Option<u32> {
    if body.len() != weights.len() {
        return None;
    }
    body.bytes().zip(weights).map(|(byte, weight)| Some(value(byte)? * weight)).sum()
}

/// The value of a digit.
fn digit(byte: u8) -> Option<u32> {
    byte.is_ascii_digit().then(|| u32::from(byte - b'0'))
}
