//! Requests whose end or target two readers could see differently are not read at all.
//!
//! Request smuggling lives where a proxy and the server disagree about where a request ends. Here there is only one way
//! to say it: `Content-Length`. `Transfer-Encoding` is refused (411) and the connection closed; no browser sends it with
//! forms. hyper refuses lengths that contradict each other, folded lines and control characters itself.

use axum::http::header::{CONTENT_ENCODING, EXPECT, HOST, TRANSFER_ENCODING, UPGRADE};
use axum::http::{Method, Request, StatusCode, Version};

use super::answer::host;
use crate::epcis::socket;
use crate::problem::Problem;

/// Where parts of a path may be identifiers with slashes, escaped.
const IDENTIFIERS: [&str; 2] = ["/epcis/v2/", "/api/v1/trace/"];

/// Longest path with query.
const TARGET_MAX: usize = 4096;

/// Checks version, framing, host, target and encoding.
pub(super) fn check<B>(request: &Request<B>, hosts: &[String]) -> Result<(), Problem> {
    let headers = request.headers();
    let bad = |detail: &'static str| Err(Problem::malformed(detail));
    if headers.contains_key(TRANSFER_ENCODING) {
        return Err(Problem::of(StatusCode::LENGTH_REQUIRED, "ZH7511"));
    }
    if request.version() != Version::HTTP_11 {
        return bad("HTTP/1.1");
    }
    // hyper answers `100-continue` when the body is read; nothing else can be expected.
    if headers.get_all(EXPECT).iter().any(|value| value != "100-continue") {
        return Err(Problem::of(StatusCode::EXPECTATION_FAILED, "ZH7510").detail("Expect"));
    }
    if headers.contains_key(UPGRADE) && !socket::is_asked(request) {
        return bad("Upgrade");
    }
    if headers.contains_key(CONTENT_ENCODING) {
        return Err(Problem::of(StatusCode::UNSUPPORTED_MEDIA_TYPE, "ZH7509"));
    }
    if headers.get_all(HOST).iter().count() != 1 {
        return bad("Host");
    }
    let Some(host) = host(headers) else { return bad("Host") };
    if !hosts.iter().any(|known| known.eq_ignore_ascii_case(host)) {
        return Err(Problem::of(StatusCode::MISDIRECTED_REQUEST, "ZH7512"));
    }
    let uri = request.uri();
    if uri.authority().is_some_and(|authority| authority.as_str() != host)
        || *request.method() == Method::CONNECT
    {
        return bad("target");
    }
    if uri.path_and_query().is_none_or(|target| target.as_str().len() > TARGET_MAX) {
        return Err(Problem::of(StatusCode::URI_TOO_LONG, "ZH7510").detail("target"));
    }
    // Nobody asks for a path with such parts but to get around a rule of a proxy.
    let path = uri.path().to_ascii_lowercase();
    let tricks = ["/../", "/./", "//", "%2e%2e", "%5c", "%00", "\\"];
    // Identifiers of things and events are whole addresses: below the places that take one, an escaped slash is a letter of it.
    let is_letter = IDENTIFIERS.iter().any(|start| path.starts_with(start));
    let has_trick = tricks.iter().any(|trick| path.contains(trick)) || (path.contains("%2f") && !is_letter);
    if has_trick || path.ends_with("/..") {
        return bad("target");
    }
    Ok(())
}
