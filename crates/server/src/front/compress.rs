//! gzip for pages and data. Secrets in pages are masked anew for every answer (see `signin::csrf`), so that their length
//! tells nothing.

use std::io::Write as _;

use axum::body::Body;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, VARY};
use axum::http::{HeaderValue, Method, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::BodyExt as _;
use hyper::body::Body as _;

use super::headers::Wanted;

/// Shorter answers are not worth it.
const LEAST: u64 = 1024;

/// Longer ones are streamed as they are.
const MOST: u64 = 8 * 1024 * 1024;

/// Compresses an answer whose length is known, if the client takes it.
pub(super) async fn gzip(response: Response<Body>, wanted: &Wanted, method: &Method) -> Response<Body> {
    let length = response.body().size_hint().exact().unwrap_or(0);
    let is_text =
        response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).is_some_and(|kind| {
            ["text/", "application/json", "application/problem+json", "image/svg+xml"]
                .iter()
                .any(|each| kind.starts_with(each))
        });
    let plain = !response.headers().contains_key(CONTENT_ENCODING);
    if !is_text || !plain || *method == Method::HEAD || !(LEAST..MOST).contains(&length) || !wanted.gzip() {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(collected) = body.collect().await else {
        // A body of known length that is in memory does not fail.
        return Response::from_parts(parts, Body::empty());
    };
    let bytes = collected.to_bytes();
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(5));
    match encoder.write_all(&bytes).and_then(|()| encoder.finish()) {
        Ok(packed) => {
            parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            parts.headers.append(VARY, HeaderValue::from_static("Accept-Encoding"));
            parts.headers.remove(CONTENT_LENGTH);
            Response::from_parts(parts, Body::from(packed))
        }
        Err(_) => Response::from_parts(parts, Body::from(bytes)),
    }
}
