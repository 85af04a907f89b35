//! The page of a problem: what is wrong, what to do, and the request's id for whoever looks into it.

use askama::Template;
use axum::body::Body;
use axum::http::Response;

use super::layout::{Frame, html};
use crate::front::view::View;
use crate::front::{Arrival, Wanted};
use crate::problem::Problem;
use crate::server::Server;
use crate::text::Text;

#[derive(Template)]
#[template(path = "error.html", blocks = ["main"])]
struct Error {
    frame: Frame,
    status: u16,
    code: String,
    message: String,
    hint: String,
    next: &'static str,
    back: String,
    next_text: String,
}

/// The page.
pub(crate) fn page(
    server: &Server,
    arrival: &Arrival,
    view: View,
    problem: &Problem,
    wanted: &Wanted,
) -> Response<Body> {
    let t = Text(view.lang);
    let message = problem.diagnostic.message(view.lang);
    let next = problem.next.unwrap_or_default();
    let page = Error {
        frame: Frame::bare(server, arrival, view, message.clone()),
        status: problem.status.as_u16(),
        code: problem.diagnostic.code.to_string(),
        message,
        hint: problem.diagnostic.hint(view.lang).unwrap_or_default(),
        next,
        back: wanted.here.clone(),
        next_text: match next {
            "/login" => t.say("server-next-login"),
            "/account/confirm" => t.say("server-next-confirm"),
            "/account/password" => t.say("server-next-password"),
            _ => String::new(),
        },
    };
    // htmx puts what comes into the page that is there.
    let text =
        if wanted.headers.contains_key("hx-request") { page.as_main().render() } else { page.render() };
    html(problem.status, text.unwrap_or_default())
}
