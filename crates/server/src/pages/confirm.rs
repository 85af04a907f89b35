//! Step-up: showing again who one is before an act that counts, by a security key, the password, or an identity elsewhere.

use axum::http::StatusCode;
use zhiheng_base::Diagnostic;
use zhiheng_record::access::DeedKind;

use super::forms::{Blank, Filled, at, told};
use super::keys::{KeyForm, KeyPage, to_show};
use super::layout::{answer, go, local};
use super::sheet::Cell;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::oidc::{self, form};
use crate::signin::{session, throttle};
use crate::text::Text;

/// `GET /account/confirm`.
pub(crate) async fn show(call: Call) -> Answer {
    let back = local(call.query.get("back")).to_owned();
    page(&call, StatusCode::OK, back, &[]).await
}

/// The page with every way that this account has.
pub(super) async fn page(call: &Call, status: StatusCode, back: String, wrong: &[Diagnostic]) -> Answer {
    let lang = call.view.lang;
    let t = Text(lang);
    let account = call.own_account().await?;
    let key: Option<KeyForm> = to_show(call, &back).await?;
    let mut page = KeyPage::of(call);
    page.wrong = told(lang, wrong, "password");
    page.links = elsewhere(call, &back).await?;
    if account.password.is_some() {
        let mut form = Filled::new(String::new(), "/account/confirm".to_owned(), t.say("server-confirm"));
        if key.is_some() {
            form.title = t.say("server-key-or");
        }
        form.says = t.say("server-factor-password");
        form.hidden = vec![("back", back)];
        form.blanks =
            vec![Blank::new(t, "password", "password").autocomplete("current-password").judged(lang, wrong)];
        page.form = Some(form);
    }
    page.key = key;
    if page.form.is_none() && page.key.is_none() && page.links.is_empty() {
        page.says = t.say("server-confirm-none");
    }
    answer(call, status, &page)
}

/// The providers whose word counts, and to which this account is bound.
async fn elsewhere(call: &Call, back: &str) -> Result<Vec<Cell>, Problem> {
    let bound = call.server.access.identities(call.account()).await?;
    let counts = call.server.providers.iter().filter(|provider| {
        let settings = &provider.settings;
        settings.confirms() && bound.iter().any(|identity| identity.issuer == settings.issuer)
    });
    let t = Text(call.view.lang);
    let links = counts.map(|provider| {
        let text = t.with("server-confirm-with", "title", oidc::title(call, provider));
        let way = form(&[("back", back)]);
        Cell::to(text, format!("/account/confirm/with/{}?{way}", provider.settings.id))
    });
    Ok(links.collect())
}

/// `POST /account/confirm`, with the password.
pub(crate) async fn send(call: Call) -> Answer {
    let server = &call.server;
    let now = server.now();
    let back = local(call.form.get("back")).to_owned();
    let account = call.own_account().await?;
    if let Some(left) = throttle::wait(&account, server.settings.login.free_failures, now) {
        let wrong = [at("password", Diagnostic::error("ZH7521").arg("secs", throttle::secs(left)))];
        return page(&call, StatusCode::TOO_MANY_REQUESTS, back, &wrong).await;
    }
    if !server.passwords.check(call.form.raw("password"), account.password.as_deref()).await {
        server.access.note_failure(&account.id, now).await?;
        let wrong = [at("password", Diagnostic::error("ZH7522"))];
        return page(&call, StatusCode::UNPROCESSABLE_ENTITY, back, &wrong).await;
    }
    server.access.note_success(&account.id).await?;
    confirmed(&call, "password", &back).await
}

/// Somebody has confirmed who they are. The session goes on under a new secret: what was stolen before is worth nothing after.
pub(super) async fn confirmed(call: &Call, how: &str, back: &str) -> Answer {
    let server = &call.server;
    let (value, cookie) = session::renew(call, call.account()).await?;
    server.access.strengthen_session(&session::hash(&value), server.now()).await?;
    call.note(DeedKind::StepUp, how).await?;
    let mut response = go(call, back)?;
    session::set(&mut response, &cookie);
    Ok(response)
}
