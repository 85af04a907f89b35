//! Capture: documents with many events as jobs, and one event by itself.

use std::time::Duration;

use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, Response, StatusCode};
use serde_json::{Value, json};
use zhiheng_base::Diagnostic;
use zhiheng_desk::trace::{Capture, Job, Repository, View};
use zhiheng_record::Provenance;
use zhiheng_trace::store::{Behaviour, Media};
use zhiheng_trace::{Limits, json as epcis_json, xml};

use super::answer::{address, empty, object, plain, set, written};
use super::problem::of_job;
use super::terms::{Terms, behaviour, sent};
use super::view::opened;
use super::{VERSION, lists};
use crate::call::{Call, collect};
use crate::problem::Problem;
use crate::route::Answer;

/// How long the answer to a capture waits for its end. What takes longer goes on without the client.
const WAIT: Duration = Duration::from_secs(5);

/// The same for one event, whose answer says that it is there.
const WAIT_ONE: Duration = Duration::from_secs(50);

/// `POST /capture`
pub(crate) async fn send(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let media = sent(&call)?;
    let behaviour = behaviour(&call)?;
    let bytes = body(&call).await?;
    let capture = of_bytes(&call, &view, bytes, media, behaviour);
    let job = repository.capture(capture, WAIT).await?;
    if let Some(problem) = refusal(&call, &job) {
        return Err(problem);
    }
    let mut response = empty(StatusCode::ACCEPTED);
    set_location(&mut response, &address(&call, &["capture", &job.id]));
    set(response.headers_mut(), "gs1-capture-error-behaviour", &job.behaviour);
    Ok(response)
}

fn of_bytes(call: &Call, view: &View, bytes: Vec<u8>, media: Media, behaviour: Behaviour) -> Capture {
    Capture {
        bytes,
        media,
        behaviour,
        by: view.sender(call.account()),
        at: call.server.now(),
        provenance: Provenance::Reported,
        limits: Limits::default(),
    }
}

async fn body(call: &Call) -> Result<Vec<u8>, Problem> {
    let bytes = call.server.limits(call.arrival.door).upload_bytes;
    Ok(collect(call.body(), bytes).await?.to_vec())
}

fn set_location(response: &mut Response<axum::body::Body>, target: &str) {
    if let Ok(value) = HeaderValue::from_str(target) {
        response.headers_mut().insert(LOCATION, value);
    }
}

/// Why a document was refused as a whole before anything was compared with what is there: broken syntax, or wrong events of which none
/// is to be captured unless all are. An event that contradicts a captured one is the job's to tell.
fn refusal(call: &Call, job: &Job) -> Option<Problem> {
    if job.finished.is_none() || job.success {
        return None;
    }
    let wrong = job.errors().find(|problem| !matches!(problem.code.as_ref(), "ZH9550" | "ZH9552" | "ZH9557"));
    let unreadable = job.errors().any(|problem| problem.code == "ZH9557");
    let told = wrong.or_else(|| job.errors().find(|problem| problem.code == "ZH9557"))?;
    if !unreadable && job.behaviour != Behaviour::Rollback.name() {
        return None;
    }
    let instance = address(call, &["capture", &job.id]);
    Some(Problem::from(told.clone().arg("instance", instance)))
}

/// `GET /capture`
pub(crate) async fn jobs(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let content_type = Terms::plain(&call)?;
    lists::only_paging(&call)?;
    let wanted = lists::per_page(&call)?;
    let after = Some(call.query.get("nextPageToken")).filter(|token| !token.is_empty());
    let jobs = repository.tracing().jobs();
    let mut page: Vec<Job> = Vec::new();
    let mut from = after.map(str::to_owned);
    // Jobs of others lie between those in view.
    while page.len() <= wanted {
        let more = jobs.list(from.as_deref(), wanted + 1)?;
        let Some(last) = more.last() else { break };
        from = Some(last.id.clone());
        page.extend(more.into_iter().filter(|job| view.holds(&job.by)));
    }
    let more = page.len() > wanted;
    page.truncate(wanted);
    let next = page.last().filter(|_| more).map(|job| job.id.clone());
    let told: Vec<Value> = page.iter().map(|job| shown(&call, &repository, job)).collect();
    let mut response = plain(&told, content_type)?;
    if let Some(next) = next {
        super::answer::link(&call, &mut response, &next);
    }
    Ok(response)
}

/// `GET /capture/{job}`
pub(crate) async fn job(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let content_type = Terms::plain(&call)?;
    let id = call.param("job");
    let job = repository.tracing().jobs().find(id)?.filter(|job| view.holds(&job.by));
    let job = job.ok_or_else(|| Diagnostic::error("ZH9559").arg("id", id))?;
    plain(&shown(&call, &repository, &job), content_type)
}

/// A job as the standard has it, with the counts.
fn shown(call: &Call, repository: &Repository, job: &Job) -> Value {
    let running = repository.is_running(job);
    let mut errors: Vec<Value> = job.errors().map(|problem| of_job(problem, call.view.lang)).collect();
    if job.finished.is_none() && !running {
        errors.push(of_job(&Diagnostic::error("ZH9594"), call.view.lang));
    }
    // While it runs nothing is wrong so far; then every error counts, as the standard has it.
    let success = running || (job.finished.is_some() && job.success && errors.is_empty());
    object([
        ("captureID", json!(job.id)),
        ("createdAt", json!(job.created)),
        ("finishedAt", json!(job.finished)),
        ("running", json!(running)),
        ("success", json!(success)),
        ("captureErrorBehaviour", json!(job.behaviour)),
        ("errors", json!(errors)),
        ("events", json!(job.events)),
        ("captured", json!(job.new)),
        ("alreadyThere", json!(job.same)),
        ("refused", json!(job.refused)),
    ])
}

/// `POST /events`
pub(crate) async fn one(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let media = sent(&call)?;
    let terms = Terms::of(&call)?;
    let bytes = body(&call).await?;
    let n_events = {
        let bytes = bytes.clone();
        let counted = tokio::task::spawn_blocking(move || {
            let outcome = match media {
                Media::Json => epcis_json::read(&bytes, &Limits::default()),
                Media::Xml => xml::read(&bytes, &Limits::default()),
            };
            outcome.places.iter().chain(&outcome.refused).map(|place| place + 1).max().unwrap_or_default()
        });
        counted.await.map_err(Problem::ours)?
    };
    // What cannot be read at all has no events; the capture says why.
    if n_events > 1 {
        return Err(Diagnostic::error("ZH9592").arg("n", n_events).into());
    }
    let job = repository.capture(of_bytes(&call, &view, bytes, media, Behaviour::Rollback), WAIT_ONE).await?;
    if let Some(problem) = refusal(&call, &job) {
        return Err(problem);
    }
    if let Some(conflict) = job.errors().next() {
        return Err(conflict.clone().into());
    }
    match (job.finished, job.events, job.same, job.first) {
        (None, ..) => Err(Problem::busy()),
        (_, 0, ..) => Err(Diagnostic::error("ZH9592").arg("n", 0).into()),
        (_, _, 0, Some(first)) => {
            // the entry of the submission comes first
            created(&call, &repository, &terms, first + 1).await
        }
        _ => Err(Diagnostic::error("ZH9591").into()),
    }
}

/// Answers with an event that has just been captured.
async fn created(call: &Call, repository: &Repository, terms: &Terms, entry: u64) -> Answer {
    let (restored, at) = repository.tracing().event(entry).await?;
    let mut event = restored.event;
    event.recorded = zhiheng_trace::Time::at(at);
    let name = event.id.clone().unwrap_or_else(|| entry.to_string());
    let mut document = zhiheng_trace::Document::new(match terms.media {
        Media::Json => zhiheng_trace::event::DocumentKind::Single,
        // there is no XML of one event alone
        Media::Xml => zhiheng_trace::event::DocumentKind::Capture,
    });
    document.created = zhiheng_trace::Time::at(at);
    let (event, _) = event.translated(terms.format, &zhiheng_trace::id::Prefixes::none());
    document.events.push(event);
    let mut response = empty(StatusCode::CREATED);
    *response.body_mut() = axum::body::Body::from(written(&document, terms)?);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(terms.content_type));
    super::answer::seal(response.headers_mut(), VERSION);
    set_location(&mut response, &address(call, &["events", &name]));
    Ok(response)
}
