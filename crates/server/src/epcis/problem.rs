//! Problems in the words of the standard (RFC 7807 with types `epcisException:…`), in JSON or XML, with our code and hint.

use std::fmt::Write as _;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use serde_json::{Value, json};
use zhiheng_base::{Diagnostic, Lang};

use super::answer::{object, seal, set};
use super::{VERSION, terms};
use crate::problem::Problem;

/// The status with which the binding tells a problem.
pub(crate) fn status(problem: &Problem) -> StatusCode {
    if problem.status != StatusCode::UNPROCESSABLE_ENTITY {
        return problem.status;
    }
    match problem.diagnostic.code.as_ref() {
        "ZH9513" | "ZH9563" | "ZH9567" => StatusCode::PAYLOAD_TOO_LARGE,
        "ZH9550" | "ZH9587" | "ZH9591" => StatusCode::CONFLICT,
        "ZH9551" | "ZH9555" | "ZH9558" | "ZH9559" | "ZH9593" => StatusCode::NOT_FOUND,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// The standard's name of a problem.
fn exception(status: StatusCode, code: &str) -> &'static str {
    match (status.as_u16(), code) {
        (400, "ZH9560" | "ZH9561" | "ZH9562" | "ZH9564" | "ZH9565" | "ZH9566") => "QueryParameterException",
        (400, "ZH9589" | "ZH7514") => "QueryValidationException",
        (400, "ZH9584" | "ZH9585" | "ZH9586" | "ZH9588") => "SubscriptionControlsException",
        (400 | 411 | 417 | 421 | 431, _) => "ValidationException",
        (401 | 403, _) => "SecurityException",
        (404, _) => "NoSuchNameException",
        (406, _) => "NotAcceptableException",
        (409, _) => "ResourceAlreadyExistsException",
        (413, "ZH9567") => "QueryTooLargeException",
        (413, "ZH9563") => "QueryTooComplexException",
        (413, _) => "CaptureLimitExceededException",
        (414, _) => "URITooLongException",
        (415, _) => "UnsupportedMediaTypeException",
        _ => "ImplementationException",
    }
}

/// What is wrong with one event of a capture, as jobs tell it.
pub(crate) fn of_job(diagnostic: &Diagnostic, lang: Lang) -> Value {
    let code = diagnostic.code.as_ref();
    let name = if code == "ZH9550" { "ResourceAlreadyExistsException" } else { "ValidationException" };
    let name = if code == "ZH9590" || code == "ZH9594" { "ImplementationException" } else { name };
    let status = match name {
        "ResourceAlreadyExistsException" => 409,
        "ImplementationException" => 500,
        _ => 400,
    };
    object([
        ("type", json!(format!("epcisException:{name}"))),
        ("title", json!(diagnostic.message(lang))),
        ("status", json!(status)),
        ("detail", json!(diagnostic.hint(lang))),
        ("code", json!(diagnostic.code)),
    ])
}

/// The answer to a request that was not answered as asked; the status is set by the caller.
pub(crate) fn answer(problem: &Problem, lang: Lang, request: &str, headers: &HeaderMap) -> Response<Body> {
    let status = status(problem);
    let code = problem.diagnostic.code.as_ref();
    let (title, hint) = (problem.diagnostic.message(lang), problem.diagnostic.hint(lang));
    let kind = format!("epcisException:{}", exception(status, code));
    let (text, content_type) = if terms::likes_xml(headers) {
        let number = status.as_u16().to_string();
        let detail = hint.unwrap_or_default();
        let parts = [
            ("type", kind.as_str()),
            ("title", &title),
            ("status", &number),
            ("detail", &detail),
            ("code", code),
            ("request", request),
        ];
        (xml(&parts), "application/problem+xml")
    } else {
        let body = object([
            ("type", json!(kind)),
            ("title", json!(title)),
            ("status", json!(status.as_u16())),
            ("detail", json!(hint)),
            ("instance", json!(problem.diagnostic.args.get("instance"))),
            ("code", json!(code)),
            ("request", json!(request)),
        ]);
        (body.to_string(), "application/problem+json")
    };
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    seal(response.headers_mut(), VERSION);
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        limits(response.headers_mut());
    }
    response
}

/// How much one capture may be.
pub(crate) fn limits(headers: &mut HeaderMap) {
    let limits = zhiheng_trace::Limits::default();
    set(headers, "gs1-epcis-capture-limit", &limits.events.to_string());
    set(headers, "gs1-epcis-capture-file-size-limit", &limits.bytes.to_string());
}

fn xml(parts: &[(&str, &str)]) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<epcis:EPCISException xmlns:epcis=\"urn:epcglobal:epcis:xsd:2\">\n",
    );
    for (name, text) in parts.iter().filter(|(_, text)| !text.is_empty()) {
        let _ = write!(out, "  <{name}>");
        for c in text.chars() {
            match c {
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '&' => out.push_str("&amp;"),
                // XML cannot bear control characters at all
                c if c.is_control() => out.push('\u{fffd}'),
                c => out.push(c),
            }
        }
        let _ = writeln!(out, "</{name}>");
    }
    out.push_str("</epcis:EPCISException>\n");
    out
}
