//! Files as answers: what was made just now, and what was handed in and kept.

use std::path::PathBuf;

use axum::body::Body;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use zhiheng_base::Diagnostic;
use zhiheng_record::verify::hash::sha256;
use zhiheng_record::verify::to_hex;

use crate::api::escaped;
use crate::problem::Problem;
use crate::route::Answer;

/// Content type of what people hand in: it is saved, never shown, and does not run under this address.
pub(crate) const ANY: &str = "application/octet-stream";

/// A file that the browser shows.
pub(crate) fn shown(bytes: Vec<u8>, kind: &'static str, name: &str) -> Answer {
    made(bytes, kind, disposition("inline", name)?)
}

/// A file that the browser saves.
pub(crate) fn saved(bytes: Vec<u8>, kind: &'static str, name: &str) -> Answer {
    made(bytes, kind, disposition("attachment", name)?)
}

fn made(bytes: Vec<u8>, kind: &'static str, disposition: HeaderValue) -> Answer {
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    Ok(response)
}

/// How a file is to be treated and named (RFC 6266); names in other than plain letters go as RFC 8187 has it.
pub(crate) fn disposition(way: &str, name: &str) -> Result<HeaderValue, Problem> {
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    let text = match is_plain {
        true => format!("{way}; filename=\"{name}\""),
        false => format!("{way}; filename*=UTF-8''{}", escaped(name)),
    };
    HeaderValue::from_str(&text).map_err(Problem::ours)
}

/// The bytes of a kept file, checked against the hash by which it is known. `name` is what messages call it.
///
/// Errors: ZH7535 it is not there any more, ZH7536 it is not what was kept.
pub(crate) async fn bytes(path: Option<PathBuf>, hash: &str, name: &str) -> Result<Vec<u8>, Problem> {
    let lost = |code| {
        let problem = Problem::from(Diagnostic::error(code).arg("name", name));
        problem.with_status(StatusCode::INTERNAL_SERVER_ERROR)
    };
    let path = path.ok_or_else(|| lost("ZH7535"))?;
    let bytes = tokio::fs::read(path).await.map_err(Problem::ours)?;
    if to_hex(&sha256(&bytes)) != hash {
        return Err(lost("ZH7536"));
    }
    Ok(bytes)
}
