//! Numbers as they were written.
//!
//! A quantity of `12.50` kg is a decimal: read into a binary float it would come out as `12.5`, and
//! `0.1` tonnes ten times would not be one tonne. A [`Number`] keeps the digits; who computes asks for a
//! [`Decimal`]. The event hash has a form of its own ([`Number::hashed`]).

use zhiheng_base::Decimal;

/// A number by its digits, such as `-12.50` or `1.5e-3`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number(Box<str>);

impl Number {
    /// Reads a JSON number or an XML decimal or double (`+1`, `.5` and `5.` are XML's); `None` if it is none.
    /// Infinity and “not a number” are no quantities.
    pub fn read(text: &str) -> Option<Number> {
        let body = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (mantissa, power) = match body.split_once(['e', 'E']) {
            None => (body, None),
            Some((mantissa, power)) => (mantissa, Some(power)),
        };
        let (whole, places) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let power_is_number = power.is_none_or(|power| {
            let power = power.strip_prefix(['+', '-']).unwrap_or(power);
            !power.is_empty() && power.len() <= 5 && digits(power)
        });
        let is_number = digits(whole) && digits(places) && whole.len() + places.len() > 0 && power_is_number;
        is_number.then(|| Number(text.into()))
    }

    /// A whole number.
    pub fn whole(count: u64) -> Number {
        Number(count.to_string().into())
    }

    /// The digits as they were written.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The digits as JSON takes them: no plus sign, no leading zeros, a digit on both sides of the point.
    pub fn json(&self) -> String {
        let (sign, body) = self.parts();
        let at = body.find(['e', 'E']).unwrap_or(body.len());
        let (mantissa, power) = body.split_at(at);
        let (whole, places) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        let point = if places.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{places}{power}")
    }

    /// The same number without an exponent, as `xsd:decimal` takes it; `None` if that would take more than 400
    /// digits.
    pub fn plain(&self) -> Option<String> {
        let (sign, body) = self.parts();
        let Some((mantissa, power)) = body.split_once(['e', 'E']) else { return Some(self.0.to_string()) };
        let power: i64 = power.parse().ok()?;
        let (whole, places) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{places}");
        let point = whole.len() as i64 + power;
        if point.abs() > 400 || digits.len() > 400 {
            return None;
        }
        let length = digits.len() as i64;
        Some(if point <= 0 {
            format!("{sign}0.{}{digits}", "0".repeat((-point) as usize))
        } else if point >= length {
            format!("{sign}{digits}{}", "0".repeat((point - length) as usize))
        } else {
            let (whole, places) = digits.split_at(point as usize);
            format!("{sign}{whole}.{places}")
        })
    }

    /// The exact value, if it has at most 28 digits.
    pub fn decimal(&self) -> Option<Decimal> {
        let plain = self.plain()?;
        let plain = plain.strip_prefix('+').unwrap_or(&plain);
        let (sign, body) = plain.strip_prefix('-').map_or(("", plain), |body| ("-", body));
        let body = body.strip_suffix('.').unwrap_or(body);
        let body = if body.starts_with('.') { format!("0{body}") } else { body.to_owned() };
        zhiheng_base::exact::parse_decimal(&format!("{sign}{body}")).ok()
    }

    fn parts(&self) -> (&str, &str) {
        match self.0.strip_prefix('-') {
            Some(body) => ("-", body),
            None => ("", self.0.strip_prefix('+').unwrap_or(&self.0)),
        }
    }

    /// The number as the event hash wants it: no trailing zeros, no exponent.
    ///
    /// The published hashes come from programs that pass every number through a 64-bit float, so
    /// `111100001111000011110000` is hashed as `111100001111000003641344`; we must do the same to agree.
    pub fn hashed(&self) -> String {
        let Ok(value) = self.0.parse::<f64>() else { return self.0.to_string() };
        if !value.is_finite() {
            self.0.to_string()
        } else if value == 0.0 {
            "0".to_owned()
        } else if value.fract() == 0.0 {
            // all digits of the float, as the reference prints an integer, not its shortest form
            format!("{value:.0}")
        } else {
            format!("{value}")
        }
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_are_numbers() {
        for text in ["0", "-0", "12.50", "1e3", "1.5E-3", "+7", ".5", "5.", "007"] {
            assert!(Number::read(text).is_some(), "{text}");
        }
        for text in ["", ".", "-", "1e", "e5", "1.2.3", "0x1F", "NaN", "INF", "1,5", "１", "1e999999", " 1"]
        {
            assert!(Number::read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn forms_by_hand() {
        // written, JSON, plain, hashed
        for (text, json, plain, hashed) in [
            ("12.50", "12.50", "12.50", "12.5"),
            ("+007.0", "7.0", "+007.0", "7"),
            (".5", "0.5", ".5", "0.5"),
            ("5.", "5", "5.", "5"),
            ("1.5e3", "1.5e3", "1500", "1500"),
            ("-2.5E-3", "-2.5E-3", "-0.0025", "-0.0025"),
            ("-0.0", "-0.0", "-0.0", "0"),
            (
                "111100001111000011110000",
                "111100001111000011110000",
                "111100001111000011110000",
                "111100001111000003641344",
            ),
        ] {
            let number = Number::read(text).expect("a number");
            assert_eq!(
                (number.json().as_str(), number.plain().as_deref(), number.hashed().as_str()),
                (json, Some(plain), hashed),
                "{text}"
            );
        }
    }

    #[test]
    fn decimals_stay_decimals() {
        let sum: Decimal = (0..10).filter_map(|_| Number::read("0.1")?.decimal()).sum();
        assert_eq!(sum, Decimal::ONE);
        assert_eq!(Number::read("1.5e-3").and_then(|n| n.decimal()), Some(Decimal::new(15, 4)));
        assert_eq!(Number::read("1e300").and_then(|n| n.decimal()), None);
    }
}
