//! A security key in somebody's hand: what a browser would send is built by hand from the standard (WebAuthn Level 2, 5.8.1, 6.1, 6.5.1).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ciborium::Value as Cbor;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
    RsaPublicKeyComponents,
};
use serde_json::json;
use sha2::{Digest as _, Sha256};

const RSA: &[u8] = include_bytes!("rsa-2048.pk8");
/// User present.
pub(crate) const UP: u8 = 1;
/// User verified.
pub(crate) const UV: u8 = 4;
/// Attested credential data.
const AT: u8 = 64;

pub(crate) enum Pair {
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
    Rsa(RsaKeyPair),
}

/// A key in somebody's hand.
pub(crate) struct Key {
    pub(crate) pair: Pair,
    pub(crate) id: Vec<u8>,
    pub(crate) origin: String,
    pub(crate) site: String,
    pub(crate) flags: u8,
    pub(crate) counter: u32,
}

impl Key {
    fn new(pair: Pair, origin: &str) -> Key {
        let mut id = vec![0; 32];
        getrandom::fill(&mut id).expect("random");
        Key { pair, id, origin: origin.to_owned(), site: "localhost".to_owned(), flags: UP | UV, counter: 7 }
    }

    pub(crate) fn ec(origin: &str) -> Key {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).expect("a key");
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, document.as_ref(), &random);
        Key::new(Pair::Ec(pair.expect("a key")), origin)
    }

    pub(crate) fn ed(origin: &str) -> Key {
        let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("a key");
        Key::new(Pair::Ed(Ed25519KeyPair::from_pkcs8(document.as_ref()).expect("a key")), origin)
    }

    pub(crate) fn rsa(origin: &str) -> Key {
        Key::new(Pair::Rsa(RsaKeyPair::from_pkcs8(RSA).expect("a key")), origin)
    }

    pub(crate) fn cose(&self) -> Vec<u8> {
        let number = |n: i64| Cbor::Integer(n.into());
        let bytes = |bytes: &[u8]| Cbor::Bytes(bytes.to_vec());
        let fields = match &self.pair {
            Pair::Ec(pair) => {
                let point = pair.public_key().as_ref();
                vec![
                    (1, number(2)),
                    (3, number(-7)),
                    (-1, number(1)),
                    (-2, bytes(&point[1..33])),
                    (-3, bytes(&point[33..])),
                ]
            }
            Pair::Ed(pair) => {
                vec![
                    (1, number(1)),
                    (3, number(-8)),
                    (-1, number(6)),
                    (-2, bytes(pair.public_key().as_ref())),
                ]
            }
            Pair::Rsa(pair) => {
                let key: RsaPublicKeyComponents<Vec<u8>> = pair.public().into();
                vec![(1, number(3)), (3, number(-257)), (-1, bytes(&key.n)), (-2, bytes(&key.e))]
            }
        };
        written(&Cbor::Map(fields.into_iter().map(|(label, value)| (number(label), value)).collect()))
    }

    /// Authenticator data.
    pub(crate) fn said(&self, made: Option<&[u8]>) -> Vec<u8> {
        let mut bytes = Sha256::digest(&self.site).to_vec();
        bytes.push(self.flags | if made.is_some() { AT } else { 0 });
        bytes.extend(self.counter.to_be_bytes());
        if let Some(cose) = made {
            bytes.extend([0; 16]);
            bytes.extend(u16::try_from(self.id.len()).expect("a length").to_be_bytes());
            bytes.extend(&self.id);
            bytes.extend(cose);
        }
        bytes
    }

    fn client(&self, kind: &str, challenge: &str) -> String {
        json!({ "type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": false })
            .to_string()
    }

    /// What a form gets when the key is added.
    pub(crate) fn made(&self, challenge: &str) -> Vec<(String, String)> {
        self.made_of(challenge, &self.said(Some(&self.cose())))
    }

    pub(crate) fn made_of(&self, challenge: &str, said: &[u8]) -> Vec<(String, String)> {
        let text = |text: &str| Cbor::Text(text.to_owned());
        let object = Cbor::Map(vec![
            (text("fmt"), text("none")),
            (text("attStmt"), Cbor::Map(Vec::new())),
            (text("authData"), Cbor::Bytes(said.to_vec())),
        ]);
        fields(&[
            ("key-name", "办公室的密钥".as_bytes(), true),
            ("client", self.client("webauthn.create", challenge).as_bytes(), false),
            ("attestation", &written(&object), false),
        ])
    }

    /// What a form gets when the key answers a challenge.
    pub(crate) fn shown(&self, challenge: &str) -> Vec<(String, String)> {
        let client = self.client("webauthn.get", challenge);
        let said = self.said(None);
        let signed = [said.as_slice(), Sha256::digest(&client).as_slice()].concat();
        let random = SystemRandom::new();
        let signature = match &self.pair {
            Pair::Ec(pair) => pair.sign(&random, &signed).expect("a signature").as_ref().to_vec(),
            Pair::Ed(pair) => pair.sign(&signed).as_ref().to_vec(),
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, &signed, &mut signature).expect("a signature");
                signature
            }
        };
        fields(&[
            ("key", &self.id, false),
            ("client", client.as_bytes(), false),
            ("said", &said, false),
            ("signature", &signature, false),
        ])
    }
}

fn written(value: &Cbor) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("written");
    bytes
}

/// Fields of a form: name, content, whether it is a text as it stands.
fn fields(all: &[(&str, &[u8], bool)]) -> Vec<(String, String)> {
    let text = |bytes: &[u8], plain: bool| match plain {
        true => String::from_utf8(bytes.to_vec()).expect("a text"),
        false => URL_SAFE_NO_PAD.encode(bytes),
    };
    all.iter().map(|(name, bytes, plain)| ((*name).to_owned(), text(bytes, *plain))).collect()
}
