//! Capture over the REST binding: documents that are taken, that roll back, that are refused; both syntaxes.

use serde_json::json;

use crate::epcis::{PIECE, PIECE_LINK, PLACE, document, event, events_of, handler, json_of, path, single};
use crate::world::{World, limits, settings};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_is_captured_and_found_again() {
    let world = World::new().await;
    let mut client = handler(&world).await;
    let events = [event(1, "commissioning", PIECE, PLACE), event(2, "shipping", PIECE, PLACE)];
    let text = document(&events);
    let answer = client.put("/epcis/v2/capture", "application/json", &text).await;
    assert_eq!(answer.status, 202, "{}", answer.body);
    let job = json_of(&client.get(&path(answer.header("location"))).await);
    assert_eq!(
        (&job["success"], &job["running"], &job["captured"]),
        (&json!(true), &json!(false), &json!(2)),
        "{job}"
    );
    assert_eq!((&job["captureErrorBehaviour"], &job["errors"]), (&json!("rollback"), &json!([])));
    assert!(job["createdAt"].is_string() && job["finishedAt"].is_string());

    // Again: nothing new, and no error.
    let answer = client.put("/epcis/v2/capture", "application/ld+json; charset=utf-8", &text).await;
    let job = json_of(&client.get(&path(answer.header("location"))).await);
    assert_eq!(
        (&job["success"], &job["captured"], &job["alreadyThere"]),
        (&json!(true), &json!(0), &json!(2))
    );

    let found = events_of(&client.get("/epcis/v2/events?EQ_bizStep=shipping").await);
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["bizStep"], &found[0]["epcList"][0]), (&json!("shipping"), &json!(PIECE_LINK)));
    assert!(found[0]["recordTime"].is_string(), "{}", found[0]);

    // Spellings of identifiers.
    for (format, wanted) in [
        ("Always_GS1_Digital_Link", PIECE_LINK),
        ("Always_EPC_URN", PIECE),
        ("Never_Translates", PIECE),
        ("No_Preference", PIECE),
    ] {
        let answer = client.clone().with("GS1-EPC-Format", format).get("/epcis/v2/events").await;
        assert_eq!(answer.header("gs1-epc-format"), format);
        assert_eq!(events_of(&answer)[0]["epcList"][0], wanted, "{format}");
        assert_eq!(answer.header("zhiheng-untranslated"), "");
    }

    // One event, by an identifier with everything that needs escaping.
    let mut odd = event(3, "receiving", "https://id.gs1.org/01/06901234567892/21/1", PLACE);
    odd["eventID"] = json!("ni:///sha-256;0a1b?ver=CBV2.0");
    let answer = client.put("/epcis/v2/events", "application/json", &single(&odd)).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    assert_eq!(json_of(&answer)["eventID"], odd["eventID"]);
    let target = path(answer.header("location"));
    assert_eq!(target, "/epcis/v2/events/ni%3A%2F%2F%2Fsha-256%3B0a1b%3Fver%3DCBV2.0");
    let answer = client.clone().with("GS1-EPC-Format", "Always_EPC_URN").get(&target).await;
    assert_eq!(events_of(&answer).len(), 1);
    assert_eq!(answer.header("zhiheng-untranslated"), "1", "nobody told the length of this company prefix");
    let again = client.put("/epcis/v2/events", "application/json", &single(&odd)).await;
    assert_eq!((again.status, json_of(&again)["code"].as_str()), (409, Some("ZH9591")));
    odd["bizStep"] = json!("storing");
    let other = client.put("/epcis/v2/events", "application/json", &single(&odd)).await;
    assert_eq!((other.status, json_of(&other)["code"].as_str()), (409, Some("ZH9550")));

    // An event without identifier is found under the number of its entry.
    let mut nameless = event(4, "storing", PIECE, PLACE);
    nameless.as_object_mut().expect("an object").remove("eventID");
    let answer = client.put("/epcis/v2/events", "application/json", &single(&nameless)).await;
    let target = path(answer.header("location"));
    assert!(target["/epcis/v2/events/".len()..].parse::<u64>().is_ok(), "{target}");
    assert_eq!(events_of(&client.get(&target).await)[0]["bizStep"], "storing");
    let two = client.put("/epcis/v2/events", "application/json", &text).await;
    assert_eq!((two.status, json_of(&two)["code"].as_str()), (400, Some("ZH9592")));

    // Jobs, page by page.
    let mut pages = 0;
    let mut next = Some("/epcis/v2/capture?perPage=2".to_owned());
    let mut ids = std::collections::BTreeSet::new();
    while let Some(at) = next {
        let answer = client.get(&at).await;
        ids.extend(
            json_of(&answer).as_array().expect("a list").iter().map(|job| job["captureID"].to_string()),
        );
        let link = answer.header("link");
        next = link
            .contains("rel=\"next\"")
            .then(|| path(link.trim_start_matches('<').split('>').next().unwrap_or("")));
        pages += 1;
    }
    assert_eq!((ids.len(), pages), (6, 3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_events_roll_back_or_stand_aside() {
    let world = World::new().await;
    let mut client = handler(&world).await;
    let mut wrong = event(2, "shipping", PIECE, PLACE);
    wrong["eventTime"] = json!("2013-13-01T00:00:00Z");
    let text = document(&[event(1, "commissioning", PIECE, PLACE), wrong]);
    let answer = client.put("/epcis/v2/capture", "application/json", &text).await;
    let json = json_of(&answer);
    assert_eq!((answer.status, &json["type"]), (400, &json!("epcisException:ValidationException")), "{json}");
    let job = json_of(&client.get(&path(json["instance"].as_str().expect("a job"))).await);
    assert_eq!((&job["success"], &job["captured"]), (&json!(false), &json!(0)));
    assert!(events_of(&client.get("/epcis/v2/events").await).is_empty(), "half a document was captured");

    let mut proceeding = client.clone().with("GS1-Capture-Error-Behaviour", "proceed");
    let answer = proceeding.put("/epcis/v2/capture", "application/json", &text).await;
    assert_eq!((answer.status, answer.header("gs1-capture-error-behaviour")), (202, "proceed"));
    let job = json_of(&client.get(&path(answer.header("location"))).await);
    assert_eq!((&job["success"], &job["captured"], &job["refused"]), (&json!(false), &json!(1), &json!(1)));
    assert_eq!(job["errors"][0]["type"], "epcisException:ValidationException");
    assert_eq!(events_of(&client.get("/epcis/v2/events").await).len(), 1);

    let answer = client
        .clone()
        .with("GS1-Capture-Error-Behaviour", "some")
        .put("/epcis/v2/capture", "application/json", &text)
        .await;
    assert_eq!((answer.status, json_of(&answer)["code"].as_str()), (400, Some("ZH9581")));
    for kind in ["text/csv", "", "application/x-www-form-urlencoded"] {
        let answer = client.put("/epcis/v2/capture", kind, &text).await;
        assert_eq!((answer.status, &json_of(&answer)["code"]), (415, &json!("ZH9583")), "{kind}");
    }
    let answer = client
        .clone()
        .with("GS1-EPCIS-Version", "3.0.0")
        .put("/epcis/v2/capture", "application/json", &text)
        .await;
    assert_eq!(answer.status, 406);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn xml_comes_in_and_goes_out_in_both_versions() {
    let world = World::new().await;
    let mut client = handler(&world).await;
    let events = [event(1, "commissioning", PIECE, PLACE)];
    client.put("/epcis/v2/capture", "application/json", &document(&events)).await;
    let mut newer = client.clone().with("Accept", "application/xml").with("GS1-CBV-XML-Format", "Always_URN");
    let answer = newer.get("/epcis/v2/events").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/xml"), "{}", answer.body);
    assert!(answer.body.contains("urn:epcglobal:epcis-query:xsd:2"), "{}", answer.body);
    assert!(answer.body.contains("urn:epcglobal:cbv:bizstep:commissioning"), "{}", answer.body);
    let mut web = client.clone().with("Accept", "text/xml");
    assert!(web.get("/epcis/v2/events").await.body.contains("https://ref.gs1.org/cbv/BizStep-commissioning"));
    let mut older = client.clone().with("Accept", "text/xml").with("GS1-EPCIS-Max", "1.2");
    let answer = older.get("/epcis/v2/events").await;
    assert_eq!((answer.status, answer.header("gs1-epcis-version")), (200, "1.2.0"));
    assert!(answer.body.contains("urn:epcglobal:epcis-query:xsd:1"), "{}", answer.body);

    // A query document is captured, too, in either version: the event is known already.
    for text in [newer.get("/epcis/v2/events").await.body, answer.body] {
        let sent = client.put("/epcis/v2/capture", "application/xml", &text).await;
        assert_eq!(sent.status, 202, "{}", sent.body);
        let job = json_of(&client.get(&path(sent.header("location"))).await);
        assert_eq!(
            (&job["success"], &job["alreadyThere"], &job["captured"]),
            (&json!(true), &json!(1), &json!(0)),
            "{job}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_documents_get_a_clear_answer_and_leave_nothing() {
    let world = World::with(settings(limits())).await;
    let mut client = handler(&world).await;
    let context = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";
    let with_context = |context: &str| {
        document(&[event(1, "storing", PIECE, PLACE)]).replacen(
            "\"https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld\"",
            context,
            1,
        )
    };
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let many: Vec<String> = (0..200_001).map(|n| format!("\"urn:x:{n}\"")).collect();
    let events = format!("[{}]", vec!["{}"; 100_001].join(","));
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"bbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;\">]><a>&c;</a>";
    let outside = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>";
    let nested = "<a>".repeat(50_000);
    let cases: Vec<(&str, &str, String, u16)> = vec![
        ("broken JSON", "application/json", "{\"a\":".to_owned(), 400),
        ("no context", "application/json", document(&[]).replacen("@context", "context", 1), 400),
        (
            "a context that changes words",
            "application/json",
            with_context(&format!("[\"{context}\",{{\"eventTime\":\"urn:mine\"}}]")),
            400,
        ),
        ("a context that is a number", "application/json", with_context("7"), 400),
        (
            "deep JSON",
            "application/json",
            format!("{{\"@context\":\"{context}\",\"type\":\"EPCISDocument\",\"x\":{deep}}}"),
            400,
        ),
        ("too many events", "application/json", document(&[]).replacen("[]", &events, 1), 413),
        (
            "a thing twice in one list",
            "application/json",
            document(&[event(1, "storing", PIECE, PLACE)]).replacen(
                &format!("[\"{PIECE}\"]"),
                &format!("[\"{PIECE}\",\"{PIECE}\"]"),
                1,
            ),
            400,
        ),
        ("not UTF-8 names", "application/json", "\u{0}\u{1}".to_owned(), 400),
        ("an entity bomb", "application/xml", bomb.to_owned(), 400),
        ("an entity from a file", "application/xml", outside.to_owned(), 400),
        ("deep XML", "application/xml", nested, 400),
        ("no XML", "application/xml", "{}".to_owned(), 400),
        ("nothing", "application/json", String::new(), 400),
    ];
    for (name, kind, text, status) in &cases {
        let answer = client.put("/epcis/v2/capture", kind, text).await;
        assert_eq!(answer.status, *status, "{name}: {}", answer.body);
        let json = json_of(&answer);
        assert!(json["type"].as_str().is_some_and(|kind| kind.starts_with("epcisException:")), "{name}");
        assert!(json["code"].as_str().is_some_and(|code| code.starts_with("ZH")), "{name}");
        if *status == 413 {
            assert_eq!(answer.header("gs1-epcis-capture-limit"), "100000");
        }
    }
    assert!(events_of(&client.get("/epcis/v2/events").await).is_empty(), "something was half captured");

    // What is odd and no error: a foreign context that nobody fetches, a wrong check digit, a huge list, a cycle.
    let far = with_context(&format!("[\"{context}\",\"https://127.0.0.1:1/never-fetched.jsonld\"]"));
    let huge =
        document(&[event(2, "storing", PIECE, PLACE)]).replacen(&format!("\"{PIECE}\""), &many.join(","), 1);
    let wrong_digit = document(&[event(3, "storing", "https://id.gs1.org/01/04012345111119/21/1", PLACE)]);
    let turn = |n: u32, from: &str, to: &str| {
        json!({
            "type": "TransformationEvent", "eventID": format!("urn:uuid:00000000-0000-4000-8000-{n:012}"),
            "eventTime": "2013-10-01T08:00:00.000+08:00", "eventTimeZoneOffset": "+08:00",
            "inputEPCList": [from], "outputEPCList": [to],
        })
    };
    let cycle = document(&[turn(4, "urn:x:a", "urn:x:b"), turn(5, "urn:x:b", "urn:x:a")]);
    for (name, text) in
        [("foreign context", far), ("huge list", huge), ("wrong check digit", wrong_digit), ("cycle", cycle)]
    {
        let answer = client.put("/epcis/v2/capture", "application/json", &text).await;
        assert_eq!(answer.status, 202, "{name}: {}", answer.body);
    }
    assert_eq!(events_of(&client.get("/epcis/v2/events").await).len(), 5);
    assert_eq!(events_of(&client.get("/epcis/v2/events?MATCH_epc=urn:x:200000").await).len(), 1);
}
