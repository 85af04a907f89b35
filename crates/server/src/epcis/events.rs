//! Events: the whole query, and one event.

use zhiheng_desk::trace::{Repository, View};
use zhiheng_trace::json::Value;
use zhiheng_trace::query::{MOST_PER_PAGE, Query};

use super::answer;
use super::terms::{Terms, namespaces};
use super::view::opened;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use zhiheng_base::Diagnostic;

/// `GET /events`
pub(crate) async fn query(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let terms = Terms::of(&call)?;
    let query = asked(&call)?;
    answered(&call, &repository, &view, &terms, &query).await
}

/// The query of the query string.
pub(crate) fn asked(call: &Call) -> Result<Query, Problem> {
    let pairs: Vec<(String, String)> = call
        .query
        .pairs()
        .map(|(name, value)| {
            // An offset's plus that was not escaped comes as a space.
            let is_time = name.to_ascii_lowercase().ends_with("time");
            let value = if is_time { value.replace(' ', "+") } else { value.to_owned() };
            (name.to_owned(), value)
        })
        .collect();
    Ok(Query::read(&pairs, &namespaces(&call.headers))?)
}

/// Answers a page of a query.
pub(crate) async fn answered(
    call: &Call,
    repository: &Repository,
    view: &View,
    terms: &Terms,
    query: &Query,
) -> Answer {
    let page = repository.ask(view, query).await?;
    answer::page(call, terms, &page, None)
}

/// A query for one value of one parameter, whatever characters it has.
pub(crate) fn exactly(name: &'static str, value: &str) -> Result<Query, Problem> {
    let list = Value::List(vec![Value::Text(value.into())]);
    Ok(Query::from_json(&Value::Object(vec![(name.into(), list)]))?)
}

/// `GET /events/{event}`: by its identifier, with its error declaration if there is one; an event without identifier by the number of its
/// entry.
pub(crate) async fn one(call: Call) -> Answer {
    let (repository, view) = opened(&call).await?;
    let terms = Terms::of(&call)?;
    let id = call.param("event");
    let missing =
        || Problem::from(Diagnostic::error("ZH9593").arg("value", id.chars().take(120).collect::<String>()));
    let mut page = match id.parse::<u64>() {
        Ok(entry) => {
            let (restored, at) = repository.event(&view, entry).await.map_err(|_| missing())?;
            let mut event = restored.event;
            event.recorded = zhiheng_trace::Time::at(at);
            let made = zhiheng_trace::Time::at(call.server.now().as_microsecond());
            zhiheng_trace::query::Page { events: vec![event], next: None, made }
        }
        Err(_) => {
            let mut query = exactly("EQ_eventID", id)?;
            query.per_page = MOST_PER_PAGE;
            repository.ask(&view, &query).await?
        }
    };
    if page.events.is_empty() {
        return Err(missing());
    }
    page.next = None;
    answer::page(&call, &terms, &page, None)
}
