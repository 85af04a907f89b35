//! Who a request comes from: somebody with a session, a program with a token, or nobody.

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use jiff::{SignedDuration, Timestamp};
use zhiheng_base::Date;
use zhiheng_record::access::{Account, Grant, Session};

use super::{secret, session};
use crate::authorize::{Action, Held, Who};
use crate::door::Door;
use crate::front::Arrival;
use crate::front::cookie::read;
use crate::problem::Problem;
use crate::server::Server;

/// How a program's token begins, so that it is known when somebody puts it where it does not belong.
pub(crate) const TOKEN_PREFIX: &str = "zht_";

/// Who asks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visitor {
    /// For the rule of rights.
    pub(crate) who: Who,
    /// The account's name, for pages.
    pub(crate) name: String,
    /// The session, if there is one.
    pub(crate) session: Option<Session>,
    /// The cookie whose forms are checked: the session's, or the one of somebody who has not signed in.
    pub(crate) cookie: Option<String>,
    /// A cookie that must be set before a form can be sent.
    pub(crate) fresh: Option<String>,
    /// Whether a program's token was used.
    pub(crate) by_token: bool,
    /// Whether the password must be changed first.
    pub(crate) must_change: bool,
}

/// Finds out who asks. A token that is not good is refused, not ignored: the program believes to be somebody.
pub(crate) async fn of(
    server: &Server,
    arrival: &Arrival,
    headers: &HeaderMap,
    api: bool,
) -> Result<Visitor, Problem> {
    let now = server.now();
    if api && let Some(value) = headers.get(AUTHORIZATION) {
        return of_token(server, value.to_str().unwrap_or_default(), now).await;
    }
    let jar = server.jar(arrival.door);
    // Sessions open the officers' door alone. Browsers send cookies to every port of a host, and who has taken one in an
    // office must not come in with it from the street.
    let cookie = match arrival.door {
        Door::Officers => {
            read(headers, &jar.name(session::COOKIE)).filter(|value| secret::is_plausible(value))
        }
        Door::Public => None,
    };
    if let Some(cookie) = cookie {
        let login = &server.settings.login;
        let idle = SignedDuration::from_mins(login.idle_minutes);
        let found = server.access.session(&session::hash(cookie), idle, now).await?;
        if let Some((session, account, grants)) = found {
            let lately = SignedDuration::from_mins(login.strong_minutes);
            let strong = session.strong_at.is_some_and(|at| now.duration_since(at) <= lately);
            return Ok(Visitor {
                who: who(&account, &grants, strong, None, server.today()),
                name: account.name,
                must_change: account.must_change,
                session: Some(session),
                cookie: Some(cookie.to_owned()),
                ..Visitor::default()
            });
        }
    }
    let before = read(headers, &jar.name(session::BEFORE)).filter(|value| secret::is_plausible(value));
    if let Some(before) = before {
        return Ok(Visitor { cookie: Some(before.to_owned()), ..Visitor::default() });
    }
    let value = secret::random()?;
    let fresh = Some(jar.secret(session::BEFORE, &value, None));
    Ok(Visitor { cookie: Some(value), fresh, ..Visitor::default() })
}

async fn of_token(server: &Server, value: &str, now: Timestamp) -> Result<Visitor, Problem> {
    let refused = || Problem::of(StatusCode::UNAUTHORIZED, "ZH7518");
    let token = value.strip_prefix("Bearer ").and_then(|rest| rest.trim().strip_prefix(TOKEN_PREFIX));
    let token = token.filter(|token| secret::is_plausible(token)).ok_or_else(refused)?;
    let found = server.access.token(&secret::hashed("token", token), now).await?;
    let (token, account, grants) = found.ok_or_else(refused)?;
    let scopes =
        Action::ALL.into_iter().filter(|action| token.scopes.iter().any(|scope| scope == action.word()));
    Ok(Visitor {
        who: who(&account, &grants, false, Some(scopes.collect()), server.today()),
        name: account.name,
        by_token: true,
        ..Visitor::default()
    })
}

fn who(account: &Account, grants: &[Grant], strong: bool, scopes: Option<Vec<Action>>, today: Date) -> Who {
    Who {
        account: Some(account.id.clone()),
        person: account.person.clone(),
        held: grants.iter().filter_map(|grant| Held::of(grant, today)).collect(),
        strong,
        scopes,
    }
}
