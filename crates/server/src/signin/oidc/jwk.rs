//! The keys with which a provider signs (RFC 7517): only public keys of kinds that we check by. Secrets (`oct`) are skipped like
//! everything unknown, so that no public text can ever serve as one.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use crate::signin::signature::{PublicKey, Scheme};

/// Most keys of a set; what comes after is not looked at.
const KEYS_MAX: usize = 50;

/// Algorithms of JWS that are taken (RFC 7518, RFC 8037); there is none without a signature, and none with a shared secret.
const ALGORITHMS: [(&str, Scheme); 4] = [
    ("RS256", Scheme::RsaPkcs1),
    ("PS256", Scheme::RsaPss),
    ("ES256", Scheme::EcdsaFixed),
    ("EdDSA", Scheme::EdDsa),
];

/// What an algorithm of JWS is here; `None` for all that are not taken.
pub(super) fn scheme(algorithm: &str) -> Option<Scheme> {
    ALGORITHMS.iter().find(|(name, _)| *name == algorithm).map(|(_, scheme)| *scheme)
}

/// A key.
#[derive(Clone, Debug)]
struct Key {
    id: Option<String>,
    /// The one algorithm for which it may be used, if it says so.
    scheme: Option<Scheme>,
    key: PublicKey,
}

/// The keys of a provider.
#[derive(Clone, Debug, Default)]
pub(super) struct KeySet(Vec<Key>);

impl KeySet {
    /// Reads a set; `None` if it is none.
    pub(super) fn read(set: &Value) -> Option<KeySet> {
        let keys = set.get("keys")?.as_array()?;
        Some(KeySet(keys.iter().take(KEYS_MAX).filter_map(read).collect()))
    }

    /// The keys that may have signed: under this id if the token names one, of the kind that the algorithm needs.
    pub(super) fn for_token<'s>(
        &'s self,
        id: Option<&'s str>,
        scheme: Scheme,
    ) -> impl Iterator<Item = &'s PublicKey> {
        self.0
            .iter()
            .filter(move |key| id.is_none_or(|id| key.id.as_deref() == Some(id)))
            .filter(move |key| key.scheme.is_none_or(|own| own == scheme) && key.key.is_for(scheme))
            .map(|key| &key.key)
    }
}

fn read(jwk: &Value) -> Option<Key> {
    let text = |name: &str| jwk.get(name).and_then(Value::as_str);
    let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(name)?).ok();
    if text("use").is_some_and(|purpose| purpose != "sig") {
        return None;
    }
    let operations = jwk.get("key_ops").and_then(Value::as_array);
    if operations.is_some_and(|each| !each.iter().any(|one| one == "verify")) {
        return None;
    }
    let key = match (text("kty")?, text("crv")) {
        ("EC", Some("P-256")) => PublicKey::p256(&bytes("x")?, &bytes("y")?)?,
        ("OKP", Some("Ed25519")) => PublicKey::ed25519(&bytes("x")?)?,
        ("RSA", _) => PublicKey::rsa(&bytes("n")?, &bytes("e")?)?,
        _ => return None,
    };
    let scheme = match text("alg") {
        // Made for an algorithm that is not taken: then it is of no use here.
        Some(algorithm) => Some(scheme(algorithm)?),
        None => None,
    };
    Some(Key { id: text("kid").map(str::to_owned), scheme, key })
}
