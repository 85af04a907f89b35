//! Signing in with an identity elsewhere, confirming with it, and binding it to one's account.
//!
//! The ways there are links, not forms: browsers hold the page's policy on forms (`form-action 'self'`) against where a form's answer
//! leads. A link begins nothing that counts: what is bound is bound by a form of its own, after the person has seen what.

use axum::body::Body;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, Response, StatusCode};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use zhiheng_base::Diagnostic;
use zhiheng_record::access::{AccountState, DeedKind, NewIdentity, Pending};

use super::forms::Filled;
use super::layout::{go, local};
use super::login::{enter, note_way};
use super::sheet::{Cell, Section, Sheet};
use crate::authorize::Verdict;
use crate::call::Call;
use crate::door::rate::of_address;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::oidc::{self, Denied, Provider, Purpose, Returned, begin, finish, form, owner};
use crate::signin::{secret, session};
use crate::text::Text;

/// How long an identity that was found may wait to be bound.
const WITHIN: SignedDuration = SignedDuration::from_mins(5);

/// An identity that was found and may be bound.
#[derive(Debug, Serialize, Deserialize)]
struct Found {
    issuer: String,
    provider: String,
    subject: String,
    account: String,
}

/// Asks for a confirmation that was given lately.
pub(super) fn strong(call: &Call) -> Result<(), Problem> {
    if call.who().strong {
        return Ok(());
    }
    Err(Problem::of_verdict(Verdict::StepUp).unwrap_or_else(Problem::not_found))
}

/// Sends the browser to a provider.
fn away(call: &Call, address: &str) -> Answer {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(LOCATION, HeaderValue::from_str(address).map_err(Problem::ours)?);
    // Who comes back is known by the cookie.
    if let Some(cookie) = &call.visitor.fresh {
        session::set(&mut response, cookie);
    }
    Ok(response)
}

/// `GET /login/with/{provider}`.
pub(crate) async fn login(call: Call) -> Answer {
    let rate = &call.server.rates(call.arrival.door).login;
    rate.take(&of_address(call.arrival.address), call.server.uptime()).map_err(Problem::too_often)?;
    let provider = oidc::of(&call, call.param("provider"))?;
    let back = local(call.query.get("back"));
    if call.who().account.is_some() {
        return go(&call, back);
    }
    let address = begin(&call, provider, Purpose::Login, back).await;
    let address = address.map_err(|problem| Problem { next: Some("/login"), ..problem })?;
    away(&call, &address)
}

/// `GET /account/confirm/with/{provider}`.
pub(crate) async fn confirm(call: Call) -> Answer {
    let provider = oidc::of(&call, call.param("provider"))?;
    if !provider.settings.confirms() {
        return Err(Problem::of(StatusCode::NOT_FOUND, "ZH7600"));
    }
    let address = begin(&call, provider, Purpose::Confirm, local(call.query.get("back"))).await?;
    away(&call, &address)
}

/// `GET /account/identities/add/{provider}`: a page from which a link leads on. The confirmation that comes before it is a form,
/// and what a form answers may not lead to another host.
pub(crate) async fn add(call: Call) -> Answer {
    let goes = !call.query.get("go").is_empty();
    if goes && !call.who().strong {
        return go(&call, &format!("/account/identities/add/{}", call.param("provider")));
    }
    strong(&call)?;
    let provider = oidc::of(&call, call.param("provider"))?;
    if goes {
        let address = begin(&call, provider, Purpose::Bind, "/account").await?;
        return away(&call, &address);
    }
    let t = Text(call.view.lang);
    let title = oidc::title(&call, provider);
    let mut sheet = Sheet::new(&call, t.with("server-identity-add", "title", &title));
    sheet.frame = sheet.frame.under("account.show");
    let href = format!("/account/identities/add/{}?go=yes", provider.settings.id);
    let way = Cell::to(t.with("server-confirm-with", "title", &title), href);
    sheet.sections = vec![Section::Actions(String::new(), vec![way])];
    sheet.answer(&call)
}

/// `GET /login/from/{provider}`: somebody comes back.
pub(crate) async fn returned(call: Call) -> Answer {
    let provider = oidc::of(&call, call.param("provider"))?;
    match finish(&call, provider).await {
        Ok(returned) => match returned.purpose {
            Purpose::Login => signed_in(&call, provider, returned).await,
            Purpose::Bind => found(&call, provider, returned).await,
            Purpose::Confirm => confirmed(&call, provider, returned).await,
        },
        Err(denied) => {
            // What was never begun here is not worth a line: anybody can ask for it.
            if denied.purpose == Purpose::Login && denied.problem.diagnostic.code != "ZH7603" {
                note_way(&call, DeedKind::LoginFailed, None, (&way(provider), call.server.now())).await?;
            }
            refused(&call, denied)
        }
    }
}

/// How a login in this way stands on the trail.
fn way(provider: &Provider) -> String {
    format!("login {}", provider.settings.id)
}

/// A page that says why not, and where to go on. Its address cannot be asked again.
fn refused(call: &Call, denied: Denied) -> Answer {
    let Denied { problem, purpose, back } = denied;
    if problem.ours.is_some() {
        return Err(problem);
    }
    let t = Text(call.view.lang);
    let (text, href) = match purpose {
        Purpose::Login => ("server-login-again", format!("/login?{}", form(&[("back", &back)]))),
        Purpose::Bind => ("server-title-account-show", "/account".to_owned()),
        Purpose::Confirm => {
            ("server-confirm-again", format!("/account/confirm?{}", form(&[("back", &back)])))
        }
    };
    let mut sheet = Sheet::new(call, problem.diagnostic.message(call.view.lang));
    "/login".clone_into(&mut sheet.frame.here);
    let hint = problem.diagnostic.hint(call.view.lang).unwrap_or_default();
    let code = format!("{} · {} {}", problem.diagnostic.code, t.say("server-request"), call.arrival.id);
    sheet.sections = vec![
        Section::Text(vec![Cell::of(hint)]),
        Section::Actions(String::new(), vec![Cell::to(t.say(text), href)]),
        Section::Text(vec![Cell::of(code)]),
    ];
    sheet.answer_as(call, problem.status)
}

fn denied(returned: &Returned, diagnostic: Diagnostic) -> Denied {
    let problem = Problem::from(diagnostic).with_status(StatusCode::FORBIDDEN);
    Denied { problem, purpose: returned.purpose, back: returned.back.clone() }
}

async fn signed_in(call: &Call, provider: &Provider, returned: Returned) -> Answer {
    let (access, now) = (&call.server.access, call.server.now());
    let (issuer, subject) = (&provider.settings.issuer, &returned.claims.subject);
    let found = access.account_by_identity(issuer, subject, now).await?;
    let way = way(provider);
    let account = match found {
        Some(account) if account.state == AccountState::Active => account,
        other => {
            note_way(call, DeedKind::LoginFailed, other.as_ref(), (&way, now)).await?;
            let why = match other {
                Some(_) => Diagnostic::error("ZH7606"),
                None => {
                    let title = oidc::title(call, provider);
                    Diagnostic::error("ZH7605").arg("title", title).arg("subject", subject)
                }
            };
            return refused(call, denied(&returned, why));
        }
    };
    note_way(call, DeedKind::Login, Some(&account), (&way, now)).await?;
    let cookie = session::open(call, &account.id).await?;
    enter(call, &account, &cookie, &returned.back)
}

async fn confirmed(call: &Call, provider: &Provider, returned: Returned) -> Answer {
    let (access, now) = (&call.server.access, call.server.now());
    let (issuer, subject) = (&provider.settings.issuer, &returned.claims.subject);
    let found = access.account_by_identity(issuer, subject, now).await?;
    if call.who().account.is_none() || found.map(|account| account.id) != call.who().account {
        let why = Diagnostic::error("ZH7608").arg("title", oidc::title(call, provider));
        return refused(call, denied(&returned, why));
    }
    let subject = format!("identity {}", provider.settings.id);
    super::confirm::confirmed(call, &subject, &returned.back).await
}

/// The page that shows what was found, with the form that binds it.
async fn found(call: &Call, provider: &Provider, returned: Returned) -> Answer {
    let (access, now) = (&call.server.access, call.server.now());
    let found = Found {
        issuer: provider.settings.issuer.clone(),
        provider: provider.settings.id.clone(),
        subject: returned.claims.subject.clone(),
        account: call.account().to_owned(),
    };
    let value = secret::random()?;
    let pending = Pending {
        hash: secret::hashed("bind", &value),
        kind: "bind".to_owned(),
        owner: owner(call),
        data: serde_json::to_string(&found).map_err(Problem::ours)?,
        ends_at: now.saturating_add(WITHIN).map_err(Problem::ours)?,
    };
    access.begin_pending(&pending, now).await?;
    let t = Text(call.view.lang);
    let title = oidc::title(call, provider);
    let mut sheet = Sheet::new(call, t.with("server-identity-add", "title", &title));
    sheet.frame = sheet.frame.under("account.show");
    "/account".clone_into(&mut sheet.frame.here);
    let named = |name: &str, value: &str| (t.say(&format!("server-field-{name}")), Cell::of(value));
    let mut facts = vec![named("provider", &title), named("identity-subject", &found.subject)];
    if !returned.claims.shown.is_empty() {
        facts.push(named("new-name", &returned.claims.shown));
    }
    let mut form =
        Filled::new(String::new(), "/account/identities".to_owned(), t.say("server-identity-bind"));
    form.hidden.push(("found", value));
    "/account".clone_into(&mut form.back);
    sheet.sections = vec![
        Section::Text(vec![Cell::of(t.with("server-identity-found", "title", &title))]),
        Section::Facts(String::new(), facts),
        Section::Form(form),
    ];
    sheet.answer(call)
}

/// `POST /account/identities`: binds what was found.
pub(crate) async fn bind(call: Call) -> Answer {
    strong(&call)?;
    let (access, now) = (&call.server.access, call.server.now());
    let hash = secret::hashed("bind", call.form.get("found"));
    let taken = access.take_pending(&hash, "bind", &owner(&call), now).await?;
    let found = taken.and_then(|data| serde_json::from_str::<Found>(&data).ok());
    let found = found.filter(|found| found.account == call.account());
    let found = found.ok_or_else(|| Problem::of(StatusCode::BAD_REQUEST, "ZH7603"))?;
    let by = call.account().to_owned();
    let new = NewIdentity { issuer: found.issuer, subject: found.subject, account: by.clone(), by };
    access.bind_identity(&new, now).await?;
    call.note(DeedKind::Identity, &format!("bind {}", found.provider)).await?;
    go(&call, "/account")
}

/// `POST /account/identities/end`.
pub(crate) async fn unbind(call: Call) -> Answer {
    strong(&call)?;
    let gone = call.server.access.unbind_identity(call.account(), call.form.get("identity")).await?;
    let gone = gone.ok_or_else(Problem::not_found)?;
    call.note(DeedKind::Identity, &format!("unbind {}", called(&call, &gone.issuer))).await?;
    go(&call, "/account")
}

/// The id of a provider by its issuer; the issuer itself if the settings know it no more.
pub(super) fn called(call: &Call, issuer: &str) -> String {
    let found = call.server.providers.iter().find(|provider| provider.settings.issuer == issuer);
    found.map_or_else(|| issuer.to_owned(), |provider| provider.settings.id.clone())
}

/// What people call a provider, by its issuer.
pub(super) fn titled(call: &Call, issuer: &str) -> String {
    let found = call.server.providers.iter().find(|provider| provider.settings.issuer == issuer);
    found.map_or_else(|| issuer.to_owned(), |provider| oidc::title(call, provider))
}
