//! What programs see. Answers are `{"data": …, "meta": …}`; what goes wrong is `application/problem+json`.

pub(crate) mod cases;
pub(crate) mod changes;
pub(crate) mod figures;
pub(crate) mod handin;
pub(crate) mod judged;
pub(crate) mod ledger;
pub(crate) mod once;
pub(crate) mod open;
pub(crate) mod parameters;
pub(crate) mod places;
pub(crate) mod recall;
pub(crate) mod records;
pub(crate) mod sdmx;
pub(crate) mod signals;
pub(crate) mod tasks;
pub(crate) mod tiles;
pub(crate) mod trace;

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::call::Call;
use crate::problem::Problem;
use crate::route::{Answer, openapi as document};

/// An answer with what belongs to every answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Envelope<T> {
    /// What was asked for.
    pub(crate) data: T,
    /// By which state it was answered.
    pub(crate) meta: Meta,
}

/// Things, a part of a list or all of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Listed<T> {
    /// What was asked for, in order.
    pub(crate) data: Vec<T>,
    /// By which state it was answered, and where it goes on.
    pub(crate) meta: Meta,
}

/// By which state an answer was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Meta {
    /// Size of the ledger.
    pub(crate) as_of: u64,
    /// Digest of the catalog in force.
    pub(crate) catalog: String,
    /// How many there are in all, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) total: Option<u64>,
    /// Where the next ones are; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<String>,
}

/// Of how many the answer is a part, and where it goes on.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paged {
    pub(crate) total: Option<u64>,
    pub(crate) next: Option<String>,
}

/// The program.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Version {
    /// Its version.
    pub(crate) version: String,
    /// Name of the ledger.
    pub(crate) origin: String,
}

/// Who asks, and with which rights.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Me {
    /// Id of the account.
    pub(crate) account: String,
    /// Rights that hold today.
    pub(crate) rights: Vec<Right>,
    /// What the token is limited to; absent for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) scopes: Option<Vec<String>>,
}

/// A right.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Right {
    /// Code of `base.access`.
    pub(crate) role: String,
    /// Region, 12 digits, with all below it.
    pub(crate) region: String,
    /// Line department.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<String>,
    /// Credit code of the one enterprise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) enterprise: Option<String>,
    /// Code of `base.sensitivity`.
    pub(crate) level: String,
}

/// Answers `data` as JSON.
pub(crate) async fn answer<T: Serialize>(call: &Call, data: T) -> Answer {
    let meta = meta(call, Paged::default()).await?;
    json(&Envelope { data, meta })
}

async fn meta(call: &Call, page: Paged) -> Result<Meta, Problem> {
    let Paged { total, next } = page;
    let as_of = call.server.ledger.size().await?;
    Ok(Meta { as_of, catalog: call.server.catalog.clone(), total, next })
}

/// Answers a part of a list.
pub(crate) async fn paged<T: Serialize>(call: &Call, data: Vec<T>, page: Paged) -> Answer {
    let meta = meta(call, page).await?;
    json(&Listed { data, meta })
}

/// The part of a list that follows the cursor `after`, and where it goes on. What the cursor names is gone: nothing follows it.
pub(crate) fn after<T>(call: &Call, all: Vec<T>, key: impl Fn(&T) -> String) -> (Vec<T>, Paged) {
    let (after, total) = (call.query.get("after"), all.len());
    let from = match after {
        "" => 0,
        after => all.iter().position(|one| key(one) == after).map_or(total, |at| at + 1),
    };
    let data: Vec<T> = all.into_iter().skip(from).take(parameters::limit(call)).collect();
    let last = data.last().filter(|_| from + data.len() < total);
    let next = last.map(|last| next(call, "after", &key(last)));
    (data, Paged { total: Some(total as u64), next })
}

/// The address of the next part: the same question, with the cursor moved on.
pub(crate) fn next(call: &Call, cursor: &str, value: &str) -> String {
    let kept = call.query.names().filter(|name| *name != cursor);
    let mut pairs: Vec<String> =
        kept.map(|name| format!("{name}={}", escaped(call.query.get(name)))).collect();
    pairs.push(format!("{cursor}={}", escaped(value)));
    let path = call.here.split('?').next().unwrap_or_default();
    format!("{path}?{}", pairs.join("&"))
}

/// A text as it stands in an address (RFC 3986).
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

fn json(value: &impl Serialize) -> Answer {
    let bytes = serde_json::to_vec(value).map_err(Problem::ours)?;
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    Ok(response)
}

/// `GET /api/v1/openapi.json`.
pub(crate) async fn openapi(call: Call) -> Answer {
    json(&document::document(&call.server.version))
}

/// `GET /api/v1/version`.
pub(crate) async fn version(call: Call) -> Answer {
    let version =
        Version { version: call.server.version.clone(), origin: call.server.ledger.origin().to_owned() };
    answer(&call, version).await
}

/// `GET /api/v1/me`.
pub(crate) async fn me(call: Call) -> Answer {
    let who = call.who();
    let right = |held: &crate::authorize::Held| Right {
        role: held.role.code().to_owned(),
        region: held.region.to_string(),
        line: held.line.clone(),
        enterprise: held.enterprise.clone(),
        level: held.level.code().to_owned(),
    };
    let me = Me {
        account: call.account().to_owned(),
        rights: who.held.iter().map(right).collect(),
        scopes: who
            .scopes
            .as_ref()
            .map(|scopes| scopes.iter().map(|action| action.word().to_owned()).collect()),
    };
    answer(&call, me).await
}
