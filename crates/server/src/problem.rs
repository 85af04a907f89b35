//! What went wrong, for a person as a page and for a program as `application/problem+json`, with the codes of the command.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Response, StatusCode};
use serde::Serialize;
use utoipa::ToSchema;
use zhiheng_base::{Diagnostic, Lang};
use zhiheng_desk::Trouble;
use zhiheng_record::LedgerError;

use crate::authorize::Verdict;
use crate::front::Arrival;
use crate::front::accept::wants_json;
use crate::front::view::View;
use crate::pages;
use crate::server::Server;

/// A request that is not answered as asked.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) diagnostic: Diagnostic,
    pub(crate) wait: Option<Duration>,
    /// Where to go for what is missing (signing in, a second factor, a new password).
    pub(crate) next: Option<&'static str>,
    /// What the log gets and nobody else.
    pub(crate) ours: Option<String>,
}

/// A problem as programs see it (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemDetails {
    /// Address of what the code means.
    #[serde(rename = "type")]
    pub kind: String,
    /// HTTP status.
    pub status: u16,
    /// What is wrong, in the language asked for.
    pub title: String,
    /// `ZH` and four digits, as in the command.
    pub code: String,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Id of the request, for whoever looks into it.
    pub request: String,
}

impl Problem {
    /// A problem with `code`.
    pub(crate) fn of(status: StatusCode, code: &'static str) -> Problem {
        Problem::from(Diagnostic::error(code)).with_status(status)
    }

    pub(crate) fn with_status(mut self, status: StatusCode) -> Problem {
        self.status = status;
        self
    }

    /// Names what is meant in the message.
    pub(crate) fn detail(mut self, detail: &str) -> Problem {
        self.diagnostic = self.diagnostic.arg("detail", detail);
        self
    }

    pub(crate) fn not_found() -> Problem {
        Problem::of(StatusCode::NOT_FOUND, "ZH7501")
    }

    pub(crate) fn malformed(detail: &'static str) -> Problem {
        Problem::of(StatusCode::BAD_REQUEST, "ZH7510").detail(detail)
    }

    pub(crate) fn busy() -> Problem {
        let wait = Some(Duration::from_secs(2));
        Problem { wait, ..Problem::of(StatusCode::SERVICE_UNAVAILABLE, "ZH7508") }
    }

    pub(crate) fn too_often(wait: Duration) -> Problem {
        let secs = wait.as_secs() + 1;
        let mut problem = Problem::of(StatusCode::TOO_MANY_REQUESTS, "ZH7507");
        problem.diagnostic = problem.diagnostic.arg("secs", secs);
        problem.wait = Some(wait);
        problem
    }

    /// A fault of ours: the client learns the request's id, the log the reason.
    pub(crate) fn ours(reason: impl ToString) -> Problem {
        let mut problem = Problem::of(StatusCode::INTERNAL_SERVER_ERROR, "ZH7500");
        problem.ours = Some(reason.to_string());
        problem
    }

    /// What a verdict other than yes means; `None` for yes.
    pub(crate) fn of_verdict(verdict: Verdict) -> Option<Problem> {
        let problem = match verdict {
            Verdict::Allow => return None,
            Verdict::SignIn => {
                let problem = Problem::of(StatusCode::UNAUTHORIZED, "ZH7502");
                Problem { next: Some("/login"), ..problem }
            }
            Verdict::NotYours => Problem::not_found(),
            Verdict::NotAllowed => Problem::of(StatusCode::FORBIDDEN, "ZH7503"),
            Verdict::Separated => Problem::of(StatusCode::FORBIDDEN, "ZH7504"),
            Verdict::StepUp => {
                let problem = Problem::of(StatusCode::FORBIDDEN, "ZH7505");
                Problem { next: Some("/account/confirm"), ..problem }
            }
        };
        Some(problem)
    }

    /// The answer: JSON for the API and for whoever asks for it, else a page.
    pub(crate) fn answer(
        &self,
        server: &Server,
        arrival: &Arrival,
        wanted: &crate::front::Wanted,
    ) -> Response<Body> {
        if let Some(reason) = &self.ours {
            server.log.text(&format!("fault in request {}: {reason}", arrival.id));
        }
        let view = View::of(&wanted.headers, server.jar(arrival.door));
        let status = if wanted.epcis { crate::epcis::problem::status(self) } else { self.status };
        let mut response = if wanted.epcis {
            crate::epcis::problem::answer(self, view.lang, &arrival.id, &wanted.headers)
        } else if wanted.api || wants_json(&wanted.headers) {
            self.json(view.lang, &arrival.id)
        } else {
            pages::error::page(server, arrival, view, self, wanted)
        };
        *response.status_mut() = status;
        if let Some(wait) = self.wait {
            crate::front::retry_after(response.headers_mut(), wait);
        }
        if status == StatusCode::UNAUTHORIZED {
            // RFC 9110 wants a scheme; programs come with a token.
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }

    /// As programs see it.
    pub(crate) fn details(&self, lang: Lang, request: &str) -> ProblemDetails {
        ProblemDetails {
            kind: format!("/codes/{}", self.diagnostic.code),
            status: self.status.as_u16(),
            title: self.diagnostic.message(lang),
            code: self.diagnostic.code.to_string(),
            hint: self.diagnostic.hint(lang),
            request: request.to_owned(),
        }
    }

    fn json(&self, lang: Lang, request: &str) -> Response<Body> {
        let details = self.details(lang, request);
        let text = serde_json::to_vec(&details).unwrap_or_default();
        let mut response = Response::new(Body::from(text));
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json; charset=utf-8"));
        response
    }
}

impl From<Diagnostic> for Problem {
    /// What a person can put right is 422, unless the code says more.
    fn from(diagnostic: Diagnostic) -> Problem {
        let status = match diagnostic.code.as_ref() {
            "ZH4030" | "ZH4045" | "ZH7573" => StatusCode::CONFLICT,
            "ZH7571" => StatusCode::BAD_REQUEST,
            "ZH4033" | "ZH4044" => StatusCode::PRECONDITION_FAILED,
            "ZH4034" | "ZH4202" | "ZH8229" | "ZH9551" => StatusCode::NOT_FOUND,
            "ZH4061" => StatusCode::INSUFFICIENT_STORAGE,
            "ZH4021" | "ZH4060" => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Problem { status, diagnostic, wait: None, next: None, ours: None }
    }
}

impl From<Vec<Diagnostic>> for Problem {
    /// The first of several, which is what a page without a form can tell.
    fn from(problems: Vec<Diagnostic>) -> Problem {
        problems.into_iter().next().map_or_else(|| Problem::ours("refused without a reason"), Problem::from)
    }
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Problem {
        match trouble {
            Trouble::Problems(problems) => Problem::from(problems),
            Trouble::Machine(problem) => {
                let ours = Some(problem.code.to_string());
                Problem { ours, ..Problem::from(problem) }
            }
            Trouble::Internal(error) => Problem::ours(error),
        }
    }
}

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Problem {
        match error.diagnostic() {
            Some(diagnostic) => {
                let ours = error.is_machine().then(|| error.to_string());
                Problem { ours, ..Problem::from(diagnostic) }
            }
            None => Problem::ours(error),
        }
    }
}
