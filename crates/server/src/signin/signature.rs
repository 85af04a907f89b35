//! Signatures of identity providers and of security keys: a public key, and whether a signature is by it.
//!
//! The three kinds that providers and keys have in common are known, nothing weaker: ECDSA on P-256 and RSA from 2048 bits, both
//! with SHA-256, and Ed25519.

use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256,
    RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};

/// Longest number of an RSA key, in bytes (8192 bits).
const RSA_MAX: usize = 1024;

/// A public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PublicKey {
    /// A point on P-256: `04`, x, y.
    P256(Vec<u8>),
    /// A key of Ed25519.
    Ed25519(Vec<u8>),
    /// Modulus and exponent.
    Rsa(Vec<u8>, Vec<u8>),
}

/// How a signature was made and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// ECDSA, the two numbers in DER, as security keys write them.
    EcdsaDer,
    /// ECDSA, the two numbers after each other, as JWS writes them.
    EcdsaFixed,
    /// EdDSA.
    EdDsa,
    /// RSA with PKCS #1 v1.5.
    RsaPkcs1,
    /// RSA with PSS.
    RsaPss,
}

impl PublicKey {
    /// A point on P-256 from its two numbers; `None` if they are not 32 bytes each.
    pub(crate) fn p256(x: &[u8], y: &[u8]) -> Option<PublicKey> {
        let fits = x.len() == 32 && y.len() == 32;
        fits.then(|| PublicKey::P256([&[4], x, y].concat()))
    }

    /// A key of Ed25519; `None` if it is not 32 bytes.
    pub(crate) fn ed25519(x: &[u8]) -> Option<PublicKey> {
        (x.len() == 32).then(|| PublicKey::Ed25519(x.to_vec()))
    }

    /// A key of RSA, numbers big-endian; `None` if one is empty or beyond all measure. Whether it is long enough is found out
    /// at the first signature.
    pub(crate) fn rsa(n: &[u8], e: &[u8]) -> Option<PublicKey> {
        let plain =
            |number: &[u8]| -> Vec<u8> { number.iter().copied().skip_while(|byte| *byte == 0).collect() };
        let (n, e) = (plain(n), plain(e));
        let fits = (1..=RSA_MAX).contains(&n.len()) && (1..=8).contains(&e.len());
        fits.then_some(PublicKey::Rsa(n, e))
    }

    /// Whether a key of this kind signs by `scheme`: a key is never used for what it is not.
    pub(crate) fn is_for(&self, scheme: Scheme) -> bool {
        match self {
            PublicKey::P256(_) => matches!(scheme, Scheme::EcdsaDer | Scheme::EcdsaFixed),
            PublicKey::Ed25519(_) => scheme == Scheme::EdDsa,
            PublicKey::Rsa(..) => matches!(scheme, Scheme::RsaPkcs1 | Scheme::RsaPss),
        }
    }

    /// Whether `signature` over `message` is by this key.
    pub(crate) fn has_signed(&self, scheme: Scheme, message: &[u8], signature: &[u8]) -> bool {
        let checked = match (self, scheme) {
            (PublicKey::P256(point), Scheme::EcdsaDer) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(message, signature)
            }
            (PublicKey::P256(point), Scheme::EcdsaFixed) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature)
            }
            (PublicKey::Ed25519(key), Scheme::EdDsa) => {
                UnparsedPublicKey::new(&ED25519, key).verify(message, signature)
            }
            (PublicKey::Rsa(n, e), Scheme::RsaPkcs1) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            }
            (PublicKey::Rsa(n, e), Scheme::RsaPss) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PSS_2048_8192_SHA256, message, signature)
            }
            _ => return false,
        };
        checked.is_ok()
    }
}
