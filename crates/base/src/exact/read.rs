//! Reading decimals strictly: what is written is what is kept, or the text is refused.

use rust_decimal::Decimal;

use crate::Diagnostic;
use crate::strict::{is_digits, plain};

/// Most digits a number may have, leading zeros not counted; a `Decimal` holds any number of so many.
const MOST_DIGITS: usize = 28;

/// Reads a plain decimal such as `-12.50`, with all its digits and places.
///
/// # Errors
///
/// ZH1201 if it is no number, ZH1202 for an exponent, ZH1203 for thousands separators, ZH1204 for
/// more than 28 digits, ZH1205 for a percent sign, ZH1401 and ZH1402 for full-width characters and spaces.
pub fn parse_decimal(text: &str) -> Result<Decimal, Diagnostic> {
    plain(text)?;
    let wrong = |code| Diagnostic::error(code).arg("value", text);
    let body = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, places) = body.split_once('.').unwrap_or((body, "0"));
    if !is_digits(whole) || !is_digits(places) {
        return Err(if is_grouped(whole) && is_digits(places) {
            wrong("ZH1203").arg("mended", text.replace(',', ""))
        } else if let Some(number) = body.strip_suffix('%').filter(|number| is_number(number)) {
            wrong("ZH1205").arg("mended", number)
        } else if body.split_once(['e', 'E']).is_some_and(|(number, power)| {
            is_number(number) && is_digits(power.strip_prefix(['-', '+']).unwrap_or(power))
        }) {
            wrong("ZH1202")
        } else {
            wrong("ZH1201")
        });
    }
    let places = if body.contains('.') { places } else { "" };
    let digits = format!("{whole}{places}");
    let counted = digits.trim_start_matches('0').len();
    if counted > MOST_DIGITS || places.len() > Decimal::MAX_SCALE as usize {
        return Err(wrong("ZH1204").arg("digits", counted.max(places.len())).arg("most", MOST_DIGITS));
    }
    let count: i128 = digits.parse().map_err(|_| wrong("ZH1201"))?;
    let count = if text.starts_with('-') { -count } else { count };
    Decimal::try_from_i128_with_scale(count, places.len() as u32).map_err(|_| wrong("ZH1201"))
}

/// Like [`parse_decimal`], but commas between groups of three digits are allowed: `1,234,567.8`.
pub fn parse_decimal_grouped(text: &str) -> Result<Decimal, Diagnostic> {
    let (whole, places) = text.split_at(text.find('.').unwrap_or(text.len()));
    if is_grouped(whole.strip_prefix(['-', '+']).unwrap_or(whole)) {
        parse_decimal(&format!("{}{places}", whole.replace(',', "")))
    } else {
        parse_decimal(text)
    }
}

fn is_number(text: &str) -> bool {
    let (whole, places) = text.split_once('.').unwrap_or((text, "0"));
    is_digits(whole) && is_digits(places)
}

/// One to three digits, then groups of a comma and three digits.
fn is_grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().is_some_and(|first| is_digits(first) && first.len() <= 3);
    let mut n_groups = 0;
    let rest = groups.all(|group| {
        n_groups += 1;
        group.len() == 3 && is_digits(group)
    });
    first && rest && n_groups > 0
}
