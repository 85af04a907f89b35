//! The XML reader by hand: hostile files, both versions, what is kept.

use proptest::prelude::*;

use super::*;
use crate::hash::pre_hash;
use crate::{Limits, Outcome, json};

fn run(text: &str) -> Outcome {
    read(text.as_bytes(), &Limits::default())
}

fn code(text: &str, limits: &Limits) -> String {
    let outcome = read(text.as_bytes(), limits);
    outcome.problems.codes().first().map_or_else(String::new, |code| (*code).to_owned())
}

/// A document of version 2.0 around one object event.
fn around(fields: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" xmlns:ex="https://ns.example.com/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" schemaVersion="2.0" creationDate="2026-01-02T03:04:05Z"><EPCISBody><EventList><ObjectEvent><eventTime>2026-01-02T03:04:05.000+08:00</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset><epcList><epc>urn:epc:id:sgtin:4012345.011111.9876</epc></epcList><action>OBSERVE</action>{fields}</ObjectEvent></EventList></EPCISBody></epcis:EPCISDocument>"#
    )
}

#[test]
fn hostile_files() {
    let limits = Limits { depth: 5, items: 12, text: 40, bytes: 4000, ..Limits::default() };
    let bomb = r#"<!DOCTYPE a [<!ENTITY x "xxxx"><!ENTITY y "&x;&x;">]><a>&y;</a>"#;
    let outside = r#"<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>"#;
    for (text, wanted) in [
        (bomb, "ZH9515"),
        (outside, "ZH9515"),
        (r#"<!DOCTYPE a PUBLIC "x" "y"><a/>"#, "ZH9515"),
        ("<a>&x;</a>", "ZH9515"),
        ("<a b=\"&x;\"/>", "ZH9515"),
        ("<a>&#0;</a>", "ZH9514"),
        ("<a>&#xD800;</a>", "ZH9514"),
        ("<a>", "ZH9514"),
        ("<a></b>", "ZH9514"),
        ("<a b=1/>", "ZH9514"),
        ("<a b=\"1\" b=\"2\"/>", "ZH9514"),
        ("<x:a/>", "ZH9514"),
        ("<a/><b/>", "ZH9514"),
        ("", "ZH9514"),
        ("text", "ZH9514"),
        ("<a><a><a><a><a><a/></a></a></a></a></a>", "ZH9512"),
        ("<a><b/><b/><b/><b/><b/><b/><b/><b/><b/><b/><b/><b/></a>", "ZH9513"),
        ("<a>01234567890123456789012345678901234567890</a>", "ZH9513"),
        ("<?xml version=\"1.0\" encoding=\"GB2312\"?><a/>", "ZH9516"),
        ("<a/>", "ZH9520"),
        ("<!DOCTYPE project><a/>", "ZH9520"),
    ] {
        assert_eq!(code(text, &limits), wanted, "{text}");
    }
    assert_eq!(read(b"<a>\xff</a>", &limits).problems.codes(), ["ZH9516"]);
    assert_eq!(code(&" ".repeat(4001), &limits), "ZH9513");
}

#[test]
fn faults_and_their_places() {
    assert!(run(&around("")).is_sound(), "{:?}", run(&around("")).problems);
    for (fields, wanted, path) in [
        ("<bizStep>shipping</bizStep>", "ZH9526", "/EPCISBody/EventList/0/bizStep"),
        ("<childEPCs/>", "ZH9527", "/EPCISBody/EventList/0/childEPCs"),
        ("<recordTime>yesterday</recordTime>", "ZH9524", "/EPCISBody/EventList/0/recordTime"),
        (
            "<quantityList><quantityElement><epcClass>ex:1</epcClass><quantity>many</quantity></quantityElement></quantityList>",
            "ZH9522",
            "/EPCISBody/EventList/0/quantityList/0/quantity",
        ),
        (
            "<quantityList><quantityElement><quantity>1</quantity></quantityElement></quantityList>",
            "ZH9521",
            "/EPCISBody/EventList/0/quantityList/0",
        ),
        ("<sourceList><source>ex:1</source></sourceList>", "ZH9521", "/EPCISBody/EventList/0/sourceList/0"),
        ("<ilmd><ex:lot>1</ex:lot></ilmd>", "ZH9545", "/EPCISBody/EventList/0/ilmd"),
        ("<action>ADD</action>", "ZH9511", "/EPCISBody/EventList/0/action"),
        ("<readPoint/>", "ZH9521", "/EPCISBody/EventList/0/readPoint"),
    ] {
        let outcome = run(&around(fields));
        let problem = outcome.problems.list().first().cloned().unwrap_or_else(|| panic!("{fields}"));
        assert_eq!((problem.code.as_ref(), problem.args["path"].as_str()), (wanted, path), "{fields}");
    }
}

#[test]
fn extensions_keep_types_attributes_and_nothing() {
    let fields = r#"<ex:n xsi:type="xsd:decimal">1.50</ex:n><ex:w unit="KGM">3.5</ex:w><ex:none xsi:nil="true"/><ex:list>a</ex:list><ex:list>b</ex:list><ex:o><inner>1</inner></ex:o>"#;
    let document = run(&around(fields)).document.expect("a document");
    let text = json::write(&document, json::JsonStyle::Compact);
    assert!(
        text.contains(r#""ex:n":1.50,"ex:w":{"unit":"KGM","#) && text.contains(r##""#text":"3.5"}"##),
        "{text}"
    );
    assert!(text.contains(r#""ex:none":null,"ex:list":["a","b"],"ex:o":{"inner":"1"}"#), "{text}");
    let back = json::read(text.as_bytes(), &Limits::default()).document.expect("a document");
    assert_eq!(pre_hash(&back.events[0]), pre_hash(&document.events[0]));
    let again = write(&back, XmlStyle::default()).expect("XML");
    assert!(
        again.contains(r#"<ex:w unit="KGM">3.5</ex:w>"#)
            && again.contains(r#"<ex:n xsi:type="xsd:decimal">1.50</ex:n>"#),
        "{again}"
    );
    assert!(again.contains(r#"<ex:none xsi:nil="true"/>"#), "{again}");
    assert!(pre_hash(&document.events[0]).ends_with("{https://ns.example.com/}list=a{https://ns.example.com/}list=b{https://ns.example.com/}n=1.5{https://ns.example.com/}oinner=1{https://ns.example.com/}w=3.5unit=KGM"));
}

#[test]
fn version_1_2_says_the_same() {
    let older = r#"<e:EPCISDocument xmlns:e="urn:epcglobal:epcis:xsd:1" xmlns:ex="https://ns.example.com/" schemaVersion="1.2" creationDate="2026-01-02T03:04:05Z"><EPCISBody><EventList>
<ObjectEvent><eventTime>2026-01-02T03:04:05.000+08:00</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset><baseExtension><eventID>urn:uuid:1</eventID></baseExtension><epcList/><action>ADD</action><bizStep>urn:epcglobal:cbv:bizstep:commissioning</bizStep><extension><quantityList><quantityElement><epcClass>urn:epc:class:lgtin:4012345.011111.L</epcClass><quantity>12.50</quantity><uom>KGM</uom></quantityElement></quantityList><ilmd><extension><ex:a>1</ex:a></extension></ilmd><extension><sensorElementList><sensorElement><sensorReport type="gs1:Temperature" value="4.0" uom="CEL"/></sensorElement></sensorElementList></extension></extension><ex:own>x</ex:own></ObjectEvent>
<QuantityEvent><eventTime>2026-01-02T03:04:05.000+08:00</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset><epcClass>urn:epc:class:lgtin:4012345.011111.L</epcClass><quantity>7</quantity></QuantityEvent>
<extension><TransformationEvent><eventTime>2026-01-02T03:04:05.000+08:00</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset><inputEPCList><epc>ex:1</epc></inputEPCList><outputEPCList><epc>ex:2</epc></outputEPCList></TransformationEvent></extension>
</EventList></EPCISBody></e:EPCISDocument>"#;
    let outcome = run(older);
    assert!(outcome.is_sound(), "{:?}", outcome.problems);
    assert_eq!(outcome.problems.codes(), ["ZH9536"]);
    let document = outcome.document.expect("sound");
    assert_eq!(document.events.len(), 3);
    let event = &document.events[0];
    assert_eq!(event.id.as_deref(), Some("urn:uuid:1"));
    assert_eq!(event.quantities[0].quantity.as_ref().map(crate::Number::text), Some("12.50"));
    assert_eq!(
        pre_hash(event),
        "eventType=ObjectEventeventTime=2026-01-01T19:04:05.000ZeventTimeZoneOffset=+08:00quantityListquantityElementepcClass=https://id.gs1.org/01/04012345111118/10/Lquantity=12.5uom=KGMaction=ADDbizStep=https://ref.gs1.org/cbv/BizStep-commissioningsensorElementListsensorElementsensorReporttype=https://gs1.org/voc/Temperaturevalue=4uom=CELilmd{https://ns.example.com/}a=1{https://ns.example.com/}own=x"
    );
    let newer = write(&document, XmlStyle::default()).expect("XML");
    let newer_events = run(&newer).document.expect("a document").events;
    let again = write(&document, XmlStyle::older()).expect("XML");
    let older_events = run(&again).document.expect("a document").events;
    let hashes = |events: &[crate::Event]| events.iter().map(pre_hash).collect::<Vec<_>>();
    assert_eq!(
        (hashes(&newer_events), hashes(&older_events)),
        (hashes(&document.events), hashes(&document.events))
    );
    assert!(
        again.contains("<extension><quantityList>".replace("><", ">\n          <").as_str())
            || again.contains("<quantityList>")
    );
}

#[test]
fn names_that_xml_cannot_bear() {
    for name in ["a", "my field", "1st", "a:b", "_x0041_", "\u{6279}\u{53f7}", "@id", "\u{1f600}", ""] {
        let escaped = escape_name(name);
        assert_eq!(unescape_name(&escaped), name, "{escaped}");
        assert!(!escaped.contains([' ', ':', '@']), "{escaped}");
    }
}

#[test]
fn control_characters_are_refused() {
    let text = around("").replace("EventList/>", "");
    let mut document = run(&text).document.expect("a document");
    document.events[0].extensions.push(crate::node::Node::text("x", "a\u{1}b"));
    assert_eq!(write(&document, XmlStyle::default()).map_err(|problem| problem.code), Err("ZH9537".into()));
}

proptest! {
    #[test]
    fn nothing_panics(text in "\\PC{0,80}") {
        let _ = run(&text);
        let _ = run(&around(&text));
    }

    #[test]
    fn nothing_panics_near_the_truth(parts in prop::collection::vec(prop::sample::select(vec!["<ex:a>", "</ex:a>", "<extension>", "</extension>", "<ilmd>", "</ilmd>", "<sensorElementList>", "</sensorElementList>", "<sensorElement>", "</sensorElement>", "<sensorReport type=\"x:y\"/>", "&amp;", "&#65;", "x", " ", "<![CDATA[y]]>", "<!--c-->"]), 0..12)) {
        let _ = run(&around(&parts.concat()));
    }

    #[test]
    fn any_text_survives_xml(value in "[ -~\\t\\n\\r\u{e9}\u{6279}]{0,20}", key in "[a-z _:0-9]{1,8}") {
        let mut document = run(&around("")).document.expect("a document");
        let name = crate::node::Name::new("https://ns.example.com/", &key);
        document.events[0].extensions.push(crate::node::Node::scalar(name, crate::node::Scalar::Text(value)));
        let text = write(&document, XmlStyle::default()).expect("XML");
        let back = run(&text).document.expect("a document");
        prop_assert_eq!(&back.events, &document.events, "{}", text);
    }
}
