//! GS1 Digital Links: `https://id.gs1.org/01/04012345111118/21/9876`, on any domain, with or without short names.
//!
//! The canonical form stands on id.gs1.org, has numbers instead of words, fourteen digits of GTIN, no query, and
//! names only the finest level: where a serial is, the lot goes (CBV 2.0, section 8.9, rule 18).

use zhiheng_base::Diagnostic;
use zhiheng_base::code::gs1_check;

use super::{Detail, Identifier, Key, ai, unknown};
use crate::problem::shorten;
use crate::uri::{escape, unescape};

/// The domain of canonical links.
pub(crate) const DOMAIN: &str = "https://id.gs1.org";

/// A Digital Link with what stands beside the identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What is named, at the finest level.
    pub identifier: Identifier,
    /// The lot, which may stand beside a serial.
    pub lot: Option<String>,
    /// Application identifiers and values of the query, such as 17, the expiry date.
    pub attributes: Vec<(String, String)>,
}

impl Link {
    /// Reads a Digital Link on any domain and under any path.
    ///
    /// # Errors
    ///
    /// ZH9501 if there is no key in it, ZH9502, ZH9504 and ZH9505 for a wrong key.
    pub fn read(text: &str) -> Result<Link, Diagnostic> {
        let (_, rest) = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .and_then(|rest| rest.split_once('/'))
            .ok_or_else(|| unknown(text))?;
        let rest = rest.split_once('#').map_or(rest, |(before, _)| before);
        let (path, query) = rest.split_once('?').map_or((rest, ""), |(path, query)| (path, query));
        let segments: Vec<&str> = path.strip_suffix('/').unwrap_or(path).split('/').collect();
        let mut first_error = None;
        for (place, pair) in segments.windows(2).enumerate() {
            let [name, value] = pair else { continue };
            let Some(key) = Key::of_ai(name).or_else(|| Key::of_word(name)) else { continue };
            let Some(after) = segments.get(place + 2..) else { continue };
            match read_pairs(key, value, after) {
                Ok((identifier, lot)) => return Ok(Link { identifier, lot, attributes: attributes(query) }),
                Err(error) => first_error = first_error.or(Some(error)),
            }
        }
        Err(first_error.unwrap_or_else(|| unknown(text)))
    }
}

/// The digits of the key, if `text` is a canonical link of a usual kind, letter by letter: goods, a lot or piece of them, a
/// logistic unit, a place, a party. `None` for every other text, canonical or not. Nearly all identifiers of a partner who writes Digital
/// Links are such texts, and need not be taken apart to be put together again.
pub(crate) fn usual(text: &str) -> Option<&str> {
    let path = text.strip_prefix(DOMAIN)?.strip_prefix('/')?;
    let (ai, rest) = path.split_once('/')?;
    let (digits, qualifiers): (usize, &[&str]) = match ai {
        "01" => (14, &["21", "10"]),
        "00" => (18, &[]),
        "414" => (13, &["254"]),
        "417" => (13, &[]),
        _ => return None,
    };
    let (body, after) = rest.split_at_checked(digits)?;
    if !body.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if after.is_empty() {
        return Some(body);
    }
    let (name, value) = after.strip_prefix('/')?.split_once('/')?;
    // of the characters that a value may have, those that no writer escapes
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    let fits = qualifiers.contains(&name)
        && (1..=20).contains(&value.len())
        && value.bytes().all(is_plain)
        && (name, value) != ("254", "0");
    fits.then_some(body)
}

/// Whether the digits of a key end in their check digit.
pub(crate) fn has_right_check(digits: &str) -> bool {
    digits
        .split_at_checked(digits.len().saturating_sub(1))
        .is_some_and(|(before, last)| gs1_check(before).is_some_and(|right| last.starts_with(right)))
}

/// The key's value and its qualifiers.
fn read_pairs(key: Key, value: &str, after: &[&str]) -> Result<(Identifier, Option<String>), Diagnostic> {
    let plain =
        |text: &str| unescape(text).ok_or_else(|| Diagnostic::error("ZH9505").arg("value", shorten(text)));
    let value = plain(value)?;
    let (body, mut detail) = split_joined(key, &value);
    let mut lot = None;
    if after.len() % 2 == 1 {
        return Err(unknown(&after.join("/")));
    }
    for pair in after.chunks(2) {
        let [name, value] = pair else { continue };
        let value = plain(value)?;
        match (key, *name) {
            (Key::Gtin | Key::Itip, "10" | "lot") => lot = Some(value),
            (Key::Gtin | Key::Itip, "21" | "ser") | (Key::Cpid, "8011") => detail = Detail::Serial(value),
            (Key::Gtin, "235") => detail = Detail::ThirdParty(value),
            (Key::Gtin | Key::Itip, "22" | "cpv")
            | (Key::Gln | Key::Party, "7040")
            | (Key::Gsrn | Key::Gsrnp, "8019") => {}
            (Key::Gln, "254") => detail = Detail::Extension(value),
            _ => return Err(unknown(name)),
        }
    }
    if detail == Detail::None
        && let Some(lot) = &lot
    {
        detail = Detail::Lot(lot.clone());
    }
    Ok((Identifier::new(key, body, detail)?, lot))
}

/// Parts the serial that stands right after the digits of an asset, document or coupon.
pub(super) fn split_joined(key: Key, value: &str) -> (&str, Detail) {
    let Some(digits) = key.digits().filter(|_| key.joins_serial()) else { return (value, Detail::None) };
    match value.split_at_checked(digits) {
        Some((body, serial)) if !serial.is_empty() => (body, Detail::Serial(serial.to_owned())),
        _ => (value, Detail::None),
    }
}

/// The pairs of the query that are application identifiers with a fitting value.
fn attributes(query: &str) -> Vec<(String, String)> {
    query
        .split(['&', ';'])
        .filter_map(|pair| pair.split_once('='))
        .filter_map(|(ai, value)| Some((ai, unescape(value)?)))
        .filter(|(ai, value)| ai::format(ai).is_some_and(|format| format.fault(value).is_none()))
        .map(|(ai, value)| (ai.to_owned(), value))
        .collect()
}

/// Characters that stand unescaped in a canonical link. The standard escapes more than RFC 3986 would
/// (Digital Link URI Syntax, table 7-1).
const PLAIN: &str = "-._~';=";

impl Identifier {
    /// The canonical Digital Link.
    pub fn link(&self) -> String {
        self.link_on(DOMAIN)
    }

    /// The Digital Link on another domain, such as `https://zhuisu.example.cn`.
    pub fn link_on(&self, domain: &str) -> String {
        let (ai, body) = (self.key.ai(), escape(&self.body, PLAIN));
        let detail = self.detail.text().map(|text| escape(text, PLAIN)).unwrap_or_default();
        let qualifier = match (&self.detail, self.key) {
            (Detail::None, _) => return format!("{domain}/{ai}/{body}"),
            (Detail::Serial(_), key) if key.joins_serial() => return format!("{domain}/{ai}/{body}{detail}"),
            (Detail::Lot(_), _) => "10",
            (Detail::Serial(_), Key::Cpid) => "8011",
            (Detail::Serial(_), _) => "21",
            (Detail::ThirdParty(_), _) => "235",
            (Detail::Extension(_), _) => "254",
        };
        format!("{domain}/{ai}/{body}/{qualifier}/{detail}")
    }
}
