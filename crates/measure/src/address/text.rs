//! Written form of addresses.

use std::fmt::{self, Write};
use std::str::FromStr;

use zhiheng_base::{Diagnostic, Period, RegionCode};

use super::{Address, Basis};

/// Characters with a meaning in an address, and what breaks lines and URLs.
fn is_plain(c: char) -> bool {
    !c.is_control() && !matches!(c, '/' | ';' | '=' | '@' | '%' | '~' | ' ' | '?' | '#')
}

fn encode(to: &mut fmt::Formatter<'_>, value: &str) -> fmt::Result {
    for c in value.chars() {
        if is_plain(c) {
            to.write_char(c)?;
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                write!(to, "%{byte:02X}")?;
            }
        }
    }
    Ok(())
}

/// `None` if an escape is cut short or the bytes are not UTF-8.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push((high * 16 + low) as u8);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.indicator, self.region)?;
        if self.basis == Basis::AsThen {
            f.write_str("~then")?;
        }
        write!(f, "/{}", self.period)?;
        for (dimension, value) in &self.cuts {
            write!(f, ";{dimension}=")?;
            encode(f, value)?;
        }
        if let Some(size) = self.as_of {
            write!(f, "@{size}")?;
        }
        Ok(())
    }
}

impl FromStr for Address {
    type Err = Diagnostic;

    /// Reads the written form.
    ///
    /// # Errors
    ///
    /// ZH5001 for another shape, ZH5002 for a cut that cannot be read, ZH5003 for a ledger size that is no
    /// number, ZH5004 for a dimension cut twice, and the problems of regions and periods.
    fn from_str(text: &str) -> Result<Address, Diagnostic> {
        let shape = || Diagnostic::error("ZH5001").arg("value", text);
        let (body, as_of) = match text.rsplit_once('@') {
            None => (text, None),
            Some((body, size)) => {
                let plain = !size.is_empty() && size.bytes().all(|b| b.is_ascii_digit());
                let size = plain
                    .then(|| size.parse().ok())
                    .flatten()
                    .ok_or_else(|| Diagnostic::error("ZH5003").arg("value", size))?;
                (body, Some(size))
            }
        };
        let mut parts = body.split(';');
        let path: Vec<&str> = parts.next().unwrap_or_default().split('/').collect();
        let [indicator, region, period] = path[..] else { return Err(shape()) };
        let is_id = !indicator.is_empty()
            && indicator.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
        if !is_id {
            return Err(shape());
        }
        let (region, basis) = match region.strip_suffix("~then") {
            Some(region) => (region, Basis::AsThen),
            None => (region, Basis::AsNow),
        };
        let mut cuts = Vec::new();
        for part in parts {
            let wrong = || Diagnostic::error("ZH5002").arg("value", part);
            let (dimension, value) = part.split_once('=').ok_or_else(wrong)?;
            if dimension.is_empty() || value.contains('=') {
                return Err(wrong());
            }
            cuts.push((dimension.to_owned(), decode(value).ok_or_else(wrong)?));
        }
        cuts.sort();
        if let Some(twice) = cuts.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(Diagnostic::error("ZH5004").arg("dimension", &twice[0].0));
        }
        Ok(Address {
            indicator: indicator.to_owned(),
            region: RegionCode::parse(region)?,
            basis,
            period: Period::parse(period)?,
            cuts,
            as_of,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_the_forms_of_the_documentation() {
        for text in [
            "sampling.pass_rate/621100/2013",
            "sampling.pass_rate/621100/2013@1234",
            "sampling.pass_rate/621122~then/2013Q4;product=馒头;size=small@0",
            "sampling.pass_rate/621122100000/2013-W32",
            "a.b/100000/2013-03-01..2013-05-15;x=a%2Fb%20c",
        ] {
            let address: Address = text.parse().unwrap();
            assert_eq!(address.to_string(), text);
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, code) in [
            ("", "ZH5001"),
            ("sampling.pass_rate", "ZH5001"),
            ("a/b/c/d", "ZH5001"),
            ("a b/621100/2013", "ZH5001"),
            ("a/621100/2013@", "ZH5003"),
            ("a/621100/2013@+5", "ZH5003"),
            ("a/621100/2013@99999999999999999999", "ZH5003"),
            ("a/621100/2013;x", "ZH5002"),
            ("a/621100/2013;x=%2", "ZH5002"),
            ("a/621100/2013;x=1;x=2", "ZH5004"),
            ("a/62110/2013", "ZH1004"),
            ("a/621100/13", "ZH1101"),
        ] {
            assert_eq!(text.parse::<Address>().unwrap_err().code, code, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_value_survives(value in "\\PC*", size in proptest::option::of(any::<u64>())) {
            let mut address = Address::new("a.b", RegionCode::NATION, Period::parse("2013").unwrap())
                .cut("x", value);
            address.as_of = size;
            prop_assert_eq!(address.to_string().parse::<Address>().unwrap(), address);
        }

        #[test]
        fn no_text_panics(text in "\\PC*") {
            let _ = text.parse::<Address>();
        }
    }
}
