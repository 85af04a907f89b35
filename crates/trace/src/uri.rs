//! What counts as a URI: a scheme, a colon, and only the characters that RFC 3986 allows.

use std::fmt::Write;

/// True if `text` is an absolute URI with well-formed percent escapes.
pub(crate) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut scheme_bytes = scheme.bytes();
    let starts_well = scheme_bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let goes_on = scheme_bytes.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    starts_well && goes_on && has_uri_characters(rest)
}

/// Whether a byte may stand in a URI by itself; every identifier of every event is looked through.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let signs = b"-._~:/?[]@!$&'()*+,;=";
    let mut at = 0;
    while at < 256 {
        plain[at] = (at as u8).is_ascii_alphanumeric();
        at += 1;
    }
    let mut sign = 0;
    while sign < signs.len() {
        plain[signs[sign] as usize] = true;
        sign += 1;
    }
    plain
};

fn has_uri_characters(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    let mut hashes = 0;
    while let Some(byte) = bytes.next() {
        let fits = match byte {
            b'%' => {
                bytes.next().is_some_and(|byte| byte.is_ascii_hexdigit())
                    && bytes.next().is_some_and(|byte| byte.is_ascii_hexdigit())
            }
            b'#' => {
                hashes += 1;
                hashes == 1
            }
            byte => PLAIN.get(usize::from(byte)).is_some_and(|is_plain| *is_plain),
        };
        if !fits {
            return false;
        }
    }
    true
}

/// Undoes percent escapes; `None` if an escape is broken or what comes out is not ASCII.
pub(crate) fn unescape(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let byte = if byte == b'%' {
            let high = char::from(bytes.next()?).to_digit(16)?;
            let low = char::from(bytes.next()?).to_digit(16)?;
            u8::try_from(high * 16 + low).ok()?
        } else {
            byte
        };
        if !byte.is_ascii() {
            return None;
        }
        out.push(char::from(byte));
    }
    Some(out)
}

/// Escapes all but letters, digits and the characters in `plain`.
pub(crate) fn escape(text: &str, plain: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || plain.contains(c) {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris() {
        for text in [
            "urn:epc:id:sgtin:4012345.011111.9876",
            "https://a.example/x?y=1#z",
            "geo:50.9,6.9",
            "ni:///sha-256;ab?ver=CBV2.0",
            "ex:a",
            "a:",
        ] {
            assert!(is_uri(text), "{text}");
        }
        for text in ["shipping", "1a:b", "ex:a b", "ex:%zz", "ex:\u{6279}", "", ":x", "a:b#c#d", "ex:<x>"] {
            assert!(!is_uri(text), "{text}");
        }
    }

    #[test]
    fn characters_are_those_of_the_standard() {
        // RFC 3986: reserved and unreserved; `#` and `%` are looked at by themselves
        let plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?[]@!$&'()*+,;=";
        for byte in 0..=255_u8 {
            assert_eq!(PLAIN[usize::from(byte)], plain.bytes().any(|own| own == byte), "{byte}");
        }
    }

    #[test]
    fn escapes() {
        assert_eq!(unescape("a%2Fb%2f").as_deref(), Some("a/b/"));
        assert_eq!((unescape("%2"), unescape("%E6%89%B9")), (None, None));
        assert_eq!(escape("a/b!-.", "-."), "a%2Fb%21-.");
    }
}
