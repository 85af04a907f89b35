//! Opening and ending sessions.

use axum::body::Body;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, Response};
use jiff::SignedDuration;
use zhiheng_record::access::NewSession;

use super::secret;
use crate::call::Call;
use crate::problem::Problem;

/// Name of the cookie.
pub(crate) const COOKIE: &str = "session";

/// Name of the cookie of somebody who has not signed in, for the form with which they do.
pub(crate) const BEFORE: &str = "visit";

/// The hash under which a session is kept.
pub(crate) fn hash(cookie: &str) -> String {
    secret::hashed("session", cookie)
}

/// Opens a session under a new secret and lets the browser's old one end; answers the cookie to be set.
pub(crate) async fn open(call: &Call, account: &str) -> Result<String, Problem> {
    renew(call, account).await.map(|(_, cookie)| cookie)
}

/// The same, with the secret.
pub(crate) async fn renew(call: &Call, account: &str) -> Result<(String, String), Problem> {
    let server = &call.server;
    let value = secret::random()?;
    let now = server.now();
    let hours = SignedDuration::from_hours(server.settings.login.session_hours);
    let most = now.saturating_add(hours).map_err(Problem::ours)?;
    let new = NewSession {
        hash: hash(&value),
        account: account.to_owned(),
        client: client(&call.headers),
        // A session that is renewed ends when it would have ended.
        ends_at: call.visitor.session.as_ref().map_or(most, |session| session.ends_at.min(most)),
    };
    let before = call.visitor.session.as_ref().map(|session| session.hash.as_str());
    server.access.open_session(&new, before, now).await?;
    let cookie = server.jar(call.arrival.door).secret(COOKIE, &value, None);
    Ok((value, cookie))
}

/// Sets a cookie on an answer.
pub(crate) fn set(response: &mut Response<Body>, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// Family of browser and system, by which a person knows their own sessions. Nothing finer is kept.
fn client(headers: &HeaderMap) -> String {
    let agent = headers.get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map_or("?", |(_, name)| *name)
    };
    let browser = first(&[
        ("Qaxbrowser", "Qianxin"),
        ("360", "360"),
        ("MicroMessenger", "WeChat"),
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("UOS", "UOS"),
        ("Kylin", "Kylin"),
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    format!("{browser} · {system}")
}
