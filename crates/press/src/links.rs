//! Where a number leads: its address behind a base, as a URI that every viewer accepts.

use std::fmt::Write as _;

/// Longest link that is written; a longer one (an address with very many cuts) is left out.
const LONGEST: usize = 2_000;

/// The link of an address. `None` when the address is empty or too long.
pub(crate) fn link(base: &str, address: &str) -> Option<String> {
    if address.is_empty() {
        return None;
    }
    let mut uri = String::with_capacity(base.len() + address.len());
    for byte in base.bytes().chain(address.bytes()) {
        match byte {
            // unreserved, reserved and the percent sign itself (addresses are percent-encoded already)
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => uri.push(char::from(byte)),
            b'-' | b'.' | b'_' | b'~' | b':' | b'/' | b'?' | b'#' | b'@' | b'!' | b'$' | b'&' | b'*'
            | b'+' | b',' | b';' | b'=' | b'%' => uri.push(char::from(byte)),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    // A base like `javascript:` is the operator's own option; an address cannot bring a scheme of its own.
    (uri.len() <= LONGEST).then_some(uri)
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn addresses_become_uris() {
        let at = |address| link("zhiheng:measure/", address);
        assert_eq!(
            at("sampling.pass_rate/621100/2013@42").as_deref(),
            Some("zhiheng:measure/sampling.pass_rate/621100/2013@42")
        );
        assert_eq!(
            at("a/b/2013;product=水泥").as_deref(),
            Some("zhiheng:measure/a/b/2013;product=%E6%B0%B4%E6%B3%A5")
        );
        assert_eq!(at("a\"><script>").as_deref(), Some("zhiheng:measure/a%22%3E%3Cscript%3E"));
        assert_eq!(at(""), None);
        assert_eq!(at(&"x".repeat(3_000)), None);
    }
}
