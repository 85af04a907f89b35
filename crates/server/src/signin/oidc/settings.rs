//! What an operator says about an identity provider.

use std::path::PathBuf;

use serde::Deserialize;
use zhiheng_base::words::Words;

use crate::egress::{EgressSettings, Target};

/// An identity provider with which people may sign in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderSettings {
    /// Its short name in addresses: letters, digits and `-`.
    pub id: String,
    /// What people call it.
    pub title: Words,
    /// Its issuer, exactly as it names itself.
    pub issuer: String,
    /// Under which name this server is registered there.
    pub client_id: String,
    /// File that holds the client's secret, and nothing else.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// Environment variable that holds it.
    #[serde(default)]
    pub client_secret_env: Option<String>,
    /// What is asked for besides `openid`.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Further audiences that its ID tokens may name beside this server.
    #[serde(default)]
    pub audiences: Vec<String>,
    /// Values of `acr` that count as confirming who one is. Without any here or in `strong_amr`, nothing the provider says does.
    #[serde(default)]
    pub strong_acr: Vec<String>,
    /// Values of `amr` that do.
    #[serde(default)]
    pub strong_amr: Vec<String>,
    /// What may be asked to reach it.
    #[serde(default)]
    pub egress: EgressSettings,
}

impl ProviderSettings {
    /// Whether anything that the provider says counts as confirming who one is.
    pub(crate) fn confirms(&self) -> bool {
        !self.strong_acr.is_empty() || !self.strong_amr.is_empty()
    }

    /// What is wrong with the settings, in words for the operator's terminal.
    pub(crate) fn fault(&self) -> Option<String> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.id.is_empty() || self.id.len() > 40 || !self.id.chars().all(plain) {
            return Some("the id has other characters than a–z, 0–9 and -".to_owned());
        }
        if let Err(why) = Target::read(&self.issuer, &self.egress) {
            return Some(format!("issuer {}: {why}", self.issuer));
        }
        if self.issuer.contains('?') {
            return Some("the issuer has a query".to_owned());
        }
        if self.client_id.is_empty() {
            return Some("no client_id".to_owned());
        }
        if self.client_secret_file.is_some() && self.client_secret_env.is_some() {
            return Some("both client_secret_file and client_secret_env".to_owned());
        }
        None
    }

    /// The client's secret; `None` for a client without one.
    pub(crate) fn secret(&self) -> Result<Option<String>, String> {
        let found = match (&self.client_secret_file, &self.client_secret_env) {
            (Some(file), _) => {
                std::fs::read_to_string(file).map_err(|why| format!("{}: {why}", file.display()))?
            }
            (None, Some(name)) => std::env::var(name).map_err(|why| format!("{name}: {why}"))?,
            (None, None) => return Ok(None),
        };
        let secret = found.trim();
        if secret.is_empty() {
            Err("the client's secret is empty".to_owned())
        } else {
            Ok(Some(secret.to_owned()))
        }
    }
}
