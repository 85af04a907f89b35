//! An identity provider of a hundred lines, which answers whatever a test wants: it keeps its keys, and what it was asked.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
    RsaPublicKeyComponents,
};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A key of 2048 bits that signs nothing but what tests make (`openssl genpkey -algorithm RSA`).
const RSA: &[u8] = include_bytes!("rsa-2048.pk8");

/// A key that signs.
pub(crate) enum Signer {
    /// ECDSA on P-256, under this id.
    Ec(&'static str, EcdsaKeyPair),
    /// RSA with PKCS #1 v1.5, under this id.
    Rsa(&'static str, RsaKeyPair),
}

impl Signer {
    /// A new key on P-256.
    pub(crate) fn ec(id: &'static str) -> Signer {
        let random = SystemRandom::new();
        let document =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random);
        Signer::Ec(id, pair.expect("a key"))
    }

    /// The one key of RSA.
    pub(crate) fn rsa(id: &'static str) -> Signer {
        Signer::Rsa(id, RsaKeyPair::from_pkcs8(RSA).expect("a key"))
    }

    /// The public key as a JWK.
    pub(crate) fn public(&self) -> Value {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        match self {
            Signer::Ec(id, pair) => {
                let point = pair.public_key().as_ref();
                json!({ "kty": "EC", "crv": "P-256", "kid": id, "use": "sig", "alg": "ES256",
                    "x": text(&point[1..33]), "y": text(&point[33..]) })
            }
            Signer::Rsa(id, pair) => {
                let key: RsaPublicKeyComponents<Vec<u8>> = pair.public().into();
                json!({ "kty": "RSA", "kid": id, "use": "sig", "n": text(&key.n), "e": text(&key.e) })
            }
        }
    }

    /// A token with these claims.
    pub(crate) fn token(&self, claims: &Value) -> String {
        let header = match self {
            Signer::Ec(id, _) => json!({ "alg": "ES256", "kid": id, "typ": "JWT" }),
            Signer::Rsa(id, _) => json!({ "alg": "RS256", "kid": id }),
        };
        self.signed(&header, claims)
    }

    /// A token with this header and these claims.
    pub(crate) fn signed(&self, header: &Value, claims: &Value) -> String {
        let text = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header.to_string()),
            URL_SAFE_NO_PAD.encode(claims.to_string())
        );
        let random = SystemRandom::new();
        let signature = match self {
            Signer::Ec(_, pair) => {
                pair.sign(&random, text.as_bytes()).expect("a signature").as_ref().to_vec()
            }
            Signer::Rsa(_, pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, text.as_bytes(), &mut signature).expect("a signature");
                signature
            }
        };
        format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

/// What was asked: path, head, body.
pub(crate) type Asked = (String, String, String);

/// The provider.
#[derive(Clone)]
pub(crate) struct Idp {
    pub(crate) issuer: String,
    /// What is answered under a path: status and body.
    answers: Arc<Mutex<BTreeMap<String, (u16, String)>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Idp {
    /// A provider with its description and these keys.
    pub(crate) async fn open(keys: &[&Signer]) -> Idp {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let issuer = format!("http://{}", listener.local_addr().expect("an address"));
        let idp = Idp { issuer, answers: Arc::default(), asked: Arc::default() };
        idp.describe(&json!({}));
        idp.keys(keys);
        let own = idp.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                own.serve(stream).await;
            }
        });
        idp
    }

    /// The description, with changes.
    pub(crate) fn describe(&self, changes: &Value) {
        let at = |path: &str| format!("{}{path}", self.issuer);
        let mut all = json!({
            "issuer": self.issuer,
            "authorization_endpoint": at("/auth?tenant=1"),
            "token_endpoint": at("/token"),
            "jwks_uri": at("/keys"),
        });
        for (name, value) in changes.as_object().expect("an object") {
            all[name] = value.clone();
        }
        self.answer("/.well-known/openid-configuration", 200, &all.to_string());
    }

    /// The keys that it shows.
    pub(crate) fn keys(&self, keys: &[&Signer]) {
        let keys: Vec<Value> = keys.iter().map(|key| key.public()).collect();
        self.answer("/keys", 200, &json!({ "keys": keys }).to_string());
    }

    /// The token that it gives for the next codes.
    pub(crate) fn gives(&self, token: &str) {
        let answer = json!({ "access_token": "x", "token_type": "Bearer", "id_token": token });
        self.answer("/token", 200, &answer.to_string());
    }

    /// What it answers under a path.
    pub(crate) fn answer(&self, path: &str, status: u16, body: &str) {
        self.answers.lock().expect("a lock").insert(path.to_owned(), (status, body.to_owned()));
    }

    /// What it was asked under a path.
    pub(crate) fn asked(&self, path: &str) -> Vec<Asked> {
        let asked = self.asked.lock().expect("a lock");
        asked.iter().filter(|(each, _, _)| each == path).cloned().collect()
    }

    async fn serve(&self, mut stream: TcpStream) {
        let (head, body) = request(&mut stream).await;
        if head.is_empty() {
            return;
        }
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let answer = self.answers.lock().expect("a lock").get(&path).cloned();
        self.asked.lock().expect("a lock").push((path, head, body));
        let (status, body) = answer.unwrap_or((404, String::new()));
        // A redirect would lead to where the right answer is: it is not to be followed.
        let more = if status == 302 { "Location: /keys\r\n" } else { "" };
        let length = body.len();
        let head =
            format!("HTTP/1.1 {status} x\r\n{more}Content-Length: {length}\r\nConnection: close\r\n\r\n");
        let _ = stream.write_all(head.as_bytes()).await;
        let _ = stream.write_all(body.as_bytes()).await;
    }
}

/// A request as it came: head and body. A connection that ends before gives what there was of the head.
pub(crate) async fn request(stream: &mut TcpStream) -> (String, String) {
    let mut bytes = Vec::new();
    let mut buffer = [0; 64 * 1024];
    loop {
        let count = stream.read(&mut buffer).await.unwrap_or(0);
        bytes.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0_usize) {
                return (head.to_owned(), body.to_owned());
            }
        }
        if count == 0 {
            return (text, String::new());
        }
    }
}
