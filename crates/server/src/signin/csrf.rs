//! Whether a change was meant: it must come from a page of this server (`Origin`, `Sec-Fetch-Site`) and carry the token of
//! that page's form.
//!
//! The token is the session's secret under a mask that is new in each page: compressed pages of different lengths tell
//! nothing about it. Programs with a token of their own send no cookies and need none of this.

use axum::http::header::{ORIGIN, REFERER};
use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use crate::call::Call;
use crate::problem::Problem;

/// Header in which scripts send the token.
const HEADER: &str = "x-csrf-token";

/// Secret of a cookie's forms.
fn secret(cookie: &str) -> [u8; 32] {
    Sha256::new().chain_update("csrf\0").chain_update(cookie).finalize().into()
}

/// A token for a page: mask, and the secret under it.
pub(crate) fn token(cookie: &str) -> String {
    let mut mask = [0_u8; 32];
    // Without random numbers the token is still right; only its length could be played with.
    let _ = getrandom::fill(&mut mask);
    let mut bytes = mask.to_vec();
    bytes.extend(secret(cookie).iter().zip(mask).map(|(byte, mask)| byte ^ mask));
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Whether a token was made for this cookie.
pub(crate) fn fits(cookie: &str, token: &str) -> bool {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(token) else { return false };
    if bytes.len() != 64 {
        return false;
    }
    let (mask, masked) = bytes.split_at(32);
    // All bytes are compared, whichever differ.
    let wrong = secret(cookie)
        .iter()
        .zip(mask)
        .zip(masked)
        .fold(0, |wrong, ((byte, mask), masked)| wrong | (byte ^ mask ^ masked));
    wrong == 0
}

/// Checks a call that changes something.
pub(crate) fn check(call: &Call) -> Result<(), Problem> {
    let refused = || Err(Problem::of(StatusCode::FORBIDDEN, "ZH7517"));
    if call.visitor.by_token {
        return Ok(());
    }
    if !from_here(&call.headers, call.server.origin(call.arrival.door)) {
        return refused();
    }
    let Some(cookie) = &call.visitor.cookie else { return refused() };
    let header = call.headers.get(HEADER).and_then(|value| value.to_str().ok());
    // An upload's fields come after the check; its form names the token in the address.
    let given = header.unwrap_or_else(|| {
        let field = call.form.get("csrf");
        if field.is_empty() { call.query.get("csrf") } else { field }
    });
    if fits(cookie, given) { Ok(()) } else { refused() }
}

/// Whether a request says that it comes from a page of this origin. Browsers say it in `Origin`; one that says nothing at all
/// is not a browser, and is judged by its token.
fn from_here(headers: &HeaderMap, origin: &str) -> bool {
    let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if value("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return false;
    }
    if let Some(from) = value(ORIGIN.as_str()) {
        return from.eq_ignore_ascii_case(origin);
    }
    value(REFERER.as_str()).is_none_or(|from| {
        from.strip_prefix(origin).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::{fits, from_here, token};
    use axum::http::HeaderMap;

    #[test]
    fn a_token_fits_its_cookie_alone_and_never_looks_the_same() {
        let (one, two) = (token("cookie"), token("cookie"));
        assert_ne!(one, two);
        assert!(fits("cookie", &one) && fits("cookie", &two));
        assert!(!fits("cookies", &one));
        for broken in ["", "AAAA", &one[1..], &"A".repeat(86), "not base64!"] {
            assert!(!fits("cookie", broken), "{broken}");
        }
        let mut bits = one.clone().into_bytes();
        bits[50] = if bits[50] == b'A' { b'B' } else { b'A' };
        assert!(!fits("cookie", std::str::from_utf8(&bits).expect("text")));
    }

    #[test]
    fn other_sites_are_not_this_one() {
        let of = |pairs: &[(&'static str, &str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, value.parse().expect("a value"));
            }
            from_here(&headers, "https://q.example")
        };
        assert!(of(&[("origin", "https://q.example")]));
        assert!(of(&[("referer", "https://q.example/login")]));
        assert!(of(&[("origin", "https://q.example"), ("sec-fetch-site", "same-origin")]));
        for other in [
            ("origin", "https://q.example.evil.example"),
            ("origin", "http://q.example"),
            ("origin", "null"),
            ("referer", "https://q.example.evil.example/"),
            ("referer", "https://evil.example/?https://q.example/"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            assert!(!of(&[other]), "{other:?}");
        }
    }
}
