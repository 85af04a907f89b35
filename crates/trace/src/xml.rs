//! EPCIS in XML, versions 2.0 and 1.2.
//!
//! Both versions say the same; 1.2 wraps what came later in `extension` elements, sometimes two deep. Reading takes
//! the wrappers away wherever they are allowed, so one reader serves both; writing puts them where the older schema
//! wants them. Entities are refused: they let a small file become a large one, or read files of ours.

mod parse;
mod read;
#[cfg(test)]
mod tests;
mod write;

use std::fmt::Write;

pub use read::read;
pub use write::{Words, XmlStyle, write};

/// The namespaces of EPCIS documents.
pub(crate) const EPCIS_2: &str = "urn:epcglobal:epcis:xsd:2";
pub(crate) const EPCIS_1: &str = "urn:epcglobal:epcis:xsd:1";
pub(crate) const QUERY_2: &str = "urn:epcglobal:epcis-query:xsd:2";
pub(crate) const QUERY_1: &str = "urn:epcglobal:epcis-query:xsd:1";
pub(crate) const HEADER: &str = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader";
pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
pub(crate) const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// True for the namespaces whose elements are the standard's own.
pub(crate) fn is_standard(space: &str) -> bool {
    matches!(space, EPCIS_2 | EPCIS_1 | QUERY_2 | QUERY_1)
}

/// A local name that XML can bear: what cannot stand in one is written `_x0020_`, as ISO 9075-14 has it.
pub(crate) fn escape_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for (place, c) in name.chars().enumerate() {
        let starts = c.is_alphabetic() || c == '_';
        let goes_on = starts || c.is_ascii_digit() || matches!(c, '-' | '.' | '\u{b7}');
        let looks_escaped =
            c == '_' && is_escape(name.get(name.char_indices().nth(place).map_or(0, |(at, _)| at)..));
        if (if place == 0 { starts } else { goes_on }) && !looks_escaped {
            out.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(out, "_x{unit:04X}_");
            }
        }
    }
    out
}

/// Undoes [`escape_name`].
pub(crate) fn unescape_name(name: &str) -> String {
    if !name.contains("_x") {
        return name.to_owned();
    }
    let mut units: Vec<u16> = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        let escaped = if is_escape(Some(rest)) {
            rest.get(2..6).and_then(|hex| u16::from_str_radix(hex, 16).ok())
        } else {
            None
        };
        let length = if let Some(unit) = escaped {
            units.push(unit);
            7
        } else {
            units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
            c.len_utf8()
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    String::from_utf16(&units).unwrap_or_else(|_| name.to_owned())
}

fn is_escape(text: Option<&str>) -> bool {
    text.and_then(|text| text.as_bytes().get(..7)).is_some_and(|bytes| {
        bytes.starts_with(b"_x")
            && bytes.ends_with(b"_")
            && bytes.iter().skip(2).take(4).all(u8::is_ascii_hexdigit)
    })
}
