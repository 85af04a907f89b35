//! Fields of a form or a query, read by name.

use axum::http::StatusCode;

use crate::problem::Problem;

/// Most fields.
const FIELDS_MAX: usize = 2000;

/// Fields in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    fields: Vec<(String, String)>,
}

impl Form {
    /// Reads `a=1&b=2`.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Form, Problem> {
        let bad = || Problem::of(StatusCode::UNPROCESSABLE_ENTITY, "ZH7514");
        let mut fields = Vec::new();
        for pair in bytes.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            if fields.len() == FIELDS_MAX {
                return Err(bad());
            }
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let (name, value) = (halves.next().unwrap_or_default(), halves.next().unwrap_or_default());
            let (Some(name), Some(value)) = (decoded(name), decoded(value)) else { return Err(bad()) };
            fields.push((name, value));
        }
        Ok(Form { fields })
    }

    /// Fields that were read elsewhere.
    pub(crate) fn of(fields: Vec<(String, String)>) -> Form {
        Form { fields }
    }

    /// The field's text without space around it; empty if there is none. A field that comes twice counts once: its
    /// first.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// The field's text as it came, for passwords.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.fields.iter().find(|(each, _)| each == name).map_or("", |(_, value)| value)
    }

    /// The names, as they came.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(name, _)| name.as_str())
    }

    /// All fields with their texts, in the order in which they came.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Every value of a field that may come several times.
    pub(crate) fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.fields.iter().filter(move |(each, _)| each == name).map(|(_, value)| value.trim())
    }
}

/// Undoes `+` and `%41`; `None` for what is no text, and for NUL, which no database of ours keeps.
fn decoded(bytes: &[u8]) -> Option<String> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(byte) = rest.next() {
        plain.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                u8::try_from(high * 16 + low).ok()?
            }
            other => *other,
        });
    }
    String::from_utf8(plain).ok().filter(|text| !text.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::Form;
    use proptest::prelude::*;

    #[test]
    fn fields_are_read_and_nonsense_is_refused() {
        let form = Form::parse("a=1+2&b=%E8%B4%A8&a=3&c&=d&e=%20x%20".as_bytes()).expect("a form");
        assert_eq!((form.get("a"), form.get("b"), form.get("c"), form.get("e")), ("1 2", "质", "", "x"));
        assert_eq!(form.raw("e"), " x ");
        assert_eq!(form.all("a").collect::<Vec<_>>(), ["1 2", "3"]);
        for bad in ["a=%", "a=%4", "a=%zz", "a=%ff", "%00=1", "a=\0"] {
            assert!(Form::parse(bad.as_bytes()).is_err(), "{bad}");
        }
        let many = "a=1&".repeat(2001);
        assert!(Form::parse(many.as_bytes()).is_err());
    }

    proptest! {
        #[test]
        fn whatever_comes_is_a_form_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Form::parse(&bytes);
        }

        #[test]
        fn what_is_encoded_comes_back(text in "[^\0]{0,20}") {
            let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
            let form = Form::parse(format!("x={encoded}").as_bytes()).expect("a form");
            prop_assert_eq!(form.raw("x"), text);
        }
    }
}
