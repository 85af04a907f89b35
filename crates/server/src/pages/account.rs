//! One's own account: rights, sessions, identities elsewhere, security keys, tokens.

use askama::Template;
use axum::http::StatusCode;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use zhiheng_base::{Diagnostic, RegionCode};
use zhiheng_record::access::{DeedKind, Grant};

use super::forms::{Blank, Filled, Wrong, told};
use super::identity::titled;
use super::layout::{Frame, answer, go, pages};
use super::sheet::Cell;
use crate::authorize::Action;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::signin::oidc;
use crate::signin::webauthn::Site;
use crate::text::Text;

/// A right, a session or a token as a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) cells: Vec<String>,
    /// Whether it can be ended.
    pub(crate) alive: bool,
    /// Whether it is the session of this request.
    pub(crate) own: bool,
}

#[derive(Template)]
#[template(path = "account.html", blocks = ["main"])]
pub(crate) struct AccountPage {
    pub(crate) frame: Frame,
    pub(crate) login: String,
    pub(crate) person: String,
    pub(crate) rights: Vec<Row>,
    pub(crate) sessions: Vec<Row>,
    pub(crate) tokens: Vec<Row>,
    /// Identities elsewhere; `None` where there are no providers.
    pub(crate) identities: Option<Vec<Row>>,
    /// Providers to which the account is not bound.
    pub(crate) bindable: Vec<Cell>,
    /// Security keys; `None` where there can be none.
    pub(crate) keys: Option<Vec<Row>>,
    pub(crate) form: Filled,
    pub(crate) wrong: Vec<Wrong>,
    /// A token just made, shown this once.
    pub(crate) secret: String,
}

pages!(AccountPage);

/// A time to the minute, where the offices are.
pub(crate) fn minute(at: Timestamp) -> String {
    at.to_zoned(TimeZone::fixed(jiff::tz::offset(8))).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The cells of a right.
pub(crate) fn right_cells(call: &Call, grant: &Grant) -> Vec<String> {
    let t = Text(call.view.lang);
    let named = RegionCode::parse(&grant.region).ok().and_then(|code| {
        let regions = call.server.regions.as_ref()?;
        regions.title(code, call.view.lang).map(|name| format!("{name} {}", grant.region))
    });
    let scope =
        [Some(named.unwrap_or_else(|| grant.region.clone())), grant.line.clone(), grant.enterprise.clone()];
    vec![
        t.say(&format!("server-role-{}", grant.role)),
        scope.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        t.say(&format!("server-level-{}", grant.level)),
        grant.until.map_or_else(|| grant.since.to_string(), |until| format!("{} – {until}", grant.since)),
    ]
}

/// `GET /account`.
pub(crate) async fn show(call: Call) -> Answer {
    let page = page(&call, &[]).await?;
    answer(&call, StatusCode::OK, &page)
}

/// The page as it stands now, with what is wrong with a token that was asked for.
pub(crate) async fn page(call: &Call, wrong: &[Diagnostic]) -> Result<AccountPage, Problem> {
    let server = &call.server;
    let t = Text(call.view.lang);
    let (now, today) = (server.now(), server.today());
    let account = call.own_account().await?;
    let own = call.visitor.session.as_ref().map(|session| session.hash.clone()).unwrap_or_default();
    let rights = server.access.grants(&account.id).await?;
    let rights = rights.iter().filter(|grant| grant.holds_on(today)).map(|grant| Row {
        id: grant.id.clone(),
        cells: right_cells(call, grant),
        alive: true,
        own: false,
    });
    let sessions = server.access.sessions(&account.id, now).await?;
    let sessions = sessions.into_iter().map(|session| Row {
        cells: vec![session.client, minute(session.made_at), minute(session.seen_at)],
        alive: true,
        own: session.hash == own,
        id: session.hash,
    });
    let tokens = server.access.tokens(&account.id).await?;
    let tokens = tokens.into_iter().map(|token| {
        let alive = token.revoked_at.is_none() && token.ends_at > now;
        let state = if alive { "server-token-alive" } else { "server-token-over" };
        let used = token.used_at.map_or_else(|| "–".to_owned(), minute);
        Row {
            id: token.id,
            cells: vec![token.name, token.scopes.join(" "), minute(token.ends_at), used, t.say(state)],
            alive,
            own: false,
        }
    });
    let (identities, bindable) = identities(call).await?;
    let scopes = Action::ALL.into_iter().filter(|action| action.for_programs());
    let scopes =
        scopes.map(|action| (action.word().to_owned(), t.say(&format!("server-action-{}", action.word()))));
    let typed = |name| Blank::new(t, name, "text").value(call.form.get(name)).judged(t.0, wrong);
    let days = typed("token-days");
    let days = if days.value.is_empty() { days.value("90") } else { days };
    let mut form = Filled::new(String::new(), "/account/tokens".to_owned(), t.say("server-token-make"));
    form.blanks = vec![
        typed("token-name"),
        Blank { kind: "number", ..days },
        Blank::new(t, "scopes", "checks").choices(scopes).judged(t.0, wrong),
    ];
    Ok(AccountPage {
        frame: Frame::of(call),
        login: account.login,
        person: account.person,
        rights: rights.collect(),
        sessions: sessions.collect(),
        tokens: tokens.collect(),
        identities,
        bindable,
        keys: keys(call).await?,
        form,
        wrong: told(t.0, wrong, "token-name"),
        secret: String::new(),
    })
}

/// The identities to which the account is bound, and the providers to which it is not.
async fn identities(call: &Call) -> Result<(Option<Vec<Row>>, Vec<Cell>), Problem> {
    let t = Text(call.view.lang);
    let bound = call.server.access.identities(call.account()).await?;
    let free = call
        .server
        .providers
        .iter()
        .filter(|provider| !bound.iter().any(|identity| identity.issuer == provider.settings.issuer));
    let free = free.map(|provider| {
        let text = t.with("server-identity-add", "title", oidc::title(call, provider));
        Cell::to(text, format!("/account/identities/add/{}", provider.settings.id))
    });
    let free: Vec<Cell> = free.collect();
    if bound.is_empty() && free.is_empty() {
        return Ok((None, free));
    }
    let rows = bound.into_iter().map(|identity| {
        let by = if identity.made_by == identity.account {
            "server-identity-own"
        } else {
            "server-identity-admin"
        };
        Row {
            cells: vec![
                titled(call, &identity.issuer),
                identity.subject,
                t.say(by),
                minute(identity.made_at),
                identity.used_at.map_or_else(|| "–".to_owned(), minute),
            ],
            id: identity.id,
            alive: true,
            own: false,
        }
    });
    Ok((Some(rows.collect()), free))
}

/// The security keys, where the site has a name for which they can answer.
async fn keys(call: &Call) -> Result<Option<Vec<Row>>, Problem> {
    let keys = call.server.access.keys(call.account()).await?;
    if keys.is_empty() && Site::of(call).is_none() {
        return Ok(None);
    }
    let rows = keys.into_iter().map(|key| Row {
        cells: vec![key.name, minute(key.made_at), key.used_at.map_or_else(|| "–".to_owned(), minute)],
        id: key.id,
        alive: true,
        own: false,
    });
    Ok(Some(rows.collect()))
}

/// `POST /account/sessions/end`: one session, or all but this one.
pub(crate) async fn end_session(call: Call) -> Answer {
    let access = &call.server.access;
    let own = call.visitor.session.as_ref().map(|session| session.hash.as_str());
    match call.form.get("session") {
        "others" => drop(access.close_sessions(call.account(), own).await?),
        one => {
            if !access.close_session(call.account(), one).await? {
                return Err(Problem::not_found());
            }
        }
    }
    call.note(DeedKind::Logout, "session").await?;
    go(&call, "/account")
}
