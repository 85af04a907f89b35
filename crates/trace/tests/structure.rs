//! XML of version 2.0 against the order of the official schema (EPCglobal-epcis-2_0.xsd), by hand: no package ships
//! that schema. Version 1.2 was validated with its official schema, which the Python package EPCPyYes ships; see
//! `docs/reference/trace.md`.

use std::fs;
use std::path::Path;

use zhiheng_trace::{Limits, json, xml};

const BASE: &str = "eventTime recordTime eventTimeZoneOffset eventID errorDeclaration certificationInfo ";
const TAIL: &str = "sourceList destinationList sensorElementList persistentDisposition ilmd ";

/// The elements of an event in the order of the schema.
fn order(kind: &str) -> Option<String> {
    let own = match kind {
        "ObjectEvent" => {
            "epcList action bizStep disposition readPoint bizLocation bizTransactionList quantityList "
        }
        "AggregationEvent" => {
            "parentID childEPCs action bizStep disposition readPoint bizLocation bizTransactionList childQuantityList "
        }
        "TransactionEvent" => {
            "bizTransactionList parentID epcList action bizStep disposition readPoint bizLocation quantityList "
        }
        "TransformationEvent" => {
            "inputEPCList inputQuantityList outputEPCList outputQuantityList transformationID bizStep disposition \
             readPoint bizLocation bizTransactionList "
        }
        "AssociationEvent" => {
            "parentID childEPCs childQuantityList action bizStep disposition readPoint bizLocation bizTransactionList "
        }
        _ => return None,
    };
    Some(format!("{BASE}{own}{TAIL}"))
}

/// Elements that the schema demands.
fn demanded(kind: &str) -> &'static [&'static str] {
    match kind {
        "ObjectEvent" => &["eventTime", "eventTimeZoneOffset", "epcList", "action"],
        "AggregationEvent" => &["eventTime", "eventTimeZoneOffset", "childEPCs", "action"],
        "TransactionEvent" => {
            &["eventTime", "eventTimeZoneOffset", "bizTransactionList", "epcList", "action"]
        }
        "TransformationEvent" => &["eventTime", "eventTimeZoneOffset"],
        _ => &["eventTime", "eventTimeZoneOffset", "parentID", "action"],
    }
}

/// Name of an element by the start of its line, which the writer makes one per line.
fn opened(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix('<')?;
    let end = rest.find([' ', '>', '/'])?;
    rest.get(..end).filter(|name| !name.is_empty() && !name.starts_with('?'))
}

#[test]
fn events_are_in_the_order_of_the_schema() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/event-hash");
    let mut n_events = 0;
    for entry in fs::read_dir(folder).expect("the vectors") {
        let path = entry.expect("an entry").path();
        let bytes = fs::read(&path).expect("a vector");
        let outcome = match path.extension().and_then(|end| end.to_str()) {
            Some("xml") => xml::read(&bytes, &Limits::default()),
            Some("jsonld") => json::read(&bytes, &Limits::default()),
            _ => continue,
        };
        let text = xml::write(&outcome.document.expect("a document"), xml::XmlStyle::default()).expect("XML");
        let mut event: Option<(usize, String, Vec<String>)> = None;
        for line in text.lines() {
            let depth = line.len() - line.trim_start().len();
            if let Some((at, kind, _)) = &event
                && line.trim() == format!("</{kind}>")
                && *at == depth
            {
                let (_, kind, names) = event.take().expect("open");
                let order = order(&kind).expect("a standard event");
                let places: Vec<usize> = names
                    .iter()
                    .map(|name| {
                        if name.contains(':') {
                            usize::MAX
                        } else {
                            order
                                .split_whitespace()
                                .position(|own| own == name)
                                .unwrap_or_else(|| panic!("{name} in {kind}"))
                        }
                    })
                    .collect();
                assert!(places.is_sorted(), "{names:?}");
                assert!(demanded(&kind).iter().all(|name| names.iter().any(|own| own == name)), "{names:?}");
                n_events += 1;
            } else if let Some((at, _, names)) = &mut event {
                if depth == *at + 2 && !line.trim_start().starts_with("</") {
                    names.extend(opened(line).map(str::to_owned));
                }
            } else if let Some(kind) = opened(line).filter(|name| order(name).is_some()) {
                event = Some((depth, kind.to_owned(), Vec::new()));
            }
        }
        // fields of sensors are attributes, their extensions too
        assert!(!text.contains("<deviceID>") && !text.contains("<sensorReport>"), "{text}");
    }
    assert_eq!(n_events, 55);
}
