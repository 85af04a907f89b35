//! Named queries: kept under a name, asked again and again.

use axum::http::StatusCode;
use axum::http::header::{HeaderValue, LOCATION};
use serde_json::{Value as Json, json};
use zhiheng_base::Diagnostic;
use zhiheng_desk::trace::{Repository, Standing, View};
use zhiheng_trace::query::Query;
use zhiheng_trace::store::Media;
use zhiheng_trace::{Limits, Problems, json as epcis_json};

use super::answer::{self, address, empty, link, object, plain};
use super::lists::{only_paging, per_page};
use super::socket;
use super::terms::{Terms, sent};
use super::view::opened;
use crate::call::{Call, collect};
use crate::problem::Problem;
use crate::route::Answer;

/// Longest name.
const NAME_MAX: usize = 200;

/// Longest body.
const BODY_MAX: u64 = 256 * 1024;

/// Parameters of a named query's result that belong to the request, not to the query.
const PAGING: [&str; 2] = ["perPage", "nextPageToken"];

/// Reads a body in JSON as its text and its value.
///
/// # Errors
///
/// 415 for another syntax, ZH9510 and the like for what is no JSON.
pub(crate) async fn json_body(call: &Call) -> Result<Vec<u8>, Problem> {
    if sent(call)? != Media::Json {
        let problem = Diagnostic::error("ZH9583").arg("value", "application/xml");
        return Err(Problem::from(problem).with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    Ok(collect(call.body(), BODY_MAX).await?.to_vec())
}

/// A member that is missing or of another kind than it should be.
pub(crate) fn wrong(name: &str) -> Problem {
    Diagnostic::error("ZH9589").arg("name", name).into()
}

/// A name from outside that names nothing.
pub(crate) fn missing(name: &str) -> Problem {
    Diagnostic::error("ZH9593").arg("value", name.chars().take(120).collect::<String>()).into()
}

/// `POST /queries`
pub(crate) async fn make(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let bytes = json_body(&call).await?;
    let (mut problems, limits) = (Problems::new(), Limits::default());
    let value = epcis_json::parse(&bytes, &limits, &mut problems)?;
    let name = value.get("name").and_then(epcis_json::Value::text).ok_or_else(|| wrong("name"))?;
    let sound = !name.is_empty() && name.chars().count() <= NAME_MAX && !name.chars().any(char::is_control);
    // A name must be able to stand in an address.
    if !sound || name.contains(['/', '\\']) || matches!(name, "." | "..") {
        return Err(wrong("name"));
    }
    let query = value.get("query").ok_or_else(|| wrong("query"))?;
    let read = Query::from_json(query)?;
    if read.from.is_some() {
        return Err(wrong("nextPageToken"));
    }
    let standing = Standing {
        view,
        name: name.to_owned(),
        query: query.to_string(),
        by: call.account().to_owned(),
        created: call.server.now(),
    };
    if !repository.named().add(&standing)? {
        return Err(Diagnostic::error("ZH9587").arg("name", name).into());
    }
    let mut response = empty(StatusCode::CREATED);
    if let Ok(value) = HeaderValue::from_str(&address(&call, &["queries", name])) {
        response.headers_mut().insert(LOCATION, value);
    }
    Ok(response)
}

fn shown(standing: &Standing) -> Json {
    let query: Json = serde_json::from_str(&standing.query).unwrap_or_default();
    object([("name", json!(standing.name)), ("query", query), ("createdAt", json!(standing.created))])
}

/// `GET /queries`
pub(crate) async fn list(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let content_type = Terms::plain(&call)?;
    only_paging(&call)?;
    let wanted = per_page(&call)?;
    let after = call.query.get("nextPageToken");
    let mut rest = repository.named().list(&view)?.into_iter().filter(|own| own.name.as_str() > after);
    let page: Vec<Standing> = (&mut rest).take(wanted).collect();
    let next = rest.next().and(page.last()).map(|last| last.name.clone());
    let mut response = plain(&page.iter().map(shown).collect::<Vec<_>>(), content_type)?;
    if let Some(next) = next {
        link(&call, &mut response, &next);
    }
    Ok(response)
}

/// The query that the address names.
pub(crate) fn found(call: &Call, repository: &Repository, view: &View) -> Result<Standing, Problem> {
    let name = call.param("query");
    repository.named().find(view, name)?.ok_or_else(|| missing(name))
}

/// Reads a kept query again.
pub(crate) fn understood(standing: &Standing) -> Result<Query, Problem> {
    let (mut problems, limits) = (Problems::new(), Limits::default());
    let value = epcis_json::parse(standing.query.as_bytes(), &limits, &mut problems)?;
    Ok(Query::from_json(&value)?)
}

/// `GET /queries/{query}`
pub(crate) async fn show(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let content_type = Terms::plain(&call)?;
    let standing = found(&call, &repository, &view)?;
    plain(&shown(&standing), content_type)
}

/// `DELETE /queries/{query}`: with its subscriptions.
pub(crate) async fn remove(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let name = call.param("query");
    if repository.named().remove(&view, name)? {
        Ok(empty(StatusCode::NO_CONTENT))
    } else {
        Err(missing(name))
    }
}

/// `GET /queries/{query}/events`
pub(crate) async fn events(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let terms = Terms::of(&call)?;
    let standing = found(&call, &repository, &view)?;
    if socket::names(&call.headers) {
        return socket::open(&call, repository, view, standing).await;
    }
    let mut query = understood(&standing)?;
    let asked: Vec<(String, String)> = call
        .query
        .pairs()
        .filter(|(name, _)| PAGING.contains(name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    if let Some(name) = call.query.names().find(|name| !PAGING.contains(name)) {
        // Schedules and `stream` open a WebSocket, which this request does not ask for.
        return Err(Diagnostic::error("ZH9560")
            .arg("name", name.chars().take(80).collect::<String>())
            .into());
    }
    let paging = Query::read(&asked, &[])?;
    query.from = paging.from;
    if call.query.names().any(|name| name == "perPage") {
        query.per_page = paging.per_page;
    }
    let page = repository.ask(&view, &query).await?;
    answer::page(&call, &terms, &page, Some(&standing.name))
}
