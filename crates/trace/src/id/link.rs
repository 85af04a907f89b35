//! GS1 Digital Links: `https://id.gs1.org/01/04012345111118/21/9876`, on any domain, with or without short names.
//!
//! The canonical form stands on id.gs1.org, has numbers instead of words, fourteen digits of GTIN, no query, and
//! names only the finest level: where a serial is, the lot goes (CBV 2.0, section 8.9, rule 18).

use zhiheng_base::Diagnostic;

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
