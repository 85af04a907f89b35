//! Identifiers of things, lots, places and documents, in every syntax, as one value.
//!
//! The same carton is `urn:epc:id:sgtin:4012345.011111.9876` to one partner, `https://id.gs1.org/01/04012345111118/21/9876`
//! to another, and `(01)04012345111118(21)9876` under the scanner. [`Identifier`] is what they have in common; two
//! are equal exactly when they name the same thing. Its canonical text is the GS1 Digital Link on id.gs1.org
//! ([`Identifier::link`]), because that needs nothing but the identifier. A URN also needs to know where the
//! company prefix ends, which no arithmetic tells: [`Identifier::urn`] gives one only where that is known.

mod ai;
mod character;
mod china;
mod element;
mod key;
mod link;
mod pattern;
mod prefix;
#[cfg(test)]
mod tests;
mod urn;

use zhiheng_base::Diagnostic;

pub use china::{GoodsCode, Structure, goods_code};
pub use element::{Element, Elements};
pub use key::Key;
pub use link::Link;
pub(crate) use link::{has_right_check, usual};
pub use pattern::Pattern;
pub use prefix::Prefixes;

use crate::problem::shorten;

/// What an identifier names beyond its key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Detail {
    /// Nothing: a kind of goods, a place, a logistic unit.
    None,
    /// A lot (批次), application identifier 10.
    Lot(String),
    /// One piece: 21, or the serial part of an asset, document, coupon or component.
    Serial(String),
    /// One piece by a third party's number, application identifier 235.
    ThirdParty(String),
    /// A spot inside a place, application identifier 254.
    Extension(String),
}

impl Detail {
    fn text(&self) -> Option<&str> {
        match self {
            Detail::None => None,
            Detail::Lot(text) | Detail::Serial(text) | Detail::ThirdParty(text) | Detail::Extension(text) => {
                Some(text)
            }
        }
    }
}

/// How much an identifier names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// A kind of things: all cartons of this product.
    Class,
    /// The things of one lot.
    Lot,
    /// One thing, one place, one document.
    Instance,
}

/// An identifier of the GS1 system.
#[derive(Clone, Debug)]
pub struct Identifier {
    key: Key,
    body: String,
    detail: Detail,
    /// Digits of the company prefix, where the syntax told.
    prefix: Option<u8>,
    /// The right check digit, where another was written.
    expected: Option<String>,
}

impl PartialEq for Identifier {
    fn eq(&self, other: &Identifier) -> bool {
        (self.key, &self.body, &self.detail) == (other.key, &other.body, &other.detail)
    }
}

impl Eq for Identifier {}

impl std::hash::Hash for Identifier {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.key, &self.body, &self.detail).hash(state);
    }
}

impl PartialOrd for Identifier {
    fn partial_cmp(&self, other: &Identifier) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Identifier {
    fn cmp(&self, other: &Identifier) -> std::cmp::Ordering {
        (self.key, &self.body, &self.detail).cmp(&(other.key, &other.body, &other.detail))
    }
}

impl Identifier {
    /// Reads any syntax: EPC URN, Digital Link, element string with brackets or separators, or the bare
    /// digits of a GTIN.
    ///
    /// # Errors
    ///
    /// ZH9501 to ZH9505, ZH9507 and ZH9508.
    pub fn read(text: &str) -> Result<Identifier, Diagnostic> {
        if text.starts_with("urn:epc:") {
            Identifier::from_urn(text)
        } else if text.starts_with("http://") || text.starts_with("https://") {
            Link::read(text).map(|link| link.identifier)
        } else if text.starts_with(['(', ']', '\u{1d}']) {
            Elements::read(text)?.identifier()
        } else if character::is_digits(text) && matches!(text.len(), 8 | 12 | 13 | 14) {
            Identifier::new(Key::Gtin, text, Detail::None)
        } else {
            Err(unknown(text))
        }
    }

    /// The identifier of `key` with the digits or characters `body` (with check digit) and `detail`.
    ///
    /// A wrong check digit is no error: such codes are in circulation, and a thing that bears one must stay
    /// traceable. [`Identifier::problem`] tells.
    ///
    /// # Errors
    ///
    /// ZH9502 for a wrong length, ZH9504 for a character that the key does not allow.
    pub fn new(key: Key, body: &str, detail: Detail) -> Result<Identifier, Diagnostic> {
        let body = key.body(body)?;
        let detail = key.detail(detail)?;
        let expected = key.expected_check(&body);
        Ok(Identifier { key, body, detail, prefix: None, expected })
    }

    fn with_prefix(mut self, digits: usize) -> Identifier {
        self.prefix = u8::try_from(digits).ok();
        self
    }

    /// What kind of identifier it is.
    pub fn key(&self) -> Key {
        self.key
    }

    /// The key itself: for a GTIN fourteen digits with the check digit.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// What is named beyond the key.
    pub fn detail(&self) -> &Detail {
        &self.detail
    }

    /// The serial or lot, whatever there is.
    pub fn detail_text(&self) -> Option<&str> {
        self.detail.text()
    }

    /// How much is named.
    pub fn level(&self) -> Level {
        match self.detail {
            Detail::Lot(_) => Level::Lot,
            Detail::None if self.key.is_class_without_serial() => Level::Class,
            _ => Level::Instance,
        }
    }

    /// The class that this belongs to: without serial and lot.
    #[must_use]
    pub fn class(&self) -> Identifier {
        Identifier { detail: Detail::None, ..self.clone() }
    }

    /// The same key with another detail.
    ///
    /// # Errors
    ///
    /// ZH9502 and ZH9504 if the detail does not fit the key.
    pub fn detailed(&self, detail: Detail) -> Result<Identifier, Diagnostic> {
        Ok(Identifier { detail: self.key.detail(detail)?, ..self.clone() })
    }

    /// A warning (ZH9503) if the check digit is wrong.
    pub fn problem(&self) -> Option<Diagnostic> {
        let expected = self.expected.as_ref()?;
        Some(
            Diagnostic::warning("ZH9503")
                .arg("value", &self.body)
                .arg("key", self.key.name())
                .arg("expected", expected),
        )
    }

    /// Digits of the company prefix, if the syntax told; see [`Prefixes`] for the others.
    pub fn prefix(&self) -> Option<u8> {
        self.prefix
    }
}

impl std::fmt::Display for Identifier {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.link())
    }
}

/// The canonical text of any identifier in an event: the Digital Link of a GS1 key, else the text itself.
pub fn canonical(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.starts_with("urn:epc:") && !text.starts_with("http") || usual(text).is_some() {
        return text.into();
    }
    match Identifier::read(text) {
        Ok(identifier) => identifier.link().into(),
        Err(_) => text.into(),
    }
}

/// An identifier as people read it: the element string of a Digital Link, `(01)…(21)…`; anything else as it is.
pub fn shown(text: &str) -> String {
    let pairs = text.strip_prefix(link::DOMAIN).and_then(|path| path.strip_prefix('/')).map(|path| {
        let steps: Vec<&str> = path.split('/').collect();
        steps
            .chunks(2)
            .map(|pair| match pair {
                [ai, value] => Some(format!("({ai}){}", crate::uri::unescape(value)?)),
                _ => None,
            })
            .collect::<Option<String>>()
    });
    pairs.flatten().unwrap_or_else(|| text.to_owned())
}

fn unknown(text: &str) -> Diagnostic {
    Diagnostic::error("ZH9501").arg("value", shorten(text))
}
