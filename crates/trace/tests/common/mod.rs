//! Events of all sorts, inside what the standard leaves no doubt about.

use proptest::prelude::*;
use serde_json::{Value, json as value};

fn thing() -> impl Strategy<Value = String> {
    prop_oneof![
        "urn:epc:id:sgtin:4012345\\.01[0-9]{4}\\.[A-Za-z0-9]{1,8}",
        "urn:epc:id:sscc:4012345\\.[0-9]{10}",
        "urn:epc:id:grai:4012345\\.[0-9]{5}\\.[0-9]{1,6}",
        "urn:epc:id:giai:4000001\\.[A-Za-z0-9]{1,9}",
        "https://id\\.gs1\\.org/00/[0-9]{18}",
        "https://trace\\.example\\.com/01/0[0-9]{13}/21/[A-Za-z0-9]{1,9}",
        "https://example\\.com/01/0[0-9]{13}/10/[A-Z]{1,4}/21/[a-z0-9]{1,9}",
        "https://example\\.com/thing/[a-z]{1,6}",
    ]
}

fn amount() -> impl Strategy<Value = Value> {
    (
        prop_oneof![
            "urn:epc:class:lgtin:4054739\\.0[0-9]{5}\\.[A-Z0-9]{1,8}",
            "urn:epc:idpat:sgtin:4054739\\.0[0-9]{5}\\.\\*",
            "https://example\\.org/01/0[0-9]{13}/10/[A-Z0-9]{1,6}",
        ],
        prop::option::of(0_u32..100_000),
        any::<bool>(),
    )
        .prop_map(|(class, quantity, weighed)| match quantity {
            None => value!({"epcClass": class}),
            Some(count) if weighed => {
                value!({"epcClass": class, "quantity": f64::from(count) / 100.0, "uom": "KGM"})
            }
            Some(count) => value!({"epcClass": class, "quantity": count}),
        })
}

fn list<T: std::fmt::Debug>(item: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
    prop::collection::vec(item, 0..5)
}

fn own() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        "[A-Za-z][A-Za-z0-9 -]{0,8}[a-z]".prop_map(Value::from),
        (1_u32..5000).prop_map(|n| Value::from(n.to_string()))
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop::collection::hash_map("ex:[a-z]{2,5}", inner, 1..3)
            .prop_map(|map| Value::Object(map.into_iter().collect()))
    })
}

prop_compose! {
    pub(crate) fn event()(
        kind in prop::sample::select(vec!["ObjectEvent", "AggregationEvent", "TransformationEvent"]),
        things in list(thing()), others in list(thing()), amounts in list(amount()), more in list(amount()),
        millis in 0_i64..4_000_000_000_000, zone in prop::sample::select(vec!["+08:00", "-06:00", "+00:00", "+05:30"]),
        step in prop::sample::select(vec!["shipping", "receiving", "commissioning", "https://example.com/own-step"]),
        disposition in prop::option::of(prop::sample::select(vec!["in_transit", "active", "recalled"])),
        place in prop::option::of("urn:epc:id:sgln:4012345\\.[0-9]{5}\\.(0|[1-9][0-9]{0,3})"),
        documents in list(("[a-z]{2}", "urn:epcglobal:cbv:bt:[0-9]{13}:[A-Z0-9]{1,6}")),
        field in prop::option::of(own()),
    ) -> Value {
        let time = zhiheng_trace::Time::at(millis * 1000).expect("a time").text().to_owned();
        let mut event = value!({
            "type": kind, "eventTime": time, "eventTimeZoneOffset": zone, "bizStep": step, "eventID": "urn:uuid:1",
            "recordTime": time,
        });
        let members = event.as_object_mut().expect("an object");
        let (first, second, third, fourth) = match kind {
            "ObjectEvent" => ("epcList", None, "quantityList", None),
            "AggregationEvent" => ("childEPCs", None, "childQuantityList", None),
            _ => ("inputEPCList", Some("outputEPCList"), "inputQuantityList", Some("outputQuantityList")),
        };
        let mut put = |name: &str, value: Value| { members.insert(name.to_owned(), value); };
        if kind != "TransformationEvent" { put("action", "OBSERVE".into()); }
        if kind == "AggregationEvent" { put("parentID", "urn:epc:id:sscc:4012345.0000000333".into()); }
        if !things.is_empty() { put(first, value!(things)); }
        if let (Some(name), false) = (second, others.is_empty()) { put(name, value!(others)); }
        if !amounts.is_empty() { put(third, value!(amounts)); }
        if let (Some(name), false) = (fourth, more.is_empty()) { put(name, value!(more)); }
        if let Some(disposition) = disposition { put("disposition", disposition.into()); }
        if let Some(place) = place { put("readPoint", value!({"id": place})); }
        if !documents.is_empty() {
            let kinds = ["po", "inv", "desadv", "bol"];
            put("bizTransactionList", documents.iter().enumerate().map(|(n, (_, id))| value!({"type": kinds[n % 4], "bizTransaction": id})).collect());
        }
        if let Some(field) = field { put("ex:field", field); }
        event
    }
}

/// A document with one event.
pub(crate) fn document(event: &Value) -> Value {
    value!({
        "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"ex": "https://ns.example.com/epcis/"}],
        "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-01-01T00:00:00Z",
        "epcisBody": {"eventList": [event]},
    })
}
