//! Numbers of standards in one form: `GB/T 19580-2012`, `DB62/T 123-2010`, `Q/ABC 001S-2019`, `ISO 9001:2015`.

use std::rc::Rc;

use zhiheng_base::Diagnostic;

use super::typed::Typed;
use crate::problem::quoted;
use crate::text::half_width;

/// Longest number.
const MOST: usize = 60;

/// Brings a standard's number into its usual form: capitals, one space before the number, a plain hyphen before
/// the year. What has no prefix and number is refused.
pub(super) fn check(text: &str) -> Result<Typed<'static>, Diagnostic> {
    normal(text)
        .map(|normal| Typed::Shared(Rc::from(normal)))
        .ok_or_else(|| Diagnostic::error("ZH3220").arg("value", quoted(text)))
}

fn normal(text: &str) -> Option<String> {
    if text.len() > MOST {
        return None;
    }
    let plain: String = half_width(text)
        .chars()
        .map(|c| match c {
            // Dashes of every length stand for the hyphen before the year.
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            _ => c.to_ascii_uppercase(),
        })
        .collect();
    // The prefix ends where the number begins: at a space, or at the first digit that follows no other digits of
    // a local prefix (`DB62/T`).
    let (prefix, number) = match plain.split_once(' ') {
        Some((prefix, number)) => (prefix.trim().to_owned(), number.trim().to_owned()),
        None => {
            let from = plain.find('/').map_or(0, |slash| slash + 1);
            let start = plain[from..].find(|c: char| c.is_ascii_digit())? + from;
            (plain[..start].to_owned(), plain[start..].to_owned())
        }
    };
    let good_prefix = prefix.starts_with(|c: char| c.is_ascii_alphabetic())
        && prefix.chars().all(|c| c.is_ascii_alphanumeric() || c == '/')
        && !prefix.ends_with('/');
    let good_number = number.contains(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '/' | ' '))
        && !number.ends_with(['-', ':', '.', '/']);
    (good_prefix && good_number).then(|| format!("{prefix} {number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form() {
        for (text, wanted) in [
            ("GB/T 19580-2012", "GB/T 19580-2012"),
            ("gb/t19580\u{2014}2012", "GB/T 19580-2012"),
            ("GB 2763-2021", "GB 2763-2021"),
            ("GB2763-2021", "GB 2763-2021"),
            ("DB62/T 123-2010", "DB62/T 123-2010"),
            ("Q/ABC 001S-2019", "Q/ABC 001S-2019"),
            ("ISO 9001:2015", "ISO 9001:2015"),
            ("ＧＢ　５７４９－２００６", "GB 5749-2006"),
            ("NY/T 1049.2-2015", "NY/T 1049.2-2015"),
        ] {
            assert_eq!(normal(text).as_deref(), Some(wanted), "{text}");
        }
        for text in ["", "国家标准", "12345", "GB", "GB/T", "GB/T 1958-", "GB 1; DROP TABLE"] {
            assert_eq!(normal(text), None, "{text}");
        }
    }
}
