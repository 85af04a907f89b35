//! Master data in JSON: vocabularies, their elements, the elements' attributes.

use super::Value;
use super::context::Context;
use super::convert::Converter;
use crate::event::{MasterData, VocabularyElement};
use crate::node::{Name, Node};
use crate::problem::{Path, Problems, With};
use crate::uri::is_uri;

/// Reads master data of one kind, with its own context; names of attributes come whole.
pub(crate) fn read_master(value: &Value<'_>) -> Option<MasterData> {
    let mut context = Context::default();
    let mut problems = Problems::new();
    if let Some(own) = value.get("@context") {
        context.add(own, &Path::ROOT, &mut problems);
    }
    let mut data = vocabularies(std::slice::from_ref(value), &context, &Path::ROOT, &mut problems).pop()?;
    for (name, _) in data.elements.iter_mut().flat_map(|element| &mut element.attributes) {
        *name = context.expand(name).into_owned();
    }
    Some(data)
}

/// The vocabularies of a list; what is wrong in one of them is told and left out.
pub(super) fn vocabularies(
    words: &[Value<'_>],
    context: &Context,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Vec<MasterData> {
    let mut out = Vec::new();
    let path = path.member("vocabularyList");
    for (place, vocabulary) in words.iter().enumerate() {
        let path = path.place(place);
        let Some(kind) = uri(vocabulary, "type", &path, problems) else { continue };
        let path = path.member("vocabularyElementList");
        let mut elements = Vec::new();
        for (place, element) in list(vocabulary, "vocabularyElementList", &path, problems).iter().enumerate()
        {
            let path = path.place(place);
            if let Some(id) = uri(element, "id", &path, problems) {
                let attributes = attributes(element, context, &path, problems);
                let children = children(element, &path, problems);
                elements.push(VocabularyElement {
                    id: context.expand(id).into_owned(),
                    attributes,
                    children,
                });
            }
        }
        out.push(MasterData { kind: context.expand(kind).into_owned(), elements });
    }
    out
}

fn attributes(
    element: &Value<'_>,
    context: &Context,
    path: &Path<'_>,
    problems: &mut Problems,
) -> Vec<(String, Node)> {
    let mut out = Vec::new();
    let path = path.member("attributes");
    for (place, attribute) in list(element, "attributes", &path, problems).iter().enumerate() {
        let path = path.place(place);
        let Some(id) = uri(attribute, "id", &path, problems) else { continue };
        let path = path.member("attribute");
        let value = match attribute.get("attribute") {
            Some(value @ (Value::Text(_) | Value::Number(_) | Value::Object(_))) => value,
            Some(_) => {
                problems.error("ZH9522", &path).with("wanted", "string, number, object");
                continue;
            }
            // the schema lets an attribute be named without a value; there is nothing to keep of it
            None => continue,
        };
        let mut nodes: Vec<Node> = Vec::new();
        Converter { context, problems }.own(&Name::plain("attribute"), value, &path, &mut nodes);
        out.extend(nodes.into_iter().map(|node| (id.to_owned(), node)));
    }
    out
}

fn children(element: &Value<'_>, path: &Path<'_>, problems: &mut Problems) -> Vec<String> {
    let path = path.member("children");
    let mut out = Vec::new();
    for (place, child) in list(element, "children", &path, problems).iter().enumerate() {
        match child.text() {
            Some(text) if is_uri(text) => out.push(text.to_owned()),
            other => {
                problems.error("ZH9523", &path.place(place)).with("value", other.unwrap_or_default());
            }
        }
    }
    out
}

/// The URI that a member must have.
fn uri<'v>(value: &'v Value<'_>, name: &str, path: &Path<'_>, problems: &mut Problems) -> Option<&'v str> {
    if !matches!(value, Value::Object(_)) {
        problems.error("ZH9522", path).with("wanted", "object");
        return None;
    }
    match value.get(name).map(Value::text) {
        Some(Some(text)) if is_uri(text) => Some(text),
        Some(other) => {
            problems.error("ZH9523", &path.member(name)).with("value", other.unwrap_or_default());
            None
        }
        None => {
            problems.error("ZH9521", path).with("name", name);
            None
        }
    }
}

/// The items of a member that may be missing, but is a list if it is there.
fn list<'v, 'a>(
    value: &'v Value<'a>,
    name: &str,
    path: &Path<'_>,
    problems: &mut Problems,
) -> &'v [Value<'a>] {
    match value.get(name) {
        Some(Value::List(items)) => items,
        Some(_) => {
            problems.error("ZH9522", path).with("wanted", "list");
            &[]
        }
        None => &[],
    }
}
