//! Any bytes as an EPCIS document in JSON: no panic; what was read keeps its hash through both syntaxes.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhiheng_trace::hash::digest;
use zhiheng_trace::{Limits, json, xml};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { bytes: 1 << 20, ..Limits::default() };
    let outcome = json::read(bytes, &limits);
    let Some(document) = outcome.document.as_ref().filter(|_| outcome.is_sound()) else { return };
    let wanted: Vec<_> = document.events.iter().map(digest).collect();
    let text = json::write(document, json::JsonStyle::Compact);
    let again = json::read(text.as_bytes(), &Limits::default()).document.expect("our own JSON");
    assert_eq!(again.events.iter().map(digest).collect::<Vec<_>>(), wanted);
    let Ok(text) = xml::write(document, xml::XmlStyle::default()) else { return };
    assert!(xml::read(text.as_bytes(), &Limits::default()).document.is_some(), "our own XML");
});
