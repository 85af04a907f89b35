//! EPC URNs: `urn:epc:id:…` for one thing, `urn:epc:class:lgtin:…` for a lot, `urn:epc:idpat:…` for a class.
//!
//! In a URN the company prefix stands apart and check digits are left out, so reading one is arithmetic and
//! writing one needs to know how many digits the prefix has (EPC Tag Data Standard, section 6.3).

use zhiheng_base::Diagnostic;
use zhiheng_base::code::gs1_check;

use super::{Detail, Identifier, Key, Prefixes, character, unknown};
use crate::problem::shorten;
use crate::uri::{escape, unescape};

/// A scheme: name, key, digits of company prefix and reference together, what its last field is.
struct Scheme {
    name: &'static str,
    key: Key,
    digits: Option<usize>,
    last: Last,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Last {
    /// Two fields only.
    Nothing,
    Serial,
    Lot,
    ThirdParty,
    Extension,
}

const fn scheme(name: &'static str, key: Key, digits: usize, last: Last) -> Scheme {
    Scheme { name, key, digits: if digits == 0 { None } else { Some(digits) }, last }
}

const SCHEMES: [Scheme; 16] = [
    scheme("sgtin", Key::Gtin, 13, Last::Serial),
    scheme("lgtin", Key::Gtin, 13, Last::Lot),
    scheme("upui", Key::Gtin, 13, Last::ThirdParty),
    scheme("itip", Key::Itip, 13, Last::Serial),
    scheme("sscc", Key::Sscc, 17, Last::Nothing),
    scheme("sgln", Key::Gln, 12, Last::Extension),
    scheme("pgln", Key::Party, 12, Last::Nothing),
    scheme("grai", Key::Grai, 12, Last::Serial),
    scheme("giai", Key::Giai, 0, Last::Nothing),
    scheme("gsrn", Key::Gsrn, 17, Last::Nothing),
    scheme("gsrnp", Key::Gsrnp, 17, Last::Nothing),
    scheme("gdti", Key::Gdti, 12, Last::Serial),
    scheme("sgcn", Key::Gcn, 12, Last::Serial),
    scheme("cpi", Key::Cpid, 0, Last::Serial),
    scheme("ginc", Key::Ginc, 0, Last::Nothing),
    scheme("gsin", Key::Gsin, 16, Last::Nothing),
];

/// The scheme and the fields of a URN, not looked at yet.
pub(super) fn split(urn: &str) -> Option<(&'static str, &str, Vec<&str>)> {
    let (form, rest) = ["id", "class", "idpat"].iter().find_map(|form| {
        let rest = urn.strip_prefix("urn:epc:")?.strip_prefix(form)?.strip_prefix(':')?;
        Some((*form, rest))
    })?;
    let (name, fields) = rest.split_once(':')?;
    let most = match name {
        "itip" => 5,
        // the reference may hold points itself
        "giai" | "ginc" => 2,
        _ => 3,
    };
    Some((form, name, fields.splitn(most, '.').collect()))
}

impl Identifier {
    /// Reads an EPC URN. A pattern counts if it names one class (`urn:epc:idpat:sgtin:4012345.011111.*`).
    ///
    /// # Errors
    ///
    /// ZH9501 for an unknown scheme or wrong fields, ZH9502, ZH9504 and ZH9505 for what stands in them.
    pub fn from_urn(urn: &str) -> Result<Identifier, Diagnostic> {
        let (form, name, fields) = split(urn).ok_or_else(|| unknown(urn))?;
        let scheme = SCHEMES.iter().find(|scheme| scheme.name == name).ok_or_else(|| unknown(urn))?;
        let form_fits = match form {
            "class" => scheme.last == Last::Lot,
            "id" => scheme.last != Last::Lot,
            _ => matches!(scheme.last, Last::Serial | Last::ThirdParty),
        };
        let (Some(&company), Some(&reference), true) = (fields.first(), fields.get(1), form_fits) else {
            return Err(unknown(urn));
        };
        let wrong_length = |wanted: String| {
            Diagnostic::error("ZH9502")
                .arg("key", scheme.name)
                .arg("value", shorten(urn))
                .arg("length", company.len() + reference.len())
                .arg("wanted", wanted)
        };
        if !character::is_digits(company) || !(6..=12).contains(&company.len()) {
            return Err(unknown(urn));
        }
        if let Some(digits) = scheme.digits {
            if !reference.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(unknown(urn));
            }
            if company.len() + reference.len() != digits {
                return Err(wrong_length(digits.to_string()));
            }
        }
        let plain = |text: &str| {
            unescape(text).ok_or_else(|| Diagnostic::error("ZH9505").arg("value", shorten(text)))
        };
        let (body, used) = match scheme.key {
            Key::Gtin | Key::Sscc => (front_digit(company, reference).and_then(checked), 2),
            Key::Itip => {
                let (Some(piece), Some(total)) = (fields.get(2), fields.get(3)) else {
                    return Err(unknown(urn));
                };
                if piece.len() != 2 || total.len() != 2 {
                    return Err(wrong_length("2".to_owned()));
                }
                let gtin = front_digit(company, reference).and_then(checked);
                (gtin.map(|gtin| format!("{gtin}{piece}{total}")), 4)
            }
            Key::Grai => (checked(format!("0{company}{reference}")), 2),
            Key::Giai | Key::Ginc | Key::Cpid => (Some(format!("{company}{}", plain(reference)?)), 2),
            _ => (checked(format!("{company}{reference}")), 2),
        };
        let body = body.ok_or_else(|| unknown(urn))?;
        let wanted = used + usize::from(scheme.last != Last::Nothing);
        if fields.len() != wanted {
            return Err(unknown(urn));
        }
        let detail = match (form, scheme.last, fields.get(used)) {
            ("idpat", _, last) => {
                if last != Some(&"*") {
                    return Err(unknown(urn));
                }
                Detail::None
            }
            (_, Last::Nothing, _) | (_, _, None) => Detail::None,
            (_, Last::Serial, Some(text)) => Detail::Serial(plain(text)?),
            (_, Last::Lot, Some(text)) => Detail::Lot(plain(text)?),
            (_, Last::ThirdParty, Some(text)) => Detail::ThirdParty(plain(text)?),
            (_, Last::Extension, Some(text)) => Detail::Extension(plain(text)?),
        };
        Ok(Identifier::new(scheme.key, &body, detail)?.with_prefix(company.len()))
    }

    /// The EPC URN, if the length of the company prefix is known: from the URN that this was read from, or
    /// from `prefixes`.
    ///
    /// # Errors
    ///
    /// ZH9506 if it is not known; ZH9501 if there is no URN for such a thing (a model, a lot of packed pieces).
    pub fn urn(&self, prefixes: &Prefixes) -> Result<String, Diagnostic> {
        let company = self.company_start().and_then(|start| {
            self.prefix.map(usize::from).or_else(|| prefixes.length(self.body.get(start..)?))
        });
        let Some(digits) = company else {
            return Err(Diagnostic::error("ZH9506").arg("key", self.key.name()).arg("value", &self.body));
        };
        let (form, scheme, fields) = self.fields(digits).ok_or_else(|| unknown(&self.link()))?;
        Ok(format!("urn:epc:{form}:{scheme}:{}", fields.join(".")))
    }

    /// Where the company prefix starts in the body; `None` for a key without URN.
    fn company_start(&self) -> Option<usize> {
        match self.key {
            Key::Gtin | Key::Sscc | Key::Itip | Key::Grai => Some(1),
            Key::Gmn => None,
            _ => Some(0),
        }
    }

    /// The fields of the URN with a company prefix of so many digits.
    pub(super) fn fields(&self, digits: usize) -> Option<(&'static str, &'static str, Vec<String>)> {
        let last = match self.detail {
            Detail::None => None,
            Detail::Lot(_) => Some(Last::Lot),
            Detail::Serial(_) => Some(Last::Serial),
            Detail::ThirdParty(_) => Some(Last::ThirdParty),
            Detail::Extension(_) => Some(Last::Extension),
        };
        let scheme = SCHEMES.iter().filter(|scheme| scheme.key == self.key).find(|scheme| match last {
            None => scheme.last != Last::Lot,
            Some(last) => scheme.last == last,
        })?;
        let start = self.company_start()?;
        let company = self.body.get(start..start + digits)?;
        let total = scheme.digits.map(|total| match self.key {
            // the front digit is counted with the reference but stands before the prefix
            Key::Gtin | Key::Sscc | Key::Itip => total - 1,
            _ => total,
        });
        let rest = match total {
            Some(total) => self.body.get(start + digits..start + total)?.to_owned(),
            None => escape(self.body.get(digits..)?, plain_in_urn(self.key)),
        };
        let mut fields = vec![company.to_owned()];
        match self.key {
            Key::Gtin | Key::Sscc | Key::Itip => fields.push(format!("{}{rest}", self.body.get(..1)?)),
            _ => fields.push(rest),
        }
        if self.key == Key::Itip {
            fields.push(self.body.get(14..16)?.to_owned());
            fields.push(self.body.get(16..18)?.to_owned());
        }
        let mut form = if scheme.last == Last::Lot { "class" } else { "id" };
        match (scheme.last, self.detail_text()) {
            (Last::Nothing, _) => {}
            (_, Some(text)) => fields.push(escape(text, plain_in_urn(self.key))),
            (Last::Extension, None) => fields.push("0".to_owned()),
            (_, None) => {
                form = "idpat";
                fields.push("*".to_owned());
            }
        }
        Some((form, scheme.name, fields))
    }
}

/// Characters that a URN takes as they are (Tag Data Standard, table ).
fn plain_in_urn(key: Key) -> &'static str {
    if key == Key::Cpid { "-" } else { "!'()*+,-.:;=_" }
}

/// The first digit of the reference goes before the company prefix: the indicator of a GTIN, the extension
/// of an SSCC.
fn front_digit(company: &str, reference: &str) -> Option<String> {
    let (front, rest) = reference.split_at_checked(1)?;
    Some(format!("{front}{company}{rest}"))
}

fn checked(body: String) -> Option<String> {
    let digit = gs1_check(&body)?;
    Some(body + &digit.to_string())
}
