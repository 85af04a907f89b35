//! Documents and events to JSON-LD.

mod master;
mod scheme;

use std::borrow::Cow;

use super::Value;
use super::context::{ADDRESS, MDA, STANDARD};
use super::convert::{Place, Shape, shape};
use super::put::put;
use crate::event::{Document, DocumentKind, Event, EventKind, nodes};
use crate::node::{Name, Node, Scalar};
use crate::vocabulary::Vocabulary;
pub(crate) use master::master_value;
use scheme::is_scheme;

/// How JSON is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonStyle {
    /// On one line.
    Compact,
    /// Indented by two spaces.
    Pretty,
}

/// Writes a document.
pub fn write(document: &Document, style: JsonStyle) -> String {
    lay_out(&document_value(document), style)
}

/// Writes one event with its own context, as the REST binding's `/events/{id}` and `POST /events` want it.
pub fn write_event(event: &Event, namespaces: &[(String, String)], style: JsonStyle) -> String {
    let mut writer = Members::new(namespaces);
    let mut members = vec![("@context".into(), Value::Null)];
    members.extend(writer.event(event));
    if let Some((_, context)) = members.first_mut() {
        *context = writer.context();
    }
    lay_out(&Value::Object(members), style)
}

/// The members of an event, and the prefixes that their names have.
pub(crate) fn event_members(
    event: &Event,
    namespaces: &[(String, String)],
) -> (Vec<Member<'static>>, Vec<(String, String)>) {
    // XML keeps short forms in values; a prefix of the same letters would give them a meaning
    let free: Vec<(String, String)> =
        namespaces.iter().filter(|(prefix, _)| !is_scheme(prefix, event)).cloned().collect();
    let mut writer = Members::new(&free);
    let members = writer.event(event);
    (members, writer.prefixes)
}

fn lay_out(value: &Value<'_>, style: JsonStyle) -> String {
    let mut out = String::new();
    put(value, (style == JsonStyle::Pretty).then_some(0), &mut out);
    out
}

pub(crate) type Member<'a> = (Cow<'a, str>, Value<'a>);

pub(crate) fn text(value: &str) -> Value<'static> {
    Value::Text(value.to_owned().into())
}

fn document_value(document: &Document) -> Value<'static> {
    let namespaces: Vec<(String, String)> = document
        .namespaces
        .iter()
        .filter(|(prefix, _)| !document.events.iter().any(|event| is_scheme(prefix, event)))
        .cloned()
        .collect();
    let mut writer = Members::new(&namespaces);
    let mut events: Vec<Value<'static>> =
        document.events.iter().map(|event| Value::Object(writer.event(event))).collect();
    if document.kind == DocumentKind::Single
        && let (1, Some(Value::Object(members))) = (events.len(), events.pop())
    {
        let mut all = vec![("@context".into(), writer.context())];
        all.extend(members);
        return Value::Object(all);
    }
    let mut out: Vec<Member<'static>> = vec![("@context".into(), Value::Null)];
    let mut push = |name: &'static str, value: Option<&str>| {
        if let Some(value) = value {
            out.push((name.into(), text(value)));
        }
    };
    let is_query = matches!(document.kind, DocumentKind::Query { .. });
    push("id", document.id.as_deref());
    push("type", Some(if is_query { "EPCISQueryDocument" } else { "EPCISDocument" }));
    push("schemaVersion", Some("2.0"));
    push("creationDate", document.created.as_ref().map(crate::Time::text));
    push("instanceIdentifier", document.instance.as_deref());
    push("sender", document.sender.as_deref());
    push("receiver", document.receiver.as_deref());
    out.extend(writer.own_members(&document.extensions));
    let vocabularies: Vec<Value<'static>> =
        document.master_data.iter().map(|data| writer.master_data(data)).collect();
    let mut body: Vec<Member<'static>> = vec![("eventList".into(), Value::List(events))];
    match &document.kind {
        DocumentKind::Query { name, subscription } => {
            if !vocabularies.is_empty() {
                body.push(("vocabularyList".into(), Value::List(vocabularies)));
            }
            let mut results: Vec<Member<'static>> = Vec::new();
            if let Some(subscription) = subscription {
                results.push(("subscriptionID".into(), text(subscription)));
            }
            results.push(("queryName".into(), text(name)));
            results.push(("resultsBody".into(), Value::Object(body)));
            body = vec![("queryResults".into(), Value::Object(results))];
        }
        _ if !vocabularies.is_empty() => {
            let list = vec![("vocabularyList".into(), Value::List(vocabularies))];
            let header = vec![("epcisMasterData".into(), Value::Object(list))];
            out.push(("epcisHeader".into(), Value::Object(header)));
        }
        _ => {}
    }
    out.push(("epcisBody".into(), Value::Object(body)));
    if let Some((_, context)) = out.first_mut() {
        *context = writer.context();
    }
    Value::Object(out)
}

struct Members {
    /// Prefixes and namespaces, declared or invented, in the order in which they are to be declared.
    prefixes: Vec<(String, String)>,
}

impl Members {
    fn new(namespaces: &[(String, String)]) -> Members {
        let mut prefixes: Vec<(String, String)> = Vec::new();
        for (prefix, space) in namespaces {
            let is_free = !prefixes.iter().any(|(own, _)| own == prefix);
            let is_standard = STANDARD.iter().any(|(own, iri)| own == prefix && iri == space);
            let can_stand = !prefix.is_empty() && !prefix.contains(':') && !is_reserved(prefix, space);
            if is_free && !is_standard && can_stand {
                prefixes.push((prefix.clone(), space.clone()));
            }
        }
        Members { prefixes }
    }

    /// The context with all prefixes that were used or declared.
    fn context(&self) -> Value<'static> {
        if self.prefixes.is_empty() {
            return text(ADDRESS);
        }
        let mut parts = vec![text(ADDRESS)];
        parts.extend(
            self.prefixes
                .iter()
                .map(|(prefix, space)| Value::Object(vec![(prefix.clone().into(), text(space))])),
        );
        Value::List(parts)
    }

    fn key(&mut self, name: &Name) -> String {
        if name.space.is_empty() {
            return name.local.to_string();
        }
        let declared =
            self.prefixes.iter().find(|(_, space)| *space == name.space).map(|(prefix, _)| prefix.clone());
        let standard = || {
            let found = STANDARD.iter().find(|(_, space)| *space == name.space).map(|(prefix, _)| *prefix)?;
            let is_taken = self.prefixes.iter().any(|(own, _)| own == found);
            (!is_taken).then(|| found.to_owned())
        };
        let prefix = declared.or_else(standard).unwrap_or_else(|| self.invent(&name.space));
        format!("{prefix}:{}", name.local)
    }

    fn invent(&mut self, space: &str) -> String {
        let stem = if space == MDA { "mda" } else { "ns" };
        let taken = |prefix: &str| self.prefixes.iter().any(|(own, _)| own == prefix);
        let prefix = (1..=self.prefixes.len() + 1)
            .map(|n| format!("{stem}{n}"))
            .find(|prefix| !taken(prefix))
            .unwrap_or_default();
        self.prefixes.push((prefix.clone(), space.to_owned()));
        prefix
    }

    fn event(&mut self, event: &Event) -> Vec<Member<'static>> {
        let mut out: Vec<Member<'static>> = vec![("type".into(), text(event.kind.name()))];
        out.extend(self.members(&nodes(event), Place::Event));
        // a list that must be there even if nothing is in it
        let has_amounts = !event.quantities.is_empty();
        let must = match event.kind {
            EventKind::Object => !has_amounts && (event.sensors.is_empty() || event.read_point.is_none()),
            EventKind::Transaction => !has_amounts && event.action != Some(crate::event::Action::Delete),
            _ => false,
        };
        if (must || event.names_none) && event.epcs.is_empty() {
            out.push(("epcList".into(), Value::List(Vec::new())));
        }
        out
    }

    fn members(&mut self, nodes: &[Node], place: Place) -> Vec<Member<'static>> {
        let mut out: Vec<Member<'static>> = Vec::new();
        let mut own: Vec<&Node> = Vec::new();
        for node in nodes {
            let shape = if node.name.space.is_empty() { shape(place, &node.name.local) } else { None };
            let Some(shape) = shape else {
                own.push(node);
                continue;
            };
            let name = node.name.local.as_ref();
            match shape {
                Shape::Plain | Shape::Compact => {
                    out.push((name.to_owned().into(), Self::single(node, place)));
                }
                Shape::Several(must_be_list) => {
                    let value = Self::single(node, place);
                    join(&mut out, name, value, must_be_list);
                }
                Shape::Texts => {
                    let items = node.children.iter().map(|child| Self::single(child, place)).collect();
                    out.push((name.to_owned().into(), Value::List(items)));
                }
                Shape::Objects(inner) => {
                    let items = node
                        .children
                        .iter()
                        .map(|child| Value::Object(self.members(&child.children, inner)))
                        .collect();
                    out.push((name.to_owned().into(), Value::List(items)));
                }
                Shape::Object(inner) => {
                    let members = self.members(&node.children, inner);
                    out.push((name.to_owned().into(), Value::Object(members)));
                }
                Shape::Beside(inner) => {
                    let value = Value::Object(self.members(&node.children, inner));
                    join(&mut out, name, value, true);
                }
                Shape::Typed => {
                    let items = node.children.iter().map(|child| Self::typed(name, child)).collect();
                    out.push((name.to_owned().into(), Value::List(items)));
                }
            }
        }
        out.extend(self.own_members_of(&own));
        out
    }

    fn typed(list: &str, node: &Node) -> Value<'static> {
        let vocabulary =
            if list == "bizTransactionList" { Vocabulary::TransactionType } else { Vocabulary::SourceType };
        let mut out: Vec<Member<'static>> = Vec::new();
        if let Some(kind) = node.attribute("type") {
            out.push(("type".into(), text(&word(vocabulary, kind))));
        }
        out.push((node.name.local.clone().into(), text(node.trimmed())));
        Value::Object(out)
    }

    fn single(node: &Node, place: Place) -> Value<'static> {
        let vocabulary = match (place, node.name.local.as_ref()) {
            (Place::Event, "bizStep") => Some(Vocabulary::BizStep),
            (Place::Event, "disposition") | (Place::Lasting, _) => Some(Vocabulary::Disposition),
            (Place::ErrorDeclaration, "reason") => Some(Vocabulary::ErrorReason),
            (Place::Report, "type") => Some(Vocabulary::Measurement),
            (Place::Report, "exception") => Some(Vocabulary::Alert),
            (Place::Report, "component") => Some(Vocabulary::Component),
            _ => None,
        };
        match (vocabulary, &node.value) {
            (Some(vocabulary), Some(Scalar::Text(value))) => text(&word(vocabulary, value)),
            (_, value) => scalar(value.as_ref(), None),
        }
    }

    fn own_members(&mut self, nodes: &[Node]) -> Vec<Member<'static>> {
        self.own_members_of(&nodes.iter().collect::<Vec<_>>())
    }

    /// Extensions: nodes of one name become a list.
    fn own_members_of(&mut self, nodes: &[&Node]) -> Vec<Member<'static>> {
        let mut out: Vec<Member<'static>> = Vec::new();
        for node in nodes {
            let key = self.key(&node.name);
            let value = self.own(node);
            join(&mut out, &key, value, false);
        }
        out
    }

    fn own(&mut self, node: &Node) -> Value<'static> {
        if node.children.is_empty() && node.attributes.is_empty() {
            return match (&node.value, node.kind.as_deref()) {
                (None, None) => Value::Object(Vec::new()),
                (value, kind) => scalar(value.as_ref(), kind),
            };
        }
        let mut out: Vec<Member<'static>> = Vec::new();
        for (name, value) in &node.attributes {
            let key = self.key(name);
            join(&mut out, &key, text(value), false);
        }
        if let Some(value) = &node.value {
            out.push(("#text".into(), text(value.text())));
        }
        for (key, value) in self.own_members(&node.children) {
            join(&mut out, &key, value, false);
        }
        Value::Object(out)
    }
}

/// A standard word bare, somebody's own as its whole URI.
pub(crate) fn word(vocabulary: Vocabulary, value: &str) -> Cow<'_, str> {
    match vocabulary.bare(value) {
        Some(word) => word.into(),
        // JSON refuses the standard's URNs even for words that the standard does not have
        None if value.starts_with("urn:epcglobal:cbv:") => vocabulary.web(value),
        None => value.into(),
    }
}

/// A prefix that would give a standard word another meaning.
fn is_reserved(prefix: &str, space: &str) -> bool {
    STANDARD.iter().any(|(own, iri)| *own == prefix && *iri != space && *own != "cbvmda")
}

/// Adds a value; a second one of the same name makes a list of both.
fn join(out: &mut Vec<Member<'static>>, name: &str, value: Value<'static>, must_be_list: bool) {
    match out.iter_mut().find(|(own, _)| own == name) {
        Some((_, Value::List(items))) => items.push(value),
        Some((_, first)) => {
            let old = std::mem::replace(first, Value::Null);
            *first = Value::List(vec![old, value]);
        }
        None if must_be_list => out.push((name.to_owned().into(), Value::List(vec![value]))),
        None => out.push((name.to_owned().into(), value)),
    }
}

/// A single value; text that XML declared to be a number or a truth value becomes one.
fn scalar(value: Option<&Scalar>, kind: Option<&str>) -> Value<'static> {
    let Some(value) = value else { return text("") };
    match value {
        Scalar::Null => Value::Null,
        Scalar::Bool(value) => Value::Bool(*value),
        Scalar::Number(number) => Value::Number(number.clone()),
        Scalar::Text(own) => match kind.map(|kind| kind.rsplit(':').next().unwrap_or(kind)) {
            Some("boolean") if matches!(own.trim(), "true" | "1") => Value::Bool(true),
            Some("boolean") if matches!(own.trim(), "false" | "0") => Value::Bool(false),
            Some(
                "integer" | "int" | "long" | "short" | "decimal" | "double" | "float" | "nonNegativeInteger"
                | "positiveInteger",
            ) => crate::Number::read(own.trim()).map_or_else(|| text(own), Value::Number),
            _ => text(own),
        },
    }
}
