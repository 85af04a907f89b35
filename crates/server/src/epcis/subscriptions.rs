//! Subscriptions by webhook: the answers to a named query are sent to an address.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderValue, LOCATION};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use zhiheng_base::Diagnostic;
use zhiheng_desk::trace::{Repository, Schedule, Subscription, View, When};

use super::answer::{address, empty, link, object, plain};
use super::lists::{only_paging, per_page};
use super::queries::{found, json_body, missing, wrong};
use super::terms::Terms;
use super::view::opened;
use crate::call::Call;
use crate::egress::Target;
use crate::problem::Problem;
use crate::route::Answer;

/// Longest secret.
const TOKEN_MAX: usize = 1000;

/// The ledger size from which a subscription tells: events recorded at the time itself are told, those before it are not.
pub(super) async fn since(repository: &Repository, initial: Option<Timestamp>) -> Result<u64, Problem> {
    let ledger = repository.tracing().ledger();
    let Some(time) = initial else { return Ok(ledger.size().await?) };
    let before = time.checked_sub(SignedDuration::from_micros(1)).map_err(|_| wrong("initialRecordTime"))?;
    Ok(ledger.size_at(before).await?)
}

/// `POST /queries/{query}/subscriptions`
pub(crate) async fn make(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let content_type = Terms::plain(&call)?;
    let standing = found(&call, &repository, &view)?;
    let body: Value = serde_json::from_slice(&json_body(&call).await?).map_err(|error| {
        Diagnostic::error("ZH9510").arg("line", error.line()).arg("column", error.column())
    })?;
    let dest = text(&body, "dest")?.ok_or_else(|| wrong("dest"))?;
    Target::read(&dest, &call.server.settings.egress).map_err(|why| {
        Diagnostic::error("ZH9586").arg("dest", dest.chars().take(120).collect::<String>()).arg("why", why)
    })?;
    let token = text(&body, "signatureToken")?;
    if token.as_ref().is_some_and(|token| token.is_empty() || token.len() > TOKEN_MAX) {
        return Err(wrong("signatureToken"));
    }
    let now = call.server.now();
    let initial = text(&body, "initialRecordTime")?
        .map(|text| text.parse::<Timestamp>().map_err(|_| wrong("initialRecordTime")))
        .transpose()?;
    let since = since(&repository, initial).await?;
    // The headers of answers are checked as if they were for this one.
    let terms = Terms::of(&call)?;
    let format = call.headers.contains_key("gs1-epc-format").then_some(terms.format_name);
    let subscription = Subscription {
        id: id()?,
        view,
        query: standing.name,
        by: call.account().to_owned(),
        dest,
        token,
        when: when(&body, now)?,
        report_if_empty: truth(&body, "reportIfEmpty")?.unwrap_or(false),
        format,
        created: now,
        initial,
        since,
        min_record: initial.unwrap_or(now),
        last_notified: None,
        failures: 0,
    };
    if !repository.named().subscribe(&subscription)? {
        return Err(missing(&subscription.query));
    }
    let mut response = empty(StatusCode::CREATED);
    *response.body_mut() = serde_json::to_vec(&shown(&subscription)).map_err(Problem::ours)?.into();
    let target = address(&call, &["queries", &subscription.query, "subscriptions", &subscription.id]);
    if let Ok(value) = HeaderValue::from_str(&target) {
        response.headers_mut().insert(LOCATION, value);
    }
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    Ok(response)
}

/// When a subscription is answered: as it comes, or by a schedule.
fn when(body: &Value, now: Timestamp) -> Result<When, Problem> {
    let one = || Problem::from(Diagnostic::error("ZH9585"));
    let stream = truth(body, "stream")?;
    match (stream, body.get("schedule")) {
        (Some(true), None) => Ok(When::Stream),
        (None, Some(Value::Object(fields))) => {
            let mut given: Vec<(&str, String)> = Vec::new();
            for (name, value) in fields {
                match value {
                    Value::String(text) => given.push((name, text.clone())),
                    Value::Number(number) => given.push((name, number.to_string())),
                    _ => return Err(wrong("schedule")),
                }
            }
            let pairs = given.iter().map(|(name, value)| (*name, value.as_str()));
            Ok(When::Schedule(Schedule::read(pairs, now)?))
        }
        (None, Some(_)) => Err(wrong("schedule")),
        _ => Err(one()),
    }
}

fn text(body: &Value, name: &'static str) -> Result<Option<String>, Problem> {
    match body.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(wrong(name)),
    }
}

fn truth(body: &Value, name: &'static str) -> Result<Option<bool>, Problem> {
    match body.get(name) {
        None => Ok(None),
        Some(Value::Bool(value)) => Ok(Some(*value)),
        Some(_) => Err(wrong(name)),
    }
}

/// A new identifier, which nobody guesses.
fn id() -> Result<String, Problem> {
    let mut bytes = [0_u8; 18];
    getrandom::fill(&mut bytes).map_err(Problem::ours)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// A subscription as its owner sees it; the secret is not among what is shown.
fn shown(own: &Subscription) -> Value {
    let (stream, schedule) = match &own.when {
        When::Stream => (json!(true), Value::Null),
        When::Schedule(schedule) => {
            let fields = schedule.given().map(|(name, text)| (name.to_owned(), json!(text)));
            (Value::Null, Value::Object(fields.collect()))
        }
    };
    object([
        ("subscriptionID", json!(own.id)),
        ("dest", json!(own.dest)),
        ("createdAt", json!(own.created)),
        ("stream", stream),
        ("schedule", schedule),
        ("reportIfEmpty", if own.report_if_empty { json!(true) } else { Value::Null }),
        ("initialRecordTime", json!(own.initial)),
        ("minRecordTime", json!(own.min_record)),
        ("lastNotifiedAt", json!(own.last_notified)),
        ("epcFormat", json!(own.format)),
        ("failures", if own.failures > 0 { json!(own.failures) } else { Value::Null }),
    ])
}

/// `GET /queries/{query}/subscriptions`
pub(crate) async fn list(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let content_type = Terms::plain(&call)?;
    only_paging(&call)?;
    let wanted = per_page(&call)?;
    let standing = found(&call, &repository, &view)?;
    let after = call.query.get("nextPageToken");
    let all = repository.named().subscriptions_of(&view, &standing.name)?;
    // Oldest first; the token is the last one of the page before.
    let from = all.iter().position(|own| own.id == after).map_or(0, |place| place + 1);
    let mut rest = all.into_iter().skip(from);
    let page: Vec<Subscription> = (&mut rest).take(wanted).collect();
    let next = rest.next().and(page.last()).map(|last| last.id.clone());
    let mut response = plain(&page.iter().map(shown).collect::<Vec<_>>(), content_type)?;
    if let Some(next) = next {
        link(&call, &mut response, &next);
    }
    Ok(response)
}

fn one(call: &Call, repository: &Repository, view: &View) -> Result<Subscription, Problem> {
    let (name, id) = (call.param("query"), call.param("subscription"));
    let all = repository.named().subscriptions_of(view, name)?;
    all.into_iter().find(|own| own.id == id).ok_or_else(|| missing(id))
}

/// `GET /queries/{query}/subscriptions/{subscription}`
pub(crate) async fn show(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let content_type = Terms::plain(&call)?;
    plain(&shown(&one(&call, &repository, &view)?), content_type)
}

/// `DELETE /queries/{query}/subscriptions/{subscription}`
pub(crate) async fn remove(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let own = one(&call, &repository, &view)?;
    repository.named().unsubscribe(&view, &own.query, &own.id)?;
    Ok(empty(StatusCode::NO_CONTENT))
}
