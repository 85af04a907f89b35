//! A provider as it presents itself: its addresses and keys, asked for when they are needed and kept for a while.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tokio::sync::Mutex;

use super::jwk::KeySet;
use super::settings::ProviderSettings;
use crate::egress::{Target, send};

/// How long addresses and keys are taken as they were.
const KEPT: Duration = Duration::from_secs(3600);
/// How often new keys are asked for because a token names one that is not known.
const KEYS_AGAIN: Duration = Duration::from_secs(10);

/// Why a provider could not be asked; the reason is for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It does not answer.
    Silent(String),
    /// What it answers is not what it must be.
    Wrong(String),
}

/// Addresses of a provider.
#[derive(Clone, Debug)]
pub(super) struct Metadata {
    pub(super) authorization: String,
    token: String,
    jwks: String,
    /// Whether the secret goes into the form, because the provider takes it nowhere else.
    secret_in_form: bool,
    /// Whether the provider names itself when it sends somebody back (RFC 9207).
    pub(super) names_itself: bool,
}

struct Known {
    metadata: Arc<Metadata>,
    keys: Arc<KeySet>,
    at: Duration,
    keys_at: Duration,
}

/// A provider.
pub(crate) struct Provider {
    pub(crate) settings: ProviderSettings,
    secret: Option<String>,
    known: Mutex<Option<Known>>,
}

impl Provider {
    /// A provider as the operator says; nothing is asked yet.
    pub(crate) fn new(settings: ProviderSettings) -> Result<Provider, String> {
        if let Some(fault) = settings.fault() {
            return Err(fault);
        }
        let secret = settings.secret()?;
        Ok(Provider { settings, secret, known: Mutex::default() })
    }

    /// Addresses and keys, at the uptime `now`.
    pub(super) async fn known(&self, now: Duration) -> Result<(Arc<Metadata>, Arc<KeySet>), Fault> {
        let mut held = self.known.lock().await;
        if let Some(known) = held.as_ref().filter(|known| now < known.at + KEPT) {
            return Ok((Arc::clone(&known.metadata), Arc::clone(&known.keys)));
        }
        let metadata = Arc::new(self.metadata().await?);
        let keys = Arc::new(self.keys(&metadata).await?);
        let known = Known { metadata: Arc::clone(&metadata), keys: Arc::clone(&keys), at: now, keys_at: now };
        *held = Some(known);
        Ok((metadata, keys))
    }

    /// The keys as they are now, because a token names one that was not known; `None` if they were just asked for.
    pub(super) async fn new_keys(&self, now: Duration) -> Result<Option<Arc<KeySet>>, Fault> {
        let mut held = self.known.lock().await;
        let Some(known) = held.as_mut().filter(|known| now >= known.keys_at + KEYS_AGAIN) else {
            return Ok(None);
        };
        // Also if it fails: whoever sends tokens with made-up keys does not make us ask at every one.
        known.keys_at = now;
        let keys = Arc::new(self.keys(&known.metadata).await?);
        known.keys = Arc::clone(&keys);
        Ok(Some(keys))
    }

    /// The description under the issuer's address (OpenID Connect Discovery 1.0, 4).
    async fn metadata(&self) -> Result<Metadata, Fault> {
        let issuer = &self.settings.issuer;
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let said = self.ask(&address, Method::GET, HeaderMap::new(), Vec::new()).await?;
        let text = |name: &str| said.get(name).and_then(Value::as_str).map(str::to_owned);
        let must = |name: &str| text(name).ok_or_else(|| Fault::Wrong(format!("no {name}")));
        if must("issuer")? != *issuer {
            return Err(Fault::Wrong("the description names another issuer".to_owned()));
        }
        let authorization = must("authorization_endpoint")?;
        // The browser goes there, not we; but nobody types a secret into a page without TLS because of us.
        Target::read(&authorization, &self.settings.egress)
            .map_err(|why| Fault::Wrong(format!("authorization_endpoint: {why}")))?;
        let ways = said.get("token_endpoint_auth_methods_supported").and_then(Value::as_array);
        let takes = |way: &str| ways.is_none_or(|ways| ways.iter().any(|each| each == way));
        Ok(Metadata {
            authorization,
            token: must("token_endpoint")?,
            jwks: must("jwks_uri")?,
            secret_in_form: !takes("client_secret_basic") && takes("client_secret_post"),
            names_itself: said.get("authorization_response_iss_parameter_supported")
                == Some(&Value::Bool(true)),
        })
    }

    async fn keys(&self, metadata: &Metadata) -> Result<KeySet, Fault> {
        let said = self.ask(&metadata.jwks, Method::GET, HeaderMap::new(), Vec::new()).await?;
        KeySet::read(&said).ok_or_else(|| Fault::Wrong("no set of keys".to_owned()))
    }

    /// Exchanges a code for an ID token.
    pub(super) async fn token(
        &self,
        metadata: &Metadata,
        (code, verifier, redirect): (&str, &str, &str),
    ) -> Result<String, Fault> {
        let client = &self.settings.client_id;
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", verifier),
        ];
        let mut headers = HeaderMap::new();
        match &self.secret {
            Some(secret) if !metadata.secret_in_form => {
                // RFC 6749, 2.3.1: both are encoded as in a form before they are put together.
                let both = STANDARD.encode(format!("{}:{}", encoded(client), encoded(secret)));
                let value = HeaderValue::from_str(&format!("Basic {both}"));
                headers.insert(AUTHORIZATION, value.map_err(|why| Fault::Wrong(why.to_string()))?);
            }
            Some(secret) => {
                fields.extend([("client_id", client.as_str()), ("client_secret", secret.as_str())])
            }
            None => fields.push(("client_id", client.as_str())),
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let said = self.ask(&metadata.token, Method::POST, headers, form(&fields).into_bytes()).await?;
        let token = said.get("id_token").and_then(Value::as_str);
        token.map(str::to_owned).ok_or_else(|| Fault::Wrong("no id_token".to_owned()))
    }

    /// One question to an address of the provider.
    async fn ask(
        &self,
        address: &str,
        method: Method,
        mut headers: HeaderMap,
        body: Vec<u8>,
    ) -> Result<Value, Fault> {
        let egress = &self.settings.egress;
        let target =
            Target::read(address, egress).map_err(|why| Fault::Wrong(format!("{address}: {why}")))?;
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let reply = send(&target, egress, (method, headers, body)).await;
        let reply = reply.map_err(|why| Fault::Silent(format!("{address}: {why}")))?;
        match (reply.status, reply.body) {
            (200, Some(body)) => {
                serde_json::from_slice(&body).map_err(|why| Fault::Wrong(format!("{address}: {why}")))
            }
            (200, None) => Err(Fault::Wrong(format!("{address}: the answer is too long or broke off"))),
            (400..500, _) => Err(Fault::Wrong(format!("{address}: HTTP {}", reply.status))),
            _ => Err(Fault::Silent(format!("{address}: HTTP {}", reply.status))),
        }
    }
}

/// Fields as a form or a query.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// All but unreserved characters as `%41` (RFC 3986, 2.3).
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
