//! The JSON reader by hand: what is refused, and where it says so.

mod usual;

use proptest::prelude::*;

use super::*;
use crate::Limits;
use crate::hash::pre_hash;

fn codes(text: &str) -> Vec<String> {
    let outcome = read(text.as_bytes(), &Limits::default());
    outcome
        .problems
        .list()
        .iter()
        .map(|problem| format!("{} {}", problem.code, problem.args.get("path").map_or("", |path| path)))
        .collect()
}

#[test]
fn text_that_is_no_json() {
    let limits = Limits { depth: 4, items: 20, text: 10, bytes: 200, ..Limits::default() };
    for (text, code) in [
        ("", "ZH9510"),
        ("{", "ZH9510"),
        ("{\"a\":1,}", "ZH9510"),
        ("[1,2", "ZH9510"),
        ("01", "ZH9510"),
        ("1.", "ZH9510"),
        ("-", "ZH9510"),
        ("+1", "ZH9510"),
        ("\"\\x\"", "ZH9510"),
        ("\"\\ud800\"", "ZH9510"),
        ("\"a\nb\"", "ZH9510"),
        ("nul", "ZH9510"),
        ("1 2", "ZH9510"),
        ("[[[[[1]]]]]", "ZH9512"),
        ("[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "ZH9513"),
        ("\"01234567890\"", "ZH9513"),
    ] {
        assert_eq!(
            parse(text.as_bytes(), &limits, &mut crate::Problems::new()).map_err(|problem| problem.code),
            Err(code.into()),
            "{text}"
        );
    }
    assert_eq!(
        parse(&[b' '; 201], &limits, &mut crate::Problems::new()).map_err(|problem| problem.code),
        Err("ZH9513".into())
    );
    assert_eq!(
        parse(b"\"\xff\"", &limits, &mut crate::Problems::new()).map_err(|problem| problem.code),
        Err("ZH9516".into())
    );
    let problem = parse(b"{\n  \"a\": x}", &limits, &mut crate::Problems::new()).expect_err("malformed");
    assert_eq!((problem.args["line"].as_str(), problem.args["column"].as_str()), ("2", "8"));
}

#[test]
fn the_last_of_twins_counts() {
    let many = (0..40).fold(String::new(), |text, n| text + &format!("\"m{n}\":{n},"));
    for text in ["{\"a\":1,\"b\":0,\"a\":2}".to_owned(), format!("{{{many}\"a\":1,\"b\":0,\"a\":2}}")] {
        let mut problems = crate::Problems::new();
        let value = parse(text.as_bytes(), &Limits::default(), &mut problems).expect("well formed");
        assert_eq!(
            (value.get("a"), problems.codes()),
            (Some(&Value::Number(Number::whole(2))), vec!["ZH9517"])
        );
    }
}

/// A small event with one member changed.
fn event(change: impl Fn(&str) -> String) -> String {
    change(
        r#"{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",{"ex":"https://ns.example.com/"}],
"type":"ObjectEvent","eventTime":"2026-01-02T03:04:05.000+08:00","eventTimeZoneOffset":"+08:00","action":"ADD",
"epcList":["urn:epc:id:sgtin:4012345.011111.9876"],"bizStep":"shipping","ilmd":{"cbvmda:lotNumber":"L1"},"ex:own":{"ex:n":1.50}}"#,
    )
}

#[test]
fn faults_and_their_places() {
    assert_eq!(codes(&event(str::to_owned)), Vec::<String>::new());
    for (from, to, wanted) in [
        ("\"shipping\"", "\"transforming\"", "ZH9526 /bizStep"),
        ("\"shipping\"", "\"urn:epcglobal:cbv:bizstep:shipping\"", "ZH9526 /bizStep"),
        ("\"shipping\"", "7", "ZH9522 /bizStep"),
        ("2026-01-02T03:04:05.000+08:00", "22-07-2026", "ZH9524 /eventTime"),
        ("\"eventTimeZoneOffset\":\"+08:00\",", "", "ZH9521 /"),
        (
            "\"eventTimeZoneOffset\":\"+08:00\"",
            "\"eventTimeZoneOffset\":\"Z\"",
            "ZH9525 /eventTimeZoneOffset",
        ),
        ("\"cbvmda:lotNumber\"", "\"lotNumber\"", "ZH9527 /ilmd"),
        ("\"ex:own\"", "\"own\"", "ZH9527 /own"),
        ("\"ex:own\":{\"ex:n\":1.50}", "\"childEPCs\":[\"ex:1\"]", "ZH9527 /childEPCs"),
        ("\"ex:own\"", "\"ey:own\"", "ZH9535 /ey:own"),
        ("\"ADD\"", "\"add\"", "ZH9528 /action"),
        ("\"ADD\"", "\"OBSERVE\"", "ZH9545 /ilmd"),
        ("[\"urn:epc:id:sgtin:4012345.011111.9876\"]", "[\"9876\"]", "ZH9523 /epcList/0"),
        ("[\"urn:epc:id:sgtin:4012345.011111.9876\"]", "[\"ex:1\",\"ex:1\"]", "ZH9529 /epcList"),
        ("[\"urn:epc:id:sgtin:4012345.011111.9876\"]", "\"ex:1\"", "ZH9522 /epcList"),
        ("[\"urn:epc:id:sgtin:4012345.011111.9876\"]", "[[\"ex:1\"]]", "ZH9522 /epcList/0"),
        ("\"epcList\":[\"urn:epc:id:sgtin:4012345.011111.9876\"],", "", "ZH9530 /"),
        (
            "[\"urn:epc:id:sgtin:4012345.011111.9876\"]",
            "[\"https://a.example/01/06901234567893/21/1\"]",
            "ZH9503 /epcList",
        ),
        ("{\"ex\":\"https://ns.example.com/\"}", "{\"ex\":7}", "ZH9534 /@context/1/ex"),
        (
            "{\"ex\":\"https://ns.example.com/\"}",
            "{\"bizStep\":\"https://ns.example.com/\"}",
            "ZH9533 /@context/1/bizStep",
        ),
        (
            "{\"ex\":\"https://ns.example.com/\"}",
            "\"https://evil.example/context.jsonld\",{\"ex\":\"https://a.example/\"}",
            "ZH9532 /@context/1",
        ),
        ("\"ObjectEvent\"", "\"ThingEvent\"", "ZH9520 /"),
    ] {
        let text = event(|text| text.replace(from, to));
        assert_eq!(codes(&text).first().map(String::as_str), Some(wanted), "{to}");
    }
}

#[test]
fn compact_forms_mean_what_they_say() {
    let plain = read(event(str::to_owned).as_bytes(), &Limits::default()).document.expect("a document");
    let changed = event(|text| {
        text.replace("\"shipping\"", "\"cbv:BizStep-shipping\"")
            .replace("\"ex:own\"", "\"https://ns.example.com/own\"")
            .replace("\"ex:n\":1.50", "\"ex:n\":[1.50]")
            .replace("+08:00\",\"eventTimeZone", "+08:00\" ,\"eventTimeZone")
    });
    let compact = read(changed.as_bytes(), &Limits::default()).document.expect("a document");
    let hashes = |document: &crate::Document| document.events.iter().map(pre_hash).collect::<Vec<_>>();
    assert_eq!(hashes(&plain), hashes(&compact));
    assert_eq!(
        hashes(&plain),
        [
            "eventType=ObjectEventeventTime=2026-01-01T19:04:05.000ZeventTimeZoneOffset=+08:00epcListepc=https://id.gs1.org/01/04012345111118/21/9876action=ADDbizStep=https://ref.gs1.org/cbv/BizStep-shippingilmd{urn:epcglobal:cbv:mda}lotNumber=L1{https://ns.example.com/}own{https://ns.example.com/}n=1.5"
        ]
    );
    // decimals keep their places on the way back
    assert!(write(&plain, JsonStyle::Compact).contains("\"ex:n\":1.50"));
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i32>().prop_map(Into::into),
        "\\PC{0,8}".prop_map(Into::into),
        "[\\x00-\\x1f\"\\\\]{0,4}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::hash_map("\\PC{0,6}", inner, 0..40)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn values_are_those_of_another_reader(value in json()) {
        let text = value.to_string();
        let ours = parse(text.as_bytes(), &Limits::default(), &mut crate::Problems::new()).expect("well formed");
        let again: serde_json::Value = serde_json::from_str(&ours.to_string()).expect("well formed");
        prop_assert_eq!(again, value);
    }

    #[test]
    fn what_is_well_formed_is_agreed_upon(text in "[\\[\\]{}:,\"0-9.eE+\\-tfn ul\\\\]{0,30}") {
        let ours = parse(text.as_bytes(), &Limits::default(), &mut crate::Problems::new());
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        let is_huge = theirs.as_ref().is_err_and(|error| error.to_string().contains("out of range"));
        if !is_huge && !text.contains(['e', 'E']) {
            prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{}", text);
        }
    }

    #[test]
    fn nothing_panics(text in "\\PC{0,80}") {
        let _ = read(text.as_bytes(), &Limits::default());
    }
}
