//! Events through the ledger's form and back, and documents sorted into what is new, there, or wrong.

use sha2::{Digest, Sha256};
use zhiheng_base::draft::Draft;

use super::*;
use crate::world::{Arrival, Log, Seen};
use crate::{Event, Limits, hash};

const KEY: [u8; 32] = [7; 32];

fn batch(events: &str) -> Batch {
    let text = format!(
        r#"{{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{{"ex":"https://ns.example.com/"}}],
"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-01-01T00:00:00Z","epcisBody":{{"eventList":[{events}]}}}}"#
    );
    Batch::read(text.as_bytes(), Media::of_bytes(text.as_bytes()), &Limits::default())
}

/// An event with something in every part.
const FULL: &str = r#"{"type":"ObjectEvent","eventID":"urn:uuid:1","eventTime":"2026-01-02T03:04:05.000+08:00",
"eventTimeZoneOffset":"+08:00","action":"ADD","bizStep":"shipping","disposition":"in_transit",
"epcList":["urn:epc:id:sgtin:4012345.011111.9876"],"readPoint":{"id":"urn:epc:id:sgln:4012345.00011.0","ex:dock":"7"},
"destinationList":[{"type":"possessing_party","destination":"urn:epc:id:pgln:4012345.00012"}],
"sensorElementList":[{"sensorReport":[{"type":"Temperature","value":4.50,"uom":"CEL"}]}],
"ilmd":{"ex:keeper":"somebody"},"ex:note":"own"}"#;

fn draft(event: &Event, namespaces: &[(String, String)]) -> Draft {
    let mark = mark(&KEY, &hash::digest(event));
    let mut n = 0;
    Parts::of(event, namespaces, &mark).draft(|| {
        n += 1;
        [n; 32]
    })
}

fn back(draft: &Draft, erased: &[&str]) -> Restored {
    let parts: Vec<(String, Option<String>)> = draft
        .personal
        .iter()
        .map(|part| {
            (part.field.clone(), (!erased.contains(&part.field.as_str())).then(|| part.value.clone()))
        })
        .collect();
    Restored::from_ledger(&draft.data, &parts).expect("an event")
}

#[test]
fn an_event_comes_back_and_the_leaf_tells_nothing_of_its_parts() {
    let batch = batch(FULL);
    let event = batch.events().next().expect("an event");
    let draft = draft(event, &[("ex".to_owned(), "https://ns.example.com/".to_owned())]);
    let again = back(&draft, &[]);
    assert_eq!((&again.event, again.erased.len()), (event, 0));
    assert_eq!(rows(&again.event), rows(event));
    let fields: Vec<&str> = draft.personal.iter().map(|part| part.field.as_str()).collect();
    assert_eq!(fields, ["how", "own", "what", "where", "who"]);
    let leaf = String::from_utf8(draft.data.clone()).expect("text");
    for secret in ["9876", "00011", "00012", "somebody", "4.5", "ns.example"] {
        assert!(!leaf.contains(secret), "{secret}: {leaf}");
    }
    // the bytes are those of the canonical writer, and each commitment is that of salt and text
    let value: serde_json::Value = serde_json::from_slice(&draft.data).expect("JSON");
    assert_eq!(zhiheng_base::canonical::to_vec(&value).expect("canonical"), draft.data);
    for part in &draft.personal {
        let hash = Sha256::digest([part.salt.as_slice(), part.value.as_bytes()].concat());
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(value[&part.field], format!("sha256:{hex}"));
    }
}

#[test]
fn what_was_erased_is_missing_and_the_rest_is_there() {
    let batch = batch(FULL);
    let event = batch.events().next().expect("an event");
    let again = back(&draft(event, &[]), &["who", "own"]);
    assert_eq!(again.erased, ["own", "who"]);
    assert!(again.event.destinations.is_empty() && again.event.ilmd.is_none());
    assert_eq!((&again.event.epcs, &again.event.read_point), (&event.epcs, &event.read_point));
    // the mark is of the event as it was captured
    assert_eq!(again.mark, mark(&KEY, &hash::digest(event)));
    assert_ne!(hash::digest(&again.event), hash::digest(event));
}

/// What a picture keeps of an event. Whoever captured it makes this of the document, everybody else of the ledger.
fn rows(event: &Event) -> Vec<u8> {
    let mut log = Log::default();
    log.push(event, &Arrival { recorded: 1, entry: 2, mark: [3; 16], redacted: false });
    log.to_bytes()
}

#[test]
fn every_published_event_comes_back() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/event-hash");
    let mut n_events = 0;
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if !path.extension().is_some_and(|end| end == "jsonld" || end == "xml") {
            continue;
        }
        let bytes = std::fs::read(&path).expect("a file");
        let batch = Batch::read(&bytes, Media::of_bytes(&bytes), &Limits::default());
        for (_, event) in &batch.events {
            let again = back(&draft(event, &batch.namespaces), &[]);
            let mut wanted = event.clone();
            wanted.recorded = None;
            // XML says that a list is empty where JSON need not
            (wanted.names_none, n_events) = (again.event.names_none, n_events + 1);
            assert_eq!(hash::pre_hash(&again.event), hash::pre_hash(&wanted), "{}", path.display());
            assert_eq!(again.event.error.is_some(), wanted.error.is_some(), "{}", path.display());
            assert_eq!(rows(&again.event), rows(event), "{}", path.display());
        }
    }
    assert!(n_events > 40, "{n_events}");
}

fn object(id: &str, epc: &str) -> String {
    let id = if id.is_empty() { String::new() } else { format!(r#""eventID":"{id}","#) };
    format!(
        r#"{{"type":"ObjectEvent",{id}"eventTime":"2026-01-02T03:04:05.000+08:00","eventTimeZoneOffset":"+08:00",
"action":"OBSERVE","epcList":["{epc}"]}}"#
    )
}

#[test]
fn new_there_and_other_content() {
    let link = "https://id.gs1.org/01/04012345111118/21/9876";
    let events = [
        object("urn:uuid:1", "urn:epc:id:sgtin:4012345.011111.9876"),
        // the same in another syntax, within one document
        object("urn:uuid:1", link),
        object("urn:uuid:1", "https://id.gs1.org/01/04012345111118/21/1"),
        object("", link),
        object("", link),
        object("urn:uuid:2", link),
        // what no reader takes
        object("urn:uuid:3", "not a URI"),
    ];
    let mut read = batch(&events.join(","));
    assert!(read.is_readable);
    assert_eq!((read.n_events, read.events().count()), (7, 6));
    let sorted = read.sort(&KEY, |_, _, _| Seen::New);
    let places: Vec<usize> = sorted.ready.iter().map(|ready| ready.place).collect();
    // an event without identifier is there if one with the same content is
    assert_eq!((places, sorted.same, sorted.refused), (vec![0, 5], 3, 2));
    assert_eq!(read.problems.codes().iter().filter(|code| **code == "ZH9550").count(), 1);
    // all of it was captured before, or its identifier has other content
    let sorted = batch(&events[0]).sort(&KEY, |_, _, _| Seen::Same(4));
    assert_eq!((sorted.ready.len(), sorted.same, sorted.refused), (0, 1, 0));
    let sorted = batch(&events[0]).sort(&KEY, |_, _, _| Seen::Conflict(4));
    assert_eq!((sorted.ready.len(), sorted.same, sorted.refused), (0, 0, 1));
}

#[test]
fn a_document_that_is_none_is_refused_whole() {
    for text in ["", "[]", "{}", "<a/>", r#"{"type":"EPCISDocument"}"#] {
        let batch = Batch::read(text.as_bytes(), Media::of_bytes(text.as_bytes()), &Limits::default());
        assert!(!batch.is_readable && batch.problems.has_errors(), "{text}");
    }
    assert_eq!(Media::of_bytes(b"\xef\xbb\xbf \n<x/>"), Media::Xml);
    assert_eq!(Media::of_header("application/ld+json; charset=utf-8"), Some(Media::Json));
    assert_eq!(Media::of_header("text/plain"), None);
}

#[test]
fn usual_events_have_the_parts_that_any_event_has() {
    use crate::event::{Action, EventKind, Quantity, Site, Typed};
    use crate::generate::{Kind, Plan};
    let mark = [9; 16];
    let mut n_usual = 0;
    let mut check = |event: &Event| {
        let usual = texts::usual(event, &mark);
        n_usual += usize::from(usual.is_some());
        if let Some(usual) = usual {
            assert_eq!(usual, Parts::from_members(event, &[], &mark));
        }
    };
    for kind in [Kind::Dairy, Kind::Liquor] {
        Plan::of_size(kind, 400, 5).events().for_each(|event| check(&event));
    }
    // every kind with and without each of its fields
    let time = || crate::Time::at(1_000_000).expect("a moment");
    for kind in [
        EventKind::Object,
        EventKind::Aggregation,
        EventKind::Transaction,
        EventKind::Transformation,
        EventKind::Association,
    ] {
        for bits in 0..64_u8 {
            let has = |bit: u8| bits >> bit & 1 == 1;
            let mut event = Event::new(kind.clone(), time(), "+08:00");
            let texts =
                |bit: u8| if has(bit) { vec!["x:\"a\"".to_owned(), "x:b".to_owned()] } else { Vec::new() };
            let amounts = |bit: u8| {
                let amount = |unit: Option<&str>| Quantity {
                    class: "urn:epc:class:lgtin:4012345.012345.L".to_owned(),
                    quantity: crate::Number::read("1.50"),
                    unit: unit.map(str::to_owned),
                };
                if has(bit) { vec![amount(None), amount(Some("KGM"))] } else { Vec::new() }
            };
            let typed =
                |kind: Option<&str>| vec![Typed { kind: kind.map(str::to_owned), id: "x:t".to_owned() }];
            match kind {
                EventKind::Transformation => {
                    (event.inputs, event.outputs) = (texts(0), texts(1));
                    (event.input_quantities, event.output_quantities) = (amounts(2), amounts(3));
                    event.transformation = has(4).then(|| "x:run".to_owned());
                }
                EventKind::Aggregation | EventKind::Association => {
                    (event.children, event.child_quantities) = (texts(0), amounts(1));
                    event.parent = has(2).then(|| "x:box".to_owned());
                    event.action = Some(if has(3) { Action::Add } else { Action::Delete });
                }
                _ => {
                    (event.epcs, event.quantities, event.names_none) = (texts(0), amounts(1), has(2));
                    event.action = Some(if has(3) { Action::Observe } else { Action::Delete });
                    event.parent =
                        has(4).then(|| "x:box".to_owned()).filter(|_| kind == EventKind::Transaction);
                }
            }
            if has(5) {
                event.id = Some("urn:uuid:7".to_owned());
                event.biz_step = Some("https://ref.gs1.org/cbv/BizStep-shipping".to_owned());
                event.disposition = Some("https://example.com/own".to_owned());
                event.read_point = Some(Site { id: "x:dock".to_owned(), extensions: Vec::new() });
                event.transactions = typed(Some("urn:epcglobal:cbv:btt:po"));
                (event.sources, event.destinations) = (typed(None), typed(Some("owning_party")));
            }
            check(&event);
        }
    }
    assert!(n_usual > 900, "{n_usual}");
}
