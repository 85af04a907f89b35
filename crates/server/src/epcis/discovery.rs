//! What there is: the collection at the top, and `OPTIONS` of every address.

use std::collections::BTreeSet;

use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header::ALLOW;

use super::answer::{collection, empty, set};
use super::problem::limits;
use super::terms::Terms;
use super::view::opened;
use super::{OLDEST, VERSION, lists};
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;
use crate::route::table::routes;

/// The top.
const TOP: [&str; 9] = [
    "queries",
    "capture",
    "events",
    "eventTypes",
    "epcs",
    "readPoints",
    "bizLocations",
    "dispositions",
    "bizSteps",
];

/// `GET /`
pub(crate) async fn top(call: Call) -> Answer {
    opened(&call).await?;
    let content_type = Terms::plain(&call)?;
    collection(&call, &TOP.map(str::to_owned), None, content_type)
}

/// `OPTIONS` of any address: the methods that the table has there, and what is spoken.
pub(crate) async fn options(call: Call) -> Answer {
    opened(&call).await?;
    let list = call.param("list");
    if !list.is_empty() && !lists::is_one(list) {
        return Err(Problem::not_found());
    }
    let mut response = empty(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    let own = routes().iter().filter(|route| route.path == call.route.path);
    let methods: BTreeSet<String> = own.map(|route| route.method.http().to_string()).collect();
    let methods: Vec<String> = methods.into_iter().collect();
    if let Ok(value) = HeaderValue::from_str(&methods.join(", ")) {
        headers.insert(ALLOW, value);
    }
    for (least, most) in [("gs1-epcis-min", "gs1-epcis-max"), ("gs1-cbv-min", "gs1-cbv-max")] {
        set(headers, least, OLDEST);
        set(headers, most, VERSION);
    }
    // every form is understood
    set(headers, "gs1-epc-format", "No_Preference");
    set(headers, "gs1-cbv-xml-format", "No_Preference");
    set(headers, "gs1-vendor-version", &call.server.version);
    if call.route.path.ends_with("/capture") {
        set(headers, "gs1-capture-error-behaviour", "all");
        limits(headers);
    }
    Ok(response)
}

/// `DELETE /nextPageToken/{token}`: tokens hold nothing on our side, so every one of them is released already.
pub(crate) async fn release(call: Call) -> Answer {
    opened(&call).await?;
    Ok(empty(StatusCode::NO_CONTENT))
}
