//! XML text to documents.

use super::{EPCIS_1, HEADER, QUERY_1, QUERY_2, parse};
use crate::event::{
    self, Document, DocumentKind, EventKind, MasterData, Outcome, Source, VocabularyElement, check,
};
use crate::node::{Name, Node, Scalar};
use crate::problem::{Path, Problems, With};
use crate::{Limits, Time};

/// Reads a document of version 2.0 or 1.2.
pub fn read(bytes: &[u8], limits: &Limits) -> Outcome {
    let mut outcome = Outcome::default();
    let parsed = match parse::parse(bytes, limits) {
        Ok(parsed) => parsed,
        Err(problem) => {
            outcome.problems.push(problem);
            return outcome;
        }
    };
    let root = parsed.root;
    let is_query = root.name.is("EPCISQueryDocument");
    if !is_query && !root.name.is("EPCISDocument") {
        outcome.problems.error("ZH9520", &Path::ROOT).with("value", root.name.clark());
        return outcome;
    }
    let kind = if is_query {
        DocumentKind::Query { name: String::new(), subscription: None }
    } else {
        DocumentKind::Capture
    };
    let mut document = Document::new(kind);
    document.namespaces = parsed.namespaces;
    let is_1 = matches!(parsed.space.as_ref(), EPCIS_1 | QUERY_1);
    if is_query && !matches!(parsed.space.as_ref(), QUERY_1 | QUERY_2) {
        outcome.problems.warning("ZH9520", &Path::ROOT).with("value", &parsed.space);
    }
    top(&root, is_1, &mut document, &mut outcome.problems);
    for child in root.children {
        let path = Path::ROOT.member("EPCISBody");
        if child.name.is("EPCISBody") {
            body(child, &path, limits, &mut document, &mut outcome);
        } else if !child.name.space.is_empty() {
            document.extensions.push(child);
        }
    }
    outcome.document = Some(document);
    outcome
}

fn top(root: &Node, is_1: bool, document: &mut Document, problems: &mut Problems) {
    let path = Path::ROOT;
    if let Some(version) = root.attribute("schemaVersion") {
        version.trim().clone_into(&mut document.version);
    } else {
        problems.error("ZH9521", &path).with("name", "schemaVersion");
        if is_1 {
            "1.2".clone_into(&mut document.version);
        }
    }
    match root.attribute("creationDate") {
        None => {
            problems.error("ZH9521", &path).with("name", "creationDate");
        }
        Some(text) => {
            document.created = Time::read(text.trim());
            if document.created.is_none() {
                // the schema allows a date without offset here
                problems.warning("ZH9524", &path.member("creationDate")).with("value", text);
            }
        }
    }
    if root.child("EPCISBody").is_none() {
        problems.error("ZH9521", &path).with("name", "EPCISBody");
    }
    let Some(header) = root.child("EPCISHeader") else { return };
    if let Some(own) =
        header.children.iter().find(|child| child.name == Name::new(HEADER, "StandardBusinessDocumentHeader"))
    {
        let below = |node: &Node, name: &str| -> Option<Node> {
            node.children.iter().find(|child| child.name == Name::new(HEADER, name)).cloned()
        };
        let text = |names: &[&str]| -> Option<String> {
            let found = names.iter().try_fold(own.clone(), |node, name| below(&node, name))?;
            Some(found.trimmed().to_owned()).filter(|text| !text.is_empty())
        };
        document.sender = text(&["Sender", "Identifier"]);
        document.receiver = text(&["Receiver", "Identifier"]);
        document.instance = text(&["DocumentIdentification", "InstanceIdentifier"]);
    }
    let data = header
        .child("EPCISMasterData")
        .or_else(|| header.child("extension").and_then(|wrapper| wrapper.child("EPCISMasterData")));
    if let Some(words) = data.and_then(|data| data.child("VocabularyList")) {
        document.master_data = vocabularies(words, problems);
    }
}

fn vocabularies(words: &Node, problems: &mut Problems) -> Vec<MasterData> {
    let path = Path::ROOT.member("VocabularyList");
    let named = |node: &Node, name: &str| -> Vec<Node> {
        node.children.iter().filter(|child| child.name.is(name)).cloned().collect()
    };
    let mut out = Vec::new();
    for (place, vocabulary) in named(words, "Vocabulary").into_iter().enumerate() {
        let path = path.place(place);
        let Some(kind) = vocabulary.attribute("type") else {
            problems.error("ZH9521", &path).with("name", "type");
            continue;
        };
        let mut elements = Vec::new();
        let list = vocabulary.child("VocabularyElementList").map(|list| named(list, "VocabularyElement"));
        for (place, element) in list.unwrap_or_default().into_iter().enumerate() {
            let path = path.place(place);
            let Some(id) = element.attribute("id") else {
                problems.error("ZH9521", &path).with("name", "id");
                continue;
            };
            let mut attributes = Vec::new();
            for mut attribute in named(&element, "attribute") {
                let Some(id) = attribute.attribute("id").map(str::to_owned) else {
                    problems.error("ZH9521", &path).with("name", "id");
                    continue;
                };
                attribute.attributes.retain(|(name, _)| !name.is("id"));
                attributes.push((id, attribute));
            }
            let children = element.child("children").map(|list| named(list, "id")).unwrap_or_default();
            elements.push(VocabularyElement {
                id: id.to_owned(),
                attributes,
                children: children.iter().map(|id| id.trimmed().to_owned()).collect(),
            });
        }
        out.push(MasterData { kind: kind.to_owned(), elements });
    }
    out
}

fn body(node: Node, path: &Path<'_>, limits: &Limits, document: &mut Document, outcome: &mut Outcome) {
    for child in node.children {
        if child.name.is("EventList") {
            events(child, &path.member("EventList"), limits, document, outcome);
        } else if child.name.is("QueryResults") {
            let path = path.member("QueryResults");
            let text = |name: &str| child.child(name).map(|node| node.trimmed().to_owned());
            document.kind = DocumentKind::Query {
                name: text("queryName").unwrap_or_default(),
                subscription: text("subscriptionID"),
            };
            if text("queryName").is_none() {
                outcome.problems.error("ZH9521", &path).with("name", "queryName");
            }
            for body in child.children.into_iter().filter(|node| node.name.is("resultsBody")) {
                for list in body.children {
                    if list.name.is("EventList") {
                        events(list, &path.member("EventList"), limits, document, outcome);
                    } else if list.name.is("VocabularyList") {
                        document.master_data = vocabularies(&list, &mut outcome.problems);
                    }
                }
            }
        } else if !child.name.space.is_empty() {
            document.extensions.push(child);
        }
    }
}

/// Events, also those that version 1.2 wraps.
fn events(node: Node, path: &Path<'_>, limits: &Limits, document: &mut Document, outcome: &mut Outcome) {
    let mut list = Vec::with_capacity(node.children.len());
    unwrap(node.children, &mut list);
    if list.len() > limits.events {
        outcome.problems.error("ZH9513", path).with("what", "EventList").with("most", limits.events);
        return;
    }
    for (place, node) in list.into_iter().enumerate() {
        let path = path.place(place);
        let errors = outcome.problems.errors();
        let name = node.name.clone();
        let kind = match name.local.as_ref() {
            "QuantityEvent" if name.space.is_empty() => {
                outcome.problems.note("ZH9536", &path);
                Some(EventKind::Object)
            }
            local if name.space.is_empty() => EventKind::of_name(local),
            _ => Some(EventKind::Own(format!("{}{}", name.space, name.local))),
        };
        match kind {
            None => {
                outcome.problems.error("ZH9520", &path).with("value", name.clark());
            }
            Some(kind) => {
                let mut nodes = Vec::with_capacity(node.children.len());
                unwrap(node.children, &mut nodes);
                if name.is("QuantityEvent") {
                    nodes = quantity_event(nodes);
                }
                for node in &mut nodes {
                    tidy(node);
                }
                // attributes on an event are extensions, too
                nodes.extend(
                    node.attributes.into_iter().map(|(name, value)| Node::scalar(name, Scalar::Text(value))),
                );
                let event = event::read(kind, nodes, Source::Xml, limits, &mut outcome.problems, &path);
                if let Some(event) = event {
                    check(&event, &path, &mut outcome.problems);
                    document.events.push(event);
                    outcome.places.push(place);
                }
            }
        }
        if outcome.problems.errors() > errors {
            outcome.refused.push(place);
            outcome.event_errors += outcome.problems.errors() - errors;
        }
    }
}

/// Takes `extension` and `baseExtension` away, however deep.
fn unwrap(nodes: Vec<Node>, out: &mut Vec<Node>) {
    for node in nodes {
        if node.name.is("extension") || node.name.is("baseExtension") {
            unwrap(node.children, out);
        } else {
            out.push(node);
        }
    }
}

/// The deprecated quantity event of version 1.2 is an object event that saw an amount.
fn quantity_event(nodes: Vec<Node>) -> Vec<Node> {
    let mut out = vec![Node::text("action", "OBSERVE")];
    let mut amount = Vec::new();
    for node in nodes {
        if node.name.is("epcClass") || node.name.is("quantity") {
            amount.push(node);
        } else {
            out.push(node);
        }
    }
    out.push(Node::above("quantityList", vec![Node::above("quantityElement", amount)]));
    out
}

/// Brings standard containers to the form that the event's reader knows.
fn tidy(node: &mut Node) {
    if !node.name.space.is_empty() {
        return;
    }
    match node.name.local.as_ref() {
        "readPoint" | "bizLocation" | "errorDeclaration" | "ilmd" | "sensorElementList" => {
            let children = std::mem::take(&mut node.children);
            unwrap(children, &mut node.children);
        }
        _ => {}
    }
    if matches!(node.name.local.as_ref(), "sensorElementList") {
        for element in &mut node.children {
            let children = std::mem::take(&mut element.children);
            unwrap(children, &mut element.children);
        }
    }
    // an empty list is written as an element without text
    if event::list_item(&node.name.local).is_some() && node.trimmed().is_empty() {
        node.value = None;
    }
}
