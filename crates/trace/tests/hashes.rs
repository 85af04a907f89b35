//! The published hash documents, and events of all sorts through every syntax. What another program makes of such
//! events is compared in `tests/peers`.
//!
//! `vectors/event-hash` is from github.com/RalphTro/epcis-event-hash-generator, commit 5d2f1c3 (MIT).

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use zhiheng_trace::hash::{event_hash, pre_hash};
use zhiheng_trace::{Limits, Outcome, json, xml};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/event-hash")
}

fn read(path: &Path) -> Outcome {
    let bytes = fs::read(path).expect("a vector");
    if path.extension().is_some_and(|end| end == "xml") {
        xml::read(&bytes, &Limits::default())
    } else {
        json::read(&bytes, &Limits::default())
    }
}

#[test]
fn published_hashes_are_exact() {
    let mut n_documents = 0;
    let mut n_events = 0;
    for entry in fs::read_dir(folder()).expect("the vectors") {
        let path = entry.expect("an entry").path();
        if !path.extension().is_some_and(|end| end == "xml" || end == "jsonld") {
            continue;
        }
        n_documents += 1;
        let wanted = fs::read_to_string(path.with_extension("hashes")).expect("hashes");
        let wanted: Vec<&str> = wanted.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let outcome = read(&path);
        let document =
            outcome.document.unwrap_or_else(|| panic!("{}: {:?}", path.display(), outcome.problems));
        let got: Vec<String> = document.events.iter().map(event_hash).collect();
        for (place, (got, wanted)) in got.iter().zip(&wanted).enumerate() {
            assert_eq!(
                got,
                wanted,
                "{} event {place}\n{}",
                path.display(),
                pre_hash(&document.events[place])
            );
        }
        assert_eq!(got.len(), wanted.len(), "{}: {:?}", path.display(), outcome.problems);
        n_events += got.len();
    }
    assert_eq!((n_documents, n_events), (16, 55));
}

#[test]
fn one_event_has_one_hash_in_every_syntax() {
    let mut n_events = 0;
    for entry in fs::read_dir(folder()).expect("the vectors") {
        let path = entry.expect("an entry").path();
        if !path.extension().is_some_and(|end| end == "xml" || end == "jsonld") {
            continue;
        }
        let document = read(&path).document.expect("a document");
        let wanted: Vec<String> = document.events.iter().map(pre_hash).collect();
        let as_json = json::write(&document, json::JsonStyle::Pretty);
        let again = json::read(as_json.as_bytes(), &Limits::default()).document.expect("a document");
        assert_eq!(
            again.events.iter().map(pre_hash).collect::<Vec<_>>(),
            wanted,
            "{} in JSON\n{as_json}",
            path.display()
        );
        for style in [xml::XmlStyle::default(), xml::XmlStyle::older()] {
            let as_xml = xml::write(&document, style).expect("XML");
            let again = xml::read(as_xml.as_bytes(), &Limits::default()).document.expect("a document");
            assert_eq!(
                again.events.iter().map(pre_hash).collect::<Vec<_>>(),
                wanted,
                "{}\n{as_xml}",
                path.display()
            );
        }
        n_events += wanted.len();
    }
    assert_eq!(n_events, 55);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_event_keeps_its_hash(event in common::event()) {
        let text = common::document(&event).to_string();
        let ours = json::read(text.as_bytes(), &Limits::default()).document.expect("a document");
        let wanted: Vec<String> = ours.events.iter().map(pre_hash).collect();
        let text = json::write(&ours, json::JsonStyle::Compact);
        let again = json::read(text.as_bytes(), &Limits::default()).document.expect("our JSON");
        prop_assert_eq!(again.events.iter().map(pre_hash).collect::<Vec<_>>(), wanted.clone(), "{}", text);
        for style in [xml::XmlStyle::default(), xml::XmlStyle::older()] {
            let text = xml::write(&ours, style).expect("XML");
            let again = xml::read(text.as_bytes(), &Limits::default()).document.expect("our XML");
            prop_assert_eq!(again.events.iter().map(pre_hash).collect::<Vec<_>>(), wanted.clone(), "{}", text);
        }
    }
}
