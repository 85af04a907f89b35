//! The page of a problem: what is wrong, what to do, and the request's id for whoever looks into it.

use askama::Template;
use axum::body::Body;
use axum::http::Response;

use super::layout::{Frame, html};
use crate::front::Arrival;
use crate::front::view::View;
use crate::problem::Problem;
use crate::server::Server;
use crate::text::Text;

#[derive(Template)]
#[template(path = "error.html")]
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
pub(crate) fn page(server: &Server, arrival: &Arrival, view: View, problem: &Problem, back: &str) -> Response<Body> {
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
        back: back.to_owned(),
        next_text: match next {
            "/login" => t.say("server-next-login"),
            "/account/confirm" => t.say("server-next-confirm"),
            "/account/password" => t.say("server-next-password"),
            _ => String::new(),
        },
    };
    html(problem.status, page.render().unwrap_or_default())
}
