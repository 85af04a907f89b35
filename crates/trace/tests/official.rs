//! The official JSON examples of EPCIS 2.0: read without an error, written back as they were, and through both
//! versions of XML.

use std::fs;

use serde_json::Value;
use zhiheng_trace::hash::pre_hash;
use zhiheng_trace::{Document, Limits, json, xml};

#[path = "common/examples.rs"]
mod examples;

fn document(bytes: &[u8], name: &str) -> Document {
    let outcome = json::read(bytes, &Limits::default());
    assert!(outcome.is_sound(), "{name}: {:#?}", outcome.problems.list());
    outcome.document.expect("sound")
}

/// What JSON-LD says is the same: a list of one and its item, and compact words where standard words may stand.
fn normal(value: &Value, prefixes: &[(String, String)]) -> Value {
    match value {
        Value::Object(members) => Value::Object(
            members
                .iter()
                .filter(|(name, _)| *name != "@context")
                .map(|(name, value)| match (name.as_str(), value) {
                    ("type" | "component", Value::String(text)) => {
                        (name.clone(), expanded(text, prefixes).into())
                    }
                    _ => (name.clone(), normal(value, prefixes)),
                })
                .collect(),
        ),
        Value::Array(items) if items.len() == 1 => normal(&items[0], prefixes),
        Value::Array(items) => Value::Array(items.iter().map(|item| normal(item, prefixes)).collect()),
        other => other.clone(),
    }
}

fn expanded(text: &str, prefixes: &[(String, String)]) -> String {
    let text = text.strip_prefix("cbv:Comp-").unwrap_or(text);
    let Some((prefix, rest)) = text.split_once(':') else { return text.to_owned() };
    match prefixes.iter().find(|(own, _)| own == prefix) {
        Some((_, space)) => format!("{space}{rest}"),
        None => text.to_owned(),
    }
}

#[test]
fn examples_are_sound_and_come_back() {
    for path in examples::all().unwrap_or_default() {
        let name = path.display().to_string();
        let bytes = fs::read(&path).expect("an example");
        let read = document(&bytes, &name);
        let again = json::write(&read, json::JsonStyle::Pretty);
        let (wanted, got): (Value, Value) =
            (serde_json::from_slice(&bytes).expect("JSON"), serde_json::from_str(&again).expect("JSON"));
        let prefixes = &read.namespaces;
        assert_eq!(normal(&got, prefixes), normal(&wanted, prefixes), "{name}");
        let again = document(again.as_bytes(), &name);
        let hashes = |document: &Document| document.events.iter().map(pre_hash).collect::<Vec<_>>();
        assert_eq!((&again.kind, hashes(&again)), (&read.kind, hashes(&read)), "{name}");
    }
}

#[test]
fn examples_keep_their_meaning_through_xml() {
    for path in examples::all().unwrap_or_default() {
        let name = path.display().to_string();
        let read = document(&fs::read(&path).expect("an example"), &name);
        let hashes: Vec<String> = read.events.iter().map(pre_hash).collect();
        let wanted: Value =
            serde_json::from_str(&json::write(&read, json::JsonStyle::Compact)).expect("JSON");
        for style in [xml::XmlStyle::default(), xml::XmlStyle::older()] {
            let text = xml::write(&read, style).expect("XML");
            let outcome = xml::read(text.as_bytes(), &Limits::default());
            assert!(outcome.is_sound(), "{name}: {:#?}\n{text}", outcome.problems.list());
            let mut back = outcome.document.expect("sound");
            for (back, read) in back.events.iter_mut().zip(&read.events) {
                // XML must state an empty list where JSON may
                back.names_none = read.names_none;
            }
            assert_eq!(back.events.iter().map(pre_hash).collect::<Vec<_>>(), hashes, "{name}\n{text}");
            // XML has neither single events nor identifiers of documents
            back.kind = read.kind.clone();
            back.id = read.id.clone();
            let got: Value =
                serde_json::from_str(&json::write(&back, json::JsonStyle::Compact)).expect("JSON");
            assert_eq!(normal(&got, &[]), normal(&wanted, &[]), "{name}\n{text}");
            // older and newer say the same
            let newer = xml::write(&back, xml::XmlStyle::default()).expect("XML");
            let newest = xml::read(newer.as_bytes(), &Limits::default()).document.expect("a document");
            back.events.iter_mut().for_each(|event| event.names_none = false);
            assert_eq!(newest.events, back.events.iter().map(webbed).collect::<Vec<_>>(), "{name}");
        }
    }
}

/// An event with its standard words on the web, as the newer XML spells them.
fn webbed(event: &zhiheng_trace::Event) -> zhiheng_trace::Event {
    let mut document = Document::new(zhiheng_trace::event::DocumentKind::Capture);
    document.events.push(event.clone());
    let text = xml::write(&document, xml::XmlStyle::default()).expect("XML");
    xml::read(text.as_bytes(), &Limits::default()).document.expect("a document").events.remove(0)
}
