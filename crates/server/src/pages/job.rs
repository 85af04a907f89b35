//! Work that goes on behind the pages: how far it is, as a page that looks again by itself, and as a stream of events.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use askama::Template;
use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, Response, StatusCode};
use hyper::body::Frame as BodyFrame;
use tokio::sync::mpsc;
use zhiheng_desk::handin::{Draft, State};

use super::layout::{Frame, answer, go, pages};
use crate::authorize::{Level, Thing};
use crate::call::Call;
use crate::counter::Counter;
use crate::problem::Problem;
use crate::route::Answer;
use crate::text::Text;

/// How long a form waits for its work before it shows a page that waits: most files are read by then.
pub(crate) const PATIENCE: Duration = Duration::from_millis(1500);

/// Silence after which a stream says that it is still there.
const BEAT: Duration = Duration::from_secs(5);

#[derive(Template)]
#[template(path = "job.html", blocks = ["main"])]
struct JobPage {
    frame: Frame,
    /// What is being done, and how far it is.
    says: String,
    href: String,
    stop: String,
    /// Where it is paused; nowhere once it is on its way into the ledger.
    pause: String,
}

pages!(JobPage);

/// Somebody's own draft.
pub(crate) async fn own(call: &Call, id: &str) -> Result<Draft, Problem> {
    call.signed_in()?;
    let counter = super::returns::counter(call)?;
    let draft = counter.drafts.get(id).ok_or_else(Problem::not_found)?;
    let thing = Thing {
        region: zhiheng_base::RegionCode::parse(&draft.region).ok(),
        owner: Some(draft.account.clone()),
        level: Level::Internal,
        ..Thing::default()
    };
    call.permit(&thing, &format!("draft of {}", draft.of)).await?;
    Ok(draft)
}

/// Where to go from a draft that is being worked on: to what came of it, if it is done soon.
pub(super) async fn after(call: &Call, id: &str) -> String {
    if let Some(job) = call.server.counter().and_then(|counter| counter.job(id)) {
        let _ = tokio::time::timeout(PATIENCE, job.end()).await;
    }
    next(call.server.counter(), id).unwrap_or_else(|| format!("/jobs/{id}"))
}

/// The page of a draft that nobody works on any more; `None` while somebody does.
fn next(counter: Option<&Counter>, id: &str) -> Option<String> {
    let draft = counter?.drafts.get(id)?;
    match &draft.state {
        State::Sent { submission, .. } => Some(format!("/receipts/{submission}")),
        _ if draft.is_busy() => None,
        _ => Some(format!("/drafts/{id}")),
    }
}

/// `GET /jobs/{job}`.
pub(crate) async fn show(call: Call) -> Answer {
    let t = Text(call.view.lang);
    let draft = own(&call, call.param("job")).await?;
    let counter = super::returns::counter(&call)?;
    if let Some(next) = next(Some(counter), &draft.id) {
        return go(&call, &next);
    }
    // What an earlier server left is taken up by whoever looks.
    crate::counter::work(&call.server, &draft);
    let seen = counter.job(&draft.id).map(|job| job.progress()).unwrap_or_default();
    let says = match draft.state {
        State::Sending { .. } => t.say("server-job-sending"),
        _ => zhiheng_base::words::say(
            t.0,
            "server-job-checking",
            &[("seen", &seen.seen.to_string()), ("refused", &seen.refused.to_string())],
        ),
    };
    let page = JobPage {
        frame: Frame::of(&call).under("submit.list"),
        says,
        href: format!("/jobs/{}", draft.id),
        stop: format!("/drafts/{}/drop", draft.id),
        pause: match draft.state {
            State::Checking => format!("/drafts/{}/pause", draft.id),
            _ => String::new(),
        },
    };
    answer(&call, StatusCode::OK, &page)
}

/// `GET /jobs/{job}/events`: `progress` with the rows seen and refused, at last `done` with where to go.
pub(crate) async fn events(call: Call) -> Answer {
    let draft = own(&call, call.param("job")).await?;
    let (send, events) = mpsc::channel(8);
    let server = std::sync::Arc::clone(&call.server);
    tokio::spawn(async move {
        loop {
            if let Some(next) = next(server.counter(), &draft.id) {
                let _ = send.send(Bytes::from(format!("event: done\ndata: {next}\n\n"))).await;
                return;
            }
            let Some(job) = server.counter().and_then(|counter| counter.job(&draft.id)) else { return };
            let at = job.progress();
            let text =
                format!("event: progress\ndata: {{\"seen\":{},\"refused\":{}}}\n\n", at.seen, at.refused);
            // Nobody listens any more.
            if send.send(Bytes::from(text)).await.is_err() {
                return;
            }
            let _ = tokio::time::timeout(BEAT, job.news()).await;
        }
    });
    let mut response = Response::new(Body::new(Events(events)));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// A body that goes on as long as somebody sends.
struct Events(mpsc::Receiver<Bytes>);

impl hyper::body::Body for Events {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<BodyFrame<Bytes>, Self::Error>>> {
        self.0.poll_recv(context).map(|bytes| bytes.map(|bytes| Ok(BodyFrame::data(bytes))))
    }
}
