//! JSON text to documents and events.

use std::borrow::Cow;

use super::context::Context;
use super::convert::{Converter, Place};
use super::master::vocabularies;
use super::usual::usual;
use super::{Value, parse};
use crate::event::{self, Document, DocumentKind, Event, EventKind, Outcome, Source, check};
use crate::problem::{Path, Problems, With};
use crate::uri::is_uri;
use crate::{Limits, Time};

pub(super) type Members<'a> = [(Cow<'a, str>, Value<'a>)];

/// Reads an EPCIS document, a query document, or one event with its own context.
pub fn read(bytes: &[u8], limits: &Limits) -> Outcome {
    let mut outcome = Outcome::default();
    let value = match parse(bytes, limits, &mut outcome.problems) {
        Ok(value) => value,
        Err(problem) => {
            outcome.problems.push(problem);
            return outcome;
        }
    };
    let mut context = Context::default();
    let path = Path::ROOT;
    match value.get("@context") {
        Some(own) => context.add(own, &path.member("@context"), &mut outcome.problems),
        None if matches!(value, Value::Object(_)) => {
            outcome.problems.error("ZH9521", &path).with("name", "@context");
        }
        None => {}
    }
    let Value::Object(members) = &value else {
        outcome.problems.error("ZH9522", &path).with("wanted", "object");
        return outcome;
    };
    match value.get("type").and_then(Value::text) {
        Some("EPCISDocument") => document(members, &context, limits, &mut outcome),
        Some("EPCISQueryDocument") => query_document(members, &context, limits, &mut outcome),
        Some(kind) if EventKind::of_name(kind).is_some() || kind.contains(':') => {
            let mut document = Document::new(DocumentKind::Single);
            events(&[&value], &Path::ROOT, &context, limits, &mut document, &mut outcome);
            finish(document, &context, &mut outcome);
        }
        Some(kind) => {
            outcome.problems.error("ZH9520", &path).with("value", kind);
        }
        None => {
            outcome.problems.error("ZH9521", &path).with("name", "type");
        }
    }
    outcome
}

/// Reads one event that is already parsed, as a query or a test may hold it; its context counts.
pub fn read_event(value: &Value<'_>, limits: &Limits, problems: &mut Problems) -> Option<Event> {
    event(value, &Context::default(), limits, problems, &Path::ROOT).map(|(event, _)| event)
}

fn finish(mut document: Document, context: &Context, outcome: &mut Outcome) {
    // the first meaning of a prefix is the document's
    let mut namespaces = context.own().to_vec();
    for own in document.namespaces.drain(..) {
        if !namespaces.contains(&own) {
            namespaces.push(own);
        }
    }
    document.namespaces = namespaces;
    outcome.document = Some(document);
}

fn document(members: &Members<'_>, context: &Context, limits: &Limits, outcome: &mut Outcome) {
    let mut document = Document::new(DocumentKind::Capture);
    for name in ["schemaVersion", "creationDate", "epcisBody"] {
        require(members, name, &Path::ROOT, &mut outcome.problems);
    }
    top(members, context, &mut document, &mut outcome.problems);
    let Some(body) = object(members, "epcisBody", &Path::ROOT, &mut outcome.problems) else {
        return finish(document, context, outcome);
    };
    let path = Path::ROOT.member("epcisBody");
    require(body, "eventList", &path, &mut outcome.problems);
    if let Some(list) = list(body, "eventList", &path, &mut outcome.problems) {
        let list: Vec<&Value<'_>> = list.iter().collect();
        events(&list, &path.member("eventList"), context, limits, &mut document, outcome);
    }
    finish(document, context, outcome);
}

fn query_document(members: &Members<'_>, context: &Context, limits: &Limits, outcome: &mut Outcome) {
    let mut document = Document::new(DocumentKind::Query { name: String::new(), subscription: None });
    require(members, "epcisBody", &Path::ROOT, &mut outcome.problems);
    top(members, context, &mut document, &mut outcome.problems);
    let body_path = Path::ROOT.member("epcisBody");
    let results = object(members, "epcisBody", &Path::ROOT, &mut outcome.problems).and_then(|body| {
        require(body, "queryResults", &body_path, &mut outcome.problems);
        only(body, &["queryResults"], &body_path, &mut outcome.problems);
        object(body, "queryResults", &body_path, &mut outcome.problems)
    });
    let path = body_path.member("queryResults");
    let Some(results) = results else { return finish(document, context, outcome) };
    for name in ["queryName", "resultsBody"] {
        require(results, name, &path, &mut outcome.problems);
    }
    only(results, &["queryName", "subscriptionID", "resultsBody"], &path, &mut outcome.problems);
    document.kind = DocumentKind::Query {
        name: text(results, "queryName", &path, &mut outcome.problems).unwrap_or_default(),
        subscription: text(results, "subscriptionID", &path, &mut outcome.problems),
    };
    let body = object(results, "resultsBody", &path, &mut outcome.problems);
    let path = path.member("resultsBody");
    if let Some(body) = body {
        require(body, "eventList", &path, &mut outcome.problems);
        only(body, &["eventList", "vocabularyList"], &path, &mut outcome.problems);
        if let Some(list) = list(body, "eventList", &path, &mut outcome.problems) {
            let list: Vec<&Value<'_>> = list.iter().collect();
            events(&list, &path.member("eventList"), context, limits, &mut document, outcome);
        }
        if let Some(words) = list(body, "vocabularyList", &path, &mut outcome.problems) {
            document.master_data = vocabularies(words, context, &path, &mut outcome.problems);
        }
    }
    finish(document, context, outcome);
}

/// What both documents have at the top.
fn top(members: &Members<'_>, context: &Context, document: &mut Document, problems: &mut Problems) {
    let path = Path::ROOT;
    document.id = text(members, "id", &path, problems);
    if let Some(id) = document.id.as_ref().filter(|id| !is_uri(id)) {
        problems.error("ZH9523", &path.member("id")).with("value", id);
    }
    document.sender = text(members, "sender", &path, problems);
    document.receiver = text(members, "receiver", &path, problems);
    document.instance = text(members, "instanceIdentifier", &path, problems);
    if let Some(version) = text(members, "schemaVersion", &path, problems) {
        let is_version =
            version.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
        if !is_version {
            problems
                .error("ZH9528", &path.member("schemaVersion"))
                .with("value", &version)
                .with("wanted", "2.0");
        }
        document.version = version;
    }
    if let Some(date) = text(members, "creationDate", &path, problems) {
        document.created = Time::read(&date);
        if document.created.is_none() {
            problems.error("ZH9524", &path.member("creationDate")).with("value", date);
        }
    }
    let known = [
        "@context",
        "type",
        "id",
        "schemaVersion",
        "creationDate",
        "sender",
        "receiver",
        "instanceIdentifier",
        "epcisHeader",
        "epcisBody",
    ];
    let mut converter = Converter { context, problems };
    document.extensions = converter.members(members, Place::Own, &known, &path);
    for node in &document.extensions {
        if node.name.space.is_empty() && !node.name.local.contains(':') {
            problems.error("ZH9527", &path.member(&node.name.local)).with("name", &node.name.local);
        }
    }
    if let Some(header) = object(members, "epcisHeader", &path, problems) {
        let path = path.member("epcisHeader");
        if let Some((name, _)) = header.iter().find(|(name, _)| name != "epcisMasterData" && !is_uri(name)) {
            problems.error("ZH9527", &path).with("name", name);
        }
        let data = object(header, "epcisMasterData", &path, problems);
        if let Some(words) = data.and_then(|data| list(data, "vocabularyList", &path, problems)) {
            document.master_data = vocabularies(words, context, &path, problems);
        }
    }
}

fn events(
    list: &[&Value<'_>],
    path: &Path<'_>,
    context: &Context,
    limits: &Limits,
    document: &mut Document,
    outcome: &mut Outcome,
) {
    if list.len() > limits.events {
        outcome.problems.error("ZH9513", path).with("what", "eventList").with("most", limits.events);
        return;
    }
    for (place, value) in list.iter().enumerate() {
        let at = path.place(place);
        let at = if document.kind == DocumentKind::Single { path } else { &at };
        let errors = outcome.problems.errors();
        if let Some((event, own)) = event(value, context, limits, &mut outcome.problems, at) {
            check(&event, at, &mut outcome.problems);
            document.events.push(event);
            outcome.places.push(place);
            if let Some(own) = own {
                document
                    .namespaces
                    .extend(own.own().iter().filter(|pair| !context.own().contains(pair)).cloned());
            }
        }
        if outcome.problems.errors() > errors {
            outcome.refused.push(place);
            outcome.event_errors += outcome.problems.errors() - errors;
        }
    }
}

/// One event; the second value is its context, if it brought one.
fn event(
    value: &Value<'_>,
    context: &Context,
    limits: &Limits,
    problems: &mut Problems,
    path: &Path<'_>,
) -> Option<(Event, Option<Context>)> {
    let Value::Object(members) = value else {
        problems.error("ZH9522", path).with("wanted", "object");
        return None;
    };
    let mut own = None;
    if let Some(value) = value.get("@context") {
        let mut context = context.clone();
        // a single event's context is the document's, which was read already
        context.add(value, &path.member("@context"), &mut Problems::new());
        own = Some(context);
    }
    let context = own.as_ref().unwrap_or(context);
    let kind = match value.get("type").and_then(Value::text) {
        None => {
            problems.error("ZH9521", path).with("name", "type");
            return None;
        }
        Some(name) => match EventKind::of_name(name) {
            Some(kind) => kind,
            None if is_uri(name) => EventKind::Own(context.expand(name).into_owned()),
            None => {
                problems.error("ZH9520", &path.member("type")).with("value", name);
                return None;
            }
        },
    };
    if own.is_none()
        && let Some(event) = usual(&kind, members, context, limits)
    {
        return Some((event, own));
    }
    by_nodes(kind, members, context, limits, problems, path).map(|event| (event, own))
}

/// Any event, with everything that does not fit said.
pub(super) fn by_nodes(
    kind: EventKind,
    members: &Members<'_>,
    context: &Context,
    limits: &Limits,
    problems: &mut Problems,
    path: &Path<'_>,
) -> Option<Event> {
    let mut converter = Converter { context, problems };
    let nodes = converter.members(members, Place::Event, &["type", "@context"], path);
    event::read(kind, nodes, Source::Json, limits, problems, path)
}

fn find<'v, 'a>(members: &'v Members<'a>, name: &str) -> Option<&'v Value<'a>> {
    members.iter().find(|(own, _)| own == name).map(|(_, value)| value)
}

/// Members of an envelope that are neither its own nor extensions.
fn only(members: &Members<'_>, known: &[&str], path: &Path<'_>, problems: &mut Problems) {
    for (name, _) in members {
        if !known.contains(&name.as_ref()) && !is_uri(name) {
            problems.error("ZH9527", &path.member(name)).with("name", name);
        }
    }
}

fn require(members: &Members<'_>, name: &str, path: &Path<'_>, problems: &mut Problems) {
    if find(members, name).is_none() {
        problems.error("ZH9521", path).with("name", name);
    }
}

fn text(members: &Members<'_>, name: &str, path: &Path<'_>, problems: &mut Problems) -> Option<String> {
    if let Value::Text(text) = find(members, name)? {
        Some(text.clone().into_owned())
    } else {
        problems.error("ZH9522", &path.member(name)).with("wanted", "string");
        None
    }
}

fn object<'v, 'a>(
    members: &'v Members<'a>,
    name: &str,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<&'v Members<'a>> {
    if let Value::Object(members) = find(members, name)? {
        Some(members)
    } else {
        problems.error("ZH9522", &path.member(name)).with("wanted", "object");
        None
    }
}

fn list<'v, 'a>(
    members: &'v Members<'a>,
    name: &str,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Option<&'v [Value<'a>]> {
    match find(members, name)? {
        Value::List(items) => Some(items),
        _ => {
            problems.error("ZH9522", &path.member(name)).with("wanted", "list");
            None
        }
    }
}
