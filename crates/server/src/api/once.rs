//! What programs change: once, on what they saw. Every POST has a key under which its answer is kept, so that a program that did not
//! hear the answer asks again and gets it (`draft-ietf-httpapi-idempotency-key-header`); and what can have gone on meanwhile has a mark
//! (`ETag`) that comes back in `If-Match`.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, ETAG, IF_MATCH, LOCATION};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zhiheng_base::Diagnostic;
use zhiheng_desk::answers::{Asked, Told, act_name};
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;

use super::{Envelope, Paged, meta};
use crate::call::{Call, collect};
use crate::problem::Problem;
use crate::route::Answer;

/// Header of the key.
pub(crate) const KEY: &str = "idempotency-key";
/// Header of an answer that was given before.
const AGAIN: &str = "idempotency-replayed";
/// Content type of answers.
const JSON: &str = "application/json; charset=utf-8";

/// What was done, and what to tell of it.
pub(crate) struct Done<T> {
    pub(crate) status: StatusCode,
    pub(crate) data: T,
    /// Mark of what it left.
    pub(crate) mark: Option<String>,
    /// Address of what it made.
    pub(crate) place: Option<String>,
}

impl<T> Done<T> {
    pub(crate) fn of(data: T) -> Done<T> {
        Done { status: StatusCode::OK, data, mark: None, place: None }
    }

    pub(crate) fn marked(self, mark: String) -> Done<T> {
        Done { mark: Some(mark), ..self }
    }

    pub(crate) fn made(self, place: String) -> Done<T> {
        Done { status: StatusCode::CREATED, place: Some(place), ..self }
    }
}

/// The key of a call.
fn key(call: &Call) -> Result<&str, Problem> {
    let value = call.headers.get(KEY).ok_or_else(|| Problem::of(StatusCode::BAD_REQUEST, "ZH7570"))?;
    value.to_str().map_err(|_| Problem::of(StatusCode::BAD_REQUEST, "ZH7571"))
}

/// Name of the `n`th act of this call, under which the ledger takes it once.
pub(crate) fn act(call: &Call, n: usize) -> Result<String, Problem> {
    Ok(act_name(call.account(), key(call)?, n))
}

/// Does the work of a call once: `content` are the bytes that it brought, or what they come to.
pub(crate) async fn once<T: Serialize>(
    call: &Call,
    content: &[u8],
    work: impl Future<Output = Result<Done<T>, Problem>>,
) -> Answer {
    let key = key(call)?;
    let query: Vec<String> = call.query.pairs().map(|(name, value)| format!("{name}={value}")).collect();
    let mut asked = format!("{} {} {} ", call.route.id, call.path(), query.join("&")).into_bytes();
    asked.extend_from_slice(&sha256(content));
    let request = to_hex(&sha256(&asked));
    let office = call.server.office()?;
    let turn = match office.answers.begin(call.account(), key, &request, call.server.now())? {
        Asked::Again(told) => return again(&told),
        Asked::New(turn) => turn,
    };
    let done = work.await?;
    let body = Envelope { data: done.data, meta: meta(call, Paged::default()).await? };
    let mut headers = Vec::new();
    headers.extend(done.mark.map(|mark| (ETAG.to_string(), mark)));
    headers.extend(done.place.map(|place| (LOCATION.to_string(), place)));
    let told = Told {
        request,
        at: call.server.now(),
        status: done.status.as_u16(),
        headers,
        body: serde_json::to_string(&body).map_err(Problem::ours)?,
    };
    let answer = response(&told)?;
    turn.keep(&told)?;
    Ok(answer)
}

fn response(told: &Told) -> Answer {
    let mut response = Response::new(Body::from(told.body.clone()));
    *response.status_mut() = StatusCode::from_u16(told.status).map_err(Problem::ours)?;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
    for (name, value) in &told.headers {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(Problem::ours)?;
        headers.insert(name, HeaderValue::from_str(value).map_err(Problem::ours)?);
    }
    Ok(response)
}

fn again(told: &Told) -> Answer {
    let mut response = response(told)?;
    response.headers_mut().insert(HeaderName::from_static(AGAIN), HeaderValue::from_static("true"));
    Ok(response)
}

/// Adds the mark of what an answer shows.
pub(crate) fn marked(answer: Answer, mark: &str) -> Answer {
    let mut response = answer?;
    response.headers_mut().insert(ETAG, HeaderValue::from_str(mark).map_err(Problem::ours)?);
    Ok(response)
}

/// The mark of something whose newest event is this entry.
pub(crate) fn mark_of(head: u64) -> String {
    format!("\"{head}\"")
}

/// Refuses a change of what has gone on since the caller saw it: `mark` is what stands now.
///
/// # Errors
///
/// ZH7576 (412).
pub(crate) fn matches(call: &Call, mark: Option<&str>) -> Result<(), Problem> {
    let Some(given) = call.headers.get(IF_MATCH) else { return Ok(()) };
    let given = given.to_str().unwrap_or_default();
    // A weak mark never matches (RFC 9110, 13.1.1).
    let good = given.split(',').map(str::trim).any(|one| mark.is_some_and(|mark| one == "*" || one == mark));
    if good {
        return Ok(());
    }
    let problem = Diagnostic::error("ZH7576").arg("given", given).arg("now", mark.unwrap_or("–"));
    Err(Problem::from(problem).with_status(StatusCode::PRECONDITION_FAILED))
}

/// The media type of the body, without its parameters, in lower case.
pub(crate) fn media(call: &Call) -> String {
    let value = call.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A body in another form than the operation takes.
pub(crate) fn unknown_media(call: &Call, known: &str) -> Problem {
    let problem = Diagnostic::error("ZH7575").arg("given", media(call)).arg("known", known);
    Problem::from(problem).with_status(StatusCode::UNSUPPORTED_MEDIA_TYPE)
}

/// The JSON of a call, with its bytes.
///
/// # Errors
///
/// ZH7575 (415) another media type, ZH7574 (422) not of this shape.
pub(crate) async fn body<T: DeserializeOwned>(call: &Call) -> Result<(T, Vec<u8>), Problem> {
    if media(call) != "application/json" {
        return Err(unknown_media(call, "application/json"));
    }
    let most = call.server.limits(call.arrival.door).form_bytes;
    body_within(call, most).await
}

/// The same, of at most `most` bytes.
pub(crate) async fn body_within<T: DeserializeOwned>(
    call: &Call,
    most: u64,
) -> Result<(T, Vec<u8>), Problem> {
    let bytes = collect(call.body(), most).await?.to_vec();
    Ok((read(&bytes)?, bytes))
}

/// JSON of a shape.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // A NUL is a character of JSON and of no text of ours.
    let clean =
        std::str::from_utf8(bytes).ok().filter(|text| !text.contains('\0') && !text.contains("\\u0000"));
    let text = clean.ok_or_else(|| Problem::from(Diagnostic::error("ZH7574").arg("detail", "UTF-8")))?;
    // A list would be read as the members of an object in their order.
    if !text.trim_start().starts_with('{') {
        return Err(Diagnostic::error("ZH7574").arg("detail", "{…}").into());
    }
    serde_json::from_str(text).map_err(|error| Diagnostic::error("ZH7574").arg("detail", error).into())
}
