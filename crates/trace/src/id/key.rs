//! The GS1 keys: their numbers, lengths, characters and check digits.

use zhiheng_base::Diagnostic;
use zhiheng_base::code::gs1_check;

use super::{Detail, character, unknown};
use crate::problem::shorten;

/// A kind of identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// Logistic unit, 00.
    Sscc,
    /// Goods, 01.
    Gtin,
    /// Document type or document, 253.
    Gdti,
    /// Coupon, 255.
    Gcn,
    /// Consignment, 401.
    Ginc,
    /// Shipment, 402.
    Gsin,
    /// Place, 414.
    Gln,
    /// Party, 417.
    Party,
    /// Returnable asset, 8003.
    Grai,
    /// Individual asset, 8004.
    Giai,
    /// Pieces of goods packed apart, 8006.
    Itip,
    /// Component or part, 8010.
    Cpid,
    /// Model, 8013.
    Gmn,
    /// Provider of a service, 8017.
    Gsrnp,
    /// Recipient of a service, 8018.
    Gsrn,
}

/// All keys, in the order of their numbers.
pub(crate) const ALL: [Key; 15] = [
    Key::Sscc,
    Key::Gtin,
    Key::Gdti,
    Key::Gcn,
    Key::Ginc,
    Key::Gsin,
    Key::Gln,
    Key::Party,
    Key::Grai,
    Key::Giai,
    Key::Itip,
    Key::Cpid,
    Key::Gmn,
    Key::Gsrnp,
    Key::Gsrn,
];

impl Key {
    /// Its application identifier.
    pub fn ai(self) -> &'static str {
        match self {
            Key::Sscc => "00",
            Key::Gtin => "01",
            Key::Gdti => "253",
            Key::Gcn => "255",
            Key::Ginc => "401",
            Key::Gsin => "402",
            Key::Gln => "414",
            Key::Party => "417",
            Key::Grai => "8003",
            Key::Giai => "8004",
            Key::Itip => "8006",
            Key::Cpid => "8010",
            Key::Gmn => "8013",
            Key::Gsrnp => "8017",
            Key::Gsrn => "8018",
        }
    }

    /// Its short name, as GS1 writes it.
    pub fn name(self) -> &'static str {
        match self {
            Key::Sscc => "SSCC",
            Key::Gtin => "GTIN",
            Key::Gdti => "GDTI",
            Key::Gcn => "GCN",
            Key::Ginc => "GINC",
            Key::Gsin => "GSIN",
            Key::Gln => "GLN",
            Key::Party => "PGLN",
            Key::Grai => "GRAI",
            Key::Giai => "GIAI",
            Key::Itip => "ITIP",
            Key::Cpid => "CPID",
            Key::Gmn => "GMN",
            Key::Gsrnp => "GSRNP",
            Key::Gsrn => "GSRN",
        }
    }

    /// The key with application identifier `ai`.
    pub fn of_ai(ai: &str) -> Option<Key> {
        ALL.into_iter().find(|key| key.ai() == ai)
    }

    /// The key by the short word of older Digital Links: `gtin`, `itip`, `party`…
    pub fn of_word(word: &str) -> Option<Key> {
        Some(match word {
            "gtin" => Key::Gtin,
            "itip" => Key::Itip,
            "cpid" => Key::Cpid,
            "gln" => Key::Gln,
            "party" => Key::Party,
            "gsrnp" => Key::Gsrnp,
            "gsrn" => Key::Gsrn,
            "gcn" => Key::Gcn,
            "sscc" => Key::Sscc,
            "gdti" => Key::Gdti,
            "ginc" => Key::Ginc,
            "gsin" => Key::Gsin,
            "grai" => Key::Grai,
            "giai" => Key::Giai,
            "gmn" => Key::Gmn,
            _ => return None,
        })
    }

    /// Digits of the key without serial; `None` where it is not made of digits of a fixed number.
    pub(crate) fn digits(self) -> Option<usize> {
        match self {
            Key::Sscc | Key::Itip | Key::Gsrn | Key::Gsrnp => Some(18),
            Key::Gtin | Key::Grai => Some(14),
            Key::Gdti | Key::Gcn | Key::Gln | Key::Party => Some(13),
            Key::Gsin => Some(17),
            Key::Giai | Key::Ginc | Key::Cpid | Key::Gmn => None,
        }
    }

    /// True where the serial stands in the same element, right after the digits of the key.
    pub(crate) fn joins_serial(self) -> bool {
        matches!(self, Key::Grai | Key::Gdti | Key::Gcn)
    }

    /// True where the key alone names a kind of things.
    pub(crate) fn is_class_without_serial(self) -> bool {
        matches!(self, Key::Gtin | Key::Itip | Key::Grai | Key::Gdti | Key::Gcn | Key::Cpid | Key::Gmn)
    }

    /// The key's characters, checked; a GTIN of 8, 12 or 13 digits gets its zeros.
    pub(super) fn body(self, text: &str) -> Result<String, Diagnostic> {
        let length = |wanted: &str| {
            Err(Diagnostic::error("ZH9502")
                .arg("key", self.name())
                .arg("value", shorten(text))
                .arg("length", text.chars().count())
                .arg("wanted", wanted))
        };
        let kind = match self {
            Key::Giai | Key::Ginc | Key::Gmn => 'X',
            Key::Cpid => 'Y',
            _ => 'N',
        };
        characters(self.name(), kind, text)?;
        match (self, self.digits()) {
            (Key::Gtin, _) => match text.len() {
                8 | 12 | 13 | 14 => Ok(format!("{text:0>14}")),
                _ => length("8/12/13/14"),
            },
            (_, Some(digits)) if text.len() == digits => Ok(text.to_owned()),
            (_, Some(digits)) => length(&digits.to_string()),
            (Key::Gmn, None) if !(8..=25).contains(&text.len()) => length("8–25"),
            // a company prefix has at least four digits, and something must follow
            (_, None) if !(5..=30).contains(&text.len()) => length("5–30"),
            (_, None) => {
                if text.get(..4).is_some_and(character::is_digits) {
                    Ok(text.to_owned())
                } else {
                    Err(unknown(text))
                }
            }
        }
    }

    /// The detail, checked; an extension 0 of a place is none.
    pub(super) fn detail(self, detail: Detail) -> Result<Detail, Diagnostic> {
        let (kind, most) = match (self, &detail) {
            (_, Detail::None) => return Ok(Detail::None),
            (Key::Gln, Detail::Extension(text)) if text == "0" => return Ok(Detail::None),
            (Key::Gtin | Key::Itip, Detail::Serial(_) | Detail::Lot(_))
            | (Key::Gln, Detail::Extension(_)) => ('X', 20),
            (Key::Gtin, Detail::ThirdParty(_)) => ('X', 28),
            (Key::Grai, Detail::Serial(_)) => ('X', 16),
            (Key::Gdti, Detail::Serial(_)) => ('X', 17),
            (Key::Gcn | Key::Cpid, Detail::Serial(_)) => ('N', 12),
            _ => return Err(unknown(detail.text().unwrap_or_default())),
        };
        let text = detail.text().unwrap_or_default();
        characters(self.name(), kind, text)?;
        if text.is_empty() || text.len() > most {
            return Err(Diagnostic::error("ZH9502")
                .arg("key", self.name())
                .arg("value", shorten(text))
                .arg("length", text.len())
                .arg("wanted", format!("1–{most}")));
        }
        Ok(detail)
    }

    /// The right check digit or pair, if `body` ends in another.
    pub(super) fn expected_check(self, body: &str) -> Option<String> {
        let (checked, digits) = match self {
            Key::Itip => (body.get(..14)?, 1),
            Key::Gmn => (body, 2),
            Key::Giai | Key::Ginc | Key::Cpid => return None,
            _ => (body, 1),
        };
        let (before, written) = checked.split_at_checked(checked.len().checked_sub(digits)?)?;
        let right = match self {
            Key::Gmn => character::model_check(before)?,
            _ => gs1_check(before)?.to_string(),
        };
        (right != written).then_some(right)
    }
}

fn characters(key: &str, kind: char, text: &str) -> Result<(), Diagnostic> {
    match text.chars().find(|&c| !character::is_in(kind, c)) {
        None => Ok(()),
        Some(c) => Err(Diagnostic::error("ZH9504")
            .arg("key", key)
            .arg("value", shorten(text))
            .arg("character", c.escape_default())),
    }
}
