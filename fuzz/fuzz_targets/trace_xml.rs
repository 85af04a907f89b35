//! Any bytes as an EPCIS document in XML: no panic; what was read keeps its hash through both versions.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhiheng_trace::hash::digest;
use zhiheng_trace::{Limits, xml};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { bytes: 1 << 20, ..Limits::default() };
    let outcome = xml::read(bytes, &limits);
    let Some(document) = outcome.document.as_ref().filter(|_| outcome.is_sound()) else { return };
    let wanted: Vec<_> = document.events.iter().map(digest).collect();
    for style in [xml::XmlStyle::default(), xml::XmlStyle::older()] {
        let text = xml::write(document, style).expect("what XML bore it bears again");
        let again = xml::read(text.as_bytes(), &Limits::default()).document.expect("our own XML");
        assert_eq!(again.events.iter().map(digest).collect::<Vec<_>>(), wanted);
    }
});
