//! What browser and key send, read without believing it: client data (JSON), authenticator data (bytes), public keys (COSE).

use ciborium::Value;
use serde::Deserialize;

use crate::signin::signature::{PublicKey, Scheme};

/// Longest id of a key (WebAuthn, 4).
const ID_MAX: usize = 1023;
/// How deep CBOR may be nested.
const DEPTH: usize = 8;

/// A person touched the key.
const PRESENT: u8 = 0x01;
/// The key made sure who it was, by PIN or body.
const VERIFIED: u8 = 0x04;
/// A new public key follows.
const ATTESTED: u8 = 0x40;
/// Extensions follow.
const EXTENDED: u8 = 0x80;

/// What the browser says it was asked for, and by whom.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct ClientData {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) challenge: String,
    pub(super) origin: String,
    #[serde(rename = "crossOrigin", default)]
    pub(super) cross_origin: bool,
}

/// What the key says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    /// SHA-256 of the site's name.
    pub(super) site: Vec<u8>,
    flags: u8,
    pub(super) counter: u32,
    /// Its id and public key (COSE), when it is new.
    pub(super) made: Option<(Vec<u8>, Vec<u8>)>,
}

impl Said {
    /// Whether a person was there, and the key made sure who it was.
    pub(super) fn is_verified(&self) -> bool {
        self.flags & (PRESENT | VERIFIED) == PRESENT | VERIFIED
    }

    /// Reads authenticator data (WebAuthn, 6.1); `None` if they are not whole, or more than whole.
    pub(super) fn read(mut rest: &[u8]) -> Option<Said> {
        let rest = &mut rest;
        let site = take(rest, 32)?.to_vec();
        let flags = *take(rest, 1)?.first()?;
        let counter = u32::from_be_bytes(take(rest, 4)?.try_into().ok()?);
        let mut made = None;
        if flags & ATTESTED != 0 {
            let _model = take(rest, 16)?;
            let length = usize::from(u16::from_be_bytes(take(rest, 2)?.try_into().ok()?));
            if !(1..=ID_MAX).contains(&length) {
                return None;
            }
            let id = take(rest, length)?.to_vec();
            let key = *rest;
            item(rest)?;
            made = Some((id, key.get(..key.len() - rest.len())?.to_vec()));
        }
        if flags & EXTENDED != 0 {
            item(rest)?;
        }
        rest.is_empty().then_some(Said { site, flags, counter, made })
    }
}

/// The authenticator data in an attestation object. What vouches for the key's make is not looked at: any make is taken.
pub(super) fn attested(object: &[u8]) -> Option<Vec<u8>> {
    let mut rest = object;
    let Value::Map(fields) = item(&mut rest)? else { return None };
    if !rest.is_empty() {
        return None;
    }
    let found = fields.into_iter().find(|(name, _)| name.as_text() == Some("authData"));
    found?.1.into_bytes().ok()
}

/// A public key in COSE (RFC 9053), and how it signs; `None` for kinds that were not asked for.
pub(super) fn public_key(cose: &[u8]) -> Option<(PublicKey, Scheme)> {
    let mut rest = cose;
    let Value::Map(fields) = item(&mut rest)? else { return None };
    let field = |label: i64| {
        let mut found = fields.iter().filter(|(name, _)| number(name) == Some(label)).map(|(_, value)| value);
        // A label that stands there twice could be read in two ways.
        found.next().filter(|_| found.next().is_none())
    };
    let integer = |label| number(field(label)?);
    let bytes = |label| field(label)?.as_bytes();
    // Labels: 1 kind, 3 algorithm, -1 curve or modulus, -2 x or exponent, -3 y.
    match (integer(1)?, integer(3)?) {
        (2, -7) if integer(-1)? == 1 => Some((PublicKey::p256(bytes(-2)?, bytes(-3)?)?, Scheme::EcdsaDer)),
        (1, -8) if integer(-1)? == 6 => Some((PublicKey::ed25519(bytes(-2)?)?, Scheme::EdDsa)),
        (3, -257) => Some((PublicKey::rsa(bytes(-1)?, bytes(-2)?)?, Scheme::RsaPkcs1)),
        _ => None,
    }
}

fn number(value: &Value) -> Option<i64> {
    i64::try_from(value.as_integer()?).ok()
}

/// One item of CBOR; what follows it stays.
fn item(rest: &mut &[u8]) -> Option<Value> {
    ciborium::de::from_reader_with_recursion_limit(rest, DEPTH).ok()
}

fn take<'b>(rest: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}
