//! Our identifiers and hashes beside those of `epcis-translate` and `epcis-hash` 0.2.0, inside what is undisputed.

#[path = "../../../crates/trace/tests/common/mod.rs"]
mod common;

use proptest::prelude::*;
use zhiheng_trace::hash::pre_hash;
use zhiheng_trace::{Identifier, Limits, json};

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn hashes_alike(event in common::event()) {
        let document = common::document(&event);
        let theirs = epcis_hash::canonicalize_json(&document, true).expect("a pre-hash");
        let ours = json::read(document.to_string().as_bytes(), &Limits::default()).document.expect("a document");
        prop_assert_eq!(ours.events.iter().map(pre_hash).collect::<Vec<_>>(), vec![theirs]);
    }

    #[test]
    fn links_alike(company in "[0-9]{6,12}", fill in "[0-9]{13}", text in "[A-Za-z0-9_-]{1,20}") {
        let item = &fill[..13 - company.len()];
        let place = &fill[..12 - company.len()];
        let unit = &fill[..].repeat(2)[..17 - company.len()];
        let home = "https://id.gs1.org";
        for (urn, theirs) in [
            (format!("urn:epc:id:sgtin:{company}.{item}.{text}"), epcis_translate::Sgtin::from_urn(&format!("urn:epc:id:sgtin:{company}.{item}.{text}")).map(|id| id.to_digital_link(home))),
            (format!("urn:epc:id:sscc:{company}.{unit}"), epcis_translate::Sscc::from_urn(&format!("urn:epc:id:sscc:{company}.{unit}")).map(|id| id.to_digital_link(home))),
            (format!("urn:epc:class:lgtin:{company}.{item}.{text}"), epcis_translate::Lgtin::from_urn(&format!("urn:epc:class:lgtin:{company}.{item}.{text}")).map(|id| id.to_digital_link(home))),
            (format!("urn:epc:id:pgln:{company}.{place}"), epcis_translate::Pgln::from_urn(&format!("urn:epc:id:pgln:{company}.{place}")).map(|id| id.to_digital_link(home))),
        ] {
            let theirs = theirs.expect("well formed");
            prop_assert_eq!(Identifier::read(&urn).expect("well formed").link(), theirs, "{}", urn);
        }
    }
}
