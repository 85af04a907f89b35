//! What stands in a Chinese goods code (商品二维码, GB/T 33993): an element string, a national web address, a
//! maker's web address, or a GS1 Digital Link.
//!
//! The three structures of GB/T 33993-2017 are read together with Digital Links, because all four are in
//! circulation. Bar codes below a product (商品条码, GB 12904) are GTINs: [`Identifier::read`] takes their digits.

use zhiheng_base::Diagnostic;

use super::{Detail, Elements, Identifier, Key, Link, unknown};
use crate::uri::unescape;

/// How a goods code was built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Structure {
    /// 编码数据结构: an element string.
    Elements,
    /// 国家统一网址: the address of the national platform with an element string behind it.
    NationalAddress,
    /// 厂商自定义网址: a maker's address with `gtin`, `bat` and `ser`.
    MakerAddress,
    /// A GS1 Digital Link.
    DigitalLink,
    /// The digits of a bar code.
    BarCode,
}

/// A goods code, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoodsCode {
    /// How it was built.
    pub structure: Structure,
    /// What it names, at the finest level.
    pub identifier: Identifier,
    /// The lot, which may stand beside a serial.
    pub lot: Option<String>,
    /// Whatever else it states, by application identifier.
    pub attributes: Vec<(String, String)>,
}

/// Reads the text of a scanned goods code.
///
/// # Errors
///
/// ZH9501 to ZH9508: it is none of the structures, or its GTIN is malformed.
pub fn goods_code(text: &str) -> Result<GoodsCode, Diagnostic> {
    let text = text.trim();
    let Some(address) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        if text.bytes().all(|byte| byte.is_ascii_digit()) && matches!(text.len(), 8 | 12 | 13 | 14) {
            let identifier = Identifier::read(text)?;
            return Ok(GoodsCode {
                structure: Structure::BarCode,
                identifier,
                lot: None,
                attributes: Vec::new(),
            });
        }
        return from_elements(Structure::Elements, &Elements::read(text)?);
    };
    if let Some(code) = maker_address(address)? {
        return Ok(code);
    }
    if let Ok(link) = Link::read(text) {
        return Ok(GoodsCode {
            structure: Structure::DigitalLink,
            identifier: link.identifier,
            lot: link.lot,
            attributes: link.attributes,
        });
    }
    // the element string is the whole last segment and starts with the GTIN
    let last = address.rsplit('/').next().unwrap_or_default();
    let last = unescape(last).ok_or_else(|| Diagnostic::error("ZH9505").arg("value", last))?;
    let (goods, rest) = last.split_at_checked(16).ok_or_else(|| unknown(text))?;
    let elements = Elements::read(goods)?;
    let identifier = elements.identifier()?;
    if identifier.key() != Key::Gtin {
        return Err(unknown(text));
    }
    match Elements::read(&last) {
        Ok(elements) => from_elements(Structure::NationalAddress, &elements),
        // what follows the GTIN may be the platform's own number for the piece, which is no element
        Err(_) => Ok(GoodsCode {
            structure: Structure::NationalAddress,
            identifier: identifier.detailed(Detail::Serial(rest.to_owned())).unwrap_or(identifier),
            lot: None,
            attributes: Vec::new(),
        }),
    }
}

fn from_elements(structure: Structure, elements: &Elements) -> Result<GoodsCode, Diagnostic> {
    let identifier = elements.identifier()?;
    let named = [identifier.key().ai(), "10", "21", "235", "254", "8011"];
    Ok(GoodsCode {
        structure,
        lot: elements.lot().map(str::to_owned),
        attributes: elements
            .list()
            .iter()
            .filter(|element| !named.contains(&element.ai.as_str()))
            .map(|element| (element.ai.clone(), element.value.clone()))
            .collect(),
        identifier,
    })
}

/// `…/gtin/06901234567892/bat/Q4D593/ser/32a`: like an old Digital Link, but with `bat` for the lot.
fn maker_address(address: &str) -> Result<Option<GoodsCode>, Diagnostic> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let segments: Vec<&str> = path.split('/').collect();
    let after = |name: &str| -> Option<&str> {
        let at = segments.iter().position(|segment| *segment == name)?;
        segments.get(at + 1).copied().filter(|value| !value.is_empty())
    };
    let Some(gtin) = after("gtin") else { return Ok(None) };
    let plain = |value: Option<&str>| match value {
        None => Ok(None),
        Some(value) => match unescape(value) {
            Some(value) => Ok(Some(value)),
            None => Err(Diagnostic::error("ZH9505").arg("value", value)),
        },
    };
    let lot = plain(after("bat").or_else(|| after("lot")).or_else(|| after("10")))?;
    let serial = plain(after("ser").or_else(|| after("21")))?;
    let detail = match (serial, &lot) {
        (Some(serial), _) => Detail::Serial(serial),
        (None, Some(lot)) => Detail::Lot(lot.clone()),
        (None, None) => Detail::None,
    };
    let identifier = Identifier::new(Key::Gtin, gtin, detail)?;
    Ok(Some(GoodsCode { structure: Structure::MakerAddress, identifier, lot, attributes: Vec::new() }))
}
