//! Whole numbers and exact decimals. Nothing is rounded: what does not fit is refused, with what might be meant.

use rust_decimal::Decimal;
use zhiheng_base::canonical::INTEGER_MAX;
use zhiheng_base::{Diagnostic, exact};

use super::typed::Typed;
use crate::problem::quoted;
use crate::read::Kind;
use crate::text::{half_width, has_full_width};

/// Limits of a whole number.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    pub(super) min: Option<i64>,
    pub(super) max: Option<i64>,
}

/// Limits of a decimal.
#[derive(Clone, Debug)]
pub(super) struct Exact {
    pub(super) min: Option<Decimal>,
    pub(super) max: Option<Decimal>,
    pub(super) scale: u32,
    pub(super) money: bool,
}

impl Whole {
    pub(super) fn check(&self, kind: Kind, text: &str) -> Result<Typed<'static>, Diagnostic> {
        usable(kind, text)?;
        let whole = parse_whole(text).or_else(|| {
            // `12.00` is the whole number 12 in another dress; anything else after the point is not.
            let (whole, part) = text.split_once('.')?;
            (!part.is_empty() && part.bytes().all(|digit| digit == b'0')).then(|| parse_whole(whole))?
        });
        let Some(whole) = whole else {
            return Err(suggest(Diagnostic::error("ZH3203").arg("value", quoted(text)), text));
        };
        if self.min.is_some_and(|min| whole < min) || self.max.is_some_and(|max| whole > max) {
            return Err(outside(text, self.min.as_ref(), self.max.as_ref()));
        }
        if !(-INTEGER_MAX..=INTEGER_MAX).contains(&whole) {
            return Err(outside(text, Some(&-INTEGER_MAX), Some(&INTEGER_MAX)));
        }
        Ok(Typed::Integer(whole))
    }
}

impl Exact {
    pub(super) fn check(&self, kind: Kind, text: &str) -> Result<Typed<'static>, Diagnostic> {
        usable(kind, text)?;
        let Ok(value) = exact::parse_decimal(text) else {
            return Err(suggest(Diagnostic::error("ZH3205").arg("value", quoted(text)), text));
        };
        let value = value.normalize();
        if value.scale() > self.scale {
            let rounded = exact::Rounding::Gbt8170.round(value, self.scale).normalize();
            return Err(Diagnostic::error("ZH3206")
                .arg("value", quoted(text))
                .arg("digits", value.scale())
                .arg("scale", self.scale)
                .arg("suggestion", rounded));
        }
        if self.min.is_some_and(|min| value < min) || self.max.is_some_and(|max| value > max) {
            return Err(outside(text, self.min.as_ref(), self.max.as_ref()));
        }
        Ok(if self.money { Typed::Money(value) } else { Typed::Decimal(value) })
    }
}

fn parse_whole(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

fn usable(kind: Kind, text: &str) -> Result<(), Diagnostic> {
    if kind == Kind::Inexact {
        return Err(Diagnostic::error("ZH3224").arg("value", quoted(text)));
    }
    if has_full_width(text) {
        return Err(Diagnostic::error("ZH3222")
            .arg("value", quoted(text))
            .arg("suggestion", half_width(text)));
    }
    Ok(())
}

fn outside<T: ToString>(text: &str, min: Option<&T>, max: Option<&T>) -> Diagnostic {
    let limit = |limit: Option<&T>| limit.map_or_else(|| "\u{2026}".to_owned(), T::to_string);
    Diagnostic::error("ZH3204").arg("value", quoted(text)).arg("min", limit(min)).arg("max", limit(max))
}

/// The number that is probably meant, for the hint: without thousands separators, unit signs or percent.
fn suggest(diagnostic: Diagnostic, text: &str) -> Diagnostic {
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '\u{ff0c}' | ' ' | '_')).collect();
    let number: String =
        plain.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+')).collect();
    let number = number.trim_end_matches('.');
    match exact::parse_decimal(number) {
        Ok(_) if !plain.contains(['e', 'E']) => diagnostic.arg("suggestion", number),
        _ => diagnostic.arg("suggestion", "none"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Result<Typed<'static>, String> {
        Whole { min: Some(0), max: Some(100) }.check(Kind::Text, text).map_err(|d| d.code.into_owned())
    }

    fn decimal(text: &str) -> Result<String, String> {
        let rule = Exact { min: None, max: Some(Decimal::from(1000)), scale: 2, money: false };
        let typed = rule.check(Kind::Text, text).map_err(|d| d.code.into_owned())?;
        let mut out = Vec::new();
        typed.write_json(&mut out);
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn whole_numbers_are_whole() {
        assert_eq!(whole("12"), Ok(Typed::Integer(12)));
        assert_eq!(whole("12.00"), Ok(Typed::Integer(12)));
        for (text, code) in [
            ("12.5", "ZH3203"),
            ("1e2", "ZH3203"),
            ("", "ZH3203"),
            ("-1", "ZH3204"),
            ("101", "ZH3204"),
            ("\u{ff11}2", "ZH3222"),
            ("99999999999999999999", "ZH3203"),
            ("1,000", "ZH3203"),
            ("0x10", "ZH3203"),
        ] {
            assert_eq!(whole(text), Err(code.to_owned()), "{text}");
        }
        let free = Whole { min: None, max: None };
        assert_eq!(free.check(Kind::Text, "9007199254740993").unwrap_err().code, "ZH3204");
        assert_eq!(free.check(Kind::Inexact, "1000000000000000").unwrap_err().code, "ZH3224");
    }

    #[test]
    fn decimals_are_exact_or_refused() {
        assert_eq!(decimal("85.90"), Ok("\"85.9\"".to_owned()));
        assert_eq!(decimal("-0.5"), Ok("\"-0.5\"".to_owned()));
        for (text, code) in [
            ("1.234", "ZH3206"),
            ("1e400", "ZH3205"),
            ("85.9%", "ZH3205"),
            ("1,234.5", "ZH3205"),
            ("1001", "ZH3204"),
            ("0.1000000000000000055511151231257827021181583404541015625", "ZH3205"),
            ("NaN", "ZH3205"),
        ] {
            assert_eq!(decimal(text), Err(code.to_owned()), "{text}");
        }
    }

    #[test]
    fn money_keeps_two_decimals() {
        let rule = Exact { min: None, max: None, scale: 2, money: true };
        let mut out = Vec::new();
        rule.check(Kind::Number, "12.5").unwrap().write_json(&mut out);
        assert_eq!(out, b"\"12.50\"");
    }
}
