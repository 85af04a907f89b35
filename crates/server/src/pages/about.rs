//! The accessibility statement, version, health, and what a code means.

use askama::Template;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use zhiheng_base::words::{say, say_attribute};

use super::layout::{Frame, answer, pages};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;

#[derive(Template)]
#[template(path = "a11y.html", blocks = ["main"])]
struct Accessibility {
    frame: Frame,
}

#[derive(Template)]
#[template(path = "version.html", blocks = ["main"])]
struct Version {
    frame: Frame,
    version: String,
    origin: String,
    size: u64,
    catalog: String,
}

#[derive(Template)]
#[template(path = "code.html", blocks = ["main"])]
struct Code {
    frame: Frame,
    code: String,
    message: String,
    hint: String,
}

pages!(Accessibility, Version, Code);

/// `GET /a11y`.
pub(crate) async fn a11y(call: Call) -> Answer {
    answer(&call, StatusCode::OK, &Accessibility { frame: Frame::of(&call) })
}

/// `GET /version`.
pub(crate) async fn version(call: Call) -> Answer {
    let server = &call.server;
    let page = Version {
        frame: Frame::of(&call),
        version: server.version.clone(),
        origin: server.ledger.origin().to_owned(),
        size: server.ledger.size().await?,
        catalog: server.catalog.clone(),
    };
    answer(&call, StatusCode::OK, &page)
}

/// `GET /health`: whether the databases answer and the ledger takes writes, in one word.
pub(crate) async fn health(call: Call) -> Answer {
    let server = &call.server;
    let alive = server.ledger.size().await.is_ok() && server.access.account("").await.is_ok();
    let (status, word) = match (alive, server.ledger.alarm()) {
        (false, _) => (StatusCode::SERVICE_UNAVAILABLE, "down\n"),
        (true, Some(_)) => (StatusCode::SERVICE_UNAVAILABLE, "damaged\n"),
        (true, None) => (StatusCode::OK, "ok\n"),
    };
    let mut response = Response::new(Body::from(word));
    *response.status_mut() = status;
    Ok(response)
}

/// `GET /codes/{code}`: the address that problems give as their type.
pub(crate) async fn code(call: Call) -> Answer {
    let code = call.param("code").to_ascii_uppercase();
    let known =
        code.len() == 6 && code.starts_with("ZH") && code.bytes().skip(2).all(|byte| byte.is_ascii_digit());
    let id = code.to_ascii_lowercase();
    let lang = call.view.lang;
    let message = say(lang, &id, &[]);
    if !known || message.starts_with('«') {
        return Err(Problem::not_found());
    }
    let hint = say_attribute(lang, &id, "hint", &[]).unwrap_or_default();
    let mut frame = Frame::of(&call);
    frame.title.clone_from(&code);
    answer(&call, StatusCode::OK, &Code { frame, code, message, hint })
}
