//! From the table to a router: every row goes through [`crate::call::run`], which asks who may before the handler is called.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{MatchedPath, RawPathParams, Request};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use axum::routing::{MethodFilter, on};

use super::{Route, Verb};
use crate::call;
use crate::door::Door;
use crate::front::{Arrival, Wanted};
use crate::problem::Problem;
use crate::server::Server;

/// The routes of a door. `server` is asked for each request, since the router is a part of it.
pub(crate) fn router(
    table: &'static [Route],
    door: Door,
    server: &Arc<std::sync::OnceLock<std::sync::Weak<Server>>>,
) -> Router {
    let mut router = Router::new();
    for route in table.iter().filter(|route| route.doors.contains(&door)) {
        let filter = match route.method {
            Verb::Get => MethodFilter::GET,
            Verb::Post => MethodFilter::POST,
            Verb::Delete => MethodFilter::DELETE,
            Verb::Options => MethodFilter::OPTIONS,
        };
        let server = Arc::clone(server);
        let handler = move |matched: MatchedPath, params: RawPathParams, request: Request| {
            let server = server.get().and_then(std::sync::Weak::upgrade);
            async move {
                let Some(server) = server else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
                let params = params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                let mut response = call::run(server, route, params, request).await;
                response.extensions_mut().insert(matched);
                response
            }
        };
        router = router.route(route.path, on(filter, handler));
    }
    let missing = Arc::clone(server);
    let wrong = Arc::clone(server);
    router
        .fallback(move |request: Request| refused(Arc::clone(&missing), request, Problem::not_found()))
        .method_not_allowed_fallback(move |request: Request| {
            refused(Arc::clone(&wrong), request, Problem::of(StatusCode::METHOD_NOT_ALLOWED, "ZH7513"))
        })
}

async fn refused(
    server: Arc<std::sync::OnceLock<std::sync::Weak<Server>>>,
    request: Request,
    problem: Problem,
) -> Response<Body> {
    let server = server.get().and_then(std::sync::Weak::upgrade);
    let (Some(server), Some(arrival)) = (server, request.extensions().get::<Arrival>().cloned()) else {
        return problem.status.into_response();
    };
    problem.answer(&server, &arrival, &Wanted::of(&request))
}
