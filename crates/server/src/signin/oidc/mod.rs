//! Signing in with an identity elsewhere: OpenID Connect with the code flow and PKCE.
//!
//! In reading order: [`settings`] (what the operator says), `provider` (addresses and keys), `jwk`, `token` (what is believed),
//! and here the way there and back. What is begun is kept on the server, bound to the browser, and taken once.

pub(crate) mod jwk;
pub(crate) mod provider;
pub mod settings;
pub(crate) mod token;

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zhiheng_base::Diagnostic;
use zhiheng_record::access::Pending;

use self::provider::Fault;
pub(crate) use self::provider::{Provider, form};
use self::settings::ProviderSettings;
use self::token::{Bad, Claims, Expected, check};
use super::secret;
use crate::call::Call;
use crate::problem::Problem;
use crate::server::StartError;

/// How long somebody may take at the provider.
const WITHIN: SignedDuration = SignedDuration::from_mins(10);
/// How long ago a confirmation may be at most that was asked for just now, in seconds.
const CONFIRMED_WITHIN: i64 = 60;

/// What somebody goes to a provider for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Purpose {
    /// To sign in.
    Login,
    /// To bind the identity to the account signed in to.
    Bind,
    /// To confirm who one is, before an act that counts.
    Confirm,
}

/// What is kept while somebody is at a provider.
#[derive(Debug, Serialize, Deserialize)]
struct Begun {
    provider: String,
    purpose: Purpose,
    nonce: String,
    verifier: String,
    back: String,
    at: i64,
}

/// Somebody who has come back.
#[derive(Debug)]
pub(crate) struct Returned {
    pub(crate) purpose: Purpose,
    /// Where they wanted to go.
    pub(crate) back: String,
    pub(crate) claims: Claims,
}

/// Why somebody who has come back is not let in, and for what they had gone.
#[derive(Debug)]
pub(crate) struct Denied {
    pub(crate) problem: Problem,
    pub(crate) purpose: Purpose,
    pub(crate) back: String,
}

/// The providers of the settings. They are asked when they are needed: a server starts without them.
pub(crate) fn providers(all: &[ProviderSettings]) -> Result<Vec<Provider>, StartError> {
    let mut providers: Vec<Provider> = Vec::new();
    for one in all {
        let fault = |why: String| StartError::Provider { id: one.id.clone(), why };
        if providers.iter().any(|other| other.settings.id == one.id || other.settings.issuer == one.issuer) {
            return Err(fault("its id or issuer stands there twice".to_owned()));
        }
        providers.push(Provider::new(one.clone()).map_err(fault)?);
    }
    Ok(providers)
}

/// The provider with this id.
pub(crate) fn of<'c>(call: &'c Call, id: &str) -> Result<&'c Provider, Problem> {
    let found = call.server.providers.iter().find(|provider| provider.settings.id == id);
    found.ok_or_else(|| Problem::of(StatusCode::NOT_FOUND, "ZH7600"))
}

/// Whose browser this is: what was begun in one is worth nothing in another.
pub(crate) fn owner(call: &Call) -> String {
    secret::hashed("owner", call.visitor.cookie.as_deref().unwrap_or_default())
}

/// What a provider is called on this page.
pub(crate) fn title(call: &Call, provider: &Provider) -> String {
    provider.settings.title.get(call.view.lang).to_owned()
}

fn redirect(call: &Call, provider: &Provider) -> String {
    format!("{}/login/from/{}", call.server.origin(call.arrival.door), provider.settings.id)
}

/// Begins: keeps what must be known afterwards, and answers the address to go to.
pub(crate) async fn begin(
    call: &Call,
    provider: &Provider,
    purpose: Purpose,
    back: &str,
) -> Result<String, Problem> {
    let server = &call.server;
    let known = provider.known(server.uptime()).await;
    let (metadata, _) = known.map_err(|fault| told(call, provider, &fault))?;
    let now = server.now();
    let (state, nonce, verifier) = (secret::random()?, secret::random()?, secret::random()?);
    let begun = Begun {
        provider: provider.settings.id.clone(),
        purpose,
        nonce: nonce.clone(),
        verifier: verifier.clone(),
        back: back.to_owned(),
        at: now.as_second(),
    };
    let pending = Pending {
        hash: secret::hashed("oidc", &state),
        kind: "oidc".to_owned(),
        owner: owner(call),
        data: serde_json::to_string(&begun).map_err(Problem::ours)?,
        ends_at: now.saturating_add(WITHIN).map_err(Problem::ours)?,
    };
    server.access.begin_pending(&pending, now).await?;
    let mut scopes = vec!["openid"];
    scopes.extend(provider.settings.scopes.iter().map(String::as_str).filter(|scope| *scope != "openid"));
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    let (scopes, redirect) = (scopes.join(" "), redirect(call, provider));
    let wanted = provider.settings.strong_acr.join(" ");
    let mut fields = vec![
        ("response_type", "code"),
        ("client_id", provider.settings.client_id.as_str()),
        ("redirect_uri", redirect.as_str()),
        ("scope", scopes.as_str()),
        ("state", state.as_str()),
        ("nonce", nonce.as_str()),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    if purpose == Purpose::Confirm {
        // Anew, however long ago the login there was.
        fields.push(("max_age", "0"));
        if !wanted.is_empty() {
            fields.push(("acr_values", wanted.as_str()));
        }
    }
    let joint = if metadata.authorization.contains('?') { '&' } else { '?' };
    Ok(format!("{}{joint}{}", metadata.authorization, form(&fields)))
}

/// Takes back somebody whom the provider has sent. What was begun is over, whatever comes of it.
pub(crate) async fn finish(call: &Call, provider: &Provider) -> Result<Returned, Denied> {
    let server = &call.server;
    let unknown = || Denied {
        problem: Problem::of(StatusCode::BAD_REQUEST, "ZH7603"),
        purpose: Purpose::Login,
        back: "/".to_owned(),
    };
    let state = call.query.get("state");
    if !secret::is_plausible(state) {
        return Err(unknown());
    }
    let taken =
        server.access.take_pending(&secret::hashed("oidc", state), "oidc", &owner(call), server.now()).await;
    let taken = taken.map_err(|error| Denied { problem: error.into(), ..unknown() })?;
    let begun = taken.and_then(|data| serde_json::from_str::<Begun>(&data).ok());
    // Sent back by one provider after having gone to another: a mix-up, or somebody tries one.
    let begun = begun.filter(|begun| begun.provider == provider.settings.id).ok_or_else(unknown)?;
    match claims(call, provider, &begun).await {
        Ok(claims) => Ok(Returned { purpose: begun.purpose, back: begun.back, claims }),
        Err(problem) => Err(Denied { problem, purpose: begun.purpose, back: begun.back }),
    }
}

async fn claims(call: &Call, provider: &Provider, begun: &Begun) -> Result<Claims, Problem> {
    let (server, settings) = (&call.server, &provider.settings);
    let failed = |fault: Fault| told(call, provider, &fault);
    let (metadata, keys) = provider.known(server.uptime()).await.map_err(failed)?;
    let named = call.query.get("iss");
    if (named.is_empty() && metadata.names_itself) || (!named.is_empty() && named != settings.issuer) {
        return Err(failed(Fault::Wrong("sent back in the name of another issuer".to_owned())));
    }
    let error = call.query.get("error");
    if !error.is_empty() {
        let error: String = error.chars().filter(|c| c.is_ascii_graphic()).take(60).collect();
        let problem = Diagnostic::error("ZH7604").arg("title", title(call, provider)).arg("detail", error);
        return Err(Problem::from(problem).with_status(StatusCode::FORBIDDEN));
    }
    let code = call.query.get("code");
    if code.is_empty() {
        return Err(failed(Fault::Wrong("sent back without a code".to_owned())));
    }
    let redirect = redirect(call, provider);
    let token = provider.token(&metadata, (code, &begun.verifier, &redirect)).await.map_err(failed)?;
    let expected = Expected {
        issuer: &settings.issuer,
        client: &settings.client_id,
        audiences: &settings.audiences,
        nonce: &begun.nonce,
        begun: begun.at,
        now: server.now().as_second(),
    };
    let mut checked = check(&token, &keys, &expected);
    if checked == Err(Bad::Key)
        && let Some(keys) = provider.new_keys(server.uptime()).await.map_err(failed)?
    {
        checked = check(&token, &keys, &expected);
    }
    let claims = checked.map_err(|bad| failed(Fault::Wrong(format!("ID token: {bad}"))))?;
    if begun.purpose == Purpose::Confirm && !is_confirmed(provider, &claims, begun.at) {
        let problem = Diagnostic::error("ZH7607").arg("title", title(call, provider));
        return Err(Problem::from(problem).with_status(StatusCode::FORBIDDEN));
    }
    Ok(claims)
}

/// Whether what a provider says counts as confirming who one is: in a way that the operator has named, and just now.
fn is_confirmed(provider: &Provider, claims: &Claims, begun: i64) -> bool {
    let settings = &provider.settings;
    let by_acr = claims.acr.as_ref().is_some_and(|acr| settings.strong_acr.contains(acr));
    let by_amr = claims.amr.iter().any(|amr| settings.strong_amr.contains(amr));
    let lately = claims.auth_time.is_some_and(|at| at >= begun.saturating_sub(CONFIRMED_WITHIN));
    (by_acr || by_amr) && lately
}

/// A fault of a provider: the person learns that it is one, the log which.
fn told(call: &Call, provider: &Provider, fault: &Fault) -> Problem {
    let (code, status, why) = match fault {
        Fault::Silent(why) => ("ZH7601", StatusCode::BAD_GATEWAY, why),
        Fault::Wrong(why) => ("ZH7602", StatusCode::BAD_GATEWAY, why),
    };
    // What a provider says may hold anything; the log has lines.
    let why = why.replace(char::is_control, " ");
    let (id, request) = (&provider.settings.id, &call.arrival.id);
    call.server.log.text(&format!("identity provider {id}: {why}, request {request}"));
    Problem::from(Diagnostic::error(code).arg("title", title(call, provider))).with_status(status)
}
