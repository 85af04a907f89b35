//! Pages for everybody, without a login: what was released in plain words, whether a paper is ours, what stands behind a product's code.
//!
//! Everything here reads the book of what is public ([`zhiheng_desk::open::Book`]), and the book alone.

pub(crate) mod download;
pub(crate) mod enterprise;
pub(crate) mod home;
mod lists;
pub(crate) mod publication;
pub(crate) mod region;
pub(crate) mod search;
pub(crate) mod thing;
pub(crate) mod verify;
mod words;

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use axum::http::{HeaderValue, Response, StatusCode};
use zhiheng_desk::open::Book;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;

use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;

/// How long an answer may be kept: what was withdrawn is gone from copies soon.
const KEPT: &str = "public, max-age=300";
/// On what a kept answer depends besides its address.
const VARIES: &str = "Accept-Language, Cookie";

/// What is public today.
pub(crate) async fn book(call: &Call) -> Result<Arc<Book>, Problem> {
    call.server.office()?.book(call.server.today()).await
}

/// Bytes that may be kept for a while, with a mark by which a copy is found to be still good (RFC 9110, 8.8.3).
pub(crate) fn kept(call: &Call, bytes: Vec<u8>, kind: &'static str) -> Answer {
    let hash = to_hex(&sha256(&bytes));
    let mark = format!("\"{}\"", hash.get(..32).unwrap_or_default());
    let asked = call.headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_same =
        asked.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == mark);
    let mut response = Response::new(if is_same { Body::empty() } else { Body::from(bytes) });
    if is_same {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(KEPT));
    headers.insert(VARY, HeaderValue::from_static(VARIES));
    headers.insert(ETAG, HeaderValue::from_str(&mark).map_err(Problem::ours)?);
    Ok(response)
}

/// An answer made elsewhere, to be kept likewise.
pub(crate) async fn keep(call: &Call, answer: Answer, kind: &'static str) -> Answer {
    let bytes = axum::body::to_bytes(answer?.into_body(), usize::MAX).await.map_err(Problem::ours)?;
    kept(call, bytes.to_vec(), kind)
}
