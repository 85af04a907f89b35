//! Answers in the words of the binding: documents, collections, plain JSON, and the headers of all of them.

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, HeaderName, LINK};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};
use zhiheng_trace::event::{Document, EpcFormat};
use zhiheng_trace::id::Prefixes;
use zhiheng_trace::json::JsonStyle;
use zhiheng_trace::query::Page;
use zhiheng_trace::store::Media;
use zhiheng_trace::{Identifier, json as epcis_json, xml};

use super::terms::Terms;
use super::{OLDEST, VERSION};
use crate::api::escaped;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Answer;

/// The context of all documents.
const CONTEXT: &str = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

/// Sets a header; a value that cannot stand in one is left out.
pub(crate) fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}

/// The headers of every answer of the binding.
pub(crate) fn seal(headers: &mut HeaderMap, version: &str) {
    set(headers, "gs1-epcis-version", version);
    set(headers, "gs1-cbv-version", version);
}

fn of_bytes(bytes: Vec<u8>, content_type: &'static str, version: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    seal(response.headers_mut(), version);
    response
}

/// A value that there is in JSON alone.
pub(crate) fn plain(value: &impl Serialize, content_type: &'static str) -> Answer {
    let bytes = serde_json::to_vec(value).map_err(Problem::ours)?;
    Ok(of_bytes(bytes, content_type, VERSION))
}

/// A collection of names.
pub(crate) fn collection(
    call: &Call,
    members: &[String],
    next: Option<&str>,
    content_type: &'static str,
) -> Answer {
    let body = json!({ "@context": CONTEXT, "type": "Collection", "member": members });
    let mut response = plain(&body, content_type)?;
    if let Some(token) = next {
        link(call, &mut response, token);
    }
    Ok(response)
}

/// Nothing more to say.
pub(crate) fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    seal(response.headers_mut(), VERSION);
    response
}

/// A page of events. How many identifiers could not be written in the form that was asked for stands in a header of ours.
pub(crate) fn page(call: &Call, terms: &Terms, page: &Page, name: Option<&str>) -> Answer {
    let (document, n_left) = document(page, terms.format, name, None);
    let bytes = written(&document, terms)?;
    let version = if terms.older { OLDEST } else { VERSION };
    let mut response = of_bytes(bytes, terms.content_type, version);
    set(response.headers_mut(), "gs1-epc-format", &terms.format_name);
    if n_left > 0 {
        set(response.headers_mut(), "zhiheng-untranslated", &n_left.to_string());
    }
    if let Some(token) = page.next {
        link(call, &mut response, &token.text());
    }
    Ok(response)
}

/// The document of a page, with its identifiers as `format` says, and how many could not be.
pub(crate) fn document(
    page: &Page,
    format: EpcFormat,
    name: Option<&str>,
    subscription: Option<&str>,
) -> (Document, usize) {
    let mut document = page.document();
    if let zhiheng_trace::event::DocumentKind::Query { name: own, subscription: own_subscription } =
        &mut document.kind
    {
        if let Some(name) = name {
            name.clone_into(own);
        }
        *own_subscription = subscription.map(str::to_owned);
    }
    let mut n_left = 0;
    if format != EpcFormat::AsCaptured {
        let prefixes = learned(&document, format);
        for event in &mut document.events {
            let (translated, left) = event.translated(format, &prefixes);
            *event = translated;
            n_left += left;
        }
    }
    (document, n_left)
}

/// Lengths of company prefixes that the URNs of the page itself tell.
fn learned(document: &Document, format: EpcFormat) -> Prefixes {
    let mut prefixes = Prefixes::none();
    if format == EpcFormat::Urn {
        for event in &document.events {
            let texts = event.epcs.iter().chain(&event.children).chain(&event.inputs).chain(&event.outputs);
            let classes = event.quantities.iter().chain(&event.child_quantities).map(|own| &own.class);
            let sites = event.read_point.iter().chain(&event.biz_location).map(|site| &site.id);
            for text in texts.chain(classes).chain(sites).filter(|text| text.starts_with("urn:epc:")) {
                if let Ok(identifier) = Identifier::read(text) {
                    prefixes.learn(&identifier);
                }
            }
        }
    }
    prefixes
}

/// The bytes of a document.
pub(crate) fn written(document: &Document, terms: &Terms) -> Result<Vec<u8>, Problem> {
    Ok(match terms.media {
        Media::Json => epcis_json::write(document, JsonStyle::Compact).into_bytes(),
        Media::Xml => xml::write(document, terms.xml())?.into_bytes(),
    })
}

/// Names the next page: the same question with the token.
pub(crate) fn link(call: &Call, response: &mut Response<Body>, token: &str) {
    let pairs = call.query.pairs().filter(|(name, _)| *name != "nextPageToken");
    let mut pairs: Vec<String> =
        pairs.map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
    pairs.push(format!("nextPageToken={}", escaped(token)));
    let path = call.here.split('?').next().unwrap_or_default();
    let target = format!("{}{path}?{}", call.server.origin(call.arrival.door), pairs.join("&"));
    if let Ok(value) = HeaderValue::from_str(&format!("<{target}>; rel=\"next\"")) {
        response.headers_mut().insert(LINK, value);
    }
}

/// The address of something below the binding, whole.
pub(crate) fn address(call: &Call, parts: &[&str]) -> String {
    let path: String = parts.iter().map(|part| format!("/{}", escaped(part))).collect();
    format!("{}{}{path}", call.server.origin(call.arrival.door), super::PREFIX)
}

/// An object without the members that are null.
pub(crate) fn object(members: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let kept = members.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(kept.map(|(name, value)| (name.to_owned(), value)).collect())
}
