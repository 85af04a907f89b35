//! The ID token: who a provider says somebody is, believed only after everything that OpenID Connect Core 1.0, 3.1.3.7 asks for
//! has been checked.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::jwk::{KeySet, scheme};

/// By how much clocks may differ, in seconds.
const LEEWAY: i64 = 60;
/// Longest subject (Core 1.0, 2).
const SUBJECT_MAX: usize = 255;
/// Longest text of what is only shown.
const SHOWN_MAX: usize = 100;

/// Why a token is not believed; for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Bad {
    #[error("not three parts of base64url with JSON")]
    Form,
    #[error("an algorithm that is not taken, or an extension that must be understood")]
    Algorithm,
    #[error("no key of the provider fits")]
    Key,
    #[error("the signature is wrong")]
    Signature,
    #[error("of another issuer")]
    Issuer,
    #[error("for another audience")]
    Audience,
    #[error("issued to another party")]
    Party,
    #[error("over, or without an end")]
    Over,
    #[error("issued before the login began, or in the future")]
    Issued,
    #[error("another nonce")]
    Nonce,
    #[error("no subject")]
    Subject,
}

/// What a token must say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client: &'a str,
    /// Audiences that are trusted besides the client.
    pub(super) audiences: &'a [String],
    pub(super) nonce: &'a str,
    /// When the login began, and now: seconds since 1970.
    pub(super) begun: i64,
    pub(super) now: i64,
}

/// What is taken from a token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Claims {
    pub(crate) subject: String,
    /// A name by which the person knows the identity; only ever shown.
    pub(crate) shown: String,
    pub(crate) acr: Option<String>,
    pub(crate) amr: Vec<String>,
    pub(crate) auth_time: Option<i64>,
}

/// Checks a token. [`Bad::Key`] may mean that the provider has new keys.
pub(super) fn check(token: &str, keys: &KeySet, expected: &Expected<'_>) -> Result<Claims, Bad> {
    let (signed, signature) = token.rsplit_once('.').ok_or(Bad::Form)?;
    let (header, payload) = signed.split_once('.').ok_or(Bad::Form)?;
    let header = json(header)?;
    let scheme = header.get("alg").and_then(Value::as_str).and_then(scheme).ok_or(Bad::Algorithm)?;
    if header.get("crit").is_some() {
        return Err(Bad::Algorithm);
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Bad::Form)?;
    let id = match header.get("kid") {
        None => None,
        Some(id) => Some(id.as_str().ok_or(Bad::Form)?),
    };
    let mut fitting = keys.for_token(id, scheme).peekable();
    if fitting.peek().is_none() {
        return Err(Bad::Key);
    }
    if !fitting.any(|key| key.has_signed(scheme, signed.as_bytes(), &signature)) {
        return Err(Bad::Signature);
    }
    judge(&json(payload)?, expected)
}

fn json(part: &str) -> Result<Value, Bad> {
    let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|_| Bad::Form)?;
    let value: Value = serde_json::from_slice(&bytes).map_err(|_| Bad::Form)?;
    if value.is_object() { Ok(value) } else { Err(Bad::Form) }
}

/// What a token says, once it is known that the provider has said it.
fn judge(claims: &Value, expected: &Expected<'_>) -> Result<Claims, Bad> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    if text("iss") != Some(expected.issuer) {
        return Err(Bad::Issuer);
    }
    let audience = texts(claims.get("aud"));
    let trusted = |one: &String| one == expected.client || expected.audiences.contains(one);
    if !audience.iter().any(|one| one == expected.client) || !audience.iter().all(trusted) {
        return Err(Bad::Audience);
    }
    // Whom it was issued to must be said where it is for several, and be us wherever it is said.
    let party = claims.get("azp");
    if party.is_some_and(|party| party != expected.client) || (party.is_none() && audience.len() > 1) {
        return Err(Bad::Party);
    }
    if seconds(claims, "exp").is_none_or(|end| end.saturating_add(LEEWAY) <= expected.now) {
        return Err(Bad::Over);
    }
    let latest = expected.now.saturating_add(LEEWAY);
    let earliest = expected.begun.saturating_sub(LEEWAY);
    if seconds(claims, "iat").is_none_or(|at| at > latest || at < earliest) {
        return Err(Bad::Issued);
    }
    if claims.get("nbf").is_some() && seconds(claims, "nbf").is_none_or(|at| at > latest) {
        return Err(Bad::Issued);
    }
    if text("nonce") != Some(expected.nonce) {
        return Err(Bad::Nonce);
    }
    let subject = text("sub").filter(|subject| is_subject(subject)).ok_or(Bad::Subject)?;
    let shown =
        ["preferred_username", "name", "email"].iter().find_map(|name| text(name)).unwrap_or_default();
    Ok(Claims {
        subject: subject.to_owned(),
        shown: shown.chars().filter(|c| !c.is_control()).take(SHOWN_MAX).collect(),
        acr: text("acr").map(str::to_owned),
        amr: texts(claims.get("amr")),
        auth_time: seconds(claims, "auth_time"),
    })
}

/// Whether a text can be a subject: ASCII of 255 characters at most (Core 1.0, 2), none of them unseen.
pub(crate) fn is_subject(text: &str) -> bool {
    (1..=SUBJECT_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// One text, or a list of texts; anything else is nobody.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(all)) => {
            let texts: Option<Vec<String>> = all.iter().map(|one| one.as_str().map(str::to_owned)).collect();
            texts.unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// A time in seconds; JSON lets it have a fraction.
fn seconds(claims: &Value, name: &str) -> Option<i64> {
    let number = claims.get(name)?;
    number.as_i64().or_else(|| number.as_f64().map(|time| time.floor() as i64))
}
