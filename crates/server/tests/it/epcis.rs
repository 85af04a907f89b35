//! The REST binding of EPCIS as its clients meet it.

use serde_json::{Value, json};

use crate::client::{Answer, Client};
use crate::world::{World, limits, settings};

/// A program of somebody with a role over a region.
pub(crate) async fn program(world: &World, login: &str, role: &str, region: &str) -> Client {
    let account = world.account(login).await;
    world.give(&account, role, region, "internal").await;
    let mut client = world.sign_in(login).await;
    world.strong(&mut client).await;
    let fields =
        [("token-name", "repository"), ("token-days", "30"), ("scopes", "trace"), ("scopes", "capture")];
    let made = client.submit("/account", "/account/tokens", &fields).await;
    let secret = made.body.split("<code class=\"secret\">").nth(1).and_then(|rest| rest.split('<').next());
    world.officers().with("Authorization", &format!("Bearer {}", secret.expect("a token")))
}

/// The city's handler, who sees everything.
pub(crate) async fn handler(world: &World) -> Client {
    program(world, "recall", "handler", "621100000000").await
}

pub(crate) fn json_of(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

/// An event in JSON: number, step, thing, place.
pub(crate) fn event(n: u32, step: &str, epc: &str, place: &str) -> Value {
    json!({
        "type": "ObjectEvent", "eventID": format!("urn:uuid:00000000-0000-4000-8000-{n:012}"),
        "eventTime": format!("2013-10-01T08:{:02}:00.000+08:00", n % 60), "eventTimeZoneOffset": "+08:00",
        "epcList": [epc], "action": "OBSERVE", "bizStep": step, "readPoint": { "id": place },
    })
}

pub(crate) fn document(events: &[Value]) -> String {
    json!({
        "@context": "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
        "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2013-10-02T00:00:00Z",
        "epcisBody": { "eventList": events },
    })
    .to_string()
}

fn single(event: &Value) -> String {
    let mut event = event.clone();
    event["@context"] = json!("https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld");
    event.to_string()
}

/// Path without the host.
pub(crate) fn path(address: &str) -> String {
    let rest = address.split("://").nth(1).unwrap_or_default();
    rest.find('/').map_or(String::new(), |at| rest[at..].to_owned())
}

fn events_of(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let json = json_of(answer);
    assert_eq!(json["type"], "EPCISQueryDocument");
    json["epcisBody"]["queryResults"]["resultsBody"]["eventList"].as_array().expect("a list").clone()
}

const PIECE: &str = "urn:epc:id:sgtin:4012345.011111.9876";
const PIECE_LINK: &str = "https://id.gs1.org/01/04012345111118/21/9876";
const PLACE: &str = "urn:epc:id:sgln:4012345.00011.0";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_there_is_and_what_is_spoken() {
    let world = World::new().await;
    let mut client = handler(&world).await;
    for path in ["/epcis/v2", "/epcis/v2/"] {
        let top = client.get(path).await;
        assert_eq!((top.status, top.header("content-type")), (200, "application/json"));
        assert_eq!((top.header("gs1-epcis-version"), top.header("gs1-cbv-version")), ("2.0.0", "2.0.0"));
        let json = json_of(&top);
        assert_eq!(json["type"], "Collection");
        assert_eq!(json["member"].as_array().map(Vec::len), Some(9));
    }
    for (path, allow) in [
        ("", "GET, OPTIONS"),
        ("/capture", "GET, OPTIONS, POST"),
        ("/capture/1", "GET, OPTIONS"),
        ("/events", "GET, OPTIONS, POST"),
        ("/events/urn:uuid:1", "GET, OPTIONS"),
        ("/epcs", "GET, OPTIONS"),
        ("/bizSteps/shipping", "GET, OPTIONS"),
        ("/readPoints/x/events", "GET, OPTIONS"),
        ("/queries", "GET, OPTIONS, POST"),
        ("/queries/q", "DELETE, GET, OPTIONS"),
        ("/queries/q/events", "GET, OPTIONS"),
    ] {
        let answer = client.options(&format!("/epcis/v2{path}")).await;
        assert_eq!((answer.status, answer.header("allow")), (204, allow), "{path}");
        assert_eq!((answer.header("gs1-epcis-min"), answer.header("gs1-epcis-max")), ("1.2.0", "2.0.0"));
        assert_eq!(answer.header("gs1-capture-error-behaviour"), if path == "/capture" { "all" } else { "" });
        assert_eq!(answer.header("gs1-epcis-capture-limit").is_empty(), path != "/capture");
    }
    assert_eq!(client.options("/epcis/v2/nothing").await.status, 404);
    assert_eq!(client.remove("/epcis/v2/nextPageToken/1-1e").await.status, 204);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn problems_are_told_in_the_words_of_the_standard() {
    let world = World::new().await;
    let client = handler(&world).await;
    let mut nobody = world.officers();
    let answer = nobody.get("/epcis/v2/events").await;
    let json = json_of(&answer);
    assert_eq!((answer.status, answer.header("content-type")), (401, "application/problem+json"));
    assert_eq!(
        (&json["type"], &json["code"]),
        (&json!("epcisException:SecurityException"), &json!("ZH7502"))
    );
    let with = |name: &str, value: &str| client.clone().with(name, value);
    let plain = || client.clone();
    let long = "x".repeat(5000);
    for (mut client, path, status, exception, code) in [
        (with("Accept", "text/csv"), "/events".to_owned(), 406, "NotAcceptable", "ZH9582"),
        (with("GS1-EPCIS-Min", "3.0"), "/events".to_owned(), 406, "NotAcceptable", "ZH9580"),
        (with("GS1-EPCIS-Max", "1.2"), "/events".to_owned(), 406, "NotAcceptable", "ZH9580"),
        (with("GS1-EPC-Format", "urn"), "/events".to_owned(), 406, "NotAcceptable", "ZH9581"),
        (plain(), "/events?EQ_nothing=1".to_owned(), 400, "QueryParameter", "ZH9560"),
        (plain(), "/events?GE_eventTime=yesterday".to_owned(), 400, "QueryParameter", "ZH9561"),
        (plain(), "/events?perPage=0".to_owned(), 400, "QueryParameter", "ZH9561"),
        (plain(), "/events?nextPageToken=x".to_owned(), 400, "QueryParameter", "ZH9564"),
        (plain(), "/events?eventCountLimit=1".to_owned(), 400, "QueryParameter", "ZH9566"),
        (plain(), "/events?a=%ff".to_owned(), 400, "QueryValidation", "ZH7514"),
        (plain(), "/events/urn:uuid:none".to_owned(), 404, "NoSuchName", "ZH9593"),
        (plain(), "/events/999".to_owned(), 404, "NoSuchName", "ZH9593"),
        (plain(), "/epcs/urn:none".to_owned(), 404, "NoSuchName", "ZH9593"),
        (plain(), "/capture/none".to_owned(), 404, "NoSuchName", "ZH9559"),
        (plain(), "/nothing".to_owned(), 404, "NoSuchName", "ZH7501"),
        (plain(), "/queries/none".to_owned(), 404, "NoSuchName", "ZH9593"),
        (plain(), format!("/events?EQ_bizStep={long}"), 414, "URITooLong", "ZH7510"),
    ] {
        let answer = client.get(&format!("/epcis/v2{path}")).await;
        let json = json_of(&answer);
        assert_eq!(answer.status, status, "{path}: {}", answer.body);
        assert_eq!(json["type"], format!("epcisException:{exception}Exception"), "{path}");
        assert_eq!((&json["code"], &json["status"]), (&json!(code), &json!(status)), "{path}");
        assert!(json["title"].is_string() && json["detail"].is_string(), "{path}: {json}");
        assert_eq!(answer.header("gs1-epcis-version"), "2.0.0", "{path}");
    }
    let answer = with("Accept", "application/xml").get("/epcis/v2/events?EQ_a%3Cb=1").await;
    assert_eq!((answer.status, answer.header("content-type")), (400, "application/problem+xml"));
    assert!(answer.body.contains("<type>epcisException:QueryParameterException</type>"), "{}", answer.body);
    assert!(answer.body.contains("EQ_a&lt;b"), "{}", answer.body);
    let answer = plain().put("/epcis/v2/events/x", "text/plain", "").await;
    assert_eq!((answer.status, json_of(&answer)["code"].as_str()), (405, Some("ZH7513")));
}

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
async fn pages_stay_apart_whatever_comes_in_between() {
    let world = World::new().await;
    let mut client = handler(&world).await;
    let events: Vec<Value> = (1..=65).map(|n| event(n, "storing", &format!("{PIECE}{n}"), PLACE)).collect();
    client.put("/epcis/v2/capture", "application/json", &document(&events)).await;
    for start in
        ["/epcis/v2/events", "/epcis/v2/bizSteps/storing/events", "/epcis/v2/events?orderBy=eventTime"]
    {
        let mut next = Some(start.to_owned());
        let mut sizes = Vec::new();
        let mut met = std::collections::BTreeSet::new();
        while let Some(at) = next {
            let answer = client.get(&at).await;
            let events = events_of(&answer);
            sizes.push(events.len());
            met.extend(events.iter().map(|event| event["eventID"].to_string()));
            let link = answer.header("link").to_owned();
            next = link
                .contains("rel=\"next\"")
                .then(|| path(link.trim_start_matches('<').split('>').next().unwrap_or("")));
            let n = 100
                + u32::try_from(sizes.len()).expect("few")
                + u32::try_from(start.len()).expect("short") * 10;
            let more = event(n, "storing", PIECE, PLACE);
            client.put("/epcis/v2/events", "application/json", &single(&more)).await;
        }
        assert_eq!(sizes.iter().sum::<usize>(), met.len(), "{start}: an event twice");
        assert_eq!(sizes[..2], [30, 30], "{start}");
        let before = json_of(&client.get("/epcis/v2/events?perPage=1000").await);
        assert!(
            before["epcisBody"]["queryResults"]["resultsBody"]["eventList"].as_array().expect("a list").len()
                > met.len()
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_name_what_events_name() {
    let world = World::new().await;
    let mut client = handler(&world).await;
    let other = "https://id.gs1.org/414/6901234567892";
    let mut second = event(2, "shipping", "urn:epc:id:sgtin:4012345.011111.9877", PLACE);
    second["bizLocation"] = json!({ "id": other });
    second["disposition"] = json!("in_transit");
    second["quantityList"] = json!([{ "epcClass": "urn:epc:class:lgtin:4012345.011111.L1", "quantity": 3 }]);
    client
        .put(
            "/epcis/v2/capture",
            "application/json",
            &document(&[event(1, "commissioning", PIECE, PLACE), second]),
        )
        .await;
    let link = "https://id.gs1.org/414/4012345000115";
    for (list, wanted) in [
        ("bizSteps", json!(["commissioning", "shipping"])),
        ("dispositions", json!(["in_transit"])),
        ("readPoints", json!([link])),
        ("bizLocations", json!([other])),
        ("epcs", json!([PIECE_LINK, "https://id.gs1.org/01/04012345111118/21/9877"])),
    ] {
        let json = json_of(&client.get(&format!("/epcis/v2/{list}")).await);
        assert_eq!(json["member"], wanted, "{list}");
        // One by one, each with its events.
        let mut at = Some(format!("/epcis/v2/{list}?perPage=1"));
        let mut members = Vec::new();
        while let Some(page) = at {
            let answer = client.get(&page).await;
            members.extend(json_of(&answer)["member"].as_array().expect("a list").clone());
            let link = answer.header("link");
            at = link
                .contains("rel=\"next\"")
                .then(|| path(link.trim_start_matches('<').split('>').next().unwrap_or("")));
        }
        assert_eq!(json!(members), wanted, "{list} by pages");
        for member in members {
            let name = member.as_str().expect("text").replace(':', "%3A").replace('/', "%2F");
            let item = client.get(&format!("/epcis/v2/{list}/{name}")).await;
            assert_eq!(json_of(&item)["member"], json!(["events"]), "{list}/{name}");
            assert!(!events_of(&client.get(&format!("/epcis/v2/{list}/{name}/events")).await).is_empty());
        }
    }
    assert_eq!(
        json_of(&client.get("/epcis/v2/eventTypes").await)["member"].as_array().map(Vec::len),
        Some(5)
    );
    // The same place and thing in other spellings; parameters of the query narrow further and never widen.
    for (at, count) in [
        ("/readPoints/urn:epc:id:sgln:4012345.00011.0/events", 2),
        ("/epcs/urn:epc:id:sgtin:4012345.011111.9876/events", 1),
        ("/epcs/https%3A%2F%2Fexample.com%2F01%2F04012345111118%2F21%2F9876/events", 1),
        ("/epcs/urn:epc:class:lgtin:4012345.011111.L1/events", 1),
        ("/bizSteps/urn:epcglobal:cbv:bizstep:shipping/events", 1),
        ("/bizSteps/shipping/events?EQ_bizStep=commissioning", 0),
        ("/eventTypes/ObjectEvent/events?MATCH_epc=urn:epc:id:sgtin:4012345.011111.9877", 1),
        ("/eventTypes/AggregationEvent/events", 0),
    ] {
        assert_eq!(events_of(&client.get(&format!("/epcis/v2{at}")).await).len(), count, "{at}");
    }
    for missing in [
        "/bizSteps/storing",
        "/bizLocations/urn:epc:id:sgln:4012345.00011.0",
        "/eventTypes/Event",
        "/eventTypes/urn:own",
    ] {
        assert_eq!(client.get(&format!("/epcis/v2{missing}")).await.status, 404, "{missing}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn named_queries_outlive_the_server() {
    let mut world = World::new().await;
    let mut client = handler(&world).await;
    client
        .put(
            "/epcis/v2/capture",
            "application/json",
            &document(&[event(1, "commissioning", PIECE, PLACE), event(2, "shipping", PIECE, PLACE)]),
        )
        .await;
    let text = json!({ "name": "\u{53ec}\u{56de} 1", "query": { "eventType": ["ObjectEvent"], "EQ_bizStep": ["shipping", "receiving"] } }).to_string();
    let made = client.put("/epcis/v2/queries", "application/json", &text).await;
    assert_eq!(
        (made.status, path(made.header("location")).as_str()),
        (201, "/epcis/v2/queries/%E5%8F%AC%E5%9B%9E%201"),
        "{}",
        made.body
    );
    let again = client.put("/epcis/v2/queries", "application/json", &text).await;
    assert_eq!(
        (again.status, json_of(&again)["type"].as_str()),
        (409, Some("epcisException:ResourceAlreadyExistsException"))
    );
    for wrong in [
        "{",
        "[]",
        "{}",
        r#"{"name":"x"}"#,
        r#"{"name":"","query":{}}"#,
        r#"{"name":"a/b","query":{}}"#,
        r#"{"name":"x","query":[]}"#,
        r#"{"name":"x","query":{"EQ_none":"1"}}"#,
        r#"{"name":7,"query":{}}"#,
    ] {
        assert_eq!(client.put("/epcis/v2/queries", "application/json", wrong).await.status, 400, "{wrong}");
    }
    world.restart().await;
    client.address = world.officers().address;
    let at = path(made.header("location"));
    let json = json_of(&client.get(&at).await);
    assert_eq!(json["query"]["EQ_bizStep"], json!(["shipping", "receiving"]));
    assert_eq!(json_of(&client.get("/epcis/v2/queries").await).as_array().map(Vec::len), Some(1));
    let found = client.get(&format!("{at}/events")).await;
    assert_eq!(json_of(&found)["epcisBody"]["queryResults"]["queryName"], "\u{53ec}\u{56de} 1");
    assert_eq!(events_of(&found).len(), 1);
    assert_eq!(client.get(&format!("{at}/events?stream=true")).await.status, 400);
    assert_eq!(client.remove(&at).await.status, 204);
    assert_eq!((client.remove(&at).await.status, client.get(&at).await.status), (404, 404));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_enterprise_meets_its_own_events_alone() {
    let world = World::new().await;
    let mut office = handler(&world).await;
    let mut own = program(&world, "dairy", "enterprise", "621122000000").await;
    let mut county = program(&world, "county", "handler", "621122000000").await;
    office
        .put(
            "/epcis/v2/capture",
            "application/json",
            &document(&[event(1, "storing", PIECE, "urn:epc:id:sgln:4012345.00022.0")]),
        )
        .await;
    own.put("/epcis/v2/capture", "application/json", &document(&[event(2, "shipping", PIECE, PLACE)])).await;
    assert_eq!(events_of(&office.get("/epcis/v2/events").await).len(), 2);
    let mine = events_of(&own.get("/epcis/v2/events").await);
    assert_eq!((mine.len(), &mine[0]["bizStep"]), (1, &json!("shipping")));
    for (at, wanted) in [
        ("/bizSteps", json!(["shipping"])),
        ("/readPoints", json!(["https://id.gs1.org/414/4012345000115"])),
        ("/epcs", json!([PIECE_LINK])),
    ] {
        assert_eq!(json_of(&own.get(&format!("/epcis/v2{at}")).await)["member"], wanted, "{at}");
    }
    let others = "/epcis/v2/events/urn:uuid:00000000-0000-4000-8000-000000000001";
    assert_eq!((office.get(others).await.status, own.get(others).await.status), (200, 404));
    assert_eq!(own.get("/epcis/v2/bizSteps/storing").await.status, 404);
    let jobs = |answer: &Answer| json_of(answer).as_array().map(Vec::len);
    assert_eq!(jobs(&office.get("/epcis/v2/capture").await), Some(2));
    let listed = own.get("/epcis/v2/capture").await;
    assert_eq!(jobs(&listed), Some(1));
    let mine = json_of(&listed)[0]["captureID"].clone();
    let all = json_of(&office.get("/epcis/v2/capture").await);
    let foreign = all.as_array().expect("a list").iter().map(|job| &job["captureID"]).find(|id| **id != mine);
    let foreign = foreign.and_then(Value::as_str).expect("another's job");
    assert_eq!(own.get(&format!("/epcis/v2/capture/{foreign}")).await.status, 404);
    // Names of queries are each one's own.
    let text = r#"{"name":"q","query":{}}"#;
    assert_eq!(office.put("/epcis/v2/queries", "application/json", text).await.status, 201);
    assert_eq!(own.put("/epcis/v2/queries", "application/json", text).await.status, 201);
    assert_eq!(events_of(&own.get("/epcis/v2/queries/q/events").await).len(), 1);
    assert_eq!(own.remove("/epcis/v2/queries/q").await.status, 204);
    assert_eq!(office.get("/epcis/v2/queries/q").await.status, 200);
    // Events have no region: a right over a part of it gives none of them.
    assert_eq!(county.get("/epcis/v2/events").await.status, 404);
    assert_eq!(county.put("/epcis/v2/capture", "application/json", "{}").await.status, 404);
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
