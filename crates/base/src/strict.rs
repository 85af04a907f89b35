//! What strict readers share: full-width characters and stray spaces are named, never silently mended.

use crate::Diagnostic;

/// Refuses full-width characters (ZH1401) and spaces (ZH1402), with the mended text as a hint.
pub(crate) fn plain(text: &str) -> Result<(), Diagnostic> {
    if text.chars().any(is_full_width) {
        let mended: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
        return Err(Diagnostic::error("ZH1401").arg("value", text).arg("mended", mended));
    }
    if text.chars().any(is_blank) {
        let mended: String = text.chars().filter(|&c| !is_blank(c)).collect();
        return Err(Diagnostic::error("ZH1402").arg("value", text).arg("mended", mended));
    }
    Ok(())
}

/// True for characters of the full-width block that have an ASCII twin.
fn is_full_width(c: char) -> bool {
    ('\u{ff01}'..='\u{ff5e}').contains(&c)
}

/// The ASCII twin of a full-width character; others unchanged.
fn half_width(c: char) -> char {
    if is_full_width(c) { char::from_u32(c as u32 - 0xfee0).unwrap_or(c) } else { c }
}

/// White space and the invisible characters that spreadsheets and web pages leave behind.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// True if all of `text` is ASCII digits; the empty text is not.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `text` as serde error: the diagnostic's code and its message.
pub(crate) fn serde_error<E: serde::de::Error>(diagnostic: &Diagnostic) -> E {
    E::custom(format!("{}: {}", diagnostic.code, diagnostic.message(crate::Lang::default())))
}
