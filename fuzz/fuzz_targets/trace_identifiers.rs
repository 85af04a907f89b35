//! Any text as an identifier: no panic; the canonical link names the same thing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhiheng_trace::id::{Elements, Identifier, Pattern, Prefixes, goods_code};

fuzz_target!(|text: &str| {
    let _ = goods_code(text);
    let _ = Pattern::read(text).map(|pattern| pattern.matches(text));
    let Ok(identifier) = Identifier::read(text) else { return };
    assert_eq!(Identifier::read(&identifier.link()).as_ref(), Ok(&identifier));
    let elements = Elements::from(&identifier);
    assert_eq!(Elements::read(&elements.separated()).and_then(|elements| elements.identifier()).as_ref(), Ok(&identifier));
    if let Ok(urn) = identifier.urn(&Prefixes::none()) {
        assert_eq!(Identifier::read(&urn), Ok(identifier));
    }
});
